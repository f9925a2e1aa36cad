//! A site and its theme into everything that is published: the pages of `render`, the exports and the files that are
//! copied. Pure; what `write` puts on the disk is whole before the first byte is written.
//!
//! A [`Plan`] says what stands at which path, and makes it: all of it for a build, or the one file that is asked for.

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::export::calendar::{Shelf, Subject, beside};
use crate::export::finder::Finder;
use crate::export::{NOJEKYLL, cname, headers, redirects, robots, sitemap};
use crate::model::{PublishedFile, Site};
use crate::output::{Asset, Content, Output, Published, Rejected};
use crate::render::{
    Edition, Route, embedded, former_addresses, render, route_at, routes, sitemap_entries,
};
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
pub fn publish(
    site: Site,
    theme: impl Into<Arc<Theme>>,
    today: Date,
) -> Result<Publication, Box<Diagnostic>> {
    let plan = Plan::new(Edition::new(site, theme, today)?);
    let items = plan.items();
    let pages = items.iter().filter(|item| matches!(item.source, Source::Page(_))).count();
    // Of several problems the same one is told each time: that of the first path.
    let made: Vec<Result<Content, _>> = items.par_iter().map(|item| plan.make(item)).collect();
    let mut output = Output::new();
    for (item, content) in items.into_iter().zip(made) {
        settle(output.insert(item.path, content?));
    }
    let has_base_url = plan.edition.site.settings.base_url.is_some();
    Ok(Publication { output, pages, has_base_url })
}

/// `check` reports every collision before, so one that is left has been reported: the first file stays.
fn settle(inserted: Result<(), Rejected>) {
    debug_assert!(inserted.is_ok(), "{inserted:?}");
}

/// An edition with what stands at each path of the output. Several threads may ask at once.
#[derive(Debug)]
pub struct Plan {
    edition: Edition,
    shelf: Shelf,
    finder: Finder,
}

/// A file that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    path: String,
    source: Source,
}

/// What makes a file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    Page(Route),
    /// One of the theme's, by its position.
    Asset(usize),
    Calendar(Subject),
    /// One of the finder's index.
    Finder,
    /// One of the site's, by its position.
    Copy(usize),
    /// What a host reads, as it is.
    Host(String),
}

/// What hosts read, besides sitemaps.
const HOST_FILES: [&str; 5] =
    [NOJEKYLL.0, headers::PATH, redirects::PATH, robots::PATH, cname::PATH];

/// Files that the exports make themselves, an author's own text included.
const MERGED: [&str; 2] = [headers::PATH, redirects::PATH];

impl Plan {
    /// Makes nothing yet.
    pub fn new(edition: Edition) -> Plan {
        let shelf = Shelf::new(&edition);
        Plan { edition, shelf, finder: Finder::default() }
    }

    /// What is published.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Every page; asking for these alone makes nothing.
    pub(crate) fn pages(&self) -> Vec<Item> {
        routes(&self.edition).into_iter().map(page).collect()
    }

    /// Everything that is published.
    pub fn items(&self) -> Vec<Item> {
        let Edition { site, theme, .. } = &self.edition;
        let routes = routes(&self.edition);
        let calendars: Vec<Item> = routes.iter().filter_map(calendar).collect();
        let mut items: Vec<Item> = routes.into_iter().map(page).collect();
        let assets = theme.assets().iter().enumerate();
        items.extend(assets.map(|(at, asset)| Item::new(&asset.path, Source::Asset(at))));
        items.extend(calendars);
        let finder = self.finder.files(&self.edition).keys();
        items.extend(finder.map(|path| Item::new(path, Source::Finder)));
        let files = site.files.iter().enumerate().filter(|(_, file)| !is_merged(file));
        items.extend(files.map(|(at, file)| Item::new(&file.address, Source::Copy(at))));
        let host = host_files(&self.edition).into_iter();
        // An author's own file in `static` wins.
        let host = host.filter(|(path, _)| self.copy(path).is_none());
        items.extend(host.map(|(path, text)| Item { path, source: Source::Host(text) }));
        items
    }

    /// What is published at a path of the output, such as `groups/x/index.html`.
    pub fn find(&self, path: &str) -> Option<Item> {
        let found = route_at(&self.edition, path).map(page);
        let found = found.or_else(|| {
            let assets = self.edition.theme.assets();
            let at = assets.iter().position(|asset| asset.path == path)?;
            Some(Item::new(path, Source::Asset(at)))
        });
        let found = found.or_else(|| {
            let folder = path.strip_suffix(CALENDAR)?;
            calendar(&route_at(&self.edition, &format!("{folder}index.html"))?)
        });
        let found = found.or_else(|| {
            let is_one = Finder::may_hold(path) && self.finder.file(&self.edition, path).is_some();
            is_one.then(|| Item::new(path, Source::Finder))
        });
        found.or_else(|| self.copy(path)).or_else(|| self.host_file(path))
    }

    /// The bytes of a file, or where they lie. Fails only where the theme does.
    pub fn make(&self, item: &Item) -> Result<Content, Box<Diagnostic>> {
        let edition = &self.edition;
        Ok(match &item.source {
            Source::Page(route) => Content::Bytes(render(edition, route)?),
            Source::Asset(at) => Content::Bytes(edition.theme.assets()[*at].bytes.clone()),
            Source::Calendar(subject) => Content::Pieces(self.shelf.pieces(edition, *subject)),
            Source::Finder => {
                let bytes = self.finder.file(edition, &item.path);
                Content::Pieces(bytes.into_iter().cloned().collect())
            }
            Source::Copy(at) => {
                let file = &edition.site.files[*at];
                let published =
                    if file.image { Published::WithoutMetadata } else { Published::AsIs };
                Content::File(Asset { path: file.path.clone(), published })
            }
            Source::Host(text) => Content::Bytes(text.clone().into_bytes()),
        })
    }

    /// The files of the site's folder that a page at a path of the output shows.
    pub(crate) fn shown_files(&self, html: &[u8], path: &str) -> Vec<&PublishedFile> {
        let base = self.edition.site.settings.base_url.as_ref().map_or("/", |base| base.path());
        let items = embedded(html, path, base).into_iter().filter_map(|path| self.copy(&path));
        let files = items.filter_map(|item| match item.source {
            Source::Copy(at) => self.edition.site.files.get(at),
            _ => None,
        });
        files.collect()
    }

    fn copy(&self, path: &str) -> Option<Item> {
        let files = &self.edition.site.files;
        let at = files.binary_search_by(|file| file.address.as_str().cmp(path)).ok()?;
        (!is_merged(&files[at])).then(|| Item::new(path, Source::Copy(at)))
    }

    fn host_file(&self, path: &str) -> Option<Item> {
        // Every file that is asked for and missing comes by here.
        let is_one = path.starts_with("sitemap") || HOST_FILES.contains(&path);
        if !is_one {
            return None;
        }
        let mut files = host_files(&self.edition).into_iter();
        let (path, text) = files.find(|(known, _)| known == path)?;
        Some(Item { path, source: Source::Host(text) })
    }
}

impl Item {
    fn new(path: &str, source: Source) -> Item {
        Item { path: path.to_owned(), source }
    }

    /// Its path in the output.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The page that it is, if it is one.
    pub fn route(&self) -> Option<&Route> {
        match &self.source {
            Source::Page(route) => Some(route),
            _ => None,
        }
    }
}

fn page(route: Route) -> Item {
    Item { path: route.path(), source: Source::Page(route) }
}

/// The name of a calendar, in the folder of its page.
const CALENDAR: &str = "calendar.ics";

/// The calendar beside a page.
fn calendar(route: &Route) -> Option<Item> {
    let subject = beside(route.target)?;
    let path = format!("{}{CALENDAR}", route.url().trim_start_matches('/'));
    Some(Item { path, source: Source::Calendar(subject) })
}

fn is_merged(file: &PublishedFile) -> bool {
    MERGED.contains(&file.address.as_str())
}

/// What hosts and search engines read, path and text.
fn host_files(edition: &Edition) -> Vec<(String, String)> {
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
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::{edition, fixture};

    #[test]
    fn each_file_is_found_by_its_path_and_no_other_is() {
        let plan = Plan::new(edition(fixture::site()));
        let items = plan.items();
        for item in &items {
            assert_eq!(plan.find(item.path()).as_ref(), Some(item), "{}", item.path());
        }
        let known = |path: &str| items.iter().any(|item| item.path == path);
        for Item { path, .. } in &items {
            for other in [
                format!("{path}/"),
                format!("x{path}"),
                format!("/{path}"),
                path.to_uppercase(),
                path.replace("index.html", ""),
                path.replace("/index.html", "index.html"),
                path.replace("index.html", "page/1/index.html"),
                path.replace("index.html", "page/02/index.html"),
                path.replace("index.html", "page/999/index.html"),
                path.replace("index.html", CALENDAR),
                path.replace(CALENDAR, "x.ics"),
                path.replacen('/', "//", 1),
            ] {
                assert_eq!(plan.find(&other).is_some(), known(&other), "{other}");
            }
        }
    }

    #[test]
    fn the_index_is_made_when_one_of_its_files_is_asked_for() {
        let plan = Plan::new(edition(fixture::site()));
        for item in plan.pages() {
            plan.make(&item).unwrap();
        }
        for path in ["groups/index.html", "groups/finder", "assets/x/a.js", "robots.txt", "nothing"]
        {
            plan.find(path);
        }
        assert!(!plan.finder.is_made());
        let none = plan.find("assets/finder/00000000.bin");
        assert!(none.is_none() && plan.finder.is_made());
        assert!(plan.find("groups/finder.bin").is_some());
    }

    #[test]
    fn several_threads_may_ask_at_once() {
        fn is_shared<T: Send + Sync + 'static>(_: &T) {}
        let plan = Plan::new(edition(fixture::site()));
        is_shared(&plan);
        let one_by_one: Vec<_> = plan.items().iter().map(|item| plan.make(item).unwrap()).collect();
        let plan = Plan::new(edition(fixture::site()));
        let items = plan.items();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let at_once: Vec<_> =
                        items.iter().map(|item| plan.make(item).unwrap()).collect();
                    assert_eq!(at_once, one_by_one);
                });
            }
        });
    }
}
