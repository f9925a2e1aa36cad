//! When groups meet, as numbers: the form of the groups' own pages, in which the days and the hours of rules stand once
//! each. Hardly two groups of a large site meet at the same times, but many share a day, and many an hour.

use std::collections::HashMap;
use std::hash::Hash;

use rayon::prelude::*;
use serde::Serialize;

use crate::export::finder::order::{Run, runs};
use crate::export::finder::pack::{add, headed};
use crate::export::finder::rows::distinct;
use crate::render::Edition;
use crate::timetable::Timetable;
use crate::timetable::compact::{Compact, Dates, RuleDays, RuleHours, Zones};

/// Large enough that groups share days and hours; small enough for readers who look at the groups of one region only, and
/// that a site of a hundred thousand groups has no plane that is larger than one of a few thousand.
const RUN: Run = Run { least: 2000, most: 3200, one_in: 1000 };

#[derive(Serialize)]
struct Times<'a> {
    groups: usize,
    zones: &'a Zones,
    days: &'a [RuleDays],
    hours: &'a [RuleHours],
    /// What the beginnings of single meetings are counted from.
    from: i64,
    singles: Vec<Vec<i64>>,
}

/// The timetables of documents in runs, each with how many they are of; none where no group has dates ahead.
pub(super) fn times(edition: &Edition, documents: &[usize]) -> Vec<(usize, Vec<u8>)> {
    let settings = &edition.site.settings;
    let form = |&at: &usize| {
        Compact::of(&Timetable::of(&edition.site.groups[at], settings), edition.today)
    };
    let run = |run: &&[usize]| -> (Zones, Vec<Dates>) {
        let forms: Vec<Compact> = run.par_iter().map(form).collect();
        let mut zones = Zones::new(edition.today);
        let dates = forms.into_iter().map(|form| zones.take(form)).collect();
        (zones, dates)
    };
    let all: Vec<_> = runs(edition, documents, RUN).par_iter().map(run).collect();
    if all.iter().all(|(_, dates)| dates.iter().all(Dates::is_empty)) {
        return Vec::new();
    }
    all.par_iter().map(|(zones, dates)| (dates.len(), packed(zones, dates))).collect()
}

/// The plane of a run.
fn packed(zones: &Zones, dates: &[Dates]) -> Vec<u8> {
    let (rule_days, rule_hours): (Vec<RuleDays>, Vec<RuleHours>) =
        dates.iter().flat_map(Dates::rules).unzip();
    let days = distinct(rule_days.iter().cloned());
    let hours = distinct(rule_hours.iter().copied());
    let from = dates.iter().flat_map(Dates::singles).map(|single| single[0]).min().unwrap_or(0);
    let (groups, singles) = (dates.len(), singles(dates, from));
    let mut bytes = headed(&Times { groups, zones, days: &days, hours: &hours, from, singles });
    for dates in dates {
        add(&mut bytes, dates.rules().count());
    }
    add_places(&mut bytes, &rule_days, &days);
    add_places(&mut bytes, &rule_hours, &hours);
    bytes
}

/// The single meetings of each document that has any: the step from the document before, then five numbers for each.
fn singles(dates: &[Dates], from: i64) -> Vec<Vec<i64>> {
    let mut all = Vec::new();
    let mut step = 0;
    for singles in dates.iter().map(Dates::singles) {
        if !singles.is_empty() {
            let numbers = singles
                .iter()
                .flat_map(|&[start, rest @ ..]| std::iter::once(start - from).chain(rest));
            all.push(std::iter::once(step).chain(numbers).collect());
            step = 0;
        }
        step += 1;
    }
    all
}

/// The place of each among all.
fn add_places<T: Eq + Hash>(bytes: &mut Vec<u8>, each: &[T], all: &[T]) {
    let places: HashMap<&T, usize> = all.iter().enumerate().map(|(at, one)| (one, at)).collect();
    for one in each {
        add(bytes, places[one]);
    }
}
