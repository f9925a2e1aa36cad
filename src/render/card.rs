//! A group in a list: rendered once, used on every page that lists the group.

use crate::model::facet::{Facet, FacetValue};
use crate::model::group::{Format, Group, Schedule, Visibility};
use crate::render::context::{Card, Fact};
use crate::render::{hours, index, place, state, words};
use crate::theme::texts::Texts;

/// The card of a group.
pub(crate) fn card(group: &Group, texts: &Texts) -> Card {
    let whom = texts.say(&format!("value.for.{}.card", group.serves.name()));
    Card {
        title: group.title.clone(),
        url: group.url(),
        purpose: group.purpose.clone(),
        kind: texts.fill("card.kind", &[("kind", &kind_label(group, texts)), ("whom", whom)]),
        when: when(group, texts),
        place: place::in_short(group, texts),
        format: place::format(group).map_or("", Format::name),
        state: state::in_short(group, texts),
        draft: matches!(group.visibility, Visibility::Draft),
    }
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
    let words = match &group.schedule {
        Schedule::NotStated => None,
        Schedule::Words(words) => Some(words.clone()),
        Schedule::Entries(entries) => entries.first().map(|first| match entries.len() - 1 {
            0 => first.when.clone(),
            more => texts.count("card.more", more as u64, &[("first", &first.when)]),
        }),
    };
    match words {
        Some(words) => Fact { words: hours::whole(&words), stated: true },
        None => Fact { words: words::plain(texts.say("group.ask_when")), stated: false },
    }
}
