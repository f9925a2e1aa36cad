//! A rule as text for calendars: RFC 5545 §3.3.10, without the leading `RRULE:`.
//!
//! Says the pattern, the months and the end. Never what is left out: that is `EXDATE`'s. Weeks begin on Monday, which is
//! the default of `WKST`, so that is not said either.

use std::fmt::Display;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::schedule::days::NthWeekday;
use crate::schedule::rule::{Days, End, Rule};

impl Rule {
    /// Its text with the last day as a date, such as `FREQ=MONTHLY;UNTIL=20261214;BYDAY=1TU,3TU`. None for single dates,
    /// and for a rule that can name no day at all, as with no month.
    pub fn rrule(&self) -> Option<String> {
        self.text(|day| day.strftime("%Y%m%d").to_string())
    }

    /// The same for a calendar whose meetings begin at an hour in this zone: such a `UNTIL` must be in UTC. It is the
    /// last second of the day, so that no reader's idea of a skipped or repeated hour loses the last meeting.
    pub fn rrule_in(&self, zone: &TimeZone) -> Option<String> {
        if self.clock.is_none() {
            return self.rrule();
        }
        self.text(|day| last_second(day, zone).strftime("%Y%m%dT%H%M%SZ").to_string())
    }

    fn text(&self, until: impl Fn(Date) -> String) -> Option<String> {
        let (frequency, every, by) = match &self.days {
            Days::Daily { every } => ("DAILY", *every, String::new()),
            Days::Weekly { every, on } => {
                ("WEEKLY", *every, list("BYDAY", on.iter().map(weekday_code))?)
            }
            Days::MonthlyByWeekday { every, on } => {
                let mut on: Vec<NthWeekday> = on.iter().copied().collect();
                on.sort_by_key(|day| (day.nth() < 0, *day));
                let days =
                    on.iter().map(|day| format!("{}{}", day.nth(), weekday_code(day.weekday())));
                ("MONTHLY", *every, list("BYDAY", days)?)
            }
            Days::MonthlyByDay { every, on } => {
                let mut on: Vec<i8> = on.iter().copied().collect();
                on.sort_by_key(|day| (*day < 0, *day));
                ("MONTHLY", *every, list("BYMONTHDAY", on.iter())?)
            }
            Days::Dates(_) => return None,
        };
        let interval = if every > 1 { format!(";INTERVAL={every}") } else { String::new() };
        let end = match self.end {
            End::Never => String::new(),
            End::On(day) => format!(";UNTIL={}", until(day)),
            End::After(0) => return None,
            End::After(count) => format!(";COUNT={count}"),
        };
        let months =
            if self.months.is_all() { String::new() } else { list("BYMONTH", self.months.iter())? };
        Some(format!("FREQ={frequency}{interval}{end}{months}{by}"))
    }
}

/// A part of the text, from its semicolon; none without a value.
fn list(name: &str, values: impl Iterator<Item = impl Display>) -> Option<String> {
    let values: Vec<String> = values.map(|value| value.to_string()).collect();
    (!values.is_empty()).then(|| format!(";{name}={}", values.join(",")))
}

/// A day of the week in a rule's text: `MO` to `SU`.
pub(crate) fn weekday_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

fn last_second(day: Date, zone: &TimeZone) -> Timestamp {
    let midnight = day.tomorrow().map(|next| next.to_datetime(Time::midnight()));
    midnight
        .and_then(|midnight| zone.to_timestamp(midnight))
        .and_then(|midnight| midnight.checked_sub(SignedDuration::from_secs(1)))
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::{date, time};
    use jiff::tz;

    use super::*;
    use crate::schedule::{Clock, Months, Weekdays};

    fn nth(days: &[(i8, Weekday)]) -> BTreeSet<NthWeekday> {
        days.iter().map(|(nth, day)| NthWeekday::new(*nth, *day).unwrap()).collect()
    }

    #[test]
    fn every_pattern_has_its_text() {
        use Weekday::{Friday, Monday, Sunday, Tuesday};
        let table = [
            (Days::Daily { every: 1 }, "FREQ=DAILY"),
            (Days::Daily { every: 10 }, "FREQ=DAILY;INTERVAL=10"),
            (Days::from(Tuesday), "FREQ=WEEKLY;BYDAY=TU"),
            (
                Days::Weekly { every: 2, on: [Sunday, Monday].into_iter().collect() },
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
            ),
            (
                Days::MonthlyByWeekday { every: 1, on: nth(&[(3, Tuesday), (1, Tuesday)]) },
                "FREQ=MONTHLY;BYDAY=1TU,3TU",
            ),
            (
                Days::MonthlyByWeekday {
                    every: 3,
                    on: nth(&[(-1, Monday), (2, Sunday), (2, Friday), (5, Monday)]),
                },
                "FREQ=MONTHLY;INTERVAL=3;BYDAY=2FR,2SU,5MO,-1MO",
            ),
            (
                Days::MonthlyByDay { every: 1, on: [-1, 15, 2].into() },
                "FREQ=MONTHLY;BYMONTHDAY=2,15,-1",
            ),
        ];
        for (days, text) in table {
            assert_eq!(Rule::new(days).rrule().as_deref(), Some(text));
        }
    }

    #[test]
    fn months_and_ends_stand_before_days() {
        let mut rule = Rule::new(Weekday::Monday.into());
        rule.months = [9, 1].into_iter().collect();
        rule.end = End::After(10);
        assert_eq!(rule.rrule().unwrap(), "FREQ=WEEKLY;COUNT=10;BYMONTH=1,9;BYDAY=MO");
        rule.end = End::On(date(2026, 12, 14));
        assert_eq!(rule.rrule().unwrap(), "FREQ=WEEKLY;UNTIL=20261214;BYMONTH=1,9;BYDAY=MO");
    }

    #[test]
    fn until_is_in_utc_where_hours_are_in_a_zone() {
        let zone = tz::db().get("America/New_York").unwrap();
        let mut rule = Rule::new(Weekday::Monday.into());
        rule.end = End::On(date(2026, 12, 14));
        assert_eq!(rule.rrule_in(&zone).unwrap(), "FREQ=WEEKLY;UNTIL=20261214;BYDAY=MO");
        rule.clock = Some(Clock { start: time(19, 0, 0, 0), end: None });
        assert_eq!(rule.rrule_in(&zone).unwrap(), "FREQ=WEEKLY;UNTIL=20261215T045959Z;BYDAY=MO");
        rule.end = End::On(Date::MAX);
        assert!(rule.rrule_in(&zone).unwrap().contains(";UNTIL=9999"));
    }

    #[test]
    fn what_names_no_day_has_no_text() {
        let monday = Rule::new(Weekday::Monday.into());
        for rule in [
            Rule::new(Days::Dates([date(2026, 12, 14)].into())),
            Rule::new(Days::Weekly { every: 1, on: Weekdays::default() }),
            Rule::new(Days::MonthlyByDay { every: 1, on: BTreeSet::new() }),
            Rule::new(Days::MonthlyByWeekday { every: 1, on: BTreeSet::new() }),
            Rule { months: Months::NONE, ..monday.clone() },
            Rule { end: End::After(0), ..monday },
        ] {
            assert_eq!(rule.rrule(), None);
        }
    }
}
