//! Rules about addresses, and the links that lead to them.

use super::{error, fixed};
use crate::diagnostic::Rule;

/// Two pages that want one address.
pub static DUPLICATE_SLUG: Rule = fixed(
    "duplicate-slug",
    "two pages that want one address",
    "The name of a file becomes the address of its page, and so does each of its `aliases`; upper and lower case make no \
     difference, nor do accents. Only one page can stand at an address. Rename one of the files, or give it a `slug`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
-- content/groups/athens/tuesday.md --
---
title: Tuesday Circle in Athens
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
---
-- content/groups/athens/tuesday.md --
---
title: Tuesday Circle in Athens
purpose: Counselors bring one hard case a week.
kind: peer-consultation
slug: tuesday-athens
---
",
    ],
);

/// Two groups that calendars cannot tell apart.
pub static DUPLICATE_ID: Rule = error(
    "duplicate-id",
    "two groups that calendars cannot tell apart",
    "A calendar knows a group's meetings by its `id`. When a file is copied to begin another group, the line is copied \
     with it, and the meetings of one group would replace those of the other. Take the line out of the copy: a group \
     without an `id` is known by its address.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
id: 7f3a
---
-- content/groups/thursday.md --
---
title: Thursday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
id: 7f3a
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
id: 7f3a
---
-- content/groups/thursday.md --
---
title: Thursday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// A name of which no address can be made.
pub static UNUSABLE_SLUG: Rule = fixed(
    "unusable-slug",
    "a name of which no address can be made",
    "An address is made of lower-case words joined by hyphens, so that it can be typed, read out and printed. Letters of \
     other alphabets are rewritten by themselves in file names; a `slug` or an alias is taken as it is written, so it has \
     to be right. Names that Windows keeps for itself, such as `con` and `aux`, cannot be used either.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
slug: Tuesday Circle!
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
slug: tuesday-circle
---
",
    ],
);

/// A page where the site itself puts one.
pub static RESERVED_ADDRESS: Rule = fixed(
    "reserved-address",
    "a page where the site itself puts one",
    "The site makes some pages by itself: the directory at `/groups/`, the week, the resources. A page of yours at the \
     same address would hide them. Give your page another file name.",
    [
        "\
-- content/pages/groups.md --
---
title: Our groups
---
",
        "\
-- content/pages/about-our-groups.md --
---
title: Our groups
---
",
    ],
);

/// A path that leads out of the site's folder.
pub static PATH_OUTSIDE_SITE: Rule = fixed(
    "path-outside-site",
    "a path that leads out of the site's folder",
    "Every `../` goes one folder up, and this path goes above the top of the site. What lies there is not published, and \
     nobody should be led to it. Write the address from the top of the site, beginning with `/`.",
    [
        "\
-- content/pages/about.md --
---
title: About us
---

See [our groups](../../../groups/).
",
        "\
-- content/pages/about.md --
---
title: About us
---

See [our groups](/groups/).
",
    ],
);

/// A static file where a page stands.
pub static OUTPUT_COLLISION: Rule = fixed(
    "output-collision",
    "a static file where a page stands",
    "Files in static/ are copied as they are. This one would stand where the site puts a page of its own, or another file \
     whose name differs in upper and lower case only, which many computers cannot tell apart. Rename it, or take it out.",
    [
        "\
-- static/groups/tuesday/index.html --
An old page
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- static/archive/tuesday.html --
An old page
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// A link to a page or heading that is not there.
pub static BROKEN_LINK: Rule = error(
    "broken-link",
    "a link to a page or heading that is not there",
    "Whoever follows this link finds nothing, perhaps at a moment when they need it. The page was renamed, or its address \
     has a slip of the finger. Write the address as it stands in the browser, from the first `/` after the site's name; \
     the name of a content file, such as `../groups/tuesday.md`, works too.",
    [
        "\
-- content/pages/about.md --
---
title: About us
---

See [the Tuesday Circle](/groups/tuesdy/).
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- content/pages/about.md --
---
title: About us
---

See [the Tuesday Circle](/groups/tuesday/).
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// A link that could do harm.
pub static UNSAFE_LINK: Rule = fixed(
    "unsafe-link",
    "a link that could do harm",
    "A link may lead to a web page (`https://…`), a mailbox (`mailto:…`), a telephone (`tel:…`) or a page of this site. \
     Other kinds can run programs or open files on the reader's device, so they are not made into links.",
    [
        "\
-- content/pages/about.md --
---
title: About us
---

[Print this page](javascript:print).
",
        "\
-- content/pages/about.md --
---
title: About us
---

[Our leaflet](https://example.org/leaflet.pdf).
",
    ],
);

/// A link to a group that is not for everybody.
pub static LINK_TO_HIDDEN_GROUP: Rule = fixed(
    "link-to-hidden-group",
    "a link to a group that is not for everybody",
    "Somebody chose that this group is not listed. A link from another page would show it to everybody, or lead to \
     nothing where the group is a draft or internal. Take the link out, or ask for the group to be listed.",
    [
        "\
-- content/pages/about.md --
---
title: About us
---

See [the Tuesday Circle](/groups/tuesday/).
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
visibility: unlisted
---
",
        "\
-- content/pages/about.md --
---
title: About us
---

See [our groups](/groups/).
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
visibility: unlisted
---
",
    ],
);
