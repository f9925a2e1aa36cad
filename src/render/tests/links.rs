//! Every link of every page leads somewhere, at the domain's root and below it.

use std::collections::BTreeSet;

use super::*;

/// Resolves a relative reference against a page (RFC 3986, section 5.2, as far as paths go).
fn resolve(page: &str, reference: &str) -> String {
    let path = reference.split(['#', '?']).next().unwrap();
    if path.starts_with('/') {
        return path.to_owned();
    }
    let (folder, _) = page.rsplit_once('/').unwrap();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let (steps, file) = path.rsplit_once('/').unwrap_or(("", path));
    for step in steps.split('/').filter(|step| !step.is_empty()) {
        match step {
            ".." => assert!(parts.pop().is_some(), "{reference} on {page} leaves the site"),
            "." => {}
            step => parts.push(step),
        }
    }
    let folder = parts.into_iter().map(|part| [part, "/"].concat()).collect::<String>();
    format!("/{folder}{file}")
}

fn references(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, attributes) in tags(html) {
        let refresh = attributes.get("content").and_then(|content| content.strip_prefix("0; url="));
        found.extend(refresh.filter(|_| name == "meta").map(str::to_owned));
        for attribute in ["href", "src"] {
            found.extend(attributes.get(attribute).cloned());
        }
    }
    found
}

#[test]
fn every_internal_link_leads_to_a_page_or_a_file() {
    let site = fixture::site();
    let edition = edition(site.clone());
    let mut known: BTreeSet<String> =
        routes(&edition).iter().map(|route| route.url().to_owned()).collect();
    known.extend(edition.theme().assets().iter().map(|asset| format!("/{}", asset.path)));
    known.extend(["/groups/tuesday/tuesday.jpg".to_owned(), "/about/us.jpg".to_owned()]);
    // Beside each list and group stands its calendar.
    let calendars: Vec<String> = known
        .iter()
        .filter(|url| *url == "/" || url.starts_with("/by/") || url.starts_with("/groups/"))
        .map(|url| format!("{url}calendar.ics"))
        .collect();
    known.extend(calendars);
    let mut followed = 0;
    for (url, html) in pages_of(site) {
        let everywhere = url == "/404.html";
        for reference in references(&html) {
            let outside = ["https:", "webcal:", "mailto:", "tel:", "sms:"];
            if outside.iter().any(|scheme| reference.starts_with(scheme)) {
                continue;
            }
            let target = if everywhere && !reference.starts_with('#') {
                reference.strip_prefix("/sub").unwrap_or_else(|| panic!("{reference}")).to_owned()
            } else {
                assert!(!reference.starts_with('/'), "{reference} on {url} is tied to the root");
                resolve(&url, &reference)
            };
            let target = target.split(['#', '?']).next().unwrap().to_owned();
            let target = if target.is_empty() { url.clone() } else { target };
            assert!(known.contains(&target), "{reference} on {url} leads to {target}");
            followed += 1;
        }
    }
    assert!(followed > 500, "only {followed} links were found");
}

#[test]
fn what_a_page_fetches_is_in_the_folder_that_is_named_by_its_content() {
    let pages = pages_of(fixture::site());
    let mut site = fixture::site();
    site.settings.accent = None;
    let other = pages_of(site);
    let folder = |pages: &BTreeMap<String, String>| {
        let (_, rest) = pages["/"].split_once("href=\"assets/").unwrap();
        rest.split_once('/').unwrap().0.to_owned()
    };
    assert_ne!(folder(&pages), folder(&other));
    assert!(pages["/"].contains("/css/accent.css") && !other["/"].contains("/css/accent.css"));
}

#[test]
fn routes_name_their_files() {
    let edition = edition(fixture::site());
    let routes = routes(&edition);
    let path = |url: &str| routes.iter().find(|route| route.url() == url).unwrap().path();
    assert_eq!(path("/"), "index.html");
    assert_eq!(path("/groups/tuesday/"), "groups/tuesday/index.html");
    assert_eq!(path("/404.html"), "404.html");
    let distinct: BTreeSet<&str> = routes.iter().map(Route::url).collect();
    assert_eq!(distinct.len(), routes.len(), "two pages at one address");
}
