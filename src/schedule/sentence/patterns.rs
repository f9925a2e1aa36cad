//! Days that come again: `Mondays and Thursdays`, `1st and 3rd Tuesday`, `15th of the month`, `every other week`.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Weekday;

use super::cursor::Cursor;
use super::items::{Kind, Pace, Pattern};
use super::tokens::TokenKind;
use super::weekdays::weekday_list;
use super::words::{self, Number, Unit};
use super::{Misread, limits, problems};
use crate::schedule::days::{NthWeekday, Weekdays};

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
    match words::unit(cursor.word(0)?) {
        Some(Unit::Day) => {
            cursor.advance(1);
            let on = but(cursor, Weekdays::ALL);
            Some(Ok(match on {
                Weekdays::ALL => Kind::Pattern(Pattern::Daily { every: 1 }),
                on => weekly(None, on, Number::Many),
            }))
        }
        Some(unit @ (Unit::Week | Unit::Month)) => {
            cursor.advance(1);
            Some(pace(1, unit, cursor.span_since(&from)))
        }
        _ => match cursor.word(0)? {
            "weekday" => {
                cursor.advance(1);
                Some(Ok(weekly(None, but(cursor, Weekdays::WORKING), Number::Many)))
            }
            "weekend" => {
                cursor.advance(1);
                Some(Ok(weekly(None, weekend(), Number::Many)))
            }
            // The part of the day is read next.
            word if words::part(word).is_some() => {
                Some(Ok(Kind::Pattern(Pattern::Daily { every: 1 })))
            }
            _ => {
                let found = weekdays(cursor)?;
                Some(found.map(said_of_many))
            }
        },
    }
}

/// Reads `but Monday` after `every day`.
fn but(cursor: &mut Cursor<'_>, all: Weekdays) -> Weekdays {
    let left = cursor.attempt(|cursor| {
        cursor.eat_word(&["but"]).then_some(())?;
        let (out, _) = weekday_list(cursor)?;
        let left = out.iter().fold(all, Weekdays::without);
        (left != all && !left.is_empty()).then_some(left)
    });
    left.unwrap_or(all)
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

/// Reads `1st and 3rd Tuesday`, `last day of the month`, `15th of every month`. `said_every` is whether `every` stood before.
fn ordinals(cursor: &mut Cursor<'_>, said_every: bool) -> Option<Found> {
    let from = cursor.clone();
    cursor.skip_words(&["the", "on"]);
    let mut pairs: Vec<(i32, Weekday, Range<usize>)> = Vec::new();
    let mut ambiguous = None;
    let nths = ordinal_list(cursor)?;
    if let Some(found) = month_days(cursor, &nths, &from) {
        return Some(found);
    }
    let mut lists = vec![nths];
    loop {
        let nths = lists.pop()?;
        if cursor.word(0).is_some_and(|word| matches!(word, "weekday" | "weekend" | "workday")) {
            cursor.advance(1);
            of_month(cursor);
            return Some(Err(problems::question(
                cursor.span_since(&from),
                "`{}` is no day of the week",
                "which day of the week? write `1st Monday of the month`",
            )));
        }
        let (day, _) = words::weekday(cursor.word(0)?)?;
        cursor.advance(1);
        let several = nths.len() > 1;
        pairs.extend(nths.into_iter().map(|(nth, at)| (nth, day, at)));
        if other_day(cursor, several) {
            ambiguous = Some(cursor.span_since(&from));
        }
        match cursor.attempt(next_place) {
            Some(nths) => lists.push(nths),
            None => break,
        }
    }
    let every = of_month(cursor);
    let at = cursor.span_since(&from);
    if let Some(at) = ambiguous {
        return Some(Err(problems::question(
            at,
            "`{}` leaves open which days the places go with",
            "do they go with each day? write each with its own, such as `1st Tuesday and 1st Thursday`",
        )));
    }
    if let ([(nth @ 2..=5, day, _)], true, None) = (pairs.as_slice(), said_every, every) {
        return Some(Err(every_nth(at, *nth, *day)));
    }
    Some(by_weekday(every.and_then(|of| of.every), pairs))
}

/// Reads the ordinals of another place after `4th Thursday`.
fn next_place(cursor: &mut Cursor<'_>) -> Option<Vec<Nth>> {
    let by_comma = cursor.peek(0) == Some(&TokenKind::Pause);
    cursor.eat_joint().then_some(())?;
    cursor.skip_words(&["the"]);
    let nths = ordinal_list(cursor)?;
    words::weekday(cursor.word(0)?)?;
    // In `4th Thursday, 3rd Thursday in November`, the month may be of the second alone.
    let mut rest = cursor.clone();
    rest.advance(1);
    let of_one = by_comma && limits::months(&mut rest).is_some();
    (!of_one).then_some(nths)
}

/// Reads another day after `1st and 3rd Tuesday`: does the place go with both?
fn other_day(cursor: &mut Cursor<'_>, several: bool) -> bool {
    let other = cursor.attempt(|cursor| {
        cursor.eat_joint().then_some(())?;
        let (_, number) = words::weekday(cursor.word(0)?)?;
        cursor.advance(1);
        (several || number == Number::One).then_some(())
    });
    other.is_some()
}

fn every_nth(at: Range<usize>, nth: i32, day: Weekday) -> Misread {
    let name = words::weekday_name(day);
    let (pace, place) = match nth {
        2 => (format!("every other {name}"), "2nd"),
        3 => (format!("every 3 weeks on {name}"), "3rd"),
        4 => (format!("every 4 weeks on {name}"), "4th"),
        _ => (format!("every 5 weeks on {name}"), "5th"),
    };
    problems::question(
        at,
        "`{}` can be counted in weeks or in the month",
        format!(
            "which one is it? write `{pace} from …` with its first date, or `{place} {name} of the month`"
        ),
    )
}

fn by_weekday(every: Option<u32>, pairs: Vec<(i32, Weekday, Range<usize>)>) -> Found {
    let mut on = BTreeSet::new();
    for (nth, day, at) in pairs {
        let found = i8::try_from(nth).ok().and_then(|nth| NthWeekday::new(nth, day));
        on.insert(found.ok_or_else(|| {
            let name = words::weekday_name(day);
            problems::impossible(
                at,
                format!("no month has a `{{}}` {name}"),
                format!("write `1st` to `5th`, or `last {name} of the month`"),
            )
        })?);
    }
    Ok(Kind::Pattern(Pattern::ByWeekday { every, on }))
}

/// An ordinal and its place.
pub(super) type Nth = (i32, Range<usize>);

/// Reads the ordinals before a weekday or of a month: `1st and 3rd`, `1st–4th`.
pub(super) fn ordinal_list(cursor: &mut Cursor<'_>) -> Option<Vec<Nth>> {
    let mut nths = cursor.attempt(ordinal_range)?;
    while let Some(more) = cursor.attempt(|cursor| {
        cursor.eat_joint().then_some(())?;
        ordinal_range(cursor)
    }) {
        nths.extend(more);
    }
    Some(nths)
}

fn ordinal_range(cursor: &mut Cursor<'_>) -> Option<Vec<Nth>> {
    let one = |cursor: &mut Cursor<'_>| {
        cursor.skip_words(&["the"]);
        let from = cursor.clone();
        let nth = cursor.eat_ordinal()?;
        Some((nth, cursor.span_since(&from)))
    };
    let (first, at) = one(cursor)?;
    let last = cursor.attempt(|cursor| {
        cursor.eat_range().then_some(())?;
        one(cursor).filter(|(last, _)| (1..=31).contains(&first) && (first..=31).contains(last))
    });
    let (last, last_at) = last.unwrap_or((first, at.clone()));
    Some((first..=last).map(|nth| (nth, at.start..last_at.end)).collect())
}

/// Reads what makes ordinals days of a month; a single one needs the month said.
fn month_days(cursor: &mut Cursor<'_>, nths: &[Nth], from: &Cursor<'_>) -> Option<Found> {
    let said_day = cursor.eat_word(&["day", "days"]);
    let every = of_month(cursor);
    let more_follows = cursor.word(0).is_some_and(|word| {
        words::weekday(word).is_some()
            || words::unit(word).is_some()
            || matches!(word, "weekday" | "weekend" | "workday")
    });
    let in_words = nths.iter().any(|(nth, _)| *nth == -1);
    let plain_list = nths.len() > 1
        && !more_follows
        && cursor.word(0) != Some("weekday")
        && cursor.word(0) != Some("of");
    if !said_day && every.is_none() && !plain_list {
        // `the 15th` of every month, or of one that was said elsewhere?
        let (nth, at) =
            nths.first().filter(|(nth, _)| *nth > 0 && nths.len() == 1 && !more_follows)?;
        return Some(Err(problems::question(
            at.clone(),
            "it is not clear of which month `{}` is",
            format!(
                "of every month? write `{} of the month`, or the date with its month and year",
                crate::schedule::describe::ordinal(u32::try_from(*nth).ok()?)
            ),
        )));
    }
    let mut on = BTreeSet::new();
    for (nth, at) in nths {
        match i8::try_from(*nth) {
            Ok(day @ (-1 | 1..=31)) => on.insert(day),
            _ => {
                return Some(Err(problems::impossible(
                    at.clone(),
                    "no month has a day `{}`",
                    "write `1st` to `31st`, or `last day of the month`",
                )));
            }
        };
    }
    // `1st and last of the month` may have lost its weekday.
    if in_words && !said_day || every.is_none() && !plain_list {
        return Some(Err(problems::question(
            cursor.span_since(from),
            "`{}` leaves open which days these are",
            "days of the month or of the week? write `last day of the month` or `last Friday of the month`",
        )));
    }
    Some(Ok(Kind::Pattern(Pattern::ByDay { every: every.and_then(|of| of.every), on })))
}

/// What makes an ordinal a day or a place of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OfMonth {
    /// Of each how manieth month, if that was said.
    every: Option<u32>,
}

/// Reads `of the month`, `of each month`, `of every other month`.
pub(super) fn of_month(cursor: &mut Cursor<'_>) -> Option<OfMonth> {
    cursor.attempt(|cursor| {
        cursor.skip_pauses_before(&["of", "in", "each", "every", "monthly"]);
        let led = cursor.eat_word(&["of", "in"]);
        if cursor.eat_word(&["monthly"]) {
            return (!led).then_some(OfMonth { every: None });
        }
        if led && (cursor.eat_word(&["the", "a"]) || cursor.word(0) == Some("month")) {
            return cursor.eat_word(&["month"]).then_some(OfMonth { every: None });
        }
        if cursor.eat_word(&["alternate", "alternating"]) {
            return cursor.eat_word(&["month", "months"]).then_some(OfMonth { every: Some(2) });
        }
        cursor.eat_word(&["every", "each", "ea"]).then_some(())?;
        let every = if cursor.eat_word(&["other", "alternate", "second"]) {
            Some(2)
        } else if let Some(TokenKind::Ordinal(nth)) = cursor.peek(0) {
            cursor.advance(1);
            Some(*nth)
        } else if cursor.eat_word(&["third"]) {
            Some(3)
        } else {
            cursor.eat_count()
        };
        cursor.eat_word(&["month", "months"]).then_some(OfMonth { every })
    })
}
