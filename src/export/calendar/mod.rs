//! Calendars, RFC 5545 and RFC 7986: `calendar.ics` for each group, for each facet's value and for all. Takes an
//! edition, gives files. Never tells more than the pages do.
//!
//! 1. `series` plans which meetings are told by a rule, and which one by one.
//! 2. `event` writes them, in the words of `words`; `zone` writes the clocks that they name.
//! 3. Here a group's events are made once, and put together for every calendar that they are in.
//!
//! A group without dates has a calendar without events, so that whoever has subscribed to it goes on being told.

mod event;
mod series;
#[cfg(test)]
mod tests;
mod text;
mod words;
mod zone;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::export::calendar::event::{Events, events, zone_name};
use crate::export::calendar::series::{Window, plan};
use crate::export::calendar::text::Lines;
use crate::export::calendar::words::Words;
use crate::export::calendar::zone::vtimezone;
use crate::model::group::{Group, Setting};
use crate::model::settings::Settings;
use crate::render::{Edition, facet_title, facet_url};
use crate::schedule::{Days, Rule};
use crate::theme::texts::Texts;
use crate::timetable::Timetable;

/// The media type of all files with its ending.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// Who wrote them: RFC 5545 §3.7.3.
const PRODUCER: &str = "-//Roundtable//Directory of groups//EN";

/// How often a reader asks for changes: once a day.
const REFRESH: &str = "P1D";

/// What makes events the network's own where it has no address yet.
const NOWHERE: &str = "roundtable";

/// A file of several pieces, which other files may hold too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its path in the output, such as `groups/tuesday/calendar.ics`.
    pub path: String,
    /// One after the other they are its bytes.
    pub pieces: Vec<Arc<[u8]>>,
}

/// A group's events as every calendar holds them.
struct Part {
    events: Arc<[u8]>,
    zones: Vec<TimeZone>,
}

/// Every calendar of a site, in the order of its groups, then of its facets, and the one for all last.
pub fn calendars(edition: &Edition) -> Vec<Calendar> {
    let site = edition.site();
    let (texts, today) = (edition.texts(), edition.today());
    let part = |group: &Group| part(group, &site.settings, texts, today);
    let parts: Vec<Part> = site.groups.par_iter().map(|group| part(group)).collect();
    let shelf = Shelf::new(&site.settings, today, &parts);
    let mut calendars = Vec::new();
    for (group, part) in site.groups.iter().zip(&parts) {
        let url = group.url();
        let pieces = shelf.calendar(&group.title, &url, &[part]);
        let aliases = group.aliases.iter().map(|alias| format!("/groups/{alias}/"));
        let aliases: Vec<String> = aliases.collect();
        calendars.extend(aliases.iter().map(|url| calendar(url, pieces.clone())));
        calendars.push(calendar(&url, pieces));
    }
    let of = |groups: &[usize]| groups.iter().filter_map(|&at| parts.get(at)).collect::<Vec<_>>();
    for (facet, pages) in edition.index.facets.iter().enumerate() {
        for (value, one) in pages.values.iter().enumerate() {
            let url = facet_url(pages.facet, one.key.as_str());
            let title = facet_title(edition, facet, value);
            let names = [("page", title.as_str()), ("site", site.settings.title.as_str())];
            let title = texts.fill("site.title", &names);
            calendars.push(calendar(&url, shelf.calendar(&title, &url, &of(&one.groups))));
        }
    }
    let all = shelf.calendar(&site.settings.title, "/", &of(&edition.index.listed));
    calendars.push(calendar("/", all));
    calendars
}

/// A calendar beside the page of an address.
fn calendar(url: &str, pieces: Vec<Arc<[u8]>>) -> Calendar {
    Calendar { path: format!("{}calendar.ics", url.trim_start_matches('/')), pieces }
}

/// The events of a group.
fn part(group: &Group, settings: &Settings, texts: &Texts, today: Date) -> Part {
    let base = settings.base_url.as_ref();
    let timetable = Timetable::of(group, settings);
    let window = Window::of(today, last_exception(group, settings));
    let (contact, zone) = (&settings.contact, settings.timezone.as_ref());
    let words = Words { texts, base, contact, zone, today };
    let host = base.map_or(NOWHERE, |base| base.host());
    let Events { text, zones } = events(group, &plan(&timetable, window), &words, host);
    Part { events: Arc::from(text.into_bytes()), zones }
}

/// The last day of which anything is known that no rule gives.
fn last_exception(group: &Group, settings: &Settings) -> Option<Date> {
    let entries = group.schedule.entries();
    let rules = entries.iter().flat_map(|entry| &entry.rules);
    let dates = rules.filter(|rule| matches!(rule.days, Days::Dates(_)));
    let dates = dates.filter_map(Rule::last_possible);
    let places = entries.iter().map(|entry| &entry.setting);
    let places = places.chain(group.changed.iter().map(|change| &change.setting));
    let closed = |setting: &Setting| {
        let closed = setting.place.as_ref().map_or(&[][..], |place| place.closed());
        closed.iter().map(|closure| closure.to.unwrap_or(closure.from)).max()
    };
    let cancelled = group.cancelled.iter().map(|one| one.to);
    let changed = group.changed.iter().flat_map(|one| [Some(one.date), one.to_date]).flatten();
    let extra = group.extra.iter().map(|one| one.date);
    let holidays = settings.holidays.iter().map(|one| one.to);
    let days = cancelled.chain(changed).chain(extra).chain(dates).chain(holidays);
    days.chain(places.filter_map(closed)).max()
}

/// What calendars are put together from.
struct Shelf<'a> {
    settings: &'a Settings,
    zones: BTreeMap<String, Arc<[u8]>>,
    /// The zone that stands in a calendar without any: one without a component is none (RFC 5545 §3.6).
    spare: String,
    end: Arc<[u8]>,
}

impl<'a> Shelf<'a> {
    fn new(settings: &'a Settings, today: Date, parts: &[Part]) -> Shelf<'a> {
        let utc = TimeZone::UTC;
        let usual = settings.timezone.as_ref().filter(|zone| zone_name(zone).is_some());
        let usual = usual.unwrap_or(&utc);
        let used = parts.iter().flat_map(|part| &part.zones).chain([usual]);
        let used: BTreeMap<&str, &TimeZone> =
            used.map(|zone| (zone_name(zone).unwrap_or("UTC"), zone)).collect();
        let from = Window::of(today, None).from;
        let to = today.saturating_add(Span::new().years(11));
        let zones = used.par_iter().map(|(name, zone)| {
            let text = vtimezone(name, zone, from, to);
            ((*name).to_owned(), Arc::from(text.into_bytes()))
        });
        let mut end = Lines::default();
        end.end("VCALENDAR");
        Shelf {
            settings,
            zones: zones.collect(),
            spare: zone_name(usual).unwrap_or("UTC").to_owned(),
            end: Arc::from(end.into_string().into_bytes()),
        }
    }

    fn calendar(&self, title: &str, url: &str, parts: &[&Part]) -> Vec<Arc<[u8]>> {
        let mut names: Vec<&str> =
            parts.iter().flat_map(|part| &part.zones).filter_map(zone_name).collect();
        names.sort_unstable();
        names.dedup();
        if parts.iter().all(|part| part.events.is_empty()) {
            names.push(&self.spare);
        }
        let mut pieces = vec![self.head(title, url)];
        pieces.extend(names.iter().filter_map(|name| self.zones.get(*name).cloned()));
        pieces.extend(parts.iter().map(|part| part.events.clone()).filter(|one| !one.is_empty()));
        pieces.push(self.end.clone());
        pieces
    }

    fn head(&self, title: &str, url: &str) -> Arc<[u8]> {
        let mut lines = Lines::default();
        lines.begin("VCALENDAR");
        lines.value("VERSION", "2.0");
        lines.text("PRODID", PRODUCER);
        lines.value("CALSCALE", "GREGORIAN");
        lines.text("NAME", title);
        lines.text("X-WR-CALNAME", title);
        lines.value("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        lines.value("X-PUBLISHED-TTL", REFRESH);
        if let Some(base) = &self.settings.base_url {
            lines.value("URL", &base.join(url));
            lines.value("SOURCE;VALUE=URI", &base.join(&format!("{url}calendar.ics")));
        }
        Arc::from(lines.into_string().into_bytes())
    }
}
