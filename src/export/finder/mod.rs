//! The finder's index: what a browser searches, counts and sorts by, in files that it fetches as it needs them. Takes an
//! edition, gives files. Holds listed groups only, and of them nothing that the pages do not tell.
//!
//! # Files
//!
//! The **head** is at `/groups/finder.bin`, an address that stays, so that pages need not change with the index; hosts are
//! told to have it asked for again each time. Its **planes** are at `/assets/finder/NAME.bin`, where NAME is six letters of
//! a hash of what is in them, or more if two share these, so that hosts may keep them for ever. Each file is compressed by
//! gzip inside, so that it is small on every host; a reader that does not find gzip's first bytes (1f 8b) takes a file as
//! it is, since a host may have unpacked it. A site without listed groups has no index.
//!
//! A **document** is a group's number, from 0: by region and town of the first place, groups without a place last, then by
//! slug (`order`). An edit that changes no town and no slug changes no number.
//!
//! A **meeting** of a document is one combination of what is true of a meeting: day, time, format, region, city,
//! accessibility, and where it is on the earth. There is one for each rule of each entry of the schedule; for an entry
//! without rules, and for a schedule without entries, the setting alone. Equal ones are there once (`meetings`). Every
//! document has at least one, and a group has a value of these facets where one of its meetings does. All other facets are
//! of the group.
//!
//! Numbers are unsigned LEB128 unless something else is said: seven bits a byte, the lowest first, and the high bit set
//! where another byte follows (`pack`).
//!
//! # The head
//!
//! The length of the JSON, 32 bits, lowest byte first; the JSON; then, of a small site, the bytes of the table.
//!
//! ```json
//! {"version": 1, "groups": 40,
//!  "facets": [["kind", "Kind", [["peer-support", "Peer support", 12], …]], …],
//!  "kinds": ["Peer support, for the public", …],
//!  "states": [["open", "2 places free"], …],
//!  "table": "NAME", "blocks": [[7, "NAME"], …],
//!  "text": [["", "NAME"], ["gr", "NAME"], …], "vocabulary": "NAME",
//!  "times": [[40, "NAME"]], "places": "NAME",
//!  "stop": ["a", "about", …]}
//! ```
//!
//! - `facets`: those of which some listed group has a value, in the order of [`Facet::ALL`](crate::model::facet::Facet):
//!   name, label, and the values: key, label and how many groups have it.
//! - `kinds`, `states`: what rows say by its number here.
//! - `table`: left out for up to 200 groups; then its bytes follow the JSON.
//! - `blocks`: of rows, in the order of documents: how many, and the plane. Up to 200 groups there is `rows` instead, a
//!   list of all rows.
//! - `text`: the shards, by their prefixes, in order. `vocabulary`: for misspelt words.
//! - `times`: of runs of documents, in their order: how many, and the plane.
//! - `times`, `places`: left out where there would be nothing in them.
//! - `stop`: words that are not indexed, in order.
//!
//! # Planes
//!
//! **Rows** (`rows`), JSON: `[row, …]`, each `[title, slug, when, where, format, kind, state]`, without the zeros at its
//! end. `slug` is 0 where the title says it: it is ASCII, and in lower case, with every run of other characters than
//! letters and digits a hyphen, and none at its ends, it is the slug. `when` and `where` are plain text, 0 where the group
//! did not say. `format` is 0 for none, 1 in-person, 2 online, 3 hybrid. `kind` is a number in `kinds`; `state` is 0 or 1 +
//! a number in `states`, of which a state's key is `draft` where the group is one.
//!
//! **Table** (`table`): for each document its place in the order of names, which is that of the pages (those that meet
//! before those that are paused), told by the step from the place of the document before: twice the step forward, or twice
//! the step back less 1. Then for each document the number of its meetings. Then a column for each facet of the head, in
//! order: an element for each document or, of a facet of meetings, for each meeting of all documents in order. An element is
//! 0 for no value; else for each value, ascending, its number in the head plus 1, doubled, and 1 added where another value
//! of the same element follows.
//!
//! **Text** (`terms`, `shards`): the number of terms; for each the number of bytes that it shares with the one before,
//! the number of its other bytes, and these (UTF-8); for each the number of its documents; for each its documents, in order:
//! the step from the one before (the first: the document + 1) times 4, plus the class of the text in which it stands: 3 the
//! title, 2 topics with their synonyms and the kind, 1 purpose, audience with its synonyms, names of venues, towns, regions,
//! and those who lead, 0 the body; of several the highest. Terms are in the order of their bytes. A term is in the shard
//! with the longest prefix that it begins with; so what begins with some letters is in the shard with the longest prefix
//! that these letters begin with, and in all whose prefix begins with them.
//!
//! **Vocabulary**: terms as above, without documents: those of class 1 and above, and those of three documents or more;
//! numbers and pairs of letters are left out.
//!
//! **Times** (`times`), of runs of documents: the length of JSON as in the head, the JSON, and numbers. The JSON is
//! `{"groups": 40, "zones": […], "days": […], "hours": […], "from": minutes, "singles": [[step, …], …]}`. Rules are those of
//! [`compact`](crate::timetable::compact), of which a rule is cut into its days, `[unit, every, on, months, first, last,
//! exceptions]`, and its hours, `[start, length, zone]`, since many groups share the one or the other. The numbers are for
//! each of the run's documents, of which there are `groups`, that of its rules; then, in the order of documents, for each
//! rule its place in `days`; then for each rule its place in `hours`. Each of `singles` is of a document that has single meetings: the step from the document before
//! (the first: its number in the run), then for each meeting its five numbers, of which the beginning is counted from `from`.
//!
//! **Places** (`places`), JSON: `{"towns": [["Athens", 39.33, -82.1], …], "points": […], "of": […]}`. `towns` are those of
//! the site's settings and, with the points of their venues, others in which there are venues with coordinates. `points`
//! are thousandths of a degree, north, east, north, east, each as the step from the one before. `of` has for each meeting of
//! all documents the number of its point: that of the venue, else of its town in the settings; −1 where neither is known,
//! and for meetings online.
//!
//! # Words
//!
//! Folded text is in Unicode's form NFKD, in lower case, without U+0300–036F, U+0591–05BD, U+05BF–05C7, U+0610–061A, U+0640,
//! U+064B–065F and U+0670, with ß, æ, œ, ø, đ, ł, ı, ς written ss, ae, oe, o, d, l, i, σ, and then in the form NFC.
//!
//! Words are runs of letters (Alphabetic), numbers (N) and marks (M). The apostrophes ' ’ ʼ are none of these; an "s"
//! alone between one that follows a word and the end of a word is left out. Of a script without spaces (U+0E00–0EFF,
//! 1000–109F, 1780–17FF, 3005–3007, 3040–30FF, 31F0–31FF, 3400–4DBF, 4E00–9FFF, F900–FAFF, 20000–3FFFF) each run is taken out
//! of its word; its terms are all pairs of neighbours, then its last character. In a query they are its pairs or, where it
//! has one character, all that begins with that. Terms are cut after 40 characters (`words`).

mod head;
mod meetings;
mod order;
mod pack;
mod places;
mod rows;
mod shards;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod times;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::render::Edition;

/// Where the head is published.
pub(crate) const HEAD: &str = "groups/finder.bin";

/// The files of an edition's index, made when the first of them is asked for.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    files: OnceLock<Files>,
}

/// Files by their paths in the output.
pub(crate) type Files = BTreeMap<String, Arc<[u8]>>;

impl Finder {
    /// Whether the index could have a file at a path.
    pub(crate) fn may_hold(path: &str) -> bool {
        path == HEAD || path.starts_with(pack::FOLDER)
    }

    /// All files. The first call makes them, on all processors: whoever is one of them must not be the first to ask.
    pub(crate) fn files(&self, edition: &Edition) -> &Files {
        self.files.get_or_init(|| head::index(edition))
    }

    #[cfg(test)]
    pub(crate) fn is_made(&self) -> bool {
        self.files.get().is_some()
    }

    /// The file at a path.
    pub(crate) fn file(&self, edition: &Edition, path: &str) -> Option<&Arc<[u8]>> {
        self.files(edition).get(path)
    }
}
