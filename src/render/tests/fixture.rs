//! A small site by hand: one group that says everything, one that says four lines, and one in every other state.

use std::sync::Arc;

use iso_currency::Currency;
use jiff::civil::{Date, Weekday, date, time};
use jiff::tz::TimeZone;

use crate::model::address::{BaseUrl, Contact, Email, Link, Phone, WebUrl};
use crate::model::facet::{Kind, Term};
use crate::model::group::*;
use crate::model::page::{Collection, Heading, Page, Resource};
use crate::model::settings::{Colour, HelpLine, NavigationLink, Settings, Vocabulary};
use crate::model::venue::{Area, Closure, Coordinates, Join, Online, Place, PostalAddress, Venue};
use crate::model::{Picture, Prose, Site};
use crate::schedule::{Clock, Days, End, NthWeekday, Rule};
use crate::slug::Slug;

/// The day on which the fixture is looked at.
pub(crate) const TODAY: Date = date(2026, 11, 23);

pub(crate) fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

pub(crate) fn prose(html: &str) -> Prose {
    Prose { html: html.to_owned(), text: html.to_owned() }
}

#[expect(clippy::unnecessary_wraps, reason = "fields want options")]
fn line(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn term(key: &str, label: &str) -> Term {
    Term { key: slug(key), label: label.to_owned() }
}

fn kind(key: &str, serves: Serves) -> Arc<Kind> {
    Arc::new(Kind { key: slug(key), label: None, description: None, serves })
}

/// A group of which no more is known than its author must say.
pub(crate) fn four_lines(name: &str, title: &str) -> Group {
    Group {
        slug: slug(name),
        id: name.to_owned(),
        aliases: Vec::new(),
        title: title.to_owned(),
        purpose: "Parents of teenagers meet others who know the fear.".to_owned(),
        kind: kind("peer-support", Serves::Public),
        serves: Serves::Public,
        audience: Vec::new(),
        topics: Vec::new(),
        membership: Membership::default(),
        setting: Setting::default(),
        schedule: Schedule::NotStated,
        starts: None,
        ends: None,
        cancelled: Vec::new(),
        changed: Vec::new(),
        extra: Vec::new(),
        structure: Structure::default(),
        presentations: None,
        leadership: Leadership::default(),
        orientation: None,
        cost: Cost::NotStated,
        languages: Vec::new(),
        accessibility: Vec::new(),
        accessibility_note: None,
        contact: Contact::default(),
        status: Status::Active,
        status_note: None,
        visibility: Visibility::Listed,
        verified: None,
        verified_by: None,
        image: None,
        body: Prose::default(),
    }
}

fn church() -> Place {
    Place::Exact(Box::new(Venue {
        slug: line("grace-church"),
        name: line("Grace Church"),
        address: PostalAddress {
            street: line("12 Main Street"),
            city: line("Athens"),
            region: line("Ohio"),
            postal_code: line("45701"),
            country: line("US"),
        },
        room: line("Parish hall"),
        directions: line("Ring at the side door."),
        parking: line("Behind the church"),
        transit: line("Bus 4"),
        accessibility: vec![term("step-free", "Step-free"), term("hearing-loop", "Hearing loop")],
        coordinates: Some(Coordinates { latitude: 39.33, longitude: -82.1 }),
        closed: vec![
            Closure {
                from: date(2027, 3, 1),
                to: Some(date(2027, 3, 31)),
                reason: Some(prose("renovation")),
            },
            Closure { from: date(2026, 1, 1), to: Some(date(2026, 1, 7)), reason: None },
        ],
    }))
}

fn setting() -> Setting {
    Setting {
        format: Some(Format::Hybrid),
        place: Some(church()),
        room: line("Room 12"),
        online: Some(Online { platform: line("Zoom"), join: Join::OnRequest }),
        timezone: Some(TimeZone::get("America/New_York").unwrap()),
    }
}

/// An entry of the rule that its sentence means; from and to when, it takes from the group.
fn entry(when: &str, rule: Rule, setting: Setting) -> Entry {
    let (starts, ends) = (date(2026, 1, 6), date(2027, 6, 30));
    Entry {
        rules: vec![Rule { first: Some(starts), end: End::On(ends), ..rule }],
        when: when.to_owned(),
        setting,
        starts: Some(starts),
        ends: Some(ends),
        topic: line("Hard cases"),
        note: Some(prose("Bring <em>one page</em>")),
    }
}

/// Every week on a day.
pub(crate) fn weekly(day: Weekday, clock: Clock) -> Rule {
    Rule { clock: Some(clock), ..Rule::new(day.into()) }
}

/// On some weekdays of each month, by their places in it.
pub(crate) fn monthly(places: &[i8], day: Weekday, clock: Clock) -> Rule {
    let on = places.iter().map(|nth| NthWeekday::new(*nth, day).unwrap()).collect();
    Rule { clock: Some(clock), ..Rule::new(Days::MonthlyByWeekday { every: 1, on }) }
}

/// From one hour and minute to another.
pub(crate) fn clock(start: (i8, i8), end: (i8, i8)) -> Clock {
    Clock { start: time(start.0, start.1, 0, 0), end: Some(time(end.0, end.1, 0, 0)) }
}

fn membership() -> Membership {
    Membership {
        admission: Some(Admission::Application),
        registration: Some(Registration::Required),
        who: line("Licensed clinicians practising in Ohio"),
        criteria: vec!["Holds an independent licence".to_owned()],
        how_to_join: Some(prose(
            "Write to <strong>Dana</strong>; see <a href=\"/about/\">about</a>",
        )),
        apply: Some(Link::Url(WebUrl("https://forms.example.org/tuesday".to_owned()))),
        capacity: Some(8),
        openings: Some(2),
        intake: Some(Intake::Open),
        enrol_by: Some(date(2027, 1, 31)),
    }
}

/// A group that uses every field.
#[expect(clippy::too_many_lines, reason = "a line for each field")]
pub(crate) fn rich() -> Group {
    Group {
        id: "7f3a".to_owned(),
        aliases: vec![slug("tuesday-group")],
        purpose: "Licensed therapists bring one hard case a week and leave with a plan.".to_owned(),
        kind: kind("peer-consultation", Serves::Professionals),
        serves: Serves::Professionals,
        audience: vec![term("counselors", "Counselors"), term("social-workers", "Social workers")],
        topics: vec![term("ethics", "Ethics"), term("vicarious-trauma", "Vicarious trauma")],
        membership: membership(),
        setting: setting(),
        schedule: Schedule::Entries(vec![entry(
            "1st and 3rd Tuesday, 7:00–8:30 pm",
            monthly(&[1, 3], Weekday::Tuesday, clock((19, 0), (20, 30))),
            setting(),
        )]),
        starts: Some(date(2026, 1, 6)),
        ends: Some(date(2027, 6, 30)),
        cancelled: vec![Cancellation {
            from: date(2026, 12, 15),
            to: date(2026, 12, 15),
            reason: Some(prose("Holiday break")),
        }],
        changed: vec![Change {
            clock: Some(clock((18, 0), (19, 30))),
            date: date(2027, 1, 19),
            to_date: Some(date(2027, 1, 20)),
            time: line("6:00–7:30 pm"),
            setting: Setting { place: Some(area("City Library")), ..Setting::default() },
            note: Some(prose("The church is closed")),
        }],
        extra: vec![Extra {
            clock: Some(clock((19, 0), (20, 30))),
            date: date(2026, 12, 16),
            time: line("7:00–8:30 pm"),
            setting: Setting::default(),
            note: None,
        }],
        structure: structure(),
        presentations: Some(Presentations {
            kind: Some(PresentationKind::Case),
            sign_up: Some(Link::Email(Email("dana@example.org".to_owned()))),
            slots: vec![
                Slot { date: date(2026, 11, 3), topic: line("Over already") },
                Slot { date: date(2027, 2, 2), topic: line("Working with dissociation") },
                Slot { date: date(2027, 2, 16), topic: None },
            ],
        }),
        leadership: Leadership {
            model: Some(LeadershipModel::Rotating),
            people: vec![Person {
                name: "Dana Ruiz".to_owned(),
                credentials: line("LPC"),
                role: line("convener"),
            }],
        },
        orientation: Some(prose("New members meet the convener ten minutes early.")),
        cost: Cost::Amount(Fee {
            amount: Some(Money { minor: 2500, currency: Some(Currency::USD) }),
            per: line("session"),
            sliding_scale: true,
            insurance: vec!["Medicaid".to_owned()],
            note: Some(prose("Nobody is turned away")),
        }),
        languages: vec![language("en", "English"), language("es", "Spanish")],
        accessibility: vec![term("step-free", "Step-free")],
        accessibility_note: line("The lift is out of order in May."),
        contact: Contact {
            name: line("Dana"),
            email: Some(Email("dana@example.org".to_owned())),
            phone: Some(Phone("+1 740 555 0101".to_owned())),
            url: Some(WebUrl("https://example.org".to_owned())),
        },
        status_note: Some(prose("We have two open seats this spring.")),
        verified: Some(date(2026, 11, 1)),
        verified_by: line("Office"),
        image: Some(Picture {
            url: "/groups/tuesday/tuesday.jpg".to_owned(),
            alt: "Eight chairs in a circle".to_owned(),
            size: Some((800, 450)),
        }),
        body: prose(
            "<p>We began in 2019 in a <a href=\"/resources/start/where/\">kitchen</a>.</p>",
        ),
        ..four_lines("tuesday", "Tuesday Consultation Circle")
    }
}

fn structure() -> Structure {
    let item = |minutes, item: &str| AgendaItem { minutes: Some(minutes), item: item.to_owned() };
    Structure {
        style: Some(Style::Structured),
        agenda: vec![item(10, "Check-in"), item(50, "Case presentation"), item(30, "Feedback")],
        ground_rules: vec!["What is said here stays here".to_owned()],
    }
}

pub(crate) fn area(name: &str) -> Place {
    Place::Area(Area {
        closed: Vec::new(),
        name: line(name),
        city: line("Marietta"),
        region: line("Ohio"),
        country: line("US"),
        accessibility: Vec::new(),
    })
}

fn language(code: &str, name: &str) -> Language {
    Language { code: code.to_owned(), name: name.to_owned() }
}

fn in_state(name: &str, title: &str, intake: Option<Intake>, status: Status) -> Group {
    Group {
        membership: Membership { intake, ..Membership::default() },
        status,
        contact: Contact {
            name: line("Lee"),
            email: Some(Email("lee@example.org".to_owned())),
            ..Contact::default()
        },
        ..four_lines(name, title)
    }
}

fn groups() -> Vec<Group> {
    let mut groups = vec![
        rich(),
        four_lines("evening", "Evening Circle"),
        in_state(
            "paused",
            "A Paused Group",
            None,
            Status::Paused { resumes: Some(date(2027, 9, 1)) },
        ),
        Group {
            aliases: vec![slug("ended-once")],
            ..in_state("ended", "Ended Group", Some(Intake::Open), Status::Ended)
        },
        in_state("full", "Full Group", Some(Intake::Full), Status::Active),
        in_state("waiting", "Waiting Group", Some(Intake::Waitlist), Status::Active),
        in_state("forming", "Forming Group", Some(Intake::Forming), Status::Active),
        Group {
            visibility: Visibility::Unlisted,
            topics: vec![term("secret-topic", "Secret topic")],
            ..four_lines("unlisted", "Unlisted Group")
        },
        Group { visibility: Visibility::Draft, ..four_lines("draft", "Draft Group") },
        by_area(),
        online(),
    ];
    groups.sort_by(|a, b| a.slug.cmp(&b.slug));
    groups
}

/// Two meetings of different kinds; the place is told to members.
fn by_area() -> Group {
    let in_person = Setting {
        format: Some(Format::InPerson),
        place: Some(area("A house by the river")),
        ..Setting::default()
    };
    let online = Setting { format: Some(Format::Online), ..Setting::default() };
    Group {
        schedule: Schedule::Entries(vec![
            entry(
                "Mondays, 6–7:30 pm",
                weekly(Weekday::Monday, clock((18, 0), (19, 30))),
                in_person,
            ),
            entry(
                "Thursdays, noon",
                weekly(Weekday::Thursday, Clock { start: time(12, 0, 0, 0), end: None }),
                online,
            ),
        ]),
        leadership: Leadership { model: Some(LeadershipModel::PeerLed), people: Vec::new() },
        ..four_lines("area", "Ärea Group")
    }
}

/// Everybody may join by link, telephone and passcode.
fn online() -> Group {
    Group {
        schedule: Schedule::Words("Twice a month; members receive the dates.".to_owned()),
        setting: Setting {
            format: Some(Format::Online),
            online: Some(Online {
                platform: line("Zoom"),
                join: Join::Public {
                    url: Some(WebUrl("https://zoom.example/j/1".to_owned())),
                    phone: Some(Phone("+1 740 555 0123".to_owned())),
                    passcode: line("1234"),
                },
            }),
            ..Setting::default()
        },
        cost: Cost::Free,
        ..four_lines("online", "Online Group")
    }
}

fn resources() -> (Vec<Collection>, Vec<Resource>) {
    let resource = |name: &str, collection: Option<&str>| Resource {
        slug: slug(name),
        collection: collection.map(slug),
        aliases: Vec::new(),
        title: format!("Page {name}"),
        summary: line("Two sentences."),
        topics: vec![term("ethics", "Ethics")],
        audience: Vec::new(),
        updated: Some(date(2026, 10, 2)),
        related_groups: Vec::new(),
        content_note: None,
        body: prose("<h2 id=\"a\">A</h2><p>Text</p>"),
        headings: Vec::new(),
    };
    let heading = |id: &str| Heading { level: 2, id: id.to_owned(), text: id.to_uppercase() };
    let first = Resource {
        aliases: vec![slug("whither")],
        related_groups: vec![slug("tuesday"), slug("full")],
        content_note: line("This page speaks of suicide."),
        headings: vec![heading("a"), heading("b"), heading("c")],
        ..resource("where", Some("start"))
    };
    let collection = Collection {
        slug: slug("start"),
        title: "Start your own group".to_owned(),
        summary: line("Eight questions."),
    };
    let pages = vec![
        first,
        resource("when", Some("start")),
        resource("who", Some("start")),
        resource("words", None),
    ];
    (vec![collection], pages)
}

fn free_page(name: &str, title: &str) -> Page {
    Page {
        slug: slug(name),
        aliases: vec![slug(&format!("old-{name}"))],
        title: title.to_owned(),
        summary: line("Who keeps this list."),
        updated: Some(date(2026, 9, 9)),
        body: prose(
            "<p>See <a href=\"/groups/tuesday/\">Tuesday</a> and <img src=\"/about/us.jpg\" alt=\"\">.</p>",
        ),
    }
}

pub(crate) fn settings() -> Settings {
    Settings {
        title: "River Valley Counselors".to_owned(),
        tagline: line("Groups for people who help people"),
        base_url: Some(BaseUrl("https://groups.example.org/sub/".to_owned())),
        language: "en".to_owned(),
        timezone: None,
        currency: Some(Currency::USD),
        contact: Contact {
            email: Some(Email("office@example.org".to_owned())),
            ..Contact::default()
        },
        help: vec![
            HelpLine {
                name: "988 Suicide & Crisis Lifeline".to_owned(),
                call: line("988"),
                text: line("988"),
                url: Some(WebUrl("https://988lifeline.org".to_owned())),
                verified: Some(date(2026, 10, 1)),
            },
            HelpLine {
                name: "Crisis Text Line".to_owned(),
                call: None,
                text: line("HOME to 741741"),
                url: None,
                verified: None,
            },
        ],
        vocabulary: Vocabulary::default(),
        holidays: Vec::new(),
        holidays_cancel: false,
        places: std::collections::BTreeMap::new(),
        navigation: vec![
            NavigationLink { label: None, url: "/groups/".to_owned() },
            NavigationLink { label: None, url: "/resources/".to_owned() },
            NavigationLink { label: line("About us"), url: "/about/".to_owned() },
        ],
        accent: Some(Colour { red: 0x2f, green: 0x6f, blue: 0x5e }),
        logo: None,
        cname: None,
    }
}

pub(crate) fn site() -> Site {
    let (collections, resources) = resources();
    Site {
        settings: settings(),
        groups: groups().into_iter().map(Arc::new).collect(),
        collections,
        resources,
        pages: vec![free_page("about", "About this network")],
        home: None,
        get_help: None,
        files: Vec::new(),
        headers: None,
        redirects: None,
    }
}
