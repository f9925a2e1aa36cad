//! What an author said of single dates and no row of dates has told yet: cancelled, changed and extra ones.

use jiff::civil::Date;

use crate::model::group::{Cancellation, Change, Extra, Group, Setting};
use crate::render::coming::with_note;
use crate::render::context::{ComingDate, Html};
use crate::render::{place, words};
use crate::theme::texts::Texts;
use crate::timetable::{Meeting, Origin};

/// What rows of meetings have told already.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    /// The meetings that have a row.
    pub(crate) shown: &'a [Meeting<'a>],
    /// The day up to which all meetings have one.
    pub(crate) to: Date,
}

/// Everything that an author said of single dates from a day on and that has not been told, with its first and last day.
pub(crate) fn different(
    group: &Group,
    from: Date,
    texts: &Texts,
    told: Told<'_>,
) -> Vec<(Date, Date, ComingDate)> {
    let no_dates = told.shown.is_empty();
    let cancelled = group.cancelled.iter().filter(|one| no_dates || one.to > told.to);
    let cancelled = cancelled.map(|one| (one.from, one.to, self::cancelled(one, texts)));
    let changed = group.changed.iter().filter(|one| {
        let is_this = |meeting: &Meeting<'_>| match meeting.origin {
            Origin::Changed { change, .. } => change == *one,
            Origin::Rule(_) | Origin::Extra(_) => false,
        };
        !told.shown.iter().any(is_this)
    });
    let changed = changed.map(|one| {
        let to = one.to_date.map_or(one.date, |to| to.max(one.date));
        (one.date, to, changed_ahead(one, texts))
    });
    let extra = group.extra.iter().filter(|one| {
        let is_this = |meeting: &Meeting<'_>| match meeting.origin {
            Origin::Extra(extra) => extra == *one,
            Origin::Rule(_) | Origin::Changed { .. } => false,
        };
        !told.shown.iter().any(is_this)
    });
    let extra = extra.map(|one| (one.date, one.date, extra_ahead(one, texts)));
    cancelled.chain(changed).chain(extra).filter(|(_, to, _)| *to >= from).collect()
}

fn cancelled(one: &Cancellation, texts: &Texts) -> ComingDate {
    let single = one.from == one.to;
    let date = if single {
        Html::new(&words::weekday_time(one.from, texts))
    } else {
        words::plain(&words::dates(one.from, one.to, texts))
    };
    let what = if single { "group.cancelled" } else { "group.none_happens" };
    let words = vec![with_note(texts.say(what), one.reason.as_ref(), texts)];
    ComingDate { date, details: None, struck: single, words, until: Some(one.to.to_string()) }
}

fn changed_ahead(one: &Change, texts: &Texts) -> ComingDate {
    let moved =
        one.to_date.map(|to| texts.fill("group.moved", &[("date", &words::day(to, true, texts))]));
    let parts = parts(moved, one.time.as_ref(), &one.setting, texts);
    let what = match parts.as_slice() {
        [] => texts.say("group.unchanged").to_owned(),
        _ => parts.join(", "),
    };
    ComingDate {
        date: Html::new(&words::weekday_time(one.date, texts)),
        details: None,
        struck: one.to_date.is_some(),
        words: vec![with_note(&what, one.note.as_ref(), texts)],
        until: Some(one.to_date.map_or(one.date, |to| to.max(one.date)).to_string()),
    }
}

fn extra_ahead(one: &Extra, texts: &Texts) -> ComingDate {
    let head = Some(texts.say("group.extra").to_owned());
    let what = parts(head, one.time.as_ref(), &one.setting, texts).join(", ");
    ComingDate {
        date: Html::new(&words::weekday_time(one.date, texts)),
        details: None,
        struck: false,
        words: vec![with_note(&what, one.note.as_ref(), texts)],
        until: Some(one.date.to_string()),
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
