//! Coming meetings, as rows.

use std::sync::Arc;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::cli::list::table;
use crate::model::Site;
use crate::model::group::{Group, Status};
use crate::timetable::{Cause, Closed, Meeting, Standing, Timetable};

/// The names of the columns, as in JSON.
pub(super) const COLUMNS: [&str; 7] =
    ["slug", "title", "start", "end", "timezone", "cancelled", "reason"];

/// From one instant up to another.
#[derive(Clone, Copy)]
pub(super) struct Window {
    from: Timestamp,
    to: Timestamp,
}

impl Window {
    /// So many times 24 hours.
    pub(super) fn from(now: Timestamp, days: u32) -> Window {
        let length = SignedDuration::from_hours(24 * i64::from(days));
        Window { from: now, to: now.checked_add(length).unwrap_or(Timestamp::MAX) }
    }
}

/// A meeting as scripts read it.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    slug: &'a str,
    title: &'a str,
    /// RFC 3339 with the offset of the meeting's zone; the date alone where no hours are told.
    start: String,
    end: Option<String>,
    timezone: String,
    cancelled: bool,
    reason: Option<String>,
    #[serde(skip)]
    seen: Seen,
    #[serde(skip)]
    begins: Timestamp,
}

/// The same as people read it.
struct Seen {
    day: String,
    hours: String,
    note: Option<String>,
}

/// The meetings of listed and unlisted groups in a window, by their beginning.
pub(super) fn rows(site: &Site, window: Window) -> Vec<Row<'_>> {
    let meets = |group: &&Arc<Group>| !matches!(group.status, Status::Ended);
    let mut rows = Vec::new();
    for group in site.groups.iter().filter(meets) {
        let timetable = Timetable::of(group, &site.settings);
        let meetings = timetable.meetings_between(window.from, window.to);
        rows.extend(meetings.iter().map(|meeting| row(group, meeting)));
    }
    rows.sort_by(|a, b| (a.begins, a.slug).cmp(&(b.begins, b.slug)));
    rows
}

fn row<'a>(group: &'a Group, meeting: &Meeting<'_>) -> Row<'a> {
    let at = |at: Timestamp| at.display_with_offset(meeting.zone.to_offset(at)).to_string();
    let hours = meeting.hours;
    let begins = meeting.zone.to_datetime(hours.start);
    let (start, seen) = match meeting.clock {
        None => (meeting.date.to_string(), String::new()),
        Some(_) => {
            let ends = hours.end.map(|end| meeting.zone.to_datetime(end).strftime("–%H:%M"));
            let ends = ends.map_or_else(String::new, |end| end.to_string());
            (at(hours.start), format!("{}{ends}", begins.strftime("%H:%M")))
        }
    };
    Row {
        slug: group.slug.as_str(),
        title: &group.title,
        start,
        end: hours.end.map(at),
        timezone: meeting.zone.iana_name().unwrap_or("UTC").to_owned(),
        cancelled: meeting.is_cancelled(),
        reason: reason(meeting.standing),
        seen: Seen {
            day: begins.strftime("%a %Y-%m-%d").to_string(),
            hours: seen,
            note: note(meeting.standing),
        },
        begins: hours.start,
    }
}

/// Why a meeting is cancelled, as far as somebody said it.
fn reason(standing: Standing<'_>) -> Option<String> {
    match standing {
        Standing::Cancelled(Cause::Group(reason)) => Some(reason?.text.clone()),
        Standing::Cancelled(Cause::Closed(closed)) => Some(of_closed(closed)),
        Standing::Cancelled(Cause::Holiday(name)) => Some(name.to_owned()),
        Standing::Planned | Standing::OnlineOnly(_) | Standing::Holiday(_) => None,
    }
}

fn of_closed(closed: Closed<'_>) -> String {
    match (closed.reason, closed.name) {
        (Some(reason), _) => reason.text.clone(),
        (None, Some(name)) => format!("{name} is closed"),
        (None, None) => "the place is closed".to_owned(),
    }
}

/// What people must know besides day and hours.
fn note(standing: Standing<'_>) -> Option<String> {
    match standing {
        Standing::Planned => None,
        Standing::OnlineOnly(closed) => Some(format!("online only: {}", of_closed(closed))),
        Standing::Holiday(name) => Some(format!("{name}, check first")),
        Standing::Cancelled(_) => Some(match reason(standing) {
            Some(reason) => format!("cancelled: {reason}"),
            None => "cancelled".to_owned(),
        }),
    }
}

/// The row's cells in the order of [`COLUMNS`].
pub(super) fn cells(row: &Row<'_>) -> [String; 7] {
    [
        row.slug.to_owned(),
        row.title.to_owned(),
        row.start.clone(),
        row.end.clone().unwrap_or_default(),
        row.timezone.clone(),
        row.cancelled.to_string(),
        row.reason.clone().unwrap_or_default(),
    ]
}

/// The rows for people. A zone that all meetings share is said once.
pub(super) fn table(rows: &[Row<'_>], days: u32) -> String {
    let zones: BTreeSet<&str> = rows.iter().map(|row| row.timezone.as_str()).collect();
    let mut zones = zones.into_iter();
    let head = match (zones.next(), zones.next()) {
        (None, _) => return format!("no meetings in the next {days} days\n"),
        (Some(zone), None) => format!("Hours are those of {zone}.\n"),
        (Some(_), Some(_)) => String::new(),
    };
    let lines: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let zone = if head.is_empty() { row.timezone.clone() } else { String::new() };
            let group = match &row.seen.note {
                Some(note) => format!("{}\n{note}", row.title),
                None => row.title.to_owned(),
            };
            [row.seen.day.clone(), row.seen.hours.clone(), zone, group]
        })
        .collect();
    head + &table::draw(&lines)
}
