//! Numbers and texts as the planes hold them, and files as they are published: compressed, and named by their bytes.

use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::export::finder::Files;

/// Where the planes are; what hosts may keep for ever.
pub(super) const FOLDER: &str = "assets/finder/";

/// Letters of a name, unless another plane of the site has the same: each is fetched with the head, once for each plane.
const NAME_LETTERS: usize = 6;

/// A file of the index.
#[derive(Debug)]
pub(super) struct Plane {
    hash: u64,
    bytes: Arc<[u8]>,
}

impl Plane {
    pub(super) fn new(bytes: &[u8]) -> Plane {
        Plane { hash: xxh3_64(bytes), bytes: Arc::from(zipped(bytes)) }
    }

    /// Adds it to files and gives its name, the shortest that no other plane has.
    pub(super) fn put(self, files: &mut Files) -> String {
        let path = |name: &str| format!("{FOLDER}{name}.bin");
        let mut names = (NAME_LETTERS..).map(|letters| name(self.hash, letters));
        let is_free = |name: &String| files.get(&path(name)).is_none_or(|one| *one == self.bytes);
        let name = names.find(is_free).expect("there are names without end");
        files.insert(path(&name), self.bytes);
        name
    }
}

/// Compressed, and the same on every machine.
pub(super) fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

/// A hash in base 36, its lowest digits first.
fn name(hash: u64, letters: usize) -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut rest = hash;
    let mut letter = || {
        let letter = LETTERS[usize::try_from(rest % 36).expect("it is below 36")];
        rest /= 36;
        char::from(letter)
    };
    (0..letters).map(|_| letter()).collect()
}

/// JSON with its length before it, 32 bits, lowest byte first.
pub(super) fn headed<T: Serialize>(value: &T) -> Vec<u8> {
    let json = serde_json::to_vec(value).expect("numbers and words are JSON");
    let length = u32::try_from(json.len()).expect("it is smaller than that");
    [&length.to_le_bytes(), json.as_slice()].concat()
}

/// Adds a number: seven bits a byte, the lowest first, each byte but the last with its high bit set (LEB128).
pub(super) fn add(out: &mut Vec<u8>, number: usize) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push(u8::try_from(rest & 0x7f).expect("seven bits") | 0x80);
        rest >>= 7;
    }
    out.push(u8::try_from(rest).expect("seven bits"));
}

/// How many bytes a number takes.
pub(super) fn length(number: usize) -> usize {
    (usize::BITS - number.leading_zeros()).div_ceil(7).max(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_planes_of_one_name_get_two() {
        let mut files = Files::new();
        let plane = |bytes: &[u8]| Plane { hash: 7, bytes: Arc::from(bytes) };
        let first = plane(b"one").put(&mut files);
        assert_eq!(plane(b"one").put(&mut files), first);
        let second = plane(b"another").put(&mut files);
        assert_eq!((first.len(), second.len()), (NAME_LETTERS, NAME_LETTERS + 1));
        assert_eq!(&*files[&format!("{FOLDER}{second}.bin")], b"another");
    }
}
