//! Documents, one by one and in parallel, into parts of the model.
//!
//! Venues come first, because groups are told where they meet by them; then all others at once, but for those that
//! [`Memory`] knows. What each document uses of the rest of the site, its links, is kept for when all pages are known.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::check::atlas::{Atlas, Name, Seen};
use crate::check::fields::Findings;
use crate::check::memory::{Memory, Venues};
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
    /// The shared venues that a group names, known or not.
    pub(super) venues: Vec<Slug>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether it leans on a shared venue whose file has errors.
    pub(super) leans_on_broken: bool,
    /// Whether anything but its links depends on which other pages and venues there are.
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
    memory: &'a Memory,
    /// By the document's place in the list; none for what is no venue.
    read_venues: Vec<Option<Arc<Outcome>>>,
}

impl<'a> Reader<'a> {
    /// Reads the venues, by which the other documents are read.
    pub(super) fn new(
        loaded: &'a Loaded,
        network: &'a Network,
        atlas: &'a Atlas,
        memory: &'a Memory,
        today: Date,
    ) -> Reader<'a> {
        let context = context(loaded, network, atlas, today);
        let documents = &loaded.documents[..];
        let mut reader = Reader { context, documents, memory, read_venues: Vec::new() };
        let venues = documents.par_iter().enumerate().map(|(index, document)| {
            let is_venue = document.kind == DocumentKind::Venue;
            is_venue
                .then(|| memory.recall(index, atlas, None).unwrap_or_else(|| reader.read(index)))
        });
        reader.read_venues = venues.collect();
        reader.take_venues(&broken_files(&loaded.diagnostics, &network.levels), &network.levels);
        reader
    }

    fn take_venues(&mut self, broken: &BTreeSet<String>, levels: &Levels) {
        // A file that cannot be read is there, all the same.
        for path in broken.iter().filter(|path| !self.context.atlas.paths().contains_key(*path)) {
            let name = path.strip_prefix("content/venues/").and_then(|it| it.strip_suffix(".yaml"));
            if let Some(slug) = name.and_then(Slug::from_text) {
                self.context.venues.places.insert(slug, None);
            }
        }
        let is_error = |problem: &Diagnostic| levels.of(problem.rule) == Some(Level::Error);
        for (index, outcome) in self.read_venues.iter().enumerate() {
            let Some(outcome) = outcome else { continue };
            let (document, atlas) = (&self.documents[index], self.context.atlas);
            let Some(name) = atlas.name(index) else { continue };
            let sound = !outcome.diagnostics.iter().any(is_error)
                && !atlas.diagnostics(index).any(is_error)
                && !broken.contains(&document.source.path);
            let place =
                if let Content::Venue(place) = &outcome.content { place.clone() } else { None };
            let venues = &mut self.context.venues;
            venues.places.insert(name.slug.clone(), place.filter(|_| sound));
            let hidden = venue::secrets(&document.fields);
            if !hidden.is_empty() {
                let hidden = hidden.into_iter().map(|secret| secret.value).collect();
                venues.secrets.insert(name.slug.clone(), hidden);
            }
        }
    }

    /// All documents in their order; what the memory has read in the same surroundings is not read again.
    pub(super) fn all(&self) -> Vec<Arc<Outcome>> {
        let (atlas, venues) = (self.context.atlas, &self.context.venues);
        let venues = Some(venues).filter(|venues| !self.memory.knows(venues));
        let outcomes = (0..self.documents.len()).into_par_iter().map(|index| {
            let known = || self.memory.recall(index, atlas, venues);
            self.read_venues[index].clone().or_else(known).unwrap_or_else(|| self.read(index))
        });
        outcomes.collect()
    }

    /// The venues by which the documents were read.
    pub(super) fn into_venues(self) -> Venues {
        self.context.venues
    }

    /// Reads again what leads to where nothing will stand, in its present form.
    pub(super) fn without_dead_ends(
        mut self,
        nowhere: BTreeSet<String>,
        outcomes: &[Arc<Outcome>],
        shown: &mut [Option<Arc<Outcome>>],
    ) {
        self.context.nowhere = nowhere;
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
        let mut venues = Vec::new();
        if document.kind == DocumentKind::Group {
            venue_names(&document.fields, &mut venues);
        }
        let (content, anchors) = read_kind(document, name, &subject);
        if name.seen != Seen::Internal {
            let secrets = &context.venues.secrets;
            let hidden: Vec<String> = match document.kind {
                DocumentKind::Resource | DocumentKind::Page => {
                    secrets.values().flatten().cloned().collect()
                }
                _ => {
                    venues.iter().filter_map(|slug| secrets.get(slug)).flatten().cloned().collect()
                }
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
            venues,
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
            venues: Vec::new(),
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
    today: Date,
) -> Context<'a> {
    Context {
        settings: &network.settings,
        terms: &network.terms,
        atlas,
        nowhere: BTreeSet::new(),
        images: loaded.images.iter().map(|image| (image.path.as_str(), image)).collect(),
        statics: loaded.statics.iter().map(|file| (file.path.as_str(), file)).collect(),
        venues: Venues::default(),
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

/// The shared venues that a group may mean.
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
