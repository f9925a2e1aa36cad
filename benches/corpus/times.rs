//! When generated groups meet: mostly in the evening or at noon, weekly, every other week or on certain weeks of the month.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use super::chance::Chance;

/// Exceptions are on these days.
const FIRST: Date = date(2026, 12, 2);
const LAST: Date = date(2027, 11, 30);
/// Groups that meet every other week began on one of the days after this one.
const BEGAN: Date = date(2026, 9, 1);

/// As frequent as people's evenings.
const WEEKDAYS: [(Weekday, &str, usize); 7] = [
    (Weekday::Monday, "Monday", 17),
    (Weekday::Tuesday, "Tuesday", 19),
    (Weekday::Wednesday, "Wednesday", 18),
    (Weekday::Thursday, "Thursday", 18),
    (Weekday::Friday, "Friday", 9),
    (Weekday::Saturday, "Saturday", 11),
    (Weekday::Sunday, "Sunday", 8),
];
/// Half hours of the day at which meetings begin, and how often.
const STARTS: [(usize, usize); 22] = [
    (14, 1),
    (15, 1),
    (16, 2),
    (17, 2),
    (18, 4),
    (19, 3),
    (20, 5),
    (21, 3),
    (22, 3),
    (24, 8),
    (25, 3),
    (26, 4),
    (27, 2),
    (28, 3),
    (30, 3),
    (32, 4),
    (34, 7),
    (35, 8),
    (36, 15),
    (37, 12),
    (38, 14),
    (39, 5),
];
/// Minutes, and how often.
const LENGTHS: [(usize, usize); 6] = [(45, 4), (60, 34), (75, 8), (90, 36), (105, 2), (120, 16)];
const WEEKS: [(&str, &[i8], usize); 8] = [
    ("1st", &[1], 7),
    ("2nd", &[2], 7),
    ("3rd", &[3], 6),
    ("4th", &[4], 3),
    ("last", &[-1], 4),
    ("1st and 3rd", &[1, 3], 8),
    ("2nd and 4th", &[2, 4], 7),
    ("1st, 3rd and 5th", &[1, 3, 5], 1),
];

/// A sentence, and dates on which it plans a meeting.
pub(crate) struct Plan {
    pub(crate) sentence: String,
    /// In order, from the first to the last on which exceptions are.
    pub(crate) dates: Vec<Date>,
    /// As in the sentence.
    pub(crate) hours: String,
}

/// One that is as probable as its weight.
pub(crate) fn weighted<'a, T>(
    among: &'a [T],
    weight: impl Fn(&T) -> usize,
    chance: &mut Chance,
) -> &'a T {
    let mut place = chance.below(among.iter().map(&weight).sum());
    for one in among {
        match place.checked_sub(weight(one)) {
            Some(rest) => place = rest,
            None => return one,
        }
    }
    unreachable!("the place is below the sum")
}

/// A plan of any kind; `minutes` is how long its meetings are, where that is known.
pub(crate) fn plan(minutes: Option<usize>, chance: &mut Chance) -> Plan {
    let (weekday, name, _) = *weighted(&WEEKDAYS, |day| day.2, chance);
    let hours = hours(minutes, chance);
    let (days, dates) = match chance.below(100) {
        0..50 => (format!("{name}s"), dates(|day| day.weekday() == weekday)),
        50..56 => {
            let (other, other_name, _) = *weighted(&WEEKDAYS, |day| day.2, chance);
            let is_one = |day: Date| day.weekday() == weekday || day.weekday() == other;
            let both = format!("{name}s and {other_name}s");
            (if other == weekday { format!("{name}s") } else { both }, dates(is_one))
        }
        56..69 => {
            let anchor = BEGAN.nth_weekday(1, weekday).expect("there is one");
            let anchor =
                anchor + (7 * i64::try_from(chance.below(20)).expect("it is small")).days();
            let from = anchor.strftime("%-d %B %Y");
            let days = (0..).map(|turn| anchor + (14 * turn).days());
            let days = days.skip_while(|day| *day < FIRST).take_while(|day| *day <= LAST).collect();
            (format!("every other {name} from {from}"), days)
        }
        69..97 => {
            let (weeks, numbers, _) = *weighted(&WEEKS, |weeks| weeks.2, chance);
            let is_one = |day: Date| {
                let of_month = |&number| day.nth_weekday_of_month(number, weekday).ok();
                numbers.iter().any(|number| of_month(number) == Some(day))
            };
            (format!("{weeks} {name} of the month"), dates(is_one))
        }
        _ => {
            let number = 1 + chance.below(28);
            let is_it = |day: Date| usize::try_from(day.day()) == Ok(number);
            (format!("{} of every month", ordinal(number)), dates(is_it))
        }
    };
    Plan { sentence: format!("{days}, {hours}"), dates, hours }
}

fn dates(is_one: impl Fn(Date) -> bool) -> Vec<Date> {
    FIRST.series(1.day()).take_while(|day| *day <= LAST).filter(|day| is_one(*day)).collect()
}

fn ordinal(number: usize) -> String {
    let ending = match number {
        1 | 21 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Such as `6:30–8:00 pm`.
pub(crate) fn hours(minutes: Option<usize>, chance: &mut Chance) -> String {
    let start = weighted(&STARTS, |start| start.1, chance).0 * 30;
    let minutes = minutes.unwrap_or_else(|| weighted(&LENGTHS, |length| length.1, chance).0);
    let end = (start + minutes).min(23 * 60 + 45);
    let [first, last] = [start, end].map(|minute| {
        let (hour, half) = ((minute / 60 + 11) % 12 + 1, if minute < 720 { "am" } else { "pm" });
        (format!("{hour}:{:02}", minute % 60), half)
    });
    if first.1 == last.1 {
        format!("{}–{} {}", first.0, last.0, last.1)
    } else {
        format!("{} {}–{} {}", first.0, first.1, last.0, last.1)
    }
}
