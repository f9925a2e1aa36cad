//! Broken content and broken themes: what can be shown stays, what is wrong is said on the page, and it goes by itself.

use super::*;

/// A file that cannot be published, with what must never be run in it.
const BROKEN: &str = "\
-- content/groups/broken.md --
---
title: Broken table
purpose: To meet.
kind: <img src=x onerror=alert(1)></script>
---
";

fn banner(answer: &Answer) -> bool {
    answer.has("roundtable-banner")
}

#[test]
fn it_starts_with_broken_content_and_says_what_to_mend() {
    let server = Server::of(BROKEN);
    for path in
        ["/", "/groups/", "/groups/monday/", "/groups/tuesday/", "/about/", "/by/day/monday/"]
    {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    let page = server.get("/groups/monday/");
    assert!(page.has("Monday table") && page.has("content/groups/broken.md"), "{}", page.text());
    let own = server.get("/groups/broken/");
    assert_eq!(own.status, 200, "a page that never was good shows what is wrong");
    assert!(own.has("content/groups/broken.md</code>, line 4, column 7"), "{}", own.text());
    for page in [page, own] {
        assert!(!page.has("<img src=x") && page.has("&lt;img"), "{}", page.text());
    }
    server.write(
        "content/groups/broken.md",
        "---\ntitle: Broken table\npurpose: To meet.\nkind: process\n---\n",
    );
    let page = server.until_says("/groups/broken/", "To meet.");
    assert!(!banner(&page));
    assert!(!banner(&server.get("/groups/monday/")));
}

#[test]
fn a_broken_edit_leaves_the_last_good_page_with_what_is_wrong_above_it() {
    let server = Server::of("");
    server.replace("content/groups/monday.md", "kind: process", "kind: proces");
    let page = server.until("/groups/monday/", banner);
    assert!(page.status == 200 && page.has("People meet and talk."));
    assert!(page.has("content/groups/monday.md") && page.has("proces"), "{}", page.text());
    assert!(server.get("/groups/").has("Monday table"), "lists keep it");
    assert!(server.get("/groups/tuesday/").has("Tuesday table"));
    server.replace("content/groups/monday.md", "kind: proces", "kind: process");
    server.until("/groups/monday/", |page| !banner(page));
}

#[test]
fn a_group_stays_when_its_venue_is_broken_or_gone() {
    let server = Server::of("");
    server.write("content/venues/hall.yaml", "nam: [Hall");
    let page = server.until("/groups/tuesday/", banner);
    assert!(page.has("People meet and listen.") && page.has("content/venues/hall.yaml"));
    server.remove("content/venues/hall.yaml");
    let page = server.until("/groups/tuesday/", |page| page.has("here is no venue"));
    assert!(page.has("People meet and listen."));
}

#[test]
fn broken_settings_leave_the_site_as_it_was() {
    let server = Server::of("");
    let sound = server.read("site.yaml");
    for broken in ["title: [", "titel: Network\n", "", "title: A\ntimezone: Nowhere\n"] {
        server.write("site.yaml", broken);
        let page = server.until("/groups/monday/", banner);
        assert!(page.has("River Valley Counselors Network"), "{broken}: {}", page.text());
        assert!(page.has("site.yaml"), "{broken}");
        server.write("site.yaml", &sound);
        server.until("/groups/monday/", |page| !banner(page));
    }
    server.remove("site.yaml");
    assert!(server.until("/groups/monday/", banner).has("River Valley Counselors Network"));
    server.write("site.yaml", &sound);
    server.until("/groups/monday/", |page| !banner(page));
}

#[test]
fn a_template_that_cannot_be_read_leaves_all_pages_as_they_were() {
    let server = Server::of("");
    server.write(
        "theme/templates/group.html",
        "{% extends \"default/group.html\" %}\n{% block main %}{% if %}",
    );
    let page = server.until("/groups/monday/", banner);
    assert!(page.has("Monday table"), "{}", page.text());
    assert!(page.has("theme/templates/group.html</code>, line 2"), "{}", page.text());
    server.remove("theme/templates/group.html");
    server.until("/groups/monday/", |page| !banner(page));
}

#[test]
fn a_template_that_fails_on_a_page_leaves_that_page_as_it_was_and_names_it() {
    let server = Server::of("");
    let template = server.path("theme/templates/group.html");
    server.write(
        "theme/templates/group.html",
        "{% extends \"default/group.html\" %}\n{% block main %}\n{{ group.nothing.at_all }}{% endblock %}",
    );
    let page = server.until("/groups/monday/", banner);
    assert!(page.status == 200 && page.has("People meet and talk."), "{}", page.text());
    assert!(page.has("theme/templates/group.html</code>, line 3"), "{}", page.text());
    assert!(page.has("/groups/monday/"), "the page is named: {}", page.text());
    assert!(!server.get("/about/").has("People meet"), "other pages are as they are");
    assert_eq!(server.get("/about/").status, 200);
    // An edit of the content shows even so.
    server.replace("content/groups/monday.md", "meet and talk", "meet and sing");
    assert!(banner(&server.until_says("/groups/monday/", "meet and sing")));
    fs_err::remove_file(template).unwrap();
    server.until("/groups/monday/", |page| !banner(page) && page.has("meet and sing"));
}

#[test]
fn a_template_that_was_empty_while_it_was_saved_is_not_what_pages_come_back_to() {
    let server = Server::of("");
    server.write("theme/templates/group.html", "");
    server.until("/groups/monday/", |page| !page.has("People meet"));
    server.write("theme/templates/group.html", "{{ group.nothing.at_all }}");
    let page = server.until("/groups/monday/", banner);
    assert!(page.has("People meet and talk."), "{}", page.text());
}

#[test]
fn a_theme_that_is_broken_from_the_start_says_so_on_every_page() {
    let server = Server::of("-- theme/templates/base.html --\n{% if %}\n");
    let page = server.get("/groups/monday/");
    assert_eq!(page.status, 200);
    assert!(page.has("theme/templates/base.html</code>, line 1"), "{}", page.text());
    server.remove("theme/templates/base.html");
    server.until_says("/groups/monday/", "Monday table");
}

#[test]
fn a_file_that_cannot_be_read_any_more_leaves_its_page() {
    let server = Server::of("");
    let text: Vec<u8> = "title: A".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs_err::write(server.path("content/groups/monday.md"), [&[0xff, 0xfe][..], &text].concat())
        .unwrap();
    let page = server.until("/groups/monday/", banner);
    assert!(page.has("People meet and talk.") && page.has("UTF-16"), "{}", page.text());
}

#[test]
fn drafts_are_shown_and_called_so_and_internal_groups_never() {
    let more = "\
-- content/groups/draft.md --
---
title: Draft table
purpose: To begin.
kind: process
visibility: draft
---
-- content/groups/hidden.md --
---
title: Hidden table
purpose: To hide.
kind: process
visibility: internal
---
";
    let server = Server::of(more);
    let page = server.get("/groups/draft/");
    assert!(page.status == 200 && page.has("To begin.") && page.has("Draft:"), "{}", page.text());
    assert!(server.get("/groups/").has("Draft table"));
    assert_eq!(server.get("/groups/hidden/").status, 404);
    assert!(!server.get("/groups/").has("Hidden"));
    let plain = Server::with(&[SITE, more], &["--plain"]);
    assert_eq!(plain.get("/groups/draft/").status, 404, "plain is what a build writes");
}

#[test]
fn all_problems_of_a_page_come_at_once() {
    let server = Server::of("");
    let text = "---\ntitle: Monday table\npurpos: A\nkind: proces\nformat: inperson\ncost: 25\nschedule: Tusdays\n---\n";
    server.write("content/groups/monday.md", text);
    let page = server.until("/groups/monday/", banner);
    for (line, words) in
        [(3, "purpos"), (4, "proces"), (5, "inperson"), (6, "currency"), (7, "Tusdays")]
    {
        assert!(
            page.has(&format!("monday.md</code>, line {line},")) && page.has(words),
            "{line} {words}: {}",
            page.text()
        );
    }
}

#[test]
fn two_bad_saves_of_a_part_of_every_page_leave_the_site_as_it_was() {
    let server = Server::of("");
    for fault in ["nosuchfirst", "nosuchsecond", "nosuchthird"] {
        server.write("theme/templates/partials/footer.html", &format!("{{{{ {fault} }}}}"));
        let page = server.until("/about/", |page| page.has(fault));
        assert!(page.has("Who we are.") && banner(&page), "{fault}: {}", page.text());
    }
    server.remove("theme/templates/partials/footer.html");
    server.until("/about/", |page| !banner(page));
}

#[test]
fn two_bad_saves_of_a_template_leave_also_pages_that_nobody_has_looked_at() {
    let server = Server::of("");
    for fault in ["{{ nosuchfirst }}", "{{ nosuchsecond }}"] {
        server.write("theme/templates/group.html", fault);
        server.until("/about/", |page| page.status == 200);
        let updates = server.updates();
        server.replace("content/pages/about.md", "we are", "we are, still: we are");
        server.until("/about/", |_| server.updates() > updates);
    }
    let page = server.until("/groups/monday/", |page| page.has("nosuchsecond"));
    assert!(page.has("People meet and talk."), "{}", page.text());
}

#[test]
fn a_venue_that_is_broken_from_the_start_has_its_groups_say_so() {
    let server = Server::of("-- content/venues/hall.yaml --\nnam: [Hall\n");
    let page = server.get("/groups/tuesday/");
    assert_eq!(page.status, 200);
    assert!(page.has("content/venues/hall.yaml</code>, line 1"), "{}", page.text());
    server.write("content/venues/hall.yaml", "name: Hall\naddress: {city: Athens}\n");
    server.until_says("/groups/tuesday/", "People meet and listen.");
}

#[test]
fn a_group_that_is_as_it_was_because_of_its_venue_says_so() {
    let server = Server::of("");
    server.write("content/venues/hall.yaml", "nam: [Hall");
    server.until("/groups/tuesday/", banner);
    server.replace("content/groups/town/tuesday.md", "meet and listen", "meet and sing");
    let page = server.until("/groups/tuesday/", |page| page.has("as it was before"));
    assert!(page.has("meet and listen"), "{}", page.text());
}

#[test]
fn what_becomes_internal_is_gone_whatever_else_is_wrong_with_the_file() {
    let server = Server::of("");
    server.replace(
        "content/groups/monday.md",
        "kind: process",
        "kind: proces\nvisibility: internal",
    );
    let page = server.until("/groups/monday/", |page| !page.has("People meet and talk."));
    assert!(!server.get("/groups/").has("Monday table"), "{}", page.text());
}

#[test]
fn settings_that_are_wrong_from_the_start_claim_no_better_past() {
    let server = Server::of("-- site.yaml --\ntitle: Network\ntimezone: Nowhere\n");
    let page = server.get("/about/");
    assert!(
        page.has("Who we are.") && banner(&page) && !page.has("as it was before"),
        "{}",
        page.text()
    );
}

#[test]
fn a_copy_with_the_same_address_does_not_claim_to_be_the_page_as_it_was() {
    let server = Server::of("");
    let copy = server
        .read("content/groups/monday.md")
        .replace("title: Monday", "slug: monday\ntitle: Copied");
    server.write("content/groups/a-copy.md", &copy);
    let page = server.until("/groups/monday/", |page| page.has("Copied table"));
    assert!(
        page.has("content/groups/a-copy.md") && !page.has("as it was before"),
        "{}",
        page.text()
    );
}

#[test]
fn a_venue_that_cannot_be_read_is_not_called_missing() {
    let server = Server::of("");
    fs_err::write(server.path("content/venues/hall.yaml"), [0xff, 0xfe, b'n', 0]).unwrap();
    let page = server.until("/groups/tuesday/", |page| page.has("UTF-16"));
    assert!(!page.has("here is no venue") && page.has("meet and listen"), "{}", page.text());
}

#[test]
fn plain_shows_what_a_build_would_write_and_no_more() {
    let draft = "-- content/groups/draft.md --\n---\ntitle: Draft table\npurpose: To begin.\nkind: process\nvisibility: draft\n---\n";
    let server = Server::with(&[SITE, BROKEN, draft], &["--plain", "--drafts"]);
    let page = server.get("/groups/broken/");
    assert!(page.status == 404 && !page.body.is_empty(), "{}", page.text());
    let page = server.get("/groups/draft/");
    assert!(page.status == 200 && page.has("To begin.") && !page.has("roundtable-"));
}
