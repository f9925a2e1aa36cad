//! What a check remembers for the next one, for a site that is checked at every save.
//!
//! A document is read again only where it, or something that it was read by, has changed; the problems and the site are
//! those of a check without memory. And where a file has errors, its last good form stays in the site: so the pages of
//! a site stay while somebody is in the middle of a sentence.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::Options;
use crate::check::atlas::{Atlas, Name};
use crate::check::documents::Outcome;
use crate::image::{Facts, Fault};
use crate::load::{Document, Loaded};
use crate::model::address::BaseUrl;
use crate::model::venue::Place;
use crate::slug::Slug;
use crate::source::Source;

/// What earlier checks of the same site found.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) atlas: Atlas,
    surroundings: Option<Surroundings>,
    venues: BTreeMap<Slug, Option<Place>>,
    secrets: BTreeMap<Slug, Vec<String>>,
    /// By path, what every document became.
    read: HashMap<String, Read>,
    /// By path, what every document became when it last had no errors.
    good: HashMap<String, Good>,
    /// The last `site.yaml` without errors.
    pub(super) settings: Option<Arc<Document>>,
}

/// A document that was read.
#[derive(Debug)]
struct Read {
    document: Arc<Document>,
    name: Option<Name>,
    outcome: Arc<Outcome>,
}

/// A document without errors.
#[derive(Debug)]
struct Good {
    outcome: Arc<Outcome>,
    /// Where it stands: its page, and the old addresses of it.
    addresses: Vec<String>,
}

/// The forms in which documents are shown.
pub(super) struct Shown {
    /// By the document's place in the list.
    pub(super) documents: Vec<Option<Arc<Outcome>>>,
    /// Of files that are no documents now.
    pub(super) unreadable: Vec<Arc<Outcome>>,
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
    /// Forgets what was read in other surroundings.
    pub(super) fn enter(
        &mut self,
        surroundings: Surroundings,
        venues: &BTreeMap<Slug, Option<Place>>,
        secrets: &BTreeMap<Slug, Vec<String>>,
    ) {
        let surroundings = Some(surroundings);
        let same =
            self.surroundings == surroundings && self.venues == *venues && self.secrets == *secrets;
        if !same {
            self.read.clear();
            self.surroundings = surroundings;
            self.venues = venues.clone();
            self.secrets = secrets.clone();
        }
    }

    /// What a document became, where it would become the same again.
    pub(super) fn recall(
        &self,
        document: &Arc<Document>,
        index: usize,
        atlas: &Atlas,
    ) -> Option<Arc<Outcome>> {
        let read = self.read.get(&document.source.path)?;
        let same = Arc::ptr_eq(&read.document, document)
            && read.name.as_ref() == atlas.name(index)
            && (!read.outcome.looks_around || atlas.is_like(&self.atlas));
        same.then(|| read.outcome.clone())
    }

    /// Remembers what all documents became, and nothing of documents that are gone.
    pub(super) fn keep(
        &mut self,
        documents: &[Arc<Document>],
        atlas: &Atlas,
        outcomes: &[Arc<Outcome>],
    ) {
        let mut gone = self.read.len();
        for (index, (document, outcome)) in documents.iter().zip(outcomes).enumerate() {
            let path = &document.source.path;
            let known = self.read.get(path);
            gone = gone.saturating_sub(usize::from(known.is_some()));
            if known.is_some_and(|read| Arc::ptr_eq(&read.outcome, outcome)) {
                continue;
            }
            let (document, outcome) = (document.clone(), outcome.clone());
            let read = Read { document, name: atlas.name(index).cloned(), outcome };
            self.read.insert(path.clone(), read);
        }
        if gone > 0 {
            let there: BTreeSet<&str> =
                documents.iter().map(|document| document.source.path.as_str()).collect();
            self.read.retain(|path, _| there.contains(path.as_str()));
        }
        self.atlas = atlas.clone();
    }

    /// Remembers the last good form of every document; `broken` files keep theirs, others that are gone do not.
    pub(super) fn keep_good(
        &mut self,
        documents: &[Arc<Document>],
        outcomes: &[Arc<Outcome>],
        broken: &BTreeSet<String>,
    ) {
        let atlas = &self.atlas;
        for (index, (document, outcome)) in documents.iter().zip(outcomes).enumerate() {
            let path = &document.source.path;
            let known = self.good.get(path).map(|good| &good.outcome);
            let stays = outcome.leans_on_broken || broken.contains(path);
            if stays || known.is_some_and(|good| Arc::ptr_eq(good, outcome)) {
                continue;
            }
            let addresses = atlas.addresses_of(index);
            self.good.insert(path.clone(), Good { outcome: outcome.clone(), addresses });
        }
        let paths = self.atlas.paths();
        self.good.retain(|path, _| paths.contains_key(path) || broken.contains(path));
    }

    /// The form in which each document is shown: its own, else the last good one; none where there is neither. Then the
    /// last good forms of files that cannot be read at all now.
    pub(super) fn shown(
        &self,
        documents: &[Arc<Document>],
        outcomes: &[Arc<Outcome>],
        broken: &BTreeSet<String>,
    ) -> Shown {
        let is_sound = |index: usize| {
            let outcome = &outcomes[index];
            !outcome.leans_on_broken && !broken.contains(&documents[index].source.path)
        };
        let kept = documents.iter().enumerate().filter(|(index, _)| !is_sound(*index));
        let kept = kept.filter_map(|(_, document)| self.good.get(&document.source.path));
        let paths = self.atlas.paths();
        let gone = broken.iter().filter(|path| !paths.contains_key(*path));
        let gone: Vec<&Good> = gone.filter_map(|path| self.good.get(path)).collect();
        let wanted: BTreeSet<&String> =
            kept.chain(gone.iter().copied()).flat_map(|good| &good.addresses).collect();
        // Another file without errors may stand there by now.
        let taken: BTreeSet<String> = (0..documents.len())
            .filter(|&index| !wanted.is_empty() && is_sound(index))
            .flat_map(|index| self.atlas.addresses_of(index))
            .filter(|address| wanted.contains(address))
            .collect();
        let free = |good: &&Good| good.addresses.iter().all(|address| !taken.contains(address));
        let form = |(index, document): (usize, &Arc<Document>)| {
            if is_sound(index) {
                return Some(outcomes[index].clone());
            }
            self.good.get(&document.source.path).filter(free).map(|good| good.outcome.clone())
        };
        Shown {
            documents: documents.iter().enumerate().map(form).collect(),
            unreadable: gone.into_iter().filter(free).map(|good| good.outcome.clone()).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
