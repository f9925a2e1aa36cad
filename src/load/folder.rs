//! The files of a site, and what their paths say they are.
//!
//! Takes the site's folder; gives every file that is read or copied, sorted by path, the folders that they lie in, and a
//! diagnostic for each that has no place. It opens no file, and looks at nothing but `site.yaml`, `content/`, `static/`
//! and `theme/`. What goes away while it looks was never there.

use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::stamp::{Stamp, inode};
use super::{DocumentKind, SiteFolder, nameless};
use crate::diagnostic::rules::syntax;
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::Span;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Document(DocumentKind),
    Image,
    Static,
    Theme,
}

/// One file.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) what: What,
    /// Relative to the site, with `/`.
    pub(super) path: String,
    pub(super) file: PathBuf,
    pub(super) stamp: Stamp,
}

/// Files, folders and diagnostics, each sorted by path.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub(super) files: Vec<Found>,
    pub(super) folders: Vec<SiteFolder>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a site is made of, and names that people give it by mistake.
const PARTS: [(&str, &[&str]); 4] = [
    ("site.yaml", &["site.yml", "site.yaml.txt", "site.yaml.yaml"]),
    ("content", &["contents"]),
    ("static", &["statics"]),
    ("theme", &[]),
];

/// Looks through a site's folder.
///
/// # Errors
///
/// Where the folder itself cannot be listed; the error names it.
pub(super) fn find(root: &Path) -> anyhow::Result<Folder> {
    let mut folder = Folder::default();
    let mut names = Vec::new();
    let itself = inode(&fs_err::metadata(root)?);
    folder.folders.push(SiteFolder { path: PathBuf::new(), inode: itself });
    for entry in fs_err::read_dir(root)? {
        names.push(entry?.file_name());
    }
    for (part, _) in PARTS {
        if names.iter().any(|name| name == part) {
            walk(root, part, &mut folder);
        }
    }
    for (part, others) in PARTS {
        let other = names.iter().filter_map(|name| name.to_str()).filter(|name| {
            let name = name.to_ascii_lowercase();
            name == part || others.contains(&name.as_str())
        });
        for other in other.filter(|_| names.iter().all(|name| name != part)) {
            let help = format!("rename it to `{part}`");
            folder.diagnostics.push(note(&syntax::STRAY_FILE, other, "this is not read", &help));
        }
    }
    folder.files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    folder.folders.sort_by(|a, b| a.path.cmp(&b.path));
    folder.diagnostics.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    Ok(folder)
}

fn note(rule: &'static Rule, path: &str, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(rule, &nameless(path.to_owned()), Span::default(), message).help(help)
}

/// What an entry turned out to be.
enum Taken {
    File(Found),
    Folder(SiteFolder),
    Note(Diagnostic),
    Gone,
}

fn walk(root: &Path, part: &'static str, folder: &mut Folder) {
    let skips: fn(&DirEntry) -> bool = match part {
        "content" => is_skipped,
        "theme" => is_hidden,
        _ => |_| false,
    };
    let entries = WalkDir::new(root.join(part)).follow_root_links(false).into_iter();
    let entries: Vec<_> = entries
        .filter_entry(|entry| entry.depth() == 0 || !skips(entry) && !is_output(entry))
        .collect();
    // Asking for the metadata of each takes longer than listing them.
    let taken: Vec<Taken> = entries
        .into_par_iter()
        .with_min_len(64)
        .map(|entry| {
            entry.map_or_else(|error| unlisted(root, part, &error), |it| take(root, part, it))
        })
        .collect();
    for one in taken {
        match one {
            Taken::File(found) => folder.files.push(found),
            Taken::Folder(found) => folder.folders.push(found),
            Taken::Note(diagnostic) => folder.diagnostics.push(diagnostic),
            Taken::Gone => {}
        }
    }
}

fn unlisted(root: &Path, part: &str, error: &walkdir::Error) -> Taken {
    let kind = error.io_error().map(std::io::Error::kind);
    if kind == Some(ErrorKind::NotFound) {
        return Taken::Gone;
    }
    let path = error.path().map_or_else(|| part.to_owned(), |path| relative(root, path).0);
    let reason = kind.map_or_else(String::new, |kind| format!(": {kind}"));
    let message = format!("this folder cannot be read{reason}");
    Taken::Note(note(&syntax::UNREADABLE_FILE, &path, &message, "look at its permissions"))
}

fn take(root: &Path, part: &str, entry: DirEntry) -> Taken {
    let (path, is_text) = relative(root, entry.path());
    let kind = entry.file_type();
    if kind.is_symlink() {
        let message = "this is a symbolic link, which is skipped";
        let help = "put a copy of the file in its place";
        return Taken::Note(note(&syntax::SYMBOLIC_LINK, &path, message, help));
    }
    if !kind.is_dir() && (!is_text || path.contains(|c: char| c.is_control())) {
        let message = "the name of this file is no plain text";
        let help = "rename it with letters, digits and hyphens";
        return Taken::Note(note(&syntax::UNREADABLE_FILE_NAME, &path, message, help));
    }
    if !kind.is_dir() && !kind.is_file() {
        let message = "this is no ordinary file";
        return Taken::Note(note(&syntax::STRAY_FILE, &path, message, "remove it"));
    }
    let metadata = match entry.metadata() {
        Ok(metadata) => metadata,
        Err(error) => return unlisted(root, part, &error),
    };
    if kind.is_dir() {
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned();
        return Taken::Folder(SiteFolder { path, inode: inode(&metadata) });
    }
    let what = match part {
        "site.yaml" => Ok(What::Document(DocumentKind::Settings)),
        "static" => Ok(What::Static),
        "theme" => Ok(What::Theme),
        _ => content(path.split_once('/').map_or("", |(_, below)| below)),
    };
    match what {
        Ok(what) => {
            Taken::File(Found { what, path, stamp: Stamp::of(&metadata), file: entry.into_path() })
        }
        Err(Misplaced { message, help }) => {
            Taken::Note(note(&syntax::STRAY_FILE, &path, &message, &help))
        }
    }
}

/// A path relative to the site, with `/`, and whether it is text.
fn relative(root: &Path, path: &Path) -> (String, bool) {
    let below = path.strip_prefix(root).unwrap_or(path);
    (below.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/"), below.to_str().is_some())
}

/// Begins with `.`.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// What in `content/` is nobody's content: names that begin with `_` or `.`, README.md, and what systems leave behind.
fn is_skipped(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let collection =
        name.starts_with("_collection.") && entry.file_type().is_file() && in_collection(entry);
    let left_behind = ["README.md", "Thumbs.db", "desktop.ini"]
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other));
    is_hidden(entry)
        || name.starts_with('_') && !collection
        || left_behind && entry.file_type().is_file()
}

/// Whether it lies in a folder of `content/resources`; the entry was found from `content`.
fn in_collection(entry: &DirEntry) -> bool {
    let kind = entry.depth().checked_sub(1).and_then(|up| entry.path().ancestors().nth(up));
    entry.depth() >= 3 && kind.and_then(Path::file_name).is_some_and(|kind| kind == "resources")
}

/// A folder that an earlier build wrote.
fn is_output(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.path().join(".roundtable-manifest").exists()
}

struct Misplaced {
    message: String,
    help: String,
}

const IMAGES: [&str; 9] = ["jpg", "jpeg", "png", "webp", "avif", "gif", "svg", "heic", "heif"];

/// Whether a file's name is an image's.
pub(super) fn is_image(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    IMAGES.iter().any(|image| image.eq_ignore_ascii_case(extension))
}

/// What a file in `content/` is, by its path there.
fn content(path: &str) -> Result<What, Misplaced> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if is_image(name) {
        return Ok(What::Image);
    }
    let (kind, below) = folder.split_once('/').unwrap_or((folder, ""));
    let (document, belongs) = match kind {
        "groups" => (DocumentKind::Group, "md"),
        "resources" if stem == "_collection" => (DocumentKind::Collection, "yaml"),
        "resources" => (DocumentKind::Resource, "md"),
        "pages" => (DocumentKind::Page, "md"),
        "venues" => (DocumentKind::Venue, "yaml"),
        "" => {
            return Err(Misplaced {
                message: "a file directly in content/ is not read".into(),
                help: "move it into groups, resources, pages or venues".into(),
            });
        }
        other => {
            return Err(Misplaced {
                message: format!(
                    "there is no kind of content called `{other}`, so this file is not read"
                ),
                help: "content/ has the folders groups, resources, pages and venues".into(),
            });
        }
    };
    if extension != belongs {
        let same = matches!(
            extension.to_ascii_lowercase().as_str(),
            "md" | "markdown" | "mdown" | "yml" | "yaml" | "txt"
        );
        let help = if same && (belongs == "md") != matches!(extension, "yml" | "yaml") {
            format!("rename it to `{stem}.{belongs}`")
        } else {
            format!(
                "{kind} are `.{belongs}` files; move others to static/, or begin the name with `_` to have them skipped"
            )
        };
        return Err(Misplaced {
            message: format!("only `.{belongs}` files and pictures belong here"),
            help,
        });
    }
    if document == DocumentKind::Venue && !below.is_empty() {
        return Err(Misplaced {
            message: "venues have no folders of their own, so this file is not read".into(),
            help: format!("move it to `content/venues/{name}`"),
        });
    }
    Ok(What::Document(document))
}
