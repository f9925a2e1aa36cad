//! A copy of the YAML in which faulty lines are mended, so that the rest of the file can still be read.
//!
//! Takes the text of a file and whole corrected lines; gives the mended text, and for every byte range in it the
//! range of the file that it stands for. It never decides what is faulty.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::{Source, Span};

/// The lines of one YAML text, as written and as mended.
pub(super) struct Working<'a> {
    lines: Vec<Line<'a>>,
    text: String,
    /// Where the text begins and where its last line ends in the file, when all bytes between are the file's own:
    /// nothing is mended and no line ends with CR LF, as in nearly every file.
    own: Option<Span>,
}

struct Line<'a> {
    /// Where the line begins in the file.
    at: usize,
    /// The line as written, without its end.
    original: &'a str,
    /// The line as mended.
    mended: Cow<'a, str>,
    /// Where the mended line begins in the mended text.
    start: usize,
    /// How often it was mended.
    times: usize,
}

impl<'a> Working<'a> {
    /// A copy of `span` of a file.
    pub(super) fn new(source: &'a Source, span: Span) -> Working<'a> {
        let mut at = span.start;
        let mut lines = Vec::new();
        for line in source.slice(span).split_inclusive('\n') {
            let original = line.trim_end_matches(['\n', '\r']);
            lines.push(Line { at, original, mended: Cow::Borrowed(original), start: 0, times: 0 });
            at += line.len();
        }
        let mut working = Working { lines, text: String::new(), own: None };
        working.assemble();
        working
    }

    /// The mended text; every line ends with a line feed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// A mended line, without its end; empty beyond the last.
    pub(super) fn line(&self, number: usize) -> &str {
        self.lines.get(number).map_or("", |line| &line.mended)
    }

    /// Where a line begins in the mended text.
    pub(super) fn start(&self, number: usize) -> usize {
        self.lines.get(number).map_or(self.text.len(), |line| line.start)
    }

    /// The line, counted from 0, that holds a byte of the mended text.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.start <= byte).saturating_sub(1)
    }

    /// How often a line was mended.
    pub(super) fn times(&self, number: usize) -> usize {
        self.lines.get(number).map_or(0, |line| line.times)
    }

    /// The whole of a mended line as a range of the mended text.
    pub(super) fn range_of(&self, number: usize) -> Range<usize> {
        let start = self.start(number);
        start..start + self.line(number).len()
    }

    /// Replaces lines; false where that changes nothing.
    pub(super) fn replace(&mut self, edits: Vec<(usize, String)>) -> bool {
        let mut changed = false;
        for (number, text) in edits {
            if let Some(line) = self.lines.get_mut(number)
                && line.mended != text
            {
                line.mended = Cow::Owned(text);
                line.times += 1;
                changed = true;
            }
        }
        self.assemble();
        changed
    }

    /// The place in the file that a range of the mended text stands for.
    pub(super) fn in_file(&self, range: Range<usize>) -> Span {
        let start = self.byte_in_file(range.start);
        if range.end <= range.start {
            return Span::new(start, start);
        }
        Span::new(start, self.byte_in_file(range.end))
    }

    /// Lines as a range of the file, without the last one's end, and their mended text; none where they were left out.
    pub(super) fn corrected(&self, lines: Range<usize>) -> Option<(Span, String)> {
        let part = self.lines.get(lines)?;
        let (first, last) = (part.first()?, part.last()?);
        let text = part.iter().map(|line| &*line.mended).collect::<Vec<_>>().join("\n");
        (!text.trim().is_empty())
            .then(|| Span::new(first.at, last.at + last.original.len()))
            .map(|span| (span, text))
    }

    fn assemble(&mut self) {
        self.text.clear();
        let first = self.lines.first().map_or(0, |line| line.at);
        let mut own = Some(Span::new(first, first));
        for line in &mut self.lines {
            line.start = self.text.len();
            self.text.push_str(&line.mended);
            self.text.push('\n');
            let same = line.times == 0 && line.at == first + line.start;
            own =
                own.filter(|_| same).map(|own| Span::new(own.start, line.at + line.original.len()));
        }
        self.own = own;
    }

    /// What a mended line shares with the original at its beginning and end maps byte for byte; anything between maps to
    /// the nearer end of the part that was replaced.
    fn byte_in_file(&self, byte: usize) -> usize {
        if let Some(own) = self.own {
            let byte = self.text.floor_char_boundary(byte);
            return (own.start + byte).min(own.end);
        }
        let Some(line) = self.lines.get(self.line_of(byte)) else { return 0 };
        let column = line.mended.floor_char_boundary(byte.saturating_sub(line.start));
        if let Cow::Borrowed(_) = line.mended {
            return line.at + column;
        }
        let (prefix, suffix) = shared(line.original, &line.mended);
        if column <= prefix {
            line.at + column
        } else if line.mended.len() - column <= suffix {
            line.at + line.original.len() - (line.mended.len() - column)
        } else if column - prefix <= line.mended.len() - suffix - column {
            line.at + prefix
        } else {
            line.at + line.original.len() - suffix
        }
    }
}

/// Lengths of the longest common beginning and, after that, the longest common end, in bytes on character boundaries.
fn shared(a: &str, b: &str) -> (usize, usize) {
    let prefix: usize =
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let rest = a.len().min(b.len()) - prefix;
    let mut suffix = 0;
    for (x, y) in a.chars().rev().zip(b.chars().rev()) {
        if x != y || suffix + x.len_utf8() > rest {
            break;
        }
        suffix += x.len_utf8();
    }
    (prefix, suffix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use std::sync::Arc;

    #[test]
    fn ranges_of_mended_lines_point_at_what_was_written() {
        let text = "---\r\na: One aim: leave\r\nb: ü\r\n";
        let source: Source = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
        let mut working = Working::new(&source, Span::new(5, text.len()));
        assert_eq!(working.text(), "a: One aim: leave\nb: ü\n");
        assert!(working.replace(vec![(0, "a: \"One aim: leave\"".into())]));
        let quoted = working.in_file(3..19);
        assert_eq!(source.slice(quoted), "One aim: leave");
        let after = working.text().find('ü').unwrap();
        assert_eq!(source.slice(working.in_file(after..after + 2)), "ü");
        assert_eq!(working.corrected(0..1).unwrap().1, "a: \"One aim: leave\"");
        assert!(!working.replace(vec![(1, "b: ü".into())]));
    }
}
