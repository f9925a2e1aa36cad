//! The one fact of an EXIF block that belongs to the picture: which way up it is.

use super::reader::Reader;
use super::{Fault, Size};

/// TIFF tag of the orientation; EXIF 3.0 §4.6.5.
const ORIENTATION: u16 = 0x0112;
/// TIFF type of a 16-bit number.
const SHORT: u16 = 3;

/// How the stored pixels are turned or mirrored for showing; 2 to 8 as in EXIF. What is upright has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Orientation(u8);

impl Orientation {
    /// What a TIFF block says in its first directory; none where it is broken, as browsers read it.
    pub(super) fn read(tiff: &[u8]) -> Option<Orientation> {
        read(tiff).ok().flatten()
    }

    /// A whole TIFF block that says this and nothing else.
    pub(super) fn tiff(self) -> Vec<u8> {
        let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
        tiff.extend(ORIENTATION.to_be_bytes());
        tiff.extend(SHORT.to_be_bytes());
        tiff.extend([0, 0, 0, 1, 0, self.0, 0, 0, 0, 0, 0, 0]);
        tiff
    }

    /// The size as shown of pixels stored in this orientation.
    pub(super) fn shown(orientation: Option<Orientation>, (width, height): Size) -> Size {
        match orientation {
            Some(Orientation(5..)) => (height, width),
            _ => (width, height),
        }
    }
}

fn read(tiff: &[u8]) -> Result<Option<Orientation>, Fault> {
    let mut reader = Reader::new(tiff);
    let little = match &reader.array::<4>()? {
        b"II\x2a\0" => true,
        b"MM\0\x2a" => false,
        _ => return Ok(None),
    };
    let short = |reader: &mut Reader<'_>| if little { reader.le16() } else { reader.be16() };
    let directory = if little { reader.le32()? } else { reader.be32()? };
    let mut reader = Reader::new(tiff);
    reader.skip(usize::try_from(directory).unwrap_or(usize::MAX))?;
    for _ in 0..short(&mut reader)? {
        let mut entry = Reader::new(reader.take(12)?);
        let (tag, kind) = (short(&mut entry)?, short(&mut entry)?);
        entry.skip(4)?;
        if tag == ORIENTATION && kind == SHORT {
            let value = u8::try_from(short(&mut entry)?).unwrap_or(0);
            return Ok((2..=8).contains(&value).then_some(Orientation(value)));
        }
    }
    Ok(None)
}
