//! Rules about days.

use super::{error, hint, warning};
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
     under `extra`. Where the schedule has no dates (`say:`) none can be cancelled: say it under `status_note`.",
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

/// Exceptions of which only one can be true.
pub static EXCEPTION_CONTRADICTION: Rule = error(
    "exception-contradiction",
    "exceptions of which only one can be true",
    "A meeting that is cancelled cannot also be moved. Keep the line that is \
     true. A meeting on another day is one line under `changed`, with `to_date`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
cancelled:
  - {date: 2027-04-06, reason: Spring break}
changed:
  - {date: 2027-04-06, to_date: 2027-04-07}
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
changed:
  - {date: 2027-04-06, to_date: 2027-04-07}
---
",
    ],
);

/// Cancelled days among which no meeting is.
pub static UNMATCHED_RANGE: Rule = hint(
    "unmatched-range",
    "cancelled days among which no meeting is",
    "Nothing would have taken place between these two dates, so the line has no effect. That does no harm, but the \
     dates may be wrong.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: 1st Tuesday, 7–8:30 pm
cancelled:
  - {from: 2027-04-12, to: 2027-04-25, reason: Spring break}
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: 1st Tuesday, 7–8:30 pm
cancelled:
  - {from: 2027-04-05, to: 2027-04-18, reason: Spring break}
---
",
    ],
);

/// A presentation on a day without a meeting.
pub static UNMATCHED_SLOT: Rule = warning(
    "unmatched-slot",
    "a presentation on a day without a meeting",
    "Somebody prepares a case for that day, and nobody comes. Write the date of a meeting; where one was moved, the \
     day that it was moved to.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
presentations:
  slots: [{date: 2027-02-03, topic: Working with dissociation}]
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
presentations:
  slots: [{date: 2027-02-02, topic: Working with dissociation}]
---
",
    ],
);

/// An extra or moved meeting where one is planned already.
pub static PLANNED_ALREADY: Rule = warning(
    "planned-already",
    "an extra or moved meeting where one is planned already",
    "There is a meeting on that day at that hour, so readers and calendars would see two. Take the line out, or write another \
     day; what is different at a planned meeting goes under `changed`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
extra:
  - {date: 2027-04-06, note: Open house}
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
changed:
  - {date: 2027-04-06, note: Open house}
---
",
    ],
);

/// A meeting that was put on a day on which no group meets.
pub static EXCEPTION_ON_HOLIDAY: Rule = warning(
    "exception-on-holiday",
    "a meeting that was put on a day on which no group meets",
    "`holidays_cancel` in site.yaml says that no group meets on the network's holidays, so this meeting is shown as \
     cancelled. Choose another day, or ask the network.",
    [
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\"}
holidays: [{from: 2026-12-24, to: 2027-01-01, name: Winter break}]
holidays_cancel: true
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
extra:
  - {date: 2026-12-30}
---
",
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\"}
holidays: [{from: 2026-12-24, to: 2027-01-01, name: Winter break}]
holidays_cancel: true
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 7–8:30 pm
extra:
  - {date: 2027-01-06}
---
",
    ],
);
