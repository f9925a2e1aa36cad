//! How many meetings there are, and from which day they are counted.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use super::Wrong;
use super::years::{Said, within_fields};
use crate::schedule::days::DateRange;
use crate::schedule::rule::{Days, End, Rule};
use crate::schedule::sentence::assemble::Draft;
use crate::schedule::sentence::words::Unit;
use crate::schedule::sentence::{Given, Misread, problems};

/// Turns `10 weeks` into a number of meetings or a last day.
pub(super) fn count(draft: &Draft, rule: &mut Rule, term: &Said, given: &Given<'_>) -> Wrong<()> {
    let Some(((count, unit), at)) = draft.counts.first() else { return Ok(()) };
    if let Some((_, at)) = draft.counts.iter().find(|(other, _)| other != &(*count, *unit)) {
        return both_counts(draft, rule, at);
    }
    let set = |rule: &mut Rule, meetings: Option<u32>| match meetings {
        Some(meetings) => {
            rule.end = End::After(meetings);
            Ok(())
        }
        None => Err(problems::question(
            at.clone(),
            "`{}` leaves open how many meetings there are",
            "how many? write `6 meetings`, or give the last date with `until`",
        )),
    };
    let on = u32::try_from(match &rule.days {
        Days::Weekly { on, .. } => on.len(),
        Days::MonthlyByWeekday { on, .. } => on.len(),
        Days::MonthlyByDay { on, .. } => on.len(),
        Days::Daily { .. } | Days::Dates(_) => 1,
    })
    .unwrap_or(1);
    let meetings = match (unit, &rule.days) {
        (Unit::Meeting, _) => Some(*count),
        (Unit::Week, Days::Weekly { every, .. }) => Some(count.div_ceil(*every).saturating_mul(on)),
        (Unit::Week, Days::Daily { every: 1 }) => Some(count.saturating_mul(7)),
        (Unit::Day, Days::Daily { every }) => Some(count.div_ceil(*every)),
        (Unit::Month, Days::MonthlyByWeekday { every, .. } | Days::MonthlyByDay { every, .. }) => {
            Some(count.div_ceil(*every).saturating_mul(on))
        }
        (Unit::Month, Days::Weekly { .. } | Days::Daily { .. }) => {
            let Some(first) = rule.first else { return set(rule, Some(1)) };
            let past = first.checked_add(Span::new().months(i64::from(*count)));
            let last = past.and_then(Date::yesterday).unwrap_or(first);
            rule.end = End::On(last);
            return within_fields(last, at, given);
        }
        _ => None,
    };
    let meetings = meetings.filter(|meetings| *meetings <= 2_000);
    set(rule, meetings)?;
    // Without a first day the question comes later; with one, the last meeting must lie in the term.
    let Some(last) = rule.first.and_then(|_| rule.last_possible()) else { return Ok(()) };
    if let Some(ends) = given.ends.filter(|ends| last > *ends) {
        return Err(problems::contradiction(
            at.clone(),
            format!("`{{}}` go on until {last}, after `ends` ({ends})"),
            "correct the number or `ends`, so that both say the same",
        ));
    }
    if let Some((to, to_at)) = &term.to {
        let next = Rule { end: End::On(*to), ..rule.clone() };
        let reaches = next.dates(DateRange { from: Date::MIN, to: *to }).count();
        if u32::try_from(reaches) != Ok(meetings.unwrap_or(0)) {
            return Err(problems::contradiction(
                to_at.clone(),
                format!(
                    "`{{}}` does not fit the number of meetings: until then there are {reaches}"
                ),
                "correct one of the two, or leave it out",
            ));
        }
    }
    Ok(())
}

/// `6 sessions over 12 weeks`: two counts that have to mean the same.
fn both_counts(draft: &Draft, rule: &mut Rule, at: &Range<usize>) -> Wrong<()> {
    let Some(((meetings, _), _)) =
        draft.counts.iter().find(|((_, unit), _)| *unit == Unit::Meeting)
    else {
        return Err(problems::contradiction(
            at.clone(),
            "`{}` does not fit what was said before",
            "keep one of the two",
        ));
    };
    let fits = draft.counts.iter().all(|((count, unit), _)| match (unit, &rule.days) {
        (Unit::Meeting, _) => count == meetings,
        (Unit::Week, Days::Weekly { every, on }) => u32::try_from(on.len())
            .is_ok_and(|on| count.div_ceil(*every).saturating_mul(on) == *meetings),
        _ => false,
    });
    if !fits || *meetings > 2_000 {
        return Err(problems::contradiction(
            at.clone(),
            "`{}` does not fit the other number",
            "keep one of the two",
        ));
    }
    rule.end = End::After(*meetings);
    Ok(())
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
