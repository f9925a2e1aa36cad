//! What the finder must find. `oracle` is the truth, slow and plain; `tests/fixtures/finder/filters.json` says by hand what
//! it is on a small site; `random` asks it thousands of questions, so that the finder's script can be held to it.

mod oracle;
mod random;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::harness::{Archive, check, project};
use oracle::{Oracle, Query};

/// What the theme says, as far as readers search by it.
const LANGUAGE: &str = include_str!("../../../themes/default/language/en.yaml");

/// The oracle of a site's folder.
fn oracle(site: &Path) -> Oracle {
    Oracle::new(&check(site).site, &kinds(), stop_words())
}

/// The theme's words for built-in kinds.
fn kinds() -> BTreeMap<String, String> {
    let (_, values) = LANGUAGE.split_once("\nvalue:\n  kind:\n").unwrap();
    let mut kinds = BTreeMap::new();
    let mut key = "";
    for line in values.lines().take_while(|line| line.starts_with("    ")) {
        match line.trim().split_once(": ") {
            None => key = line.trim().trim_end_matches(':'),
            Some(("label", label)) => {
                kinds.insert(key.to_owned(), label.trim_matches('"').to_owned());
            }
            Some(_) => {}
        }
    }
    kinds
}

fn stop_words() -> BTreeSet<String> {
    let (_, after) = LANGUAGE.split_once("\n  stop_words: \"").unwrap();
    let words = after.split('"').next().unwrap();
    words.split(' ').map(str::to_owned).collect()
}

/// A small site, and what must be found there.
#[derive(Deserialize)]
struct Fixture {
    site: Vec<String>,
    venues: BTreeMap<String, Vec<String>>,
    groups: BTreeMap<String, Vec<String>>,
    queries: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// In a sentence.
    proves: String,
    /// The facet page on which it is asked.
    on: Option<(String, String)>,
    fragment: String,
    /// What is looked for instead of words that nobody uses; that is the script's to find out.
    #[serde(default)]
    meant: BTreeMap<String, String>,
    groups: Vec<String>,
    #[serde(default)]
    counts: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Fixture {
    fn read() -> Fixture {
        let path = project().join("tests/fixtures/finder/filters.json");
        serde_json::from_str(&fs_err::read_to_string(path).unwrap()).unwrap()
    }

    fn archive(&self) -> Archive {
        let mut archive = Archive::default();
        archive.push("site.yaml", self.site.join("\n"));
        for (name, lines) in &self.venues {
            archive.push(&format!("content/venues/{name}.yaml"), lines.join("\n"));
        }
        for (name, lines) in &self.groups {
            let closed = lines.iter().any(|line| line == "---");
            let end = if closed { "" } else { "\n---" };
            let text = format!("---\n{}{end}\n", lines.join("\n"));
            archive.push(&format!("content/groups/{name}.md"), text);
        }
        archive
    }
}

#[test]
fn the_oracle_finds_what_the_fixture_says() {
    let fixture = Fixture::read();
    let site = fixture.archive().unpack();
    let checked = check(site.path());
    let errors =
        checked.diagnostics.iter().filter(|one| one.level >= roundtable::diagnostic::Level::Error);
    assert_eq!(errors.count(), 0, "{:?}", checked.diagnostics);
    let oracle = oracle(site.path());
    for case in &fixture.queries {
        let mut query = Query { on: case.on.clone(), ..Query::parse(&case.fragment) };
        for (typed, meant) in &case.meant {
            query.text = query.text.replace(typed, meant);
        }
        let found = oracle.answer(&query);
        assert_eq!(found.slugs, case.groups, "{}", case.proves);
        for (facet, counts) in &case.counts {
            for (value, count) in counts {
                let told = found.counts[facet.as_str()].get(value).unwrap_or(&usize::MAX);
                assert_eq!(told, count, "{facet}={value}: {}", case.proves);
            }
        }
    }
}

#[test]
fn a_count_is_what_the_value_would_find() {
    let fixture = Fixture::read();
    let site = fixture.archive().unpack();
    let oracle = oracle(site.path());
    for case in &fixture.queries {
        let query = Query { on: case.on.clone(), ..Query::parse(&case.fragment) };
        for (facet, counts) in oracle.answer(&query).counts {
            for (value, count) in counts {
                let mut other = query.clone();
                other.chosen.insert(facet.to_owned(), vec![value.clone()]);
                assert_eq!(oracle.found(&other).len(), count, "{facet}={value}: {}", case.proves);
            }
        }
    }
}
