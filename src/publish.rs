//! A site and its theme into everything that is published: maps `render` over `routes`, adds the exports and the files
//! that are copied. Pure; what `write` puts on the disk is whole before the first byte is written.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::export::{NOJEKYLL, calendar, cname, headers, redirects, robots, sitemap};
use crate::model::Site;
use crate::output::{Asset, Content, Output, Published, Rejected};
use crate::render::{Edition, former_addresses, render, routes, sitemap_entries};
use crate::theme::Theme;

/// Everything that a build publishes.
#[derive(Debug)]
pub struct Publication {
    /// The files.
    pub output: Output,
    /// How many of them are pages.
    pub pages: usize,
    /// Whether the site's own address is known; without it there is no sitemap.
    pub has_base_url: bool,
}

/// Renders every page and gathers every file. Fails only where the theme does.
pub fn publish(site: Site, theme: Theme, today: Date) -> Result<Publication, Box<Diagnostic>> {
    let edition = Edition::new(site, theme, today)?;
    let routes = routes(&edition);
    let pages: Result<Vec<Vec<u8>>, _> =
        routes.par_iter().map(|route| render(&edition, route)).collect();
    let mut output = Output::new();
    for (route, page) in routes.iter().zip(pages?) {
        settle(output.insert(route.path(), Content::Bytes(page)));
    }
    for asset in edition.theme().assets() {
        settle(output.insert(asset.path.clone(), Content::Bytes(asset.bytes.clone())));
    }
    for calendar in calendar::calendars(&edition) {
        settle(output.insert(calendar.path, Content::Pieces(calendar.pieces)));
    }
    copies(&edition.site, &mut output);
    host_files(&edition, &mut output);
    let has_base_url = edition.site.settings.base_url.is_some();
    Ok(Publication { output, pages: routes.len(), has_base_url })
}

/// `check` reports every collision before, so one that is left has been reported: the first file stays.
fn settle(inserted: Result<(), Rejected>) {
    debug_assert!(inserted.is_ok(), "{inserted:?}");
}

/// Files that the exports below make themselves, an author's own text included.
const MERGED: [&str; 2] = [headers::PATH, redirects::PATH];

fn copies(site: &Site, output: &mut Output) {
    for file in site.files.iter().filter(|file| !MERGED.contains(&file.address.as_str())) {
        let published = if file.image { Published::WithoutMetadata } else { Published::AsIs };
        settle(output.insert(
            file.address.clone(),
            Content::File(Asset { path: file.path.clone(), published }),
        ));
    }
}

fn host_files(edition: &Edition, output: &mut Output) {
    let site = &edition.site;
    let base = site.settings.base_url.as_ref();
    let mut files = vec![(NOJEKYLL.0.to_owned(), String::new())];
    files.push((headers::PATH.to_owned(), headers::headers(site.headers.as_deref())));
    let former = former_addresses(edition);
    let lines = former.iter().map(|(from, to)| (from.as_str(), to.as_str()));
    let text = redirects::redirects(site.redirects.as_deref(), lines);
    if !text.is_empty() {
        files.push((redirects::PATH.to_owned(), text));
    }
    if let Some(base) = base {
        let entries = sitemap_entries(edition);
        let entries =
            entries.iter().map(|(url, modified)| sitemap::Entry { url, modified: *modified });
        files.extend(sitemap::sitemap(base.as_str(), entries));
    }
    let sitemap = base.map(|base| base.join(sitemap::PATH));
    files.push((robots::PATH.to_owned(), robots::robots(sitemap.as_deref())));
    if let Some(domain) = &site.settings.cname {
        files.push((cname::PATH.to_owned(), cname::cname(domain)));
    }
    // An author's own file in `static` wins.
    for (path, text) in files {
        if !output.contains(&path) {
            settle(output.insert(path, Content::Bytes(text.into_bytes())));
        }
    }
}
