//! One-line fields: links, emphasis and code. What would begin a block is shown as it was written.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::spans::Spans;
use super::{Address, Markdown, Target};

/// The Markdown of a field such as `how_to_join`. `address` is asked once for every link to a place in the site.
///
/// A list's `2027.`, a heading's `#` or a quotation's `>` stay as they were written, so that a sentence that happens to
/// begin with one loses nothing; an image is its alternative text. There is no `<p>`; paragraphs are parted by `<br>`.
pub fn inline(source: &str, address: &dyn Fn(Target<'_>) -> Address) -> Markdown {
    let mut line = Line { spans: Spans::new(source, address), marks: None, parted: false };
    for (event, range) in Parser::new_ext(source, Options::ENABLE_STRIKETHROUGH).into_offset_iter()
    {
        line.event(event, range);
    }
    line.spans.finish()
}

struct Line<'a> {
    spans: Spans<'a>,
    /// Where the marks of the blocks that are beginning start: `> 1. # `.
    marks: Option<usize>,
    /// Whether a block ended or began after the last word.
    parted: bool,
}

impl<'a> Line<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::List(_)
                | Tag::Item,
            ) => self.begin(range.start),
            Event::Start(Tag::HtmlBlock) => {
                self.begin(range.start);
                self.spans.report_html(range);
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::BlockQuote(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::List(_)
                | TagEnd::Item,
            ) => {
                self.write_marks(range.end, "");
                self.parted = true;
            }
            Event::Rule => {
                self.begin(range.start);
                self.write_marks(range.end, "");
                self.parted = true;
            }
            Event::Start(Tag::Image { .. }) => self.write_marks(range.start, " "),
            Event::End(TagEnd::Image) => {}
            _ => {
                self.write_marks(range.start, " ");
                self.part();
                self.spans.span(event, range);
            }
        }
    }

    fn begin(&mut self, start: usize) {
        self.marks.get_or_insert(start);
        self.parted = true;
    }

    /// Shows the marks that were passed since the block began, and what parts them from its words.
    fn write_marks(&mut self, end: usize, space: &str) {
        let Some(start) = self.marks.take() else { return };
        let marks = self.spans.written(start..end).trim();
        if !marks.is_empty() {
            self.part();
            self.spans.span(Event::Text(format!("{marks}{space}").into()), start..end);
        }
    }

    fn part(&mut self) {
        if self.parted && !self.spans.events.is_empty() {
            self.spans.span(Event::HardBreak, 0..0);
        }
        self.parted = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        inline(source, &|_| Address::To { url: "x".into(), size: None }).html
    }

    #[test]
    fn a_line_has_no_paragraph_and_paragraphs_are_parted() {
        assert_eq!(html(""), "");
        assert_eq!(
            html("Write to *Dana*; see [how](a)."),
            "Write to <em>Dana</em>; see <a href=\"x\">how</a>."
        );
        assert_eq!(html("one\ntwo\n\n\nthree"), "one\ntwo<br>\nthree");
    }

    #[test]
    fn what_would_be_a_block_stays_as_it_was_written() {
        for (source, wanted) in [
            ("2027. A year", "2027. A year"),
            ("# 2 on the list", "# 2 on the list"),
            ("- a\n- b **c**", "- a<br>\n- b <strong>c</strong>"),
            ("> 1. # x", "&gt; 1. # x"),
            ("-", "-"),
            ("a\n\n***\n\nb", "a<br>\n***<br>\nb"),
            ("| a | b |\n|---|---|", "| a | b |\n|---|---|"),
            ("![alt *text*](a.png)", "alt <em>text</em>"),
            ("<hr>", "&lt;hr&gt;"),
            ("a <b>c</b>", "a &lt;b&gt;c&lt;/b&gt;"),
        ] {
            assert_eq!(html(source), wanted, "{source}");
        }
    }
}
