//! What a directory *is*: no YAML, no disk, no private facts.
//!
//! `check` alone builds these types. What must never be published has no place in them: internal groups, the `private`
//! block, links that are given on request, the whereabouts of an area venue. So nothing that renders can show it.

pub mod address;
pub mod facet;
pub mod group;
pub mod page;
pub mod settings;
pub mod venue;

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::group::Group;
use crate::model::page::{Collection, Page, Resource};
use crate::model::settings::Settings;

/// Groups on one page of the directory and of a facet's value.
pub const PAGE_SIZE: usize = 48;

/// The whole directory, sound and ready to be shown.
#[derive(Clone, Debug)]
pub struct Site {
    /// The network.
    pub settings: Settings,
    /// Every group with a page, sorted by slug: listed, unlisted, ended and, when asked for, drafts.
    pub groups: Vec<Arc<Group>>,
    /// Collections of resources, in their order.
    pub collections: Vec<Collection>,
    /// Resource pages, by collection and then in their order.
    pub resources: Vec<Resource>,
    /// Free pages, sorted by slug, without the two below.
    pub pages: Vec<Page>,
    /// What stands above the generated part of the home page.
    pub home: Option<Page>,
    /// What stands above the generated part of the get-help page.
    pub get_help: Option<Page>,
    /// Files that are copied: images that travel with a page, and the static folder. Sorted by address.
    pub files: Vec<PublishedFile>,
    /// The author's own `static/_headers`, which is merged with the generator's.
    pub headers: Option<String>,
    /// The author's own `static/_redirects`, which is merged with the generator's.
    pub redirects: Option<String>,
}

/// A file of the site that is published as it is, images without their metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFile {
    /// Its path in the output, such as `groups/tuesday/tuesday.jpg`.
    pub address: String,
    /// Where it lies now.
    pub path: PathBuf,
    /// Whether it is an image, whose metadata stays behind.
    pub image: bool,
}

/// Markdown that has become safe HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Safe HTML; links into the site are written from its root (`/groups/x/`).
    pub html: String,
    /// The same as plain text.
    pub text: String,
}

/// An image and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Address from the site's root, such as `/groups/tuesday/tuesday.jpg`.
    pub url: String,
    /// What it shows, for those who do not see it; empty for decoration.
    pub alt: String,
    /// Width and height in pixels, where the file tells.
    pub size: Option<(u32, u32)>,
}
