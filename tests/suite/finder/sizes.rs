//! How many bytes a reader fetches to filter, to search, and to sort: files as they are published, which are compressed,
//! of sites whose texts are those of the example in another order (`benches/corpus`).
//!
//! Twenty rows are counted as the twenty largest blocks, so as if no two rows that are shown shared one.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use roundtable::check::Checked;
use roundtable::model::Site;
use roundtable::publish::Plan;
use roundtable::render::Edition;
use roundtable::theme::Theme;
use serde_json::Value;

use super::{HEAD, head, path};
use crate::built::{Files, example_site, is_of_finder};
use crate::corpus;
use crate::harness::check;

/// Frequent and rare words, one and two, and one that only synonyms have.
const QUERIES: [&[&str]; 12] = [
    &["grief"],
    &["anxiety"],
    &["burnout"],
    &["group"],
    &["support"],
    &["consultation"],
    &["veterans"],
    &["athens"],
    &["support", "group"],
    &["grief", "evening"],
    &["people", "talk"],
    &["compassion", "fatigue"],
];

/// A site with so many listed groups.
fn of_corpus(groups: usize) -> (Site, Date) {
    let folder = tempfile::tempdir().unwrap();
    // One in ten is not listed.
    corpus::write(folder.path(), groups * 8 / 7).unwrap();
    first_listed(folder.path(), groups)
}

/// A site with no more than its first listed groups, and the day.
fn first_listed(folder: &Path, groups: usize) -> (Site, Date) {
    let Checked { mut site, today, .. } = check(folder);
    site.groups.retain(|group| group.is_listed());
    site.groups.truncate(groups);
    assert_eq!(site.groups.len(), groups);
    (site, today)
}

/// The index of a site and its sizes.
struct Index {
    files: Files,
    head: Value,
}

impl Index {
    fn of(site: Site, today: Date) -> Index {
        let theme = Theme::new(&[], &site.settings).unwrap();
        let plan = Plan::new(Edition::new(site, theme, today).unwrap());
        let items = plan.items().into_iter();
        let items = items.filter(|item| is_of_finder(item.path()));
        let bytes = items.map(|item| {
            let content = plan.make(&item).unwrap();
            (item.path().to_owned(), content.bytes().unwrap().into_owned())
        });
        let files: Files = bytes.collect();
        Index { head: head(&files).unwrap(), files }
    }

    fn size(&self, name: &Value) -> usize {
        if name.is_null() { 0 } else { self.files[&path(name)].len() }
    }

    fn head_size(&self) -> usize {
        self.files[HEAD].len()
    }

    /// The planes of times.
    fn times(&self) -> Vec<usize> {
        let runs = self.head["times"].as_array().into_iter().flatten();
        runs.map(|run| self.size(&run[1])).collect()
    }

    /// The twenty largest blocks; none where rows are in the head.
    fn rows(&self) -> usize {
        let blocks = self.head["blocks"].as_array().into_iter().flatten();
        let mut sizes: Vec<usize> = blocks.map(|block| self.size(&block[1])).collect();
        sizes.sort_unstable();
        sizes.iter().rev().take(20).sum()
    }

    /// Every filter with its counts, and twenty rows.
    fn filters(&self) -> usize {
        self.head_size() + self.size(&self.head["table"]) + self.rows()
    }

    /// The shards that words are found by, as beginnings of words.
    fn shards(&self, words: &[&str]) -> usize {
        let shards = self.head["text"].as_array().unwrap();
        let key = |shard: &Value| shard[0].as_str().unwrap().to_owned();
        let wanted = words.iter().flat_map(|word| {
            let own = shards.iter().filter(|shard| word.starts_with(&key(shard)));
            let own = own.max_by_key(|shard| key(shard).len());
            let below = shards.iter().filter(move |shard| key(shard).starts_with(word));
            own.into_iter().chain(below).map(|shard| path(&shard[1]))
        });
        let wanted: BTreeSet<String> = wanted.collect();
        wanted.iter().map(|path| self.files[path].len()).sum()
    }

    /// All sizes, in lines.
    fn report(&self) -> String {
        let part = |plane: &str| self.size(&self.head[plane]);
        let times = self.times();
        let all: usize = self.files.values().map(Vec::len).sum();
        let mut text =
            format!("{} groups: {} files, {all} bytes\n", self.head["groups"], self.files.len());
        let parts = ["table", "places", "vocabulary"];
        let parts: String =
            parts.iter().map(|plane| format!("{plane} {}, ", part(plane))).collect();
        text += &format!("  head {}, {parts}20 rows {}\n", self.head_size(), self.rows());
        text += &format!("  times {times:?}, in all {}\n", times.iter().sum::<usize>());
        text += &format!("  every filter: {}\n", self.filters());
        let shards = self.head["text"].as_array().unwrap();
        let largest = shards.iter().map(|shard| self.size(&shard[1])).max().unwrap();
        text += &format!("  {} shards, the largest {largest}\n", shards.len());
        for query in QUERIES {
            text += &format!("  {}: {}\n", query.join(" "), self.shards(query));
        }
        let dearest = ('a'..='z').flat_map(|one| ('a'..='z').map(move |two| format!("{one}{two}")));
        let dearest = dearest.map(|two| (self.shards(&[&two]), two)).max().unwrap();
        text + &format!("  the dearest two letters: {dearest:?}\n")
    }

    /// The dearest of the queries, with twenty rows.
    fn query(&self) -> usize {
        QUERIES.iter().map(|query| self.shards(query)).max().unwrap() + self.rows()
    }
}

/// How many files of the index are new when one group's text has one more sentence.
fn rewritten(mut site: Site, today: Date, before: &Index) -> usize {
    let group = &mut site.groups[500];
    Arc::make_mut(group).body.text += " Bring a cushion, and a friend who likes to sing.";
    let after = Index::of(site, today);
    let is_new = |(path, bytes): &(&String, &Vec<u8>)| before.files.get(*path) != Some(*bytes);
    after.files.iter().filter(is_new).count()
}

const KB: usize = 1024;

#[test]
fn twenty_groups_are_in_one_small_file() {
    let (site, today) = first_listed(&example_site(), 20);
    let index = Index::of(site, today);
    println!("{}", index.report());
    assert!(index.filters() <= 3 * KB, "{}", index.filters());
}

#[test]
fn a_thousand_groups_are_narrowed_and_searched_with_little() {
    let (site, today) = of_corpus(1000);
    let index = Index::of(site.clone(), today);
    println!("{}", index.report());
    let rewritten = rewritten(site, today, &index);
    println!("  one more sentence: {rewritten} of {} files are new", index.files.len());
    // The head, and at most a shard for each of the words.
    assert!((2..=8).contains(&rewritten), "{rewritten}");
    assert!(index.filters() <= 20 * KB, "{}", index.filters());
    assert!(index.query() <= 40 * KB, "{}", index.query());
}

#[test]
fn ten_thousand_groups_are_narrowed_and_searched_with_little() {
    let (site, today) = of_corpus(10_000);
    let index = Index::of(site, today);
    println!("{}", index.report());
    assert!(index.filters() <= 110 * KB, "{}", index.filters());
    assert!(index.query() <= 50 * KB, "{}", index.query());
    let places = index.size(&index.head["places"]);
    assert!(places <= 25 * KB, "{places}");
    let times = index.times();
    assert!(times.iter().all(|size| *size <= 25 * KB), "{times:?}");
    // A reader who sorts all groups needs all of these. Here four rules in ten have cancelled dates of their own, and a group
    // in four has single meetings: that is half of it.
    assert!(times.iter().sum::<usize>() <= 70 * KB, "{times:?}");
}
