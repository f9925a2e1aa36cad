//! Rules about days.

use super::error;
use crate::diagnostic::Rule;

/// A date that can be read in two ways.
pub static AMBIGUOUS_DATE: Rule = error(
    "ambiguous-date",
    "a date that can be read in two ways",
    "`01/06/2027` is the sixth of January to one reader and the first of June to another. Write year, month and day, as \
     `2027-01-06`, or the month by its name, as `6 January 2027`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
starts: 01/06/2027
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
starts: 2027-01-06
---
",
    ],
);

/// A day that is in no calendar.
pub static IMPOSSIBLE_DATE: Rule = error(
    "impossible-date",
    "a day that is in no calendar",
    "June has 30 days, and a year has twelve months. A day that does not exist is most often a slip of the finger; look \
     it up and write the right one.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
ends: 2027-06-31
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
ends: 2027-06-30
---
",
    ],
);

/// A range of days that runs backwards.
pub static ENDS_BEFORE_STARTS: Rule = error(
    "ends-before-starts",
    "a range of days that runs backwards",
    "Between these two dates there is no day, so nothing would ever happen. Most often the year is wrong, or the two \
     dates changed places.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
starts: 2027-09-07
ends: 2027-06-29
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
starts: 2026-09-08
ends: 2027-06-29
---
",
    ],
);

/// An exception for a day on which nothing is planned.
pub static UNMATCHED_DATE: Rule = error(
    "unmatched-date",
    "an exception for a day on which nothing is planned",
    "A meeting that is cancelled or moved must be one that would have taken place. If the date matches none, the \
     exception has no effect, and people come to a locked door. Correct the date; a meeting on top of the usual ones goes \
     under `extra`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
ends: 2027-06-29
cancelled:
  - {date: 2027-07-06, reason: Summer break}
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
ends: 2027-06-29
cancelled:
  - {date: 2027-04-06, reason: Spring break}
---
",
    ],
);
