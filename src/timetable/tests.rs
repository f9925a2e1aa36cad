//! Timetables of groups as their authors write them.

use std::sync::Arc;

use std::sync::OnceLock;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};

use crate::check::{Options, check};
use crate::load::load;
use crate::model::Site;
use crate::model::group::{Cancellation, Change, Extra};
use crate::schedule::DateRange;
use crate::timetable::{Cause, Meeting, Standing, Timetable};

const SITE_TEXT: &str =
    "title: River Valley\ntimezone: America/New_York\ncontact: {email: a@example.org}\n";
const CHURCH: &str = "name: Grace Church\naddress: {city: Athens}\n";

/// A site of one group, `schedule` and all that goes with it being the given lines.
fn site(group: &str) -> Site {
    built(&[("site.yaml", SITE_TEXT), ("content/venues/church.yaml", CHURCH)], group)
}

fn built(files: &[(&str, &str)], group: &str) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let group = format!("---\ntitle: A\npurpose: B.\nkind: process\n{group}---\n");
    for (path, text) in files.iter().chain([&("content/groups/a.md", group.as_str())]) {
        let path = folder.path().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let options = Options { now, drafts: false, base_url: None };
    let checked = check(&load(folder.path()).unwrap(), &options);
    assert_eq!(checked.site.groups.len(), 1, "{:#?}", checked.diagnostics);
    checked.site
}

/// Meetings from one day to another, one a line: when, where, and whether.
fn meetings(site: &Site, from: Date, to: Date) -> Vec<String> {
    let timetable = Timetable::of(&site.groups[0], &site.settings);
    timetable.meetings(DateRange { from, to }).iter().map(line).collect()
}

fn line(meeting: &Meeting<'_>) -> String {
    let hours = match meeting.clock {
        Some(_) => {
            let at = |at: Timestamp| meeting.zone.to_datetime(at);
            let start = at(meeting.hours.start);
            let end = at(meeting.hours.end.unwrap());
            let days = end.date() - start.date();
            let next = if days == 1.day().fieldwise() { " next day" } else { "" };
            format!("{} {}–{}{next}", start.date(), start.strftime("%H:%M"), end.strftime("%H:%M"))
        }
        None => meeting.date.to_string(),
    };
    let place = meeting.setting.place.as_ref().and_then(|place| place.name());
    let place = place.map_or_else(String::new, |place| format!(" at {place}"));
    let standing = match meeting.standing {
        Standing::Planned => String::new(),
        Standing::OnlineOnly(closed) => {
            format!(", online only: {}", closed.reason.map_or("-", |reason| &reason.text))
        }
        Standing::Holiday(name) => format!(", {name}?"),
        Standing::Cancelled(Cause::Group(reason)) => {
            format!(", cancelled: {}", reason.map_or("-", |reason| &reason.text))
        }
        Standing::Cancelled(Cause::Closed(closed)) => {
            let reason = closed.reason.map_or("-", |reason| &reason.text);
            format!(", {} closed: {reason}", closed.name.unwrap_or("-"))
        }
        Standing::Cancelled(Cause::Holiday(name)) => format!(", cancelled: {name}"),
    };
    format!("{hours}{place}{standing}")
}

/// The Tuesdays of December 2026 are the 1st, 8th, 15th, 22nd and 29th.
fn december(site: &Site) -> Vec<String> {
    meetings(site, date(2026, 12, 1), date(2026, 12, 31))
}

#[test]
fn days_and_ranges_of_days_are_cancelled_with_the_reason_that_is_nearest() {
    let site = site(
        "schedule: Tuesdays, 7–8:30 pm
cancelled:
  - {from: 2026-12-14, to: 2026-12-31, reason: Winter break}
  - {date: 2026-12-22, reason: Party at Dana's}
  - {date: 2026-12-01}
",
    );
    assert_eq!(
        december(&site),
        [
            "2026-12-01 19:00–20:30, cancelled: -",
            "2026-12-08 19:00–20:30",
            "2026-12-15 19:00–20:30, cancelled: Winter break",
            "2026-12-22 19:00–20:30, cancelled: Party at Dana's",
            "2026-12-29 19:00–20:30, cancelled: Winter break",
        ]
    );
}

#[test]
fn a_changed_meeting_keeps_what_its_change_leaves_out() {
    let site = site(
        "schedule: Tuesdays, 7–8:30 pm
venue: {name: Library, address: {city: Athens}}
format: in-person
changed:
  - {date: 2026-12-01, to_date: 2026-12-02}
  - {date: 2026-12-08, time: 6–7:30 pm}
  - {date: 2026-12-15, venue: church, note: The library is full.}
  - {date: 2026-12-22, format: online}
",
    );
    assert_eq!(
        december(&site),
        [
            "2026-12-02 19:00–20:30 at Library",
            "2026-12-08 18:00–19:30 at Library",
            "2026-12-15 19:00–20:30 at Grace Church",
            "2026-12-22 19:00–20:30",
            "2026-12-29 19:00–20:30 at Library",
        ]
    );
}

#[test]
fn a_moved_meeting_is_in_the_window_of_its_new_day_only() {
    let site = site(
        "schedule: Tuesdays, 7–8:30 pm
changed:
  - {date: 2026-12-29, to_date: 2027-01-04}
  - {date: 2026-12-22, to_date: 2026-12-19}
",
    );
    assert_eq!(
        meetings(&site, date(2026, 12, 20), date(2026, 12, 31)),
        Vec::<String>::new(),
        "both have left"
    );
    assert_eq!(meetings(&site, date(2027, 1, 1), date(2027, 1, 4)), ["2027-01-04 19:00–20:30"]);
    assert_eq!(meetings(&site, date(2026, 12, 16), date(2026, 12, 19)), ["2026-12-19 19:00–20:30"]);
}

#[test]
fn an_extra_meeting_may_lie_outside_the_term_and_takes_the_usual_hours_and_place() {
    let site = site(
        "schedule: Tuesdays, 7–8:30 pm
venue: church
format: in-person
starts: 2026-12-08
ends: 2026-12-15
extra:
  - {date: 2026-12-03}
  - {date: 2026-12-20, time: 6–7:30 pm}
",
    );
    assert_eq!(
        december(&site),
        [
            "2026-12-03 19:00–20:30 at Grace Church",
            "2026-12-08 19:00–20:30 at Grace Church",
            "2026-12-15 19:00–20:30 at Grace Church",
            "2026-12-20 18:00–19:30 at Grace Church",
        ]
    );
}

#[test]
fn where_entries_differ_an_extra_meeting_takes_the_groups_own_setting_and_no_hours() {
    let site = site(
        "venue: {name: Library, address: {city: Athens}}
format: in-person
schedule:
  - {when: \"Tuesdays, 7–8:30 pm\", venue: church}
  - {when: \"Thursdays, noon–1 pm\", timezone: America/Chicago, format: online}
extra: [{date: 2026-12-05, time: 6–7:30 pm}]
",
    );
    assert_eq!(
        meetings(&site, date(2026, 12, 1), date(2026, 12, 6)),
        [
            "2026-12-01 19:00–20:30 at Grace Church",
            "2026-12-03 12:00–13:00",
            "2026-12-05 18:00–19:30 at Library",
        ]
    );
    let timetable = Timetable::of(&site.groups[0], &site.settings);
    let all = timetable.meetings(DateRange { from: date(2026, 12, 3), to: date(2026, 12, 3) });
    assert_eq!(all[0].hours.start.to_string(), "2026-12-03T18:00:00Z", "noon in Chicago");
    assert_eq!(timetable.usual().clock, None);
}

const CLOSED: &str = "name: Grace Church
address: {street: 12 Main Street, city: Athens}
closed:
  - {from: 2026-12-07, to: 2026-12-16, reason: Renovation}
  - {from: 2026-12-28, reason: Sold}
";

fn closed(venue: &str, format: &str) -> Vec<String> {
    let group = format!("schedule: Tuesdays, 7–8:30 pm\n{format}\n");
    let files = [("site.yaml", SITE_TEXT), ("content/venues/church.yaml", venue)];
    december(&built(&files, &group))
}

#[test]
fn a_closed_place_cancels_meetings_in_person_and_lets_hybrid_ones_go_on_online() {
    assert_eq!(
        closed(CLOSED, "format: in-person\nvenue: church"),
        [
            "2026-12-01 19:00–20:30 at Grace Church",
            "2026-12-08 19:00–20:30 at Grace Church, Grace Church closed: Renovation",
            "2026-12-15 19:00–20:30 at Grace Church, Grace Church closed: Renovation",
            "2026-12-22 19:00–20:30 at Grace Church",
            "2026-12-29 19:00–20:30 at Grace Church, Grace Church closed: Sold",
        ]
    );
    let hybrid = closed(CLOSED, "format: hybrid\nvenue: church\nonline: {platform: Zoom}");
    assert_eq!(hybrid[1], "2026-12-08 19:00–20:30 at Grace Church, online only: Renovation");
    let unsaid = closed(CLOSED, "venue: church\nonline: {platform: Zoom}");
    assert_eq!(unsaid, hybrid, "a place and a screen are both ways");
    let neither = closed(CLOSED, "venue: church");
    assert_eq!(
        neither[1],
        "2026-12-08 19:00–20:30 at Grace Church, Grace Church closed: Renovation"
    );
    let entry = "format: in-person\nvenue: church\nchanged:\n  - {date: 2026-12-08, format: online}
  - {date: 2026-12-15, to_date: 2026-12-17}
  - {date: 2026-12-22, to_date: 2026-12-28}";
    assert_eq!(
        closed(CLOSED, entry),
        [
            "2026-12-01 19:00–20:30 at Grace Church",
            "2026-12-08 19:00–20:30",
            "2026-12-17 19:00–20:30 at Grace Church",
            "2026-12-28 19:00–20:30 at Grace Church, Grace Church closed: Sold",
            "2026-12-29 19:00–20:30 at Grace Church, Grace Church closed: Sold",
        ],
        "a change may lead out of a closure, and into one"
    );
}

#[test]
fn why_an_area_is_closed_is_in_no_meeting() {
    let venue = format!("{CLOSED}precision: area\n");
    let site = built(
        &[("site.yaml", SITE_TEXT), ("content/venues/church.yaml", &venue)],
        "schedule: Tuesdays, 7–8:30 pm\nformat: in-person\nvenue: church\n",
    );
    let timetable = Timetable::of(&site.groups[0], &site.settings);
    let meetings = timetable.meetings(DateRange { from: date(2026, 12, 8), to: date(2026, 12, 8) });
    assert!(meetings[0].is_cancelled());
    let all = format!("{meetings:?}");
    for secret in ["Renovation", "Sold", "12 Main Street"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

const HOLIDAYS: &str = "\
holidays:
  - {date: 2026-12-08, name: Bodhi Day}
  - {from: 2026-12-26, to: 2027-01-01, name: Winter break}
";

fn on_holidays(settings: &str, group: &str) -> Vec<String> {
    december(&built(&[("site.yaml", &format!("{SITE_TEXT}{HOLIDAYS}{settings}"))], group))
}

#[test]
fn a_holiday_is_left_out_or_asked_about_or_cancels() {
    assert_eq!(
        on_holidays("", "schedule: Tuesdays, 7–8:30 pm, except holidays\n"),
        ["2026-12-01 19:00–20:30", "2026-12-15 19:00–20:30", "2026-12-22 19:00–20:30"]
    );
    assert_eq!(
        on_holidays("", "schedule: Tuesdays, 7–8:30 pm\n"),
        [
            "2026-12-01 19:00–20:30",
            "2026-12-08 19:00–20:30, Bodhi Day?",
            "2026-12-15 19:00–20:30",
            "2026-12-22 19:00–20:30",
            "2026-12-29 19:00–20:30, Winter break?",
        ]
    );
    assert_eq!(
        on_holidays("holidays_cancel: true\n", "schedule: Tuesdays, 7–8:30 pm\n"),
        [
            "2026-12-01 19:00–20:30",
            "2026-12-08 19:00–20:30, cancelled: Bodhi Day",
            "2026-12-15 19:00–20:30",
            "2026-12-22 19:00–20:30",
            "2026-12-29 19:00–20:30, cancelled: Winter break",
        ]
    );
}

#[test]
fn who_names_a_holiday_knows_of_it_but_no_group_meets_where_holidays_cancel() {
    let group = "schedule: Tuesdays, 7–8:30 pm
changed: [{date: 2026-12-08, time: 6–7:30 pm}, {date: 2026-12-22, to_date: 2026-12-28}]
extra: [{date: 2026-12-31}]
cancelled: [{date: 2026-12-29, reason: Away}]
";
    assert_eq!(
        on_holidays("", group),
        [
            "2026-12-01 19:00–20:30",
            "2026-12-08 18:00–19:30",
            "2026-12-15 19:00–20:30",
            "2026-12-28 19:00–20:30",
            "2026-12-29 19:00–20:30, cancelled: Away",
            "2026-12-31 19:00–20:30",
        ]
    );
    assert_eq!(
        on_holidays("holidays_cancel: true\n", group),
        [
            "2026-12-01 19:00–20:30",
            "2026-12-08 18:00–19:30, cancelled: Bodhi Day",
            "2026-12-15 19:00–20:30",
            "2026-12-28 19:00–20:30, cancelled: Winter break",
            "2026-12-29 19:00–20:30, cancelled: Away",
            "2026-12-31 19:00–20:30, cancelled: Winter break",
        ]
    );
}

#[test]
fn a_pause_has_meetings_from_the_day_on_which_it_ends() {
    let pause = |line: &str| {
        let extra =
            "extra: [{date: 2026-12-10}]\nchanged: [{date: 2026-12-08, to_date: 2026-12-16}]";
        december(&site(&format!("schedule: Tuesdays, 7–8:30 pm\n{extra}\n{line}\n")))
    };
    assert_eq!(
        pause("status: paused\nresumes: 2026-12-15"),
        [
            "2026-12-15 19:00–20:30",
            "2026-12-16 19:00–20:30",
            "2026-12-22 19:00–20:30",
            "2026-12-29 19:00–20:30",
        ]
    );
    assert_eq!(pause("status: paused"), Vec::<String>::new());
    assert_eq!(pause("status: ended"), Vec::<String>::new());
}

#[test]
fn meetings_across_midnight_belong_to_the_day_on_which_they_begin() {
    let site = site("schedule: Fridays, 11:30 pm–12:30 am\nends: 2026-12-11\n");
    assert_eq!(
        december(&site),
        ["2026-12-04 23:30–00:30 next day", "2026-12-11 23:30–00:30 next day"]
    );
    let timetable = Timetable::of(&site.groups[0], &site.settings);
    let between = |from: &str, to: &str| {
        let meetings = timetable.meetings_between(from.parse().unwrap(), to.parse().unwrap());
        meetings.iter().map(|meeting| meeting.date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(between("2026-12-05T04:30:00Z", "2026-12-05T04:30:01Z"), ["2026-12-04"]);
    assert!(between("2026-12-05T04:30:01Z", "2026-12-12T04:30:00Z").is_empty(), "ends are open");
}

#[test]
fn meetings_without_hours_are_days_and_come_in_order_with_those_that_have_some() {
    let site = site("schedule: [Tuesdays, \"daily, 7–8:30 pm\"]\n");
    assert_eq!(
        meetings(&site, date(2026, 12, 1), date(2026, 12, 2)),
        ["2026-12-01", "2026-12-01 19:00–20:30", "2026-12-02 19:00–20:30"]
    );
}

#[test]
fn ten_thousand_exceptions_all_take_effect() {
    let mut site = site(
        "schedule: daily, 7–8:30 pm
cancelled: [{date: 2020-01-01}]
changed: [{date: 2020-01-02, time: 6–7:30 pm}]
",
    );
    let group = Arc::make_mut(&mut site.groups[0]);
    let later = |date: Date, at: i64| date.saturating_add((2 * at).days());
    for at in (1..10_000).rev() {
        let one = group.cancelled[0].clone();
        group.cancelled.push(Cancellation {
            from: later(one.from, at),
            to: later(one.to, at),
            ..one
        });
        let one = group.changed[0].clone();
        group.changed.push(Change { date: later(one.date, at), ..one });
    }
    let meetings = meetings(&site, date(2026, 1, 1), date(2028, 12, 31));
    assert_eq!(meetings.len(), 1096);
    assert_eq!(meetings.iter().filter(|line| line.ends_with("cancelled: -")).count(), 548);
}

/// A day of twelve weeks.
fn some_day() -> impl Strategy<Value = Date> {
    (-20_i64..60).prop_map(|days| date(2026, 12, 1).saturating_add(days.days()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Each day by itself, with every exception asked in turn.
    #[test]
    fn any_exceptions_do_what_they_do_day_by_day(
        cancelled in vec((some_day(), 0_i64..9), 0..6),
        changed in vec((some_day(), option::of(some_day())), 0..6),
        extra in vec(some_day(), 0..4),
        from in some_day(),
        length in 0_i64..40,
    ) {
        static SITE: OnceLock<Site> = OnceLock::new();
        let mut site = SITE.get_or_init(|| built(
            &[("site.yaml", &format!("{SITE_TEXT}{HOLIDAYS}"))],
            "schedule: [\"daily, 7–8:30 pm, except holidays\", \"Tuesdays, noon–1 pm\"]
cancelled: [{date: 2026-12-01}]
changed: [{date: 2026-12-03, note: Otherwise}]
extra: [{date: 2026-12-04, time: 6–7:30 pm}]
",
        )).clone();
        let group = Arc::make_mut(&mut site.groups[0]);
        let (one, change, on_top) =
            (group.cancelled[0].clone(), group.changed[0].clone(), group.extra[0].clone());
        let ranges = cancelled.iter().map(|(from, days)| (*from, from.saturating_add(days.days())));
        let ranges: Vec<(Date, Date)> = ranges.collect();
        group.cancelled =
            ranges.iter().map(|(from, to)| Cancellation { from: *from, to: *to, ..one.clone() }).collect();
        group.changed = changed
            .iter()
            .map(|(date, to_date)| Change { date: *date, to_date: *to_date, ..change.clone() })
            .collect();
        group.extra = extra.iter().map(|date| Extra { date: *date, ..on_top.clone() }).collect();
        let window = DateRange { from, to: from.saturating_add(length.days()) };

        let timetable = Timetable::of(&site.groups[0], &site.settings);
        let mut expected: Vec<(Date, usize, bool)> = Vec::new();
        for day in (-20..110).map(|days: i64| date(2026, 12, 1).saturating_add(days.days())) {
            let is_holiday = site.settings.holidays.iter().any(|one| one.from <= day && day <= one.to);
            let is_cancelled = ranges.iter().any(|(from, to)| *from <= day && day <= *to);
            for source in timetable.sources() {
                let left_out = source.rule.except_holidays && is_holiday;
                if left_out || source.rule.dates(DateRange::day(day)).next().is_none() {
                    continue;
                }
                let changes: Vec<_> = changed.iter().filter(|(date, _)| *date == day).collect();
                let stays = changes.is_empty().then_some(day);
                let moves = changes.iter().map(|(date, to_date)| to_date.unwrap_or(*date));
                let lands = stays.into_iter().chain(moves).filter(|day| window.contains(*day));
                expected.extend(lands.map(|day| (day, source.number, is_cancelled)));
            }
        }
        expected.extend(extra.iter().filter(|day| window.contains(**day)).map(|day| (*day, 9, false)));
        let meetings = timetable.meetings(window);
        let mut found: Vec<(Date, usize, bool)> = meetings
            .iter()
            .map(|meeting| {
                let number = meeting.source().map_or(9, |source| source.number);
                (meeting.date, number, meeting.is_cancelled())
            })
            .collect();
        prop_assert!(meetings.is_sorted_by_key(|meeting| meeting.hours.start));
        expected.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }
}
