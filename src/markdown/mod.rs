//! Markdown to HTML that is safe to publish, whatever was written.
//!
//! Takes the Markdown of a body ([`blocks()`]) or of a one-line field ([`inline()`]); gives HTML, plain text, and every
//! heading, link and image with its place in the source, so that links can be checked without reading HTML again.
//! Raw HTML is shown as text. No link leads anywhere but into the site, to the web, to a mailbox or to a telephone, and
//! no image comes from elsewhere. Never reads a file, and knows no page: `address` says where things stand.
//!
//! `destination` judges where a link or an image leads; `spans` handles what stands inside a line, for both; `blocks`
//! and `inline` handle what lines are made into.

mod blocks;
mod destination;
#[cfg(test)]
mod hostile;
mod ids;
mod inline;
mod spans;

use std::ops::Range;

pub use blocks::blocks;
pub use inline::inline;

/// Identifiers that the theme uses; a heading of that name gets `-2`.
pub const RESERVED_IDS: &[&str] = &["main", "content", "help", "top"];

/// What the author's Markdown became. All ranges are bytes of the source that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    /// For the page, complete and escaped.
    pub html: String,
    /// In the order of the page; those without words are left out.
    pub headings: Vec<Heading>,
    /// In the order of the source, also those that lead nowhere, but not the unsafe ones.
    pub links: Vec<Link>,
    /// In the order of the source, also those that do not exist, but not the unsafe and remote ones.
    pub images: Vec<Image>,
    /// What was shown as text instead of being obeyed.
    pub problems: Vec<Problem>,
    /// The words alone, for search and descriptions: a line per block, alternative texts included.
    pub text: String,
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// In the page: 2 to 6, because the page's title is its only first heading. No level is skipped.
    pub level: u8,
    /// What `#…` in an address names.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The whole heading.
    pub range: Range<usize>,
}

/// A link, of any form that Markdown has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As written, with entities and backslash escapes decoded; `mailto:` is added where `<a@example.org>` implies it.
    pub destination: String,
    /// The whole link.
    pub range: Range<usize>,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// As written, with entities and backslash escapes decoded.
    pub destination: String,
    /// The alternative text without markup; empty where there is none.
    pub alt: String,
    /// The whole image.
    pub range: Range<usize>,
}

/// Something that an author wrote and a page must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The HTML as written, or the decoded destination; for messages, so without control characters.
    pub text: String,
    /// The HTML, or the whole link or image.
    pub range: Range<usize>,
}

/// What kind of thing a page must not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// HTML, a comment included; shown as text. The end tag of a reported tag is not reported.
    RawHtml,
    /// A link or image whose destination is neither in the site nor http, https, mailto or tel; its text is shown.
    UnsafeLink,
    /// An image on another site, which would learn who reads the page; its alternative text is shown.
    RemoteImage,
}

/// What asks for an address: a destination in the site as written, with entities and backslash escapes decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A link: `#x`, `x`, `../x`, `/x`, or the empty text.
    Link(&'a str),
    /// An image: `x`, `../x`, `/x`.
    Image(&'a str),
}

/// What a destination in the site becomes in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// It stands there.
    To {
        /// For `href` or `src`, not escaped. One that is not safe counts as [`Address::Nowhere`].
        url: String,
        /// Width and height of an image in pixels, where known.
        size: Option<(u32, u32)>,
    },
    /// Nothing stands there: the link's text, or the image's alternative text, is shown alone.
    Nowhere,
}
