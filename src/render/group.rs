//! A group's own page: its answers to the eight questions, and the questions that it leaves open.

use jiff::civil::Date;

use crate::model::address::WayIn;
use crate::model::facet::{self, Facet};
use crate::model::group::{
    Cost, Group, Intake, LeadershipModel, Membership, PresentationKind, Status, Style, Visibility,
};
use crate::render::context::{self, Fact, Html, Link};
use crate::render::edition::Edition;
use crate::render::index::ValuePages;
use crate::render::{card, dates, embed, index, place, scripts, state, words};
use crate::theme::texts::Texts;

/// More seats than these are a number and no picture.
const MOST_SEATS: u32 = 24;

/// Everything that a group's page shows.
pub(crate) fn page(edition: &Edition, at: usize) -> context::Group {
    let (group, texts) = (&edition.site.groups[at], edition.texts());
    let network = &edition.site.settings.contact;
    let way_in = state::way_in(group, network, texts);
    let joining = joining(group);
    let mut page = context::Group {
        purpose: group.purpose.clone(),
        kind: Link {
            label: card::kind_label(group, texts),
            url: edition.index.facet_url(Facet::Kind, group.kind.key.as_str()),
        },
        whom: whom(group, texts),
        visibility: match group.visibility {
            Visibility::Listed => "listed",
            Visibility::Unlisted => "unlisted",
            Visibility::Draft => "draft",
        },
        notice: state::notice(group, texts),
        status_note: words::prose(group.status_note.as_ref()),
        when: card::when(group, texts),
        zone: dates::zone(group, edition),
        next: scripts::next(group, edition),
        place: place::in_a_line(group, texts),
        who: who(&joining, texts),
        state: state::intake(&joining, texts),
        cost: cost(group, edition),
        contacts: contacts(group, way_in.as_ref()),
        way_in,
        contact_name: group.contact.name.clone(),
        confirmed: confirmed(group, texts),
        is_confirmed: group.verified.is_some(),
        image: group.image.as_ref().map(words::picture),
        membership: membership(&joining, edition),
        places: place::places(group, edition.today, texts),
        schedule: dates::schedule(group, edition),
        meeting: meeting(group, texts),
        presentations: presentations(group, edition),
        leadership: leadership(group, texts),
        orientation: words::prose(group.orientation.as_ref()),
        fee: fee(group, texts),
        accessibility: accessibility(group, edition),
        accessibility_note: group.accessibility_note.clone(),
        languages: languages(group, texts),
        body: words::prose(Some(&group.body)),
        reading: reading(edition, at),
        tags: tags(edition, at),
        embed: embed::code_of_group(edition, at),
        unsaid: Vec::new(),
    };
    page.unsaid = unsaid(&page, group.status, texts);
    page
}

/// Who can join; of a group that has ended, who could.
fn joining(group: &Group) -> Membership {
    let membership = group.membership.clone();
    match group.status {
        Status::Ended => Membership { openings: None, intake: None, enrol_by: None, ..membership },
        Status::Active | Status::Paused { .. } => membership,
    }
}

fn whom(group: &Group, texts: &Texts) -> String {
    let serves = texts.say(&format!("value.for.{}.label", group.serves.name()));
    let audience: Vec<String> = group.audience.iter().map(|term| term.label.clone()).collect();
    match words::list(&audience, texts) {
        Some(audience) => texts.fill("group.whom", &[("for", serves), ("audience", &audience)]),
        None => serves.to_owned(),
    }
}

fn who(membership: &Membership, texts: &Texts) -> Fact {
    let admission = membership.admission.map(|admission| {
        texts.say(&format!("value.admission.{}.label", admission.name())).to_owned()
    });
    match membership.who.clone().or(admission) {
        Some(words) => Fact { words: words::plain(&words), stated: true },
        None => Fact { words: words::plain(texts.say("group.ask_who")), stated: false },
    }
}

fn cost(group: &Group, edition: &Edition) -> Fact {
    let texts = edition.texts();
    let words = match &group.cost {
        Cost::NotStated => None,
        Cost::Free => Some(texts.say("value.cost.free.label").to_owned()),
        Cost::Words(words) => Some(words.clone()),
        Cost::Amount(fee) => words::fee(fee, edition.site.settings.currency, texts),
    };
    match words {
        Some(words) => Fact { words: words::plain(&words), stated: true },
        None => Fact { words: words::plain(texts.say("group.ask_cost")), stated: false },
    }
}

fn fee(group: &Group, texts: &Texts) -> Option<context::Fee> {
    let Cost::Amount(fee) = &group.cost else { return None };
    let insurance = words::list(&fee.insurance, texts)
        .map(|insurance| texts.fill("group.insurance", &[("insurance", &insurance)]));
    let note = words::prose(fee.note.as_ref());
    (insurance.is_some() || note.is_some()).then_some(context::Fee { insurance, note })
}

/// Every way to reach the group but the one of the main button.
fn contacts(group: &Group, way_in: Option<&context::WayIn>) -> Vec<Link> {
    let ways: Vec<WayIn> = words::contacts(&group.contact);
    let links = ways.iter().map(words::address);
    links
        .filter(|(url, _)| way_in.is_none_or(|way_in| way_in.url != *url))
        .map(|(url, shown)| Link { label: shown, url: Some(url) })
        .collect()
}

fn confirmed(group: &Group, texts: &Texts) -> Html {
    match (group.verified, &group.verified_by) {
        (None, _) => words::plain(texts.say("group.unconfirmed")),
        (Some(day), None) => words::with_date("group.confirmed", day, texts),
        (Some(day), Some(by)) => {
            let date = words::time(day, texts);
            let by = words::escaped(by);
            words::sentence("group.confirmed_by", &[("date", &date), ("by", &by)], texts)
        }
    }
}

fn membership(membership: &Membership, edition: &Edition) -> context::Membership {
    let texts = edition.texts();
    let about =
        |facet: &str, name: &str| texts.say(&format!("value.{facet}.{name}.about")).to_owned();
    // How many places are free is said above, and where one applies is the button.
    let unsaid = Membership {
        who: None,
        admission: None,
        registration: None,
        criteria: Vec::new(),
        how_to_join: None,
        capacity: None,
        enrol_by: None,
        ..membership.clone()
    };
    context::Membership {
        stated: *membership != unsaid,
        who: membership.who.clone(),
        admission: membership.admission.map(|admission| about("admission", admission.name())),
        registration: state::registration(membership).map(|one| about("registration", one.name())),
        criteria: membership.criteria.clone(),
        how_to_join: words::prose(membership.how_to_join.as_ref()),
        enrol_by: membership.enrol_by.map(|day| enrol_by(day, edition.today, texts)),
        capacity: capacity(membership, texts),
        seats: seats(membership),
    }
}

fn enrol_by(day: Date, today: Date, texts: &Texts) -> Html {
    let key = if day < today { "group.enrol_over" } else { "group.enrol_by" };
    words::with_date(key, day, texts)
}

/// How many places are free, as far as the group says.
fn free_places(membership: &Membership) -> Option<u32> {
    match membership.intake {
        Some(Intake::Full | Intake::Waitlist) => Some(0),
        Some(Intake::Open | Intake::Forming) | None => membership.openings,
    }
}

fn capacity(membership: &Membership, texts: &Texts) -> Option<String> {
    let capacity = membership.capacity?;
    let places = texts.count("group.capacity", u64::from(capacity), &[]);
    Some(match free_places(membership) {
        None => places,
        Some(0) => texts.fill("group.capacity_full", &[("places", &places)]),
        Some(free) => {
            texts.fill("group.capacity_free", &[("places", &places), ("free", &free.to_string())])
        }
    })
}

fn seats(membership: &Membership) -> Vec<context::Seat> {
    let Some((capacity, free)) = membership.capacity.zip(free_places(membership)) else {
        return Vec::new();
    };
    if !(2..=MOST_SEATS).contains(&capacity) || free > capacity {
        return Vec::new();
    }
    let count = f64::from(capacity);
    let radius = (108.0 / count).min(9.0);
    (0..capacity)
        .map(|seat| {
            let is_free = seat >= capacity - free;
            context::Seat {
                angle: tenths((f64::from(seat) + 0.5) * 360.0 / count),
                // A free seat is drawn as a line, half of which lies outside.
                radius: tenths(if is_free { radius - 1.2 } else { radius }),
                free: is_free,
            }
        })
        .collect()
}

fn tenths(number: f64) -> String {
    ((number * 10.0).round() / 10.0).to_string()
}

fn meeting(group: &Group, texts: &Texts) -> Option<context::Meeting> {
    let structure = &group.structure;
    let lengths: Option<Vec<u32>> = structure.agenda.iter().map(|item| item.minutes).collect();
    let minutes = lengths.map(|lengths| lengths.iter().sum()).filter(|&minutes: &u32| minutes > 0);
    let length = minutes.map(|minutes| texts.count("group.minutes", u64::from(minutes), &[]));
    let style = structure.style.map(|style| {
        texts.say(match style {
            Style::Structured => "group.structured",
            Style::Informal => "group.informal",
        })
    });
    let about: Vec<String> =
        length.into_iter().chain(style.map(str::to_owned)).map(|part| format!("{part}.")).collect();
    let mut start = 0;
    let agenda: Vec<context::AgendaItem> = structure
        .agenda
        .iter()
        .map(|item| {
            let before = start;
            start += item.minutes.unwrap_or(0);
            context::AgendaItem {
                item: item.item.clone(),
                minutes: item.minutes,
                length: item
                    .minutes
                    .map(|length| texts.fill("group.min", &[("count", &length.to_string())])),
                start: before,
            }
        })
        .collect();
    let ground_rules = structure.ground_rules.clone();
    let said = !about.is_empty() || !agenda.is_empty() || !ground_rules.is_empty();
    let about = (!about.is_empty()).then(|| about.join(" "));
    said.then_some(context::Meeting { about, agenda, minutes, ground_rules })
}

fn presentations(group: &Group, edition: &Edition) -> Option<context::Presentations> {
    let (given, texts) = (group.presentations.as_ref()?, edition.texts());
    let from = state::first_day(group, edition.today);
    let ahead = given.slots.iter().filter(|slot| from.is_some_and(|from| slot.date >= from));
    let title = match given.kind {
        Some(PresentationKind::Case) => "group.case_presentations",
        Some(PresentationKind::Topic) => "group.topic_presentations",
        None => "group.presentations",
    };
    Some(context::Presentations {
        title: texts.say(title).to_owned(),
        slots: ahead
            .map(|slot| context::Slot {
                date: Html::new(&words::weekday_time(slot.date, texts)),
                topic: slot.topic.clone(),
                until: slot.date.to_string(),
            })
            .collect(),
        sign_up: given
            .sign_up
            .clone()
            .filter(|_| from.is_some())
            .map(|link| words::address(&WayIn::from(link)).0),
    })
}

fn leadership(group: &Group, texts: &Texts) -> Option<context::Leadership> {
    let leadership = &group.leadership;
    let model = leadership.model.map(|model| {
        let key = match model {
            LeadershipModel::Facilitator => "group.facilitator",
            LeadershipModel::PeerLed => "group.peer-led",
            LeadershipModel::Rotating => "group.rotating",
            LeadershipModel::Elected => "group.elected",
        };
        texts.say(key).to_owned()
    });
    let people: Vec<context::Person> = leadership
        .people
        .iter()
        .map(|person| context::Person {
            name: person.name.clone(),
            credentials: person.credentials.clone(),
            role: person.role.clone(),
        })
        .collect();
    (model.is_some() || !people.is_empty()).then_some(context::Leadership { model, people })
}

fn accessibility(group: &Group, edition: &Edition) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for term in facet::accessibility(group) {
        if links.iter().all(|link| link.label != term.label) {
            let url = edition.index.facet_url(Facet::Accessibility, term.key.as_str());
            links.push(Link { label: term.label.clone(), url });
        }
    }
    links
}

fn languages(group: &Group, texts: &Texts) -> Option<String> {
    let names: Vec<String> = group.languages.iter().map(|language| language.name.clone()).collect();
    words::list(&names, texts)
}

fn reading(edition: &Edition, at: usize) -> Vec<Link> {
    let resources = edition.index.reading[at].iter().map(|&at| &edition.site.resources[at]);
    resources
        .map(|resource| Link { label: resource.title.clone(), url: Some(resource.url()) })
        .collect()
}

/// Facets whose pages lead to groups that share something.
const SHARED: [Facet; 8] = [
    Facet::Topic,
    Facet::Audience,
    Facet::Day,
    Facet::Time,
    Facet::City,
    Facet::Region,
    Facet::Format,
    Facet::Language,
];

fn tags(edition: &Edition, at: usize) -> Vec<Link> {
    let (index, texts) = (&edition.index, edition.texts());
    let group = &edition.site.groups[at];
    if !group.is_listed() {
        let values = SHARED
            .iter()
            .flat_map(|&facet| facet.values(group).into_iter().map(move |value| (facet, value)));
        return values
            .filter_map(|(facet, value)| {
                let url = index.facet_url(facet, value.key.as_str())?;
                Some(Link { label: index::value_label(facet, &value, texts), url: Some(url) })
            })
            .collect();
    }
    let link = |facet: Facet, value: &ValuePages| Link {
        label: value.label.clone(),
        url: Some(index::facet_url(facet, value.key.as_str())),
    };
    let shared = Facet::ALL.into_iter().filter(|facet| SHARED.contains(facet));
    let links = shared.flat_map(|facet| {
        index.values_of(facet, group).map(|value| link(facet, value)).collect::<Vec<Link>>()
    });
    links.collect()
}

fn unsaid(page: &context::Group, status: Status, texts: &Texts) -> Vec<String> {
    if matches!(status, Status::Ended) {
        return Vec::new();
    }
    let questions = [
        (page.membership.stated, "group.question_who"),
        (page.place.stated, "group.question_where"),
        (page.when.stated, "group.question_when"),
        (page.meeting.is_some(), "group.question_meeting"),
        (page.leadership.is_some(), "group.question_leads"),
        (page.orientation.is_some(), "group.question_first"),
        (page.cost.stated, "group.question_cost"),
        (!page.accessibility.is_empty() || page.languages.is_some(), "group.question_access"),
    ];
    let open = questions.iter().filter(|(answered, _)| !answered);
    open.map(|(_, question)| texts.say(question).to_owned()).collect()
}
