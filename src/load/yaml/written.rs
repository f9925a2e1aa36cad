//! Where a part of a value's text stands in the file: behind quotes, escapes, and the folds of long lines.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// The bytes of `written`, a scalar as it stands in the file, that say `part` of its `text`. None where the two do not
/// agree, as in a line that was mended before it was read.
pub fn place(written: &str, text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let mut scalar = Scalar::new(written);
    let (mut start, mut end) = (None, None);
    let mut space = None;
    for (at, letter) in text.char_indices() {
        let found = if letter.is_whitespace() {
            // A run of spaces may be a fold in the file.
            *space.get_or_insert_with(|| scalar.spaces())
        } else {
            space = None;
            scalar.letter(letter)?
        };
        if at >= part.start && start.is_none() {
            start = Some(found.start);
        }
        if at < part.end {
            end = Some(found.end);
        }
    }
    let last = end.unwrap_or(scalar.begin);
    let start = start.unwrap_or(last);
    Some(start..last.max(start))
}

/// A scalar's letters, one by one.
struct Scalar<'a> {
    letters: Peekable<CharIndices<'a>>,
    quote: Option<char>,
    begin: usize,
    length: usize,
}

#[derive(Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
}

impl<'a> Scalar<'a> {
    fn new(written: &'a str) -> Scalar<'a> {
        let mut scalar = Scalar {
            letters: written.char_indices().peekable(),
            quote: None,
            begin: 0,
            length: written.len(),
        };
        match scalar.letters.peek() {
            Some((_, quote @ ('"' | '\''))) => {
                scalar.quote = Some(*quote);
                scalar.letters.next();
            }
            // The rest of the line is about the block.
            Some((_, '|' | '>')) => while scalar.letters.next_if(|(_, c)| *c != '\n').is_some() {},
            _ => {}
        }
        scalar.begin = scalar.spaces().end;
        scalar
    }

    fn position(&mut self) -> usize {
        self.letters.peek().map_or(self.length, |(at, _)| *at)
    }

    /// White space, be it none.
    fn spaces(&mut self) -> Found {
        let start = self.position();
        loop {
            while self.letters.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            let escaped = self.quote == Some('"') && {
                let mut ahead = self.letters.clone();
                ahead.next().is_some_and(|(_, c)| c == '\\')
                    && ahead
                        .next()
                        .is_some_and(|(_, c)| matches!(c, '\n' | '\r' | ' ' | 't' | 'n' | '_'))
            };
            if !escaped {
                return Found { start, end: self.position() };
            }
            self.letters.next();
            self.letters.next();
        }
    }

    /// The next letter, which must be the given one.
    fn letter(&mut self, expected: char) -> Option<Found> {
        let (start, first) = self.letters.next()?;
        let read = match (first, self.quote) {
            ('\\', Some('"')) => self.escape()?,
            ('\'', Some('\'')) => self.letters.next()?.1,
            _ => first,
        };
        (read == expected).then(|| Found { start, end: self.position() })
    }

    /// What follows a backslash (YAML 1.2.2 §5.7), as far as it stands for something that can be seen.
    fn escape(&mut self) -> Option<char> {
        let digits = match self.letters.next()?.1 {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            letter @ ('"' | '/' | '\\') => return Some(letter),
            _ => return None,
        };
        let code = (0..digits)
            .try_fold(0, |code, _| Some(code * 16 + self.letters.next()?.1.to_digit(16)?));
        char::from_u32(code?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_behind_quotes_escapes_and_folds() {
        for (written, text, word, found) in [
            ("Tuesdays at seven", "Tuesdays at seven", "seven", "seven"),
            ("\"Tuesdays at seven\"", "Tuesdays at seven", "seven", "seven"),
            ("'it''s at seven'", "it's at seven", "seven", "seven"),
            ("'it''s at seven'", "it's at seven", "it's", "it''s"),
            ("\"6\\u20137 \\\"pm\\\" or so\"", "6–7 \"pm\" or so", "or", "or"),
            ("\"6\\u20137 pm\"", "6–7 pm", "6–7", "6\\u20137"),
            ("Tuesdays\n  at\n\n  seven", "Tuesdays at\nseven", "seven", "seven"),
            (">-\n  Tuesdays\n  at seven", "Tuesdays at seven", "at seven", "at seven"),
            ("|\n  Tuesdays\n  at seven\n", "Tuesdays\nat seven", "Tuesdays\nat", "Tuesdays\n  at"),
            ("\"  Tuesdays \\\n   at seven\"", "Tuesdays at seven", "at", "at"),
        ] {
            let at = text.find(word).unwrap();
            let place = place(written, text, at..at + word.len()).unwrap();
            assert_eq!(written.get(place), Some(found), "{written}");
        }
        assert_eq!(place("\"ab\"", "ab", 2..2), Some(3..3), "the end is behind the last letter");
    }

    #[test]
    fn a_text_that_is_not_the_written_one_has_no_places() {
        assert_eq!(place("Tuesdays # lost", "Tuesdays at seven", 0..8), None);
        assert_eq!(place("\"a\\e\"", "a\u{1b}", 0..1), None);
    }
}
