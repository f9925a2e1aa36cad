//! Which text a value came from: files by their path inside the site, and byte ranges in them.

use std::ops::Range;
use std::sync::Arc;

/// A byte range in a file's text. Both ends are on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after the range.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// The same range, `offset` bytes further on.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Span {
        Span { start: self.start + offset, end: self.end + offset }
    }

    /// As the standard library's range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A text file of the site as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the site's folder, with `/` between its parts.
    pub path: String,
    /// The whole text, with any byte-order mark and CR LF line ends kept, so that spans are the file's own bytes.
    pub text: String,
}

/// A file that many values and diagnostics point into.
pub type Source = Arc<SourceFile>;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the file it was read from.
    pub span: Span,
}

impl SourceFile {
    /// Line and column of a byte offset, both from 1; the column counts characters, and a byte-order mark is none.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let (before, _) = self.text.split_at(offset);
        let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
        let last = before.rsplit('\n').next().unwrap_or(before);
        (line, last.trim_start_matches('\u{feff}').chars().count() + 1)
    }

    /// The text of a span; empty where the span is not in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let file = SourceFile { path: String::new(), text: "\u{feff}äb\r\ncé!".into() };
        assert_eq!(file.position(3), (1, 1));
        assert_eq!(file.position(5), (1, 2));
        assert_eq!(file.position(file.text.find('!').unwrap()), (2, 3));
        assert_eq!(file.position(9999), (2, 4));
    }
}
