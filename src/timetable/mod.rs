//! When a group really meets: its schedule's rules with every exception that the group, its venues and the network's
//! holidays make. Takes a group and the settings, gives meetings; pages, calendars, lists and the browser's form are all
//! made from these. Pure.

pub mod compact;
mod meetings;

pub use meetings::closed_for_good;

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::Prose;
use crate::model::group::{Change, Entry, Extra, Group, Setting};
use crate::model::settings::Settings;
use crate::schedule::{Clock, Hours, Rule};

/// A group's meetings, ready to be asked for.
#[derive(Clone, Copy, Debug)]
pub struct Timetable<'a> {
    group: &'a Group,
    settings: &'a Settings,
}

/// One meeting.
#[derive(Clone, Debug)]
pub struct Meeting<'a> {
    /// The day on which it begins.
    pub date: Date,
    /// The wall clock's hours; none where the schedule tells none.
    pub clock: Option<Clock>,
    /// The zone of those hours.
    pub zone: TimeZone,
    /// The exact hours. Where none are told, the day's first instant and no end.
    pub hours: Hours,
    /// Where it is.
    pub setting: Cow<'a, Setting>,
    /// What it comes from.
    pub origin: Origin<'a>,
    /// Whether it happens.
    pub standing: Standing<'a>,
}

/// What a meeting comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A rule, as planned.
    Rule(Source<'a>),
    /// A rule, and then it was changed.
    Changed {
        /// The rule.
        source: Source<'a>,
        /// What is different; its `date` is the day that the rule gave.
        change: &'a Change,
    },
    /// It comes on top.
    Extra(&'a Extra),
}

/// A rule of an entry of the schedule.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The rule.
    pub rule: &'a Rule,
    /// The rule's place among all of the schedule, from 0.
    pub number: usize,
}

/// What an extra meeting takes from the others.
#[derive(Clone, Debug)]
pub struct Usual<'a> {
    /// The hours that all rules have; none where they differ or tell none.
    pub clock: Option<Clock>,
    /// Where all entries meet; the group's own setting where they differ.
    pub setting: &'a Setting,
    /// The zone of all entries; the group's own where they differ.
    pub timezone: Option<TimeZone>,
}

/// Whether a meeting happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// As told.
    Planned,
    /// It does, but its place is closed: only those online meet.
    OnlineOnly(Closed<'a>),
    /// It should, but the day is a holiday, so one had better ask.
    Holiday(&'a str),
    /// It does not.
    Cancelled(Cause<'a>),
}

/// Why a meeting does not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause<'a> {
    /// The group says so.
    Group(Option<&'a Prose>),
    /// Its place is closed.
    Closed(Closed<'a>),
    /// The network holds no meetings on this holiday.
    Holiday(&'a str),
}

/// A closed place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed<'a> {
    /// What the place is called, if its name is public.
    pub name: Option<&'a str>,
    /// Why, if that is public.
    pub reason: Option<&'a Prose>,
}

impl<'a> Timetable<'a> {
    /// The timetable of a group in its network.
    pub fn of(group: &'a Group, settings: &'a Settings) -> Timetable<'a> {
        Timetable { group, settings }
    }

    /// Every rule of the schedule, in order.
    pub fn sources(&self) -> impl Iterator<Item = Source<'a>> + use<'a> {
        let entries = self.group.schedule.entries();
        let rules =
            entries.iter().flat_map(|entry| entry.rules.iter().map(move |rule| (entry, rule)));
        rules.enumerate().map(|(number, (entry, rule))| Source { entry, rule, number })
    }

    /// The zone of a setting's clock times: its own, else the network's. Where neither is told there are no clock times,
    /// and days are those of UTC.
    pub fn zone(&self, setting: &Setting) -> TimeZone {
        let zone = setting.timezone.as_ref().or(self.settings.timezone.as_ref());
        zone.cloned().unwrap_or(TimeZone::UTC)
    }
}

impl Meeting<'_> {
    /// The rule that it comes from, if it does from one.
    pub fn source(&self) -> Option<Source<'_>> {
        match self.origin {
            Origin::Rule(source) | Origin::Changed { source, .. } => Some(source),
            Origin::Extra(_) => None,
        }
    }

    /// The day that the rule gave.
    pub fn planned(&self) -> Option<Date> {
        match self.origin {
            Origin::Rule(_) => Some(self.date),
            Origin::Changed { change, .. } => Some(change.date),
            Origin::Extra(_) => None,
        }
    }

    /// Whether it does not happen.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.standing, Standing::Cancelled(_))
    }
}

#[cfg(test)]
mod tests;
