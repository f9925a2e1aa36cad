//! The order of documents: groups of one town lie together, so that all that is listed by document packs well, and what is
//! told of one town is in few files.

use xxhash_rust::xxh3::xxh3_64;

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

/// How many documents are in a run: at least, at most, and how many there are on average between two that may end one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) one_in: u64,
}

/// Documents in runs, in order; never an empty one. Where a run ends is told by the slugs in it, so that a group which
/// comes or goes changes the runs beside it and no others.
pub(super) fn runs<'a>(edition: &Edition, documents: &'a [usize], run: Run) -> Vec<&'a [usize]> {
    let mut count = 0;
    let is_within = |&at: &usize, _: &usize| {
        count += 1;
        let slug = edition.site.groups[at].slug.as_str();
        let may_end = count >= run.least && xxh3_64(slug.as_bytes()).is_multiple_of(run.one_in);
        let is_end = may_end || count >= run.most;
        if is_end {
            count = 0;
        }
        !is_end
    };
    documents.chunk_by(is_within).collect()
}
