//! Which meetings a calendar tells by a rule and which one by one. Takes a timetable, gives series and single meetings
//! that together are its meetings, whatever a reader makes of hours that clocks skip or repeat. Knows no text.
//!
//! Readers do not agree on RDATE: Exchange drops one that does not move an instance ([MS-OXCICAL] 2.1.3.1.1.20.18), and
//! one at the instant of an EXDATE, as where clocks skip an hour, is lost in others. So what a rule does not give is an
//! event of its own.

use std::ops::Range;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::schedule::{DateRange, Days, End, Months, Rule};
use crate::timetable::{Closed, Meeting, Origin, Source, Standing, Timetable};

/// More days than these without a meeting part a series in two: after 500 of them ical.js takes the rule for one that
/// never comes to an end, and gives up on the whole calendar.
const LONGEST_BREAK: usize = 300;

/// All meetings of a group from a day on.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    pub(super) series: Vec<Series<'a>>,
    pub(super) single: Vec<Single<'a>>,
}

/// Meetings by a rule.
#[derive(Debug)]
pub(super) struct Series<'a> {
    pub(super) source: Source<'a>,
    /// What is said of all of them.
    pub(super) usual: Usual<'a>,
    /// The rule, which begins on the day of the first of them and ends with the last.
    pub(super) rule: Rule,
    /// The day of the first.
    pub(super) start: Date,
    /// The zone of its hours.
    pub(super) zone: TimeZone,
    /// Days of the rule that have none, or one of its own.
    pub(super) without: Vec<Date>,
    /// Meetings that are different from the others, by the day that the rule gives.
    pub(super) otherwise: Vec<(Date, Meeting<'a>)>,
    /// Those on holidays, where one had better ask first.
    pub(super) holidays: Vec<(Date, &'a str)>,
}

/// What the meetings of a series have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usual<'a> {
    /// They are held as the schedule says.
    Planned,
    /// Their place is closed until further notice, and they go on online.
    OnlineOnly(Closed<'a>),
}

/// A meeting that is told by itself.
#[derive(Debug)]
pub(super) struct Single<'a> {
    pub(super) meeting: Meeting<'a>,
    /// The rule's number and the day that it gives; of an extra meeting the day alone.
    pub(super) number: Option<usize>,
    pub(super) planned: Date,
}

/// The days of a calendar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// From here on, rules that say when they begin.
    pub(super) from: Date,
    /// From here on, rules that do not.
    pub(super) open_from: Date,
    /// Until here exceptions are looked for, one by one.
    pub(super) to: Date,
}

impl Window {
    /// A year's first day stays the same for a year, and so do the beginnings of most rules. What began earlier is told
    /// from the year before on, if its beginning is known: nobody knows how long the others have met.
    pub(super) fn of(today: Date, last_exception: Option<Date>) -> Window {
        let years = |years: i16| today.saturating_add(jiff::Span::new().years(years));
        let new_year = |year: i16| date(year.clamp(-9999, 9999), 1, 1);
        let to = last_exception.map_or(years(3), |last| last.clamp(years(3), years(10)));
        let (from, open_from) = (new_year(today.year() - 1), new_year(today.year()));
        Window { from, open_from, to }
    }
}

/// One day of a rule, and the meeting that it has.
type Day<'a> = (Date, Option<Meeting<'a>>);

/// The meetings of a timetable, those that do not happen left out.
pub(super) fn plan<'a>(timetable: &Timetable<'a>, window: Window) -> Plan<'a> {
    let mut plan = Plan::default();
    let all = timetable.meetings(DateRange { from: window.from, to: window.to });
    let mut of_rules: Vec<(usize, Date, Meeting<'a>)> = Vec::new();
    for meeting in all.into_iter().filter(|one| !one.is_cancelled()) {
        match (number(&meeting), meeting.planned()) {
            (Some(number), Some(planned)) => of_rules.push((number, planned, meeting)),
            _ => plan.single.push(Single { number: None, planned: meeting.date, meeting }),
        }
    }
    of_rules.sort_by_key(|(number, planned, _)| (*number, *planned));
    let mut meetings = of_rules.into_iter().peekable();
    for source in timetable.sources() {
        let pattern = pattern(source.rule);
        let told = Told { source, pattern: &pattern };
        let own = std::iter::from_fn(|| meetings.next_if(|(number, ..)| *number == source.number));
        let days = plan.days(told, window, own.map(|(_, planned, meeting)| (planned, meeting)));
        if matches!(source.rule.days, Days::Dates(_)) {
            plan.alone(source, days);
        } else {
            plan.by_rule(timetable, told, days, window);
        }
    }
    plan
}

/// The holiday on which it is.
pub(super) fn holiday<'a>(meeting: &Meeting<'a>) -> Option<&'a str> {
    match meeting.standing {
        Standing::Holiday(name) => Some(name),
        Standing::Planned | Standing::OnlineOnly(_) | Standing::Cancelled(_) => None,
    }
}

fn number(meeting: &Meeting<'_>) -> Option<usize> {
    meeting.source().map(|source| source.number)
}

/// A rule and what RRULE tells of it.
#[derive(Clone, Copy)]
struct Told<'a, 'p> {
    source: Source<'a>,
    pattern: &'p Rule,
}

/// The rule as RRULE tells it; days that it gives beside the rule's own, among them all that the rule leaves out, are told
/// by EXDATE. Where months are named it is put as readers agree on it: ical.js, which Thunderbird uses, gives wrong days
/// for months with an interval, the first month's twice for months with several numbers, and miscounts months.
fn pattern(rule: &Rule) -> Rule {
    let mut pattern = rule.clone();
    if rule.months.is_all() {
        return pattern;
    }
    let first =
        rule.first.and_then(|from| pattern.all_dates(DateRange { from, to: Date::MAX }).next());
    if let (End::After(_), Some(last)) = (rule.end, rule.last_possible()) {
        pattern.end = End::On(last);
    }
    let Rule { days, months, .. } = &mut pattern;
    if let Days::MonthlyByWeekday { every, .. } | Days::MonthlyByDay { every, .. } = days
        && let (Some(first), Ok(step @ (2 | 3 | 4 | 6 | 12))) = (first, i8::try_from(*every))
    {
        *every = 1;
        *months = months.iter().filter(|month| (month - first.month()) % step == 0).collect();
    }
    if matches!(days, Days::MonthlyByDay { every: 1, on } if on.len() > 1) {
        pattern.months = Months::ALL;
    }
    pattern
}

impl<'a> Plan<'a> {
    /// The days of a rule in the window, each with its meeting. A meeting of an earlier day, which was moved into the
    /// window, is told by itself.
    fn days(
        &mut self,
        Told { source, pattern }: Told<'a, '_>,
        window: Window,
        meetings: impl Iterator<Item = (Date, Meeting<'a>)>,
    ) -> Vec<Day<'a>> {
        let from = if source.rule.first.is_some() { window.from } else { window.open_from };
        let dates = pattern.all_dates(DateRange { from, to: window.to });
        let mut days: Vec<Day<'a>> = dates.map(|date| (date, None)).collect();
        for (planned, meeting) in meetings {
            let at = days.binary_search_by_key(&planned, |(date, _)| *date).ok();
            match at.and_then(|at| days.get_mut(at)) {
                Some((_, has)) => *has = Some(meeting),
                None if meeting.date >= window.open_from => {
                    let number = Some(source.number);
                    self.single.push(Single { meeting, number, planned });
                }
                None => {}
            }
        }
        days
    }

    fn alone(&mut self, source: Source<'a>, days: impl IntoIterator<Item = Day<'a>>) {
        let meetings = days.into_iter().filter_map(|(planned, meeting)| {
            Some(Single { meeting: meeting?, number: Some(source.number), planned })
        });
        self.single.extend(meetings);
    }

    /// Tells days by their rule, as far as it holds: what is closed or cancelled to its end, or beyond the window, ends a
    /// series, or begins another.
    fn by_rule(
        &mut self,
        timetable: &Timetable<'a>,
        told: Told<'a, '_>,
        mut days: Vec<Day<'a>>,
        window: Window,
    ) {
        let usual_until = |days: &[Day<'a>], is_usual: &dyn Fn(&Meeting<'a>) -> bool| {
            let last = days.iter().rposition(|(_, has)| has.as_ref().is_some_and(is_usual));
            last.map_or(0, |last| last + 1)
        };
        let end = told.pattern.end;
        let until = |days: &[Day<'a>]| days.last().map_or(end, |(date, _)| End::On(*date));
        match beyond(timetable, told.source, window) {
            rest @ (Some(Beyond::Nothing) | None) => {
                let all = days.len();
                days.truncate(usual_until(&days, &|_| true));
                let is_cut = rest.is_some() || days.len() < all;
                let end = if is_cut { until(&days) } else { end };
                self.series(timetable, told, Usual::Planned, (days, end));
            }
            Some(Beyond::Usual(online @ Usual::OnlineOnly(_))) => {
                let online_days =
                    days.split_off(usual_until(&days, &|one| Usual::Planned.fits(one)));
                let planned_end = until(&days);
                self.series(timetable, told, Usual::Planned, (days, planned_end));
                self.series(timetable, told, online, (online_days, end));
            }
            Some(Beyond::Usual(Usual::Planned)) => {
                self.series(timetable, told, Usual::Planned, (days, end));
            }
        }
    }

    /// Days told by their rule, in as many series as long breaks make of them.
    fn series(
        &mut self,
        timetable: &Timetable<'a>,
        told: Told<'a, '_>,
        usual: Usual<'a>,
        (mut days, end): (Vec<Day<'a>>, End),
    ) {
        while let Some(pause) = long_break(&days) {
            let mut later = days.split_off(pause.start);
            later.drain(..pause.len());
            let until = days.last().map_or(End::After(0), |(date, _)| End::On(*date));
            self.unbroken(timetable, told, usual, (days, until));
            days = later;
        }
        self.unbroken(timetable, told, usual, (days, end));
    }

    /// A series from the first of the days that is as usual, since readers take DTSTART for a meeting whatever EXDATE
    /// says (RFC 5545 §3.8.5.3). Days before it are told one by one.
    fn unbroken(
        &mut self,
        timetable: &Timetable<'a>,
        Told { source, pattern }: Told<'a, '_>,
        usual: Usual<'a>,
        (mut days, end): (Vec<Day<'a>>, End),
    ) {
        let is_usual = |(_, has): &Day<'a>| has.as_ref().is_some_and(|one| usual.fits(one));
        let Some(first) = days.iter().position(is_usual) else { return self.alone(source, days) };
        let told = days.split_off(first);
        self.alone(source, days);
        let dates: Vec<Date> = told.iter().map(|(date, _)| *date).collect();
        let Some(&start) = dates.first() else { return };
        let zone = timetable.zone(&source.entry.setting);
        let end = from(start, pattern, end);
        let rule = Rule { first: Some(start), end, ..pattern.clone() };
        let mut series = Series {
            source,
            usual,
            rule,
            start,
            zone,
            without: Vec::new(),
            otherwise: Vec::new(),
            holidays: Vec::new(),
        };
        for (at, (date, has)) in told.into_iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| dates.get(at)).copied();
            let neighbours = (before, dates.get(at + 1).copied());
            match has {
                Some(meeting) if usual.fits(&meeting) => {
                    series.holidays.extend(holiday(&meeting).map(|name| (date, name)));
                }
                Some(meeting) if series.can_override(date, &meeting, neighbours) => {
                    series.otherwise.push((date, meeting));
                }
                has => {
                    series.without.push(date);
                    self.alone(source, [(date, has)]);
                }
            }
        }
        self.series.push(series);
    }
}

/// The first long row of days without a meeting.
fn long_break(days: &[Day<'_>]) -> Option<Range<usize>> {
    let mut start = 0;
    for (at, (_, has)) in days.iter().enumerate() {
        if has.is_some() {
            if at - start > LONGEST_BREAK {
                return Some(start..at);
            }
            start = at + 1;
        }
    }
    None
}

/// What a rule has after the window.
enum Beyond<'a> {
    /// Meetings that do not happen.
    Nothing,
    Usual(Usual<'a>),
}

/// None where the rule has ended.
fn beyond<'a>(timetable: &Timetable<'a>, source: Source<'a>, window: Window) -> Option<Beyond<'a>> {
    let later = DateRange { from: window.to.tomorrow().ok()?, to: Date::MAX };
    let date = source.rule.dates(later).next()?;
    let meetings = timetable.meetings(DateRange::day(date));
    let found = meetings.iter().find(|one| number(one) == Some(source.number));
    Some(match found.map(|meeting| meeting.standing) {
        None | Some(Standing::Cancelled(_)) => Beyond::Nothing,
        Some(Standing::OnlineOnly(closed)) => Beyond::Usual(Usual::OnlineOnly(closed)),
        Some(Standing::Planned | Standing::Holiday(_)) => Beyond::Usual(Usual::Planned),
    })
}

/// Where a rule stops when it is told from a later day on: of counted meetings those before are over.
fn from(start: Date, pattern: &Rule, end: End) -> End {
    match (end, pattern.first, start.yesterday()) {
        (End::After(count), Some(first), Ok(before)) if first <= before => {
            let over = pattern.all_dates(DateRange { from: first, to: before }).count();
            End::After(count.saturating_sub(u32::try_from(over).unwrap_or(u32::MAX)))
        }
        _ => end,
    }
}

impl Series<'_> {
    /// Whether every reader finds the meeting that a RECURRENCE-ID names, and takes the one in its place: clocks do not
    /// skip or repeat its hour, and it stays between its neighbours, as Exchange wants it ([MS-OXCICAL]
    /// 2.1.3.1.1.20.20).
    fn can_override(
        &self,
        date: Date,
        meeting: &Meeting<'_>,
        (before, after): (Option<Date>, Option<Date>),
    ) -> bool {
        let clear = self.source.rule.clock.is_none_or(|clock| !clock.on(date, &self.zone).unusual);
        clear
            && before.is_none_or(|before| before < meeting.date)
            && after.is_none_or(|after| meeting.date < after)
    }
}

impl Usual<'_> {
    /// Whether a meeting is as the others are.
    fn fits(self, meeting: &Meeting<'_>) -> bool {
        let standing = match meeting.standing {
            Standing::Planned | Standing::Holiday(_) => self == Usual::Planned,
            Standing::OnlineOnly(closed) => self == Usual::OnlineOnly(closed),
            Standing::Cancelled(_) => false,
        };
        standing && matches!(meeting.origin, Origin::Rule(_)) && !meeting.hours.unusual
    }
}
