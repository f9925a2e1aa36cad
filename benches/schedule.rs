//! How long the meetings of many groups take to expand: `cargo bench --bench schedule`.
//!
//! On one thread, from rules to instants. The limit that it is held against is the least that any answer costs: as many
//! instants, known beforehand, written to memory that is there already. Prints Markdown; asserts only that all runs agree.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(clippy::cast_precision_loss, reason = "ratios of a few digits")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "remainders of small numbers"
)]

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use fs_err as fs;
use jiff::Span;
use jiff::civil::{Date, Weekday, date, time};
use jiff::tz::{self, TimeZone};
use roundtable::schedule::{Clock, DateRange, Days, End, Hours, NthWeekday, Rule};

const RULES: usize = 10_000;
const DAYS: i64 = 90;
const RUNS: usize = 21;
const START: Date = date(2026, 10, 1);
const ZONES: [&str; 8] = [
    "America/New_York",
    "America/Vancouver",
    "America/Santiago",
    "Europe/London",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
];

fn main() -> Result<()> {
    let within = DateRange { from: START, to: START + Span::new().days(DAYS - 1) };
    let zones: Vec<TimeZone> =
        ZONES.iter().map(|zone| tz::db().get(zone)).collect::<Result<_, _>>()?;
    let rules = rules();
    let (mut whole, mut dates_only, mut limit) = (Vec::new(), Vec::new(), Vec::new());
    let mut meetings = 0;
    for run in 0..RUNS {
        let start = Instant::now();
        let hours = expand(&rules, &zones, within);
        whole.push(start.elapsed());
        ensure!(run == 0 || hours.len() == meetings, "a second run has other meetings");
        meetings = hours.len();

        let start = Instant::now();
        for rule in &rules {
            rule.dates(within).for_each(|date| _ = black_box(date));
        }
        dates_only.push(start.elapsed());

        let mut copy = hours.clone();
        let start = Instant::now();
        black_box(&mut copy).copy_from_slice(black_box(&hours));
        limit.push(start.elapsed());
    }
    let (whole, dates_only, limit) = (median(whole), median(dates_only), median(limit));
    println!(
        "1 thread of {} cores, {}, profile `bench` (release); median of {RUNS} runs\n",
        thread::available_parallelism()?,
        processor()
    );
    println!("| {RULES} rules, {} zones, {DAYS} days | |\n|---|---:|", ZONES.len());
    println!("| meetings | {meetings} |");
    println!("| **rules into instants** | {:.1} ms |", millis(whole));
    println!("| a meeting | {:.0} ns |", whole.as_nanos() as f64 / meetings as f64);
    println!("| of it, the days alone | {:.1} ms |", millis(dates_only));
    println!("| the same instants, copied | {:.2} ms |", millis(limit));
    println!("| instants : copy | {:.0} |", whole.as_secs_f64() / limit.as_secs_f64());
    Ok(())
}

fn expand(rules: &[Rule], zones: &[TimeZone], within: DateRange) -> Vec<Hours> {
    let mut all = Vec::new();
    for (rule, zone) in rules.iter().zip(zones.iter().cycle()) {
        if let Some(clock) = rule.clock {
            all.extend(rule.dates(within).map(|date| clock.on(date, zone)));
        }
    }
    all
}

/// As groups have them: mostly weekly, some by the month, some with an end, some with days left out, some very old.
fn rules() -> Vec<Rule> {
    let rule = |number: usize| {
        let mut rule = Rule::new(days(number));
        rule.first = Some(date(1900 + (number % 127) as i16, 1 + (number % 12) as i8, 5));
        match number % 10 {
            0 => rule.end = End::On(date(2026, 12, 1 + (number % 31) as i8)),
            1 => (rule.first, rule.end) = (Some(date(2026, 9, 7)), End::After(10)),
            _ => {}
        }
        if number.is_multiple_of(3) {
            rule.except = vec![DateRange { from: date(2026, 12, 23), to: date(2027, 1, 3) }];
        }
        let start = time(6 + (number % 18) as i8, (number % 4) as i8 * 15, 0, 0);
        let end = start.wrapping_add(Span::new().minutes(45 + (number % 4) as i64 * 15));
        rule.clock = Some(Clock { start, end: Some(end) });
        rule
    };
    (0..RULES).map(rule).collect()
}

fn days(number: usize) -> Days {
    let day = |at: usize| Weekday::Monday.wrapping_add((number / 8 + at) as i64);
    let nth = |nth: i8| NthWeekday::new(nth, day(0)).expect("the bench asks for possible ones");
    match number % 8 {
        0..=2 => Days::from(day(0)),
        3 => Days::Weekly { every: 1, on: [day(0), day(2), day(3)].into_iter().collect() },
        4 => Days::Weekly { every: 2 + (number / 8 % 5) as u32, on: day(0).into() },
        5 => Days::MonthlyByWeekday { every: 1, on: [nth(1), nth(3), nth(-1)].into() },
        6 => Days::MonthlyByDay { every: 1 + (number / 8 % 3) as u32, on: [1, 15, -1].into() },
        _ if (number / 8).is_multiple_of(2) => Days::Daily { every: 1 + (number / 16 % 3) as u32 },
        _ => {
            let date = |week: i64| START + Span::new().weeks(week).days((number % 5) as i64);
            Days::Dates((0..10).map(date).collect())
        }
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or("an unknown processor", |(_, name)| name).to_owned()
}
