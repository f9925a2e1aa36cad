//! How many meetings there are, and from which day they are counted.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use super::Wrong;
use super::years::Said;
use crate::schedule::days::DateRange;
use crate::schedule::rule::{Days, End, Rule};
use crate::schedule::sentence::assemble::Draft;
use crate::schedule::sentence::words::Unit;
use crate::schedule::sentence::{Given, Misread, problems};

/// The most meetings that are counted: ten years of weekdays are fewer than three thousand.
const MOST: u32 = 3_000;

/// Turns `10 weeks` into a number of meetings or a last day, which must agree with what else the sentence and the fields
/// say of the end.
pub(super) fn count(draft: &Draft, rule: &mut Rule, term: &Said, given: &Given<'_>) -> Wrong<()> {
    let Some(((count, unit), at)) = draft.counts.first() else { return Ok(()) };
    let counted = |count, unit, at: &Range<usize>| {
        end(count, unit, rule).ok_or_else(|| {
            problems::question(
                at.clone(),
                "`{}` leaves open how many meetings there are",
                "how many? write `6 meetings`, or give the last date with `until`",
            )
        })
    };
    let end = counted(*count, *unit, at)?;
    for ((count, unit), at) in &draft.counts {
        if counted(*count, *unit, at)? != end {
            let problem = "`{}` does not fit the other number";
            return Err(problems::contradiction(at.clone(), problem, "keep one of the two"));
        }
    }
    let counted = Rule { end, ..rule.clone() };
    // Without a first day the question comes later; with one, the last meeting must lie in the term.
    if let Some(last) = rule.first.and_then(|_| counted.last_possible()) {
        if let Some(ends) = given.ends.filter(|ends| last > *ends) {
            return Err(problems::contradiction(
                at.clone(),
                format!("`{{}}` go on until {last}, after `ends` ({ends})"),
                "correct the number or `ends`, so that both say the same",
            ));
        }
        if let Some((to, at)) = &term.to {
            same_meetings(&counted, *to, at)?;
        }
    }
    *rule = counted;
    Ok(())
}

/// A count of meetings and a last day must mean the same.
fn same_meetings(counted: &Rule, to: Date, at: &Range<usize>) -> Wrong<()> {
    let until = Rule { end: End::On(to), ..counted.clone() };
    let always = DateRange { from: Date::MIN, to: Date::MAX };
    let (meetings, reached) = (counted.dates(always).count(), until.dates(always).count());
    if meetings == reached {
        return Ok(());
    }
    Err(problems::contradiction(
        at.clone(),
        format!("`{{}}` does not fit the number of meetings: there are {reached} until then"),
        "correct one of the two, or leave it out",
    ))
}

/// Where a rule ends after so many units; none where that is not clear.
fn end(count: u32, unit: Unit, rule: &Rule) -> Option<End> {
    let on = u32::try_from(match &rule.days {
        Days::Weekly { on, .. } => on.len(),
        Days::MonthlyByWeekday { on, .. } => on.len(),
        Days::MonthlyByDay { on, .. } => on.len(),
        Days::Daily { .. } | Days::Dates(_) => 1,
    })
    .ok()?;
    let meetings = match (unit, &rule.days) {
        (Unit::Meeting, _) => count,
        (Unit::Week, Days::Weekly { every, .. }) => count.div_ceil(*every).checked_mul(on)?,
        (Unit::Week, Days::Daily { every: 1 }) => count.checked_mul(7)?,
        (Unit::Day, Days::Daily { every }) => count.div_ceil(*every),
        (Unit::Month, Days::MonthlyByWeekday { every, .. } | Days::MonthlyByDay { every, .. }) => {
            count.div_ceil(*every).checked_mul(on)?
        }
        (Unit::Month, Days::Weekly { .. } | Days::Daily { .. }) => {
            // Without a first day this asks for one, as every count does.
            let Some(first) = rule.first else { return Some(End::After(1)) };
            let past = first.checked_add(Span::new().months(i64::from(count))).ok()?;
            return past.yesterday().ok().map(End::On);
        }
        _ => return None,
    };
    (meetings <= MOST).then_some(End::After(meetings))
}

pub(super) fn no_anchor(at: Range<usize>, rule: &Rule) -> Misread {
    let names = ["4", "5", "6", "7", "8", "9", "10"];
    let day = rule.weekdays().and_then(|days| days.iter().next());
    let example =
        day.map_or("6", |day| names[usize::try_from(day.to_monday_zero_offset()).unwrap_or(0)]);
    let what =
        if matches!(rule.end, End::After(_)) { "when the first one is" } else { "which ones" };
    problems::question(
        at,
        format!("`{{}}` does not say {what}"),
        format!(
            "when is the first one? add its date, as in `from {example} January 2027`, or as `starts:`; {}",
            problems::SAY
        ),
    )
}
