//! When people meet, in their own words and exactly: sentences into rules, rules into dates and instants, rules into
//! sentences again. Pure: knows no site, no clock, no file.
//!
//! ```text
//! "1st and 3rd Tuesday, 7–8:30 pm" --sentence--> Rule --expand--> dates --clock--> instants
//!                                                  \--describe, rrule--> text
//! ```

mod clock;
mod days;
mod describe;
mod expand;
mod offsets;
mod rrule;
mod rule;
mod sentence;

#[cfg(test)]
mod laws;

pub use clock::{Clock, Hours};
pub use days::{DateRange, Months, NthWeekday, Weekdays};
pub use describe::{describe, describe_briefly, hours as describe_hours};
pub use offsets::Offsets;
pub(crate) use rrule::weekday_code;
pub use rule::{Days, End, Rule};
pub use sentence::words::cardinal;
pub use sentence::{Given, Misread, MisreadKind, Sentence, ZoneHint, read, read_hours};
