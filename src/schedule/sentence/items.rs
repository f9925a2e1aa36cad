//! What stands in a sentence, before it is known what belongs together.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Weekday;

use super::hours::Times;
use super::words::{Part, Unit};
use super::zone::ZoneWord;
use crate::schedule::days::{Months, NthWeekday, Weekdays};

/// A construct and its place.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    pub(super) joint: Joint,
}

/// What stands before a construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    And,
    Comma,
    Other,
}

/// A construct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Tuesdays`, `1st and 3rd Tuesday`, `15th of the month`, `daily`.
    Pattern(Pattern),
    /// `every other week`, `monthly`, with no day.
    Pace(Pace),
    /// `twice a month`: only to be compared with the days that were given.
    Frequency { times: u32, per: Unit },
    /// `12 January and 9 March 2027`.
    Dates(Vec<PartDate>),
    /// `from 5 October to 14 December 2026`.
    Term(Term),
    /// `10 weeks`, `6 meetings`.
    Count { count: u32, unit: Unit },
    /// `in January and July`.
    Months(Months),
    /// `except holidays`.
    Except(Vec<Exception>),
    /// `7–8:30 pm`.
    Hours(Times),
    /// `for 90 minutes`, in minutes.
    Length(u32),
    /// `evenings`.
    Part(Part),
    /// `ET`.
    Zone(ZoneWord),
    /// `;` between what belongs apart.
    Semicolon,
}

/// Days that come again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    Daily { every: u32 },
    Weekly { every: Option<u32>, on: Weekdays, number: super::words::Number },
    ByWeekday { every: Option<u32>, on: BTreeSet<NthWeekday> },
    ByDay { every: Option<u32>, on: BTreeSet<i8> },
}

/// How often, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    pub(super) every: u32,
    pub(super) unit: Unit,
}

/// First and last day as far as they were said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) from: Option<PartDate>,
    pub(super) to: Option<PartDate>,
}

/// A date as far as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartDate {
    pub(super) year: Option<u32>,
    pub(super) month: u32,
    /// None for the whole month.
    pub(super) day: Option<u32>,
    /// The day of the week that stood with it.
    pub(super) weekday: Option<Weekday>,
    pub(super) at: Range<usize>,
}

/// What is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exception {
    Holidays,
    Months(Months),
    Dates(Vec<PartDate>),
    Range(PartDate, PartDate),
    Weekdays(Weekdays),
    /// Places in the month, of one day of the week or of each that was said.
    Places(BTreeSet<i8>, Option<Weekday>),
}
