//! When groups meet, as numbers: the form of the groups' own pages, each timetable once.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::render::Edition;
use crate::timetable::Timetable;
use crate::timetable::compact::{Compact, Dates, Zones};

#[derive(Serialize)]
struct Times<'a> {
    zones: &'a Zones,
    dates: Vec<&'a Dates>,
    of: Vec<i64>,
}

/// The timetables of documents as JSON; none where no group has dates ahead.
pub(super) fn times(edition: &Edition, documents: &[usize]) -> Option<Vec<u8>> {
    let settings = &edition.site.settings;
    let form = |&at: &usize| {
        Compact::of(&Timetable::of(&edition.site.groups[at], settings), edition.today)
    };
    let forms: Vec<Compact> = documents.par_iter().map(form).collect();
    let mut zones = Zones::new(edition.today);
    let dates: Vec<Dates> = forms.into_iter().map(|form| zones.take(form)).collect();
    // By its text: what looks alike lies together.
    let mut distinct: BTreeMap<String, (&Dates, i64)> = BTreeMap::new();
    let texts: Vec<String> = dates.iter().map(text).collect();
    for (text, dates) in texts.iter().zip(&dates).filter(|(_, dates)| !dates.is_empty()) {
        distinct.insert(text.clone(), (dates, 0));
    }
    for (place, (_, number)) in (0..).zip(distinct.values_mut()) {
        *number = place;
    }
    let of = texts.iter().map(|text| distinct.get(text).map_or(-1, |(_, number)| *number));
    let of = of.collect();
    let times =
        Times { zones: &zones, dates: distinct.values().map(|(dates, _)| *dates).collect(), of };
    (!times.dates.is_empty()).then(|| serde_json::to_vec(&times).expect("numbers are JSON"))
}

fn text(dates: &Dates) -> String {
    serde_json::to_string(dates).expect("numbers are JSON")
}
