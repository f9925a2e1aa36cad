//! What an image is, and its bytes without metadata. Takes a file's bytes, gives facts, a fault or new bytes; no disk.
//!
//! One file per format, and in each one function that walks the whole container and keeps only what draws the picture:
//! lists of what stays, never of what goes, so that tomorrow's metadata is left out too. Pixels are not decoded and not
//! changed. An image that can be examined can be published, because both are the same walk.
//!
//! What stays besides pixels: size, colour (an ICC profile without its texts, names and dates), transparency, animation,
//! pixel density, and the orientation that EXIF gives, alone in an EXIF block of its own.

mod avif;
mod exif;
mod gif;
mod icc;
mod jpeg;
mod png;
mod reader;
mod svg;
#[cfg(test)]
mod tests;
mod webp;

use std::fmt;

/// What an image is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Which kind of file.
    pub format: Format,
    /// As shown, so after any rotation that the file asks for, in pixels. None where the file does not say: an SVG with
    /// neither size nor `viewBox`.
    pub width: Option<u32>,
    /// As `width`.
    pub height: Option<u32>,
}

/// The kinds of image that a page may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// ITU-T T.81, in a JFIF or EXIF file.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// WebP, RFC 9649.
    WebP,
    /// AV1 in a HEIF file.
    Avif,
    /// GIF 87a or 89a.
    Gif,
    /// SVG 1.1 or 2.
    Svg,
}

/// Why an image cannot be published. Shown in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// None of the formats that browsers show.
    NotAnImage,
    /// The format of many phones, which most browsers do not show.
    Heic,
    /// The file breaks its format's rules: what is wrong.
    Damaged(&'static str),
    /// An SVG holds something that can run or reach out: what.
    Script(String),
    /// The file's name says another format than its bytes.
    WrongExtension {
        /// What the bytes are.
        actual: Format,
    },
}

/// Width and height in pixels, where known.
type Size = (Option<u32>, Option<u32>);

/// An image's size and its bytes without metadata.
type Cleaned = Result<(Size, Vec<u8>), Fault>;

/// What the file `name` is; its folder does not matter. `Ok` means that [`without_metadata`] succeeds too.
pub fn examine(name: &str, bytes: &[u8]) -> Result<Facts, Fault> {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_heic = ["heic", "heif"].iter().any(|one| one.eq_ignore_ascii_case(extension));
    let format = Format::of(bytes).map_err(|fault| match fault {
        Fault::NotAnImage if is_heic => Fault::Heic,
        other => other,
    })?;
    let ((width, height), _) = clean(format, bytes)?;
    if !format.extensions().iter().any(|own| own.eq_ignore_ascii_case(extension)) {
        return Err(Fault::WrongExtension { actual: format });
    }
    Ok(Facts { format, width, height })
}

/// The same picture without a word about who, where, when and with what it was made.
pub fn without_metadata(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let (_, cleaned) = clean(Format::of(bytes)?, bytes)?;
    Ok(cleaned)
}

fn clean(format: Format, bytes: &[u8]) -> Cleaned {
    match format {
        Format::Jpeg => jpeg::clean(bytes),
        Format::Png => png::clean(bytes),
        Format::WebP => webp::clean(bytes),
        Format::Avif => avif::clean(bytes),
        Format::Gif => gif::clean(bytes),
        Format::Svg => svg::clean(bytes),
    }
}

impl Format {
    /// Told by the first bytes, whatever the file's name.
    fn of(bytes: &[u8]) -> Result<Format, Fault> {
        let starts =
            |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
        if starts(0, b"\xff\xd8\xff") {
            Ok(Format::Jpeg)
        } else if starts(0, png::SIGNATURE) {
            Ok(Format::Png)
        } else if starts(0, b"RIFF") && starts(8, b"WEBP") {
            Ok(Format::WebP)
        } else if starts(0, b"GIF87a") || starts(0, b"GIF89a") {
            Ok(Format::Gif)
        } else if starts(4, b"ftyp") {
            avif::told_by_brands(bytes)
        } else if svg::is_likely(bytes) {
            Ok(Format::Svg)
        } else {
            Err(Fault::NotAnImage)
        }
    }

    /// How file names of this format end.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Format::Png => &["png", "apng"],
            Format::WebP => &["webp"],
            Format::Avif => &["avif"],
            Format::Gif => &["gif"],
            Format::Svg => &["svg"],
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Jpeg => "JPEG",
            Format::Png => "PNG",
            Format::WebP => "WebP",
            Format::Avif => "AVIF",
            Format::Gif => "GIF",
            Format::Svg => "SVG",
        })
    }
}

impl Fault {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Fault::NotAnImage => "use a JPEG, PNG, WebP, AVIF, GIF or SVG file".to_owned(),
            Fault::Heic => {
                "save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)"
                    .to_owned()
            }
            Fault::Damaged(_) => "open it in an image program and save it again".to_owned(),
            Fault::Script(_) => "save it as plain SVG without that part, or as PNG".to_owned(),
            Fault::WrongExtension { actual } => {
                let extension = actual.extensions().first().copied().unwrap_or_default();
                format!("let its name end in `.{extension}`")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotAnImage => f.write_str("this is not an image that browsers show"),
            Fault::Heic => f.write_str("this is a HEIC photo, which most browsers do not show"),
            Fault::Damaged(what) => write!(f, "this image is damaged: {what}"),
            Fault::Script(what) => {
                write!(f, "this SVG holds {what}, which a published picture must not")
            }
            Fault::WrongExtension { actual } => {
                write!(f, "this is a {actual} image under the name of another format")
            }
        }
    }
}

impl std::error::Error for Fault {}
