//! Terms and where they stand: for each word of the groups' texts the documents that have it.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::export::finder::words::each_term;
use crate::model::facet::Term as Label;
use crate::model::group::Group;
use crate::model::settings;
use crate::model::venue::Place;
use crate::render::{Edition, kind_label};
use crate::slug::Slug;

/// Where in a text a word weighs most.
const TITLE: u8 = 3;
/// Topics and kind.
const TOPIC: u8 = 2;
/// What else a card and the facts say.
const FACT: u8 = 1;
/// The group's own words.
const BODY: u8 = 0;

/// So many documents are read before their terms are put with the others': what one thread holds at a time.
const AT_ONCE: usize = 256;

/// A term.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) text: Box<str>,
    /// In the order of documents.
    pub(super) postings: Vec<Posting>,
}

/// A document and the class of the text in which the term stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) document: u32,
    pub(super) class: u8,
}

/// The terms of all documents but for stop words, in the order of their bytes.
pub(super) fn terms(edition: &Edition, documents: &[usize], stop: &HashSet<String>) -> Vec<Term> {
    let parts = documents.par_chunks(AT_ONCE).enumerate();
    let parts = parts.map(|(part, positions)| {
        let mut terms = Gathered { stop, found: HashMap::new() };
        for (document, &at) in (part * AT_ONCE..).zip(positions) {
            let document = u32::try_from(document).expect("there are fewer groups than that");
            each_text(edition, &edition.site.groups[at], |class, text| {
                each_term(text, |term| terms.add(term, Posting { document, class }));
            });
        }
        terms.found.into_iter().collect::<Vec<_>>()
    });
    let parts: Vec<Vec<(Box<str>, Vec<Posting>)>> = parts.collect();
    let mut terms: BTreeMap<Box<str>, Vec<Posting>> = BTreeMap::new();
    for (text, postings) in parts.into_iter().flatten() {
        terms.entry(text).or_default().extend(postings);
    }
    terms.into_iter().map(|(text, postings)| Term { text, postings }).collect()
}

/// The terms of some documents.
struct Gathered<'a> {
    stop: &'a HashSet<String>,
    found: HashMap<Box<str>, Vec<Posting>>,
}

impl Gathered<'_> {
    /// Texts come with those of the highest class first, and a document's first posting stays.
    fn add(&mut self, term: &str, posting: Posting) {
        match self.found.get_mut(term) {
            Some(postings) => {
                if postings.last().is_none_or(|last| last.document != posting.document) {
                    postings.push(posting);
                }
            }
            None if self.stop.contains(term) => {}
            None => drop(self.found.insert(Box::from(term), vec![posting])),
        }
    }
}

/// What of a group can be searched for, each text with its class, the highest first.
fn each_text(edition: &Edition, group: &Group, mut found: impl FnMut(u8, &str)) {
    let vocabulary = &edition.site.settings.vocabulary;
    found(TITLE, &group.title);
    each_label(&group.topics, &vocabulary.topic, |text| found(TOPIC, text));
    found(TOPIC, &kind_label(group, edition.texts()));
    found(FACT, &group.purpose);
    each_label(&group.audience, &vocabulary.audience, |text| found(FACT, text));
    for place in group.settings().iter().filter_map(|setting| setting.place.as_ref()) {
        for words in [place.name(), Place::city(place), place.region()].into_iter().flatten() {
            found(FACT, words);
        }
    }
    for person in &group.leadership.people {
        found(FACT, &person.name);
        found(FACT, person.credentials.as_deref().unwrap_or_default());
    }
    found(BODY, &group.body.text);
}

/// Terms of a vocabulary, each with the other words that find it.
fn each_label(
    labels: &[Label],
    listed: &BTreeMap<Slug, settings::Entry>,
    mut found: impl FnMut(&str),
) {
    for Label { key, label } in labels {
        found(label);
        for synonym in listed.get(key).map_or(&[][..], |entry| &entry.synonyms) {
            found(synonym);
        }
    }
}
