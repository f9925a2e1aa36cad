//! Thousands of random questions and their true answers, for the finder's script: `FINDER_QUERIES=FOLDER cargo test --test
//! suite search::random` writes a site into FOLDER/site and them into FOLDER/queries.json. `tests/browser/oracle.test.mjs`
//! does so.
//!
//! The same for all time, since chance begins with a seed. Half of the groups are as varied as life, the others have
//! several meetings each that differ in everything, so that what is true of one is often not of another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::oracle::{FACETS, Oracle, Query, Values};
use super::words::words;
use crate::corpus::{self, chance::Chance};

const SEED: u64 = 0x000f_1d3e;
/// Groups as varied as life, `example-site`'s among them.
const VARIED: usize = 300;
/// Groups with several meetings.
const DENSE: usize = 250;
/// Where they are asked for.
const QUERIES: usize = 2_000;
/// Where only the oracle is looked at.
const FEW: usize = 300;
/// Of a hundred queries so many must ask for each facet.
const LEAST: usize = 3;

const WORDS: [&str; 24] = [
    "café",
    "Zürich",
    "naïve",
    "straße",
    "Łódź",
    "grief",
    "griefs",
    "grieving",
    "women's",
    "O'Brien",
    "support",
    "supports",
    "悲しみの会",
    "音楽と癒し",
    "東京タワー",
    "الحُزن",
    "مجموعة",
    "πένθος",
    "Ομάδα",
    "поддержка",
    "круг",
    "COVID-19",
    "K-12",
    "twelve",
];
const DAYS: [&str; 8] = [
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays and Sundays",
    "weekdays",
    "15th of every month",
];
const HOURS: [&str; 4] = [", 9–10 am", ", noon–1 pm", ", 7–8:30 pm", ""];
const FEATURES: [&str; 4] = ["step-free", "captions", "hearing-loop", "asl"];

#[derive(Serialize)]
struct Answers<'a> {
    /// Of all that is found.
    slugs: Vec<&'a str>,
    queries: Vec<Answer<'a>>,
}

#[derive(Serialize)]
struct Answer<'a> {
    on: &'a Option<(String, String)>,
    fragment: String,
    /// Their positions among the slugs.
    groups: Vec<usize>,
    /// Those that are not 0.
    counts: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

fn write_site(folder: &Path) {
    corpus::write(folder, VARIED).unwrap();
    let mut chance = Chance(SEED);
    let dense = folder.join("content/groups/dense");
    fs_err::create_dir_all(&dense).unwrap();
    let venues = fs_err::read_dir(folder.join("content/venues")).unwrap();
    let mut venues: Vec<PathBuf> = venues.map(|entry| entry.unwrap().path()).collect();
    venues.sort();
    let venues: Vec<&str> =
        venues.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()).collect();
    for number in 0..DENSE {
        let text = dense_group(number, &venues, &mut chance);
        fs_err::write(dense.join(format!("dense-{number}.md")), text).unwrap();
    }
}

/// A group whose meetings differ in everything.
fn dense_group(number: usize, venues: &[&str], chance: &mut Chance) -> String {
    let kind = chance.of(&["peer-support", "training", "process", "emotional-support"]);
    let topic = chance.of(&["grief", "anxiety", "trauma", "parenting"]);
    let mut text = format!(
        "---\ntitle: \"{} {} {number}\"\npurpose: \"{} and {}.\"\nkind: {kind}\ntopics: [{topic}]\n",
        chance.of(&WORDS),
        chance.of(&WORDS),
        chance.of(&WORDS),
        chance.of(&WORDS)
    );
    for (field, values) in [
        ("for", &["professionals", "public", "both"][..]),
        ("audience", &["[parents]", "[veterans]", "[adults, men]"]),
        ("languages", &["[en]", "[es]", "[en, es]", "[American Sign Language]"]),
        ("cost", &["Free", "\"Ten dollars\""]),
        ("accessibility", &["[captions]", "[asl]", "[step-free, asl]"]),
        (
            "membership",
            &[
                "{admission: open, registration: none, intake: open}",
                "{admission: closed, intake: full}",
                "{registration: required, intake: waitlist}",
            ],
        ),
    ] {
        if chance.below(3) > 0 {
            text += &format!("{field}: {}\n", chance.of(values));
        }
    }
    text += "schedule:\n";
    for _ in 0..=chance.below(4) {
        text += &format!("  - when: {}{}\n", chance.of(&DAYS), chance.of(&HOURS));
        let venue = |chance: &mut Chance| match chance.below(4) {
            0 => format!(
                "    venue: {{name: House, address: {{city: Athens, region: Ohio}}, accessibility: [{}]}}\n",
                chance.of(&FEATURES)
            ),
            // Some towns have several of them.
            _ => format!("    venue: {}\n", venues[chance.below(venues.len().min(9))]),
        };
        text += &match chance.below(5) {
            0 => String::new(),
            1 => "    format: online\n    online: {platform: Zoom}\n".to_owned(),
            2 => format!("    format: hybrid\n    online: {{platform: Zoom}}\n{}", venue(chance)),
            _ => format!("    format: in-person\n{}", venue(chance)),
        };
    }
    text + &format!("---\n{} {}\n", chance.of(&WORDS), chance.of(&WORDS))
}

/// A question that is often about one group that there is.
fn query(oracle: &Oracle, chance: &mut Chance) -> Query {
    let (terms, meetings) = oracle.group(chance.below(oracle.groups()));
    let meeting = chance.of(meetings);
    let mut query = Query::default();
    if chance.below(6) == 0 {
        query.on = some_value(oracle, meeting, chance);
    }
    for _ in 0..chance.below(5) {
        let Some((facet, value)) = some_value(oracle, meeting, chance) else { continue };
        if query.on.as_ref().is_some_and(|(page, _)| *page == facet) {
            continue;
        }
        let values = query.chosen.entry(facet.clone()).or_default();
        values.push(value);
        for _ in 0..chance.below(3) {
            let all: Vec<&String> = oracle.values[facet.as_str()].iter().collect();
            values.push((*chance.of(&all)).clone());
        }
        values.sort();
        values.dedup();
    }
    for _ in 0..chance.below(8).saturating_sub(5) {
        // What a nearby reader types who knows the group, or one who does not.
        let (others, _) = oracle.group(chance.below(oracle.groups()));
        let known = if chance.below(4) > 0 { terms } else { others };
        let word = known.iter().nth(chance.below(known.len())).unwrap();
        if chance.below(4) == 0 {
            // As it is written, or louder.
            let word = *chance.of(&WORDS);
            let loud = chance.below(2) == 0;
            query.text += &format!(" {}", if loud { word.to_uppercase() } else { word.to_owned() });
            continue;
        }
        let letters = word.chars().count();
        let typed = if chance.below(2) == 0 { letters } else { letters.min(2 + chance.below(5)) };
        query.text += &format!(" {}", word.chars().take(typed).collect::<String>());
    }
    query.text = query.text.trim().to_owned();
    query
}

/// A value of a meeting, of a facet by chance; sometimes one that it does not have.
fn some_value(oracle: &Oracle, meeting: &Values, chance: &mut Chance) -> Option<(String, String)> {
    let facet = *chance.of(&FACETS);
    let own = meeting.get(facet).filter(|own| !own.is_empty() && chance.below(8) > 0);
    let values: Vec<&String> = own.or_else(|| oracle.values.get(facet))?.iter().collect();
    Some((facet.to_owned(), (*chance.of(&values)).clone()))
}

#[test]
fn random_questions_ask_for_everything_and_find_something() {
    let folder = tempfile::tempdir().unwrap();
    let asked = std::env::var_os("FINDER_QUERIES").map(PathBuf::from);
    let folder = asked.as_deref().unwrap_or(folder.path());
    let site = folder.join("site");
    write_site(&site);
    let oracle = super::oracle(&site);
    let mut chance = Chance(SEED);
    let many = if asked.is_some() { QUERIES } else { FEW };
    let queries: Vec<Query> = (0..many).map(|_| query(&oracle, &mut chance)).collect();
    let found: Vec<_> = queries.par_iter().map(|query| oracle.answer(query)).collect();
    let count = |is_one: &dyn Fn(&Query) -> bool| queries.iter().filter(|one| is_one(one)).count();
    for facet in FACETS {
        let chosen = count(&|query| query.chosen.contains_key(facet));
        assert!(100 * chosen >= LEAST * many, "{chosen} ask for {facet}");
    }
    let pages = count(&|query| query.on.is_some());
    let texts = count(&|query| !words(&query.text).is_empty());
    assert!(pages >= many / 10 && texts >= many / 5, "{pages} pages, {texts} texts");
    let with_results = found.iter().filter(|found| !found.slugs.is_empty()).count();
    println!(
        "{} groups, {many} queries: {with_results} find something, {texts} have words, {pages} are asked on a facet page",
        oracle.groups()
    );
    assert!(2 * with_results >= many, "{with_results} find something");
    if asked.is_some() {
        let all = oracle.found(&Query::default());
        let slugs: Vec<&str> = all.iter().map(String::as_str).collect();
        let queries = queries.iter().zip(found).map(|(query, mut found)| {
            for counts in found.counts.values_mut() {
                counts.retain(|_, count| *count > 0);
            }
            let place = |slug: &String| all.binary_search(slug).unwrap();
            let groups = found.slugs.iter().map(place).collect();
            Answer { on: &query.on, fragment: query.fragment(), groups, counts: found.counts }
        });
        let answers = Answers { slugs, queries: queries.collect() };
        fs_err::write(folder.join("queries.json"), serde_json::to_vec(&answers).unwrap()).unwrap();
    }
}
