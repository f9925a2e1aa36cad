//! What readers get, asserted on a site made by hand.

mod budget;
mod coming;
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
    let edition = edition(site);
    let pages = routes(&edition).into_iter().map(|route| {
        let bytes = render(&edition, &route).unwrap_or_else(|fault| panic!("{}", told(&fault)));
        (route.url().to_owned(), String::from_utf8(bytes).unwrap())
    });
    pages.collect()
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
