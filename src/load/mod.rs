//! 1. Files into documents. The only reader of content; it judges nothing.
//!
//! Takes a site's folder; gives its documents as trees with byte spans, its images, its static files and its theme, in
//! the order of their paths, and what is wrong with them as files and as YAML. It fails only where the folder itself
//! cannot be read, and never follows a symbolic link.
//!
//! 1. `folder` finds the files and tells by their paths what they are.
//! 2. `library` opens those that it does not know by their `stamp`.
//! 3. [`front_matter`] divides Markdown files.
//! 4. [`yaml`] reads the fields.

mod folder;
pub mod front_matter;
mod library;
mod stamp;
pub mod yaml;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use library::{Library, Refreshed};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::syntax;
use crate::image::{self, Facts, Fault};
use crate::source::{Source, SourceFile, Span};
use folder::{Found, What};
use yaml::Node;

/// Bytes of a `.yaml` file that are read.
pub const MOST_YAML_BYTES: usize = 1024 * 1024;
/// Bytes of a Markdown file that are read.
pub const MOST_TEXT_BYTES: u64 = 16 * 1024 * 1024;

/// A site as it lies on the disk.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// `site.yaml`; none where there is none, which is for the caller to judge.
    pub settings: Option<Arc<Document>>,
    /// Everything in `content/` that has fields, sorted by path.
    pub documents: Vec<Arc<Document>>,
    /// Pictures beside the content, sorted by path.
    pub images: Vec<ImageFile>,
    /// Everything in `static/`, sorted by path.
    pub statics: Vec<StaticFile>,
    /// Everything in `theme/`, sorted by path.
    pub theme: Vec<ThemeFile>,
    /// What is wrong with files and YAML, in the order of the paths.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a file with fields describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// `site.yaml`.
    Settings,
    /// `content/groups/**.md`.
    Group,
    /// `content/resources/**.md`.
    Resource,
    /// `_collection.yaml` in a folder of `content/resources`.
    Collection,
    /// `content/pages/**.md`.
    Page,
    /// `content/venues/*.yaml`.
    Venue,
}

impl DocumentKind {
    /// Whether the file is Markdown with fields above it; else it is YAML from end to end.
    pub fn is_markdown(self) -> bool {
        matches!(self, DocumentKind::Group | DocumentKind::Resource | DocumentKind::Page)
    }
}

/// A file with fields.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it describes.
    pub kind: DocumentKind,
    /// Its path and text.
    pub source: Source,
    /// Its file name without the extension.
    pub stem: String,
    /// Its folder below `content/KIND`: empty, `a` or `a/b`.
    pub folder: String,
    /// The fields: always a mapping, possibly empty.
    pub fields: Node,
    /// The bytes of the Markdown after the fields; empty in a YAML file.
    pub body: Span,
    /// Whether a part of the fields could not be read, so that a field which is missing here may only be unreadable.
    pub partial: bool,
}

/// A picture beside the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageFile {
    /// Relative to the site, with `/`.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
    /// Bytes.
    pub size: u64,
    /// What it shows itself to be.
    pub facts: Result<Facts, Fault>,
    /// Another number where the bytes are others.
    pub version: u64,
}

/// A file to copy as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticFile {
    /// Relative to `static/`, with `/`.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
    /// Bytes.
    pub size: u64,
    /// What it shows itself to be, where its name is an image's.
    pub facts: Option<Result<Facts, Fault>>,
    /// The text of `_headers` and `_redirects`, which are merged with what a build writes.
    pub text: Option<String>,
    /// Another number where the bytes are others.
    pub version: u64,
}

/// A file that replaces one of the embedded theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// Relative to `theme/`, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A folder that is looked through, for whoever wants to be told when it is worth to look again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFolder {
    /// Relative to the site; empty for the site itself.
    pub path: PathBuf,
    /// The file system's number for it, 0 where there is none: a folder that was made anew has another, mostly.
    pub inode: u64,
}

/// Reads the site in a folder, once.
///
/// # Errors
///
/// Where the folder itself cannot be listed. A file that cannot be read is a diagnostic.
pub fn load(root: &Path) -> anyhow::Result<Loaded> {
    let refreshed = Library::new(root).refresh()?;
    Ok(Arc::unwrap_or_clone(refreshed.loaded))
}

/// Reads one document from its text; `path` is relative to the site, with `/`.
pub fn document(kind: DocumentKind, path: &str, text: String) -> (Document, Vec<Diagnostic>) {
    let source: Source = Arc::new(SourceFile { path: path.to_owned(), text });
    let (stem, folder) = names(path);
    let end = source.text.len();
    let nothing = Span::new(end, end);
    let mut document = Document {
        kind,
        source,
        stem,
        folder,
        fields: Node::empty(nothing),
        body: nothing,
        partial: true,
    };
    let source = document.source.clone();
    if let Some(at) = memchr::memchr(0, source.text.as_bytes()) {
        let found = Diagnostic::new(
            &syntax::NUL_BYTE,
            &source,
            Span::new(at, at + 1),
            "a byte that no text has stands here",
        );
        return (document, vec![found.help("save the file as plain text in UTF-8")]);
    }
    let (fields, mut diagnostics) = if kind.is_markdown() {
        let split = front_matter::split(&source);
        document.body = split.body;
        (split.fields, split.diagnostics)
    } else {
        let start = end - source.text.trim_start_matches('\u{feff}').len();
        let small = end - start <= MOST_YAML_BYTES;
        let diagnostics = if small { Vec::new() } else { vec![too_large(&source, end as u64)] };
        (small.then(|| Span::new(start, end)), diagnostics)
    };
    if let Some(fields) = fields {
        let parsed = yaml::parse(&source, fields);
        document.fields = parsed.fields;
        document.partial = parsed.partial;
        diagnostics.extend(parsed.diagnostics);
    }
    (document, diagnostics)
}

/// The stem of a path's file name, and its folder below `content/KIND`.
fn names(path: &str) -> (String, String) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let below = folder
        .strip_prefix("content/")
        .and_then(|rest| rest.split_once('/'))
        .map_or("", |(_, below)| below);
    (stem.to_owned(), below.to_owned())
}

/// What a file gives to the site.
#[derive(Debug)]
enum Part {
    Document(Arc<Document>, Vec<Diagnostic>),
    Image(ImageFile),
    Static(StaticFile),
    Theme(ThemeFile),
    Unread(Diagnostic),
}

/// Whether anyone looks into a file; others are published as they lie.
fn is_read(found: &Found) -> bool {
    match found.what {
        What::Static => folder::is_image(&found.path) || is_merged(&found.path),
        What::Document(_) => found.stamp.size <= MOST_TEXT_BYTES,
        What::Image | What::Theme => true,
    }
}

/// Files of hosts, which are merged with what a build writes.
fn is_merged(path: &str) -> bool {
    ["static/_headers", "static/_redirects"].contains(&path)
}

/// Reads a file from its bytes, which are there where anyone looks into it.
fn read(found: Found, bytes: Option<Vec<u8>>, version: u64) -> Part {
    let Found { what, path, file, stamp } = found;
    // The file may have grown since its stamp was taken.
    let size = bytes.as_ref().map_or(stamp.size, |bytes| bytes.len() as u64);
    let below = || path.split_once('/').map_or("", |(_, below)| below).to_owned();
    match (what, bytes) {
        (What::Document(kind), Some(bytes)) => read_document(kind, &path, bytes),
        (What::Document(_), None) => Part::Unread(too_large(&nameless(path), size)),
        (What::Image, bytes) => {
            let facts = image::examine(&path, &bytes.unwrap_or_default());
            Part::Image(ImageFile { path, file, size, facts, version })
        }
        (What::Theme, bytes) => {
            Part::Theme(ThemeFile { path: below(), bytes: bytes.unwrap_or_default() })
        }
        (What::Static, bytes) => {
            let mut published =
                StaticFile { path: below(), file, size, facts: None, text: None, version };
            match bytes {
                Some(bytes) if is_merged(&path) => match String::from_utf8(bytes) {
                    Ok(text) => published.text = Some(text),
                    Err(_) => return Part::Unread(unreadable(path, ErrorKind::InvalidData)),
                },
                Some(bytes) if folder::is_image(&path) => {
                    published.facts = Some(image::examine(&published.path, &bytes));
                }
                // Opened for its version only, or not at all.
                _ => {}
            }
            Part::Static(published)
        }
    }
}

/// Bytes that are no UTF-8 are shown as `�`; what stands round them is still read.
fn read_document(kind: DocumentKind, path: &str, bytes: Vec<u8>) -> Part {
    match String::from_utf8(bytes) {
        Ok(text) => {
            let (document, diagnostics) = document(kind, path, text);
            Part::Document(Arc::new(document), diagnostics)
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            if utf16 {
                return Part::Unread(not_utf8(
                    &nameless(path.to_owned()),
                    0,
                    "this file was saved as UTF-16",
                ));
            }
            let (document, mut diagnostics) =
                document(kind, path, String::from_utf8_lossy(&bytes).into_owned());
            let (line, _) = document.source.position(valid);
            let message = format!(
                "this file was not saved as UTF-8: line {line} has a letter that cannot be read"
            );
            diagnostics.insert(0, not_utf8(&document.source, valid, &message));
            Part::Document(Arc::new(document), diagnostics)
        }
    }
}

fn not_utf8(source: &Source, at: usize, message: &str) -> Diagnostic {
    let end = source
        .text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(at, |c| at + c.len_utf8());
    Diagnostic::new(&syntax::NOT_UTF8, source, Span::new(at, end), message)
        .help("save it again as UTF-8")
}

fn too_large(source: &Source, size: u64) -> Diagnostic {
    let message = format!("this file is {} KB long", size / 1024);
    Diagnostic::new(&syntax::FILE_TOO_LARGE, source, Span::default(), message)
        .help("put files to download into static/, and split long texts")
}

fn unreadable(path: String, reason: ErrorKind) -> Diagnostic {
    Diagnostic::new(
        &syntax::UNREADABLE_FILE,
        &nameless(path),
        Span::default(),
        format!("the file cannot be read: {reason}"),
    )
    .help("look at its permissions, or whether another program holds it")
}

/// A file about which only its path is known.
fn nameless(path: String) -> Source {
    Arc::new(SourceFile { path, text: String::new() })
}

#[cfg(test)]
mod tests;
