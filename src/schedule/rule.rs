//! A rule: what a sentence says about days and hours, in the terms of RFC 5545 §3.3.10.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use crate::schedule::clock::Clock;
use crate::schedule::days::{DateRange, Months, NthWeekday, Weekdays};

/// On which days something happens, and at what hours of them. It has no zone: the hours are those of the wall clock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// The pattern.
    pub days: Days,
    /// Months in which it applies; the whole year unless something was said.
    pub months: Months,
    /// First possible day. Patterns of more than one week, month or day count from the first matching day on or after
    /// it, and have one.
    pub first: Option<Date>,
    /// Where it stops.
    pub end: End,
    /// Days left out, in order and apart from each other.
    pub except: Vec<DateRange>,
    /// Days left out in every year: month (1 to 12) and day (1 to 31).
    pub except_each_year: BTreeSet<(i8, i8)>,
    /// Whether the days that the network calls holidays are left out.
    pub except_holidays: bool,
    /// The hours; none where none were said.
    pub clock: Option<Clock>,
}

/// A pattern of days.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Days {
    /// Every so many days.
    Daily {
        /// 1 for each day.
        every: u32,
    },
    /// On days of the week; weeks begin on Monday.
    Weekly {
        /// 1 for each week.
        every: u32,
        /// Never empty.
        on: Weekdays,
    },
    /// On weekdays by their place in the month.
    MonthlyByWeekday {
        /// 1 for each month.
        every: u32,
        /// Never empty.
        on: BTreeSet<NthWeekday>,
    },
    /// On days of the month by number. A month that has no such day is passed over.
    MonthlyByDay {
        /// 1 for each month.
        every: u32,
        /// 1 to 31, or −1 for the last; never empty.
        on: BTreeSet<i8>,
    },
    /// On these days only.
    Dates(BTreeSet<Date>),
}

/// Where a rule stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum End {
    /// Nowhere.
    #[default]
    Never,
    /// After this day.
    On(Date),
    /// After so many meetings, those counted that [`Rule::except`] leaves out.
    After(u32),
}

impl Rule {
    /// A pattern with nothing else said.
    pub fn new(days: Days) -> Rule {
        Rule {
            days,
            months: Months::ALL,
            first: None,
            end: End::Never,
            except: Vec::new(),
            except_each_year: BTreeSet::new(),
            except_holidays: false,
            clock: None,
        }
    }

    /// The days of the week on which it can fall; none where it can fall on any, as on the 15th of every month.
    pub fn weekdays(&self) -> Option<Weekdays> {
        match &self.days {
            Days::Daily { every: 1 } => Some(Weekdays::ALL),
            Days::Weekly { on, .. } => Some(*on),
            Days::MonthlyByWeekday { on, .. } => Some(on.iter().map(|day| day.weekday()).collect()),
            Days::Dates(dates) => Some(dates.iter().map(|date| date.weekday()).collect()),
            Days::Daily { .. } | Days::MonthlyByDay { .. } => None,
        }
    }

    /// Whether its days can only be told with a day to count from.
    pub fn needs_first(&self) -> bool {
        match &self.days {
            Days::Daily { every }
            | Days::Weekly { every, .. }
            | Days::MonthlyByWeekday { every, .. }
            | Days::MonthlyByDay { every, .. } => *every > 1 || matches!(self.end, End::After(_)),
            Days::Dates(_) => false,
        }
    }
}

/// Every week on one day.
impl From<Weekday> for Days {
    fn from(day: Weekday) -> Days {
        Days::Weekly { every: 1, on: day.into() }
    }
}
