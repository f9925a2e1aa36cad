//! Which pages there will be, and at which addresses: read before anything else, also from faulty files, so that links
//! can be judged wherever they stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::check::fields::Findings;
use crate::check::values;
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
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) slug: Slug,
    /// False where no address could be made of what was written, which was reported: the slug is a stand-in then.
    usable: bool,
    pub(super) collection: Option<Slug>,
    pub(super) aliases: Vec<Slug>,
    /// From the site's root, such as `/groups/tuesday/`; empty for a venue.
    pub(super) url: String,
    pub(super) seen: Seen,
}

/// All names.
#[derive(Default)]
pub(super) struct Atlas {
    /// By the document's place in the list; none where no address can be made of its name.
    pub(super) names: Vec<Option<Name>>,
    /// Pages and old addresses by address, with the document's place in the list.
    pub(super) addresses: BTreeMap<String, usize>,
    /// Documents by their path in the site's folder.
    pub(super) paths: HashMap<String, usize>,
    /// Addresses of documents with errors, once that is known: nothing will stand there.
    pub(super) left_out: BTreeSet<String>,
}

impl Atlas {
    /// Names every document and reports those that collide.
    pub(super) fn draw(documents: &[Arc<Document>], findings: &[Findings], drafts: bool) -> Atlas {
        let mut atlas = Atlas::default();
        for (document, findings) in documents.iter().zip(findings) {
            atlas.paths.insert(document.source.path.clone(), atlas.names.len());
            atlas.names.push(name(document, findings, drafts));
        }
        let mut taken = Taken { documents, findings, by_key: BTreeMap::new() };
        for (slug, index) in folders(documents, &atlas.names) {
            taken.claim(index, format!("/resources/{slug}/"), Span::default());
        }
        for (index, document) in documents.iter().enumerate() {
            let name = atlas.names[index].as_ref().filter(|name| name.usable);
            if let Some(name) = name.filter(|_| document.kind != DocumentKind::Collection) {
                taken.claim(index, key(document.kind, name, &name.slug), slug_span(document));
            }
        }
        for (index, document) in documents.iter().enumerate() {
            let Some(name) = &atlas.names[index] else { continue };
            let spans = list(&document.fields, "aliases");
            for alias in &name.aliases {
                let span = spans
                    .iter()
                    .find(|item| item.value == alias.as_str())
                    .map_or(Span::default(), |item| item.span);
                taken.claim(index, key(document.kind, name, alias), span);
            }
        }
        compare_ids(documents, &atlas.names, findings);
        for (index, name) in atlas.names.iter().enumerate() {
            // A venue has no page, and the home page has no former address.
            let page = name.as_ref().filter(|name| !matches!(name.url.as_str(), "" | "/"));
            let Some(name) = page else { continue };
            for alias in &name.aliases {
                let url = key(documents[index].kind, name, alias);
                atlas.addresses.entry(url).or_insert(index);
            }
        }
        for (index, name) in atlas.names.iter().enumerate() {
            if let Some(name) = name.as_ref().filter(|name| !name.url.is_empty()) {
                atlas.addresses.insert(name.url.clone(), index);
            }
        }
        atlas
    }

    /// Marks documents whose pages will not be there.
    pub(super) fn leave_out(&mut self, documents: &BTreeSet<usize>) {
        let addresses = self.addresses.iter().filter(|(_, index)| documents.contains(index));
        self.left_out = addresses.map(|(address, _)| address.clone()).collect();
    }

    /// The name of the document with that slug.
    pub(super) fn find(
        &self,
        documents: &[Arc<Document>],
        kind: DocumentKind,
        slug: &str,
    ) -> Option<&Name> {
        let mut names =
            self.names.iter().zip(documents).filter(|(_, document)| document.kind == kind);
        names.find_map(|(name, _)| name.as_ref().filter(|name| name.slug.as_str() == slug))
    }
}

/// The folders of `content/resources`, each with its slug and the file that stands for it: its `_collection.yaml`, else
/// its first page.
fn folders(documents: &[Arc<Document>], names: &[Option<Name>]) -> Vec<(Slug, usize)> {
    let mut folders: BTreeMap<&str, (Slug, usize)> = BTreeMap::new();
    for (index, (document, name)) in documents.iter().zip(names).enumerate() {
        let Some(name) = name.as_ref().filter(|name| name.usable) else { continue };
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
    documents: &'a [Arc<Document>],
    findings: &'a [Findings],
    by_key: BTreeMap<String, (usize, Span)>,
}

impl Taken<'_> {
    fn claim(&mut self, index: usize, key: String, span: Span) {
        let Some(&(first, first_span)) = self.by_key.get(&key) else {
            self.by_key.insert(key, (index, span));
            return;
        };
        let (here, there) = (&self.documents[index].source, &self.documents[first].source);
        let message = if here.path == there.path {
            format!("`{key}` is named twice in this file")
        } else {
            format!("`{key}` belongs to {} and to {}", there.path, here.path)
        };
        let problem = self.findings[index].at(&rules::DUPLICATE_SLUG, span, message);
        let problem = problem.related(there, first_span, "it is taken here");
        self.findings[index]
            .add(problem.help("give one of them another file name, `slug:` or alias"));
    }
}

/// Reports groups that calendars could not tell apart.
fn compare_ids(documents: &[Arc<Document>], names: &[Option<Name>], findings: &[Findings]) {
    let mut taken: BTreeMap<String, (usize, Span)> = BTreeMap::new();
    // Written ones first: a slug that is the same by chance is the one that has to give way.
    for only_written in [true, false] {
        for (index, document) in documents.iter().enumerate() {
            let group = names[index].as_ref().filter(|_| document.kind == DocumentKind::Group);
            let written = scalar(&document.fields, "id").filter(|id| !id.value.is_empty());
            let Some(name) = group.filter(|_| written.is_some() == only_written) else { continue };
            let default =
                || (name.aliases.last().unwrap_or(&name.slug).to_string(), Span::default());
            let (id, span) = written.map_or_else(default, |id| (id.value, id.span));
            let Some(&(first, first_span)) = taken.get(&id) else {
                taken.insert(id, (index, span));
                continue;
            };
            if !only_written && first_span == Span::default() {
                // Two slugs or aliases: that was reported.
                continue;
            }
            let there = &documents[first].source;
            let message = format!("calendars know {} by `{id}` already", there.path);
            let problem = findings[index].at(&rules::DUPLICATE_ID, span, message);
            let problem = problem.related(there, first_span, "it is taken here");
            findings[index]
                .add(problem.help("give this group an `id` of its own, or take the line out"));
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
    let (aliases, url) = (Vec::new(), String::new());
    let mut name = Name { slug, usable, collection, aliases, url, seen };
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
