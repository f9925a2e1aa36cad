//! One generated group: the fields of one of `example-site`'s, with other facts.

use std::collections::HashSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::chance::Chance;
use super::map::house;
use super::times::{Plan, hours, plan, weighted};
use super::words::capitalised;
use super::{Example, fields, parts, skewed};

/// Groups of `example-site` have a picture far more often than those of a directory.
const PICTURES_LEFT_OUT: usize = 80;
/// The last day of exceptions; schedules may end after it.
const EXCEPTIONS: Date = date(2027, 6, 1);

const GATHERINGS: [&str; 14] = [
    "Circle",
    "Group",
    "Support Group",
    "Table",
    "Evening",
    "Exchange",
    "Gathering",
    "Workshop",
    "Network",
    "Drop-In",
    "Meeting",
    "Collective",
    "Roundtable",
    "Community",
];
const QUALITIES: [&str; 12] = [
    "Open", "Quiet", "Steady", "Gentle", "New", "Shared", "Common", "Warm", "Honest", "Brave",
    "Evening", "Saturday",
];
const FIRST_NAMES: [&str; 48] = [
    "Aisha", "Alan", "Amara", "Angela", "Arturo", "Bea", "Ben", "Carla", "Chen", "Dana", "Denise",
    "Diego", "Elena", "Elias", "Fatima", "Frank", "Gloria", "Grace", "Hana", "Henry", "Ines",
    "Isaac", "James", "Jonah", "Joy", "Keisha", "Kofi", "Laura", "Leila", "Lin", "Marcus",
    "Marisol", "Mei", "Miriam", "Nadia", "Noah", "Olga", "Omar", "Priya", "Rosa", "Ruth", "Samuel",
    "Sofía", "Tariq", "Thomas", "Vera", "Walt", "Yusuf",
];
const NAME_BEGINNINGS: [&str; 30] = [
    "Al", "Ander", "Bar", "Ben", "Bran", "Cal", "Car", "Dal", "Del", "El", "Fer", "Gar", "Hal",
    "Hen", "Jan", "Kal", "Lar", "Mar", "Mon", "Nor", "Okon", "Pat", "Quin", "Ram", "Sal", "San",
    "Tor", "Val", "Wal", "Zim",
];
const NAME_ENDINGS: [&str; 24] = [
    "dez", "den", "dorf", "ell", "er", "ero", "ett", "ford", "gado", "ham", "ini", "kar", "ley",
    "man", "mer", "ness", "ova", "ris", "sen", "son", "ston", "ton", "well", "wicz",
];
const CREDENTIALS: [&str; 8] = ["LPC", "LPCC-S", "LISW", "LSW", "IMFT", "PhD", "PsyD", "LICDC"];
const ROLES: [&str; 6] =
    ["convener", "facilitator", "host", "co-facilitator", "first contact", "trainer"];
const KINDS: [(&str, usize); 7] = [
    ("peer-support", 38),
    ("emotional-support", 20),
    ("peer-consultation", 14),
    ("process", 9),
    ("training", 9),
    ("professional-collaboration", 6),
    ("study-circle", 4),
];
const FORMATS: [(&str, usize); 4] = [("in-person", 52), ("online", 26), ("hybrid", 14), ("", 8)];
const ADMISSIONS: [(&str, usize); 3] = [("open", 62), ("closed", 24), ("application", 14)];
const INTAKES: [(&str, usize); 4] = [("open", 70), ("waitlist", 13), ("full", 9), ("forming", 8)];
const LANGUAGES: [(&str, usize); 12] = [
    ("en", 820),
    ("en, es", 60),
    ("es", 50),
    ("en, American Sign Language", 15),
    ("en, fr", 8),
    ("en, ar", 8),
    ("en, so", 8),
    ("en, zh", 8),
    ("en, vi", 6),
    ("en, ru", 6),
    ("en, ne", 6),
    ("en, uk", 5),
];
const ZONES: [(&str, usize); 4] =
    [("", 92), ("America/Chicago", 4), ("America/Denver", 2), ("America/Los_Angeles", 2)];
const PLATFORMS: [(&str, usize); 4] =
    [("Zoom", 70), ("Jitsi", 10), ("Microsoft Teams", 12), ("Google Meet", 8)];

pub(super) struct Made<'a> {
    pub(super) slug: String,
    pub(super) text: String,
    pub(super) picture: Option<&'a (&'static str, Vec<u8>)>,
}

/// What is decided before any field is written.
struct Facts<'a> {
    number: usize,
    slug: String,
    topics: Vec<&'a str>,
    leader: String,
    plan: Plan,
    /// Dates for exceptions and presentations, each used once.
    dates: Vec<Date>,
    /// Whether one is used, so that the plan must be there.
    needs_plan: bool,
    /// Whether one moves, which says nothing on a day with two meetings.
    needs_one_entry: bool,
    picture: Option<&'a (&'static str, Vec<u8>)>,
}

impl Example {
    /// One of the example's groups under another name, at another time and place and with another text.
    pub(super) fn group(
        &self,
        number: usize,
        taken: &mut HashSet<String>,
        chance: &mut Chance,
    ) -> Made<'_> {
        let template = fields(&self.groups[number % self.groups.len()]);
        let topics =
            (0..=chance.below(5) / 2).map(|_| skewed(self.vocabulary.topics.len(), chance));
        let mut topics: Vec<usize> = topics.collect();
        topics.dedup();
        let topics: Vec<_> =
            topics.into_iter().map(|topic| &self.vocabulary.topics[topic]).collect();
        let (title, slug) = self.title(&topics[0].1, taken, chance);
        let plan = plan(minutes(template), chance);
        let early = plan.dates.iter().copied().filter(|date| *date < EXCEPTIONS);
        let mut facts = Facts {
            number,
            slug,
            topics: topics.iter().map(|(key, _)| key.as_str()).collect(),
            leader: person(chance),
            dates: early.step_by(1 + chance.below(2)).collect(),
            plan,
            needs_plan: false,
            needs_one_entry: false,
            picture: (chance.below(100) >= PICTURES_LEFT_OUT).then(|| chance.of(&self.pictures)),
        };
        facts.dates.reverse();
        let mut text = format!("---\ntitle: \"{title}\"\n");
        for (key, lines) in parts(template) {
            text += &self.field((key, lines), &mut facts, chance);
        }
        text += &self.setting(&facts, chance);
        text += "---\n";
        self.write_body(&mut text, facts.topics[0], chance);
        let picture = facts.picture.filter(|_| text.contains("\nimage: "));
        Made { slug: facts.slug, text, picture }
    }

    /// A title that no other group has, and its slug.
    fn title(
        &self,
        topic: &str,
        taken: &mut HashSet<String>,
        chance: &mut Chance,
    ) -> (String, String) {
        let gathering = chance.of(&GATHERINGS);
        let audience = &self.vocabulary.audience[skewed(self.vocabulary.audience.len(), chance)].1;
        let [topic, audience] = [topic, audience].map(titled);
        let town = &self.map.town(chance).name;
        let mut title = match chance.below(10) {
            0 => format!("{topic} {gathering}"),
            1..3 => format!("{town} {topic} {gathering}"),
            3 => format!("{topic} for {audience}"),
            4 => format!("{gathering} for {audience}: {topic}"),
            5 => format!("{} {gathering}", self.words.name(chance)),
            6 => format!("{} {} {gathering}", chance.of(&QUALITIES), self.words.name(chance)),
            7 => format!("{} and {}", self.words.name(chance), self.words.name(chance)),
            8 => format!("{} {topic} {gathering}", chance.of(&QUALITIES)),
            _ => format!("{}: {topic} {gathering}", self.words.name(chance)),
        };
        let mut more = 0;
        loop {
            let slug =
                roundtable::slug::Slug::from_text(&title).expect("it has letters").to_string();
            if taken.insert(slug.clone()) {
                return (title, slug);
            }
            more += 1;
            title += &match more {
                1 if !title.contains(town.as_str()) => format!(" in {town}"),
                1 | 2 => format!(" with {}", chance.of(&FIRST_NAMES)),
                _ => format!(" {more}"),
            };
        }
    }

    /// The lines of one field, with this group's facts.
    fn field(
        &self,
        (key, lines): (&str, &str),
        facts: &mut Facts<'_>,
        chance: &mut Chance,
    ) -> String {
        let number = facts.number;
        let value = lines.split_once(':').map_or("", |(_, value)| value.trim());
        match key {
            // Written elsewhere, or another group's alone.
            "title" | "slug" | "format" | "venue" | "room" | "online" | "schedule" | "timezone"
            | "starts" | "ends" | "accessibility" => String::new(),
            "purpose" => {
                let count = 9 + chance.below(8);
                let purpose = self.words.sentence(facts.topics[0], count, chance);
                format!("purpose: {purpose}.\n")
            }
            "kind" => format!("kind: {}\n", weighted(&KINDS, |kind| kind.1, chance).0),
            "topics" => format!("topics: [{}]\n", facts.topics.join(", ")),
            "audience" => {
                let all = &self.vocabulary.audience;
                let mut some: Vec<_> =
                    (0..=chance.below(2)).map(|_| skewed(all.len(), chance)).collect();
                some.dedup();
                let keys: Vec<_> = some.into_iter().map(|one| all[one].0.as_str()).collect();
                format!("audience: [{}]\n", keys.join(", "))
            }
            "membership" => self.membership(lines, facts, chance),
            "cancelled" | "changed" | "extra" => {
                facts.needs_plan = true;
                facts.needs_one_entry |= key == "changed";
                exception(key, facts, chance)
            }
            "presentations" => {
                facts.needs_plan = true;
                presentations(lines, facts)
            }
            "leadership" => leadership(lines, facts, chance),
            "languages" => {
                format!("languages: [{}]\n", weighted(&LANGUAGES, |one| one.1, chance).0)
            }
            "contact" => {
                format!("contact: {{name: {}, email: {}@example.org}}\n", facts.leader, facts.slug)
            }
            "verified" => {
                let (month, day) = (5 + chance.below(6), 1 + chance.below(28));
                format!("verified: 2026-{month:02}-{day:02}\n")
            }
            "id" => format!("id: {value}-{number}\n"),
            "aliases" => {
                let values = value.trim_matches(['[', ']']).split(", ");
                let values: Vec<_> = values.map(|alias| format!("{alias}-{number}")).collect();
                format!("aliases: [{}]\n", values.join(", "))
            }
            "image" => facts.picture.map_or_else(String::new, |(extension, _)| {
                format!("image: {}.{extension}\n", facts.slug)
            }),
            "image_alt" if facts.picture.is_none() => String::new(),
            _ => lines.to_owned(),
        }
    }

    fn membership(&self, lines: &str, facts: &Facts<'_>, chance: &mut Chance) -> String {
        let intake = weighted(&INTAKES, |one| one.1, chance).0;
        let mut text = String::new();
        for line in lines.split_inclusive('\n') {
            let key = line.strip_prefix("  ").and_then(|line| line.split_once(": "));
            text += &match key.map_or("", |(key, _)| key) {
                "admission" => {
                    format!("  admission: {}\n", weighted(&ADMISSIONS, |one| one.1, chance).0)
                }
                "registration" => format!("  registration: {}\n", chance.of(&["none", "required"])),
                "intake" => format!("  intake: {intake}\n"),
                "openings" if matches!(intake, "waitlist" | "full") => String::new(),
                "who" => {
                    let count = 4 + chance.below(8);
                    format!("  who: {}\n", self.words.sentence(facts.topics[0], count, chance))
                }
                _ => line.to_owned(),
            };
        }
        text
    }

    /// How, where and when the group meets.
    fn setting(&self, facts: &Facts<'_>, chance: &mut Chance) -> String {
        let format = weighted(&FORMATS, |format| format.1, chance).0;
        let mut text = String::new();
        if !format.is_empty() {
            text += &format!("format: {format}\n");
        }
        if matches!(format, "in-person" | "hybrid") {
            text += &format!("venue: {}\n", self.venue_of(facts.number, chance));
            if chance.below(4) == 0 {
                text += &format!("room: {} room\n", self.words.name(chance));
            }
        }
        if matches!(format, "online" | "hybrid") {
            text += &format!("online: {}\n", online(facts.number, chance));
        }
        let zone = weighted(&ZONES, |zone| zone.1, chance).0;
        if !zone.is_empty() {
            text += &format!("timezone: {zone}\n");
        }
        let offered: Vec<_> = (0..chance.below(3))
            .map(|_| {
                self.vocabulary.accessibility[skewed(self.vocabulary.accessibility.len(), chance)]
                    .0
                    .as_str()
            })
            .collect();
        if !offered.is_empty() {
            text += &format!("accessibility: [{}]\n", offered.join(", "));
        }
        if chance.below(10) == 0 {
            text += "starts: 2026-01-05\n";
        }
        if chance.below(7) == 0 {
            text += &format!("ends: 2027-{:02}-{:02}\n", 6 + chance.below(7), 1 + chance.below(28));
        }
        text + &self.schedule(format, facts, chance)
    }

    fn schedule(&self, format: &str, facts: &Facts<'_>, chance: &mut Chance) -> String {
        let entries = match chance.below(100) {
            0..4 if !facts.needs_plan => return String::new(),
            4..8 if !facts.needs_plan => {
                let words = self.words.sentence(facts.topics[0], 6, chance);
                return format!("schedule: {{say: \"{words}.\"}}\n");
            }
            8..14 if !facts.needs_plan => {
                return format!("schedule: {}, except holidays\n", facts.plan.sentence);
            }
            _ if facts.needs_one_entry => return format!("schedule: {}\n", facts.plan.sentence),
            0..78 => return format!("schedule: {}\n", facts.plan.sentence),
            78..95 => 2,
            _ => 3,
        };
        let mut text = format!("schedule:\n  - {}\n", facts.plan.sentence);
        for _ in 1..entries {
            text += &format!("  - when: {}\n", plan(None, chance).sentence);
            match (format, chance.below(3)) {
                ("in-person" | "hybrid", 0) => {
                    text += &format!("    venue: {}\n", self.venue_of(facts.number, chance));
                }
                ("in-person" | "hybrid" | "", 1) => {
                    text += &format!(
                        "    format: online\n    online: {}\n",
                        online(facts.number, chance)
                    );
                }
                ("online" | "", 2) => {
                    let venue = self.venue_of(facts.number, chance);
                    text += &format!("    format: in-person\n    venue: {venue}\n");
                }
                _ => {}
            }
        }
        text
    }

    /// One that many share, or one of its own.
    fn venue_of(&self, number: usize, chance: &mut Chance) -> String {
        if chance.below(8) > 0 {
            return chance.of(&self.places).clone();
        }
        let town = self.map.town(chance);
        let features = if chance.below(2) == 0 { ", accessibility: [step-free]" } else { "" };
        format!(
            "{{name: \"{}\", address: {}, coordinates: {}{features}}}",
            house(&self.words, town, chance),
            town.address(number, chance),
            town.coordinates(chance)
        )
    }

    /// 60 to 200 words.
    fn write_body(&self, text: &mut String, topic: &str, chance: &mut Chance) {
        let most = 60 + chance.below(120);
        let mut words = 0;
        let sentence = |count, chance: &mut Chance| self.words.sentence(topic, count, chance);
        while words < most {
            let count = 12 + chance.below(20);
            words += count + 8;
            let long = sentence(count, chance);
            *text += &match chance.below(6) {
                0 => format!("## {}\n\n{long}.\n\n", sentence(4, chance).replace(',', "")),
                1 => format!("- {}\n- *{long}*\n\n", sentence(6, chance)),
                2 => format!("{long}, and [read on](/resources/start-your-own-group/).\n\n"),
                3 => {
                    let (name, town) = (chance.of(&FIRST_NAMES), &self.map.town(chance).name);
                    format!("{long}. Ask {name} or somebody from {town}.\n\n")
                }
                _ => format!("{long}. {}.\n\n", sentence(8, chance)),
            };
        }
    }
}

/// With capital letters, as in a heading.
fn titled(label: &str) -> String {
    let words = label.split(' ').map(|word| match word {
        "and" | "the" | "to" | "for" => word.to_owned(),
        _ => capitalised(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// How long the meetings of a group with an agenda are.
fn minutes(template: &str) -> Option<usize> {
    let items = template.split("{minutes: ").skip(1);
    let sum = items.filter_map(|item| item.split(',').next()?.parse::<usize>().ok()).sum();
    (sum > 0).then_some(sum)
}

fn person(chance: &mut Chance) -> String {
    let first = chance.of(&FIRST_NAMES);
    format!("{first} {}{}", chance.of(&NAME_BEGINNINGS), chance.of(&NAME_ENDINGS))
}

fn online(number: usize, chance: &mut Chance) -> String {
    let platform = weighted(&PLATFORMS, |platform| platform.1, chance).0;
    if chance.below(4) == 0 {
        return format!(
            "{{platform: {platform}, join: public, url: \"https://meet.example.com/j/{number}\"}}"
        );
    }
    format!("{{platform: {platform}, join: on-request}}")
}

fn exception(key: &str, facts: &mut Facts<'_>, chance: &mut Chance) -> String {
    let Some(day) = facts.dates.pop() else { return String::new() };
    let line = match (key, chance.below(3)) {
        ("cancelled", 0) => {
            let last = facts.dates.pop().unwrap_or(day);
            format!("{{from: {day}, to: {last}, reason: Holiday break}}")
        }
        ("cancelled", _) => format!("{{date: {day}, reason: The house is closed}}"),
        ("changed", 0) => format!("{{date: {day}, time: {}}}", hours(None, chance)),
        ("changed", _) => {
            let free = free_day(day, &facts.plan);
            format!("{{date: {day}, to_date: {free}, note: On another day this time}}")
        }
        _ => {
            let free = free_day(day, &facts.plan);
            format!("{{date: {free}, time: {}}}", facts.plan.hours)
        }
    };
    format!("{key}:\n  - {line}\n")
}

/// The next on which no meeting is.
fn free_day(after: Date, plan: &Plan) -> Date {
    let days = after.series(1.day());
    days.into_iter().find(|day| !plan.dates.contains(day)).expect("no plan has all days")
}

/// The template's, with dates of this group's meetings.
fn presentations(lines: &str, facts: &mut Facts<'_>) -> String {
    let mut text = String::new();
    for line in lines.split_inclusive('\n') {
        match line.split_once("{date: ") {
            None => text += line,
            Some((before, rest)) => {
                let Some(day) = facts.dates.pop() else { continue };
                text += &format!(
                    "{before}{{date: {day}{}",
                    rest.trim_start_matches(|one: char| one.is_ascii_digit() || one == '-')
                );
            }
        }
    }
    text
}

fn leadership(lines: &str, facts: &Facts<'_>, chance: &mut Chance) -> String {
    let model = ["facilitator", "peer-led", "rotating", "elected"];
    let model = model.into_iter().find(|model| lines.contains(&format!("model: {model}")));
    let model = model.unwrap_or("facilitator");
    let mut people = vec![facts.leader.clone()];
    people.extend((0..chance.below(3) / 2).map(|_| person(chance)));
    let people = people.into_iter().map(|name| {
        let role = chance.of(&ROLES);
        match chance.below(2) {
            0 => format!("{{name: {name}, role: {role}}}"),
            _ => {
                format!("{{name: {name}, credentials: {}, role: {role}}}", chance.of(&CREDENTIALS))
            }
        }
    });
    let people: Vec<_> = people.collect();
    format!("leadership:\n  model: {model}\n  people: [{}]\n", people.join(", "))
}
