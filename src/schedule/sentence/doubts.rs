//! Limits of which it is not plain what they limit: `4th Thursday (3rd Thursday in November)`. Takes the constructs
//! between two semicolons, gives questions.

use std::ops::Range;

use super::items::{Item, Joint, Kind};
use super::{Misread, problems};

/// What a careful person would ask about constructs that stand between two semicolons.
pub(super) fn doubts(items: &[Item]) -> Option<Misread> {
    other_hours(items).or_else(|| {
        let at = months_of_one(items).or_else(|| term_of_one(items))?;
        Some(problems::not_for_all(at))
    })
}

fn is_days(item: &Item) -> bool {
    matches!(item.kind, Kind::Pattern(_) | Kind::Dates(_))
}

fn is_hours(item: &Item) -> bool {
    matches!(item.kind, Kind::Hours(_))
}

fn is_months(item: &Item) -> bool {
    matches!(item.kind, Kind::Months(_))
}

/// `7 pm; 6 pm in July`
pub(super) fn more_or_other(at: Range<usize>) -> Misread {
    problems::question(
        at,
        "it is not clear whether `{}` is said of another meeting or of the same",
        "which one is it? write a list with an entry for each, and what is left out with `except`",
    )
}

/// `7 pm, except July 6 pm`: other hours in what is left out?
fn other_hours(items: &[Item]) -> Option<Misread> {
    let at = items
        .windows(2)
        .position(|pair| matches!(&pair[0].kind, Kind::Except(_)) && is_hours(&pair[1]))?;
    let (before, after) = items.split_at_checked(at + 1)?;
    let before = before.iter().rev().take_while(|item| !is_days(item));
    let has_hours = before.into_iter().any(is_hours);
    has_hours.then(|| more_or_other(after[0].at.clone()))
}

/// Months that may be said of one pattern or of some hours only.
fn months_of_one(items: &[Item]) -> Option<Range<usize>> {
    let first_days = items.iter().position(is_days)?;
    let first_hours = items.iter().position(is_hours).unwrap_or(items.len());
    let first = items.iter().position(is_months)?;
    let last = items.iter().rposition(is_months)?;
    let leads = last < first_days.min(first_hours);
    let of_one = count(items, is_days) < 2 && (count(items, is_hours) < 2 || last < first_hours);
    let after = &items[last..];
    let closes = first == last
        && items[last].joint == Joint::Comma
        && first_hours < last
        && !after.iter().any(|item| is_days(item) || is_hours(item));
    // `Mondays in January 7 pm, Tuesdays in February 8 pm`
    let said = items.iter().filter(|item| is_days(item) || is_months(item) || is_hours(item));
    let said: Vec<&Item> = said.collect();
    let each = said.len().is_multiple_of(3)
        && said.chunks(3).all(|one| is_days(one[0]) && is_months(one[1]) && is_hours(one[2]));
    (!(leads || of_one || closes || each)).then(|| items[last].at.clone())
}

/// `6 pm (7 pm from 1 June 2027)`
fn term_of_one(items: &[Item]) -> Option<Range<usize>> {
    let at = items.iter().position(|item| matches!(item.kind, Kind::Term(_)))?;
    let (before, _) = items.split_at_checked(at)?;
    let mut hours =
        before.iter().rev().take_while(|item| !is_days(item)).filter(|item| is_hours(item));
    let (last, several) = (hours.next()?, hours.next().is_some());
    let open = several && last.joint != Joint::And && items[at].joint != Joint::Comma;
    open.then(|| items[at].at.clone())
}

/// How many different ones there are.
fn count(items: &[Item], is: impl Fn(&Item) -> bool) -> usize {
    let found: Vec<&Item> = items.iter().filter(|item| is(item)).collect();
    let differs = |at: &usize| found[..*at].iter().all(|other| other.kind != found[*at].kind);
    (0..found.len()).filter(differs).count()
}
