//! Zones of the compact form: how far their clocks are from UTC, and when they are set.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Serialize, Serializer};

use crate::schedule::{DateRange, Offsets};
use crate::timetable::compact::{Compact, Dates, window};

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

    /// The dates of a form of the same day, with its zones' places among these; zones that are new are added.
    pub fn take(&mut self, form: Compact) -> Dates {
        let Compact { zones, mut dates } = form;
        let places: Vec<i64> = zones
            .known
            .into_iter()
            .map(|(zone, offsets)| {
                let found = self.known.iter().position(|(known, _)| *known == zone);
                number(found.unwrap_or_else(|| {
                    self.known.push((zone, offsets));
                    self.known.len() - 1
                }))
            })
            .collect();
        dates.each_zone(|zone| {
            let place = usize::try_from(*zone).ok().and_then(|zone| places.get(zone));
            *zone = *place.expect("a form has the zones that it names");
        });
        dates
    }

    /// The place of a zone, which is added if it is new.
    pub fn place(&mut self, zone: &TimeZone) -> i64 {
        let place = self.known.iter().position(|(known, _)| known == zone).unwrap_or_else(|| {
            self.known.push((zone.clone(), offsets(zone, self.window)));
            self.known.len() - 1
        });
        number(place)
    }
}

impl Serialize for Zones {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.known.iter().map(|(_, offsets)| offsets))
    }
}

fn number(place: usize) -> i64 {
    i64::try_from(place).expect("there are fewer zones than that")
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
