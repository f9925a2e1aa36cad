//! What narrows days down: counts, months, exceptions, and how often something was said to be.

use super::cursor::Cursor;
use super::dates::{self, Dates};
use super::items::{Exception, Kind, PartDate, Pattern, Term};
use super::tokens::TokenKind;
use super::weekdays::weekday_list;
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
        cursor.skip_words(&["in", "during", "only", "of", "from", "between"]);
        let (months, ends) = month_list(cursor)?;
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
    let last = last.unwrap_or(first);
    let length = (last + 12 - first) % 12;
    let months =
        (0..=length).filter_map(|at| i8::try_from((first - 1 + at) % 12 + 1).ok()).collect();
    Some((months, [first, last]))
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

/// Reads `except holidays`, `no meeting in July and August`, `not on 24 December`.
pub(super) fn except(cursor: &mut Cursor<'_>) -> Option<Result<Kind, Misread>> {
    cursor.attempt(|cursor| {
        let from = cursor.clone();
        negation(cursor).then_some(())?;
        lead(cursor);
        if cursor.peek(0) == Some(&TokenKind::Figures) {
            return None;
        }
        let Some(first) = exception(cursor) else {
            // `except Labor Day`: what is left out goes as far as the next comma.
            while cursor.word(0).is_some() {
                cursor.advance(1);
            }
            return Some(Err(problems::unknown_exception(cursor.span_since(&from))));
        };
        let mut exceptions = vec![first];
        while let Some(more) = cursor.attempt(|cursor| {
            let joined = cursor.eat_joint() | cursor.eat_word(&["or", "nor"]);
            joined.then_some(())?;
            let again = negation(cursor);
            lead(cursor);
            let more = exception(cursor)?;
            // A weekday after a comma begins the next days.
            let weekdays = matches!(more, Ok(Exception::Weekdays(_)) | Err(_));
            (again || !weekdays).then_some(more)
        }) {
            exceptions.push(more);
        }
        cursor.skip_words(&["off"]);
        let exceptions: Result<Vec<Exception>, Misread> = exceptions.into_iter().collect();
        Some(exceptions.map(Kind::Except))
    })
}

pub(super) fn negation(cursor: &mut Cursor<'_>) -> bool {
    const WORDS: &[&str] = &[
        "except",
        "excepting",
        "excluding",
        "excl",
        "exc",
        "skip",
        "skipping",
        "skips",
        "without",
        "not",
        "closed",
        "minus",
    ];
    let found = cursor.eat_phrase(&["other", "than"])
        || cursor.eat_phrase(&["apart", "from"])
        || cursor.eat_phrase(&["but", "not"])
        || cursor.eat_phrase(&["and", "not"])
        || cursor.eat_phrase(&["does", "not", "meet"])
        || cursor.eat_phrase(&["do", "not", "meet"])
        || cursor.eat_phrase(&["we", "do", "not", "meet"])
        || cursor.eat_phrase(&["off", "on"])
        || cursor.eat_phrase(&["on", "break"])
        || cursor.eat_word(WORDS);
    if found {
        cursor.skip_words(&["meeting", "held"]);
        return true;
    }
    cursor
        .attempt(|cursor| {
            cursor.skip_words(&["there", "is", "are"]);
            cursor.eat_word(&["no"]).then_some(())?;
            let named = cursor.eat_word(&[
                "meeting", "meetings", "group", "groups", "session", "sessions", "class", "classes",
            ]);
            let goes_on = named || cursor.clone().attempt(exception_word).is_some();
            goes_on.then_some(())
        })
        .is_some()
}

fn exception_word(cursor: &mut Cursor<'_>) -> Option<()> {
    lead(cursor);
    exception(cursor).map(|_| ())
}

fn lead(cursor: &mut Cursor<'_>) {
    cursor.skip_pauses();
    cursor.skip_words(&["for", "on", "in", "during", "the", "any", "all", "over"]);
}

fn exception(cursor: &mut Cursor<'_>) -> Option<Result<Exception, Misread>> {
    if cursor.clone().attempt(holidays).is_some() {
        holidays(cursor);
        return Some(Ok(Exception::Holidays));
    }
    if let Some(found) = cursor.attempt(nth_weekday) {
        return Some(Err(found));
    }
    if let Some(found) = dates::read(cursor) {
        return Some(Ok(match found {
            Dates::List(dates) => Exception::Dates(dates),
            Dates::Range(from, to) => Exception::Range(from, to),
        }));
    }
    if let Some(found) = cursor.attempt(|cursor| {
        let from = dates::one_or_month(cursor)?;
        cursor.eat_range().then_some(())?;
        let to = dates::one_or_month(cursor)?;
        (from.year.is_some() || to.year.is_some()).then_some(Exception::Range(from, to))
    }) {
        return Some(Ok(found));
    }
    if let Some(kind) = months(cursor) {
        return Some(match kind {
            Ok(Kind::Months(months)) => Ok(Exception::Months(months)),
            Ok(Kind::Term(Term { from: Some(from), to: Some(to) })) => {
                Ok(Exception::Range(from, to))
            }
            Ok(_) => return None,
            Err(misread) => Err(misread),
        });
    }
    let (days, _) = weekday_list(cursor)?;
    Some(Ok(Exception::Weekdays(days)))
}

fn holidays(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip_words(&[
        "public",
        "federal",
        "national",
        "bank",
        "legal",
        "official",
        "major",
        "statutory",
        "us",
    ]);
    cursor.eat_word(&["holidays", "holiday"]).then_some(())
}

/// Places in the month that are left out, which nothing can say yet.
fn nth_weekday(cursor: &mut Cursor<'_>) -> Option<Misread> {
    let from = cursor.clone();
    cursor.eat_ordinal()?;
    while cursor
        .attempt(|cursor| (cursor.eat_joint() && cursor.eat_ordinal().is_some()).then_some(()))
        .is_some()
    {}
    words::weekday(cursor.word(0)?)?;
    cursor.advance(1);
    for phrase in [["of", "the", "month"], ["of", "each", "month"], ["of", "every", "month"]] {
        cursor.eat_phrase(&phrase);
    }
    Some(problems::not_understood(
        cursor.span_since(&from),
        "`{}` cannot be left out",
        "write those that take place, such as `1st, 3rd and 4th Tuesday`",
    ))
}
