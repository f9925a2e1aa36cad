//! What an organizer would like to know about a page: the panel "This page".
//!
//! Takes the edition that the page is made from, its route and what was found in its file; gives values that the template
//! shows: which file to edit, when the facts were confirmed, what the schedule's sentences mean, with their next dates,
//! and which of the eight questions are still open. Never part of what is published.

use jiff::civil::Date;
use jiff::{Span, Unit};
use serde::Serialize;

use crate::diagnostic::rules::content::{MISSING_SCHEDULE, UNREACHABLE_GROUP};
use crate::diagnostic::{Diagnostic, Level, Report};
use crate::model::group::{Entry, Extra, Group, Membership, Schedule, Status, Structure};
use crate::model::settings::Settings;
use crate::new::group::{Asked, questions};
use crate::render::{Edition, Route, Target};
use crate::schedule::{DateRange, describe, describe_hours};
use crate::serve::banner::{MOST_SHOWN, Problem, Words, words};
use crate::timetable::{Cause, Closed, Meeting, Origin, Standing, Timetable};

/// So many dates show whether a sentence means what its author had in mind.
const DATES: usize = 5;
/// How many months ahead dates are looked for, until there are enough.
const AHEAD: [i32; 3] = [3, 24, 120];

/// What an organizer would like to know about a page.
#[derive(Debug, Default, Serialize)]
pub(super) struct Panel {
    /// The file to edit.
    file: Option<String>,
    /// What a page is made from that has no file of its own, or more than that.
    made_from: Option<Vec<Words>>,
    group: Option<Facts>,
    /// Warnings and hints of the file.
    notes: Vec<Problem>,
    more: Option<String>,
    /// Open questions and notes.
    to_do: usize,
}

/// What only groups have.
#[derive(Debug, Serialize)]
struct Facts {
    confirmed: Vec<Words>,
    schedule: Vec<Sentence>,
    open: Vec<Open>,
}

/// A sentence of a schedule and what it means.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Sentence {
    written: Option<String>,
    meaning: String,
    dates: Vec<Day>,
}

/// A meeting in a line.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Day {
    when: String,
    cancelled: bool,
    remark: Option<String>,
}

/// A question that nothing answers yet, and the fields that would.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Open {
    heading: &'static str,
    hint: Vec<Words>,
    fields: Vec<&'static str>,
}

impl Panel {
    /// The panel of a page; `file` is the one that it is made from, `report` is of the whole site.
    pub(super) fn new(
        edition: &Edition,
        route: &Route,
        file: Option<&str>,
        report: &Report,
    ) -> Panel {
        let group = match route.target {
            Target::Group(at) => edition.site.groups.get(at),
            _ => None,
        };
        let facts = group.map(|group| Facts::of(group, &edition.site.settings, edition.today));
        let notes: Vec<_> = report
            .diagnostics()
            .iter()
            .filter(|found| found.level < Level::Error && Some(found.source.path.as_str()) == file)
            .collect();
        let hidden = notes.len().saturating_sub(MOST_SHOWN);
        let open = facts.as_ref().map_or(&[][..], |facts| &facts.open);
        let others = notes.iter().filter(|note| !asks_the_same(note, open));
        Panel {
            file: file.map(str::to_owned),
            made_from: made_from(edition, route.target, file.is_some()).map(|text| words(&text)),
            to_do: open.len() + others.count(),
            group: facts,
            notes: notes.into_iter().take(MOST_SHOWN).map(Problem::new).collect(),
            more: (hidden > 0)
                .then(|| format!("and {hidden} more; `roundtable check` tells them all")),
        }
    }
}

/// Whether a note asks for what an open question asks for: that is one thing to do.
fn asks_the_same(note: &Diagnostic, open: &[Open]) -> bool {
    let asked_for = [(&UNREACHABLE_GROUP, "contact"), (&MISSING_SCHEDULE, "schedule")];
    let of_note = asked_for.iter().find(|(rule, _)| rule.name == note.rule.name);
    of_note.is_some_and(|(_, field)| open.iter().any(|question| question.fields.contains(field)))
}

/// What pages are made from that no single file holds.
fn made_from(edition: &Edition, target: Target, has_file: bool) -> Option<String> {
    let own_words = |facts: &str, page: &str| {
        if has_file {
            format!("this file, and {facts}")
        } else {
            format!("{facts}; a file `content/pages/{page}.md` would add words of your own")
        }
    };
    Some(match target {
        Target::Group(_) | Target::Resource(_) | Target::Free(_) => return None,
        Target::Home => own_words("`site.yaml` with the groups in `content/groups`", "home"),
        Target::Directory(_) => "the groups in `content/groups` that are listed".to_owned(),
        Target::Facet { facet, .. } => match edition.index.facets.get(facet) {
            Some(pages) => format!(
                "the groups in `content/groups` that have this value of `{}`",
                pages.facet.name()
            ),
            None => "the groups in `content/groups`".to_owned(),
        },
        Target::Week => "what `schedule` says in the groups in `content/groups`".to_owned(),
        Target::Resources => "the folders and files in `content/resources`".to_owned(),
        Target::Collection(at) => match edition.site.collections.get(at) {
            Some(collection) => format!("the files in `content/resources/{}`", collection.slug),
            None => "the files in `content/resources`".to_owned(),
        },
        Target::GetHelp => own_words("`help` in `site.yaml`", "get-help"),
        Target::NotFound => {
            "nothing: no page stands at this address, and readers get this one".to_owned()
        }
        Target::FormerGroup(_) | Target::FormerResource(_) | Target::FormerFree(_) => {
            "an old address in `aliases`, which leads to the page's new one".to_owned()
        }
        Target::EmbeddedCards(_) | Target::EmbeddedList { .. } => {
            "groups in `content/groups` that are listed; other sites show this page in a frame"
                .to_owned()
        }
    })
}

impl Facts {
    fn of(group: &Group, settings: &Settings, today: Date) -> Facts {
        Facts {
            confirmed: confirmed(group, today),
            schedule: schedule(group, &Timetable::of(group, settings), today),
            open: open(group),
        }
    }
}

fn confirmed(group: &Group, today: Date) -> Vec<Words> {
    let Some(verified) = group.verified else {
        return words(&format!("Not yet. When the facts are right, add `verified: {today}`."));
    };
    let by = group.verified_by.as_ref().map(|name| format!(", by {name}")).unwrap_or_default();
    words(&format!("{}, on {}{by}", ago(verified, today), full_date(verified)))
}

/// `3 weeks ago`, in units that have passed at least twice, as the pages themselves say it.
fn ago(day: Date, today: Date) -> String {
    let days = day.until((Unit::Day, today)).map_or(0, |span| span.get_days());
    let units = [("years", 365), ("months", 30), ("weeks", 7)];
    match days {
        ..0 => "on a day to come".to_owned(),
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => match units.iter().find(|(_, length)| days >= 2 * length) {
            Some((unit, length)) => format!("{} {unit} ago", days / length),
            None => format!("{days} days ago"),
        },
    }
}

fn full_date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// What the schedule means: its sentences with their next dates, then the dates on top.
fn schedule(group: &Group, timetable: &Timetable<'_>, today: Date) -> Vec<Sentence> {
    let plain = |written: Option<&String>, meaning: &str| {
        vec![Sentence { written: written.cloned(), meaning: meaning.to_owned(), dates: Vec::new() }]
    };
    let mut sentences = match &group.schedule {
        Schedule::NotStated => plain(None, "The file does not say when."),
        Schedule::Words(said) => plain(
            Some(said),
            "These words are shown as they are. They have no dates, so no calendar has the group.",
        ),
        Schedule::Entries(entries) => {
            entries.iter().map(|entry| sentence(entry, group, timetable, today)).collect()
        }
    };
    let extra = dates(timetable, today, |meeting| matches!(meeting.origin, Origin::Extra(_)));
    if !extra.is_empty() {
        sentences.push(Sentence {
            written: None,
            meaning: "Extra meetings:".to_owned(),
            dates: extra,
        });
    }
    sentences
}

fn sentence(entry: &Entry, group: &Group, timetable: &Timetable<'_>, today: Date) -> Sentence {
    let zone = timetable.zone(&entry.setting);
    let meaning = describe(&entry.rules, Some(&zone));
    let dates = dates(timetable, today, |meeting| {
        meeting.source().is_some_and(|source| std::ptr::eq(source.entry, entry))
    });
    let next = match (group.status, dates.is_empty()) {
        (Status::Ended, _) => "The group has ended, so there are no dates.",
        (Status::Paused { resumes: None }, _) => "The group is paused, so there are no dates.",
        (_, true) => "No date is ahead.",
        (_, false) => "Next:",
    };
    Sentence {
        written: Some(entry.when.clone()),
        meaning: format!("This means: {meaning}. {next}"),
        dates,
    }
}

/// The next meetings of a kind, cancelled ones too.
fn dates(
    timetable: &Timetable<'_>,
    today: Date,
    is_asked: impl Fn(&Meeting<'_>) -> bool,
) -> Vec<Day> {
    let mut dates = Vec::new();
    for months in AHEAD {
        let to = today.saturating_add(Span::new().months(months));
        let meetings = timetable.meetings(DateRange { from: today, to });
        dates = meetings.iter().filter(|meeting| is_asked(meeting)).take(DATES).map(day).collect();
        if dates.len() == DATES {
            break;
        }
    }
    dates
}

fn day(meeting: &Meeting<'_>) -> Day {
    let date = meeting.date.strftime("%A %-d %B %Y").to_string();
    let when = match meeting.clock {
        Some(clock) => format!("{date}, {}", describe_hours(clock)),
        None => date,
    };
    let remarks: Vec<String> =
        standing(meeting.standing).into_iter().chain(origin(meeting)).collect();
    let remark = (!remarks.is_empty()).then(|| remarks.join("; "));
    Day { when, cancelled: meeting.is_cancelled(), remark }
}

fn standing(standing: Standing<'_>) -> Option<String> {
    Some(match standing {
        Standing::Planned => return None,
        Standing::OnlineOnly(place) => format!("online only: {}", closed(place)),
        Standing::Holiday(name) => format!("a holiday, {name}: readers are told to ask"),
        Standing::Cancelled(Cause::Group(None)) => "cancelled".to_owned(),
        Standing::Cancelled(Cause::Group(Some(reason))) => format!("cancelled: {}", reason.text),
        Standing::Cancelled(Cause::Closed(place)) => format!("cancelled: {}", closed(place)),
        Standing::Cancelled(Cause::Holiday(name)) => format!("cancelled: {name}"),
    })
}

fn closed(place: Closed<'_>) -> String {
    format!("{} is closed", place.name.unwrap_or("its place"))
}

fn origin(meeting: &Meeting<'_>) -> Option<String> {
    match meeting.origin {
        Origin::Rule(_) => None,
        Origin::Changed { change, .. } if change.date != meeting.date => {
            Some(format!("moved from {}", full_date(change.date)))
        }
        Origin::Changed { .. } => Some("changed".to_owned()),
        Origin::Extra(Extra { note, .. }) => note.as_ref().map(|note| note.text.clone()),
    }
}

/// The questions that no fact answers; nobody asks a group that has ended.
fn open(group: &Group) -> Vec<Open> {
    if matches!(group.status, Status::Ended) {
        return Vec::new();
    }
    let is_open =
        |asked: &Asked| !asked.fields.iter().any(|field| answer(field, group) == Some(true));
    let open = questions().filter(is_open).map(|Asked { heading, hint, fields }| Open {
        heading,
        hint: words(hint),
        fields: fields.iter().copied().filter(|field| answer(field, group).is_some()).collect(),
    });
    open.collect()
}

/// Whether a field answers the question that covers it; none of fields that only add to an answer, as the cost does to
/// who may join.
fn answer(field: &str, group: &Group) -> Option<bool> {
    let mut settings = group.settings().into_iter().chain([&group.setting]);
    Some(match field {
        "purpose" => !group.purpose.is_empty(),
        "membership" => says_who(&group.membership),
        "format" => settings.any(|setting| setting.format.is_some()),
        "venue" => settings.any(|setting| setting.place.is_some()),
        "online" => settings.any(|setting| setting.online.is_some()),
        "schedule" => group.schedule != Schedule::NotStated,
        "extra" => !group.extra.is_empty(),
        "structure" => group.structure != Structure::default(),
        "presentations" => group.presentations.is_some(),
        "leadership" => group.leadership.model.is_some() || !group.leadership.people.is_empty(),
        "orientation" => group.orientation.is_some(),
        "contact" => group.way_in().is_some(),
        _ => return None,
    })
}

fn says_who(membership: &Membership) -> bool {
    let Membership { admission, registration, who, criteria, how_to_join, apply, .. } = membership;
    let says_how = registration.is_some() || how_to_join.is_some() || apply.is_some();
    admission.is_some() || who.is_some() || !criteria.is_empty() || says_how
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::{Weekday, date};

    use super::*;
    use crate::model::group::{Cancellation, Format, Setting};
    use crate::render::routes;
    use crate::render::tests::{edition, fixture};
    use crate::serve::banner::tests::mistake;

    const TODAY: Date = date(2026, 11, 23);

    fn headings(group: &Group) -> Vec<&'static str> {
        open(group).into_iter().map(|open| open.heading).collect()
    }

    fn text(words: &[Words]) -> String {
        serde_json::to_value(words)
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["text"].as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn a_group_that_says_little_has_seven_open_questions_and_one_that_says_all_has_none() {
        let bare = fixture::four_lines("bare", "Bare");
        assert_eq!(headings(&bare).len(), 7);
        assert_eq!(headings(&fixture::rich()), Vec::<&str>::new());
        assert_eq!(headings(&Group { status: Status::Ended, ..bare }), Vec::<&str>::new());
    }

    #[test]
    fn a_question_is_answered_by_one_fact_but_not_by_what_only_adds_to_it() {
        let bare = || fixture::four_lines("bare", "Bare");
        let rich = fixture::rich();
        let who = "Who may join?";
        assert!(
            headings(&Group { cost: rich.cost, languages: rich.languages, ..bare() })
                .contains(&who)
        );
        let membership = Membership { who: Some("Parents".to_owned()), ..Membership::default() };
        assert!(!headings(&Group { membership, ..bare() }).contains(&who));
        let membership = Membership { capacity: Some(8), ..Membership::default() };
        assert!(headings(&Group { membership, ..bare() }).contains(&who));

        let place = "Where does it meet?";
        assert!(headings(&Group { accessibility: rich.accessibility, ..bare() }).contains(&place));
        for setting in [
            Setting { format: Some(Format::Online), ..Setting::default() },
            Setting { online: rich.setting.online, ..Setting::default() },
            Setting { place: Some(fixture::area("Library")), ..Setting::default() },
        ] {
            assert!(!headings(&Group { setting, ..bare() }).contains(&place));
        }
        let schedule = Schedule::Words("Twice a month; ask us.".to_owned());
        assert!(!headings(&Group { schedule, ..bare() }).contains(&"When does it meet?"));
        let image = rich.image;
        assert!(
            headings(&Group { image, ..bare() })
                .contains(&"How do people hear of it, and reach it?")
        );
    }

    #[test]
    fn what_is_asked_twice_is_done_once() {
        let open = open(&fixture::four_lines("bare", "Bare"));
        let note = |rule| Diagnostic { rule, ..mistake("content/groups/bare.md") };
        assert!(asks_the_same(&note(&UNREACHABLE_GROUP), &open));
        assert!(!asks_the_same(&note(&UNREACHABLE_GROUP), &[]));
        assert!(!asks_the_same(&mistake("content/groups/bare.md"), &open));
    }

    #[test]
    fn every_question_names_a_field_that_answers_it() {
        for asked in questions() {
            let answers =
                asked.fields.iter().filter(|field| answer(field, &fixture::rich()).is_some());
            assert!(answers.count() > 0, "{}", asked.heading);
        }
    }

    #[test]
    fn a_confirmation_is_told_by_its_age_and_a_missing_one_by_what_to_type() {
        let group = Group {
            verified: Some(date(2026, 11, 1)),
            verified_by: Some("Office".to_owned()),
            ..fixture::four_lines("bare", "Bare")
        };
        assert_eq!(text(&confirmed(&group, TODAY)), "3 weeks ago, on 1 November 2026, by Office");
        let never = confirmed(&Group { verified: None, ..group }, TODAY);
        assert_eq!(text(&never), "Not yet. When the facts are right, add verified: 2026-11-23.");
        let told = [
            (0, "today"),
            (1, "yesterday"),
            (13, "13 days ago"),
            (14, "2 weeks ago"),
            (60, "2 months ago"),
            (730, "2 years ago"),
        ];
        for (days, words) in told {
            assert_eq!(ago(TODAY - days.days(), TODAY), words);
        }
        assert_eq!(ago(TODAY + 1.day(), TODAY), "on a day to come");
    }

    #[test]
    fn a_sentence_has_its_meaning_and_five_dates_with_the_cancelled_ones() {
        let group = fixture::rich();
        let settings = fixture::settings();
        let sentences = schedule(&group, &Timetable::of(&group, &settings), TODAY);
        let [sentence, extra] = sentences.as_slice() else { panic!("{sentences:#?}") };
        assert!(
            sentence.meaning.starts_with("This means: 1st and 3rd Tuesday of the month"),
            "{}",
            sentence.meaning
        );
        assert!(sentence.meaning.contains("New York time"), "{}", sentence.meaning);
        assert_eq!(sentence.dates.len(), DATES);
        let first = &sentence.dates[0];
        assert!(
            first.when.starts_with("Tuesday 1 December 2026, 7:00") && !first.cancelled,
            "{first:?}"
        );
        assert_eq!(sentence.dates[1].remark.as_deref(), Some("cancelled: Holiday break"));
        assert!(sentence.dates[1].cancelled);
        assert_eq!(sentence.dates[3].remark.as_deref(), Some("moved from 19 January 2027"));
        assert_eq!(extra.meaning, "Extra meetings:");
    }

    #[test]
    fn sentences_have_their_own_dates_also_where_they_are_far_apart() {
        let rule = fixture::weekly(Weekday::Monday, fixture::clock((18, 0), (19, 0)));
        let yearly = crate::schedule::Rule {
            months: crate::schedule::Months::ALL,
            ..fixture::monthly(&[5], Weekday::Friday, fixture::clock((9, 0), (10, 0)))
        };
        let entry = |when: &str, rule| Entry {
            when: when.to_owned(),
            rules: vec![rule],
            setting: Setting::default(),
            starts: None,
            ends: None,
            topic: None,
            note: None,
        };
        let group = Group {
            schedule: Schedule::Entries(vec![
                entry("Mondays, 6–7 pm", rule),
                entry("5th Friday, 9–10 am", yearly),
            ]),
            cancelled: vec![Cancellation { from: TODAY, to: TODAY, reason: None }],
            ..fixture::four_lines("bare", "Bare")
        };
        let settings = fixture::settings();
        let sentences = schedule(&group, &Timetable::of(&group, &settings), TODAY);
        assert!(sentences[0].dates.iter().all(|date| date.when.starts_with("Monday")));
        assert!(sentences[0].dates[0].cancelled);
        assert_eq!(sentences[1].dates.len(), DATES);
        assert!(sentences[1].dates.iter().all(|date| date.when.starts_with("Friday")));
        let paused = Group { status: Status::Paused { resumes: None }, ..group };
        let sentences = schedule(&paused, &Timetable::of(&paused, &settings), TODAY);
        assert!(sentences[0].meaning.ends_with("The group is paused, so there are no dates."));
    }

    #[test]
    fn every_page_says_what_to_edit_and_has_the_notes_of_its_file_alone() {
        let edition = edition(fixture::site());
        let hint = |path| Diagnostic { level: Level::Hint, ..mistake(path) };
        let report =
            Report::new(vec![hint("content/a.md"), hint("content/b.md"), mistake("content/a.md")]);
        for route in routes(&edition) {
            let panel = Panel::new(&edition, &route, Some("content/a.md"), &report);
            assert_eq!(panel.notes.len(), 1, "{}", route.url());
            let has_own =
                matches!(route.target, Target::Group(_) | Target::Resource(_) | Target::Free(_));
            assert_eq!(panel.made_from.is_none(), has_own, "{}", route.url());
            assert_eq!(panel.group.is_some(), matches!(route.target, Target::Group(_)));
        }
    }
}
