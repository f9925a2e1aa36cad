//! Boxes of ISO/IEC 14496-12 §4.2: a length, a kind, and contents that may be boxes again.

use std::ops::Range;

use super::super::Fault;
use super::super::reader::Reader;

/// One box, by its places in the file.
pub(super) struct Part {
    pub(super) kind: [u8; 4],
    pub(super) start: usize,
    /// Where its contents begin.
    pub(super) body: usize,
    pub(super) end: usize,
}

/// The boxes that fill the range.
pub(super) fn parts(bytes: &[u8], range: Range<usize>) -> Result<Vec<Part>, Fault> {
    let (parts, end) = read(bytes, range.clone());
    if end == range.end { Ok(parts) } else { Err(Fault::Damaged("its parts do not fit together")) }
}

/// The boxes of a whole file, and where they end: what follows may be anything.
pub(super) fn parts_before_garbage(bytes: &[u8]) -> (Vec<Part>, usize) {
    read(bytes, 0..bytes.len())
}

fn read(bytes: &[u8], range: Range<usize>) -> (Vec<Part>, usize) {
    let mut parts = Vec::new();
    let mut at = range.start;
    while let Some(part) = bytes.get(at..range.end).and_then(|rest| part(rest, at)) {
        at = part.end;
        parts.push(part);
    }
    (parts, at)
}

fn part(rest: &[u8], start: usize) -> Option<Part> {
    let mut reader = Reader::new(rest);
    let short = reader.be32().ok()?;
    let kind = reader.array().ok()?;
    let length = match short {
        0 => rest.len(),
        1 => usize::try_from(reader.be(8).ok()?).ok()?,
        length => usize::try_from(length).ok()?,
    };
    (reader.at() <= length && length <= rest.len()).then(|| Part {
        kind,
        start,
        body: start + reader.at(),
        end: start + length,
    })
}

/// Makes it a box of zeros that readers pass over.
pub(super) fn blank(out: &mut [u8], part: &Part) {
    if let Some(kind) = out.get_mut(part.start + 4..part.start + 8) {
        kind.copy_from_slice(b"free");
    }
    if let Some(contents) = out.get_mut(part.body..part.end) {
        contents.fill(0);
    }
}

/// Makes the letters of texts spaces and leaves the zeros that end them.
pub(super) fn blank_text(out: &mut [u8], range: Range<usize>) {
    for byte in out.get_mut(range).unwrap_or_default() {
        if *byte != 0 {
            *byte = b' ';
        }
    }
}
