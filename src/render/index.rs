//! What lists need, worked out once for the whole site: which groups are listed and in what order, which values each
//! facet has, and what leads to what. Takes a site; gives positions in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::facet::{Facet, FacetValue};
use crate::model::group::{Group, Status};
use crate::model::{PAGE_SIZE, Site};
use crate::slug::Slug;
use crate::theme::texts::Texts;

/// The lists of a site. Groups and resources are told by their position in it.
#[derive(Debug)]
pub(crate) struct Index {
    /// Listed groups: active before paused, then by title.
    pub(crate) listed: Vec<usize>,
    /// Facets in the order of [`Facet::ALL`].
    pub(crate) facets: Vec<FacetPages>,
    /// For each group, the resources that name it.
    pub(crate) reading: Vec<Vec<usize>>,
    /// For each listed group, its values: the position of the facet and of the value in it.
    pub(crate) values_of: Vec<Vec<(usize, usize)>>,
    by_slug: BTreeMap<Slug, usize>,
}

/// The values of a facet that listed groups have.
#[derive(Debug)]
pub(crate) struct FacetPages {
    pub(crate) facet: Facet,
    /// In the facet's own order, else by label.
    pub(crate) values: Vec<ValuePages>,
}

/// A value of a facet and its groups.
#[derive(Debug)]
pub(crate) struct ValuePages {
    pub(crate) key: Slug,
    pub(crate) label: String,
    /// In the order of [`Index::listed`]; never empty.
    pub(crate) groups: Vec<usize>,
}

impl Index {
    pub(crate) fn new(site: &Site, texts: &Texts) -> Index {
        let listed = in_order(&site.groups);
        let facets = facets(&site.groups, &listed, texts);
        let by_slug: BTreeMap<Slug, usize> =
            site.groups.iter().enumerate().map(|(at, group)| (group.slug.clone(), at)).collect();
        let mut reading = vec![Vec::new(); site.groups.len()];
        for (resource, page) in site.resources.iter().enumerate() {
            for &group in page.related_groups.iter().filter_map(|slug| by_slug.get(slug)) {
                reading[group].push(resource);
            }
        }
        let mut values_of = vec![Vec::new(); site.groups.len()];
        for (facet, pages) in facets.iter().enumerate() {
            for (value, pages) in pages.values.iter().enumerate() {
                for &group in &pages.groups {
                    values_of[group].push((facet, value));
                }
            }
        }
        Index { listed, facets, reading, values_of, by_slug }
    }

    /// The group of that slug.
    pub(crate) fn group(&self, slug: &Slug) -> Option<usize> {
        self.by_slug.get(slug).copied()
    }

    /// The values of a facet.
    pub(crate) fn values(&self, facet: Facet) -> &[ValuePages] {
        self.facets.iter().find(|pages| pages.facet == facet).map_or(&[], |pages| &pages.values)
    }

    /// The address of a facet's value, where it has a page.
    pub(crate) fn facet_url(&self, facet: Facet, key: &str) -> Option<String> {
        let found = self.values(facet).iter().any(|value| value.key.as_str() == key);
        found.then(|| facet_url(facet, key))
    }
}

impl ValuePages {
    /// How many pages its list takes.
    pub(crate) fn pages(&self) -> usize {
        pages(self.groups.len())
    }
}

/// How many pages a list of so many groups takes; at least one.
pub(crate) fn pages(groups: usize) -> usize {
    groups.div_ceil(PAGE_SIZE).max(1)
}

/// The groups of a page, by its number from 1.
pub(crate) fn on_page(groups: &[usize], number: usize) -> &[usize] {
    groups.chunks(PAGE_SIZE).nth(number - 1).unwrap_or(&[])
}

/// `/by/topic/grief/`.
pub(crate) fn facet_url(facet: Facet, key: &str) -> String {
    format!("/by/{}/{key}/", facet.name())
}

/// What a page shows for a value: its own label, else the theme's word for it.
pub(crate) fn value_label(facet: Facet, value: &FacetValue, texts: &Texts) -> String {
    let own = value.label.clone();
    let key = format!("value.{}.{}.label", facet.name(), value.key);
    own.or_else(|| texts.find(&key).map(str::to_owned)).unwrap_or_else(|| value.key.to_string())
}

/// Words by which people would sort: without case and accents.
fn sort_key(words: &str) -> String {
    deunicode::deunicode(words).to_lowercase()
}

fn in_order(groups: &[Arc<Group>]) -> Vec<usize> {
    let mut listed: Vec<(bool, String, usize)> = groups
        .par_iter()
        .enumerate()
        .filter(|(_, group)| group.is_listed())
        .map(|(at, group)| {
            (matches!(group.status, Status::Paused { .. }), sort_key(&group.title), at)
        })
        .collect();
    listed.par_sort_unstable();
    listed.into_iter().map(|(_, _, at)| at).collect()
}

fn facets(groups: &[Arc<Group>], listed: &[usize], texts: &Texts) -> Vec<FacetPages> {
    Facet::ALL
        .par_iter()
        .map(|&facet| {
            let mut values: BTreeMap<Slug, ValuePages> = BTreeMap::new();
            for &at in listed {
                for value in facet.values(&groups[at]) {
                    match values.get_mut(&value.key) {
                        Some(pages) => pages.groups.push(at),
                        None => {
                            let label = value_label(facet, &value, texts);
                            let (key, groups) = (value.key.clone(), vec![at]);
                            values.insert(value.key, ValuePages { key, label, groups });
                        }
                    }
                }
            }
            let mut values: Vec<ValuePages> = values.into_values().collect();
            values.sort_by_cached_key(|value| {
                (facet.place_of(&value.key), sort_key(&value.label), value.key.clone())
            });
            FacetPages { facet, values }
        })
        .collect()
}
