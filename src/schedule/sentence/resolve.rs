//! Makes rules of drafts: completes dates, counts meetings, and compares the sentence with itself and the fields.
//!
//! A date without a year takes it from the dates that it stands with, else from the only year in which it lies between
//! the first and the last day; otherwise it is asked about. What is left out needs no year: `except 24 December` holds in
//! each.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::assemble::{Draft, Placed, Sentence};
use super::items::{Exception, PartDate, Pattern, Term};
use super::words::{self, Number, Unit, month_name};
use super::zone::{ZoneHint, ZoneWord};
use super::{Given, Misread, hours, problems};
use crate::schedule::clock::Clock;
use crate::schedule::days::{DateRange, Months, Weekdays};
use crate::schedule::rule::{Days, End, Rule};

type Wrong<T> = Result<T, Misread>;

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
        misreads.push(problems::contradiction(
            at.clone(),
            format!("this zone does not fit: {problem}"),
            "give the hours in one zone only, and that one as `timezone:`",
        ));
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
            "only one time can be given here",
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
    let mut rules = Vec::new();
    let mut clocks = Vec::new();
    for draft in &sentence.drafts {
        match draft_rules(draft, given, length) {
            Ok(found) => {
                clocks.extend(found.iter().map(|rule| (rule.clock.is_some(), draft.place(length))));
                rules.extend(found);
            }
            Err(Fault::Open(misread)) if !unsure => misreads.push(misread),
            Err(Fault::Open(_)) => {}
            Err(Fault::Wrong(misread)) => misreads.push(misread),
        }
    }
    if sentence.drafts.is_empty() && misreads.is_empty() && !unsure {
        misreads.push(no_days(0..length));
    }
    let any_clock = clocks.iter().any(|(has, _)| *has);
    for (_, at) in clocks.iter().filter(|(has, _)| any_clock && !has && !unsure) {
        misreads.push(problems::question(
            at.clone(),
            "these days have no hours",
            "from when to when? write it, as in `Mondays 6–7 pm and Thursdays noon–1 pm`",
        ));
    }
    rules
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

fn draft_rules(draft: &Draft, given: &Given<'_>, length: usize) -> Result<Vec<Rule>, Fault> {
    let clock = clock(draft)?;
    let term = term(draft, given)?;
    if draft.hours.is_none()
        && let Some((_, at)) = &draft.part
    {
        return Err(Fault::Open(problems::question(
            at.clone(),
            "a part of the day is no time",
            "from when to when? write it, as in `7–8:30 pm`",
        )));
    }
    let days = days(draft, &term, given, length)?;
    check_frequency(draft, &days)?;
    let mut rules = Vec::new();
    for days in days {
        let mut rule = Rule::new(days);
        rule.clock = clock;
        if let Some((months, at)) = &draft.months {
            rule.months = *months;
            let outside = matches!(&rule.days, Days::Dates(dates) if !dates.iter().all(|date| months.contains(date.month())));
            if outside {
                return Err(problems::contradiction(
                    at.clone(),
                    "a date lies outside these months",
                    "take one of them out",
                )
                .into());
            }
        }
        if let Days::Dates(dates) = &rule.days {
            check_count_of_dates(draft, dates.len())?;
            rule.months = Months::ALL;
        } else {
            rule.first = term.from.as_ref().map(|(date, _)| *date).or(given.starts);
            let to = term.to.as_ref().map(|(date, _)| *date);
            rule.end = to.or(given.ends).map_or(End::Never, End::On);
            count(draft, &mut rule, &term, given)?;
            if rule.needs_first() && rule.first.is_none() {
                return Err(Fault::Open(no_anchor(draft.place(length), &rule)));
            }
        }
        except(draft, &mut rule)?;
        rules.push(normal(rule));
    }
    if let (true, Some((_, at))) =
        (rules.len() > 1, draft.counts.iter().find(|((_, unit), _)| *unit == Unit::Meeting))
    {
        return Err(problems::question(
            at.clone(),
            "it is not clear what is counted",
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
                "there is no hour at which it begins",
                "when does it begin? write from when to when, as in `7–8:30 pm`",
            )),
            None => Ok(None),
        };
    };
    let part = draft.part.as_ref().map(|(part, _)| *part);
    hours::resolve(times, part, draft.length.clone()).map(Some)
}

/// First and last day that the sentence itself gives, with their places.
#[derive(Default)]
struct Said {
    from: Option<Placed<Date>>,
    to: Option<Placed<Date>>,
}

fn term(draft: &Draft, given: &Given<'_>) -> Wrong<Said> {
    let mut all = Term::default();
    for (term, at) in &draft.terms {
        for (slot, said) in [(&mut all.from, &term.from), (&mut all.to, &term.to)] {
            match (&slot, said) {
                (Some(one), Some(other)) if one != other => {
                    return Err(problems::contradiction(
                        at.clone(),
                        "this was said before, in another way",
                        "keep one of the two",
                    ));
                }
                (None, Some(said)) => *slot = Some(said.clone()),
                _ => {}
            }
        }
    }
    let Term { mut from, mut to } = all;
    if let (Some(from), Some(to)) = (&mut from, &mut to) {
        share_year(from, to);
    }
    let window = (given.starts, given.ends);
    let from = from.map(|part| complete(&part, window, Side::First)).transpose()?;
    let window = (from.as_ref().map(|(date, _)| *date).or(given.starts), given.ends);
    let to = to.map(|part| complete(&part, window, Side::Last)).transpose()?;
    if let (Some((from, _)), Some((to, at))) = (&from, &to)
        && to < from
    {
        return Err(problems::impossible(
            at.clone(),
            "the last day lies before the first",
            "swap the two dates, or correct the year",
        ));
    }
    for (date, at) in [&from, &to].into_iter().flatten() {
        within_fields(*date, at, given)?;
    }
    Ok(Said { from, to })
}

fn within_fields(date: Date, at: &Range<usize>, given: &Given<'_>) -> Wrong<()> {
    let (word, field, other) = match (given.starts, given.ends) {
        (Some(starts), _) if date < starts => ("before", "starts", starts),
        (_, Some(ends)) if date > ends => ("after", "ends", ends),
        _ => return Ok(()),
    };
    Err(problems::contradiction(
        at.clone(),
        format!("this day lies {word} `{field}` ({other})"),
        format!("correct the sentence or `{field}`, so that both say the same"),
    ))
}

/// The ends of a range lend each other their year.
fn share_year(from: &mut PartDate, to: &mut PartDate) {
    let order = |part: &PartDate| (part.month, part.day.unwrap_or(0));
    let wraps = (order(from).0, from.day) > (order(to).0, to.day) && order(from) > order(to);
    match (from.year, to.year) {
        (None, Some(year)) => from.year = Some(year - u32::from(wraps)),
        (Some(year), None) => to.year = Some(year + u32::from(wraps)),
        _ => {}
    }
}

/// Which day of a month without a day is meant.
#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

fn complete(
    part: &PartDate,
    (first, last): (Option<Date>, Option<Date>),
    side: Side,
) -> Wrong<Placed<Date>> {
    if let Some(year) = part.year {
        return Ok((in_year(part, year, side)?, part.at.clone()));
    }
    let only = first.zip(last).and_then(|(first, last)| {
        let years = first.year()..=last.year();
        let mut found = years.filter_map(|year| {
            let date = in_year(part, u32::try_from(year).ok()?, side).ok()?;
            (first <= date && date <= last).then_some(date)
        });
        let date = found.next()?;
        found.next().is_none().then_some(date)
    });
    match only {
        Some(date) => Ok((date, part.at.clone())),
        None => {
            // A day that is in no year is wrong, not open.
            in_year(part, 2028, side)
                .map(|_| ())
                .or_else(|wrong| if part.weekday.is_some() { Ok(()) } else { Err(wrong) })?;
            Err(no_year(part))
        }
    }
}

fn no_year(part: &PartDate) -> Misread {
    let month = month_name(i8::try_from(part.month).unwrap_or_default());
    let example = match part.day {
        Some(day) => format!("{day} {month} 2027"),
        None => format!("{month} 2027"),
    };
    problems::question(
        part.at.clone(),
        "the year is missing",
        format!("of which year? add it, as in `{example}`"),
    )
}

fn in_year(part: &PartDate, year: u32, side: Side) -> Wrong<Date> {
    let month = i8::try_from(part.month).ok().filter(|month| (1..=12).contains(month));
    let first = month
        .zip(i16::try_from(year).ok())
        .and_then(|(month, year)| Date::new(year, month, 1).ok());
    let first = first.filter(|_| (1900..=2200).contains(&year)).ok_or_else(|| {
        problems::impossible(
            part.at.clone(),
            "this is no day in any calendar",
            "a date is year-month-day, from 1900 to 2200, as in `2027-01-06`",
        )
    })?;
    let Some(day) = part.day else {
        return Ok(match side {
            Side::First => first,
            Side::Last => first.last_of_month(),
        });
    };
    let date =
        i8::try_from(day).ok().and_then(|day| Date::new(first.year(), first.month(), day).ok());
    let date = date.ok_or_else(|| {
        problems::impossible(
            part.at.clone(),
            "this is no day in any calendar",
            format!("{} {year} has {} days", month_name(first.month()), first.days_in_month()),
        )
    })?;
    match part.weekday {
        Some(weekday) if weekday != date.weekday() => {
            let right = words::weekday_name(date.weekday());
            Err(problems::contradiction(
                part.at.clone(),
                format!("{day} {} {year} is a {right}", month_name(first.month())),
                format!("correct the date, or write `{right}`"),
            ))
        }
        _ => Ok(date),
    }
}

/// Completes dates that stand together: those without a year take it from the next that has one, else from the last.
fn complete_list(
    parts: &[PartDate],
    window: (Option<Date>, Option<Date>),
) -> Wrong<Vec<Placed<Date>>> {
    let mut parts = parts.to_vec();
    let order = |part: &PartDate| (part.month, part.day);
    let mut before: Vec<Option<(u32, (u32, Option<u32>))>> = Vec::new();
    let mut last = None;
    for part in &parts {
        before.push(last);
        last = part.year.map(|year| (year, order(part))).or(last);
    }
    let mut next: Option<(u32, (u32, Option<u32>))> = None;
    for at in (0..parts.len()).rev() {
        let part = &mut parts[at];
        if part.year.is_none() {
            let backward = next.map(|(year, after)| year - u32::from(order(part) > after));
            let forward = before[at].map(|(year, earlier)| year + u32::from(order(part) < earlier));
            if let (Some(backward), Some(forward)) = (backward, forward)
                && backward != forward
            {
                return Err(no_year(part));
            }
            part.year = backward.or(forward);
        }
        next = part.year.map(|year| (year, order(part))).or(next);
    }
    parts.iter().map(|part| complete(part, window, Side::First)).collect()
}

/// The days of a draft: one set for each rule.
fn days(draft: &Draft, term: &Said, given: &Given<'_>, length: usize) -> Result<Vec<Days>, Fault> {
    let pace = pace(draft)?;
    if !draft.dates.is_empty() {
        return Ok(vec![listed(draft, term, given)?]);
    }
    if draft.patterns.is_empty() {
        return lone_pace(draft, pace, term, length).map(|days| vec![days]);
    }
    let mut merged: Vec<Placed<Pattern>> = Vec::new();
    for (pattern, at) in &draft.patterns {
        match merged.last_mut().and_then(|(last, _)| merge(last, pattern)) {
            Some(both) => {
                if let Some((last, place)) = merged.last_mut() {
                    *last = both;
                    place.end = at.end;
                }
            }
            None => merged.push((pattern.clone(), at.clone())),
        }
    }
    merged.iter().map(|pattern| paced(pattern, pace.as_ref()).map_err(Fault::Wrong)).collect()
}

fn pace(draft: &Draft) -> Wrong<Option<Placed<super::items::Pace>>> {
    let Some((first, at)) = draft.paces.first() else { return Ok(None) };
    if let Some((_, at)) = draft.paces.iter().find(|(pace, _)| pace != first) {
        return Err(problems::contradiction(
            at.clone(),
            "how often was said before, in another way",
            "keep one of the two",
        ));
    }
    Ok(Some((*first, at.clone())))
}

/// Both patterns as one, if they are of one sort.
fn merge(one: &Pattern, other: &Pattern) -> Option<Pattern> {
    Some(match (one, other) {
        (Pattern::Weekly { every, on, .. }, Pattern::Weekly { every: its_every, on: more, .. })
            if every == its_every =>
        {
            let on = more.iter().fold(*on, Weekdays::with);
            Pattern::Weekly { every: *every, on, number: Number::Many }
        }
        (Pattern::ByWeekday { every, on }, Pattern::ByWeekday { every: its_every, on: more })
            if every == its_every || every.is_none() =>
        {
            Pattern::ByWeekday { every: *its_every, on: on | more }
        }
        (Pattern::ByDay { every, on }, Pattern::ByDay { every: its_every, on: more })
            if every == its_every || every.is_none() =>
        {
            Pattern::ByDay { every: *its_every, on: on | more }
        }
        (Pattern::Daily { every }, Pattern::Daily { every: its_every }) if every == its_every => {
            one.clone()
        }
        _ => return None,
    })
}

/// A pattern with the pace that was said beside it.
fn paced(
    (pattern, at): &Placed<Pattern>,
    pace: Option<&Placed<super::items::Pace>>,
) -> Wrong<Days> {
    let differs = |at: &Range<usize>, help: &str| {
        problems::contradiction(at.clone(), "this does not fit the days", help.to_owned())
    };
    let said = |every: &Option<u32>, unit: Unit, help: &str| match (every, pace) {
        (every, None) => Ok(every.unwrap_or(1)),
        (Some(every), Some((pace, _))) if pace.unit == unit && pace.every == *every => Ok(*every),
        (None, Some((pace, _))) if pace.unit == unit => Ok(pace.every),
        (_, Some((_, at))) => Err(differs(at, help)),
    };
    Ok(match pattern {
        Pattern::Daily { every } => match pace {
            Some((_, at)) => {
                return Err(differs(at, "write `daily` alone, or the days of the week"));
            }
            None => Days::Daily { every: *every },
        },
        Pattern::Weekly { every, on, .. } => {
            if let Some((pace, _)) = pace
                && pace.unit == Unit::Month
            {
                let name = on.iter().next().map_or("Tuesday", words::weekday_name);
                return Err(problems::question(
                    at.clone(),
                    "a month has four or five of these",
                    format!("which one? write `1st {name} of the month`"),
                ));
            }
            let help = "keep one of the two, such as `every other Tuesday`";
            Days::Weekly { every: said(every, Unit::Week, help)?, on: *on }
        }
        Pattern::ByWeekday { every, on } => {
            let help = "write `1st and 3rd Tuesday of the month`, or `every other Tuesday` with its first date";
            Days::MonthlyByWeekday { every: said(every, Unit::Month, help)?, on: on.clone() }
        }
        Pattern::ByDay { every, on } => {
            let help = "write `15th of the month`, or the days of the week";
            Days::MonthlyByDay { every: said(every, Unit::Month, help)?, on: on.clone() }
        }
    })
}

/// What `weekly` or `10 weeks` mean without a day: that of the first date, if the sentence gives it.
fn lone_pace(
    draft: &Draft,
    pace: Option<Placed<super::items::Pace>>,
    term: &Said,
    length: usize,
) -> Result<Days, Fault> {
    let weeks = draft.counts.iter().any(|((_, unit), _)| *unit == Unit::Week);
    let every = match &pace {
        Some((pace, _)) if pace.unit == Unit::Week => Some(pace.every),
        None if weeks => Some(1),
        _ => None,
    };
    // A month is no first date.
    let dated = draft
        .terms
        .iter()
        .find_map(|(term, _)| term.from.as_ref())
        .is_some_and(|from| from.day.is_some());
    if let (Some(every), Some((date, _)), true) = (every, &term.from, dated) {
        return Ok(Days::Weekly { every, on: date.weekday().into() });
    }
    let at = draft.place(length);
    let help = match (&pace, &draft.frequency) {
        (Some((pace, _)), _) if pace.unit == Unit::Month => {
            "on which day of the month? write `2nd Tuesday of the month` or `15th of the month`"
        }
        (_, Some(((_, Unit::Month), _))) => {
            "on which days of the month? write `1st and 3rd Tuesday`"
        }
        (Some(_), _) | (_, Some(_)) => "on which day of the week? write `Tuesdays, 7–8:30 pm`",
        _ if weeks => {
            "on which day of the week, from which date? write `10 Mondays from 5 October 2026`"
        }
        _ => match (&term.from, &term.to) {
            (Some(_), Some(_)) => {
                "on each of the days, or on some of them? write `daily from …` or `Mondays from …`"
            }
            _ => return Err(Fault::Open(no_days(at))),
        },
    };
    Err(Fault::Open(problems::question(
        at,
        "this does not say on which days",
        format!("{help}; {}", problems::SAY),
    )))
}

/// Dates by themselves.
fn listed(draft: &Draft, term: &Said, given: &Given<'_>) -> Wrong<Days> {
    let dates = complete_list(&draft.dates, (given.starts, given.ends))?;
    for (date, at) in &dates {
        within_fields(*date, at, given)?;
    }
    let (_, first_at) = &dates[0];
    let told = term.from.as_ref().or(term.to.as_ref()).map(|(_, at)| at);
    let pattern = draft.patterns.first().map(|(_, at)| at);
    let paced = draft.paces.first().map(|(_, at)| at);
    if let [(date, at)] = dates.as_slice()
        && (pattern.or(paced).is_some())
    {
        let name = words::weekday_name(date.weekday());
        return Err(problems::question(
            at.clone(),
            "it is not clear what this date is among the other days",
            format!(
                "is it the first one? write `from`, as in `{name}s from {} {} {}`",
                date.day(),
                month_name(date.month()),
                date.year()
            ),
        ));
    }
    if let Some(at) = told.or(paced) {
        return Err(problems::question(
            at.clone(),
            "dates stand beside a rule",
            "do people meet on the dates only? keep them, or the days of the week with `from` and `until`",
        ));
    }
    for (pattern, _) in &draft.patterns {
        let fits = match pattern {
            Pattern::Weekly { on, every: None, .. } => {
                dates.iter().find(|(date, _)| !on.contains(date.weekday()))
            }
            _ => Some(&(dates[0].0, first_at.clone())),
        };
        if let Some((date, at)) = fits {
            return Err(problems::contradiction(
                at.clone(),
                format!("this date is a {}", words::weekday_name(date.weekday())),
                "correct it, or leave the days of the week out",
            ));
        }
    }
    Ok(Days::Dates(dates.into_iter().map(|(date, _)| date).collect()))
}

fn check_count_of_dates(draft: &Draft, listed: usize) -> Wrong<()> {
    match draft.counts.first() {
        Some(((count, _), at)) if usize::try_from(*count) != Ok(listed) => {
            Err(problems::contradiction(
                at.clone(),
                format!("there are {listed} dates"),
                "correct the number, or leave it out",
            ))
        }
        _ => Ok(()),
    }
}

/// How often something was said to be must agree with its days.
fn check_frequency(draft: &Draft, all: &[Days]) -> Wrong<()> {
    let Some(((times, per), at)) = &draft.frequency else { return Ok(()) };
    let times = usize::try_from(*times).unwrap_or(usize::MAX);
    let per_month = |days: &Days| match days {
        Days::MonthlyByWeekday { every: 1, on } => Some(on.len()),
        Days::MonthlyByDay { every: 1, on } => Some(on.len()),
        Days::Weekly { every: 2, on } => Some(2 * on.len()),
        _ => None,
    };
    let per_week = |days: &Days| match days {
        Days::Weekly { every: 1, on } => Some(on.len()),
        Days::Daily { every: 1 } => Some(7),
        _ => None,
    };
    let sum: Option<usize> = match per {
        Unit::Month => all.iter().map(per_month).sum(),
        Unit::Week => all.iter().map(per_week).sum(),
        _ => Some(times),
    };
    if sum == Some(times) || matches!(all, [Days::Dates(_)]) {
        return Ok(());
    }
    Err(problems::contradiction(
        at.clone(),
        "this does not fit the days",
        format!(
            "leave it out, or write the days: `1st and 3rd Tuesday` are two a month; {}",
            problems::SAY
        ),
    ))
}

fn no_anchor(at: Range<usize>, rule: &Rule) -> Misread {
    let names = ["4", "5", "6", "7", "8", "9", "10"];
    let day = rule.weekdays().and_then(|days| days.iter().next());
    let example =
        day.map_or("6", |day| names[usize::try_from(day.to_monday_zero_offset()).unwrap_or(0)]);
    let what =
        if matches!(rule.end, End::After(_)) { "when the first one is" } else { "which ones" };
    problems::question(
        at,
        format!("this does not say {what}"),
        format!(
            "when is the first one? add its date, as in `from {example} January 2027`, or as `starts:`; {}",
            problems::SAY
        ),
    )
}

/// Turns `10 weeks` into a number of meetings or a last day.
fn count(draft: &Draft, rule: &mut Rule, term: &Said, given: &Given<'_>) -> Wrong<()> {
    let Some(((count, unit), at)) = draft.counts.first() else { return Ok(()) };
    if let Some((_, at)) = draft.counts.iter().find(|(other, _)| other != &(*count, *unit)) {
        return both_counts(draft, rule, at);
    }
    let set = |rule: &mut Rule, meetings: Option<u32>| match meetings {
        Some(meetings) => {
            rule.end = End::After(meetings);
            Ok(())
        }
        None => Err(problems::question(
            at.clone(),
            "it is not clear how many meetings these are",
            "how many? write `6 meetings`, or give the last date with `until`",
        )),
    };
    let on = u32::try_from(match &rule.days {
        Days::Weekly { on, .. } => on.len(),
        Days::MonthlyByWeekday { on, .. } => on.len(),
        Days::MonthlyByDay { on, .. } => on.len(),
        Days::Daily { .. } | Days::Dates(_) => 1,
    })
    .unwrap_or(1);
    let meetings = match (unit, &rule.days) {
        (Unit::Meeting, _) => Some(*count),
        (Unit::Week, Days::Weekly { every, .. }) => Some(count.div_ceil(*every).saturating_mul(on)),
        (Unit::Week, Days::Daily { every: 1 }) => Some(count.saturating_mul(7)),
        (Unit::Day, Days::Daily { every }) => Some(count.div_ceil(*every)),
        (Unit::Month, Days::MonthlyByWeekday { every, .. } | Days::MonthlyByDay { every, .. }) => {
            Some(count.div_ceil(*every).saturating_mul(on))
        }
        (Unit::Month, Days::Weekly { .. } | Days::Daily { .. }) => {
            let Some(first) = rule.first else { return set(rule, Some(1)) };
            let past = first.checked_add(Span::new().months(i64::from(*count)));
            let last = past.and_then(Date::yesterday).unwrap_or(first);
            rule.end = End::On(last);
            return within_fields(last, at, given);
        }
        _ => None,
    };
    let meetings = meetings.filter(|meetings| *meetings <= 2_000);
    set(rule, meetings)?;
    // Without a first day the question comes later; with one, the last meeting must lie in the term.
    let Some(last) = rule.first.and_then(|_| rule.last_possible()) else { return Ok(()) };
    within_fields(last, at, &Given { starts: None, ..*given })?;
    if let Some((to, to_at)) = &term.to {
        let next = Rule { end: End::On(*to), ..rule.clone() };
        let reaches = next.dates(DateRange { from: Date::MIN, to: *to }).count();
        if u32::try_from(reaches) != Ok(meetings.unwrap_or(0)) {
            return Err(problems::contradiction(
                to_at.clone(),
                format!("this does not fit the number of meetings: until then there are {reaches}"),
                "correct one of the two, or leave it out",
            ));
        }
    }
    Ok(())
}

/// `6 sessions over 12 weeks`: two counts that have to mean the same.
fn both_counts(draft: &Draft, rule: &mut Rule, at: &Range<usize>) -> Wrong<()> {
    let Some(((meetings, _), _)) =
        draft.counts.iter().find(|((_, unit), _)| *unit == Unit::Meeting)
    else {
        return Err(problems::contradiction(
            at.clone(),
            "this was said before, in another way",
            "keep one of the two",
        ));
    };
    let fits = draft.counts.iter().all(|((count, unit), _)| match (unit, &rule.days) {
        (Unit::Meeting, _) => count == meetings,
        (Unit::Week, Days::Weekly { every, on }) => u32::try_from(on.len())
            .is_ok_and(|on| count.div_ceil(*every).saturating_mul(on) == *meetings),
        _ => false,
    });
    if !fits || *meetings > 2_000 {
        return Err(problems::contradiction(
            at.clone(),
            "the two numbers do not fit",
            "keep one of the two",
        ));
    }
    rule.end = End::After(*meetings);
    Ok(())
}

/// Leaves out what the sentence leaves out.
fn except(draft: &Draft, rule: &mut Rule) -> Wrong<()> {
    let last = rule.last_possible();
    let first = rule.first.or(match &rule.days {
        Days::Dates(dates) => dates.first().copied(),
        _ => None,
    });
    let window = (first, last);
    for (exception, at) in &draft.except {
        match exception {
            Exception::Holidays => rule.except_holidays = true,
            Exception::Months(months) => {
                rule.months = months.iter().fold(rule.months, |all, month| {
                    all.iter().filter(|kept| *kept != month).collect()
                });
                if rule.months.is_empty() {
                    return Err(problems::impossible(
                        at.clone(),
                        "no month is left",
                        "write the months in which people meet",
                    ));
                }
            }
            Exception::Weekdays(days) => rule.days = without(&rule.days, *days, at)?,
            Exception::Dates(dates) if dates.iter().all(|date| date.year.is_none()) => {
                for date in dates {
                    let day = of_every_year(date)?;
                    rule.except_each_year.insert((day.month(), day.day()));
                }
            }
            Exception::Range(from, to) if from.year.or(to.year).is_none() => {
                let (mut day, last) = (of_every_year(from)?, of_every_year(to)?);
                // A range may go past the end of the year; no year has more days than this one.
                for _ in 0..366 {
                    rule.except_each_year.insert((day.month(), day.day()));
                    if (day.month(), day.day()) == (last.month(), last.day()) {
                        break;
                    }
                    day = day
                        .tomorrow()
                        .ok()
                        .filter(|next| next.year() == day.year())
                        .unwrap_or(day.first_of_year());
                }
            }
            Exception::Dates(dates) => {
                let dates = complete_list(dates, window)?;
                rule.except.extend(dates.into_iter().map(|(date, _)| DateRange::day(date)));
            }
            Exception::Range(from, to) => {
                let (mut from, mut to) = (from.clone(), to.clone());
                share_year(&mut from, &mut to);
                let (from, _) = complete(&from, window, Side::First)?;
                let (to, to_at) = complete(&to, (Some(from), window.1), Side::Last)?;
                if to < from {
                    return Err(problems::impossible(
                        to_at,
                        "the last day lies before the first",
                        "swap the two dates, or correct the year",
                    ));
                }
                rule.except.push(DateRange { from, to });
            }
        }
    }
    Ok(())
}

/// A day without a year, in a leap year.
fn of_every_year(part: &PartDate) -> Wrong<Date> {
    if part.weekday.is_some() {
        return Err(no_year(part));
    }
    in_year(part, 2028, Side::First)
}

/// `daily except Sundays`
fn without(days: &Days, out: Weekdays, at: &Range<usize>) -> Wrong<Days> {
    let (every, on) = match days {
        Days::Daily { every: 1 } => (1, Weekdays::ALL),
        Days::Weekly { every, on } => (*every, *on),
        _ => {
            return Err(problems::not_understood(
                at.clone(),
                "a day of the week cannot be left out here",
                "write the days on which people meet",
            ));
        }
    };
    let left = out.iter().fold(on, Weekdays::without);
    if left.is_empty() {
        return Err(problems::impossible(
            at.clone(),
            "no day is left",
            "write the days on which people meet",
        ));
    }
    Ok(Days::Weekly { every, on: left })
}

/// The same rule as it is written by [`crate::schedule::describe`]: one way for each meaning.
pub(in crate::schedule) fn normal(mut rule: Rule) -> Rule {
    if matches!(&rule.days, Days::Weekly { every: 1, on } if *on == Weekdays::ALL) {
        rule.days = Days::Daily { every: 1 };
    }
    rule.except.sort_unstable();
    let mut apart: Vec<DateRange> = Vec::new();
    for range in rule.except {
        match apart.last_mut() {
            Some(last) if last.to.tomorrow().map_or(true, |next| range.from <= next) => {
                last.to = last.to.max(range.to)
            }
            _ => apart.push(range),
        }
    }
    rule.except = apart;
    if let Days::Dates(dates) = &mut rule.days {
        let except = std::mem::take(&mut rule.except);
        let each_year = std::mem::take(&mut rule.except_each_year);
        let kept: BTreeSet<Date> = dates
            .iter()
            .copied()
            .filter(|date| !except.iter().any(|range| range.contains(*date)))
            .filter(|date| !each_year.contains(&(date.month(), date.day())))
            .collect();
        if kept.is_empty() {
            (rule.except, rule.except_each_year) = (except, each_year);
        } else {
            *dates = kept;
        }
    }
    rule
}
