//! Documents, one by one and in parallel, into parts of the model.
//!
//! Venues come first, because groups are told where they meet by them; then all others at once, but for those that
//! [`Memory`] knows. What each document uses of the rest of the site, its links, is kept for when all pages are known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::check::atlas::{Atlas, Name, Seen};
use crate::check::fields::Findings;
use crate::check::memory::{Memory, Surroundings};
use crate::check::pages::{self, Ordered};
use crate::check::settings::{Levels, Network};
use crate::check::subject::{Context, LinkUse, Subject};
use crate::check::{group, privacy, venue};
use crate::diagnostic::{Diagnostic, Level};
use crate::load::yaml::{Node, Value};
use crate::load::{Document, DocumentKind, Loaded};
use crate::model::PublishedFile;
use crate::model::group::Group;
use crate::model::page::{Collection, Page, Resource};
use crate::model::venue::Place;
use crate::slug::Slug;

/// What a document became.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) content: Content,
    pub(super) links: Vec<LinkUse>,
    /// Ids of its headings.
    pub(super) anchors: BTreeSet<String>,
    /// Images that travel with its page.
    pub(super) files: Vec<PublishedFile>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether it leans on a shared venue whose file has errors.
    pub(super) leans_on_broken: bool,
    /// Whether anything about it depends on which other pages there are.
    pub(super) looks_around: bool,
}

#[derive(Debug)]
pub(super) enum Content {
    Nothing,
    Group(Arc<Group>),
    Resource(Ordered<Resource>),
    Collection(Ordered<Collection>),
    Page(Page),
    Venue(Option<Place>),
}

/// What all documents are read by.
pub(super) struct Reader<'a> {
    context: Context<'a>,
    documents: &'a [Arc<Document>],
    /// What each area venue keeps back.
    secrets: BTreeMap<Slug, Vec<String>>,
    /// By the document's place in the list; none for what is no venue.
    venues: Vec<Option<Arc<Outcome>>>,
}

impl<'a> Reader<'a> {
    /// Reads the venues, by which the other documents are read.
    pub(super) fn new(
        loaded: &'a Loaded,
        network: &'a Network,
        atlas: &'a Atlas,
        nowhere: &'a BTreeSet<String>,
        today: Date,
    ) -> Reader<'a> {
        let context = context(loaded, network, atlas, nowhere, today);
        let (documents, secrets) = (&loaded.documents[..], BTreeMap::new());
        let mut reader = Reader { context, documents, secrets, venues: Vec::new() };
        reader.venues = (0..documents.len())
            .into_par_iter()
            .map(|index| (documents[index].kind == DocumentKind::Venue).then(|| reader.read(index)))
            .collect();
        reader.take_venues(&broken_files(&loaded.diagnostics, &network.levels), &network.levels);
        reader
    }

    fn take_venues(&mut self, broken: &BTreeSet<String>, levels: &Levels) {
        let is_error = |problem: &Diagnostic| levels.of(problem.rule) == Some(Level::Error);
        for (index, outcome) in self.venues.iter().enumerate() {
            let Some(outcome) = outcome else { continue };
            let (document, atlas) = (&self.documents[index], self.context.atlas);
            let Some(name) = atlas.name(index) else { continue };
            let sound = !outcome.diagnostics.iter().any(is_error)
                && !atlas.diagnostics(index).any(is_error)
                && !broken.contains(&document.source.path);
            let place =
                if let Content::Venue(place) = &outcome.content { place.clone() } else { None };
            self.context.venues.insert(name.slug.clone(), place.filter(|_| sound));
            let hidden = venue::secrets(&document.fields);
            if !hidden.is_empty() {
                let hidden = hidden.into_iter().map(|secret| secret.value).collect();
                self.secrets.insert(name.slug.clone(), hidden);
            }
        }
    }

    /// All documents in their order; what `memory` has read in the same surroundings is not read again.
    pub(super) fn all(&self, surroundings: Surroundings, memory: &mut Memory) -> Vec<Arc<Outcome>> {
        let (documents, atlas) = (self.documents, self.context.atlas);
        memory.enter(surroundings, &self.context.venues, &self.secrets);
        let outcomes = (0..documents.len()).into_par_iter().map(|index| {
            let known = || memory.recall(&documents[index], index, atlas);
            self.venues[index].clone().or_else(known).unwrap_or_else(|| self.read(index))
        });
        let outcomes: Vec<Arc<Outcome>> = outcomes.collect();
        memory.keep(documents, atlas, &outcomes);
        outcomes
    }

    /// Reads again what leads to where nothing stands, in its present form.
    pub(super) fn without_dead_ends(
        &self,
        outcomes: &[Arc<Outcome>],
        shown: &mut [Option<Arc<Outcome>>],
    ) {
        let leads_nowhere = |link: &LinkUse| self.context.nowhere.contains(&link.path);
        shown.par_iter_mut().zip(outcomes).enumerate().for_each(|(index, (shown, outcome))| {
            let is_present = shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, outcome));
            if is_present && outcome.links.iter().any(leads_nowhere) {
                *shown = Some(self.read(index));
            }
        });
    }

    fn read(&self, index: usize) -> Arc<Outcome> {
        let (context, document) = (&self.context, &self.documents[index]);
        let findings = Findings::of(document);
        let Some(name) = context.atlas.name(index) else {
            return Arc::new(Outcome { diagnostics: findings.into_list(), ..Outcome::nothing() });
        };
        let url = if name.url.is_empty() { "/" } else { &name.url };
        let subject = Subject::new(context, &findings, document, url);
        let (content, anchors) = read_kind(document, name, &subject);
        if name.seen != Seen::Internal {
            let hidden = match document.kind {
                DocumentKind::Resource | DocumentKind::Page => {
                    self.secrets.values().flatten().cloned().collect()
                }
                _ => hidden_venues(&document.fields, &self.secrets),
            };
            privacy::check(document, &hidden, context.settings, &findings);
        }
        let (links, files) = (subject.links.into_inner(), subject.files.into_inner());
        let leans_on_broken = subject.leans_on_broken.get();
        let looks_around = subject.looks_around.get();
        let diagnostics = findings.into_list();
        Arc::new(Outcome {
            content,
            links,
            anchors,
            files,
            diagnostics,
            leans_on_broken,
            looks_around,
        })
    }
}

impl Outcome {
    fn nothing() -> Outcome {
        Outcome {
            content: Content::Nothing,
            links: Vec::new(),
            anchors: BTreeSet::new(),
            files: Vec::new(),
            diagnostics: Vec::new(),
            leans_on_broken: false,
            looks_around: false,
        }
    }
}

fn context<'a>(
    loaded: &'a Loaded,
    network: &'a Network,
    atlas: &'a Atlas,
    nowhere: &'a BTreeSet<String>,
    today: Date,
) -> Context<'a> {
    Context {
        settings: &network.settings,
        terms: &network.terms,
        atlas,
        nowhere,
        images: loaded.images.iter().map(|image| (image.path.as_str(), image)).collect(),
        statics: loaded.statics.iter().map(|file| (file.path.as_str(), file)).collect(),
        venues: BTreeMap::new(),
        has_timezone: network.has_timezone,
        today,
        stale_after: network.levels.stale_after,
    }
}

/// Paths of files that have errors, at the levels that the site sets.
pub(super) fn broken_files<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    levels: &Levels,
) -> BTreeSet<String> {
    let problems = diagnostics.into_iter();
    let errors = problems.filter(|problem| levels.of(problem.rule) == Some(Level::Error));
    errors.map(|problem| problem.source.path.clone()).collect()
}

fn read_kind(
    document: &Document,
    name: &Name,
    subject: &Subject<'_>,
) -> (Content, BTreeSet<String>) {
    match document.kind {
        DocumentKind::Group => {
            let (group, ids) = group::read(name, subject);
            (group.map_or(Content::Nothing, |group| Content::Group(Arc::new(group))), ids)
        }
        DocumentKind::Resource => {
            let (resource, ids) = pages::resource(name, subject);
            (Content::Resource(resource), ids)
        }
        DocumentKind::Page => {
            let (page, ids) = pages::page(name, subject);
            (Content::Page(page), ids)
        }
        DocumentKind::Collection => {
            (Content::Collection(pages::collection(name, subject)), BTreeSet::new())
        }
        DocumentKind::Venue => {
            let place = venue::read(&document.fields, Some(&name.slug), subject);
            (Content::Venue(Some(place)), BTreeSet::new())
        }
        DocumentKind::Settings => (Content::Nothing, BTreeSet::new()),
    }
}

/// What the area venues that a group names keep back.
fn hidden_venues(fields: &Node, secrets: &BTreeMap<Slug, Vec<String>>) -> Vec<String> {
    if secrets.is_empty() {
        return Vec::new();
    }
    let mut names = Vec::new();
    venue_names(fields, &mut names);
    names.iter().filter_map(|name| secrets.get(name)).flatten().cloned().collect()
}

fn venue_names(node: &Node, names: &mut Vec<Slug>) {
    match &node.value {
        Value::Mapping(entries) => {
            for entry in entries {
                match &entry.value.value {
                    Value::Scalar { text, .. } if entry.key == "venue" => {
                        names.extend(Slug::from_text(text));
                    }
                    _ => venue_names(&entry.value, names),
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| venue_names(item, names)),
        Value::Scalar { .. } | Value::Blank => {}
    }
}
