//! Dates in full: which year is meant, whether there is such a day, and whether it fits the fields.

use std::ops::Range;

use jiff::civil::Date;

use super::Wrong;
use crate::schedule::sentence::assemble::{Draft, Placed};
use crate::schedule::sentence::items::{PartDate, Term};
use crate::schedule::sentence::words::{self, month_name};
use crate::schedule::sentence::{Given, Misread, problems};

/// First and last day that the sentence itself gives, with their places.
#[derive(Default)]
pub(super) struct Said {
    pub(super) from: Option<Placed<Date>>,
    pub(super) to: Option<Placed<Date>>,
}

pub(super) fn term(draft: &Draft, given: &Given<'_>) -> Wrong<Said> {
    let mut all = Term::default();
    for (term, at) in &draft.terms {
        for (slot, said) in [(&mut all.from, &term.from), (&mut all.to, &term.to)] {
            match (&slot, said) {
                (Some(one), Some(other)) if one != other => {
                    return Err(problems::contradiction(
                        at.clone(),
                        "`{}` does not fit what was said before",
                        "keep one of the two",
                    ));
                }
                (None, Some(said)) => *slot = Some(said.clone()),
                _ => {}
            }
        }
    }
    let Term { mut from, mut to } = all;
    if let (Some(from), Some(to)) = (&mut from, &mut to) {
        share_year(from, to);
    }
    let window = (given.starts, given.ends);
    let from = from.map(|part| complete(&part, window, Side::First)).transpose()?;
    let window = (from.as_ref().map(|(date, _)| *date).or(given.starts), given.ends);
    let to = to.map(|part| complete(&part, window, Side::Last)).transpose()?;
    if let (Some((from, _)), Some((to, at))) = (&from, &to)
        && to < from
    {
        return Err(problems::impossible(
            at.clone(),
            "`{}` lies before the first day",
            "swap the two dates, or correct the year",
        ));
    }
    for (date, at) in [&from, &to].into_iter().flatten() {
        within_fields(*date, at, given)?;
    }
    Ok(Said { from, to })
}

pub(super) fn within_fields(date: Date, at: &Range<usize>, given: &Given<'_>) -> Wrong<()> {
    let (word, field, other) = match (given.starts, given.ends) {
        (Some(starts), _) if date < starts => ("before", "starts", starts),
        (_, Some(ends)) if date > ends => ("after", "ends", ends),
        _ => return Ok(()),
    };
    Err(problems::contradiction(
        at.clone(),
        format!("`{{}}` lies {word} `{field}` ({other})"),
        format!("correct the sentence or `{field}`, so that both say the same"),
    ))
}

/// The ends of a range lend each other their year.
pub(super) fn share_year(from: &mut PartDate, to: &mut PartDate) {
    let order = |part: &PartDate| (part.month, part.day.unwrap_or(0));
    let wraps = (order(from).0, from.day) > (order(to).0, to.day) && order(from) > order(to);
    match (from.year, to.year) {
        (None, Some(year)) => from.year = Some(year - u32::from(wraps)),
        (Some(year), None) => to.year = Some(year + u32::from(wraps)),
        _ => {}
    }
}

/// Which day of a month without a day is meant.
#[derive(Clone, Copy)]
pub(super) enum Side {
    First,
    Last,
}

pub(super) fn complete(
    part: &PartDate,
    (first, last): (Option<Date>, Option<Date>),
    side: Side,
) -> Wrong<Placed<Date>> {
    if let Some(year) = part.year {
        return Ok((in_year(part, year, side)?, part.at.clone()));
    }
    let only = first.zip(last).and_then(|(first, last)| {
        let years = first.year()..=last.year();
        let mut found = years.filter_map(|year| {
            let date = in_year(part, u32::try_from(year).ok()?, side).ok()?;
            (first <= date && date <= last).then_some(date)
        });
        let date = found.next()?;
        found.next().is_none().then_some(date)
    });
    match only {
        Some(date) => Ok((date, part.at.clone())),
        None => {
            // A day that is in no year is wrong, not open.
            in_year(part, 2028, side)
                .map(|_| ())
                .or_else(|wrong| if part.weekday.is_some() { Ok(()) } else { Err(wrong) })?;
            Err(no_year(part))
        }
    }
}

/// A year, with the month and day that were said with it.
type Dated = (u32, (u32, Option<u32>));

/// Completes dates that stand together: those without a year take it from the next that has one, else from the last.
pub(super) fn complete_list(
    parts: &[PartDate],
    window: (Option<Date>, Option<Date>),
) -> Wrong<Vec<Placed<Date>>> {
    let mut parts = parts.to_vec();
    let order = |part: &PartDate| (part.month, part.day);
    let mut before: Vec<Option<Dated>> = Vec::new();
    let mut last = None;
    for part in &parts {
        before.push(last);
        last = part.year.map(|year| (year, order(part))).or(last);
    }
    let mut next: Option<Dated> = None;
    for at in (0..parts.len()).rev() {
        let part = &mut parts[at];
        if part.year.is_none() {
            let backward = next.map(|(year, after)| year - u32::from(order(part) > after));
            let forward = before[at].map(|(year, earlier)| year + u32::from(order(part) < earlier));
            if let (Some(backward), Some(forward)) = (backward, forward)
                && backward != forward
            {
                return Err(no_year(part));
            }
            part.year = backward.or(forward);
        }
        next = part.year.map(|year| (year, order(part))).or(next);
    }
    parts.iter().map(|part| complete(part, window, Side::First)).collect()
}

pub(super) fn in_year(part: &PartDate, year: u32, side: Side) -> Wrong<Date> {
    let month = i8::try_from(part.month).ok().filter(|month| (1..=12).contains(month));
    let first = month
        .zip(i16::try_from(year).ok())
        .and_then(|(month, year)| Date::new(year, month, 1).ok());
    let first = first.filter(|_| (1900..=2200).contains(&year)).ok_or_else(|| {
        problems::impossible(
            part.at.clone(),
            "`{}` is no day in any calendar",
            "a date is year-month-day, from 1900 to 2200, as in `2027-01-06`",
        )
    })?;
    let Some(day) = part.day else {
        return Ok(match side {
            Side::First => first,
            Side::Last => first.last_of_month(),
        });
    };
    let date =
        i8::try_from(day).ok().and_then(|day| Date::new(first.year(), first.month(), day).ok());
    let date = date.ok_or_else(|| {
        problems::impossible(
            part.at.clone(),
            "`{}` is no day in any calendar",
            format!("{} {year} has {} days", month_name(first.month()), first.days_in_month()),
        )
    })?;
    match part.weekday {
        Some(weekday) if weekday != date.weekday() => {
            let right = words::weekday_name(date.weekday());
            Err(problems::contradiction(
                part.at.clone(),
                format!("{day} {} {year} is a {right}", month_name(first.month())),
                format!("correct the date, or write `{right}`"),
            ))
        }
        _ => Ok(date),
    }
}

pub(super) fn no_year(part: &PartDate) -> Misread {
    let month = month_name(i8::try_from(part.month).unwrap_or_default());
    let example = match part.day {
        Some(day) => format!("{day} {month} 2027"),
        None => format!("{month} 2027"),
    };
    problems::question(
        part.at.clone(),
        "`{}` has no year",
        format!("of which year? add it, as in `{example}`"),
    )
}
