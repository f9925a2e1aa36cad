//! Says rules in words: takes rules and a zone, gives the one sentence that a careful organizer would write for them.
//!
//! [`describe`] is the inverse of [`read`](crate::schedule::read) for rules in normal form:
//!
//! - `every` above 1 and an end after so many meetings have a `first` day; a last day lies on or after it;
//! - each week's seven days are `Daily`, not `Weekly`; some month is left;
//! - `except` is in order, its ranges neither touch nor overlap; `except_each_year` has only days that some year has,
//!   and not all of them;
//! - dates are written out: no months, no first day, no end, no exceptions but holidays;
//! - hours are whole minutes; an end before the beginning is midnight or at most twelve hours after it;
//! - all rules of a sentence have hours, or none has; no rule stands in it twice.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use crate::schedule::clock::Clock;
use crate::schedule::days::{DateRange, Months, NthWeekday, Weekdays};
use crate::schedule::rule::{Days, End, Rule};
use crate::schedule::sentence::words::{month_name, weekday_name};
use crate::schedule::sentence::zone::spoken;

/// Rules as one line: `1st and 3rd Tuesday of the month, 7:00–8:30 pm, New York time`. The zone is named where there are
/// hours.
pub fn describe(rules: &[Rule], zone: Option<&TimeZone>) -> String {
    let lines: Vec<String> = rules.iter().map(line).collect();
    let plain = |rule: &Rule| rule.clock.is_some() && !has_limits(rule);
    let mut text =
        if rules.iter().all(plain) { listed(&lines, ", and ", ", ") } else { lines.join("; ") };
    if rules.iter().any(|rule| rule.clock.is_some())
        && let Some(zone) = zone.and_then(spoken)
    {
        text.push_str(", ");
        text.push_str(&zone);
    }
    text
}

/// Rules in as few words as are clear, for cards: no zone, no exceptions, no last day.
pub fn describe_briefly(rules: &[Rule]) -> String {
    let lines: Vec<String> = rules.iter().map(brief).collect();
    lines.join("; ")
}

fn brief(rule: &Rule) -> String {
    let days = match &rule.days {
        Days::Dates(dates) => match (dates.len(), dates.first()) {
            (4.., Some(first)) => format!("{} dates from {}", dates.len(), full_date(*first)),
            _ => dates_in_words(dates),
        },
        Days::MonthlyByWeekday { .. } => pattern(rule).replace(" of the month", ""),
        _ => pattern(rule),
    };
    let from = match (rule.end, rule.first) {
        (End::After(_), Some(first)) => format!(" from {}", full_date(first)),
        _ => String::new(),
    };
    let hours = rule.clock.map(|clock| format!(", {}", hours(clock))).unwrap_or_default();
    format!("{days}{}{from}{hours}", only_in(rule))
}

fn has_limits(rule: &Rule) -> bool {
    rule.first.is_some()
        || rule.end != End::Never
        || rule.months != Months::ALL
        || rule.except_holidays
        || !rule.except.is_empty()
        || !rule.except_each_year.is_empty()
}

fn line(rule: &Rule) -> String {
    let days = match &rule.days {
        Days::Dates(dates) => dates_in_words(dates),
        _ => pattern(rule),
    };
    let mut parts = vec![format!("{days}{}{}", only_in(rule), term(rule))];
    if let (End::After(count), false) = (rule.end, counts_its_days(rule)) {
        parts.push(format!("{count} meeting{}", if count == 1 { "" } else { "s" }));
    }
    parts.extend(rule.clock.map(hours));
    if only_in(rule).is_empty() && rule.months != Months::ALL {
        parts.push(format!("not in {}", months_in_words(rule.months.others())));
    }
    let holidays = rule.except_holidays.then(|| "holidays".to_owned());
    let each_year = holidays.into_iter().chain(each_year(&rule.except_each_year)).collect();
    let dated: Vec<String> = rule.except.iter().copied().map(range).collect();
    // Apart, because a day without a year would take that of a date beside it.
    let except = [each_year, dated].into_iter().filter(|except| !except.is_empty());
    parts.extend(except.map(|except| format!("except {}", and(&except))));
    parts.join(", ")
}

/// Half of the year's months or fewer, with a space before them; more are told by those left out.
fn only_in(rule: &Rule) -> String {
    if rule.months.len() > 6 {
        return String::new();
    }
    format!(" in {}", months_in_words(rule.months))
}

/// Whether the number of meetings stands before the day: `10 Mondays`.
fn counts_its_days(rule: &Rule) -> bool {
    matches!(&rule.days, Days::Weekly { every: 1, on } if on.len() == 1)
}

/// From when to when, with a space before it.
fn term(rule: &Rule) -> String {
    match (rule.first, rule.end) {
        (Some(first), End::On(last)) if first.year() == last.year() => {
            format!(" from {} to {}", date(first), full_date(last))
        }
        (Some(first), End::On(last)) => {
            format!(" from {} to {}", full_date(first), full_date(last))
        }
        (Some(first), _) => format!(" from {}", full_date(first)),
        (None, End::On(last)) => format!(" until {}", full_date(last)),
        (None, _) => String::new(),
    }
}

/// The days of a rule that is no list of dates.
fn pattern(rule: &Rule) -> String {
    match &rule.days {
        Days::Daily { every: 1 } => "daily".to_owned(),
        Days::Daily { every } => format!("every {every} days"),
        Days::Weekly { every: 1, on } => {
            match (rule.end, counts_its_days(rule), on.iter().next()) {
                (End::After(1), true, Some(day)) => format!("1 {}", weekday_name(day)),
                (End::After(count), true, Some(day)) => format!("{count} {}s", weekday_name(day)),
                _ if *on == Weekdays::WORKING => "weekdays".to_owned(),
                _ => weekdays(*on, "s"),
            }
        }
        Days::Weekly { every: 2, on } => format!("every other {}", weekdays(*on, "")),
        Days::Weekly { every, on } => format!("every {every} weeks on {}", weekdays(*on, "")),
        Days::MonthlyByWeekday { every, on } => format!("{} {}", places(on), of_months(*every)),
        Days::MonthlyByDay { every, on } => {
            // The last day comes last.
            let mut days: Vec<i8> = on.iter().copied().collect();
            days.sort_by_key(|day| (*day < 0, *day));
            let days: Vec<String> = days.into_iter().map(nth).collect();
            let day = if on.contains(&-1) { " day" } else { "" };
            format!("{}{day} {}", and(&days), of_months(*every))
        }
        Days::Dates(dates) => dates_in_words(dates),
    }
}

fn of_months(every: u32) -> String {
    match every {
        0 | 1 => "of the month".to_owned(),
        2 => "of every other month".to_owned(),
        every => format!("of every {} month", ordinal(every)),
    }
}

/// `Mondays and Thursdays`, `Monday to Thursday`.
fn weekdays(on: Weekdays, ending: &str) -> String {
    // Sunday to Thursday is one row, although weeks begin on Monday.
    let begins = on.iter().find(|day| on == Weekdays::ALL || !on.contains(day.previous()));
    let row: Vec<Weekday> = begins
        .into_iter()
        .flat_map(|first| first.cycle_forward().take_while(|day| on.contains(*day)).take(7))
        .collect();
    if let [first, _, .., last] = row.as_slice()
        && row.len() == on.len()
    {
        return format!("{} to {}", weekday_name(*first), weekday_name(*last));
    }
    let names: Vec<String> =
        on.iter().map(|day| format!("{}{ending}", weekday_name(day))).collect();
    and(&names)
}

/// `1st and 3rd Tuesday and last Friday`.
fn places(on: &BTreeSet<NthWeekday>) -> String {
    let mut groups: Vec<(Vec<i8>, Weekday)> = Vec::new();
    for day in Weekday::Monday.cycle_forward().take(7) {
        let mut nths: Vec<i8> =
            on.iter().filter(|place| place.weekday() == day).map(|place| place.nth()).collect();
        nths.sort_by_key(|nth| (*nth < 0, *nth));
        if !nths.is_empty() {
            groups.push((nths, day));
        }
    }
    groups.sort_by_key(|(nths, _)| nths.first().map(|nth| (*nth < 0, *nth)));
    let groups: Vec<String> = groups
        .into_iter()
        .map(|(nths, day)| {
            let nths: Vec<String> = nths.into_iter().map(nth).collect();
            format!("{} {}", and(&nths), weekday_name(day))
        })
        .collect();
    and(&groups)
}

fn nth(nth: i8) -> String {
    match nth {
        -1 => "last".to_owned(),
        -2 => "second to last".to_owned(),
        -3 => "third to last".to_owned(),
        -4 => "fourth to last".to_owned(),
        ..-4 => "fifth to last".to_owned(),
        nth => ordinal(nth.unsigned_abs().into()),
    }
}

/// `1st`, `2nd`, `11th`.
pub(super) fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn months_in_words(months: Months) -> String {
    let names: Vec<String> = months.iter().map(|month| month_name(month).to_owned()).collect();
    and(&names)
}

/// `5, 12 and 19 October 2026`, `12 January, 9 March and 11 May 2027`: what dates have in common is said once.
fn dates_in_words(dates: &BTreeSet<Date>) -> String {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return String::new() };
    let same_year = first.year() == last.year();
    let same_month = same_year && first.month() == last.month();
    let words: Vec<String> = dates
        .iter()
        .map(|day| match day {
            day if !same_year || day == last => full_date(*day),
            day if same_month => day.day().to_string(),
            day => date(*day),
        })
        .collect();
    and(&words)
}

fn range(range: DateRange) -> String {
    if range.from == range.to {
        full_date(range.from)
    } else {
        format!("{} to {}", full_date(range.from), full_date(range.to))
    }
}

/// Days of every year, from three in a row on as a range, which may go past the end of the year.
fn each_year(days: &BTreeSet<(i8, i8)>) -> Vec<String> {
    // A leap year has every day that there is.
    let mut dates: Vec<Date> =
        days.iter().filter_map(|(month, day)| Date::new(2028, *month, *day).ok()).collect();
    let follows = |before: &Date, after: &Date| {
        before.tomorrow().is_ok_and(|next| next == *after)
            || (before.month(), before.day(), after.day_of_year()) == (12, 31, 1)
    };
    // The row that goes past the end of the year begins in the old one.
    let start = (0..dates.len())
        .find(|at| !follows(&dates[(at + dates.len() - 1) % dates.len()], &dates[*at]))
        .unwrap_or(0);
    dates.rotate_left(start);
    let rows = dates.chunk_by(follows).flat_map(|row| match row {
        [first, _, .., last] => vec![format!("{} to {}", date(*first), date(*last))],
        row => row.iter().map(|day| date(*day)).collect(),
    });
    rows.collect()
}

fn date(date: Date) -> String {
    format!("{} {}", date.day(), month_name(date.month()))
}

pub(super) fn full_date(day: Date) -> String {
    format!("{} {}", date(day), day.year())
}

/// `a, b and c`.
fn and(words: &[String]) -> String {
    listed(words, " and ", ", ")
}

fn listed(words: &[String], last: &str, between: &str) -> String {
    match words {
        [most @ .., end] if !most.is_empty() => format!("{}{last}{end}", most.join(between)),
        words => words.concat(),
    }
}

/// Hours in words: `7:00–8:30 pm`, `11 am–1 pm`, `noon–1 pm`. Minutes are written at both ends or at none, and am or pm
/// once where both ends have it in common and follow one another.
pub fn hours(clock: Clock) -> String {
    let Clock { start, end } = clock;
    let Some(end) = end else {
        return format!("{}{}", figures(start, start.minute() != 0), half(start));
    };
    let minutes = [start, end].into_iter().any(|time| time.minute() != 0);
    let one_half = (start.hour() < 12) == (end.hour() < 12) && start < end;
    let shared = one_half && !named(start) && !named(end);
    let begins = figures(start, minutes);
    let half_of_start = if shared { "" } else { half(start) };
    format!("{begins}{half_of_start}–{}{}", figures(end, minutes), half(end))
}

/// The hour, with its minutes if `minutes`; noon and midnight by name.
fn figures(time: Time, minutes: bool) -> String {
    let hour = if time.hour() % 12 == 0 { 12 } else { time.hour() % 12 };
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, minute) if minutes => format!("{hour}:{minute:02}"),
        _ => hour.to_string(),
    }
}

/// am or pm, with a space before it; nothing for noon and midnight.
fn half(time: Time) -> &'static str {
    match time.hour() {
        _ if named(time) => "",
        ..12 => " am",
        _ => " pm",
    }
}

fn named(time: Time) -> bool {
    matches!((time.hour(), time.minute()), (0 | 12, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Given, read};

    #[test]
    fn cards_say_of_what_a_number_is_a_day() {
        let brief = |text| describe_briefly(&read(text, &Given::default()).unwrap().rules);
        assert_eq!(brief("15th of the month, 7 pm"), "15th of the month, 7 pm");
        assert_eq!(brief("last day of the month, noon"), "last day of the month, noon");
        assert_eq!(brief("1st and 3rd Tuesday of the month, 7 pm"), "1st and 3rd Tuesday, 7 pm");
    }
}
