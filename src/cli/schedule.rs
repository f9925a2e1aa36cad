//! `roundtable schedule`.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::check::{self, sentences};
use crate::cli::site::{instant, now};
use crate::cli::{End, Failure};
use crate::diagnostic::rules::content as rules;
use crate::diagnostic::{Diagnostic, Report, draw};
use crate::schedule::{DateRange, Days, Given, Hours, Misread, Rule, describe, read};
use crate::source::{Source, SourceFile, Span};

/// Say what a schedule's sentence means: its rules, and when people meet next.
#[derive(Debug, clap::Args)]
pub(super) struct Schedule {
    /// What would stand under `schedule:`, such as "1st and 3rd Tuesday, 7–8:30 pm".
    sentence: String,
    /// The hours' time zone, as `America/New_York` [default: the one that the sentence names, else none].
    #[arg(long, value_name = "ZONE", value_parser = check::time_zone)]
    timezone: Option<TimeZone>,
    /// First possible day, as `starts:`.
    #[arg(long, value_name = "DATE", value_parser = check::date)]
    starts: Option<Date>,
    /// Last possible day, as `ends:`.
    #[arg(long, value_name = "DATE", value_parser = check::date)]
    ends: Option<Date>,
    /// The time to go by, as `2026-11-23T12:00:00Z` [default: `SOURCE_DATE_EPOCH`, else the clock].
    #[arg(long, value_name = "TIME", value_parser = instant)]
    now: Option<Timestamp>,
    /// How many of the next meetings are shown.
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    count: usize,
    /// How it is shown.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// One object, or the problems as one array, on standard output.
    Json,
}

/// What a sentence means, for programs.
#[derive(serde::Serialize)]
struct Meaning {
    rules: Vec<RuleText>,
    describe: String,
    next: Vec<String>,
}

/// One of its rules.
#[derive(serde::Serialize)]
struct RuleText {
    /// None for single dates.
    rrule: Option<String>,
    /// The dates of a rule that has no RRULE.
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<Vec<Date>>,
    /// Hour and minute; none where no hours were given.
    start: Option<String>,
    end: Option<String>,
}

/// When a meeting begins: an instant where hours and zone are known, else what the wall clock or the calendar shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beginning {
    Day(Date),
    Local(DateTime),
    Instant(Timestamp),
}

impl Schedule {
    pub(super) fn run(&self) -> Result<End, Failure> {
        if let (Some(starts), Some(ends)) = (self.starts, self.ends)
            && ends < starts
        {
            let message = format!("`--ends {ends}` lies before `--starts {starts}`");
            return Err(Failure::Usage(message));
        }
        let given = Given { starts: self.starts, ends: self.ends, zone: self.timezone.as_ref() };
        let sentence = match read(&self.sentence, &given) {
            Ok(sentence) => sentence,
            Err(misreads) => return self.print_misreads(&misreads),
        };
        if let Some(message) = sentences::without_days(&sentence, &given) {
            let (source, whole) = self.source();
            let problem = Diagnostic::new(&rules::EMPTY_SCHEDULE, &source, whole, message);
            return self.print_problems(vec![problem.help(sentences::NEVER_MEETS)]);
        }
        let zone = self.timezone.clone().or(sentence.zone_hint.and_then(|hint| hint.zone));
        let now = now(self.now)?;
        let next = next(&sentence.rules, zone.as_ref(), now, self.count);
        let describe = describe(&sentence.rules, zone.as_ref());
        match self.format {
            Format::Json => {
                let next = next.into_iter().map(|at| at.for_programs(zone.as_ref())).collect();
                let rules = sentence.rules.iter().map(RuleText::of).collect();
                let text = serde_json::to_string_pretty(&Meaning { rules, describe, next })
                    .expect("strings are JSON");
                writeln!(anstream::stdout(), "{text}")?;
            }
            Format::Human => {
                let mut lines = vec![describe, String::new()];
                lines.extend(sentence.rules.iter().map(RuleText::of).map(|rule| rule.line()));
                if !next.is_empty() {
                    lines.extend([String::new(), "next:".to_owned()]);
                }
                lines.extend(
                    next.into_iter().map(|at| format!("  {}", at.for_people(zone.as_ref()))),
                );
                if sentence.rules.iter().any(|rule| rule.except_holidays) {
                    lines.push("holidays are those of a site, and not known here".to_owned());
                }
                writeln!(anstream::stdout(), "{}", lines.join("\n"))?;
            }
        }
        Ok(End::Clean)
    }

    /// The sentence as a source with one place, which is all of it.
    fn source(&self) -> (Source, Span) {
        let text = self.sentence.clone();
        let source = Arc::new(SourceFile { path: "sentence".to_owned(), text });
        (source, Span::new(0, self.sentence.len()))
    }

    fn print_misreads(&self, misreads: &[Misread]) -> Result<End, Failure> {
        let (source, whole) = self.source();
        self.print_problems(sentences::diagnostics(misreads, &source, whole, &self.sentence))
    }

    fn print_problems(&self, problems: Vec<Diagnostic>) -> Result<End, Failure> {
        let report = Report::new(problems);
        match self.format {
            Format::Json => write!(anstream::stdout(), "{}", draw::json(&report))?,
            Format::Human => {
                let drawn = draw::human(&report, std::io::stderr().is_terminal());
                write!(anstream::stderr(), "{drawn}")?;
            }
        }
        Ok(End::Problems)
    }
}

/// The next meetings that begin at `now` or later, in order. Days without hours count from today.
fn next(rules: &[Rule], zone: Option<&TimeZone>, now: Timestamp, count: usize) -> Vec<Beginning> {
    let here = zone.unwrap_or(&TimeZone::UTC).to_datetime(now);
    let days = DateRange { from: here.date(), to: Date::MAX };
    let mut next: Vec<Beginning> = Vec::new();
    for rule in rules {
        let all = rule.dates(days).map(|day| match (rule.clock, zone) {
            (None, _) => Beginning::Day(day),
            (Some(clock), None) => Beginning::Local(day.to_datetime(clock.start)),
            (Some(clock), Some(zone)) => {
                let Hours { start, .. } = clock.on(day, zone);
                Beginning::Instant(start)
            }
        });
        let coming = all.filter(|at| match at {
            Beginning::Day(_) => true,
            Beginning::Local(at) => *at >= here,
            Beginning::Instant(at) => *at >= now,
        });
        next.extend(coming.take(count));
    }
    next.sort_unstable();
    next.dedup();
    next.truncate(count);
    next
}

impl Beginning {
    /// RFC 3339 as far as it is known.
    fn for_programs(self, zone: Option<&TimeZone>) -> String {
        match (self, zone) {
            (Beginning::Day(day), _) => day.to_string(),
            (Beginning::Local(at), _) => at.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            (Beginning::Instant(at), zone) => {
                let zone = zone.cloned().unwrap_or(TimeZone::UTC);
                at.to_zoned_datetime(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
            }
        }
    }

    fn for_people(self, zone: Option<&TimeZone>) -> String {
        match (self, zone) {
            (Beginning::Day(day), _) => day.strftime("%a %-d %B %Y").to_string(),
            (Beginning::Local(at), _) => at.strftime("%a %-d %B %Y, %-I:%M %P").to_string(),
            (Beginning::Instant(at), zone) => {
                let zone = zone.cloned().unwrap_or(TimeZone::UTC);
                at.to_zoned_datetime(zone).strftime("%a %-d %B %Y, %-I:%M %P %Z").to_string()
            }
        }
    }
}

impl RuleText {
    fn of(rule: &Rule) -> RuleText {
        let time = |time: Time| time.strftime("%H:%M").to_string();
        let dates = match &rule.days {
            Days::Dates(dates) => Some(dates.iter().copied().collect()),
            _ => None,
        };
        RuleText {
            rrule: rule.rrule(),
            dates,
            start: rule.clock.map(|clock| time(clock.start)),
            end: rule.clock.and_then(|clock| clock.end).map(time),
        }
    }

    /// In one line, for people.
    fn line(&self) -> String {
        let dates = self.dates.iter().flatten().map(Date::to_string);
        let days = self.rrule.clone().unwrap_or_else(|| dates.collect::<Vec<_>>().join(" "));
        match (&self.start, &self.end) {
            (Some(start), Some(end)) => format!("  {days}  {start}–{end}"),
            (Some(start), None) => format!("  {days}  {start}"),
            (None, _) => format!("  {days}"),
        }
    }
}
