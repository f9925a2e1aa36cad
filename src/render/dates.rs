//! When a group meets, as its author wrote it, and what that means where it says more.

use jiff::civil::Date;

use crate::model::group::{Entry, Format, Group, Schedule, Setting};
use crate::render::context::{self, ScheduleEntry};
use crate::render::edition::Edition;
use crate::render::{calendar, coming, hours, place, sentence, words};
use crate::schedule::{Rule, describe};

/// The zone of the group's clock times, in words; none where its schedule has none.
pub(crate) fn zone(group: &Group, edition: &Edition) -> Option<String> {
    let Schedule::Entries(entries) = &group.schedule else { return None };
    zone_of(&entries.first()?.setting, edition)
}

/// The zone of a meeting: its own, else the site's where people may be elsewhere.
fn zone_of(setting: &Setting, edition: &Edition) -> Option<String> {
    let elsewhere = matches!(setting.format, Some(Format::Online | Format::Hybrid));
    let site = edition.site.settings.timezone.as_ref().filter(|_| elsewhere);
    words::zone(setting.timezone.as_ref().or(site)?, edition.texts())
}

/// The sentences of a schedule, its dates from today on and its calendar.
pub(crate) fn schedule(group: &Group, edition: &Edition) -> context::Schedule {
    let texts = edition.texts();
    let entries = match &group.schedule {
        Schedule::NotStated => Vec::new(),
        Schedule::Words(words) => vec![ScheduleEntry {
            when: hours::whole(words),
            exact: None,
            about: words::span(ahead(group.starts, edition), group.ends, texts),
            place: None,
            topic: None,
            note: None,
        }],
        Schedule::Entries(entries) => self::entries(group, entries, edition),
    };
    let dates = coming::dates(group, edition);
    context::Schedule {
        entries,
        coming: dates.coming,
        different: dates.different,
        calendar: calendar::of_group(group, edition),
    }
}

fn entries(group: &Group, entries: &[Entry], edition: &Edition) -> Vec<ScheduleEntry> {
    let texts = edition.texts();
    let several = entries.windows(2).any(|pair| pair[0].setting != pair[1].setting);
    entries
        .iter()
        .map(|entry| {
            let is_new = |day: &Date| {
                // The sentence may name the day itself.
                sentence::says_more(&words::date(*day, texts), &[&entry.when])
            };
            let starts = entry.starts.or(group.starts);
            let counts = entry.rules.iter().any(Rule::needs_first);
            let from = if counts { starts } else { ahead(starts, edition) }.filter(is_new);
            let span = words::span(from, entry.ends.or(group.ends), texts);
            let zone = zone_of(&entry.setting, edition);
            let exact = exact(entry, span.as_deref(), edition);
            let span = span.filter(|span| {
                exact.as_deref().is_none_or(|exact| sentence::says_more(span, &[exact]))
            });
            let about: Vec<String> = zone.into_iter().chain(span).collect();
            ScheduleEntry {
                when: hours::whole(&entry.when),
                exact: exact.map(|exact| hours::whole(&exact)),
                about: (!about.is_empty()).then(|| about.join(", ")),
                place: several.then(|| place::setting_line(&entry.setting, texts)).flatten(),
                topic: entry.topic.clone(),
                note: words::prose(entry.note.as_ref()),
            }
        })
        .collect()
}

/// What an entry means, in the words of [`describe`], where that says more than its author and its fields do.
fn exact(entry: &Entry, span: Option<&str>, edition: &Edition) -> Option<String> {
    let told = |rule: &Rule| {
        let first = if rule.needs_first() { rule.first } else { ahead(rule.first, edition) };
        Rule { first, ..rule.clone() }
    };
    let rules: Vec<Rule> = entry.rules.iter().map(told).collect();
    let exact = describe(&rules, None);
    let known: Vec<&str> = Some(entry.when.as_str()).into_iter().chain(span).collect();
    sentence::says_more(&exact, &known).then(|| words::capitalised(&exact))
}

/// A first day that is still to come. One that is over says nothing to a reader, unless weeks or meetings are counted from
/// it.
fn ahead(first: Option<Date>, edition: &Edition) -> Option<Date> {
    first.filter(|first| *first > edition.today)
}
