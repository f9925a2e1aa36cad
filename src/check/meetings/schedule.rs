//! `schedule`: sentences and what goes with each, or words that are no dates.

use jiff::civil::{Date, date};

use crate::check::fields::Fields;
use crate::check::meetings::{Term, needs_zone, report, setting, timezone, zone};
use crate::check::subject::Subject;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{self, Node, Value};
use crate::model::group::{Entry, Schedule, Setting};
use crate::schedule::{DateRange, Given, Sentence, read};
use crate::schema::group::{ENTRY, SAY};
use crate::source::Spanned;

/// The days between which all dates of a site lie, as [`crate::check::values::date`] reads them.
pub(super) const ALL_DAYS: DateRange = DateRange { from: date(1900, 1, 1), to: date(2200, 12, 31) };

/// A schedule, and how much of it was understood.
#[derive(Clone)]
pub(in crate::check) struct Written {
    pub(in crate::check) schedule: Schedule,
    /// Whether it says all that its author wrote, so that a date that is not in it is in no meeting.
    pub(super) is_whole: bool,
}

/// `schedule`: a sentence, a list of entries, or words that are no dates.
pub(in crate::check) fn schedule(
    fields: &Fields<'_>,
    group: &Setting,
    term: &Term,
    subject: &Subject<'_>,
) -> Written {
    let nothing = |is_whole| Written { schedule: Schedule::NotStated, is_whole };
    let Some(node) = fields.node("schedule") else { return nothing(!subject.findings.partial) };
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
            return nothing(false);
        }
        Value::Mapping(entries) if !entries.iter().any(|entry| entry.key == "when") => {
            let say = Fields::open(&SAY, node, subject.findings);
            let words = say.words("say").map(Schedule::Words);
            return Written { is_whole: words.is_some(), schedule: words.unwrap_or_default() };
        }
        Value::Sequence(items) => items.as_slice(),
        Value::Scalar { .. } | Value::Mapping(_) | Value::Blank => std::slice::from_ref(node),
    };
    let mut entries: Vec<Entry> =
        items.iter().filter_map(|item| entry(item, fields, group, term, subject)).collect();
    // Most have one, and all groups of a site are in memory at once.
    entries.shrink_to_fit();
    let is_whole = !subject.findings.partial
        && entries.len() == items.len()
        && entries.iter().all(|entry| !entry.rules.is_empty());
    let schedule =
        if entries.is_empty() { Schedule::NotStated } else { Schedule::Entries(entries) };
    Written { schedule, is_whole }
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
        let setting = Setting::default().within(group);
        let sentence = sentence(&when, &setting, term, subject);
        tells_zone(&when, sentence.as_ref(), &setting, subject);
        return Some(Entry {
            rules: sentence.map_or_else(Vec::new, |sentence| sentence.rules),
            when: when.value,
            setting,
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
    let term = Term::read(&fields).within(term);
    let (topic, note) = (fields.words("topic"), subject.inline(&fields, "note"));
    let when = when?;
    let sentence = sentence(&when, &setting, &term, subject);
    if node.get("timezone").is_none() {
        tells_zone(&when, sentence.as_ref(), &setting, subject);
    }
    Some(Entry {
        rules: sentence.map_or_else(Vec::new, |sentence| sentence.rules),
        when: when.value,
        setting,
        starts: term.starts.map(|date| date.value),
        ends: term.ends.map(|date| date.value),
        topic,
        note,
    })
}

/// What a sentence means; nothing where that is not sure.
fn sentence(
    when: &Spanned<String>,
    setting: &Setting,
    term: &Term,
    subject: &Subject<'_>,
) -> Option<Sentence> {
    let day = |field: &Option<Spanned<Date>>| field.as_ref().map(|date| date.value);
    let given =
        Given { starts: day(&term.starts), ends: day(&term.ends), zone: zone(setting, subject) };
    let sentence = match read(&when.value, &given) {
        Ok(sentence) => sentence,
        Err(misreads) => {
            report(&misreads, when, subject);
            return None;
        }
    };
    if sentence.rules.iter().all(|rule| rule.dates(ALL_DAYS).next().is_none()) {
        never_meets(when, term, subject);
        return None;
    }
    Some(sentence)
}

/// Reports hours that no zone is told for.
fn tells_zone(
    when: &Spanned<String>,
    sentence: Option<&Sentence>,
    setting: &Setting,
    subject: &Subject<'_>,
) {
    let Some(sentence) = sentence else { return };
    if sentence.rules.iter().any(|rule| rule.clock.is_some()) {
        let meant = sentence.zone_hint.as_ref().and_then(|hint| hint.zone.as_ref());
        needs_zone(when.span, setting, meant, subject);
    }
}

fn never_meets(when: &Spanned<String>, term: &Term, subject: &Subject<'_>) {
    let findings = subject.findings;
    if let (Some(starts), Some(ends)) = (&term.starts, &term.ends)
        && ends.value < starts.value
    {
        // That was reported where it stands.
        return;
    }
    let message = match (&term.starts, &term.ends) {
        (Some(_), Some(_)) => "between `starts` and `ends` there is no such day",
        (Some(_), None) => "from `starts` on there is no such day",
        (None, Some(_)) => "until `ends` there is no such day",
        (None, None) => "there is no such day",
    };
    let problem = findings.at(&rules::EMPTY_SCHEDULE, when.span, message);
    let problem = match term.ends.as_ref().or(term.starts.as_ref()) {
        Some(date) => problem.related(
            &findings.source,
            date.span,
            if term.ends.is_some() { "`ends` is here" } else { "`starts` is here" },
        ),
        None => problem,
    };
    findings.add(problem.help("correct the dates; as it stands, the group would never meet"));
}
