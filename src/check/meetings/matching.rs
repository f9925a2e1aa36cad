//! Whether exceptions and presentations are on days on which the schedule has meetings.
//!
//! Asked only where the whole schedule was understood: a date that seems to match nothing may otherwise belong to what
//! was not.

use std::ops::RangeInclusive;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::check::meetings::Exceptions;
use crate::check::meetings::schedule::Written;
use crate::check::sentences::ALL_DAYS;
use crate::check::subject::Subject;
use crate::diagnostic::rules::content as rules;
use crate::model::group::{Cancellation, Change, Entry, Extra, Schedule, Slot};
use crate::schedule::{Clock, DateRange};
use crate::source::{Span, Spanned};

/// How far from an exception its neighbours are looked for.
const NEAR: i64 = 400;

/// Looks the exceptions and the dates of presentations over.
pub(in crate::check) fn check(
    written: &Written,
    exceptions: &Exceptions,
    slots: &[Spanned<Slot>],
    subject: &Subject<'_>,
) {
    if !written.is_whole {
        return;
    }
    let matching = Matching { exceptions, subject };
    matching.contradictions();
    matching.holidays();
    match &written.schedule {
        Schedule::Entries(entries) => {
            let Some(planned) = Planned::of(entries, exceptions, slots, subject) else { return };
            matching.cancelled(&planned);
            matching.changed(&planned);
            matching.extra(&planned, entries);
            matching.slots(&planned, slots);
        }
        Schedule::Words(_) => matching.without_dates(
            "`schedule` names no dates in `say:`",
            "say it under `status_note:`, or give the schedule its dates",
        ),
        Schedule::NotStated => matching.without_dates(
            "there is no `schedule`",
            "add a line such as `schedule: 1st and 3rd Tuesday, 7:00–8:30 pm`",
        ),
    }
}

/// A meeting as the schedule has it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Plan {
    date: Date,
    clock: Option<Clock>,
}

/// The meetings of a schedule around its exceptions, in order.
struct Planned(Vec<Plan>);

impl Planned {
    /// None where there are no exceptions.
    fn of(
        entries: &[Entry],
        exceptions: &Exceptions,
        slots: &[Spanned<Slot>],
        subject: &Subject<'_>,
    ) -> Option<Planned> {
        let cancelled = exceptions.cancelled.iter().flat_map(|one| [one.value.from, one.value.to]);
        let changed = exceptions.changed.iter().map(|change| change.value.date);
        let extra = exceptions.extra.iter().map(|extra| extra.value.date);
        let slots = slots.iter().map(|slot| slot.value.date);
        let dates =
            || cancelled.clone().chain(changed.clone()).chain(extra.clone()).chain(slots.clone());
        let near = |date: Date, days: i64| date.saturating_add(days.days());
        let window = DateRange {
            from: near(dates().min()?, -NEAR).max(ALL_DAYS.from),
            to: near(dates().max()?, NEAR).min(ALL_DAYS.to),
        };
        let is_holiday = |date: &Date| subject.context.settings.holiday(*date).is_some();
        let rules = entries.iter().flat_map(|entry| &entry.rules);
        let mut all: Vec<Plan> = rules
            .flat_map(|rule| {
                let dates = rule.dates(window);
                let dates = dates.filter(move |date| !(rule.except_holidays && is_holiday(date)));
                dates.map(|date| Plan { date, clock: rule.clock })
            })
            .collect();
        all.sort_unstable();
        Some(Planned(all))
    }

    fn between(&self, days: RangeInclusive<Date>) -> &[Plan] {
        let from = self.0.partition_point(|plan| plan.date < *days.start());
        let to = self.0.partition_point(|plan| plan.date <= *days.end());
        self.0.get(from..to).unwrap_or(&[])
    }

    fn on(&self, date: Date) -> &[Plan] {
        self.between(date..=date)
    }

    /// The meetings before and after a day without one, in words.
    fn nearest(&self, date: Date) -> String {
        let after = self.0.partition_point(|plan| plan.date < date);
        let next = self.0.get(after).map(|plan| plan.date);
        let last = after.checked_sub(1).and_then(|before| self.0.get(before)).map(|plan| plan.date);
        match (last, next) {
            (Some(last), Some(next)) => format!("the nearest are {}", both(last, next)),
            (Some(one), None) => format!("the last one is on {}", day(one)),
            (None, Some(one)) => format!("the first one is on {}", day(one)),
            (None, None) => "there is none within a year of it".to_owned(),
        }
    }
}

/// `8 December 2026`.
fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `1 and 15 December 2026`.
fn both(first: Date, second: Date) -> String {
    let format = if first.year() != second.year() {
        "%-d %B %Y"
    } else if first.month() != second.month() {
        "%-d %B"
    } else {
        "%-d"
    };
    format!("{} and {}", first.strftime(format), day(second))
}

struct Matching<'a> {
    exceptions: &'a Exceptions,
    subject: &'a Subject<'a>,
}

impl Matching<'_> {
    /// Days of which two exceptions say different things.
    fn contradictions(&self) {
        let mut seen: Vec<&Spanned<Change>> = self.exceptions.changed.iter().collect();
        seen.sort_by_key(|change| (change.value.date, change.span));
        for (first, second) in seen.iter().zip(seen.iter().skip(1)) {
            if first.value.date == second.value.date {
                let message = format!("{} is changed twice", day(second.value.date));
                self.contradiction(second.span, message, first.span, "the first change is here");
            }
        }
        for change in seen {
            if let Some(cancelled) = self.cancellation(change.value.date) {
                let message = format!("{} is both cancelled and changed", day(change.value.date));
                self.contradiction(change.span, message, cancelled.span, "it is cancelled here");
            }
        }
    }

    /// Meetings that were moved to, or put on, a day on which the network holds none.
    fn holidays(&self) {
        let settings = self.subject.context.settings;
        if !settings.holidays_cancel {
            return;
        }
        let changed = self.exceptions.changed.iter();
        let changed =
            changed.map(|change| (change.value.to_date.unwrap_or(change.value.date), change.span));
        let extra = self.exceptions.extra.iter().map(|extra| (extra.value.date, extra.span));
        for (date, span) in changed.chain(extra) {
            let Some(holiday) = settings.holiday(date) else { continue };
            let message =
                format!("no group meets on {}: it is a holiday ({})", day(date), holiday.name);
            let findings = self.subject.findings;
            let problem = findings.at(&rules::EXCEPTION_ON_HOLIDAY, span, message);
            findings.add(problem.help(
                "choose another day; whether holidays cancel is `holidays_cancel` in site.yaml",
            ));
        }
    }

    fn contradiction(&self, span: Span, message: String, other: Span, label: &str) {
        let findings = self.subject.findings;
        let problem = findings.at(&rules::EXCEPTION_CONTRADICTION, span, message);
        let problem = problem.related(&findings.source, other, label);
        findings.add(problem.help("keep the one that is true"));
    }

    fn cancellation(&self, date: Date) -> Option<&Spanned<Cancellation>> {
        let mut cancelled = self.exceptions.cancelled.iter();
        cancelled.find(|one| one.value.from <= date && date <= one.value.to)
    }

    fn cancelled(&self, planned: &Planned) {
        for Spanned { value, span } in &self.exceptions.cancelled {
            if !planned.between(value.from..=value.to).is_empty() {
                continue;
            }
            if value.from == value.to {
                self.unmatched(value.from, *span, planned);
            } else if value.from < value.to {
                let message =
                    format!("no meeting is planned from {} to {}", day(value.from), day(value.to));
                let findings = self.subject.findings;
                let problem = findings.at(&rules::UNMATCHED_RANGE, *span, message);
                findings.add(problem.help(format!(
                    "{}; correct the dates, or take the line out",
                    planned.nearest(value.from)
                )));
            }
        }
    }

    fn changed(&self, planned: &Planned) {
        for Spanned { value, span } in &self.exceptions.changed {
            match planned.on(value.date) {
                [] => self.unmatched(value.date, *span, planned),
                [plan] => self.moved(value, plan.clock, *span, planned),
                several => {
                    let number = several.len();
                    let message = format!("{number} meetings are planned on {}", day(value.date));
                    let findings = self.subject.findings;
                    let problem = findings.at(&rules::AMBIGUOUS_SCHEDULE, *span, message);
                    findings.add(problem.help(
                        "which one is different? put the day under `cancelled:`, \
                         and its meetings, each with its `time:`, under `extra:`",
                    ));
                }
            }
        }
    }

    fn unmatched(&self, date: Date, span: Span, planned: &Planned) {
        let findings = self.subject.findings;
        let message = format!("no meeting is planned on {}", date.strftime("%A %-d %B %Y"));
        let problem = findings.at(&rules::UNMATCHED_DATE, span, message);
        let extra = self.exceptions.extra.iter().find(|extra| extra.value.date == date);
        let mut changed = self.exceptions.changed.iter();
        let moved = changed.find(|change| change.value.to_date == Some(date));
        findings.add(match (extra, moved) {
            (Some(extra), _) => problem
                .related(&findings.source, extra.span, "a meeting on top is here")
                .help("correct that line, or take it out"),
            (None, Some(moved)) => {
                let planned = moved.value.date;
                let was = format!("the meeting of {} moves here", day(planned));
                problem.related(&findings.source, moved.span, was).help(format!(
                    "correct that line; if the meeting does not happen at all, take it out \
                     and write `cancelled: [{{date: {planned}}}]`"
                ))
            }
            (None, None) => problem.help(format!(
                "{}; correct the date; a meeting on top goes under `extra:`",
                planned.nearest(date)
            )),
        });
    }

    fn extra(&self, planned: &Planned, entries: &[Entry]) {
        let mut clocks = entries.iter().flat_map(|entry| &entry.rules).map(|rule| rule.clock);
        let first = clocks.next().flatten();
        let differ = clocks.any(|clock| clock != first);
        for extra in &self.exceptions.extra {
            if extra.value.time.is_none() && differ {
                let message = "the other meetings are not all at the same time";
                let findings = self.subject.findings;
                let problem = findings.at(&rules::AMBIGUOUS_SCHEDULE, extra.span, message);
                findings
                    .add(problem.help("when is this one? add `time:`, such as `time: 7–8:30 pm`"));
            } else {
                self.planned_already(extra, planned, first);
            }
        }
    }

    /// A meeting that moves to where one is.
    fn moved(&self, change: &Change, usual: Option<Clock>, span: Span, planned: &Planned) {
        let Some(date) = change.to_date.filter(|to| *to != change.date) else { return };
        let clock = change.clock.or(usual);
        if self.is_taken(Plan { date, clock }, planned) {
            let message = format!(
                "the meeting of {} moves to {}, where one is planned already",
                day(change.date),
                day(date)
            );
            let findings = self.subject.findings;
            let problem = findings.at(&rules::PLANNED_ALREADY, span, message);
            findings
                .add(problem.help("write another `to_date:`, or put the day under `cancelled:`"));
        }
    }

    fn planned_already(&self, extra: &Spanned<Extra>, planned: &Planned, usual: Option<Clock>) {
        let hours = |extra: &Extra| Plan { date: extra.date, clock: extra.clock.or(usual) };
        let findings = self.subject.findings;
        if self.is_taken(hours(&extra.value), planned) {
            let date = day(extra.value.date);
            let message = format!("the meeting on {date} is not on top: it is planned");
            let problem = findings.at(&rules::PLANNED_ALREADY, extra.span, message);
            let help = "take the line out; what differs that day goes under `changed:`";
            findings.add(problem.help(help));
        }
    }

    /// Whether the schedule has a meeting then that is neither cancelled nor changed.
    fn is_taken(&self, then: Plan, planned: &Planned) -> bool {
        let is_changed =
            self.exceptions.changed.iter().any(|change| change.value.date == then.date);
        let happens = !is_changed && self.cancellation(then.date).is_none();
        happens && planned.on(then.date).contains(&then)
    }

    fn slots(&self, planned: &Planned, slots: &[Spanned<Slot>]) {
        for Spanned { value: Slot { date, .. }, span } in slots {
            let changed = self.exceptions.changed.iter().map(|change| &change.value);
            let lands = |change: &Change| change.to_date.unwrap_or(change.date) == *date;
            let on_top = self.exceptions.extra.iter().any(|extra| extra.value.date == *date);
            if on_top || changed.clone().any(lands) {
                continue;
            }
            let moved = changed.clone().find(|change| change.date == *date);
            let (message, help) = if let Some(to) = moved.and_then(|change| change.to_date) {
                (format!("the meeting on {} was moved", day(*date)), format!("write `date: {to}`"))
            } else if planned.on(*date).is_empty() {
                let message = format!("no meeting is planned on {}", date.strftime("%A %-d %B %Y"));
                (message, format!("{}; correct the date", planned.nearest(*date)))
            } else if self.cancellation(*date).is_some() {
                let help = "write the date of another meeting, or take the line out";
                (format!("the meeting on {} is cancelled", day(*date)), help.to_owned())
            } else {
                continue;
            };
            let findings = self.subject.findings;
            findings.add(findings.at(&rules::UNMATCHED_SLOT, *span, message).help(help));
        }
    }

    /// Where no dates are told, none can be cancelled or moved.
    fn without_dates(&self, why: &str, help: &str) {
        let cancelled = self.exceptions.cancelled.iter().map(|one| (one.span, "cancelled"));
        let changed = self.exceptions.changed.iter().map(|change| (change.span, "changed"));
        for (span, done) in cancelled.chain(changed) {
            let message = format!("no date can be {done}: {why}");
            let findings = self.subject.findings;
            findings.add(findings.at(&rules::UNMATCHED_DATE, span, message).help(help));
        }
    }
}
