//! The tracks of an animated AVIF, ISO/IEC 14496-12 §8: where their pictures lie, and their words and dates.

use std::ops::Range;

use super::super::Fault;
use super::boxes::{self, Part, blank, blank_text};
use super::full;

/// Boxes that hold boxes.
const CONTAINERS: [&[u8; 4]; 5] = [b"trak", b"mdia", b"minf", b"stbl", b"edts"];
/// A movie's sample table lies four boxes deep; no box is nested further than a few.
const DEEPEST: u8 = 6;
/// Boxes that draw or tell when to.
const DRAWING: [&[u8; 4]; 18] = [
    b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"co64", b"stss", b"ctts", b"sdtp", b"sbgp",
    b"sgpd", b"elst", b"tref", b"vmhd", b"nmhd", b"dinf", b"cslg", b"hmhd",
];
const LOST: Fault = Fault::Damaged("it does not say where its pictures are");

/// Blanks names, dates and everything unknown.
pub(super) fn blank_words(out: &mut [u8], movie: &Part) -> Result<(), Fault> {
    blank_below(out, movie, DEEPEST)
}

fn blank_below(out: &mut [u8], container: &Part, depth: u8) -> Result<(), Fault> {
    for part in boxes::parts(out, container.body..container.end)? {
        match &part.kind {
            kind if CONTAINERS.contains(&kind) && depth > 0 => blank_below(out, &part, depth - 1)?,
            kind if DRAWING.contains(&kind) => {}
            b"mvhd" | b"tkhd" | b"mdhd" => blank_dates(out, &part)?,
            b"hdlr" => blank_text(out, part.body + 24..part.end),
            _ => blank(out, &part),
        }
    }
    Ok(())
}

/// When it was made and changed: the first two numbers of a track's headers.
fn blank_dates(out: &mut [u8], part: &Part) -> Result<(), Fault> {
    let (version, _) = full(out, part)?;
    let length = if version == 0 { 8 } else { 16 };
    if let Some(dates) = out.get_mut(part.body + 4..(part.body + 4 + length).min(part.end)) {
        dates.fill(0);
    }
    Ok(())
}

/// Where the pictures of all picture tracks lie.
pub(super) fn samples(bytes: &[u8], movie: &Part) -> Result<Vec<Range<usize>>, Fault> {
    let mut samples = Vec::new();
    for track in
        boxes::parts(bytes, movie.body..movie.end)?.iter().filter(|part| &part.kind == b"trak")
    {
        let media = child(bytes, track, *b"mdia")?;
        let (_, mut handler) = full(bytes, &child(bytes, &media, *b"hdlr")?)?;
        handler.skip(4)?;
        if [b"pict", b"auxv", b"vide"].contains(&&handler.array::<4>()?) {
            let table = child(bytes, &child(bytes, &media, *b"minf")?, *b"stbl")?;
            samples.extend(track_samples(bytes, &table)?);
        }
    }
    Ok(samples)
}

fn child(bytes: &[u8], parent: &Part, kind: [u8; 4]) -> Result<Part, Fault> {
    let parts = boxes::parts(bytes, parent.body..parent.end)?;
    parts.into_iter().find(|part| part.kind == kind).ok_or(LOST)
}

/// Chunks of samples that lie one after another.
fn track_samples(bytes: &[u8], table: &Part) -> Result<Vec<Range<usize>>, Fault> {
    let (_, mut sizes) = full(bytes, &child(bytes, table, *b"stsz")?)?;
    let same_size = sizes.length32()?;
    sizes.skip(4)?;
    let runs = runs(bytes, table)?;
    let mut samples = Vec::new();
    for (chunk, start) in (1u32..).zip(chunks(bytes, table)?) {
        let run = runs.partition_point(|(first, _)| *first <= chunk).checked_sub(1);
        let (_, count) = run.and_then(|run| runs.get(run)).ok_or(LOST)?;
        let mut length = same_size.checked_mul(*count).ok_or(LOST)?;
        for _ in 0..if same_size == 0 { *count } else { 0 } {
            length = length.checked_add(sizes.length32()?).ok_or(LOST)?;
        }
        samples.push(start..start.checked_add(length).ok_or(LOST)?);
    }
    Ok(samples)
}

/// From which chunk on there are how many samples in each.
fn runs(bytes: &[u8], table: &Part) -> Result<Vec<(u32, usize)>, Fault> {
    let (_, mut reader) = full(bytes, &child(bytes, table, *b"stsc")?)?;
    let count = reader.be32()?;
    let run = |_| {
        let run = (reader.be32()?, reader.length32()?);
        reader.skip(4)?;
        Ok(run)
    };
    (0..count).map(run).collect()
}

fn chunks(bytes: &[u8], table: &Part) -> Result<Vec<usize>, Fault> {
    let (part, width) = match child(bytes, table, *b"stco") {
        Ok(part) => (part, 4),
        Err(_none) => (child(bytes, table, *b"co64")?, 8),
    };
    let (_, mut reader) = full(bytes, &part)?;
    let count = reader.be32()?;
    let offset = |_| usize::try_from(reader.be(width)?).map_err(|_too_far| LOST);
    (0..count).map(offset).collect()
}
