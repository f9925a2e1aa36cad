//! A zone's distance from UTC over a stretch of time: all that a browser needs to turn a date and an hour into an instant
//! without a database of its own, which may be older than ours.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
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
        let wall = DateTime::constant(1970, 1, 1, 0, 0, 0, 0).duration_until(local);
        let mut offset = self.first;
        for &(at, after) in &self.changes {
            // Skipped hours end, and repeated ones have passed for the first time, where the later clock shows this.
            if wall < at.as_duration() + seconds(offset.max(after)) {
                break;
            }
            offset = after;
        }
        let since = wall - seconds(offset);
        let edge = if since.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
        Timestamp::from_duration(since).unwrap_or(edge)
    }
}

fn seconds(offset: i32) -> SignedDuration {
    SignedDuration::from_secs(offset.into())
}
