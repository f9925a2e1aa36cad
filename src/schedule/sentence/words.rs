//! The words of the language: what each of them stands for, and all of them for "did you mean".

use jiff::civil::Weekday;

/// Days of the week in full and short, singular and plural. The second is whether it is said of every week.
pub(super) fn weekday(word: &str) -> Option<(Weekday, Number)> {
    let (stem, number) = match word.strip_suffix("'s").or_else(|| word.strip_suffix('s')) {
        Some(stem) if !matches!(word, "tues" | "weds" | "thurs" | "thus" | "wes") => {
            (stem, Number::Many)
        }
        _ => (word, Number::One),
    };
    let day = match stem {
        "monday" | "mon" | "mo" => Weekday::Monday,
        "tuesday" | "tue" | "tues" | "tu" => Weekday::Tuesday,
        "wednesday" | "wed" | "weds" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" | "th" => Weekday::Thursday,
        "friday" | "fri" | "fr" => Weekday::Friday,
        "saturday" | "sat" | "sa" => Weekday::Saturday,
        "sunday" | "sun" | "su" => Weekday::Sunday,
        _ => return None,
    };
    Some((day, number))
}

/// Whether a weekday was said of one day or of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    One,
    Many,
}

/// A weekday's name.
pub(in crate::schedule) fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// Months, January first.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month by its name or its first three letters, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    let names = (1..=12).map(|month| (month, month_name(month).to_lowercase()));
    names
        .into_iter()
        .find(|(month, name)| {
            name == word || name.get(..3) == Some(word) || (*month == 9 && word == "sept")
        })
        .map(|(month, _)| month)
}

/// A month's name; empty for a number that is none.
pub(in crate::schedule) fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

/// Short forms of words that may end in a full stop: `Tues.`, `Sept.`, `mins.`
pub(super) fn is_short(word: &str) -> bool {
    let name = weekday(word).is_some() && word.len() < 6 || month(word).is_some() && word.len() < 5;
    name || matches!(word, "ea" | "hr" | "hrs" | "min" | "mins" | "wk" | "wks" | "excl" | "exc")
}

/// A number from 1 to 20 in words, in lower case: as far as anybody counts meetings.
pub fn cardinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.iter().zip(1..).find(|(name, _)| **name == word).map(|(_, number)| number)
}

/// Ordinals in words; −1 for the last.
pub(super) fn ordinal(word: &str) -> Option<i32> {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    if word == "last" || word == "final" {
        return Some(-1);
    }
    WORDS.iter().zip(1..).find(|(name, _)| **name == word).map(|(_, number)| number)
}

/// What can be counted or paced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Meeting,
}

/// A unit by its name.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" => Unit::Day,
        "week" | "weeks" | "wk" | "wks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "session" | "sessions" | "meeting" | "meetings" | "times" | "class" | "classes"
        | "gatherings" | "evenings" | "mornings" | "afternoons" | "occasions" | "dates" => {
            Unit::Meeting
        }
        _ => return None,
    })
}

/// Parts of the day, which say whether 7 is in the morning or in the evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
}

/// A part of the day by its name.
pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "morning" | "mornings" => Part::Morning,
        "afternoon" | "afternoons" => Part::Afternoon,
        "evening" | "evenings" | "night" | "nights" | "tonight" => Part::Evening,
        _ => return None,
    })
}

/// Words that a sentence can do without.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "we" | "meet"
            | "meets"
            | "meeting"
            | "meetings"
            | "group"
            | "groups"
            | "session"
            | "sessions"
            | "class"
            | "classes"
            | "held"
            | "happens"
            | "gathers"
            | "gather"
            | "runs"
            | "is"
            | "are"
            | "the"
            | "a"
            | "on"
            | "at"
            | "in"
            | "of"
            | "and"
            | "when"
            | "time"
            | "plus"
            | "also"
            | "then"
            | "takes"
            | "place"
            | "our"
            | "only"
            | "sharp"
            | "promptly"
            | "ongoing"
            | "onward"
            | "onwards"
            | "will"
    )
}

/// Words after which a careful person has to ask, and no date can be read.
pub(super) fn is_vague(word: &str) -> bool {
    matches!(
        word,
        "tbd"
            | "tba"
            | "tbc"
            | "vary"
            | "varies"
            | "varying"
            | "various"
            | "announced"
            | "announcement"
            | "determined"
            | "confirmed"
            | "decided"
            | "appointment"
            | "appointments"
            | "arrangement"
            | "arranged"
            | "request"
            | "demand"
            | "needed"
            | "flexible"
            | "rotating"
            | "irregular"
            | "irregularly"
            | "occasional"
            | "occasionally"
            | "sometimes"
            | "usually"
            | "generally"
            | "typically"
            | "normally"
            | "mostly"
            | "approximately"
            | "approx"
            | "about"
            | "around"
            | "roughly"
            | "quarterly"
            | "yearly"
            | "annually"
            | "seasonally"
            | "periodically"
            | "semimonthly"
            | "bimonthly"
            | "semiweekly"
            | "anytime"
            | "weeknights"
    )
}

/// Little words that belong to a vague one: `to be announced`, `by appointment only`.
pub(super) fn leads_to_vague(word: &str) -> bool {
    matches!(word, "to" | "be" | "by" | "as" | "on" | "upon" | "days" | "times" | "dates" | "and")
}

/// Everything that can stand in a sentence, for "did you mean"; the likelier first.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    const WORDS: &str = "Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays first second third fourth \
        fifth last every other each alternate weekly biweekly fortnightly monthly daily weekdays weekends except not \
        holidays from until through starting ending beginning noon midnight morning afternoon evening week weeks month \
        months minutes hours meetings sessions Eastern Central Mountain Pacific time between";
    let days = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    days.into_iter().map(weekday_name).chain(MONTHS).chain(WORDS.split_ascii_whitespace())
}
