//! What the pages' scripts are given: meetings as numbers, and the words to tell them with. Takes timetables and texts;
//! gives JSON for attributes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::group::Group;
use crate::render::context::Next;
use crate::render::edition::Edition;
use crate::theme::texts::Texts;
use crate::timetable::compact::{self, Compact};
use crate::timetable::{Source, Timetable};

/// For `next-meeting.js`; none where no meeting is ahead.
pub(crate) fn next(group: &Group, edition: &Edition) -> Option<Next> {
    let timetable = Timetable::of(group, &edition.site.settings);
    let form = Compact::of(&timetable, edition.today);
    let texts = edition.texts();
    let words = Words {
        cancelled: Some(texts.say("next.cancelled")),
        ..Words::of(texts, compact::holidays(&timetable, edition.today))
    };
    (!form.dates.is_empty()).then(|| Next { timetable: json(&form), words: json(&words) })
}

/// For a row of the week page.
pub(crate) fn row(group: &Group, source: Source<'_>, edition: &Edition) -> String {
    let timetable = Timetable::of(group, &edition.site.settings);
    json(&Compact::of_rule(&timetable, edition.today, source.number))
}

/// For `week.js`: the words for rows of these groups.
pub(crate) fn week_words<'a>(
    groups: impl Iterator<Item = &'a Group>,
    edition: &'a Edition,
) -> String {
    let settings = &edition.site.settings;
    let holidays =
        groups.flat_map(|group| compact::holidays(&Timetable::of(group, settings), edition.today));
    let texts = edition.texts();
    json(&Words {
        off: Some(texts.say("group.cancelled")),
        over: Some(texts.say("week.over")),
        later: Some(texts.say("week.later")),
        ..Words::of(texts, holidays.collect())
    })
}

/// Words for `finder.js`, each with its text.
const FINDER: [(&str, &str); 21] = [
    ("all", "finder.all"),
    ("ask_when", "group.ask_when"),
    ("ask_where", "group.ask_where"),
    ("clear", "finder.clear"),
    ("denied", "finder.denied"),
    ("failed", "finder.failed"),
    ("far", "finder.far"),
    ("first", "finder.first"),
    ("groups", "directory.count"),
    ("lift", "finder.lift"),
    ("me", "finder.me"),
    ("meant", "finder.meant"),
    ("mine", "finder.mine"),
    ("more", "finder.more"),
    ("none", "finder.none"),
    ("nowhere", "finder.nowhere"),
    ("press", "finder.press"),
    ("q", "finder.quoted"),
    ("remove", "finder.remove"),
    ("show", "finder.show"),
    ("near", "finder.near_town"),
];

/// For `finder.js`.
pub(crate) fn finder_words(edition: &Edition) -> String {
    let texts = edition.texts();
    let mut own: BTreeMap<&str, &str> = FINDER.map(|(name, key)| (name, texts.say(key))).into();
    let one = texts.count("directory.count", 1, &[]);
    own.insert("group", &one);
    let words = Words { holiday: texts.say("finder.holiday"), ..Words::of(texts, Vec::new()) };
    json(&FinderWords { words, own })
}

/// The finder tells of all groups' meetings, so of no holiday by its name.
#[derive(Debug, Serialize)]
struct FinderWords<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    #[serde(flatten)]
    own: BTreeMap<&'a str, &'a str>,
}

/// The words of a page's scripts, by the names by which they ask for them.
#[derive(Debug, Default, Serialize)]
struct Words<'a> {
    next: &'a str,
    here: &'a str,
    now: &'a str,
    begun: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<&'a str>,
    online: &'a str,
    holiday: &'a str,
    changed: &'a str,
    extra: &'a str,
    date: &'a str,
    am: &'a str,
    pm: &'a str,
    noon: &'a str,
    midnight: &'a str,
    /// Names of holidays by days since 1970-01-01.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    holidays: BTreeMap<i64, &'a str>,
}

impl<'a> Words<'a> {
    fn of(texts: &'a Texts, holidays: Vec<(i64, &'a str)>) -> Words<'a> {
        Words {
            next: texts.say("next.next"),
            here: texts.say("next.here"),
            now: texts.say("next.now"),
            begun: texts.say("next.begun"),
            online: texts.say("group.online_only"),
            holiday: texts.say("group.holiday"),
            changed: texts.say("group.elsewhere"),
            extra: texts.say("group.extra"),
            date: texts.say("date.weekday_short"),
            am: texts.say("date.am"),
            pm: texts.say("date.pm"),
            noon: texts.say("date.noon"),
            midnight: texts.say("date.midnight"),
            holidays: holidays.into_iter().collect(),
            ..Words::default()
        }
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("numbers and words are JSON")
}
