//! What lists need, worked out once for the whole site: which groups are listed and in what order, which values each
//! facet has, and what leads to what. Takes a site; gives positions in it.

use crate::model::facet::{Facet, FacetValue};
use crate::model::group::Group;
use crate::model::{PAGE_SIZE, Site};
use crate::render::memory::Memory;
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
    pub(crate) fn new(site: &Site, texts: &Texts, memory: &mut Memory) -> Index {
        memory.learn(&site.groups);
        let listed = memory.in_order(&site.groups);
        let facets = facets(memory.values(&site.groups, &listed), texts);
        let mut reading = vec![Vec::new(); site.groups.len()];
        for (resource, page) in site.resources.iter().enumerate() {
            for group in page.related_groups.iter().filter_map(|slug| group(site, slug)) {
                reading[group].push(resource);
            }
        }
        Index { listed, facets, reading }
    }

    /// The values of a facet.
    pub(crate) fn values(&self, facet: Facet) -> &[ValuePages] {
        self.facets.iter().find(|pages| pages.facet == facet).map_or(&[], |pages| &pages.values)
    }

    /// The values of a facet that a group has, in the facet's order.
    pub(crate) fn values_of(
        &self,
        facet: Facet,
        group: &Group,
    ) -> impl Iterator<Item = &ValuePages> {
        let own = facet.values(group);
        let values = self.values(facet).iter();
        values.filter(move |value| own.iter().any(|own| own.key == value.key))
    }

    /// The address of a facet's value, where it has a page.
    pub(crate) fn facet_url(&self, facet: Facet, key: &str) -> Option<String> {
        let found = self.values(facet).iter().any(|value| value.key.as_str() == key);
        found.then(|| facet_url(facet, key))
    }
}

/// The group of that slug.
pub(crate) fn group(site: &Site, slug: &Slug) -> Option<usize> {
    site.groups.binary_search_by(|group| group.slug.cmp(slug)).ok()
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
pub(crate) fn sort_key(words: &str) -> String {
    deunicode::deunicode(words).to_lowercase()
}

/// Facets with their values, from each value with its groups.
fn facets(values: Vec<(Facet, &FacetValue, Vec<usize>)>, texts: &Texts) -> Vec<FacetPages> {
    let mut facets: Vec<FacetPages> =
        Facet::ALL.into_iter().map(|facet| FacetPages { facet, values: Vec::new() }).collect();
    for (facet, value, groups) in values {
        let (key, label) = (value.key.clone(), value_label(facet, value, texts));
        if let Some(pages) = facets.iter_mut().find(|pages| pages.facet == facet) {
            pages.values.push(ValuePages { key, label, groups });
        }
    }
    for FacetPages { facet, values } in &mut facets {
        values.sort_by_cached_key(|value| {
            (facet.place_of(&value.key), sort_key(&value.label), value.key.clone())
        });
    }
    facets
}
