//! Zone words: `ET`, `Pacific time`, `GMT`, `New York time`, `Europe/London`.

use std::ops::Range;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::cursor::Cursor;
use super::tokens::TokenKind;
use super::{Misread, problems};

/// What a sentence calls its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ZoneWord {
    meaning: Meaning,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    /// Fits zones that use one of these abbreviations; the name is the zone that is usually meant.
    Abbreviations { any_of: Vec<String>, usual: Option<&'static str> },
    /// A zone by its IANA name.
    Name(String),
    /// Whatever the group's zone is.
    Local,
}

/// Words and abbreviations, what a zone must use to fit them, and the zone that is usually meant.
const TABLE: &[(&[&str], &[&str], Option<&str>)] = &[
    (&["et", "eastern", "est", "edt"], &["EST", "EDT"], Some("America/New_York")),
    (&["ct", "central", "cdt"], &["CST", "CDT"], Some("America/Chicago")),
    (&["cst"], &["CST"], Some("America/Chicago")),
    (&["mt", "mountain", "mst", "mdt"], &["MST", "MDT"], Some("America/Denver")),
    (&["pt", "pacific", "pst", "pdt"], &["PST", "PDT"], Some("America/Los_Angeles")),
    (&["akt", "alaska", "akst", "akdt"], &["AKST", "AKDT"], Some("America/Anchorage")),
    (&["hst", "hawaii", "hawaiian"], &["HST"], Some("Pacific/Honolulu")),
    (&["atlantic", "ast", "adt"], &["AST", "ADT"], Some("America/Halifax")),
    (&["nt", "newfoundland", "nst", "ndt"], &["NST", "NDT"], Some("America/St_Johns")),
    (&["gmt", "bst", "uk", "british", "greenwich"], &["GMT", "BST"], Some("Europe/London")),
    (&["utc", "zulu"], &["UTC"], Some("UTC")),
    (&["ist"], &["IST"], None),
    (&["india", "indian"], &["IST"], Some("Asia/Kolkata")),
    (&["irish"], &["IST", "GMT"], Some("Europe/Dublin")),
    (&["wet"], &["WET", "WEST"], Some("Europe/Lisbon")),
    (&["cet", "cest"], &["CET", "CEST"], Some("Europe/Berlin")),
    (&["eet", "eest"], &["EET", "EEST"], Some("Europe/Helsinki")),
    (&["msk"], &["MSK"], Some("Europe/Moscow")),
    (&["sast"], &["SAST"], Some("Africa/Johannesburg")),
    (&["jst"], &["JST"], Some("Asia/Tokyo")),
    (&["aest", "aedt", "aet"], &["AEST", "AEDT"], Some("Australia/Sydney")),
    (&["acst", "acdt"], &["ACST", "ACDT"], Some("Australia/Adelaide")),
    (&["awst"], &["AWST"], Some("Australia/Perth")),
    (&["nzst", "nzdt", "nzt", "nz"], &["NZST", "NZDT"], Some("Pacific/Auckland")),
];

/// Words that are zones only with `time` after them: without it they are something else too.
const NEED_TIME: &[&str] =
    &["uk", "irish", "british", "greenwich", "alaska", "newfoundland", "india", "indian", "nz"];

/// Whether a word begins the name of a zone, such as `America/New_York`.
pub(super) fn is_area(word: &str) -> bool {
    matches!(
        word,
        "africa"
            | "america"
            | "antarctica"
            | "arctic"
            | "asia"
            | "atlantic"
            | "australia"
            | "europe"
            | "indian"
            | "pacific"
            | "us"
            | "canada"
    )
}

/// Reads a zone word with the `time` that may follow it.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Result<ZoneWord, Misread>> {
    let from = cursor.clone();
    let zone = cursor
        .attempt(full_name)
        .or_else(|| cursor.attempt(common))
        .or_else(|| cursor.attempt(city))?;
    // `GMT+1` says nothing of summer.
    let signed = matches!(cursor.peek(0), Some(TokenKind::And | TokenKind::Dash))
        && matches!(cursor.peek(1), Some(TokenKind::Number { .. } | TokenKind::Clock { .. }))
        && matches!(from.word(0), Some("gmt" | "utc"));
    if signed {
        cursor.advance(2);
        return Some(Err(problems::not_understood(
            cursor.span_since(&from),
            "`{}` is an offset, not a time zone",
            "write a city of the zone, as in `New York time`, and set `timezone:`",
        )));
    }
    Some(Ok(zone))
}

fn full_name(cursor: &mut Cursor<'_>) -> Option<ZoneWord> {
    let word = cursor.word(0).filter(|word| word.contains('/'))?;
    let zone = jiff::tz::db().get(word).ok()?;
    cursor.advance(1);
    cursor.eat_word(&["time"]);
    Some(ZoneWord { meaning: Meaning::Name(zone.iana_name()?.to_owned()) })
}

fn common(cursor: &mut Cursor<'_>) -> Option<ZoneWord> {
    if cursor.eat_phrase(&["local", "time"]) {
        return Some(ZoneWord { meaning: Meaning::Local });
    }
    for (phrase, word) in [(&["central", "european"][..], "cet"), (&["eastern", "european"], "eet")]
    {
        if cursor.eat_phrase(phrase) {
            cursor.skip_words(&["summer", "standard"]);
            return cursor.eat_word(&["time"]).then(|| of_word(word)).flatten();
        }
    }
    if cursor.eat_phrase(&["australian", "eastern"]) {
        cursor.skip_words(&["standard", "daylight", "time"]);
        return of_word("aest");
    }
    let word = cursor.word(0)?;
    let found = of_word(word)?;
    cursor.advance(1);
    let with_time = cursor.attempt(|cursor| {
        cursor.skip_words(&["standard", "daylight", "summer", "mean"]);
        cursor.eat_word(&["time"]).then_some(())
    });
    if with_time.is_none() && NEED_TIME.contains(&word) {
        return None;
    }
    // As video calls say it: `Pacific Time (US and Canada)`.
    cursor.attempt(|cursor| {
        cursor.eat_pause();
        cursor.eat_phrase(&["us"]).then_some(())?;
        cursor.eat_joint().then_some(())?;
        cursor.eat_phrase(&["canada"]).then_some(())
    });
    // `EST/EDT` and `Eastern (ET)` say the same thing twice.
    cursor.attempt(|cursor| {
        let joined = cursor.eat(&TokenKind::Slash) || cursor.eat_pause();
        let again = cursor.word(0).filter(|word| !NEED_TIME.contains(word)).and_then(of_word);
        (joined && again.as_ref() == Some(&found)).then(|| cursor.advance(1))
    });
    Some(found)
}

fn of_word(word: &str) -> Option<ZoneWord> {
    let (_, fits, usual) = TABLE.iter().find(|(words, ..)| words.contains(&word))?;
    let any_of = fits.iter().map(|&name| name.to_owned()).collect();
    Some(ZoneWord { meaning: Meaning::Abbreviations { any_of, usual: *usual } })
}

/// `New York time`: the last part of a zone's name.
fn city(cursor: &mut Cursor<'_>) -> Option<ZoneWord> {
    let mut typed = String::new();
    for ahead in 0..7 {
        match cursor.peek(ahead)? {
            TokenKind::Word(word) if word == "time" => {
                let name = zone_of_city(&typed)?;
                cursor.advance(ahead + 1);
                return Some(ZoneWord { meaning: Meaning::Name(name) });
            }
            TokenKind::Word(word) => {
                if !typed.is_empty() && !typed.ends_with('-') {
                    typed.push('_');
                }
                typed.push_str(word);
            }
            TokenKind::Dash => typed.push('-'),
            _ => return None,
        }
    }
    None
}

/// The zone whose name ends so.
fn zone_of_city(city: &str) -> Option<String> {
    jiff::tz::db().available().map(|name| name.to_string()).find(|name| {
        name.contains('/')
            && !name.starts_with("Etc/")
            && name.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(city))
    })
}

impl ZoneWord {
    /// The zone that is usually meant.
    pub(super) fn usual(&self) -> Option<TimeZone> {
        let name = match &self.meaning {
            Meaning::Abbreviations { usual, .. } => (*usual)?,
            Meaning::Name(name) => name,
            Meaning::Local => return None,
        };
        jiff::tz::db().get(name).ok()
    }

    /// Whether the word can be said of a zone's time at some time of a year.
    pub(super) fn fits(&self, zone: &TimeZone) -> bool {
        match &self.meaning {
            Meaning::Local => true,
            Meaning::Abbreviations { any_of, usual } => {
                let usual = usual.and_then(|name| jiff::tz::db().get(name).ok());
                samples().any(|at| {
                    let info = zone.to_offset_info(at);
                    any_of.iter().any(|name| name == info.abbreviation())
                }) || usual.is_some_and(|usual| same_time(&usual, zone))
            }
            Meaning::Name(name) => {
                // Two zones are called `West`: what was said is the last part only.
                let city = |name: &str| name.rsplit('/').next().map(str::to_lowercase);
                let same_city = zone.iana_name().is_some_and(|zone| city(zone) == city(name));
                same_city || jiff::tz::db().get(name).is_ok_and(|named| same_time(&named, zone))
            }
        }
    }
}

/// Whether clocks agree all year round.
fn same_time(one: &TimeZone, other: &TimeZone) -> bool {
    samples().all(|at| one.to_offset(at) == other.to_offset(at))
}

/// An instant every ten days of some years, so that each season of a zone is among them.
fn samples() -> impl Iterator<Item = Timestamp> {
    // 1 January 2026 in UTC.
    let first = Timestamp::from_second(1_767_225_600).unwrap_or(Timestamp::UNIX_EPOCH);
    (0..110).filter_map(move |at| first.checked_add(Span::new().hours(at * 240)).ok())
}

/// A zone as people say it: the last part of its name.
pub(in crate::schedule) fn spoken(zone: &TimeZone) -> Option<String> {
    let name = zone.iana_name()?;
    if matches!(name, "UTC" | "Etc/UTC") {
        return Some("UTC".to_owned());
    }
    let city = name.rsplit('/').next()?.replace('_', " ");
    Some(format!("{city} time"))
}

/// The zone that a sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneHint {
    /// Its bytes in the sentence.
    pub at: Range<usize>,
    /// The zone that is usually meant, if there is one; `ET` is New York's.
    pub zone: Option<TimeZone>,
}
