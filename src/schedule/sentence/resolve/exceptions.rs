//! What is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::Wrong;
use super::years::{Side, complete, complete_list, in_year, no_year, share_year};
use crate::schedule::days::{DateRange, Months, NthWeekday, Weekdays};
use crate::schedule::describe::full_date;
use crate::schedule::rule::{Days, Rule};
use crate::schedule::sentence::assemble::Draft;
use crate::schedule::sentence::items::{Exception, PartDate};
use crate::schedule::sentence::words::weekday_name;
use crate::schedule::sentence::{Misread, problems};

/// A single day that is left out, as the sentence says it.
#[derive(Clone)]
pub(super) struct LeftOut {
    date: Date,
    at: Range<usize>,
    /// Whether the rule has a meeting on it.
    planned: bool,
    /// Whether the rule's meetings fall on its day of the week.
    fits_weekday: bool,
}

/// Days that are left out although no rule of the sentence has a meeting on them.
pub(super) fn without_meeting(all: Vec<LeftOut>) -> impl Iterator<Item = Misread> {
    let mut days: BTreeMap<usize, LeftOut> = BTreeMap::new();
    for out in all {
        let known = days.entry(out.at.start).or_insert_with(|| out.clone());
        known.planned |= out.planned;
        known.fits_weekday |= out.fits_weekday;
    }
    days.into_values().filter(|out| !out.planned).map(
        |LeftOut { date, at, fits_weekday, .. }| {
            let (day, name) = (full_date(date), weekday_name(date.weekday()));
            let message = if fits_weekday {
                format!("no meeting is planned on {day}")
            } else {
                format!("{day} is a {name}: no meeting is planned on it")
            };
            problems::contradiction(at, message, "correct the date, or take it out")
        },
    )
}

/// Leaves out what the sentence leaves out, and tells the single days with a year among it.
pub(super) fn except(draft: &Draft, rule: &mut Rule) -> Wrong<Vec<LeftOut>> {
    let mut single = Vec::new();
    let last = rule.last_possible();
    let first = rule.first.or(match &rule.days {
        Days::Dates(dates) => dates.first().copied(),
        _ => None,
    });
    let window = (first, last);
    let all_months = rule.months;
    for (exception, at) in &draft.except {
        match exception {
            Exception::Holidays => rule.except_holidays = true,
            Exception::Months(months) => {
                if !months.iter().any(|month| all_months.contains(month)) {
                    return Err(nothing_left_out(at));
                }
                let kept = rule.months.iter().filter(|month| !months.contains(*month));
                rule.months = kept.collect();
                if rule.months.is_empty() {
                    let help = "write the months in which people meet";
                    return Err(problems::impossible(at.clone(), "`{}` leaves no month", help));
                }
            }
            Exception::Weekdays(days) => rule.days = without(&rule.days, *days, at)?,
            Exception::Places(places, day) => {
                rule.days = without_places(&rule.days, places, *day, at)?;
            }
            Exception::Dates(dates) if dates.iter().all(|date| date.year.is_none()) => {
                for date in dates {
                    let day = of_every_year(date)?;
                    rule.except_each_year.insert((day.month(), day.day()));
                }
            }
            Exception::Range(from, to) if from.year.or(to.year).is_none() => {
                rule.except_each_year.extend(each_year(from, to)?);
            }
            Exception::Dates(dates) => {
                single.extend(complete_list(dates, window)?);
            }
            Exception::Range(from, to) => {
                rule.except.push(range(from, to, window)?);
            }
        }
    }
    let left_out = single.into_iter().map(|(date, at)| LeftOut {
        date,
        at,
        planned: rule.all_dates(DateRange::day(date)).next().is_some(),
        fits_weekday: rule.weekdays().is_none_or(|days| days.contains(date.weekday())),
    });
    let left_out: Vec<LeftOut> = left_out.collect();
    // What another rule of the sentence plans is nothing to this one.
    let planned = left_out.iter().filter(|out| out.planned);
    rule.except.extend(planned.map(|out| DateRange::day(out.date)));
    from_dates(draft, rule)?;
    Ok(left_out)
}

/// A range with its years.
fn range(from: &PartDate, to: &PartDate, window: (Option<Date>, Option<Date>)) -> Wrong<DateRange> {
    let (mut from, mut to) = (from.clone(), to.clone());
    share_year(&mut from, &mut to);
    let (from, _) = complete(&from, window, Side::First)?;
    let (to, to_at) = complete(&to, (Some(from), window.1), Side::Last)?;
    if to < from {
        return Err(problems::impossible(
            to_at,
            "`{}` lies before the first day",
            "swap the two dates, or correct the year",
        ));
    }
    Ok(DateRange { from, to })
}

fn nothing_left_out(at: &Range<usize>) -> Misread {
    problems::contradiction(
        at.clone(),
        "`{}` leaves nothing out: nobody would meet then",
        "correct it, or take it out",
    )
}

/// Leaves out of dates what the rule leaves out: they need no exceptions then but holidays, which only a site knows.
fn from_dates(draft: &Draft, rule: &mut Rule) -> Wrong<()> {
    let Days::Dates(dates) = &mut rule.days else { return Ok(()) };
    let Some((_, at)) = draft.except.iter().find(|(one, _)| *one != Exception::Holidays) else {
        return Ok(());
    };
    let all = dates.len();
    dates.retain(|date| {
        rule.months.contains(date.month())
            && !rule.except.iter().any(|range| range.contains(*date))
            && !rule.except_each_year.contains(&(date.month(), date.day()))
    });
    rule.months = Months::ALL;
    rule.except.clear();
    rule.except_each_year.clear();
    if dates.len() == all {
        return Err(nothing_left_out(at));
    }
    if dates.is_empty() {
        return Err(nothing_left(at));
    }
    Ok(())
}

/// Days of every year, from one to another, which may go past the end of the year.
fn each_year(from: &PartDate, to: &PartDate) -> Wrong<Vec<(i8, i8)>> {
    let (first, last) = (of_every_year(from)?, of_every_year(to)?);
    let next = |day: &Date| match day.tomorrow() {
        Ok(next) if next.year() == day.year() => Some(next),
        _ => Some(day.first_of_year()),
    };
    // No year has more days than this one.
    let days = std::iter::successors(Some(first), next).take(366);
    let mut days: Vec<Date> = days.take_while(|day| *day != last).collect();
    days.push(last);
    Ok(days.into_iter().map(|day| (day.month(), day.day())).collect())
}

/// A day without a year, in a leap year.
fn of_every_year(part: &PartDate) -> Wrong<Date> {
    if part.weekday.is_some() {
        return Err(no_year(part));
    }
    in_year(part, 2028, Side::First)
}

fn not_here(at: &Range<usize>) -> Misread {
    let help = "write the days on which people meet";
    problems::not_understood(at.clone(), "`{}` cannot be left out here", help)
}

/// `every Tuesday except the 2nd`: the other places in the month are left.
fn without_places(
    days: &Days,
    out: &BTreeSet<i8>,
    of: Option<Weekday>,
    at: &Range<usize>,
) -> Wrong<Days> {
    let all: BTreeSet<NthWeekday> = match days {
        Days::Weekly { every: 1, on } if of.is_some() || on.len() == 1 => on
            .iter()
            .flat_map(|day| (1..=5).filter_map(move |nth| NthWeekday::new(nth, day)))
            .collect(),
        _ => return Err(not_here(at)),
    };
    let is_out = |place: &NthWeekday| {
        out.contains(&place.nth()) && of.is_none_or(|day| place.weekday() == day)
    };
    let left: BTreeSet<NthWeekday> = all.iter().copied().filter(|place| !is_out(place)).collect();
    if left.len() == all.len() {
        return Err(nothing_left_out(at));
    }
    if left.is_empty() {
        return Err(nothing_left(at));
    }
    Ok(Days::MonthlyByWeekday { every: 1, on: left })
}

fn nothing_left(at: &Range<usize>) -> Misread {
    let help = "write the days on which people meet";
    problems::impossible(at.clone(), "`{}` leaves no day", help)
}

/// `daily except Sundays`
fn without(days: &Days, out: Weekdays, at: &Range<usize>) -> Wrong<Days> {
    let (every, on) = match days {
        Days::Daily { every: 1 } => (1, Weekdays::ALL),
        Days::Weekly { every, on } => (*every, *on),
        _ => return Err(not_here(at)),
    };
    let left = out.iter().fold(on, Weekdays::without);
    if left == on {
        return Err(nothing_left_out(at));
    }
    if left.is_empty() {
        return Err(nothing_left(at));
    }
    Ok(Days::Weekly { every, on: left })
}
