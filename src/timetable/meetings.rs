//! Rules and exceptions into meetings.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::group::{Change, Extra, Format, Setting, Status};
use crate::model::settings::Holiday;
use crate::model::venue::Place;
use crate::schedule::{Clock, DateRange, Hours};
use crate::timetable::{Cause, Closed, Meeting, Origin, Source, Standing, Timetable};

impl<'a> Timetable<'a> {
    /// The meetings, cancelled ones too, that begin on the days of a window, each in its own zone; by their beginning,
    /// then in the schedule's order. Those that do not exist are not there: of a group that has ended, before it
    /// resumes, on a holiday that its sentence leaves out.
    pub fn meetings(&self, window: DateRange) -> Vec<Meeting<'a>> {
        let Some(window) = self.possible(window) else { return Vec::new() };
        let planned = self.sources().flat_map(|source| {
            let dates = source.rule.dates(window).collect::<Vec<_>>().into_iter();
            dates.filter_map(move |date| self.planned(source, date))
        });
        let mut meetings: Vec<Meeting<'a>> = planned.chain(self.unplanned(window)).collect();
        meetings.sort_by_key(|meeting| meeting.hours);
        meetings
    }

    /// The changed ones, on the days to which they move, and the extra ones.
    pub(super) fn unplanned(&self, window: DateRange) -> impl Iterator<Item = Meeting<'a>> {
        let changed = self.sources().flat_map(move |source| {
            let changes = self.group.changed.iter();
            changes
                .filter(move |change| window.contains(change.to_date.unwrap_or(change.date)))
                .filter_map(move |change| self.changed(source, change))
        });
        let extra = self.group.extra.iter().filter(move |extra| window.contains(extra.date));
        changed.chain(extra.map(|extra| self.extra(extra)))
    }

    /// The same that begin at or after one instant and before another.
    pub fn meetings_between(&self, from: Timestamp, to: Timestamp) -> Vec<Meeting<'a>> {
        // Zones lie less than two days apart.
        let day = |at: Timestamp, days: i64| {
            let date = jiff::tz::TimeZone::UTC.to_datetime(at).date();
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

    /// The meeting that a rule gives on one of its days; none where it was changed or never takes place.
    pub(super) fn planned(&self, source: Source<'a>, date: Date) -> Option<Meeting<'a>> {
        let standing = self.standing(source, date)?;
        let setting = Cow::Borrowed(&source.entry.setting);
        Some(self.meeting(date, source.rule.clock, setting, Origin::Rule(source), standing))
    }

    /// Whether the meeting that a rule gives on one of its days happens; none where it was changed or never takes place.
    pub(super) fn standing(&self, source: Source<'a>, date: Date) -> Option<Standing<'a>> {
        let holiday = self.holiday(date);
        if holiday.is_some() && source.rule.except_holidays {
            return None;
        }
        if self.group.changed.iter().any(|change| change.date == date) {
            return None;
        }
        let setting = &source.entry.setting;
        Some(match (self.cancelled(date), holiday) {
            (Some(cause), _) => Standing::Cancelled(cause),
            (None, Some(holiday)) if self.settings.holidays_cancel => {
                Standing::Cancelled(Cause::Holiday(&holiday.name))
            }
            (None, holiday) => match (standing(setting, setting.place.as_ref(), date), holiday) {
                (Standing::Planned, Some(holiday)) => Standing::Holiday(&holiday.name),
                (standing, _) => standing,
            },
        })
    }

    /// A changed meeting; none where the rule gives no meeting on that day.
    fn changed(&self, source: Source<'a>, change: &'a Change) -> Option<Meeting<'a>> {
        source.rule.dates(DateRange::day(change.date)).next()?;
        let is_left_out = source.rule.except_holidays && self.holiday(change.date).is_some();
        if is_left_out {
            return None;
        }
        let date = change.to_date.unwrap_or(change.date);
        let clock = change.clock.or(source.rule.clock);
        let setting = change.setting.clone().within(&source.entry.setting);
        let place = change.setting.place.as_ref().or(source.entry.setting.place.as_ref());
        let standing = match self.cancelled(change.date) {
            Some(cause) => Standing::Cancelled(cause),
            None => standing(&setting, place, date),
        };
        let origin = Origin::Changed { source, change };
        Some(self.meeting(date, clock, Cow::Owned(setting), origin, standing))
    }

    fn extra(&self, extra: &'a Extra) -> Meeting<'a> {
        // What an extra meeting leaves out is as at the others.
        let usual = self.sources().next();
        let outer = usual.map_or(&self.group.setting, |source| &source.entry.setting);
        let setting = extra.setting.clone().within(outer);
        let clock = extra.clock.or_else(|| usual.and_then(|source| source.rule.clock));
        let place = extra.setting.place.as_ref().or(outer.place.as_ref());
        let standing = standing(&setting, place, extra.date);
        self.meeting(extra.date, clock, Cow::Owned(setting), Origin::Extra(extra), standing)
    }

    fn meeting(
        &self,
        date: Date,
        clock: Option<Clock>,
        setting: Cow<'a, Setting>,
        origin: Origin<'a>,
        standing: Standing<'a>,
    ) -> Meeting<'a> {
        let zone = self.zone(&setting);
        let hours = match clock {
            Some(clock) => clock.on(date, &zone),
            None => Hours { end: None, ..Clock::MIDNIGHT.on(date, &zone) },
        };
        Meeting { date, clock, zone, hours, setting, origin, standing }
    }

    fn cancelled(&self, date: Date) -> Option<Cause<'a>> {
        let mut all = self.group.cancelled.iter();
        let one = all.find(|one| one.from <= date && date <= one.to)?;
        Some(Cause::Group(one.reason.as_ref()))
    }

    fn holiday(&self, date: Date) -> Option<&'a Holiday> {
        self.settings.holidays.iter().find(|holiday| holiday.from <= date && date <= holiday.to)
    }
}

/// Whether a meeting happens as far as its place goes; `place` is the setting's.
fn standing<'a>(setting: &Setting, place: Option<&'a Place>, date: Date) -> Standing<'a> {
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
