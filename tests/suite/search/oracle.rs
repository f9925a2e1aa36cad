//! The truth about the finder: what a query finds and how many groups each other choice would give, by trying every
//! meeting of every group. Knows the content model and no file of the index.

use std::collections::{BTreeMap, BTreeSet};

use roundtable::model::Site;
use roundtable::model::facet::{WEEKDAYS, daytime};
use roundtable::model::group::{Admission, Entry, Group, Intake, Registration, Serves, Setting};
use roundtable::model::settings::Vocabulary;
use roundtable::model::venue::Place;
use roundtable::schedule::Rule;
use roundtable::slug::Slug;

use super::words::{Word, terms, words};

/// Facets in the order of the content model.
pub(super) const FACETS: [&str; 15] = [
    "kind",
    "for",
    "topic",
    "audience",
    "day",
    "time",
    "format",
    "admission",
    "registration",
    "intake",
    "language",
    "region",
    "city",
    "accessibility",
    "cost",
];

/// What something is, by facet; a facet that it says nothing of has no values.
pub(super) type Values = BTreeMap<&'static str, BTreeSet<String>>;

/// What a reader asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// The value that all groups of the page have.
    pub(super) on: Option<(String, String)>,
    /// Of each facet one must be true.
    pub(super) chosen: BTreeMap<String, Vec<String>>,
    pub(super) text: String,
}

/// What it finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Sorted.
    pub(super) slugs: Vec<String>,
    /// By facet and value, also of those that would find nothing; without the facet of the page.
    pub(super) counts: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

pub(super) struct Oracle {
    groups: Vec<Known>,
    /// Those of listed groups.
    pub(super) values: Values,
    stop_words: BTreeSet<String>,
}

/// A listed group.
struct Known {
    slug: String,
    /// Of each meeting all that is true of it, what is true of the whole group too.
    meetings: Vec<Values>,
    /// The same by facet, as numbers of values, which are compared sooner.
    numbers: Vec<[Vec<usize>; 15]>,
    /// Without stop words.
    terms: BTreeSet<String>,
}

impl Oracle {
    pub(super) fn new(
        site: &Site,
        kinds: &BTreeMap<String, String>,
        stop: BTreeSet<String>,
    ) -> Oracle {
        let listed = site.groups.iter().filter(|group| group.is_listed());
        let groups = listed.map(|group| {
            let own = of_group(group);
            let meetings = meetings(group).into_iter().map(|mut meeting| {
                meeting.extend(own.clone());
                meeting
            });
            let words = texts(group, &site.settings.vocabulary, kinds);
            Known {
                slug: group.slug.to_string(),
                meetings: meetings.collect(),
                numbers: Vec::new(),
                terms: words
                    .iter()
                    .flat_map(|text| terms(text))
                    .filter(|it| !stop.contains(it))
                    .collect(),
            }
        });
        let mut groups: Vec<Known> = groups.collect();
        let mut values = Values::new();
        for (facet, own) in groups.iter().flat_map(|group| &group.meetings).flatten() {
            values.entry(facet).or_default().extend(own.iter().cloned());
        }
        for group in &mut groups {
            let none = BTreeSet::new();
            let own = |meeting: &Values| {
                FACETS.map(|facet| numbers(&values, facet, meeting.get(facet).unwrap_or(&none)))
            };
            group.numbers = group.meetings.iter().map(own).collect();
        }
        Oracle { groups, values, stop_words: stop }
    }

    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }

    /// What a group can be found by, and what is true of each of its meetings.
    pub(super) fn group(&self, at: usize) -> (&BTreeSet<String>, &[Values]) {
        (&self.groups[at].terms, &self.groups[at].meetings)
    }

    /// The groups of a query: each has a meeting of which everything is true that is chosen, and all words.
    pub(super) fn found(&self, query: &Query) -> Vec<String> {
        let has_text = self.has_text(&query.text);
        let groups = self.groups.iter().zip(has_text).filter(|(group, has_text)| {
            *has_text && group.meetings.iter().any(|meeting| query.is_true_of(meeting))
        });
        let mut slugs: Vec<String> = groups.map(|(group, _)| group.slug.clone()).collect();
        slugs.sort();
        slugs
    }

    /// The same, and what each value would give in place of those of its facet.
    pub(super) fn answer(&self, query: &Query) -> Found {
        let has_text = self.has_text(&query.text);
        let wanted = self.wanted(query);
        let page = query.on.as_ref().map(|(facet, _)| facet.as_str());
        let facets = FACETS.into_iter().filter(|facet| Some(*facet) != page);
        let counts = facets.filter_map(|facet| {
            let values = self.values.get(facet)?.iter();
            let counts = self.counts(&wanted, place(facet), &has_text);
            Some((facet, values.cloned().zip(counts).collect()))
        });
        Found { counts: counts.collect(), slugs: self.found(query) }
    }

    /// What is chosen, the value of the page too: of each facet one value must be true.
    fn wanted(&self, query: &Query) -> Vec<(usize, Vec<usize>)> {
        let chosen = query.chosen.iter().map(|(facet, values)| (place(facet), values.clone()));
        let page = query.on.iter().map(|(facet, value)| (place(facet), vec![value.clone()]));
        let values = |(facet, values): (usize, Vec<String>)| {
            (facet, numbers(&self.values, FACETS[facet], &values.into_iter().collect()))
        };
        chosen.chain(page).map(values).collect()
    }

    /// How many groups have a meeting with each value of a facet, of which all is true that is wanted in the others.
    fn counts(
        &self,
        wanted: &[(usize, Vec<usize>)],
        facet: usize,
        has_text: &[bool],
    ) -> Vec<usize> {
        let mut counts = vec![0; self.values[FACETS[facet]].len()];
        let mut last_counted = vec![usize::MAX; counts.len()];
        let found = self.groups.iter().enumerate().filter(|(at, _)| has_text[*at]);
        let meetings = found.flat_map(|(at, group)| group.numbers.iter().map(move |own| (at, own)));
        for (at, meeting) in meetings {
            let is_true = |(other, values): &(usize, Vec<usize>)| {
                *other == facet || meeting[*other].iter().any(|value| values.contains(value))
            };
            let own = if wanted.iter().all(is_true) { &meeting[facet][..] } else { &[] };
            for &value in own {
                counts[value] += usize::from(last_counted[value] != at);
                last_counted[value] = at;
            }
        }
        counts
    }

    /// Whether each group has all words of a text that say something.
    fn has_text(&self, text: &str) -> Vec<bool> {
        let all = words(text);
        let says = |word: &&Word| !self.stop_words.contains(word.text());
        let mut wanted: Vec<&Word> = all.iter().filter(says).collect();
        // Whoever asks for nothing but such a word means it.
        if wanted.is_empty() {
            wanted = all.iter().collect();
        }
        let found: Vec<Vec<bool>> = wanted
            .iter()
            .map(|word| {
                let has = |group: &Known| group.terms.iter().any(|term| word.finds(term));
                self.groups.iter().map(has).collect::<Vec<bool>>()
            })
            .collect();
        // One letter that nobody uses is the beginning of a word that is still being typed.
        let counts = wanted
            .iter()
            .zip(&found)
            .filter(|(word, found)| word.text().chars().nth(1).is_some() || found.contains(&true));
        let found: Vec<&Vec<bool>> = counts.map(|(_, found)| found).collect();
        (0..self.groups.len()).map(|group| found.iter().all(|word| word[group])).collect()
    }
}

impl Query {
    /// Whether all that is chosen is true of a meeting.
    fn is_true_of(&self, meeting: &Values) -> bool {
        let has = |facet: &str, value: &String| {
            meeting.get(facet).is_some_and(|values| values.contains(value))
        };
        let page = self.on.iter().all(|(facet, value)| has(facet, value));
        page && self
            .chosen
            .iter()
            .all(|(facet, values)| values.iter().any(|value| has(facet, value)))
    }

    /// From the address's fragment, without `#`; the order of results is not the oracle's.
    pub(super) fn parse(fragment: &str) -> Query {
        let mut query = Query::default();
        for pair in fragment.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap();
            let value = value.replace('+', " ");
            let value = percent_encoding::percent_decode_str(&value).decode_utf8().unwrap();
            match name {
                "q" => query.text = value.into_owned(),
                "near" | "sort" => {}
                facet => {
                    let values = value.split(',').map(str::to_owned);
                    query.chosen.entry(facet.to_owned()).or_default().extend(values);
                }
            }
        }
        query
    }

    /// The other way round.
    pub(super) fn fragment(&self) -> String {
        let mut pairs: Vec<String> = Vec::new();
        pairs.extend(
            self.chosen.iter().map(|(facet, values)| format!("{facet}={}", values.join(","))),
        );
        if !self.text.is_empty() {
            let text = percent_encoding::utf8_percent_encode(
                &self.text,
                percent_encoding::NON_ALPHANUMERIC,
            );
            pairs.push(format!("q={text}"));
        }
        pairs.join("&")
    }
}

/// Where a facet stands among the others.
fn place(facet: &str) -> usize {
    FACETS.iter().position(|name| *name == facet).unwrap()
}

/// The numbers of some values of a facet; those that no listed group has have none.
fn numbers(all: &Values, facet: &'static str, some: &BTreeSet<String>) -> Vec<usize> {
    let all = all.get(facet).into_iter().flatten().enumerate();
    all.filter(|(_, value)| some.contains(*value)).map(|(number, _)| number).collect()
}

fn one(key: impl ToString) -> BTreeSet<String> {
    [key.to_string()].into()
}

fn slug(words: &str) -> Option<String> {
    Slug::from_text(words).map(|slug| slug.to_string())
}

/// What is true of a group whenever it meets.
fn of_group(group: &Group) -> Values {
    let membership = &group.membership;
    let keys = |terms: &[roundtable::model::facet::Term]| -> BTreeSet<String> {
        terms.iter().map(|term| term.key.to_string()).collect()
    };
    let serves: &[&str] = match group.serves {
        Serves::Professionals => &["professionals"],
        Serves::Public => &["public"],
        Serves::Both => &["both", "professionals", "public"],
    };
    let name_of = |name: Option<&str>| name.map(one).unwrap_or_default();
    [
        ("kind", one(&group.kind.key)),
        ("for", serves.iter().map(ToString::to_string).collect()),
        ("topic", keys(&group.topics)),
        ("audience", keys(&group.audience)),
        ("admission", name_of(membership.admission.map(Admission::name))),
        ("registration", name_of(membership.registration.map(Registration::name))),
        ("intake", name_of(membership.intake.map(Intake::name))),
        ("language", group.languages.iter().filter_map(|it| slug(&it.code)).collect()),
        ("cost", if group.cost.is_free() { one("free") } else { BTreeSet::new() }),
    ]
    .into()
}

/// What is true of each kind of meeting: of each rule of each entry of the schedule, with that entry's place.
fn meetings(group: &Group) -> Vec<Values> {
    let entries = group.schedule.entries();
    if entries.is_empty() {
        return vec![meeting(group, &group.setting, None)];
    }
    let of_entry = |entry: &Entry| match entry.rules.as_slice() {
        [] => vec![meeting(group, &entry.setting, None)],
        rules => rules.iter().map(|rule| meeting(group, &entry.setting, Some(rule))).collect(),
    };
    entries.iter().flat_map(of_entry).collect()
}

fn meeting(group: &Group, setting: &Setting, rule: Option<&Rule>) -> Values {
    let days = rule.and_then(Rule::weekdays);
    let is_on = |day| days.is_some_and(|days| days.contains(day));
    let days = WEEKDAYS.iter().filter(|(_, day)| is_on(*day)).map(|(name, _)| (*name).to_owned());
    let start = rule.and_then(|rule| rule.clock).map(|clock| clock.start);
    let place = setting.place.as_ref();
    let offered = place.map(Place::accessibility).unwrap_or_default();
    let offered = group.accessibility.iter().chain(offered);
    let town = |name: Option<&str>| name.and_then(slug).map(one).unwrap_or_default();
    [
        ("day", days.collect()),
        ("time", start.map(daytime).map(one).unwrap_or_default()),
        ("format", setting.format.map(|format| one(format.name())).unwrap_or_default()),
        ("region", town(place.and_then(|place| place.region()))),
        ("city", town(place.and_then(|place| place.city()))),
        ("accessibility", offered.map(|term| term.key.to_string()).collect()),
    ]
    .into()
}

/// All that is searched through. `kinds` are the theme's words for built-in kinds.
fn texts(group: &Group, vocabulary: &Vocabulary, kinds: &BTreeMap<String, String>) -> Vec<String> {
    let kind = group.kind.label.as_ref().or_else(|| kinds.get(group.kind.key.as_str()));
    let mut texts = vec![group.title.clone(), group.purpose.clone(), kind.unwrap().clone()];
    for (terms, listed) in
        [(&group.topics, &vocabulary.topic), (&group.audience, &vocabulary.audience)]
    {
        for term in terms {
            texts.push(term.label.clone());
            texts
                .extend(listed.get(&term.key).into_iter().flat_map(|entry| entry.synonyms.clone()));
        }
    }
    for place in group.settings().into_iter().filter_map(|setting| setting.place.as_ref()) {
        let names = [place.name(), place.city(), place.region()];
        texts.extend(names.into_iter().flatten().map(str::to_owned));
    }
    for person in &group.leadership.people {
        texts.push(person.name.clone());
        texts.extend(person.credentials.clone());
    }
    texts.push(group.body.text.clone());
    texts
}
