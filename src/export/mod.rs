//! 3b. What machines read: one file per format, each a pure function from plain values to bytes or text.
//!
//! The files for hosts: GitHub Pages reads [`NOJEKYLL`] and [`cname`]; Netlify and Cloudflare Pages read [`headers`] and
//! [`redirects`]; search engines read [`robots`] and [`sitemap`]. Calendars and the finder's index take a whole edition.

pub mod calendar;
pub mod cname;
pub mod finder;
pub mod headers;
pub mod redirects;
pub mod robots;
pub mod sitemap;

/// Path and content of the file that keeps GitHub Pages from running Jekyll, which leaves out names that begin with `_`.
pub const NOJEKYLL: (&str, &[u8]) = (".nojekyll", b"");
