//! Which pages a site has, and where. Takes an edition; gives routes in a fixed order, each with its address, or the one
//! that a path leads to, found without making the others.

use std::sync::Arc;

use jiff::civil::Date;

use crate::model::group::{Group, Status, Visibility};
use crate::render::edition::Edition;
use crate::render::index::{facet_url, pages};
use crate::render::{embed, frame, week};

/// A page and its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    url: String,
    pub(crate) target: Target,
}

/// What stands at an address. Groups, pages and values are told by their position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Home,
    /// A page of the directory, from 1.
    Directory(usize),
    Group(usize),
    /// A page, from 1, of a facet's value.
    Facet {
        facet: usize,
        value: usize,
        number: usize,
    },
    Week,
    Resources,
    Collection(usize),
    Resource(usize),
    Free(usize),
    GetHelp,
    NotFound,
    /// An old address of a group.
    FormerGroup(usize),
    /// An old address of a resource page.
    FormerResource(usize),
    /// An old address of a free page.
    FormerFree(usize),
    /// Cards for the frames of other sites, by the number of their shelf.
    EmbeddedCards(u64),
    /// A facet's value for the frames of other sites.
    EmbeddedList {
        facet: usize,
        value: usize,
    },
}

impl Route {
    fn new(url: impl Into<String>, target: Target) -> Route {
        Route { url: url.into(), target }
    }

    /// Its address from the site's root, such as `/groups/x/`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its file in the output, such as `groups/x/index.html`.
    pub fn path(&self) -> String {
        let path = self.url.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }
}

/// Every page of a site.
pub fn routes(edition: &Edition) -> Vec<Route> {
    let mut routes = vec![Route::new("/", Target::Home)];
    lists(edition, &mut routes);
    let groups = edition.site.groups.iter().enumerate();
    routes.extend(groups.map(|(at, group)| Route::new(group.url(), Target::Group(at))));
    routes.extend(week::url(&edition.site).map(|url| Route::new(url, Target::Week)));
    texts(edition, &mut routes);
    former_groups(edition, &mut routes);
    former_texts(edition, &mut routes);
    embedded(edition, &mut routes);
    routes
}

/// The page of a file in the output, such as `groups/x/index.html`.
pub(crate) fn route_at(edition: &Edition, path: &str) -> Option<Route> {
    let url = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ if path.is_empty() || path.ends_with('/') => return None,
        _ => format!("/{path}"),
    };
    let target = target_at(edition, &url)?;
    Some(Route { url, target })
}

fn target_at(edition: &Edition, url: &str) -> Option<Target> {
    let index = &edition.index;
    let parts: Vec<&str> = url.split('/').skip(1).collect();
    match parts.as_slice() {
        [""] => Some(Target::Home),
        ["groups", ""] => Some(Target::Directory(1)),
        ["groups", "page", number, ""] => {
            Some(Target::Directory(later_page(number, pages(index.listed.len()))?))
        }
        ["groups", slug, ""] => group_at(edition, slug),
        ["by", facet, key, rest @ ..] => {
            let (facet, value) = value_at(edition, facet, key)?;
            let number = match rest {
                [""] => 1,
                ["page", number, ""] => {
                    later_page(number, index.facets[facet].values[value].pages())?
                }
                _ => return None,
            };
            Some(Target::Facet { facet, value, number })
        }
        ["embed", shelf, ""] => {
            let shelf = embed::shelf_of(shelf)?;
            embed::shelves(&edition.site).contains(&shelf).then_some(Target::EmbeddedCards(shelf))
        }
        ["embed", facet, key, ""] => {
            let (facet, value) = value_at(edition, facet, key)?;
            embed::list_url(edition, facet, value)?;
            Some(Target::EmbeddedList { facet, value })
        }
        ["week", ""] => week::url(&edition.site).map(|_| Target::Week),
        _ => {
            let mut routes = Vec::new();
            texts(edition, &mut routes);
            former_texts(edition, &mut routes);
            routes.into_iter().find(|route| route.url == url).map(|route| route.target)
        }
    }
}

/// A page of a list after its first, as [`page_url`] writes its number.
fn later_page(written: &str, last: usize) -> Option<usize> {
    let number = written.parse().ok()?;
    ((2..=last).contains(&number) && number.to_string() == written).then_some(number)
}

/// The positions of a facet and its value.
fn value_at(edition: &Edition, facet: &str, key: &str) -> Option<(usize, usize)> {
    let facets = &edition.index.facets;
    let facet = facets.iter().position(|pages| pages.facet.name() == facet)?;
    let value = facets[facet].values.iter().position(|value| value.key.as_str() == key)?;
    Some((facet, value))
}

fn group_at(edition: &Edition, slug: &str) -> Option<Target> {
    let groups = &edition.site.groups;
    if let Ok(at) = groups.binary_search_by(|group| group.slug.as_str().cmp(slug)) {
        return Some(Target::Group(at));
    }
    let has_alias = |group: &Arc<Group>| group.aliases.iter().any(|alias| alias.as_str() == slug);
    groups.iter().position(has_alias).map(Target::FormerGroup)
}

/// Absolute addresses of the pages that search engines may show, with the day on which their facts were confirmed or
/// their text last changed; none at all where the site has no `base_url`.
pub fn sitemap_entries(edition: &Edition) -> Vec<(String, Option<Date>)> {
    let Some(base) = &edition.site.settings.base_url else { return Vec::new() };
    let routes = routes(edition).into_iter();
    routes
        .filter(|route| is_indexable(edition, route.target))
        .map(|route| (base.join(route.url()), last_modified(edition, route.target)))
        .collect()
}

/// Old addresses and the pages that they lead to, both from the site's root.
pub fn former_addresses(edition: &Edition) -> Vec<(String, String)> {
    let site = &edition.site;
    let mut routes = Vec::new();
    former_groups(edition, &mut routes);
    former_texts(edition, &mut routes);
    routes
        .into_iter()
        .filter_map(|route| {
            let now = match route.target {
                Target::FormerGroup(at) => site.groups[at].url(),
                Target::FormerResource(at) => site.resources[at].url(),
                Target::FormerFree(at) => frame::free_url(&site.pages[at]),
                _ => return None,
            };
            Some((route.url, now))
        })
        .collect()
}

/// Whether search engines may show a page.
pub(crate) fn is_indexable(edition: &Edition, target: Target) -> bool {
    match target {
        Target::Group(at) => edition.site.groups[at].is_listed(),
        Target::NotFound
        | Target::FormerGroup(_)
        | Target::FormerResource(_)
        | Target::FormerFree(_)
        | Target::EmbeddedCards(_)
        | Target::EmbeddedList { .. } => false,
        _ => true,
    }
}

/// Whether a page asks search engines to leave it out. A group that has ended does not, but is in no sitemap either:
/// who looks for it by name learns that it has ended.
pub(crate) fn is_hidden(edition: &Edition, target: Target) -> bool {
    match target {
        Target::Group(at) => {
            let group = &edition.site.groups[at];
            !matches!(group.status, Status::Ended) && !group.is_listed()
                || matches!(group.visibility, Visibility::Unlisted)
        }
        target => !is_indexable(edition, target),
    }
}

/// Whether a page is that of a draft.
pub(crate) fn is_draft(edition: &Edition, target: Target) -> bool {
    match target {
        Target::Group(at) => matches!(edition.site.groups[at].visibility, Visibility::Draft),
        _ => false,
    }
}

fn last_modified(edition: &Edition, target: Target) -> Option<Date> {
    let site = &edition.site;
    match target {
        Target::Group(at) => site.groups[at].verified,
        Target::Resource(at) => site.resources[at].updated,
        Target::Free(at) => site.pages[at].updated,
        _ => None,
    }
}

fn lists(edition: &Edition, routes: &mut Vec<Route>) {
    let index = &edition.index;
    for number in 1..=pages(index.listed.len()) {
        routes.push(Route::new(page_url("/groups/", number), Target::Directory(number)));
    }
    for (facet, facet_pages) in index.facets.iter().enumerate() {
        for (value, pages) in facet_pages.values.iter().enumerate() {
            let url = facet_url(facet_pages.facet, pages.key.as_str());
            for number in 1..=pages.pages() {
                let target = Target::Facet { facet, value, number };
                routes.push(Route::new(page_url(&url, number), target));
            }
        }
    }
}

/// Pages that are written, not listed, and the one where nothing is.
fn texts(edition: &Edition, routes: &mut Vec<Route>) {
    let site = &edition.site;
    if !site.resources.is_empty() {
        routes.push(Route::new("/resources/", Target::Resources));
        for (at, collection) in site.collections.iter().enumerate() {
            routes.push(Route::new(frame::collection_url(collection), Target::Collection(at)));
        }
        for (at, resource) in site.resources.iter().enumerate() {
            routes.push(Route::new(resource.url(), Target::Resource(at)));
        }
    }
    for (at, page) in site.pages.iter().enumerate() {
        routes.push(Route::new(frame::free_url(page), Target::Free(at)));
    }
    routes.push(Route::new("/get-help/", Target::GetHelp));
    routes.push(Route::new("/404.html", Target::NotFound));
}

fn former_groups(edition: &Edition, routes: &mut Vec<Route>) {
    for (at, group) in edition.site.groups.iter().enumerate() {
        for alias in &group.aliases {
            routes.push(Route::new(format!("/groups/{alias}/"), Target::FormerGroup(at)));
        }
    }
}

fn former_texts(edition: &Edition, routes: &mut Vec<Route>) {
    let site = &edition.site;
    for (at, resource) in site.resources.iter().enumerate() {
        for alias in &resource.aliases {
            routes.push(Route::new(resource.url_of(alias), Target::FormerResource(at)));
        }
    }
    for (at, page) in site.pages.iter().enumerate() {
        for alias in &page.aliases {
            routes.push(Route::new(format!("/{alias}/"), Target::FormerFree(at)));
        }
    }
}

fn embedded(edition: &Edition, routes: &mut Vec<Route>) {
    for shelf in embed::shelves(&edition.site) {
        routes.push(Route::new(embed::shelf_url(shelf), Target::EmbeddedCards(shelf)));
    }
    for (facet, pages) in edition.index.facets.iter().enumerate() {
        for value in 0..pages.values.len() {
            let url = embed::list_url(edition, facet, value);
            routes.extend(url.map(|url| Route::new(url, Target::EmbeddedList { facet, value })));
        }
    }
}

/// The address of a page of a list, by its number from 1.
pub(crate) fn page_url(first: &str, number: usize) -> String {
    match number {
        1 => first.to_owned(),
        number => format!("{first}page/{number}/"),
    }
}
