//! What stands inside a line: text, emphasis, code, links, images and HTML.

use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};

use super::destination::Destination;
use super::{Address, Image, Link, Markdown, Problem, ProblemKind, Target};

/// The events of the page so far, and what was learned on the way.
pub(super) struct Spans<'a> {
    source: &'a str,
    address: &'a dyn Fn(Target<'_>) -> Address,
    /// What the HTML will be made of. `Event::Html` is only ever made here and in `blocks`.
    pub(super) events: Vec<Event<'a>>,
    /// Everything but its HTML.
    pub(super) out: Markdown,
    links: Vec<OpenLink>,
    picture: Option<OpenPicture<'a>>,
    /// Names of HTML tags that were reported, so that their end tags need not be.
    reported: BTreeSet<String>,
}

struct OpenLink {
    /// Nothing when the link is shown as its text.
    end: Option<Event<'static>>,
    destination: String,
    text_start: usize,
    images: usize,
}

struct OpenPicture<'a> {
    destination: CowStr<'a>,
    title: CowStr<'a>,
    alt: String,
    range: Range<usize>,
    /// Links and images in the alternative text that are still open.
    depth: usize,
}

impl<'a> Spans<'a> {
    pub(super) fn new(source: &'a str, address: &'a dyn Fn(Target<'_>) -> Address) -> Spans<'a> {
        Spans {
            source,
            address,
            events: Vec::new(),
            out: Markdown::default(),
            links: Vec::new(),
            picture: None,
            reported: BTreeSet::new(),
        }
    }

    /// The finished page.
    pub(super) fn finish(mut self) -> Markdown {
        html::push_html(&mut self.out.html, self.events.into_iter());
        self.out.text.truncate(self.out.text.trim_end().len());
        self.out
    }

    /// Whether everything goes into an image's alternative text now.
    pub(super) fn in_picture(&self) -> bool {
        self.picture.is_some()
    }

    /// HTML of our own making, in which every word of an author is escaped.
    pub(super) fn push_html(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::Html(html.into()));
    }

    /// Begins a new line of the plain text.
    pub(super) fn end_line(&mut self) {
        let text = &mut self.out.text;
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            text.push('\n');
        }
    }

    /// Keeps the next words of the plain text apart from those before.
    pub(super) fn part_words(&mut self) {
        if self.out.text.ends_with(|c: char| !c.is_whitespace()) {
            self.out.text.push(' ');
        }
    }

    /// What was written in a range of the source.
    pub(super) fn written(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or("")
    }

    /// A range without the line ends that pulldown-cmark counts to a block.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.written(range).trim_end().len()
    }

    /// Takes one event that is no block's start or end.
    pub(super) fn span(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Event::InlineHtml(_) = event {
            self.report_html(range.clone());
        }
        if let Some(picture) = self.picture.take() {
            self.picture = self.alternative(picture, event);
            return;
        }
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let mailbox = link_type == LinkType::Email;
                let scheme = if mailbox { "mailto:" } else { "" };
                self.open_link(format!("{scheme}{dest_url}"), title, range);
            }
            Event::End(TagEnd::Link) => self.close_link(),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let (destination, alt) = (dest_url, String::new());
                self.picture = Some(OpenPicture { destination, title, alt, range, depth: 0 });
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.out.text.push_str(&text);
                self.events.push(Event::Text(text));
            }
            Event::Code(text) => {
                self.out.text.push_str(&text);
                self.events.push(Event::Code(text));
            }
            Event::SoftBreak => {
                self.out.text.push(' ');
                self.events.push(Event::SoftBreak);
            }
            Event::HardBreak => {
                self.out.text.push('\n');
                self.push_html("<br>\n");
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                self.events.push(event);
            }
            // Everything else belongs to syntax that is not switched on.
            _ => {}
        }
    }

    /// Notes HTML, which is shown as text. A tag's end is the same mistake as its start.
    pub(super) fn report_html(&mut self, range: Range<usize>) {
        let range = self.trimmed(range);
        let text = self.written(range.clone());
        let name = |tag: &str| {
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            tag.split_at(end).0.to_ascii_lowercase()
        };
        if text.strip_prefix("</").is_some_and(|tag| self.reported.contains(&name(tag))) {
            return;
        }
        self.reported.extend(text.strip_prefix('<').map(name));
        self.report(ProblemKind::RawHtml, text, range);
    }

    fn report(&mut self, kind: ProblemKind, text: &str, range: Range<usize>) {
        let visible = |c: char| c == '\n' || !c.is_control();
        let text = text.replace(|c| !visible(c), "\u{fffd}");
        self.out.problems.push(Problem { kind, text, range });
    }

    fn open_link(&mut self, destination: String, title: CowStr<'a>, range: Range<usize>) {
        let kind = Destination::of(&destination);
        let start = match kind {
            Destination::Unsafe => {
                self.report(ProblemKind::UnsafeLink, &destination, range.clone());
                None
            }
            Destination::Web | Destination::Person => Some(anchor(&destination, title, kind)),
            Destination::Site => {
                self.ask(Target::Link(&destination)).map(|(url, _)| anchor(&url, title, kind))
            }
        };
        if kind != Destination::Unsafe {
            self.out.links.push(Link { destination: destination.clone(), range });
        }
        self.links.push(OpenLink {
            end: start.as_ref().map(|_| Event::End(TagEnd::Link)),
            destination,
            text_start: self.out.text.len(),
            images: self.out.images.len(),
        });
        self.events.extend(start);
    }

    fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        let text = self.out.text.get(link.text_start..).unwrap_or("");
        // Nobody can see or hear a link without text, so it shows where it leads.
        if text.trim().is_empty() && link.images == self.out.images.len() {
            self.out.text.push_str(&link.destination);
            self.events.push(Event::Text(link.destination.into()));
        }
        self.events.extend(link.end);
    }

    /// Puts an event into the picture's alternative text; gives the picture back until it is complete.
    fn alternative(
        &mut self,
        mut picture: OpenPicture<'a>,
        event: Event<'a>,
    ) -> Option<OpenPicture<'a>> {
        match event {
            Event::End(TagEnd::Image) if picture.depth == 0 => {
                self.close_picture(picture);
                return None;
            }
            Event::Start(Tag::Image { .. }) => picture.depth += 1,
            Event::End(TagEnd::Image) => picture.depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                picture.alt.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
        Some(picture)
    }

    fn close_picture(&mut self, picture: OpenPicture<'a>) {
        let OpenPicture { destination, title, alt, range, .. } = picture;
        self.out.text.push_str(&alt);
        let shown = match Destination::of(&destination) {
            Destination::Site => {
                let (destination, alt) = (destination.to_string(), alt.clone());
                let address = self.ask(Target::Image(&destination));
                self.out.images.push(Image { destination, alt, range });
                address
            }
            Destination::Web => {
                self.report(ProblemKind::RemoteImage, &destination, range);
                None
            }
            Destination::Person | Destination::Unsafe => {
                self.report(ProblemKind::UnsafeLink, &destination, range);
                None
            }
        };
        self.events.push(match shown {
            Some((url, size)) => image(url, title, alt, size),
            None => Event::Text(alt.into()),
        });
    }

    /// The address of a place in the site, where there is one.
    fn ask(&self, target: Target<'_>) -> Option<(String, Option<(u32, u32)>)> {
        match (self.address)(target) {
            Address::To { url, size } => match Destination::of(&url) {
                Destination::Site | Destination::Web => Some((url, size)),
                Destination::Person | Destination::Unsafe => None,
            },
            Address::Nowhere => None,
        }
    }
}

/// The start of a link as pulldown-cmark escapes it; other sites learn nothing from it about this one.
fn anchor(url: &str, title: CowStr<'_>, kind: Destination) -> Event<'static> {
    let link_type = LinkType::Inline;
    let tag = Tag::Link { link_type, dest_url: url.into(), title, id: "".into() };
    let mut html = String::new();
    html::push_html(&mut html, once(Event::Start(tag)));
    if kind == Destination::Web {
        html.truncate(html.len() - ">".len());
        html.push_str(" rel=\"noopener noreferrer\">");
    }
    Event::Html(html.into())
}

/// An image as pulldown-cmark escapes it, which does not hold up the page, nor move its text when it arrives.
fn image(url: String, title: CowStr<'_>, alt: String, size: Option<(u32, u32)>) -> Event<'static> {
    let link_type = LinkType::Inline;
    let tag = Tag::Image { link_type, dest_url: url.into(), title, id: "".into() };
    let mut html = String::new();
    let events = [Event::Start(tag), Event::Text(alt.into()), Event::End(TagEnd::Image)];
    html::push_html(&mut html, events.into_iter());
    html.truncate(html.len() - " />".len());
    let size = size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
    html.push_str(&size.unwrap_or_default());
    html.push_str(" loading=\"lazy\" decoding=\"async\">");
    Event::Html(html.into())
}
