//! Who sees what: the table of the content model.

use std::sync::Arc;

use super::*;
use crate::model::group::{Group, Visibility};

/// Pages other than its own that mention a group.
fn mentions(pages: &BTreeMap<String, String>, group: &str, title: &str) -> Vec<String> {
    let own = format!("/groups/{group}/");
    let others = pages.iter().filter(|(url, html)| **url != own && html.contains(title));
    others.map(|(url, _)| url.clone()).collect()
}

#[test]
fn an_unlisted_group_is_on_its_own_page_and_nowhere_else() {
    let pages = pages_of(fixture::site());
    assert!(pages["/groups/unlisted/"].contains("<meta name=\"robots\" content=\"noindex\">"));
    assert_eq!(mentions(&pages, "unlisted", "Unlisted Group"), Vec::<String>::new());
    assert!(!pages.contains_key("/by/topic/secret-topic/"), "no page for what no listed group has");
}

#[test]
fn an_ended_group_keeps_its_address_and_its_redirect() {
    let pages = pages_of(fixture::site());
    assert_eq!(mentions(&pages, "ended", "Ended Group"), ["/groups/ended-once/"]);
    assert!(!pages["/groups/ended/"].contains("noindex"));
}

#[test]
fn a_draft_is_shown_where_listed_groups_are() {
    let pages = pages_of(fixture::site());
    assert!(mentions(&pages, "draft", "Draft Group").contains(&"/groups/".to_owned()));
    assert!(pages["/groups/draft/"].contains("Draft: only you can see this page"));
}

#[test]
fn the_sitemap_has_what_search_engines_may_show() {
    let edition = edition(fixture::site());
    let entries = sitemap_entries(&edition);
    let find = |path: &str| {
        let url = format!("https://groups.example.org/sub/{path}");
        entries.iter().find(|(known, _)| *known == url).map(|(_, day)| day.map(|d| d.to_string()))
    };
    assert_eq!(find("groups/tuesday/"), Some(Some("2026-11-01".to_owned())));
    assert_eq!(find("about/"), Some(Some("2026-09-09".to_owned())));
    assert_eq!(find("groups/paused/"), Some(None));
    for hidden in ["groups/unlisted/", "groups/ended/", "404.html", "groups/tuesday-group/"] {
        assert_eq!(find(hidden), None, "{hidden}");
    }
    let mut without = fixture::site();
    without.settings.base_url = None;
    assert!(sitemap_entries(&super::edition(without)).is_empty());
}

#[test]
fn a_long_list_has_pages_of_forty_eight() {
    let mut site = fixture::site();
    site.groups = (0..100)
        .map(|n| fixture::four_lines(&format!("g{n:03}"), &format!("Group {n:03}")))
        .chain([Group {
            visibility: Visibility::Unlisted,
            ..fixture::four_lines("hidden", "Hidden")
        }])
        .map(Arc::new)
        .collect();
    let pages = pages_of(site);
    let cards = |url: &str| pages[url].matches("<li class=\"card\">").count();
    assert_eq!(cards("/groups/"), 48);
    assert_eq!(cards("/groups/page/2/"), 48);
    assert_eq!(cards("/groups/page/3/"), 4);
    assert_eq!(cards("/by/kind/peer-support/page/3/"), 4);
    assert!(!pages.contains_key("/groups/page/4/"));
    assert!(pages["/groups/page/2/"].contains("href=\"../../\" rel=\"prev\""));
    assert!(pages["/groups/page/2/"].contains("href=\"../3/\" rel=\"next\""));
    assert!(pages["/groups/page/2/"].contains("Page 2 of 3"));
}

#[test]
fn an_old_address_leads_on_without_a_script() {
    let pages = pages_of(fixture::site());
    for (old, way, now) in [
        ("/groups/tuesday-group/", "../tuesday/", "groups/tuesday/"),
        ("/resources/start/whither/", "../where/", "resources/start/where/"),
        ("/old-about/", "../about/", "about/"),
    ] {
        let html = &pages[old];
        assert!(html.contains(&format!("http-equiv=\"refresh\" content=\"0; url={way}\"")));
        let canonical = format!("rel=\"canonical\" href=\"https://groups.example.org/sub/{now}\"");
        assert!(html.contains(&canonical), "{html}");
        assert!(html.contains(&format!("<a href=\"{way}\">")));
        assert!(html.contains("content=\"noindex\"") && !html.contains("<script"));
    }
}
