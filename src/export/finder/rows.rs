//! Rows: the short form of each group's card, in blocks that an edit of one group leaves alone but for its own.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use crate::export::finder::order::Run;
use crate::model::group::{Format, Group};
use crate::render::{Edition, ShortCard, short_card};

/// More groups than these have larger blocks: of so many blocks each name costs more than a reader gains.
const MANY: usize = 2000;

/// The rows of documents, and what they say in common.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) kinds: Vec<String>,
    pub(super) states: Vec<State>,
    /// In the order of documents.
    pub(super) all: Vec<Row>,
}

/// Key and words of a state.
pub(super) type State = (&'static str, String);

/// `[title, slug, when, where, format, kind, state]`.
#[derive(Debug)]
pub(super) struct Row {
    title: String,
    /// None where the title says it.
    slug: Option<String>,
    when: Option<String>,
    place: Option<String>,
    numbers: [usize; 3],
}

pub(super) fn rows(edition: &Edition, documents: &[usize]) -> Rows {
    let cards: Vec<ShortCard> =
        documents.par_iter().map(|&at| short_card(&edition.site.groups[at], edition)).collect();
    let kinds = distinct(cards.iter().map(|card| card.kind.clone()));
    let states = distinct(cards.iter().filter_map(|card| card.state.clone()));
    let rows = cards.into_iter().zip(documents).map(|(card, &at)| {
        let Group { title, slug, .. } = &*edition.site.groups[at];
        let format = Format::NAMES.iter().position(|(name, _)| *name == card.format);
        let kind = kinds.iter().position(|kind| *kind == card.kind);
        let state = states.iter().position(|state| Some(state) == card.state.as_ref());
        let slug = Some(slug.to_string()).filter(|slug| simple_slug(title).as_ref() != Some(slug));
        Row {
            title: title.clone(),
            slug,
            when: card.when,
            place: card.place,
            numbers: [
                format.map_or(0, |place| place + 1),
                kind.unwrap_or(0),
                state.map_or(0, |place| place + 1),
            ],
        }
    });
    let all = rows.collect();
    Rows { kinds, states, all }
}

/// Each once. What many say comes first, so that a word which comes or goes, few have said it, moves few others.
pub(super) fn distinct<T: Ord>(said: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for one in said {
        *counts.entry(one).or_default() += 1;
    }
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    // Not the count itself: one group more changes no order.
    counts.sort_by_key(|(_, count)| count.leading_zeros());
    counts.into_iter().map(|(one, _)| one).collect()
}

/// What a reader takes for the slug of a title where the row tells none.
fn simple_slug(title: &str) -> Option<String> {
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> =
        words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    title.is_ascii().then(|| words.join("-"))
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |text: &Option<String>| match text {
            Some(text) => serde_json::Value::from(text.as_str()),
            None => serde_json::Value::from(0),
        };
        let mut parts = vec![
            serde_json::Value::from(self.title.as_str()),
            text(&self.slug),
            text(&self.when),
            text(&self.place),
        ];
        parts.extend(self.numbers.map(serde_json::Value::from));
        let said = parts.iter().rposition(|part| *part != 0).map_or(0, |last| last + 1);
        parts.truncate(said);
        serializer.collect_seq(parts)
    }
}

/// How many rows are in a block.
pub(super) fn block(documents: usize) -> Run {
    if documents <= MANY {
        Run { least: 3, most: 6, one_in: 2 }
    } else {
        Run { least: 8, most: 20, one_in: 5 }
    }
}
