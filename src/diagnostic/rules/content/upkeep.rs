//! Rules about what a reader would miss, and about facts that grow old.

use super::{clock, hint, warning};
use crate::diagnostic::Rule;

/// A listed group that nobody can reach.
pub static UNREACHABLE_GROUP: Rule = warning(
    "unreachable-group",
    "a listed group that nobody can reach",
    "It takes courage to look for a group, and here the way ends: neither the group nor the site says whom to write to or \
     call. Add `contact` to the group, or once to site.yaml, where it serves every group without its own.",
    [
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
contact: {name: Dana, email: dana@example.org}
---
",
    ],
);

/// A group that does not say when it meets.
pub static MISSING_SCHEDULE: Rule = hint(
    "missing-schedule",
    "a group that does not say when it meets",
    "Whether a group is possible for somebody depends first of all on the day and the hour. Write it as you would say it. \
     If there are no fixed dates, say so: `schedule: {say: Twice a month; members receive the dates.}`",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: 1st and 3rd Tuesday, 7:00–8:30 pm
---
",
    ],
);

/// A site without crisis help.
pub static MISSING_CRISIS_HELP: Rule = warning(
    "missing-crisis-help",
    "a site without crisis help",
    "Some readers are in danger now, and a group next Tuesday is too late for them. `help` in site.yaml puts the lines for \
     your country on every page. None is built in, because only you know which ones are right where you are; confirm \
     them at the operator's own page.",
    [
        "\
-- site.yaml --
title: River Valley Counselors Network
",
        "\
-- site.yaml --
title: River Valley Counselors Network
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\"}
",
    ],
);

/// A crisis line that nobody has confirmed for half a year.
pub static STALE_CRISIS_HELP: Rule = clock(
    "stale-crisis-help",
    "a crisis line that nobody has confirmed for half a year",
    "A number that is out of order fails people at the worst moment. Look at the operator's own page twice a year; if all \
     is still true, write the day on which you looked.",
    [
        "\
-- site.yaml --
title: River Valley Counselors Network
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", verified: 2026-03-02}
",
        "\
-- site.yaml --
title: River Valley Counselors Network
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", verified: 2026-10-01}
",
    ],
);

/// Facts that nobody has confirmed for a long time.
pub static STALE_LISTING: Rule = clock(
    "stale-listing",
    "facts that nobody has confirmed for a long time",
    "Groups move, fill up and end, and nobody thinks of the directory. Ask the group whether all is still true, then write \
     the day on which you asked. After how many days this is said is the site's choice: `checks: {stale-listing: {level: \
     warning, after: 180 days}}`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
verified: 2026-02-01
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
verified: 2026-11-01
---
",
    ],
);

/// A date that is over, or not yet come.
pub static UNTIMELY_DATE: Rule = clock(
    "untimely-date",
    "a date that is over, or not yet come",
    "The file says that the group ended, that its enrolment closed or that its pause is over, while the rest of it speaks \
     of a group that goes on; or it was confirmed on a day that has not come. Write what is true today: a later date, \
     `status: ended`, or no line at all.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
ends: 2026-06-30
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
ends: 2026-06-30
status: ended
---
",
    ],
);

/// Facts that nobody has confirmed yet.
pub static UNCONFIRMED_LISTING: Rule = hint(
    "unconfirmed-listing",
    "facts that nobody has confirmed yet",
    "Readers trust a listing more when they see that somebody asked. The page says `not yet confirmed` until you write the \
     day on which the group told you that all is true.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
verified: 2026-11-01
---
",
    ],
);
