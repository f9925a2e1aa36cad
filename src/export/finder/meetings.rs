//! The meetings of a group as a finder tells them apart: what is true of one of them, not of the group.

use std::collections::HashMap;

use crate::export::finder::places::{Point, Towns};
use crate::model::facet::Facet;
use crate::model::group::Group;
use crate::render::Edition;

/// What is true of one meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    /// For each of [`meeting_facets`] the numbers of its values, ascending.
    pub(super) values: Vec<Vec<usize>>,
    /// Where it is.
    pub(super) point: Option<Point>,
}

/// The numbers of values: their positions among those of their facet.
pub(super) struct Numbers<'a>(HashMap<(Facet, &'a str), usize>);

impl<'a> Numbers<'a> {
    pub(super) fn new(edition: &'a Edition) -> Numbers<'a> {
        let facets = edition.index.facets.iter().filter(|pages| pages.facet.is_of_meeting());
        let values = facets.flat_map(|pages| {
            let values = pages.values.iter().enumerate();
            values.map(|(number, value)| ((pages.facet, value.key.as_str()), number))
        });
        Numbers(values.collect())
    }
}

/// The facets that are true of meetings, in order.
pub(super) fn meeting_facets() -> impl Iterator<Item = Facet> {
    Facet::ALL.into_iter().filter(|facet| facet.is_of_meeting())
}

/// The distinct meetings of a group, in the order of its schedule; never none.
pub(super) fn meetings(group: &Group, numbers: &Numbers<'_>, towns: &Towns) -> Vec<Meeting> {
    let mut meetings: Vec<Meeting> = Vec::new();
    for meeting in group.meetings() {
        let values = meeting_facets().map(|facet| {
            let values = facet.values_at(group, meeting).into_iter();
            let mut values: Vec<usize> = values
                .filter_map(|value| numbers.0.get(&(facet, value.key.as_str())).copied())
                .collect();
            values.sort_unstable();
            values
        });
        let meeting = Meeting { values: values.collect(), point: towns.point(meeting.setting) };
        if !meetings.contains(&meeting) {
            meetings.push(meeting);
        }
    }
    meetings
}
