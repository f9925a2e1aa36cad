//! The fields of `site.yaml`.

use super::group::CONTACT;
use super::{Field, Record, Shape};

/// `site.yaml`.
pub static SITE: Record = Record {
    name: "site.yaml",
    fields: &[
        Field::new("title", Shape::Text, "River Valley Counselors Network", "the network's name")
            .required(),
        Field::new(
            "tagline",
            Shape::Text,
            "Groups for people who help people",
            "what it is, in one line",
        ),
        Field::new(
            "base_url",
            Shape::Url,
            "https://groups.example.org/",
            "where the site will stand; without it no sitemap and no webcal link",
        ),
        Field::new("language", Shape::Language, "en", "the language of the pages; default: en"),
        Field::new(
            "timezone",
            Shape::TimeZone,
            "America/New_York",
            "zone of clock times that name none",
        ),
        Field::new("currency", Shape::Currency, "USD", "currency of amounts that name none"),
        Field::new(
            "contact",
            Shape::Record(&CONTACT),
            "{email: office@example.org}",
            "shown where a listed group has no way in of its own",
        ),
        Field::new(
            "help",
            Shape::List(&Shape::Record(&HELP)),
            "[{name: 988 Suicide & Crisis Lifeline, call: \"988\"}]",
            "crisis help on every page; nothing is built in",
        ),
        Field::new(
            "vocabulary",
            Shape::Record(&VOCABULARY),
            "{topic: {grief: {label: Grief and loss}}}",
            "the terms that a field may use; where none are listed, any term is accepted",
        ),
        Field::new(
            "holidays",
            Shape::List(&Shape::Record(&HOLIDAY)),
            "[{date: 2026-12-25, name: Christmas Day}]",
            "days that sentences with \"except holidays\" leave out",
        ),
        Field::new(
            "holidays_cancel",
            Shape::Flag,
            "false",
            "true: no group meets on a holiday; default: false",
        ),
        Field::new(
            "places",
            Shape::Map(&Shape::Coordinates),
            "{Athens: [39.33, -82.10]}",
            "towns for \"near\"; never computed from venues",
        ),
        Field::new(
            "navigation",
            Shape::List(&Shape::Either(&[Shape::Slug, Shape::Record(&NAVIGATION)])),
            "[groups, resources, about]",
            "links at the head of every page: page slugs, or label and url",
        ),
        Field::new(
            "theme",
            Shape::Record(&THEME),
            "{accent: \"#2f6f5e\", logo: logo.svg}",
            "colour and logo",
        ),
        Field::new(
            "host",
            Shape::Record(&HOST),
            "{cname: groups.example.org}",
            "what the host needs",
        ),
        Field::new(
            "checks",
            Shape::Map(&Shape::Either(&[
                Shape::Choice(&["error", "warning", "hint", "off"]),
                Shape::Record(&CHECK),
            ])),
            "{missing-alt-text: off}",
            "the level of a rule; syntax and privacy rules cannot be lowered",
        ),
    ],
};

/// An item of `help`.
pub static HELP: Record = Record {
    name: "an item of `help`",
    fields: &[
        Field::new("name", Shape::Text, "988 Suicide & Crisis Lifeline", "who answers").required(),
        Field::new("call", Shape::Phone, "\"988\"", "the number to call"),
        Field::new(
            "text",
            Shape::Text,
            "\"988\"",
            "the number to text, or words such as `HOME to 741741`",
        ),
        Field::new("url", Shape::Url, "\"https://988lifeline.org\"", "a page or a chat"),
        Field::new(
            "verified",
            Shape::Date,
            "2026-10-01",
            "when somebody last confirmed it at the operator's own page",
        ),
    ],
};

/// `vocabulary`.
pub static VOCABULARY: Record = Record {
    name: "`vocabulary`",
    fields: &[
        Field::new(
            "topic",
            Shape::Map(&Shape::Record(&TERM)),
            "{grief: {label: Grief and loss}}",
            "terms of `topics`",
        ),
        Field::new(
            "audience",
            Shape::Map(&Shape::Record(&TERM)),
            "{counselors: {label: Counselors}}",
            "terms of `audience`",
        ),
        Field::new(
            "accessibility",
            Shape::Map(&Shape::Record(&TERM)),
            "{step-free: {label: Step-free access}}",
            "terms of `accessibility`",
        ),
        Field::new(
            "kind",
            Shape::Map(&Shape::Record(&KIND)),
            "{book-circle: {label: Book circle}}",
            "kinds on top of the built-in six, or other words for those",
        ),
    ],
};

/// A term.
pub static TERM: Record = Record {
    name: "a term",
    fields: &[
        Field::new(
            "label",
            Shape::Text,
            "Compassion fatigue",
            "what pages show; default: the key in words",
        ),
        Field::new(
            "synonyms",
            Shape::List(&Shape::Text),
            "[burnout, exhaustion]",
            "other words that find it",
        ),
    ],
};

/// A kind.
pub static KIND: Record = Record {
    name: "a kind",
    fields: &[
        Field::new(
            "label",
            Shape::Text,
            "Book circle",
            "what pages show; default: the key in words",
        ),
        Field::new("description", Shape::Text, "Reads one book a season.", "explains the kind"),
        Field::new(
            "for",
            Shape::Choice(&["professionals", "public", "both"]),
            "professionals",
            "whom such groups serve; default: both",
        ),
        Field::new(
            "synonyms",
            Shape::List(&Shape::Text),
            "[reading group]",
            "other words that find it",
        ),
    ],
};

/// An item of `holidays`.
pub static HOLIDAY: Record = Record {
    name: "an item of `holidays`",
    fields: &[
        Field::new("date", Shape::Date, "2026-12-25", "a single day"),
        Field::new("from", Shape::Date, "2026-12-26", "the first of several days"),
        Field::new("to", Shape::Date, "2027-01-01", "the last of them"),
        Field::new("name", Shape::Text, "Christmas Day", "what it is called").required(),
    ],
};

/// An item of `navigation`.
pub static NAVIGATION: Record = Record {
    name: "an item of `navigation`",
    fields: &[
        Field::new("label", Shape::Text, "Donate", "its words").required(),
        Field::new(
            "url",
            Shape::Url,
            "https://example.org/donate",
            "where it leads: `https://…`, or `/…` inside the site",
        )
        .required(),
    ],
};

/// `theme`.
pub static THEME: Record = Record {
    name: "`theme`",
    fields: &[
        Field::new(
            "accent",
            Shape::Colour,
            "\"#2f6f5e\"",
            "the colour of buttons and links; adapted so that text stays legible",
        ),
        Field::new("logo", Shape::Image, "logo.svg", "an image in static"),
    ],
};

/// `host`.
pub static HOST: Record = Record {
    name: "`host`",
    fields: &[Field::new(
        "cname",
        Shape::Host,
        "groups.example.org",
        "custom domain; written to CNAME",
    )],
};

/// A rule's level with an age.
pub static CHECK: Record = Record {
    name: "a check",
    fields: &[
        Field::new(
            "level",
            Shape::Choice(&["error", "warning", "hint", "off"]),
            "warning",
            "how bad it is",
        ),
        Field::new(
            "after",
            Shape::Text,
            "180 days",
            "for `stale-listing`: how old a confirmation may be; default: 180 days",
        ),
    ],
};
