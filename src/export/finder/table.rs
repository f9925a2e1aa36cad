//! The table: every value of every group, column by column.

use crate::export::finder::meetings::Meeting;
use crate::export::finder::pack::add;
use crate::render::Edition;

/// The table of documents, each with its meetings. `numbers` has for each group of the site its document's number.
pub(super) fn table(
    edition: &Edition,
    meetings: &[Vec<Meeting>],
    numbers: &[Option<usize>],
) -> Vec<u8> {
    let mut table = Vec::new();
    let mut before = 0;
    for place in places(edition, numbers, meetings.len()) {
        add_step(&mut table, place.cast_signed() - before);
        before = place.cast_signed();
    }
    for meetings in meetings {
        add(&mut table, meetings.len());
    }
    let mut column = 0;
    for pages in &edition.index.facets {
        let of_meeting = pages.facet.is_of_meeting();
        if of_meeting {
            column += 1;
        }
        if pages.values.is_empty() {
            continue;
        }
        if of_meeting {
            for meeting in meetings.iter().flatten() {
                add_values(&mut table, &meeting.values[column - 1]);
            }
            continue;
        }
        let mut values: Vec<Vec<usize>> = vec![Vec::new(); meetings.len()];
        for (value, groups) in pages.values.iter().enumerate() {
            for document in groups.groups.iter().filter_map(|&at| numbers[at]) {
                values[document].push(value);
            }
        }
        for values in &values {
            add_values(&mut table, values);
        }
    }
    table
}

/// The place of each document in the order of names.
fn places(edition: &Edition, numbers: &[Option<usize>], documents: usize) -> Vec<usize> {
    let mut places = vec![0; documents];
    for (place, &at) in edition.index.listed.iter().enumerate() {
        if let Some(document) = numbers[at] {
            places[document] = place;
        }
    }
    places
}

/// Steps forward are even, steps back odd. Groups of a town are in the order of their slugs, which is nearly that of their
/// names, so most steps go forward and not far.
fn add_step(table: &mut Vec<u8>, step: isize) {
    let back = usize::from(step < 0);
    add(table, (step.unsigned_abs() << 1) - back);
}

/// 0 for none; else each value's number + 1, doubled, and odd where another follows.
fn add_values(table: &mut Vec<u8>, values: &[usize]) {
    if values.is_empty() {
        table.push(0);
    }
    for (at, value) in values.iter().enumerate() {
        let another = usize::from(at + 1 < values.len());
        add(table, (value + 1) << 1 | another);
    }
}
