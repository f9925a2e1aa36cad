//! Controlled terms, and the facets that a finder narrows by.

use jiff::civil::{Time, Weekday};

use crate::model::group::{
    Admission, Format, Group, Intake, LeadershipModel, Meeting, PresentationKind, Registration,
    Serves, Style,
};
use crate::model::venue::Place;
use crate::schedule::Rule;
use crate::slug::Slug;

/// A term of a vocabulary: its key and what a page shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// Its key, as in addresses.
    pub key: Slug,
    /// What a page shows.
    pub label: String,
}

/// A kind of group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its key, as in addresses.
    pub key: Slug,
    /// The site's own label; none means the theme's words for a built-in kind.
    pub label: Option<String>,
    /// The site's own explanation; none means the theme's words for a built-in kind.
    pub description: Option<String>,
    /// For whom such groups are, unless one says otherwise.
    pub serves: Serves,
}

/// The built-in kinds, and for whom they are.
pub const BUILT_IN_KINDS: [(&str, Serves); 6] = [
    ("emotional-support", Serves::Both),
    ("peer-consultation", Serves::Professionals),
    ("peer-support", Serves::Public),
    ("process", Serves::Both),
    ("professional-collaboration", Serves::Professionals),
    ("training", Serves::Professionals),
];

/// The days of the week by their names in addresses and data, in the week's order.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The parts of the day by their names in addresses and data, each with the time before which a meeting must begin; the
/// last has none.
pub const DAYTIMES: [(&str, Option<Time>); 3] = [
    ("morning", Some(Time::constant(12, 0, 0, 0))),
    ("afternoon", Some(Time::constant(17, 0, 0, 0))),
    ("evening", None),
];

/// A way to narrow the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Kind of group.
    Kind,
    /// Professionals, public or both.
    For,
    /// What it is about.
    Topic,
    /// For whom in particular.
    Audience,
    /// The day of the week; a group that can meet on any has none.
    Day,
    /// Morning, afternoon or evening, by when a meeting begins.
    Time,
    /// In person, online or hybrid.
    Format,
    /// Open, closed or by application.
    Admission,
    /// Whether one registers.
    Registration,
    /// Whether it takes people now.
    Intake,
    /// Languages spoken.
    Language,
    /// State, province or county.
    Region,
    /// Town.
    City,
    /// What it and its place offer.
    Accessibility,
    /// Free.
    Cost,
}

/// A value of a facet that a group has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FacetValue {
    /// The value in addresses and data.
    pub key: Slug,
    /// The value's own words; none where the theme has words for a fixed value such as `online`.
    pub label: Option<String>,
}

impl Facet {
    /// All, in the order of pages and data.
    pub const ALL: [Facet; 15] = [
        Facet::Kind,
        Facet::For,
        Facet::Topic,
        Facet::Audience,
        Facet::Day,
        Facet::Time,
        Facet::Format,
        Facet::Admission,
        Facet::Registration,
        Facet::Intake,
        Facet::Language,
        Facet::Region,
        Facet::City,
        Facet::Accessibility,
        Facet::Cost,
    ];

    /// Its name in addresses and data.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Kind => "kind",
            Facet::For => "for",
            Facet::Topic => "topic",
            Facet::Audience => "audience",
            Facet::Day => "day",
            Facet::Time => "time",
            Facet::Format => "format",
            Facet::Admission => "admission",
            Facet::Registration => "registration",
            Facet::Intake => "intake",
            Facet::Language => "language",
            Facet::Region => "region",
            Facet::City => "city",
            Facet::Accessibility => "accessibility",
            Facet::Cost => "cost",
        }
    }

    /// Where one of its values stands among the others, as weekdays do in the week; 0 for all where their words give the
    /// order.
    pub fn place_of(self, key: &Slug) -> usize {
        let place = match self {
            Facet::Day => WEEKDAYS.iter().position(|(name, _)| *name == key.as_str()),
            Facet::Time => DAYTIMES.iter().position(|(name, _)| *name == key.as_str()),
            _ => None,
        };
        place.unwrap_or(0)
    }

    /// The values that a group has: the union over its meetings, without repeats, in their order, else that of the key.
    pub fn values(self, group: &Group) -> Vec<FacetValue> {
        let membership = &group.membership;
        let mut values: Vec<FacetValue> = match self {
            Facet::Kind => {
                vec![FacetValue { key: group.kind.key.clone(), label: group.kind.label.clone() }]
            }
            Facet::For => serves(group.serves).iter().map(|s| fixed(s.name())).collect(),
            Facet::Topic => group.topics.iter().map(own).collect(),
            Facet::Audience => group.audience.iter().map(own).collect(),
            Facet::Day => {
                let days = rules(group).filter_map(Rule::weekdays);
                let is_on = |day| days.clone().any(|days| days.contains(day));
                WEEKDAYS
                    .iter()
                    .filter(|(_, day)| is_on(*day))
                    .map(|(name, _)| fixed(name))
                    .collect()
            }
            Facet::Time => {
                let starts = rules(group).filter_map(|rule| rule.clock.map(|clock| clock.start));
                starts.map(|start| fixed(daytime(start))).collect()
            }
            Facet::Format => {
                group.settings().iter().filter_map(|s| s.format).map(|f| fixed(f.name())).collect()
            }
            Facet::Admission => membership.admission.iter().map(|a| fixed(a.name())).collect(),
            Facet::Registration => {
                membership.registration.iter().map(|r| fixed(r.name())).collect()
            }
            Facet::Intake => membership.intake.iter().map(|i| fixed(i.name())).collect(),
            Facet::Language => {
                group.languages.iter().filter_map(|l| named(&l.code, &l.name)).collect()
            }
            Facet::Region => places(group)
                .filter_map(|p| p.region())
                .filter_map(|name| named(name, name))
                .collect(),
            Facet::City => places(group)
                .filter_map(|p| p.city())
                .filter_map(|name| named(name, name))
                .collect(),
            Facet::Accessibility => accessibility(group).map(own).collect(),
            Facet::Cost => group.cost.is_free().then(|| fixed("free")).into_iter().collect(),
        };
        self.put_in_order(&mut values);
        values
    }

    /// Whether its values are true of a single meeting: a group that has both a day and a place need not meet there on
    /// that day.
    pub fn is_of_meeting(self) -> bool {
        match self {
            Facet::Day
            | Facet::Time
            | Facet::Format
            | Facet::Region
            | Facet::City
            | Facet::Accessibility => true,
            Facet::Kind
            | Facet::For
            | Facet::Topic
            | Facet::Audience
            | Facet::Admission
            | Facet::Registration
            | Facet::Intake
            | Facet::Language
            | Facet::Cost => false,
        }
    }

    /// The values that one of a group's meetings has; of a facet that is not of meetings, those of the group.
    pub fn values_at(self, group: &Group, meeting: Meeting<'_>) -> Vec<FacetValue> {
        let Meeting { rule, setting } = meeting;
        let place = setting.place.as_ref();
        let mut values: Vec<FacetValue> = match self {
            Facet::Day => {
                let days = rule.and_then(Rule::weekdays);
                let is_on = |day| days.is_some_and(|days| days.contains(day));
                let days = WEEKDAYS.iter().filter(|(_, day)| is_on(*day));
                days.map(|(name, _)| fixed(name)).collect()
            }
            Facet::Time => {
                let clock = rule.and_then(|rule| rule.clock);
                clock.iter().map(|clock| fixed(daytime(clock.start))).collect()
            }
            Facet::Format => setting.format.iter().map(|format| fixed(format.name())).collect(),
            Facet::Region => {
                place.and_then(Place::region).and_then(|n| named(n, n)).into_iter().collect()
            }
            Facet::City => {
                place.and_then(Place::city).and_then(|n| named(n, n)).into_iter().collect()
            }
            Facet::Accessibility => {
                let there = place.map_or(&[][..], Place::accessibility);
                group.accessibility.iter().chain(there).map(own).collect()
            }
            _ => return self.values(group),
        };
        self.put_in_order(&mut values);
        values
    }

    /// Of two with one key the first stays.
    fn put_in_order(self, values: &mut Vec<FacetValue>) {
        values.sort_by(|a, b| {
            self.place_of(&a.key).cmp(&self.place_of(&b.key)).then_with(|| a.key.cmp(&b.key))
        });
        values.dedup_by(|a, b| a.key == b.key);
    }
}

fn rules(group: &Group) -> impl Iterator<Item = &Rule> + Clone {
    group.schedule.entries().iter().flat_map(|entry| &entry.rules)
}

/// The part of the day in which a meeting begins.
pub fn daytime(start: Time) -> &'static str {
    let part = DAYTIMES.iter().find(|(_, before)| before.is_none_or(|before| start < before));
    part.map_or("evening", |(name, _)| name)
}

fn places(group: &Group) -> impl Iterator<Item = &Place> {
    group.settings().into_iter().filter_map(|setting| setting.place.as_ref())
}

/// What a group offers, joined with what its places do.
pub fn accessibility(group: &Group) -> impl Iterator<Item = &Term> {
    group.accessibility.iter().chain(places(group).flat_map(Place::accessibility))
}

/// Who looks for groups for the public wants those for both as well.
fn serves(serves: Serves) -> &'static [Serves] {
    match serves {
        Serves::Professionals => &[Serves::Professionals],
        Serves::Public => &[Serves::Public],
        Serves::Both => &[Serves::Both, Serves::Professionals, Serves::Public],
    }
}

fn own(term: &Term) -> FacetValue {
    FacetValue { key: term.key.clone(), label: Some(term.label.clone()) }
}

fn named(key: &str, label: &str) -> Option<FacetValue> {
    Some(FacetValue { key: Slug::from_text(key)?, label: Some(label.to_owned()) })
}

fn fixed(key: &str) -> FacetValue {
    FacetValue { key: Slug::parse(key).expect("fixed values are slugs"), label: None }
}

macro_rules! names {
    ($($type:ident { $($variant:ident = $name:literal),* $(,)? })*) => {$(
        impl $type {
            /// All values by their names in content, addresses and data.
            pub const NAMES: &'static [(&'static str, $type)] = &[$(($name, $type::$variant)),*];

            /// Its name in content, addresses and data.
            pub fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name),*
                }
            }
        }
    )*};
}
names! {
    Serves { Professionals = "professionals", Public = "public", Both = "both" }
    Admission { Open = "open", Closed = "closed", Application = "application" }
    Registration { None = "none", Required = "required" }
    Intake { Open = "open", Waitlist = "waitlist", Forming = "forming", Full = "full" }
    Format { InPerson = "in-person", Online = "online", Hybrid = "hybrid" }
    Style { Structured = "structured", Informal = "informal" }
    PresentationKind { Case = "case", Topic = "topic" }
    LeadershipModel { Facilitator = "facilitator", PeerLed = "peer-led", Rotating = "rotating", Elected = "elected" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_evening_begins_at_five_and_the_afternoon_at_noon() {
        for (hour, minute, part) in [
            (0, 0, "morning"),
            (11, 59, "morning"),
            (12, 0, "afternoon"),
            (16, 59, "afternoon"),
            (17, 0, "evening"),
            (23, 59, "evening"),
        ] {
            assert_eq!(daytime(Time::constant(hour, minute, 0, 0)), part, "{hour}:{minute}");
        }
    }
}
