//! AVIF: boxes in an ISO base media file. Places in the file are told by number all over it, so nothing moves: boxes
//! that do not draw become `free` boxes of zeros, and so does every byte of the media data that no picture lies in.

mod boxes;
mod items;
mod tracks;

use std::ops::Range;

use boxes::{Part, blank, blank_text};

use super::reader::Reader;
use super::{Cleaned, Fault, Format, icc};

const AVIF: [&[u8; 4]; 2] = [b"avif", b"avis"];
const HEIC: [&[u8; 4]; 9] =
    [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"mif1", b"msf1"];

/// Which of the formats that share this container it is.
pub(super) fn told_by_brands(bytes: &[u8]) -> Result<Format, Fault> {
    let (parts, _) = boxes::parts_before_garbage(bytes);
    let brands =
        parts.first().and_then(|first| bytes.get(first.body..first.end)).unwrap_or_default();
    let (brands, _) = brands.as_chunks::<4>();
    // The second word is a version, not a brand; no version reads like one.
    if brands.iter().any(|brand| AVIF.contains(&brand)) {
        Ok(Format::Avif)
    } else if brands.iter().any(|brand| HEIC.contains(&brand)) {
        Err(Fault::Heic)
    } else {
        Err(Fault::NotAnImage)
    }
}

pub(super) fn clean(bytes: &[u8]) -> Cleaned {
    let (parts, end) = boxes::parts_before_garbage(bytes);
    let mut out = bytes.get(..end).unwrap_or_default().to_vec();
    let meta = parts
        .iter()
        .find(|part| &part.kind == b"meta")
        .ok_or(Fault::Damaged("it holds no picture"))?;
    let items = items::read(&out, meta)?;
    let mut pictures = items.pictures.clone();
    for part in &parts {
        match &part.kind {
            b"ftyp" | b"mdat" => {}
            b"meta" if part.start == meta.start => {}
            b"moov" => {
                pictures.extend(tracks::samples(&out, part)?);
                tracks::blank_words(&mut out, part)?;
            }
            _ => blank(&mut out, part),
        }
    }
    if pictures.iter().any(|picture| picture.end > end) {
        return Err(Fault::Damaged("it ends before the picture does"));
    }
    let media = parts.iter().filter(|part| &part.kind == b"mdat").map(|part| part.body..part.end);
    for store in media.chain(items.store.clone()) {
        blank_between(&mut out, store.clone(), &mut pictures);
        for exif in
            items.exif.iter().filter(|exif| store.start <= exif.start && exif.end <= store.end)
        {
            write_empty_exif(&mut out, exif, &pictures);
        }
    }
    blank_meta(&mut out, meta)?;
    Ok((items.size, out))
}

/// Zeros what lies in the store and in none of the pictures.
fn blank_between(out: &mut [u8], store: Range<usize>, pictures: &mut [Range<usize>]) {
    pictures.sort_by_key(|picture| picture.start);
    let mut blanked_to = store.start;
    for picture in pictures.iter() {
        if let Some(gap) = out.get_mut(blanked_to..picture.start.min(store.end)) {
            gap.fill(0);
        }
        blanked_to = blanked_to.max(picture.end);
    }
    if let Some(gap) = out.get_mut(blanked_to..store.end) {
        gap.fill(0);
    }
}

/// Some readers refuse a file whose EXIF is no TIFF block, so an empty one stands in its place.
fn write_empty_exif(out: &mut [u8], exif: &Range<usize>, pictures: &[Range<usize>]) {
    const EMPTY: &[u8] = b"\0\0\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0";
    let place = exif.start..exif.start.saturating_add(EMPTY.len());
    let is_free = place.end <= exif.end
        && pictures.iter().all(|picture| picture.end <= place.start || place.end <= picture.start);
    if is_free && let Some(place) = out.get_mut(place) {
        place.copy_from_slice(EMPTY);
    }
}

/// Names of items and of the file's maker, properties that tell rather than draw, and everything unknown.
fn blank_meta(out: &mut [u8], meta: &Part) -> Result<(), Fault> {
    for part in boxes::parts(out, meta.body + 4..meta.end)? {
        match &part.kind {
            b"pitm" | b"iloc" | b"iref" | b"idat" | b"dinf" | b"grpl" => {}
            b"hdlr" => blank_text(out, part.body + 24..part.end),
            b"iinf" => {
                for entry in items::entries(out, &part)? {
                    blank_text(out, entry.words);
                }
            }
            b"iprp" => blank_properties(out, &part)?,
            _ => blank(out, &part),
        }
    }
    Ok(())
}

fn blank_properties(out: &mut [u8], properties: &Part) -> Result<(), Fault> {
    const DRAWING: [&[u8; 4]; 17] = [
        b"ispe", b"pixi", b"av1C", b"auxC", b"irot", b"imir", b"clap", b"pasp", b"clli", b"mdcv",
        b"cclv", b"amve", b"a1op", b"a1lx", b"lsel", b"hvcC", b"reve",
    ];
    for part in boxes::parts(out, properties.body..properties.end)? {
        match &part.kind {
            b"ipma" => {}
            b"ipco" => {
                for property in boxes::parts(out, part.body..part.end)? {
                    match &property.kind {
                        b"colr" => blank_profile(out, &property),
                        kind if DRAWING.contains(&kind) => {}
                        // Still a property in its place, as they are counted.
                        _ => blank(out, &property),
                    }
                }
            }
            _ => blank(out, &part),
        }
    }
    Ok(())
}

fn blank_profile(out: &mut [u8], colour: &Part) {
    let Some(contents) = out.get_mut(colour.body..colour.end) else { return };
    if let Some((b"prof" | b"rICC", profile)) =
        contents.split_first_chunk_mut::<4>().map(|(kind, rest)| (&*kind, rest))
    {
        match icc::without_words(profile) {
            Some(cleaned) => profile.copy_from_slice(&cleaned),
            None => profile.fill(0),
        }
    }
}

/// Version and flags of a box that has them: the version, and what follows.
fn full<'a>(bytes: &'a [u8], part: &Part) -> Result<(u8, Reader<'a>), Fault> {
    let mut reader = Reader::new(bytes.get(part.body..part.end).unwrap_or_default());
    let version = reader.u8()?;
    reader.skip(3)?;
    Ok((version, reader))
}
