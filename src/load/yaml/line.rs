//! The parts of one line of YAML, and text put in quotes.
//!
//! Looks at a line the way its author does: indentation, dashes, `key:`, value. It knows nothing of the lines around
//! it and is used only where a line is already known to be at fault.

use std::ops::Range;

use super::working::Working;

/// A line taken apart; all numbers are byte columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Where the text begins, after spaces and tabs.
    pub(super) indent: usize,
    /// Where the last `-` of a list item stands.
    pub(super) dash: Option<usize>,
    /// Where the text after the dashes begins: the column that keys of the same mapping share.
    pub(super) body: usize,
    /// The key, without its colon.
    pub(super) key: Option<Range<usize>>,
    /// The value, or the whole text where there is no key: without a comment and spaces at the end.
    pub(super) value: Range<usize>,
}

/// Takes a line apart.
pub(super) fn shape(line: &str) -> Shape {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut body = indent;
    let mut dash = None;
    while let Some(rest) = line.get(body..).and_then(|text| text.strip_prefix('-'))
        && (rest.is_empty() || rest.starts_with([' ', '\t']))
    {
        dash = Some(body);
        body = line.len() - rest.trim_start_matches([' ', '\t']).len();
    }
    let text = line.get(body..).unwrap_or("");
    let key = colon(text).map(|colon| body..body + colon);
    let start = key.as_ref().map_or(body, |key| {
        let after = line.get(key.end + 1..).unwrap_or("");
        line.len() - after.trim_start_matches([' ', '\t']).len()
    });
    let end = start + without_comment(line.get(start..).unwrap_or("")).len();
    Shape { indent, dash, body, key, value: start..end }
}

impl Shape {
    /// The key's text.
    pub(super) fn key_text<'a>(&self, line: &'a str) -> &'a str {
        self.key.clone().and_then(|key| line.get(key)).unwrap_or("").trim_end()
    }

    /// The value's text.
    pub(super) fn value_text<'a>(&self, line: &'a str) -> &'a str {
        line.get(self.value.clone()).unwrap_or("")
    }
}

/// The first colon that ends a key: one before a space or the line's end, outside a key in quotes.
fn colon(text: &str) -> Option<usize> {
    let skip = match text.chars().next()? {
        quote @ ('"' | '\'') => text.get(1..)?.find(quote)? + 2,
        '#' => return None,
        _ => 0,
    };
    let bytes = text.as_bytes();
    (skip..bytes.len())
        .find(|&at| {
            bytes.get(at) == Some(&b':') && matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'))
        })
        .filter(|&at| at > 0)
}

/// A value without ` # comment` and the spaces at its end. `#2` is no comment to its author.
fn without_comment(value: &str) -> &str {
    if value == "#" || value.starts_with("# ") {
        return "";
    }
    let end = value.match_indices(" #").find(|(at, _)| {
        let rest = value.get(at + 2..).unwrap_or("");
        rest.is_empty() || rest.starts_with([' ', '\t', '#'])
    });
    value.get(..end.map_or(value.len(), |(at, _)| at)).unwrap_or(value).trim_end()
}

/// Whether text could be the name of a field: one word.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// Characters that look like nothing or like a space and are neither to YAML: word processors and web pages leave them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{2069}' | '\u{3000}' | '\u{feff}'
    )
}

/// Where the colon of `name:value` stands, unless that is an address such as `https://…` or `mailto:…`.
pub(super) fn tight_colon(text: &str) -> Option<usize> {
    const SCHEMES: [&str; 6] = ["http", "https", "mailto", "tel", "sms", "geo"];
    let at = text.find([':', '：'])?;
    let name = text.get(..at)?;
    let after = text.get(at..)?.trim_start_matches([':', '：']);
    let named =
        is_name(name) && !SCHEMES.contains(&name) && !after.starts_with('/') && !after.is_empty();
    // The wide colon of Chinese and Japanese keyboards is none to YAML, whatever follows.
    let tight = !after.starts_with([' ', '\t']) || text.get(at..)?.starts_with('：');
    (named && tight).then_some(at)
}

/// Those of them that look like a space.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// The same line, beginning at another column.
pub(super) fn indented(line: &str, column: usize) -> String {
    format!("{}{}", " ".repeat(column), line.trim_start_matches([' ', '\t']))
}

/// The same line with a space after the colon at `at` (a byte column).
pub(super) fn spaced(line: &str, at: usize) -> String {
    let (before, rest) = line.split_at(at);
    let value = rest
        .trim_start_matches([':', '：'])
        .trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    format!("{before}: {value}")
}

/// Opening and closing quotes that a word processor types.
const CURLY: [(char, char); 8] = [
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('”', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‘', '’'),
    ('‚', '‘'),
];

/// The text between curly quotes that stand round the whole value, as in `“Hope”` but not in `“Hope” and “Loss”`.
pub(super) fn between_curly(value: &str) -> Option<&str> {
    if value.starts_with(|c: char| c.is_ascii()) {
        return None;
    }
    CURLY.iter().find_map(|&(open, close)| {
        let inner = value.strip_prefix(open)?.strip_suffix(close)?;
        let others = inner.char_indices().any(|(at, c)| {
            let apostrophe = c == '’'
                && inner
                    .get(at + c.len_utf8()..)
                    .is_some_and(|s| s.starts_with(char::is_alphabetic));
            (c == open || c == close) && !apostrophe
        });
        (!others && !inner.trim().is_empty()).then_some(inner)
    })
}

/// A one-line value in quotes: double ones where that needs no escapes, else single ones, else double ones with escapes.
pub(super) fn quoted(value: &str) -> String {
    let value = between_curly(value).unwrap_or(value);
    let marks = Marks::for_text(value);
    format!("{0}{1}{0}", marks.quote, marks.escaped(value))
}

/// Lines in which `range` of the mended text, which may go over several lines, stands in quotes.
pub(super) fn quoted_lines(working: &Working<'_>, range: Range<usize>) -> Vec<(usize, String)> {
    let (first, last) = (working.line_of(range.start), working.line_of(range.end.max(range.start)));
    let text = working.text().get(range.clone()).unwrap_or("");
    if first == last {
        return vec![(first, replaced(working, range, &quoted(text)))];
    }
    let marks = Marks::for_text(text);
    (first..=last)
        .map(|number| {
            let whole = working.range_of(number);
            let line = working.line(number);
            let from = range.start.max(whole.start) - whole.start;
            let to = range.end.min(whole.end) - whole.start;
            let part = marks.escaped(line.get(from..to).unwrap_or(""));
            let open = if number == first { marks.quote } else { "" };
            let close = if number == last { marks.quote } else { "" };
            let (before, after) = (line.get(..from).unwrap_or(""), line.get(to..).unwrap_or(""));
            (number, format!("{before}{open}{part}{close}{after}"))
        })
        .collect()
}

/// The line in which `range` of the mended text stands, with that range replaced.
pub(super) fn replaced(working: &Working<'_>, range: Range<usize>, with: &str) -> String {
    let number = working.line_of(range.start);
    let (line, start) = (working.line(number), working.start(number));
    let before = line.get(..range.start - start).unwrap_or(line);
    let after = line.get(range.end.saturating_sub(start).min(line.len())..).unwrap_or("");
    format!("{before}{with}{after}")
}

struct Marks {
    quote: &'static str,
    escape: bool,
}

impl Marks {
    fn for_text(text: &str) -> Marks {
        match (text.contains(['"', '\\']), text.contains('\'')) {
            (false, _) => Marks { quote: "\"", escape: false },
            (true, false) => Marks { quote: "'", escape: false },
            (true, true) => Marks { quote: "\"", escape: true },
        }
    }

    fn escaped(&self, text: &str) -> String {
        if self.escape { text.replace('\\', "\\\\").replace('"', "\\\"") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_apart_as_their_author_sees_them() {
        let line = "  - when: Mondays, 6:30 # note";
        let shape = shape(line);
        assert_eq!((shape.indent, shape.dash, shape.body), (2, Some(2), 4));
        assert_eq!((shape.key_text(line), shape.value_text(line)), ("when", "Mondays, 6:30"));
        for (line, key, value) in [
            ("title: Grief #2", "title", "Grief #2"),
            ("\"New York\": [1, 2]", "\"New York\"", "[1, 2]"),
            ("https://example.org", "", "https://example.org"),
            ("key:", "key", ""),
            ("-", "", ""),
            (": x", "", ": x"),
        ] {
            let shape = super::shape(line);
            assert_eq!((shape.key_text(line), shape.value_text(line)), (key, value), "{line}");
        }
    }

    #[test]
    fn quotes_are_chosen_so_that_the_text_stays_readable() {
        for (value, expected) in [
            ("One aim: leave", r#""One aim: leave""#),
            (r#""Hope" for all"#, r#"'"Hope" for all'"#),
            (r#"It's "Hope""#, r#""It's \"Hope\"""#),
            ("“Hope”", r#""Hope""#),
            ("‘It’s hope’", r#""It’s hope""#),
            ("“Hope” and “Loss”", r#""“Hope” and “Loss”""#),
        ] {
            assert_eq!(quoted(value), expected);
        }
    }

    #[test]
    fn a_missing_space_is_not_seen_in_addresses_and_times() {
        for text in
            ["https://a.example", "mailto:a@b.example", "18:30", "a b:c", "title: x", "title:"]
        {
            assert_eq!(tight_colon(text), None, "{text}");
        }
        assert_eq!(tight_colon("title:Grief"), Some(5));
        assert_eq!(spaced("title：Grief", 5), "title: Grief");
    }
}
