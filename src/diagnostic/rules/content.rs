//! Rules about what content says: fields and their values, addresses, links, images, privacy, freshness.

use crate::diagnostic::{Level, Nature, Rule};

/// Every rule of this part, as the documentation lists them.
pub static RULES: &[&Rule] = &[
    &UNKNOWN_KEY,
    &MISSING_FIELD,
    &WRONG_VALUE,
    &AMBIGUOUS_DATE,
    &IMPOSSIBLE_DATE,
    &UNKNOWN_TERM,
    &UNKNOWN_VENUE,
    &UNKNOWN_TIME_ZONE,
    &MISSING_TIME_ZONE,
    &MISSING_CURRENCY,
    &ENDS_BEFORE_STARTS,
    &UNMATCHED_DATE,
    &OPENINGS_CONTRADICTION,
    &FORMAT_CONTRADICTION,
    &RESUMES_WITHOUT_PAUSE,
    &SWAPPED_COORDINATES,
    &IMPOSSIBLE_COORDINATES,
    &DUPLICATE_SLUG,
    &UNUSABLE_SLUG,
    &RESERVED_ADDRESS,
    &PATH_OUTSIDE_SITE,
    &OUTPUT_COLLISION,
    &BROKEN_LINK,
    &LINK_TO_HIDDEN_GROUP,
    &MISSING_IMAGE,
    &DAMAGED_IMAGE,
    &UNSAFE_IMAGE,
    &UNSAFE_LINK,
    &REMOTE_IMAGE,
    &PRIVATE_IN_TEXT,
    &RAW_HTML,
    &MISSING_ALT_TEXT,
    &LARGE_IMAGE,
    &CONTACT_IN_TEXT,
    &PASSCODE_IN_TEXT,
    &UNREACHABLE_GROUP,
    &MISSING_VENUE,
    &MISSING_CRISIS_HELP,
    &JOIN_WITHOUT_LINK,
    &STALE_LISTING,
    &STALE_CRISIS_HELP,
    &UNTIMELY_DATE,
    &UNCONFIRMED_LISTING,
    &MISSING_SCHEDULE,
];

/// A field that does not exist.
pub static UNKNOWN_KEY: Rule = Rule {
    name: "unknown-key",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a field that does not exist",
    why: "",
    wrong: "",
    right: "",
};

/// A required field that is not there.
pub static MISSING_FIELD: Rule = Rule {
    name: "missing-field",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a required field that is not there",
    why: "",
    wrong: "",
    right: "",
};

/// A value that the field cannot hold.
pub static WRONG_VALUE: Rule = Rule {
    name: "wrong-value",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a value that the field cannot hold",
    why: "",
    wrong: "",
    right: "",
};

/// A date that can be read in two ways.
pub static AMBIGUOUS_DATE: Rule = Rule {
    name: "ambiguous-date",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a date that can be read in two ways",
    why: "",
    wrong: "",
    right: "",
};

/// A day that is in no calendar.
pub static IMPOSSIBLE_DATE: Rule = Rule {
    name: "impossible-date",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a day that is in no calendar",
    why: "",
    wrong: "",
    right: "",
};

/// A topic, audience, kind or feature that the site does not list.
pub static UNKNOWN_TERM: Rule = Rule {
    name: "unknown-term",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a topic, audience, kind or feature that the site does not list",
    why: "",
    wrong: "",
    right: "",
};

/// A venue without a file.
pub static UNKNOWN_VENUE: Rule = Rule {
    name: "unknown-venue",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a venue without a file",
    why: "",
    wrong: "",
    right: "",
};

/// A time zone that does not exist.
pub static UNKNOWN_TIME_ZONE: Rule = Rule {
    name: "unknown-time-zone",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a time zone that does not exist",
    why: "",
    wrong: "",
    right: "",
};

/// A clock time without a time zone.
pub static MISSING_TIME_ZONE: Rule = Rule {
    name: "missing-time-zone",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a clock time without a time zone",
    why: "",
    wrong: "",
    right: "",
};

/// An amount of money without a currency.
pub static MISSING_CURRENCY: Rule = Rule {
    name: "missing-currency",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "an amount of money without a currency",
    why: "",
    wrong: "",
    right: "",
};

/// A range of days that runs backwards.
pub static ENDS_BEFORE_STARTS: Rule = Rule {
    name: "ends-before-starts",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a range of days that runs backwards",
    why: "",
    wrong: "",
    right: "",
};

/// An exception for a day on which nothing is planned.
pub static UNMATCHED_DATE: Rule = Rule {
    name: "unmatched-date",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "an exception for a day on which nothing is planned",
    why: "",
    wrong: "",
    right: "",
};

/// Free places in a group that is full, or more than it holds.
pub static OPENINGS_CONTRADICTION: Rule = Rule {
    name: "openings-contradiction",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "free places in a group that is full, or more than it holds",
    why: "",
    wrong: "",
    right: "",
};

/// A venue for an online meeting, or a link for one in person.
pub static FORMAT_CONTRADICTION: Rule = Rule {
    name: "format-contradiction",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a venue for an online meeting, or a link for one in person",
    why: "",
    wrong: "",
    right: "",
};

/// A day of return for a group that is not paused.
pub static RESUMES_WITHOUT_PAUSE: Rule = Rule {
    name: "resumes-without-pause",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a day of return for a group that is not paused",
    why: "",
    wrong: "",
    right: "",
};

/// Latitude and longitude in the wrong order.
pub static SWAPPED_COORDINATES: Rule = Rule {
    name: "swapped-coordinates",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "latitude and longitude in the wrong order",
    why: "",
    wrong: "",
    right: "",
};

/// A point that cannot be where the venue is.
pub static IMPOSSIBLE_COORDINATES: Rule = Rule {
    name: "impossible-coordinates",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a point that cannot be where the venue is",
    why: "",
    wrong: "",
    right: "",
};

/// Two pages that want one address.
pub static DUPLICATE_SLUG: Rule = Rule {
    name: "duplicate-slug",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "two pages that want one address",
    why: "",
    wrong: "",
    right: "",
};

/// A name of which no address can be made.
pub static UNUSABLE_SLUG: Rule = Rule {
    name: "unusable-slug",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a name of which no address can be made",
    why: "",
    wrong: "",
    right: "",
};

/// A page where the site itself puts one.
pub static RESERVED_ADDRESS: Rule = Rule {
    name: "reserved-address",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a page where the site itself puts one",
    why: "",
    wrong: "",
    right: "",
};

/// A path that leads out of the site's folder.
pub static PATH_OUTSIDE_SITE: Rule = Rule {
    name: "path-outside-site",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a path that leads out of the site's folder",
    why: "",
    wrong: "",
    right: "",
};

/// A static file where a page stands.
pub static OUTPUT_COLLISION: Rule = Rule {
    name: "output-collision",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a static file where a page stands",
    why: "",
    wrong: "",
    right: "",
};

/// A link to a page or heading that is not there.
pub static BROKEN_LINK: Rule = Rule {
    name: "broken-link",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a link to a page or heading that is not there",
    why: "",
    wrong: "",
    right: "",
};

/// A link to a group that is not for everybody.
pub static LINK_TO_HIDDEN_GROUP: Rule = Rule {
    name: "link-to-hidden-group",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a link to a group that is not for everybody",
    why: "",
    wrong: "",
    right: "",
};

/// An image that is not there.
pub static MISSING_IMAGE: Rule = Rule {
    name: "missing-image",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "an image that is not there",
    why: "",
    wrong: "",
    right: "",
};

/// An image that browsers cannot show.
pub static DAMAGED_IMAGE: Rule = Rule {
    name: "damaged-image",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "an image that browsers cannot show",
    why: "",
    wrong: "",
    right: "",
};

/// A drawing with a program inside.
pub static UNSAFE_IMAGE: Rule = Rule {
    name: "unsafe-image",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a drawing with a program inside",
    why: "",
    wrong: "",
    right: "",
};

/// A link that could do harm.
pub static UNSAFE_LINK: Rule = Rule {
    name: "unsafe-link",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a link that could do harm",
    why: "",
    wrong: "",
    right: "",
};

/// An image from another site, which would learn who reads the page.
pub static REMOTE_IMAGE: Rule = Rule {
    name: "remote-image",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "an image from another site, which would learn who reads the page",
    why: "",
    wrong: "",
    right: "",
};

/// A private fact repeated in text that is published.
pub static PRIVATE_IN_TEXT: Rule = Rule {
    name: "private-in-text",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a private fact repeated in text that is published",
    why: "",
    wrong: "",
    right: "",
};

/// HTML in a text; it is shown as it is written.
pub static RAW_HTML: Rule = Rule {
    name: "raw-html",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "HTML in a text; it is shown as it is written",
    why: "",
    wrong: "",
    right: "",
};

/// An image without words for those who do not see it.
pub static MISSING_ALT_TEXT: Rule = Rule {
    name: "missing-alt-text",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "an image without words for those who do not see it",
    why: "",
    wrong: "",
    right: "",
};

/// An image over 500 KB.
pub static LARGE_IMAGE: Rule = Rule {
    name: "large-image",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "an image over 500 KB",
    why: "",
    wrong: "",
    right: "",
};

/// An e-mail address or telephone number in free text.
pub static CONTACT_IN_TEXT: Rule = Rule {
    name: "contact-in-text",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "an e-mail address or telephone number in free text",
    why: "",
    wrong: "",
    right: "",
};

/// A passcode in free text.
pub static PASSCODE_IN_TEXT: Rule = Rule {
    name: "passcode-in-text",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "a passcode in free text",
    why: "",
    wrong: "",
    right: "",
};

/// A listed group that nobody can reach.
pub static UNREACHABLE_GROUP: Rule = Rule {
    name: "unreachable-group",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "a listed group that nobody can reach",
    why: "",
    wrong: "",
    right: "",
};

/// A meeting in person without a venue.
pub static MISSING_VENUE: Rule = Rule {
    name: "missing-venue",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "a meeting in person without a venue",
    why: "",
    wrong: "",
    right: "",
};

/// A site without crisis help.
pub static MISSING_CRISIS_HELP: Rule = Rule {
    name: "missing-crisis-help",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "a site without crisis help",
    why: "",
    wrong: "",
    right: "",
};

/// A public online meeting without a link or number.
pub static JOIN_WITHOUT_LINK: Rule = Rule {
    name: "join-without-link",
    level: Level::Warning,
    nature: Nature::Adjustable,
    summary: "a public online meeting without a link or number",
    why: "",
    wrong: "",
    right: "",
};

/// Facts that nobody has confirmed for a long time.
pub static STALE_LISTING: Rule = Rule {
    name: "stale-listing",
    level: Level::Warning,
    nature: Nature::Clock,
    summary: "facts that nobody has confirmed for a long time",
    why: "",
    wrong: "",
    right: "",
};

/// A crisis line that nobody has confirmed for half a year.
pub static STALE_CRISIS_HELP: Rule = Rule {
    name: "stale-crisis-help",
    level: Level::Warning,
    nature: Nature::Clock,
    summary: "a crisis line that nobody has confirmed for half a year",
    why: "",
    wrong: "",
    right: "",
};

/// A date that is over, or not yet come.
pub static UNTIMELY_DATE: Rule = Rule {
    name: "untimely-date",
    level: Level::Warning,
    nature: Nature::Clock,
    summary: "a date that is over, or not yet come",
    why: "",
    wrong: "",
    right: "",
};

/// Facts that nobody has confirmed yet.
pub static UNCONFIRMED_LISTING: Rule = Rule {
    name: "unconfirmed-listing",
    level: Level::Hint,
    nature: Nature::Adjustable,
    summary: "facts that nobody has confirmed yet",
    why: "",
    wrong: "",
    right: "",
};

/// A group that does not say when it meets.
pub static MISSING_SCHEDULE: Rule = Rule {
    name: "missing-schedule",
    level: Level::Hint,
    nature: Nature::Adjustable,
    summary: "a group that does not say when it meets",
    why: "",
    wrong: "",
    right: "",
};
