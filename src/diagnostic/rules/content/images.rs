//! Rules about images.

use super::{UNSHOWN, error, fixed, warning};
use crate::diagnostic::Rule;

/// An image that is not there.
pub static MISSING_IMAGE: Rule = error(
    "missing-image",
    "an image that is not there",
    "Readers would see an empty frame. The image lies beside the file that names it, or in static/. Copy it there, and \
     write its name exactly: upper and lower case matter, and so does the ending.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
image: lamp.svg
image_alt: A lamp on a table
---
",
        "\
-- content/groups/lamp.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"1\"/></svg>
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
image: lamp.svg
image_alt: A lamp on a table
---
",
    ],
);

/// An image that browsers cannot show.
pub static DAMAGED_IMAGE: Rule = error(
    "damaged-image",
    "an image that browsers cannot show",
    "The file is damaged, is not what its ending says, or is of a kind that only some devices can show, such as the HEIC \
     pictures that iPhones take. Save or export it anew as JPEG, PNG or WebP.",
    [
        "\
-- content/groups/lamp.svg --
A lamp on a table
",
        "\
-- content/groups/lamp.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"1\"/></svg>
",
    ],
);

/// A drawing with a program inside.
pub static UNSAFE_IMAGE: Rule = fixed(
    "unsafe-image",
    "a drawing with a program inside",
    "SVG drawings can carry programs, and can fetch things from other sites, which then learn who reads the page. Only \
     drawings without them are published. Export it again as plain SVG, or as PNG.",
    [
        "\
-- content/groups/lamp.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><script>alert(1)</script></svg>
",
        "\
-- content/groups/lamp.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"1\"/></svg>
",
    ],
);

/// An image from another site, which would learn who reads the page.
pub static REMOTE_IMAGE: Rule = fixed(
    "remote-image",
    "an image from another site, which would learn who reads the page",
    "A browser fetches every image on a page. If it lies on another site, that site learns who looks for help, and when. \
     Save the image (if you may use it), put it beside this file and write its name.",
    [
        "\
-- content/pages/about.md --
---
title: About us
---

![A lamp on a table](https://photos.example/lamp.jpg)
",
        "\
-- content/pages/lamp.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"1\"/></svg>
-- content/pages/about.md --
---
title: About us
---

![A lamp on a table](lamp.svg)
",
    ],
);

/// An image without words for those who do not see it.
pub static MISSING_ALT_TEXT: Rule = warning(
    "missing-alt-text",
    "an image without words for those who do not see it",
    "People who cannot see the image have it read to them, and it is shown in words when the picture does not arrive. Say \
     in a few words what it shows, as you would on the telephone: no `picture of`, no file name.",
    [
        "\
-- content/groups/lamp.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"1\"/></svg>
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
image: lamp.svg
---
",
        "\
-- content/groups/lamp.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"1\"/></svg>
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
image: lamp.svg
image_alt: A lamp on a table
---
",
    ],
);

/// An image over 500 KB.
pub static LARGE_IMAGE: Rule = warning(
    "large-image",
    "an image over 500 KB",
    "A photograph as it comes out of a camera takes many seconds on a phone with a weak connection, and may cost its owner \
     money. Save it 1600 pixels wide and at medium quality: nobody will see the difference.",
    UNSHOWN,
);
