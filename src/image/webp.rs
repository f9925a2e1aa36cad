//! WebP: chunks in a RIFF file, RFC 9649.

use super::exif::Orientation;
use super::reader::Reader;
use super::{Cleaned, Fault, Size, icc};

/// Bits of the extended header: profile, transparency, EXIF, XMP, animation.
const ICC: u8 = 0x20;
const ALPHA: u8 = 0x10;
const EXIF: u8 = 0x08;
const ANIMATION: u8 = 0x02;

pub(super) fn clean(bytes: &[u8]) -> Cleaned {
    let mut file = Reader::new(bytes);
    file.skip(4)?;
    let length = length(&mut file)?;
    let mut reader = Reader::new(file.take(length)?);
    reader.skip(4)?;
    let mut parts = Parts::default();
    while !reader.is_at_end() {
        let (name, contents) = chunk(&mut reader)?;
        parts.add(name, contents)?;
    }
    parts.write()
}

#[derive(Default)]
struct Parts {
    /// The extended header's ten bytes, where the file has one.
    extended: Option<[u8; 10]>,
    size: Option<Size>,
    orientation: Option<Orientation>,
    has_profile: bool,
    has_picture: bool,
    out: Vec<u8>,
}

impl Parts {
    fn add(&mut self, name: [u8; 4], contents: &[u8]) -> Result<(), Fault> {
        match &name {
            b"VP8X" => {
                let header = Reader::new(contents).array::<10>()?;
                self.extended.get_or_insert(header);
            }
            b"ICCP" => {
                if let Some(profile) = icc::without_words(contents) {
                    self.has_profile = true;
                    write_chunk(&mut self.out, name, &profile);
                }
            }
            b"VP8 " | b"VP8L" => {
                let size =
                    if &name == b"VP8L" { lossless_size(contents)? } else { lossy_size(contents)? };
                self.size.get_or_insert(size);
                self.has_picture = true;
                write_chunk(&mut self.out, name, contents);
            }
            b"ALPH" | b"ANIM" => write_chunk(&mut self.out, name, contents),
            b"ANMF" => {
                self.has_picture = true;
                write_chunk(&mut self.out, name, &frame(contents)?);
            }
            // With or without the mark that JPEG files put before it.
            b"EXIF" => {
                let tiff = contents.strip_prefix(b"Exif\0\0".as_slice()).unwrap_or(contents);
                self.orientation = self.orientation.or(Orientation::read(tiff));
            }
            _ => {}
        }
        Ok(())
    }

    fn write(mut self) -> Cleaned {
        if !self.has_picture {
            return Err(Fault::Damaged("it holds no picture"));
        }
        let mut header = Vec::new();
        if let Some(mut extended) = self.extended {
            // Only an extended file may say how it is turned.
            if let Some(orientation) = self.orientation {
                write_chunk(&mut self.out, *b"EXIF", &orientation.tiff());
            }
            let flag = |is_set: bool, bit: u8| if is_set { bit } else { 0 };
            let [flags, reserved @ .., w0, w1, w2, h0, h1, h2] = &mut extended;
            *flags = *flags & (ALPHA | ANIMATION)
                | flag(self.has_profile, ICC)
                | flag(self.orientation.is_some(), EXIF);
            *reserved = [0; 3];
            let edge = |bytes: [u8; 3]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]) + 1;
            self.size = Some((Some(edge([*w0, *w1, *w2])), Some(edge([*h0, *h1, *h2]))));
            write_chunk(&mut header, *b"VP8X", &extended);
        } else {
            self.orientation = None;
        }
        let size = self.size.ok_or(Fault::Damaged("it does not say how large it is"))?;
        let length =
            u32::try_from(4 + header.len() + self.out.len()).expect("little longer than it was");
        let out = [b"RIFF", length.to_le_bytes().as_slice(), b"WEBP", &header, &self.out].concat();
        Ok((Orientation::shown(self.orientation, size), out))
    }
}

/// One picture of an animation: sixteen bytes of where and how long, then chunks of its own.
fn frame(contents: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut reader = Reader::new(contents);
    let mut frame = reader.take(16)?.to_vec();
    while !reader.is_at_end() {
        let (name, contents) = chunk(&mut reader)?;
        if [b"ALPH", b"VP8 ", b"VP8L"].contains(&&name) {
            write_chunk(&mut frame, name, contents);
        }
    }
    Ok(frame)
}

fn length(reader: &mut Reader<'_>) -> Result<usize, Fault> {
    usize::try_from(reader.le32()?).map_err(|_too_long| Fault::Damaged("a part is too long"))
}

fn chunk<'a>(reader: &mut Reader<'a>) -> Result<([u8; 4], &'a [u8]), Fault> {
    let name = reader.array()?;
    let length = length(reader)?;
    let contents = reader.take(length)?;
    // Some programs leave out the byte that makes the last chunk even.
    if length % 2 == 1 && !reader.is_at_end() {
        reader.skip(1)?;
    }
    Ok((name, contents))
}

fn write_chunk(out: &mut Vec<u8>, name: [u8; 4], contents: &[u8]) {
    let length = u32::try_from(contents.len()).expect("a chunk's length was read from 32 bits");
    out.extend(name);
    out.extend(length.to_le_bytes());
    out.extend(contents);
    if contents.len() % 2 == 1 {
        out.push(0);
    }
}

/// RFC 6386 §9.1.
fn lossy_size(contents: &[u8]) -> Result<Size, Fault> {
    let mut reader = Reader::new(contents);
    reader.skip(3)?;
    if reader.array()? != [0x9d, 0x01, 0x2a] {
        return Err(Fault::Damaged("its picture does not begin as one"));
    }
    let (width, height) = (reader.le16()? & 0x3fff, reader.le16()? & 0x3fff);
    Ok((Some(width.into()), Some(height.into())))
}

/// RFC 9649 §3.4.
fn lossless_size(contents: &[u8]) -> Result<Size, Fault> {
    let mut reader = Reader::new(contents);
    if reader.u8()? != 0x2f {
        return Err(Fault::Damaged("its picture does not begin as one"));
    }
    let bits = reader.le32()?;
    Ok((Some((bits & 0x3fff) + 1), Some((bits >> 14 & 0x3fff) + 1)))
}
