//! `schedule`: sentences and what goes with each, or words that are no dates.

use jiff::civil::Date;

use crate::check::fields::Fields;
use crate::check::meetings::{Term, fits_inherited, needs_zone, report, setting, timezone, zone};
use crate::check::sentences::{NEVER_MEETS, without_days};
use crate::check::subject::Subject;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{self, Node, Value};
use crate::model::group::{Entry, Schedule, Setting};
use crate::schedule::{Given, Sentence, read};
use crate::schema::group::{ENTRY, SAY};
use crate::source::Spanned;

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
            let words = say.text("say").filter(|words| !is_blank(words, subject));
            let words = words.map(|words| Schedule::Words(words.value));
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

/// Reports words that say nothing.
fn is_blank(words: &Spanned<String>, subject: &Subject<'_>) -> bool {
    let is_blank = words.value.is_empty();
    if is_blank {
        let message = "`say` is empty";
        let problem = subject.findings.at(&rules::MISSING_FIELD, words.span, message);
        let help = "write your own words, such as `Twice a month; members receive the dates.`";
        subject.findings.add(problem.help(help));
    }
    is_blank
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
    fits_inherited(&fields, group.format, subject);
    let setting = own.within(group);
    let term = Term::read(&fields).within(term, subject.findings);
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
    if let Some(message) = without_days(&sentence, &given) {
        never_meets(message, when, term, subject);
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

fn never_meets(message: &str, when: &Spanned<String>, term: &Term, subject: &Subject<'_>) {
    let findings = subject.findings;
    if let (Some(starts), Some(ends)) = (&term.starts, &term.ends)
        && ends.value < starts.value
    {
        // That was reported where it stands.
        return;
    }
    let problem = findings.at(&rules::EMPTY_SCHEDULE, when.span, message);
    let problem = match term.ends.as_ref().or(term.starts.as_ref()) {
        Some(date) => problem.related(
            &findings.source,
            date.span,
            if term.ends.is_some() { "`ends` is here" } else { "`starts` is here" },
        ),
        None => problem,
    };
    findings.add(problem.help(NEVER_MEETS));
}
