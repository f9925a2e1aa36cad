//! Calendars of groups that nobody thought of.

use jiff::civil::{Time, Weekday, date};

use proptest::prelude::*;

use super::cases::entry;
use super::*;
use crate::model::group::{Cancellation, Change, Extra, Schedule};
use crate::model::settings::Holiday;
use crate::model::venue::{Area, Closure, Place};
use crate::render::tests::fixture::{four_lines, prose, settings};
use crate::schedule::{Clock, End, NthWeekday};

const ZONES: [&str; 10] = [
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Asia/Kolkata",
    "America/Santiago",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Antarctica/Troll",
    "UTC",
];

fn any_date() -> impl Strategy<Value = Date> {
    (-700_i64..900).prop_map(|days| fixture::TODAY.saturating_add(Span::new().days(days)))
}

/// More often at hours when clocks are set.
fn any_time() -> impl Strategy<Value = Time> {
    (prop_oneof![0_i8..4, 0_i8..24], 0_i8..12)
        .prop_map(|(hour, five)| Time::constant(hour, five * 5, 0, 0))
}

fn any_clock() -> impl Strategy<Value = Option<Clock>> {
    let clock = (any_time(), proptest::option::weighted(0.8, any_time()));
    proptest::option::weighted(0.9, clock.prop_map(|(start, end)| Clock { start, end }))
}

fn weekday() -> impl Strategy<Value = Weekday> {
    (1_i8..=7).prop_map(|day| Weekday::from_monday_one_offset(day).unwrap())
}

fn any_days() -> impl Strategy<Value = Days> {
    let weekdays =
        || prop_oneof![Just(vec![Weekday::Sunday]), prop::collection::vec(weekday(), 1..3)];
    let nth = prop_oneof![-2_i8..=-1, 1_i8..=5];
    let nth = (nth, weekday()).prop_map(|(nth, day)| NthWeekday::new(nth, day).unwrap());
    let number = prop_oneof![Just(-1_i8), 1_i8..=31];
    prop_oneof![
        (1_u32..20).prop_map(|every| Days::Daily { every }),
        (1_u32..4, weekdays())
            .prop_map(|(every, on)| Days::Weekly { every, on: on.into_iter().collect() }),
        (1_u32..4, prop::collection::btree_set(nth, 1..3))
            .prop_map(|(every, on)| Days::MonthlyByWeekday { every, on }),
        (1_u32..4, prop::collection::btree_set(number, 1..3))
            .prop_map(|(every, on)| Days::MonthlyByDay { every, on }),
        prop::collection::btree_set(any_date(), 1..6).prop_map(Days::Dates),
    ]
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let end = prop_oneof![
        Just(End::Never),
        any_date().prop_map(End::On),
        (1_u32..80).prop_map(End::After)
    ];
    let months = prop_oneof![Just((1..=12).collect()), prop::collection::vec(1_i8..=12, 1..9)];
    let except = proptest::option::of((any_date(), 0_i64..60));
    (any_days(), months, proptest::option::of(any_date()), end, except, any::<bool>(), any_clock())
        .prop_map(|(days, months, first, end, except, except_holidays, clock)| {
            let except = except.map(|(from, days)| DateRange {
                from,
                to: from.saturating_add(Span::new().days(days)),
            });
            let mut rule = Rule {
                months: months.into_iter().collect(),
                first,
                end,
                except: except.into_iter().collect(),
                except_holidays,
                clock,
                ..Rule::new(days)
            };
            if rule.needs_first() && rule.first.is_none() {
                rule.first = Some(date(2026, 3, 1));
            }
            rule
        })
}

fn range(from: Date, days: i64) -> (Date, Date) {
    (from, from.saturating_add(Span::new().days(days)))
}

fn any_place() -> impl Strategy<Value = (Option<Format>, Option<Place>)> {
    let format = prop_oneof![Just(None), Just(Some(Format::InPerson)), Just(Some(Format::Hybrid))];
    let closed = (any_date(), proptest::option::of(0_i64..60)).prop_map(|(from, days)| Closure {
        from,
        to: days.map(|days| range(from, days).1),
        reason: None,
    });
    let place = proptest::option::of(prop::collection::vec(closed, 0..2));
    (format, place).prop_map(|(format, closed)| {
        (format, closed.map(|closed| Place::Area(Area { closed, ..Area::default() })))
    })
}

/// A group of one or two entries and some exceptions; those that name a day name one that the rule has.
pub(super) fn any_case() -> impl Strategy<Value = Case> {
    let entries = (any_rule(), prop::sample::select(&ZONES[..]), any_place());
    let entries = prop::collection::vec(entries, 1..3);
    let cancelled = prop::collection::vec((any_date(), prop_oneof![0_i64..40, Just(4000)]), 0..3);
    let changed = (any::<prop::sample::Index>(), proptest::option::of(-9_i64..9), any_clock());
    let changed = prop::collection::vec(changed, 0..4);
    let extra = prop::collection::vec((any_date(), any_clock()), 0..3);
    let status = prop_oneof![
        8 => Just(Status::Active),
        1 => proptest::option::of(any_date()).prop_map(|resumes| Status::Paused { resumes }),
    ];
    let holiday = proptest::option::of((any_date(), 0_i64..20));
    let words = any::<String>();
    (words, entries, cancelled, changed, extra, status, (holiday, any::<bool>())).prop_map(
        |(words, entries, cancelled, changed, extra, status, (holiday, off))| {
            let entries = entries.into_iter().map(|(rule, zone, (format, place))| {
                let mut entry = entry(zone, rule);
                (entry.setting.format, entry.setting.place) = (format, place);
                entry
            });
            let entries: Vec<_> = entries.collect();
            let mut group = four_lines("random", "A random group");
            group.purpose.clone_from(&words);
            group.status = status;
            let from_to = |(from, days)| range(from, days);
            let cancelled = cancelled.into_iter().map(from_to);
            group.cancelled =
                cancelled.map(|(from, to)| Cancellation { from, to, reason: None }).collect();
            let days = DateRange { from: date(2026, 1, 1), to: date(2029, 6, 1) };
            let dates: Vec<Date> = entries[0].rules[0].dates(days).collect();
            for (at, by, clock) in changed.into_iter().filter(|_| !dates.is_empty()) {
                let date = *at.get(&dates);
                if group.changed.iter().any(|change| change.date == date) {
                    continue;
                }
                group.changed.push(Change {
                    date,
                    to_date: by.map(|by| range(date, by).1),
                    time: None,
                    clock,
                    setting: Setting::default(),
                    note: Some(prose(&words)),
                });
            }
            let extra = extra.into_iter().map(|(date, clock)| Extra {
                date,
                time: None,
                clock,
                setting: Setting::default(),
                note: None,
            });
            group.extra = extra.collect();
            group.schedule = Schedule::Entries(entries);
            let holidays = holiday.into_iter().map(from_to);
            let holidays =
                holidays.map(|(from, to)| Holiday { from, to, name: words.clone() }).collect();
            let settings = Settings { holidays, holidays_cancel: off, ..settings() };
            Case { name: words, group, settings }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_calendar_is_well_formed(case in any_case()) {
        let edition = edition(fixture::site());
        let text = own(&case, edition.texts());
        let lines = unfolded(&text);
        let mut uids = std::collections::BTreeSet::new();
        let events: Vec<&[String]> = lines.split(|line| line == "BEGIN:VEVENT").skip(1).collect();
        for event in events {
            let all = |name: &str| event.iter().filter(|line| line.starts_with(name)).count();
            for name in ["UID:", "DTSTAMP:", "DTSTART", "SUMMARY:", "DESCRIPTION:", "SEQUENCE:"] {
                prop_assert_eq!(all(name), 1, "{}", name);
            }
            prop_assert!(all("DTEND") <= 1 && all("RRULE:") <= 1);
            let uid = event.iter().find(|line| line.starts_with("UID:")).unwrap();
            prop_assert!(uids.insert(uid.clone()) || all("RECURRENCE-ID") == 1);
            let said = event.iter().find_map(|line| line.strip_prefix("DESCRIPTION:")).unwrap();
            unescaped(said);
        }
    }
}
