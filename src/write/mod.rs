//! 4. Output to disk: the only writer of published files.
//!
//! 1. `folder` refuses an output folder that holds, or could hold, somebody's own files.
//! 2. `plan` compares what is published with the bytes on the disk and the manifest's list of files that were written
//!    before; nothing is touched until all of it is known.
//! 3. `commit` removes, writes, and writes the manifest last.
//!
//! A build that dies between 2 and 3 leaves a manifest that knows the old files and the new ones, so that the next build
//! repairs the folder. Only files that a manifest knows are ever replaced or removed, and no symbolic link inside the
//! output folder is followed. Two builds into one folder at once are not guarded against; the next one repairs.

mod commit;
mod folder;
mod manifest;
mod plan;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::image::{self, Fault};
use crate::output::{Asset, Output, Published};

/// Folders that the output must stay out of.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    /// The site's folder, with `content`, `static` and `theme` in it.
    pub site: PathBuf,
    /// The home folder of whoever runs the build, when there is one.
    pub home: Option<PathBuf>,
}

/// What a build changed on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that had the right bytes and were not touched.
    pub unchanged: usize,
    /// Files of an earlier build that are published no more.
    pub removed: usize,
}

/// Why nothing, or not everything, was written.
#[derive(Debug)]
pub enum WriteError {
    /// The output folder must not be written to; nothing was touched. In plain words.
    Refused(String),
    /// An image cannot be published without its metadata; nothing was touched.
    Image {
        /// Where the image is.
        path: PathBuf,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The disk failed. What was written is repaired by the next build.
    Disk(io::Error),
}

/// Makes `folder` hold exactly `output`, besides files that no build wrote.
///
/// New files get mode 0644 less the process's umask. Files with the right bytes keep their modification time.
pub fn write(output: &Output, folder: &Path, protected: &Protected) -> Result<Summary, WriteError> {
    let folder = folder::resolve(folder, protected)?;
    let disk = folder::list(&folder)?;
    let old = manifest::read(&folder)?;
    folder::refuse_foreign(&folder, &disk, old.as_ref())?;
    let plan = plan::plan(output, &folder, &disk, &old.unwrap_or_default())?;
    commit::commit(output, &folder, &plan)
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Refused(reason) => f.write_str(reason),
            WriteError::Image { path, fault } => write!(f, "{}: {fault}", path.display()),
            WriteError::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> WriteError {
        WriteError::Disk(error)
    }
}

/// The bytes of a file of the site as they are published.
pub fn published_bytes(asset: &Asset) -> Result<Vec<u8>, WriteError> {
    match asset.published {
        Published::AsIs => Ok(fs_err::read(&asset.path)?),
        Published::WithoutMetadata => published_image(&asset.path),
    }
}

/// The bytes of an image as they are published.
fn published_image(path: &Path) -> Result<Vec<u8>, WriteError> {
    let bytes = fs_err::read(path)?;
    image::without_metadata(&bytes)
        .map_err(|fault| WriteError::Image { path: path.to_owned(), fault })
}

/// Whether an asset is held in memory when it is published.
fn is_image(asset: &Asset) -> bool {
    asset.published == Published::WithoutMetadata
}
