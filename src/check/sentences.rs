//! What is wrong with a schedule's sentence, as diagnostics: takes what `schedule` says of the text, gives problems with
//! their places in the file. Reads no sentence itself.

use std::ops::Range;

use jiff::civil::date;

use crate::diagnostic::rules::content as rules;
use crate::diagnostic::{Diagnostic, Rule};
use crate::load::yaml;
use crate::schedule::{DateRange, Given, Misread, MisreadKind, Sentence};
use crate::source::{Source, Span};

/// The days between which all dates of a site lie, as [`crate::check::values::date`] reads them.
pub(crate) const ALL_DAYS: DateRange = DateRange { from: date(1900, 1, 1), to: date(2200, 12, 31) };

/// One diagnostic for each misread. `span` is the whole value in the file, quotes included, and `text` the value as it was
/// read; where the two do not agree, as in a line that was mended before it was read, the whole value is the place.
pub(crate) fn diagnostics(
    misreads: &[Misread],
    source: &Source,
    span: Span,
    text: &str,
) -> Vec<Diagnostic> {
    let written = source.slice(span);
    let place = |range: &Range<usize>| {
        let found = if written == text {
            Some(range.clone())
        } else {
            yaml::place(written, text, range.clone())
        };
        match found {
            Some(found) if !range.is_empty() => {
                Span::new(found.start, found.end).shifted(span.start)
            }
            _ => span,
        }
    };
    misreads
        .iter()
        .map(|misread| {
            let Misread { at, kind, message, help } = misread;
            Diagnostic::new(rule(*kind), source, place(at), message).help(help)
        })
        .collect()
}

/// What to do about such a sentence.
pub(crate) const NEVER_MEETS: &str = "correct the dates; as it stands, the group would never meet";

/// What is wrong with a sentence on none of whose days anybody can meet, if it is such a one.
pub(crate) fn without_days(sentence: &Sentence, given: &Given<'_>) -> Option<&'static str> {
    if sentence.rules.iter().any(|rule| rule.dates(ALL_DAYS).next().is_some()) {
        return None;
    }
    Some(match (given.starts, given.ends) {
        (Some(_), Some(_)) => "between `starts` and `ends` there is no such day",
        (Some(_), None) => "from `starts` on there is no such day",
        (None, Some(_)) => "until `ends` there is no such day",
        (None, None) => "there is no such day",
    })
}

fn rule(kind: MisreadKind) -> &'static Rule {
    match kind {
        MisreadKind::NotUnderstood => &rules::UNREADABLE_SCHEDULE,
        MisreadKind::Question => &rules::AMBIGUOUS_SCHEDULE,
        MisreadKind::Impossible => &rules::IMPOSSIBLE_TIME,
        MisreadKind::Contradiction => &rules::SCHEDULE_CONTRADICTION,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::schedule::read;
    use crate::source::SourceFile;

    /// What is underlined in a value that is read as `text`.
    fn underlined(value: &str, text: &str) -> Vec<String> {
        let file = format!("schedule: {value}\n");
        let source = Arc::new(SourceFile { path: "tuesday.md".into(), text: file });
        let span = Span::new(10, 10 + value.len());
        let misreads = read(text, &Given::default()).unwrap_err();
        let found = diagnostics(&misreads, &source, span, text);
        found.iter().map(|problem| source.slice(problem.span).to_owned()).collect()
    }

    #[test]
    fn the_very_words_are_underlined_where_the_file_has_them() {
        assert_eq!(underlined("Tusedays, 13 pm", "Tusedays, 13 pm"), ["Tusedays", "13 pm"]);
        assert_eq!(underlined("\"Tusedays, 7 pm\"", "Tusedays, 7 pm"), ["Tusedays"]);
    }

    #[test]
    fn a_value_that_is_not_what_the_file_has_is_underlined_whole() {
        let value = "Tusedays, # 7 pm";
        assert_eq!(underlined(value, "Tusedays, 7 pm"), [value]);
    }
}
