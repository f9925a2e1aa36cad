//! A timetable as a few numbers for a reader's browser, which tells the next meeting from them. Takes a timetable and a
//! day, gives JSON for three years. Holds no text and nothing private, and needs no zone data to be read.

mod rule;
mod zones;

use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::schedule::{DateRange, Days};
use crate::timetable::compact::rule::Row;
use crate::timetable::meetings::Exceptions;
use crate::timetable::{Meeting, Origin, Standing, Timetable};

pub use rule::{RuleDays, RuleHours};
pub use zones::Zones;

/// The form's version, its first element. A reader that does not know it says nothing.
pub const VERSION: u32 = 1;

/// A group's meetings for a page of its own: `[version, zones, rules, singles]`, which are [`VERSION`], [`Zones`] and
/// the two parts of [`Dates`]. It is made of numbers and lists only, so that an attribute of HTML holds it without
/// escapes. A weekly group takes some 50 bytes, its zone some 100 more.
#[derive(Clone, Debug)]
pub struct Compact {
    /// The zones of its clock times.
    pub zones: Zones,
    /// Its days and hours.
    pub dates: Dates,
}

/// A group's meetings without their zones, which many groups can share: `[rules, singles]`.
///
/// They are those of [`Timetable::meetings`] in [`window`], no more and no fewer. Days are counted from 1970-01-01,
/// instants in minutes from its beginning in UTC.
///
/// A rule is `[unit, every, on, months, first, last, start, length, zone, exceptions]`:
/// - `unit`, `every`: every so many days (unit 0), weeks that begin on Monday (1), months by their weekdays (2) or months
///   by their days (3), counted from that in which `first` is.
/// - `on`: for days nothing; for weeks days of the week, 1 (Monday) to 7; for months by weekday `nth` × 8 + day of the
///   week, `nth` from 1 to 5 or, from the month's end, −1 to −5; for months by day the days, −1 being the last.
/// - `months`: a mask, `1 << 1` for January to `1 << 12`; 0 for the whole year.
/// - `first`, `last`: days of the first and last meeting in the window.
/// - `start`: the wall clock's minutes from midnight; 0 where no hours were told.
/// - `length`: minutes by which the wall clock moves on, 1 to 1440; 0 where no end was told, −1 where no hours were.
/// - `zone`: the place of the wall clock's zone in the zones.
/// - `exceptions`: `day, number of days, state` once for each run of the rule's days, in order. States: 1 cancelled,
///   2 online only, 3 a holiday, so that one had better ask, 4 no meeting at all.
///
/// The wall clock becomes instants as in [`Clock::on`](crate::schedule::Clock::on).
///
/// A single meeting is `[start, length, state, zone, origin]`: `start` an instant, `length` in minutes that pass, with 0
/// and −1 as above, `state` as above and 0 for as planned, `origin` 0 from a list of dates, 1 changed, 2 extra.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Dates(Vec<Row>, Vec<[i64; 5]>);

/// The days that the form of a day knows: from the day before yesterday, so that what still goes on anywhere is among
/// them, for three years.
pub fn window(today: Date) -> DateRange {
    DateRange {
        from: today.saturating_sub(Span::new().days(2)),
        to: today.saturating_add(Span::new().years(3)),
    }
}

impl Compact {
    /// The form of a timetable on a day.
    pub fn of(timetable: &Timetable<'_>, today: Date) -> Compact {
        let mut zones = Zones::new(today);
        let dates = Dates::of(timetable, today, &mut zones);
        Compact { zones, dates }
    }

    /// The part of it that comes from one rule, by [`Source::number`](crate::timetable::Source::number); extra meetings
    /// come from the first.
    pub fn of_rule(timetable: &Timetable<'_>, today: Date, number: usize) -> Compact {
        let mut zones = Zones::new(today);
        let dates = Dates::of_rules(timetable, today, &mut zones, |at| at == number);
        Compact { zones, dates }
    }
}

impl Serialize for Compact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Dates(rules, singles) = &self.dates;
        (VERSION, &self.zones, rules, singles).serialize(serializer)
    }
}

impl Dates {
    /// The days and hours of a timetable on a day; zones that are new are added.
    pub fn of(timetable: &Timetable<'_>, today: Date, zones: &mut Zones) -> Dates {
        Dates::of_rules(timetable, today, zones, |_| true)
    }

    fn of_rules(
        timetable: &Timetable<'_>,
        today: Date,
        zones: &mut Zones,
        wanted: impl Fn(usize) -> bool,
    ) -> Dates {
        let mut dates = Dates::default();
        let Some(window) = timetable.possible(window(today)) else { return dates };
        let exceptions = Exceptions::of(timetable.group);
        for source in timetable.sources().filter(|source| wanted(source.number)) {
            if matches!(source.rule.days, Days::Dates(_)) {
                let listed = timetable.days(source, window, &exceptions);
                let listed =
                    listed.map(|(date, standing)| timetable.planned(source, date, standing));
                dates.1.extend(listed.map(|meeting| single(&meeting, zones)));
            } else {
                let days = timetable.days(source, window, &exceptions);
                let zone = timetable.zone(&source.entry.setting);
                dates.0.extend(Row::of(source.rule, window, days, || zones.place(&zone)));
            }
        }
        let unplanned = timetable.unplanned(window, &exceptions);
        let unplanned =
            unplanned.filter(|meeting| wanted(meeting.source().map_or(0, |source| source.number)));
        dates.1.extend(unplanned.map(|meeting| single(&meeting, zones)));
        dates.1.sort_by_key(|single| single[0]);
        dates
    }

    fn each_zone(&mut self, change: impl FnMut(&mut i64)) {
        let Dates(rules, singles) = self;
        let rules = rules.iter_mut().map(Row::zone);
        rules.chain(singles.iter_mut().map(|single| &mut single[3])).for_each(change);
    }

    /// The rules, each in two halves, which many groups share: its days and its hours.
    pub fn rules(&self) -> impl Iterator<Item = (RuleDays, RuleHours)> {
        self.0.iter().map(Row::halves)
    }

    /// The single meetings.
    pub fn singles(&self) -> &[[i64; 5]] {
        &self.1
    }

    /// Whether there is no meeting.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty() && self.1.is_empty()
    }
}

/// The days of the form that it calls holidays, each with the holiday's name: days since 1970-01-01, in order. The form
/// itself holds no text.
pub fn holidays<'a>(timetable: &Timetable<'a>, today: Date) -> Vec<(i64, &'a str)> {
    let Some(window) = timetable.possible(window(today)) else { return Vec::new() };
    let exceptions = Exceptions::of(timetable.group);
    let mut days = Vec::new();
    for holiday in &timetable.settings.holidays {
        let range =
            DateRange { from: holiday.from.max(window.from), to: holiday.to.min(window.to) };
        for source in timetable.sources() {
            let dates = timetable.days(source, range, &exceptions);
            let dates = dates.filter(|(_, standing)| matches!(standing, Standing::Holiday(_)));
            days.extend(dates.map(|(date, _)| (day_number(date), holiday.name.as_str())));
        }
    }
    days.sort_by_key(|(day, _)| *day);
    days.dedup_by_key(|(day, _)| *day);
    days
}

fn single(meeting: &Meeting<'_>, zones: &mut Zones) -> [i64; 5] {
    let start = meeting.hours.start.as_second() / 60;
    let length = match (meeting.clock, meeting.hours.end) {
        (None, _) => -1,
        (Some(_), None) => 0,
        (Some(_), Some(end)) => end.as_second() / 60 - start,
    };
    let origin = match meeting.origin {
        Origin::Rule(_) => 0,
        Origin::Changed { .. } => 1,
        Origin::Extra(_) => 2,
    };
    [start, length, state(meeting.standing), zones.place(&meeting.zone), origin]
}

/// The number of a meeting's standing.
fn state(standing: Standing<'_>) -> i64 {
    match standing {
        Standing::Planned => 0,
        Standing::Cancelled(_) => 1,
        Standing::OnlineOnly(_) => 2,
        Standing::Holiday(_) => 3,
    }
}

/// Days since 1970-01-01.
fn day_number(date: Date) -> i64 {
    Date::constant(1970, 1, 1).duration_until(date).as_hours() / 24
}
