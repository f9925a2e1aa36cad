//! The items of a HEIF file, ISO/IEC 23008-12 and 14496-12 §8.11: which of them are pictures, where they lie, and how
//! large the first one is shown.

use std::ops::Range;

use super::super::reader::Reader;
use super::super::{Fault, Size};
use super::boxes::{self, Part};
use super::full;

/// Coded pictures, and pictures made from others: grids, overlays, identities, tone maps.
const PICTURES: [&[u8; 4]; 5] = [b"av01", b"grid", b"iovl", b"iden", b"tmap"];

pub(super) struct Items {
    pub(super) size: Size,
    /// Where in the file pictures lie.
    pub(super) pictures: Vec<Range<usize>>,
    /// Where EXIF blocks begin and how far they go.
    pub(super) exif: Vec<Range<usize>>,
    /// The store for small items inside the meta box, where there is one.
    pub(super) store: Option<Range<usize>>,
}

/// One line of the list of items.
pub(super) struct Entry {
    id: u32,
    kind: [u8; 4],
    /// Where its name, content type or address stands in the file.
    pub(super) words: Range<usize>,
}

/// Places of one item.
struct Location {
    id: u32,
    /// 0: in the file, 1: in the store; ISO/IEC 14496-12 §8.11.3.
    method: u16,
    is_elsewhere: bool,
    extents: Vec<(u64, u64)>,
}

pub(super) fn read(bytes: &[u8], meta: &Part) -> Result<Items, Fault> {
    let parts = boxes::parts(bytes, meta.body + 4..meta.end)?;
    let find = |kind: &[u8; 4]| parts.iter().find(|part| &part.kind == kind);
    let need = |kind: &[u8; 4]| find(kind).ok_or(Fault::Damaged("it holds no picture"));
    let entries = entries(bytes, need(b"iinf")?)?;
    let primary = primary(bytes, need(b"pitm")?)?;
    match entries.iter().find(|entry| entry.id == primary) {
        Some(entry) if PICTURES.contains(&&entry.kind) => {}
        Some(entry) if [b"hvc1", b"hev1"].contains(&&entry.kind) => return Err(Fault::Heic),
        _ => return Err(Fault::Damaged("it holds no picture")),
    }
    let store = find(b"idat").map(|part| part.body..part.end);
    let mut items = Items {
        size: size(bytes, need(b"iprp")?, primary)?,
        pictures: Vec::new(),
        exif: Vec::new(),
        store,
    };
    for location in locations(bytes, need(b"iloc")?)? {
        let kind = entries.iter().find(|entry| entry.id == location.id).map(|entry| entry.kind);
        if kind.is_some_and(|kind| PICTURES.contains(&&kind)) {
            items.pictures.extend(location.ranges(items.store.as_ref(), bytes.len())?);
        } else if kind == Some(*b"Exif")
            && let Ok(ranges) = location.ranges(items.store.as_ref(), bytes.len())
        {
            items.exif.extend(ranges.into_iter().next());
        }
    }
    Ok(items)
}

/// The list of items.
pub(super) fn entries(bytes: &[u8], list: &Part) -> Result<Vec<Entry>, Fault> {
    let (version, mut reader) = full(bytes, list)?;
    reader.skip(if version == 0 { 2 } else { 4 })?;
    let start = list.body + reader.at();
    let mut entries = Vec::new();
    for part in boxes::parts(bytes, start..list.end)? {
        let (version, mut reader) = full(bytes, &part)?;
        let id = if version < 3 { reader.be16()?.into() } else { reader.be32()? };
        reader.skip(2)?;
        // The first versions have no kinds; none of their items is a picture.
        let kind = if version < 2 { [0; 4] } else { reader.array()? };
        entries.push(Entry { id, kind, words: part.body + reader.at()..part.end });
    }
    Ok(entries)
}

fn primary(bytes: &[u8], part: &Part) -> Result<u32, Fault> {
    let (version, mut reader) = full(bytes, part)?;
    if version == 0 { reader.be16().map(u32::from) } else { reader.be32() }
}

fn locations(bytes: &[u8], part: &Part) -> Result<Vec<Location>, Fault> {
    let (version, mut reader) = full(bytes, part)?;
    let sizes = reader.be16()?;
    let size = |shift: u16| usize::from(sizes >> shift & 0xf);
    let (offset, length, base, index) =
        (size(12), size(8), size(4), if version == 0 { 0 } else { size(0) });
    let count = if version < 2 { reader.be16()?.into() } else { reader.be32()? };
    let mut locations = Vec::new();
    for _ in 0..count {
        let id = if version < 2 { reader.be16()?.into() } else { reader.be32()? };
        let method = if version == 0 { 0 } else { reader.be16()? & 0xf };
        let is_elsewhere = reader.be16()? != 0;
        let base = reader.be(base)?;
        let mut extents = Vec::new();
        for _ in 0..reader.be16()? {
            reader.skip(index)?;
            let start = reader.be(offset)?.checked_add(base).ok_or(LOST)?;
            extents.push((start, reader.be(length)?));
            // An extent of no bytes would let a short file ask for a long list.
            if offset + length == 0 {
                break;
            }
        }
        locations.push(Location { id, method, is_elsewhere, extents });
    }
    Ok(locations)
}

const LOST: Fault = Fault::Damaged("it does not say where the picture is");

impl Location {
    /// As places in the file.
    fn ranges(
        &self,
        store: Option<&Range<usize>>,
        file: usize,
    ) -> Result<Vec<Range<usize>>, Fault> {
        let room = match (self.method, store) {
            _ if self.is_elsewhere => return Err(LOST),
            (0, _) => 0..file,
            (1, Some(store)) => store.clone(),
            _ => return Err(LOST),
        };
        let range = |(start, length): &(u64, u64)| {
            let start = usize::try_from(*start).ok()?.checked_add(room.start)?;
            // No length means all that is left.
            let end = if *length == 0 {
                room.end
            } else {
                start.checked_add(usize::try_from(*length).ok()?)?
            };
            (start <= end && end <= room.end).then_some(start..end)
        };
        self.extents.iter().map(range).collect::<Option<_>>().ok_or(LOST)
    }
}

/// Width and height of an item, after its rotation.
fn size(bytes: &[u8], properties: &Part, item: u32) -> Result<Size, Fault> {
    let parts = boxes::parts(bytes, properties.body..properties.end)?;
    let mut list = Vec::new();
    for part in parts.iter().filter(|part| &part.kind == b"ipco") {
        list = boxes::parts(bytes, part.body..part.end)?;
    }
    let mut size = None;
    let mut is_turned = false;
    for part in parts.iter().filter(|part| &part.kind == b"ipma") {
        for index in associations(bytes, part, item)? {
            let Some(property) = index.checked_sub(1).and_then(|index| list.get(index)) else {
                continue;
            };
            let mut reader =
                Reader::new(bytes.get(property.body..property.end).unwrap_or_default());
            match &property.kind {
                b"ispe" => {
                    reader.skip(4)?;
                    size = Some((reader.be32()?, reader.be32()?));
                }
                b"irot" => is_turned = reader.u8()? & 1 == 1,
                _ => {}
            }
        }
    }
    let (width, height) = size.ok_or(Fault::Damaged("it does not say how large it is"))?;
    Ok(if is_turned { (Some(height), Some(width)) } else { (Some(width), Some(height)) })
}

/// The numbers of the properties that an item has, from 1.
fn associations(bytes: &[u8], part: &Part, item: u32) -> Result<Vec<usize>, Fault> {
    let (version, mut reader) = full(bytes, part)?;
    let is_wide = bytes.get(part.body + 3).is_some_and(|flags| flags & 1 == 1);
    let mut indices = Vec::new();
    for _ in 0..reader.be32()? {
        let id = if version < 1 { reader.be16()?.into() } else { reader.be32()? };
        for _ in 0..reader.u8()? {
            // The highest bit says that a reader must know the property.
            let index = if is_wide {
                usize::from(reader.be16()? & 0x7fff)
            } else {
                usize::from(reader.u8()? & 0x7f)
            };
            if id == item {
                indices.push(index);
            }
        }
    }
    Ok(indices)
}
