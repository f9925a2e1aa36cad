//! What a check remembers for the next one, for a site that is checked at every save.
//!
//! A document is read again only where it, or something that it was read by, has changed; the problems and the site are
//! those of a check without memory. And where a file has errors, its last good form stays in the site: so the pages of
//! a site stay while somebody is in the middle of a sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::atlas::{Atlas, Entry, Seen};
use crate::check::documents::Outcome;
use crate::check::links::{Reference, resolve};
use crate::check::{NotNow, Options};
use crate::image::{Facts, Fault};
use crate::load::{Document, DocumentKind, Loaded};
use crate::model::address::BaseUrl;
use crate::model::venue::Place;
use crate::slug::Slug;
use crate::source::Source;

/// What earlier checks of the same site found.
#[derive(Debug, Default)]
pub struct Memory {
    /// The documents of the last check, by their place in the list.
    pub(super) atlas: Atlas,
    /// What each of them became.
    outcomes: Vec<Arc<Outcome>>,
    /// What each of them became when it last had no errors.
    good: Vec<Option<Good>>,
    /// The last good forms of files that cannot be read at all now, by path.
    unreadable: BTreeMap<String, Good>,
    /// None where what is remembered was read in other surroundings.
    surroundings: Option<Surroundings>,
    venues: Venues,
    /// The last `site.yaml` without errors.
    pub(super) settings: Option<Arc<Document>>,
}

/// The shared venues as groups see them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Venues {
    /// None for one whose file has errors.
    pub(super) places: BTreeMap<Slug, Option<Place>>,
    /// What each area venue keeps back.
    pub(super) secrets: BTreeMap<Slug, Vec<String>>,
}

/// A document without errors.
#[derive(Clone, Debug)]
struct Good {
    outcome: Arc<Outcome>,
    entry: Arc<Entry>,
}

/// The forms in which documents are shown.
pub(super) struct Shown {
    /// By the document's place in the list.
    pub(super) documents: Vec<Option<Arc<Outcome>>>,
    /// Of files that are no documents now.
    pub(super) unreadable: Vec<Arc<Outcome>>,
    /// What is not shown as its files are now, by address.
    pub(super) not_now: BTreeMap<String, NotNow>,
}

/// What every document is read by, besides the venues and the other pages.
#[derive(Debug, PartialEq)]
pub(super) struct Surroundings {
    settings: Option<Source>,
    base_url: Option<BaseUrl>,
    drafts: bool,
    today: Date,
    images: Vec<(String, Result<Facts, Fault>)>,
    statics: Vec<(String, Option<Result<Facts, Fault>>)>,
}

impl Surroundings {
    pub(super) fn new(
        loaded: &Loaded,
        settings: Option<&Document>,
        options: &Options,
        today: Date,
    ) -> Surroundings {
        let images = loaded.images.iter().map(|image| (image.path.clone(), image.facts.clone()));
        let statics = loaded.statics.iter().map(|file| (file.path.clone(), file.facts.clone()));
        Surroundings {
            settings: settings.map(|document| document.source.clone()),
            base_url: options.base_url.clone(),
            drafts: options.drafts,
            today,
            images: images.collect(),
            statics: statics.collect(),
        }
    }
}

impl Memory {
    /// Forgets what documents became in other surroundings.
    pub(super) fn enter(&mut self, surroundings: Surroundings) {
        let surroundings = Some(surroundings);
        if self.surroundings != surroundings {
            self.outcomes.clear();
            self.surroundings = surroundings;
        }
    }

    /// Whether groups see the same venues as before.
    pub(super) fn knows(&self, venues: &Venues) -> bool {
        self.venues == *venues
    }

    /// What a document became, where it would become the same again. `venues` are given where they are others than
    /// before, but for a venue itself.
    pub(super) fn recall(
        &self,
        index: usize,
        atlas: &Atlas,
        venues: Option<&Venues>,
    ) -> Option<Arc<Outcome>> {
        let entry = atlas.entry(index);
        let before = self.atlas.place_of(&entry.document, index)?;
        let outcome = self.outcomes.get(before)?;
        let known = self.atlas.entry(before);
        let same = Arc::ptr_eq(&known.document, &entry.document)
            && known.name == entry.name
            && (atlas.is_like(&self.atlas) || leads_where_it_led(outcome, entry, atlas))
            && venues.is_none_or(|venues| self.sees_the_same(outcome, entry, venues));
        same.then(|| outcome.clone())
    }

    fn sees_the_same(&self, outcome: &Outcome, entry: &Entry, venues: &Venues) -> bool {
        let before = &self.venues;
        match entry.document.kind {
            DocumentKind::Group => outcome.venues.iter().all(|slug| {
                before.places.get(slug) == venues.places.get(slug)
                    && before.secrets.get(slug) == venues.secrets.get(slug)
            }),
            // Pages are searched for what any venue keeps back.
            _ => before.secrets == venues.secrets,
        }
    }

    /// Remembers what all documents became; of files in `broken` their last good form.
    pub(super) fn keep(
        &mut self,
        atlas: &Atlas,
        venues: Venues,
        outcomes: &[Arc<Outcome>],
        broken: &BTreeSet<String>,
    ) {
        let form = |(index, outcome): (usize, &Arc<Outcome>)| {
            let entry = atlas.entry(index);
            if is_sound(entry, outcome, broken) {
                return Some(Good { outcome: outcome.clone(), entry: entry.clone() });
            }
            if entry.name.as_ref().is_some_and(|name| name.seen == Seen::Internal) {
                // What is for nobody's eyes now is so from now on, whatever else is wrong with the file.
                return None;
            }
            let before = self.atlas.place_of(&entry.document, index);
            let good = before.and_then(|before| self.good.get(before)?.clone());
            good.or_else(|| self.unreadable.get(&entry.document.source.path).cloned())
        };
        let good = outcomes.iter().enumerate().map(form).collect();
        let gone = broken.iter().filter(|path| !atlas.paths().contains_key(*path));
        let unreadable = gone.filter_map(|path| {
            let before = self.atlas.paths().get(path);
            let good = before.and_then(|&before| self.good.get(before)?.as_ref());
            Some((path.clone(), good.or_else(|| self.unreadable.get(path))?.clone()))
        });
        self.unreadable = unreadable.collect();
        self.good = good;
        self.outcomes = outcomes.to_vec();
        self.atlas = atlas.clone();
        self.venues = venues;
    }

    /// The form in which each document is shown: its own, else the last good one; none where there is neither. Then the
    /// last good forms of files that cannot be read at all now.
    pub(super) fn shown(&self, broken: &BTreeSet<String>) -> Shown {
        let is_sound =
            |index: usize| is_sound(self.atlas.entry(index), &self.outcomes[index], broken);
        let unsound: Vec<usize> = (0..self.outcomes.len()).filter(|&it| !is_sound(it)).collect();
        let mut wanted = BTreeSet::new();
        for good in unsound.iter().filter_map(|&index| self.good[index].as_ref()) {
            wanted.extend(good.entry.addresses());
        }
        wanted.extend(self.unreadable.values().flat_map(|good| good.entry.addresses()));
        wanted.extend(unsound.iter().flat_map(|&index| self.atlas.entry(index).addresses()));
        // Another file without errors may stand there by now, or another one's last good form.
        let mut taken = self.atlas.taken(&wanted, is_sound);
        let mut shown = Shown {
            documents: self
                .good
                .iter()
                .map(|good| good.as_ref().map(|it| it.outcome.clone()))
                .collect(),
            unreadable: Vec::new(),
            not_now: BTreeMap::new(),
        };
        for index in unsound {
            let (entry, outcome) = (self.atlas.entry(index), &self.outcomes[index]);
            let files = files_of(entry, outcome);
            let kept = self.good[index].as_ref();
            let kept = kept.and_then(|good| shown.take(good, &files, &mut taken));
            // Where it would stand now, there is nothing: also where a form with another address is kept.
            let free = entry.addresses().into_iter().filter(|it| !taken.contains(it));
            let missing = NotNow { files, is_kept: false };
            shown.not_now.extend(free.map(|address| (address, missing.clone())));
            shown.documents[index] = kept;
        }
        for (path, good) in &self.unreadable {
            let form = shown.take(good, std::slice::from_ref(path), &mut taken);
            shown.unreadable.extend(form);
        }
        shown
    }
}

impl Shown {
    /// Takes the addresses of a last good form, where all of them are free.
    fn take(
        &mut self,
        good: &Good,
        files: &[String],
        taken: &mut BTreeSet<String>,
    ) -> Option<Arc<Outcome>> {
        let addresses = good.entry.addresses();
        if addresses.iter().any(|address| taken.contains(address)) {
            return None;
        }
        for address in addresses {
            taken.insert(address.clone());
            self.not_now.insert(address, NotNow { files: files.to_vec(), is_kept: true });
        }
        Some(good.outcome.clone())
    }
}

/// A document's file and those of the venues that it names.
fn files_of(entry: &Entry, outcome: &Outcome) -> Vec<String> {
    let venues = outcome.venues.iter().map(|slug| format!("content/venues/{slug}.yaml"));
    [entry.document.source.path.clone()].into_iter().chain(venues).collect()
}

fn is_sound(entry: &Entry, outcome: &Outcome, broken: &BTreeSet<String>) -> bool {
    !outcome.leans_on_broken && !broken.contains(&entry.document.source.path)
}

/// Whether every link of a document leads in another atlas where it led.
fn leads_where_it_led(outcome: &Outcome, entry: &Entry, atlas: &Atlas) -> bool {
    let Some(name) = &entry.name else { return !outcome.looks_around };
    let url = if name.url.is_empty() { "/" } else { &name.url };
    !outcome.looks_around
        && outcome.links.iter().all(|link| {
            let led = resolve(&link.written, url, &entry.document.source.path, atlas);
            matches!(led, Reference::Page { path, .. } if path == link.path)
        })
}

#[cfg(test)]
mod tests;
