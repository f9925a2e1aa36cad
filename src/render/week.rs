//! Groups by the day of the week on which they meet, and by the hour.
//!
//! Takes the rules of listed groups, gives rows; a rule that is over has none. One that falls on no day of the week, such
//! as the 15th of every month or single dates, stands after the week. A large site has no rows but its numbers.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::model::Site;
use crate::model::facet::{Facet, WEEKDAYS};
use crate::model::group::{Group, Status, Visibility};
use crate::render::context::{Count, Week, WeekDay, WeekRow};
use crate::render::edition::Edition;
use crate::render::index::facet_url;
use crate::render::{calendar, hours, place, scripts, state, words};
use crate::schedule::{Days, Rule, Weekdays, describe, describe_hours};
use crate::timetable::{Source, Timetable};

/// Where the week page stands.
pub(crate) const URL: &str = "/week/";

/// With more rows than these the page tells how many groups there are and leads to the pages of the days.
const MOST_ROWS: usize = 300;

/// A rule of a group, as long as it goes on.
struct Row<'a> {
    group: &'a Group,
    source: Source<'a>,
    zone: TimeZone,
    /// The days of the week on which it falls; none where it may fall on any.
    days: Option<Weekdays>,
    last: Option<Date>,
}

/// The week page.
pub(crate) fn week(edition: &Edition) -> Week {
    let (index, texts) = (&edition.index, edition.texts());
    let groups = || index.listed.iter().map(|&at| &*edition.site.groups[at]);
    let mut rows: Vec<Row<'_>> = groups().flat_map(|group| rows_of(group, edition)).collect();
    // Groups come by title, and of one hour stay so.
    rows.sort_by_key(|row| {
        row.source.rule.clock.map_or((true, None), |clock| (false, Some(clock)))
    });
    let light = rows.iter().map(|row| row.days.map_or(1, Weekdays::len)).sum::<usize>() > MOST_ROWS;
    let shown: BTreeSet<&str> = rows
        .iter()
        .filter(|row| !light || row.days.is_some())
        .map(|row| row.group.slug.as_str())
        .collect();
    let without = groups()
        .filter(|group| matches!(group.status, Status::Active))
        .filter(|group| !shown.contains(group.slug.as_str()))
        .count();
    let usual = usual_zone(&rows, edition);
    let several = rows.iter().any(|row| Some(&row.zone) != usual);
    let zone = usual.and_then(|zone| words::zone(zone, texts)).map(|zone| {
        texts.fill(if several { "week.zones" } else { "week.zone" }, &[("zone", &zone)])
    });
    let counts = index.values(Facet::Day).iter().map(|value| Count {
        label: value.label.clone(),
        url: facet_url(Facet::Day, value.key.as_str()),
        groups: value.groups.len(),
    });
    let no_rows = Vec::new();
    let rows_shown = if light { &no_rows } else { &rows };
    Week {
        days: days(rows_shown, usual, edition),
        counts: if light { counts.collect() } else { Vec::new() },
        other: rows_shown
            .iter()
            .filter(|row| row.days.is_none())
            .map(|row| row.view(None, usual, edition))
            .collect(),
        zone: zone.filter(|_| !light && !rows.is_empty()),
        without: (without > 0).then(|| texts.count("week.without", without as u64, &[])),
        calendar: calendar::of_list("/", &index.listed, edition),
        words: (!rows_shown.is_empty()).then(|| scripts::week_words(groups(), edition)),
    }
}

/// The address of the week page, where there is anything to show on it.
pub(crate) fn url(site: &Site) -> Option<&'static str> {
    let has_dates = |group: &Group| group.is_listed() && group.has_dates();
    site.groups.iter().any(|group| has_dates(group)).then_some(URL)
}

fn rows_of<'a>(group: &'a Group, edition: &'a Edition) -> Vec<Row<'a>> {
    if !group.has_dates() {
        return Vec::new();
    }
    let timetable = Timetable::of(group, &edition.site.settings);
    timetable
        .sources()
        .map(|source| Row {
            group,
            source,
            zone: timetable.zone(&source.entry.setting),
            days: match source.rule.days {
                Days::Dates(_) => None,
                _ => source.rule.weekdays(),
            },
            last: source.rule.last_possible(),
        })
        .filter(|row| row.last.is_none_or(|last| last >= edition.today))
        .collect()
}

fn days(rows: &[Row<'_>], usual: Option<&TimeZone>, edition: &Edition) -> Vec<WeekDay> {
    let on = |day: Weekday| -> Vec<WeekRow> {
        let rows = rows.iter().filter(|row| row.days.is_some_and(|days| days.contains(day)));
        rows.map(|row| row.view(Some(day), usual, edition)).collect()
    };
    let days = WEEKDAYS.iter().map(|&(name, day)| WeekDay {
        number: day.to_monday_one_offset(),
        label: edition.texts().say(&format!("value.day.{name}.label")).to_owned(),
        url: edition.index.facet_url(Facet::Day, name),
        rows: on(day),
    });
    days.filter(|day| !day.rows.is_empty()).collect()
}

/// The zone that is said once, where hours are: the network's, else that of all.
fn usual_zone<'a>(rows: &'a [Row<'_>], edition: &'a Edition) -> Option<&'a TimeZone> {
    if rows.iter().all(|row| row.source.rule.clock.is_none()) {
        return None;
    }
    let network = edition.site.settings.timezone.as_ref();
    let first = rows.first().map(|row| &row.zone);
    network.or_else(|| first.filter(|first| rows.iter().all(|row| row.zone == **first)))
}

impl Row<'_> {
    /// The row as it stands under a day, or after the week.
    fn view(&self, day: Option<Weekday>, usual: Option<&TimeZone>, edition: &Edition) -> WeekRow {
        let (group, rule, texts) = (self.group, self.source.rule, edition.texts());
        let setting = &self.source.entry.setting;
        let zone = Some(&self.zone).filter(|zone| Some(*zone) != usual && rule.clock.is_some());
        let first = rule.first.filter(|first| *first > edition.today && day.is_some());
        let span = words::span(first, self.last.filter(|_| day.is_some()), texts);
        let often: Vec<String> = self.often(day).into_iter().chain(span).collect();
        let place = place::setting_in_short(setting, texts);
        let about = place.into_iter().chain(zone.and_then(|zone| words::zone(zone, texts)));
        WeekRow {
            hours: rule
                .clock
                .filter(|_| day.is_some())
                .map(|clock| hours::whole(&describe_hours(clock))),
            title: group.title.clone(),
            url: group.url(),
            often: (!often.is_empty()).then(|| hours::whole(&often.join(", "))),
            about: about.collect::<Vec<String>>().join(", "),
            state: state::notice(group, texts)
                .or_else(|| state::place_closed(&[setting], edition.today, texts)),
            draft: matches!(group.visibility, Visibility::Draft),
            timetable: Some(scripts::row(group, self.source, edition)),
            until: self.last.map(|last| last.to_string()),
        }
    }

    /// Which of the days, where it is not each of them; outside the week the author's sentence.
    fn often(&self, day: Option<Weekday>) -> Option<String> {
        if day.is_none() {
            return Some(self.source.entry.when.clone());
        }
        let rule = self.source.rule;
        let each = matches!(rule.days, Days::Weekly { every: 1, .. } | Days::Daily { every: 1 });
        let days = Rule::new(rule.days.clone());
        let limited = Rule {
            months: rule.months,
            except_each_year: rule.except_each_year.clone(),
            except_holidays: rule.except_holidays,
            ..days.clone()
        };
        let words = describe(&[limited], None).replacen(" of the month", "", 1);
        if !each {
            return Some(words);
        }
        // That it is each of these days goes without saying where they are told under a day.
        let limits = words.strip_prefix(&describe(&[days], None)).unwrap_or(&words);
        let limits = limits.trim_start_matches([',', ' ']);
        (!limits.is_empty()).then(|| limits.to_owned())
    }
}
