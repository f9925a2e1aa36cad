//! Problems in plain words for a browser: what is wrong, where, the line with the place marked, what to type instead.
//! Takes a report as one page sees it; gives the values that templates show, no more of them than people read.

use annotate_snippets::normalize_untrusted_str;
use serde::Serialize;

use crate::diagnostic::draw::advice;
use crate::diagnostic::{Diagnostic, Level, Report};
use crate::source::{SourceFile, Span};

/// Problems that a page shows; the terminal has them all.
pub(super) const MOST_SHOWN: usize = 20;
/// Characters of a line that are shown on each side of a place, and of the place itself.
const WIDTH: usize = 80;

/// What is wrong with the site, as one page sees it.
#[derive(Clone, Copy)]
pub(super) struct Problems<'a> {
    /// Everything that was found; banners show its errors.
    pub report: &'a Report,
    /// The paths of the files that the page is made from. A fault of the theme is every page's own.
    pub files: &'a [&'a str],
    /// What the page shows in spite of them.
    pub shown: Shown,
}

/// What a page shows while there are problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Itself, as its files say.
    Now,
    /// Itself as it was before the problems.
    Before,
    /// Nothing: it could not be shown yet.
    Nothing,
}

/// The problems of a page, ready for its template.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Banner {
    /// Those of the page's own files.
    own: Option<Part>,
    /// Those of other files.
    others: Option<Part>,
    /// What the page shows in spite of them; empty where it is as it should be.
    about: &'static str,
    /// `and 2,980 more; they are in the terminal`.
    more: Option<String>,
}

/// Problems under a headline.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Part {
    headline: String,
    problems: Vec<Problem>,
}

/// One problem.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    level: &'static str,
    message: Vec<Words>,
    help: Vec<Words>,
    file: String,
    excerpt: Option<Excerpt>,
}

/// Words of a sentence, or what one types.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Words {
    text: String,
    typed: bool,
}

/// A line of a file with a place in it.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Excerpt {
    line: usize,
    column: usize,
    before: String,
    marked: String,
    after: String,
}

impl Banner {
    /// The banner of a page; none where there is nothing to say.
    pub(super) fn new(problems: Problems<'_>) -> Option<Banner> {
        let errors = problems.report.diagnostics().iter();
        let errors = errors.filter(|found| found.level == Level::Error);
        let (own, others): (Vec<_>, Vec<_>) = errors.partition(|found| problems.owns(found));
        let hidden = (own.len() + others.len()).saturating_sub(MOST_SHOWN);
        let room = MOST_SHOWN.saturating_sub(own.len());
        let banner = Banner {
            own: part(&own, own_headline(own.len(), problems.shown), MOST_SHOWN),
            others: part(&others, others_headline(&others, !own.is_empty()), room),
            about: about(problems.shown),
            more: (hidden > 0)
                .then(|| format!("and {} more; they are in the terminal", grouped(hidden))),
        };
        (banner.own.is_some() || banner.others.is_some() || !banner.about.is_empty())
            .then_some(banner)
    }
}

impl Problems<'_> {
    fn owns(&self, found: &Diagnostic) -> bool {
        let path = found.source.path.as_str();
        path.starts_with("theme/") || self.files.contains(&path)
    }
}

impl Problem {
    pub(super) fn new(found: &Diagnostic) -> Problem {
        Problem {
            level: found.level.name(),
            message: sentence(&found.message),
            help: advice(found).map(|help| sentence(&help)).unwrap_or_default(),
            file: one_line(&found.source.path),
            excerpt: excerpt(&found.source, found.span),
        }
    }
}

fn part(found: &[&Diagnostic], headline: String, most: usize) -> Option<Part> {
    let problems = found.iter().take(most).map(|found| Problem::new(found)).collect();
    (!found.is_empty()).then_some(Part { headline, problems })
}

fn own_headline(count: usize, shown: Shown) -> String {
    let problems =
        if count == 1 { "a problem".to_owned() } else { format!("{} problems", grouped(count)) };
    match shown {
        Shown::Now | Shown::Before => format!("This page has {problems}"),
        Shown::Nothing => format!("This page cannot be shown yet: it has {problems}"),
    }
}

fn others_headline(others: &[&Diagnostic], beside_own: bool) -> String {
    // A report is sorted by file.
    let files = others.chunk_by(|one, next| one.source.path == next.source.path).count();
    let problems = if others.len() == 1 { "a problem" } else { "problems" };
    let too = if beside_own { ", too" } else { "" };
    match files {
        1 => format!("Another file has {problems}{too}"),
        _ => format!("{} other files have {problems}{too}", grouped(files)),
    }
}

fn about(shown: Shown) -> &'static str {
    match shown {
        Shown::Now => "",
        Shown::Before => {
            "This is the page as it was before. Mend and save the file, and the page changes by itself."
        }
        Shown::Nothing => "Mend and save the file, and the page appears here by itself.",
    }
}

/// Words with what stands in backticks told apart; all as they are where one backtick has no partner.
pub(super) fn words(text: &str) -> Vec<Words> {
    let whole = text.matches('`').count().is_multiple_of(2);
    let pieces: Vec<&str> = if whole { text.split('`').collect() } else { vec![text] };
    let pieces = pieces.into_iter().enumerate().filter(|(_, piece)| !piece.is_empty());
    let lines =
        |piece: &str| piece.split('\n').map(normalize_untrusted_str).collect::<Vec<_>>().join("\n");
    pieces.map(|(at, piece)| Words { text: lines(piece), typed: at % 2 == 1 }).collect()
}

/// Words with a capital at the beginning, but where they begin with what one types.
fn sentence(text: &str) -> Vec<Words> {
    let mut words = words(text);
    if let Some(first) = words.first_mut().filter(|first| !first.typed) {
        let mut rest = first.text.chars();
        first.text = rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect();
    }
    words
}

/// The line of a place; none where the file has no text to show.
fn excerpt(source: &SourceFile, span: Span) -> Option<Excerpt> {
    let text = source.text.as_str();
    let start = text.floor_char_boundary(span.start);
    let (before, rest) = text.split_at_checked(start).filter(|_| !text.is_empty())?;
    let before = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}');
    let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
    let length = span.end.saturating_sub(start).min(rest.len());
    let (marked, after) = rest.split_at_checked(rest.ceil_char_boundary(length))?;
    let (line, column) = source.position(start);
    let (before, marked, after) = (last(before), first(marked), first(after));
    Some(Excerpt { line, column, before, marked, after })
}

/// The end of a long text.
fn last(text: &str) -> String {
    match text.char_indices().rev().nth(WIDTH) {
        Some((at, _)) => format!("…{}", one_line(text.get(at..).unwrap_or_default())),
        None => one_line(text),
    }
}

/// The beginning of a long text.
fn first(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", one_line(text.get(..at).unwrap_or_default())),
        None => one_line(text),
    }
}

/// Text without characters that would change how the text beside it is read.
fn one_line(text: &str) -> String {
    normalize_untrusted_str(text).replace('\n', "␊")
}

/// `2,980`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let (head, tail) = digits.split_at_checked(digits.len() % 3).unwrap_or_default();
    let threes = tail.as_bytes().chunks(3).map(|three| String::from_utf8_lossy(three).into_owned());
    let parts = Some(head.to_owned()).filter(|head| !head.is_empty()).into_iter().chain(threes);
    parts.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::rules::syntax::YAML_LOST_TEXT;

    /// A mistake of the level of its rule in the second line of a file.
    pub(in crate::serve) fn mistake(path: &str) -> Diagnostic {
        let text = "---\ntitle: Grief #2\n---\n".to_owned();
        let source = Arc::new(SourceFile { path: path.to_owned(), text });
        let found = Diagnostic::new(
            &YAML_LOST_TEXT,
            &source,
            Span::new(17, 19),
            "`#2` is lost: a `#` after a space begins a comment",
        );
        found.help("put it in double quotes").fix(Span::new(4, 19), "title: \"Grief #2\"")
    }

    fn banner(found: Vec<Diagnostic>, files: &[&str], shown: Shown) -> Option<Banner> {
        Banner::new(Problems { report: &Report::new(found), files, shown })
    }

    fn mistakes(count: usize, folder: &str) -> Vec<Diagnostic> {
        (0..count).map(|number| mistake(&format!("{folder}/{number:04}.md"))).collect()
    }

    #[test]
    fn a_pages_own_problems_come_first_and_those_of_others_are_counted_by_file() {
        let twice = Diagnostic { span: Span::new(4, 9), ..mistake("content/groups/b.md") };
        let found = vec![
            mistake("content/groups/a.md"),
            twice,
            mistake("content/groups/b.md"),
            mistake("content/groups/c.md"),
        ];
        let shown = banner(found.clone(), &["content/groups/b.md"], Shown::Before).unwrap();
        let (own, others) = (shown.own.unwrap(), shown.others.unwrap());
        assert_eq!((own.headline.as_str(), own.problems.len()), ("This page has 2 problems", 2));
        assert_eq!(
            (others.headline.as_str(), others.problems.len()),
            ("2 other files have problems, too", 2)
        );
        assert!(shown.about.starts_with("This is the page as it was before"), "{}", shown.about);
        let elsewhere = banner(found, &["content/pages/about.md"], Shown::Now).unwrap();
        assert_eq!(elsewhere.own, None);
        assert_eq!(elsewhere.others.unwrap().headline, "3 other files have problems");
    }

    #[test]
    fn a_fault_of_the_theme_is_every_pages_own() {
        let found = vec![mistake("theme/templates/group.html")];
        let shown = banner(found, &["content/pages/about.md"], Shown::Nothing).unwrap();
        assert_eq!(shown.own.unwrap().headline, "This page cannot be shown yet: it has a problem");
        assert_eq!(shown.others, None);
    }

    #[test]
    fn warnings_raise_no_banner() {
        let warning = Diagnostic { level: Level::Warning, ..mistake("content/groups/a.md") };
        assert_eq!(banner(vec![warning], &["content/groups/a.md"], Shown::Now), None);
    }

    #[test]
    fn of_many_problems_the_first_are_shown_and_the_rest_is_counted() {
        let found: Vec<_> = mistakes(15, "content/groups")
            .into_iter()
            .chain(mistakes(2985, "content/pages"))
            .collect();
        let own: Vec<String> =
            (0..15).map(|number| format!("content/groups/{number:04}.md")).collect();
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let shown = banner(found, &own, Shown::Now).unwrap();
        assert_eq!(shown.own.unwrap().problems.len(), 15);
        let others = shown.others.unwrap();
        assert_eq!(
            (others.headline.as_str(), others.problems.len()),
            ("2,985 other files have problems, too", 5)
        );
        assert_eq!(shown.more.as_deref(), Some("and 2,980 more; they are in the terminal"));
    }

    #[test]
    fn the_line_is_shown_with_the_place_marked() {
        let shown = Problem::new(&mistake("content/groups/a.md"));
        let excerpt = shown.excerpt.unwrap();
        assert_eq!((excerpt.line, excerpt.column), (2, 14));
        assert_eq!(
            (excerpt.before.as_str(), excerpt.marked.as_str(), excerpt.after.as_str()),
            ("title: Grief ", "#2", "")
        );
        let typed: Vec<_> =
            shown.help.iter().filter(|one| one.typed).map(|one| one.text.as_str()).collect();
        assert_eq!(typed, ["title: \"Grief #2\""]);
        let (help, message) = (&shown.help[0].text, &shown.message[0].text);
        assert_eq!((help.as_str(), message.as_str()), ("Put it in double quotes: ", "#2"));
        assert_eq!(sentence("`kind` is not")[0].text, "kind", "what one types stays as it is");
        assert_eq!(words("a ` alone"), [Words { text: "a ` alone".to_owned(), typed: false }]);
    }

    #[test]
    fn any_place_of_any_text_can_be_shown() {
        let text =
            format!("\u{feff}ä: “ö”\r\n\t\u{0}e\u{301}\u{202e}\n👩‍👩‍👧 {}\n", "long ".repeat(2000));
        let source = SourceFile { path: "a.md".to_owned(), text };
        for start in 0..60 {
            for end in [start, start + 1, start + 7, 9000, usize::MAX] {
                let excerpt = excerpt(&source, Span::new(start, end)).unwrap();
                let line = format!("{}{}{}", excerpt.before, excerpt.marked, excerpt.after);
                assert!(
                    !line.contains(['\u{202e}', '\n', '\u{0}']) && line.chars().count() < 300,
                    "{line}"
                );
            }
        }
        assert_eq!(
            excerpt(&SourceFile { path: String::new(), text: String::new() }, Span::default()),
            None
        );
        assert!(excerpt(&source, Span::new(99_999, 99_999)).is_some());
    }
}
