//! Where and when a group meets: the setting, the schedule's entries with what they inherit, and the exceptions.
//!
//! 1. `schedule` and `exceptions` read what was written, sentences too;
//! 2. `matching` looks whether the exceptions fit the schedule.

mod exceptions;
mod matching;
mod schedule;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::check::dates::in_order;
use crate::check::fields::{Fields, Findings};
use crate::check::sentences;
use crate::check::subject::Subject;
use crate::check::values;
use crate::check::venue;
use crate::diagnostic::rules::content as rules;
use crate::model::group::{Format, Setting};
use crate::model::venue::{Join, Online, Place};
use crate::schedule::Misread;
use crate::schema::group::ONLINE;
use crate::source::{Span, Spanned};

pub(super) use exceptions::Exceptions;
pub(super) use matching::check;
pub(super) use schedule::schedule;

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
        term.check_order(fields.findings);
        term
    }

    /// The same with what it leaves out taken from another, which may not fit.
    fn within(self, outer: &Term, findings: &Findings) -> Term {
        let takes_one = self.starts.is_some() != self.ends.is_some();
        let term = Term {
            starts: self.starts.or_else(|| outer.starts.clone()),
            ends: self.ends.or_else(|| outer.ends.clone()),
        };
        if takes_one {
            term.check_order(findings);
        }
        term
    }

    fn check_order(&self, findings: &Findings) {
        if let (Some(starts), Some(ends)) = (&self.starts, &self.ends) {
            in_order(findings, "starts", starts, "ends", ends);
        }
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
    if let Some(format) = &format
        && let Some((name, span)) = unfitting(fields, format.value)
    {
        let message = format!("`{name}` does not fit `format: {}`", format.value.name());
        let problem = subject.findings.at(&rules::FORMAT_CONTRADICTION, span, message);
        let problem = problem.related(&subject.findings.source, format.span, "the format is here");
        subject.findings.add(
            problem.help(
                "write `format: hybrid` if people meet both ways, or take one of the two out",
            ),
        );
    }
    // A room would tell more than the area that the venue's owner agreed to.
    let room = room.filter(|_| !matches!(place, Some(Place::Area(_))));
    Setting { format: format.map(|format| format.value), place, room, online, timezone: None }
}

/// The field of one mapping that says how people meet in a way that a format does not have.
fn unfitting(fields: &Fields<'_>, format: Format) -> Option<(&'static str, Span)> {
    let name = match format {
        Format::Online => "venue",
        Format::InPerson => "online",
        Format::Hybrid => return None,
    };
    fields.node(name).and_then(|_| Some((name, fields.key_span(name)?)))
}

/// Reports what does not fit the format that one mapping inherits, as it names none itself.
fn fits_inherited(fields: &Fields<'_>, format: Option<Format>, subject: &Subject<'_>) {
    let Some(format) = format.filter(|_| fields.node("format").is_none()) else { return };
    let Some((name, span)) = unfitting(fields, format) else { return };
    let message =
        format!("`{name}` does not fit `format: {}`, which holds here too", format.name());
    let problem = subject.findings.at(&rules::FORMAT_CONTRADICTION, span, message);
    let own = match format {
        Format::Online => Format::InPerson,
        Format::InPerson | Format::Hybrid => Format::Online,
    };
    subject.findings.add(problem.help(format!(
        "add `format: {}` beside it, or `format: hybrid` if people meet both ways",
        own.name()
    )));
}

/// The clock times' zone: the mapping's own.
pub(super) fn timezone(fields: &Fields<'_>) -> Option<TimeZone> {
    fields.value("timezone", values::time_zone).map(|zone| zone.value)
}

/// The zone of a setting's clock times, if one is told: its own, else the network's.
fn zone<'a>(setting: &'a Setting, subject: &'a Subject<'_>) -> Option<&'a TimeZone> {
    setting.timezone.as_ref().or(subject.context.settings.timezone.as_ref())
}

/// A clock time means nothing without a zone; `meant` is the one that its words name.
fn needs_zone(time: Span, setting: &Setting, meant: Option<&TimeZone>, subject: &Subject<'_>) {
    // A zone that is written and not understood was reported where it stands.
    let written = subject.document.fields.get("timezone").is_some();
    if written || subject.context.has_timezone || zone(setting, subject).is_some() {
        return;
    }
    let problem =
        subject.findings.at(&rules::MISSING_TIME_ZONE, time, "this clock time has no time zone");
    subject.findings.add(match meant.and_then(TimeZone::iana_name) {
        Some(name) => problem.help(format!("add `timezone: {name}` here or in `site.yaml`")),
        None => problem.help(
            "add `timezone: America/New_York`, or the zone you are in, here or in `site.yaml`",
        ),
    });
}

/// Reports all that is wrong with a sentence, each at its own words.
fn report(misreads: &[Misread], text: &Spanned<String>, subject: &Subject<'_>) {
    let source = &subject.findings.source;
    for problem in sentences::diagnostics(misreads, source, text.span, &text.value) {
        subject.findings.add(problem);
    }
}
