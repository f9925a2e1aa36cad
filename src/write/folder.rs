//! Which folder may be written to, and what is in it. Judges and lists; never changes anything.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use fs_err as fs;
use walkdir::WalkDir;

use crate::output::MANIFEST;

use super::manifest::Manifest;
use super::{Protected, WriteError};

/// How the names of files begin and end that are renamed once they are whole; a dead build may leave some.
pub(super) const TEMPORARY: (&str, &str) = (".roundtable-", ".tmp");

/// What the output folder holds, by path inside it with `/` between the parts.
pub(super) struct Disk {
    /// Everything but the manifest and temporary files. Names that are not UTF-8 are not in it; they are nobody's.
    pub(super) entries: BTreeMap<String, Entry>,
    /// Temporary files of a build that died.
    pub(super) temporary: Vec<PathBuf>,
    /// Whether there is anything that is neither the manifest nor a temporary file.
    occupied: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    File,
    Folder,
    /// A symbolic link, a socket: never followed, never read.
    Other,
}

/// The folder's true path, or the reason why it must not be written to.
pub(super) fn resolve(folder: &Path, protected: &Protected) -> Result<PathBuf, WriteError> {
    let resolved = real(folder)?;
    let shown = folder.display();
    if resolved.parent().is_none() {
        return refused(format!("the output folder `{shown}` is the root of the disk"));
    }
    let site = real(&protected.site)?;
    if site.starts_with(&resolved) {
        return refused(format!(
            "the output folder `{shown}` holds the site's own files; choose a folder of its own"
        ));
    }
    for part in ["content", "static", "theme"] {
        if resolved.starts_with(real(&site.join(part))?) {
            return refused(format!(
                "the output folder `{shown}` lies in the site's `{part}` folder; choose another"
            ));
        }
    }
    if let Some(home) = &protected.home
        && real(home)?.starts_with(&resolved)
    {
        return refused(format!(
            "the output folder `{shown}` is or holds your home folder; choose a folder of its own"
        ));
    }
    // A folder cannot be made below a file either.
    if resolved.ancestors().find(|path| path.exists()).is_some_and(|path| !path.is_dir()) {
        return refused(format!(
            "the output folder `{shown}` is a file, or lies below one; choose another name"
        ));
    }
    Ok(resolved)
}

/// Refuses a folder that holds something and was never written by a build.
pub(super) fn refuse_foreign(
    folder: &Path,
    disk: &Disk,
    manifest: Option<&Manifest>,
) -> Result<(), WriteError> {
    if manifest.is_some() || !disk.occupied {
        return Ok(());
    }
    refused(format!(
        "the output folder `{}` is not empty and Roundtable did not make it (it has no `{MANIFEST}`); choose an empty \
         folder, or empty this one yourself",
        folder.display()
    ))
}

/// All that is in the folder; nothing where there is no folder yet.
pub(super) fn list(folder: &Path) -> Result<Disk, WriteError> {
    let mut disk = Disk { entries: BTreeMap::new(), temporary: Vec::new(), occupied: false };
    if !folder.exists() {
        return Ok(disk);
    }
    let walk = WalkDir::new(folder).min_depth(1).follow_links(false).into_iter();
    // A repository can hold far more files than the site, and none of them is ours.
    for found in walk.filter_entry(|entry| entry.depth() != 1 || entry.file_name() != ".git") {
        let found = found.map_err(std::io::Error::from)?;
        let name = found.file_name().to_str();
        if found.depth() == 1 && name == Some(MANIFEST) {
            continue;
        }
        if found.file_type().is_file() && name.is_some_and(is_temporary) {
            disk.temporary.push(found.into_path());
            continue;
        }
        disk.occupied = true;
        if let Some(path) = relative(found.path(), folder) {
            disk.entries.insert(path, entry(found.file_type()));
        }
    }
    // The walk leaves the repository out, which is still somebody's.
    disk.occupied |= fs::symlink_metadata(folder.join(".git")).is_ok();
    Ok(disk)
}

/// The path inside the folder, `/` between its parts.
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(folder)
        .ok()?
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    Some(parts?.join("/"))
}

fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1)
}

fn entry(kind: std::fs::FileType) -> Entry {
    if kind.is_dir() {
        Entry::Folder
    } else if kind.is_file() {
        Entry::File
    } else {
        Entry::Other
    }
}

/// The path with every symbolic link resolved, as far as it exists; the rest is taken as written.
fn real(path: &Path) -> Result<PathBuf, WriteError> {
    let mut missing = Vec::new();
    let mut existing = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut resolved = loop {
        match fs::canonicalize(existing) {
            Ok(resolved) => break resolved,
            // Writing through a link to nothing would make the folder it names, wherever that is.
            Err(_) if fs::symlink_metadata(existing).is_ok_and(|found| found.is_symlink()) => {
                return refused(format!("`{}` is a symbolic link to nothing", existing.display()));
            }
            Err(error) => {
                let (Some(last), Some(parent)) =
                    (existing.components().next_back(), existing.parent())
                else {
                    return Err(error.into());
                };
                if last == Component::CurDir {
                    return Err(error.into());
                }
                missing.push(last);
                existing = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            }
        }
    };
    for part in missing.into_iter().rev() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            part => resolved.push(part),
        }
    }
    Ok(resolved)
}

fn refused<T>(reason: String) -> Result<T, WriteError> {
    Err(WriteError::Refused(reason))
}
