//! What has to change: compares the output with the disk, reads everything, touches nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fs_err as fs;
use rayon::prelude::*;

use crate::output::{Content, Output};

use super::folder::{Disk, Entry};
use super::manifest::{Manifest, hash, hash_of};
use super::{WriteError, is_image, published_image};

/// All that is needed to bring the folder to its new state.
pub(super) struct Plan {
    pub(super) old: Manifest,
    pub(super) new: Manifest,
    /// In the order of [`Output::iter`].
    pub(super) steps: Vec<Step>,
    /// Files of an earlier build, by path inside the folder.
    pub(super) removals: Vec<String>,
    /// Temporary files of a build that died.
    pub(super) leftovers: Vec<PathBuf>,
    /// Folders to make, each after the one that holds it.
    pub(super) new_folders: Vec<String>,
    /// Folders to remove if they are empty by then, each after those it holds.
    pub(super) old_folders: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The disk holds the right bytes.
    Keep,
    /// Nothing is there.
    Create,
    /// Something else that a build wrote, or somebody changed since, is there.
    Replace,
}

/// Compares everything; refuses where a file that no build wrote is in the way.
pub(super) fn plan(
    output: &Output,
    folder: &Path,
    disk: &Disk,
    old: &Manifest,
) -> Result<Plan, WriteError> {
    let files: Vec<(&str, &Content)> = output.iter().collect();
    let compared = files.par_iter().map(|(path, content)| {
        // Listed names, not names the disk answers to: where case does not matter, a file that is about to be removed
        // under its old spelling must not pass for the new one.
        compare(content, &folder.join(path), disk.entries.get(*path).copied())
    });
    let (steps, hashes): (Vec<Step>, Vec<u128>) =
        compared.collect::<Result<Vec<_>, WriteError>>()?.into_iter().unzip();
    let paths = files.iter().map(|(path, _)| hash(path.as_bytes()));
    let new = Manifest { files: paths.zip(hashes).collect(), unfinished: false };

    let obsolete = |(path, entry): &(&String, &Entry)| {
        **entry != Entry::Folder && !output.contains(path) && old.knows(path)
    };
    let removals: BTreeSet<&str> =
        disk.entries.iter().filter(obsolete).map(|(path, _)| path.as_str()).collect();
    let mut strangers = strangers(output, disk, &removals);
    let replaced = files.iter().zip(&steps).filter(|(_, step)| **step == Step::Replace);
    strangers.extend(replaced.map(|((path, _), _)| *path).filter(|path| !old.knows(path)));
    if !strangers.is_empty() {
        return Err(WriteError::Refused(in_the_way(folder, &strangers)));
    }
    let needed = needed_folders(output);
    let is_folder = |path: &str| disk.entries.get(path) == Some(&Entry::Folder);
    Ok(Plan {
        new,
        steps,
        new_folders: needed
            .iter()
            .filter(|path| !is_folder(path))
            .map(|path| (*path).to_owned())
            .collect(),
        old_folders: old_folders(&needed, output, disk, old, &removals),
        leftovers: disk.temporary.clone(),
        removals: removals.into_iter().map(str::to_owned).collect(),
        old: old.clone(),
    })
}

/// The folders that a path lies in, outermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| path.split_at(at).0)
}

/// What stays on the disk where a folder is needed, or below a folder where a file is.
fn strangers<'a>(
    output: &'a Output,
    disk: &'a Disk,
    removals: &BTreeSet<&str>,
) -> BTreeSet<&'a str> {
    let stays = |path: &str, entry: Entry| entry != Entry::Folder && !removals.contains(path);
    let mut strangers = BTreeSet::new();
    for (path, _) in output.iter() {
        strangers
            .extend(above(path).filter(|above| {
                disk.entries.get(*above).is_some_and(|entry| stays(above, *entry))
            }));
        if disk.entries.get(path) == Some(&Entry::Folder) {
            strangers.extend(
                below(path, disk)
                    .filter(|(path, entry)| stays(path, **entry))
                    .map(|(path, _)| path),
            );
        }
    }
    strangers
}

/// All that a folder on the disk holds.
fn below<'a>(folder: &str, disk: &'a Disk) -> impl Iterator<Item = (&'a str, &'a Entry)> {
    // `0` is the character after `/`.
    let range = disk.entries.range(format!("{folder}/")..format!("{folder}0"));
    range.map(|(path, entry)| (path.as_str(), entry))
}

fn in_the_way(folder: &Path, strangers: &BTreeSet<&str>) -> String {
    let first: Vec<String> = strangers.iter().take(3).map(|path| format!("`{path}`")).collect();
    let more = if strangers.len() > first.len() { " and others" } else { "" };
    format!(
        "in the output folder `{}`, {}{more} would be replaced, but Roundtable did not write it; move it to `static`, or \
         delete it",
        folder.display(),
        first.join(", ")
    )
}

/// What to do about one file, and the hash of its new bytes.
fn compare(
    content: &Content,
    path: &Path,
    on_disk: Option<Entry>,
) -> Result<(Step, u128), WriteError> {
    let (same, hash) = match content {
        Content::Bytes(_) | Content::Pieces(_) => {
            let bytes = content.bytes().unwrap_or_default();
            (holds(path, on_disk, &bytes)?, hash(&bytes))
        }
        Content::File(asset) if is_image(asset) => {
            let bytes = published_image(&asset.path)?;
            (holds(path, on_disk, &bytes)?, hash(&bytes))
        }
        Content::File(asset) => {
            let hash = hash_of(fs::File::open(&asset.path)?)?;
            (on_disk == Some(Entry::File) && hash_of(fs::File::open(path)?)? == hash, hash)
        }
    };
    let step = match on_disk {
        _ if same => Step::Keep,
        None | Some(Entry::Folder) => Step::Create,
        Some(Entry::File | Entry::Other) => Step::Replace,
    };
    Ok((step, hash))
}

/// Whether the disk holds these bytes. It is read each time: a file that somebody edited by hand is put right again.
fn holds(path: &Path, on_disk: Option<Entry>, bytes: &[u8]) -> Result<bool, WriteError> {
    Ok(on_disk == Some(Entry::File)
        && fs::metadata(path)?.len() == bytes.len() as u64
        && fs::read(path)? == bytes)
}

/// The folders that published files lie in.
fn needed_folders(output: &Output) -> BTreeSet<&str> {
    output.iter().flat_map(|(path, _)| above(path)).collect()
}

/// The folders that lose a file, that stand where a file is needed, or that a dead build may have emptied; none that is
/// still needed.
fn old_folders(
    needed: &BTreeSet<&str>,
    output: &Output,
    disk: &Disk,
    old: &Manifest,
    removals: &BTreeSet<&str>,
) -> Vec<String> {
    let is_folder = |path: &str| disk.entries.get(path) == Some(&Entry::Folder);
    let mut folders: BTreeSet<&str> = removals.iter().flat_map(|path| above(path)).collect();
    for (path, _) in output.iter().filter(|(path, _)| is_folder(path)) {
        folders.insert(path);
        folders.extend(below(path, disk).map(|(path, _)| path));
    }
    if old.unfinished {
        folders.extend(disk.entries.keys().map(String::as_str));
    }
    let removable = folders.into_iter().filter(|path| is_folder(path) && !needed.contains(path));
    // Backwards, what a folder holds comes before it.
    removable.rev().map(str::to_owned).collect()
}
