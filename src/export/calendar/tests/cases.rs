//! Groups that try every part of a calendar: patterns, zones, exceptions and what they do together.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday, date, time};
use jiff::tz;

use crate::model::group::{
    Cancellation, Change, Entry, Extra, Format, Group, Schedule, Setting, Status,
};
use crate::model::settings::{Holiday, Settings};
use crate::model::venue::{Closure, Join, Online, Place, PostalAddress, Venue};
use crate::render::tests::fixture::{four_lines, prose, settings, site};
use crate::schedule::{Clock, DateRange, Days, End, NthWeekday, Rule, Weekdays};

/// A group in its network.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) group: Group,
    pub(super) settings: Settings,
}

impl Case {
    fn new(name: &str, entries: Vec<Entry>) -> Case {
        let group = Group { schedule: Schedule::Entries(entries), ..four_lines("group", name) };
        Case { name: name.to_owned(), group, settings: settings() }
    }

    fn with(mut self, change: impl FnOnce(&mut Group)) -> Case {
        change(&mut self.group);
        self
    }

    fn in_network(mut self, change: impl FnOnce(&mut Settings)) -> Case {
        change(&mut self.settings);
        self
    }
}

/// An entry of one rule in a zone.
pub(super) fn entry(zone: &str, rule: Rule) -> Entry {
    let setting = Setting { timezone: Some(tz::db().get(zone).unwrap()), ..Setting::default() };
    Entry {
        when: "As we said".to_owned(),
        starts: rule.first,
        ends: None,
        rules: vec![rule],
        setting,
        topic: None,
        note: None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "fields want options")]
pub(super) fn clock(start: Time, end: Time) -> Option<Clock> {
    Some(Clock { start, end: Some(end) })
}

const fn at(hour: i8, minute: i8) -> Time {
    time(hour, minute, 0, 0)
}

/// Every week on one day.
pub(super) fn weekly(day: Weekday, start: Time, end: Time) -> Rule {
    Rule { clock: clock(start, end), ..Rule::new(day.into()) }
}

fn monthly(on: &[(i8, Weekday)]) -> Rule {
    let on = on.iter().map(|(nth, day)| NthWeekday::new(*nth, *day).unwrap()).collect();
    Rule {
        clock: clock(at(19, 0), at(20, 30)),
        ..Rule::new(Days::MonthlyByWeekday { every: 1, on })
    }
}

fn by_day(every: u32, on: &[i8]) -> Rule {
    let on = on.iter().copied().collect();
    Rule { clock: clock(at(9, 0), at(10, 0)), ..Rule::new(Days::MonthlyByDay { every, on }) }
}

fn evening() -> Rule {
    weekly(Weekday::Tuesday, at(19, 0), at(20, 30))
}

fn range(from: Date, to: Date) -> DateRange {
    DateRange { from, to }
}

fn hall(closed: Vec<Closure>) -> Place {
    let address = PostalAddress {
        street: Some("12 Main Street".to_owned()),
        city: Some("Athens".to_owned()),
        ..PostalAddress::default()
    };
    let name = Some("The Hall".to_owned());
    Place::Exact(Box::new(Venue { name, address, closed, ..Venue::default() }))
}

/// The evening in a hall, and online too if it is hybrid.
fn held(format: Format, closed: Vec<Closure>) -> Entry {
    let mut entry = entry("America/New_York", evening());
    entry.setting.format = Some(format);
    entry.setting.place = Some(hall(closed));
    let online = Online { platform: Some("Zoom".to_owned()), join: Join::OnRequest };
    entry.setting.online = Some(online).filter(|_| format == Format::Hybrid);
    entry
}

fn closure(from: Date, to: Option<Date>) -> Closure {
    Closure { from, to, reason: Some(prose("New floor")) }
}

fn cancelled(from: Date, to: Date) -> Cancellation {
    Cancellation { from, to, reason: None }
}

fn moved(from: Date, to: Option<Date>, hours: Option<Clock>) -> Change {
    Change {
        date: from,
        to_date: to,
        time: None,
        clock: hours,
        setting: Setting::default(),
        note: Some(prose("The church is closed")),
    }
}

fn on_top(day: Date, hours: Option<Clock>) -> Extra {
    Extra { date: day, time: None, clock: hours, setting: Setting::default(), note: None }
}

/// All of them.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = zones();
    cases.extend(clocks());
    cases.extend(patterns());
    cases.extend(cancellations());
    cases.extend(changes());
    cases.extend(on_holidays());
    cases.extend(places());
    cases.extend(whole_groups());
    cases
}

/// An evening a week all over the world.
fn zones() -> Vec<Case> {
    let zones = [
        "America/Vancouver",
        "Europe/London",
        "Europe/Dublin",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Jerusalem",
        "Asia/Kolkata",
        "Australia/Sydney",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "America/Sao_Paulo",
        "America/Santiago",
        "America/Nuuk",
        "UTC",
    ];
    let monthly = || monthly(&[(1, Weekday::Tuesday), (3, Weekday::Sunday)]);
    zones.into_iter().map(|zone| Case::new(zone, vec![entry(zone, monthly())])).collect()
}

/// Hours that clocks skip, repeat or are set in.
fn clocks() -> Vec<Case> {
    let sundays = |start, end| weekly(Weekday::Sunday, start, end);
    let night = weekly(Weekday::Saturday, at(22, 0), at(6, 0));
    let cases = [
        ("New York, skipped at the beginning", "America/New_York", sundays(at(2, 30), at(3, 30))),
        ("New York, repeated at both ends", "America/New_York", sundays(at(1, 15), at(1, 45))),
        ("New York, skipped at the end", "America/New_York", sundays(at(1, 0), at(2, 30))),
        ("New York, at night", "America/New_York", night.clone()),
        ("London, skipped and repeated", "Europe/London", sundays(at(1, 30), at(2, 0))),
        ("Lord Howe, half an hour", "Australia/Lord_Howe", sundays(at(1, 45), at(2, 15))),
        ("Chatham, before three", "Pacific/Chatham", sundays(at(2, 50), at(3, 20))),
        ("Casablanca, at night", "Africa/Casablanca", night),
        ("Santiago, at midnight", "America/Santiago", sundays(at(0, 0), at(1, 0))),
        (
            "New York, no end",
            "America/New_York",
            Rule {
                clock: Some(Clock { start: at(2, 30), end: None }),
                ..Rule::new(Weekday::Sunday.into())
            },
        ),
        (
            "begins on a day of skipped hours",
            "America/New_York",
            Rule {
                first: Some(date(2026, 3, 8)),
                end: End::After(52),
                ..sundays(at(2, 30), at(3, 30))
            },
        ),
    ];
    cases.into_iter().map(|(name, zone, rule)| Case::new(name, vec![entry(zone, rule)])).collect()
}

fn patterns() -> Vec<Case> {
    let several: Weekdays = [Weekday::Tuesday, Weekday::Sunday].into_iter().collect();
    let first = Some(date(2026, 2, 4));
    let hours = clock(at(12, 0), at(13, 0));
    let rule = |days| Rule { first, clock: hours, ..Rule::new(days) };
    let leap = Rule { months: [2].into_iter().collect(), ..by_day(1, &[29]) };
    let nth = |every, nth, day| Days::MonthlyByWeekday {
        every,
        on: BTreeSet::from([NthWeekday::new(nth, day).unwrap()]),
    };
    let cases = [
        ("every fifth Thursday", monthly(&[(5, Weekday::Thursday)])),
        ("second and last Saturday", monthly(&[(2, Weekday::Saturday), (-1, Weekday::Saturday)])),
        ("the 31st", by_day(1, &[31])),
        ("the 15th and the last day", by_day(1, &[15, -1])),
        ("leap days", leap),
        ("every other week on two days", rule(Days::Weekly { every: 2, on: several })),
        ("every ten days", rule(Days::Daily { every: 10 })),
        ("every third month", rule(nth(3, 1, Weekday::Monday))),
        ("every second month by number", Rule { first, ..by_day(2, &[30]) }),
        (
            "weekdays in winter",
            Rule {
                months: [11, 12, 1, 2].into_iter().collect(),
                clock: hours,
                end: End::On(date(2028, 1, 31)),
                ..Rule::new(Days::Weekly { every: 1, on: Weekdays::WORKING })
            },
        ),
        ("ten weeks", Rule { first: Some(date(2026, 10, 5)), end: End::After(10), ..evening() }),
        (
            "a count that began years ago",
            Rule { first: Some(date(2019, 10, 5)), end: End::After(500), ..evening() },
        ),
        ("since 1900", Rule { first: Some(date(1900, 1, 1)), ..evening() }),
        ("until a day", Rule { end: End::On(date(2027, 6, 29)), ..evening() }),
        (
            "dates",
            Rule {
                clock: hours,
                ..Rule::new(Days::Dates(
                    [date(2026, 12, 15), date(2027, 2, 28), date(2027, 3, 14), date(2031, 1, 6)]
                        .into(),
                ))
            },
        ),
        ("no hours", Rule { end: End::On(date(2027, 6, 29)), ..Rule::new(Weekday::Friday.into()) }),
        (
            "not in summer",
            Rule { except: vec![range(date(2027, 7, 1), date(2027, 8, 31))], ..evening() },
        ),
        ("never at Christmas", Rule { except_each_year: [(12, 29)].into(), ..evening() }),
    ];
    cases
        .into_iter()
        .map(|(name, rule)| Case::new(name, vec![entry("America/New_York", rule)]))
        .collect()
}

fn tuesdays() -> Vec<Entry> {
    vec![entry("America/New_York", evening())]
}

fn cancellations() -> Vec<Case> {
    let cohort = Rule { first: Some(date(2026, 12, 1)), end: End::After(10), ..evening() };
    let biweekly = Rule {
        first: Some(date(2026, 11, 24)),
        days: Days::Weekly { every: 2, on: Weekday::Tuesday.into() },
        ..evening()
    };
    vec![
        Case::new("cancelled dates and ranges", tuesdays()).with(|group| {
            group.cancelled = vec![
                cancelled(date(2026, 12, 15), date(2026, 12, 15)),
                cancelled(date(2027, 3, 1), date(2027, 3, 31)),
            ];
        }),
        Case::new(
            "the last two of ten are cancelled",
            vec![entry("America/New_York", cohort.clone())],
        )
        .with(|group| group.cancelled = vec![cancelled(date(2027, 1, 20), date(2027, 2, 2))]),
        Case::new("the first of ten is cancelled", vec![entry("America/New_York", cohort)])
            .with(|group| group.cancelled = vec![cancelled(date(2026, 12, 1), date(2026, 12, 1))]),
        Case::new(
            "the first two of every other week are cancelled",
            vec![entry("America/New_York", biweekly)],
        )
        .with(|group| group.cancelled = vec![cancelled(date(2026, 11, 24), date(2026, 12, 8))]),
        Case::new(
            "a daily rule with a break of two and a half years",
            vec![entry("America/New_York", Rule { days: Days::Daily { every: 1 }, ..evening() })],
        )
        .with(|group| group.cancelled = vec![cancelled(date(2027, 1, 10), date(2029, 7, 8))]),
        Case::new("cancelled for as long as one can see", tuesdays())
            .with(|group| group.cancelled = vec![cancelled(date(2027, 1, 1), date(2099, 1, 1))]),
    ]
}

fn changes() -> Vec<Case> {
    let daily = Rule {
        clock: clock(at(12, 0), at(12, 30)),
        end: End::On(date(2027, 1, 31)),
        ..Rule::new(Days::Daily { every: 1 })
    };
    let early = clock(at(18, 0), at(19, 30));
    vec![
        Case::new("changed in every way", tuesdays()).with(|group| {
            let mut elsewhere = moved(date(2027, 2, 2), None, None);
            elsewhere.setting.place = Some(hall(Vec::new()));
            group.changed = vec![
                moved(date(2027, 1, 19), Some(date(2027, 1, 20)), early),
                moved(date(2027, 1, 26), None, early),
                elsewhere,
                moved(date(2027, 2, 9), Some(date(2027, 3, 30)), None),
            ];
        }),
        Case::new("moved onto skipped hours", tuesdays()).with(|group| {
            group.changed = vec![moved(
                date(2027, 3, 16),
                Some(date(2027, 3, 14)),
                clock(at(2, 15), at(3, 15)),
            )];
        }),
        Case::new("moved past its neighbours", vec![entry("America/New_York", daily)]).with(
            |group| {
                group.changed = vec![moved(date(2027, 1, 19), Some(date(2027, 1, 20)), early)];
            },
        ),
        Case::new(
            "no hours, then some",
            vec![entry("America/New_York", Rule::new(Weekday::Friday.into()))],
        )
        .with(|group| group.changed = vec![moved(date(2027, 1, 15), None, early)]),
        Case::new("extra meetings", tuesdays()).with(|group| {
            group.extra = vec![
                on_top(date(2026, 12, 16), None),
                on_top(date(2026, 12, 16), early),
                on_top(date(2027, 3, 14), clock(at(2, 30), at(3, 30))),
            ];
        }),
    ]
}

fn on_holidays() -> Vec<Case> {
    vec![
        Case::new(
            "except holidays",
            vec![entry("America/New_York", Rule { except_holidays: true, ..evening() })],
        )
        .in_network(holidays),
        Case::new("holidays, check first", tuesdays()).in_network(holidays),
        Case::new("holidays cancel", tuesdays()).in_network(|settings| {
            holidays(settings);
            settings.holidays_cancel = true;
        }),
    ]
}

fn holidays(settings: &mut Settings) {
    settings.holidays = vec![
        Holiday { from: date(2026, 12, 29), to: date(2027, 1, 5), name: "Winter break".to_owned() },
        Holiday { from: date(2027, 7, 6), to: date(2027, 7, 6), name: "Town fair".to_owned() },
    ];
}

fn places() -> Vec<Case> {
    let march = || vec![closure(date(2027, 3, 1), Some(date(2027, 3, 31)))];
    let for_good = || vec![closure(date(2027, 3, 1), None)];
    let cases = [
        ("in person, closed for a month", held(Format::InPerson, march())),
        ("in person, closed until further notice", held(Format::InPerson, for_good())),
        ("hybrid, closed for a month", held(Format::Hybrid, march())),
        ("hybrid, closed until further notice", held(Format::Hybrid, for_good())),
        (
            "hybrid, closed from the beginning",
            held(Format::Hybrid, vec![closure(date(2025, 3, 1), None)]),
        ),
    ];
    cases.into_iter().map(|(name, entry)| Case::new(name, vec![entry])).collect()
}

fn whole_groups() -> Vec<Case> {
    let mut newcomers = entry("Europe/Berlin", weekly(Weekday::Thursday, at(23, 30), at(0, 30)));
    newcomers.topic = Some("Newcomers".to_owned());
    let rich = site().groups.into_iter().find(|group| group.slug.as_str() == "tuesday").unwrap();
    let mut rich = Case {
        name: "everything at once".to_owned(),
        group: (*rich).clone(),
        settings: settings(),
    };
    if let Schedule::Entries(entries) = &mut rich.group.schedule {
        entries[0].rules = vec![monthly(&[(1, Weekday::Tuesday), (3, Weekday::Tuesday)])];
    }
    vec![
        Case::new("two entries in two zones", vec![tuesdays().remove(0), newcomers]),
        Case::new("paused until a day", tuesdays())
            .with(|group| group.status = Status::Paused { resumes: Some(date(2027, 9, 1)) }),
        Case::new("paused", tuesdays())
            .with(|group| group.status = Status::Paused { resumes: None }),
        Case::new("ended", tuesdays()).with(|group| group.status = Status::Ended),
        rich,
    ]
}
