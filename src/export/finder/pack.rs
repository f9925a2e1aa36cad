//! Numbers and texts as the planes hold them, and files as they are published: compressed, and named by their bytes.

use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use xxhash_rust::xxh3::xxh3_64;

/// Where the planes are; what hosts may keep for ever.
pub(super) const FOLDER: &str = "assets/finder/";

/// So many letters of a hash, and no two of a site's planes are mistaken for each other.
const NAME_LETTERS: usize = 8;

/// A file of the index.
#[derive(Debug)]
pub(super) struct Plane {
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
}

impl Plane {
    pub(super) fn new(bytes: &[u8]) -> Plane {
        Plane { name: name(bytes), bytes: Arc::from(zipped(bytes)) }
    }

    pub(super) fn path(&self) -> String {
        format!("{FOLDER}{}.bin", self.name)
    }
}

/// Compressed, and the same on every machine.
pub(super) fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

/// The hash of some bytes in base 36.
fn name(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut rest = xxh3_64(bytes);
    let mut letter = || {
        let letter = LETTERS[usize::try_from(rest % 36).expect("it is below 36")];
        rest /= 36;
        char::from(letter)
    };
    (0..NAME_LETTERS).map(|_| letter()).collect()
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
