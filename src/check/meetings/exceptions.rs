//! `cancelled`, `changed` and `extra`, each with the place where it stands.

use jiff::civil::Date;

use crate::check::dates::day_or_range;
use crate::check::fields::Fields;
use crate::check::meetings::{fits_inherited, needs_zone, report, setting};
use crate::check::subject::Subject;
use crate::check::values;
use crate::model::group::{Cancellation, Change, Extra, Format, Schedule, Setting};
use crate::schedule::{Clock, DateRange, Rule, read_hours};
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
        let format = shared(schedule, group, |setting| setting.format);
        let timezone = shared(schedule, group, |setting| setting.timezone.clone());
        let usual = Setting { format, timezone, ..Setting::default() };
        Exceptions {
            cancelled: cancelled(fields, subject),
            changed: changed(fields, schedule, &usual, subject),
            extra: extra(fields, &usual, subject),
        }
    }
}

/// What all entries have alike, if they do; else the group's own.
fn shared<T: PartialEq>(schedule: &Schedule, group: &Setting, part: impl Fn(&Setting) -> T) -> T {
    let Schedule::Entries(entries) = schedule else { return part(group) };
    let mut parts = entries.iter().map(|entry| part(&entry.setting));
    let first = parts.next().filter(|first| parts.all(|other| other == *first));
    first.unwrap_or_else(|| part(group))
}

/// The format of the meetings that are planned on one day; none where they differ.
fn format_on(date: Date, schedule: &Schedule) -> Option<Format> {
    let Schedule::Entries(entries) = schedule else { return None };
    let is_then = |rule: &Rule| rule.dates(DateRange::day(date)).next().is_some();
    let mut then = entries.iter().filter(|entry| entry.rules.iter().any(is_then));
    let format = then.next()?.setting.format;
    then.all(|other| other.setting.format == format).then_some(format)?
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

fn changed(
    fields: &Fields<'_>,
    schedule: &Schedule,
    usual: &Setting,
    subject: &Subject<'_>,
) -> Vec<Spanned<Change>> {
    let items = fields.records("changed", &CHANGED).into_iter();
    items
        .filter_map(|(item, _)| {
            let date = item.value("date", values::date);
            let to_date = item.value("to_date", values::date).map(|date| date.value);
            let (time, clock) = time(&item, usual, subject);
            let (setting, note) = (setting(&item, subject), subject.inline(&item, "note"));
            let Spanned { value: date, span } = date?;
            if setting.place.is_some() || setting.online.is_some() {
                fits_inherited(&item, format_on(date, schedule), subject);
            }
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
            fits_inherited(&item, usual.format, subject);
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
