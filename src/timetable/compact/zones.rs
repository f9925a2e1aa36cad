//! Zones of the compact form: how far their clocks are from UTC, and when they are set.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Serialize, Serializer};

use crate::schedule::{DateRange, Offsets};
use crate::timetable::compact::window;

/// The offsets of zones over [`window`], each zone once: `[offset, instant, offset, instant, offset, …]`. Offsets are
/// minutes east of UTC, instants, from which the offset after them is true, minutes since 1970-01-01 in UTC.
#[derive(Clone, Debug)]
pub struct Zones {
    window: DateRange,
    known: Vec<(TimeZone, Vec<i64>)>,
}

impl Zones {
    /// No zone yet, for the window of a day.
    pub fn new(today: Date) -> Zones {
        Zones { window: window(today), known: Vec::new() }
    }

    /// The place of a zone, which is added if it is new.
    pub fn place(&mut self, zone: &TimeZone) -> i64 {
        let place = self.known.iter().position(|(known, _)| known == zone).unwrap_or_else(|| {
            self.known.push((zone.clone(), offsets(zone, self.window)));
            self.known.len() - 1
        });
        i64::try_from(place).expect("there are fewer zones than that")
    }
}

impl Serialize for Zones {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.known.iter().map(|(_, offsets)| offsets))
    }
}

fn offsets(zone: &TimeZone, window: DateRange) -> Vec<i64> {
    // A day begins and a meeting ends less than two days from the day's midnight in UTC.
    let midnight = |date: Date, days: i64| {
        let day = date.saturating_add(Span::new().days(days));
        TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
    };
    let Offsets { first, changes } =
        Offsets::of(zone, midnight(window.from, -3), midnight(window.to, 3));
    let changes =
        changes.iter().flat_map(|(at, offset)| [at.as_second() / 60, i64::from(offset / 60)]);
    std::iter::once(i64::from(first / 60)).chain(changes).collect()
}
