//! What depends on the day: confirmations that grow old, dates that have passed.

use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::check::atlas::scalar;
use crate::check::documents::{Content, Outcome};
use crate::check::fields::{Fields, Findings};
use crate::check::settings::older_than;
use crate::check::subject::Subject;
use crate::check::values;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{Node, Value};
use crate::load::{Document, Loaded};
use crate::model::group::{Group, Schedule, Status, Visibility};
use crate::schedule::DateRange;
use crate::slug::Slug;
use crate::source::{Span, Spanned};

/// A listing that nobody has confirmed for long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The group's name in its address.
    pub slug: Slug,
    /// The group's name.
    pub title: String,
    /// When somebody last confirmed the facts.
    pub verified: Date,
    /// How many days ago that was.
    pub days: i32,
    /// Its file's path inside the site.
    pub file: String,
}

/// Looks a group's dates over.
pub(super) fn check(
    group: &Group,
    fields: &Fields<'_>,
    verified: Option<&Spanned<Date>>,
    subject: &Subject<'_>,
) {
    if !asks_for_confirmation(group) {
        return;
    }
    confirmation(fields, verified, subject);
    let today = subject.context.today;
    let passed = |date: Option<Date>| date.filter(|date| *date < today);
    if let Some(date) = passed(group.ends) {
        late(
            fields.key_span("ends"),
            "ends",
            date,
            "write `status: ended`, or a later date",
            subject,
        );
    } else if let Some(date) = passed(last_day(group))
        && matches!(group.status, Status::Active)
    {
        let span = fields.key_span("schedule").unwrap_or_default();
        let message = format!("the last meeting was on {}", date.strftime("%-d %B %Y"));
        let problem = subject.findings.at(&rules::SCHEDULE_OVER, span, message);
        subject.findings.add(problem.help("write `status: ended`, or the new dates"));
    } else if let Some(date) = passed(group.membership.enrol_by) {
        let span = fields.node("membership").and_then(|node| scalar(node, "enrol_by"));
        late(
            span.map(|date| date.span),
            "enrol_by",
            date,
            "write the next date, or take the line out",
            subject,
        );
    }
    if let Status::Paused { resumes } = group.status
        && let Some(date) = passed(resumes)
    {
        late(
            fields.key_span("resumes"),
            "resumes",
            date,
            "write `status: active`, or a later date",
            subject,
        );
    }
}

/// The day of the last meeting; none where the schedule tells no end, or not all of it was understood.
fn last_day(group: &Group) -> Option<Date> {
    let Schedule::Entries(entries) = &group.schedule else { return None };
    if entries.iter().any(|entry| entry.rules.is_empty()) {
        return None;
    }
    let changed = group.changed.iter().filter_map(|change| change.to_date);
    let mut last = changed.chain(group.extra.iter().map(|extra| extra.date)).max();
    for rule in entries.iter().flat_map(|entry| &entry.rules) {
        let to = rule.last_possible()?;
        let year = DateRange { from: to.saturating_sub(400.days()), to };
        last = last.max(Some(rule.dates(year).last().unwrap_or(to)));
    }
    last
}

/// Whether somebody should confirm the facts from time to time.
fn asks_for_confirmation(group: &Group) -> bool {
    !matches!(group.status, Status::Ended) && !matches!(group.visibility, Visibility::Draft)
}

/// The listings that were last confirmed more than so many days ago, the oldest first.
pub(super) fn stale(
    loaded: &Loaded,
    outcomes: &[Arc<Outcome>],
    after: i32,
    today: Date,
) -> Vec<Stale> {
    let stale = |(document, outcome): (&Arc<Document>, &Arc<Outcome>)| {
        let Content::Group(group) = &outcome.content else { return None };
        let verified = group.verified.filter(|verified| older_than(*verified, after, today))?;
        asks_for_confirmation(group).then(|| Stale {
            slug: group.slug.clone(),
            title: group.title.clone(),
            verified,
            days: today.since(verified).map_or(0, |age| age.get_days()),
            file: document.source.path.clone(),
        })
    };
    let mut listings: Vec<Stale> =
        loaded.documents.iter().zip(outcomes).filter_map(stale).collect();
    listings.sort_by(|a, b| (a.verified, &a.slug).cmp(&(b.verified, &b.slug)));
    listings
}

fn late(span: Option<Span>, name: &str, date: Date, help: &str, subject: &Subject<'_>) {
    let message = format!("`{name}` has passed: {date}");
    let problem = subject.findings.at(&rules::UNTIMELY_DATE, span.unwrap_or_default(), message);
    subject.findings.add(problem.help(help));
}

fn confirmation(fields: &Fields<'_>, verified: Option<&Spanned<Date>>, subject: &Subject<'_>) {
    let (findings, today) = (subject.findings, subject.context.today);
    let Some(verified) = verified else {
        if findings.partial || fields.node("verified").is_some() {
            return;
        }
        let top = fields.key_span("title").unwrap_or_default();
        let problem =
            findings.at(&rules::UNCONFIRMED_LISTING, top, "nobody has confirmed these facts yet");
        findings
            .add(problem.help(format!("when you have asked the group, add `verified: {today}`")));
        return;
    };
    if verified.value > today {
        let message = format!("`verified` lies in the future: {}", verified.value);
        let problem = findings.at(&rules::UNTIMELY_DATE, verified.span, message);
        findings.add(problem.help("write the day on which somebody confirmed the facts"));
    } else if older_than(verified.value, subject.context.stale_after, today) {
        let message = format!("the facts were last confirmed on {}", verified.value);
        let problem = findings.at(&rules::STALE_LISTING, verified.span, message);
        findings.add(
            problem.help(format!("ask the group; if all is still true, write `verified: {today}`")),
        );
    }
}

/// Crisis numbers that nobody has confirmed for half a year; `lines` is the value of `help`.
pub(super) fn check_help(lines: &Node, today: Date, findings: &Findings) {
    let items = match &lines.value {
        Value::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(lines),
    };
    for item in items {
        let Some(verified) = scalar(item, "verified") else { continue };
        if !values::date(&verified.value).is_ok_and(|date| older_than(date, 180, today)) {
            continue;
        }
        let name = scalar(item, "name").map_or_else(String::new, |name| name.value);
        let message = format!("`{name}` was last confirmed more than 180 days ago");
        let problem = findings.at(&rules::STALE_CRISIS_HELP, verified.span, message);
        findings.add(
            problem
                .help(format!("look at the operator's own page, then write `verified: {today}`")),
        );
    }
}
