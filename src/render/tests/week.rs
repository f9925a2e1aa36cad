//! The week page: a static truth.

use std::sync::Arc;

use jiff::civil::{Weekday, date};
use jiff::tz::TimeZone;

use super::*;
use crate::model::group::{Entry, Format, Group, Schedule, Setting, Status, Visibility};
use crate::model::venue::{Area, Closure, Place};
use crate::schedule::{Days, End, Rule};
use fixture::{clock, monthly, weekly};

fn group(slug: &str, when: &str, rules: Vec<Rule>) -> Group {
    let entry = Entry {
        when: when.to_owned(),
        rules,
        setting: Setting::default(),
        starts: None,
        ends: None,
        topic: None,
        note: None,
    };
    let title = format!("Group {slug}");
    Group { schedule: Schedule::Entries(vec![entry]), ..fixture::four_lines(slug, &title) }
}

fn monday(slug: &str) -> Group {
    group(slug, "Mondays, 6–7:30 pm", vec![weekly(Weekday::Monday, clock((18, 0), (19, 30)))])
}

fn week(groups: Vec<Group>) -> String {
    let groups = groups.into_iter().map(Arc::new).collect();
    let mut site = Site { groups, ..fixture::site() };
    site.settings.timezone = Some(TimeZone::get("America/New_York").unwrap());
    main_part(&pages_of(site)["/week/"]).to_owned()
}

/// The part of the page for a day, 1 for Monday.
fn day(html: &str, number: u8) -> Option<&str> {
    let (_, rest) = html.split_once(&format!("<section data-weekday=\"{number}\">"))?;
    rest.split_once("</section>").map(|(day, _)| day)
}

#[test]
fn groups_stand_under_their_days_from_morning_to_evening() {
    let hours = |start, end| clock((start, 0), (end, 0));
    let html = week(vec![
        monday("late"),
        group(
            "early",
            "weekdays, 9–10 am",
            vec![Rule {
                clock: Some(hours(9, 10)),
                ..Rule::new(Days::Weekly { every: 1, on: crate::schedule::Weekdays::WORKING })
            }],
        ),
        group("night", "Mondays, 11 pm–1 am", vec![weekly(Weekday::Monday, hours(23, 1))]),
        group("third", "3rd Tuesday, 7–8 pm", vec![monthly(&[3], Weekday::Tuesday, hours(19, 20))]),
    ]);
    let on_monday = day(&html, 1).unwrap();
    let places = ["early", "late", "night"].map(|name| on_monday.find(&format!("Group {name}")));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{on_monday}");
    assert!(on_monday.contains("9–10 am") && on_monday.contains("11 pm–1 am"));
    let on_tuesday = day(&html, 2).unwrap();
    assert!(on_tuesday.contains("Group early") && on_tuesday.contains("3rd Tuesday"));
    assert!(!on_tuesday.contains("Group night"), "it stands where it begins");
    assert_eq!(day(&html, 6), None);
    assert!(html.contains("All times are New York time."));
}

#[test]
fn dates_that_are_no_weekday_come_after_the_week() {
    let on_15th = Days::MonthlyByDay { every: 1, on: [15].into() };
    let dates = Days::Dates([date(2027, 1, 12), date(2027, 3, 9)].into());
    let html = week(vec![
        monday("a"),
        group("b", "15th of every month", vec![Rule::new(on_15th)]),
        group("c", "12 January 2027 and 9 March 2027", vec![Rule::new(dates)]),
        fixture::four_lines("silent", "Silent Group"),
    ]);
    let (_, other) = html.split_once("<h2>Other dates</h2>").unwrap();
    assert!(other.contains("15th of every month") && other.contains("12 January 2027 and"));
    assert_eq!(html.matches("Group c").count(), 1);
    assert!(!html.contains("Silent Group"));
    assert!(html.contains("One more group does not say its days here."), "{html}");
}

#[test]
fn only_groups_that_meet_are_there() {
    let resumes = Some(date(2027, 5, 1));
    let over = End::On(date(2026, 11, 16));
    let rule = weekly(Weekday::Monday, clock((18, 0), (19, 30)));
    let html = week(vec![
        monday("active"),
        Group { status: Status::Paused { resumes }, ..monday("resting") },
        Group { status: Status::Paused { resumes: None }, ..monday("paused") },
        Group { status: Status::Ended, ..monday("ended") },
        Group { visibility: Visibility::Unlisted, ..monday("unlisted") },
        group("over", "Mondays", vec![Rule { end: over, ..rule }]),
    ]);
    let on_monday = day(&html, 1).unwrap();
    assert!(on_monday.contains("Group active"));
    assert!(on_monday.contains("Paused until <time datetime=\"2027-05-01\">1 May 2027</time>"));
    for name in ["paused", "ended", "unlisted", "over"] {
        assert!(!html.contains(&format!("Group {name}")), "{name}");
    }
}

#[test]
fn a_clock_elsewhere_is_said() {
    let mut away = monday("away");
    if let Schedule::Entries(entries) = &mut away.schedule {
        entries[0].setting.timezone = Some(TimeZone::get("America/Denver").unwrap());
    }
    let html = week(vec![monday("here"), away]);
    assert!(html.contains("Times are New York time, unless a group says otherwise."));
    assert_eq!(html.matches("Denver time").count(), 1);
}

#[test]
fn a_large_site_counts_and_leads_on() {
    let groups: Vec<Group> = (0..301).map(|n| monday(&format!("g{n:03}"))).collect();
    let html = week(groups);
    assert!(html.contains("<a href=\"../by/day/monday/\">Monday</a> <small>301</small>"), "{html}");
    assert!(!html.contains("Group g000"));
    assert!(html.len() < 3000, "{} bytes", html.len());
}

#[test]
fn the_way_to_the_week_is_there_where_somebody_meets() {
    let mut site = fixture::site();
    site.settings.navigation = Vec::new();
    let pages = pages_of(site.clone());
    assert!(pages["/"].contains("<a href=\"week/\">By weekday</a>"));
    assert!(pages["/groups/"].contains("<a href=\"../week/\">See them by weekday</a>"));
    site.groups = vec![fixture::four_lines("silent", "Silent Group").into()];
    let pages = pages_of(site);
    assert!(!pages.contains_key("/week/"));
    assert!(!pages["/"].contains("week/") && !pages["/groups/"].contains("week/"));
}

#[test]
fn a_row_of_a_place_that_is_closed_for_good_says_so_and_so_does_its_card() {
    let closed = |from, to, format| {
        let mut group = monday("closed");
        let place = Place::Area(Area {
            closed: vec![Closure { from, to, reason: None }],
            ..match fixture::area("Grace Church") {
                Place::Area(area) => area,
                Place::Exact(_) => unreachable!("areas are made"),
            }
        });
        let setting = Setting { place: Some(place), format, ..Setting::default() };
        if let Schedule::Entries(entries) = &mut group.schedule {
            entries[0].setting = setting;
        }
        let mut site = Site { groups: vec![group.into()], ..fixture::site() };
        site.settings.timezone = Some(TimeZone::get("America/New_York").unwrap());
        let pages = pages_of(site);
        ["/week/", "/groups/"].map(|url| main_part(&pages[url]).contains("Grace Church is closed"))
    };
    let (past, later) = (date(2026, 11, 1), date(2027, 2, 1));
    assert_eq!(closed(past, None, Some(Format::InPerson)), [true, true]);
    assert_eq!(closed(past, None, Some(Format::Hybrid)), [false, false], "it goes on online");
    assert_eq!(closed(past, Some(later), Some(Format::InPerson)), [false, false], "it opens again");
    assert_eq!(closed(later, None, Some(Format::InPerson)), [false, false], "not yet");
}

#[test]
fn no_zone_is_named_where_there_are_no_hours() {
    let days = Rule::new(Weekday::Monday.into());
    let mut site =
        Site { groups: vec![group("days", "Mondays", vec![days]).into()], ..fixture::site() };
    site.settings.timezone = None;
    let html = main_part(&pages_of(site)["/week/"]).to_owned();
    assert!(day(&html, 1).is_some() && !html.contains("UTC"), "{html}");
}
