//! Pages that are not groups: resources, their collections, and free pages.

use jiff::civil::Date;

use crate::model::Prose;
use crate::model::facet::Term;
use crate::slug::Slug;

/// A collection of resources: a subfolder of `content/resources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The folder's name.
    pub slug: Slug,
    /// Its title; the folder's name in words when it has none.
    pub title: String,
    /// What it holds.
    pub summary: Option<String>,
}

/// A resource page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The last part of its address.
    pub slug: Slug,
    /// The collection it is in, if any.
    pub collection: Option<Slug>,
    /// Old addresses: `aliases` in the same collection.
    pub aliases: Vec<Slug>,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// What it is about.
    pub topics: Vec<Term>,
    /// For whom it is.
    pub audience: Vec<Term>,
    /// When its text last changed.
    pub updated: Option<Date>,
    /// Groups it names, only those that may be linked.
    pub related_groups: Vec<Slug>,
    /// Said before the text.
    pub content_note: Option<String>,
    /// The text.
    pub body: Prose,
    /// Headings of the text with their ids, for a table of contents.
    pub headings: Vec<Heading>,
}

/// A heading that can be linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6, as in the page.
    pub level: u8,
    /// The fragment.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A free page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub slug: Slug,
    /// Old addresses.
    pub aliases: Vec<Slug>,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// When its text last changed.
    pub updated: Option<Date>,
    /// The text.
    pub body: Prose,
}

impl Resource {
    /// Its address from the site's root, such as `/resources/start-a-group/where/`.
    pub fn url(&self) -> String {
        self.url_of(&self.slug)
    }

    /// The address that one of its slugs, old or new, has or had.
    pub fn url_of(&self, slug: &Slug) -> String {
        match &self.collection {
            Some(collection) => format!("/resources/{collection}/{slug}/"),
            None => format!("/resources/{slug}/"),
        }
    }
}
