//! JPEG: a row of segments, then scans. Everything after the end of the image is left out: other pictures, films of
//! "motion photos", notes of editors.

use super::exif::Orientation;
use super::reader::Reader;
use super::{Cleaned, Fault, Size, icc};

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";

/// What stays, in the order it is written.
#[derive(Default)]
struct Parts<'a> {
    jfif: Option<[u8; 14]>,
    orientation: Option<Orientation>,
    /// Number of the part, number of parts, bytes.
    profile: Vec<(u8, u8, &'a [u8])>,
    adobe: Option<&'a [u8]>,
    size: Option<Size>,
    /// Tables, frames and scans, as they were.
    image: Vec<u8>,
}

pub(super) fn clean(bytes: &[u8]) -> Cleaned {
    let mut reader = Reader::new(bytes);
    reader.skip(2)?;
    let mut parts = Parts::default();
    let mut scans = 0;
    loop {
        let marker = next_marker(&mut reader)?;
        match marker {
            EOI if scans == 0 => return Err(Fault::Damaged("it holds no picture")),
            EOI => break,
            // Markers without a length; none of them has a place between segments.
            0x00 | 0x01 | SOI | 0xd0..=0xd7 => {}
            _ => {
                let length = usize::from(reader.be16()?).checked_sub(2);
                let contents = reader
                    .take(length.ok_or(Fault::Damaged("a segment is shorter than nothing"))?)?;
                parts.add(marker, contents)?;
                if marker == SOS {
                    scans += 1;
                    parts.image.extend(take_scan(&mut reader)?);
                }
            }
        }
    }
    parts.write()
}

/// Reads up to a marker's second byte; passes over what stands between segments, as all decoders do.
fn next_marker(reader: &mut Reader<'_>) -> Result<u8, Fault> {
    while reader.u8()? != 0xff {}
    loop {
        let marker = reader.u8()?;
        // Any number of fill bytes may stand before a marker; T.81 §B.1.1.2.
        if marker != 0xff {
            return Ok(marker);
        }
    }
}

/// Compressed pixels up to the next marker that is neither a restart nor an escaped byte.
fn take_scan<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Fault> {
    let rest = reader.rest();
    let is_marker = |at: &usize| {
        rest.get(at + 1).is_some_and(|byte| !matches!(byte, 0x00 | 0xd0..=0xd7 | 0xff))
    };
    let length = memchr::memchr_iter(0xff, rest).find(is_marker);
    let length = length.ok_or(Fault::Damaged("it ends before the picture does"))?;
    // Fill bytes before the marker belong to it.
    let fill = rest
        .get(..length)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|byte| **byte == 0xff)
        .count();
    let scan = reader.take(length - fill)?;
    Ok(scan)
}

impl<'a> Parts<'a> {
    fn add(&mut self, marker: u8, contents: &'a [u8]) -> Result<(), Fault> {
        match marker {
            APP0 if contents.starts_with(b"JFIF\0") && self.jfif.is_none() => {
                self.jfif = jfif(contents);
            }
            APP1 if contents.starts_with(EXIF) && self.orientation.is_none() => {
                self.orientation = contents.get(EXIF.len()..).and_then(Orientation::read);
            }
            APP2 if contents.starts_with(ICC) => {
                let mut reader = Reader::new(contents.get(ICC.len()..).unwrap_or_default());
                self.profile.push((reader.u8()?, reader.u8()?, reader.rest()));
            }
            // Says how the colours are stored, in twelve bytes; what follows them is not ours to know.
            APP14 if contents.starts_with(b"Adobe") && self.adobe.is_none() => {
                self.adobe = contents.get(..12);
            }
            // Tables, frames, restart intervals, scans.
            0xc0..=0xcf | 0xda..=0xdf => {
                if is_frame(marker) {
                    self.size.get_or_insert(frame_size(contents)?);
                }
                segment(&mut self.image, marker, contents);
            }
            // Everything else is metadata or unknown, comments (FE) and all applications among them.
            _ => {}
        }
        Ok(())
    }

    fn write(mut self) -> Cleaned {
        let size = self.size.ok_or(Fault::Damaged("it does not say how large it is"))?;
        let mut out = vec![0xff, SOI];
        if let Some(jfif) = self.jfif {
            segment(&mut out, APP0, &jfif);
        }
        if let Some(orientation) = self.orientation {
            segment(&mut out, APP1, &[EXIF, &orientation.tiff()].concat());
        }
        self.write_profile(&mut out);
        if let Some(adobe) = self.adobe {
            segment(&mut out, APP14, adobe);
        }
        out.append(&mut self.image);
        out.extend([0xff, EOI]);
        Ok((Orientation::shown(self.orientation, size), out))
    }

    /// A profile is put together, as its tags may lie across segments, and cut at the same places again.
    fn write_profile(&mut self, out: &mut Vec<u8>) {
        self.profile.sort_by_key(|(number, _, _)| *number);
        let profile: Vec<u8> =
            self.profile.iter().flat_map(|(_, _, bytes)| *bytes).copied().collect();
        let Some(profile) = icc::without_words(&profile) else { return };
        let mut rest = profile.as_slice();
        for (number, count, bytes) in &self.profile {
            let (part, others) = rest.split_at(bytes.len());
            segment(out, APP2, &[ICC, &[*number, *count], part].concat());
            rest = others;
        }
    }
}

/// The JFIF header without its thumbnail, which may show what was cut from the picture.
fn jfif(contents: &[u8]) -> Option<[u8; 14]> {
    let mut header: [u8; 14] = contents.get(..14)?.try_into().ok()?;
    let [.., width, height] = &mut header;
    (*width, *height) = (0, 0);
    Some(header)
}

/// SOF0 to SOF15; between them lie the tables DHT, JPG and DAC.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

fn frame_size(contents: &[u8]) -> Result<Size, Fault> {
    let mut reader = Reader::new(contents);
    reader.skip(1)?;
    let (height, width) = (reader.be16()?, reader.be16()?);
    if width == 0 {
        return Err(Fault::Damaged("it is no pixel wide"));
    }
    // A height of 0 is told after the first scan, which hardly any program writes.
    Ok((Some(width.into()), (height > 0).then_some(height.into())))
}

fn segment(out: &mut Vec<u8>, marker: u8, contents: &[u8]) {
    let length = u16::try_from(contents.len() + 2).expect("no longer than it was, and that fitted");
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend(contents);
}
