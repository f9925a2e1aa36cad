//! VTIMEZONE, RFC 5545 §3.6.5. Takes a zone of the bundled database, gives when its clocks are set, so that a reader
//! with older data, or none, agrees. Never reads the system's database.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::text::Lines;
use crate::schedule::weekday_code;

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
    // What happened long ago, by clocks that went wrong by seconds, is of no use to anybody.
    let recent = |at: Timestamp| zone.to_datetime(at).year() >= from.year() - 1;
    let earlier = zone.preceding(start).find(|one| changes(zone, one.timestamp()));
    let earlier = earlier.filter(|one| recent(one.timestamp()));
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
    let (month, weekday) = (first.month(), weekday_code(first.weekday()));
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

#[cfg(test)]
mod tests {
    use jiff::Span;
    use jiff::civil::date;
    use jiff::tz;

    use super::*;
    use crate::export::calendar::text::tests::unfolded;
    use crate::schedule::{DateRange, Days, NthWeekday, Rule};

    const FROM: Date = date(2025, 1, 1);
    const TO: Date = date(2037, 11, 23);

    fn written(name: &str) -> String {
        vtimezone(name, &tz::db().get(name).unwrap(), FROM, TO)
    }

    /// What a reader without a database makes of it: when the clocks are set, and to what.
    fn onsets(text: &str) -> Vec<(Timestamp, i32)> {
        let mut all = Vec::new();
        let lines = unfolded(text);
        for component in lines.split(|line| line.starts_with("BEGIN:")).skip(2) {
            let value = |name: &str| component.iter().find_map(|line| line.strip_prefix(name));
            let at = |text: &str| DateTime::strptime("%Y%m%dT%H%M%S", text).unwrap();
            let seconds = |text: &str| {
                let (hours, minutes) = text.split_at(3);
                let hours: i32 = hours.parse().unwrap();
                let minutes = minutes.parse::<i32>().unwrap() * 60;
                hours * 3600 + if text.starts_with('-') { -minutes } else { minutes }
            };
            let from = Offset::from_seconds(seconds(value("TZOFFSETFROM:").unwrap())).unwrap();
            let to = seconds(value("TZOFFSETTO:").unwrap());
            let first = at(value("DTSTART:").unwrap());
            let mut starts = vec![first];
            starts.extend(component.iter().filter_map(|line| line.strip_prefix("RDATE:")).map(at));
            if let Some(rule) = value("RRULE:") {
                starts.extend(by_rule(rule, first));
            }
            all.extend(starts.into_iter().map(|start| (from.to_timestamp(start).unwrap(), to)));
        }
        all.sort_unstable();
        all
    }

    /// The days of a yearly rule until 2060.
    fn by_rule(rule: &str, first: DateTime) -> Vec<DateTime> {
        let value = |name: &str| {
            rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        };
        let months = [value("BYMONTH").unwrap().parse().unwrap()].into_iter().collect();
        let day = value("BYDAY").unwrap();
        let (nth, _) = day.split_at(day.len() - 2);
        let on: Vec<NthWeekday> = match nth {
            "" => (1..=5).filter_map(|nth| NthWeekday::new(nth, first.weekday())).collect(),
            nth => NthWeekday::new(nth.parse().unwrap(), first.weekday()).into_iter().collect(),
        };
        let days = Days::MonthlyByWeekday { every: 1, on: on.into_iter().collect() };
        let days = Rule { months, ..Rule::new(days) };
        let numbers = value("BYMONTHDAY").map(|numbers| {
            numbers.split(',').map(|number| number.parse().unwrap()).collect::<Vec<i8>>()
        });
        let window = DateRange { from: first.date(), to: date(2060, 1, 1) };
        let dates = days
            .dates(window)
            .filter(|date| numbers.as_ref().is_none_or(|numbers| numbers.contains(&date.day())));
        dates.map(|date| date.to_datetime(first.time())).collect()
    }

    #[test]
    fn every_zone_of_the_database_is_told_right() {
        let names: Vec<String> = tz::db().available().map(|name| name.to_string()).collect();
        assert!(names.len() > 400, "{}", names.len());
        for name in &names {
            let zone = tz::db().get(name).unwrap();
            let text = vtimezone(name, &zone, FROM, TO);
            let onsets = onsets(&text);
            let last = if text.contains("RDATE") { TO } else { date(2054, 1, 1) };
            let mut day = FROM;
            while day < last {
                let noon = TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap();
                let at = onsets.partition_point(|(onset, _)| *onset <= noon);
                let told = at.checked_sub(1).and_then(|at| onsets.get(at)).map(|(_, to)| *to);
                assert_eq!(told, Some(zone.to_offset(noon).seconds()), "{name} on {day}\n{text}");
                day = day.saturating_add(Span::new().days(5));
            }
        }
    }

    #[test]
    fn a_zone_that_follows_a_rule_is_told_for_good() {
        let rules = |name: &str| {
            let text = written(name);
            let rules: Vec<String> = text
                .lines()
                .filter_map(|line| line.strip_prefix("RRULE:"))
                .map(str::to_owned)
                .collect();
            (rules, text.contains("RDATE"))
        };
        let yearly =
            |parts: [&str; 2]| (parts.map(|part| format!("FREQ=YEARLY;{part}")).to_vec(), false);
        assert_eq!(
            rules("America/New_York"),
            yearly(["BYMONTH=11;BYDAY=1SU", "BYMONTH=3;BYDAY=2SU"])
        );
        assert_eq!(
            rules("Europe/Dublin"),
            yearly(["BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU"])
        );
        assert_eq!(
            rules("Asia/Jerusalem"),
            yearly(["BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR"])
        );
        assert_eq!(rules("Asia/Kolkata"), (vec![], false));
        assert_eq!(rules("Africa/Cairo"), (vec![], true), "one of its changes falls in two months");
    }

    #[test]
    fn summer_is_daylight_also_where_winter_is_the_time_that_is_saved() {
        let text = written("Europe/Dublin");
        assert!(text.contains("BEGIN:DAYLIGHT\r\nDTSTART:20250330T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:IST"));
    }
}
