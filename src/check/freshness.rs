//! What depends on the day: confirmations that grow old, dates that have passed.

use jiff::civil::Date;

use crate::check::atlas::scalar;
use crate::check::fields::{Fields, Findings};
use crate::check::settings::older_than;
use crate::check::subject::Subject;
use crate::check::values;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{Node, Value};
use crate::model::group::{Group, Status, Visibility};
use crate::source::{Span, Spanned};

/// Looks a group's dates over.
pub(super) fn check(
    group: &Group,
    fields: &Fields<'_>,
    verified: Option<&Spanned<Date>>,
    subject: &Subject<'_>,
) {
    if matches!(group.status, Status::Ended) || matches!(group.visibility, Visibility::Draft) {
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
