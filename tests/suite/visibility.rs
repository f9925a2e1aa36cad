//! The table "Who sees what" of the content model, row by row and column by column: each state of a group, on a small
//! site that gives every group something to be found by.

use std::collections::BTreeSet;

use crate::built::{Built, build_archive, run_build, unpacked};
use crate::finder::told_plainly;
use crate::harness::{Archive, check, line};
use crate::html::Page;

/// Seven groups that share every facet, each with a tree's name and a town of its own.
fn site() -> String {
    let mut archive = String::from(
        "\
-- site.yaml --
title: Grove
base_url: https://x.example/
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\"}
-- content/resources/guide.md --
---
title: A guide
topics: [grief]
related_groups: [alder, pine, poplar, elm]
---
Read this.
",
    );
    for (name, lines) in [
        ("alder", "status: active"),
        ("pine", "status: paused\nstatus_note: The room is being painted."),
        ("poplar", "status: paused\nresumes: 2027-03-04"),
        ("elm", "status: ended"),
        ("ulmus", "visibility: unlisted"),
        ("dogwood", "visibility: draft"),
        ("ivy", "visibility: internal"),
    ] {
        let town = format!("{}ville", capitalised(name));
        archive.push_str(&format!(
            "\
-- content/groups/{name}.md --
---
title: The {name} table
purpose: People of the {name} meet.
kind: peer-support
topics: [grief, {name}-topic]
format: in-person
venue: {{name: Hall, address: {{city: {town}}}}}
schedule: Mondays, 6–7 pm
membership: {{intake: open}}
extra:
  - {{date: 2027-02-02, time: 7–8 pm, note: Before the spring}}
  - {{date: 2027-04-04, time: 7–8 pm, note: After the spring}}
aliases: [old-{name}]
verified: 2026-11-01
image: {name}.svg
image_alt: Trees
{lines}
---
The words of the {name}.
-- content/groups/{name}.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1z\"/></svg>
"
        ));
    }
    archive
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn built(arguments: &[&str]) -> Built {
    build_archive(&site(), arguments)
}

/// The files, by path, that speak of a group in any way, its own page and picture aside.
fn elsewhere(name: &str, built: &Built) -> BTreeSet<String> {
    let own = format!("groups/{name}/");
    let speaks = |path: &str, bytes: &[u8]| {
        let text = String::from_utf8_lossy(&unpacked(bytes)).to_lowercase();
        path.contains(name) || text.contains(name)
    };
    let plain = told_plainly(&built.files);
    let found = built.files.iter().chain(&plain);
    let found = found.filter(|(path, bytes)| !path.starts_with(&own) && speaks(path, bytes));
    found.map(|(path, _)| path.clone()).collect()
}

/// All the places where a group that is for everybody is found.
fn everywhere(name: &str) -> BTreeSet<String> {
    let plain =
        ["groups/index.html", "groups/finder.bin", "sitemap.xml", "_redirects", "calendar.ics"];
    let mut places: BTreeSet<String> = plain.map(str::to_owned).into();
    let folders = [
        "by/kind/peer-support",
        "by/for/public",
        "by/topic/grief",
        "by/format/in-person",
        "by/intake/open",
        &format!("by/topic/{name}-topic"),
        &format!("by/city/{name}ville"),
        &format!("groups/old-{name}"),
    ];
    for folder in folders {
        places.extend(["index.html", "calendar.ics"].map(|file| format!("{folder}/{file}")));
    }
    places
}

/// What still leads to a group that nobody finds.
fn old_addresses(name: &str) -> BTreeSet<String> {
    let own = ["index.html", "calendar.ics"].map(|file| format!("groups/old-{name}/{file}"));
    own.into_iter().chain(["_redirects".to_owned()]).collect()
}

/// A group's own page, and what it says first: the words between its name and its purpose.
fn own_page(name: &str, built: &Built) -> (Page, String) {
    let page = built.page(&format!("/groups/{name}/"));
    let main = page.only("main").unwrap().words();
    let after = main.split_once(&format!("The {name} table")).unwrap().1;
    let first =
        after.split_once(&format!("People of the {name} meet.")).unwrap().0.trim().to_owned();
    (page, first)
}

/// The words of a group's card on the page of all groups.
fn card(name: &str, built: &Built) -> String {
    let page = built.page("/groups/");
    let mut cards =
        page.all("li").filter(|item| item.has_class("card") && item.text.contains(name));
    let words = cards.next().unwrap_or_else(|| panic!("{name} has no card")).words();
    assert!(cards.next().is_none(), "{name} has two cards");
    words
}

#[test]
fn a_listed_group_is_on_its_own_page_and_everywhere() {
    let built = built(&[]);
    let (page, first) = own_page("alder", &built);
    assert!(!page.is_hidden());
    assert_eq!(first, "");
    let found = elsewhere("alder", &built);
    assert!(found.is_superset(&everywhere("alder")), "{found:?}");
    assert!(found.contains("index.html"), "the home page shows groups with places free");
    assert!(found.contains("resources/guide/index.html"), "a resource page shows its groups");
    assert!(built.files.contains_key("groups/alder/alder.svg"));
}

#[test]
fn a_paused_group_is_everywhere_too_and_says_so_first_and_on_its_card() {
    let built = built(&[]);
    for (name, words) in [("pine", "Paused"), ("poplar", "Paused until 4 March 2027")] {
        let (page, first) = own_page(name, &built);
        assert!(!page.is_hidden(), "{name}");
        assert!(first.starts_with(words), "{name}: {first}");
        assert!(card(name, &built).contains(words), "{name}");
        let found = elsewhere(name, &built);
        let mut places = everywhere(name);
        // Of a group without dates there is nothing to say in a calendar.
        places.retain(|path| {
            name != "pine" || !path.ends_with("/calendar.ics") && path != "calendar.ics"
        });
        assert!(found.is_superset(&places), "{name}: {found:?}");
        assert!(found.contains("resources/guide/index.html"), "{name}");
        assert!(
            !found.contains("index.html"),
            "{name}: the home page shows groups that take people now"
        );
    }
    let (_, first) = own_page("pine", &built);
    assert!(first.contains("The room is being painted."), "{first}");
}

#[test]
fn a_paused_group_shows_no_date_before_it_resumes() {
    let built = built(&[]);
    let shown = |name| {
        let (page, _) = own_page(name, &built);
        (page.text.contains("Before the spring"), page.text.contains("After the spring"))
    };
    assert_eq!(shown("alder"), (true, true));
    assert_eq!(shown("poplar"), (false, true), "it resumes between the two");
    assert_eq!(shown("pine"), (false, false), "nobody knows when it resumes");
    assert_eq!(shown("elm"), (false, false), "it has ended");
}

/// The days on which the events of a group's calendar begin, and whether any of them comes again.
fn events(path: &str, built: &Built) -> (Vec<String>, bool) {
    let text = built.text(path);
    let starts =
        text.lines().filter_map(|line| line.strip_prefix("DTSTART;TZID=America/New_York:"));
    let days = starts.map(|start| start.split('T').next().unwrap().to_owned()).collect();
    (days, text.contains("RRULE:FREQ=WEEKLY"))
}

#[test]
fn a_calendar_holds_the_meetings_that_there_are() {
    let built = built(&[]);
    let own = |name: &str| events(&format!("groups/{name}/calendar.ics"), &built);
    for name in ["alder", "ulmus"] {
        let (days, weekly) = own(name);
        assert!(weekly && days.contains(&"20270202".to_owned()), "{name}: {days:?}");
    }
    let (days, weekly) = own("poplar");
    assert!(weekly && days.iter().all(|day| day.as_str() >= "20270304"), "{days:?}");
    for name in ["pine", "elm"] {
        assert_eq!(own(name), (vec![], false), "{name}");
    }
    for (old, new) in [("old-alder", "alder"), ("old-ulmus", "ulmus"), ("old-elm", "elm")] {
        let calendar = |name: &str| built.text(&format!("groups/{name}/calendar.ics"));
        assert_eq!(calendar(old), calendar(new));
    }
}

#[test]
fn a_group_that_has_ended_keeps_its_address_and_says_so_first() {
    let built = built(&[]);
    let (page, first) = own_page("elm", &built);
    assert!(first.starts_with("This group has ended"), "{first}");
    assert!(!page.is_hidden());
    assert!(!page.all("a").any(|link| link.has_class("button")), "there is nothing to join");
    assert_eq!(elsewhere("elm", &built), old_addresses("elm"), "only its old address leads to it");
}

#[test]
fn an_unlisted_group_is_on_its_own_page_only_and_hidden_from_search_engines() {
    let built = built(&[]);
    let (page, first) = own_page("ulmus", &built);
    assert!(page.is_hidden());
    assert!(first.contains("not in the list"), "{first}");
    let former = built.page("/groups/old-ulmus/");
    assert!(former.is_hidden());
    let old = old_addresses("ulmus");
    assert_eq!(elsewhere("ulmus", &built), old, "only its old address leads to it");
}

#[test]
fn a_draft_is_nowhere_until_it_is_asked_for() {
    let plain = built(&[]);
    assert!(plain.files.keys().all(|path| !path.contains("dogwood")));
    assert_eq!(elsewhere("dogwood", &plain), BTreeSet::new());
    let asked = built(&["--drafts"]);
    let (_, first) = own_page("dogwood", &asked);
    assert!(first.starts_with("Draft"), "{first}");
    assert!(card("dogwood", &asked).contains("Draft"));
    let found = elsewhere("dogwood", &asked);
    assert!(found.is_superset(&everywhere("dogwood")), "{found:?}");
}

#[test]
fn an_internal_group_is_nowhere_ever() {
    for built in [built(&[]), built(&["--drafts"])] {
        assert!(built.files.keys().all(|path| !path.contains("ivy")));
        assert_eq!(elsewhere("ivy", &built), BTreeSet::new());
    }
}

#[test]
fn a_link_from_other_content_to_a_group_that_is_not_for_everybody_is_an_error() {
    for (name, arguments, wrong) in [
        ("alder", [].as_slice(), false),
        ("pine", &[], false),
        ("elm", &[], false),
        ("ulmus", &[], true),
        ("dogwood", &[], true),
        ("dogwood", &["--drafts"], false),
        ("ivy", &[], true),
        ("ivy", &["--drafts"], true),
    ] {
        for link in [
            format!(
                "-- content/pages/about.md --\n---\ntitle: About\n---\n[there](/groups/{name}/)\n"
            ),
            format!(
                "-- content/pages/about.md --\n---\ntitle: About\n---\n[there](/groups/old-{name}/)\n"
            ),
            format!(
                "-- content/pages/about.md --\n---\ntitle: About\n---\n[there](../groups/{name}.md)\n"
            ),
            format!(
                "-- content/resources/other.md --\n---\ntitle: Other\nrelated_groups: [{name}]\n---\nText.\n"
            ),
            format!(
                "-- content/groups/other.md --\n---\ntitle: Other\npurpose: Meets.\nkind: process\nstatus_note: See [them](/groups/{name}/).\n---\n"
            ),
        ] {
            let folder = Archive::parse(&format!("{}{link}", site())).unpack();
            let out = folder.path().join("public");
            let output = run_build(folder.path(), &out, arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code() == Some(1), wrong, "{link}{arguments:?}\n{said}");
            assert_eq!(out.exists(), !wrong, "{link}");
            assert_eq!(said.contains("link-to-hidden-group"), wrong, "{said}");
        }
    }
}

#[test]
fn the_picture_of_a_group_that_nobody_sees_cannot_be_linked_to() {
    for name in ["ivy", "dogwood"] {
        let page = format!(
            "-- content/pages/about.md --\n---\ntitle: About\n---\n[there](/groups/{name}/{name}.svg)\n"
        );
        let folder = Archive::parse(&format!("{}{page}", site())).unpack();
        let found: Vec<String> = check(folder.path()).diagnostics.iter().map(line).collect();
        assert!(
            found.iter().any(|problem| problem.contains("error[link-to-hidden-group]")),
            "{name}: {found:?}"
        );
    }
}
