//! What lists take from each group, kept from one edition to the next: most of the work of an [`Index`], and the same as
//! long as a group is. Takes groups; gives their order and their values.
//!
//! A group that is shared with the edition before is known by where it is, without a look at it: ten thousand groups are
//! more than a processor keeps at hand.
//!
//! [`Index`]: crate::render::index::Index

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::facet::{Facet, FacetValue};
use crate::model::group::{Group, Status};
use crate::render::index::sort_key;
use crate::slug::Slug;

/// What lists take from groups. Editions may be made of different sites with one memory; it keeps the groups of the last.
#[derive(Debug, Default)]
pub struct Memory {
    /// By the address in memory, which no other group can have while it is held here.
    known: HashMap<usize, (Arc<Group>, Facts)>,
    /// Every value that a group has had, by its number. One that none has any more is small, and stays.
    values: Vec<Value>,
    numbers: HashMap<(Facet, FacetValue), usize>,
    /// How many keys there are in all, and the place of each among them.
    places: HashMap<(Facet, Slug), usize>,
}

/// A value in its own words; another group may have other words for the key.
#[derive(Debug)]
struct Value {
    facet: Facet,
    words: FacetValue,
    /// The same for all words of a key.
    place: usize,
}

/// What lists take from a group; none of one that they leave out.
#[derive(Debug)]
struct Facts {
    listed: Option<Listed>,
}

#[derive(Debug)]
struct Listed {
    paused: bool,
    sort_key: String,
    /// By their numbers.
    values: Box<[usize]>,
}

impl Memory {
    /// Looks at groups that are not known, and forgets those that are not among these.
    pub(crate) fn learn(&mut self, groups: &[Arc<Group>]) {
        let mut before = std::mem::take(&mut self.known);
        let mut unknown = Vec::new();
        for group in groups {
            match before.remove(&address(group)) {
                Some(known) => drop(self.known.insert(address(group), known)),
                None => unknown.push(group),
            }
        }
        let seen: Vec<Option<Seen>> =
            unknown.par_iter().map(|group| group.is_listed().then(|| seen(group))).collect();
        for (group, seen) in unknown.into_iter().zip(seen) {
            let listed = seen.map(|(sort_key, values)| Listed {
                paused: matches!(group.status, Status::Paused { .. }),
                sort_key,
                values: values.into_iter().map(|value| self.number(value)).collect(),
            });
            self.known.insert(address(group), (group.clone(), Facts { listed }));
        }
    }

    fn number(&mut self, value: (Facet, FacetValue)) -> usize {
        if let Some(&number) = self.numbers.get(&value) {
            return number;
        }
        let (facet, words) = value.clone();
        let places = self.places.len();
        let place = *self.places.entry((facet, words.key.clone())).or_insert(places);
        self.values.push(Value { facet, words, place });
        let number = self.values.len() - 1;
        self.numbers.insert(value, number);
        number
    }

    fn listed(&self, group: &Arc<Group>) -> Option<&Listed> {
        self.known.get(&address(group))?.1.listed.as_ref()
    }

    /// The positions of listed groups: active before paused, then by title.
    pub(crate) fn in_order(&self, groups: &[Arc<Group>]) -> Vec<usize> {
        let listed = groups.iter().enumerate().filter_map(|(at, group)| {
            let listed = self.listed(group)?;
            Some((listed.paused, listed.sort_key.as_str(), at))
        });
        let mut listed: Vec<(bool, &str, usize)> = listed.collect();
        listed.par_sort_unstable();
        listed.into_iter().map(|(_, _, at)| at).collect()
    }

    /// Every value with its groups in the order of `listed`, in the words of the first of them.
    pub(crate) fn values(
        &self,
        groups: &[Arc<Group>],
        listed: &[usize],
    ) -> Vec<(Facet, &FacetValue, Vec<usize>)> {
        let mut found: Vec<Option<(&Value, Vec<usize>)>> = vec![None; self.places.len()];
        for &at in listed {
            for &number in self.listed(&groups[at]).map_or(&[][..], |listed| &listed.values) {
                let value = &self.values[number];
                let (_, groups) = found[value.place].get_or_insert_with(|| (value, Vec::new()));
                groups.push(at);
            }
        }
        let found = found.into_iter().flatten();
        found.map(|(value, groups)| (value.facet, &value.words, groups)).collect()
    }
}

fn address(group: &Arc<Group>) -> usize {
    Arc::as_ptr(group).addr()
}

/// The words by which a group is sorted, and its values.
type Seen = (String, Vec<(Facet, FacetValue)>);

fn seen(group: &Group) -> Seen {
    let values = Facet::ALL.into_iter();
    let values = values.flat_map(|facet| facet.values(group).into_iter().map(move |v| (facet, v)));
    (sort_key(&group.title), values.collect())
}
