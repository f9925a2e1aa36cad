//! Dates as far as they are said: `12 January 2027`, `January 12, 19 and 26, 2027`, `5–9 October`, `June 2027`.

use std::ops::Range;

use super::cursor::Cursor;
use super::items::{PartDate, Term};
use super::tokens::TokenKind;
use super::words::{self, Number};

/// The most days of one month that can be listed.
const DAYS: usize = 31;

/// What dates form together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    List(Vec<PartDate>),
    Range(PartDate, PartDate),
}

/// Reads a list or a range of dates that each have a day.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Dates> {
    cursor.attempt(|cursor| {
        let mut list = match group(cursor)? {
            Dates::Range(from, to) => return Some(Dates::Range(from, to)),
            Dates::List(list) => list,
        };
        if let [from] = list.as_slice()
            && let Some(to) = cursor.attempt(range_end)
        {
            return Some(Dates::Range(from.clone(), to));
        }
        while let Some(more) = cursor.attempt(|cursor| {
            cursor.eat_joint().then_some(())?;
            match group(cursor)? {
                // The first date of a range begins something new.
                Dates::Range(..) => None,
                Dates::List(more) => {
                    let ranged = more.len() == 1 && cursor.clone().attempt(range_end).is_some();
                    (!ranged).then_some(more)
                }
            }
        }) {
            list.extend(more);
        }
        Some(Dates::List(list))
    })
}

/// Reads the end of a range; after a comma, `until` does not belong to the date before it.
pub(super) fn range_end(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    cursor.eat_range().then_some(())?;
    one(cursor)
}

/// Reads a date that has a day, or a month with or without its year.
pub(super) fn one_or_month(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    one(cursor).or_else(|| cursor.attempt(month_alone))
}

/// Reads a single date with a day.
pub(super) fn one(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    cursor.attempt(|cursor| {
        let weekday = weekday_before(cursor);
        let from = cursor.clone();
        if let Some(TokenKind::IsoDate(parts)) = cursor.peek(0) {
            cursor.advance(1);
            return Some(of_iso(*parts, weekday, cursor.span_since(&from)));
        }
        cursor.skip_words(&["the"]);
        let (day, month) = if let Some(month) = month(cursor) {
            (day(cursor)?, month)
        } else {
            let day = day(cursor)?;
            cursor.skip_words(&["of"]);
            (day, month(cursor)?)
        };
        let year = year(cursor);
        let at = cursor.span_since(&from);
        Some(PartDate { year, month, day: Some(day), weekday, at })
    })
}

fn of_iso(
    [year, month, day]: [u32; 3],
    weekday: Option<jiff::civil::Weekday>,
    at: Range<usize>,
) -> PartDate {
    PartDate { year: Some(year), month, day: Some(day), weekday, at }
}

/// Reads dates that share their month and year: one, several days, or a range of days.
fn group(cursor: &mut Cursor<'_>) -> Option<Dates> {
    cursor.attempt(|cursor| {
        let weekday = weekday_before(cursor);
        let from = cursor.clone();
        if let Some(TokenKind::IsoDate(parts)) = cursor.peek(0) {
            cursor.advance(1);
            return Some(Dates::List(vec![of_iso(*parts, weekday, cursor.span_since(&from))]));
        }
        cursor.skip_words(&["the"]);
        let month_first = month(cursor);
        let Days { days, ranged } = days(cursor, month_first.is_some())?;
        let month = match month_first {
            Some(month) => month,
            None => {
                cursor.skip_words(&["of"]);
                month(cursor)?
            }
        };
        let year = year(cursor);
        let single = days.len() == 1;
        let whole = cursor.span_since(&from);
        let mut dates: Vec<PartDate> = days
            .into_iter()
            .map(|(day, at)| PartDate {
                year,
                month,
                day: Some(day),
                weekday: None,
                at: if single { whole.clone() } else { at },
            })
            .collect();
        if let Some(first) = dates.first_mut() {
            first.weekday = weekday;
        }
        match <[PartDate; 2]>::try_from(dates) {
            Ok([first, last]) if ranged => Some(Dates::Range(first, last)),
            Ok(pair) => Some(Dates::List(pair.to_vec())),
            Err(dates) => Some(Dates::List(dates)),
        }
    })
}

/// Days of a month with their places.
struct Days {
    days: Vec<(u32, Range<usize>)>,
    /// Whether they are the ends of a range.
    ranged: bool,
}

/// Reads days of a month.
fn days(cursor: &mut Cursor<'_>, after_month: bool) -> Option<Days> {
    let mut days = vec![placed_day(cursor)?];
    let ended = cursor.attempt(|cursor| {
        cursor.eat_range().then_some(())?;
        let last = placed_day(cursor)?;
        follows_no_hour(cursor, after_month).then_some(last)
    });
    if let Some(last) = ended {
        days.push(last);
        return Some(Days { days, ranged: true });
    }
    while days.len() < DAYS {
        let more = cursor.attempt(|cursor| {
            cursor.eat_joint().then_some(())?;
            let day = placed_day(cursor)?;
            follows_no_hour(cursor, after_month).then_some(day)
        });
        let Some(day) = more else { break };
        days.push(day);
    }
    Some(Days { days, ranged: false })
}

/// Whether a number after a month's name is a day of it, and not the beginning of hours or of the next date.
fn follows_no_hour(cursor: &Cursor<'_>, after_month: bool) -> bool {
    if !after_month {
        return true;
    }
    match cursor.peek(0) {
        None | Some(TokenKind::Pause | TokenKind::Stop | TokenKind::And | TokenKind::Semicolon) => {
            true
        }
        Some(TokenKind::Word(word)) => {
            !matches!(
                word.as_str(),
                "am" | "pm" | "a" | "p" | "to" | "until" | "o'clock" | "in" | "x"
            ) && words::month(word).is_none()
                && words::unit(word).is_none()
                && words::weekday(word).is_none_or(|(_, number)| number == Number::One)
        }
        Some(TokenKind::Number { value, .. }) => (1900..=2200).contains(value),
        Some(_) => false,
    }
}

fn placed_day(cursor: &mut Cursor<'_>) -> Option<(u32, Range<usize>)> {
    let from = cursor.clone();
    cursor.skip_words(&["the"]);
    let day = day(cursor)?;
    Some((day, cursor.span_since(&from)))
}

fn day(cursor: &mut Cursor<'_>) -> Option<u32> {
    let hour = matches!(cursor.word(1), Some("am" | "pm" | "a" | "p" | "o'clock" | "noon"));
    let day = match cursor.peek(0)? {
        TokenKind::Number { value, .. } if *value < 100 && !hour => *value,
        TokenKind::Ordinal(value) => *value,
        TokenKind::Word(word) => u32::try_from(words::ordinal(word)?).ok()?,
        _ => return None,
    };
    cursor.advance(1);
    Some(day)
}

fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    let month = words::month(cursor.word(0)?)?;
    cursor.advance(1);
    u32::try_from(month).ok()
}

/// Reads a year, with the comma before it.
pub(super) fn year(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.attempt(|cursor| {
        cursor.eat_pause();
        match cursor.peek(0)? {
            TokenKind::Number { value, padded: false } if (1900..=2200).contains(value) => {
                cursor.advance(1);
                Some(*value)
            }
            _ => None,
        }
    })
}

/// Reads a weekday that belongs to the date after it.
fn weekday_before(cursor: &mut Cursor<'_>) -> Option<jiff::civil::Weekday> {
    cursor.attempt(|cursor| {
        let (day, number) = words::weekday(cursor.word(0)?)?;
        cursor.advance(1);
        cursor.skip_pauses();
        cursor.skip_words(&["the"]);
        let goes_on = matches!(
            cursor.peek(0)?,
            TokenKind::Number { .. } | TokenKind::Ordinal(_) | TokenKind::IsoDate(_)
        ) || cursor.word(0).is_some_and(|word| words::month(word).is_some());
        (number == Number::One && goes_on).then_some(day)
    })
}

fn month_alone(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let from = cursor.clone();
    cursor.skip_words(&["the"]);
    cursor.eat_phrase(&["end", "of"]);
    let month = month(cursor)?;
    let year = year(cursor);
    Some(PartDate { year, month, day: None, weekday: None, at: cursor.span_since(&from) })
}

/// Reads `from …`, `until …`, `from … to …`, or a range of dates alone.
pub(super) fn term(cursor: &mut Cursor<'_>) -> Option<Term> {
    cursor.attempt(|cursor| {
        if begins(cursor) {
            // `from 5 to 9 October 2026`
            let range = cursor.attempt(|cursor| match group(cursor)? {
                Dates::Range(from, to) => Some(Term { from: Some(from), to: Some(to) }),
                Dates::List(_) => None,
            });
            if range.is_some() {
                return range;
            }
            let from = one_or_month(cursor)?;
            let to = cursor.attempt(|cursor| {
                cursor.eat_pause();
                cursor.skip_words(&["and"]);
                (cursor.eat_range() || ends(cursor)).then_some(())?;
                lead(cursor);
                one_or_month(cursor)
            });
            // `from September to May` says months of every year.
            let months_alone = from.day.is_none() && from.year.is_none();
            let of_every_year = to.as_ref().is_some_and(|to| to.day.is_none() && to.year.is_none());
            return (!(months_alone && of_every_year)).then_some(Term { from: Some(from), to });
        }
        if ends(cursor) {
            return Some(Term { from: None, to: Some(one_or_month(cursor)?) });
        }
        let from = cursor.attempt(|cursor| {
            let from = month_alone(cursor)?;
            cursor.eat_range().then_some(from)
        })?;
        let to = one_or_month(cursor)?;
        (from.year.is_some() || to.year.is_some())
            .then_some(Term { from: Some(from), to: Some(to) })
    })
}

pub(super) fn begins(cursor: &mut Cursor<'_>) -> bool {
    const WORDS: &[&str] = &[
        "from",
        "starting",
        "starts",
        "start",
        "beginning",
        "begins",
        "begin",
        "commencing",
        "commences",
        "since",
        "effective",
    ];
    let found = cursor.eat_phrase(&["as", "of"]) || cursor.eat_word(WORDS);
    if found {
        lead(cursor);
    }
    found
}

pub(super) fn ends(cursor: &mut Cursor<'_>) -> bool {
    const WORDS: &[&str] = &[
        "until",
        "till",
        "til",
        "'til",
        "through",
        "thru",
        "ending",
        "ends",
        "end",
        "to",
        "concluding",
        "finishing",
    ];
    let found = cursor.eat_phrase(&["up", "to"]) || cursor.eat_word(WORDS);
    if found {
        lead(cursor);
    }
    found
}

fn lead(cursor: &mut Cursor<'_>) {
    cursor.skip_pauses();
    cursor.skip_words(&["on", "in", "from", "the", "with"]);
}
