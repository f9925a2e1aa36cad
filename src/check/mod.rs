//! 2. Documents into a [`Site`], and every problem on the way. The only maker of `model` types; pure.
//!
//! 1. `settings` reads `site.yaml`; `atlas` names every page, also of faulty files.
//! 2. Venues, then all other documents in parallel: `group` (with `meetings`), `pages`; `fields` and `values` read what
//!    was typed, `subject` turns prose into HTML and remembers its links, `privacy` looks for what says too much.
//! 3. `links` judges every link, now that all pages are known; `images` looks at pictures and static files.
//! 4. Levels are set; documents without errors become the site.

mod atlas;
mod dates;
mod fields;
mod freshness;
mod group;
mod images;
mod judge;
mod links;
mod meetings;
mod pages;
mod privacy;
mod settings;
mod subject;
mod values;
mod venue;
mod vocabulary;

pub use judge::{Fault, judge};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::check::atlas::{Atlas, Seen};
use crate::check::fields::Findings;
use crate::check::images::no_text;
use crate::check::links::Destinations;
use crate::check::pages::Ordered;
use crate::check::settings::{Levels, Network};
use crate::check::subject::{Context, LinkUse, Subject};
use crate::diagnostic::rules::content as rules;
use crate::diagnostic::{Diagnostic, Level};
use crate::load::yaml::{Node, Value};
use crate::load::{Document, DocumentKind, Loaded};
use crate::model::address::BaseUrl;
use crate::model::facet::Facet;
use crate::model::group::Group;
use crate::model::page::{Collection, Page, Resource};
use crate::model::settings::NavigationLink;
use crate::model::{PAGE_SIZE, Picture, PublishedFile, Site};
use crate::slug::Slug;
use crate::source::Span;

/// What a check depends on besides the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The clock, read once by the caller.
    pub now: Timestamp,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Stands in for the `base_url` of `site.yaml`.
    pub base_url: Option<BaseUrl>,
}

/// The site's own address as it may be given; else what is wrong with it, in plain words.
pub fn base_url(typed: &str) -> Result<BaseUrl, String> {
    values::base_url(typed).map_err(|wrong| format!("{}; {}", wrong.message, wrong.help))
}

/// What a check gives.
#[derive(Debug)]
pub struct Checked {
    /// All documents without errors.
    pub site: Site,
    /// The day that "today" was, in the site's zone.
    pub today: Date,
    /// Every problem, at the level that the site gives it; unordered.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a folder that was read.
pub fn check(loaded: &Loaded, options: &Options) -> Checked {
    let (mut network, site_findings) = read_settings(loaded);
    network.settings.base_url = options.base_url.clone().or(network.settings.base_url);
    let zone = network.settings.timezone.clone().unwrap_or(TimeZone::UTC);
    let today = zone.to_datetime(options.now).date();
    let findings: Vec<Findings> = loaded.documents.iter().map(Findings::of).collect();
    let atlas = Atlas::draw(&loaded.documents, &findings, options.drafts);
    if let Some(document) = &loaded.settings {
        freshness::check_help(&network.settings, &document.fields, today, &site_findings);
    }
    let mut context = Context {
        settings: &network.settings,
        terms: &network.terms,
        documents: &loaded.documents,
        atlas: &atlas,
        images: loaded.images.iter().map(|image| (image.path.as_str(), image)).collect(),
        statics: loaded.statics.iter().map(|file| (file.path.as_str(), file)).collect(),
        venues: BTreeMap::new(),
        has_timezone: loaded
            .settings
            .as_ref()
            .is_some_and(|document| document.fields.get("timezone").is_some()),
        today,
        stale_after: network.levels.stale_after,
    };
    let (venues, others): (Vec<_>, Vec<_>) = (0..)
        .zip(findings)
        .map(|(index, findings)| Task { index, findings })
        .partition(|task| loaded.documents[task.index].kind == DocumentKind::Venue);
    let venues: Vec<Outcome> = venues
        .into_par_iter()
        .map(|task| read_document(task, &context, &BTreeMap::new()))
        .collect();
    let mut secrets = BTreeMap::new();
    for outcome in &venues {
        let Some(name) = &atlas.names[outcome.index] else { continue };
        let sound = !has_errors(&outcome.diagnostics, &network.levels)
            && !broken_already(loaded, outcome.index, &network.levels);
        let place = if let Content::Venue(place) = &outcome.content { place.clone() } else { None };
        context.venues.insert(name.slug.clone(), place.filter(|_| sound));
        let hidden = venue::secrets(&loaded.documents[outcome.index].fields);
        secrets.insert(name.slug.clone(), hidden.into_iter().map(|secret| secret.value).collect());
    }
    let mut outcomes: Vec<Outcome> =
        others.into_par_iter().map(|task| read_document(task, &context, &secrets)).collect();
    outcomes.extend(venues);
    let mut diagnostics: Vec<Diagnostic> = loaded.diagnostics.clone();
    images::check(loaded, &mut diagnostics);
    let site_findings = settle(&mut network, loaded, &atlas, &outcomes, site_findings);
    judge_links(loaded, &atlas, &mut outcomes, &network);
    let pages = atlas.addresses.keys().map(String::as_str);
    images::collisions(loaded, pages, &mut diagnostics);
    diagnostics.extend(site_findings.into_list());
    let broken: BTreeSet<String> = diagnostics
        .iter()
        .chain(outcomes.iter().flat_map(|outcome| &outcome.diagnostics))
        .filter(|problem| network.levels.of(problem.rule) == Some(Level::Error))
        .map(|problem| problem.source.path.clone())
        .collect();
    let site = assemble(loaded, network.settings, &mut outcomes, &broken);
    diagnostics.extend(outcomes.into_iter().flat_map(|outcome| outcome.diagnostics));
    Checked { site, today, diagnostics: at_levels(diagnostics, &network.levels) }
}

/// A document that waits to be read, with what was found in it so far.
struct Task {
    index: usize,
    findings: Findings,
}

/// What a document became.
struct Outcome {
    index: usize,
    content: Content,
    links: Vec<LinkUse>,
    anchors: BTreeSet<String>,
    files: Vec<PublishedFile>,
    diagnostics: Vec<Diagnostic>,
    leans_on_broken: bool,
}

enum Content {
    Nothing,
    Group(Box<Group>),
    Resource(Ordered<Resource>),
    Collection(Ordered<Collection>),
    Page(Page),
    Venue(Option<crate::model::venue::Place>),
}

fn read_settings(loaded: &Loaded) -> (Network, Findings) {
    match &loaded.settings {
        Some(document) => {
            let findings = Findings::of(document);
            (settings::read(&document.fields, &findings), findings)
        }
        None => {
            let nothing = Node { value: Value::Mapping(Vec::new()), span: Span::default() };
            let findings = Findings::new(&no_text("site.yaml"));
            (settings::read(&nothing, &findings), findings)
        }
    }
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
            privacy::check(document, &hidden_venues(&document.fields, secrets), &task.findings);
        }
        (links, files) = (subject.links.into_inner(), subject.files.into_inner());
        leans_on_broken = subject.leans_on_broken.into_inner();
    }
    let diagnostics = task.findings.into_list();
    Outcome { index: task.index, content, links, anchors, files, diagnostics, leans_on_broken }
}

fn read_kind(
    document: &Document,
    name: &atlas::Name,
    subject: &Subject<'_>,
) -> (Content, BTreeSet<String>) {
    match document.kind {
        DocumentKind::Group => {
            let (group, ids) = group::read(name, subject);
            (group.map_or(Content::Nothing, |group| Content::Group(Box::new(group))), ids)
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
    if secrets.values().all(Vec::is_empty) {
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

fn has_errors(diagnostics: &[Diagnostic], levels: &Levels) -> bool {
    diagnostics.iter().any(|problem| levels.of(problem.rule) == Some(Level::Error))
}

/// Whether reading alone found an error in a document.
fn broken_already(loaded: &Loaded, index: usize, levels: &Levels) -> bool {
    let path = &loaded.documents[index].source.path;
    let mut problems = loaded.diagnostics.iter().filter(|problem| problem.source.path == *path);
    problems.any(|problem| levels.of(problem.rule) == Some(Level::Error))
}

/// Completes the settings with what needs the other files: the logo and the navigation.
fn settle(
    network: &mut Network,
    loaded: &Loaded,
    atlas: &Atlas,
    outcomes: &[Outcome],
    findings: Findings,
) -> Findings {
    if let Some(logo) = &network.logo {
        let path = logo.value.trim_start_matches('/');
        match loaded.statics.iter().find(|file| file.path == path) {
            Some(file) => {
                let facts = file.facts.as_ref().and_then(|facts| facts.as_ref().ok());
                let size = facts.and_then(|facts| facts.width.zip(facts.height));
                network.settings.logo = Some(Picture {
                    url: format!("/{path}"),
                    alt: network.settings.title.clone(),
                    size,
                });
            }
            None => {
                let problem = findings.at(
                    &rules::MISSING_IMAGE,
                    logo.span,
                    format!("there is no image `{}` in `static`", logo.value),
                );
                findings.add(problem.help("put the file into the folder `static`"));
            }
        }
    }
    let destinations = destinations(loaded, atlas, outcomes, network.settings.base_url.is_some());
    for (label, target) in &network.navigation {
        let path = match target.value.as_str() {
            "home" => "/".to_owned(),
            url if url.starts_with('/') => url.to_owned(),
            url if url.contains(':') => match values::web_url(url) {
                Ok(url) => url.to_string(),
                Err(wrong) => {
                    let problem =
                        wrong.into_diagnostic("navigation", &findings.source, target.span);
                    findings.add(problem);
                    continue;
                }
            },
            slug => format!("/{slug}/"),
        };
        if path.starts_with('/') {
            let (page, fragment) = path
                .split_once('#')
                .map_or((path.as_str(), None), |(page, id)| (page, Some(id.to_owned())));
            let link = LinkUse {
                span: target.span,
                written: target.value.clone(),
                path: page.to_owned(),
                fragment,
            };
            links::check(&link, usize::MAX, &destinations, &findings);
        }
        let label = label.clone().or_else(|| title_of(&path, atlas, outcomes));
        network.settings.navigation.push(NavigationLink { label, url: path });
    }
    findings
}

fn title_of(path: &str, atlas: &Atlas, outcomes: &[Outcome]) -> Option<String> {
    let index = *atlas.addresses.get(path)?;
    outcomes.iter().find(|outcome| outcome.index == index).and_then(|outcome| {
        match &outcome.content {
            Content::Page(page) => Some(page.title.clone()),
            Content::Resource((_, resource)) => Some(resource.title.clone()),
            Content::Collection((_, collection)) => Some(collection.title.clone()),
            Content::Group(group) => Some(group.title.clone()),
            Content::Nothing | Content::Venue(_) => None,
        }
    })
}

/// Everything that a link may lead to.
fn destinations<'a>(
    loaded: &Loaded,
    atlas: &'a Atlas,
    outcomes: &[Outcome],
    has_base_url: bool,
) -> Destinations<'a> {
    let mut others: BTreeSet<String> =
        ["/", "/groups/", "/resources/", "/get-help/", "/404.html", "/robots.txt"]
            .map(str::to_owned)
            .into();
    if has_base_url {
        others.insert("/sitemap.xml".to_owned());
    }
    for file in images::statics(loaded) {
        others.insert(format!("/{}", file.address));
        if let Some(folder) = file.address.strip_suffix("index.html") {
            others.insert(format!("/{folder}"));
        }
    }
    let (mut files, mut anchors) = (BTreeMap::new(), BTreeMap::new());
    let mut listed = 0_usize;
    for outcome in outcomes {
        anchors.insert(outcome.index, outcome.anchors.clone());
        let of_this = outcome.files.iter().map(|file| (format!("/{}", file.address), outcome.index));
        files.extend(of_this);
        match &outcome.content {
            Content::Group(group) if group.is_listed() => {
                listed += 1;
                others.extend(facet_pages(group));
            }
            Content::Resource((_, resource)) => {
                others.extend(
                    resource
                        .collection
                        .as_ref()
                        .map(|collection| format!("/resources/{collection}/")),
                );
            }
            _ => {}
        }
    }
    others.extend((2..=listed.div_ceil(PAGE_SIZE)).map(|page| format!("/groups/page/{page}/")));
    Destinations { atlas, others, files, anchors }
}

fn facet_pages(group: &Group) -> impl Iterator<Item = String> {
    let of = |facet: Facet| {
        facet
            .values(group)
            .into_iter()
            .map(move |value| format!("/by/{}/{}/", facet.name(), value.key))
    };
    Facet::ALL.into_iter().flat_map(of)
}

fn judge_links(loaded: &Loaded, atlas: &Atlas, outcomes: &mut [Outcome], network: &Network) {
    let destinations = destinations(loaded, atlas, outcomes, network.settings.base_url.is_some());
    outcomes.par_iter_mut().for_each(|outcome| {
        let findings = Findings::new(&loaded.documents[outcome.index].source);
        for link in &outcome.links {
            links::check(link, outcome.index, &destinations, &findings);
        }
        outcome.diagnostics.extend(findings.into_list());
    });
}

/// The site of all documents without errors.
fn assemble(
    loaded: &Loaded,
    settings: crate::model::settings::Settings,
    outcomes: &mut [Outcome],
    broken: &BTreeSet<String>,
) -> Site {
    let mut site = Site {
        settings,
        groups: Vec::new(),
        collections: Vec::new(),
        resources: Vec::new(),
        pages: Vec::new(),
        home: None,
        get_help: None,
        headers: text_of(loaded, "_headers"),
        redirects: text_of(loaded, "_redirects"),
        files: images::statics(loaded)
            .filter(|file| !broken.contains(&format!("static/{}", file.address)))
            .collect(),
    };
    let (mut collections, mut resources) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        let content = std::mem::replace(&mut outcome.content, Content::Nothing);
        let is_broken = broken.contains(&loaded.documents[outcome.index].source.path);
        if is_broken || outcome.leans_on_broken || matches!(content, Content::Nothing) {
            continue;
        }
        site.files.append(&mut outcome.files);
        match content {
            Content::Group(group) => site.groups.push(*group),
            Content::Resource(resource) => resources.push(resource),
            Content::Collection(collection) => collections.push(collection),
            Content::Page(page) => match page.slug.as_str() {
                "home" => site.home = Some(page),
                "get-help" => site.get_help = Some(page),
                _ => site.pages.push(page),
            },
            Content::Venue(_) | Content::Nothing => {}
        }
    }
    order_resources(&mut site, collections, resources);
    site.groups.sort_by(|a, b| a.slug.cmp(&b.slug));
    site.pages.sort_by(|a, b| a.slug.cmp(&b.slug));
    site.files.sort_by(|a, b| a.address.cmp(&b.address));
    site.files.dedup();
    site
}

fn text_of(loaded: &Loaded, path: &str) -> Option<String> {
    loaded.statics.iter().find(|file| file.path == path).and_then(|file| file.text.clone())
}

/// Collections by `order` and title, resources in them likewise; a folder without `_collection.yaml` is one too.
fn order_resources(
    site: &mut Site,
    mut collections: Vec<Ordered<Collection>>,
    mut resources: Vec<Ordered<Resource>>,
) {
    for (_, resource) in &resources {
        let Some(slug) = &resource.collection else { continue };
        if !collections.iter().any(|(_, collection)| collection.slug == *slug) {
            let title = vocabulary::in_words(slug.as_str());
            collections.push((u32::MAX, Collection { slug: slug.clone(), title, summary: None }));
        }
    }
    collections.retain(|(_, collection)| {
        resources.iter().any(|(_, resource)| resource.collection.as_ref() == Some(&collection.slug))
    });
    collections.sort_by(|(a, one), (b, other)| {
        (a, &one.title, &one.slug).cmp(&(b, &other.title, &other.slug))
    });
    let places: HashMap<&Slug, usize> =
        collections.iter().enumerate().map(|(place, (_, c))| (&c.slug, place)).collect();
    resources.sort_by_cached_key(|(order, resource)| {
        let place = resource.collection.as_ref().and_then(|slug| places.get(slug)).copied();
        (place, *order, resource.title.clone(), resource.slug.clone())
    });
    site.resources = resources.into_iter().map(|(_, resource)| resource).collect();
    site.collections = collections.into_iter().map(|(_, collection)| collection).collect();
}

fn at_levels(diagnostics: Vec<Diagnostic>, levels: &Levels) -> Vec<Diagnostic> {
    let level =
        |problem: Diagnostic| Some(Diagnostic { level: levels.of(problem.rule)?, ..problem });
    diagnostics.into_iter().filter_map(level).collect()
}
