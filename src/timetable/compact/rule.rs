//! A rule of the compact form: its pattern in the window, and where the timetable says otherwise.

use jiff::civil::{Date, Time, Weekday};
use serde::Serialize;

use crate::schedule::{Clock, DateRange, Days, Months, NthWeekday, Rule};
use crate::timetable::Standing;
use crate::timetable::compact::{day_number, state};

/// `[unit, every, on, months, first, last, start, length, zone, exceptions]`, as [`Dates`](super::Dates) tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Row(u8, u32, Vec<i8>, u16, i64, i64, i64, i64, i64, Vec<i64>);

/// The state of a day without a meeting.
const ABSENT: i64 = 4;

impl Row {
    /// A rule that is no list of dates, with the days on which it gives a meeting; none where there is no such day.
    ///
    /// Exceptions are not told again but found: whatever makes a day of the pattern different, and however many days it
    /// is true of, only days on which the rule would fall are written down.
    pub(super) fn of<'a>(
        rule: &Rule,
        window: DateRange,
        meetings: impl Iterator<Item = (Date, Standing<'a>)>,
        zone: impl FnOnce() -> i64,
    ) -> Option<Row> {
        let (unit, every, on) = match &rule.days {
            Days::Daily { every } => (0, *every, Vec::new()),
            Days::Weekly { every, on } => {
                (1, *every, on.iter().map(Weekday::to_monday_one_offset).collect())
            }
            Days::MonthlyByWeekday { every, on } => {
                let code = |day: &NthWeekday| day.nth() * 8 + day.weekday().to_monday_one_offset();
                (2, *every, on.iter().map(code).collect())
            }
            Days::MonthlyByDay { every, on } => (3, *every, on.iter().copied().collect()),
            Days::Dates(_) => return None,
        };
        let days = states(rule, window, meetings);
        let (first, last) = (days.first()?.0, days.last()?.0);
        let (start, length) = rule.clock.map_or((0, -1), hours);
        let (months, exceptions) = (mask(rule.months), runs(&days));
        Some(Row(unit, every.max(1), on, months, first, last, start, length, zone(), exceptions))
    }

    pub(super) fn zone(&mut self) -> &mut i64 {
        &mut self.8
    }

    /// On which days, and at what hours.
    pub(super) fn halves(&self) -> (RuleDays, RuleHours) {
        let Row(unit, every, on, months, first, last, start, length, zone, exceptions) =
            self.clone();
        (RuleDays(unit, every, on, months, first, last, exceptions), [start, length, zone])
    }
}

/// The days of a rule, as [`Dates`](super::Dates) tells: `[unit, every, on, months, first, last, exceptions]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RuleDays(u8, u32, Vec<i8>, u16, i64, i64, Vec<i64>);

/// The hours of a rule, as [`Dates`](super::Dates) tells: `[start, length, zone]`.
pub type RuleHours = [i64; 3];

/// The days of the rule's pattern, each with the state of its meeting, from the first meeting to the last.
fn states<'a>(
    rule: &Rule,
    window: DateRange,
    meetings: impl Iterator<Item = (Date, Standing<'a>)>,
) -> Vec<(i64, i64)> {
    let mut meetings = meetings.peekable();
    let mut state_on = |date: Date| {
        let standing = meetings.next_if(|(day, _)| *day == date).map(|(_, standing)| standing);
        (day_number(date), standing.map_or(ABSENT, state))
    };
    let mut days: Vec<(i64, i64)> = rule.all_dates(window).map(&mut state_on).collect();
    let is_meeting = |day: &(i64, i64)| day.1 != ABSENT;
    days.truncate(days.iter().rposition(is_meeting).map_or(0, |last| last + 1));
    days.drain(..days.iter().position(is_meeting).unwrap_or(0));
    days
}

/// Neighbours in the pattern that share a state other than as planned: first day, number of days, state.
fn runs(days: &[(i64, i64)]) -> Vec<i64> {
    let runs = days.chunk_by(|one, next| one.1 == next.1).filter(|run| run[0].1 != 0);
    runs.flat_map(|run| [run[0].0, run[run.len() - 1].0 - run[0].0 + 1, run[0].1]).collect()
}

/// The beginning in minutes of the day, and the length by the wall clock; 0 for no end.
fn hours(clock: Clock) -> (i64, i64) {
    let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    let start = minutes(clock.start);
    let length = clock.end.map_or(0, |end| match minutes(end) - start {
        length if length > 0 => length,
        length => length + 24 * 60,
    });
    (start, length)
}

fn mask(months: Months) -> u16 {
    if months == Months::ALL { 0 } else { months.iter().fold(0, |mask, month| mask | 1 << month) }
}
