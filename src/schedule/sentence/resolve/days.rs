//! Which days a draft is about: its patterns at their pace, or its dates.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use super::years::{Said, complete_list, within_fields};
use super::{Fault, Wrong, no_days};
use crate::schedule::days::Weekdays;
use crate::schedule::describe::full_date;
use crate::schedule::rule::Days;
use crate::schedule::sentence::assemble::{Draft, Placed};
use crate::schedule::sentence::items::{Pace, Pattern};
use crate::schedule::sentence::words::{self, Number, Unit};
use crate::schedule::sentence::{Given, Misread, problems};

/// The days of a draft: one set for each rule.
pub(super) fn days(
    draft: &Draft,
    term: &Said,
    given: &Given<'_>,
    length: usize,
) -> Result<Vec<Days>, Fault> {
    let pace = pace(draft)?;
    if !draft.dates.is_empty() {
        return Ok(vec![listed(draft, term, given)?]);
    }
    if draft.patterns.is_empty() {
        return lone_pace(draft, pace, term, length).map(|days| vec![days]);
    }
    if let (Some((Pace { every: 2.., .. }, at)), [_, _, ..]) = (&pace, draft.patterns.as_slice()) {
        return Err(problems::not_for_all(at.clone()).into());
    }
    let mut merged: Vec<Placed<Pattern>> = Vec::new();
    for (pattern, at) in &draft.patterns {
        match merged.last_mut().and_then(|(last, _)| merge(last, pattern)) {
            Some(both) => {
                if let Some((last, place)) = merged.last_mut() {
                    *last = both;
                    place.end = at.end;
                }
            }
            None => merged.push((pattern.clone(), at.clone())),
        }
    }
    merged.iter().map(|pattern| paced(pattern, pace.as_ref()).map_err(Fault::Wrong)).collect()
}

fn pace(draft: &Draft) -> Wrong<Option<Placed<Pace>>> {
    let Some((first, at)) = draft.paces.first() else { return Ok(None) };
    if let Some((_, at)) = draft.paces.iter().find(|(pace, _)| pace != first) {
        return Err(problems::contradiction(
            at.clone(),
            "`{}` does not fit what was said before",
            "keep one of the two",
        ));
    }
    Ok(Some((*first, at.clone())))
}

/// Both patterns as one, if they are of one sort.
fn merge(one: &Pattern, other: &Pattern) -> Option<Pattern> {
    Some(match (one, other) {
        (Pattern::Weekly { every, on, .. }, Pattern::Weekly { every: its_every, on: more, .. })
            if every == its_every =>
        {
            let on = more.iter().fold(*on, Weekdays::with);
            Pattern::Weekly { every: *every, on, number: Number::Many }
        }
        (Pattern::ByWeekday { every, on }, Pattern::ByWeekday { every: its_every, on: more })
            if every == its_every || every.is_none() =>
        {
            Pattern::ByWeekday { every: *its_every, on: on | more }
        }
        (Pattern::ByDay { every, on }, Pattern::ByDay { every: its_every, on: more })
            if every == its_every || every.is_none() =>
        {
            Pattern::ByDay { every: *its_every, on: on | more }
        }
        (Pattern::Daily { every }, Pattern::Daily { every: its_every }) if every == its_every => {
            one.clone()
        }
        _ => return None,
    })
}

/// A pattern with the pace that was said beside it.
fn paced((pattern, at): &Placed<Pattern>, pace: Option<&Placed<Pace>>) -> Wrong<Days> {
    let differs = |at: &Range<usize>, help: &str| {
        problems::contradiction(at.clone(), "`{}` does not fit the days", help.to_owned())
    };
    let said = |every: &Option<u32>, unit: Unit, help: &str| match (every, pace) {
        (every, None) => Ok(every.unwrap_or(1)),
        (Some(every), Some((pace, _))) if pace.unit == unit && pace.every == *every => Ok(*every),
        (None, Some((pace, _))) if pace.unit == unit => Ok(pace.every),
        (_, Some((_, at))) => Err(differs(at, help)),
    };
    Ok(match pattern {
        Pattern::Daily { every } => match pace {
            Some((_, at)) => {
                return Err(differs(at, "write `daily` alone, or the days of the week"));
            }
            None => Days::Daily { every: *every },
        },
        Pattern::Weekly { every, on, .. } => {
            if let Some((pace, _)) = pace
                && pace.unit == Unit::Month
            {
                return Err(which_of_month(at.clone(), *on));
            }
            let help = "keep one of the two, such as `every other Tuesday`";
            Days::Weekly { every: said(every, Unit::Week, help)?, on: *on }
        }
        Pattern::ByWeekday { every, on } => {
            let help = "write `1st and 3rd Tuesday of the month`, or `every other Tuesday` with its first date";
            Days::MonthlyByWeekday { every: said(every, Unit::Month, help)?, on: on.clone() }
        }
        Pattern::ByDay { every, on } => {
            let help = "write `15th of the month`, or the days of the week";
            Days::MonthlyByDay { every: said(every, Unit::Month, help)?, on: on.clone() }
        }
    })
}

/// `monthly on Tuesdays`, `once a month on a Tuesday`
fn which_of_month(at: Range<usize>, on: Weekdays) -> Misread {
    let name = on.iter().next().map_or("Tuesday", words::weekday_name);
    problems::question(
        at,
        format!("a month has four or five {name}s"),
        format!("which one? write `1st {name} of the month`"),
    )
}

/// What `weekly` or `10 weeks` mean without a day: that of the first date, if the sentence gives it.
fn lone_pace(
    draft: &Draft,
    pace: Option<Placed<Pace>>,
    term: &Said,
    length: usize,
) -> Result<Days, Fault> {
    let weeks = draft.counts.iter().any(|((_, unit), _)| *unit == Unit::Week);
    let every = match &pace {
        Some((pace, _)) if pace.unit == Unit::Week => Some(pace.every),
        None if weeks => Some(1),
        _ => None,
    };
    // A month is no first date.
    let dated = draft
        .terms
        .iter()
        .find_map(|(term, _)| term.from.as_ref())
        .is_some_and(|from| from.day.is_some());
    if let (Some(every), Some((date, _)), true) = (every, &term.from, dated) {
        return Ok(Days::Weekly { every, on: date.weekday().into() });
    }
    let at = draft.place(length);
    let help = match (&pace, &draft.frequency) {
        (Some((pace, _)), _) if pace.unit == Unit::Month => {
            "on which day of the month? write `2nd Tuesday of the month` or `15th of the month`"
        }
        (_, Some(((_, Unit::Month), _))) => {
            "on which days of the month? write `1st and 3rd Tuesday`"
        }
        (Some(_), _) | (_, Some(_)) => "on which day of the week? write `Tuesdays, 7–8:30 pm`",
        _ if weeks => {
            "on which day of the week, from which date? write `10 Mondays from 5 October 2026`"
        }
        _ => match (&term.from, &term.to) {
            (Some(_), Some(_)) => {
                "on each of the days, or on some of them? write `daily from …` or `Mondays from …`"
            }
            _ => return Err(Fault::Open(no_days(at))),
        },
    };
    Err(Fault::Open(problems::question(
        at,
        "`{}` does not say on which days",
        format!("{help}; {}", problems::SAY),
    )))
}

/// Dates by themselves.
fn listed(draft: &Draft, term: &Said, given: &Given<'_>) -> Wrong<Days> {
    let dates = complete_list(&draft.dates, (given.starts, given.ends))?;
    for (date, at) in &dates {
        within_fields(*date, at, given)?;
    }
    let (_, first_at) = &dates[0];
    let told = term.from.as_ref().or(term.to.as_ref()).map(|(_, at)| at);
    let pattern = draft.patterns.first().map(|(_, at)| at);
    let paced = draft.paces.first().map(|(_, at)| at);
    let several = draft.counts.iter().any(|((count, _), _)| *count > 1);
    if let [(date, at)] = dates.as_slice()
        && (several || pattern.or(paced).is_some())
    {
        let name = words::weekday_name(date.weekday());
        return Err(problems::question(
            at.clone(),
            "it is not clear what `{}` is beside the rest",
            format!("is it the first one? write `from`, as in `{name}s from {}`", full_date(*date)),
        ));
    }
    if let Some(at) = told.or(paced) {
        return Err(problems::question(
            at.clone(),
            "`{}` stands beside single dates",
            "do people meet on the dates only? keep them, or the days of the week with `from` and `until`",
        ));
    }
    for (pattern, _) in &draft.patterns {
        let fits = match pattern {
            Pattern::Weekly { on, every: None, .. } => {
                dates.iter().find(|(date, _)| !on.contains(date.weekday()))
            }
            _ => Some(&(dates[0].0, first_at.clone())),
        };
        if let Some((date, at)) = fits {
            return Err(problems::contradiction(
                at.clone(),
                format!("{} is a {}", full_date(*date), words::weekday_name(date.weekday())),
                "correct it, or leave the days of the week out",
            ));
        }
    }
    Ok(Days::Dates(dates.into_iter().map(|(date, _)| date).collect()))
}

pub(super) fn check_count_of_dates(draft: &Draft, listed: usize) -> Wrong<()> {
    let fits = |count: u32, unit: Unit| {
        matches!(unit, Unit::Meeting | Unit::Week) && usize::try_from(count) == Ok(listed)
    };
    match draft.counts.iter().find(|((count, unit), _)| !fits(*count, *unit)) {
        Some((_, at)) => {
            let dates = if listed == 1 { "1 date is" } else { &format!("{listed} dates are") };
            let problem = format!("`{{}}` does not fit: {dates} listed");
            Err(problems::contradiction(at.clone(), problem, "correct the number, or leave it out"))
        }
        None => Ok(()),
    }
}

pub(super) fn check_months_of_dates(draft: &Draft, dates: &BTreeSet<Date>) -> Wrong<()> {
    match &draft.months {
        Some((months, at)) if !dates.iter().all(|date| months.contains(date.month())) => {
            let problem = "a date lies outside `{}`";
            Err(problems::contradiction(at.clone(), problem, "take one of them out"))
        }
        _ => Ok(()),
    }
}

/// How often something was said to be must agree with its days.
pub(super) fn check_frequency(draft: &Draft, all: &[Days]) -> Wrong<()> {
    let Some(((times, per), at)) = &draft.frequency else { return Ok(()) };
    let times = usize::try_from(*times).unwrap_or(usize::MAX);
    let fits = match (per, all) {
        (Unit::Month, [Days::Dates(dates)]) => {
            // As many in a month as were said, or fewer at the ends.
            let months: Vec<Date> = dates.iter().map(|date| date.first_of_month()).collect();
            let counts = months.chunk_by(|one, other| one == other).map(<[Date]>::len);
            counts.max() == Some(times)
        }
        (Unit::Month, _) => all.iter().map(per_month).sum::<Option<usize>>() == Some(times),
        (Unit::Week, _) => all.iter().map(per_week).sum::<Option<usize>>() == Some(times),
        _ => times == 1 && matches!(all, [Days::Daily { every: 1 }]),
    };
    if fits {
        return Ok(());
    }
    if let (Unit::Month, [Days::Weekly { every: 1, on }]) = (per, all) {
        return Err(which_of_month(at.clone(), *on));
    }
    Err(problems::contradiction(
        at.clone(),
        "`{}` does not fit the days",
        format!(
            "leave it out, or write the days: `1st and 3rd Tuesday` are two a month; {}",
            problems::SAY
        ),
    ))
}

fn per_month(days: &Days) -> Option<usize> {
    match days {
        Days::MonthlyByWeekday { every: 1, on } => Some(on.len()),
        Days::MonthlyByDay { every: 1, on } => Some(on.len()),
        Days::Weekly { every: 2, on } => Some(2 * on.len()),
        _ => None,
    }
}

fn per_week(days: &Days) -> Option<usize> {
    match days {
        Days::Weekly { every: 1, on } => Some(on.len()),
        Days::Daily { every: 1 } => Some(7),
        _ => None,
    }
}
