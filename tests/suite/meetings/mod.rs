//! The compact form of a timetable says what the timetable says: here, of random groups and by a reader as slow as its
//! documentation; in the browser's own code, of the groups of `tests/fixtures/meetings.json`, which this writes.

mod groups;

use std::fmt::Write as _;

use jiff::civil::Date;
use proptest::prelude::*;
use roundtable::timetable::compact::{self, Compact};
use roundtable::timetable::{Meeting, Standing, Timetable};
use serde_json::Value;

use crate::harness::{expect_file, project};
use groups::{Case, Dice, TODAY, assorted, cases};

/// `[start, end, state]`, instants in minutes; the end of a meeting whose end or whose hours nobody told is the start.
type Told = [i64; 3];

fn by_timetable(case: &Case) -> Vec<Told> {
    let timetable = Timetable::of(&case.group, &case.settings);
    let told = |meeting: &Meeting<'_>| {
        let minutes = |at: jiff::Timestamp| at.as_second() / 60;
        let state = match meeting.standing {
            Standing::Planned => 0,
            Standing::Cancelled(_) => 1,
            Standing::OnlineOnly(_) => 2,
            Standing::Holiday(_) => 3,
        };
        let (start, end) = (meeting.hours.start, meeting.hours.end);
        [minutes(start), minutes(end.unwrap_or(start)), state]
    };
    let mut all: Vec<Told> = timetable.meetings(compact::window(TODAY)).iter().map(told).collect();
    all.sort_unstable();
    all
}

fn form(case: &Case) -> Value {
    serde_json::to_value(Compact::of(&Timetable::of(&case.group, &case.settings), TODAY)).unwrap()
}

/// Reads the form as its documentation says, day by day.
fn by_form(form: &Value) -> Vec<Told> {
    let form = form.as_array().unwrap();
    assert_eq!(form[0], compact::VERSION);
    let zones: Vec<Vec<i64>> = serde_json::from_value(form[1].clone()).unwrap();
    let mut all: Vec<Told> = Vec::new();
    for rule in form[2].as_array().unwrap() {
        let list = |at: usize| serde_json::from_value::<Vec<i64>>(rule[at].clone()).unwrap();
        let number = |at: usize| rule[at].as_i64().unwrap();
        let zone = &zones[usize::try_from(number(8)).unwrap()];
        for day in number(4)..=number(5) {
            let state = list(9)
                .chunks(3)
                .find(|run| (run[0]..run[0] + run[1]).contains(&day))
                .map_or(0, |run| run[2]);
            if falls(&list(2), [number(0), number(1), number(3), number(4)], day) && state != 4 {
                let (start, length) = (day * 1440 + number(6), number(7).max(0));
                let (begins, ends) = (instant(zone, start), instant(zone, start + length));
                all.push([begins, if ends > begins { ends } else { begins + length }, state]);
            }
        }
    }
    for single in form[3].as_array().unwrap() {
        let [start, length, state, _, _]: [i64; 5] =
            serde_json::from_value(single.clone()).unwrap();
        all.push([start, start + length.max(0), state]);
    }
    all.sort_unstable();
    all
}

fn falls(on: &[i64], [unit, every, months, first]: [i64; 4], day: i64) -> bool {
    let date = |day: i64| Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(day));
    let (is, began) = (date(day), date(first));
    let (number, weekday) = (i64::from(is.day()), i64::from(is.weekday().to_monday_one_offset()));
    let left = i64::from(is.days_in_month()) - number;
    let month = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    // The first Monday of the epoch is day 4.
    let week = |day: i64| (day - 4).div_euclid(7);
    let (count, is_on) = match unit {
        0 => (day - first, true),
        1 => (week(day) - week(first), on.contains(&weekday)),
        2 => (
            month(is) - month(began),
            on.contains(&((number + 6) / 7 * 8 + weekday))
                || on.contains(&(weekday - (left + 7) / 7 * 8)),
        ),
        _ => (month(is) - month(began), on.contains(&number) || left == 0 && on.contains(&-1)),
    };
    is_on && count % every == 0 && (months == 0 || months & (1 << is.month()) != 0)
}

/// The first instant at which a clock that shows skipped times too shows this one.
fn instant(zone: &[i64], local: i64) -> i64 {
    let mut offset = zone[0];
    for change in zone[1..].chunks(2) {
        if local < change[0] + offset.max(change[1]) {
            break;
        }
        offset = change[1];
    }
    local - offset
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_compact_form_says_what_the_timetable_says(thrown in prop::collection::vec(any::<u32>(), 40..160)) {
        let case = assorted(&mut Dice::of(thrown));
        prop_assert_eq!(by_form(&form(&case)), by_timetable(&case));
        let timetable = Timetable::of(&case.group, &case.settings);
        let of_rule = |number| serde_json::to_value(Compact::of_rule(&timetable, TODAY, number)).unwrap();
        let mut parts: Vec<Told> =
            (0..timetable.sources().count()).flat_map(|number| by_form(&of_rule(number))).collect();
        parts.sort_unstable();
        prop_assert_eq!(parts, by_timetable(&case));
    }
}

#[test]
fn the_browser_s_fixtures_are_those_of_the_timetable() {
    let mut text = format!("{{\"today\":\"{TODAY}\",\"cases\":[\n");
    let all = cases();
    assert!(all.len() >= 40, "{}", all.len());
    for (number, case) in all.iter().enumerate() {
        let (form, meetings) = (form(case), by_timetable(case));
        assert_eq!(by_form(&form), meetings, "{}", case.name);
        let case = serde_json::json!({"name": case.name, "form": form, "meetings": meetings});
        let end = if number + 1 == all.len() { "\n]}\n" } else { ",\n" };
        write!(text, "{case}{end}").unwrap();
    }
    expect_file(&project().join("tests/fixtures/meetings.json"), &text);
}

#[test]
fn the_form_of_a_weekly_group_is_short() {
    let case = &cases()[0];
    let form = form(case);
    let (all, zones) = (form.to_string().len(), form[1].to_string().len());
    println!("a weekly group: {all} bytes, {zones} of them its zone: {form}");
    assert!(all - zones <= 60 && zones <= 120, "{form}");
    assert!(!form.to_string().contains(['"', '&', '<', '\'']), "{form}");
}

#[test]
fn holidays_are_named_apart_from_the_form() {
    let case = cases().into_iter().find(|case| case.name.contains("holidays")).unwrap();
    let timetable = Timetable::of(&case.group, &case.settings);
    let holidays = compact::holidays(&timetable, TODAY);
    assert!(!holidays.is_empty());
    let states = form(&case)[2][0][9].as_array().unwrap().clone();
    let marked: Vec<i64> = states
        .chunks(3)
        .filter(|run| run[2] == 3)
        .flat_map(|run| (0..run[1].as_i64().unwrap()).map(|day| run[0].as_i64().unwrap() + day))
        .collect();
    assert!(holidays.iter().all(|(day, _)| marked.contains(day)), "{holidays:?} {marked:?}");
}
