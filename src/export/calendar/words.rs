//! What an event says in words: how the group is called, what it is for, where it is, how one gets in. Words that are
//! not the author's come from the language file.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::address::{BaseUrl, Contact, WayIn};
use crate::model::group::{Entry, Format, Group, Setting};
use crate::model::venue::{Join, Online};
use crate::render::{place, words};
use crate::theme::texts::Texts;
use crate::timetable::Closed;

/// What is the same for all groups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    pub(super) texts: &'a Texts,
    pub(super) base: Option<&'a BaseUrl>,
    /// The network's own contact.
    pub(super) contact: &'a Contact,
    /// The network's own zone.
    pub(super) zone: Option<&'a TimeZone>,
    /// Holidays before it are over.
    pub(super) today: Date,
}

impl Words<'_> {
    pub(super) fn title(&self, title: &str, topic: Option<&str>) -> String {
        match topic {
            Some(topic) => self.texts.fill("event.topic", &[("title", title), ("topic", topic)]),
            None => title.to_owned(),
        }
    }

    /// The address of the group's page, where it is known.
    pub(super) fn url(&self, group: &Group) -> Option<String> {
        self.base.map(|base| base.join(&group.url()))
    }

    /// What the group is for, its own sentence about when it meets, and how one comes.
    pub(super) fn about(
        &self,
        group: &Group,
        entry: Option<&Entry>,
        setting: &Setting,
    ) -> Vec<String> {
        let when = entry.map(|entry| self.when(entry));
        let note = entry.and_then(|entry| entry.note.as_ref()).map(|note| note.text.clone());
        let join = group.membership.how_to_join.as_ref();
        let join = join.map(|join| self.texts.fill("event.join", &[("words", &join.text)]));
        let way = group.way_in().or_else(|| self.contact.way_in());
        let way = way.map(|way| {
            let way = match &way {
                WayIn::Url(url) => url.as_str(),
                WayIn::Email(email) => email.as_str(),
                WayIn::Phone(phone) => phone.as_str(),
            };
            self.texts.fill("event.contact", &[("way", way)])
        });
        let page = self.url(group).map(|url| self.texts.fill("event.page", &[("url", &url)]));
        let mut said = vec![group.purpose.clone()];
        said.extend(when.into_iter().chain(note).chain(self.online(setting)));
        said.extend(join.into_iter().chain(way).chain(page));
        said
    }

    /// The author's sentence, with the zone that its hours are in: a reader's calendar shows the reader's own.
    fn when(&self, entry: &Entry) -> String {
        let zone = entry.setting.timezone.as_ref().or(self.zone);
        match zone.and_then(|zone| words::zone(zone, self.texts)) {
            Some(zone) => self.texts.fill("event.when", &[("when", &entry.when), ("zone", &zone)]),
            None => entry.when.clone(),
        }
    }

    /// Holidays on which a meeting falls, as far as they are not over.
    pub(super) fn holidays(&self, holidays: &[(Date, &str)]) -> Vec<String> {
        let ahead = holidays.iter().filter(|(date, _)| *date >= self.today);
        ahead
            .map(|(date, name)| {
                let date = words::date(*date, self.texts);
                let holiday = self.texts.fill("group.holiday", &[("name", name)]);
                self.texts.fill("event.holiday", &[("date", &date), ("holiday", &holiday)])
            })
            .collect()
    }

    /// That a place is closed, and that the meeting goes on online.
    pub(super) fn closed(&self, closed: Closed<'_>) -> Vec<String> {
        let place = closed.name.unwrap_or(self.texts.say("group.this_place"));
        let is_closed = self.texts.fill("group.place_closed", &[("place", place)]);
        let is_closed = match closed.reason {
            Some(reason) => {
                let parts = [("what", is_closed.as_str()), ("why", reason.text.as_str())];
                self.texts.fill("group.because", &parts)
            }
            None => is_closed,
        };
        vec![self.texts.say("group.online_only").to_owned(), is_closed]
    }

    /// The place; of a meeting that is only online the link, if anybody may use it, else the platform.
    pub(super) fn location(&self, setting: &Setting, online_only: bool) -> Option<String> {
        let place = setting.place.as_ref().filter(|_| !online_only).map(|place| {
            let name = place.name().into_iter().chain(place::room(setting, place));
            let parts = name.map(str::to_owned).chain(place::address(place)).collect::<Vec<_>>();
            parts.join(", ")
        });
        let place = place.filter(|place| !place.is_empty());
        let room = || setting.room.clone().filter(|_| !online_only && setting.place.is_none());
        let is_online = online_only || setting.format == Some(Format::Online);
        let online = || {
            let online = setting.online.as_ref()?;
            match &online.join {
                Join::Public { url: Some(url), .. } => Some(url.as_str().to_owned()),
                Join::Public { .. } | Join::OnRequest => online.platform.clone(),
            }
        };
        let online_word = || self.texts.say("value.format.online.label").to_owned();
        place.or_else(room).or_else(online).or_else(|| is_online.then(online_word))
    }

    /// How one gets in online: what anybody may use, or that the group sends it.
    fn online(&self, setting: &Setting) -> Vec<String> {
        let Some(online) = &setting.online else { return Vec::new() };
        let Online { platform, join } = online;
        let mut ways: Vec<String> = platform.iter().cloned().collect();
        let mut said = Vec::new();
        match join {
            Join::OnRequest => said.push(self.texts.say("group.online_on_request").to_owned()),
            Join::Public { url, phone, passcode } => {
                ways.extend(url.as_ref().map(|url| url.as_str().to_owned()));
                said.extend(phone.as_ref().map(|phone| {
                    self.texts.fill("group.online_phone", &[("number", phone.as_str())])
                }));
                said.extend(passcode.as_ref().map(|passcode| {
                    self.texts.fill("group.online_passcode", &[("passcode", passcode)])
                }));
            }
        }
        if !ways.is_empty() {
            let ways = ways.join(", ");
            said.insert(0, self.texts.fill("event.online", &[("ways", &ways)]));
        }
        said
    }
}
