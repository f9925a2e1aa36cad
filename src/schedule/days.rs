//! Sets of days that rules are made of.

use std::fmt;

use jiff::civil::{Date, Weekday};

/// Days of the week, Monday first.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Weekdays(u8);

/// Months of the year, January being 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Months(u16);

/// A weekday by its place in the month, such as the third Tuesday or the last Friday (RFC 5545 §3.3.10 `BYDAY`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NthWeekday {
    nth: i8,
    /// 1 (Monday) to 7 (Sunday): a number has an order, jiff's weekday has none.
    weekday: i8,
}

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateRange {
    /// First day.
    pub from: Date,
    /// Last day; the same for a single one.
    pub to: Date,
}

impl Weekdays {
    /// Monday to Friday.
    pub const WORKING: Weekdays = Weekdays(0b001_1111);
    /// All seven.
    pub const ALL: Weekdays = Weekdays(0b111_1111);

    /// Whether the day is one of them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// The same and one more.
    #[must_use]
    pub fn with(self, day: Weekday) -> Weekdays {
        Weekdays(self.0 | bit(day))
    }

    /// The same without one.
    #[must_use]
    pub fn without(self, day: Weekday) -> Weekdays {
        Weekdays(self.0 & !bit(day))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Each of them, from Monday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday.cycle_forward().take(7).filter(move |day| self.contains(*day))
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

impl From<Weekday> for Weekdays {
    fn from(day: Weekday) -> Weekdays {
        Weekdays(bit(day))
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Weekdays {
        days.into_iter().fold(Weekdays::default(), Weekdays::with)
    }
}

impl fmt::Debug for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Months {
    /// The whole year.
    pub const ALL: Months = Months(0b1_1111_1111_1110);

    /// No month yet.
    pub const NONE: Months = Months(0);

    /// Whether the month, 1 to 12, is one of them.
    pub fn contains(self, month: i8) -> bool {
        (1..=12).contains(&month) && self.0 & (1 << month) != 0
    }

    /// The same and one more, 1 to 12; another number changes nothing.
    #[must_use]
    pub fn with(self, month: i8) -> Months {
        if (1..=12).contains(&month) { Months(self.0 | (1 << month)) } else { self }
    }

    /// Those of the year that are not among them.
    #[must_use]
    pub fn others(self) -> Months {
        Months(Months::ALL.0 & !self.0)
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it is the whole year.
    pub fn is_all(self) -> bool {
        self == Months::ALL
    }

    /// Each of them, from January.
    pub fn iter(self) -> impl Iterator<Item = i8> {
        (1..=12).filter(move |month| self.contains(*month))
    }
}

impl Default for Months {
    fn default() -> Months {
        Months::ALL
    }
}

impl FromIterator<i8> for Months {
    fn from_iter<I: IntoIterator<Item = i8>>(months: I) -> Months {
        months.into_iter().fold(Months::NONE, Months::with)
    }
}

impl fmt::Debug for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl NthWeekday {
    /// None where `nth` is 0 or further than five from either end.
    pub fn new(nth: i8, weekday: Weekday) -> Option<NthWeekday> {
        (nth != 0 && (-5..=5).contains(&nth))
            .then(|| NthWeekday { nth, weekday: weekday.to_monday_one_offset() })
    }

    /// 1 to 5 from the month's beginning, −1 to −5 from its end; never 0.
    pub fn nth(self) -> i8 {
        self.nth
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::from_monday_one_offset(self.weekday).expect("it was made of a weekday")
    }
}

impl DateRange {
    /// A single day.
    pub fn day(date: Date) -> DateRange {
        DateRange { from: date, to: date }
    }

    /// Whether the day is in it.
    pub fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
}
