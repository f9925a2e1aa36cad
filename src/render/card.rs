//! A group in a list: rendered once, used on every page that lists the group.

use jiff::civil::Date;

use crate::model::facet::{Facet, FacetValue};
use crate::model::group::{Entry, Format, Group, Schedule, Visibility};
use crate::render::context::{Card, Fact};
use crate::render::edition::Edition;
use crate::render::{hours, index, place, state, words};
use crate::schedule::describe_briefly;
use crate::theme::texts::Texts;

/// A sentence of more letters than these makes a card tall.
const LONG: usize = 72;

/// The card of a group.
pub(crate) fn card(group: &Group, today: Date, texts: &Texts) -> Card {
    let whom = texts.say(&format!("value.for.{}.card", group.serves.name()));
    Card {
        title: group.title.clone(),
        url: group.url(),
        purpose: group.purpose.clone(),
        kind: texts.fill("card.kind", &[("kind", &kind_label(group, texts)), ("whom", whom)]),
        when: first_and_more(group, in_few_words, texts),
        place: place::in_short(group, texts),
        format: place::format(group).map_or("", Format::name),
        state: state::in_short(group, today, texts),
        draft: matches!(group.visibility, Visibility::Draft),
    }
}

/// A card in plain words, for a shorter form of it.
#[derive(Debug)]
pub(crate) struct ShortCard {
    /// Kind and for whom.
    pub(crate) kind: String,
    /// When it meets, where that is told.
    pub(crate) when: Option<String>,
    /// Town and format, where they are told.
    pub(crate) place: Option<String>,
    /// `in-person`, `online`, `hybrid`; empty where nothing was said.
    pub(crate) format: &'static str,
    /// Key and words: paused, full, places free…; of a draft, that it is one.
    pub(crate) state: Option<(&'static str, String)>,
}

/// The card of a group in plain words.
pub(crate) fn short_card(group: &Group, edition: &Edition) -> ShortCard {
    let texts = edition.texts();
    let Card { kind, when, place, format, state, draft, .. } = card(group, edition.today, texts);
    let told = |fact: Fact| fact.stated.then(|| fact.words.text());
    let state = state.map(|state| (state.key, state.words.text()));
    let draft = draft.then(|| ("draft", texts.say("state.draft").to_owned()));
    ShortCard { kind, when: told(when), place: told(place), format, state: draft.or(state) }
}

/// What its kind is called.
pub(crate) fn kind_label(group: &Group, texts: &Texts) -> String {
    let value = FacetValue { key: group.kind.key.clone(), label: group.kind.label.clone() };
    index::value_label(Facet::Kind, &value, texts)
}

/// What its kind is about: the site's words, else the theme's.
pub(crate) fn kind_about(group: &Group, texts: &Texts) -> Option<String> {
    let own = group.kind.description.clone();
    own.or_else(|| texts.find(&format!("value.kind.{}.about", group.kind.key)).map(str::to_owned))
}

/// When it meets, in a line, as its author wrote it.
pub(crate) fn when(group: &Group, texts: &Texts) -> Fact {
    first_and_more(group, |entry| entry.when.clone(), texts)
}

/// The first of its sentences in some words, and how many more there are.
fn first_and_more(group: &Group, sentence: fn(&Entry) -> String, texts: &Texts) -> Fact {
    let words = match &group.schedule {
        Schedule::NotStated => None,
        Schedule::Words(words) => Some(words.clone()),
        Schedule::Entries(entries) => entries.first().map(|first| match entries.len() - 1 {
            0 => sentence(first),
            more => texts.count("card.more", more as u64, &[("first", &sentence(first))]),
        }),
    };
    match words {
        Some(words) => Fact { words: hours::whole(&words), stated: true },
        None => Fact { words: words::plain(texts.say("group.ask_when")), stated: false },
    }
}

/// Its author's words, or where those are long and few would do, what they mean in few.
fn in_few_words(entry: &Entry) -> String {
    let brief = words::capitalised(&describe_briefly(&entry.rules));
    let is_long = entry.when.chars().count() > LONG;
    if is_long && !brief.is_empty() && brief.len() < entry.when.len() {
        brief
    } else {
        entry.when.clone()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;
    use crate::model::group::Setting;
    use crate::render::tests::fixture::{clock, weekly};

    #[test]
    fn only_long_sentences_are_said_in_fewer_words() {
        let said = |when: &str| {
            in_few_words(&Entry {
                when: when.to_owned(),
                rules: vec![weekly(Weekday::Thursday, clock((18, 0), (19, 30)))],
                setting: Setting::default(),
                starts: None,
                ends: None,
                topic: None,
                note: None,
            })
        };
        assert_eq!(said("each Thursday evening, 6–7:30 pm"), "each Thursday evening, 6–7:30 pm");
        let long =
            "on every Thursday of each and every week of the year, from 6:00 pm until 7:30 pm";
        assert_eq!(said(long), "Thursdays, 6:00–7:30 pm");
    }
}
