//! The document under check: its prose, and the links and images that it uses.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use jiff::civil::Date;

use crate::check::atlas::Atlas;
use crate::check::fields::{Fields, Findings};
use crate::check::links::{self, Reference};
use crate::check::memory::Venues;
use crate::check::vocabulary::Terms;
use crate::diagnostic::rules::content as rules;
use crate::image::Facts;
use crate::load::{Document, ImageFile, StaticFile};
use crate::markdown::{self, Address, Markdown, ProblemKind, Target};
use crate::model::settings::Settings;
use crate::model::venue::Place;
use crate::model::{Picture, Prose, PublishedFile};
use crate::slug::Slug;
use crate::source::{Span, Spanned};
use crate::suggest::closest;

/// What a document is checked against.
pub(super) struct Context<'a> {
    pub(super) settings: &'a Settings,
    pub(super) terms: &'a Terms,
    pub(super) atlas: &'a Atlas,
    /// Addresses at which nothing will stand, because their files have errors: links to them become text.
    pub(super) nowhere: BTreeSet<String>,
    pub(super) images: HashMap<&'a str, &'a ImageFile>,
    pub(super) statics: HashMap<&'a str, &'a StaticFile>,
    /// Shared venues.
    pub(super) venues: Venues,
    /// Whether `site.yaml` names a time zone, be it a wrong one.
    pub(super) has_timezone: bool,
    pub(super) today: Date,
    pub(super) stale_after: i32,
}

/// A document under check.
pub(super) struct Subject<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) findings: &'a Findings,
    pub(super) document: &'a Document,
    /// The address of its page; `/` for a file without one.
    pub(super) url: &'a str,
    /// Links into the site, for when all pages are known.
    pub(super) links: RefCell<Vec<LinkUse>>,
    /// Images that travel with the page.
    pub(super) files: RefCell<Vec<PublishedFile>>,
    /// Whether it leans on a shared venue whose file has errors.
    pub(super) leans_on_broken: Cell<bool>,
    /// Whether anything but its links depends on which other pages and venues there are.
    pub(super) looks_around: Cell<bool>,
}

/// A link into the site.
#[derive(Debug)]
pub(super) struct LinkUse {
    pub(super) span: Span,
    pub(super) written: String,
    pub(super) path: String,
    pub(super) fragment: Option<String>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        findings: &'a Findings,
        document: &'a Document,
        url: &'a str,
    ) -> Subject<'a> {
        Subject {
            context,
            findings,
            document,
            url,
            links: RefCell::default(),
            files: RefCell::default(),
            leans_on_broken: Cell::new(false),
            looks_around: Cell::new(false),
        }
    }

    /// A field in which links and emphasis work.
    pub(super) fn inline(&self, fields: &Fields<'_>, name: &str) -> Option<Prose> {
        let text = fields.text(name)?;
        let markdown = markdown::inline(&text.value, &|target| self.address(&target));
        let raw = self.document.source.slice(text.span);
        let offset = raw.find(&text.value);
        let place = |range: Range<usize>| match offset {
            Some(offset) => Span::new(range.start, range.end).shifted(text.span.start + offset),
            // Quoted or folded text is not in the file as it is read: the whole value is the place.
            None => text.span,
        };
        Some(self.prose(&markdown, &place))
    }

    /// The text after the front matter, with its headings.
    pub(super) fn body(&self) -> (Prose, Vec<markdown::Heading>) {
        let text = self.document.source.slice(self.document.body);
        let markdown = markdown::blocks(text, &|target| self.address(&target));
        let start = self.document.body.start;
        let prose =
            self.prose(&markdown, &|range| Span::new(range.start, range.end).shifted(start));
        (prose, markdown.headings)
    }

    fn prose(&self, markdown: &Markdown, place: &dyn Fn(Range<usize>) -> Span) -> Prose {
        for problem in &markdown.problems {
            self.report_markup(problem, place(problem.range.clone()));
        }
        for link in &markdown.links {
            self.use_link(&link.destination, place(link.range.clone()));
        }
        for image in &markdown.images {
            let span = place(image.range.clone());
            if image.alt.trim().is_empty() {
                let problem = self.findings.at(
                    &rules::MISSING_ALT_TEXT,
                    span,
                    "the image has no words for those who do not see it",
                );
                self.findings.add(problem.help(format!(
                    "write what it shows: `![A lamp on a table]({})`",
                    image.destination
                )));
            }
            self.use_image(&image.destination, span);
        }
        Prose { html: markdown.html.clone(), text: markdown.text.clone() }
    }

    fn report_markup(&self, problem: &markdown::Problem, span: Span) {
        self.findings.add(match problem.kind {
            ProblemKind::RawHtml => self
                .findings
                .at(&rules::RAW_HTML, span, "HTML is shown as text")
                .help("write it as Markdown, or leave it out"),
            ProblemKind::UnsafeLink => self
                .findings
                .at(
                    &rules::UNSAFE_LINK,
                    span,
                    format!("`{}` is no address that a page may lead to", problem.text),
                )
                .help("use https, mailto or tel, or the address of a page of this site"),
            ProblemKind::RemoteImage => self
                .findings
                .at(
                    &rules::REMOTE_IMAGE,
                    span,
                    format!(
                        "`{}` lies on another site, which would learn who reads this page",
                        problem.text
                    ),
                )
                .help("save the image beside this file and write its name"),
        });
    }

    /// Remembers a link into the site, for when all pages are known.
    pub(super) fn use_link(&self, destination: &str, span: Span) {
        let use_of = |path: String, fragment| LinkUse {
            span,
            written: destination.to_owned(),
            path,
            fragment,
        };
        match self.resolve(destination) {
            Reference::Remote => {}
            Reference::Page { path, fragment, .. } => {
                self.links.borrow_mut().push(use_of(path, fragment));
            }
            Reference::LeavesSite => {
                let problem = self.findings.at(
                    &rules::PATH_OUTSIDE_SITE,
                    span,
                    format!("`{destination}` leads out of the site"),
                );
                self.findings.add(
                    problem.help("write the address from the site's root, such as `/groups/`"),
                );
            }
            Reference::NoSuchFile(path) => {
                self.looks_around.set(true);
                let atlas = self.context.atlas;
                let known = atlas.paths().keys().map(String::as_str);
                let page = |path| atlas.name(*atlas.paths().get(path)?);
                let near = closest(&path, known).and_then(page).map(|name| name.url.as_str());
                let problem = self.findings.at(
                    &rules::BROKEN_LINK,
                    span,
                    format!("there is no file `{path}`"),
                );
                self.findings.add(match near.filter(|url| !url.is_empty()) {
                    Some(url) => problem.help(format!("did you mean `{url}`?")),
                    None => {
                        problem.help("write the page's address, such as `/groups/tuesday-circle/`")
                    }
                });
            }
        }
    }

    fn resolve(&self, destination: &str) -> Reference {
        let path = &self.document.source.path;
        links::resolve(destination, self.url, path, self.context.atlas)
    }

    fn address(&self, target: &Target<'_>) -> Address {
        match target {
            Target::Link(destination) => match self.resolve(destination) {
                Reference::Page { path, .. } if self.context.nowhere.contains(&path) => {
                    Address::Nowhere
                }
                Reference::Page { path, query, fragment } => {
                    let fragment =
                        fragment.map_or_else(String::new, |fragment| format!("#{fragment}"));
                    let own = path == self.url && query.is_empty() && !fragment.is_empty();
                    let path = if own { "" } else { &path };
                    Address::To { url: format!("{path}{query}{fragment}"), size: None }
                }
                Reference::Remote => Address::To { url: (*destination).to_owned(), size: None },
                Reference::LeavesSite | Reference::NoSuchFile(_) => Address::Nowhere,
            },
            Target::Image(destination) => match self.find_image(destination) {
                Some(found) => Address::To { url: found.url, size: found.size },
                None => Address::Nowhere,
            },
        }
    }

    /// An image field and its words.
    pub(super) fn picture(&self, image: &Spanned<String>, alt: Option<String>) -> Option<Picture> {
        self.use_image(&image.value, image.span);
        let found = self.find_image(&image.value)?;
        Some(Picture { url: found.url, alt: alt.unwrap_or_default(), size: found.size })
    }

    fn use_image(&self, destination: &str, span: Span) {
        if let Some(found) = self.find_image(destination) {
            self.files.borrow_mut().extend(found.travels);
            return;
        }
        let names = self.context.images.keys().chain(self.context.statics.keys());
        let names = names.map(|path| path.rsplit('/').next().unwrap_or(path));
        let problem = if destination.contains("..")
            && links::normalise(&format!("{}{destination}", self.url)).is_none()
        {
            self.findings.at(
                &rules::PATH_OUTSIDE_SITE,
                span,
                format!("`{destination}` leads out of the site"),
            )
        } else {
            self.findings.at(
                &rules::MISSING_IMAGE,
                span,
                format!("there is no image `{destination}`"),
            )
        };
        let name_only = destination.rsplit(['/', '\\']).next().unwrap_or(destination);
        self.findings.add(match closest(name_only, names) {
            Some(name) => problem.help(format!("did you mean `{name}`?")),
            None if destination.contains(['\\', ':']) => problem
                .help("put the file beside this one, and write its name only, such as `photo.jpg`"),
            None => problem.help("put the file beside this one, or into `static`"),
        });
    }

    /// An image beside the file, else in `static`.
    fn find_image(&self, destination: &str) -> Option<FoundImage> {
        let destination = links::percent_decoded(destination);
        if let Some(beside) = self.beside(&destination) {
            let (stem, extension) = beside.path.rsplit('/').next()?.rsplit_once('.')?;
            // Published under a name that needs no escaping anywhere and tells nothing of the author's folders.
            let name = format!("{}.{}", Slug::from_text(stem)?, extension.to_lowercase());
            let url = format!("{}{name}", self.url);
            let travels = PublishedFile {
                address: url.trim_start_matches('/').to_owned(),
                path: beside.file.clone(),
                image: true,
            };
            return Some(FoundImage {
                size: size(beside.facts.as_ref().ok()),
                url,
                travels: Some(travels),
            });
        }
        let path = links::normalise(&format!("/{destination}"))?;
        let file = self.context.statics.get(path.trim_start_matches('/'))?;
        let facts = file.facts.as_ref().and_then(|facts| facts.as_ref().ok());
        Some(FoundImage { size: size(facts), url: path, travels: None })
    }

    fn beside(&self, destination: &str) -> Option<&'a ImageFile> {
        let (folder, _) = self.document.source.path.rsplit_once('/')?;
        let path = links::normalise(&format!("/{folder}/{destination}"))?;
        self.context.images.get(path.trim_start_matches('/')).copied()
    }
}

struct FoundImage {
    url: String,
    size: Option<(u32, u32)>,
    travels: Option<PublishedFile>,
}

fn size(facts: Option<&Facts>) -> Option<(u32, u32)> {
    let facts = facts?;
    facts.width.zip(facts.height)
}

/// What to do about a venue that is none.
fn place_advice(typed: &str, slug: Option<&Slug>) -> String {
    let fields = "its fields here, such as `venue: {name: Grace Church, address: {city: Athens}}`";
    match slug {
        _ if typed.contains("://") || typed.starts_with("www.") => {
            "put the link of an online meeting under `online: {url: …}`".to_owned()
        }
        Some(slug) if !typed.contains(',') => {
            format!("write the file `content/venues/{slug}.yaml`, or {fields}")
        }
        _ => format!("write {fields}"),
    }
}

impl Context<'_> {
    /// The shared venue that a name stands for.
    pub(super) fn venue(&self, typed: &Spanned<String>, subject: &Subject<'_>) -> Option<Place> {
        let slug = Slug::from_text(&typed.value);
        let found = slug.as_ref().and_then(|slug| self.venues.places.get(slug));
        match found {
            Some(Some(place)) => Some(place.clone()),
            Some(None) => {
                subject.leans_on_broken.set(true);
                None
            }
            None => {
                subject.looks_around.set(true);
                let message = format!("there is no venue `{}`", typed.value);
                let problem = subject.findings.at(&rules::UNKNOWN_VENUE, typed.span, message);
                subject.findings.add(
                    match closest(&typed.value, self.venues.places.keys().map(Slug::as_str)) {
                        Some(name) => {
                            problem.help(format!("did you mean `{name}`?")).fix(typed.span, name)
                        }
                        None => problem.help(place_advice(&typed.value, slug.as_ref())),
                    },
                );
                None
            }
        }
    }
}
