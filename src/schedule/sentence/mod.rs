//! Reads the sentences in which organizers say when people meet.
//!
//! 1. `tokens` cuts the text into pieces,
//! 2. `scan` finds the constructs that stand in it (`patterns`, `places`, `hours`, `dates`, `limits`, `except`, `zone`),
//! 3. `assemble` decides what belongs together,
//! 4. `resolve` makes rules of it, with what the fields beside the sentence say.
//!
//! Nothing is dropped: a piece is part of a construct, one of the words and marks that join them, or reported. What a
//! careful person would have to ask about is a question, never a guess.

mod assemble;
mod cursor;
mod dates;
mod doubts;
mod except;
mod hours;
mod items;
mod limits;
mod patterns;
mod places;
mod problems;
mod resolve;
mod scan;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
mod tokens;
mod weekdays;
pub(in crate::schedule) mod words;
pub(in crate::schedule) mod zone;

use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::schedule::clock::Clock;
use crate::schedule::rule::Rule;
use items::Kind;
pub use zone::ZoneHint;

/// The longest sentence that is read, in bytes: a year of weekly dates fits twice.
const LONGEST: usize = 4_000;

/// What the fields beside a sentence say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// First possible day, `starts`.
    pub starts: Option<Date>,
    /// Last possible day, `ends`.
    pub ends: Option<Date>,
    /// The zone of the hours, `timezone`.
    pub zone: Option<&'a TimeZone>,
}

/// What a sentence means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its rules, in the order of the sentence; never empty. `first` and `end` hold what the sentence says, else the
    /// fields.
    pub rules: Vec<Rule>,
    /// The zone that it names, such as `ET`.
    pub zone_hint: Option<ZoneHint>,
}

/// One thing that is wrong with a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Its bytes in the sentence, on character boundaries.
    pub at: Range<usize>,
    /// What sort of fault it is.
    pub kind: MisreadKind,
    /// What is wrong: lower case, no full stop, what was typed in backticks.
    pub message: String,
    /// What to type instead; for a question, the question.
    pub help: String,
}

/// Sorts of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MisreadKind {
    /// A word or a sign that the language does not have.
    NotUnderstood,
    /// It can mean several things, or leaves something open.
    Question,
    /// An hour or a day that does not exist.
    Impossible,
    /// It disagrees with itself or with the fields beside it.
    Contradiction,
}

/// Reads a sentence.
///
/// # Errors
/// All that is wrong with it, in the order of its words.
pub fn read(text: &str, given: &Given<'_>) -> Result<Sentence, Vec<Misread>> {
    short_enough(text)?;
    let tokens = tokens::tokens(text);
    let scanned = scan::scan(text, &tokens);
    let sentence = assemble::Sentence::new(scanned.items);
    let mut misreads = scanned.wrong;
    let unsure = !scanned.unknown.is_empty() || !scanned.vague.is_empty() || !misreads.is_empty();
    // A sentence that speaks of no days and says so ("by appointment, call Dana") needs no list of its other words.
    let is_words_only = !scanned.vague.is_empty() && !sentence.speaks_of_days();
    misreads.extend(scanned.vague);
    if !is_words_only {
        misreads.extend(scanned.unknown);
    }
    misreads.extend(sentence.doubts.iter().cloned());
    let zone_hint = resolve::zone(&sentence.zones, given.zone, &mut misreads);
    let rules = resolve::rules(&sentence, given, unsure, text.len(), &mut misreads);
    if misreads.is_empty() && !rules.is_empty() {
        return Ok(Sentence { rules, zone_hint });
    }
    Err(in_order(text, misreads))
}

/// Reads hours alone, as in the `time` of `changed` and `extra`.
///
/// # Errors
/// All that is wrong with them, in the order of their words.
pub fn read_hours(text: &str, zone: Option<&TimeZone>) -> Result<Clock, Vec<Misread>> {
    short_enough(text)?;
    let tokens = tokens::tokens(text);
    let scanned = scan::scan(text, &tokens);
    let unknown = scanned.unknown.into_iter().map(problems::where_hours_go);
    let mut misreads: Vec<Misread> =
        scanned.wrong.into_iter().chain(scanned.vague).chain(unknown).collect();
    let mut kept = Vec::new();
    for item in scanned.items {
        match item.kind {
            Kind::Hours(_) | Kind::Length(_) | Kind::Part(_) | Kind::Zone(_) => kept.push(item),
            _ => misreads.push(problems::not_understood(
                item.at,
                "`{}` is no time: only hours go here",
                problems::HOURS_ONLY,
            )),
        }
    }
    let sentence = assemble::Sentence::new(kept);
    resolve::zone(&sentence.zones, zone, &mut misreads);
    let clock = resolve::hours_alone(&sentence, misreads.is_empty(), text.len());
    match clock {
        Ok(Some(clock)) if misreads.is_empty() => return Ok(clock),
        Ok(_) => {}
        Err(misread) => misreads.push(misread),
    }
    Err(in_order(text, misreads))
}

/// In the order of the words, without questions that come of the unknown word beside them, as in `2nd Thrusday` and
/// `room 4`.
fn in_order(text: &str, mut misreads: Vec<Misread>) -> Vec<Misread> {
    misreads.sort_by_key(|misread| (misread.at.start, misread.at.end));
    misreads.dedup();
    let unknown: Vec<Range<usize>> = misreads
        .iter()
        .filter(|misread| misread.kind == MisreadKind::NotUnderstood)
        .map(|misread| misread.at.clone())
        .collect();
    let touch =
        |between: Range<usize>| text.get(between).is_some_and(|between| between.trim().is_empty());
    let follows_from = |at: &Range<usize>| {
        let number =
            text.get(at.clone()).is_some_and(|at| at.bytes().all(|byte| byte.is_ascii_digit()));
        unknown.iter().any(|word| touch(at.end..word.start) || number && touch(word.end..at.start))
    };
    misreads.retain(|misread| misread.kind != MisreadKind::Question || !follows_from(&misread.at));
    misreads.into_iter().map(|misread| problems::quoting(misread, text)).collect()
}

fn short_enough(text: &str) -> Result<(), Vec<Misread>> {
    if text.len() <= LONGEST {
        return Ok(());
    }
    Err(vec![problems::not_understood(
        0..text.len(),
        "this is too long for a schedule",
        "write one sentence, such as `1st and 3rd Tuesday, 7–8:30 pm`, or a list of them",
    )])
}
