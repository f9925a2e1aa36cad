//! Makes rules of drafts: completes dates, counts meetings, and compares the sentence with itself and the fields.
//!
//! A date without a year takes it from the dates that it stands with, else from the only year in which it lies between
//! the first and the last day; otherwise it is asked about. What is left out needs no year: `except 24 December` holds in
//! each.

mod counts;
mod days;
mod exceptions;
mod hours;
mod years;

use std::ops::Range;

use exceptions::LeftOut;
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use years::Said;

use super::assemble::{Draft, Placed, Sentence};
use super::words::Unit;
use super::zone::{ZoneHint, ZoneWord};
use super::{Given, Misread, problems};
use crate::schedule::clock::Clock;
use crate::schedule::days::{DateRange, Months, Weekdays};
use crate::schedule::describe::full_date;
use crate::schedule::rule::{Days, End, Rule};

pub(super) type Wrong<T> = Result<T, Misread>;

/// The zone that the words name, compared with the field's.
pub(super) fn zone(
    words: &[Placed<ZoneWord>],
    given: Option<&TimeZone>,
    misreads: &mut Vec<Misread>,
) -> Option<ZoneHint> {
    let (first, at) = words.first()?;
    let usual = first.usual();
    for (word, at) in words {
        let problem = match (given, &usual) {
            (Some(zone), _) if !word.fits(zone) => {
                format!("the time zone is `{}`", zone.iana_name().unwrap_or("another one"))
            }
            (None, Some(zone)) if !word.fits(zone) => {
                "the sentence names another zone before".to_owned()
            }
            _ => continue,
        };
        let help = match (words, usual.as_ref().and_then(TimeZone::iana_name)) {
            ([_], Some(name)) => format!("write `timezone: {name}`, or take the word out"),
            _ => "give the hours in one zone only, and that one as `timezone:`".to_owned(),
        };
        let message = format!("`{{}}` does not fit: {problem}");
        misreads.push(problems::contradiction(at.clone(), message, help));
    }
    Some(ZoneHint { at: at.clone(), zone: usual })
}

/// Hours without days; none where there are none and something else is wrong already.
pub(super) fn hours_alone(sentence: &Sentence, alone: bool, length: usize) -> Wrong<Option<Clock>> {
    let with_hours: Vec<&Draft> =
        sentence.drafts.iter().filter(|draft| draft.hours.is_some()).collect();
    match with_hours.as_slice() {
        [draft] => clock(draft),
        [] if !alone => Ok(None),
        [] => Err(problems::question(
            0..length,
            "there are no hours",
            "from when to when? write it, as in `7–8:30 pm`",
        )),
        [_, second, ..] => Err(problems::question(
            second.place(length),
            "`{}` is a second time",
            "which one is it? write it, as in `7–8:30 pm`",
        )),
    }
}

/// Every rule of a sentence. `unsure` is whether words of it were not read, which may be what is missing.
pub(super) fn rules(
    sentence: &Sentence,
    given: &Given<'_>,
    unsure: bool,
    length: usize,
    misreads: &mut Vec<Misread>,
) -> Vec<Rule> {
    let mut rules: Vec<Placed<Rule>> = Vec::new();
    let mut left_out = Vec::new();
    for draft in &sentence.drafts {
        let at = draft.place(length);
        match draft_rules(draft, given, length) {
            Ok(found) => {
                for (rule, its_left_out) in found {
                    left_out.extend(its_left_out);
                    // What is said twice is meant once.
                    if rules.iter().all(|(known, _)| *known != rule) {
                        rules.push((rule, at.clone()));
                    }
                }
            }
            Err(faults) => misreads.extend(faults.into_iter().filter_map(|fault| match fault {
                Fault::Open(_) if unsure => None,
                Fault::Open(misread) | Fault::Wrong(misread) => Some(misread),
            })),
        }
    }
    if sentence.drafts.is_empty() && misreads.is_empty() && !unsure {
        misreads.push(no_days(0..length));
    }
    misreads.extend(exceptions::without_meeting(left_out));
    let any_clock = rules.iter().any(|(rule, _)| rule.clock.is_some());
    for (_, at) in rules.iter().filter(|(rule, _)| any_clock && rule.clock.is_none() && !unsure) {
        misreads.push(problems::question(
            at.clone(),
            "`{}` has no hours",
            "from when to when? write it, as in `Mondays 6–7 pm and Thursdays noon–1 pm`",
        ));
    }
    if misreads.is_empty() {
        misreads.extend(said_twice(&rules));
    }
    rules.into_iter().map(|(rule, _)| rule).collect()
}

/// The first two rules that give the same meeting.
fn said_twice(rules: &[Placed<Rule>]) -> Option<Misread> {
    let pairs = rules.iter().enumerate().flat_map(|(index, (rule, at))| {
        rules.iter().take(index).map(move |(before, _)| (before, rule, at))
    });
    let (date, at) =
        pairs.into_iter().find_map(|(one, other, at)| Some((same_meeting(one, other)?, at)))?;
    Some(problems::contradiction(
        at.clone(),
        format!("the meeting on {} is said twice", full_date(date)),
        "keep one of the two, or write what is left out of one with `except`",
    ))
}

/// The first day, within two years, on which both rules begin a meeting at the same time.
pub(in crate::schedule::sentence) fn same_meeting(one: &Rule, other: &Rule) -> Option<Date> {
    let start = |rule: &Rule| rule.clock.map(|clock| clock.start);
    if start(one) != start(other) {
        return None;
    }
    let first = |rule: &Rule| match &rule.days {
        Days::Dates(dates) => dates.first().copied(),
        _ => rule.first,
    };
    // Without a first day any will do.
    let from = first(one).max(first(other)).unwrap_or(jiff::civil::date(2027, 1, 1));
    let window = DateRange { from, to: from.saturating_add(Span::new().years(2)) };
    let mut others = other.dates(window).peekable();
    one.dates(window).find(|date| {
        while others.next_if(|other| other < date).is_some() {}
        others.peek() == Some(date)
    })
}

/// Why a draft is no rule.
enum Fault {
    /// Something is missing, perhaps because a word was not read.
    Open(Misread),
    /// Something is wrong for certain.
    Wrong(Misread),
}

impl From<Misread> for Fault {
    fn from(misread: Misread) -> Fault {
        Fault::Wrong(misread)
    }
}

fn no_days(at: Range<usize>) -> Misread {
    problems::question(
        at,
        "there are no days",
        format!("on which days? write `Tuesdays, 7–8:30 pm`; {}", problems::SAY),
    )
}

/// A rule, and the single days that its sentence leaves out.
type Found = (Rule, Vec<LeftOut>);

fn draft_rules(draft: &Draft, given: &Given<'_>, length: usize) -> Result<Vec<Found>, Vec<Fault>> {
    if let Some(at) = draft.clashes.first() {
        let problem = "`{}` does not fit what was said before";
        return Err(vec![
            problems::contradiction(at.clone(), problem, "keep one of the two").into(),
        ]);
    }
    let clock = clock(draft).map_err(Fault::Wrong);
    let days = years::term(draft, given).map_err(Fault::Wrong).and_then(|term| {
        let days = days::days(draft, &term, given, length)?;
        Ok((days, term))
    });
    // The hours may be wrong as well as the days.
    let (clock, (days, term)) = match (clock, days) {
        (Ok(clock), Ok(days)) => (clock, days),
        (clock, days) => return Err(clock.err().into_iter().chain(days.err()).collect()),
    };
    dated_rules(draft, days, &term, given, length)
        .map(|found| found.into_iter().map(|(rule, out)| (Rule { clock, ..rule }, out)).collect())
        .map_err(|fault| vec![fault])
}

/// Rules but for their hours.
fn dated_rules(
    draft: &Draft,
    days: Vec<Days>,
    term: &Said,
    given: &Given<'_>,
    length: usize,
) -> Result<Vec<Found>, Fault> {
    if draft.hours.is_none()
        && let Some((_, at)) = &draft.part
    {
        return Err(Fault::Open(problems::question(
            at.clone(),
            "`{}` is no time of the clock",
            "from when to when? write it, as in `7–8:30 pm`",
        )));
    }
    days::check_frequency(draft, &days)?;
    let mut rules = Vec::new();
    for days in days {
        let mut rule = Rule::new(days);
        if let Days::Dates(dates) = &rule.days {
            days::check_count_of_dates(draft, dates.len())?;
            days::check_months_of_dates(draft, dates)?;
        } else {
            rule.months = draft.months.as_ref().map_or(Months::ALL, |(months, _)| *months);
            rule.first = term.from.as_ref().map(|(date, _)| *date).or(given.starts);
            let to = term.to.as_ref().map(|(date, _)| *date);
            rule.end = to.or(given.ends).map_or(End::Never, End::On);
            counts::count(draft, &mut rule, term, given)?;
            if rule.needs_first() && rule.first.is_none() {
                return Err(Fault::Open(counts::no_anchor(draft.place(length), &rule)));
            }
        }
        let left_out = exceptions::except(draft, &mut rule)?;
        rules.push((normal(rule), left_out));
    }
    if let (true, Some((_, at))) =
        (rules.len() > 1, draft.counts.iter().find(|((_, unit), _)| *unit == Unit::Meeting))
    {
        return Err(problems::question(
            at.clone(),
            "it is not clear what `{}` counts",
            "how many of each? write it with each of the days, or give the last date with `until`",
        )
        .into());
    }
    Ok(rules)
}

fn clock(draft: &Draft) -> Wrong<Option<Clock>> {
    let Some((times, _)) = &draft.hours else {
        return match &draft.length {
            Some((_, at)) => Err(problems::question(
                at.clone(),
                "`{}` has no hour at which it begins",
                "when does it begin? write from when to when, as in `7–8:30 pm`",
            )),
            None => Ok(None),
        };
    };
    let part = draft.part.as_ref().map(|(part, _)| *part);
    hours::clock(times, part, draft.length.clone()).map(Some)
}

/// The same rule as it is written by [`crate::schedule::describe()`]: one way for each meaning.
pub(in crate::schedule) fn normal(mut rule: Rule) -> Rule {
    if matches!(&rule.days, Days::Weekly { every: 1, on } if *on == Weekdays::ALL) {
        rule.days = Days::Daily { every: 1 };
    }
    rule.except.sort_unstable();
    let mut apart: Vec<DateRange> = Vec::new();
    for range in rule.except {
        match apart.last_mut() {
            Some(last) if last.to.tomorrow().map_or(true, |next| range.from <= next) => {
                last.to = last.to.max(range.to);
            }
            _ => apart.push(range),
        }
    }
    rule.except = apart;
    rule
}
