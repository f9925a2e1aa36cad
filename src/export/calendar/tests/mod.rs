//! What readers of calendars get. `tests/browser/fixtures/calendars.json` holds each case's calendar and the instants of
//! its meetings, for a reader that others wrote; `UPDATE=1` writes it again.

mod cases;
mod random;

use serde_json::json;

use self::cases::{Case, cases};
use super::text::tests::{unescaped, unfolded};
use super::*;
use crate::model::address::WebUrl;
use crate::model::group::{Format, Status};
use crate::model::venue::{Join, Online};
use crate::render::routes;
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
    let shelf = Shelf::of(&case.settings, fixture::TODAY, 0);
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

#[test]
fn a_series_says_all_that_a_reader_needs() {
    holds(
        &case("everything at once"),
        &[
            "NAME:Tuesday Consultation Circle",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "SOURCE;VALUE=URI:https://groups.example.org/sub/groups/tuesday/calendar.ics",
            "UID:7f3a@groups.example.org\nDTSTAMP:20261101T000000Z\nLAST-MODIFIED:20261101T000000Z",
            "RRULE:FREQ=MONTHLY;BYDAY=1TU,3TU\nEXDATE;TZID=America/New_York:20261215T190000",
            "SUMMARY:Tuesday Consultation Circle: Hard cases",
            "a plan.\\n1st and 3rd Tuesday\\, 7:00–8:30 pm (New York time)\\n",
            "LOCATION:Grace Church\\, Room 12\\, 12 Main Street\\, Athens\\, Ohio 45701",
            "RECURRENCE-ID;TZID=America/New_York:20270119T190000\nDTSTART;TZID=America/New_York:20270120T",
            "DESCRIPTION:The church is closed\\n",
            "LOCATION:City Library\\, Marietta\\, Ohio\\, US",
            "DESCRIPTION:Online only\\nGrace Church is closed: renovation\\n",
            "UID:7f3a/extra/20261216@groups.example.org",
        ],
    );
}

#[test]
fn calendars_name_no_method_no_rdate_and_no_zone_that_they_do_not_define() {
    for (case, text) in every_case() {
        let (zones, events) = text.split_once("BEGIN:VEVENT").unwrap_or((&text, ""));
        assert!(!text.contains("METHOD") && !events.contains("RDATE"), "{}", case.name);
        for named in events.split(";TZID=").skip(1) {
            let (zone, _) = named.split_once(':').unwrap();
            assert!(zones.contains(&format!("\r\nTZID:{zone}\r\n")), "{}: {zone}", case.name);
        }
    }
}

#[test]
fn hours_that_clocks_skip_or_repeat_are_told_in_utc() {
    holds(
        &case("New York, skipped at the beginning"),
        &[
            "EXDATE;TZID=America/New_York:20270314T023000",
            "UID:group/20270314@groups.example.org",
            "DTSTART:20270314T073000Z\nDTEND:20270314T083000Z",
        ],
    );
    let begins = case("begins on a day of skipped hours");
    holds(
        &begins,
        &["DTSTART;TZID=America/New_York:20260315T023000", "COUNT=51;", "DTSTART:20260308T073000Z"],
    );
    assert!(!begins.contains("20260308T023000"));
}

#[test]
fn a_long_break_parts_a_series() {
    let text = case("a daily rule with a break of two and a half years");
    holds(&text, &["UNTIL=20270110T045959Z", "DTSTART;TZID=America/New_York:20290709T190000"]);
    assert_eq!(text.matches("RRULE:FREQ=DAILY").count(), 2);
    assert!(!text.contains("EXDATE"));
}

#[test]
fn a_series_begins_with_a_meeting_that_happens() {
    let ten = case("the first of ten is cancelled");
    holds(&ten, &["DTSTART;TZID=America/New_York:20261208T190000", "COUNT=9;"]);
    let other = case("the first two of every other week are cancelled");
    holds(&other, &["DTSTART;TZID=America/New_York:20261222T190000", "INTERVAL=2;"]);
    let counted = case("a count that began years ago");
    holds(&counted, &["DTSTART;TZID=America/New_York:20250107T190000", "COUNT=226;"]);
    let old = case("since 1900");
    holds(&old, &["DTSTART;TZID=America/New_York:20250107T190000\n"]);
}

#[test]
fn what_is_closed_until_further_notice_ends_a_series() {
    let in_person = case("in person, closed until further notice");
    holds(&in_person, &["RRULE:FREQ=WEEKLY;UNTIL=20270224T045959Z;BYDAY=TU"]);
    assert_eq!(in_person.matches("BEGIN:VEVENT").count(), 1);
    let hybrid = case("hybrid, closed until further notice");
    holds(&hybrid, &["UNTIL=20270224T045959Z", "UID:group/online@", "LOCATION:Zoom"]);
    assert_eq!(hybrid.matches("BEGIN:VEVENT").count(), 2);
    let last = case("the last two of ten are cancelled");
    holds(&last, &["RRULE:FREQ=WEEKLY;UNTIL=20270120T045959Z;BYDAY=TU"]);
    let cancelled = case("cancelled for as long as one can see");
    holds(&cancelled, &["UNTIL=20261230T045959Z"]);
    assert!(!cancelled.contains("EXDATE"));
}

#[test]
fn whole_days_have_dates_and_no_end() {
    let text = case("no hours");
    holds(&text, &["DTSTART;VALUE=DATE:20260102\nRRULE:FREQ=WEEKLY;UNTIL=20270629;BYDAY=FR"]);
    assert!(!text.contains("DTEND"));
    holds(&case("no hours, then some"), &["RECURRENCE-ID;VALUE=DATE:20270115\nDTSTART;TZID="]);
    let open = case("New York, no end");
    assert!(open.contains("DTSTART;TZID=") && !open.contains("DTEND"));
}

#[test]
fn single_dates_are_told_one_by_one_however_far_ahead() {
    let text = case("dates");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 4);
    holds(&text, &["UID:group/20261215@", "DTSTART;TZID=America/New_York:20310106T120000"]);
}

#[test]
fn holidays_ahead_are_named_where_one_should_ask() {
    let text = case("holidays, check first");
    holds(&text, &["\\n29 December 2026: Winter break\\, check first\\n"]);
    assert!(!text.contains("EXDATE"));
    assert!(case("except holidays").contains("EXDATE;TZID=America/New_York:20261229T190000"));
}

#[test]
fn an_empty_calendar_is_whole() {
    for name in ["paused", "ended"] {
        let text = case(name);
        assert!(!text.contains("VEVENT"), "{name}");
        holds(&text, &["BEGIN:VTIMEZONE", "END:VCALENDAR"]);
    }
}

#[test]
fn a_place_is_told_as_exactly_as_its_owner_allows() {
    let edition = edition(fixture::site());
    let (texts, base) = (edition.texts(), None);
    let contact = &edition.site().settings.contact;
    let words = Words { texts, base, contact, zone: None, today: fixture::TODAY };
    let online = |join| {
        let platform = Some("Zoom".to_owned());
        let online = Some(Online { platform, join });
        Setting { format: Some(Format::Online), online, ..Setting::default() }
    };
    let url = WebUrl("https://zoom.example/j/1".to_owned());
    let public = Join::Public { url: Some(url), phone: None, passcode: None };
    let area = Setting { place: Some(fixture::area("Library")), ..Setting::default() };
    let room = Setting { room: Some("Room 1".to_owned()), ..Setting::default() };
    let cases = [
        (online(public), Some("https://zoom.example/j/1")),
        (online(Join::OnRequest), Some("Zoom")),
        (Setting { format: Some(Format::Online), ..Setting::default() }, Some("Online")),
        (area, Some("Library, Marietta, Ohio, US")),
        (room, Some("Room 1")),
        (Setting::default(), None),
    ];
    for (setting, place) in cases {
        assert_eq!(words.location(&setting, false).as_deref(), place);
    }
}

#[test]
fn a_day_that_is_left_out_in_every_year_is_no_meeting() {
    let text = case("never at Christmas");
    holds(&text, &["EXDATE;TZID=America/New_York:20261229T190000"]);
}

/// The calendars of the fixture's site by path.
fn published() -> BTreeMap<String, String> {
    calendars(&edition(fixture::site()))
}

fn calendars(edition: &Edition) -> BTreeMap<String, String> {
    let shelf = Shelf::new(edition);
    let routes = routes(edition).into_iter();
    let calendars = routes.filter_map(|route| {
        let path = format!("{}calendar.ics", route.url().trim_start_matches('/'));
        Some((path, text_of(&shelf.pieces(edition, beside(route.target)?))))
    });
    calendars.collect()
}

#[test]
fn every_group_every_alias_and_every_value_has_a_calendar() {
    let calendars = published();
    assert_eq!(
        calendars["groups/tuesday-group/calendar.ics"],
        calendars["groups/tuesday/calendar.ics"]
    );
    for path in ["calendar.ics", "groups/ended/calendar.ics", "by/topic/ethics/calendar.ics"] {
        assert!(calendars.contains_key(path), "{path}");
    }
    assert!(calendars["by/topic/ethics/calendar.ics"].contains("NAME:Groups about Ethics – "));
    for text in calendars.values() {
        unfolded(text);
    }
    assert_eq!(published(), calendars, "the same bytes at each build");
}

#[test]
fn groups_are_found_where_the_model_says() {
    let mut site = fixture::site();
    let tuesdays = cases().remove(0).group.schedule;
    for group in site.groups.iter_mut().map(Arc::make_mut) {
        group.schedule = tuesdays.clone();
        group.topics = fixture::rich().topics;
        if matches!(group.status, Status::Ended) {
            group.id = "ended-id".to_owned();
        }
    }
    let edition = edition(site);
    let calendars = calendars(&edition);
    let events = |path: &str, id: &str| calendars[path].matches(&format!("UID:{id}")).count();
    for path in ["calendar.ics", "by/topic/ethics/calendar.ics"] {
        for (id, is_there) in
            [("7f3a", true), ("evening", true), ("unlisted", false), ("ended-id", false)]
        {
            assert_eq!(events(path, id) > 0, is_there, "{id} in {path}");
        }
    }
    assert_eq!(events("groups/unlisted/calendar.ics", "unlisted"), 1);
    assert_eq!(events("groups/ended/calendar.ics", "ended-id"), 0);
    let paused = &calendars["groups/paused/calendar.ics"];
    assert!(paused.contains("DTSTART;TZID=America/Vancouver:20270907"), "{paused}");
}
