//! A zone's distance from UTC over a stretch of time: all that a browser needs to turn a date and an hour into an instant
//! without a database of its own, which may be older than ours.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Offsets in seconds east of UTC.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Offsets {
    /// At the beginning.
    pub first: i32,
    /// Each change: the instant from which on there is another one, and that. In order.
    pub changes: Vec<(Timestamp, i32)>,
}

impl Offsets {
    /// A zone's from one instant to another; changes of its name only, as from one standard time to another, are no
    /// changes.
    pub fn of(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Offsets {
        let first = zone.to_offset(from).seconds();
        let mut changes = Vec::new();
        let mut before = first;
        for change in zone.following(from).take_while(|change| change.timestamp() <= to) {
            let after = change.offset().seconds();
            if after != before {
                changes.push((change.timestamp(), after));
            }
            before = after;
        }
        Offsets { first, changes }
    }

    /// The instant of a wall clock's time: one that clocks skip moves later by what they skip, one that they repeat is
    /// the first (RFC 5545 §3.3.5), as [`Clock::on`](crate::schedule::Clock::on) has it.
    pub fn resolve(&self, local: DateTime) -> Timestamp {
        let Ok(wall) = Offset::UTC.to_timestamp(local) else {
            return if local.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        };
        let mut offset = self.first;
        for &(at, after) in &self.changes {
            // Skipped hours end, and repeated ones have passed for the first time, where the later clock shows this.
            if wall.as_second() < at.as_second() + i64::from(offset.max(after)) {
                break;
            }
            offset = after;
        }
        let edge = if offset > 0 { Timestamp::MIN } else { Timestamp::MAX };
        wall.checked_sub(SignedDuration::from_secs(offset.into())).unwrap_or(edge)
    }
}
