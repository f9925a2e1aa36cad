//! Decides which constructs of a sentence belong together.
//!
//! Days and the hours after them, or hours and the days after them, are one draft: `Mondays 6–7:30 pm and Thursdays noon–1
//! pm` has two. What limits days (`from`, `until`, `except`, months, counts) belongs to the draft that it stands in, and
//! in the last draft to all before it that have none of that sort. A semicolon between two complete drafts parts them:
//! nothing is shared across it.

use std::ops::Range;

use super::Misread;
use super::doubts::{doubts, more_or_other};
use super::hours::Times;
use super::items::{Exception, Item, Kind, Pace, PartDate, Pattern, Term};
use super::words::{Part, Unit};
use super::zone::ZoneWord;
use crate::schedule::days::Months;

/// Something and its place.
pub(super) type Placed<T> = (T, Range<usize>);

/// What belongs to the same days.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) patterns: Vec<Placed<Pattern>>,
    pub(super) dates: Vec<PartDate>,
    pub(super) paces: Vec<Placed<Pace>>,
    pub(super) frequency: Option<Placed<(u32, Unit)>>,
    pub(super) terms: Vec<Placed<Term>>,
    pub(super) counts: Vec<Placed<(u32, Unit)>>,
    pub(super) months: Option<Placed<Months>>,
    pub(super) except: Vec<Placed<Exception>>,
    pub(super) hours: Option<Placed<Times>>,
    pub(super) length: Option<Placed<u32>>,
    pub(super) part: Option<Placed<Part>>,
    /// What was said a second time in another way.
    pub(super) clashes: Vec<Range<usize>>,
    /// Whether hours were read after the last days.
    hours_last: bool,
}

/// All of a sentence.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    pub(super) drafts: Vec<Draft>,
    pub(super) zones: Vec<Placed<ZoneWord>>,
    /// Limits of which it is not plain to what they belong.
    pub(super) doubts: Vec<Misread>,
}

/// The place of the second of two that differ.
fn clash<T: PartialEq>(one: Option<&Placed<T>>, other: Option<&Placed<T>>) -> Option<Range<usize>> {
    match (one, other) {
        (Some((one, _)), Some((other, at))) if one != other => Some(at.clone()),
        _ => None,
    }
}

impl Draft {
    fn has_days(&self) -> bool {
        !self.patterns.is_empty() || !self.dates.is_empty()
    }

    fn has_own_days(&self) -> bool {
        self.has_days()
            || !self.paces.is_empty()
            || self.frequency.is_some()
            || !self.counts.is_empty()
    }

    fn is_empty(&self) -> bool {
        !self.has_own_days()
            && !self.has_limits()
            && self.hours.is_none()
            && self.length.is_none()
            && self.part.is_none()
    }

    fn has_limits(&self) -> bool {
        !self.terms.is_empty() || !self.except.is_empty() || self.months.is_some()
    }

    /// Adds what was read next.
    fn add(&mut self, kind: &Kind, at: Range<usize>) {
        match kind {
            Kind::Pattern(pattern) => {
                self.hours_last = false;
                // `Daily at noon, 7 days a week` says one thing twice.
                if self.patterns.iter().all(|(known, _)| known != pattern) {
                    self.patterns.push((pattern.clone(), at));
                }
            }
            Kind::Dates(dates) => {
                self.hours_last = false;
                self.dates.extend(dates.iter().cloned());
            }
            Kind::Hours(times) => {
                self.hours_last = true;
                self.hours = Some((times.clone(), at));
            }
            Kind::Pace(pace) => self.paces.push((*pace, at)),
            Kind::Term(term) => self.terms.push((term.clone(), at)),
            Kind::Count { count, unit } => self.counts.push(((*count, *unit), at)),
            Kind::Months(months) => {
                let before = self.months.as_ref().map(|(months, _)| *months);
                let all = before.map_or(*months, |before| months.iter().fold(before, Months::with));
                self.months = Some((all, at));
            }
            Kind::Except(except) => {
                self.except.extend(except.iter().map(|one| (one.clone(), at.clone())));
            }
            Kind::Frequency { times, per } => {
                self.set(|draft| &mut draft.frequency, ((*times, *per), at));
            }
            Kind::Length(minutes) => self.set(|draft| &mut draft.length, (*minutes, at)),
            Kind::Part(part) => self.set(|draft| &mut draft.part, (*part, at)),
            Kind::Zone(_) | Kind::Semicolon => {}
        }
    }

    /// Notes what can be said once only.
    fn set<T: PartialEq>(
        &mut self,
        slot: impl Fn(&mut Draft) -> &mut Option<Placed<T>>,
        said: Placed<T>,
    ) {
        let clash = clash(slot(self).as_ref(), Some(&said));
        self.clashes.extend(clash);
        *slot(self) = Some(said);
    }

    /// Whether it is a sentence by itself.
    fn stands_alone(&self) -> bool {
        self.has_days() || self.has_own_days() && self.hours.is_some()
    }

    fn is_limits_only(&self) -> bool {
        !self.has_days() && self.hours.is_none()
    }

    /// Adds all of another draft but its days and hours; where both say something of one sort, they must agree.
    fn take_rest(&mut self, from: &Draft) {
        self.terms.extend(from.terms.iter().cloned());
        self.counts.extend(from.counts.iter().cloned());
        self.except.extend(from.except.iter().cloned());
        self.paces.extend(from.paces.iter().cloned());
        self.clashes.extend(from.clashes.iter().cloned());
        let clashes = [
            clash(self.months.as_ref(), from.months.as_ref()),
            clash(self.frequency.as_ref(), from.frequency.as_ref()),
            clash(self.length.as_ref(), from.length.as_ref()),
            clash(self.part.as_ref(), from.part.as_ref()),
        ];
        self.clashes.extend(clashes.into_iter().flatten());
        self.months = self.months.take().or_else(|| from.months.clone());
        self.frequency = self.frequency.take().or_else(|| from.frequency.clone());
        self.length = self.length.take().or_else(|| from.length.clone());
        self.part = self.part.take().or_else(|| from.part.clone());
    }

    /// Takes from another draft the limits of each sort that it has none of.
    fn take_limits(&mut self, from: &Draft) {
        if self.terms.is_empty() {
            self.terms.clone_from(&from.terms);
        }
        if self.counts.is_empty() {
            self.counts.clone_from(&from.counts);
        }
        if self.except.is_empty() {
            self.except.clone_from(&from.except);
        }
        if self.months.is_none() {
            self.months.clone_from(&from.months);
        }
    }

    /// Where its words stand, for what is wrong with them together.
    pub(super) fn place(&self, length: usize) -> Range<usize> {
        let days = self.patterns.iter().map(|(_, at)| at);
        let rest = self.paces.iter().map(|(_, at)| at).chain(self.counts.iter().map(|(_, at)| at));
        let frequency = self.frequency.iter().map(|(_, at)| at);
        let dates = self.dates.iter().map(|date| &date.at);
        let all: Vec<_> = days.chain(rest).chain(frequency).chain(dates).collect();
        let hours = self.hours.iter().map(|(_, at)| at);
        let all = if all.is_empty() { hours.collect() } else { all };
        let start = all.iter().map(|at| at.start).min().unwrap_or(0);
        let end = all.iter().map(|at| at.end).max().unwrap_or(length);
        start..end
    }
}

impl Sentence {
    pub(super) fn new(items: Vec<Item>) -> Sentence {
        let mut sentence = Sentence::default();
        let mut segments: Vec<Vec<Draft>> = Vec::new();
        for part in items.split(|item| matches!(item.kind, Kind::Semicolon)) {
            sentence.doubts.extend(doubts(part));
            let mut drafts = drafts(part, &mut sentence.zones);
            share_limits(&mut drafts);
            match (segments.last_mut(), drafts.first()) {
                (_, None) => {}
                (None, Some(_)) => segments.push(drafts),
                // Limits alone are said of everything before them.
                (Some(_), Some(first)) if first.is_limits_only() => {
                    segments.iter_mut().flatten().for_each(|draft| draft.take_rest(first));
                }
                (Some(previous), Some(first)) if !first.stands_alone() => {
                    let other_hours = previous.iter().any(|draft| draft.hours.is_some());
                    if let (true, true, Some((_, at))) =
                        (other_hours, first.has_limits(), &first.hours)
                    {
                        sentence.doubts.push(more_or_other(at.clone()));
                    }
                    join(previous, drafts);
                }
                _ => segments.push(drafts),
            }
        }
        // What is said before all days is said of all.
        if let [first, rest @ ..] = segments.as_mut_slice()
            && !rest.is_empty()
            && let [leading] = first.as_slice()
            && leading.is_limits_only()
        {
            rest.iter_mut().flatten().for_each(|draft| draft.take_rest(leading));
            segments.remove(0);
        }
        sentence.drafts = segments.into_iter().flatten().collect();
        sentence
    }

    pub(super) fn speaks_of_days(&self) -> bool {
        self.drafts.iter().any(|draft| !draft.patterns.is_empty() || !draft.dates.is_empty())
    }
}

/// Adds drafts of which the first has hours for the days before it.
fn join(previous: &mut Vec<Draft>, drafts: Vec<Draft>) {
    for draft in drafts {
        match previous.last_mut() {
            Some(last) if last.hours.is_none() && !draft.has_days() => {
                last.hours.clone_from(&draft.hours);
                last.take_rest(&draft);
            }
            Some(last) if !draft.has_days() => {
                let mut more = Draft { hours: draft.hours.clone(), length: None, ..last.clone() };
                more.take_rest(&draft);
                previous.push(more);
            }
            _ => previous.push(draft),
        }
    }
}

/// The drafts of what stands between two semicolons.
fn drafts(items: &[Item], zones: &mut Vec<Placed<ZoneWord>>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut draft = Draft::default();
    let mut leading = Draft::default();
    for (index, Item { kind, at, .. }) in items.iter().enumerate() {
        let next = items.get(index + 1).map(|item| &item.kind);
        if begins_another(&draft, kind, next) {
            drafts.push(std::mem::take(&mut draft));
        }
        let at = at.clone();
        let leads = drafts.is_empty() && !draft.has_days() && draft.hours.is_none();
        match kind {
            Kind::Zone(zone) => zones.push((zone.clone(), at)),
            kind => draft.add(kind, at),
        }
        if leads && matches!(kind, Kind::Term(_) | Kind::Months(_) | Kind::Except(_)) {
            leading = Draft { hours_last: false, ..draft.clone() };
        }
    }
    drafts.push(draft);
    drafts.retain(|draft| !draft.is_empty());
    // What is said before all days is said of all.
    for draft in drafts.iter_mut().skip(1) {
        draft.take_limits(&leading);
    }
    inherit_days(&mut drafts);
    drafts
}

/// Hours alone are more hours on the same days.
fn inherit_days(drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        if let (Some(last), Some(draft)) = (before.last(), after.first_mut())
            && !draft.has_own_days()
            && draft.hours.is_some()
        {
            draft.patterns.clone_from(&last.patterns);
            draft.dates.clone_from(&last.dates);
            draft.paces.clone_from(&last.paces);
            draft.frequency.clone_from(&last.frequency);
            draft.take_limits(last);
        }
    }
}

fn begins_another(draft: &Draft, kind: &Kind, next: Option<&Kind>) -> bool {
    let complete = draft.has_days() && draft.hours.is_some() && draft.hours_last;
    match kind {
        // `Daily at noon, 7 days a week` says one thing twice.
        Kind::Pattern(pattern) => {
            complete && draft.patterns.iter().all(|(known, _)| known != pattern)
        }
        Kind::Dates(_) => complete,
        Kind::Pace(_) | Kind::Frequency { .. } | Kind::Count { .. } | Kind::Months(_) => {
            complete && matches!(next, Some(Kind::Pattern(_)))
        }
        Kind::Part(_) => complete && draft.part.is_some(),
        Kind::Hours(_) => draft.hours.is_some(),
        _ => false,
    }
}

/// What limits the last draft limits those before it that have nothing of that sort.
fn share_limits(drafts: &mut [Draft]) {
    let Some((last, before)) = drafts.split_last_mut() else { return };
    let none_before = |has: fn(&Draft) -> bool| !before.iter().any(has);
    let shared = Draft {
        terms: if none_before(|draft| !draft.terms.is_empty()) {
            last.terms.clone()
        } else {
            Vec::new()
        },
        counts: if none_before(|draft| !draft.counts.is_empty()) {
            last.counts.clone()
        } else {
            Vec::new()
        },
        except: if none_before(|draft| !draft.except.is_empty()) {
            last.except.clone()
        } else {
            Vec::new()
        },
        months: last.months.clone().filter(|_| none_before(|draft| draft.months.is_some())),
        ..Draft::default()
    };
    let lengths = last.length.clone().filter(|_| {
        none_before(|draft| {
            draft.length.is_some()
                || draft.hours.as_ref().is_some_and(|(times, _)| times.end.is_some())
        })
    });
    for draft in before {
        draft.take_limits(&shared);
        draft.length = draft.length.take().or_else(|| lengths.clone());
    }
}
