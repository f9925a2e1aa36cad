//! Words, terms and shards.

use std::collections::BTreeSet;

use serde_json::Value;

use super::decode::Index;
use super::words::{Wanted, each_term, query_words};
use super::*;

const CASES: &str = include_str!("../../../../tests/fixtures/words.json");

fn terms_of(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    each_term(text, |term| terms.push(term.to_owned()));
    terms
}

#[test]
fn words_are_those_that_a_browser_finds() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    for case in cases["texts"].as_array().unwrap() {
        let text = case["text"].as_str().unwrap();
        let words: Vec<String> = serde_json::from_value(case["words"].clone()).unwrap();
        assert_eq!(terms_of(text), words, "{text}");
    }
    for case in cases["queries"].as_array().unwrap() {
        let query = case["query"].as_str().unwrap();
        let words: Vec<(String, String)> = serde_json::from_value(case["words"].clone()).unwrap();
        let words: Vec<Wanted> = words
            .into_iter()
            .map(|(word, how)| match how.as_str() {
                "prefix" => Wanted::Prefix(word),
                "exact" => Wanted::Exact(word),
                _ => panic!("{how}"),
            })
            .collect();
        assert_eq!(query_words(query), words, "{query}");
    }
}

/// Each term's documents with the highest class of the texts that have it, by looking at every text.
fn expected(edition: &Edition) -> BTreeMap<String, Vec<(usize, usize)>> {
    let settings = &edition.site.settings;
    let stop: BTreeSet<String> =
        terms_of(edition.texts().say("finder.stop_words")).into_iter().collect();
    let mut terms: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    for (document, at) in order::documents(edition).into_iter().enumerate() {
        let group = &edition.site.groups[at];
        let labels = |terms: &[crate::model::facet::Term],
                      listed: &BTreeMap<_, crate::model::settings::Entry>| {
            let mut all = Vec::new();
            for term in terms {
                all.push(term.label.clone());
                all.extend(
                    listed.get(&term.key).into_iter().flat_map(|entry| entry.synonyms.clone()),
                );
            }
            all
        };
        let mut texts = vec![
            (0, group.body.text.clone()),
            (3, group.title.clone()),
            (1, group.purpose.clone()),
        ];
        texts.extend(
            labels(&group.topics, &settings.vocabulary.topic).into_iter().map(|text| (2, text)),
        );
        texts.extend(
            labels(&group.audience, &settings.vocabulary.audience)
                .into_iter()
                .map(|text| (1, text)),
        );
        let kind = crate::render::kind_label(group, edition.texts());
        texts.push((2, kind));
        for place in group.settings().into_iter().filter_map(|setting| setting.place.as_ref()) {
            let words = [place.name(), place.city(), place.region()].into_iter().flatten();
            texts.extend(words.map(|text| (1, text.to_owned())));
        }
        for person in &group.leadership.people {
            texts.push((1, person.name.clone()));
            texts.extend(person.credentials.clone().map(|text| (1, text)));
        }
        for (class, text) in texts {
            for term in terms_of(&text).into_iter().filter(|term| !stop.contains(term)) {
                let best = terms.entry(term).or_default().entry(document).or_default();
                *best = class.max(*best);
            }
        }
    }
    terms.into_iter().map(|(term, documents)| (term, documents.into_iter().collect())).collect()
}

fn varied() -> Site {
    let mut site = many(900);
    site.settings.vocabulary.topic.insert(
        fixture::slug("ethics"),
        crate::model::settings::Entry {
            label: "Ethics".to_owned(),
            synonyms: vec!["Moral burnout".to_owned()],
        },
    );
    let words = ["日本語の会です", "مجموعة الدعم", "Группа поддержки", "Ομάδα στήριξης"];
    for (number, group) in site.groups.iter_mut().enumerate() {
        let group = Arc::make_mut(group);
        group.body.text = format!("{} {} {}", group.body.text, words[number % 4], body(number + 7));
    }
    site
}

#[test]
fn every_word_of_every_text_is_found_and_no_other() {
    let edition = edition(varied());
    let files = head::index(&edition);
    let index = Index::open(&files);
    let mut found = BTreeMap::new();
    for (_, terms) in index.shards() {
        assert!(terms.is_sorted());
        for (term, postings) in terms {
            assert!(found.insert(term, postings).is_none());
        }
    }
    assert_eq!(found, expected(&edition));
    assert!(
        found.contains_key("burnout") && found.contains_key("本語") && !found.contains_key("the")
    );
    assert!(
        found.contains_key("ομαδα") && found.contains_key("الدعم") && found.contains_key("группа")
    );
}

#[test]
fn a_prefix_finds_its_terms_in_the_shards_that_the_rule_names() {
    let edition = edition(varied());
    let files = head::index(&edition);
    let index = Index::open(&files);
    let shards = index.shards();
    assert!(shards.len() > 4, "{}", shards.len());
    assert!(shards.is_sorted_by_key(|(prefix, _)| prefix.clone()));
    let terms: BTreeSet<String> =
        shards.iter().flat_map(|(_, terms)| terms).map(|(term, _)| term.clone()).collect();
    let prefixes = terms.iter().flat_map(|term| {
        term.char_indices().skip(1).map(|(end, _)| term.get(..end).unwrap()).chain([term.as_str()])
    });
    for prefix in prefixes.collect::<BTreeSet<_>>() {
        let begins = |term: &&String| term.starts_with(prefix);
        let fetched = index.shards_for(prefix);
        let fetched: BTreeSet<&String> =
            fetched.iter().map(|(term, _)| term).filter(begins).collect();
        assert_eq!(fetched, terms.iter().filter(begins).collect(), "{prefix}");
    }
}

#[test]
fn the_vocabulary_has_the_words_that_a_misspelt_one_may_mean() {
    let edition = edition(varied());
    let files = head::index(&edition);
    let words = Index::open(&files).vocabulary();
    let is_meant = |(term, documents): &(String, Vec<(usize, usize)>)| {
        let is_common = documents.len() >= 3 || documents.iter().any(|(_, class)| *class > 0);
        is_common && term.chars().any(char::is_alphabetic) && !term.starts_with(words::is_gram)
    };
    let expected = expected(&edition).into_iter().filter(is_meant).map(|(term, _)| term);
    assert_eq!(words, expected.collect::<Vec<_>>());
    assert!(words.contains(&"ethics".to_owned()) && !words.contains(&"本語".to_owned()));
}
