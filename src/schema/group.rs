//! The fields of a group.

use super::venue::VENUE;
use super::{Field, Record, Shape};

/// A file in `content/groups`.
pub static GROUP: Record = Record {
    name: "a group",
    fields: &[
        Field::new("title", Shape::Text, "Tuesday Consultation Circle", "the group's name").required(),
        Field::new("purpose", Shape::Text, "Licensed therapists bring one hard case a week and leave with a plan.", "what the group is for, in one sentence").required(),
        Field::new("kind", Shape::Term, "peer-consultation", "emotional-support, peer-consultation, professional-collaboration, process, training, peer-support, or a kind of the site's own").required(),
        Field::new("for", Shape::Choice(&["professionals", "public", "both"]), "professionals", "whom the group serves; default: what its kind does"),
        Field::new("audience", Shape::List(&Shape::Term), "[counselors, social-workers]", "for whom in particular"),
        Field::new("topics", Shape::List(&Shape::Term), "[vicarious-trauma, ethics]", "what the group is about"),
        Field::new("membership", Shape::Record(&MEMBERSHIP), "{admission: closed}", "who may join, and how"),
        Field::new("format", Shape::Choice(&["in-person", "online", "hybrid"]), "hybrid", "how people meet; hybrid is one meeting both ways; not stated is allowed, and said"),
        Field::new("venue", Shape::Either(&[Shape::Slug, Shape::Record(&VENUE)]), "grace-church", "a file in content/venues, or the same fields here"),
        Field::new("room", Shape::Text, "Room 12", "the room; overrides the venue's"),
        Field::new("online", Shape::Record(&ONLINE), "{platform: Zoom}", "the online side"),
        Field::new("schedule", Shape::Either(&[Shape::Sentence, Shape::List(&Shape::Either(&[Shape::Sentence, Shape::Record(&ENTRY)])), Shape::Record(&SAY)]), "1st and 3rd Tuesday, 7:00–8:30 pm", "a sentence, a list of entries, or `say:` with words that are no dates"),
        Field::new("timezone", Shape::TimeZone, "America/New_York", "zone of the clock times; default: the site's"),
        Field::new("starts", Shape::Date, "2026-01-06", "first possible date, inclusive, in the group's zone"),
        Field::new("ends", Shape::Date, "2027-06-30", "last possible date, inclusive, in the group's zone"),
        Field::new("cancelled", Shape::List(&Shape::Record(&CANCELLED)), "[{date: 2026-12-15, reason: Holiday break}]", "dates that do not happen; each must be a meeting of the schedule"),
        Field::new("changed", Shape::List(&Shape::Record(&CHANGED)), "[{date: 2027-01-19, to_date: 2027-01-20}]", "dates that happen otherwise; each must be a meeting of the schedule; what is left out stays"),
        Field::new("extra", Shape::List(&Shape::Record(&EXTRA)), "[{date: 2026-12-16, time: \"7:00–8:30 pm\"}]", "dates on top; may lie outside starts and ends; what is left out is as at the other meetings"),
        Field::new("structure", Shape::Record(&STRUCTURE), "{style: informal}", "how a meeting runs"),
        Field::new("presentations", Shape::Record(&PRESENTATIONS), "{kind: case, sign_up: dana@example.org}", "sign-up for cases or topics"),
        Field::new("leadership", Shape::Record(&LEADERSHIP), "{model: rotating}", "who leads"),
        Field::new("orientation", Shape::Inline, "New members meet the convener ten minutes early.", "how newcomers are welcomed"),
        Field::new("cost", Shape::Either(&[Shape::Text, Shape::Record(&COST)]), "Free", "free only if it says Free or the amount is 0; or a sentence; or fields; absent is \"Ask about cost\""),
        Field::new("languages", Shape::List(&Shape::Language), "[en, es]", "languages spoken"),
        Field::new("accessibility", Shape::List(&Shape::Term), "[step-free]", "what the group offers; joined with the venue's"),
        Field::new("accessibility_note", Shape::Text, "The lift is out of order in May.", "what one should know about getting in"),
        Field::new("contact", Shape::Record(&CONTACT), "{name: Dana, email: dana@example.org}", "public contact"),
        Field::new("private", Shape::Map(&Shape::Anything), "{phone: \"+1 740 555 0199\"}", "any keys; never leaves the source"),
        Field::new("status", Shape::Choice(&["active", "paused", "ended"]), "active", "whether the group meets; default: active"),
        Field::new("resumes", Shape::Date, "2027-09-01", "with `status: paused`: no meeting before it"),
        Field::new("status_note", Shape::Inline, "We have two open seats this spring.", "a word on the status"),
        Field::new("visibility", Shape::Choice(&["listed", "unlisted", "internal", "draft"]), "listed", "who may see the group; default: listed"),
        Field::new("verified", Shape::Date, "2026-11-01", "when somebody last confirmed the facts; absent is \"not yet confirmed\""),
        Field::new("verified_by", Shape::Text, "Office", "who confirmed them"),
        Field::new("id", Shape::Text, "7f3a", "lasting identity in calendars; default: the last alias, else the slug"),
        Field::new("slug", Shape::Slug, "tuesday-circle", "the last part of the address; default: the file's name"),
        Field::new("aliases", Shape::List(&Shape::Slug), "[tuesday-group]", "old slugs, oldest last; they redirect"),
        Field::new("image", Shape::Image, "tuesday.jpg", "a picture beside the file, else in static"),
        Field::new("image_alt", Shape::Text, "Eight chairs in a circle", "what the picture shows"),
    ],
};

/// `membership`.
pub static MEMBERSHIP: Record = Record {
    name: "`membership`",
    fields: &[
        Field::new(
            "admission",
            Shape::Choice(&["open", "closed", "application"]),
            "closed",
            "who may come",
        ),
        Field::new(
            "registration",
            Shape::Choice(&["none", "required"]),
            "required",
            "none: just come; required: register first",
        ),
        Field::new(
            "who",
            Shape::Text,
            "Licensed clinicians practising in Ohio",
            "who may join, in one line",
        ),
        Field::new(
            "criteria",
            Shape::List(&Shape::Text),
            "[Holds an independent licence]",
            "what one must bring",
        ),
        Field::new(
            "how_to_join",
            Shape::Inline,
            "Write to Dana; a short call comes first.",
            "how one joins",
        ),
        Field::new(
            "apply",
            Shape::Link,
            "https://forms.example.org/tuesday",
            "a URL or an e-mail address: the main button; else contact's url, email, phone, else the site's",
        ),
        Field::new("capacity", Shape::Number { from: 1, to: 100_000 }, "8", "how many people fit"),
        Field::new(
            "openings",
            Shape::Number { from: 0, to: 100_000 },
            "2",
            "free places; 0 is none",
        ),
        Field::new(
            "intake",
            Shape::Choice(&["open", "waitlist", "forming", "full"]),
            "open",
            "whether the group takes people now",
        ),
        Field::new("enrol_by", Shape::Date, "2027-01-31", "last day to enrol"),
    ],
};

/// `online`.
pub static ONLINE: Record = Record {
    name: "`online`",
    fields: &[
        Field::new("platform", Shape::Text, "Zoom", "what is used"),
        Field::new(
            "join",
            Shape::Choice(&["public", "on-request"]),
            "on-request",
            "on-request publishes the platform only; default: on-request",
        ),
        Field::new(
            "url",
            Shape::Url,
            "https://zoom.example/j/1",
            "the meeting's link; published only with `join: public`",
        ),
        Field::new(
            "phone",
            Shape::Phone,
            "\"+1 740 555 0123\"",
            "a number to dial; published only with `join: public`",
        ),
        Field::new(
            "passcode",
            Shape::Text,
            "\"1234\"",
            "what the platform asks for; published only with `join: public`",
        ),
    ],
};

/// An entry of `schedule`.
pub static ENTRY: Record = Record {
    name: "an entry of `schedule`",
    fields: &[
        Field::new(
            "when",
            Shape::Sentence,
            "Tuesdays, 6–7:30 pm",
            "on which days, from when to when",
        )
        .required(),
        Field::new(
            "format",
            Shape::Choice(&["in-person", "online", "hybrid"]),
            "online",
            "default: the group's; online drops the venue, in-person drops `online`",
        ),
        Field::new(
            "venue",
            Shape::Either(&[Shape::Slug, Shape::Record(&VENUE)]),
            "grace-church",
            "default: the group's",
        ),
        Field::new("room", Shape::Text, "Room 12", "default: the group's"),
        Field::new("online", Shape::Record(&ONLINE), "{platform: Zoom}", "default: the group's"),
        Field::new("timezone", Shape::TimeZone, "America/New_York", "default: the group's"),
        Field::new("starts", Shape::Date, "2026-01-06", "default: the group's"),
        Field::new("ends", Shape::Date, "2027-06-30", "default: the group's"),
        Field::new("topic", Shape::Text, "Newcomers", "what these meetings are about"),
        Field::new("note", Shape::Inline, "Bring a notebook.", "a remark"),
    ],
};

/// `schedule` in words that are no dates.
pub static SAY: Record = Record {
    name: "`schedule`",
    fields: &[Field::new(
        "say",
        Shape::Text,
        "Twice a month; members receive the dates.",
        "shown as written; in no calendar, week or weekday page",
    )
    .required()],
};

/// An item of `cancelled`.
pub static CANCELLED: Record = Record {
    name: "an item of `cancelled`",
    fields: &[
        Field::new("date", Shape::Date, "2026-12-15", "a single date"),
        Field::new("from", Shape::Date, "2027-03-01", "the first of several dates"),
        Field::new("to", Shape::Date, "2027-03-31", "the last of them"),
        Field::new("reason", Shape::Inline, "Holiday break", "why"),
    ],
};

/// An item of `changed`.
pub static CHANGED: Record = Record {
    name: "an item of `changed`",
    fields: &[
        Field::new("date", Shape::Date, "2027-01-19", "the date as planned").required(),
        Field::new("to_date", Shape::Date, "2027-01-20", "the day it moves to"),
        Field::new("time", Shape::Hours, "6:00–7:30 pm", "its time on that day"),
        Field::new(
            "format",
            Shape::Choice(&["in-person", "online", "hybrid"]),
            "online",
            "how people meet on that day",
        ),
        Field::new(
            "venue",
            Shape::Either(&[Shape::Slug, Shape::Record(&VENUE)]),
            "city-library",
            "where it is on that day",
        ),
        Field::new("room", Shape::Text, "Room 12", "the room on that day"),
        Field::new(
            "online",
            Shape::Record(&ONLINE),
            "{platform: Zoom}",
            "the online side on that day",
        ),
        Field::new("note", Shape::Inline, "The church is closed", "why"),
    ],
};

/// An item of `extra`.
pub static EXTRA: Record = Record {
    name: "an item of `extra`",
    fields: &[
        Field::new("date", Shape::Date, "2026-12-16", "the day").required(),
        Field::new(
            "time",
            Shape::Hours,
            "7:00–8:30 pm",
            "its time; default: that of the other meetings",
        ),
        Field::new(
            "format",
            Shape::Choice(&["in-person", "online", "hybrid"]),
            "online",
            "how people meet on that day",
        ),
        Field::new(
            "venue",
            Shape::Either(&[Shape::Slug, Shape::Record(&VENUE)]),
            "city-library",
            "where it is",
        ),
        Field::new("room", Shape::Text, "Room 12", "the room"),
        Field::new("online", Shape::Record(&ONLINE), "{platform: Zoom}", "the online side"),
        Field::new("note", Shape::Inline, "Open house", "a remark"),
    ],
};

/// `structure`.
pub static STRUCTURE: Record = Record {
    name: "`structure`",
    fields: &[
        Field::new(
            "style",
            Shape::Choice(&["structured", "informal"]),
            "structured",
            "whether a meeting follows an agenda",
        ),
        Field::new(
            "agenda",
            Shape::List(&Shape::Record(&AGENDA_ITEM)),
            "[{minutes: 10, item: Check-in}]",
            "the parts of a meeting, in order",
        ),
        Field::new(
            "ground_rules",
            Shape::List(&Shape::Text),
            "[What is said here stays here]",
            "what everybody keeps to",
        ),
    ],
};

/// An item of `agenda`.
pub static AGENDA_ITEM: Record = Record {
    name: "an item of `agenda`",
    fields: &[
        Field::new(
            "minutes",
            Shape::Number { from: 1, to: 1440 },
            "10",
            "how long it takes, in minutes",
        ),
        Field::new("item", Shape::Text, "Check-in", "what it is").required(),
    ],
};

/// `presentations`.
pub static PRESENTATIONS: Record = Record {
    name: "`presentations`",
    fields: &[
        Field::new("kind", Shape::Choice(&["case", "topic"]), "case", "what members present"),
        Field::new("sign_up", Shape::Link, "dana@example.org", "a URL or an e-mail address"),
        Field::new(
            "slots",
            Shape::List(&Shape::Record(&SLOT)),
            "[{date: 2027-02-02, topic: Working with dissociation}, {date: 2027-02-16}]",
            "dates of meetings; one without a topic is open",
        ),
    ],
};

/// An item of `slots`.
pub static SLOT: Record = Record {
    name: "an item of `slots`",
    fields: &[
        Field::new("date", Shape::Date, "2027-02-02", "the day").required(),
        Field::new(
            "topic",
            Shape::Text,
            "Working with dissociation",
            "what is presented; none is open",
        ),
    ],
};

/// `leadership`.
pub static LEADERSHIP: Record = Record {
    name: "`leadership`",
    fields: &[
        Field::new(
            "model",
            Shape::Choice(&["facilitator", "peer-led", "rotating", "elected"]),
            "rotating",
            "how the lead is given; peer-led is shown as \"Led by its members\"",
        ),
        Field::new(
            "people",
            Shape::List(&Shape::Record(&PERSON)),
            "[{name: Dana Ruiz, credentials: LPC, role: convener}]",
            "who has it",
        ),
    ],
};

/// An item of `people`.
pub static PERSON: Record = Record {
    name: "an item of `people`",
    fields: &[
        Field::new("name", Shape::Text, "Dana Ruiz", "their name").required(),
        Field::new("credentials", Shape::Text, "LPC", "what they hold"),
        Field::new("role", Shape::Text, "convener", "what they do here"),
    ],
};

/// `cost` in figures.
pub static COST: Record = Record {
    name: "`cost`",
    fields: &[
        Field::new("amount", Shape::Amount, "25", "how much; 0 is free"),
        Field::new("currency", Shape::Currency, "USD", "default: the site's"),
        Field::new("per", Shape::Text, "session", "per what"),
        Field::new(
            "sliding_scale",
            Shape::Flag,
            "true",
            "whether people pay what they can; default: false",
        ),
        Field::new("insurance", Shape::List(&Shape::Text), "[Medicaid]", "who pays for members"),
        Field::new("note", Shape::Inline, "The first visit is free.", "a remark"),
    ],
};

/// `contact`.
pub static CONTACT: Record = Record {
    name: "`contact`",
    fields: &[
        Field::new("name", Shape::Text, "Dana", "whom to ask for"),
        Field::new("email", Shape::Email, "dana@example.org", "a mailbox"),
        Field::new("phone", Shape::Phone, "\"+1 740 555 0101\"", "a telephone"),
        Field::new("url", Shape::Url, "https://example.org", "a page or a form"),
    ],
};
