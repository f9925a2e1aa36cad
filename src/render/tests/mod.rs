//! What readers get, asserted on a site made by hand.

mod budget;
pub(crate) mod fixture;
mod hostile;
mod links;
mod texts;
mod visibility;
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

fn edition(site: Site) -> Edition {
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

/// `RENDER_OUT=folder cargo test write_for_looking -- --ignored`, with `RENDER_SITE=folder` for another site.
#[test]
#[ignore = "writes pages, to be looked at"]
fn write_for_looking() {
    let edition = match std::env::var_os("RENDER_SITE") {
        None => edition(fixture::site()),
        Some(folder) => {
            let loaded = crate::load::load(folder.as_ref()).unwrap();
            let now = "2026-11-23T15:00:00Z".parse().unwrap();
            let options = crate::check::Options { now, drafts: false, base_url: None };
            let checked = crate::check::check(&loaded, &options);
            let theme = Theme::new(&loaded.theme, &checked.site.settings).unwrap();
            Edition::new(checked.site, theme, checked.today).unwrap()
        }
    };
    let root = std::path::PathBuf::from(std::env::var_os("RENDER_OUT").unwrap());
    let write = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, bytes).unwrap();
    };
    for asset in edition.theme().assets() {
        write(&asset.path, &asset.bytes);
    }
    for file in &edition.site.files {
        write(&file.address, &fs_err::read(&file.path).unwrap());
    }
    for route in routes(&edition) {
        write(&route.path(), &render(&edition, &route).unwrap());
    }
}
