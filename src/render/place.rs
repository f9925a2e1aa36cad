//! Where a group meets: a line for cards, and the whole for its page.

use jiff::civil::Date;

use crate::model::group::{Format, Group, Setting};
use crate::model::venue::{self, Join, PostalAddress};
use crate::render::context::{Closure, Fact, Html, Link, Online, Place};
use crate::render::{hours, words};
use crate::theme::texts::Texts;

/// The format of all of a group's meetings together, where any is stated.
pub(crate) fn format(group: &Group) -> Option<Format> {
    let formats: Vec<Format> = group.settings().iter().filter_map(|s| s.format).collect();
    let first = *formats.first()?;
    Some(if formats.iter().all(|&format| format == first) { first } else { Format::Hybrid })
}

/// Town and format, in a line for a card: `Athens, in person`.
pub(crate) fn in_short(group: &Group, texts: &Texts) -> Fact {
    let town = |place: &venue::Place| place.city().or(place.name()).map(str::to_owned);
    fact(group, &town, texts)
}

/// Name, town and format, in a line for the group's page.
pub(crate) fn in_a_line(group: &Group, texts: &Texts) -> Fact {
    let name_and_town = |place: &venue::Place| {
        let parts: Vec<&str> = place.name().into_iter().chain(place.city()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    fact(group, &name_and_town, texts)
}

fn fact(group: &Group, name: &dyn Fn(&venue::Place) -> Option<String>, texts: &Texts) -> Fact {
    let mut names: Vec<String> = Vec::new();
    for place in group.settings().iter().filter_map(|setting| setting.place.as_ref()) {
        let new = name(place).filter(|name| !names.contains(name));
        names.extend(new);
    }
    match line(words::list(&names, texts), format(group), texts) {
        Some(words) => Fact { words: words::plain(&words), stated: true },
        None => Fact { words: words::plain(texts.say("group.ask_where")), stated: false },
    }
}

/// A place and a format in a line.
fn line(place: Option<String>, format: Option<Format>, texts: &Texts) -> Option<String> {
    let format = format.map(|format| format_in_a_line(format, texts));
    match (place, format) {
        (Some(place), Some(format)) => {
            Some(texts.fill("card.place", &[("place", &place), ("format", format)]))
        }
        (Some(place), None) => Some(place),
        (None, Some(format)) => Some(words::capitalised(format)),
        (None, None) => None,
    }
}

/// How people meet, inside a line: `in person`.
pub(crate) fn format_in_a_line(format: Format, texts: &Texts) -> &str {
    texts.say(&key(format, "place"))
}

/// Where one meeting is, in a line: place, room and format.
pub(crate) fn setting_line(setting: &Setting, texts: &Texts) -> Option<String> {
    let name = setting.place.as_ref().and_then(|place| {
        let parts: Vec<&str> =
            place.name().into_iter().chain(room(setting, place)).chain(place.city()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    line(name.or_else(|| setting.room.clone()), setting.format, texts)
}

/// Town and format of one meeting, in a line.
pub(crate) fn setting_in_short(setting: &Setting, texts: &Texts) -> Option<String> {
    let town = setting.place.as_ref().and_then(|place| place.city().or(place.name()));
    line(town.map(str::to_owned), setting.format, texts)
}

/// Every place of a group, each once, with the meetings that it is for; those of single dates from `from` on come last.
pub(crate) fn places(group: &Group, from: Date, texts: &Texts) -> Vec<Place> {
    let mut meetings: Vec<(Option<Html>, &Setting)> = match group.schedule.entries() {
        [] => vec![(None, &group.setting)],
        entries => {
            entries.iter().map(|entry| (Some(hours::whole(&entry.when)), &entry.setting)).collect()
        }
    };
    let changed = group.changed.iter().map(|one| (one.to_date.unwrap_or(one.date), &one.setting));
    let extra = group.extra.iter().map(|one| (one.date, &one.setting));
    let elsewhere = changed.chain(extra).filter(|(date, setting)| {
        *date >= from && (setting.place.is_some() || setting.online.is_some())
    });
    meetings.extend(
        elsewhere
            .map(|(date, setting)| (Some(words::plain(&words::day(date, true, texts))), setting)),
    );
    let mut distinct: Vec<(Vec<Html>, &Setting)> = Vec::new();
    for (when, setting) in meetings {
        match distinct.iter_mut().find(|(_, known)| same_place(known, setting)) {
            Some((whens, _)) => whens.extend(when),
            None => distinct.push((when.into_iter().collect(), setting)),
        }
    }
    let several = distinct.len() > 1;
    distinct
        .into_iter()
        .filter(|(_, setting)| {
            setting.format.is_some() || setting.place.is_some() || setting.online.is_some()
        })
        .map(|(whens, setting)| {
            let meetings = if several { whens } else { Vec::new() };
            place(meetings, setting, from, texts)
        })
        .collect()
}

fn same_place(one: &Setting, other: &Setting) -> bool {
    one.format == other.format
        && one.place == other.place
        && one.room == other.room
        && one.online == other.online
}

fn place(meetings: Vec<Html>, setting: &Setting, from: Date, texts: &Texts) -> Place {
    let exact = setting.place.as_ref().and_then(|place| match place {
        venue::Place::Exact(venue) => Some(venue.as_ref()),
        venue::Place::Area(_) => None,
    });
    let name = setting.place.as_ref().map(|place| {
        place.name().into_iter().chain(room(setting, place)).collect::<Vec<&str>>().join(", ")
    });
    Place {
        meetings,
        format: setting.format.map_or("", Format::name),
        format_words: setting.format.map(|format| texts.say(&key(format, "label")).to_owned()),
        name: name.or_else(|| setting.room.clone()).filter(|name| !name.is_empty()),
        address: setting.place.as_ref().map(address).unwrap_or_default(),
        area: matches!(setting.place, Some(venue::Place::Area(_))),
        directions: exact.and_then(|venue| venue.directions.clone()),
        parking: exact.and_then(|venue| venue.parking.clone()),
        transit: exact.and_then(|venue| venue.transit.clone()),
        closures: closures(setting, from, texts),
        online: setting.online.as_ref().map(|online| self::online(online, texts)),
    }
}

/// The group's or the entry's own room, else the place's.
pub(crate) fn room<'a>(setting: &'a Setting, place: &'a venue::Place) -> Option<&'a str> {
    match (&setting.room, place) {
        (_, venue::Place::Area(_)) => None,
        (Some(room), venue::Place::Exact(_)) => Some(room),
        (None, venue::Place::Exact(venue)) => venue.room.as_deref(),
    }
}

/// Street and town, as far as they are public.
pub(crate) fn address(place: &venue::Place) -> Vec<String> {
    let (street, town) = match place {
        venue::Place::Exact(venue) => (venue.address.street.clone(), town(&venue.address)),
        venue::Place::Area(area) => {
            let parts = [&area.city, &area.region, &area.country];
            let town: Vec<String> = parts.into_iter().flatten().cloned().collect();
            (None, town.join(", "))
        }
    };
    street.into_iter().chain(Some(town).filter(|town| !town.is_empty())).collect()
}

/// `Athens, Ohio 45701`, as the United States write it; where there is no region the code follows the town.
fn town(address: &PostalAddress) -> String {
    let parts: Vec<&str> =
        [&address.city, &address.region].into_iter().flatten().map(String::as_str).collect();
    let town = parts.join(", ");
    match &address.postal_code {
        Some(code) if town.is_empty() => code.clone(),
        Some(code) => format!("{town} {code}"),
        None => town,
    }
}

/// Days on which a place is closed, as far as they are not over.
fn closures(setting: &Setting, from: Date, texts: &Texts) -> Vec<Closure> {
    // Of an area, its meetings' dates tell as much as may be known.
    let Some(venue::Place::Exact(venue)) = &setting.place else { return Vec::new() };
    let name = venue.name.as_deref().unwrap_or(texts.say("group.this_place"));
    let ahead = venue.closed.iter().filter(|closure| closure.to.is_none_or(|to| to >= from));
    ahead
        .map(|closure| Closure {
            words: match closure.to {
                Some(to) => {
                    let dates = words::dates(closure.from, to, texts);
                    texts.fill("group.closed", &[("place", name), ("dates", &dates)])
                }
                None => {
                    let date = words::date(closure.from, texts);
                    texts.fill("group.closed_open_end", &[("place", name), ("date", &date)])
                }
            },
            reason: words::prose(closure.reason.as_ref()),
            effect: match setting.format {
                Some(Format::Hybrid) => Some(texts.say("group.closed_hybrid").to_owned()),
                Some(Format::InPerson) => Some(texts.say("group.closed_in_person").to_owned()),
                Some(Format::Online) | None => None,
            },
            until: closure.to.map(|to| to.to_string()),
        })
        .collect()
}

fn online(online: &venue::Online, texts: &Texts) -> Online {
    let platform = online.platform.clone();
    match &online.join {
        Join::OnRequest => {
            Online { platform, on_request: true, url: None, phone: None, passcode: None }
        }
        Join::Public { url, phone, passcode } => Online {
            platform,
            on_request: false,
            url: url.as_ref().map(|url| url.as_str().to_owned()),
            phone: phone.as_ref().map(|phone| Link {
                label: texts.fill("group.online_phone", &[("number", phone.as_str())]),
                url: Some(phone.uri()),
            }),
            passcode: passcode
                .as_ref()
                .map(|passcode| texts.fill("group.online_passcode", &[("passcode", passcode)])),
        },
    }
}

fn key(format: Format, part: &str) -> String {
    format!("value.format.{}.{part}", format.name())
}
