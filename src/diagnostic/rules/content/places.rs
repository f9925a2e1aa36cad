//! Rules about where people meet, in a room or online.

use super::{error, warning};
use crate::diagnostic::Rule;

/// A venue without a file.
pub static UNKNOWN_VENUE: Rule = error(
    "unknown-venue",
    "a venue without a file",
    "A group names the place where it meets by the name of a file in content/venues, so that an address is written once \
     and corrected once. There is no file of this name. Correct the name, add the file, or write the venue's fields \
     (`name`, `address`) in the group itself.",
    [
        "\
-- content/venues/grace-church.yaml --
name: Grace Church
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
venue: grace-chruch
---
",
        "\
-- content/venues/grace-church.yaml --
name: Grace Church
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
venue: grace-church
---
",
    ],
);

/// A meeting in person without a venue.
pub static MISSING_VENUE: Rule = warning(
    "missing-venue",
    "a meeting in person without a venue",
    "Whoever wants to come needs to know whether they can get there. Name the venue; where its address is not for \
     everybody, `precision: area` in the venue's file shows the town only.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
format: in-person
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
format: in-person
venue: {address: {city: Athens, region: Ohio}}
---
",
    ],
);

/// A venue for an online meeting, or a link for one in person.
pub static FORMAT_CONTRADICTION: Rule = error(
    "format-contradiction",
    "a venue for an online meeting, or a link for one in person",
    "An online meeting has no room, and one in person has no link: one of the two lines is out of date. If some people \
     come and others join by video, the format is `hybrid`. If meetings take turns, give each its own entry under \
     `schedule`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
format: online
venue: {address: {city: Athens, region: Ohio}}
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
format: hybrid
venue: {address: {city: Athens, region: Ohio}}
---
",
    ],
);

/// A public online meeting without a link or number.
pub static JOIN_WITHOUT_LINK: Rule = warning(
    "join-without-link",
    "a public online meeting without a link or number",
    "`join: public` promises that everybody finds the way in on the page, and there is none. Add the link or the number, \
     or write `join: on-request`, and people are told to ask for it.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
format: online
online: {platform: Zoom, join: public}
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
format: online
online: {platform: Zoom, join: public, url: https://zoom.example/j/1}
---
",
    ],
);

/// Latitude and longitude in the wrong order.
pub static SWAPPED_COORDINATES: Rule = error(
    "swapped-coordinates",
    "latitude and longitude in the wrong order",
    "Maps give the two numbers in different orders; here the latitude (how far north) comes first. The other way round \
     the place lies on another continent, or nowhere. Swap the numbers.",
    [
        "\
-- content/venues/grace-church.yaml --
name: Grace Church
coordinates: [-82.1013, 39.3292]
",
        "\
-- content/venues/grace-church.yaml --
name: Grace Church
coordinates: [39.3292, -82.1013]
",
    ],
);

/// A point that cannot be where the venue is.
pub static IMPOSSIBLE_COORDINATES: Rule = error(
    "impossible-coordinates",
    "a point that cannot be where the venue is",
    "The point is nowhere on earth, or far from the town that the address names: a digit or a minus sign is missing. \
     Everything west of London has a longitude with a minus. Copy the numbers again from a map.",
    [
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
places: {Athens: [39.33, -82.10]}
-- content/venues/grace-church.yaml --
name: Grace Church
address: {city: Athens, region: Ohio}
coordinates: [39.3292, 82.1013]
",
        "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\"}
places: {Athens: [39.33, -82.10]}
-- content/venues/grace-church.yaml --
name: Grace Church
address: {city: Athens, region: Ohio}
coordinates: [39.3292, -82.1013]
",
    ],
);
