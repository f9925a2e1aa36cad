//! A group: its answers to the eight questions.

use std::sync::Arc;

use iso_currency::Currency;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::address::{Contact, Link, WayIn};
use crate::model::facet::{Kind, Term};
use crate::model::venue::{Online, Place};
use crate::model::{Picture, Prose};
use crate::schedule::{Clock, Rule};
use crate::slug::Slug;

/// Everything public about a group.
#[derive(Clone, Debug)]
pub struct Group {
    /// The last part of its address.
    pub slug: Slug,
    /// Lasting identity: `id`, else the last alias, else the slug.
    pub id: String,
    /// Old slugs, which redirect.
    pub aliases: Vec<Slug>,
    /// Its name.
    pub title: String,
    /// What it is for, in one sentence.
    pub purpose: String,
    /// What kind of group it is.
    pub kind: Arc<Kind>,
    /// For professionals, the public or both: its own word, else the kind's.
    pub serves: Serves,
    /// For whom in particular.
    pub audience: Vec<Term>,
    /// What it is about.
    pub topics: Vec<Term>,
    /// Who may join, and how.
    pub membership: Membership,
    /// Where its meetings are unless an entry of the schedule says otherwise.
    pub setting: Setting,
    /// When it meets.
    pub schedule: Schedule,
    /// First possible date, in the group's zone.
    pub starts: Option<Date>,
    /// Last possible date, in the group's zone.
    pub ends: Option<Date>,
    /// Dates that do not happen.
    pub cancelled: Vec<Cancellation>,
    /// Dates that happen otherwise.
    pub changed: Vec<Change>,
    /// Dates on top.
    pub extra: Vec<Extra>,
    /// How a meeting runs.
    pub structure: Structure,
    /// Sign-up for cases or topics.
    pub presentations: Option<Presentations>,
    /// Who leads.
    pub leadership: Leadership,
    /// How newcomers are welcomed.
    pub orientation: Option<Prose>,
    /// What it costs.
    pub cost: Cost,
    /// Languages spoken.
    pub languages: Vec<Language>,
    /// What it offers, besides what its place does.
    pub accessibility: Vec<Term>,
    /// What one should know about getting in.
    pub accessibility_note: Option<String>,
    /// The public contact.
    pub contact: Contact,
    /// Whether it meets.
    pub status: Status,
    /// A word on that.
    pub status_note: Option<Prose>,
    /// Who may see it.
    pub visibility: Visibility,
    /// When somebody last confirmed the facts.
    pub verified: Option<Date>,
    /// Who did.
    pub verified_by: Option<String>,
    /// A picture.
    pub image: Option<Picture>,
    /// Its own words.
    pub body: Prose,
}

impl Group {
    /// Its address from the site's root.
    pub fn url(&self) -> String {
        format!("/groups/{}/", self.slug)
    }

    /// The main button: `apply`, else the group's contact; the site's contact is the caller's to add.
    pub fn way_in(&self) -> Option<WayIn> {
        self.membership.apply.clone().map(WayIn::from).or_else(|| self.contact.way_in())
    }

    /// Whether lists, facets, search, feeds and the sitemap show it.
    pub fn is_listed(&self) -> bool {
        !matches!(self.visibility, Visibility::Unlisted) && !matches!(self.status, Status::Ended)
    }

    /// Whether it has meetings on dates: not those that are told in words only, and none while it is paused with no end.
    pub fn has_dates(&self) -> bool {
        let has_rules = self.schedule.entries().iter().any(|entry| !entry.rules.is_empty());
        has_rules && !matches!(self.status, Status::Ended | Status::Paused { resumes: None })
    }

    /// The settings of its meetings: those of the schedule's entries, else the group's own.
    pub fn settings(&self) -> Vec<&Setting> {
        match self.schedule.entries() {
            [] => vec![&self.setting],
            entries => entries.iter().map(|entry| &entry.setting).collect(),
        }
    }

    /// What it offers to meet by: each rule of each entry of its schedule; of an entry without rules, and of a schedule
    /// without entries, the setting alone. Never empty.
    pub fn meetings(&self) -> Vec<Meeting<'_>> {
        fn of_entry(entry: &Entry) -> Vec<Meeting<'_>> {
            let setting = &entry.setting;
            match &entry.rules[..] {
                [] => vec![Meeting { rule: None, setting }],
                rules => rules.iter().map(|rule| Meeting { rule: Some(rule), setting }).collect(),
            }
        }
        match self.schedule.entries() {
            [] => vec![Meeting { rule: None, setting: &self.setting }],
            entries => entries.iter().flat_map(of_entry).collect(),
        }
    }
}

/// A meeting as a schedule tells it, with whatever dates it has.
#[derive(Clone, Copy, Debug)]
pub struct Meeting<'a> {
    /// When; none where no rule tells.
    pub rule: Option<&'a Rule>,
    /// Where.
    pub setting: &'a Setting,
}

/// For whom a group or kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Serves {
    /// Counselors, social workers and the like.
    Professionals,
    /// Anybody.
    Public,
    /// Both together.
    Both,
}

/// Who may join, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// Open, closed or by application; not stated is allowed, and said.
    pub admission: Option<Admission>,
    /// Whether one registers.
    pub registration: Option<Registration>,
    /// In one line.
    pub who: Option<String>,
    /// What one must bring.
    pub criteria: Vec<String>,
    /// How one joins.
    pub how_to_join: Option<Prose>,
    /// Where one applies.
    pub apply: Option<Link>,
    /// How many people fit.
    pub capacity: Option<u32>,
    /// Free places; 0 is none.
    pub openings: Option<u32>,
    /// Whether it takes people now.
    pub intake: Option<Intake>,
    /// Last day to enrol.
    pub enrol_by: Option<Date>,
}

/// Who may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Admission {
    /// Anybody it is for.
    Open,
    /// Its members.
    Closed,
    /// Those it has accepted.
    Application,
}

/// Whether one says that one comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Registration {
    /// Just come.
    None,
    /// Register first.
    Required,
}

/// Whether it takes people now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intake {
    /// Yes.
    Open,
    /// They wait.
    Waitlist,
    /// It will start when enough have come.
    Forming,
    /// No.
    Full,
}

/// Where a meeting is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// In person, online or both at once; not stated is allowed, and said.
    pub format: Option<Format>,
    /// The place.
    pub place: Option<Place>,
    /// The room, the group's or the entry's own.
    pub room: Option<String>,
    /// The online side.
    pub online: Option<Online>,
    /// The zone of its clock times.
    pub timezone: Option<TimeZone>,
}

impl Setting {
    /// The same with what it leaves out taken from another: `online` drops the place, `in-person` the online side.
    #[must_use]
    pub fn within(self, outer: &Setting) -> Setting {
        let moved = self.place.is_some();
        let format = self.format.or(outer.format);
        let place = self.place.or_else(|| outer.place.clone());
        let place = place.filter(|_| format != Some(Format::Online));
        let room = self.room.or_else(|| if moved { None } else { outer.room.clone() });
        let online = self.online.or_else(|| outer.online.clone());
        Setting {
            // A room would tell more than the area that the venue's owner agreed to.
            room: room.filter(|_| matches!(place, Some(Place::Exact(_)))),
            place,
            online: online.filter(|_| format != Some(Format::InPerson)),
            timezone: self.timezone.or_else(|| outer.timezone.clone()),
            format,
        }
    }
}

/// How people meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// In a room.
    InPerson,
    /// On a screen or telephone.
    Online,
    /// One meeting both ways.
    Hybrid,
}

/// When a group meets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Schedule {
    /// Nothing was said: ask the group.
    #[default]
    NotStated,
    /// Words that are no dates, shown as written.
    Words(String),
    /// Sentences, one or more.
    Entries(Vec<Entry>),
}

impl Schedule {
    /// Its sentences; none where it has no dates.
    pub fn entries(&self) -> &[Entry] {
        match self {
            Schedule::Entries(entries) => entries,
            Schedule::NotStated | Schedule::Words(_) => &[],
        }
    }
}

/// One sentence of a schedule, with all that it inherits filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The sentence as its author wrote it.
    pub when: String,
    /// What it means, with the first and last date that fields give.
    pub rules: Vec<Rule>,
    /// Where it is.
    pub setting: Setting,
    /// First possible date.
    pub starts: Option<Date>,
    /// Last possible date.
    pub ends: Option<Date>,
    /// What it is about.
    pub topic: Option<String>,
    /// A remark.
    pub note: Option<Prose>,
}

/// Dates that do not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// First day.
    pub from: Date,
    /// Last day; the same for a single one.
    pub to: Date,
    /// Why.
    pub reason: Option<Prose>,
}

/// A date that happens otherwise; what is none stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The date as planned.
    pub date: Date,
    /// The day it moves to.
    pub to_date: Option<Date>,
    /// Its time, as written.
    pub time: Option<String>,
    /// What that means.
    pub clock: Option<Clock>,
    /// Where it is instead.
    pub setting: Setting,
    /// Why.
    pub note: Option<Prose>,
}

/// A date on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The day.
    pub date: Date,
    /// Its time, as written.
    pub time: Option<String>,
    /// What that means.
    pub clock: Option<Clock>,
    /// Where it is, as far as it differs.
    pub setting: Setting,
    /// A remark.
    pub note: Option<Prose>,
}

/// How a meeting runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Structured or informal.
    pub style: Option<Style>,
    /// Its parts, in order.
    pub agenda: Vec<AgendaItem>,
    /// What everybody keeps to.
    pub ground_rules: Vec<String>,
}

/// How a meeting feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// It follows an agenda.
    Structured,
    /// It goes where it goes.
    Informal,
}

/// A part of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// How long it takes, in minutes.
    pub minutes: Option<u32>,
    /// What it is.
    pub item: String,
}

/// Sign-up for presentations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentations {
    /// Cases or topics.
    pub kind: Option<PresentationKind>,
    /// Where one signs up.
    pub sign_up: Option<Link>,
    /// Dates, in the order written.
    pub slots: Vec<Slot>,
}

/// What members present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentationKind {
    /// Cases from their work.
    Case,
    /// Topics.
    Topic,
}

/// A date on which somebody may present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The day.
    pub date: Date,
    /// What is presented; none is open.
    pub topic: Option<String>,
}

/// Who leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leadership {
    /// How the lead is given.
    pub model: Option<LeadershipModel>,
    /// Who has it.
    pub people: Vec<Person>,
}

/// How the lead is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadershipModel {
    /// A facilitator.
    Facilitator,
    /// "Led by its members".
    PeerLed,
    /// Members take turns.
    Rotating,
    /// Members elect.
    Elected,
}

/// Somebody who leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Such as LPC.
    pub credentials: Option<String>,
    /// Such as convener.
    pub role: Option<String>,
}

/// What it costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cost {
    /// "Ask about cost".
    #[default]
    NotStated,
    /// The author said "Free".
    Free,
    /// A sentence.
    Words(String),
    /// Figures.
    Amount(Fee),
}

/// A price and what goes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fee {
    /// How much; 0 is free.
    pub amount: Option<Money>,
    /// Per what, such as `session`.
    pub per: Option<String>,
    /// Whether people pay what they can.
    pub sliding_scale: bool,
    /// Who pays for members.
    pub insurance: Vec<String>,
    /// A remark.
    pub note: Option<Prose>,
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// In the currency's smallest unit (cents).
    pub minor: u64,
    /// ISO 4217; none when neither the group nor the site names one.
    pub currency: Option<Currency>,
}

impl Cost {
    /// Free only if it says so or the amount is 0.
    pub fn is_free(&self) -> bool {
        match self {
            Cost::Free => true,
            Cost::Amount(fee) => fee.amount.is_some_and(|money| money.minor == 0),
            Cost::NotStated | Cost::Words(_) => false,
        }
    }
}

/// A language people speak.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language {
    /// ISO 639-1 where there is one, else ISO 639-3.
    pub code: String,
    /// Its English name.
    pub name: String,
}

/// Whether a group meets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Yes.
    #[default]
    Active,
    /// Not now.
    Paused {
        /// The day from which it meets again.
        resumes: Option<Date>,
    },
    /// No more.
    Ended,
}

/// Who may see a group that has a page; internal groups never get here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    #[default]
    Listed,
    /// Those who have the link.
    Unlisted,
    /// Its author, on a page with a banner.
    Draft,
}
