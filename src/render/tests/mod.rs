//! What readers get, asserted on a site made by hand.

mod fixture;

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
    let theme = Theme::new(&[], &site.settings).unwrap_or_else(|faults| panic!("{:#?}", faults.iter().map(told).collect::<Vec<_>>()));
    Edition::new(site, theme, fixture::TODAY).unwrap_or_else(|fault| panic!("{}", told(&fault)))
}

fn told(fault: &Diagnostic) -> String {
    let (line, column) = fault.source.position(fault.span.start);
    format!("{}:{line}:{column} {}", fault.source.path, fault.message)
}

#[test]
#[ignore = "writes the fixture's pages, to be looked at"]
fn write_for_looking() {
    let site = fixture::site();
    let root = std::path::PathBuf::from(std::env::var_os("RENDER_OUT").unwrap());
    for asset in edition(site.clone()).theme().assets() {
        let path = root.join(&asset.path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, &asset.bytes).unwrap();
    }
    for (url, html) in pages_of(site) {
        let file = if url.ends_with('/') { format!("{url}index.html") } else { url };
        let path = root.join(file.trim_start_matches('/'));
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, html).unwrap();
    }
}
