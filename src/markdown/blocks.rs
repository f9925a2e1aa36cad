//! Bodies: headings, paragraphs, lists, quotations, code, tables and footnotes.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::ids::Ids;
use super::spans::Spans;
use super::{Address, Heading, Markdown, Target};

/// A body. `address` is asked once for every link and image that names a place in the site.
///
/// `#` becomes `<h2>`, a heading under it `<h3>` and so on, without gaps. Identifiers are the headings' words
/// (`RESERVED_IDS` are not given). Tables stand in a `<div class="table">` that can be scrolled with the keyboard and is
/// named by the table's header; columns have the classes `align-center` and `align-end`. Footnotes come last, in an
/// `<ol class="footnotes">`, whatever the place of their text.
pub fn blocks(source: &str, address: &dyn Fn(Target<'_>) -> Address) -> Markdown {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut body = Body::new(Spans::new(source, address));
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        body.event(event, range);
    }
    body.finish()
}

struct Body<'a> {
    spans: Spans<'a>,
    ids: Ids,
    heading: Option<OpenHeading>,
    /// The author's levels of the headings that the current one stands under, itself included.
    outline: Vec<HeadingLevel>,
    table: Table,
    notes: Notes<'a>,
}

struct OpenHeading {
    event: usize,
    text_start: usize,
}

/// The table that is being written; tables do not nest.
#[derive(Default)]
struct Table {
    count: usize,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    cell_start: usize,
}

#[derive(Default)]
struct Notes<'a> {
    /// By label: numbers in the order of the first references.
    numbers: BTreeMap<String, usize>,
    /// By label: what the notes say.
    texts: BTreeMap<String, Vec<Event<'a>>>,
    /// The notes being read, each with the events that came before it.
    open: Vec<(String, Vec<Event<'a>>)>,
}

impl<'a> Body<'a> {
    fn new(spans: Spans<'a>) -> Body<'a> {
        Body {
            spans,
            ids: Ids::new(),
            heading: None,
            outline: Vec::new(),
            table: Table::default(),
            notes: Notes::default(),
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            _ if self.spans.in_picture() => self.spans.span(event, range),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => self.spans.push_html("<hr>\n"),
            Event::FootnoteReference(label) => self.refer(&label),
            _ => self.spans.span(event, range),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } => {
                let event = self.spans.events.len();
                self.spans.events.push(Event::Start(tag));
                self.heading = Some(OpenHeading { event, text_start: self.spans.out.text.len() });
            }
            Tag::HtmlBlock => {
                self.spans.report_html(range);
                self.spans.events.push(Event::Start(Tag::Paragraph));
            }
            // The theme colours no code, and a class is a door into its style sheet.
            Tag::CodeBlock(_) => {
                self.spans.events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
            }
            Tag::FootnoteDefinition(label) => {
                let before = mem::take(&mut self.spans.events);
                self.notes.open.push((label.to_lowercase(), before));
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.start_of_table(tag);
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::Item => {
                self.spans.events.push(Event::Start(tag));
            }
            _ => self.spans.span(Event::Start(tag), range),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(level) => self.close_heading(level, range),
            TagEnd::HtmlBlock => self.spans.events.push(Event::End(TagEnd::Paragraph)),
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                self.end_of_table(tag);
            }
            TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::List(_)
            | TagEnd::Item => self.spans.events.push(Event::End(tag)),
            _ => return self.spans.span(Event::End(tag), range),
        }
        if tag != TagEnd::TableCell {
            self.spans.end_line();
        }
    }

    /// Gives a heading its level and identifier, both of which need what came before its end.
    fn close_heading(&mut self, written: HeadingLevel, range: Range<usize>) {
        let Some(open) = self.heading.take() else { return };
        let text = self.spans.out.text.get(open.text_start..).unwrap_or("");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            // A heading that says nothing is noise in a screen reader's outline.
            return self.close_as_paragraph(open.event);
        }
        while self.outline.last().is_some_and(|&above| above >= written) {
            self.outline.pop();
        }
        self.outline.push(written);
        let level = HeadingLevel::try_from(1 + self.outline.len()).unwrap_or(HeadingLevel::H6);
        let id = self.ids.unique(&text);
        let (classes, attrs) = (Vec::new(), Vec::new());
        let tag = Tag::Heading { level, id: Some(id.clone().into()), classes, attrs };
        if let Some(start) = self.spans.events.get_mut(open.event) {
            *start = Event::Start(tag);
        }
        self.spans.events.push(Event::End(TagEnd::Heading(level)));
        let range = self.spans.trimmed(range);
        self.spans.out.headings.push(Heading { level: level as u8, id, text, range });
    }

    fn close_as_paragraph(&mut self, start: usize) {
        if self.spans.events.len() == start + 1 {
            self.spans.events.truncate(start);
        } else if let Some(event) = self.spans.events.get_mut(start) {
            *event = Event::Start(Tag::Paragraph);
            self.spans.events.push(Event::End(TagEnd::Paragraph));
        }
    }

    /// Tables are written here because pulldown-cmark aligns columns by `style`, which the pages' policy forbids.
    fn start_of_table(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Table(alignments) => {
                self.table = Table {
                    count: self.table.count + 1,
                    alignments,
                    in_head: true,
                    ..Table::default()
                };
                let number = self.table.count;
                self.spans.push_html(format!(
                    "<div class=\"table\" role=\"group\" aria-labelledby=\"table_{number}\" tabindex=\"0\">\
                     <table>\n<thead id=\"table_{number}\"><tr>"
                ));
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.table.in_head = false;
                self.spans.push_html("<tr>");
            }
            Tag::TableCell => {
                self.spans.part_words();
                self.table.cell_start = self.spans.events.len();
                // Its start is known at its end.
                self.spans.push_html("");
            }
            _ => {}
        }
    }

    fn end_of_table(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableHead => self.spans.push_html("</tr></thead>\n<tbody>\n"),
            TagEnd::TableRow => self.spans.push_html("</tr>\n"),
            TagEnd::TableCell => self.close_cell(),
            _ => self.spans.push_html("</tbody></table></div>\n"),
        }
    }

    fn close_cell(&mut self) {
        let empty = self.spans.events.len() == self.table.cell_start + 1;
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-end\"",
            _ => "",
        };
        // A header that says nothing is none.
        let header = self.table.in_head && !empty;
        let (start, end) = if header {
            (format!("<th scope=\"col\"{class}>"), "</th>")
        } else {
            (format!("<td{class}>"), "</td>")
        };
        if let Some(event) = self.spans.events.get_mut(self.table.cell_start) {
            *event = Event::Html(start.into());
        }
        self.spans.push_html(end);
        self.table.column += 1;
    }

    /// Writes the number of a note; the first reference to it is where the note leads back to. The parser lets none
    /// stand in a link, where a browser would end the link.
    fn refer(&mut self, label: &str) {
        let count = self.notes.numbers.len();
        let label = label.to_lowercase();
        let number = *self.notes.numbers.entry(label).or_insert(count + 1);
        let id = if number > count { format!(" id=\"reference_{number}\"") } else { String::new() };
        self.spans.push_html(format!("<sup{id}><a href=\"#note_{number}\">{number}</a></sup>"));
    }

    fn close_note(&mut self) {
        if let Some((label, before)) = self.notes.open.pop() {
            let text = mem::replace(&mut self.spans.events, before);
            self.notes.texts.entry(label).or_default().extend(text);
        }
    }

    /// Puts the notes at the end, those that nothing refers to last.
    fn finish(mut self) -> Markdown {
        let Notes { mut numbers, texts, .. } = self.notes;
        let referred = numbers.len();
        for label in texts.keys() {
            let next = numbers.len() + 1;
            numbers.entry(label.clone()).or_insert(next);
        }
        let mut notes: Vec<_> =
            texts.into_iter().map(|(label, text)| (numbers.get(&label).copied(), text)).collect();
        notes.sort_by_key(|(number, _)| *number);
        if !notes.is_empty() {
            self.spans.push_html("<ol class=\"footnotes\">\n");
            for (number, text) in notes {
                let number = number.unwrap_or_default();
                self.spans.push_html(format!("<li id=\"note_{number}\">"));
                self.spans.events.extend(text);
                if number <= referred {
                    self.spans.push_html(format!("<a href=\"#reference_{number}\">↑</a>"));
                }
                self.spans.push_html("</li>\n");
            }
            self.spans.push_html("</ol>\n");
        }
        self.spans.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Link, ProblemKind};

    fn html(source: &str) -> String {
        render(source).html
    }

    fn render(source: &str) -> Markdown {
        blocks(source, &|target| match target {
            Target::Link("gone") | Target::Image("gone.png") => Address::Nowhere,
            Target::Link(url) => Address::To { url: format!("../{url}"), size: None },
            Target::Image(url) => Address::To { url: url.into(), size: Some((4, 3)) },
        })
    }

    #[test]
    fn headings_leave_no_gap_and_are_named_once() {
        let page =
            render("## Who *comes*\n\n#### Who comes\n\n# Help\n\n#\n\n# ![](a.png)\n\nDeep\n---");
        let headings: Vec<_> =
            page.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
        let wanted = [
            (2, "who-comes", "Who comes"),
            (3, "who-comes-2", "Who comes"),
            (2, "help-2", "Help"),
            (3, "deep", "Deep"),
        ];
        assert_eq!(headings, wanted);
        assert_eq!(page.headings[0].range, 0..14);
        assert!(page.html.starts_with("<h2 id=\"who-comes\">Who <em>comes</em></h2>\n<h3"));
        assert!(page.html.contains("<p><img src=\"a.png\""), "{}", page.html);
        assert_eq!(html("####### x\n\n###### y"), "<p>####### x</p>\n<h2 id=\"y\">y</h2>\n");
    }

    #[test]
    fn links_go_where_the_site_says() {
        for (source, wanted) in [
            ("[a](b \"t\")", "<a href=\"../b\" title=\"t\">a</a>"),
            ("[a](gone)", "a"),
            ("a   [\\\nb](c)", "a   <a href=\"../c\"><br>\nb</a>"),
            ("[](b)", "<a href=\"../b\">b</a>"),
            ("<a@b.org>", "<a href=\"mailto:a@b.org\">a@b.org</a>"),
            ("[a](tel:+1740)", "<a href=\"tel:+1740\">a</a>"),
            ("[a](http://b.org)", "<a href=\"http://b.org\" rel=\"noopener noreferrer\">a</a>"),
            ("https://b.org", "https://b.org"),
        ] {
            assert_eq!(html(source), format!("<p>{wanted}</p>\n"), "{source}");
        }
        let page = render("ä [a][b] <x@y.org>\n\n[b]: /c&amp;d\\_");
        let link = |destination: &str, range| Link { destination: destination.into(), range };
        assert_eq!(page.links, [link("/c&d_", 3..9), link("mailto:x@y.org", 10..19)]);
    }

    #[test]
    fn images_keep_their_words_and_their_place() {
        let page = render("![a *b*](c.png) ![gone](gone.png) ![far](https://b.org/d.png)");
        let image = "<img src=\"c.png\" alt=\"a b\" width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\">";
        assert_eq!(page.html, format!("<p>{image} gone far</p>\n"));
        assert_eq!(page.text, "a b gone far");
        assert_eq!(page.images.len(), 2);
        assert_eq!(page.problems[0].kind, ProblemKind::RemoteImage);
    }

    #[test]
    fn tables_can_be_scrolled_and_carry_no_style() {
        let wanted = "<div class=\"table\" role=\"group\" aria-labelledby=\"table_1\" tabindex=\"0\"><table>\n\
            <thead id=\"table_1\"><tr><td></td><th scope=\"col\" class=\"align-end\">b</th></tr></thead>\n\
            <tbody>\n<tr><td>1</td><td class=\"align-end\">2</td></tr>\n</tbody></table></div>\n";
        let page = render("| | b |\n|-|-:|\n| 1 | 2 |");
        assert_eq!(page.html, wanted);
        assert_eq!(page.text, "b\n1 2");
    }

    #[test]
    fn notes_come_last_and_lead_back() {
        let page = html("[^u]: unused\n\n[^A]: said\n\nx[^a] y[^a]");
        let wanted = "<p>x<sup id=\"reference_1\"><a href=\"#note_1\">1</a></sup> \
            y<sup><a href=\"#note_1\">1</a></sup></p>\n<ol class=\"footnotes\">\n\
            <li id=\"note_1\">\n<p>said</p>\n<a href=\"#reference_1\">↑</a></li>\n\
            <li id=\"note_2\">\n<p>unused</p>\n</li>\n</ol>\n";
        assert_eq!(page, wanted);
    }

    #[test]
    fn html_is_shown_and_reported_once() {
        let page = render("a <u>b</u> c\n\n<div>\n<i>x</i>\n</div>\n\nd");
        let shown = "&lt;div&gt;\n&lt;i&gt;x&lt;/i&gt;\n&lt;/div&gt;\n";
        assert_eq!(
            page.html,
            format!("<p>a &lt;u&gt;b&lt;/u&gt; c</p>\n<p>{shown}</p>\n<p>d</p>\n")
        );
        let problems: Vec<_> =
            page.problems.iter().map(|p| (p.text.as_str(), p.range.clone())).collect();
        assert_eq!(problems, [("<u>", 2..5), ("<div>\n<i>x</i>\n</div>", 14..35)]);
    }

    #[test]
    fn the_plain_text_has_a_line_per_block() {
        let page = render("# A\nb *c*\n`d`\n\n- e\n- f\n\n> g  \n> h\n\n    i\n");
        assert_eq!(page.text, "A\nb c d\ne\nf\ng\nh\ni");
    }
}
