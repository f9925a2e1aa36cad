//! The order of documents: groups of one town lie together, so that all that is listed by document packs well.

use crate::model::group::Group;
use crate::render::{Edition, sort_key};

/// The listed groups of an edition by their positions in the site: by region and town of the first place of each, those
/// without a place last, then by slug. So a group's number changes only with its town, its slug, or the groups that are
/// there.
pub(super) fn documents(edition: &Edition) -> Vec<usize> {
    let groups = &edition.site.groups;
    let mut documents = edition.index.listed.clone();
    // Groups stand in the order of their slugs.
    documents.sort_unstable();
    documents.sort_by_cached_key(|&at| town(&groups[at]));
    documents
}

/// Whether there is no place, then region and town.
fn town(group: &Group) -> (bool, String, String) {
    let place = group.settings().into_iter().find_map(|setting| setting.place.as_ref());
    let key = |words: Option<&str>| words.map(sort_key).unwrap_or_default();
    (
        place.is_none(),
        key(place.and_then(|place| place.region())),
        key(place.and_then(|place| place.city())),
    )
}
