//! The days of a rule. Costs no more for a rule from 1900 than for one from today, and nothing for days outside the
//! window that is asked for.
//!
//! A pattern is a row of periods (days, weeks or months), each with a number and a set of its days as bits.

use std::iter;

use jiff::Span;
use jiff::civil::Date;

use crate::schedule::days::{DateRange, Months, NthWeekday};
use crate::schedule::rule::{Days, End, Rule};

/// In days, no less than a pattern that occurs at all can wait for its first day: February had a fifth Wednesday in 1888
/// and not again until 1928.
const PATIENCE: i64 = 41 * 366;

/// A period's first day, and which of the days from it on are meant: the lowest bit is the first day's.
type Period = (Date, u32);

impl Rule {
    /// Its days within a window, in order, holidays included: which days those are, a rule does not know. A rule that
    /// needs a first day and has none counts from the window's.
    pub fn dates(&self, within: DateRange) -> impl Iterator<Item = Date> + '_ {
        let past = self.except.partition_point(|range| range.to < within.from);
        let mut except = self.except.iter().skip(past).peekable();
        self.all_dates(within).filter(move |date| {
            while except.next_if(|range| range.to < *date).is_some() {}
            let in_range = except.peek().is_some_and(|range| range.contains(*date));
            !in_range && !self.except_each_year.contains(&(date.month(), date.day()))
        })
    }

    /// The same with the days that are left out: what [`Rule::rrule`] says, before a calendar's `EXDATE`.
    pub fn all_dates(&self, within: DateRange) -> impl Iterator<Item = Date> + '_ {
        let first = self.first.unwrap_or(within.from);
        let mut window = DateRange { from: first.max(within.from), to: within.to };
        match self.end {
            End::Never => {}
            End::On(day) => window.to = window.to.min(day),
            End::After(0) => window = DateRange { from: Date::MAX, to: Date::MIN },
            End::After(count) => {
                window.to = self.meeting(count, first, within.to).unwrap_or(within.to);
            }
        }
        self.pattern(first, window)
    }

    /// Its last day, if it has one: that of the last meeting where they are counted or listed, else the last possible
    /// one. None also where the count is not reached before the year 10000.
    pub fn last_possible(&self) -> Option<Date> {
        let end = match self.end {
            End::Never => None,
            End::On(day) => Some(day),
            End::After(0) => self.first.map(|first| first.yesterday().unwrap_or(Date::MIN)),
            End::After(count) => self.first.and_then(|first| self.meeting(count, first, Date::MAX)),
        };
        match &self.days {
            Days::Dates(dates) => end.into_iter().chain(dates.last().copied()).min(),
            _ => end,
        }
    }

    /// The day of a meeting by its number, from 1; none if that is after a day or never.
    fn meeting(&self, number: u32, first: Date, to: Date) -> Option<Date> {
        let before = number.checked_sub(1)? as usize;
        let alike = matches!(self.days, Days::Daily { .. } | Days::Weekly { .. });
        if !alike || self.months != Months::ALL {
            return self.pattern(first, DateRange { from: first, to }).nth(before);
        }
        // Periods that are all alike need not be walked through.
        let anchor = self.anchor(first)?;
        let period = self.period(anchor)?;
        let index = before + days_of(period).take_while(|day| *day < first).count();
        let each = period.1.count_ones() as usize;
        let later = ((index / each) as u64).saturating_mul(self.days.every());
        let period = self.period(anchor.saturating_add(later))?;
        days_of(period).nth(index % each).filter(|day| *day <= to)
    }

    /// The days of the pattern in its months, nothing left out, counted from a first day.
    fn pattern(&self, first: Date, window: DateRange) -> impl Iterator<Item = Date> + '_ {
        let listed = match &self.days {
            Days::Dates(dates) if window.from <= window.to => {
                Some(dates.range(window.from..=window.to).copied())
            }
            _ => None,
        };
        let listed = listed.into_iter().flatten().filter(|date| self.months.contains(date.month()));
        let numbers = self.numbers(first, window).into_iter().flatten();
        listed.chain(self.walk(numbers, window))
    }

    /// The numbers of the pattern's periods that a window touches.
    fn numbers(&self, first: Date, window: DateRange) -> Option<impl Iterator<Item = u64> + use<>> {
        let every = self.days.every();
        let from = self.days.number(window.from);
        let from = if every == 1 {
            from
        } else {
            let anchor = self.anchor(first)?;
            anchor + from.saturating_sub(anchor) / every * every
        };
        let occurs = !self.months.is_empty() && !matches!(self.days, Days::Dates(_));
        let step = usize::try_from(every).unwrap_or(usize::MAX);
        occurs.then(|| (from..=self.days.number(window.to)).step_by(step))
    }

    /// The number of the period from which others are counted: that of the first meeting.
    fn anchor(&self, first: Date) -> Option<u64> {
        let to = plus_days(first, PATIENCE).unwrap_or(Date::MAX);
        let numbers = self.days.number(first)..=self.days.number(to);
        self.walk(numbers, DateRange { from: first, to }).next().map(|date| self.days.number(date))
    }

    fn walk(
        &self,
        numbers: impl Iterator<Item = u64>,
        window: DateRange,
    ) -> impl Iterator<Item = Date> {
        numbers
            .filter_map(|number| self.period(number))
            .flat_map(days_of)
            .skip_while(move |date| *date < window.from)
            .take_while(move |date| *date <= window.to)
            .filter(|date| self.months.contains(date.month()))
    }

    /// A period by its number; none after the last year, and for a month in which the rule does not apply.
    fn period(&self, number: u64) -> Option<Period> {
        let number = i64::try_from(number).ok()?;
        match &self.days {
            Days::Daily { .. } => Some((plus_days(Date::MIN, number)?, 1)),
            Days::Weekly { on, .. } => {
                let days = on.iter().map(|day| 1 << day.to_monday_zero_offset()).sum();
                Some((plus_days(Date::MIN, number.checked_mul(7)?)?, days))
            }
            Days::MonthlyByWeekday { on, .. } => {
                let month = self.month(number)?;
                Some((month, bits(on.iter().filter_map(|day| day.in_month(month)))))
            }
            Days::MonthlyByDay { on, .. } => {
                let month = self.month(number)?;
                Some((month, bits(on.iter().filter_map(|day| day_of_month(month, *day)))))
            }
            Days::Dates(_) => None,
        }
    }

    /// The first day of a month by its number, if the rule applies in it.
    fn month(&self, number: i64) -> Option<Date> {
        let month = i8::try_from(number % 12).ok()? + 1;
        let year = i64::from(Date::MIN.year()) + number / 12;
        let applies = self.months.contains(month);
        if applies { Date::new(i16::try_from(year).ok()?, month, 1).ok() } else { None }
    }
}

impl Days {
    fn every(&self) -> u64 {
        match self {
            Days::Daily { every }
            | Days::Weekly { every, .. }
            | Days::MonthlyByWeekday { every, .. }
            | Days::MonthlyByDay { every, .. } => u64::from(*every).max(1),
            Days::Dates(_) => 1,
        }
    }

    /// The number of the period that a day is in, from that of the first of all days, which is a Monday.
    fn number(&self, date: Date) -> u64 {
        let days = Date::MIN.duration_until(date).as_hours() / 24;
        let number = match self {
            Days::Daily { .. } | Days::Dates(_) => days,
            Days::Weekly { .. } => days / 7,
            Days::MonthlyByWeekday { .. } | Days::MonthlyByDay { .. } => {
                let years = i64::from(date.year()) - i64::from(Date::MIN.year());
                years * 12 + i64::from(date.month()) - 1
            }
        };
        u64::try_from(number).expect("no day is before the first one")
    }
}

impl NthWeekday {
    /// The day in a month; none where that has no fifth one.
    fn in_month(self, first: Date) -> Option<i8> {
        first.nth_weekday_of_month(self.nth(), self.weekday()).ok().map(Date::day)
    }
}

/// The day by its number, or the last one for −1; none where the month is shorter.
fn day_of_month(first: Date, day: i8) -> Option<i8> {
    let days = first.days_in_month();
    if day == -1 { Some(days) } else { (1..=days).contains(&day).then_some(day) }
}

/// Days of a month by number, as bits.
fn bits(days: impl Iterator<Item = i8>) -> u32 {
    days.fold(0, |bits, day| bits | 1 << (day - 1))
}

fn days_of((first, mut bits): Period) -> impl Iterator<Item = Date> {
    iter::from_fn(move || {
        let day = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        plus_days(first, day.into())
    })
}

fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    const ALL_TIME: DateRange = DateRange { from: Date::MIN, to: Date::MAX };

    fn patterns(every: u32) -> [Days; 4] {
        [
            Days::Daily { every },
            Days::Weekly { every, on: [Weekday::Tuesday, Weekday::Sunday].into_iter().collect() },
            Days::MonthlyByWeekday {
                every,
                on: [NthWeekday::new(5, Weekday::Friday).unwrap()].into(),
            },
            Days::MonthlyByDay { every, on: [31, -1].into() },
        ]
    }

    fn count(rule: &Rule, from: Date, to: Date) -> usize {
        rule.dates(DateRange { from, to }).count()
    }

    #[test]
    fn what_never_occurs_ends() {
        let never = [
            Days::MonthlyByDay { every: 1, on: [30, 31].into() },
            Days::MonthlyByDay { every: 7, on: [30, 31].into() },
            Days::MonthlyByDay { every: 1, on: [0, -2, 32, i8::MAX, i8::MIN].into() },
            Days::MonthlyByDay { every: 2, on: [].into() },
            Days::MonthlyByWeekday { every: 2, on: [].into() },
            Days::Weekly { every: 2, on: [].into_iter().collect() },
            Days::Dates([].into()),
        ];
        for days in never {
            for end in [End::Never, End::After(u32::MAX), End::On(Date::MAX)] {
                let mut rule = Rule::new(days.clone());
                (rule.months, rule.end) = (Months::NONE.with(2), end);
                for first in [None, Some(Date::MIN), Some(date(2026, 1, 31)), Some(Date::MAX)] {
                    rule.first = first;
                    assert_eq!(rule.dates(ALL_TIME).next(), None, "{rule:?}");
                }
            }
        }
        for days in patterns(1) {
            let mut rule = Rule::new(days);
            rule.months = Months::NONE;
            assert_eq!(rule.dates(ALL_TIME).next(), None);
        }
    }

    #[test]
    fn the_longest_step_is_taken_once() {
        let firsts = [Date::MIN, date(2026, 1, 31), Date::MIN, date(2026, 1, 31)];
        for every in [0, 1, 10_000_000, u32::MAX] {
            for (days, first) in patterns(every).into_iter().zip(firsts) {
                let mut rule = Rule::new(days);
                rule.first = Some(first);
                let met = rule.dates(ALL_TIME).take(9).count();
                assert_eq!(met > 2, every < 2, "{rule:?}");
                assert_ne!(met, 0);
                rule.end = End::After(u32::MAX);
                assert_eq!(rule.dates(ALL_TIME).take(9).count(), met);
                rule.first = Some(Date::MAX);
                assert!(rule.dates(ALL_TIME).count() <= 1);
            }
        }
    }

    #[test]
    fn a_window_at_the_edge_of_time_or_turned_round_holds_what_it_can() {
        for days in patterns(1) {
            let rule = Rule::new(days);
            assert!(count(&rule, Date::MIN, Date::MIN) <= 1);
            assert!(count(&rule, Date::MAX, Date::MAX) <= 1);
            assert_eq!(count(&rule, Date::MAX, Date::MIN), 0);
            assert_eq!(count(&rule, date(2026, 11, 30), date(2026, 11, 1)), 0);
        }
        let rule = Rule::new(Days::Dates([Date::MIN, Date::MAX].into()));
        assert_eq!(count(&rule, Date::MIN, Date::MAX), 2);
        assert_eq!(count(&rule, Date::MAX, Date::MIN), 0);
    }

    // Walking through what is before the window would take hours.
    #[test]
    fn a_first_day_long_ago_costs_nothing() {
        for (pattern, days) in patterns(1).into_iter().enumerate() {
            for end in [End::Never, End::On(Date::MAX), End::After(u32::MAX)] {
                // Meetings by the month are counted one by one.
                if pattern > 1 && end == End::After(u32::MAX) {
                    continue;
                }
                let mut rule = Rule::new(days.clone());
                (rule.first, rule.end) = (Some(Date::MIN), end);
                for _ in 0..5_000 {
                    assert_ne!(count(&rule, date(2026, 11, 1), date(2027, 1, 31)), 0);
                    assert_eq!(rule.last_possible().is_some(), end == End::On(Date::MAX));
                }
            }
        }
    }

    #[test]
    fn thousands_of_exceptions_are_left_out_and_passed_over() {
        let mut rule = Rule::new(Days::Daily { every: 1 });
        let day = |number: i64| plus_days(date(2000, 1, 1), number).unwrap();
        rule.except = (0..10_000).map(|number| DateRange::day(day(2 * number))).collect();
        assert_eq!(count(&rule, day(0), day(19_999)), 10_000);
        for number in 0..20_000 {
            assert_eq!(count(&rule, day(number), day(number)) == 1, number % 2 == 1);
        }
    }
}
