//! Where the fields of a Markdown file end and its text begins.
//!
//! Takes a file's text; gives the bytes of the YAML between two lines of `---` and of the Markdown after them. What was
//! meant as `---` and is none is reported and taken as meant. It reads no YAML.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::syntax;
use crate::source::{Source, Span};

/// Bytes of YAML that are read; the fields of a group have one or two thousand.
pub const MOST_BYTES: usize = 64 * 1024;

/// The two parts of a Markdown file.
#[derive(Debug)]
pub struct Split {
    /// The YAML, without the lines round it; none where there is none or too much.
    pub fields: Option<Span>,
    /// The Markdown.
    pub body: Span,
    /// What is wrong with the lines that divide them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Divides a file.
pub fn split(source: &Source) -> Split {
    let lines = Lines::new(&source.text);
    let whole = Span::new(lines.start, source.text.len());
    let mut split = Split { fields: None, body: whole, diagnostics: Vec::new() };
    let Some(first) = lines.next_text(0) else {
        split.diagnostics.push(missing(source, whole, "the file is empty"));
        return split;
    };
    let Some(from) = opening(source, &lines, first, &mut split.diagnostics) else { return split };
    let end = closing(source, &lines, first, from, &mut split.diagnostics);
    let fields = Span::new(lines.at(from), lines.at(end.last_field + 1));
    split.body = Span::new(lines.at(end.body), source.text.len());
    if fields.end - fields.start > MOST_BYTES {
        let message = format!("the fields are {} KB long", (fields.end - fields.start) / 1024);
        split.diagnostics.push(
            Diagnostic::new(&syntax::FRONT_MATTER_TOO_LARGE, source, lines.span(first), message)
                .help("put a line of `---` after the fields, and the text below it"),
        );
    } else {
        split.fields = Some(fields);
    }
    split
}

/// The number of the first line after the one that opens the fields; none where there are no fields.
fn opening(
    source: &Source,
    lines: &Lines<'_>,
    first: usize,
    found: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let line = lines.text(first);
    let fields_follow = lines.next_text(first + 1).is_some_and(|next| is_field(lines.text(next)));
    if is_fence(line) {
        if first > 0 {
            let span = Span::new(lines.start, lines.span(first).end);
            found.push(
                Diagnostic::new(
                    &syntax::MISTYPED_FENCE,
                    source,
                    lines.span(first),
                    "an empty line stands above this `---`",
                )
                .help("begin the file with the line of `---`")
                .fix(span, "---"),
            );
        }
        return Some(first + 1);
    }
    if line.trim() == "---" || resembles_fence(line.trim()) && fields_follow {
        found.push(mistyped(source, lines, first));
        return Some(first + 1);
    }
    if is_field(line)
        && (first + 1..lines.len())
            .any(|number| is_fence(lines.text(number)) || is_field(lines.text(number)))
    {
        let message = "the line of `---` above the fields is missing";
        found.push(
            Diagnostic::new(&syntax::MISSING_FRONT_MATTER, source, lines.span(first), message)
                .help("type `---` (three hyphens) in a line of its own above this one"),
        );
        return Some(first);
    }
    found.push(missing(
        source,
        lines.span(first),
        "the file does not begin with fields between two lines of `---`",
    ));
    None
}

/// Where the fields end and the body begins, as line numbers.
struct End {
    last_field: usize,
    body: usize,
}

fn closing(
    source: &Source,
    lines: &Lines<'_>,
    first: usize,
    from: usize,
    found: &mut Vec<Diagnostic>,
) -> End {
    let at = |number: usize| End { last_field: number.saturating_sub(1), body: number + 1 };
    let fence = (from..lines.len()).find(|&number| {
        let line = lines.text(number);
        is_fence(line) || resembles_fence(line.trim_end())
    });
    // Inside a `|` block an indented `---` is text, so it is tried last.
    let indented = || (from..lines.len()).find(|&number| lines.text(number).trim() == "---");
    if let Some(number) = fence.or_else(indented) {
        if !is_fence(lines.text(number)) {
            found.push(mistyped(source, lines, number));
        }
        return at(number);
    }
    let last = last_field(lines, from);
    let mut unclosed = Diagnostic::new(
        &syntax::UNCLOSED_FRONT_MATTER,
        source,
        lines.span(first),
        "no line of `---` ends the fields that begin here",
    )
    .help("type `---` (three hyphens) in a line of its own after the last field");
    if let Some(last) = last {
        unclosed = unclosed.related(source, lines.span(last), "the last field seems to be here");
    }
    found.push(unclosed);
    last.map_or(End { last_field: from.saturating_sub(1), body: from }, |last| End {
        last_field: last,
        body: last + 1,
    })
}

/// The last line before an empty one after which no field comes.
fn last_field(lines: &Lines<'_>, from: usize) -> Option<usize> {
    let mut last = None;
    let mut after_empty = false;
    for number in from..lines.len() {
        let line = lines.text(number);
        if line.trim().is_empty() {
            after_empty = true;
        } else if after_empty && !is_field(line) {
            break;
        } else {
            after_empty = false;
            last = Some(number);
        }
    }
    last
}

fn missing(source: &Source, span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(&syntax::MISSING_FRONT_MATTER, source, span, message)
        .help("type `---`, then `title: …` and the other fields, then `---` again, each in a line of its own")
}

fn mistyped(source: &Source, lines: &Lines<'_>, number: usize) -> Diagnostic {
    let typed = lines.text(number).trim();
    let message = if typed == "---" {
        "a space stands before this `---`".to_owned()
    } else {
        format!("`{}` is not a line of three hyphens", typed.chars().take(20).collect::<String>())
    };
    let span = lines.span(number);
    Diagnostic::new(&syntax::MISTYPED_FENCE, source, span, message)
        .help("type `---` (three hyphens) alone in the line")
        .fix(span, "---")
}

/// A line of three hyphens; spaces after them cannot be seen and do no harm.
fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// What people, and their word processors, make of three hyphens.
fn resembles_fence(text: &str) -> bool {
    const DASHES: [char; 8] = ['-', '‐', '‑', '‒', '–', '—', '―', '−'];
    let only = |signs: &[char]| text.chars().all(|c| signs.contains(&c));
    let count = text.chars().count();
    match text.chars().next() {
        Some('-') => count >= 2 && text != "---" && (only(&DASHES) || text == "- - -"),
        Some(c) if DASHES.contains(&c) => only(&DASHES),
        Some('*' | '_' | '=' | '+' | '~') if count >= 3 => {
            ["*", "_", "=", "+", "~"].iter().any(|sign| text.replace(sign, "").is_empty())
        }
        Some('.') => text == "...",
        Some('`') => matches!(text, "```" | "```yaml" | "```yml"),
        _ => false,
    }
}

/// Whether a line looks like `name: value` or `name:value`.
fn is_field(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    let word = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.trim_end().chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    word && !value.starts_with("//")
}

/// The lines of a text by number, from 0.
struct Lines<'a> {
    text: &'a str,
    /// Where the text begins, after a byte-order mark.
    start: usize,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Lines<'a> {
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let after_breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let mut starts: Vec<usize> = std::iter::once(start).chain(after_breaks).collect();
        starts.pop_if(|last| *last == text.len() && text.ends_with('\n'));
        Lines { text, start, starts }
    }

    fn len(&self) -> usize {
        self.starts.len()
    }

    /// Where a line begins; the text's end beyond the last.
    fn at(&self, number: usize) -> usize {
        self.starts.get(number).copied().unwrap_or(self.text.len())
    }

    /// A line without its end.
    fn text(&self, number: usize) -> &'a str {
        self.text
            .get(self.at(number)..self.at(number + 1))
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
    }

    fn span(&self, number: usize) -> Span {
        Span::new(self.at(number), self.at(number) + self.text(number).len())
    }

    /// The first line from `number` on that is not blank.
    fn next_text(&self, number: usize) -> Option<usize> {
        (number..self.len()).find(|&number| !self.text(number).trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use std::sync::Arc;

    fn summary(text: &str) -> [String; 3] {
        let source: Source = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
        let split = split(&source);
        let found: Vec<_> = split
            .diagnostics
            .iter()
            .map(|found| format!("{} {}", source.position(found.span.start).0, found.rule.name))
            .collect();
        let fields = split.fields.map_or("none", |span| source.slice(span));
        [
            found.join(", "),
            fields.replace("\r\n", "\n"),
            source.slice(split.body).replace("\r\n", "\n"),
        ]
    }

    #[test]
    fn fields_and_text_are_told_apart() {
        for (text, expected) in [
            ("---\na: b\n---\nText\n---\nmore\n", ["", "a: b\n", "Text\n---\nmore\n"]),
            ("---\n---\n", ["", "", ""]),
            ("---  \na: |\n  x\n  ---\nb: c\n--- \n", ["", "a: |\n  x\n  ---\nb: c\n", ""]),
            ("---\na: b\n---", ["", "a: b\n", ""]),
            ("", ["1 missing-front-matter", "none", ""]),
            ("\n \n", ["1 missing-front-matter", "none", "\n \n"]),
            ("# Heading\n\nText\n", ["1 missing-front-matter", "none", "# Heading\n\nText\n"]),
            ("Note: this\nis text\n", ["1 missing-front-matter", "none", "Note: this\nis text\n"]),
            ("a: b\nc: d\n---\nText\n", ["1 missing-front-matter", "a: b\nc: d\n", "Text\n"]),
            (
                "a: b\nc:d\n\nText\n",
                ["1 missing-front-matter, 1 unclosed-front-matter", "a: b\nc:d\n", "\nText\n"],
            ),
            ("\n---\na: b\n---\nText\n", ["2 mistyped-fence", "a: b\n", "Text\n"]),
            (
                " ---\na: b\n ---\nText\n",
                ["1 mistyped-fence, 3 mistyped-fence", "a: b\n", "Text\n"],
            ),
            ("—\na: b\n—\nText\n", ["1 mistyped-fence, 3 mistyped-fence", "a: b\n", "Text\n"]),
            ("–––\na: b\n---\nText\n", ["1 mistyped-fence", "a: b\n", "Text\n"]),
            (
                "----\na: b\n***\nText\n---\n",
                ["1 mistyped-fence, 3 mistyped-fence", "a: b\n", "Text\n---\n"],
            ),
            (
                "```yaml\na: b\n```\nText\n",
                ["1 mistyped-fence, 3 mistyped-fence", "a: b\n", "Text\n"],
            ),
            ("+++\na = b\n+++\n", ["1 missing-front-matter", "none", "+++\na = b\n+++\n"]),
            ("***\nText\n", ["1 missing-front-matter", "none", "***\nText\n"]),
            (
                "---\na: b\nc:\n  - d\n\nText\n",
                ["1 unclosed-front-matter", "a: b\nc:\n  - d\n", "\nText\n"],
            ),
            (
                "---\na: b\n\nc: d\n\n# Text: x\n",
                ["1 unclosed-front-matter", "a: b\n\nc: d\n", "\n# Text: x\n"],
            ),
            ("---", ["1 unclosed-front-matter", "", ""]),
            ("---\n", ["1 unclosed-front-matter", "", ""]),
        ] {
            let expected = expected.map(str::to_owned);
            assert_eq!(summary(text), expected, "in {text:?}");
            assert_eq!(summary(&text.replace('\n', "\r\n")), expected, "with CR LF in {text:?}");
            assert_eq!(
                summary(&format!("\u{feff}{text}")),
                expected,
                "with a byte-order mark in {text:?}"
            );
        }
    }

    #[test]
    fn ten_megabytes_of_fields_are_refused() {
        let text = format!("---\n{}---\n", "a: b\n".repeat(2_000_000));
        assert_eq!(summary(&text), ["1 front-matter-too-large", "none", ""].map(str::to_owned));
    }
}
