//! The days of a rule. Costs no more for a rule from 1900 than for one from today, and nothing for days outside the
//! window that is asked for.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::schedule::days::{DateRange, NthWeekday, Weekdays};
use crate::schedule::rule::{Days, End, Rule};

impl Rule {
    /// Its days within a window, in order, holidays included: which days those are, a rule does not know.
    pub fn dates(&self, within: DateRange) -> impl Iterator<Item = Date> + '_ {
        let last = self.last_possible();
        let from = self.first.map_or(within.from, |first| first.max(within.from));
        let to = last.map_or(within.to, |last| last.min(within.to));
        let mut except = self.except.iter().peekable();
        self.pattern(DateRange { from, to }).filter(move |date| {
            while except.next_if(|range| range.to < *date).is_some() {}
            except.peek().is_none_or(|range| !range.contains(*date))
        })
    }

    /// Its last day, if it has one: the day of its last meeting as far as that is counted, else the last possible one.
    pub fn last_possible(&self) -> Option<Date> {
        match (self.end, &self.days) {
            (_, Days::Dates(dates)) => dates.last().copied(),
            (End::Never, _) => None,
            (End::On(day), _) => Some(day),
            (End::After(count), _) => {
                let from = self.first?;
                let all = self.pattern(DateRange { from, to: Date::MAX });
                all.take(count as usize).last().or(Some(from))
            }
        }
    }

    /// The days of the pattern in its months, nothing left out.
    fn pattern(&self, window: DateRange) -> Box<dyn Iterator<Item = Date> + '_> {
        let days: Box<dyn Iterator<Item = Date> + '_> = match &self.days {
            Days::Daily { every } => Box::new(self.daily(*every, window)),
            Days::Weekly { every, on } => Box::new(self.weekly(*every, *on, window)),
            Days::MonthlyByWeekday { every, on } => Box::new(
                self.months_of(*every, window)
                    .flat_map(|first| in_order(on.iter().filter_map(|day| day.in_month_of(first)))),
            ),
            Days::MonthlyByDay { every, on } => {
                Box::new(self.months_of(*every, window).flat_map(|first| {
                    in_order(on.iter().filter_map(|day| day_of_month(first, *day)))
                }))
            }
            Days::Dates(dates) => Box::new(dates.iter().copied()),
        };
        Box::new(
            days.skip_while(move |date| *date < window.from)
                .take_while(move |date| *date <= window.to)
                .filter(|date| self.months.contains(date.month())),
        )
    }

    fn daily(&self, every: u32, window: DateRange) -> impl Iterator<Item = Date> + use<> {
        let step = i64::from(every.max(1));
        let from = match self.first {
            Some(first) => plus_days(first, round_up(days_between(first, window.from), step)),
            None => Some(window.from),
        };
        std::iter::successors(from, move |date| plus_days(*date, step))
    }

    fn weekly(
        &self,
        every: u32,
        on: Weekdays,
        window: DateRange,
    ) -> impl Iterator<Item = Date> + use<> {
        let step = i64::from(every.max(1)) * 7;
        // Weeks are counted from that of the first meeting, not from that of the first possible day.
        let anchor = self.first.and_then(|first| {
            (0..7).filter_map(|days| plus_days(first, days)).find(|day| on.contains(day.weekday()))
        });
        let anchor = monday_of(anchor.unwrap_or(window.from));
        let weeks_before = days_between(anchor, window.from).div_euclid(step) * step;
        let monday = plus_days(anchor, weeks_before);
        std::iter::successors(monday, move |monday| plus_days(*monday, step)).flat_map(
            move |monday| {
                on.iter().filter_map(move |day| {
                    plus_days(monday, i64::from(day.to_monday_zero_offset()))
                })
            },
        )
    }

    /// The first days of the months in which a monthly rule may fall, from that of the window's beginning.
    fn months_of(&self, every: u32, window: DateRange) -> impl Iterator<Item = Date> + use<> {
        let step = i64::from(every.max(1));
        let anchor = month_number(self.first_meeting_month().unwrap_or(window.from));
        let from = anchor + (month_number(window.from) - anchor).div_euclid(step) * step;
        (0..).map_while(move |at| first_of_month(from + at * step))
    }

    /// A day in the month from which others are counted: that of the first meeting.
    fn first_meeting_month(&self) -> Option<Date> {
        let first = self.first?;
        let day_in = |month: Date| match &self.days {
            Days::MonthlyByWeekday { on, .. } => {
                on.iter().filter_map(|day| day.in_month_of(month)).filter(|day| *day >= first).min()
            }
            Days::MonthlyByDay { on, .. } => on
                .iter()
                .filter_map(|day| day_of_month(month, *day))
                .filter(|day| *day >= first)
                .min(),
            Days::Daily { .. } | Days::Weekly { .. } | Days::Dates(_) => None,
        };
        let months = (0..).map_while(|at| first_of_month(month_number(first) + at));
        // Four years hold every day that a month can have, a leap day included, but for those around 1900 and 2100.
        months.take(12 * 9).filter(|month| self.months.contains(month.month())).find_map(day_in)
    }
}

impl NthWeekday {
    /// The day in the month that `day` is in; none where the month has no fifth one.
    fn in_month_of(self, day: Date) -> Option<Date> {
        day.nth_weekday_of_month(self.nth(), self.weekday()).ok()
    }
}

/// The day by its number, or the last one for −1; none where the month is shorter.
fn day_of_month(month: Date, day: i8) -> Option<Date> {
    if day == -1 {
        Some(month.last_of_month())
    } else {
        Date::new(month.year(), month.month(), day).ok()
    }
}

fn in_order(days: impl Iterator<Item = Date>) -> Vec<Date> {
    let mut days: Vec<Date> = days.collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().since(Weekday::Monday));
    plus_days(date, -back).unwrap_or(Date::MIN)
}

fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// The smallest multiple of `step` that is not below `days`, and not below 0.
fn round_up(days: i64, step: i64) -> i64 {
    (days.max(0) + step - 1) / step * step
}

/// Months since the year 0.
fn month_number(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

fn first_of_month(number: i64) -> Option<Date> {
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    let month = i8::try_from(number.rem_euclid(12) + 1).ok()?;
    Date::new(year, month, 1).ok()
}
