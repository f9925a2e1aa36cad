//! The head, and with it the whole: which planes there are, and what is told before one of them is read.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::export::finder::meetings::{Meeting, Numbers, meetings};
use crate::export::finder::order::{documents, runs};
use crate::export::finder::pack::{Plane, headed, zipped};
use crate::export::finder::places::{Towns, places};
use crate::export::finder::rows::{Row, Rows, State, block, rows};
use crate::export::finder::shards::{Shard, shards, vocabulary};
use crate::export::finder::table::table;
use crate::export::finder::terms::terms;
use crate::export::finder::times::times;
use crate::export::finder::words::each_term;
use crate::export::finder::{Files, HEAD};
use crate::render::{Edition, facet_label};

/// The form's version. A reader that does not know it leaves the page as it is.
const VERSION: u32 = 1;

/// Up to so many groups have their table and rows in the head: a request costs more than they do.
const FEW: usize = 200;

#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    groups: usize,
    facets: Vec<FacetHead<'a>>,
    kinds: &'a [String],
    states: &'a [State],
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<&'a [Row]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<(usize, String)>>,
    text: Vec<(String, String)>,
    vocabulary: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    times: Vec<(usize, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<String>,
    stop: BTreeSet<String>,
}

/// Name, label and values: key, label, groups that have it.
type FacetHead<'a> = (&'static str, String, Vec<(&'a str, &'a str, usize)>);

/// The files of the index; none where no group is listed.
pub(super) fn index(edition: &Edition) -> Files {
    let documents = documents(edition);
    if documents.is_empty() {
        return Files::new();
    }
    let mut files = Files::new();
    let stop = stop_words(edition);
    let ((text, vocabulary), rest) =
        rayon::join(|| text(edition, &documents, &stop), || Rest::new(edition, &documents));
    let mut put = |plane: Plane| plane.put(&mut files);
    let Rest { table, rows, blocks, times, places } = rest;
    let is_small = documents.len() <= FEW;
    let head = Head {
        version: VERSION,
        groups: documents.len(),
        facets: facets(edition),
        kinds: &rows.kinds,
        states: &rows.states,
        table: (!is_small).then(|| put(Plane::new(&table))),
        rows: is_small.then_some(&rows.all),
        blocks: (!is_small)
            .then(|| blocks.into_iter().map(|(count, plane)| (count, put(plane))).collect()),
        text: text.into_iter().map(|(prefix, plane)| (prefix, put(plane))).collect(),
        vocabulary: put(vocabulary),
        times: times.into_iter().map(|(count, plane)| (count, put(plane))).collect(),
        places: places.map(&mut put),
        stop: stop.into_iter().collect(),
    };
    let mut bytes = headed(&head);
    if is_small {
        bytes.extend(table);
    }
    files.insert(HEAD.to_owned(), Arc::from(zipped(&bytes)));
    files
}

/// The language's words that tell nothing.
fn stop_words(edition: &Edition) -> HashSet<String> {
    let mut words = HashSet::new();
    each_term(edition.texts().say("finder.stop_words"), |word| {
        words.insert(word.to_owned());
    });
    words
}

/// The shards, each with its prefix, and the vocabulary.
fn text(
    edition: &Edition,
    documents: &[usize],
    stop: &HashSet<String>,
) -> (Vec<(String, Plane)>, Plane) {
    let terms = terms(edition, documents, stop);
    let shards = shards(&terms);
    let pack = |shard: Shard<'_>| (shard.prefix.clone(), Plane::new(&shard.bytes()));
    let vocabulary = || Plane::new(&vocabulary(&terms));
    rayon::join(|| shards.into_par_iter().map(pack).collect(), vocabulary)
}

/// All but the texts.
struct Rest {
    table: Vec<u8>,
    rows: Rows,
    blocks: Vec<(usize, Plane)>,
    times: Vec<(usize, Plane)>,
    places: Option<Plane>,
}

impl Rest {
    fn new(edition: &Edition, documents: &[usize]) -> Rest {
        let groups = &edition.site.groups;
        let mut numbers = vec![None; groups.len()];
        for (document, &at) in documents.iter().enumerate() {
            numbers[at] = Some(document);
        }
        let values = Numbers::new(edition);
        let towns = Towns::new(edition);
        let meetings: Vec<Vec<Meeting>> =
            documents.par_iter().map(|&at| meetings(&groups[at], &values, &towns)).collect();
        let rows = rows(edition, documents);
        Rest {
            table: table(edition, &meetings, &numbers),
            blocks: if documents.len() > FEW {
                blocks(edition, documents, &rows.all)
            } else {
                Vec::new()
            },
            rows,
            times: times(edition, documents)
                .into_par_iter()
                .map(|(count, bytes)| (count, Plane::new(&bytes)))
                .collect(),
            places: places(edition, documents, &meetings).map(|json| Plane::new(&json)),
        }
    }
}

/// The rows in planes, each with how many it holds.
fn blocks(edition: &Edition, documents: &[usize], rows: &[Row]) -> Vec<(usize, Plane)> {
    let mut rest = rows;
    let blocks = runs(edition, documents, block(documents.len())).into_iter().map(|run| {
        let (block, after) = rest.split_at(run.len());
        rest = after;
        block
    });
    let blocks: Vec<&[Row]> = blocks.collect();
    let pack = |block: &[Row]| {
        let json = serde_json::to_vec(block).expect("words are JSON");
        (block.len(), Plane::new(&json))
    };
    blocks.into_par_iter().map(pack).collect()
}

fn facets(edition: &Edition) -> Vec<FacetHead<'_>> {
    let facets = edition.index.facets.iter().filter(|pages| !pages.values.is_empty());
    let facets = facets.map(|pages| {
        let values = pages.values.iter();
        let values =
            values.map(|value| (value.key.as_str(), value.label.as_str(), value.groups.len()));
        (pages.facet.name(), facet_label(edition, pages.facet), values.collect())
    });
    facets.collect()
}
