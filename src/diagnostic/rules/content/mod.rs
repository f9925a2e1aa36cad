//! Rules about what content says: fields and their values, days, schedules, places, addresses, images, privacy, upkeep.
//!
//! An example without a `site.yaml` stands in a site that has a title, a contact, a time zone, a currency and crisis
//! help. `wrong` is empty where no text can show the fault.

mod addresses;
mod days;
mod fields;
mod images;
mod places;
mod privacy;
mod schedules;
mod upkeep;

pub use addresses::*;
pub use days::*;
pub use fields::*;
pub use images::*;
pub use places::*;
pub use privacy::*;
pub use schedules::*;
pub use upkeep::*;

use crate::diagnostic::{Level, Nature, Rule};

/// Every rule of this part, as the documentation lists them.
pub static RULES: &[&Rule] = &[
    &UNKNOWN_KEY,
    &MISSING_FIELD,
    &WRONG_VALUE,
    &UNKNOWN_TERM,
    &UNKNOWN_TIME_ZONE,
    &MISSING_TIME_ZONE,
    &MISSING_CURRENCY,
    &OPENINGS_CONTRADICTION,
    &RESUMES_WITHOUT_PAUSE,
    &AMBIGUOUS_DATE,
    &IMPOSSIBLE_DATE,
    &ENDS_BEFORE_STARTS,
    &UNMATCHED_DATE,
    &UNMATCHED_RANGE,
    &UNMATCHED_SLOT,
    &EXCEPTION_CONTRADICTION,
    &PLANNED_ALREADY,
    &EXCEPTION_ON_HOLIDAY,
    &UNREADABLE_SCHEDULE,
    &AMBIGUOUS_SCHEDULE,
    &IMPOSSIBLE_TIME,
    &SCHEDULE_CONTRADICTION,
    &EMPTY_SCHEDULE,
    &UNKNOWN_VENUE,
    &MISSING_VENUE,
    &FORMAT_CONTRADICTION,
    &JOIN_WITHOUT_LINK,
    &SWAPPED_COORDINATES,
    &IMPOSSIBLE_COORDINATES,
    &DUPLICATE_SLUG,
    &DUPLICATE_ID,
    &UNUSABLE_SLUG,
    &RESERVED_ADDRESS,
    &PATH_OUTSIDE_SITE,
    &OUTPUT_COLLISION,
    &BROKEN_LINK,
    &UNSAFE_LINK,
    &LINK_TO_HIDDEN_GROUP,
    &MISSING_IMAGE,
    &DAMAGED_IMAGE,
    &UNSAFE_IMAGE,
    &REMOTE_IMAGE,
    &MISSING_ALT_TEXT,
    &LARGE_IMAGE,
    &PRIVATE_IN_TEXT,
    &CONTACT_IN_TEXT,
    &PASSCODE_IN_TEXT,
    &RAW_HTML,
    &UNREACHABLE_GROUP,
    &MISSING_SCHEDULE,
    &MISSING_CRISIS_HELP,
    &STALE_CRISIS_HELP,
    &STALE_LISTING,
    &UNTIMELY_DATE,
    &SCHEDULE_OVER,
    &UNCONFIRMED_LISTING,
];

/// An error that a site may lower.
const fn error(
    name: &'static str,
    summary: &'static str,
    why: &'static str,
    example: [&'static str; 2],
) -> Rule {
    let [wrong, right] = example;
    Rule { name, level: Level::Error, nature: Nature::Adjustable, summary, why, wrong, right }
}

/// An error that no site can lower: a page could not be without it, or would show what it must not.
const fn fixed(
    name: &'static str,
    summary: &'static str,
    why: &'static str,
    example: [&'static str; 2],
) -> Rule {
    Rule { nature: Nature::Fixed, ..error(name, summary, why, example) }
}

/// A warning.
const fn warning(
    name: &'static str,
    summary: &'static str,
    why: &'static str,
    example: [&'static str; 2],
) -> Rule {
    Rule { level: Level::Warning, ..error(name, summary, why, example) }
}

/// A warning that comes and goes with the day.
const fn clock(
    name: &'static str,
    summary: &'static str,
    why: &'static str,
    example: [&'static str; 2],
) -> Rule {
    Rule { nature: Nature::Clock, ..warning(name, summary, why, example) }
}

/// What would make a listing better.
const fn hint(
    name: &'static str,
    summary: &'static str,
    why: &'static str,
    example: [&'static str; 2],
) -> Rule {
    Rule { level: Level::Hint, ..error(name, summary, why, example) }
}

/// No text can show the fault.
const UNSHOWN: [&str; 2] = ["", ""];
