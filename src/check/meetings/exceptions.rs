//! `cancelled`, `changed` and `extra`, each with the place where it stands.

use jiff::tz::TimeZone;

use crate::check::dates::day_or_range;
use crate::check::fields::Fields;
use crate::check::meetings::{needs_zone, report, setting};
use crate::check::subject::Subject;
use crate::check::values;
use crate::model::group::{Cancellation, Change, Extra, Schedule, Setting};
use crate::schedule::{Clock, read_hours};
use crate::schema::group::{CANCELLED, CHANGED, EXTRA};
use crate::source::Spanned;

/// What differs from the schedule.
#[derive(Clone, Default)]
pub(in crate::check) struct Exceptions {
    pub(in crate::check) cancelled: Vec<Spanned<Cancellation>>,
    pub(in crate::check) changed: Vec<Spanned<Change>>,
    pub(in crate::check) extra: Vec<Spanned<Extra>>,
}

impl Exceptions {
    /// The three lists; `group` is the setting of meetings of which the schedule says nothing else.
    pub(in crate::check) fn read(
        fields: &Fields<'_>,
        schedule: &Schedule,
        group: &Setting,
        subject: &Subject<'_>,
    ) -> Exceptions {
        let usual = Setting { timezone: shared_zone(schedule, group), ..Setting::default() };
        Exceptions {
            cancelled: cancelled(fields, subject),
            changed: changed(fields, &usual, subject),
            extra: extra(fields, &usual, subject),
        }
    }
}

/// The zone of all entries, if they have the same; else the group's own.
fn shared_zone(schedule: &Schedule, group: &Setting) -> Option<TimeZone> {
    let Schedule::Entries(entries) = schedule else { return group.timezone.clone() };
    let mut zones = entries.iter().map(|entry| &entry.setting.timezone);
    let first = zones.next().filter(|first| zones.all(|zone| zone == *first));
    first.unwrap_or(&group.timezone).clone()
}

fn cancelled(fields: &Fields<'_>, subject: &Subject<'_>) -> Vec<Spanned<Cancellation>> {
    let items = fields.records("cancelled", &CANCELLED).into_iter();
    items
        .filter_map(|(item, span)| {
            let reason = subject.inline(&item, "reason");
            let (from, to) = day_or_range(&item, span)?;
            Some(Spanned { value: Cancellation { from, to, reason }, span })
        })
        .collect()
}

fn changed(fields: &Fields<'_>, usual: &Setting, subject: &Subject<'_>) -> Vec<Spanned<Change>> {
    let items = fields.records("changed", &CHANGED).into_iter();
    items
        .filter_map(|(item, _)| {
            let date = item.value("date", values::date);
            let to_date = item.value("to_date", values::date).map(|date| date.value);
            let (time, clock) = time(&item, usual, subject);
            let (setting, note) = (setting(&item, subject), subject.inline(&item, "note"));
            let Spanned { value: date, span } = date?;
            Some(Spanned { value: Change { date, to_date, time, clock, setting, note }, span })
        })
        .collect()
}

fn extra(fields: &Fields<'_>, usual: &Setting, subject: &Subject<'_>) -> Vec<Spanned<Extra>> {
    let items = fields.records("extra", &EXTRA).into_iter();
    items
        .filter_map(|(item, _)| {
            let date = item.value("date", values::date);
            let (time, clock) = time(&item, usual, subject);
            let (setting, note) = (setting(&item, subject), subject.inline(&item, "note"));
            let Spanned { value: date, span } = date?;
            Some(Spanned { value: Extra { date, time, clock, setting, note }, span })
        })
        .collect()
}

/// `time` as written, and what it means.
fn time(
    item: &Fields<'_>,
    usual: &Setting,
    subject: &Subject<'_>,
) -> (Option<String>, Option<Clock>) {
    let Some(time) = item.text("time") else { return (None, None) };
    let zone = crate::check::meetings::zone(usual, subject);
    let clock = match read_hours(&time.value, zone) {
        Ok(clock) => {
            needs_zone(time.span, usual, None, subject);
            Some(clock)
        }
        Err(misreads) => {
            report(&misreads, &time, subject);
            None
        }
    };
    (Some(time.value), clock)
}
