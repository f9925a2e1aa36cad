//! Which pages there will be, and at which addresses: read before anything else, also from faulty files, so that links
//! can be judged wherever they stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::fields::Findings;
use crate::check::values;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{Node, Value};
use crate::load::{Document, DocumentKind};
use crate::slug::Slug;
use crate::source::{Span, Spanned};

/// Who may follow a link to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Everybody.
    Public,
    /// Those who were given the link.
    Unlisted,
    /// Nobody yet.
    Draft,
    /// Nobody ever.
    Internal,
}

/// What a document is called, and where it will stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) slug: Slug,
    /// False where no address could be made of what was written, which was reported: the slug is a stand-in then.
    usable: bool,
    pub(super) collection: Option<Slug>,
    pub(super) aliases: Vec<Slug>,
    /// From the site's root, such as `/groups/tuesday/`; empty for a venue.
    pub(super) url: String,
    pub(super) seen: Seen,
    /// By what calendars know the group, where that is written.
    id: Option<String>,
}

/// A document and its name.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) document: Arc<Document>,
    /// None where no address can be made of what the document is called.
    pub(super) name: Option<Name>,
    /// What is wrong with the name, whatever the others are.
    diagnostics: Vec<Diagnostic>,
}

/// All names.
#[derive(Clone, Debug, Default)]
pub(super) struct Atlas {
    /// By the document's place in the list.
    entries: Vec<Arc<Entry>>,
    drafts: bool,
    map: Arc<Map>,
}

/// Where everything stands.
#[derive(Debug, Default)]
struct Map {
    /// Pages and old addresses by address, with the document's place in the list.
    addresses: BTreeMap<String, usize>,
    /// Documents by their path in the site's folder.
    paths: HashMap<String, usize>,
    /// Documents that want one address, or one identity.
    collisions: Vec<(usize, Diagnostic)>,
}

impl Atlas {
    /// Names every document and reports those that collide. What `earlier` knows already is taken from there.
    pub(super) fn draw(documents: &[Arc<Document>], drafts: bool, earlier: &Atlas) -> Atlas {
        let known = |index, document: &Arc<Document>| {
            let entry = earlier.entry(earlier.place_of(document, index)?);
            let same = earlier.drafts == drafts && Arc::ptr_eq(&entry.document, document);
            same.then(|| entry.clone())
        };
        let entries = documents.par_iter().enumerate().map(|(index, document)| {
            known(index, document).unwrap_or_else(|| Entry::new(document, drafts))
        });
        let entries: Vec<Arc<Entry>> = entries.collect();
        // Most edits change no name: then everything stands where it stood.
        let stays = earlier.map.collisions.is_empty()
            && earlier.entries.len() == entries.len()
            && earlier.entries.iter().zip(&entries).all(|(one, other)| {
                Arc::ptr_eq(one, other)
                    || one.name == other.name
                        && one.document.source.path == other.document.source.path
            });
        let map = if stays { earlier.map.clone() } else { Arc::new(Map::draw(&entries)) };
        Atlas { entries, drafts, map }
    }

    /// A document and its name.
    pub(super) fn entry(&self, index: usize) -> &Arc<Entry> {
        &self.entries[index]
    }

    /// The place of the document of the same path; `guess` is where it stood in a list like this one.
    pub(super) fn place_of(&self, document: &Document, guess: usize) -> Option<usize> {
        let path = &document.source.path;
        let guessed = self.entries.get(guess).filter(|entry| entry.document.source.path == *path);
        guessed.map(|_| guess).or_else(|| self.map.paths.get(path).copied())
    }

    /// The name of a document; none where no address can be made of it.
    pub(super) fn name(&self, index: usize) -> Option<&Name> {
        self.entries[index].name.as_ref()
    }

    /// Pages and old addresses by address, with the document's place in the list.
    pub(super) fn addresses(&self) -> &BTreeMap<String, usize> {
        &self.map.addresses
    }

    /// Documents by their path in the site's folder.
    pub(super) fn paths(&self) -> &HashMap<String, usize> {
        &self.map.paths
    }

    /// Whether everything stands where it stands in the other.
    pub(super) fn is_like(&self, other: &Atlas) -> bool {
        Arc::ptr_eq(&self.map, &other.map)
    }

    /// Those of the addresses at which documents stand for which `counts` holds.
    pub(super) fn taken(
        &self,
        addresses: &BTreeSet<String>,
        counts: impl Fn(usize) -> bool,
    ) -> BTreeSet<String> {
        if self.map.collisions.is_empty() {
            let stands = |address: &&String| {
                self.map.addresses.get(*address).is_some_and(|&index| counts(index))
            };
            return addresses.iter().filter(stands).cloned().collect();
        }
        // Of documents that want one address, the map knows but one.
        let counting = (0..self.entries.len()).filter(|&index| counts(index));
        let all = counting.flat_map(|index| self.entries[index].addresses());
        all.filter(|address| addresses.contains(address)).collect()
    }

    /// What is wrong with the name of a document.
    pub(super) fn diagnostics(&self, index: usize) -> impl Iterator<Item = &Diagnostic> {
        let collisions = self.map.collisions.iter().filter(move |(at, _)| *at == index);
        self.entries[index].diagnostics.iter().chain(collisions.map(|(_, problem)| problem))
    }

    /// What is wrong with any name.
    pub(super) fn all_diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let own = self.entries.iter().flat_map(|entry| &entry.diagnostics);
        own.chain(self.map.collisions.iter().map(|(_, problem)| problem))
    }

    /// The names of all documents of a kind.
    pub(super) fn of_kind(&self, kind: DocumentKind) -> impl Iterator<Item = &Name> {
        let entries = self.entries.iter().filter(move |entry| entry.document.kind == kind);
        entries.filter_map(|entry| entry.name.as_ref())
    }

    /// The file behind an address, also one with errors.
    pub(super) fn file_at(&self, url: &str) -> Option<&str> {
        let index = *self.map.addresses.get(url)?;
        Some(&self.entries[index].document.source.path)
    }
}

impl Entry {
    fn new(document: &Arc<Document>, drafts: bool) -> Arc<Entry> {
        let findings = Findings::of(document);
        let name = name(document, &findings, drafts);
        Arc::new(Entry { document: document.clone(), name, diagnostics: findings.into_list() })
    }

    /// Everywhere where the document stands: its page and the old addresses of it.
    pub(super) fn addresses(&self) -> Vec<String> {
        // A venue has no page, and the home page has no former address.
        let Some(name) = self.name.as_ref().filter(|name| !name.url.is_empty()) else {
            return Vec::new();
        };
        let aliases = name.aliases.iter().filter(|_| name.url != "/");
        let old = aliases.map(|alias| key(self.document.kind, name, alias));
        [name.url.clone()].into_iter().chain(old).collect()
    }

    fn usable(&self) -> Option<&Name> {
        self.name.as_ref().filter(|name| name.usable)
    }
}

impl Map {
    fn draw(entries: &[Arc<Entry>]) -> Map {
        let mut taken = Taken { entries, by_key: BTreeMap::new(), collisions: Vec::new() };
        for (slug, index) in folders(entries) {
            taken.claim(index, format!("/resources/{slug}/"), Span::default());
        }
        for (index, entry) in entries.iter().enumerate() {
            let kind = entry.document.kind;
            let name = entry.usable().filter(|_| kind != DocumentKind::Collection);
            if let Some(name) = name {
                taken.claim(index, key(kind, name, &name.slug), slug_span(&entry.document));
            }
        }
        for (index, entry) in entries.iter().enumerate() {
            let Some(name) = &entry.name else { continue };
            let spans = list(&entry.document.fields, "aliases");
            for alias in &name.aliases {
                let span = spans
                    .iter()
                    .find(|item| item.value == alias.as_str())
                    .map_or(Span::default(), |item| item.span);
                taken.claim(index, key(entry.document.kind, name, alias), span);
            }
        }
        let mut collisions = taken.collisions;
        compare_ids(entries, &mut collisions);
        let path =
            |(index, entry): (usize, &Arc<Entry>)| (entry.document.source.path.clone(), index);
        let paths = entries.iter().enumerate().map(path).collect();
        Map { addresses: addresses(entries), paths, collisions }
    }
}

/// Old addresses give way to pages, and of two pages the later one, which is told so.
fn addresses(entries: &[Arc<Entry>]) -> BTreeMap<String, usize> {
    let mut addresses = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if let Some(name) = entry.name.as_ref().filter(|name| !name.url.is_empty()) {
            addresses.entry(name.url.clone()).or_insert(index);
        }
    }
    for (index, entry) in entries.iter().enumerate() {
        for address in entry.addresses().into_iter().skip(1) {
            addresses.entry(address).or_insert(index);
        }
    }
    addresses
}

/// The folders of `content/resources`, each with its slug and the file that stands for it: its `_collection.yaml`, else
/// its first page.
fn folders(entries: &[Arc<Entry>]) -> Vec<(Slug, usize)> {
    let mut folders: BTreeMap<&str, (Slug, usize)> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let (document, Some(name)) = (&entry.document, entry.usable()) else { continue };
        if document.kind == DocumentKind::Collection {
            folders.insert(&document.folder, (name.slug.clone(), index));
        } else if let Some(slug) = &name.collection {
            folders.entry(&document.folder).or_insert_with(|| (slug.clone(), index));
        }
    }
    folders.into_values().collect()
}

/// Names by what they must not share: a kind's addresses, or a venue's name.
struct Taken<'a> {
    entries: &'a [Arc<Entry>],
    by_key: BTreeMap<String, (usize, Span)>,
    collisions: Vec<(usize, Diagnostic)>,
}

impl Taken<'_> {
    fn claim(&mut self, index: usize, key: String, span: Span) {
        let Some(&(first, first_span)) = self.by_key.get(&key) else {
            self.by_key.insert(key, (index, span));
            return;
        };
        let (here, there) =
            (&self.entries[index].document.source, &self.entries[first].document.source);
        let message = if here.path == there.path {
            format!("`{key}` is named twice in this file")
        } else {
            format!("`{key}` belongs to {} and to {}", there.path, here.path)
        };
        let problem = Diagnostic::new(&rules::DUPLICATE_SLUG, here, span, message)
            .related(there, first_span, "it is taken here")
            .help("give one of them another file name, `slug:` or alias");
        self.collisions.push((index, problem));
    }
}

/// Reports groups that calendars could not tell apart.
fn compare_ids(entries: &[Arc<Entry>], collisions: &mut Vec<(usize, Diagnostic)>) {
    let mut taken: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    // Written ones first: a slug that is the same by chance is the one that has to give way.
    for only_written in [true, false] {
        for (index, entry) in entries.iter().enumerate() {
            let group = entry.name.as_ref().filter(|_| entry.document.kind == DocumentKind::Group);
            let Some(name) = group.filter(|name| name.id.is_some() == only_written) else {
                continue;
            };
            let span = scalar(&entry.document.fields, "id").filter(|_| only_written);
            let span = span.map_or(Span::default(), |id| id.span);
            let id = name.id.as_deref();
            let id = id.unwrap_or_else(|| name.aliases.last().unwrap_or(&name.slug).as_str());
            let Some(&(first, first_span)) = taken.get(id) else {
                taken.insert(id, (index, span));
                continue;
            };
            if !only_written && first_span == Span::default() {
                // Two slugs or aliases: that was reported.
                continue;
            }
            let there = &entries[first].document.source;
            let message = format!("calendars know {} by `{id}` already", there.path);
            let problem =
                Diagnostic::new(&rules::DUPLICATE_ID, &entry.document.source, span, message)
                    .related(there, first_span, "it is taken here")
                    .help("give this group an `id` of its own, or take the line out");
            collisions.push((index, problem));
        }
    }
}

/// What two documents must not share.
fn key(kind: DocumentKind, name: &Name, slug: &Slug) -> String {
    match (kind, &name.collection) {
        (DocumentKind::Group, _) => format!("/groups/{slug}/"),
        (DocumentKind::Resource, Some(collection)) => format!("/resources/{collection}/{slug}/"),
        (DocumentKind::Resource | DocumentKind::Collection, _) => format!("/resources/{slug}/"),
        (DocumentKind::Venue, _) => format!("venues/{slug}"),
        (DocumentKind::Page | DocumentKind::Settings, _) => format!("/{slug}/"),
    }
}

fn name(document: &Document, findings: &Findings, drafts: bool) -> Option<Name> {
    let collection = collection(document, findings).ok()?;
    let slug = slug(document, findings);
    let usable = slug.is_some();
    // The rest of the file is checked all the same; such a file never becomes a page.
    let slug = slug.unwrap_or_else(|| stand_in(document));
    let seen = match scalar(&document.fields, "visibility")
        .map(|word| word.value.to_lowercase())
        .as_deref()
    {
        Some("internal") if document.kind == DocumentKind::Group => Seen::Internal,
        Some("draft") if document.kind == DocumentKind::Group && !drafts => Seen::Draft,
        Some("unlisted") if document.kind == DocumentKind::Group => Seen::Unlisted,
        _ => Seen::Public,
    };
    let id = scalar(&document.fields, "id").map(|id| id.value).filter(|id| !id.is_empty());
    let (aliases, url) = (Vec::new(), String::new());
    let mut name = Name { slug, usable, collection, aliases, url, seen, id };
    for alias in list(&document.fields, "aliases") {
        match values::slug(&alias.value) {
            Ok(slug) => {
                refuse_reserved(document, &slug, alias.span, findings);
                name.aliases.push(slug);
            }
            Err(wrong) => {
                findings.add(wrong.into_diagnostic("aliases", &findings.source, alias.span));
            }
        }
    }
    name.url = match (document.kind, name.slug.as_str()) {
        (DocumentKind::Venue | DocumentKind::Settings, _) => String::new(),
        (DocumentKind::Page, "home") => "/".to_owned(),
        _ => key(document.kind, &name, &name.slug),
    };
    Some(name)
}

/// The slug that was most likely meant.
fn stand_in(document: &Document) -> Slug {
    let written =
        scalar(&document.fields, "slug").and_then(|written| Slug::from_text(&written.value));
    let by_file = || Slug::from_text(&document.stem);
    written.or_else(by_file).unwrap_or_else(|| Slug::parse("unnamed").expect("it is a slug"))
}

/// A folder that cannot be a collection, which was reported.
struct NoCollection;

/// The collection that a resource is in, if any.
fn collection(document: &Document, findings: &Findings) -> Result<Option<Slug>, NoCollection> {
    let in_folder = matches!(document.kind, DocumentKind::Resource | DocumentKind::Collection);
    if !in_folder || document.folder.is_empty() {
        return Ok(None);
    }
    let start = Span::default();
    if document.folder.contains('/') {
        let message = "a collection has no folders inside it";
        let help = "move the file up, so that it lies in `content/resources/COLLECTION/`";
        findings.add(
            findings.at(&crate::diagnostic::rules::syntax::STRAY_FILE, start, message).help(help),
        );
        return Err(NoCollection);
    }
    if document.kind == DocumentKind::Collection {
        return Ok(None);
    }
    let slug = Slug::from_text(&document.folder);
    if slug.is_none() {
        let message = format!("no address can be made of the folder's name `{}`", document.folder);
        findings.add(
            findings
                .at(&rules::UNUSABLE_SLUG, start, message)
                .help("name the folder in letters or digits"),
        );
    }
    slug.map(Some).ok_or(NoCollection)
}

fn slug(document: &Document, findings: &Findings) -> Option<Slug> {
    let written = match document.kind {
        DocumentKind::Group | DocumentKind::Resource | DocumentKind::Page => {
            scalar(&document.fields, "slug")
        }
        DocumentKind::Venue | DocumentKind::Collection | DocumentKind::Settings => None,
    };
    if let Some(written) = written {
        return match values::slug(&written.value) {
            Ok(slug) => {
                refuse_reserved(document, &slug, written.span, findings);
                Some(slug)
            }
            Err(wrong) => {
                findings.add(wrong.into_diagnostic("slug", &findings.source, written.span));
                None
            }
        };
    }
    let stem =
        if document.kind == DocumentKind::Collection { &document.folder } else { &document.stem };
    if let Err(crate::slug::SlugError::WindowsName { .. }) = Slug::parse(&stem.to_lowercase()) {
        let message = format!("`{stem}` is a name that Windows keeps for itself");
        let problem = findings.at(&rules::UNUSABLE_SLUG, Span::default(), message);
        findings.add(problem.help(format!("rename the file, for example to `{stem}-group`")));
        return None;
    }
    let slug = Slug::from_text(stem);
    match &slug {
        Some(slug) => refuse_reserved(document, slug, Span::default(), findings),
        None => {
            let message = format!("no address can be made of the file's name `{stem}`");
            let problem = findings.at(&rules::UNUSABLE_SLUG, Span::default(), message);
            findings.add(problem.help("rename the file in letters or digits, or add `slug:`"));
        }
    }
    slug
}

fn refuse_reserved(document: &Document, slug: &Slug, span: Span, findings: &Findings) {
    let reserved = match document.kind {
        DocumentKind::Page => slug.is_reserved() && !matches!(slug.as_str(), "home" | "get-help"),
        DocumentKind::Group => slug.as_str() == "page",
        _ => false,
    };
    if reserved {
        let problem = findings.at(
            &rules::RESERVED_ADDRESS,
            span,
            format!("`{slug}` is an address of the site itself"),
        );
        let kind = if document.kind == DocumentKind::Group { "group" } else { "page" };
        findings.add(problem.help(format!("choose another name, for example `{slug}-{kind}`")));
    }
}

fn slug_span(document: &Document) -> Span {
    scalar(&document.fields, "slug").map_or(Span::default(), |slug| slug.span)
}

/// The text under a key, if it is there.
pub(super) fn scalar(node: &Node, key: &str) -> Option<Spanned<String>> {
    let Value::Mapping(entries) = &node.value else { return None };
    let entry = entries.iter().find(|entry| entry.key == key)?;
    text(&entry.value)
}

fn list(node: &Node, key: &str) -> Vec<Spanned<String>> {
    let Value::Mapping(entries) = &node.value else { return Vec::new() };
    match entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value) {
        Some(Node { value: Value::Sequence(items), .. }) => items.iter().filter_map(text).collect(),
        Some(node) => text(node).into_iter().collect(),
        None => Vec::new(),
    }
}

fn text(node: &Node) -> Option<Spanned<String>> {
    match &node.value {
        Value::Scalar { text, .. } => {
            Some(Spanned { value: text.trim().to_owned(), span: node.span })
        }
        _ => None,
    }
}
