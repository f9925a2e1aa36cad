//! Whether one sentence about a schedule says more than another: for readers, not for machines, so ways of writing that
//! mean the same to everybody count as the same.

use std::collections::BTreeSet;

/// Words that add nothing to the others of a sentence.
const FILLERS: [&str; 29] = [
    "of", "the", "every", "each", "month", "months", "monthly", "week", "weeks", "weekly", "on",
    "at", "from", "to", "until", "till", "through", "and", "a", "an", "in", "is", "we", "meet",
    "meets", "except", "not", "day", "time",
];

/// Words and the ones that mean the same.
const SAME: [(&str, &str); 20] = [
    ("first", "1"),
    ("second", "2"),
    ("other", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twelve", "12"),
    ("noon", "12 pm"),
    ("midnight", "12 am"),
    ("daily", "day"),
    ("sept", "sep"),
];

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a sentence says anything that none of the others does.
pub(crate) fn says_more(sentence: &str, others: &[&str]) -> bool {
    let known: BTreeSet<String> = others.iter().flat_map(|other| meanings(other)).collect();
    !meanings(sentence).is_subset(&known)
}

/// What the words of a sentence mean, each in one way of writing.
fn meanings(sentence: &str) -> BTreeSet<String> {
    let plain = sentence.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let words = plain.split(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '\'' | '’'));
    let words = words.filter(|word| !word.is_empty() && !FILLERS.contains(word));
    words.flat_map(meaning).collect()
}

fn meaning(word: &str) -> Vec<String> {
    if let Some((_, same)) = SAME.iter().find(|(known, _)| *known == word) {
        return same.split(' ').map(str::to_owned).collect();
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return number(word);
    }
    let names = WEEKDAYS.iter().chain(&MONTHS);
    let name = names.into_iter().find(|name| word.starts_with(*name));
    vec![name.map_or(word, |name| *name).to_owned()]
}

/// A number without its ending, or a time: the hour, the minutes if there are any, and the half of the day.
fn number(word: &str) -> Vec<String> {
    let figures = word.trim_end_matches(|c: char| c.is_alphabetic());
    let half =
        Some(word.get(figures.len()..).unwrap_or("")).filter(|end| ["am", "pm"].contains(end));
    let (hour, minutes) = figures.split_once(':').unwrap_or((figures, ""));
    let is_time = !minutes.is_empty();
    let hour: u32 = hour.parse().unwrap_or(0);
    let (hour, late) = match hour {
        13..=23 if is_time => (hour - 12, Some("pm")),
        0 if is_time => (12, Some("am")),
        hour => (hour, None),
    };
    let minutes = Some(minutes).filter(|minutes| is_time && *minutes != "00");
    let time = minutes.map_or(hour.to_string(), |minutes| format!("{hour}:{minutes}"));
    Some(time).into_iter().chain(half.or(late).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_in_other_words_is_no_more() {
        for (canonical, author) in [
            ("1st and 3rd Tuesday of the month, 7:00–8:30 pm", "First & third Tues., 7–8:30 p.m."),
            ("every Monday, 6:00–7:30 pm", "Mondays, 6–7:30 pm"),
            ("every Thursday, 7:00–8:30 pm", "Thursdays | 19:00-20:30"),
            ("last Saturday of the month, 10:00 am–12:00 pm", "last Saturday, 10am to noon"),
            (
                "every other Tuesday, 7:00–9:00 pm, from 5 January 2027",
                "every second Tuesday from Jan 5th 2027, 7-9pm",
            ),
            ("every Friday, 11:30 pm–12:30 am", "Fridays, 11:30 pm – 12:30 am"),
            (
                "every Thursday, 6:30–8:00 pm, except holidays",
                "Thursdays, 6:30–8 pm (not on holidays)",
            ),
        ] {
            assert!(
                !says_more(canonical, &[author]),
                "{:?} {:?}",
                meanings(canonical),
                meanings(author)
            );
        }
    }

    #[test]
    fn what_an_author_left_to_be_worked_out_is_more() {
        for (canonical, author) in [
            (
                "every Wednesday, 6:00–8:00 pm, until 7 April 2027",
                "10 weeks from 3 February 2027, 6–8 pm",
            ),
            ("every day from Monday to Friday, 12:15 pm", "weekdays, 12:15 pm"),
            ("every Friday, 2:00–3:30 pm, from 9 January 2026", "Fridays, 2–3:30 pm"),
            ("every Friday, 2:00–3:30 pm, New York time", "Fridays, 2–3:30 pm"),
        ] {
            assert!(says_more(canonical, &[author]), "{canonical}");
        }
        let span = ["Fridays, 2–3:30 pm", "New York time, from 9 January 2026"];
        assert!(!says_more(
            "every Friday, 2:00–3:30 pm, from 9 January 2026, New York time",
            &span
        ));
    }
}
