//! GIF: a screen, then blocks. Comments, plain text and unknown applications go; the loop count stays.

use super::reader::Reader;
use super::{Cleaned, Fault};

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3b;
const PLAIN_TEXT: u8 = 0x01;
const GRAPHIC_CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

pub(super) fn clean(bytes: &[u8]) -> Cleaned {
    let mut reader = Reader::new(bytes);
    reader.skip(6)?;
    let (width, height) = (reader.le16()?, reader.le16()?);
    let flags = reader.u8()?;
    reader.skip(2 + table_length(flags))?;
    let mut out = bytes.get(..reader.at()).unwrap_or_default().to_vec();
    let mut pictures = 0;
    // How the next picture is shown; goes with a plain text that it was meant for.
    let mut control = Vec::new();
    loop {
        // Many programs write no trailer; the end between two blocks is as good.
        match if reader.is_at_end() { TRAILER } else { reader.u8()? } {
            TRAILER if pictures == 0 => return Err(Fault::Damaged("it holds no picture")),
            TRAILER => break,
            // Some programs write one empty block too many.
            0 => {}
            IMAGE => {
                pictures += 1;
                out.append(&mut control);
                out.push(IMAGE);
                out.extend(image(&mut reader)?);
            }
            EXTENSION => {
                let label = reader.u8()?;
                let start = reader.at();
                let blocks = blocks(&mut reader)?;
                let stored = bytes.get(start..reader.at()).unwrap_or_default();
                match (label, blocks.as_slice()) {
                    (GRAPHIC_CONTROL, [four]) if four.len() == 4 => {
                        control = [&[EXTENSION, GRAPHIC_CONTROL], stored].concat();
                    }
                    (APPLICATION, [b"NETSCAPE2.0" | b"ANIMEXTS1.0", [1, low, high, ..], ..]) => {
                        out.extend(b"\x21\xff\x0bNETSCAPE2.0\x03\x01");
                        out.extend([*low, *high, 0]);
                    }
                    (PLAIN_TEXT, _) => control.clear(),
                    _ => {}
                }
            }
            _ => return Err(Fault::Damaged("its blocks are mixed up")),
        }
    }
    out.push(TRAILER);
    if width == 0 || height == 0 {
        return Err(Fault::Damaged("it does not say how large it is"));
    }
    Ok(((Some(width.into()), Some(height.into())), out))
}

/// A picture's place, its own colours and its pixels, as stored.
fn image<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Fault> {
    let mut ahead = reader.clone();
    ahead.skip(8)?;
    let flags = ahead.u8()?;
    ahead.skip(table_length(flags) + 1)?;
    blocks(&mut ahead)?;
    reader.take(ahead.at() - reader.at())
}

/// How long a colour table is that these flags announce.
fn table_length(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Blocks of up to 255 bytes, up to an empty one.
fn blocks<'a>(reader: &mut Reader<'a>) -> Result<Vec<&'a [u8]>, Fault> {
    let mut blocks = Vec::new();
    loop {
        let length = reader.u8()?;
        if length == 0 {
            return Ok(blocks);
        }
        blocks.push(reader.take(length.into())?);
    }
}
