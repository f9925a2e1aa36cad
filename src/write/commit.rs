//! Carries a plan out: the old files go, the new ones come, the manifest is last.

use std::io::{self, Write as _};
use std::path::Path;

use fs_err as fs;
use rayon::prelude::*;
use tempfile::NamedTempFile;

use crate::output::{Content, MANIFEST, Output};

use super::folder::TEMPORARY;
use super::manifest::Manifest;
use super::plan::{Plan, Step};
use super::{Summary, WriteError, is_image, published_image};

pub(super) fn commit(output: &Output, folder: &Path, plan: &Plan) -> Result<Summary, WriteError> {
    let unchanged = plan.steps.iter().filter(|step| **step == Step::Keep).count();
    let summary =
        Summary { written: plan.steps.len() - unchanged, unchanged, removed: plan.removals.len() };
    fs::create_dir_all(folder)?;
    if summary.written > 0 || summary.removed > 0 {
        announce(folder, plan)?;
    }
    remove(folder, plan)?;
    for path in &plan.new_folders {
        make_folder(&folder.join(path))?;
    }
    write_all(output, folder, plan)?;
    if plan.new != plan.old || summary.written > 0 || !folder.join(MANIFEST).exists() {
        replace(&folder.join(MANIFEST), |file| file.write_all(plan.new.text().as_bytes()))?;
    }
    Ok(summary)
}

/// Writes a manifest that knows the old files and the new ones, before the first of them is touched.
pub(super) fn announce(folder: &Path, plan: &Plan) -> Result<(), WriteError> {
    let mut files = plan.old.files.clone();
    files.extend(&plan.new.files);
    let both = Manifest { files, unfinished: true };
    replace(&folder.join(MANIFEST), |file| file.write_all(both.text().as_bytes()))
}

/// Removes first and writes then: a file may stand where a folder is needed, and a disk may take two spellings for one.
fn remove(folder: &Path, plan: &Plan) -> Result<(), WriteError> {
    plan.removals.par_iter().try_for_each(|path| fs::remove_file(folder.join(path)))?;
    plan.leftovers.par_iter().try_for_each(fs::remove_file)?;
    for path in &plan.old_folders {
        // One that is not empty stays: the attempt is the question.
        drop(fs::remove_dir(folder.join(path)));
    }
    Ok(())
}

fn make_folder(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

fn write_all(output: &Output, folder: &Path, plan: &Plan) -> Result<(), WriteError> {
    let steps: Vec<_> =
        output.iter().zip(&plan.steps).filter(|(_, step)| **step != Step::Keep).collect();
    steps.par_iter().try_for_each(|((path, content), step)| {
        let path = folder.join(path);
        match step {
            Step::Create => create(&path, content),
            Step::Replace => replace_with(&path, content),
            Step::Keep => Ok(()),
        }
    })
}

/// Writes a file that is not there yet, and fails where one is after all.
fn create(path: &Path, content: &Content) -> Result<(), WriteError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use fs::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o644);
    }
    let image = image_bytes(content)?;
    let mut file = options.open(path)?;
    Ok(fill(&mut file, content, image)?)
}

fn replace_with(path: &Path, content: &Content) -> Result<(), WriteError> {
    let image = image_bytes(content)?;
    replace(path, |file| fill(file, content, image))
}

/// Puts a whole file in the place of another, or of a symbolic link, in one step.
fn replace(
    path: &Path,
    fill: impl FnOnce(&mut NamedTempFile) -> io::Result<()>,
) -> Result<(), WriteError> {
    let folder = path.parent().expect("an output file lies in the output folder");
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    let permissions = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o644);
    #[cfg(unix)]
    builder.permissions(permissions);
    let mut file = builder.tempfile_in(folder).map_err(|error| named(error, path))?;
    fill(&mut file).map_err(|error| named(error, path))?;
    file.persist(path).map_err(|error| named(error.error, path))?;
    Ok(())
}

/// The disk's words with the file they are about.
fn named(error: io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("failed to write `{}`: {error}", path.display()))
}

/// An image's bytes, when the content is one.
fn image_bytes(content: &Content) -> Result<Option<Vec<u8>>, WriteError> {
    match content {
        Content::File(asset) if is_image(asset) => published_image(&asset.path).map(Some),
        _ => Ok(None),
    }
}

fn fill(file: &mut impl io::Write, content: &Content, image: Option<Vec<u8>>) -> io::Result<()> {
    match (content, image) {
        (_, Some(image)) => file.write_all(&image),
        (Content::Bytes(bytes), None) => file.write_all(bytes),
        (Content::Pieces(pieces), None) => file.write_all(&pieces.concat()),
        (Content::File(asset), None) => io::copy(&mut fs::File::open(&asset.path)?, file).map(drop),
    }
}
