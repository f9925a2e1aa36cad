//! What a build publishes: contents by path, whole and in order before anything touches the disk.
//!
//! Takes paths and contents from `render` and `export`, gives them to `write` and to the development server. Two paths
//! that any common disk would take for one are refused here, so that a site builds everywhere or nowhere.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// The name of the list that `write` keeps in the output folder; no content may take it.
pub const MANIFEST: &str = ".roundtable-manifest";

/// Everything a build publishes, by path, before anything touches the disk.
///
/// A path is relative to the output folder, with `/` between its parts.
#[derive(Debug, Default)]
pub struct Output {
    files: BTreeMap<String, Content>,
    /// Every file and folder by the name a forgiving disk would know it by.
    taken: HashMap<String, Taken>,
}

/// What one published file holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// Made by the build.
    Bytes(Vec<u8>),
    /// Made by the build of pieces that other files hold too, one after the other.
    Pieces(Vec<Arc<[u8]>>),
    /// Copied from the site's folder when it is written; never all of them in memory.
    File(Asset),
}

/// A file of the site that is published.
#[derive(Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where it is on the disk.
    pub path: PathBuf,
    /// How it is published.
    pub published: Published,
}

/// How a file of the site is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// Byte for byte.
    AsIs,
    /// As [`crate::image::without_metadata`] gives it.
    WithoutMetadata,
}

/// Why a path was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// The path cannot be published on every host and disk.
    Unsafe {
        /// The path as it was given.
        path: String,
        /// What is wrong with it, in plain words.
        reason: &'static str,
    },
    /// Two paths would be one file on some disk, or a file stands where a folder is needed.
    Duplicate {
        /// The path as it was given.
        path: String,
        /// The path that was accepted before.
        earlier: String,
    },
}

#[derive(Debug)]
struct Taken {
    /// The file itself, or the first file that needs the folder.
    by: String,
    /// The name as it is spelt there.
    spelling: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

impl Output {
    /// Nothing to publish yet.
    pub fn new() -> Output {
        Output::default()
    }

    /// Adds a file. Nothing is changed when the path is rejected.
    pub fn insert(&mut self, path: impl Into<String>, content: Content) -> Result<(), Rejected> {
        let path = path.into();
        if let Some(reason) = unsafe_reason(&path) {
            return Err(Rejected::Unsafe { path, reason });
        }
        for (spelling, kind) in prefixes(&path) {
            if let Some(taken) = self.taken.get(&folded(spelling))
                && (kind == Kind::File || taken.kind == Kind::File || taken.spelling != spelling)
            {
                return Err(Rejected::Duplicate { path: path.clone(), earlier: taken.by.clone() });
            }
        }
        for (spelling, kind) in prefixes(&path) {
            let taken = || Taken { by: path.clone(), spelling: spelling.to_owned(), kind };
            self.taken.entry(folded(spelling)).or_insert_with(taken);
        }
        self.files.insert(path, content);
        Ok(())
    }

    /// Whether a file has exactly this path.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The content at exactly this path.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path)
    }

    /// All files, in the order of their paths' bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl Content {
    /// The bytes of what the build made; none of what is copied.
    pub fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Content::Bytes(bytes) => Some(Cow::Borrowed(bytes)),
            Content::Pieces(pieces) => Some(Cow::Owned(pieces.concat())),
            Content::File(_) => None,
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejected::Unsafe { path, reason } => {
                write!(f, "`{path}` cannot be published: {reason}")
            }
            Rejected::Duplicate { path, earlier } if path == earlier => {
                write!(f, "`{path}` is published twice")
            }
            Rejected::Duplicate { path, earlier } => {
                write!(
                    f,
                    "`{path}` and `{earlier}` cannot both be published: some disks take them for the same"
                )
            }
        }
    }
}

impl std::error::Error for Rejected {}

/// Why a path would leave the output folder, or could not be stored or served everywhere.
fn unsafe_reason(path: &str) -> Option<&'static str> {
    // A colon is a drive or a hidden stream on Windows, where `C:x` leaves the folder it is joined to.
    if path.contains(['\\', ':']) || path.contains(char::is_control) {
        return Some("a name must not contain `\\`, `:` or control characters");
    }
    for part in path.split('/') {
        match part {
            "" => return Some("a path must not be empty, begin or end with `/`, or contain `//`"),
            "." | ".." => return Some("a path must not contain `.` or `..`"),
            // A repository in the output folder runs the hooks it holds.
            _ if folded(part) == ".git" => return Some("`.git` is left to git"),
            _ => {}
        }
    }
    (folded(path) == MANIFEST).then_some("the name is kept for Roundtable's own list of files")
}

/// `a/b/c` gives the folders `a` and `a/b`, and the file.
fn prefixes(path: &str) -> impl Iterator<Item = (&str, Kind)> {
    let folders = path.match_indices('/').map(|(at, _)| (path.split_at(at).0, Kind::Folder));
    folders.chain([(path, Kind::File)])
}

/// The name that macOS (case and normal form) and Windows (case) know a file by.
fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // Upper case first brings `ß` and `ſ` to the letters that full case folding gives.
    path.nfd().collect::<String>().to_uppercase().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert_all(paths: &[&str]) -> Result<Output, Rejected> {
        let mut output = Output::new();
        for path in paths {
            output.insert(*path, Content::Bytes(Vec::new()))?;
        }
        Ok(output)
    }

    #[test]
    fn paths_come_back_in_order() {
        let output = insert_all(&["b/index.html", "a.css", "b/a.html", "index.html"]).unwrap();
        let paths: Vec<_> = output.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a.css", "b/a.html", "b/index.html", "index.html"]);
        assert!(output.contains("a.css") && !output.contains("A.css"));
    }

    #[test]
    fn paths_that_leave_the_folder_are_rejected() {
        let wrong = [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/../b",
            "a/./b",
            "a\\b",
            "C:a",
            "a\0b",
            "a\nb",
            ".git/hooks/x",
            "a/.GIT",
            ".roundtable-manifest",
            ".Roundtable-Manifest",
        ];
        for path in wrong {
            assert!(matches!(insert_all(&[path]), Err(Rejected::Unsafe { .. })), "{path:?}");
        }
        insert_all(&[
            ".nojekyll",
            "a..b/c",
            "...",
            ".well-known/security.txt",
            "a/.roundtable-manifest",
        ])
        .unwrap();
    }

    #[test]
    fn what_a_disk_takes_for_one_file_is_a_duplicate() {
        let pairs = [
            ("a.html", "a.html"),
            ("a.html", "A.html"),
            ("caf\u{e9}.jpg", "cafe\u{301}.jpg"),
            ("stra\u{df}e", "STRASSE"),
            ("a", "a/b"),
            ("a/b", "a"),
            ("a/b/c", "A"),
            ("Groups/a", "groups/b"),
        ];
        for (first, second) in pairs {
            let duplicate = Rejected::Duplicate { path: second.into(), earlier: first.into() };
            assert_eq!(insert_all(&[first, second]).unwrap_err(), duplicate);
        }
    }

    #[test]
    fn a_rejected_path_leaves_no_trace() {
        let mut output = insert_all(&["a"]).unwrap();
        output.insert("new/A/../b", Content::Bytes(Vec::new())).unwrap_err();
        output.insert("a/b", Content::Bytes(Vec::new())).unwrap_err();
        output.insert("new", Content::Bytes(Vec::new())).unwrap();
        assert_eq!(output.len(), 2);
    }
}
