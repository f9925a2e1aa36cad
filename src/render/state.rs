//! Whether one can come, and what to do about it: the words of status and intake, and the main button.

use jiff::civil::Date;

use crate::model::address::{Contact, WayIn};
use crate::model::group::{Admission, Group, Intake, Membership, Registration, Setting, Status};
use crate::render::context::{self, Html, State};
use crate::render::words;
use crate::theme::texts::Texts;
use crate::timetable::closed_for_good;

/// Said first: that a group has ended or is paused.
pub(crate) fn notice(group: &Group, texts: &Texts) -> Option<State> {
    match group.status {
        Status::Active => None,
        Status::Paused { resumes: Some(day) } => {
            Some(State { key: "paused", words: words::with_date("state.paused_until", day, texts) })
        }
        Status::Paused { resumes: None } => Some(state("paused", "state.paused", texts)),
        Status::Ended => Some(state("ended", "state.ended", texts)),
    }
}

/// That people meet no more where they do, as all these places are closed until further notice.
pub(crate) fn place_closed(settings: &[&Setting], today: Date, texts: &Texts) -> Option<State> {
    let mut closed = settings.iter().map(|setting| closed_for_good(setting, today));
    let first = closed.next()?.filter(|_| closed.all(|other| other.is_some()))?;
    let name = first.name.unwrap_or(texts.say("group.this_place"));
    let words = texts.fill("group.place_closed", &[("place", name)]);
    Some(State { key: "paused", words: words::plain(&words) })
}

/// For a card: paused before closed, before full, before places, before how one comes.
pub(crate) fn in_short(group: &Group, today: Date, texts: &Texts) -> Option<State> {
    let membership = &group.membership;
    let first = notice(group, texts).or_else(|| place_closed(&group.settings(), today, texts));
    first.or_else(|| intake(membership, texts)).or_else(|| {
        Some(match registration(membership)? {
            Registration::None => state("open", "state.come", texts),
            Registration::Required => state("open", "state.register", texts),
        })
    })
}

/// Whether one registers. "Just come" is kept back where one must be accepted first: it would send people to a door
/// that stays shut.
pub(crate) fn registration(membership: &Membership) -> Option<Registration> {
    let accepts = matches!(membership.admission, Some(Admission::Closed | Admission::Application));
    membership.registration.filter(|one| *one == Registration::Required || !accepts)
}

/// Whether there are places, as far as the group says.
pub(crate) fn intake(membership: &Membership, texts: &Texts) -> Option<State> {
    let openings = membership.openings;
    Some(match (membership.intake, openings) {
        (Some(Intake::Full), _) => state("full", "state.full", texts),
        (Some(Intake::Waitlist), _) => state("waitlist", "state.waitlist", texts),
        (Some(Intake::Forming), _) => state("forming", "state.forming", texts),
        (_, Some(0)) => state("full", "state.no_openings", texts),
        (_, Some(free)) => {
            State { key: "open", words: words::plain(&free_places(membership, free, texts)) }
        }
        (Some(Intake::Open), None) => state("open", "state.open", texts),
        (None, None) => return None,
    })
}

/// Whether it takes people now.
pub(crate) fn has_room(group: &Group) -> bool {
    let membership = &group.membership;
    let open = match membership.intake {
        Some(Intake::Open) => membership.openings != Some(0),
        None => membership.openings.is_some_and(|free| free > 0),
        Some(Intake::Waitlist | Intake::Forming | Intake::Full) => false,
    };
    open && matches!(group.status, Status::Active)
}

/// The first day whose meetings a page may name; none where there are no meetings.
pub(crate) fn first_day(group: &Group, today: Date) -> Option<Date> {
    match group.status {
        Status::Active => Some(today),
        Status::Paused { resumes } => resumes.map(|day| day.max(today)),
        Status::Ended => None,
    }
}

/// The main button: where one applies, else the group's contact, else the network's.
pub(crate) fn way_in(group: &Group, network: &Contact, texts: &Texts) -> Option<context::WayIn> {
    if matches!(group.status, Status::Ended) {
        return None;
    }
    let own = group.way_in();
    let is_network = own.is_none();
    let way = own.or_else(|| network.way_in())?;
    let (url, shown) = words::address(&way);
    let label = match (is_network, asked_for(group)) {
        (false, Some(key)) => texts.say(key).to_owned(),
        (false, None) => contact_label(&way, group.contact.name.as_deref(), texts),
        (true, _) => network_label(&way, texts),
    };
    Some(context::WayIn { label, url, shown, network: is_network })
}

/// What one asks for; none where a group only wants to be spoken to: it is paused or full, or says no more than how
/// it can be reached.
fn asked_for(group: &Group) -> Option<&'static str> {
    let membership = &group.membership;
    if matches!(group.status, Status::Paused { .. }) {
        return None;
    }
    match (membership.intake, membership.openings) {
        (Some(Intake::Waitlist), _) => return Some("way_in.waitlist"),
        (Some(Intake::Forming), _) => return Some("way_in.forming"),
        (Some(Intake::Full), _) | (_, Some(0)) => return None,
        _ => {}
    }
    membership.apply.as_ref()?;
    Some(match (membership.admission, membership.registration) {
        (Some(Admission::Application), _) => "way_in.apply",
        (_, Some(Registration::Required)) => "way_in.register",
        _ => "way_in.ask",
    })
}

fn contact_label(way: &WayIn, name: Option<&str>, texts: &Texts) -> String {
    match (way, name) {
        (WayIn::Url(_), _) => texts.say("way_in.visit").to_owned(),
        (WayIn::Email(_), Some(name)) => texts.fill("way_in.write_to", &[("name", name)]),
        (WayIn::Email(_), None) => texts.say("way_in.write").to_owned(),
        (WayIn::Phone(_), Some(name)) => texts.fill("way_in.call_to", &[("name", name)]),
        (WayIn::Phone(_), None) => texts.say("way_in.call").to_owned(),
    }
}

/// How the network itself is reached.
pub(crate) fn network_label(way: &WayIn, texts: &Texts) -> String {
    let key = match way {
        WayIn::Url(_) => "site.visit",
        WayIn::Email(_) => "site.write",
        WayIn::Phone(_) => "site.call",
    };
    texts.say(key).to_owned()
}

fn free_places(membership: &Membership, free: u32, texts: &Texts) -> String {
    match membership.capacity {
        Some(capacity) if capacity >= free => {
            texts.count("group.free_of", u64::from(capacity), &[("free", &free.to_string())])
        }
        _ => texts.count("state.openings", u64::from(free), &[]),
    }
}

fn state(key: &'static str, text: &str, texts: &Texts) -> State {
    State { key, words: Html::new(&words::escaped(texts.say(text))) }
}
