//! What other sites show in a frame, and the code that puts it there.

use std::sync::Arc;

use super::*;
use crate::model::group::{Group, Status, Visibility};
use crate::render::embed;

/// The pages for frames.
fn framed(pages: &BTreeMap<String, String>) -> BTreeMap<&str, &str> {
    let framed = pages.iter().filter(|(url, _)| url.starts_with("/embed/"));
    framed.map(|(url, html)| (url.as_str(), html.as_str())).collect()
}

/// The code that a page offers, as its reader copies it.
fn code_of(html: &str) -> Option<String> {
    let fields = tags(html).into_iter().filter(|(_, has)| has.contains_key("readonly"));
    let codes: Vec<String> = fields.map(|(_, mut has)| has.remove("value").unwrap()).collect();
    assert!(codes.len() < 2, "{codes:?}");
    codes.into_iter().next()
}

/// The attributes of the frame that a code puts into a page.
fn frame(code: &str) -> BTreeMap<String, String> {
    let tags = tags(code);
    assert_eq!(tags.len(), 1, "{code}");
    assert!(code.starts_with("<iframe ") && code.ends_with("></iframe>"), "{code}");
    tags.into_iter().next().unwrap().1
}

#[test]
fn the_shelf_of_a_group_never_changes() {
    // Whoever has pasted one of these addresses cannot be asked to paste another.
    let shelves = ["tuesday", "tuesday-group", "evening", "a"]
        .map(|slug| embed::shelf_url_of(&fixture::slug(slug)));
    assert_eq!(shelves, ["/embed/3a/", "/embed/23/", "/embed/12/", "/embed/1f/"]);
}

#[test]
fn a_group_s_code_leads_to_its_card_alone() {
    let pages = pages_of(fixture::site());
    let code = code_of(&pages["/groups/tuesday/"]).unwrap();
    let frame = frame(&code);
    let (page, name) = frame["src"].split_once('#').unwrap();
    assert_eq!(page, "https://groups.example.org/sub/embed/3a/");
    assert_eq!(name, "tuesday");
    let (_, after) = pages["/embed/3a/"].split_once(" id=\"tuesday\">").unwrap();
    let card = after.split_once("</ul>").unwrap().0;
    assert!(
        card.starts_with("<li class=\"card\">") && card.contains("href=\"../../groups/tuesday/\"")
    );
    assert_eq!(card.matches("<li").count(), 1);
    for (attribute, value) in [
        ("title", "Tuesday Consultation Circle"),
        ("loading", "lazy"),
        ("referrerpolicy", "no-referrer"),
        ("width", "100%"),
        (
            "sandbox",
            "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
        ),
    ] {
        assert_eq!(frame[attribute], value);
    }
    assert!(frame["height"].parse::<u32>().unwrap() > 100);
}

#[test]
fn an_old_slug_keeps_its_card_on_its_own_shelf() {
    let pages = pages_of(fixture::site());
    let card = |url: &str, id: &str| {
        let (_, after) = pages[url].split_once(&format!(" id=\"{id}\">")).unwrap();
        after.split_once("</ul>").unwrap().0.to_owned()
    };
    assert_eq!(card("/embed/23/", "tuesday-group"), card("/embed/3a/", "tuesday"));
}

#[test]
fn every_listed_group_is_on_a_shelf_and_no_other() {
    let site = fixture::site();
    let pages = pages_of(site.clone());
    let names: Vec<String> = framed(&pages)
        .values()
        .flat_map(|html| tags(html))
        .filter_map(|(_, mut attributes)| attributes.remove("id"))
        .collect();
    for group in &site.groups {
        let is_shown = group.visibility == Visibility::Listed && group.status != Status::Ended;
        for name in std::iter::once(&group.slug).chain(&group.aliases) {
            let count = names.iter().filter(|one| *one == name.as_str()).count();
            assert_eq!(count, usize::from(is_shown), "{name}");
        }
        let html = &pages[&group.url()];
        assert_eq!(code_of(html).is_some(), is_shown, "{}", group.slug);
        for (url, html) in framed(&pages) {
            assert!(is_shown || !html.contains(group.title.as_str()), "{} on {url}", group.title);
        }
    }
    assert!(names.len() > 4, "{names:?}");
}

#[test]
fn a_value_that_only_drafts_have_is_in_no_frame() {
    let mut site = fixture::site();
    site.groups.retain(|group| group.slug.as_str() == "draft");
    let pages = pages_of(site);
    assert!(pages.contains_key("/by/kind/peer-support/"), "{:?}", pages.keys());
    assert_eq!(framed(&pages).keys().collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(code_of(&pages["/by/kind/peer-support/"]), None);
}

fn many(count: usize) -> Site {
    let mut site = fixture::site();
    site.groups = (0..count)
        .map(|n| fixture::four_lines(&format!("g{n:03}"), &format!("Group {n:03}")))
        .chain([Group {
            visibility: Visibility::Draft,
            ..fixture::four_lines("a-draft", "A Draft")
        }])
        .map(Arc::new)
        .collect();
    site
}

#[test]
fn a_list_shows_what_fits_a_page_and_leads_to_the_rest() {
    for (count, cards, more) in [(48, 48, None), (49, 48, Some("See all 49 groups"))] {
        let pages = pages_of(many(count));
        let code = code_of(&pages["/by/kind/peer-support/"]).unwrap();
        assert_eq!(frame(&code)["src"], "https://groups.example.org/sub/embed/kind/peer-support/");
        assert_eq!(frame(&code)["title"], "Peer support");
        let html = &pages["/embed/kind/peer-support/"];
        assert_eq!(html.matches("<li class=\"card\">").count(), cards);
        assert!(html.contains("<h1 class=\"lead\">Peer support</h1>"), "{html}");
        assert!(html.contains(&format!("<h2>{count} groups</h2>")), "the draft does not count");
        let whole = "<a href=\"../../../by/kind/peer-support/\">";
        match more {
            Some(words) => assert!(html.contains(&format!("{whole}{words}</a>"))),
            None => assert!(!html.contains(whole)),
        }
        assert!(
            html.contains("<a href=\"../../../\">River Valley"),
            "the network's name leads home"
        );
        if count > 48 {
            assert_eq!(code_of(&pages["/by/kind/peer-support/page/2/"]), None);
        }
    }
}

#[test]
fn a_site_that_does_not_know_its_address_offers_no_code() {
    let mut site = fixture::site();
    site.settings.base_url = None;
    for (url, html) in pages_of(site) {
        assert_eq!(code_of(&html), None, "{url}");
        assert!(!html.contains("Put this on your own site"), "{url}");
    }
}

#[test]
fn a_hostile_title_stays_the_title_of_the_frame() {
    let title = "\"><script>alert(1)</script>' & a@b &lt; </textarea>";
    let mut site = fixture::site();
    let tuesday = site.groups.iter_mut().find(|group| group.slug.as_str() == "tuesday").unwrap();
    Arc::make_mut(tuesday).title = title.to_owned();
    let code = code_of(&pages_of(site)["/groups/tuesday/"]).unwrap();
    assert_eq!(frame(&code)["title"], title);
}

#[test]
fn pages_for_frames_have_no_script_and_open_links_elsewhere() {
    let edition = edition(fixture::site());
    let pages = all_pages(&edition);
    assert!(framed(&pages).len() > 8);
    for (url, html) in framed(&pages) {
        let tags = tags(html);
        let bases: Vec<_> = tags.iter().filter(|(name, _)| name == "base").collect();
        // The policy forbids an address here, not a target.
        let target = BTreeMap::from([("target".to_owned(), "_blank".to_owned())]);
        assert_eq!(bases, [&("base".to_owned(), target)], "{url}");
        assert!(tags.iter().all(|(name, _)| name != "script" && name != "nav"), "{url}");
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{url}");
        assert!(!html.contains("rel=\"canonical\""), "{url}");
    }
    for (url, _) in sitemap_entries(&edition) {
        assert!(!url.contains("/embed/"), "{url}");
    }
}
