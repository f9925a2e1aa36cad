//! Rules about fields and what they hold.

use super::{error, fixed, warning};
use crate::diagnostic::Rule;

/// A field that does not exist.
pub static UNKNOWN_KEY: Rule = fixed(
    "unknown-key",
    "a field that does not exist",
    "A field under a name that nobody knows would show nowhere, and you would not learn of it. Most often it is a slip of \
     the finger, or a field that belongs under another one, as `email` belongs under `contact`. Correct the name, move \
     the line, or take it out; notes for yourself go under `private`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
langauges: [en, es]
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
languages: [en, es]
---
",
    ],
);

/// A required field that is not there.
pub static MISSING_FIELD: Rule = fixed(
    "missing-field",
    "a required field that is not there",
    "A group needs three things to make a page: what it is called (`title`), what it is for (`purpose`) and what sort of \
     group it is (`kind`). Some smaller parts need something too: a change needs its date, an item of the agenda its \
     words. Write the line that is asked for; everything else can come later.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// A value that the field cannot hold.
pub static WRONG_VALUE: Rule = fixed(
    "wrong-value",
    "a value that the field cannot hold",
    "Some fields take one of a few words, a number or an address, so that readers can search and sort by them. Anything \
     else there cannot be understood, and nothing is guessed. Write one of the values that the message names; what needs \
     a sentence goes into a field for sentences, such as `status_note`, or into the text below.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
membership:
  openings: two
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
membership:
  openings: 2
---
",
    ],
);

/// A topic, audience, kind or feature that the site does not list.
pub static UNKNOWN_TERM: Rule = error(
    "unknown-term",
    "a topic, audience, kind or feature that the site does not list",
    "Readers find groups by these words, so a whole network writes the same word for the same thing. They are listed in \
     site.yaml under `vocabulary`, with synonyms that are understood too. Use one of them, or ask whoever keeps site.yaml \
     to add yours.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultant
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// A time zone that does not exist.
pub static UNKNOWN_TIME_ZONE: Rule = error(
    "unknown-time-zone",
    "a time zone that does not exist",
    "A time zone is written as continent and city, such as `America/New_York`: such a name knows when the clocks change. \
     Short forms such as `EST` mean winter time all year round, and would send people an hour late in summer. Take the \
     largest city near you that shares your clock.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
timezone: EST
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
timezone: America/New_York
---
",
    ],
);

/// A clock time without a time zone.
pub static MISSING_TIME_ZONE: Rule = error(
    "missing-time-zone",
    "a clock time without a time zone",
    "`7 pm` is another moment in Ohio than in Oregon, and online groups have members in both. Name the zone once in \
     site.yaml, and only for a group that meets by another clock in its own file.",
    [
        "\
-- site.yaml --
title: River Valley Counselors Network
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
---
",
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
---
",
    ],
);

/// An amount of money without a currency.
pub static MISSING_CURRENCY: Rule = warning(
    "missing-currency",
    "an amount of money without a currency",
    "A bare number does not say what people pay. Name the currency once in site.yaml, such as `currency: USD`, or beside \
     the amount.",
    [
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
cost: {amount: 25, per: session}
---
",
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
cost: {amount: 25, currency: USD, per: session}
---
",
    ],
);

/// Free places in a group that is full, or more than it holds.
pub static OPENINGS_CONTRADICTION: Rule = error(
    "openings-contradiction",
    "free places in a group that is full, or more than it holds",
    "A reader who sees free places calls, and is turned away. Where `openings` and `intake` (or `capacity`) do not fit \
     together, only you know which one is out of date. Correct that one.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
membership:
  intake: full
  openings: 2
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
membership:
  intake: full
  openings: 0
---
",
    ],
);

/// A day of return for a group that is not paused.
pub static RESUMES_WITHOUT_PAUSE: Rule = error(
    "resumes-without-pause",
    "a day of return for a group that is not paused",
    "`resumes` says when a pause ends, so it needs `status: paused`; without it readers would be told that the group \
     meets now. Add the status, or take the line out when the pause is over. The first day of a new group is `starts`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
resumes: 2027-09-01
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
status: paused
resumes: 2027-09-01
---
",
    ],
);
