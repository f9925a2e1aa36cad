//! Slugs.

use std::fmt;

/// A slug.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// Why not.
#[derive(Debug)]
pub struct SlugError;

impl Slug {
    /// Strict.
    pub fn parse(text: &str) -> Result<Slug, SlugError> {
        Ok(Slug(text.to_owned()))
    }
    /// From any text.
    pub fn from_text(text: &str) -> Option<Slug> {
        Some(Slug(deunicode::deunicode(text)))
    }
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
