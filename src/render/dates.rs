//! When a group meets, as its author wrote it, and the dates that are different.

use jiff::civil::Date;

use crate::model::group::{Cancellation, Change, Entry, Extra, Format, Group, Schedule, Setting};
use crate::render::context::{self, DifferentDate, Html, ScheduleEntry};
use crate::render::edition::Edition;
use crate::render::{place, state, words};
use crate::theme::texts::Texts;

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

/// The sentences of a schedule and the dates that are different, from today on.
pub(crate) fn schedule(group: &Group, edition: &Edition) -> context::Schedule {
    let texts = edition.texts();
    let entries = match &group.schedule {
        Schedule::NotStated => Vec::new(),
        Schedule::Words(words) => vec![ScheduleEntry {
            when: words.clone(),
            about: words::span(group.starts, group.ends, texts),
            place: None,
            topic: None,
            note: None,
        }],
        Schedule::Entries(entries) => self::entries(group, entries, edition),
    };
    let different = match state::first_day(group, edition.today) {
        Some(from) => different(group, from, texts),
        None => Vec::new(),
    };
    context::Schedule { entries, different }
}

fn entries(group: &Group, entries: &[Entry], edition: &Edition) -> Vec<ScheduleEntry> {
    let texts = edition.texts();
    let several = entries.windows(2).any(|pair| pair[0].setting != pair[1].setting);
    entries
        .iter()
        .map(|entry| {
            let from = entry.starts.or(group.starts);
            let span = words::span(from, entry.ends.or(group.ends), texts);
            let zone = zone_of(&entry.setting, edition);
            let about: Vec<String> = zone.into_iter().chain(span).collect();
            ScheduleEntry {
                when: entry.when.clone(),
                about: (!about.is_empty()).then(|| about.join(", ")),
                place: several.then(|| place::setting_line(&entry.setting, texts)).flatten(),
                topic: entry.topic.clone(),
                note: words::prose(entry.note.as_ref()),
            }
        })
        .collect()
}

fn different(group: &Group, from: Date, texts: &Texts) -> Vec<DifferentDate> {
    let cancelled = group.cancelled.iter().map(|one| (one.from, one.to, cancelled(one, texts)));
    let changed = group.changed.iter().map(|one| {
        let to = one.to_date.map_or(one.date, |to| to.max(one.date));
        (one.date, to, changed(one, texts))
    });
    let extra = group.extra.iter().map(|one| (one.date, one.date, extra(one, texts)));
    let mut all: Vec<(Date, Date, DifferentDate)> =
        cancelled.chain(changed).chain(extra).filter(|(_, to, _)| *to >= from).collect();
    all.sort_by_key(|(first, last, _)| (*first, *last));
    all.into_iter().map(|(_, _, date)| date).collect()
}

fn cancelled(one: &Cancellation, texts: &Texts) -> DifferentDate {
    let date = if one.from == one.to {
        Html::new(&words::time(one.from, texts))
    } else {
        words::plain(&words::dates(one.from, one.to, texts))
    };
    DifferentDate {
        date,
        words: texts.say("group.cancelled").to_owned(),
        note: words::prose(one.reason.as_ref()),
        until: one.to.to_string(),
    }
}

fn changed(one: &Change, texts: &Texts) -> DifferentDate {
    let moved =
        one.to_date.map(|to| texts.fill("group.moved", &[("date", &words::date(to, texts))]));
    let head = moved.or_else(|| Some(texts.say("group.changed").to_owned()));
    let parts = parts(head, one.time.as_ref(), &one.setting, texts);
    let words = match parts.as_slice() {
        [_] if one.to_date.is_none() => texts.say("group.unchanged").to_owned(),
        _ => parts.join(", "),
    };
    DifferentDate {
        date: Html::new(&words::time(one.date, texts)),
        words,
        note: words::prose(one.note.as_ref()),
        until: one.to_date.map_or(one.date, |to| to.max(one.date)).to_string(),
    }
}

fn extra(one: &Extra, texts: &Texts) -> DifferentDate {
    let head = Some(texts.say("group.extra").to_owned());
    DifferentDate {
        date: Html::new(&words::time(one.date, texts)),
        words: parts(head, one.time.as_ref(), &one.setting, texts).join(", "),
        note: words::prose(one.note.as_ref()),
        until: one.date.to_string(),
    }
}

fn parts(
    head: Option<String>,
    time: Option<&String>,
    setting: &Setting,
    texts: &Texts,
) -> Vec<String> {
    head.into_iter().chain(time.cloned()).chain(place::setting_line(setting, texts)).collect()
}
