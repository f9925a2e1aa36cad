//! Which file systems tell nobody about changes: those whose files other machines or systems write.
//!
//! Takes the text of Linux's `/proc/self/mountinfo` and a folder; gives the kind of file system that the folder, or a part
//! of it, lies on if its changes may go untold. It reads no file.

use std::path::{Path, PathBuf};

/// Kinds by their first word; `fuse.sshfs` is of `fuse`.
const FOREIGN: [&str; 27] = [
    "9p",
    "acfs",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "drvfs",
    "fakeowner",
    "fuse",
    "fuseblk",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "orangefs",
    "prl_fs",
    "smb2",
    "smb3",
    "smbfs",
    "v9fs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
];

/// The kind of a foreign file system on which a folder lies, wholly or in part; `site` is absolute and without links.
pub(super) fn foreign<'a>(mountinfo: &'a str, site: &Path) -> Option<&'a str> {
    let mounts: Vec<Mount<'a>> = mountinfo.lines().filter_map(mount).collect();
    let depth = |mount: &Mount<'_>| mount.point.components().count();
    // Of two mounts at one place the later hides the earlier, and `max_by_key` gives the last.
    let own =
        mounts.iter().filter(|mount| site.starts_with(&mount.point)).max_by_key(|it| depth(it));
    let inner = mounts.iter().filter(|mount| mount.point.starts_with(site));
    own.into_iter().chain(inner).map(|mount| mount.kind).find(|kind| is_foreign(kind))
}

fn is_foreign(kind: &str) -> bool {
    let family = kind.split_once('.').map_or(kind, |(family, _)| family);
    FOREIGN.contains(&family)
}

struct Mount<'a> {
    point: PathBuf,
    kind: &'a str,
}

/// `36 35 98:0 /root /mount/point rw,noatime shared:1 - ext4 /dev/sda rw`, with any number of words before the hyphen.
fn mount(line: &str) -> Option<Mount<'_>> {
    let (place, kind) = line.split_once(" - ")?;
    let point = place.split(' ').nth(4)?;
    Some(Mount { point: PathBuf::from(unescaped(point)), kind: kind.split(' ').next()? })
}

/// Blanks, line ends and backslashes are written as `\040`. What is no UTF-8 then is no path of a site.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        match (first, after) {
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', after @ ..]) => {
                bytes.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                rest = after;
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = r"21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
22 21 0:5 / /proc rw shared:2 master:1 - proc proc rw
30 21 0:40 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync
31 21 0:41 / /home/ann/My\040Drive rw - fuse.sshfs ann@host: rw
32 21 0:42 / /net rw - nfs4 server:/export rw
33 32 8:2 / /net/local rw - ext4 /dev/sdb1 rw
34 21 0:43 / /srv/site/static/photos ro - cifs //nas/photos rw
35 21 8:3 / /media/stick rw - fuseblk /dev/sdc1 rw
36 21 8:4 / /twice rw - nfs server:/a rw
37 36 8:4 / /twice rw - ext4 /dev/sdd rw
38 21 0:44 / /overlay rw - overlay overlay rw,lowerdir=/a
a line of another kind
";

    #[test]
    fn the_nearest_mount_decides() {
        for (site, kind) in [
            ("/home/ann/site", None),
            ("/mnt/c/Users/ann/site", Some("9p")),
            ("/mnt/cd/site", None),
            ("/home/ann/My Drive/site", Some("fuse.sshfs")),
            ("/home/ann/My", None),
            ("/net/site", Some("nfs4")),
            ("/net", Some("nfs4")),
            ("/net/local/site", None),
            ("/media/stick/site", Some("fuseblk")),
            ("/twice/site", None),
            ("/overlay/site", None),
        ] {
            assert_eq!(foreign(MOUNTS, Path::new(site)), kind, "{site}");
        }
    }

    #[test]
    fn a_foreign_part_makes_the_site_foreign() {
        assert_eq!(foreign(MOUNTS, Path::new("/srv/site")), Some("cifs"));
        assert_eq!(foreign(MOUNTS, Path::new("/srv/other")), None);
        assert_eq!(foreign("", Path::new("/srv/site")), None);
    }

    #[test]
    fn escapes_are_three_octal_digits() {
        assert_eq!(unescaped(r"a\040b\011c\134d\012"), "a b\tc\\d\n");
        assert_eq!(unescaped(r"Gr\303\274n\"), "Grün\\");
        assert_eq!(unescaped(r"\99\04"), r"\99\04");
    }
}
