//! Values that begin with a quote and do not end with it.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::Finding;
use super::broken::Stop;
use super::line::{is_name, quoted, replaced, shape};
use super::silent::flow_text;
use super::working::Working;
use crate::diagnostic::rules::syntax;

/// Explains an error inside or right after a value in quotes.
pub(super) fn explain(stop: &Stop<'_>) -> Option<Finding> {
    match stop.kind {
        ErrorKind::UnclosedQuotedScalar => unclosed(stop.working, stop.byte),
        ErrorKind::InvalidTrailingSingleQuotedScalar => text_after(stop, '\''),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => text_after(stop, '"'),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => backslash(stop),
        ErrorKind::DocumentIndicatorInQuotedScalar | ErrorKind::InvalidQuotedScalarIndent => {
            let quote = opened_above(stop, '"').or_else(|| opened_above(stop, '\''))?;
            unclosed(stop.working, quote)
        }
        _ => None,
    }
}

/// `title: "Hope" for all`, `title: 'It's hope'`, or a quote that a line above opened and this one closed by accident.
fn text_after(stop: &Stop<'_>, quote: char) -> Option<Finding> {
    let closing =
        stop.working.text().get(..stop.byte)?.trim_end_matches([' ', '\t']).len().checked_sub(1)?;
    let before = stop.working.text().get(stop.start()..closing);
    let Some(opening) = before.and_then(|before| before.rfind(quote)).map(|at| stop.start() + at)
    else {
        return unclosed(stop.working, opened_above(stop, quote)?);
    };
    if let Some(above) = opened_above(stop, quote)
        && stop.start() + shape(stop.line()).value.start != opening
        && stop.open_flow().is_none()
    {
        return unclosed(stop.working, above);
    }
    let end = stop.working.range_of(stop.number).end;
    let rest = stop.working.text().get(opening..end)?;
    let value = if stop.open_flow().is_some() {
        let after = stop.working.text().get(stop.byte..end)?;
        rest.get(..stop.byte - opening + flow_text(after).len())?
    } else {
        rest.get(..shape_end(stop) - opening)?
    };
    let mended = quoted(without_outer(value, quote));
    let help = if mended.starts_with('"') {
        "put the whole value in double quotes"
    } else {
        "put the whole value in quotes: double ones, or single ones where it has double ones inside"
    };
    Some(
        Finding::new(
            &syntax::YAML_QUOTE,
            closing + 1..opening + value.len(),
            &format!("the value ends at the closing `{quote}`, and this text comes after it"),
            help,
        )
        .edit(stop.number, replaced(stop.working, opening..opening + value.len(), &mended)),
    )
}

fn shape_end(stop: &Stop<'_>) -> usize {
    stop.value().end.max(stop.byte)
}

/// `'It's hope'` without the outer quotes; `"Hope" and "Loss"` as it is, because there they are not outer ones.
fn without_outer(value: &str, quote: char) -> &str {
    let Some(inner) = value.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) else {
        return value;
    };
    let closes_inside = inner.find(quote).is_some_and(|at| {
        let before = inner.get(..at).and_then(|text| text.chars().next_back());
        let after = inner.get(at + 1..).and_then(|text| text.chars().next());
        before.is_some_and(|c| !c.is_whitespace()) && !after.is_some_and(char::is_alphanumeric)
    });
    if closes_inside { value } else { inner }
}

/// The quote that opens a value on a line above and is not closed there.
fn opened_above(stop: &Stop<'_>, quote: char) -> Option<usize> {
    let from = stop.read.events.last().map_or(0, |(_, range)| stop.working.line_of(range.start));
    (from..stop.number).rev().find_map(|number| {
        let line = stop.working.line(number);
        let shape = shape(line);
        let value = line.get(shape.value.start..)?;
        let open = value.starts_with(quote) && !value.get(1..)?.contains(quote);
        open.then(|| stop.working.start(number) + shape.value.start)
    })
}

/// A value in quotes that goes over several lines and takes in what looks like the next field.
pub(super) fn swallows_fields(working: &Working<'_>, value: &Range<usize>) -> Option<Finding> {
    let (first, last) = (working.line_of(value.start), working.line_of(value.end));
    let indent = shape(working.line(first)).indent;
    let field = (first + 1..=last).any(|number| {
        let line = working.line(number);
        let shape = shape(line);
        shape.indent <= indent && is_name(shape.key_text(line))
    });
    field.then(|| unclosed(working, value.start)).flatten()
}

/// A quote that nothing closes: told where it opens, not where the text ran out.
fn unclosed(working: &Working<'_>, opening: usize) -> Option<Finding> {
    let number = working.line_of(opening);
    let line = working.range_of(number);
    let rest = working.text().get(opening..line.end)?;
    let quote = rest.chars().next()?;
    let value = end_of_unclosed(rest, working.line(number));
    let inner = value.get(1..)?.trim_end_matches(['”', '’', '“']);
    let meant = if quote == '\'' && begins_with_apostrophe(inner) { value } else { inner };
    Some(
        Finding::new(
            &syntax::YAML_QUOTE,
            opening..opening + 1,
            &format!("this `{quote}` opens a value in quotes, and nothing closes it"),
            "put the whole value in double quotes",
        )
        .edit(number, replaced(working, opening..opening + value.len(), &quoted(meant))),
    )
}

/// Inside brackets the value ends where the brackets close at the end of the line.
fn end_of_unclosed<'a>(rest: &'a str, line: &str) -> &'a str {
    let value = shape(line).value_text(line);
    let text = rest.trim_end();
    if value.starts_with(['[', '{']) { text.trim_end_matches([']', '}']) } else { text }
}

/// Words that English writes with an apostrophe in front.
fn begins_with_apostrophe(text: &str) -> bool {
    const WORDS: [&str; 9] = ["tis", "twas", "twere", "em", "til", "till", "cause", "round", "n"];
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    WORDS.contains(&word.as_str()) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// `"C:\rooms"`: a backslash in double quotes begins an escape.
fn backslash(stop: &Stop<'_>) -> Option<Finding> {
    let from = stop.working.line_of(stop.byte);
    let number = (from..stop.working.len())
        .find(|&number| faulty_escape(stop.working.line(number)).is_some())?;
    let line = stop.working.line(number);
    let at = faulty_escape(line)?;
    let mut mended = String::with_capacity(line.len() + 4);
    let mut escaped = false;
    for (column, c) in line.char_indices() {
        let alone =
            c == '\\' && !escaped && faulty_escape(line.get(column..).unwrap_or("")) == Some(0);
        mended.push(c);
        if alone {
            mended.push('\\');
        }
        escaped = c == '\\' && !escaped && !alone;
    }
    let at: Range<usize> = stop.working.start(number) + at..stop.working.start(number) + at + 1;
    Some(
        Finding::new(
            &syntax::YAML_QUOTE,
            at,
            "in double quotes a backslash has a meaning of its own",
            "type it twice, or use single quotes",
        )
        .edit(number, mended),
    )
}

/// The first backslash that begins no escape people use.
fn faulty_escape(line: &str) -> Option<usize> {
    let mut characters = line.char_indices();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && !matches!(characters.next(), None | Some((_, '"' | '\\' | '/' | 'n' | 't')))
        {
            return Some(at);
        }
    }
    None
}
