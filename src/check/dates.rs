//! Days and ranges of days, and the order that they must have.

use jiff::civil::Date;

use crate::check::fields::{Fields, Findings};
use crate::check::values;
use crate::diagnostic::rules::content as rules;
use crate::source::{Span, Spanned};

/// `date`, or `from` and `to`, as first and last day.
pub(super) fn day_or_range(fields: &Fields<'_>, span: Span) -> Option<(Date, Date)> {
    let date = fields.value("date", values::date);
    let from = fields.value("from", values::date);
    let to = fields.value("to", values::date);
    let written = ["date", "from", "to"].map(|name| fields.key_span(name).is_some());
    let (problem, help) = match written {
        [true, false, false] => return date.map(|date| (date.value, date.value)),
        [false, true, true] => {
            let (from, to) = (from?, to?);
            in_order(fields.findings, "from", &from, "to", &to);
            return Some((from.value, to.value));
        }
        [false, false, false] if fields.is_something_else => return None,
        [false, false, false] => ("has no date", "add `date:`, or `from:` and `to:`"),
        [false, true, false] => {
            ("has `from` without `to`", "add `to:`, or write `date:` for a single day")
        }
        [false, false, true] => {
            ("has `to` without `from`", "add `from:`, or write `date:` for a single day")
        }
        [true, _, _] => ("has both a date and a range", "keep `date:`, or `from:` and `to:`"),
    };
    let message = format!("{} {problem}", fields.record.name);
    fields.findings.add(fields.findings.at(&rules::MISSING_FIELD, span, message).help(help));
    None
}

/// Reports a range that runs backwards, on its later end.
pub(super) fn in_order(
    findings: &Findings,
    first_name: &str,
    first: &Spanned<Date>,
    last_name: &str,
    last: &Spanned<Date>,
) {
    if last.value >= first.value {
        return;
    }
    let message =
        format!("`{last_name}` ({}) lies before `{first_name}` ({})", last.value, first.value);
    let problem = findings.at(&rules::ENDS_BEFORE_STARTS, last.span, message);
    let problem = problem.related(&findings.source, first.span, format!("`{first_name}` is here"));
    findings.add(problem.help("swap the two dates, or correct the year"));
}
