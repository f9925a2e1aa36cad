//! `roundtable list`: coming meetings and stale listings, for people and for programs.

use serde_json::{Value, json};

use crate::command_line::{CLEAN, Site};

/// Groups in every state, in three zones, beside the two that meet each Monday and Tuesday.
const GROUPS: &str = "\
-- content/venues/church.yaml --
name: Grace Church
address: {city: Athens}
closed: [{from: 2026-11-30, to: 2026-12-06, reason: \"Painting, again\"}, {from: 2026-12-13}]
-- content/groups/church.md --
---
title: Church table
purpose: People meet in a room.
kind: process
schedule: Saturdays, 10 am–noon
format: in-person
venue: church
verified: 2026-11-01
---
-- content/groups/days.md --
---
title: Day table
purpose: People meet on a day.
kind: process
schedule: 27 November 2026 and 1 December 2026
verified: 2026-11-01
extra: [{date: 2026-11-30, time: 9 am}]
---
-- content/groups/night.md --
---
title: Night table
purpose: People meet at night.
kind: process
schedule: Mondays, 10:30 pm–12:30 am
timezone: America/Los_Angeles
visibility: unlisted
verified: 2026-11-01
cancelled: [{date: 2026-11-23, reason: \"The *host* is away\"}]
changed: [{date: 2026-11-30, to_date: 2026-12-01, time: 8–9 pm}]
---
-- content/groups/ended.md --
---
title: Ended
purpose: Is over.
kind: process
schedule: Mondays, 6–7 pm
status: ended
---
-- content/groups/paused.md --
---
title: Paused
purpose: Is over for now.
kind: process
schedule: Mondays, 6–7 pm
status: paused
resumes: 2026-12-05
verified: 2026-11-01
---
-- content/groups/draft.md --
---
title: Draft
purpose: Is not there yet.
kind: process
schedule: Mondays, 6–7 pm
visibility: draft
---
-- content/groups/internal.md --
---
title: Internal
purpose: Is nobody's business.
kind: process
schedule: Mondays, 6–7 pm
visibility: internal
---
";

fn rows(site: &Site, arguments: &[&str]) -> Vec<Value> {
    let arguments = [&["list", "--format", "json"], arguments].concat();
    let run = site.run(&arguments).ends(0);
    assert_eq!(run.stderr, "");
    serde_json::from_str(&run.stdout).unwrap()
}

/// Slug and start of each row.
fn starts(rows: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.iter().map(|row| format!("{} {}", text(&row["slug"]), text(&row["start"]))).collect()
}

#[test]
fn coming_meetings_have_the_keys_of_the_contract() {
    let site = Site::new(&[CLEAN, GROUPS]);
    let rows = rows(&site, &["--upcoming", "9"]);
    assert_eq!(
        starts(&rows),
        [
            "monday 2026-11-23T18:00:00-05:00",
            "night 2026-11-23T22:30:00-08:00",
            "tuesday 2026-11-24T18:00:00-05:00",
            "days 2026-11-27",
            "church 2026-11-28T10:00:00-05:00",
            "days 2026-11-30T09:00:00-05:00",
            "monday 2026-11-30T18:00:00-05:00",
            "days 2026-12-01",
            "tuesday 2026-12-01T18:00:00-05:00",
            "night 2026-12-01T20:00:00-08:00",
        ]
    );
    assert_eq!(
        rows[1],
        json!({
            "slug": "night", "title": "Night table", "start": "2026-11-23T22:30:00-08:00",
            "end": "2026-11-24T00:30:00-08:00", "timezone": "America/Los_Angeles",
            "cancelled": true, "reason": "The host is away",
        })
    );
    assert_eq!(
        rows[3],
        json!({
            "slug": "days", "title": "Day table", "start": "2026-11-27", "end": null,
            "timezone": "America/New_York", "cancelled": false, "reason": null,
        })
    );
    assert_eq!(rows[5]["end"], Value::Null, "nobody said when it ends");
}

#[test]
fn a_window_holds_its_first_instant_and_not_its_last() {
    let site = Site::new(&[CLEAN]);
    for (now, days, number) in [
        ("2026-11-23T23:00:00Z", "1", 1),
        ("2026-11-23T23:00:01Z", "1", 1),
        ("2026-11-23T23:00:01Z", "7", 2),
        ("2026-11-22T23:00:00Z", "1", 0),
        ("2026-11-23T12:00:00Z", "0", 0),
    ] {
        let rows = rows(&site, &["--upcoming", days, "--now", now]);
        assert_eq!(rows.len(), number, "{now} {days}: {:?}", starts(&rows));
    }
    assert_eq!(rows(&site, &[]).len(), 4, "two weeks, where nothing else is said");
}

#[test]
fn why_a_meeting_is_cancelled_is_told_for_places_and_holidays_too() {
    let holidays = "holidays: [{date: 2026-12-08, name: Bodhi Day}]\nholidays_cancel: true\n";
    let site =
        Site::new(&[&CLEAN.replace("title: River", &format!("{holidays}title: River")), GROUPS]);
    let rows = rows(&site, &["--upcoming", "30"]);
    let reason = |start: &str| {
        let row = rows.iter().find(|row| row["start"].as_str().unwrap().starts_with(start));
        let row = row.unwrap_or_else(|| panic!("{start}"));
        (row["cancelled"].as_bool().unwrap(), row["reason"].as_str().map(str::to_owned))
    };
    assert_eq!(reason("2026-12-05T10"), (true, Some("Painting, again".into())));
    assert_eq!(reason("2026-12-12T10"), (false, None));
    assert_eq!(reason("2026-12-19T10"), (true, Some("Grace Church is closed".into())));
    assert_eq!(reason("2026-12-08T18"), (true, Some("Bodhi Day".into())));
    assert_eq!(starts(&rows).iter().filter(|start| start.starts_with("paused")).count(), 3);
}

#[test]
fn a_spreadsheet_gets_lines_that_it_cannot_take_for_formulas() {
    let site = Site::new(&[CLEAN, GROUPS]);
    site.write(
        "content/groups/formula.md",
        "---\ntitle: \"=HYPERLINK(\\\"https://a.example\\\"), \\\"x\\\"\"\npurpose: A.\nkind: process\n\
         schedule: 28 November 2026, 10 am\nverified: 2026-11-01\n---\n",
    );
    let run = site.run(&["list", "--upcoming", "6", "--format", "csv"]).ends(0);
    assert_eq!(
        run.stdout,
        "slug,title,start,end,timezone,cancelled,reason\r\n\
         monday,Monday table,2026-11-23T18:00:00-05:00,2026-11-23T19:00:00-05:00,America/New_York,false,\r\n\
         night,Night table,2026-11-23T22:30:00-08:00,2026-11-24T00:30:00-08:00,America/Los_Angeles,true,The host is away\r\n\
         tuesday,Tuesday table,2026-11-24T18:00:00-05:00,2026-11-24T19:00:00-05:00,America/New_York,false,\r\n\
         days,Day table,2026-11-27,,America/New_York,false,\r\n\
         church,Church table,2026-11-28T10:00:00-05:00,2026-11-28T12:00:00-05:00,America/New_York,false,\r\n\
         formula,\"'=HYPERLINK(\"\"https://a.example\"\"), \"\"x\"\"\",2026-11-28T10:00:00-05:00,,America/New_York,false,\r\n"
    );
}

#[test]
fn the_table_fits_a_terminal_and_says_a_shared_zone_once() {
    let site = Site::new(&[CLEAN]);
    assert_eq!(
        site.run(&["list", "--upcoming", "2"]).ends(0).stdout,
        "Hours are those of America/New_York.\n\
         Mon 2026-11-23  18:00–19:00  Monday table\n\
         Tue 2026-11-24  18:00–19:00  Tuesday table\n"
    );
    assert_eq!(
        site.run(&["list", "--upcoming", "0"]).ends(0).stdout,
        "no meetings in the next 0 days\n"
    );
    let site = Site::new(&[CLEAN, GROUPS]);
    let shown = site.run(&["list", "--upcoming", "60"]).ends(0).stdout;
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert!(shown.contains("America/Los_Angeles  Night table\n"), "{shown}");
    assert!(shown.contains("  cancelled: The host is away\n"), "{shown}");
}

#[test]
fn stale_listings_come_oldest_first_with_their_files() {
    let old = "-- content/groups/river/old.md --\n---\ntitle: Old\npurpose: Is old.\nkind: process\n\
               schedule: Mondays, 6–7 pm\nverified: 2025-11-23\n---\n";
    let older = old.replace("river/old", "older").replace("2025-11-23", "2024-01-02");
    let ended = older.replace("older", "ended").replace("verified", "status: ended\nverified");
    let site = Site::new(&[CLEAN, old, &older, &ended]);
    let listings = rows(&site, &["--stale"]);
    assert_eq!(
        listings,
        [
            json!({"slug": "older", "title": "Old", "verified": "2024-01-02", "days": 1056,
                   "file": "content/groups/older.md"}),
            json!({"slug": "old", "title": "Old", "verified": "2025-11-23", "days": 365,
                   "file": "content/groups/river/old.md"}),
        ]
    );
    let csv = site.run(&["list", "--stale", "--format", "csv"]).ends(0).stdout;
    assert!(
        csv.starts_with("slug,title,verified,days,file\r\nolder,Old,2024-01-02,1056,"),
        "{csv}"
    );
    let table = site.run(&["list", "--stale"]).ends(0).stdout;
    assert!(table.starts_with("2024-01-02  1056 days ago  Old\n"), "{table}");
    let off = "checks: {stale-listing: {level: off, after: 400 days}}\ntitle: River";
    let site = Site::new(&[&CLEAN.replace("title: River", off), old, &older]);
    assert_eq!(rows(&site, &["--stale"]).len(), 1, "the site's own limit counts");
}

#[test]
fn what_is_sound_is_listed_beside_what_is_broken() {
    let site = Site::new(&[CLEAN]);
    site.write(
        "content/groups/broken.md",
        "---\ntitle: Broken\npurpose: Is broken.\nkind: process\nschedule: Twice a month\n---\n",
    );
    let run = site.run(&["list", "--upcoming", "2", "--format", "json"]).ends(1);
    let rows: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(rows.len(), 2);
    assert!(run.stderr.contains("error[ambiguous-schedule]"), "{}", run.stderr);
    assert!(
        run.stderr.ends_with("1 error; what has errors is not in the list\n"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("unconfirmed-listing"), "hints are `check`'s");
}

#[test]
fn a_list_of_nothing_known_is_a_slip() {
    let site = Site::new(&[CLEAN]);
    for arguments in [
        &["list", "--upcoming", "soon"][..],
        &["list", "--upcoming", "-1"],
        &["list", "--upcoming", "7", "--stale"],
        &["list", "--format", "xml"],
        &["list", "--now", "tomorrow"],
        &["list", "nowhere"],
    ] {
        let run = site.run(arguments).ends(2);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}
