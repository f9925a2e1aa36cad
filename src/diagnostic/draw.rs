//! Diagnostics for people, for programs and for GitHub.
//!
//! Takes a [`Report`]; gives text. It prints nothing, sorts nothing, and adds no closing line. What comes from content
//! cannot reach a terminal or a workflow command unescaped.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    AnnotationKind, Group, Level as Drawn, Origin, Patch, Renderer, Snippet,
    normalize_untrusted_str,
};

use super::{Diagnostic, Level, Report};
use crate::source::{Source, SourceFile, Span};

/// Columns of a line that are shown; a longer one is cut round the place in question.
const WIDTH: usize = 140;
/// Bytes of a line that are looked at to draw a place in it.
const LONG_LINE: usize = 2000;
/// Characters of a place that are underlined: more would push its beginning out of sight.
const MOST_UNDERLINED: usize = 80;
/// Bytes of a corrected text that are shown; a longer one is no line that anybody retypes.
const LONGEST_FIX: usize = 2000;

/// For people, as rustc does it: message, place, the line with the place underlined, and what to type instead.
pub fn human(report: &Report, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut indexes = Indexes::default();
    let mut text = String::new();
    for found in report.diagnostics() {
        let groups = groups(found, &mut indexes);
        text.push_str(&renderer.render(&groups));
        text.push_str("\n\n");
    }
    text
}

/// For programs: one array of objects with `rule`, `level`, `message`, `file`, `line`, `column` and `help`.
pub fn json(report: &Report) -> String {
    #[derive(serde::Serialize)]
    struct Object<'a> {
        rule: &'a str,
        level: &'a str,
        message: &'a str,
        file: &'a str,
        line: usize,
        column: usize,
        help: Option<String>,
    }
    let mut indexes = Indexes::default();
    let objects: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|found| {
            let (line, column) =
                indexes.of(&found.source).position(&found.source, found.span.start);
            Object {
                rule: found.rule.name,
                level: found.level.name(),
                message: &found.message,
                file: &found.source.path,
                line,
                column,
                help: advice(found),
            }
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&objects).expect("strings and numbers are JSON");
    text.push('\n');
    text
}

/// For GitHub: workflow commands that put each problem beside its line. Hints are notices. `folder` is the site's path in
/// the repository, with a final `/`, or empty: GitHub knows files by their path from there.
///
/// The escapes are those of `actions/toolkit`, `packages/core/src/command.ts`.
pub fn github(report: &Report, folder: &str) -> String {
    let mut indexes = Indexes::default();
    let mut text = String::new();
    for found in report.diagnostics() {
        let (line, column) = indexes.of(&found.source).position(&found.source, found.span.start);
        let command = match found.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Hint => "notice",
        };
        let message = match advice(found) {
            Some(advice) => format!("{}\n{advice}", found.message),
            None => found.message.clone(),
        };
        writeln!(
            text,
            "::{command} file={},line={line},col={column},title={}::{}",
            property(&format!("{folder}{}", found.source.path)),
            property(found.rule.name),
            data(&message)
        )
        .expect("a String takes all");
    }
    text
}

/// The help, with the corrected text where there is one.
pub(crate) fn advice(found: &Diagnostic) -> Option<String> {
    let help = found.help.as_deref();
    let fix = found
        .fix
        .as_ref()
        .filter(|(_, fix)| fix.len() <= LONGEST_FIX)
        .map(|(_, fix)| fix.trim_matches('\n'));
    match (help, fix) {
        (Some(help), Some(fix)) if help.contains(&format!("`{}`", fix.trim())) => {
            Some(help.to_owned())
        }
        (Some(help), Some(fix)) if fix.contains('\n') => Some(format!("{help}:\n{fix}")),
        (Some(help), Some(fix)) => Some(format!("{help}: `{}`", fix.trim())),
        (Some(help), None) => Some(help.to_owned()),
        (None, Some(fix)) => Some(format!("write `{}`", fix.trim())),
        (None, None) => None,
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The drawing of one problem: the problem itself, and the corrected lines.
fn groups<'a>(found: &'a Diagnostic, indexes: &mut Indexes) -> Vec<Group<'a>> {
    let level = match found.level {
        Level::Error => Drawn::ERROR,
        Level::Warning => Drawn::WARNING,
        Level::Hint => Drawn::INFO.with_name("hint"),
    };
    let mut group =
        level.primary_title(&found.message).id(found.rule.name).elements([] as [Origin<'_>; 0]);
    group = place(group, &found.source, found.span, None, indexes);
    if let Some((source, span, label)) = &found.related {
        group = place(group, source, *span, Some(label), indexes);
    }
    let help = found.help.as_deref().map(normalize_untrusted_str);
    let fix = found.fix.as_ref().filter(|(_, fix)| fix.len() <= LONGEST_FIX);
    let Some((span, fix)) = fix else {
        return vec![match help {
            Some(help) => group.element(Drawn::HELP.message(help)),
            None => group,
        }];
    };
    let (first, lines) = indexes.of(&found.source).lines(&found.source, *span);
    let (_, shown) = visible(&found.source, lines.clone());
    let within =
        clamp(shown, span.start.saturating_sub(lines.start)..span.end.saturating_sub(lines.start));
    let title = help.unwrap_or_else(|| "write".to_owned());
    let correction = Drawn::HELP.secondary_title(title).element(
        Snippet::source(shown).line_start(first).patch(Patch::new(within, normalize_lines(fix))),
    );
    vec![group, correction]
}

/// Adds a line of a file with a place in it underlined; only the path where there is no text to show.
fn place<'a>(
    group: Group<'a>,
    source: &'a Source,
    span: Span,
    label: Option<&'a str>,
    indexes: &mut Indexes,
) -> Group<'a> {
    let path = normalize_untrusted_str(&source.path).replace('\n', "␊");
    if source.text.is_empty() {
        return group.element(Origin::path(path));
    }
    let start = span.start.min(source.text.len());
    let (number, line) = indexes.of(source).line(source, start);
    let (line, shown) = visible(source, line);
    let from = start.saturating_sub(line.start);
    let mut within = clamp(shown, from..span.end.saturating_sub(line.start).max(from));
    let narrow =
        shown.get(within.clone()).and_then(|text| text.char_indices().nth(MOST_UNDERLINED));
    if let Some((length, _)) = narrow {
        within.end = within.start + length;
    }
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let label = label.map(normalize_untrusted_str);
    if shown.len() <= LONG_LINE {
        let annotation = kind.span(within).label(label);
        return group
            .element(Snippet::source(shown).line_start(number).path(path).annotation(annotation));
    }
    // Drawing costs as much as the line is long, and a long line may have a thousand problems.
    let part = clamp(shown, within.start.saturating_sub(LONG_LINE / 2)..within.end + LONG_LINE / 2);
    let column = shown.get(..within.start).map_or(0, |before| before.chars().count()) + 1;
    let annotation = kind.span(within.start - part.start..within.end - part.start).label(label);
    let snippet = Snippet::source(shown.get(part).unwrap_or("")).line_start(number);
    group
        .element(Origin::path(path).line(number).char_column(column))
        .element(snippet.annotation(annotation))
}

/// A range of a file without a byte-order mark, which is no column, and without line ends.
fn visible(source: &SourceFile, range: Range<usize>) -> (Range<usize>, &str) {
    let text = source.text.get(range.clone()).unwrap_or("");
    let without = text.trim_start_matches('\u{feff}');
    let start = range.start + text.len() - without.len();
    let shown = without.trim_end_matches(['\n', '\r']);
    (start..start + shown.len(), shown)
}

/// A range inside a text, on character boundaries: annotate-snippets panics on any other.
fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len().max(start)));
    start..end
}

fn normalize_lines(text: &str) -> String {
    text.split('\n').map(normalize_untrusted_str).collect::<Vec<_>>().join("\n")
}

/// Where the lines of a file begin, looked up once for each file.
#[derive(Default)]
struct Indexes {
    files: HashMap<*const SourceFile, Index>,
}

impl Indexes {
    fn of(&mut self, source: &Source) -> &Index {
        self.files.entry(Arc::as_ptr(source)).or_insert_with(|| {
            let after_breaks = memchr::memchr_iter(b'\n', source.text.as_bytes()).map(|at| at + 1);
            Index { starts: std::iter::once(0).chain(after_breaks).collect() }
        })
    }
}

struct Index {
    starts: Vec<usize>,
}

impl Index {
    /// The line of a byte, from 1, and its bytes with its end.
    fn line(&self, source: &SourceFile, byte: usize) -> (usize, Range<usize>) {
        let number = self.starts.partition_point(|&start| start <= byte).max(1);
        (number, self.start(source, number)..self.start(source, number + 1))
    }

    /// The lines of a span: the first one's number and the bytes of all.
    fn lines(&self, source: &SourceFile, span: Span) -> (usize, Range<usize>) {
        let (first, range) = self.line(source, span.start);
        let (_, last) = self.line(source, span.end.max(span.start + 1) - 1);
        (first, range.start..last.end.max(range.end))
    }

    fn start(&self, source: &SourceFile, number: usize) -> usize {
        self.starts.get(number - 1).copied().unwrap_or(source.text.len())
    }

    /// As [`SourceFile::position`], without counting the lines again.
    fn position(&self, source: &SourceFile, byte: usize) -> (usize, usize) {
        let byte = source.text.floor_char_boundary(byte);
        let (number, line) = self.line(source, byte);
        let before = source.text.get(line.start..byte).unwrap_or("");
        (number, before.trim_start_matches('\u{feff}').chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::rules::syntax;

    fn source(path: &str, text: &str) -> Source {
        Arc::new(SourceFile { path: path.into(), text: text.into() })
    }

    fn one(text: &str, span: Range<usize>) -> Diagnostic {
        let source = source("content/groups/a.md", text);
        Diagnostic::new(
            &syntax::YAML_LOST_TEXT,
            &source,
            Span::new(span.start, span.end),
            "`#2` is lost",
        )
        .help("put it in double quotes")
    }

    #[test]
    fn people_see_the_line_and_what_to_type() {
        let text = "\u{feff}---\r\ntitle: Grief #2\r\n---\r\n";
        let at = text.find('#').unwrap();
        let line = text.find("title").unwrap();
        let found = one(text, at..at + 2).fix(Span::new(line, at + 2), "title: \"Grief #2\"");
        let drawn = human(&Report::new(vec![found]), false);
        assert_eq!(
            drawn,
            "error[yaml-lost-text]: `#2` is lost
 --> content/groups/a.md:2:14
  |
2 | title: Grief #2
  |              ^^
  |
help: put it in double quotes
  |
2 - title: Grief #2
2 + title: \"Grief #2\"
  |

"
        );
    }

    #[test]
    fn a_second_place_is_shown_with_its_label() {
        let text = "a: b\nc: d\na: e\n";
        let found = one(text, 10..11);
        let source = found.source.clone();
        let drawn = human(
            &Report::new(vec![found.related(&source, Span::new(0, 1), "the first one")]),
            false,
        );
        assert!(drawn.contains("3 | a: e\n  | ^\n"), "{drawn}");
        assert!(drawn.contains("1 | a: b\n  | - the first one\n"), "{drawn}");
    }

    #[test]
    fn a_file_without_text_is_named_alone() {
        let found = Diagnostic::new(
            &syntax::SYMBOLIC_LINK,
            &source("a\n\u{1b}[2Jb", ""),
            Span::default(),
            "x\u{1b}[31m",
        );
        let report = Report::new(vec![found]);
        let drawn = human(&report, false);
        assert_eq!(drawn, "hint[symbolic-link]: x␛[31m\n--> a␊␛[2Jb\n\n");
        assert!(json(&report).contains("\"line\": 1") && json(&report).contains("\"help\": null"));
    }

    #[test]
    fn any_span_can_be_drawn() {
        let text = "\u{feff}ä: “ö”\r\n\t\u{0}e\u{301}\u{202e}\n👩‍👩‍👧 end";
        for start in 0..text.len() + 3 {
            for end in [start, start + 1, start + 5, text.len(), usize::MAX] {
                let found = one(text, start..end).fix(Span::new(start, end.min(9999)), "x\ny");
                let found =
                    found.clone().related(&found.source, Span::new(end.min(9999), 9999), "there");
                let report = Report::new(vec![found]);
                assert!(!human(&report, true).contains('\u{202e}'));
                assert!(!json(&report).is_empty() && !github(&report, "").is_empty());
            }
        }
    }

    #[test]
    fn a_long_line_is_cut_round_the_place() {
        let text = format!("purpose: {} here {}\n", "word ".repeat(2000), "more ".repeat(2000));
        let at = text.find("here").unwrap();
        for span in [at..at + 4, at..text.len(), 0..4, text.len() - 3..text.len() - 1] {
            let drawn = human(&Report::new(vec![one(&text, span.clone())]), false);
            assert!(drawn.lines().all(|line| line.chars().count() < 200), "{span:?} {drawn}");
            assert!(drawn.contains('^'), "{drawn}");
        }
        let drawn = human(&Report::new(vec![one(&text, at..at + 4)]), false);
        assert!(
            drawn.contains(" here ") && drawn.contains(&format!("a.md:1:{}", at + 1)),
            "{drawn}"
        );
    }

    #[test]
    fn json_has_the_fields_of_the_contract() {
        let text = "title: Grief #2\n";
        let found = one(text, 13..15).fix(Span::new(0, 15), "title: \"Grief #2\"");
        let value: serde_json::Value =
            serde_json::from_str(&json(&Report::new(vec![found]))).unwrap();
        assert_eq!(
            value,
            serde_json::json!([{
                "rule": "yaml-lost-text", "level": "error", "message": "`#2` is lost", "file": "content/groups/a.md",
                "line": 1, "column": 14, "help": "put it in double quotes: `title: \"Grief #2\"`",
            }])
        );
        assert_eq!(json(&Report::default()), "[]\n");
    }

    #[test]
    fn a_workflow_command_cannot_be_forged() {
        let source = source("a,b:c\n::error::d", "x\n");
        let found = Diagnostic::new(
            &syntax::YAML_SYNTAX,
            &source,
            Span::new(0, 1),
            "100% \r\n::warning::e",
        );
        assert_eq!(
            github(&Report::new(vec![found]), "docs/"),
            "::error file=docs/a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ad,line=1,col=1,title=yaml-syntax::100%25 %0D%0A::warning::e\n"
        );
    }

    #[test]
    fn ten_thousand_are_sorted_counted_and_drawn_in_seconds() {
        let text = "title: Grief #2\n".repeat(10_000);
        let shared = source("a.md", &text);
        let found = |n: usize| {
            let span = Span::new(n * 16 + 13, n * 16 + 15);
            Diagnostic::new(&syntax::YAML_LOST_TEXT, &shared, span, "lost")
        };
        let twice: Vec<_> = (0..10_000).rev().chain(0..10_000).map(found).collect();
        let start = std::time::Instant::now();
        let report = Report::new(twice);
        assert_eq!((report.diagnostics().len(), report.count(Level::Error)), (10_000, 10_000));
        assert!(human(&report, false).contains("--> a.md:10000:14"));
        assert_eq!(json(&report).matches("\"rule\"").count(), 10_000);
        let line = source("a.md", &"word ".repeat(3_000));
        let found =
            |n: usize| Diagnostic::new(&syntax::YAML_LOST_TEXT, &line, Span::new(n, n + 1), "lost");
        assert!(!human(&Report::new((0..1000).map(found).collect()), false).is_empty());
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}
