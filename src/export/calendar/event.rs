//! A group's meetings as VEVENTs, RFC 5545 §3.6.1. Takes a plan of series and single meetings and writes them, always in
//! the same words. What the model does not hold, such as a link that is given on request, cannot get here.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Unit};

use super::series::{Plan, Series, Single, Usual, holiday};
use super::text::Lines;
use super::words::Words;
use crate::model::group::Group;
use crate::schedule::{Clock, Days, Hours, Rule};
use crate::timetable::{Meeting, Origin, Standing};

/// When facts were confirmed that nobody has confirmed: calendars want a day, and the same one at each build.
const UNCONFIRMED: Date = date(2000, 1, 1);

/// Events and the zones that they name.
#[derive(Clone, Debug, Default)]
pub(super) struct Events {
    /// VEVENT after VEVENT.
    pub(super) text: String,
    /// By the names that the events use.
    pub(super) zones: Vec<TimeZone>,
}

/// The events of a plan. `host` makes them known as the network's all over the world.
pub(super) fn events(group: &Group, plan: &Plan<'_>, words: &Words<'_>, host: &str) -> Events {
    let mut writer = Writer {
        group,
        words,
        host,
        lines: Lines::default(),
        zones: Vec::new(),
        known: BTreeSet::new(),
    };
    for series in &plan.series {
        writer.series(series);
    }
    for single in &plan.single {
        writer.single(single);
    }
    Events { text: writer.lines.into_string(), zones: writer.zones }
}

/// The name by which events use a zone; none where they are told in UTC.
pub(super) fn zone_name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name().filter(|name| !matches!(*name, "UTC" | "Etc/UTC"))
}

struct Writer<'w> {
    group: &'w Group,
    words: &'w Words<'w>,
    host: &'w str,
    lines: Lines,
    zones: Vec<TimeZone>,
    known: BTreeSet<String>,
}

impl Writer<'_> {
    fn series(&mut self, series: &Series<'_>) {
        let Series { source, rule, start, zone, .. } = series;
        let Some(recurrence) = recurrence(rule, zone) else { return };
        let uid = match series.usual {
            Usual::Planned => self.uid(Some(source.number), None),
            Usual::OnlineOnly(_) => self.uid(Some(source.number), Some("online")),
        };
        self.lines.begin("VEVENT");
        self.head(&uid);
        self.hours(rule.clock, zone, *start);
        self.lines.value("RRULE", &recurrence);
        for date in &series.without {
            self.moment("EXDATE", rule.clock, zone, *date);
        }
        let mut said = match series.usual {
            Usual::Planned => Vec::new(),
            Usual::OnlineOnly(closed) => self.words.closed(closed),
        };
        said.extend(self.words.about(self.group, Some(source.entry), &source.entry.setting));
        said.extend(self.words.holidays(&series.holidays));
        let online_only = matches!(series.usual, Usual::OnlineOnly(_));
        let place = self.words.location(&source.entry.setting, online_only);
        self.body(source.entry.topic.as_deref(), &said, place.as_deref());
        self.lines.end("VEVENT");
        for (date, meeting) in &series.otherwise {
            self.lines.begin("VEVENT");
            self.head(&uid);
            self.moment("RECURRENCE-ID", rule.clock, zone, *date);
            self.meeting(meeting);
            self.lines.end("VEVENT");
        }
    }

    fn single(&mut self, single: &Single<'_>) {
        let day = single.planned.strftime("%Y%m%d").to_string();
        let uid = self.uid(single.number, Some(&day));
        self.lines.begin("VEVENT");
        self.head(&uid);
        self.meeting(&single.meeting);
        self.lines.end("VEVENT");
    }

    /// One meeting, all that tells it from others first.
    fn meeting(&mut self, meeting: &Meeting<'_>) {
        self.meeting_hours(meeting);
        let note = match meeting.origin {
            Origin::Rule(_) => None,
            Origin::Changed { change, .. } => change.note.as_ref(),
            Origin::Extra(extra) => extra.note.as_ref(),
        };
        let mut said: Vec<String> = note.map(|note| note.text.clone()).into_iter().collect();
        if let Standing::OnlineOnly(closed) = meeting.standing {
            said.extend(self.words.closed(closed));
        }
        let entry = meeting.source().map(|source| source.entry);
        let as_said = entry.filter(|_| matches!(meeting.origin, Origin::Rule(_)));
        said.extend(self.words.about(self.group, as_said, &meeting.setting));
        said.extend(
            self.words.holidays(holiday(meeting).map(|name| (meeting.date, name)).as_slice()),
        );
        let online_only = matches!(meeting.standing, Standing::OnlineOnly(_));
        let place = self.words.location(&meeting.setting, online_only);
        self.body(entry.and_then(|entry| entry.topic.as_deref()), &said, place.as_deref());
    }

    /// What identifies an event and its age. Without a METHOD, DTSTAMP is the age of the facts (RFC 5545 §3.8.7.2).
    fn head(&mut self, uid: &str) {
        let confirmed = self.group.verified.unwrap_or(UNCONFIRMED);
        let stamp = confirmed.strftime("%Y%m%dT000000Z").to_string();
        // Whoever reads a downloaded file again keeps the newer facts.
        let age = confirmed.since((Unit::Day, UNCONFIRMED)).map_or(0, |span: Span| span.get_days());
        self.lines.text("UID", uid);
        self.lines.value("DTSTAMP", &stamp);
        self.lines.value("LAST-MODIFIED", &stamp);
        self.lines.value("SEQUENCE", &age.max(0).to_string());
    }

    fn body(&mut self, topic: Option<&str>, said: &[String], place: Option<&str>) {
        self.lines.text("SUMMARY", &self.words.title(&self.group.title, topic));
        self.lines.text("DESCRIPTION", &said.join("\n"));
        if let Some(place) = place {
            self.lines.text("LOCATION", place);
        }
        if let Some(url) = self.words.url(self.group) {
            self.lines.value("URL", &url);
        }
        self.lines.value("STATUS", "CONFIRMED");
        // A meeting of a directory does not make its reader busy.
        self.lines.value("TRANSP", "TRANSPARENT");
    }

    /// Beginning and end as a rule tells them; readers carry them to its other days.
    fn hours(&mut self, clock: Option<Clock>, zone: &TimeZone, date: Date) {
        self.moment("DTSTART", clock, zone, date);
        match (clock.and_then(|clock| clock.ends(date)), zone_name(zone)) {
            (None, _) => {}
            (Some(end), Some(name)) => {
                let stamp = end.strftime("%Y%m%dT%H%M%S").to_string();
                self.lines.value(&format!("DTEND;TZID={name}"), &stamp);
            }
            (Some(_), None) => {
                let hours = clock.map(|clock| clock.on(date, zone));
                self.utc_end(hours);
            }
        }
    }

    /// Beginning and end of one meeting. Hours that clocks skip or repeat are told in UTC, which leaves no doubt.
    fn meeting_hours(&mut self, meeting: &Meeting<'_>) {
        if meeting.clock.is_some() && meeting.hours.unusual {
            self.lines.value("DTSTART", &utc(meeting.hours.start));
            self.utc_end(Some(meeting.hours));
        } else {
            self.hours(meeting.clock, &meeting.zone, meeting.date);
        }
    }

    fn utc_end(&mut self, hours: Option<Hours>) {
        if let Some(end) = hours.and_then(|hours| hours.end) {
            self.lines.value("DTEND", &utc(end));
        }
    }

    /// A meeting's beginning, in the form that its whole series has.
    fn moment(&mut self, property: &str, clock: Option<Clock>, zone: &TimeZone, date: Date) {
        let Some(clock) = clock else {
            let day = date.strftime("%Y%m%d").to_string();
            return self.lines.value(&format!("{property};VALUE=DATE"), &day);
        };
        let Some(name) = zone_name(zone) else {
            return self.lines.value(property, &utc(clock.on(date, zone).start));
        };
        let at = date.to_datetime(clock.start).strftime("%Y%m%dT%H%M%S").to_string();
        self.lines.value(&format!("{property};TZID={name}"), &at);
        if !self.zones.contains(zone) {
            self.zones.push(zone.clone());
        }
    }

    /// Who the event is: the group's own for its first rule, and what tells others from it after a slash.
    fn uid(&mut self, number: Option<usize>, part: Option<&str>) -> String {
        let mut own = self.group.id.replace('%', "%25").replace('/', "%2F");
        let rule = match number {
            Some(0) => None,
            Some(number) => Some((number + 1).to_string()),
            None => Some("extra".to_owned()),
        };
        own.extend(rule.as_deref().into_iter().chain(part).flat_map(|part| ["/", part]));
        let first = own.clone();
        let mut copies = 1;
        while !self.known.insert(own.clone()) {
            copies += 1;
            own = format!("{first}/{copies}");
        }
        format!("{own}@{}", self.host)
    }
}

/// The rule's text. Weekdays of named months are said as yearly, which is the same (RFC 5545 §3.3.10)
/// and read rightly by all: ical.js gives the first month's twice otherwise.
fn recurrence(rule: &Rule, zone: &TimeZone) -> Option<String> {
    let text = match zone_name(zone) {
        Some(_) => rule.rrule_in(zone),
        None => rule.rrule_in(&TimeZone::UTC),
    }?;
    let is_monthly = matches!(rule.days, Days::MonthlyByWeekday { every: 1, .. });
    if is_monthly && !rule.months.is_all() {
        return Some(text.replacen("FREQ=MONTHLY", "FREQ=YEARLY", 1));
    }
    Some(text)
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
