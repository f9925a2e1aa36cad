//! Rules about the sentences that say when people meet.

use super::{clock, error};
use crate::diagnostic::Rule;

/// A schedule with words that mean nothing.
pub static UNREADABLE_SCHEDULE: Rule = error(
    "unreadable-schedule",
    "a schedule with words that were not understood",
    "A schedule becomes dates in calendars and on the week's page, so every word of it counts: one that was not understood \
     might have been the one that mattered. Write days and hours, such as `1st and 3rd Tuesday, 7–8:30 pm`; what else there \
     is to say goes under `note:`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tusedays, 7–8:30 pm
---
",
        "\
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

/// A schedule that leaves something open.
pub static AMBIGUOUS_SCHEDULE: Rule = error(
    "ambiguous-schedule",
    "a schedule that a careful person would have to ask about",
    "`11–1` has no am or pm, `twice a month` has no days, and `every other Wednesday` can be counted from any Wednesday. A \
     guess would send somebody to a locked door. Answer the question in the help; where there are no fixed dates, write \
     `schedule: {say: …}` with your own words, which are shown as they are.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Twice a month, 7–8:30 pm
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: 1st and 3rd Tuesday, 7–8:30 pm
---
",
    ],
);

/// A schedule with a day or an hour that does not exist.
pub static IMPOSSIBLE_TIME: Rule = error(
    "impossible-time",
    "an hour or a day in a schedule that does not exist",
    "There is no `13 pm`, no 31 February and no sixth Tuesday of a month, and a meeting cannot end when it begins. Most often \
     this is a slip of the finger; look it up and write the right one.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 13 pm
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays, 1 pm
---
",
    ],
);

/// A schedule that disagrees with itself or the fields beside it.
pub static SCHEDULE_CONTRADICTION: Rule = error(
    "schedule-contradiction",
    "a schedule that disagrees with itself or with the fields beside it",
    "A date whose day of the week is another, a zone that is not the group's `timezone`, a first meeting before `starts` or a \
     last one after `ends`: one of the two must be wrong, and readers cannot know which. Correct one, or take it out.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays from 5 January to 29 June 2027, 7–8:30 pm
starts: 2027-02-02
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: Tuesdays from 5 January to 29 June 2027, 7–8:30 pm
---
",
    ],
);

/// A schedule without a single meeting.
pub static EMPTY_SCHEDULE: Rule = error(
    "empty-schedule",
    "a schedule without a single meeting",
    "Between its first and its last day there is none that the sentence names, so the group would never meet. Most \
     often `starts` or `ends` is left over from another year.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: last Saturday of the month, 10 am–noon
starts: 2027-01-04
ends: 2027-01-22
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: last Saturday of the month, 10 am–noon
starts: 2027-01-04
ends: 2027-06-22
---
",
    ],
);

/// An active group whose meetings are all over.
pub static SCHEDULE_OVER: Rule = clock(
    "schedule-over",
    "an active group whose meetings are all over",
    "The page says that the group meets, and has no date to show. When the group has ended, write `status: ended`: \
     its address keeps working. When it goes on, write its new dates.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: 10 Mondays from 5 January 2026, 6–7:30 pm
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: 10 Mondays from 5 January 2026, 6–7:30 pm
status: ended
---
",
    ],
);
