//! Rules about text that says too much, or does not say what its author sees.

use super::{fixed, warning};
use crate::diagnostic::Rule;

/// A private fact repeated in text that is published.
pub static PRIVATE_IN_TEXT: Rule = fixed(
    "private-in-text",
    "a private fact repeated in text that is published",
    "What stands under `private`, links that are given on request, and the street of a venue that shows its town only are \
     kept off the site. The same words stand in a text that everybody can read. Take them out there; if they may be known \
     after all, move them to a public field such as `contact`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
private: {meets_at: 12 Main Street}
---

We sit upstairs at 12 Main Street.
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
private: {meets_at: 12 Main Street}
---

We sit upstairs; members receive the address.
",
    ],
);

/// An e-mail address or telephone number in free text.
pub static CONTACT_IN_TEXT: Rule = warning(
    "contact-in-text",
    "an e-mail address or telephone number in free text",
    "A number in the middle of a text is forgotten when it changes, and it may belong to somebody who never agreed to see \
     it published. Put it under `contact`, where it becomes a button and is changed in one place, or under `private`.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---

Call Dana on 740 555 0101.
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
contact: {name: Dana, phone: \"740 555 0101\"}
---

Call Dana before your first visit.
",
    ],
);

/// A passcode in free text.
pub static PASSCODE_IN_TEXT: Rule = warning(
    "passcode-in-text",
    "a passcode in free text",
    "Whoever has the passcode can walk into the meeting, and pages are read by machines that look for such numbers. Under \
     `online` it stays out of the site unless you write `join: public`; give it to people when they ask.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---

We meet on Zoom, passcode 4711.
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
online: {platform: Zoom, passcode: \"4711\"}
---

We meet on Zoom; write to us for the link.
",
    ],
);

/// HTML in a text; it is shown as it is written.
pub static RAW_HTML: Rule = warning(
    "raw-html",
    "HTML in a text; it is shown as it is written",
    "Text that was copied from a web page can bring its code with it. Such code is not obeyed, because it could do harm: \
     readers would see the signs themselves. Take them out, and use Markdown: `**bold**`, `*slanted*`, `- ` for a list, a \
     blank line between paragraphs.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---

Please come <b>on time</b>.
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---

Please come **on time**.
",
    ],
);
