//! Groups whose meetings are hard to tell: of every pattern and with every exception, in zones that set their clocks at
//! odd hours, by odd amounts and in either half of the year.

use std::sync::OnceLock;

use jiff::Span;
use jiff::civil::{Date, Time, Weekday, date, time};
use jiff::tz::TimeZone;
use roundtable::model::Prose;
use roundtable::model::group::{
    Cancellation, Change, Entry, Extra, Format, Group, Schedule, Setting, Status,
};
use roundtable::model::settings::{Holiday, Settings};
use roundtable::model::venue::{Area, Closure, Online, Place};
use roundtable::schedule::{Clock, DateRange, Days, End, Months, NthWeekday, Rule, Weekdays};
use roundtable::timetable::compact;

use crate::harness::{Archive, check};

/// The day on which the forms are made.
pub(super) const TODAY: Date = date(2026, 11, 23);

const ZONES: [&str; 9] = [
    "America/New_York",
    "America/Vancouver",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Santiago",
    "Europe/London",
    "Asia/Kolkata",
    "Pacific/Auckland",
];

/// A group in its network.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) group: Group,
    pub(super) settings: Settings,
}

/// A group with nothing but its name, as `check` makes it.
fn plain() -> Case {
    static PLAIN: OnceLock<Case> = OnceLock::new();
    let make = || {
        let text = "-- content/groups/a.md --\n---\ntitle: A\npurpose: To meet.\nkind: peer-support\n---\n";
        let site = check(Archive::parse(text).unpack().path()).site;
        Case { name: String::new(), group: (*site.groups[0]).clone(), settings: site.settings }
    };
    PLAIN.get_or_init(make).clone()
}

fn case(name: &str, rules: Vec<Rule>) -> Case {
    case_in("America/New_York", name, rules)
}

fn case_in(zone: &str, name: &str, rules: Vec<Rule>) -> Case {
    let mut case = plain();
    case.name = format!("{name}, {zone}");
    case.group.schedule = Schedule::Entries(vec![entry(rules, setting(zone))]);
    case
}

fn with(name: &str, rule: Rule, differ: impl FnOnce(&mut Case)) -> Case {
    let mut case = case(name, vec![rule]);
    differ(&mut case);
    case
}

fn entry(rules: Vec<Rule>, setting: Setting) -> Entry {
    let when = "as the rules say".to_owned();
    Entry { when, rules, setting, starts: None, ends: None, topic: None, note: None }
}

fn setting(zone: &str) -> Setting {
    Setting { timezone: Some(TimeZone::get(zone).unwrap()), ..Setting::default() }
}

fn rule(days: Days, hours: &str) -> Rule {
    Rule { clock: hours_of(hours), ..Rule::new(days) }
}

/// `19:00-20:30`, `19:00`, or nothing.
fn hours_of(text: &str) -> Option<Clock> {
    let (start, end) = text.split_once('-').unwrap_or((text, ""));
    let time =
        |text: &str| (!text.is_empty()).then(|| format!("{text:0>5}").parse::<Time>().unwrap());
    Some(Clock { start: time(start)?, end: time(end) })
}

fn weekly(every: u32, on: &[Weekday]) -> Days {
    Days::Weekly { every, on: on.iter().copied().collect() }
}

fn nth(every: u32, on: &[(i8, Weekday)]) -> Days {
    let on = on.iter().map(|&(nth, day)| NthWeekday::new(nth, day).unwrap()).collect();
    Days::MonthlyByWeekday { every, on }
}

fn by_day(every: u32, on: &[i8]) -> Days {
    Days::MonthlyByDay { every, on: on.iter().copied().collect() }
}

fn dates(days: &[Date]) -> Days {
    Days::Dates(days.iter().copied().collect())
}

fn days(from: Date, to: Date) -> DateRange {
    DateRange { from, to }
}

fn holiday(from: Date, to: Date, name: &str) -> Holiday {
    Holiday { from, to, name: name.to_owned() }
}

fn cancelled(from: Date, to: Date) -> Cancellation {
    Cancellation { from, to, reason: Some(Prose::default()) }
}

fn change(date: Date, to_date: Option<Date>, hours: &str) -> Change {
    let clock = hours_of(hours);
    Change { date, to_date, time: None, clock, setting: Setting::default(), note: None }
}

fn extra(date: Date, hours: &str) -> Extra {
    Extra { date, time: None, clock: hours_of(hours), setting: Setting::default(), note: None }
}

fn place(closed: &[(Date, Option<Date>)]) -> Place {
    let closed = closed.iter().map(|&(from, to)| Closure { from, to, reason: None }).collect();
    Place::Area(Area { closed, ..Area::default() })
}

use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

/// The groups of the fixtures; the first is the plainest.
pub(super) fn cases() -> Vec<Case> {
    let mut all = patterns();
    all.extend(spans());
    all.extend(hours());
    all.extend(holidays());
    all.extend(closures());
    all.extend(exceptions());
    all.extend(clock_changes());
    all.extend((1..=14).map(|seed| {
        let thrown =
            (1..200u32).map(|n| n.wrapping_mul(2_654_435_761).rotate_left(n ^ seed) ^ seed);
        let mut case = assorted(&mut Dice::of(thrown.collect()));
        case.name = format!("assorted {seed}");
        case
    }));
    all
}

fn patterns() -> Vec<Case> {
    let first = |rule: Rule, first: Date| Rule { first: Some(first), ..rule };
    vec![
        case("Tuesdays, 7–8:30 pm", vec![rule(weekly(1, &[Tuesday]), "19:00-20:30")]),
        case(
            "1st and 3rd Tuesday",
            vec![rule(nth(1, &[(1, Tuesday), (3, Tuesday)]), "19:00-20:30")],
        ),
        case_in("Europe/London", "fifth Friday", vec![rule(nth(1, &[(5, Friday)]), "12:00-13:00")]),
        case(
            "last Saturday and next to last Sunday",
            vec![rule(nth(1, &[(-1, Saturday), (-2, Sunday)]), "10:00-11:30")],
        ),
        case("the fifth Monday from the end", vec![rule(nth(1, &[(-5, Monday)]), "10:00")]),
        case("the 31st", vec![rule(by_day(1, &[31]), "18:00-19:00")]),
        case("the 15th and the last day", vec![rule(by_day(1, &[15, -1]), "18:00-19:00")]),
        case(
            "29 February",
            vec![Rule { months: Months::NONE.with(2), ..rule(by_day(1, &[29]), "18:00-19:00") }],
        ),
        case(
            "every other Wednesday",
            vec![first(rule(weekly(2, &[Wednesday]), "12:00-13:00"), date(2021, 1, 6))],
        ),
        case(
            "every third week on Monday and Sunday",
            vec![first(rule(weekly(3, &[Monday, Sunday]), "12:00-13:00"), date(2026, 12, 5))],
        ),
        case(
            "every fifth day",
            vec![first(rule(Days::Daily { every: 5 }, "9:00-9:45"), date(2020, 2, 29))],
        ),
        case(
            "every other month, second Thursday",
            vec![first(rule(nth(2, &[(2, Thursday)]), "16:00-17:00"), date(2026, 1, 9))],
        ),
        case(
            "every fifth month on the 30th",
            vec![first(rule(by_day(5, &[30]), "16:00-17:00"), date(2025, 2, 1))],
        ),
    ]
}

/// From a day, to a day, in some months, on single days.
fn spans() -> Vec<Case> {
    let first = |rule: Rule, first: Date| Rule { first: Some(first), ..rule };
    let until = |rule: Rule, end: End| Rule { end, ..rule };
    let summer = Months::NONE.with(7).with(8);
    vec![
        case_in(
            "Pacific/Auckland",
            "ten weeks from a day to come",
            vec![until(
                first(rule(weekly(1, &[Monday]), "18:30-20:00"), date(2027, 3, 15)),
                End::After(10),
            )],
        ),
        case(
            "a cohort that goes on until next month",
            vec![until(
                first(rule(weekly(1, &[Monday]), "18:30-20:00"), date(2026, 10, 5)),
                End::After(12),
            )],
        ),
        case(
            "until a day of which the window knows",
            vec![until(rule(weekly(1, &[Friday]), "18:30-20:00"), End::On(date(2027, 2, 12)))],
        ),
        case(
            "over",
            vec![until(rule(weekly(1, &[Friday]), "18:30-20:00"), End::On(date(2026, 2, 12)))],
        ),
        case(
            "not in July and August",
            vec![Rule { months: summer.others(), ..rule(weekly(1, &[Monday]), "8:00-9:00") }],
        ),
        case(
            "a list of dates",
            vec![rule(
                dates(&[date(2026, 11, 21), date(2027, 1, 9), date(2028, 2, 29), date(2030, 1, 1)]),
                "8:00-9:00",
            )],
        ),
    ]
}

fn hours() -> Vec<Case> {
    vec![
        case("no hours", vec![rule(nth(1, &[(1, Monday)]), "")]),
        case("no end", vec![rule(nth(1, &[(1, Monday)]), "23:45")]),
        case("across midnight", vec![rule(nth(1, &[(-1, Saturday)]), "22:00-1:00")]),
        case("a day and a night", vec![rule(nth(2, &[(1, Saturday)]), "9:00-9:00")]),
        with("zones of its entries", rule(nth(1, &[(2, Monday)]), "9:00-10:00"), |case| {
            let Schedule::Entries(entries) = &mut case.group.schedule else { unreachable!() };
            for zone in ["Asia/Kolkata", "Europe/London", "America/New_York"] {
                let rules = vec![rule(nth(1, &[(3, Monday)]), "9:00-10:00")];
                entries.push(entry(rules, setting(zone)));
            }
        }),
    ]
}

fn monthly() -> Rule {
    rule(nth(1, &[(1, Monday), (3, Monday)]), "18:00-19:30")
}

fn holidays() -> Vec<Case> {
    let holidays = |case: &mut Case| {
        case.settings.holidays = vec![
            holiday(date(2026, 12, 21), date(2027, 1, 4), "Winter break"),
            holiday(date(2027, 5, 3), date(2027, 5, 3), "May Day"),
            holiday(date(2027, 5, 4), date(2027, 5, 4), "A Tuesday"),
        ];
    };
    vec![
        with("holidays: ask first", monthly(), holidays),
        with("holidays that cancel", monthly(), |case| {
            holidays(case);
            case.settings.holidays_cancel = true;
        }),
        with("except holidays", Rule { except_holidays: true, ..monthly() }, holidays),
    ]
}

fn closures() -> Vec<Case> {
    let closed = [(date(2027, 3, 1), Some(date(2027, 3, 31))), (date(2029, 1, 1), None)];
    vec![
        with("a closed place", monthly(), |case| {
            let Schedule::Entries(entries) = &mut case.group.schedule else { unreachable!() };
            entries[0].setting.place = Some(place(&closed));
            entries[0].setting.format = Some(Format::InPerson);
        }),
        with("a closed place and an online side", monthly(), |case| {
            let Schedule::Entries(entries) = &mut case.group.schedule else { unreachable!() };
            entries[0].setting.place = Some(place(&closed));
            entries[0].setting.online = Some(Online::default());
            case.group.changed = vec![change(date(2027, 3, 1), None, "10:00-11:00")];
        }),
    ]
}

fn exceptions() -> Vec<Case> {
    let mondays = rule(weekly(1, &[Monday]), "18:00-19:30");
    vec![
        with("cancelled days", monthly(), |case| {
            case.group.cancelled = vec![
                cancelled(date(2026, 12, 7), date(2026, 12, 7)),
                cancelled(date(2027, 7, 1), date(2027, 9, 30)),
            ];
        }),
        with("cancelled to its end", mondays, |case| {
            case.group.cancelled = vec![cancelled(date(2027, 1, 1), date(2040, 1, 1))];
        }),
        with("changed days", monthly(), |case| {
            case.group.changed = vec![
                change(date(2026, 12, 7), Some(date(2026, 12, 9)), "10:00-11:00"),
                change(date(2026, 12, 21), None, "23:00-0:30"),
                change(date(2026, 11, 16), Some(date(2026, 11, 30)), ""),
                change(date(2027, 3, 1), Some(date(2027, 3, 14)), "2:15-2:45"),
            ];
            case.group.cancelled = vec![cancelled(date(2026, 12, 21), date(2026, 12, 21))];
        }),
        with("extra days", monthly(), |case| {
            case.group.extra =
                vec![extra(date(2026, 11, 24), ""), extra(date(2027, 11, 7), "1:15-1:45")];
        }),
        with("no hours and extra days", rule(nth(1, &[(1, Monday)]), ""), |case| {
            case.group.extra = vec![extra(date(2026, 11, 24), "")];
        }),
        with(
            "days that its sentence leaves out",
            Rule {
                except: vec![
                    days(date(2026, 12, 7), date(2026, 12, 7)),
                    days(date(2027, 6, 1), date(2027, 8, 31)),
                ],
                ..monthly()
            },
            |_| {},
        ),
        with(
            "days that its sentence leaves out in every year",
            Rule {
                except_each_year: [(12, 24), (2, 1), (2, 29)].into_iter().collect(),
                ..rule(by_day(1, &[1, 24, 29]), "12:00-12:30")
            },
            |case| case.group.extra = vec![extra(date(2026, 12, 24), "")],
        ),
        with("paused until a day", monthly(), |case| {
            case.group.status = Status::Paused { resumes: Some(date(2027, 9, 1)) };
        }),
        with("paused", monthly(), |case| {
            case.group.status = Status::Paused { resumes: None };
        }),
        with("ended", monthly(), |case| case.group.status = Status::Ended),
    ]
}

/// At the hours and in the months in which clocks are set.
fn clock_changes() -> Vec<Case> {
    let months = [2, 3, 4, 9, 10, 11].into_iter().collect::<Months>();
    let at = |day: Weekday, hours: &str| Rule { months, ..rule(weekly(1, &[day]), hours) };
    let hours = [
        (Sunday, "0:15-0:45"),
        (Sunday, "1:30-2:15"),
        (Sunday, "2:15-2:45"),
        (Sunday, "2:50-3:30"),
        (Saturday, "23:30-3:15"),
    ];
    let rules: Vec<Rule> = hours.iter().map(|(day, hours)| at(*day, hours)).collect();
    ZONES.iter().map(|zone| case_in(zone, "when clocks are set", rules.clone())).collect()
}

/// Numbers thrown once and read round and round.
#[derive(Debug)]
pub(super) struct Dice {
    thrown: Vec<u32>,
    at: usize,
}

impl Dice {
    pub(super) fn of(thrown: Vec<u32>) -> Dice {
        Dice { thrown, at: 0 }
    }

    /// Below a bound.
    fn below(&mut self, bound: u32) -> u32 {
        self.at += 1;
        self.thrown[(self.at - 1) % self.thrown.len()] % bound
    }

    /// A small number from 1.
    fn up_to(&mut self, most: u32) -> i8 {
        i8::try_from(1 + self.below(most)).unwrap()
    }

    /// One of several.
    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(u32::try_from(all.len()).unwrap()) as usize]
    }

    /// Once in so many times.
    fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == times - 1
    }

    fn some<T>(&mut self, most: u32, mut one: impl FnMut(&mut Dice) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| one(self)).collect()
    }

    fn zone(&mut self) -> &'static str {
        let zone: &&str = self.one_of(&ZONES);
        zone
    }

    /// Most in the window, some before and after.
    fn date(&mut self) -> Date {
        let from = TODAY.saturating_sub(Span::new().days(60));
        from.saturating_add(Span::new().days(i64::from(self.below(3 * 366 + 90))))
    }

    fn range(&mut self) -> (Date, Date) {
        let from = self.date();
        let length = if self.once_in(3) { 100 } else { 1 };
        (from, from.saturating_add(Span::new().days(i64::from(self.below(length)))))
    }

    fn time(&mut self) -> Time {
        time(self.up_to(24) - 1, 5 * (self.up_to(12) - 1), 0, 0)
    }

    fn clock(&mut self) -> Option<Clock> {
        if self.once_in(8) {
            return None;
        }
        let start = self.time();
        Some(Clock { start, end: (!self.once_in(6)).then(|| self.time()) })
    }

    fn weekday(&mut self) -> Weekday {
        Monday.cycle_forward().nth(self.below(7) as usize).unwrap()
    }

    fn days(&mut self) -> Days {
        let every = if self.once_in(2) { 1 + self.below(4) } else { 1 };
        match self.below(5) {
            0 => Days::Weekly {
                every,
                on: self
                    .some(3, Dice::weekday)
                    .into_iter()
                    .fold(self.weekday().into(), Weekdays::with),
            },
            1 => {
                let one = |dice: &mut Dice| {
                    let nth = dice.up_to(5);
                    let nth = if dice.once_in(3) { -nth } else { nth };
                    NthWeekday::new(nth, dice.weekday()).unwrap()
                };
                let first = one(self);
                Days::MonthlyByWeekday {
                    every,
                    on: self.some(3, one).into_iter().chain([first]).collect(),
                }
            }
            2 => {
                let one = |dice: &mut Dice| if dice.once_in(5) { -1 } else { dice.up_to(31) };
                let first = one(self);
                Days::MonthlyByDay {
                    every,
                    on: self.some(3, one).into_iter().chain([first]).collect(),
                }
            }
            3 => Days::Daily { every: every + 2 * self.below(3) },
            _ => {
                let first = self.date();
                Days::Dates(self.some(6, Dice::date).into_iter().chain([first]).collect())
            }
        }
    }

    fn rule(&mut self) -> Rule {
        let months = if self.once_in(3) {
            self.some(6, |dice| dice.up_to(12)).into_iter().chain([1]).collect()
        } else {
            Months::ALL
        };
        let early = date(2020, 1, 1).saturating_add(Span::new().days(i64::from(self.below(2600))));
        let end = match self.below(5) {
            0 => End::On(self.date()),
            1 => End::After(1 + self.below(400)),
            _ => End::Never,
        };
        let mut except: Vec<DateRange> = Vec::new();
        let mut ranges = self.some(4, Dice::range);
        ranges.sort_unstable();
        for (from, to) in ranges {
            if except.last().is_none_or(|last| last.to < from) {
                except.push(days(from, to));
            }
        }
        Rule {
            days: self.days(),
            months,
            first: Some(early),
            end,
            except,
            except_each_year: self
                .some(2, Dice::date)
                .iter()
                .map(|day| (day.month(), day.day()))
                .collect(),
            except_holidays: self.once_in(3),
            clock: self.clock(),
        }
    }

    fn setting(&mut self) -> Setting {
        let closures: Vec<(Date, Option<Date>)> = self.some(2, |dice| {
            let (from, to) = dice.range();
            (from, (!dice.once_in(5)).then_some(to))
        });
        let formats = [None, Some(Format::InPerson), Some(Format::Online), Some(Format::Hybrid)];
        let format = *self.one_of(&formats);
        let place = (format != Some(Format::Online)).then(|| place(&closures));
        let online = self.once_in(2).then(Online::default);
        Setting { format, place, online, ..setting(self.zone()) }
    }

    /// A day on which a rule has a meeting, if it has one.
    fn meeting_of(&mut self, rules: &[Rule]) -> Date {
        let rule = self.one_of(rules);
        let dates: Vec<Date> = rule.dates(compact::window(TODAY)).take(300).collect();
        if dates.is_empty() { self.date() } else { *self.one_of(&dates) }
    }
}

/// A group with anything that can be said, and most things that had better not.
pub(super) fn assorted(dice: &mut Dice) -> Case {
    let mut case = plain();
    let mut entries = dice.some(2, |dice| {
        let mut rules = dice.some(1, Dice::rule);
        rules.push(dice.rule());
        entry(rules, dice.setting())
    });
    entries.push(entry(vec![dice.rule()], dice.setting()));
    let rules: Vec<Rule> = entries.iter().flat_map(|entry| entry.rules.clone()).collect();
    let group = &mut case.group;
    group.changed = dice.some(4, |dice| {
        let day = dice.meeting_of(&rules);
        let to = dice.once_in(2).then(|| dice.range().1);
        let clock = dice.clock();
        let setting = if dice.once_in(3) { dice.setting() } else { Setting::default() };
        Change { clock, setting, ..change(day, to, "") }
    });
    group.extra = dice.some(3, |dice| Extra { clock: dice.clock(), ..extra(dice.date(), "") });
    group.cancelled = dice.some(4, |dice| {
        let day = dice.meeting_of(&rules);
        let (from, to) = dice.range();
        if dice.once_in(2) { cancelled(from, to) } else { cancelled(day, day) }
    });
    group.status = match dice.below(12) {
        10 => Status::Paused { resumes: Some(dice.date()) },
        11 => Status::Paused { resumes: None },
        _ => Status::Active,
    };
    case.settings.holidays = dice.some(5, |dice| {
        let day = dice.meeting_of(&rules);
        let (from, to) = dice.range();
        if dice.once_in(2) {
            holiday(from, to, "A holiday")
        } else {
            holiday(day, day, "A holiday")
        }
    });
    case.settings.holidays_cancel = dice.once_in(4);
    group.schedule = Schedule::Entries(entries);
    case
}
