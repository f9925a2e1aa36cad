//! Pages for the frames of other sites: the card of one group, and the list of a facet's value; and the code that puts
//! them there.
//!
//! A group has no file of its own for this. The cards of all groups lie on a few shelves, each a page, and the style
//! sheet shows the one that the address names: `/embed/1f/#tuesday-circle`. Groups that lists leave out are on no shelf,
//! and neither are drafts: what other sites show is for everybody.

use xxhash_rust::xxh3::xxh3_64;

use crate::model::Site;
use crate::model::group::{Group, Visibility};
use crate::render::context::{EmbeddedCard, EmbeddedCards, EmbeddedList};
use crate::render::edition::{Edition, cards};
use crate::render::index::{facet_url, on_page};
use crate::render::{facet_title, words};
use crate::slug::Slug;

/// How many shelves there are. This number and the hash stand in the addresses that others have pasted into their pages,
/// so neither ever changes. Of ten thousand groups a shelf holds some 156 cards, which is 16 KB as a host sends them;
/// where each group had a page, every build would write twice as many files.
const SHELVES: u64 = 64;

/// The height of a card's frame, in CSS pixels: nine of ten cards need no more where the frame is 360 wide; others scroll.
const CARD_HEIGHT: u32 = 460;

/// The height of a list's frame: it scrolls.
const LIST_HEIGHT: u32 = 600;

/// What a frame may do: its links open outside of it, and nothing else.
const SANDBOX: &str =
    "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

/// Whether other sites may show a group.
fn is_shown(group: &Group) -> bool {
    matches!(group.visibility, Visibility::Listed) && group.is_listed()
}

fn shelf(slug: &Slug) -> u64 {
    xxh3_64(slug.as_str().as_bytes()) % SHELVES
}

/// The address of a shelf.
pub(crate) fn shelf_url(shelf: u64) -> String {
    format!("/embed/{shelf:02x}/")
}

/// The address of the shelf that holds a name.
pub(crate) fn shelf_url_of(name: &Slug) -> String {
    shelf_url(shelf(name))
}

/// The shelf that an address names in its second part, as [`shelf_url`] writes it.
pub(crate) fn shelf_of(written: &str) -> Option<u64> {
    let shelf = u64::from_str_radix(written, 16).ok()?;
    (format!("{shelf:02x}") == written).then_some(shelf)
}

/// The shelves that hold cards, in order.
pub(crate) fn shelves(site: &Site) -> Vec<u64> {
    let mut is_used = vec![false; usize::try_from(SHELVES).unwrap_or_default()];
    for (name, _) in entries(site) {
        let used = usize::try_from(shelf(name)).ok().and_then(|at| is_used.get_mut(at));
        *used.expect("there are no more shelves") = true;
    }
    (0..).zip(is_used).filter(|(_, is_used)| *is_used).map(|(shelf, _)| shelf).collect()
}

/// What may be asked for, with the position of its group: slugs and old slugs.
fn entries(site: &Site) -> impl Iterator<Item = (&Slug, usize)> {
    let shown = site.groups.iter().enumerate().filter(|(_, group)| is_shown(group));
    shown.flat_map(|(at, group)| {
        std::iter::once(&group.slug).chain(&group.aliases).map(move |name| (name, at))
    })
}

/// The cards of a shelf.
pub(crate) fn on_shelf(edition: &Edition, number: u64) -> EmbeddedCards {
    let entries = entries(&edition.site).filter(|(name, _)| shelf(name) == number);
    let cards = entries.flat_map(|(name, at)| {
        let cards = cards(&[at]).into_iter();
        cards.map(|card| EmbeddedCard { name: name.to_string(), card })
    });
    EmbeddedCards { cards: cards.collect() }
}

/// The groups of a facet's value that other sites may show.
fn shown_of(edition: &Edition, facet: usize, value: usize) -> Vec<usize> {
    let groups = edition.index.facets[facet].values[value].groups.iter().copied();
    groups.filter(|&at| is_shown(&edition.site.groups[at])).collect()
}

/// The address of a facet's value for frames, where there is anything to show.
pub(crate) fn list_url(edition: &Edition, facet: usize, value: usize) -> Option<String> {
    let pages = &edition.index.facets[facet];
    let value = &pages.values[value];
    let is_any = value.groups.iter().any(|&at| is_shown(&edition.site.groups[at]));
    is_any.then(|| format!("/embed/{}/{}/", pages.facet.name(), value.key))
}

/// The list of a facet's value.
pub(crate) fn list(edition: &Edition, facet: usize, value: usize) -> EmbeddedList {
    let texts = edition.texts();
    let pages = &edition.index.facets[facet];
    let shown = shown_of(edition, facet, value);
    let first = on_page(&shown, 1);
    let count = shown.len() as u64;
    EmbeddedList {
        count: texts.count("directory.count", count, &[]),
        cards: cards(first),
        url: facet_url(pages.facet, pages.values[value].key.as_str()),
        more: (first.len() < shown.len()).then(|| texts.count("embed.all", count, &[])),
    }
}

/// What one pastes into a page to show a group's card; none where the site does not know its own address.
pub(crate) fn code_of_group(edition: &Edition, at: usize) -> Option<String> {
    let group = &edition.site.groups[at];
    let url = format!("{}#{}", shelf_url_of(&group.slug), group.slug);
    is_shown(group).then(|| code(edition, &url, &group.title, CARD_HEIGHT)).flatten()
}

/// The same for the list of a facet's value.
pub(crate) fn code_of_list(edition: &Edition, facet: usize, value: usize) -> Option<String> {
    let url = list_url(edition, facet, value)?;
    code(edition, &url, &facet_title(edition, facet, value), LIST_HEIGHT)
}

fn code(edition: &Edition, url: &str, title: &str, height: u32) -> Option<String> {
    let url = words::escaped(&edition.site.settings.base_url.as_ref()?.join(url));
    let title = words::escaped(title);
    Some(format!(
        "<iframe src=\"{url}\" title=\"{title}\" width=\"100%\" height=\"{height}\" style=\"border:0\" loading=\"lazy\" \
         referrerpolicy=\"no-referrer\" sandbox=\"{SANDBOX}\"></iframe>"
    ))
}
