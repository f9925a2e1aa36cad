//! Terms and kinds: what a word that an author typed stands for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::check::fields::{Fields, Findings};
use crate::check::values::{self, Wrong};
use crate::diagnostic::rules::content as rules;
use crate::load::yaml;
use crate::model::facet::{BUILT_IN_KINDS, Kind, Term};
use crate::model::group::Serves;
use crate::model::settings::{Entry, Vocabulary};
use crate::schema::site::{KIND, TERM};
use crate::slug::Slug;
use crate::suggest::closest;

/// The terms that may be used.
pub(super) struct Terms {
    pub(super) topic: List,
    pub(super) audience: List,
    pub(super) accessibility: List,
    kinds: BTreeMap<Slug, Arc<Kind>>,
    kind_words: HashMap<Slug, Slug>,
}

/// The terms of one field; an empty list takes any.
#[derive(Default)]
pub(super) struct List {
    terms: BTreeMap<Slug, Entry>,
    /// Keys, labels and synonyms, each as a slug, so that case, spaces and accents do not matter.
    words: HashMap<Slug, Slug>,
}

impl Terms {
    /// Reads `vocabulary`; without one, any term and the built-in kinds.
    pub(super) fn read(vocabulary: Option<&Fields<'_>>) -> Terms {
        let list = |name| vocabulary.map_or_else(List::default, |fields| List::read(fields, name));
        let mut terms = Terms {
            topic: list("topic"),
            audience: list("audience"),
            accessibility: list("accessibility"),
            kinds: BTreeMap::new(),
            kind_words: HashMap::new(),
        };
        for (key, serves) in BUILT_IN_KINDS {
            let key = Slug::parse(key).expect("built-in kinds are slugs");
            terms.add_kind(Kind { key, label: None, description: None, serves }, &[]);
        }
        for entry in vocabulary.map_or(&[][..], |fields| fields.map("kind")) {
            terms.read_kind(entry, vocabulary.expect("its entries come from it").findings);
        }
        terms
    }

    fn read_kind(&mut self, entry: &yaml::Entry, findings: &Findings) {
        let fields = Fields::open(&KIND, &entry.value, findings);
        let label = fields.words("label");
        let description = fields.words("description");
        let serves = fields.choice("for", Serves::NAMES);
        let synonyms: Vec<String> =
            fields.texts("synonyms").into_iter().map(|synonym| synonym.value).collect();
        let Some(key) = key(entry, findings) else { return };
        let built_in = self.kinds.get(&key);
        let kind = Kind {
            label: label.or_else(|| built_in.is_none().then(|| in_words(key.as_str()))),
            description,
            serves: serves
                .map(|s| s.value)
                .or(built_in.map(|kind| kind.serves))
                .unwrap_or(Serves::Both),
            key,
        };
        self.add_kind(kind, &synonyms);
    }

    fn add_kind(&mut self, kind: Kind, synonyms: &[String]) {
        let words = synonyms.iter().chain(&kind.label).filter_map(|word| Slug::from_text(word));
        for word in words.chain([kind.key.clone()]) {
            self.kind_words.insert(word, kind.key.clone());
        }
        self.kinds.insert(kind.key.clone(), Arc::new(kind));
    }

    /// The kind that a word stands for.
    pub(super) fn kind(&self, typed: &str) -> Result<Arc<Kind>, Wrong> {
        let key = Slug::from_text(typed).and_then(|word| self.kind_words.get(&word));
        match key.and_then(|key| self.kinds.get(key)) {
            Some(kind) => Ok(kind.clone()),
            None => Err(unknown(typed, "kind", self.kinds.keys().map(Slug::as_str))),
        }
    }

    /// Some kind, to go on with where the one that was typed is not known.
    pub(super) fn any_kind(&self) -> Arc<Kind> {
        self.kinds.values().next().expect("six are built in").clone()
    }

    /// The terms that the site lists, for search.
    pub(super) fn vocabulary(&self) -> Vocabulary {
        Vocabulary {
            topic: self.topic.terms.clone(),
            audience: self.audience.terms.clone(),
            accessibility: self.accessibility.terms.clone(),
        }
    }
}

impl List {
    fn read(vocabulary: &Fields<'_>, name: &str) -> List {
        let mut list = List::default();
        for entry in vocabulary.map(name) {
            let fields = Fields::open(&TERM, &entry.value, vocabulary.findings);
            let label = fields.words("label");
            let synonyms: Vec<String> =
                fields.texts("synonyms").into_iter().map(|synonym| synonym.value).collect();
            let Some(key) = key(entry, vocabulary.findings) else { continue };
            let label = label.unwrap_or_else(|| in_words(key.as_str()));
            let words = synonyms.iter().chain([&label]).filter_map(|word| Slug::from_text(word));
            for word in words.chain([key.clone()]) {
                let owner = list.words.entry(word.clone()).or_insert_with(|| key.clone());
                if *owner != key {
                    let message =
                        format!("`{word}` stands for `{owner}` already, and here for `{key}`");
                    let problem =
                        vocabulary.findings.at(&rules::WRONG_VALUE, entry.key_span, message);
                    vocabulary.findings.add(problem.help("take it out of one of the two terms"));
                }
            }
            list.terms.insert(key, Entry { label, synonyms });
        }
        list
    }

    /// The term that a word stands for; `field` is the vocabulary's name.
    pub(super) fn term(&self, field: &str, typed: &str) -> Result<Term, Wrong> {
        let word = Slug::from_text(typed);
        if self.terms.is_empty() {
            let key = word.ok_or_else(|| unknown(typed, field, std::iter::empty()))?;
            let label = if typed == key.as_str() { in_words(typed) } else { capitalised(typed) };
            return Ok(Term { key, label });
        }
        let found = word
            .and_then(|word| self.words.get(&word))
            .and_then(|key| self.terms.get_key_value(key));
        match found {
            Some((key, entry)) => Ok(Term { key: key.clone(), label: entry.label.clone() }),
            None => Err(unknown(typed, field, self.terms.keys().map(Slug::as_str))),
        }
    }
}

fn key(entry: &yaml::Entry, findings: &Findings) -> Option<Slug> {
    match values::slug(&entry.key) {
        Ok(key) => Some(key),
        Err(wrong) => {
            findings.add(wrong.into_diagnostic("vocabulary", &findings.source, entry.key_span));
            None
        }
    }
}

fn unknown<'a>(typed: &str, field: &str, known: impl Iterator<Item = &'a str> + Clone) -> Wrong {
    let slug = Slug::from_text(typed).map_or_else(String::new, |slug| slug.to_string());
    let begins = |word: &&str| slug.starts_with(&format!("{word}-"));
    let near = known.clone().find(begins).or_else(|| closest(&slug, known.clone()));
    let suggestion = near.map(str::to_owned);
    let help = match (&suggestion, known.clone().count()) {
        (Some(word), _) => format!("did you mean `{word}`?"),
        (None, 0) => "write a word with letters or digits".to_owned(),
        (None, 1..=12) => {
            format!("the site has {}", crate::schema::one_of(&known.collect::<Vec<_>>()))
        }
        (None, _) => {
            format!("use one that `site.yaml` lists, or add it to `vocabulary: {field}:` there")
        }
    };
    let message = format!("`{typed}` is not among the {} of this site", plural(field));
    Wrong { rule: &rules::UNKNOWN_TERM, message, help, fix: suggestion }
}

/// The terms of a vocabulary, in words.
fn plural(field: &str) -> &str {
    match field {
        "topic" => "topics",
        "audience" => "audiences",
        "kind" => "kinds of group",
        _ => "terms for accessibility",
    }
}

/// `vicarious-trauma` as "Vicarious trauma", and `step-free` as "Step-free".
pub(super) fn in_words(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    capitalised(&words.replace(" free", "-free"))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_without_a_label_are_shown_in_words() {
        assert_eq!(in_words("vicarious-trauma"), "Vicarious trauma");
        assert_eq!(in_words("step-free"), "Step-free");
        let any = List::default();
        let label =
            |typed| any.term("topic", typed).map_or_else(|wrong| wrong.message, |term| term.label);
        assert_eq!(label("accessible restroom"), "Accessible restroom");
        assert_eq!(label("EMDR"), "EMDR");
    }
}
