//! What expansion must obey, said again as slowly and plainly as the standard says it: every day is asked whether it is
//! one, every minute whether it is the one.

use jiff::civil::{Date, DateTime, Time, Weekday, date};
use jiff::tz::{self, TimeZone};
use jiff::{Span, Timestamp};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::{Clock, DateRange, Days, End, Hours, Months, NthWeekday, Offsets, Rule};

const ZONES: [&str; 11] = [
    "America/New_York",
    "America/Vancouver",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Santiago",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
];

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

fn zone(name: &str) -> TimeZone {
    tz::db().get(name).unwrap()
}

/// The rule's days by definition.
fn by_definition(rule: &Rule, within: DateRange) -> Vec<Date> {
    let first = rule.first.unwrap_or(within.from);
    let (mut meetings, mut anchor, mut days) = (0, None, Vec::new());
    let mut day = first;
    while day <= within.to {
        if is_of_pattern(&rule.days, day) && rule.months.contains(day.month()) {
            let anchor = *anchor.get_or_insert(day);
            let on = match rule.end {
                End::Never => true,
                End::On(last) => day <= last,
                End::After(count) => meetings < count,
            };
            if on && is_in_step(&rule.days, anchor, day) {
                meetings += 1;
                let left_out = rule.except.iter().any(|range| range.from <= day && day <= range.to)
                    || rule.except_each_year.contains(&(day.month(), day.day()));
                if day >= within.from && !left_out {
                    days.push(day);
                }
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    days
}

fn is_of_pattern(days: &Days, day: Date) -> bool {
    match days {
        Days::Daily { .. } => true,
        Days::Weekly { on, .. } => on.contains(day.weekday()),
        Days::MonthlyByWeekday { on, .. } => on.iter().any(|nth| {
            let from_start = (day.day() - 1) / 7 + 1;
            let from_end = -((day.days_in_month() - day.day()) / 7 + 1);
            nth.weekday() == day.weekday() && [from_start, from_end].contains(&nth.nth())
        }),
        Days::MonthlyByDay { on, .. } => {
            on.contains(&day.day()) || (on.contains(&-1) && day.day() == day.days_in_month())
        }
        Days::Dates(dates) => dates.contains(&day),
    }
}

fn is_in_step(days: &Days, anchor: Date, day: Date) -> bool {
    let days_since = |from: Date, to: Date| from.duration_until(to).as_hours() / 24;
    let monday = |day: Date| plus(day, -i64::from(day.weekday().to_monday_zero_offset()));
    let (passed, every) = match days {
        Days::Daily { every } => (days_since(anchor, day), *every),
        Days::Weekly { every, .. } => (days_since(monday(anchor), monday(day)) / 7, *every),
        Days::MonthlyByWeekday { every, .. } | Days::MonthlyByDay { every, .. } => {
            let years = i64::from(day.year() - anchor.year());
            (years * 12 + i64::from(day.month() - anchor.month()), *every)
        }
        Days::Dates(_) => (0, 1),
    };
    passed % i64::from(every) == 0
}

/// Minute by minute, the instant at which a clock on the wall first shows a time; if it never does, the time is read off
/// a clock that nobody set when the others jumped over it. Second, whether it is shown exactly once.
fn by_watching(at: DateTime, zone: &TimeZone) -> (Timestamp, bool) {
    let utc = at.to_zoned_datetime(TimeZone::UTC).unwrap().timestamp().as_second() / 60;
    let clock = |minute: i64| zone.to_datetime(Timestamp::from_second(minute * 60).unwrap());
    let watch = utc - 15 * 60..utc + 28 * 60;
    let mut shown = watch.clone().filter(|minute| clock(*minute) == at);
    if let Some(first) = shown.next() {
        return (Timestamp::from_second(first * 60).unwrap(), shown.next().is_none());
    }
    let jump = watch.clone().find(|minute| clock(*minute) > at).unwrap();
    let wait = clock(jump - 1).duration_until(at);
    (Timestamp::from_second((jump - 1) * 60).unwrap() + wait, false)
}

fn days() -> impl Strategy<Value = Date> {
    (0..6_000_i64).prop_map(|days| plus(date(2016, 2, 25), days))
}

fn weekdays() -> impl Strategy<Value = Weekday> {
    (1..=7_i8).prop_map(|day| Weekday::from_monday_one_offset(day).unwrap())
}

fn patterns() -> impl Strategy<Value = Days> {
    let nth = (prop_oneof![1..=5_i8, -5..=-1_i8], weekdays())
        .prop_map(|(nth, day)| NthWeekday::new(nth, day).unwrap())
        .boxed();
    let numbers = prop_oneof![2 => 1..=31_i8, 1 => Just(-1), 1 => 28..=31_i8];
    (prop_oneof![3 => 1..=4_u32, 1 => 5..=30_u32]).prop_flat_map(move |every| {
        prop_oneof![
            Just(Days::Daily { every }),
            vec(weekdays(), 1..4)
                .prop_map(move |on| Days::Weekly { every, on: on.into_iter().collect() }),
            btree_set(nth.clone(), 1..4).prop_map(move |on| Days::MonthlyByWeekday { every, on }),
            btree_set(numbers.clone(), 1..4).prop_map(move |on| Days::MonthlyByDay { every, on }),
            btree_set(days(), 0..20).prop_map(Days::Dates),
        ]
    })
}

prop_compose! {
    fn rules()(
        days in patterns(),
        months in prop_oneof![Just(Months::ALL), vec(1..=12_i8, 1..9).prop_map(Months::from_iter)],
        first in prop::option::weighted(0.9, days()),
        end in prop_oneof![
            Just(End::Never),
            days().prop_map(End::On),
            (0..40_u32).prop_map(End::After),
        ],
        gaps in vec((1..400_i64, 0..20_i64), 0..6),
        except_each_year in btree_set((1..=12_i8, 1..=31_i8), 0..9),
    ) -> Rule {
        let mut at = first.unwrap_or(date(2016, 1, 1));
        let except = gaps.into_iter().map(|(apart, length)| {
            let from = plus(at, apart);
            at = plus(from, length);
            DateRange { from, to: at }
        });
        Rule { months, first, end, except: except.collect(), except_each_year, ..Rule::new(days) }
    }
}

prop_compose! {
    /// A time on a day, both more often than not beside a change of the zone's clocks.
    fn moments()(
        zone in prop::sample::select(&ZONES[..]).prop_map(zone),
        year in 1975..2060_i16,
        day in 1..366_i64,
        change in any::<bool>(),
        minutes in prop_oneof![-1_600..1_600_i64, -60..90_i64],
    ) -> (TimeZone, DateTime) {
        let start = plus(date(year, 1, 1), day).at(12, 0, 0, 0);
        let instant = start.to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
        let near = zone.following(instant).next().filter(|_| change);
        let near = zone.to_datetime(near.map_or(instant, |near| near.timestamp()));
        (zone, near.saturating_add(Span::new().minutes(minutes)))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_has_the_days_of_its_definition(
        rule in rules(),
        later in prop_oneof![-100..400_i64, 400..3_000_i64],
        length in -20..1_200_i64,
    ) {
        let from = plus(rule.first.unwrap_or(date(2016, 1, 1)), later);
        let within = DateRange { from, to: plus(from, length) };
        let expected = by_definition(&rule, within);
        prop_assert_eq!(rule.dates(within).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_day_is_after_the_last_possible_one(rule in rules(), from in days()) {
        let within = DateRange { from, to: plus(from, 1_200) };
        let mut longer = rule.clone();
        longer.end = End::Never;
        longer.except.clear();
        longer.except_each_year.clear();
        if let (Some(first), Some(last)) = (rule.first, rule.last_possible()) {
            let days = longer.dates(DateRange { from: first, to: last });
            if let End::After(count) = rule.end && !matches!(rule.days, Days::Dates(_)) {
                prop_assert_eq!(days.count(), count as usize);
            }
            prop_assert!(rule.dates(within).all(|day| day <= last));
        }
    }

    #[test]
    fn hours_are_those_that_a_clock_on_the_wall_shows(
        (zone, at) in moments(),
        length in prop::option::of(prop_oneof![0..90_i64, 0..1_440_i64, Just(0)]),
    ) {
        let end = length.map(|minutes| at.time().wrapping_add(Span::new().minutes(minutes)));
        let clock = Clock { start: at.time(), end };
        let hours = clock.on(at.date(), &zone);
        let (start, once) = by_watching(at, &zone);
        prop_assert_eq!(hours.start, start);
        let Some(end) = end else {
            prop_assert_eq!((hours.end, hours.unusual), (None, !once));
            return Ok(());
        };
        let day = if end <= at.time() { at.date().tomorrow().unwrap() } else { at.date() };
        let ends = day.to_datetime(end);
        let (watched, end_once) = by_watching(ends, &zone);
        let kept = start + at.duration_until(ends);
        prop_assert_eq!(hours.end, Some(if watched > start { watched } else { kept }));
        prop_assert_eq!(hours.unusual, !once || !end_once || watched != kept);
    }

    #[test]
    fn a_zones_changes_are_enough_to_know_its_hours((zone, at) in moments()) {
        let instant = |date: Date| date.to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
        let year = at.year();
        let offsets = Offsets::of(&zone, instant(date(year - 1, 6, 1)), instant(date(year + 2, 6, 1)));
        let clock = Clock { start: at.time(), end: None };
        prop_assert_eq!(offsets.resolve(at), clock.on(at.date(), &zone).start);
        let mut before = offsets.first;
        for (_, after) in offsets.changes {
            prop_assert_ne!(before, after);
            before = after;
        }
    }
}

#[test]
fn forty_years_may_pass_before_a_first_meeting() {
    let wednesday = NthWeekday::new(5, Weekday::Wednesday).unwrap();
    for every in [1, 5, 36] {
        let mut rule = Rule::new(Days::MonthlyByWeekday { every, on: [wednesday].into() });
        rule.months = Months::NONE.with(2);
        rule.first = Some(date(1888, 3, 1));
        let within = DateRange { from: date(1900, 1, 1), to: date(2400, 1, 1) };
        let days: Vec<_> = rule.dates(within).collect();
        assert_eq!(days, by_definition(&rule, within));
        assert_eq!(days[0], date(1928, 2, 29));
    }
}

#[test]
fn hours_on_known_days_are_known_instants() {
    let table = [
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30Z", true),
        ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:30Z", true),
        ("America/New_York", "2027-03-14T03:00", "2027-03-14T07:00Z", false),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45Z", true),
        ("Pacific/Chatham", "2026-12-01T19:00", "2026-12-01T05:15Z", false),
        ("Pacific/Apia", "2011-12-30T19:00", "2011-12-31T05:00Z", true),
        ("Asia/Kathmandu", "2026-12-01T00:00", "2026-11-30T18:15Z", false),
    ];
    for (name, at, instant, unusual) in table {
        let at: DateTime = at.parse().unwrap();
        let hours = Clock { start: at.time(), end: None }.on(at.date(), &zone(name));
        let expected = Hours { start: instant.parse().unwrap(), end: None, unusual };
        assert_eq!(hours, expected, "{name} {at}");
    }
}

#[test]
fn hours_at_the_edge_of_time_are_the_last_there_are() {
    for zone in ZONES.map(zone) {
        let offsets = Offsets::of(&zone, Timestamp::MIN, Timestamp::from_second(0).unwrap());
        for day in [Date::MIN, Date::MAX] {
            let clock = Clock { start: Time::MAX, end: Some(Time::MIN) };
            let hours = clock.on(day, &zone);
            assert!(hours.end.is_none_or(|end| end > hours.start));
            assert!(clock.ends(day).is_some());
            assert_eq!(offsets.resolve(day.to_datetime(clock.start)), hours.start);
        }
    }
}
