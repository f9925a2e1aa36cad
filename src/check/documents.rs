//! Documents, one by one and in parallel, into parts of the model.
//!
//! Venues come first, because groups are told where they meet by them; then all others at once. What each document uses
//! of the rest of the site, its links, is kept for when all pages are known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::check::atlas::{Atlas, Name, Seen};
use crate::check::fields::Findings;
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

/// A document that waits to be read, with what was found in it so far.
struct Task {
    index: usize,
    findings: Findings,
}

/// What a document became.
pub(super) struct Outcome {
    /// The document's place in the list.
    pub(super) index: usize,
    pub(super) content: Content,
    pub(super) links: Vec<LinkUse>,
    /// Ids of its headings.
    pub(super) anchors: BTreeSet<String>,
    /// Images that travel with its page.
    pub(super) files: Vec<PublishedFile>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether it leans on a shared venue whose file has errors.
    pub(super) leans_on_broken: bool,
}

impl Outcome {
    pub(super) fn is_group(&self) -> bool {
        matches!(self.content, Content::Group(_))
    }
}

pub(super) enum Content {
    Nothing,
    Group(Arc<Group>),
    Resource(Ordered<Resource>),
    Collection(Ordered<Collection>),
    Page(Page),
    Venue(Option<Place>),
}

/// Reads every document; `findings` are what was found in each so far.
pub(super) fn read(
    loaded: &Loaded,
    network: &Network,
    atlas: &Atlas,
    findings: Vec<Findings>,
    today: Date,
) -> Vec<Outcome> {
    let mut context = context(loaded, network, atlas, today);
    let (venues, others): (Vec<_>, Vec<_>) = (0..)
        .zip(findings)
        .map(|(index, findings)| Task { index, findings })
        .partition(|task| loaded.documents[task.index].kind == DocumentKind::Venue);
    let venues: Vec<Outcome> = venues
        .into_par_iter()
        .map(|task| read_document(task, &context, &BTreeMap::new()))
        .collect();
    let broken = broken_files(&loaded.diagnostics, &network.levels);
    let mut secrets = BTreeMap::new();
    for outcome in &venues {
        let Some(name) = &atlas.names[outcome.index] else { continue };
        let document = &loaded.documents[outcome.index];
        let sound = broken_files(&outcome.diagnostics, &network.levels).is_empty()
            && !broken.contains(&document.source.path);
        let place = if let Content::Venue(place) = &outcome.content { place.clone() } else { None };
        context.venues.insert(name.slug.clone(), place.filter(|_| sound));
        let hidden = venue::secrets(&document.fields);
        if !hidden.is_empty() {
            let hidden = hidden.into_iter().map(|secret| secret.value).collect();
            secrets.insert(name.slug.clone(), hidden);
        }
    }
    let mut outcomes: Vec<Outcome> =
        others.into_par_iter().map(|task| read_document(task, &context, &secrets)).collect();
    outcomes.extend(venues);
    outcomes
}

fn context<'a>(
    loaded: &'a Loaded,
    network: &'a Network,
    atlas: &'a Atlas,
    today: Date,
) -> Context<'a> {
    let site = loaded.settings.as_ref();
    Context {
        settings: &network.settings,
        terms: &network.terms,
        documents: &loaded.documents,
        atlas,
        images: loaded.images.iter().map(|image| (image.path.as_str(), image)).collect(),
        statics: loaded.statics.iter().map(|file| (file.path.as_str(), file)).collect(),
        venues: BTreeMap::new(),
        has_timezone: site.is_some_and(|document| document.fields.get("timezone").is_some()),
        today,
        stale_after: network.levels.stale_after,
    }
}

/// Documents that will not be part of the site: those with errors, and those that lean on a venue with errors.
pub(super) fn left_out(
    loaded: &Loaded,
    outcomes: &[Outcome],
    broken: &BTreeSet<String>,
) -> BTreeSet<usize> {
    let is_broken = |outcome: &&Outcome| {
        outcome.leans_on_broken || broken.contains(&loaded.documents[outcome.index].source.path)
    };
    outcomes.iter().filter(is_broken).map(|outcome| outcome.index).collect()
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

fn read_document(
    task: Task,
    context: &Context<'_>,
    secrets: &BTreeMap<Slug, Vec<String>>,
) -> Outcome {
    let document = &context.documents[task.index];
    let (mut content, mut anchors) = (Content::Nothing, BTreeSet::new());
    let (mut links, mut files, mut leans_on_broken) = (Vec::new(), Vec::new(), false);
    if let Some(name) = &context.atlas.names[task.index] {
        let url = if name.url.is_empty() { "/" } else { &name.url };
        let subject = Subject::new(context, &task.findings, document, url);
        (content, anchors) = read_kind(document, name, &subject);
        if name.seen != Seen::Internal {
            let hidden = match document.kind {
                DocumentKind::Resource | DocumentKind::Page => {
                    secrets.values().flatten().cloned().collect()
                }
                _ => hidden_venues(&document.fields, secrets),
            };
            privacy::check(document, &hidden, context.settings, &task.findings);
        }
        (links, files) = (subject.links.into_inner(), subject.files.into_inner());
        leans_on_broken = subject.leans_on_broken.into_inner();
    }
    let diagnostics = task.findings.into_list();
    Outcome { index: task.index, content, links, anchors, files, diagnostics, leans_on_broken }
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
