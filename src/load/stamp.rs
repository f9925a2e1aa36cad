//! What the file system tells about a file without its being opened.
//!
//! Takes a file's metadata; gives a [`Stamp`]. Two stamps of one path that differ say that the file may be another. Two
//! that are the same say that it is the same file, except where it was written twice within one tick of the file system's
//! clock; for that case a stamp tells how often to look at the bytes again. It reads no clock.

use std::fs::Metadata;

/// Size, times and number of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stamp {
    pub(super) size: u64,
    /// Nanoseconds; programs may set it to what they like.
    modified: i128,
    /// Nanoseconds; on Unix the file system's own note of the last change, which no program can set.
    changed: i128,
    inode: u64,
}

const SECOND: i128 = 1_000_000_000;

impl Stamp {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        let moment =
            |seconds: i64, nanoseconds: i64| i128::from(seconds) * SECOND + i128::from(nanoseconds);
        Stamp {
            size: metadata.len(),
            modified: moment(metadata.mtime(), metadata.mtime_nsec()),
            changed: moment(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        let modified = metadata.modified().map_or(0, |time| {
            let since = time.duration_since(std::time::UNIX_EPOCH);
            since.map_or(0, |since| i128::try_from(since.as_nanos()).unwrap_or(i128::MAX))
        });
        Stamp { size: metadata.len(), modified, changed: modified, inode: 0 }
    }

    /// When the file was last written, in nanoseconds of the file system's own clock.
    pub(super) fn changed(&self) -> i128 {
        self.changed
    }

    /// Whether a second write may still get the same stamp; `latest` is the last moment that the file system is known to
    /// have reached.
    pub(super) fn is_young(&self, latest: i128) -> bool {
        let tick = if self.is_coarse() { 2 * SECOND } else { SECOND / 20 };
        self.changed + tick > latest
    }

    /// In how many later looks the bytes are read again. Looks are tens of milliseconds apart, and a tick is ten at most;
    /// where times are whole seconds, as on memory sticks, it is two seconds.
    pub(super) fn looks(&self) -> u8 {
        if self.is_coarse() { 25 } else { 2 }
    }

    fn is_coarse(&self) -> bool {
        self.changed % SECOND == 0
    }
}

/// Which folder a path leads to; 0 where the system does not tell.
#[cfg(unix)]
pub(super) fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
pub(super) fn inode(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(changed: i128) -> Stamp {
        Stamp { size: 1, modified: 0, changed, inode: 1 }
    }

    #[test]
    fn a_file_is_young_for_one_tick_of_its_file_system() {
        let fine = written(10 * SECOND + 1);
        assert!(fine.is_young(10 * SECOND + 1) && fine.is_young(10 * SECOND + SECOND / 20));
        assert!(!fine.is_young(10 * SECOND + SECOND / 20 + 1));
        let coarse = written(10 * SECOND);
        assert!(coarse.is_young(12 * SECOND - 1) && !coarse.is_young(12 * SECOND));
        // At a tenth of a second from look to look, two seconds are over in twenty.
        assert!(fine.looks() == 2 && coarse.looks() > 20);
    }
}
