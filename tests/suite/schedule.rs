//! `roundtable schedule`: what it tells of a sentence, and what it tells where there is something wrong with it.

use serde_json::{Value, json};

use crate::harness::{self, NOW};

/// How it ended, and what stands on standard output and standard error.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let all = [&["schedule", "--now", NOW], arguments].concat();
    let output = harness::run(folder.path(), &all);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn meaning(arguments: &[&str]) -> Value {
    let (code, stdout, stderr) = run(&[arguments, &["--format", "json"]].concat());
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{arguments:?}");
    serde_json::from_str(&stdout).unwrap()
}

#[test]
fn a_sentence_is_told_as_rules_in_words_and_as_what_comes_next() {
    let arguments =
        ["1st and 3rd Tuesday, 7–8:30 pm", "--timezone", "America/New_York", "--count", "2"];
    let wanted = json!({
        "rules": [{"rrule": "FREQ=MONTHLY;BYDAY=1TU,3TU", "start": "19:00", "end": "20:30"}],
        "describe": "1st and 3rd Tuesday of the month, 7:00–8:30 pm, New York time",
        "next": ["2026-12-01T19:00:00-05:00", "2026-12-15T19:00:00-05:00"],
    });
    assert_eq!(meaning(&arguments), wanted);
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert_eq!(
        stdout,
        "1st and 3rd Tuesday of the month, 7:00–8:30 pm, New York time\n\n  \
         FREQ=MONTHLY;BYDAY=1TU,3TU  19:00–20:30\n\nnext:\n  \
         Tue 1 December 2026, 7:00 pm EST\n  Tue 15 December 2026, 7:00 pm EST\n"
    );
}

#[test]
fn what_was_not_given_is_null_and_what_is_not_known_is_left_out() {
    let no_end = meaning(&["Mondays, 6 pm", "--count", "1"]);
    assert_eq!(
        no_end["rules"],
        json!([{"rrule": "FREQ=WEEKLY;BYDAY=MO", "start": "18:00", "end": null}])
    );
    assert_eq!(no_end["next"], json!(["2026-11-23T18:00:00"]));
    let no_hours = meaning(&["12 January and 9 March 2027"]);
    let dates = json!(["2027-01-12", "2027-03-09"]);
    assert_eq!(
        no_hours["rules"],
        json!([{"rrule": null, "dates": dates, "start": null, "end": null}])
    );
    assert_eq!(no_hours["next"], dates);
}

#[test]
fn the_zone_that_a_sentence_names_is_the_one_that_is_told() {
    let pacific = meaning(&["Mondays, 6 pm Pacific", "--count", "1"]);
    assert_eq!(pacific["next"], json!(["2026-11-23T18:00:00-08:00"]));
    assert_eq!(pacific["describe"], "Mondays, 6 pm, Los Angeles time");
}

#[test]
fn fields_narrow_the_sentence() {
    let term = ["--starts", "2027-01-01", "--ends", "12 January 2027"];
    let narrowed = meaning(&[&["every other Monday"][..], &term].concat());
    assert_eq!(narrowed["next"], json!(["2027-01-04"]));
    assert_eq!(narrowed["rules"][0]["rrule"], "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270112;BYDAY=MO");
}

#[test]
fn problems_end_with_1_and_are_those_of_check() {
    let (code, stdout, stderr) = run(&["Tusedays, 13 pm"]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains("1 | Tusedays, 13 pm\n  | ^^^^^^^^\n"), "{stderr}");
    assert!(stderr.contains("1 | Tusedays, 13 pm\n  |           ^^^^^\n"), "{stderr}");
    let (code, stdout, stderr) = run(&["every other Wednesday", "--format", "json"]);
    assert_eq!((code, stderr.as_str()), (Some(1), ""));
    let problems: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(problems[0]["rule"], "ambiguous-schedule");
    assert_eq!((&problems[0]["line"], &problems[0]["column"]), (&json!(1), &json!(1)));
    assert!(problems[0]["help"].as_str().unwrap().contains("say:"), "{stdout}");
    let (_, stdout, _) =
        run(&["Mondays 6 pm PT", "--timezone", "America/New_York", "--format", "json"]);
    assert!(stdout.contains("\"schedule-contradiction\""), "{stdout}");
}

#[test]
fn fields_that_cannot_be_read_end_with_2() {
    for arguments in [
        &["Mondays", "--timezone", "EST"][..],
        &["Mondays", "--starts", "01/06/2027"],
        &["Mondays", "--ends", "soon"],
        &["Mondays", "--count", "-1"],
        &["Mondays", "Tuesdays"],
        &[],
    ] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn days_that_never_come_are_a_problem_and_days_in_the_wrong_order_are_a_slip() {
    let starts = ["Mondays, 7 pm", "--starts", "2027-06-01", "--ends"];
    let (code, stdout, stderr) = run(&[&starts[..], &["2027-06-02", "--format", "json"]].concat());
    assert_eq!((code, stderr.as_str()), (Some(1), ""));
    let problems: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(problems[0]["rule"], "empty-schedule");
    let message = "between `starts` and `ends` there is no such day";
    assert_eq!(problems[0]["message"], message);
    let (code, stdout, stderr) = run(&[&starts[..], &["2027-05-31"]].concat());
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert_eq!(stderr, "error: `--ends 2027-05-31` lies before `--starts 2027-06-01`\n");
}
