//! Days that come again: `Mondays and Thursdays`, `every other week`, `monthly on the 15th`; with `places`, all of them.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Weekday;

use super::cursor::Cursor;
use super::items::{Kind, Pace, Pattern};
use super::places::{by_weekday, of_month, ordinal_list, ordinals};
use super::tokens::TokenKind;
use super::weekdays::weekday_list;
use super::words::{self, Number, Unit};
use super::{Misread, problems};
use crate::schedule::days::Weekdays;

/// What came of trying to read a construct.
pub(super) type Found = Result<Kind, Misread>;

/// Reads a pattern or a pace.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Found> {
    cursor
        .attempt(day_of_months)
        .or_else(|| cursor.attempt(every))
        .or_else(|| cursor.attempt(|cursor| one_word(cursor).map(Ok)))
        .or_else(|| cursor.attempt(|cursor| ordinals(cursor, false)))
        .or_else(|| cursor.attempt(weekdays))
}

/// Reads `monthly on the 15th`, `every 3 months on the last day`: a day of the month by its pace alone.
fn day_of_months(cursor: &mut Cursor<'_>) -> Option<Found> {
    let pace =
        cursor.attempt(|cursor| one_word(cursor).map(Ok)).or_else(|| cursor.attempt(every))?;
    let Ok(Kind::Pace(Pace { every, unit: Unit::Month })) = pace else { return None };
    cursor.skip_pauses();
    cursor.skip_words(&["on"]);
    let nths = ordinal_list(cursor)?;
    let said_day = cursor.eat_word(&["day"]);
    let goes_on = cursor.word(0).is_some_and(|word| {
        words::weekday(word).is_some() || words::month(word).is_some() || word == "weekday"
    });
    let days = nths.into_iter().map(|(nth, _)| i8::try_from(nth).ok());
    let days: Option<BTreeSet<i8>> = days
        .map(|day| day.filter(|day| (1..=31).contains(day) || *day == -1 && said_day))
        .collect();
    let on = days.filter(|_| !goes_on)?;
    of_month(cursor);
    Some(Ok(Kind::Pattern(Pattern::ByDay { every: Some(every), on })))
}

/// Reads `every …`, `each …`, `alternate …`.
fn every(cursor: &mut Cursor<'_>) -> Option<Found> {
    let from = cursor.clone();
    if cursor.eat_word(&["alternate", "alternating"]) {
        return paced(cursor, 2);
    }
    cursor.skip_words(&["on"]);
    let said =
        cursor.eat_phrase(&["each", "and", "every"]) || cursor.eat_word(&["every", "each", "all"]);
    said.then_some(())?;
    if cursor.eat_word(&["other", "alternate"]) {
        return paced(cursor, 2);
    }
    if cursor.eat_word(&["single"]) {
        return paced(cursor, 1);
    }
    if let Some(count) = cursor.attempt(Cursor::eat_count)
        && cursor
            .word(0)
            .is_some_and(|word| words::unit(word).is_some_and(|unit| unit != Unit::Meeting))
    {
        return paced(cursor, count);
    }
    // `every 2nd week` is a pace; `every 2nd Tuesday` can be two things; `every 1st and 3rd Tuesday` is not.
    if let Some(found) = cursor.attempt(|cursor| {
        let nth = cursor.eat_ordinal().filter(|nth| *nth > 1)?;
        let unit = words::unit(cursor.word(0)?).filter(|unit| *unit != Unit::Meeting)?;
        cursor.advance(1);
        Some(pace(u32::try_from(nth).ok()?, unit, cursor.span_since(&from)))
    }) {
        return Some(found);
    }
    if let Some(found) = cursor.attempt(|cursor| ordinals(cursor, true)) {
        return Some(found);
    }
    let word = cursor.word(0)?;
    let kind = match (words::unit(word), word) {
        (Some(Unit::Day), _) => {
            cursor.advance(1);
            Kind::Pattern(Pattern::Daily { every: 1 })
        }
        (Some(unit @ (Unit::Week | Unit::Month)), _) => {
            cursor.advance(1);
            return Some(pace(1, unit, cursor.span_since(&from)));
        }
        (_, "weekday") => {
            cursor.advance(1);
            weekly(None, Weekdays::WORKING, Number::Many)
        }
        (_, "weekend") => {
            cursor.advance(1);
            weekly(None, weekend(), Number::Many)
        }
        // The part of the day is read next.
        (_, word) if words::part(word).is_some() => Kind::Pattern(Pattern::Daily { every: 1 }),
        _ => return weekdays(cursor).map(|found| found.map(said_of_many)),
    };
    Some(Ok(kind))
}

/// Reads what is paced by so many: units, or weekdays.
fn paced(cursor: &mut Cursor<'_>, every: u32) -> Option<Found> {
    let from = cursor.clone();
    match cursor.word(0).and_then(words::unit) {
        Some(Unit::Meeting) => None,
        Some(unit) => {
            cursor.advance(1);
            Some(pace(every, unit, cursor.span_since(&from)))
        }
        None => {
            let (on, number) = weekday_list(cursor)?;
            let number = if every > 1 { Number::Many } else { number };
            Some(Ok(weekly(Some(every), on, number)))
        }
    }
}

fn pace(every: u32, unit: Unit, at: Range<usize>) -> Found {
    let most = if unit == Unit::Month { 60 } else { 400 };
    match (every, unit) {
        (every, _) if every > most => Err(problems::impossible(
            at,
            "`{}` is too rare for a schedule",
            "write the dates, such as `12 January 2027 and 9 March 2027`",
        )),
        (every, Unit::Day) => Ok(Kind::Pattern(Pattern::Daily { every })),
        (every, unit) => Ok(Kind::Pace(Pace { every, unit })),
    }
}

/// `daily`, `weekly`, `biweekly`, `weekdays`.
fn one_word(cursor: &mut Cursor<'_>) -> Option<Kind> {
    let pace = |every, unit| Kind::Pace(Pace { every, unit });
    if cursor.word(0) == Some("bi")
        && cursor.peek(1) == Some(&TokenKind::Dash)
        && cursor.word(2) == Some("weekly")
    {
        cursor.advance(3);
        return Some(pace(2, Unit::Week));
    }
    let kind = match cursor.word(0)? {
        "daily" | "everyday" | "nightly" => Kind::Pattern(Pattern::Daily { every: 1 }),
        "weekdays" | "weekday" | "workdays" => weekly(None, Weekdays::WORKING, Number::Many),
        "weekends" | "weekend" => weekly(None, weekend(), Number::Many),
        "weekly" => pace(1, Unit::Week),
        "monthly" => pace(1, Unit::Month),
        "biweekly" | "fortnightly" | "fortnight" => pace(2, Unit::Week),
        _ => return None,
    };
    cursor.advance(1);
    Some(kind)
}

fn weekend() -> Weekdays {
    Weekdays::from(Weekday::Saturday).with(Weekday::Sunday)
}

fn weekly(every: Option<u32>, on: Weekdays, number: Number) -> Kind {
    Kind::Pattern(Pattern::Weekly { every, on, number })
}

fn said_of_many(kind: Kind) -> Kind {
    match kind {
        Kind::Pattern(Pattern::Weekly { every, on, .. }) => weekly(every, on, Number::Many),
        kind => kind,
    }
}

/// Reads weekdays, with ordinals where these follow in brackets: `Tuesdays (1st & 3rd)`.
fn weekdays(cursor: &mut Cursor<'_>) -> Option<Found> {
    let (on, number) = weekday_list(cursor)?;
    let nths = cursor.attempt(|cursor| {
        cursor.skip_pauses();
        cursor.skip_words(&["on", "the", "every"]);
        let nths = ordinal_list(cursor)?;
        let followed_by_more = cursor.word(0).is_some_and(|word| {
            words::weekday(word).is_some() || words::month(word).is_some() || word == "day"
        });
        let placed = of_month(cursor).is_some()
            || cursor.attempt(|c| (c.eat_pause() && of_month(c).is_some()).then_some(())).is_some();
        (!followed_by_more && (nths.len() > 1 || placed)).then_some(nths)
    });
    let Some(nths) = nths else { return Some(Ok(weekly(None, on, number))) };
    let pairs =
        nths.into_iter().flat_map(|(nth, at)| on.iter().map(move |day| (nth, day, at.clone())));
    Some(by_weekday(None, pairs.collect()))
}
