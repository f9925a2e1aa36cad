//! Colour profiles keep their curves and matrices and lose their words: descriptions, makers, serial numbers, dates.
//!
//! A screenshot carries the profile of the screen it was taken on, often with the name its owner gave it.

use std::ops::Range;

use super::reader::Reader;

/// The tags that colours are computed from; ICC.1:2022 §9.2.
const COLOUR: [&[u8; 4]; 26] = [
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"lumi",
    b"chad", b"chrm", b"cicp", b"gamt", b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2",
    b"D2B0", b"D2B1", b"B2D0", b"B2D1", b"A2M0", b"M2A0",
];
const HEADER: usize = 128;
/// Parts of the header that say when and with what the profile was made: CMM, date, platform, maker, model, attributes,
/// creator, the checksum that no longer holds, and the reserve. Zero means "not said" in each.
const TELLING: [(usize, usize); 5] = [(4, 8), (24, 36), (40, 44), (48, 64), (80, 128)];

/// The profile with everything that is not colour blanked; no offset changes. None where it is no profile.
pub(super) fn without_words(profile: &[u8]) -> Option<Vec<u8>> {
    let tags = tags(profile)?;
    let mut keep = vec![false; profile.len()];
    let mut mark = |range: Range<usize>, kept: bool| {
        if let Some(bytes) = keep.get_mut(range.start..range.end.min(profile.len())) {
            bytes.fill(kept);
        }
    };
    mark(0..HEADER + 4 + 12 * tags.len(), true);
    for tag in &tags {
        // The type of a text stays, with nothing in it, so that the profile is still whole to strict readers.
        let length = if COLOUR.contains(&&tag.name) { tag.length } else { tag.length.min(4) };
        mark(tag.start..tag.start.saturating_add(length), true);
    }
    for (start, end) in TELLING {
        mark(start..end, false);
    }
    Some(profile.iter().zip(keep).map(|(byte, kept)| if kept { *byte } else { 0 }).collect())
}

struct Tag {
    name: [u8; 4],
    start: usize,
    length: usize,
}

fn tags(profile: &[u8]) -> Option<Vec<Tag>> {
    let mut reader = Reader::new(profile);
    let header = reader.take(HEADER).ok()?;
    if header.get(36..40) != Some(b"acsp") {
        return None;
    }
    let count = reader.length32().ok()?;
    // As many as there is room for: the count may be anything.
    let count = count.min(reader.rest().len() / 12);
    let mut tags = Vec::with_capacity(count);
    for _ in 0..count {
        let name = reader.array().ok()?;
        tags.push(Tag { name, start: reader.length32().ok()?, length: reader.length32().ok()? });
    }
    Some(tags)
}
