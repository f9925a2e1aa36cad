//! Where and when a group meets: the setting, the schedule's entries with what they inherit, and the exceptions.
//!
//! A sentence is kept as it was written; what it means is not read here.

use jiff::civil::Date;

use crate::check::dates::{day_or_range, in_order};
use crate::check::fields::Fields;
use crate::check::subject::Subject;
use crate::check::values;
use crate::check::venue;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{self, Node, Value};
use crate::model::group::{Cancellation, Change, Entry, Extra, Format, Schedule, Setting};
use crate::model::venue::{Join, Online, Place};
use crate::schema::group::{CANCELLED, CHANGED, ENTRY, EXTRA, ONLINE, SAY};
use crate::source::{Span, Spanned};

/// First and last possible date.
#[derive(Clone, Default)]
pub(super) struct Term {
    pub(super) starts: Option<Spanned<Date>>,
    pub(super) ends: Option<Spanned<Date>>,
}

impl Term {
    /// `starts` and `ends` as written in one mapping.
    pub(super) fn read(fields: &Fields<'_>) -> Term {
        let term = Term {
            starts: fields.value("starts", values::date),
            ends: fields.value("ends", values::date),
        };
        if let (Some(starts), Some(ends)) = (&term.starts, &term.ends) {
            in_order(fields.findings, "starts", starts, "ends", ends);
        }
        term
    }

    fn holds(&self, date: Date) -> bool {
        self.starts.as_ref().is_none_or(|starts| starts.value <= date)
            && self.ends.as_ref().is_none_or(|ends| date <= ends.value)
    }
}

#[derive(Clone, Copy)]
enum JoinWord {
    Public,
    OnRequest,
}

/// `online`; what is given on request only is dropped here.
fn online(fields: &Fields<'_>) -> Option<Online> {
    let span = fields.key_span("online")?;
    let online = fields.record("online", &ONLINE)?;
    let platform = online.words("platform");
    let join =
        online.choice("join", &[("public", JoinWord::Public), ("on-request", JoinWord::OnRequest)]);
    let url = online.value("url", values::web_url).map(|url| url.value);
    let phone = online.value("phone", values::phone).map(|phone| phone.value);
    let passcode = online.words("passcode");
    let join = match join.map(|join| join.value) {
        Some(JoinWord::Public) => {
            if url.is_none() && phone.is_none() {
                let problem = online.findings.at(
                    &rules::JOIN_WITHOUT_LINK,
                    span,
                    "`join: public` gives neither `url` nor `phone`",
                );
                online.findings.add(problem.help("add the link, or write `join: on-request`"));
            }
            Join::Public { url, phone, passcode }
        }
        Some(JoinWord::OnRequest) | None => Join::OnRequest,
    };
    Some(Online { platform, join })
}

/// The setting that the fields of one mapping give, without what it inherits.
pub(super) fn setting(fields: &Fields<'_>, subject: &Subject<'_>) -> Setting {
    let format = fields.choice("format", Format::NAMES);
    let place = venue::reference(fields, subject);
    let room = fields.words("room");
    let online = online(fields);
    let contradiction = |name: &str, format: Spanned<Format>| {
        let span = fields.key_span(name).unwrap_or(format.span);
        let message = format!("`{name}` does not fit `format: {}`", format.value.name());
        let problem = subject.findings.at(&rules::FORMAT_CONTRADICTION, span, message);
        let problem = problem.related(&subject.findings.source, format.span, "the format is here");
        subject.findings.add(
            problem.help(
                "write `format: hybrid` if people meet both ways, or take one of the two out",
            ),
        );
    };
    match &format {
        Some(format) if format.value == Format::Online && fields.node("venue").is_some() => {
            contradiction("venue", format.clone());
        }
        Some(format) if format.value == Format::InPerson && online.is_some() => {
            contradiction("online", format.clone());
        }
        _ => {}
    }
    // A room would tell more than the area that the venue's owner agreed to.
    let room = room.filter(|_| !matches!(place, Some(Place::Area(_))));
    Setting { format: format.map(|format| format.value), place, room, online, timezone: None }
}

/// The clock times' zone: the mapping's own.
pub(super) fn timezone(fields: &Fields<'_>) -> Option<jiff::tz::TimeZone> {
    fields.value("timezone", values::time_zone).map(|zone| zone.value)
}

/// `schedule`: a sentence, a list of entries, or words that are no dates.
pub(super) fn schedule(
    fields: &Fields<'_>,
    group: &Setting,
    term: &Term,
    subject: &Subject<'_>,
) -> Schedule {
    let Some(node) = fields.node("schedule") else { return Schedule::NotStated };
    let items = match &node.value {
        Value::Mapping(entries) if !holds_a_schedule(entries) => {
            let problem = subject.findings.at(
                &rules::WRONG_VALUE,
                node.span,
                "`schedule` has neither `when` nor `say`",
            );
            subject.findings.add(problem.help(
                "write a sentence, such as `schedule: 1st and 3rd Tuesday, 7:00–8:30 pm`, \
                 or `say:` where there are no fixed dates",
            ));
            return Schedule::NotStated;
        }
        Value::Mapping(entries) if !entries.iter().any(|entry| entry.key == "when") => {
            let say = Fields::open(&SAY, node, subject.findings);
            return say.words("say").map_or(Schedule::NotStated, Schedule::Words);
        }
        Value::Sequence(items) => items.as_slice(),
        Value::Scalar { .. } | Value::Mapping(_) | Value::Blank => std::slice::from_ref(node),
    };
    let entries: Vec<Entry> =
        items.iter().filter_map(|item| entry(item, fields, group, term, subject)).collect();
    if entries.is_empty() { Schedule::NotStated } else { Schedule::Entries(entries) }
}

/// Whether a mapping has `when` or `say`, be it in capitals.
fn holds_a_schedule(entries: &[yaml::Entry]) -> bool {
    let is_one = |key: &str| key.eq_ignore_ascii_case("when") || key.eq_ignore_ascii_case("say");
    entries.iter().any(|entry| is_one(&entry.key))
}

fn entry(
    node: &Node,
    fields: &Fields<'_>,
    group: &Setting,
    term: &Term,
    subject: &Subject<'_>,
) -> Option<Entry> {
    let Value::Mapping(_) = &node.value else {
        let when = fields.scalar("schedule", node)?;
        needs_zone(&when, group, subject);
        return Some(Entry {
            when: when.value,
            rules: Vec::new(),
            setting: Setting::default().within(group),
            starts: term.starts.as_ref().map(|date| date.value),
            ends: term.ends.as_ref().map(|date| date.value),
            topic: None,
            note: None,
        });
    };
    if node.get("say").is_some() && node.get("when").is_none() {
        let message = "`say:` takes the place of the whole list";
        let problem = subject.findings.at(&rules::WRONG_VALUE, node.span, message);
        subject
            .findings
            .add(problem.help("write `schedule: {say: …}`, or give this entry `when:`"));
        return None;
    }
    let fields = Fields::open(&ENTRY, node, subject.findings);
    let when = fields.text("when");
    let own = Setting { timezone: timezone(&fields), ..setting(&fields, subject) };
    let setting = own.within(group);
    let own_term = Term::read(&fields);
    let entry_term = Term {
        starts: own_term.starts.or_else(|| term.starts.clone()),
        ends: own_term.ends.or_else(|| term.ends.clone()),
    };
    let (topic, note) = (fields.words("topic"), subject.inline(&fields, "note"));
    let when = when?;
    if node.get("timezone").is_none() {
        needs_zone(&when, &setting, subject);
    }
    Some(Entry {
        when: when.value,
        rules: Vec::new(),
        setting,
        starts: entry_term.starts.map(|date| date.value),
        ends: entry_term.ends.map(|date| date.value),
        topic,
        note,
    })
}

/// A clock time means nothing without a zone.
fn needs_zone(when: &Spanned<String>, setting: &Setting, subject: &Subject<'_>) {
    // A zone that is written and not understood was reported where it stands.
    let written = subject.document.fields.get("timezone").is_some();
    let zone = setting.timezone.is_some() || subject.context.has_timezone || written;
    if zone || !names_clock_time(&when.value) {
        return;
    }
    let problem = subject.findings.at(
        &rules::MISSING_TIME_ZONE,
        when.span,
        "this clock time has no time zone",
    );
    subject.findings.add(
        problem.help(
            "add `timezone: America/New_York`, or the zone you are in, here or in `site.yaml`",
        ),
    );
}

/// Whether a sentence speaks of the clock: `7:30`, `19.30`, `7 pm`, `6-7pm`, `noon`, `midnight`.
fn names_clock_time(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric() && !":.".contains(c))
        .filter(|word| !word.is_empty());
    let mut after_number = false;
    for word in words {
        let word = word.trim_matches('.');
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let suffix = word.strip_prefix(number).unwrap_or("").replace('.', "");
        let is_number = number.starts_with(|c: char| c.is_ascii_digit());
        let clock = is_number && number.contains([':', '.']);
        let half_day = matches!(suffix.as_str(), "am" | "pm") && (is_number || after_number);
        if clock || half_day || matches!(word, "noon" | "midnight" | "midday") {
            return true;
        }
        after_number = is_number && suffix.is_empty();
    }
    false
}

/// `cancelled`.
pub(super) fn cancelled(
    fields: &Fields<'_>,
    term: &Term,
    subject: &Subject<'_>,
) -> Vec<Cancellation> {
    let items = fields.records("cancelled", &CANCELLED).into_iter();
    items
        .filter_map(|(item, span)| {
            let reason = subject.inline(&item, "reason");
            let (from, to) = day_or_range(&item, span)?;
            if from == to && !term.holds(from) {
                outside(from, span, subject);
            }
            Some(Cancellation { from, to, reason })
        })
        .collect()
}

/// `changed`.
pub(super) fn changed(fields: &Fields<'_>, term: &Term, subject: &Subject<'_>) -> Vec<Change> {
    let items = fields.records("changed", &CHANGED).into_iter();
    items
        .filter_map(|(item, _)| {
            let date = item.value("date", values::date);
            let change = (
                item.value("to_date", values::date).map(|date| date.value),
                item.words("time"),
                setting(&item, subject),
                subject.inline(&item, "note"),
            );
            let date = date?;
            if !term.holds(date.value) {
                outside(date.value, date.span, subject);
            }
            let (to_date, time, setting, note) = change;
            Some(Change { date: date.value, to_date, time, clock: None, setting, note })
        })
        .collect()
}

fn outside(date: Date, span: Span, subject: &Subject<'_>) {
    let problem = subject.findings.at(
        &rules::UNMATCHED_DATE,
        span,
        format!("no meeting is planned on {date}: it lies outside `starts` and `ends`"),
    );
    subject.findings.add(problem.help("correct the date; a meeting on top goes under `extra:`"));
}

/// `extra`.
pub(super) fn extra(fields: &Fields<'_>, subject: &Subject<'_>) -> Vec<Extra> {
    let items = fields.records("extra", &EXTRA).into_iter();
    items
        .filter_map(|(item, _)| {
            let date = item.value("date", values::date).map(|date| date.value);
            let (time, setting, note) =
                (item.words("time"), setting(&item, subject), subject.inline(&item, "note"));
            Some(Extra { date: date?, time, clock: None, setting, note })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_times_are_told_from_dates_and_ordinals() {
        for sentence in [
            "Mondays, 6–7:30 pm",
            "19:30",
            "7pm",
            "at noon",
            "6.30 uhr",
            "10 a.m.",
            "4 p.m.",
            "6-7pm",
        ] {
            assert!(names_clock_time(sentence), "{sentence}");
        }
        for sentence in [
            "1st and 3rd Tuesday",
            "10 weeks from 5 October 2026",
            "every other Wednesday",
            "the 3rd. Always",
        ] {
            assert!(!names_clock_time(sentence), "{sentence}");
        }
    }
}
