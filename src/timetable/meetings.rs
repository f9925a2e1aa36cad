//! Rules and exceptions into meetings.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::group::{Cancellation, Change, Extra, Format, Group, Setting, Status};
use crate::model::settings::Holiday;
use crate::model::venue::Place;
use crate::schedule::{Clock, DateRange, Hours};
use crate::timetable::{Cause, Closed, Meeting, Origin, Source, Standing, Timetable, Usual};

impl<'a> Timetable<'a> {
    /// The meetings, cancelled ones too, that begin on the days of a window, each in its own zone; by their beginning,
    /// then in the schedule's order. Those that do not exist are not there: of a group that has ended, before it
    /// resumes, on a holiday that its sentence leaves out.
    pub fn meetings(&self, window: DateRange) -> Vec<Meeting<'a>> {
        let Some(window) = self.possible(window) else { return Vec::new() };
        let exceptions = Exceptions::of(self.group);
        let planned = self.sources().flat_map(|source| {
            let days = self.days(source, window, &exceptions);
            days.map(move |(date, standing)| self.planned(source, date, standing))
        });
        let unplanned = self.unplanned(window, &exceptions);
        let mut meetings: Vec<Meeting<'a>> = planned.chain(unplanned).collect();
        meetings.sort_by_key(|meeting| meeting.hours);
        meetings
    }

    /// The days on which a rule gives a meeting that is not a changed one, and whether each happens.
    pub(super) fn days<'b>(
        &'b self,
        source: Source<'a>,
        window: DateRange,
        exceptions: &'b Exceptions<'a>,
    ) -> impl Iterator<Item = (Date, Standing<'a>)> + use<'a, 'b> {
        let dates = source.rule.dates(window).filter(|date| !exceptions.change(*date));
        dates.filter_map(move |date| Some((date, self.standing_on(source, date, exceptions)?)))
    }

    /// Changed meetings, on the days to which they move, and extra ones.
    pub(super) fn unplanned<'b>(
        &'b self,
        window: DateRange,
        exceptions: &'b Exceptions<'a>,
    ) -> impl Iterator<Item = Meeting<'a>> + use<'a, 'b> {
        let changed =
            self.sources().flat_map(move |source| self.changed(source, window, exceptions));
        let extra = self.group.extra.iter().filter(move |extra| window.contains(extra.date));
        changed.chain(extra.map(|extra| self.extra(extra)))
    }

    /// The same that begin at or after one instant and before another.
    pub fn meetings_between(&self, from: Timestamp, to: Timestamp) -> Vec<Meeting<'a>> {
        // Zones lie less than two days apart.
        let day = |at: Timestamp, days: i64| {
            let date = TimeZone::UTC.to_datetime(at).date();
            date.saturating_add(jiff::Span::new().days(days))
        };
        let mut meetings = self.meetings(DateRange { from: day(from, -2), to: day(to, 2) });
        meetings.retain(|meeting| from <= meeting.hours.start && meeting.hours.start < to);
        meetings
    }

    /// The part of a window in which a group of its status can meet.
    pub(super) fn possible(&self, window: DateRange) -> Option<DateRange> {
        let from = match self.group.status {
            Status::Active => window.from,
            Status::Paused { resumes } => window.from.max(resumes?),
            Status::Ended => return None,
        };
        (from <= window.to).then_some(DateRange { from, to: window.to })
    }

    /// The meeting that a rule gives on one of its days.
    pub(super) fn planned(
        &self,
        source: Source<'a>,
        date: Date,
        standing: Standing<'a>,
    ) -> Meeting<'a> {
        let (clock, setting) = (source.rule.clock, &source.entry.setting);
        let Hour { zone, hours } = self.hour(date, clock, setting);
        let (setting, origin) = (Cow::Borrowed(setting), Origin::Rule(source));
        Meeting { date, clock, zone, hours, setting, origin, standing }
    }

    /// Whether the meeting happens that a rule gives on one of its days; none where the sentence leaves it out as a
    /// holiday.
    fn standing_on(
        &self,
        source: Source<'a>,
        date: Date,
        exceptions: &Exceptions<'a>,
    ) -> Option<Standing<'a>> {
        let holiday = self.holiday(date);
        if holiday.is_some() && source.rule.except_holidays {
            return None;
        }
        let setting = &source.entry.setting;
        let standing = match exceptions.cancelled(date) {
            Some(cause) => Standing::Cancelled(cause),
            None => self.standing(setting, setting.place.as_ref(), date),
        };
        Some(match (standing, holiday) {
            (Standing::Planned, Some(holiday)) => Standing::Holiday(&holiday.name),
            (standing, _) => standing,
        })
    }

    /// What became of a rule's changed meetings, as far as they now are in the window; a change of a day on which the
    /// rule gives no meeting is none.
    fn changed(
        &self,
        source: Source<'a>,
        window: DateRange,
        exceptions: &Exceptions<'a>,
    ) -> Vec<Meeting<'a>> {
        let within = exceptions.changes.iter().copied();
        let within = within.filter(|change| window.contains(change.to_date.unwrap_or(change.date)));
        let mut waiting = within.peekable();
        let (Some(first), Some(last)) = (waiting.peek(), exceptions.changes.last()) else {
            return Vec::new();
        };
        let days = DateRange { from: first.date, to: last.date };
        let mut meetings = Vec::new();
        for date in source.rule.dates(days) {
            while waiting.next_if(|change| change.date < date).is_some() {}
            let is_left_out = source.rule.except_holidays && self.holiday(date).is_some();
            while let Some(change) = waiting.next_if(|change| change.date == date) {
                if !is_left_out {
                    meetings.push(self.change(source, change, exceptions));
                }
            }
        }
        meetings
    }

    fn change(
        &self,
        source: Source<'a>,
        change: &'a Change,
        exceptions: &Exceptions<'a>,
    ) -> Meeting<'a> {
        let date = change.to_date.unwrap_or(change.date);
        let clock = change.clock.or(source.rule.clock);
        let setting = change.setting.clone().within(&source.entry.setting);
        let place = change.setting.place.as_ref().or(source.entry.setting.place.as_ref());
        let standing = match exceptions.cancelled(change.date) {
            Some(cause) => Standing::Cancelled(cause),
            None => self.standing(&setting, place, date),
        };
        let Hour { zone, hours } = self.hour(date, clock, &setting);
        let origin = Origin::Changed { source, change };
        Meeting { date, clock, zone, hours, setting: Cow::Owned(setting), origin, standing }
    }

    fn extra(&self, extra: &'a Extra) -> Meeting<'a> {
        let date = extra.date;
        let usual = self.usual();
        let setting = extra.setting.clone().within(usual.setting);
        let setting = Setting { timezone: usual.timezone, ..setting };
        let clock = extra.clock.or(usual.clock);
        let place = extra.setting.place.as_ref().or(usual.setting.place.as_ref());
        let standing = self.standing(&setting, place, date);
        let Hour { zone, hours } = self.hour(date, clock, &setting);
        let origin = Origin::Extra(extra);
        Meeting { date, clock, zone, hours, setting: Cow::Owned(setting), origin, standing }
    }

    /// What an extra meeting leaves out: it is as at all others where these are alike. Where they are not, the place is
    /// the group's own and the hours are not known.
    pub fn usual(&self) -> Usual<'a> {
        let own = &self.group.setting;
        let mut sources = self.sources();
        let Some(first) = sources.next() else {
            return Usual { clock: None, setting: own, timezone: own.timezone.clone() };
        };
        let (rule, setting) = (first.rule, &first.entry.setting);
        let mut usual = Usual { clock: rule.clock, setting, timezone: setting.timezone.clone() };
        for other in sources {
            let setting = &other.entry.setting;
            usual.clock = usual.clock.filter(|clock| other.rule.clock == Some(*clock));
            if usual.setting != setting {
                usual.setting = own;
            }
            if usual.timezone != setting.timezone {
                usual.timezone.clone_from(&own.timezone);
            }
        }
        usual
    }

    fn hour(&self, date: Date, clock: Option<Clock>, setting: &Setting) -> Hour {
        let zone = self.zone(setting);
        let hours = match clock {
            Some(clock) => clock.on(date, &zone),
            None => Hours { end: None, ..Clock::MIDNIGHT.on(date, &zone) },
        };
        Hour { zone, hours }
    }

    /// Whether a meeting that nobody cancelled happens, as far as holidays and its place go; `place` is the setting's.
    fn standing(&self, setting: &Setting, place: Option<&'a Place>, date: Date) -> Standing<'a> {
        match self.holiday(date).filter(|_| self.settings.holidays_cancel) {
            Some(holiday) => Standing::Cancelled(Cause::Holiday(&holiday.name)),
            None => in_place(setting, place, date),
        }
    }

    fn holiday(&self, date: Date) -> Option<&'a Holiday> {
        self.settings.holiday(date)
    }
}

/// The beginning and end of a meeting, and the zone in which they are told.
struct Hour {
    zone: TimeZone,
    hours: Hours,
}

/// A group's exceptions, in order: there may be ten thousand, and each day asks for them.
pub(super) struct Exceptions<'a> {
    /// By the day as planned.
    changes: Vec<&'a Change>,
    /// By their first day, each with the last day of all up to it.
    cancelled: Vec<(&'a Cancellation, Date)>,
}

impl<'a> Exceptions<'a> {
    pub(super) fn of(group: &'a Group) -> Exceptions<'a> {
        let mut changes: Vec<&Change> = group.changed.iter().collect();
        changes.sort_by_key(|change| change.date);
        let mut sorted: Vec<&Cancellation> = group.cancelled.iter().collect();
        sorted.sort_by_key(|one| one.from);
        let cancelled = sorted.into_iter().scan(Date::MIN, |last, one| {
            *last = one.to.max(*last);
            Some((one, *last))
        });
        Exceptions { changes, cancelled: cancelled.collect() }
    }

    /// Whether meetings of this day happen otherwise.
    fn change(&self, date: Date) -> bool {
        self.changes.binary_search_by_key(&date, |change| change.date).is_ok()
    }

    /// Why the day's meetings are cancelled. Of several answers it is the one that begins last: a reason that was given
    /// for a day says more than that for a season.
    fn cancelled(&self, date: Date) -> Option<Cause<'a>> {
        let begun = self.cancelled.partition_point(|(one, _)| one.from <= date);
        let begun = self.cancelled.iter().take(begun).rev();
        let mut near = begun.take_while(|(_, last)| *last >= date);
        let (one, _) = near.find(|(one, _)| one.to >= date)?;
        Some(Cause::Group(one.reason.as_ref()))
    }
}

/// The place of a setting whose meetings cannot happen, as it is closed on this day and until further notice.
pub fn closed_for_good(setting: &Setting, today: Date) -> Option<Closed<'_>> {
    let place = setting.place.as_ref()?;
    place.closed().iter().find(|closure| closure.from <= today && closure.to.is_none())?;
    match in_place(setting, Some(place), today) {
        Standing::Cancelled(Cause::Closed(closed)) => Some(closed),
        _ => None,
    }
}

/// Whether a meeting happens as far as its place goes; `place` is the setting's.
fn in_place<'a>(setting: &Setting, place: Option<&'a Place>, date: Date) -> Standing<'a> {
    let Some(place) = place.filter(|_| setting.place.is_some()) else { return Standing::Planned };
    let closed = place
        .closed()
        .iter()
        .find(|closure| closure.from <= date && closure.to.is_none_or(|to| date <= to));
    let Some(closure) = closed else { return Standing::Planned };
    let closed = Closed { name: place.name(), reason: closure.reason.as_ref() };
    let goes_on_online = match setting.format {
        Some(format) => format == Format::Hybrid,
        None => setting.online.is_some(),
    };
    if goes_on_online {
        Standing::OnlineOnly(closed)
    } else {
        Standing::Cancelled(Cause::Closed(closed))
    }
}
