//! PNG: a row of chunks, each with a checksum. Chunks that draw stay as they are.

use std::io::Read as _;

use flate2::Compression;
use flate2::Crc;
use flate2::read::{ZlibDecoder, ZlibEncoder};

use super::exif::Orientation;
use super::reader::Reader;
use super::{Cleaned, Fault, Size, icc};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What draws: PNG (Third Edition) §11 without the texts, the time, the palette and histogram for old screens, and EXIF.
const KEPT: [&[u8; 4]; 15] = [
    b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
    b"cICP", b"mDCV", b"acTL", b"fcTL", b"fdAT",
];
/// Colour profiles are some kilobytes; more than this is none.
const LARGEST_PROFILE: u64 = 1 << 22;

pub(super) fn clean(bytes: &[u8]) -> Cleaned {
    let mut reader = Reader::new(bytes);
    let mut out = reader.take(SIGNATURE.len())?.to_vec();
    let (name, contents) = next_chunk(&mut reader)?;
    let size = size(name, contents)?;
    chunk(&mut out, name, contents);
    let mut orientation = None;
    let mut pixels_at = None;
    loop {
        let (name, contents) = next_chunk(&mut reader)?;
        match &name {
            b"eXIf" => orientation = orientation.or(Orientation::read(contents)),
            b"iCCP" => write_profile(&mut out, contents),
            _ => {
                if &name == b"IDAT" && pixels_at.is_none() {
                    pixels_at = Some(out.len());
                }
                if KEPT.contains(&&name) {
                    chunk(&mut out, name, contents);
                }
            }
        }
        if &name == b"IEND" {
            break;
        }
    }
    let pixels_at = pixels_at.ok_or(Fault::Damaged("it holds no picture"))?;
    if let Some(orientation) = orientation {
        let mut exif = Vec::new();
        chunk(&mut exif, *b"eXIf", &orientation.tiff());
        out.splice(pixels_at..pixels_at, exif);
    }
    Ok((Orientation::shown(orientation, size), out))
}

fn next_chunk<'a>(reader: &mut Reader<'a>) -> Result<([u8; 4], &'a [u8]), Fault> {
    let length = reader.length32()?;
    let name = reader.array()?;
    let contents = reader.take(length)?;
    if reader.be32()? != checksum(name, contents) {
        return Err(Fault::Damaged("a checksum is wrong"));
    }
    Ok((name, contents))
}

fn size(name: [u8; 4], contents: &[u8]) -> Result<Size, Fault> {
    let mut header = Reader::new(contents);
    let (width, height) = (header.be32()?, header.be32()?);
    if &name != b"IHDR" || contents.len() != 13 || width == 0 || height == 0 {
        return Err(Fault::Damaged("its header is wrong"));
    }
    Ok((Some(width), Some(height)))
}

/// Name, method and a compressed profile; the name goes, and so do the profile's words. One that cannot be read goes
/// as a whole, as browsers pass it over.
fn write_profile(out: &mut Vec<u8>, contents: &[u8]) {
    let Some(name_end) = contents.iter().position(|byte| *byte == 0) else { return };
    let Some([0, compressed @ ..]) = contents.get(name_end + 1..) else { return };
    let mut profile = Vec::new();
    if ZlibDecoder::new(compressed).take(LARGEST_PROFILE).read_to_end(&mut profile).is_err() {
        return;
    }
    let Some(profile) = icc::without_words(&profile) else { return };
    let mut written = b"ICC\0\0".to_vec();
    let packed =
        ZlibEncoder::new(profile.as_slice(), Compression::default()).read_to_end(&mut written);
    packed.expect("memory can be read and written");
    chunk(out, *b"iCCP", &written);
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], contents: &[u8]) {
    let length = u32::try_from(contents.len()).expect("a chunk's length was read from 32 bits");
    out.extend(length.to_be_bytes());
    out.extend(name);
    out.extend(contents);
    out.extend(checksum(name, contents).to_be_bytes());
}

fn checksum(name: [u8; 4], contents: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(&name);
    crc.update(contents);
    crc.sum()
}
