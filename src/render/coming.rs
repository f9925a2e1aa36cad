//! The dates of a group's meetings from one day on, each with what is different about it. Takes the timetable; gives rows.

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::Prose;
use crate::model::group::{Change, Group};
use crate::model::venue::Place;
use crate::render::context::{ComingDate, DateList, Html};
use crate::render::different::{Told, different};
use crate::render::edition::Edition;
use crate::render::{hours, place, state, words};
use crate::schedule::{Clock, DateRange, describe_hours};
use crate::theme::texts::Texts;
use crate::timetable::{Cause, Closed, Meeting, Origin, Standing, Timetable};

/// The most rows of dates.
const MOST_ROWS: usize = 8;
/// How far ahead dates are told.
const AHEAD: i32 = 6;
/// How many years ahead the meetings are told that an area's closures take away.
const CLOSURES_AHEAD: i32 = 2;
/// So many cancelled meetings after another, for one reason, share a row.
const MANY: usize = 3;

/// A group's dates: those of its meetings, then what is different further ahead.
#[derive(Default)]
pub(crate) struct Dates {
    pub(crate) coming: Option<DateList>,
    pub(crate) different: Option<DateList>,
}

/// What is the same about most meetings of a group, and so is not said with each date.
struct Usual<'a> {
    /// The hours, where all its sentences tell the same.
    clock: Option<Clock>,
    /// Whether its sentences differ in how people meet.
    formats: bool,
    /// Whether they differ in what the meeting is about.
    topics: bool,
    /// The zone that the group's facts name.
    zone: Option<TimeZone>,
    group: &'a Group,
    texts: &'a Texts,
}

/// What earlier rows have said, so that later ones need not.
#[derive(Default)]
struct Said<'a> {
    year: Option<i16>,
    /// The place whose closure had its reason told.
    closed: Option<Closed<'a>>,
}

impl<'a> Said<'a> {
    /// The standing without the reason of a closure that has been told already.
    fn shortened(&mut self, standing: Standing<'a>) -> Standing<'a> {
        let (Standing::OnlineOnly(closed) | Standing::Cancelled(Cause::Closed(closed))) = standing
        else {
            return standing;
        };
        if self.closed.replace(closed) != Some(closed) {
            return standing;
        }
        let closed = Closed { reason: None, ..closed };
        match standing {
            Standing::OnlineOnly(_) => Standing::OnlineOnly(closed),
            _ => Standing::Cancelled(Cause::Closed(closed)),
        }
    }
}

/// The dates of a group; none where it does not meet.
pub(crate) fn dates(group: &Group, edition: &Edition) -> Dates {
    let Some(from) = state::first_day(group, edition.today) else { return Dates::default() };
    let texts = edition.texts();
    let timetable = Timetable::of(group, &edition.site.settings);
    let to = from.saturating_add(Span::new().months(AHEAD));
    let meetings = match timetable.sources().next() {
        Some(_) => timetable.meetings(DateRange { from, to }),
        None => Vec::new(),
    };
    let usual = Usual::of(group, &timetable, texts);
    let mut said = Said::default();
    let mut rows = Vec::new();
    let mut rest = meetings.as_slice();
    let mut is_told_for_good = false;
    while rows.len() < MOST_ROWS && !rest.is_empty() {
        let (together, after) = rest.split_at(alike(rest));
        rows.push(usual.row(together, &mut said));
        is_told_for_good = is_for_good(together);
        rest = after;
    }
    let (shown, _) = meetings.split_at(meetings.len() - rest.len());
    let told_to = match rest {
        [] => to,
        [..] => shown.last().map_or(from, |meeting| meeting.date),
    };
    let mut ahead = different(group, from, texts, Told { shown, to: told_to });
    if is_at_closed_areas(group) && !is_told_for_good {
        let window = DateRange {
            from: told_to.saturating_add(Span::new().days(1)),
            to: from.saturating_add(Span::new().years(CLOSURES_AHEAD)),
        };
        ahead.extend(usual.closures(&timetable.meetings(window)));
    }
    ahead.sort_by_key(|(first, last, _)| (*first, *last));
    let different = ahead.into_iter().map(|(_, _, date)| date).collect();
    Dates { coming: list(rows), different: list(different) }
}

/// Whether the meetings share a row that says no end: their place is closed until further notice.
fn is_for_good(meetings: &[Meeting<'_>]) -> bool {
    let [first, _, ..] = meetings else { return false };
    let by_place =
        matches!(first.standing, Standing::OnlineOnly(_) | Standing::Cancelled(Cause::Closed(_)));
    let closed = first.setting.place.iter().flat_map(Place::closed);
    by_place && closed.into_iter().any(|closure| closure.to.is_none() && closure.from <= first.date)
}

/// Whether there is a place of which only the area is public and that is closed at times: of those only meetings tell.
fn is_at_closed_areas(group: &Group) -> bool {
    let places = group.settings().into_iter().filter_map(|setting| setting.place.as_ref());
    places.into_iter().any(|place| matches!(place, Place::Area(area) if !area.closed.is_empty()))
}

fn list(dates: Vec<ComingDate>) -> Option<DateList> {
    let until: Option<Vec<String>> = dates.iter().map(|date| date.until.clone()).collect();
    let until = until.and_then(|all| all.into_iter().max());
    (!dates.is_empty()).then_some(DateList { dates, until })
}

/// How many meetings at the front share a row: one, but for a row of cancelled ones.
fn alike(meetings: &[Meeting<'_>]) -> usize {
    let Some(first) = meetings.first().filter(|first| first.is_cancelled()) else { return 1 };
    let planned = |meeting: &&Meeting<'_>| {
        matches!(meeting.origin, Origin::Rule(_)) && meeting.standing == first.standing
    };
    let count = meetings.iter().take_while(planned).count();
    if count < MANY { 1 } else { count }
}

impl<'a> Usual<'a> {
    fn of(group: &'a Group, timetable: &Timetable<'a>, texts: &'a Texts) -> Usual<'a> {
        let mut clocks = timetable.sources().map(|source| source.rule.clock);
        let first = clocks.next().flatten();
        let entries = group.schedule.entries();
        let formats = entries.windows(2).any(|two| two[0].setting.format != two[1].setting.format);
        Usual {
            clock: first.filter(|_| clocks.all(|clock| clock == first)),
            formats,
            zone: entries.first().map(|entry| timetable.zone(&entry.setting)),
            topics: entries.windows(2).any(|two| two[0].topic != two[1].topic),
            group,
            texts,
        }
    }

    /// A row for one meeting, or for several that do not happen for one reason.
    fn row(&self, meetings: &[Meeting<'a>], said: &mut Said<'a>) -> ComingDate {
        let (first, last) = (&meetings[0], &meetings[meetings.len() - 1]);
        let several = meetings.len() > 1;
        let mut day = |date: Date| {
            let shown =
                words::day(date, said.year.replace(date.year()) != Some(date.year()), self.texts);
            format!("<time datetime=\"{date}\">{}</time>", words::escaped(&shown))
        };
        let for_good = is_for_good(meetings);
        let date = if for_good {
            words::sentence("date.from", &[("date", &day(first.date))], self.texts)
        } else if several {
            let (from, to) = (day(first.date), day(last.date));
            words::sentence("date.range", &[("from", &from), ("to", &to)], self.texts)
        } else {
            Html::new(&day(first.date))
        };
        ComingDate {
            date,
            details: self.details(first),
            struck: first.is_cancelled() && !several,
            words: self.remarks(first, several, said),
            until: (!for_good).then(|| until(last)),
        }
    }

    /// A row for each run of meetings that an area's closure takes away, with its first and last day.
    fn closures(&self, meetings: &[Meeting<'a>]) -> Vec<(Date, Date, ComingDate)> {
        let is_closed = |meeting: &Meeting<'_>| {
            let by_place = matches!(
                meeting.standing,
                Standing::OnlineOnly(_) | Standing::Cancelled(Cause::Closed(_))
            );
            by_place && matches!(meeting.setting.place, Some(Place::Area(_)))
        };
        meetings
            .chunk_by(|one, next| one.standing == next.standing)
            .filter(|run| run.iter().all(is_closed))
            .map(|run| (run[0].date, run[run.len() - 1].date, self.row(run, &mut Said::default())))
            .collect()
    }

    /// The hours and the place, where they are not those of every sentence.
    fn details(&self, meeting: &Meeting<'a>) -> Option<Html> {
        if meeting.is_cancelled() {
            return None;
        }
        let (written, setting) = match meeting.origin {
            Origin::Rule(_) => (None, None),
            Origin::Changed { change, .. } => (change.time.clone(), Some(&change.setting)),
            Origin::Extra(extra) => (extra.time.clone(), Some(&extra.setting)),
        };
        let clock = meeting.clock.filter(|clock| Some(*clock) != self.clock);
        let hours = clock.map(|clock| written.unwrap_or_else(|| describe_hours(clock)));
        let zone = Some(&meeting.zone).filter(|zone| self.zone.as_ref() != Some(zone));
        let zone = zone.and_then(|zone| words::zone(zone, self.texts));
        let place = setting.and_then(|setting| place::setting_line(setting, self.texts));
        let format = meeting.setting.format.filter(|_| {
            let is_said = matches!(meeting.standing, Standing::OnlineOnly(_));
            self.formats && setting.is_none() && !is_said
        });
        let format = format.map(|format| place::format_in_a_line(format, self.texts).to_owned());
        let parts: Vec<String> = hours.into_iter().chain(zone).chain(place).chain(format).collect();
        (!parts.is_empty()).then(|| hours::whole(&parts.join(", ")))
    }

    fn remarks(&self, meeting: &Meeting<'a>, several: bool, said: &mut Said<'a>) -> Vec<Html> {
        let standing = standing(said.shortened(meeting.standing), several, self.texts);
        if meeting.is_cancelled() {
            return standing.into_iter().collect();
        }
        let own = match meeting.origin {
            Origin::Rule(source) => {
                let topic = source.entry.topic.as_ref().filter(|_| self.topics);
                topic.map(|topic| words::plain(topic))
            }
            Origin::Changed { change, .. } => {
                let year = change.date.year() != meeting.date.year();
                let what = changed(change, year, self.texts);
                Some(with_note(&what, change.note.as_ref(), self.texts))
            }
            Origin::Extra(extra) => {
                Some(with_note(self.texts.say("group.extra"), extra.note.as_ref(), self.texts))
            }
        };
        let slots = self.group.presentations.iter().flat_map(|given| &given.slots);
        let topic = slots.filter(|slot| slot.date == meeting.date).find_map(|slot| {
            let topic = slot.topic.as_ref()?;
            Some(words::plain(&self.texts.fill("group.presented", &[("topic", topic)])))
        });
        standing.into_iter().chain(own).chain(topic).collect()
    }
}

/// The instant at which a meeting is over; that of the day, where no end is told.
fn until(meeting: &Meeting<'_>) -> String {
    let over = meeting.hours.end.or_else(|| {
        let day = meeting.date.tomorrow().ok()?;
        Some(Clock::MIDNIGHT.on(day, &meeting.zone).start)
    });
    over.unwrap_or(meeting.hours.start).to_string()
}

/// What keeps a meeting from being as planned.
fn standing(standing: Standing<'_>, several: bool, texts: &Texts) -> Option<Html> {
    let cancelled = if several { "group.none_happens" } else { "group.cancelled" };
    Some(match standing {
        Standing::Planned => return None,
        Standing::OnlineOnly(place) => {
            because(texts.say("group.online_only"), Some(&closed(place, texts)), texts)
        }
        Standing::Holiday(name) => words::plain(&texts.fill("group.holiday", &[("name", name)])),
        Standing::Cancelled(Cause::Group(reason)) => with_note(texts.say(cancelled), reason, texts),
        Standing::Cancelled(Cause::Closed(place)) => {
            because(texts.say(cancelled), Some(&closed(place, texts)), texts)
        }
        Standing::Cancelled(Cause::Holiday(name)) => {
            because(texts.say(cancelled), Some(&words::escaped(name)), texts)
        }
    })
}

/// `Grace Church is closed (Renovation)`, as HTML.
fn closed(place: Closed<'_>, texts: &Texts) -> String {
    let name = place.name.unwrap_or(texts.say("group.this_place"));
    let words = words::escaped(&texts.fill("group.place_closed", &[("place", name)]));
    match words::prose(place.reason) {
        Some(_) => {
            let reason = place.reason.map_or("", |reason| reason.html.as_str());
            format!("{words} ({reason})")
        }
        None => words,
    }
}

/// Words and, where there is one, an author's note.
pub(crate) fn with_note(what: &str, note: Option<&Prose>, texts: &Texts) -> Html {
    let note = note.filter(|note| !note.html.trim().is_empty());
    because(what, note.map(|note| note.html.as_str()), texts)
}

/// Words and, where it is told, why: safe HTML.
fn because(what: &str, why: Option<&str>, texts: &Texts) -> Html {
    let what = words::escaped(what);
    match why {
        Some(why) => words::sentence("group.because", &[("what", &what), ("why", why)], texts),
        None => Html::new(&what),
    }
}

fn changed(change: &Change, year: bool, texts: &Texts) -> String {
    let to = change.to_date.filter(|to| *to != change.date);
    if to.is_some() {
        let from = words::day(change.date, year, texts);
        return texts.fill("group.moved_from", &[("date", &from)]);
    }
    let elsewhere = place::setting_line(&change.setting, texts).is_some();
    texts
        .say(match (elsewhere, &change.time) {
            (true, _) => "group.elsewhere",
            (false, Some(_)) => "group.other_hours",
            (false, None) => "group.unchanged",
        })
        .to_owned()
}
