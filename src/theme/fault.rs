//! Errors of the template engine as diagnostics that name the file, the line and the column.
//!
//! The engine gives a place as a value for syntax and rendering errors, and as text of its own report for references
//! to what does not exist (`--> group.html:3:14`); both become spans.

use tera::{ErrorKind, Tera};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::theme::THEME_ERROR;
use crate::source::{Source, Span};
use crate::theme::Templates;

/// The first syntax error of a template. Each is read alone, because the engine stops at the first in all of them.
pub(crate) fn syntax(name: &str, file: &Source) -> Option<Diagnostic> {
    let error = Tera::default().add_raw_template(name, &file.text).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let span = Span::new(report.span().range.start, report.span().range.end);
            Some(diagnostic(file, span, report.message()))
        }
        _ => None,
    }
}

/// An error as one diagnostic or several, never none.
pub(crate) fn explain(error: &tera::Error, templates: &Templates) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = file(report.filename(), templates);
            let span = Span::new(report.span().range.start, report.span().range.end);
            vec![diagnostic(&file, span, report.message())]
        }
        ErrorKind::MissingParent { current, parent } => {
            let file = file(current, templates);
            let message = format!("there is no template `{parent}` to extend");
            vec![diagnostic(&file, span_of(&file, parent), &message)]
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let help = format!("to build on the theme's own file, write `default/{tpl}`");
            let found =
                diagnostic(&file(tpl, templates), Span::default(), "this template leads to itself");
            vec![found.help(help)]
        }
        _ => {
            let report = error.to_string();
            report.split("\n\n").map(|one| reported(one, templates)).collect()
        }
    }
}

/// One report of the engine: `error: what`, then `--> template:line:column`.
fn reported(report: &str, templates: &Templates) -> Diagnostic {
    let what = report.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let mut parts = place.unwrap_or_default().rsplitn(3, ':');
    let column = parts.next().and_then(|number| number.parse().ok()).unwrap_or(1);
    let line = parts.next().and_then(|number| number.parse().ok()).unwrap_or(1);
    let file = file(parts.next().unwrap_or_default(), templates);
    diagnostic(&file, word_at(&file, line, column), what)
}

fn diagnostic(file: &Source, span: Span, message: &str) -> Diagnostic {
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    let message: String = first.into_iter().chain(letters).collect();
    Diagnostic::new(&THEME_ERROR, file, span, message)
}

fn file(name: &str, templates: &Templates) -> Source {
    let unknown = || super::source("templates", "");
    templates.get(name).cloned().unwrap_or_else(unknown)
}

fn span_of(file: &Source, words: &str) -> Span {
    file.text.find(words).map_or(Span::default(), |start| Span::new(start, start + words.len()))
}

/// The word at a line and a column, both from 1.
fn word_at(file: &Source, line: usize, column: usize) -> Span {
    let before: usize = file.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let text = file.text.get(before..).unwrap_or_default();
    let skipped: usize = text.chars().take(column - 1).map(char::len_utf8).sum();
    let word = text.get(skipped..).unwrap_or_default();
    let length = word.find(|c: char| c.is_whitespace() || "(|}".contains(c)).unwrap_or(word.len());
    Span::new(before + skipped, before + skipped + length)
}
