//! What narrows days down: counts, months, and how often something was said to be.

use super::cursor::Cursor;
use super::dates;
use super::items::{Kind, PartDate, Pattern, Term};
use super::tokens::TokenKind;
use super::words::{self, Unit};
use super::{Misread, problems};
use crate::schedule::days::Months;

/// Reads `twice a month`, `once a week`, `3 times per month`.
pub(super) fn frequency(cursor: &mut Cursor<'_>) -> Option<Kind> {
    cursor.attempt(|cursor| {
        let times = match cursor.word(0) {
            Some("once") => Some(1),
            Some("twice") => Some(2),
            Some("thrice") => Some(3),
            _ => None,
        };
        let times = match times {
            Some(times) => {
                cursor.advance(1);
                times
            }
            None => {
                let times = cursor.eat_count()?;
                // `two Tuesdays a month`
                let days = cursor.word(0).is_some_and(|word| words::weekday(word).is_some());
                let counted =
                    cursor.eat_word(&["times", "meetings", "sessions", "days", "x", "groups"]);
                if !counted && days {
                    cursor.advance(1);
                }
                times
            }
        };
        let adverb = match cursor.word(0)? {
            "weekly" => Some(Unit::Week),
            "monthly" => Some(Unit::Month),
            "daily" => Some(Unit::Day),
            _ => None,
        };
        let per = match adverb {
            Some(per) => per,
            None => {
                cursor.eat_word(&["a", "per", "each", "every"]).then_some(())?;
                words::unit(cursor.word(0)?).filter(|unit| *unit != Unit::Meeting)?
            }
        };
        cursor.advance(1);
        Some(match (times, per) {
            (7, Unit::Week) => Kind::Pattern(Pattern::Daily { every: 1 }),
            _ => Kind::Frequency { times, per },
        })
    })
}

/// Reads `10 weeks`, `6 meetings`, `for six months`, `8-week series`, and the number of `six Mondays`.
pub(super) fn count(cursor: &mut Cursor<'_>) -> Option<Kind> {
    cursor.attempt(|cursor| {
        cursor.skip_words(&["for", "over", "a", "an", "our", "this", "x", "total", "of"]);
        let count = cursor.eat_count().filter(|count| *count > 0)?;
        cursor.eat(&TokenKind::Dash);
        cursor.skip_words(&["consecutive", "more", "weekly"]);
        let part = matches!(cursor.word(0), Some("part" | "parts"));
        let unit = match words::unit(cursor.word(0)?) {
            Some(unit) => Some(unit),
            None if part => Some(Unit::Meeting),
            None => None,
        };
        let Some(unit) = unit else {
            // The weekday is read next, as days.
            words::weekday(cursor.word(0)?)?;
            return Some(Kind::Count { count, unit: Unit::Meeting });
        };
        cursor.advance(1);
        cursor.eat(&TokenKind::Dash);
        cursor.skip_words(&[
            "long",
            "closed",
            "group",
            "series",
            "course",
            "program",
            "programme",
            "cycle",
            "workshop",
            "class",
            "training",
            "cohort",
            "total",
            "in",
        ]);
        Some(Kind::Count { count, unit })
    })
}

/// Reads `in January and July`, `September to May`, `in March 2027`.
pub(super) fn months(cursor: &mut Cursor<'_>) -> Option<Result<Kind, Misread>> {
    cursor.attempt(|cursor| {
        let from = cursor.clone();
        let range = cursor.attempt(|cursor| {
            cursor.eat_word(&["between"]).then_some(())?;
            let first = month(cursor)?;
            cursor.eat_word(&["and"]).then_some(())?;
            Some(months_between(first, month(cursor)?))
        });
        let (months, ends) = match range {
            Some(range) => range,
            None => {
                cursor.skip_words(&["in", "during", "only", "of", "from"]);
                month_list(cursor)?
            }
        };
        cursor.skip_words(&["only"]);
        let Some(year) = dates::year(cursor) else { return Some(Ok(Kind::Months(months))) };
        let at = cursor.span_since(&from);
        let [first, last] = ends;
        let listed = u32::try_from(months.len()).ok()?;
        if last < first || last - first + 1 != listed {
            return Some(Err(problems::question(
                at,
                "the months of `{}` do not follow one another",
                "write the dates, such as `12 January 2027 and 9 March 2027`",
            )));
        }
        let part =
            |month| PartDate { year: Some(year), month, day: None, weekday: None, at: at.clone() };
        Some(Ok(Kind::Term(Term { from: Some(part(first)), to: Some(part(last)) })))
    })
}

/// Reads months without a day, and which stand first and last.
fn month_list(cursor: &mut Cursor<'_>) -> Option<(Months, [u32; 2])> {
    let (mut months, mut ends) = month_range(cursor)?;
    while let Some((more, [_, last])) = cursor.attempt(|cursor| {
        let joined = cursor.eat_joint() | cursor.eat_word(&["or", "nor"]);
        joined.then_some(())?;
        cursor.skip_words(&["in"]);
        month_range(cursor)
    }) {
        months = more.iter().fold(months, Months::with);
        ends = [ends[0], last];
    }
    Some((months, ends))
}

fn month_range(cursor: &mut Cursor<'_>) -> Option<(Months, [u32; 2])> {
    let first = month(cursor)?;
    let last = cursor.attempt(|cursor| {
        cursor.eat_range().then_some(())?;
        month(cursor)
    });
    Some(months_between(first, last.unwrap_or(first)))
}

/// The months from one to another, which may go past the end of the year.
fn months_between(first: u32, last: u32) -> (Months, [u32; 2]) {
    let length = (last + 12 - first) % 12;
    let months =
        (0..=length).filter_map(|at| i8::try_from((first - 1 + at) % 12 + 1).ok()).collect();
    (months, [first, last])
}

/// Reads a month's name that no day belongs to.
fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    let month = words::month(cursor.word(0)?)?;
    let hours_follow = matches!(cursor.word(2), Some("am" | "pm" | "a" | "p"))
        || cursor.peek(2) == Some(&TokenKind::Dash);
    let dated = match cursor.peek(1) {
        Some(TokenKind::Number { value, .. }) => *value < 100 && !hours_follow,
        Some(TokenKind::Ordinal(_)) => true,
        _ => false,
    };
    if dated {
        return None;
    }
    cursor.advance(1);
    u32::try_from(month).ok()
}
