//! The folder as it was last read, so that another look costs little.
//!
//! Takes a site's folder, again and again; gives what [`load`](super::load) gives, and whether anything in it is new. A
//! file whose stamp is the same is not opened, and one whose bytes are the same stays the same value, by identity. The
//! disk alone is believed: nobody has to say what was edited, moved or deleted. It reads no clock and never fails for
//! good.

use std::hash::{Hash, Hasher};
use std::io::ErrorKind;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_64_with_seed};

use super::folder::{self, Found, What};
use super::stamp::Stamp;
use super::{DocumentKind, Loaded, Part, SiteFolder, is_read, read, unreadable};
use crate::diagnostic::Diagnostic;

/// A site's folder, and what was found in it.
#[derive(Debug)]
pub struct Library {
    root: PathBuf,
    /// Sorted by path.
    files: Vec<Kept>,
    folders: Vec<SiteFolder>,
    /// What is wrong with the folder; what is wrong with files is kept with them.
    notes: Vec<Diagnostic>,
    /// None before the first look, and after one that failed.
    loaded: Option<Arc<Loaded>>,
}

/// What a look found.
#[derive(Debug)]
pub struct Refreshed {
    /// Whether a byte, a file or a problem is other than at the last look; true at the first, and after an error.
    pub changed: bool,
    /// The site; the same value as last time where nothing changed.
    pub loaded: Arc<Loaded>,
}

impl Library {
    /// Knows the folder's path, and nothing of what is in it.
    pub fn new(root: &Path) -> Library {
        Library {
            root: root.to_owned(),
            files: Vec::new(),
            folders: Vec::new(),
            notes: Vec::new(),
            loaded: None,
        }
    }

    /// Looks through the folder and reads what is new.
    ///
    /// # Errors
    ///
    /// Where the folder itself cannot be listed; the next look may find it again.
    pub fn refresh(&mut self) -> anyhow::Result<Refreshed> {
        let found = match folder::find(&self.root) {
            Ok(found) => found,
            Err(error) => {
                self.folders.clear();
                self.loaded = None;
                return Err(error);
            }
        };
        let latest = found.files.iter().map(|file| file.stamp.changed()).max().unwrap_or(0);
        let is_first = self.files.is_empty();
        let (pairs, gone) = pair(found.files, mem::take(&mut self.files));
        let looks: Vec<Look> = pairs
            .into_par_iter()
            .map(|(file, before)| {
                let is_young = !is_first || file.stamp.is_young(latest);
                look(file, before, is_young)
            })
            .collect();
        let mut changed = gone || !alike(&self.notes, &found.diagnostics);
        for look in looks {
            changed |= look.changed;
            self.files.extend(look.kept);
        }
        self.folders = found.folders;
        self.notes = found.diagnostics;
        if let Some(loaded) = self.loaded.as_ref().filter(|_| !changed) {
            return Ok(Refreshed { changed, loaded: loaded.clone() });
        }
        let loaded = Arc::new(self.collect());
        self.loaded = Some(loaded.clone());
        Ok(Refreshed { changed: true, loaded })
    }

    /// Whether a file was written so lately that a second write could have the same stamp. Look again after about a
    /// tenth of a second, and until this is false, else such a write may stay unseen.
    pub fn unsettled(&self) -> bool {
        self.files.iter().any(|file| file.looks > 0)
    }

    /// The folders that the last look went through, sorted by path; none where it failed.
    pub fn folders(&self) -> &[SiteFolder] {
        &self.folders
    }

    fn collect(&self) -> Loaded {
        let mut loaded = Loaded { diagnostics: self.notes.clone(), ..Loaded::default() };
        for file in &self.files {
            match &file.part {
                Part::Document(document, diagnostics) => {
                    loaded.diagnostics.extend_from_slice(diagnostics);
                    match document.kind {
                        DocumentKind::Settings => loaded.settings = Some(document.clone()),
                        _ => loaded.documents.push(document.clone()),
                    }
                }
                Part::Image(image) => loaded.images.push(image.clone()),
                Part::Static(file) => loaded.statics.push(file.clone()),
                Part::Theme(file) => loaded.theme.push(file.clone()),
                Part::Unread(diagnostic) => loaded.diagnostics.push(diagnostic.clone()),
            }
        }
        loaded.diagnostics.sort_by(|a, b| (&a.source.path, a.span).cmp(&(&b.source.path, b.span)));
        loaded
    }
}

/// A file as it was last read.
#[derive(Debug)]
struct Kept {
    path: String,
    stamp: Stamp,
    /// A number for its bytes, or for its stamp where nobody looked into it.
    version: u64,
    /// In how many more looks its bytes are read although its stamp is the same.
    looks: u8,
    part: Part,
}

/// Puts each file beside what was kept of it, and tells whether anything was kept of a file that is gone.
fn pair(found: Vec<Found>, kept: Vec<Kept>) -> (Vec<(Found, Option<Kept>)>, bool) {
    let mut kept = kept.into_iter().peekable();
    let mut gone = false;
    let mut pairs = Vec::with_capacity(found.len());
    for file in found {
        while kept.next_if(|old| old.path < file.path).is_some() {
            gone = true;
        }
        let before = kept.next_if(|old| old.path == file.path);
        pairs.push((file, before));
    }
    (pairs, gone || kept.next().is_some())
}

/// What a look at one file gave.
struct Look {
    kept: Option<Kept>,
    changed: bool,
}

/// Looks at a file, and into it where its stamp does not say enough.
fn look(found: Found, before: Option<Kept>, is_young: bool) -> Look {
    let stamp = found.stamp;
    let is_same = before.as_ref().is_some_and(|kept| kept.stamp == stamp);
    let looks = match &before {
        Some(kept) if is_same => kept.looks.saturating_sub(1),
        _ if is_young => stamp.looks(),
        _ => 0,
    };
    let is_known = |kept: &Kept| {
        // What could not be read may be readable now: another program held it.
        is_same && kept.looks == 0 && !matches!(kept.part, Part::Unread(_))
    };
    let before = match before {
        Some(kept) if is_known(&kept) => return Look { kept: Some(kept), changed: false },
        before => before,
    };
    let content = match open(&found, is_young || before.is_some()) {
        Err(ErrorKind::NotFound) => return Look { kept: None, changed: before.is_some() },
        content => content,
    };
    let version = version(&content, stamp);
    if let Some(kept) = before.filter(|kept| kept.version == version) {
        return Look { kept: Some(Kept { stamp, looks, ..kept }), changed: false };
    }
    let path = found.path.clone();
    let part = match content {
        Ok(bytes) => read(found, bytes, version),
        Err(reason) => Part::Unread(unreadable(found.path, reason)),
    };
    Look { kept: Some(Kept { path, stamp, version, looks, part }), changed: true }
}

/// The bytes of a file. Those that nobody looks into are only needed where the stamp does not tell one write from the
/// next, or was another before.
fn open(found: &Found, is_doubtful: bool) -> Result<Option<Vec<u8>>, ErrorKind> {
    let is_published_as_it_lies = matches!(found.what, What::Static) && !is_read(found);
    let is_opened = is_read(found) || is_published_as_it_lies && is_doubtful;
    is_opened.then(|| fs_err::read(&found.file)).transpose().map_err(|error| error.kind())
}

fn version(content: &Result<Option<Vec<u8>>, ErrorKind>, stamp: Stamp) -> u64 {
    match content {
        Ok(Some(bytes)) => xxh3_64(bytes),
        Ok(None) => {
            let mut number = Xxh3::new();
            stamp.hash(&mut number);
            number.finish()
        }
        // A seed of its own, since a file may hold the very words of an error.
        Err(reason) => xxh3_64_with_seed(reason.to_string().as_bytes(), 1),
    }
}

/// Whether two lists of notes say the same.
fn alike(one: &[Diagnostic], other: &[Diagnostic]) -> bool {
    fn said(note: &Diagnostic) -> (&str, &str, &str, Option<&str>) {
        (&note.source.path, note.rule.name, &note.message, note.help.as_deref())
    }
    one.iter().map(said).eq(other.iter().map(said))
}

#[cfg(test)]
mod tests;
