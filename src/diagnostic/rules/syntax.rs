//! Rules about files and their YAML: what can be said before anybody knows what a field means.
//!
//! `wrong` is empty where no text can show the fault, as for a link or the bytes of a file.

use crate::diagnostic::{Level, Nature, Rule};

/// Every rule of this part, as the documentation lists them.
pub static RULES: &[&Rule] = &[
    &STRAY_FILE,
    &SYMBOLIC_LINK,
    &UNREADABLE_FILE,
    &UNREADABLE_FILE_NAME,
    &FILE_TOO_LARGE,
    &NOT_UTF8,
    &NUL_BYTE,
    &MISSING_FRONT_MATTER,
    &UNCLOSED_FRONT_MATTER,
    &MISTYPED_FENCE,
    &FRONT_MATTER_TOO_LARGE,
    &YAML_SYNTAX,
    &YAML_LOST_TEXT,
    &YAML_SECOND_COLON,
    &YAML_FIRST_CHARACTER,
    &YAML_QUOTE,
    &YAML_CURLY_QUOTES,
    &YAML_COMMA,
    &YAML_BRACKET,
    &YAML_DASH,
    &YAML_MISSING_SPACE,
    &YAML_INDENTATION,
    &YAML_TAB,
    &YAML_INVISIBLE_CHARACTER,
    &YAML_ANCHOR,
    &YAML_TAG,
    &YAML_SEVERAL_DOCUMENTS,
    &YAML_TOO_DEEP,
    &DUPLICATE_KEY,
];

/// A syntax rule: an error that cannot be lowered.
const fn fault(
    name: &'static str,
    summary: &'static str,
    why: &'static str,
    example: [&'static str; 2],
) -> Rule {
    let [wrong, right] = example;
    Rule { name, level: Level::Error, nature: Nature::Fixed, summary, why, wrong, right }
}

/// No text can show the fault.
const UNSHOWN: [&str; 2] = ["", ""];

/// A file that is no content.
pub static STRAY_FILE: Rule = Rule {
    name: "stray-file",
    level: Level::Error,
    nature: Nature::Adjustable,
    summary: "a file in content/ that is no content",
    why: "Every file in content/ becomes something on the site, so one that cannot is probably a mistake: a group saved \
          as a Word document, `.yml` for `.yaml`, a page in the wrong folder. Rename or move it; put files to download \
          into static/. A file whose name begins with `_` or `.` is skipped.",
    wrong: "\
-- content/groups/tuesday.txt --
title: Tuesday Circle
",
    right: "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
};

/// A symbolic link, which is never followed.
pub static SYMBOLIC_LINK: Rule = Rule {
    name: "symbolic-link",
    level: Level::Hint,
    nature: Nature::Adjustable,
    summary: "a symbolic link, which is skipped",
    why: "A link can lead out of the site's folder, to files that nobody meant to publish, so links are never followed. \
          Put a copy of the file in its place.",
    wrong: "",
    right: "",
};

/// A file that the system would not give.
pub static UNREADABLE_FILE: Rule = fault(
    "unreadable-file",
    "a file that cannot be read",
    "The system refused to give the file: often its permissions are wrong, or another program holds it.",
    UNSHOWN,
);

/// A name that no address can be made from.
pub static UNREADABLE_FILE_NAME: Rule = fault(
    "unreadable-file-name",
    "a file name that is no text",
    "A file's name becomes its address. This one holds bytes that are no text, or a line break. Rename it with plain \
     letters, digits and hyphens.",
    UNSHOWN,
);

/// A file beyond every sensible size.
pub static FILE_TOO_LARGE: Rule = fault(
    "file-too-large",
    "a text file that is far too large",
    "A page of text has a few kilobytes. A file of this size is something else, and reading it would slow everything \
     down. Put files to download into static/.",
    UNSHOWN,
);

/// Bytes that are no text in the one encoding that is read.
pub static NOT_UTF8: Rule = fault(
    "not-utf8",
    "a file that was not saved as UTF-8",
    "Text is stored as numbers, and there are several ways to do it. Only UTF-8, which every editor can write, is read. \
     In the editor choose `Save as` or `Save with encoding`, then UTF-8.",
    UNSHOWN,
);

/// A NUL byte, which no text has.
pub static NUL_BYTE: Rule = fault(
    "nul-byte",
    "a file with a byte that no text has",
    "A zero byte means that this is no plain text: perhaps a document of a word processor, or a damaged file. Save it as \
     plain text in UTF-8.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday\0Circle
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
",
    ],
);

/// A Markdown file without fields.
pub static MISSING_FRONT_MATTER: Rule = fault(
    "missing-front-matter",
    "a Markdown file that does not begin with fields between two lines of `---`",
    "What a page is called and what a group does is written between two lines of `---` at the very top of the file. \
     Without it there is nothing to list.",
    [
        "\
-- content/groups/tuesday.md --
# Tuesday Circle

Counselors bring one hard case a week.
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

/// Fields that no line ends.
pub static UNCLOSED_FRONT_MATTER: Rule = fault(
    "unclosed-front-matter",
    "fields with no `---` after them",
    "The fields at the top of a file end with a line of `---`; without it nobody can tell where the text begins.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation

Come and see.
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---

Come and see.
",
    ],
);

/// A line that was meant as `---`.
pub static MISTYPED_FENCE: Rule = fault(
    "mistyped-fence",
    "something like `---` that is not `---`",
    "The fields at the top of a file stand between two lines of exactly three hyphens. Word processors turn hyphens into \
     a long dash; others type four hyphens, stars, or a space or an empty line before them.",
    [
        "\
-- content/groups/tuesday.md --
—
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
—
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

/// More fields than anybody writes.
pub static FRONT_MATTER_TOO_LARGE: Rule = fault(
    "front-matter-too-large",
    "fields that are far too long",
    "The fields of a group have one or two kilobytes. Usually the line of `---` after them is missing or the page's text \
     stands above it.",
    UNSHOWN,
);

/// YAML that no other rule explains.
pub static YAML_SYNTAX: Rule = fault(
    "yaml-syntax",
    "a line that cannot be read",
    "Fields are written in YAML: `name: value` on each line, `- item` for each item of a list, more spaces in front of \
     what belongs to the line above. The line shown fits none of these. Text with signs such as `:`, `#`, `[` or `{` in \
     it goes into double quotes.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
topics: a list
- ethics
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
topics:
  - ethics
---
",
    ],
);

/// Text after ` #`.
pub static YAML_LOST_TEXT: Rule = fault(
    "yaml-lost-text",
    "text that is lost after `#`",
    "In YAML a `#` after a space begins a comment, and the rest of the line is not read. Put a value with `#` in it in \
     double quotes; begin a comment with `#` and a space.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Grief and Loss #2
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: \"Grief and Loss #2\"  # the first one meets on Mondays
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// A colon inside a value.
pub static YAML_SECOND_COLON: Rule = fault(
    "yaml-second-colon",
    "a second colon in a value without quotes",
    "In YAML a colon with a space after it stands between a name and its value. A value that has one itself goes into \
     double quotes.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: One aim: leave with a plan.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: \"One aim: leave with a plan.\"
kind: peer-consultation
---
",
    ],
);

/// A sign that YAML keeps for itself.
pub static YAML_FIRST_CHARACTER: Rule = fault(
    "yaml-first-character",
    "a value that begins with `@`, `*`, `%` or another sign that YAML keeps for itself",
    "YAML gives some signs a meaning when a value begins with them. Put such a value in double quotes.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: *Peer*-led consultation for counselors.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: \"*Peer*-led consultation for counselors.\"
kind: peer-consultation
---
",
    ],
);

/// Quotes that begin a value and do not end it.
pub static YAML_QUOTE: Rule = fault(
    "yaml-quote",
    "a value that begins with a quote and goes on after the closing one, or has none",
    "A quote at the beginning of a value means that all of it stands in quotes. Put quotes of the other kind round the \
     whole value.",
    [
        "\
-- content/groups/tuesday.md --
---
title: \"Hope\" for all
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: '\"Hope\" for all'
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// The quotes of a word processor.
pub static YAML_CURLY_QUOTES: Rule = fault(
    "yaml-curly-quotes",
    "curly quotes round a value",
    "Word processors turn straight quotes into curly ones, which are letters like any other: they would show on the \
     page. Type straight ones, or leave them out. To have curly quotes shown, put straight ones round them.",
    [
        "\
-- content/groups/tuesday.md --
---
title: “Tuesday Circle”
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: \"Tuesday Circle\"
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
",
    ],
);

/// A comma inside braces.
pub static YAML_COMMA: Rule = fault(
    "yaml-comma",
    "a comma inside `{ }` that ended a sentence",
    "Inside braces a comma ends a value. A sentence with a comma in it goes into double quotes, or on a line of its own.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: {say: Twice a month, members receive the dates.}
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
schedule: {say: \"Twice a month, members receive the dates.\"}
---
",
    ],
);

/// Brackets that do not match.
pub static YAML_BRACKET: Rule = fault(
    "yaml-bracket",
    "a bracket that is never closed, or closed twice",
    "A value that begins with `[` is a list and ends with `]`; one that begins with `{` has fields and ends with `}`. If \
     the bracket belongs to the text, put the value in double quotes.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
topics: [ethics, vicarious-trauma
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
topics: [ethics, vicarious-trauma]
---
",
    ],
);

/// A list whose dashes are none.
pub static YAML_DASH: Rule = fault(
    "yaml-dash",
    "a list item that does not begin with a hyphen and a space",
    "An item of a list begins with `- `. Word processors turn hyphens into long dashes or bullets, and without the space \
     after it the hyphen belongs to the word: the list becomes one long text.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
topics:
  — ethics
  — vicarious-trauma
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
topics:
  - ethics
  - vicarious-trauma
---
",
    ],
);

/// `title:Grief`.
pub static YAML_MISSING_SPACE: Rule = fault(
    "yaml-missing-space",
    "a colon with no space after it",
    "A name ends with a colon and a space. Without the space the colon belongs to the word, as in a web address.",
    [
        "\
-- content/groups/tuesday.md --
---
title:Tuesday Circle
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
",
    ],
);

/// Lines that do not line up.
pub static YAML_INDENTATION: Rule = fault(
    "yaml-indentation",
    "a line that begins in the wrong column",
    "The spaces in front of a line say what it belongs to. Fields that belong together begin in the same column, the \
     dashes of a list too, and text that goes on in the next line is indented.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week
and leave with a plan.
kind: peer-consultation
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week
  and leave with a plan.
kind: peer-consultation
---
",
    ],
);

/// Tabs in front of a line.
pub static YAML_TAB: Rule = fault(
    "yaml-tab",
    "a line that is indented with a tab",
    "A tab is as wide as each editor likes, so YAML does not take it for indentation. Use two spaces.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
membership:
\tadmission: open
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
membership:
  admission: open
---
",
    ],
);

/// Characters that nobody can see.
pub static YAML_INVISIBLE_CHARACTER: Rule = fault(
    "yaml-invisible-character",
    "a character that nobody can see, in a place where it matters",
    "Text that was pasted from a web page or a word processor can hold spaces that are none. Delete the spot and type it \
     anew.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose:\u{a0}Counselors bring one hard case a week.
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

/// Anchors and aliases.
pub static YAML_ANCHOR: Rule = fault(
    "yaml-anchor",
    "a YAML anchor or alias",
    "YAML can name a text with `&name` and repeat it with `*name`. That is not used here: it is hard to read, and it can \
     be made to blow up to any size. Write the text out.",
    [
        "\
-- content/groups/tuesday.md --
---
title: &name Tuesday Circle
purpose: *name
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

/// Tags.
pub static YAML_TAG: Rule = fault(
    "yaml-tag",
    "a YAML tag",
    "A tag such as `!!str` tells a program what sort of value follows. Here the field knows that. Leave the tag out.",
    [
        "\
-- content/groups/tuesday.md --
---
title: !!str Tuesday Circle
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
",
    ],
);

/// Several documents in one file.
pub static YAML_SEVERAL_DOCUMENTS: Rule = fault(
    "yaml-several-documents",
    "a second YAML document in one file",
    "A line of `---` inside a YAML file begins another document, of which nothing is read. Give it a file of its own.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
-- content/venues/parish.yaml --
name: Parish hall
---
name: Library
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
---
-- content/venues/parish.yaml --
name: Parish hall
",
    ],
);

/// Nesting that nobody means.
pub static YAML_TOO_DEEP: Rule = fault(
    "yaml-too-deep",
    "lists in lists in lists",
    "No field is more than five levels deep. Beyond twelve something went wrong, and reading stops.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
private: [[[[[[[[[[[[[[ethics]]]]]]]]]]]]]]
---
",
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
private: [ethics]
---
",
    ],
);

/// One name twice.
pub static DUPLICATE_KEY: Rule = fault(
    "duplicate-key",
    "a field that stands in the same place twice",
    "Only one of the two can be true, and nobody can tell which was meant.",
    [
        "\
-- content/groups/tuesday.md --
---
title: Tuesday Circle
purpose: Counselors bring one hard case a week.
kind: peer-consultation
title: Wednesday Circle
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules that a site broken or mended as in the table reports.
    fn found(archive: &str) -> Vec<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        for file in archive.split("-- ").filter(|part| part.contains(" --\n")) {
            let (path, text) = file.split_once(" --\n").unwrap();
            let path = folder.path().join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, text).unwrap();
        }
        crate::load::load(folder.path())
            .unwrap()
            .diagnostics
            .iter()
            .map(|found| found.rule.name)
            .collect()
    }

    #[test]
    fn each_wrong_example_breaks_its_rule_alone_and_each_right_one_none() {
        for rule in RULES.iter().filter(|rule| !rule.wrong.is_empty()) {
            let broken = found(rule.wrong);
            assert!(
                !broken.is_empty() && broken.iter().all(|name| *name == rule.name),
                "{}: {broken:?}",
                rule.name
            );
            assert!(found(rule.right).is_empty(), "{}: {:?}", rule.name, found(rule.right));
        }
    }

    #[test]
    fn names_are_kebab_case_and_stand_once() {
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        assert!(names.iter().all(|name| {
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        }));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
    }
}
