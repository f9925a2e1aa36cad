//! What every sentence must obey: what a rule is described as means that rule, and no text is read without a word or
//! sends the reader astray.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::{Date, Time, Weekday, date};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::resolve::same_meeting;
use super::{Given, Misread, read, read_hours};
use crate::schedule::describe::{describe, hours};
use crate::schedule::{Clock, DateRange, Days, End, Months, NthWeekday, Rule, Weekdays};

fn dates() -> impl Strategy<Value = Date> {
    (0..9_000_i64).prop_map(|days| date(2020, 2, 27).saturating_add(Span::new().days(days)))
}

fn weekdays() -> impl Strategy<Value = Weekday> {
    (1..=7_i8).prop_map(|day| Weekday::from_monday_one_offset(day).unwrap())
}

fn nths() -> impl Strategy<Value = NthWeekday> {
    (prop_oneof![1..=5_i8, -5..=-1_i8], weekdays())
        .prop_map(|(nth, day)| NthWeekday::new(nth, day).unwrap())
}

fn patterns() -> impl Strategy<Value = Days> {
    let numbers = prop_oneof![3 => 1..=31_i8, 1 => Just(-1)].boxed();
    prop_oneof![Just(1_u32), Just(2), 3..=40_u32].prop_flat_map(move |every| {
        prop_oneof![
            Just(Days::Daily { every }),
            btree_set(1..=7_i8, 1..=7).prop_map(move |on| {
                let day = |day| Weekday::from_monday_one_offset(day).unwrap();
                let on: Weekdays = on.into_iter().map(day).collect();
                match every {
                    1 if on == Weekdays::ALL => Days::Daily { every },
                    _ => Days::Weekly { every, on },
                }
            }),
            btree_set(nths(), 1..5).prop_map(move |on| Days::MonthlyByWeekday { every, on }),
            btree_set(numbers.clone(), 1..4).prop_map(move |on| Days::MonthlyByDay { every, on }),
            btree_set(dates(), 1..8).prop_map(Days::Dates),
        ]
    })
}

fn time(minutes: i16) -> Time {
    Time::new((minutes / 60).try_into().unwrap(), (minutes % 60).try_into().unwrap(), 0, 0).unwrap()
}

/// Quarters of an hour are likelier than other minutes, and twelve o'clock than other hours.
fn clocks() -> impl Strategy<Value = Clock> {
    let minutes =
        || prop_oneof![(0..96_i16).prop_map(|at| at * 15), 0..1440_i16, Just(0), Just(720)];
    (minutes(), prop::option::weighted(0.8, minutes())).prop_map(|(start, end)| {
        let fits = |end: &i16| {
            *end > start || (*end == 0 && start != 0) || (*end < start && end + 1440 - start <= 720)
        };
        Clock { start: time(start), end: end.filter(fits).map(time) }
    })
}

fn each_year() -> impl Strategy<Value = BTreeSet<(i8, i8)>> {
    let rows = (0..366_i64, 1..12_i64).prop_map(|(from, length)| {
        let day = |at| date(2028, 1, 1).saturating_add(Span::new().days(at % 366));
        (from..from + length).map(|at| (day(at).month(), day(at).day())).collect::<Vec<_>>()
    });
    vec(rows, 0..3).prop_map(|rows| rows.into_iter().flatten().collect())
}

prop_compose! {
    /// Rules in normal form, but for their hours.
    fn rules()(
        days in patterns(),
        months in prop_oneof![2 => Just(Months::ALL), 1 => vec(1..=12_i8, 1..12).prop_map(Months::from_iter)],
        first in prop::option::of(dates()),
        term in prop_oneof![Just(None), (0..900_i64).prop_map(Some)],
        count in prop::option::of(1..40_u32),
        except in prop_oneof![2 => Just(Vec::new()), 1 => vec((2..400_i64, 0..20_i64), 0..5)],
        except_each_year in prop_oneof![2 => Just(BTreeSet::new()), 1 => each_year()],
        except_holidays: bool,
    ) -> Rule {
        let holidays = Rule { except_holidays, ..Rule::new(days.clone()) };
        if matches!(days, Days::Dates(_)) {
            return holidays;
        }
        let anchor = first.unwrap_or(date(2027, 1, 1));
        let plus = |day: Date, days: i64| day.saturating_add(Span::new().days(days));
        let mut at = anchor;
        let except: Vec<DateRange> = except.into_iter().map(|(apart, length)| {
            let from = plus(at, apart);
            at = plus(from, length);
            DateRange { from, to: at }
        }).collect();
        let every = Rule { first: None, ..holidays.clone() }.needs_first();
        let first = first.or(every.then_some(anchor));
        let end = match (term, count, first) {
            (Some(length), _, _) => End::On(plus(anchor, length)),
            (None, Some(count), Some(_)) => End::After(count),
            _ => End::Never,
        };
        let mut rule = Rule { months, first, end, except: Vec::new(), except_each_year, ..holidays };
        // A single day is left out only where there would be a meeting.
        let planned = |range: &DateRange| range.from != range.to || rule.all_dates(*range).next().is_some();
        rule.except = except.into_iter().filter(planned).collect();
        rule
    }
}

/// Rules of one sentence: all have hours, or none has, and no two give the same meeting.
fn sentences() -> impl Strategy<Value = Vec<Rule>> {
    (any::<bool>(), vec((rules(), clocks()), 1..4)).prop_map(|(timed, rules)| {
        let with = |(rule, clock)| Rule { clock: timed.then_some(clock), ..rule };
        let mut once: Vec<Rule> = Vec::new();
        for rule in rules.into_iter().map(with) {
            if once.iter().all(|known| same_meeting(known, &rule).is_none()) {
                once.push(rule);
            }
        }
        once
    })
}

/// Text that comes near to being a sentence.
fn nearly() -> impl Strategy<Value = String> {
    let words = "Mondays Tue Wed, thursday fridays 1st 2nd last 5th 15 7 7:30 11 pm a.m. noon midnight – - to from until \
        except not holidays July May 2027 January 12, 5 and & / ; @ of the month every other second weekly biweekly 10 \
        weeks six meetings for 90 minutes ET Pacific time New York UTC 2027-01-06 01/06/2027 no meeting or evening 13 31 \
        day ( ) weekdays daily but between half past twice a GMT +1 through 1.5 18h30 0930 M-F 🙂 é";
    let words: Vec<&str> = words.split(' ').collect();
    vec(prop::sample::select(words), 0..25).prop_map(|words| words.join(" "))
}

fn check_places(text: &str) {
    let given = Given::default();
    let refused = [read(text, &given).err(), read_hours(text, None).err()];
    for misreads in refused.into_iter().flatten() {
        assert!(!misreads.is_empty(), "{text}: refused without a reason");
        check_misreads(text, misreads);
    }
}

fn check_misreads(text: &str, misreads: Vec<Misread>) {
    for misread in misreads {
        assert!(text.get(misread.at.clone()).is_some(), "{text}: {misread:?}");
        assert!(!misread.message.ends_with('.') && !misread.help.is_empty(), "{misread:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_description_means_its_rules(rules in sentences()) {
        let text = describe(&rules, None);
        let read = read(&text, &Given::default());
        prop_assert_eq!(read.map(|sentence| sentence.rules), Ok(rules), "{}", text);
    }

    #[test]
    fn described_hours_mean_themselves(clock in clocks()) {
        prop_assert_eq!(read_hours(&hours(clock), None), Ok(clock));
    }

    #[test]
    fn every_problem_has_its_place(text in prop_oneof![".*", nearly()]) {
        check_places(&text);
    }

    /// A sign that no construct has is never passed over.
    #[test]
    fn nothing_is_dropped(rules in sentences(), at in any::<prop::sample::Index>(), sign in "[#$%^=<>*?]|xyzzy") {
        let text = describe(&rules, None);
        let gaps: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).collect();
        let gap = gaps[at.index(gaps.len())];
        let (before, after) = text.split_at(gap);
        let spoilt = format!("{before} {sign} {after}");
        let misreads = read(&spoilt, &Given::default()).unwrap_err();
        let told = misreads.iter().any(|misread| spoilt.get(misread.at.clone()).is_some_and(|at| at.contains(&sign)));
        prop_assert!(told, "{}: {:?}", spoilt, misreads);
    }
}

#[test]
fn zones_are_said_so_that_they_are_understood() {
    let tuesday = Rule {
        clock: Some(Clock { start: time(1140), end: None }),
        ..Rule::new(Weekday::Tuesday.into())
    };
    let names = jiff::tz::db().available().map(|name| name.to_string());
    let names =
        names.filter(|name| name == "UTC" || name.contains('/') && !name.starts_with("Etc/"));
    let mut faults = Vec::new();
    for name in names {
        let zone = jiff::tz::db().get(&name).unwrap();
        let text = describe(std::slice::from_ref(&tuesday), Some(&zone));
        let given = Given { zone: Some(&zone), ..Given::default() };
        match read(&text, &given) {
            Ok(sentence) if sentence.zone_hint.is_some() => {}
            other => faults.push(format!("{name}: {text}: {other:?}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn long_and_hostile_text_is_answered_at_once() {
    for piece in [
        "1, ",
        "1st and ",
        "Monday ",
        "except ",
        "7 ",
        "- ",
        "January ",
        "from 5 ",
        "a.m. ",
        "America/",
        "((",
        "é",
        "every other ",
        "12:",
        "1st-31st ",
        "except the 2nd and ",
        "Monday 7 pm; ",
        "7 pm, in July ",
    ] {
        for length in [3_990, 100_000] {
            let text: String = piece.chars().cycle().take(length).collect();
            let started = std::time::Instant::now();
            check_places(&text);
            assert!(started.elapsed().as_secs() < 5, "{piece}");
        }
    }
}
