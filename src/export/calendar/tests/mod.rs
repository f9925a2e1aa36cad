//! What readers of calendars get. `tests/browser/fixtures/calendars.json` holds each case's calendar and the instants of
//! its meetings, for a reader that others wrote; `UPDATE=1` writes it again.

mod cases;
mod random;

use jiff::civil::{Date, date};
use serde_json::json;

use self::cases::{Case, cases};
use super::text::tests::{unescaped, unfolded};
use super::*;
use crate::model::group::{Format, Visibility};
use crate::model::venue::{Join, Online};
use crate::render::tests::{edition, fixture};
use crate::schedule::DateRange;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/fixtures/calendars.json");

/// The days whose meetings are compared: all that a calendar tells, less what is another day in another zone.
fn days() -> DateRange {
    let Window { open_from, to, .. } = Window::of(fixture::TODAY, None);
    let by = |days: i64| Span::new().days(days);
    DateRange { from: open_from.saturating_add(by(2)), to: to.saturating_sub(by(2)) }
}

fn text_of(calendar: &[Arc<[u8]>]) -> String {
    String::from_utf8(calendar.concat()).unwrap()
}

/// A group's own calendar.
fn own(case: &Case, texts: &Texts) -> String {
    let part = part(&case.group, &case.settings, texts, fixture::TODAY);
    let shelf = Shelf::new(&case.settings, fixture::TODAY, std::slice::from_ref(&part));
    text_of(&shelf.calendar(&case.group.title, &case.group.url(), &[&part]))
}

/// `2026-12-01T00:00Z 90` for a meeting of 90 minutes, `2026-12-01` for a whole day.
fn instants(case: &Case) -> Vec<String> {
    let timetable = Timetable::of(&case.group, &case.settings);
    let DateRange { from, to } = days();
    let around = DateRange { from: from.yesterday().unwrap(), to: to.tomorrow().unwrap() };
    let meetings = timetable.meetings(around);
    let mut instants: Vec<String> = meetings
        .iter()
        .filter(|meeting| !meeting.is_cancelled())
        .map(|meeting| {
            if meeting.clock.is_none() {
                return meeting.date.to_string();
            }
            let start = meeting.hours.start;
            let length = meeting.hours.end.map_or(0, |end| end.duration_since(start).as_mins());
            format!("{} {length}", start.strftime("%Y-%m-%dT%H:%MZ"))
        })
        .filter(|meeting: &String| {
            let day: Date = meeting.get(..10).unwrap().parse().unwrap();
            days().contains(day)
        })
        .collect();
    instants.sort();
    instants
}

fn every_case() -> Vec<(Case, String)> {
    let edition = edition(fixture::site());
    let with_text = |case: Case| {
        let text = own(&case, edition.texts());
        (case, text)
    };
    cases().into_iter().map(with_text).collect()
}

fn case(name: &str) -> String {
    let (_, text) = every_case().into_iter().find(|(case, _)| case.name == name).unwrap();
    unfolded(&text).join("\n")
}

#[track_caller]
fn holds(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "`{line}` is not in\n{text}");
    }
}

/// Cases as JSON, one on a line.
fn fixture_of(cases: &[(Case, String)]) -> String {
    let cases = cases.iter().map(|(case, text)| {
        let meetings = instants(case);
        json!({"name": case.name, "calendar": text, "meetings": meetings}).to_string()
    });
    let cases = cases.collect::<Vec<String>>().join(",\n");
    let DateRange { from, to } = days();
    format!("{{\"from\": \"{from}\", \"to\": \"{to}\", \"cases\": [\n{cases}\n]}}\n")
}

#[test]
fn other_readers_are_given_what_calendars_say_today() {
    let fixture = fixture_of(&every_case());
    if std::env::var_os("UPDATE").is_some() {
        fs_err::create_dir_all(std::path::Path::new(FIXTURE).parent().unwrap()).unwrap();
        fs_err::write(FIXTURE, &fixture).unwrap();
    }
    let known = fs_err::read_to_string(FIXTURE).unwrap();
    assert!(known == fixture, "calendars have changed: run this test with UPDATE=1, and read why");
}
