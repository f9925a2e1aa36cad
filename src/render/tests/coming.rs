//! Dates tell what happens, and what does not.

use jiff::civil::{Date, Weekday, date};

use super::*;
use crate::model::group::{Cancellation, Change, Entry, Extra, Format, Group, Schedule, Setting};
use crate::model::group::{Status, Visibility};
use crate::model::settings::Holiday;
use crate::model::venue::{Area, Closure, Place};
use crate::schedule::{Days, Rule};
use fixture::{clock, monthly, prose, weekly};

/// What the rows of dates on a group's page say, without their tags.
fn rows(group: Group) -> Vec<String> {
    rows_in(Site { groups: vec![group.into()], ..fixture::site() })
}

fn rows_in(site: Site) -> Vec<String> {
    let url = site.groups[0].url();
    let pages = pages_of(site);
    let lists = main_part(&pages[&url]).split("<ol class=\"dates\"").skip(1);
    let items = lists.flat_map(|list| list.split("</ol>").next().unwrap().split("<li").skip(1));
    items.map(|item| without_tags(item.split_once('>').unwrap().1)).collect()
}

fn without_tags(html: &str) -> String {
    let html = html.replace("<br>", "; ");
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<String>().trim().to_owned()
}

/// A group that meets each Monday evening in person.
fn mondays() -> Group {
    let entry = Entry {
        when: "Mondays, 6–7:30 pm".to_owned(),
        rules: vec![weekly(Weekday::Monday, clock((18, 0), (19, 30)))],
        setting: Setting { format: Some(Format::InPerson), ..Setting::default() },
        starts: None,
        ends: None,
        topic: None,
        note: None,
    };
    Group {
        schedule: Schedule::Entries(vec![entry]),
        ..fixture::four_lines("mondays", "Monday Group")
    }
}

fn entries(group: &mut Group) -> &mut Vec<Entry> {
    match &mut group.schedule {
        Schedule::Entries(entries) => entries,
        Schedule::NotStated | Schedule::Words(_) => panic!("it has entries"),
    }
}

fn closed_area(from: Date, to: Option<Date>) -> Place {
    Place::Area(Area {
        name: Some("A house by the river".to_owned()),
        closed: vec![Closure { from, to, reason: None }],
        ..Area::default()
    })
}

#[test]
fn each_date_says_what_is_different_about_it() {
    assert_eq!(
        rows(fixture::rich()),
        [
            "Tuesday 1 December 2026",
            "Tuesday 15 December Does not happen: Holiday break",
            "Wednesday 16 December Extra meeting",
            "Tuesday 5 January 2027",
            "Wednesday 20 January 6:00–7:30 pm, City Library, Marietta; \
             Moved from Tuesday 19 January: The church is closed",
            "Tuesday 2 February Presentation: Working with dissociation",
            "Tuesday 16 February",
            "Tuesday 2 March Online only: Grace Church is closed (renovation)",
        ]
    );
}

#[test]
fn nothing_that_an_author_said_of_dates_further_ahead_is_lost() {
    let mut group = mondays();
    group.cancelled = vec![Cancellation {
        from: date(2027, 7, 5),
        to: date(2027, 8, 2),
        reason: Some(prose("Summer")),
    }];
    let change = |from, to| Change {
        date: from,
        to_date: Some(to),
        time: None,
        clock: None,
        setting: Setting::default(),
        note: None,
    };
    // One leaves the dates that are shown, one was brought forward and is over.
    group.changed = vec![
        change(date(2026, 11, 30), date(2027, 8, 31)),
        change(date(2026, 12, 7), date(2026, 11, 20)),
    ];
    group.extra = vec![Extra {
        date: date(2027, 9, 1),
        time: None,
        clock: None,
        setting: Setting::default(),
        note: Some(prose("A picnic")),
    }];
    let rows = rows(group);
    assert_eq!(rows[0], "Monday 23 November 2026");
    assert_eq!(rows[1], "Monday 14 December");
    assert_eq!(
        rows[8..],
        [
            "Monday 30 November 2026 Moves to Tuesday 31 August 2027",
            "Monday 7 December 2026 Moves to Friday 20 November 2026",
            "5 July to 2 August 2027 No meetings: Summer",
            "Wednesday 1 September 2027 Extra meeting: A picnic",
        ]
    );
}

#[test]
fn a_long_break_is_one_row() {
    let mut group = mondays();
    group.cancelled = vec![Cancellation {
        from: date(2026, 12, 1),
        to: date(2027, 1, 31),
        reason: Some(prose("Renovation")),
    }];
    let rows = rows(group);
    assert_eq!(rows[1], "Monday 30 November");
    assert_eq!(rows[2], "Monday 7 December to Monday 25 January 2027 No meetings: Renovation");
    assert_eq!(rows[3], "Monday 1 February");
    assert_eq!(rows.len(), 8, "the break is told once");
}

#[test]
fn an_area_that_is_closed_gives_no_reason_and_no_meeting() {
    let closed = |from, to| {
        let mut group = mondays();
        entries(&mut group)[0].setting.place = Some(closed_area(from, to));
        rows(group)
    };
    let for_good = closed(date(2026, 12, 1), None);
    let told = "From Monday 7 December No meetings: A house by the river is closed";
    assert_eq!(for_good[2..], [told]);
    let ahead = closed(date(2027, 9, 1), Some(date(2027, 9, 30)));
    let told = "Monday 6 September 2027 to Monday 27 September No meetings: A house by the river is closed";
    assert_eq!(ahead[8..], [told], "its own first and last day are nobody's business");
}

#[test]
fn holidays_ask_to_check_unless_they_cancel_or_the_sentence_leaves_them_out() {
    let on_holiday = |cancels: bool, leaves_out: bool| {
        let mut site = fixture::site();
        let (from, name) = (date(2026, 12, 7), "Founders’ Day".to_owned());
        site.settings.holidays = vec![Holiday { from, to: from, name }];
        site.settings.holidays_cancel = cancels;
        let mut group = mondays();
        entries(&mut group)[0].rules[0].except_holidays = leaves_out;
        site.groups = vec![group.into()];
        rows_in(site)[2].clone()
    };
    assert_eq!(on_holiday(false, false), "Monday 7 December Founders’ Day, check first");
    assert_eq!(on_holiday(true, false), "Monday 7 December Does not happen: Founders’ Day");
    assert_eq!(on_holiday(false, true), "Monday 14 December");
}

#[test]
fn several_times_are_told_apart_by_their_hours_and_by_how_people_meet() {
    let mut group = mondays();
    let online = Entry {
        when: "1st Thursday, noon–1 pm".to_owned(),
        rules: vec![monthly(&[1], Weekday::Thursday, clock((12, 0), (13, 0)))],
        setting: Setting { format: Some(Format::Online), ..Setting::default() },
        topic: Some("Newcomers".to_owned()),
        ..entries(&mut group)[0].clone()
    };
    entries(&mut group).push(online);
    let rows = rows(group);
    assert_eq!(rows[1], "Monday 30 November 6:00–7:30 pm, in person");
    assert_eq!(rows[2], "Thursday 3 December noon–1 pm, online; Newcomers");
}

#[test]
fn who_does_not_meet_has_no_dates() {
    let ended = Group { status: Status::Ended, ..fixture::rich() };
    let paused = Group { status: Status::Paused { resumes: None }, ..fixture::rich() };
    for group in [ended, paused, fixture::four_lines("quiet", "Quiet")] {
        assert_eq!(rows(group), Vec::<String>::new());
    }
    let resumes = Some(date(2027, 5, 1));
    let resting = Group { status: Status::Paused { resumes }, ..fixture::rich() };
    assert_eq!(rows(resting)[0], "Tuesday 4 May 2027");
}

#[test]
fn a_date_is_struck_and_said_to_be_off_and_gone_when_it_is_over() {
    let pages = pages_of(fixture::site());
    let html = &pages["/groups/tuesday/"];
    let off = "<li data-until=\"2026-12-16T01:30:00Z\"><span><s>\
        <time datetime=\"2026-12-15\">Tuesday 15 December</time></s></span> <span>Does not happen";
    assert!(html.contains(off), "{html}");
    assert!(html.contains("<div data-until=\"2027-03-03T01:30:00Z\">\n<h3>Dates</h3>"), "{html}");
}

#[test]
fn no_page_says_what_is_only_true_on_the_day_on_which_it_was_made() {
    for (url, html) in pages_of(fixture::site()) {
        // What lies in a template is shown by a script, which has a clock.
        let shown =
            main_part(&html).split("<template").map(|part| part.split("</template>").last());
        let text = without_tags(&shown.flatten().collect::<String>()).to_lowercase();
        for word in ["today", "tomorrow", "next meeting", "this week"] {
            assert!(!text.contains(word), "{word} on {url}");
        }
    }
}

#[test]
fn a_first_day_that_is_over_is_told_only_where_weeks_are_counted_from_it() {
    let said = |starts: Date, every: u32| {
        let mut group = mondays();
        let entry = &mut entries(&mut group)[0];
        let days = Days::Weekly { every, on: Weekday::Monday.into() };
        entry.starts = Some(starts);
        entry.rules[0] = Rule { days, first: Some(starts), ..entry.rules[0].clone() };
        let pages = pages_of(Site { groups: vec![group.into()], ..fixture::site() });
        let html = &pages["/groups/mondays/"];
        let (_, sentence) = html.split_once("<p class=\"sentence\">").unwrap();
        without_tags(sentence.split("</p>").next().unwrap())
    };
    let (over, ahead) = (date(2026, 1, 5), date(2027, 1, 4));
    assert_eq!(said(over, 1), "Mondays, 6–7:30 pm");
    assert_eq!(said(ahead, 1), "Mondays, 6–7:30 pm; from 4 January 2027");
    assert!(said(over, 2).contains("from 5 January 2026"), "{}", said(over, 2));
}

#[test]
fn calendars_are_offered_where_there_are_dates() {
    let pages = pages_of(fixture::site());
    for (url, has) in [
        ("/groups/tuesday/", true),
        ("/groups/area/", true),
        ("/groups/online/", false),
        ("/groups/evening/", false),
        ("/groups/ended/", false),
        ("/groups/", true),
        ("/week/", true),
        ("/by/day/tuesday/", true),
        ("/by/kind/peer-support/", true),
        ("/by/intake/full/", false),
    ] {
        let html = &pages[url];
        assert_eq!(html.contains(">Download the file</a>"), has, "{url}");
        assert_eq!(html.contains("<link rel=\"alternate\" type=\"text/calendar\""), has, "{url}");
        assert_eq!(html.contains("href=\"webcal://groups.example.org/sub/"), has, "{url}");
    }
    let mut site = fixture::site();
    site.settings.base_url = None;
    let pages = pages_of(site);
    assert!(!pages["/groups/tuesday/"].contains("webcal"), "nobody knows the address");
    assert!(pages["/groups/tuesday/"].contains("<a href=\"calendar.ics\" download>"));
    let unlisted = Group { visibility: Visibility::Unlisted, ..fixture::rich() };
    let pages = pages_of(Site { groups: vec![unlisted.into()], ..fixture::site() });
    assert!(pages["/groups/tuesday/"].contains("webcal:"), "its own calendar");
    assert!(!pages["/groups/"].contains("webcal:"), "and no other");
}
