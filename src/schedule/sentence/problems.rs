//! What can be wrong with a sentence, in words.

use std::ops::Range;

use super::words::{self, month_name};
use super::{Misread, MisreadKind};

/// Where there are no dates to give.
pub(super) const SAY: &str =
    "if there are no fixed dates, write `schedule: {say: …}` with your own words";

/// The most characters of what was typed that a message shows.
const SHOWN: usize = 60;

/// Puts what was typed where the message says `{}`.
pub(super) fn quoting(mut misread: Misread, text: &str) -> Misread {
    let typed = text.get(misread.at.clone()).unwrap_or_default();
    let shown: String = typed.chars().take(SHOWN).collect();
    let more = if shown.len() < typed.len() { "…" } else { "" };
    misread.message = misread.message.replacen("{}", &format!("{shown}{more}"), 1);
    misread
}

fn misread(
    kind: MisreadKind,
    at: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Misread {
    Misread { at, kind, message: message.into(), help: help.into() }
}

pub(super) fn question(
    at: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Misread {
    misread(MisreadKind::Question, at, message, help)
}

pub(super) fn impossible(
    at: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Misread {
    misread(MisreadKind::Impossible, at, message, help)
}

pub(super) fn contradiction(
    at: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Misread {
    misread(MisreadKind::Contradiction, at, message, help)
}

pub(super) fn not_understood(
    at: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Misread {
    misread(MisreadKind::NotUnderstood, at, message, help)
}

/// What helps where hours stand alone.
pub(super) const HOURS_ONLY: &str =
    "write from when to when, such as `7–8:30 pm`; days go under `date:` or `schedule:`";

/// An unknown word where only hours go: help that speaks of days as well would lead astray.
pub(super) fn where_hours_go(unknown: Misread) -> Misread {
    let help =
        if unknown.help.contains("days and hours") { HOURS_ONLY.to_owned() } else { unknown.help };
    Misread { help, ..unknown }
}

/// A word that means nothing here. `alone` is whether nothing else was understood either.
pub(super) fn unknown(typed: &str, at: Range<usize>, alone: bool) -> Misread {
    let lower = typed.to_lowercase();
    let help = match lower.as_str() {
        "christmas" | "thanksgiving" | "easter" | "passover" | "eve" | "xmas" | "ramadan" => {
            "write its date, such as `25 December 2026`".to_owned()
        }
        "quarter" | "year" | "odd" | "term" | "terms" | "school" | "winter" | "spring" | "summer"
        | "autumn" | "fall" => {
            "write the months, as in `in January, April, July and October`".to_owned()
        }
        "zoom" | "online" | "virtual" | "virtually" | "hybrid" | "person" | "phone" | "room" => {
            "how and where people meet goes under `format:`, `online:` and `room:`".to_owned()
        }
        _ if words::all().any(|word| word.eq_ignore_ascii_case(typed)) => {
            "write days and hours, such as `1st and 3rd Tuesday, 7–8:30 pm`".to_owned()
        }
        _ => match near(typed) {
            Some(word) => format!("did you mean `{word}`?"),
            None if alone => format!("write days and hours, such as `Tuesdays, 7–8:30 pm`; {SAY}"),
            None if typed.chars().any(char::is_alphabetic) => {
                "write days and hours only, such as `Tuesdays, 7–8:30 pm`; anything else goes under `note:`"
                    .to_owned()
            }
            None => "leave it out, or write days and hours such as `Tuesdays, 7–8:30 pm`".to_owned(),
        },
    };
    let known = words::all().any(|word| word.eq_ignore_ascii_case(typed));
    let problem = if known { "does not fit here" } else { "was not understood" };
    not_understood(at, format!("`{{}}` {problem}"), help)
}

/// The word that was meant: one slip away, or two where it is long; most slips leave the first letter as it is.
fn near(typed: &str) -> Option<&'static str> {
    let typed = typed.to_lowercase();
    let length = typed.chars().count();
    if !(4..20).contains(&length) {
        return None;
    }
    let most = if length > 5 { 2 } else { 1 };
    let slips = |word: &&'static str| {
        let word = word.to_lowercase();
        let slips = strsim::damerau_levenshtein(&typed, &word);
        let other_word = word.chars().next() != typed.chars().next() && (slips > 1 || length < 5);
        (slips <= most && !other_word).then_some(slips)
    };
    let near = words::all().filter_map(|word| Some((slips(&word)?, word)));
    near.min_by_key(|(slips, _)| *slips).map(|(_, word)| word)
}

/// `except Labor Day`
pub(super) fn unknown_exception(at: Range<usize>) -> Misread {
    not_understood(
        at,
        "`{}` was not understood",
        "write dates or months, as in `except 25 December 2026` or `not in July`; \
         for holidays that site.yaml lists, write `except holidays`",
    )
}

/// What may be said of one of several only.
pub(super) fn not_for_all(at: Range<usize>) -> Misread {
    question(
        at,
        "it is not clear whether `{}` is for all of them",
        "is it? write a list with an entry for each, and say it with those that it is for",
    )
}

/// Words that leave the days open.
pub(super) fn vague(typed: &str, at: Range<usize>) -> Misread {
    let help = match typed.to_lowercase().as_str() {
        "quarterly" => {
            "in which months, and on which day? write `1st Monday in January, April, July and October`"
        }
        "bimonthly" => {
            "twice a month or every two months? write `1st and 3rd Tuesday`, or `every other month on the 1st Tuesday`"
        }
        "semiweekly" => "on which two days? write `Tuesdays and Thursdays`",
        "semimonthly" => "on which two days? write `1st and 3rd Tuesday`",
        "yearly" | "annually" => "on which date? write it, as in `12 January 2027`",
        "usually" | "generally" | "typically" | "normally" | "mostly" | "sometimes"
        | "occasionally" | "occasional" => {
            "when is it otherwise? leave the word out, and write what is left out, such as `except holidays`"
        }
        "about" | "around" | "roughly" | "approx" | "approximately" => {
            "from when to when exactly? write it, as in `7–8:30 pm`"
        }
        _ => "on which days, from when to when? write `Tuesdays, 7–8:30 pm`",
    };
    question(at, "`{}` leaves open when people meet", format!("{help}; {SAY}"))
}

pub(super) fn impossible_hour(at: Range<usize>, hour: u32, minute: u32, halved: bool) -> Misread {
    let help = if minute > 59 {
        "an hour has 60 minutes: write a time such as `7:30 pm`".to_owned()
    } else if halved && (13..24).contains(&hour) {
        let minutes = if minute > 0 { format!(":{minute:02}") } else { String::new() };
        format!("write `{}{minutes} pm` or `{hour}:{minute:02}`", hour - 12)
    } else if halved {
        "with am and pm, hours run from 1 to 12: write a time such as `7:30 pm`".to_owned()
    } else {
        "a day has 24 hours: write a time such as `19:30` or `7:30 pm`".to_owned()
    };
    impossible(at, "`{}` is no time of the clock", help)
}

pub(super) fn morning_or_evening(at: Range<usize>, [am, pm]: &[String; 2]) -> Misread {
    question(
        at,
        "`{}` says neither am nor pm",
        format!("in the morning or in the evening? write `{am}` or `{pm}`"),
    )
}

pub(super) fn noon_or_midnight(at: Range<usize>) -> Misread {
    question(
        at,
        "`{}` says 12 am, which is midnight",
        "noon or midnight? write `noon` or `midnight`",
    )
}

pub(super) fn no_time_between(at: Range<usize>) -> Misread {
    impossible(at, "`{}` ends when it begins", "write from when to when, such as `7–8:30 pm`")
}

pub(super) fn too_long(at: Range<usize>, hours: u32) -> Misread {
    question(
        at,
        format!("`{{}}` lasts {hours} hours"),
        "are am and pm right? write from when to when, such as `11 am–1 pm`",
    )
}

pub(super) fn other_part(at: Range<usize>) -> Misread {
    contradiction(
        at,
        "`{}` does not fit the part of the day",
        "correct am or pm, or take out `morning`, `afternoon` or `evening`",
    )
}

pub(super) fn length_differs(at: Range<usize>, minutes: u32) -> Misread {
    contradiction(
        at,
        "`{}` does not fit the hours",
        format!("the hours last {minutes} minutes; correct them, or leave the length out"),
    )
}

/// Figures such as `01/06/2027`.
pub(super) fn figures(typed: &str, at: Range<usize>) -> Misread {
    let parts: Vec<u32> = typed
        .split(['/', '.', '-', '\u{2010}', '\u{2011}'])
        .filter_map(|part| part.parse().ok())
        .collect();
    let year = |year: u32| if year < 100 { 2000 + year } else { year };
    let pairs = match *parts.as_slice() {
        [first, month, day] if first > 31 => vec![(day, month, Some(first))],
        [a, b, c] => vec![(a, b, Some(year(c))), (b, a, Some(year(c)))],
        [a, b] => vec![(a, b, None), (b, a, None)],
        _ => Vec::new(),
    };
    let mut readings: Vec<String> = pairs
        .into_iter()
        .filter(|(day, month, year)| {
            (1..=12).contains(month)
                && (1..=31).contains(day)
                && year.is_none_or(|year| year < 2200)
        })
        .map(|(day, month, year)| {
            let month = month_name(i8::try_from(month).unwrap_or_default());
            match year {
                Some(year) => format!("`{day} {month} {year}`"),
                None => format!("`{day} {month}` with its year"),
            }
        })
        .collect();
    readings.dedup();
    let message = "`{}` can be read in two ways";
    match readings.as_slice() {
        [] => not_understood(
            at,
            "`{}` was not understood",
            "write dates such as `6 January 2027`, and hours such as `7–8:30 pm`",
        ),
        [one] => question(at, "`{}` is not how everybody writes a date", format!("write {one}")),
        [one, other, ..] => {
            question(at, message, format!("which one is it? write {one} or {other}"))
        }
    }
}
