//! VTIMEZONE, RFC 5545 §3.6.5. Takes a zone of the bundled database, gives when its clocks are set, so that a reader
//! with older data, or none, agrees. Never reads the system's database.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::text::Lines;

/// How many years are looked at for a yearly rule: weekdays and dates meet in all ways in 28.
const YEARS_OF_A_RULE: i16 = 30;

/// The same change of the clocks, each time that it happens.
#[derive(Debug)]
struct Observance {
    /// Whether clocks go forward for the summer; with `true` it is DAYLIGHT, else STANDARD.
    daylight: bool,
    from: Offset,
    to: Offset,
    name: String,
    /// When, by the clocks before they are set, in order.
    onsets: Vec<DateTime>,
}

/// What a calendar says about a zone: its clocks from a day on, by rule for good where the zone follows one, else until
/// another day.
pub(super) fn vtimezone(name: &str, zone: &TimeZone, from: Date, to: Date) -> String {
    let last = from.year().saturating_add(YEARS_OF_A_RULE).min(9998);
    let observances = observances(zone, from, last);
    let is_over = |one: &Observance| one.onsets.last().is_none_or(|at| at.year() < last - 3);
    let by_rule = observances.iter().all(|one| is_over(one) || one.rule(last).is_some());
    let mut lines = Lines::default();
    lines.begin("VTIMEZONE");
    lines.text("TZID", name);
    for observance in &observances {
        match observance.rule(last).filter(|_| by_rule) {
            Some((since, rule)) => {
                let (before, after) = observance.onsets.split_at(since);
                observance.write(before, None, &mut lines);
                observance.write(after.get(..1).unwrap_or_default(), Some(&rule), &mut lines);
            }
            None => {
                let until = observance.onsets.partition_point(|at| at.date() <= to);
                let onsets = observance.onsets.get(..until).unwrap_or_default();
                observance.write(onsets, None, &mut lines);
            }
        }
    }
    lines.end("VTIMEZONE");
    lines.into_string()
}

/// Everything that happens to the clocks from a day on, beginning with what they were set to before.
fn observances(zone: &TimeZone, from: Date, last_year: i16) -> Vec<Observance> {
    let start = zone.to_timestamp(from.to_datetime(jiff::civil::Time::midnight()));
    let start = start.unwrap_or(Timestamp::MIN);
    let earlier = zone.preceding(start).find(|one| changes(zone, one.timestamp()));
    let later = zone.following(start).filter(|one| changes(zone, one.timestamp()));
    let mut observances: Vec<Observance> = Vec::new();
    for transition in earlier.into_iter().chain(later) {
        let before = zone.to_offset_info(just_before(transition.timestamp()));
        let (from, to) = (before.offset(), transition.offset());
        let at = from.to_datetime(transition.timestamp());
        if at.year() > last_year {
            break;
        }
        // By the offsets: the database calls winter in Dublin the time that is saved.
        let daylight = before.dst() != transition.dst() && to > from;
        let name = transition.abbreviation();
        let same = observances.iter_mut().find(|one| {
            (one.daylight, one.from, one.to, one.name.as_str()) == (daylight, from, to, name)
        });
        match same {
            Some(observance) => observance.onsets.push(at),
            None => {
                let name = name.to_owned();
                observances.push(Observance { daylight, from, to, name, onsets: vec![at] });
            }
        }
    }
    if observances.first().is_none_or(|one| one.onsets.first().is_none_or(|at| at.date() > from)) {
        let always = zone.to_offset_info(start);
        let onsets = vec![jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0).min(from.at(0, 0, 0, 0))];
        let (offset, name) = (always.offset(), always.abbreviation().to_owned());
        let always = Observance { daylight: false, from: offset, to: offset, name, onsets };
        observances.insert(0, always);
    }
    observances
}

/// Whether anything is different after a transition; some only say that the law has changed.
fn changes(zone: &TimeZone, at: Timestamp) -> bool {
    let (before, after) = (zone.to_offset_info(just_before(at)), zone.to_offset_info(at));
    before.offset() != after.offset() || before.abbreviation() != after.abbreviation()
}

fn just_before(at: Timestamp) -> Timestamp {
    at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(at)
}

impl Observance {
    /// The rule that it follows until the last year looked at, and the place of the first onset that does.
    fn rule(&self, last_year: i16) -> Option<(usize, String)> {
        if self.onsets.last()?.year() != last_year {
            return None;
        }
        // Seven onsets may look like a rule that they are not.
        let latest = self.onsets.len().checked_sub(8)?;
        (0..=latest).find_map(|since| Some((since, yearly(self.onsets.get(since..)?)?)))
    }

    fn write(&self, onsets: &[DateTime], rule: Option<&str>, lines: &mut Lines) {
        let [first, others @ ..] = onsets else { return };
        let component = if self.daylight { "DAYLIGHT" } else { "STANDARD" };
        lines.begin(component);
        lines.value("DTSTART", &stamp(*first));
        lines.value("TZOFFSETFROM", &offset(self.from));
        lines.value("TZOFFSETTO", &offset(self.to));
        lines.text("TZNAME", &self.name);
        if let Some(rule) = rule {
            lines.value("RRULE", rule);
        }
        for onset in others {
            // ical.js reads one for each line.
            lines.value("RDATE", &stamp(*onset));
        }
        lines.end(component);
    }
}

/// The RRULE of onsets that come once a year, at one time of one weekday of one month; none where there is none.
fn yearly(onsets: &[DateTime]) -> Option<String> {
    let first = onsets.first()?;
    let alike = |at: &DateTime| {
        (at.month(), at.time(), at.weekday()) == (first.month(), first.time(), first.weekday())
    };
    let each_year =
        onsets.windows(2).all(|pair| matches!(pair, [a, b] if b.year() == a.year() + 1));
    if !each_year || !onsets.iter().all(alike) {
        return None;
    }
    let days = || onsets.iter().map(|at| at.day());
    let (earliest, latest) = (days().min()?, days().max()?);
    let (month, weekday) = (first.month(), code(first.weekday()));
    let rule = if onsets.iter().all(|at| at.day() + 7 > at.date().days_in_month()) {
        format!("BYMONTH={month};BYDAY=-1{weekday}")
    } else if (earliest - 1) / 7 == (latest - 1) / 7 {
        format!("BYMONTH={month};BYDAY={}{weekday}", (earliest - 1) / 7 + 1)
    } else if latest - earliest == 6 {
        let days: Vec<String> = (earliest..=latest).map(|day| day.to_string()).collect();
        format!("BYMONTH={month};BYMONTHDAY={};BYDAY={weekday}", days.join(","))
    } else {
        return None;
    };
    Some(format!("FREQ=YEARLY;{rule}"))
}

fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

fn stamp(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// `-0500`; seconds only where there are some.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds().unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let sign = if offset.is_negative() { '-' } else { '+' };
    match seconds {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        seconds => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
    }
}
