//! Whatever stands in a text field is shown as text.

use super::*;
use crate::model::address::Contact;
use crate::model::facet::{Kind, Term};
use crate::model::group::{Cost, Entry, Group, Language, Person, Schedule, Slot};
use crate::model::venue::{Place, PostalAddress, Venue};

const HOSTILE: &str =
    "<script>alert(1)</script>\" onload='x' {{ site.title }} {% raw %} <img src=x>";

fn hostile() -> String {
    HOSTILE.to_owned()
}

#[expect(clippy::unnecessary_wraps, reason = "fields want options")]
fn some() -> Option<String> {
    Some(hostile())
}

fn term(key: &str) -> Term {
    Term { key: fixture::slug(key), label: hostile() }
}

fn venue() -> Place {
    Place::Exact(Box::new(Venue {
        slug: None,
        name: some(),
        address: PostalAddress {
            street: some(),
            city: some(),
            region: some(),
            postal_code: some(),
            country: some(),
        },
        room: some(),
        directions: some(),
        parking: some(),
        transit: some(),
        accessibility: vec![term("step-free")],
        coordinates: None,
        closed: Vec::new(),
    }))
}

/// Every text field of a group that is no checked address and no safe HTML.
fn group() -> Group {
    let mut group = fixture::rich();
    group.title = hostile();
    group.purpose = hostile();
    group.kind = std::sync::Arc::new(Kind {
        key: fixture::slug("own-kind"),
        label: some(),
        description: some(),
        serves: group.serves,
    });
    group.audience = vec![term("audience")];
    group.topics = vec![term("topic")];
    group.membership.who = some();
    group.membership.criteria = vec![hostile()];
    group.setting.place = Some(venue());
    group.setting.room = some();
    group.schedule = Schedule::Entries(vec![
        Entry {
            rules: Vec::new(),
            when: hostile(),
            setting: group.setting.clone(),
            starts: None,
            ends: None,
            topic: some(),
            note: None,
        },
        Entry {
            rules: Vec::new(),
            when: hostile(),
            setting: crate::model::group::Setting::default(),
            starts: None,
            ends: None,
            topic: some(),
            note: None,
        },
    ]);
    group.changed[0].time = some();
    group.extra[0].time = some();
    group.structure.agenda[0].item = hostile();
    group.structure.ground_rules = vec![hostile()];
    let slots = vec![Slot { date: jiff::civil::date(2027, 1, 1), topic: some() }];
    group.presentations.as_mut().unwrap().slots = slots;
    group.leadership.people = vec![Person { name: hostile(), credentials: some(), role: some() }];
    group.cost = Cost::Words(hostile());
    group.languages = vec![Language { code: "xx".to_owned(), name: hostile() }];
    group.accessibility = vec![term("access")];
    group.accessibility_note = some();
    group.contact.name = some();
    group.verified_by = some();
    group.image.as_mut().unwrap().alt = hostile();
    group
}

fn site() -> Site {
    let mut site = fixture::site();
    let settings = &mut site.settings;
    settings.title = hostile();
    settings.tagline = some();
    settings.help[0].name = hostile();
    settings.help[0].call = some();
    settings.help[0].text = some();
    settings.navigation[0].label = some();
    settings.contact = Contact { name: some(), ..settings.contact.clone() };
    site.groups = vec![group().into()];
    for collection in &mut site.collections {
        collection.title = hostile();
        collection.summary = some();
    }
    for resource in &mut site.resources {
        resource.title = hostile();
        resource.summary = some();
        resource.topics = vec![term("topic")];
        resource.audience = vec![term("audience")];
        resource.content_note = some();
        for heading in &mut resource.headings {
            heading.text = hostile();
        }
    }
    site.pages[0].title = hostile();
    site.pages[0].summary = some();
    site
}

#[test]
fn hostile_text_is_shown_as_it_was_written() {
    let pages = pages_of(site());
    for (url, html) in &pages {
        for (name, attributes) in tags(html) {
            let source = attributes.get("src").map_or("", String::as_str);
            let is_ours = ["dates", "finder", "next-meeting", "week"]
                .iter()
                .any(|script| source.ends_with(&format!("/js/{script}.js")));
            assert!(name != "script" || is_ours, "{url}: {attributes:?}");
            assert!(source != "x", "{url}: an image of the text became one of the page");
            let handler = attributes.keys().find(|key| key.starts_with("on"));
            assert_eq!(handler, None, "{url}: {attributes:?}");
        }
        assert!(!html.contains("<script>"), "{url}");
    }
    let group = &pages["/groups/tuesday/"];
    let shown = "&lt;script&gt;alert(1)&lt;/script&gt;";
    assert!(group.matches(shown).count() > 30, "{}", group.matches(shown).count());
    assert!(group.contains("{{ site.title }} {% raw %}"));
}

#[test]
fn no_page_has_anything_inline_and_every_page_has_the_policy() {
    for (url, html) in pages_of(fixture::site()) {
        let mut policy = None;
        for (name, attributes) in tags(&html) {
            assert!(!attributes.contains_key("style"), "{url}: {attributes:?}");
            assert!(name != "style", "{url}");
            assert!(name != "script" || attributes.contains_key("src"), "{url}");
            let http_equiv = attributes.get("http-equiv").map(String::as_str);
            if http_equiv == Some("content-security-policy") {
                policy = attributes.get("content").cloned();
            }
        }
        assert_eq!(policy.as_deref(), Some(CONTENT_SECURITY_POLICY), "{url}");
        assert!(html.contains("<meta name=\"referrer\" content=\"no-referrer\">"), "{url}");
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"), "{url}");
    }
}

#[test]
fn no_mailbox_stands_bare() {
    for (url, html) in pages_of(fixture::site()) {
        assert!(!html.contains('@'), "{url}");
    }
}
