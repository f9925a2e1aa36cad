//! What readers get, asserted on a site made by hand.

mod budget;
mod coming;
mod embed;
pub(crate) mod fixture;
mod hostile;
mod links;
mod texts;
mod visibility;
mod week;
mod words;

use std::collections::BTreeMap;

use super::*;
use crate::model::Site;
use crate::theme::Theme;

/// Every page of a site by its address.
fn pages_of(site: Site) -> BTreeMap<String, String> {
    all_pages(&edition(site))
}

fn all_pages(edition: &Edition) -> BTreeMap<String, String> {
    let routes = routes(edition);
    routes.iter().map(|route| (route.url().to_owned(), text_of(edition, route))).collect()
}

fn text_of(edition: &Edition, route: &Route) -> String {
    let bytes = render(edition, route).unwrap_or_else(|fault| panic!("{}", told(&fault)));
    String::from_utf8(bytes).unwrap()
}

/// A site as readers get it.
pub(crate) fn edition(site: Site) -> Edition {
    let theme = Theme::new(&[], &site.settings)
        .unwrap_or_else(|faults| panic!("{:#?}", faults.iter().map(told).collect::<Vec<_>>()));
    Edition::new(site, theme, fixture::TODAY).unwrap_or_else(|fault| panic!("{}", told(&fault)))
}

fn told(fault: &Diagnostic) -> String {
    let (line, column) = fault.source.position(fault.span.start);
    format!("{}:{line}:{column} {}", fault.source.path, fault.message)
}

/// What stands between `<main>` and `</main>`.
fn main_part(html: &str) -> &str {
    let (_, rest) = html.split_once("<main").unwrap();
    rest.split_once("</main>").unwrap().0
}

/// The tags of a page with their attributes.
fn tags(html: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    html5gum::Tokenizer::new(html)
        .filter_map(|token| match token.unwrap() {
            html5gum::Token::StartTag(tag) => {
                let attributes =
                    tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
                Some((text(&tag.name), attributes.collect()))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn two_renderings_are_the_same_bytes() {
    assert_eq!(pages_of(fixture::site()), pages_of(fixture::site()));
}

#[test]
fn an_edition_that_remembers_the_one_before_shows_the_same_as_a_new_one() {
    let theme = std::sync::Arc::new(Theme::new(&[], &fixture::settings()).unwrap());
    let mut memory = Memory::default();
    let mut remembered = |site: &Site| {
        let (site, theme) = (site.clone(), theme.clone());
        all_pages(&Edition::remembering(&mut memory, site, theme, fixture::TODAY).unwrap())
    };
    let mut site = fixture::site();
    assert_eq!(remembered(&site), pages_of(site.clone()));
    let group = std::sync::Arc::make_mut(&mut site.groups[1]);
    group.title = "Zebra".to_owned();
    group.topics = fixture::rich().topics;
    assert_eq!(remembered(&site), pages_of(site.clone()), "after a change");
    site.groups.remove(0);
    assert_eq!(remembered(&site), pages_of(site.clone()), "after a deletion");
}

#[test]
fn what_stands_at_a_path_is_known_without_rendering_it() {
    let mut site = fixture::site();
    let draft = site.groups.iter().position(|group| group.slug.as_str() == "evening").unwrap();
    std::sync::Arc::make_mut(&mut site.groups[draft]).visibility =
        crate::model::group::Visibility::Draft;
    let edition = edition(site);
    let at = |path: &str| route_at(&edition, path).map(|route| route.target);
    assert_eq!(at("groups/evening/index.html"), Some(Target::Group(draft)));
    assert_eq!(at("index.html"), Some(Target::Home));
    assert!(is_draft(&edition, Target::Group(draft)) && !is_draft(&edition, Target::Home));
    for path in ["groups/nobody/index.html", "groups/evening/", "evening", "robots.txt", ""] {
        assert_eq!(at(path), None, "{path}");
    }
    for route in routes(&edition) {
        assert_eq!(route_at(&edition, &route.path()), Some(route));
    }
}
