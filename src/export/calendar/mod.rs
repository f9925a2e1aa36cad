//! Calendars, RFC 5545 and RFC 7986: `calendar.ics` for each group, for each facet's value and for all. Takes an
//! edition, gives files. Never tells more than the pages do.
//!
//! 1. `series` plans which meetings are told by a rule, and which one by one.
//! 2. `event` writes them, in the words of `words`; `zone` writes the clocks that they name.
//! 3. Here a group's events are made once, when the first calendar that they are in asks, and put together for each.
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
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::export::calendar::event::{Events, events, zone_name};
use crate::export::calendar::series::{Window, plan};
use crate::export::calendar::text::Lines;
use crate::export::calendar::words::Words;
use crate::export::calendar::zone::vtimezone;
use crate::model::address::BaseUrl;
use crate::model::group::{Group, Setting};
use crate::model::settings::Settings;
use crate::render::{Edition, Target, facet_title, facet_url};
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

/// What a calendar is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Group(usize),
    /// A value of a facet, by their positions.
    Value {
        facet: usize,
        value: usize,
    },
    /// All listed groups.
    All,
}

/// What the calendar beside a page is of, where there is one.
pub(crate) fn beside(page: Target) -> Option<Subject> {
    match page {
        Target::Home => Some(Subject::All),
        // Whoever has subscribed at an old address goes on being told.
        Target::Group(at) | Target::FormerGroup(at) => Some(Subject::Group(at)),
        Target::Facet { facet, value, number: 1 } => Some(Subject::Value { facet, value }),
        _ => None,
    }
}

/// A group's events as every calendar holds them.
#[derive(Debug)]
struct Part {
    events: Arc<[u8]>,
    zones: Vec<TimeZone>,
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

/// What the calendars of an edition are put together from, as far as one has asked for it.
#[derive(Debug)]
pub struct Shelf {
    base: Option<BaseUrl>,
    today: Date,
    /// By the positions of their groups.
    parts: Vec<OnceLock<Part>>,
    zones: Mutex<BTreeMap<String, Arc<[u8]>>>,
    /// The zone that stands in a calendar without any: one without a component is none (RFC 5545 §3.6).
    spare: TimeZone,
    end: Arc<[u8]>,
}

impl Shelf {
    /// For the calendars of an edition; nothing is made yet.
    pub fn new(edition: &Edition) -> Shelf {
        Shelf::of(&edition.site.settings, edition.today, edition.site.groups.len())
    }

    fn of(settings: &Settings, today: Date, groups: usize) -> Shelf {
        let usual = settings.timezone.as_ref().filter(|zone| zone_name(zone).is_some());
        let mut end = Lines::default();
        end.end("VCALENDAR");
        Shelf {
            base: settings.base_url.clone(),
            today,
            parts: (0..groups).map(|_| OnceLock::new()).collect(),
            zones: Mutex::default(),
            spare: usual.cloned().unwrap_or(TimeZone::UTC),
            end: Arc::from(end.into_string().into_bytes()),
        }
    }

    /// The pieces of a calendar: one after the other they are its bytes.
    pub(crate) fn pieces(&self, edition: &Edition, subject: Subject) -> Vec<Arc<[u8]>> {
        let site = &edition.site;
        match subject {
            Subject::Group(at) => {
                let group = &site.groups[at];
                self.calendar(&group.title, &group.url(), &self.parts(edition, &[at]))
            }
            Subject::Value { facet, value } => {
                let pages = &edition.index.facets[facet];
                let value_pages = &pages.values[value];
                let title = facet_title(edition, facet, value);
                let names = [("page", title.as_str()), ("site", site.settings.title.as_str())];
                let title = edition.texts().fill("site.title", &names);
                let url = facet_url(pages.facet, value_pages.key.as_str());
                self.calendar(&title, &url, &self.parts(edition, &value_pages.groups))
            }
            Subject::All => {
                let parts = self.parts(edition, &edition.index.listed);
                self.calendar(&site.settings.title, "/", &parts)
            }
        }
    }

    fn parts(&self, edition: &Edition, groups: &[usize]) -> Vec<&Part> {
        let Edition { site, today, .. } = edition;
        let part = |at: usize| part(&site.groups[at], &site.settings, edition.texts(), *today);
        groups.iter().map(|&at| self.parts[at].get_or_init(|| part(at))).collect()
    }

    fn calendar(&self, title: &str, url: &str, parts: &[&Part]) -> Vec<Arc<[u8]>> {
        let mut zones: Vec<&TimeZone> = parts.iter().flat_map(|part| &part.zones).collect();
        zones.retain(|zone| zone_name(zone).is_some());
        if parts.iter().all(|part| part.events.is_empty()) {
            zones.push(&self.spare);
        }
        let zones: BTreeMap<&str, &TimeZone> =
            zones.into_iter().map(|zone| (zone_name(zone).unwrap_or("UTC"), zone)).collect();
        let mut pieces = vec![self.head(title, url)];
        pieces.extend(zones.into_iter().map(|(name, zone)| self.zone(name, zone)));
        pieces.extend(parts.iter().map(|part| part.events.clone()).filter(|one| !one.is_empty()));
        pieces.push(self.end.clone());
        pieces
    }

    fn zone(&self, name: &str, zone: &TimeZone) -> Arc<[u8]> {
        let mut zones = self.zones.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = zones.get(name) {
            return known.clone();
        }
        let from = Window::of(self.today, None).from;
        let to = self.today.saturating_add(Span::new().years(11));
        let text: Arc<[u8]> = Arc::from(vtimezone(name, zone, from, to).into_bytes());
        zones.insert(name.to_owned(), text.clone());
        text
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
        if let Some(base) = &self.base {
            lines.value("URL", &base.join(url));
            lines.value("SOURCE;VALUE=URI", &base.join(&format!("{url}calendar.ics")));
        }
        Arc::from(lines.into_string().into_bytes())
    }
}
