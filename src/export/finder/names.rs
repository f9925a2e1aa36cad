//! The order of names: the place of each document among the listed groups.

use crate::render::Edition;

/// Places as little-endian numbers of 16 bits, or of 32 where there are more groups than those count.
pub(super) fn names(edition: &Edition, numbers: &[Option<usize>]) -> Vec<u8> {
    let listed = &edition.index.listed;
    let width = if listed.len() <= 1 << 16 { 2 } else { 4 };
    let mut names = vec![0; listed.len() * width];
    for (place, &at) in listed.iter().enumerate() {
        let Some(document) = numbers[at] else { continue };
        let bytes = place.to_le_bytes();
        for (to, from) in names.iter_mut().skip(document * width).zip(bytes.iter().take(width)) {
            *to = *from;
        }
    }
    names
}
