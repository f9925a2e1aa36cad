//! The list of what builds wrote: hashes of paths and of bytes, so that no path stands in clear in the published folder.
//!
//! It says which files may be replaced and removed. What a file holds is always read from the disk itself. Lines that
//! cannot be read are passed over: a merge of two published folders gives the files of both.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::output::MANIFEST;

use super::WriteError;

/// The first line, with the format's version.
const FORMAT: &str = "roundtable-manifest 1";
/// What the first line says too while a build is at work.
const UNFINISHED: &str = " unfinished";

/// Hashes of paths, each with the hash of the bytes that were written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<u128, u128>,
    /// Whether the build that wrote it did not come to its end.
    pub(super) unfinished: bool,
}

impl Manifest {
    /// Whether a build wrote a file at this path.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.files.contains_key(&hash(path.as_bytes()))
    }

    /// As it is stored.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(64 + 66 * self.files.len());
        text.push_str(FORMAT);
        if self.unfinished {
            text.push_str(UNFINISHED);
        }
        text.push('\n');
        for (path, bytes) in &self.files {
            writeln!(text, "{path:032x} {bytes:032x}").expect("a String takes all");
        }
        text
    }

    fn parse(text: &str) -> Option<Manifest> {
        let mut lines = text.lines();
        let rest = lines.next()?.strip_prefix(FORMAT)?;
        let unfinished = rest == UNFINISHED;
        if !unfinished && !rest.is_empty() {
            return None;
        }
        let files = lines.filter_map(|line| {
            let (path, bytes) = line.split_once(' ')?;
            Some((u128::from_str_radix(path, 16).ok()?, u128::from_str_radix(bytes, 16).ok()?))
        });
        Some(Manifest { files: files.collect(), unfinished })
    }
}

/// The folder's manifest; none where there is none, or one of another format.
pub(super) fn read(folder: &Path) -> Result<Option<Manifest>, WriteError> {
    let path = folder.join(MANIFEST);
    match fs_err::symlink_metadata(&path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    Ok(Manifest::parse(&String::from_utf8_lossy(&fs_err::read(path)?)))
}

/// The hash of a path or of bytes in memory.
pub(super) fn hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// The hash of bytes that are not held in memory.
pub(super) fn hash_of(mut reader: impl Read) -> io::Result<u128> {
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(hasher.digest128()),
            Ok(read) => hasher.update(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
