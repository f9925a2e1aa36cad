//! Days, in figures or with the month by its name; what can be read in two ways is asked about.

use jiff::civil::Date;

use super::Wrong;
use crate::diagnostic::rules::content as rules;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `2027-01-06` (RFC 3339 full-date), or a day, a month by name and a year in either order.
pub(in crate::check) fn date(typed: &str) -> Result<Date, Wrong> {
    if let Some(parts) = numbers(typed, '-')
        && typed.chars().take_while(char::is_ascii_digit).count() == 4
    {
        return possible_date(typed, parts);
    }
    let figures = ['/', '.', '-'].iter().find_map(|&mark| numbers(typed, mark));
    if let Some(parts) = figures.filter(|parts| parts.iter().all(|part| *part <= 9999)) {
        return Err(ambiguous_date(typed, parts));
    }
    match named_date(typed) {
        Some(parts) => possible_date(typed, parts),
        None if speaks_of_week_or_clock(typed) => Err(Wrong::value(
            typed,
            "a date",
            "write a single day such as `2027-01-06`; days of the week and times go under `schedule:`",
        )),
        None if named_date(&format!("{typed} 2027")).is_some_and(|[_, _, day]| day <= 31) => {
            Err(Wrong::value(
                typed,
                "a date: the year is missing",
                "add the year, as in `6 January 2027`",
            ))
        }
        None if named_date(&format!("1 {typed}")).is_some() => Err(Wrong::value(
            typed,
            "a date: the day is missing",
            "add the day, as in `6 January 2027`",
        )),
        None => Err(Wrong::value(
            typed,
            "a date",
            "write a date such as `2027-01-06` or `6 January 2027`",
        )),
    }
}

fn speaks_of_week_or_clock(typed: &str) -> bool {
    let lower = typed.to_lowercase();
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekly", ":"]
        .iter()
        .any(|word| lower.contains(word))
}

fn numbers(typed: &str, mark: char) -> Option<[u32; 3]> {
    let parts: Option<Vec<u32>> =
        typed.trim().split(mark).map(|part| part.trim().parse().ok()).collect();
    parts?.try_into().ok()
}

fn possible_date(typed: &str, [year, month, day]: [u32; 3]) -> Result<Date, Wrong> {
    let date =
        (|| Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok())();
    let year_is_plausible = (1900..=2200).contains(&year);
    date.filter(|_| year_is_plausible).ok_or_else(|| {
        let help = match month {
            1..=12 if !year_is_plausible => "years run from 1900 to 2200".to_owned(),
            1..=12 => format!("{} {year} has {} days", title_case(month), days_in(year, month)),
            _ => "months run from 01 to 12; a date is year-month-day".to_owned(),
        };
        Wrong::value(typed, "a day in any calendar", help).rule(&rules::IMPOSSIBLE_DATE)
    })
}

fn days_in(year: u32, month: u32) -> i8 {
    let first = (|| Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok())();
    first.map_or(31, Date::days_in_month)
}

fn title_case(month: u32) -> String {
    let name = usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.saturating_sub(1)))
        .unwrap_or(&"");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn ambiguous_date(typed: &str, [a, b, c]: [u32; 3]) -> Wrong {
    let year = if a > 31 {
        a
    } else if c < 100 {
        2000 + c
    } else {
        c
    };
    // Where the year comes first, everybody goes on with the month.
    let pairs = if a > 31 { [(c, b), (c, b)] } else { [(a, b), (b, a)] };
    let readings: Vec<String> = pairs
        .into_iter()
        .filter(|&(day, month)| (1..=12).contains(&month) && (1..=31).contains(&day))
        .map(|(day, month)| {
            format!("`{year:04}-{month:02}-{day:02}` ({day} {} {year})", title_case(month))
        })
        .collect();
    let help = match readings.as_slice() {
        [one] => format!("write {one}"),
        [one, other] if one != other => format!("which one is it? write {one} or {other}"),
        [one, _] => format!("write {one}"),
        _ => "write a date such as `2027-01-06`".to_owned(),
    };
    Wrong::value(typed, "written so that everybody reads the same day", help)
        .rule(&rules::AMBIGUOUS_DATE)
}

fn named_date(typed: &str) -> Option<[u32; 3]> {
    let words: Vec<String> = typed
        .split(|c: char| c.is_whitespace() || c == ',' || c == '.')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let [a, b, c] = words.as_slice() else { return None };
    let (day, month) = if month_number(b).is_some() { (a, b) } else { (b, a) };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    Some([c.parse().ok()?, month_number(month)?, day])
}

fn month_number(word: &str) -> Option<u32> {
    let found = MONTHS
        .iter()
        .position(|name| *name == word || (word.len() >= 3 && name.starts_with(word)))?;
    u32::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<String, (&'static str, String)> {
        date(typed).map(|date| date.to_string()).map_err(|wrong| (wrong.rule.name, wrong.help))
    }

    #[test]
    fn dates_are_read_in_figures_and_by_name() {
        for typed in [
            "2027-01-06",
            "2027-1-6",
            "6 January 2027",
            "January 6, 2027",
            "6 Jan 2027",
            "Jan. 6th, 2027",
            "6th JANUARY 2027",
        ] {
            assert_eq!(read(typed), Ok("2027-01-06".into()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_date_is_asked_about() {
        for (typed, rule, help) in [
            (
                "01/06/2027",
                "ambiguous-date",
                "which one is it? write `2027-06-01` (1 June 2027) or `2027-01-06` (6 January 2027)",
            ),
            ("31.12.2027", "ambiguous-date", "write `2027-12-31` (31 December 2027)"),
            ("2027/01/06", "ambiguous-date", "write `2027-01-06` (6 January 2027)"),
            ("2027-02-29", "impossible-date", "February 2027 has 28 days"),
            ("31 June 2027", "impossible-date", "June 2027 has 30 days"),
            ("2027-13-01", "impossible-date", "months run from 01 to 12; a date is year-month-day"),
            ("0027-01-06", "impossible-date", "years run from 1900 to 2200"),
            ("January 6", "wrong-value", "add the year, as in `6 January 2027`"),
            ("January 2027", "wrong-value", "add the day, as in `6 January 2027`"),
            ("soon", "wrong-value", "write a date such as `2027-01-06` or `6 January 2027`"),
            ("", "wrong-value", "write a date such as `2027-01-06` or `6 January 2027`"),
        ] {
            assert_eq!(read(typed), Err((rule, help.into())), "{typed}");
        }
    }
}
