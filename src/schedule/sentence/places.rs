//! Places in the month and days of it: `1st and 3rd Tuesday`, `last Friday`, `15th of the month`.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Weekday;

use super::cursor::Cursor;
use super::items::{Kind, Pattern};
use super::patterns::Found;
use super::tokens::TokenKind;
use super::words::{self, Number};
use super::{Misread, limits, problems};
use crate::schedule::days::NthWeekday;

/// Reads `1st and 3rd Tuesday`, `last day of the month`, `15th of every month`. `said_every` is whether `every` stood before.
pub(super) fn ordinals(cursor: &mut Cursor<'_>, said_every: bool) -> Option<Found> {
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

pub(super) fn by_weekday(every: Option<u32>, pairs: Vec<(i32, Weekday, Range<usize>)>) -> Found {
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
