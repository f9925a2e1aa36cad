//! Hours of a day, and the instants that they are in a zone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// From when to when, on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clock {
    /// When it begins.
    pub start: Time,
    /// When it ends; at or before the beginning it is a time of the next day. None where it was not said.
    pub end: Option<Time>,
}

/// From when to when, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hours {
    /// When it begins.
    pub start: Timestamp,
    /// When it ends, after the beginning; none where it was not said.
    pub end: Option<Timestamp>,
    /// Whether the zone's clocks are set during these hours or skip or repeat one of their ends, so that calendars need
    /// to be told what is meant.
    pub unusual: bool,
}

impl Clock {
    /// The beginning of a day, with no end.
    pub const MIDNIGHT: Clock = Clock { start: Time::midnight(), end: None };

    /// The instants on a day in a zone.
    ///
    /// A time that clocks skip moves later by what they skip, one that they repeat is the first (RFC 5545 §3.3.5). An
    /// end that this puts at or before the beginning keeps its distance from it instead. On the two or three days at
    /// either end of all time, what is no instant is the first or last one, and nothing ends after it.
    pub fn on(self, date: Date, zone: &TimeZone) -> Hours {
        let begins = date.to_datetime(self.start);
        let (start, unusual) = instant(begins, zone);
        let Some(ends) = self.ends(date) else { return Hours { start, end: None, unusual } };
        let (end, unusual_end) = instant(ends, zone);
        let kept = start.saturating_add(begins.duration_until(ends)).unwrap_or(end);
        let unusual = unusual || unusual_end || kept != end;
        let end = if end > start { end } else { kept };
        Hours { start, end: Some(end).filter(|end| *end > start), unusual }
    }

    /// The wall clock's date and time at the end, on the day or the next.
    pub fn ends(self, date: Date) -> Option<DateTime> {
        let end = self.end?;
        let day = if end > self.start { date } else { date.tomorrow().unwrap_or(date) };
        Some(day.to_datetime(end))
    }
}

/// The instant of a wall clock's time, and whether clocks skip or repeat it.
fn instant(at: DateTime, zone: &TimeZone) -> (Timestamp, bool) {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    let unusual = !matches!(ambiguous.offset(), AmbiguousOffset::Unambiguous { .. });
    let instant = ambiguous.compatible().unwrap_or(if at.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    });
    (instant, unusual)
}
