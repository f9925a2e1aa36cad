//! A group's file into a [`Group`].

use std::collections::BTreeSet;

use crate::check::atlas::{Name, Seen};
use crate::check::dates::in_order;
use crate::check::fields::{Fields, Findings};
use crate::check::freshness;
use crate::check::meetings::{self, Exceptions, Term};
use crate::check::settings::contact;
use crate::check::subject::Subject;
use crate::check::values;
use crate::check::venue;
use crate::check::vocabulary::List;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{Node, Value};
use crate::model::facet;
use crate::model::group::{
    Admission, AgendaItem, Cost, Fee, Format, Group, Intake, Language, Leadership, LeadershipModel,
    Membership, Money, Person, PresentationKind, Presentations, Registration, Schedule, Serves,
    Setting, Slot, Status, Structure, Style, Visibility,
};
use crate::schema::group::{
    AGENDA_ITEM, CONTACT, COST, GROUP, LEADERSHIP, MEMBERSHIP, PERSON, PRESENTATIONS, SLOT,
    STRUCTURE,
};
use crate::source::{Span, Spanned};

#[derive(Clone, Copy, PartialEq, Eq)]
enum StatusWord {
    Active,
    Paused,
    Ended,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum VisibilityWord {
    Listed,
    Unlisted,
    Internal,
    Draft,
}

const STATUS_WORDS: [(&str, StatusWord); 3] =
    [("active", StatusWord::Active), ("paused", StatusWord::Paused), ("ended", StatusWord::Ended)];
const VISIBILITY_WORDS: [(&str, VisibilityWord); 4] = [
    ("listed", VisibilityWord::Listed),
    ("unlisted", VisibilityWord::Unlisted),
    ("internal", VisibilityWord::Internal),
    ("draft", VisibilityWord::Draft),
];

/// Reads a group, and gives the ids of its headings; no group when its kind is not known, or it is not for anybody's
/// eyes.
#[expect(clippy::too_many_lines, reason = "a list of fields, one a line")]
pub(super) fn read(name: &Name, subject: &Subject<'_>) -> (Option<Group>, BTreeSet<String>) {
    let (context, findings) = (subject.context, subject.findings);
    let fields = Fields::open(&GROUP, &subject.document.fields, findings);
    // Read before the walk below, which is in the order of the schema.
    let required = (
        fields.words("title"),
        fields.words("purpose"),
        fields.value("kind", |typed| context.terms.kind(typed)),
    );
    // The rest of the file is checked even where the kind is not known.
    let kind = required.2.map(|kind| kind.value);
    let visibility = fields.choice("visibility", &VISIBILITY_WORDS).map(|word| word.value);
    let status = status(&fields);
    let term = Term::read(&fields);
    let setting =
        Setting { timezone: meetings::timezone(&fields), ..meetings::setting(&fields, subject) };
    let written = meetings::schedule(&fields, &setting, &term, subject);
    let exceptions = Exceptions::read(&fields, &written.schedule, &setting, subject);
    let (presentations, slots) = presentations(&fields);
    meetings::check(&written, &exceptions, &slots, subject);
    let membership = membership(&fields, &term, subject);
    let verified = fields.value("verified", values::date);
    let serves = fields.choice("for", Serves::NAMES);
    let alt = fields.words("image_alt");
    let image = image(&fields, alt, subject);
    let id = fields.words("id");
    // Their values are in the atlas already; what is private stays where it is.
    for name in ["slug", "aliases", "private"] {
        fields.node(name);
    }
    let (body, headings) = subject.body();
    let ids = headings.into_iter().map(|heading| heading.id).collect();
    let group = Group {
        slug: name.slug.clone(),
        id: id.unwrap_or_else(|| name.aliases.last().unwrap_or(&name.slug).to_string()),
        aliases: name.aliases.clone(),
        title: required.0.unwrap_or_default(),
        purpose: required.1.unwrap_or_default(),
        serves: Serves::Both,
        kind: kind.clone().unwrap_or_else(|| context.terms.any_kind()),
        audience: terms(&fields, "audience", &context.terms.audience),
        topics: terms(&fields, "topics", &context.terms.topic),
        cancelled: values_of(exceptions.cancelled),
        changed: values_of(exceptions.changed),
        extra: values_of(exceptions.extra),
        structure: structure(&fields),
        presentations,
        leadership: leadership(&fields),
        orientation: subject.inline(&fields, "orientation"),
        cost: cost(&fields, subject),
        languages: languages(&fields),
        accessibility: venue::accessibility(&fields, subject),
        accessibility_note: fields.words("accessibility_note"),
        contact: fields
            .record("contact", &CONTACT)
            .map(|fields| contact(&fields))
            .unwrap_or_default(),
        status_note: subject.inline(&fields, "status_note"),
        verified_by: fields.words("verified_by"),
        starts: term.starts.map(|date| date.value),
        ends: term.ends.as_ref().map(|date| date.value),
        verified: verified.as_ref().map(|date| date.value),
        visibility: match visibility {
            Some(VisibilityWord::Unlisted) => Visibility::Unlisted,
            Some(VisibilityWord::Draft) => Visibility::Draft,
            Some(VisibilityWord::Listed | VisibilityWord::Internal) | None => Visibility::Listed,
        },
        membership,
        setting,
        schedule: written.schedule,
        status,
        image,
        body,
    };
    let group = Group { serves: serves.map_or(group.kind.serves, |serves| serves.value), ..group };
    if name.seen != Seen::Internal {
        look_over(&group, &fields, subject);
        freshness::check(&group, &fields, verified.as_ref(), subject);
    }
    let shown = kind.is_some() && !matches!(name.seen, Seen::Internal | Seen::Draft);
    (shown.then_some(group), ids)
}

fn terms(fields: &Fields<'_>, name: &str, list: &List) -> Vec<facet::Term> {
    let field = if name == "topics" { "topic" } else { name };
    fields.values(name, |typed| list.term(field, typed))
}

fn languages(fields: &Fields<'_>) -> Vec<Language> {
    fields.values("languages", values::language)
}

fn status(fields: &Fields<'_>) -> Status {
    let status =
        fields.choice("status", &STATUS_WORDS).map_or(StatusWord::Active, |word| word.value);
    let resumes = fields.value("resumes", values::date);
    if let Some(resumes) = resumes.as_ref().filter(|_| status != StatusWord::Paused) {
        let problem = fields.findings.at(
            &rules::RESUMES_WITHOUT_PAUSE,
            resumes.span,
            "`resumes` is for a group that is paused",
        );
        fields.findings.add(
            problem.help("write `status: paused`, or take `resumes` out; a first date is `starts`"),
        );
    }
    match status {
        StatusWord::Active => Status::Active,
        StatusWord::Paused => Status::Paused { resumes: resumes.map(|date| date.value) },
        StatusWord::Ended => Status::Ended,
    }
}

fn membership(fields: &Fields<'_>, term: &Term, subject: &Subject<'_>) -> Membership {
    let Some(fields) = fields.record("membership", &MEMBERSHIP) else {
        return Membership::default();
    };
    let count = |typed: &str| values::number(typed, 0, 100_000);
    let openings = fields.value("openings", count);
    let capacity = fields.value("capacity", |typed| values::number(typed, 1, 100_000));
    let intake = fields.choice("intake", Intake::NAMES);
    let enrol_by = fields.value("enrol_by", values::date);
    contradictions(fields.findings, openings.as_ref(), capacity.as_ref(), intake.as_ref());
    if let (Some(enrol_by), Some(ends)) = (&enrol_by, &term.ends) {
        in_order(fields.findings, "enrol_by", enrol_by, "ends", ends);
    }
    Membership {
        admission: fields.choice("admission", Admission::NAMES).map(|word| word.value),
        registration: fields.choice("registration", Registration::NAMES).map(|word| word.value),
        who: fields.words("who"),
        criteria: fields.texts("criteria").into_iter().map(|text| text.value).collect(),
        how_to_join: subject.inline(&fields, "how_to_join"),
        apply: fields.value("apply", values::link).map(|link| link.value),
        capacity: capacity.map(|number| number.value),
        openings: openings.map(|number| number.value),
        intake: intake.map(|word| word.value),
        enrol_by: enrol_by.map(|date| date.value),
    }
}

fn contradictions(
    findings: &Findings,
    openings: Option<&Spanned<u32>>,
    capacity: Option<&Spanned<u32>>,
    intake: Option<&Spanned<Intake>>,
) {
    let Some(openings) = openings.filter(|openings| openings.value > 0) else { return };
    if let Some(intake) =
        intake.filter(|intake| matches!(intake.value, Intake::Full | Intake::Waitlist))
    {
        let message = match intake.value {
            Intake::Waitlist => format!("{} in a group with a waiting list", free(openings.value)),
            _ => format!("{} in a group that is full", free(openings.value)),
        };
        let problem = findings.at(&rules::OPENINGS_CONTRADICTION, openings.span, message);
        let problem = problem.related(&findings.source, intake.span, "`intake` is here");
        findings.add(problem.help("write `openings: 0`, or `intake: open`"));
    }
    if let Some(capacity) = capacity.filter(|capacity| capacity.value < openings.value) {
        let message = format!("{} in a group of {}", free(openings.value), capacity.value);
        let problem = findings.at(&rules::OPENINGS_CONTRADICTION, openings.span, message);
        let problem = problem.related(&findings.source, capacity.span, "`capacity` is here");
        findings.add(problem.help("correct one of the two"));
    }
}

fn free(openings: u32) -> String {
    format!("{openings} free place{}", if openings == 1 { "" } else { "s" })
}

fn image(
    fields: &Fields<'_>,
    alt: Option<String>,
    subject: &Subject<'_>,
) -> Option<crate::model::Picture> {
    let image = fields.text("image")?;
    if alt.is_none() {
        let problem = fields.findings.at(
            &rules::MISSING_ALT_TEXT,
            image.span,
            "the picture has no words for those who do not see it",
        );
        fields
            .findings
            .add(problem.help("add a line such as `image_alt: Eight chairs in a circle`"));
    }
    subject.picture(&image, alt)
}

fn structure(fields: &Fields<'_>) -> Structure {
    let Some(fields) = fields.record("structure", &STRUCTURE) else { return Structure::default() };
    let agenda = fields.records("agenda", &AGENDA_ITEM).into_iter();
    let item = |(item, _): (Fields<'_>, Span)| {
        let minutes = item
            .value("minutes", |typed| values::number(typed, 1, 1440))
            .map(|number| number.value);
        let words = item.words("item");
        Some(AgendaItem { minutes, item: words? })
    };
    Structure {
        style: fields.choice("style", Style::NAMES).map(|word| word.value),
        agenda: agenda.filter_map(item).collect(),
        ground_rules: fields.texts("ground_rules").into_iter().map(|text| text.value).collect(),
    }
}

fn values_of<T>(written: Vec<Spanned<T>>) -> Vec<T> {
    written.into_iter().map(|one| one.value).collect()
}

/// `presentations`, and the dates in it with their places.
fn presentations(fields: &Fields<'_>) -> (Option<Presentations>, Vec<Spanned<Slot>>) {
    let Some(fields) = fields.record("presentations", &PRESENTATIONS) else {
        return (None, Vec::new());
    };
    let slots = fields.records("slots", &SLOT).into_iter();
    let slot = |(slot, _): (Fields<'_>, Span)| {
        let date = slot.value("date", values::date);
        let topic = slot.words("topic");
        let Spanned { value: date, span } = date?;
        Some(Spanned { value: Slot { date, topic }, span })
    };
    let slots = slots.filter_map(slot).collect::<Vec<_>>();
    let presentations = Presentations {
        kind: fields.choice("kind", PresentationKind::NAMES).map(|word| word.value),
        sign_up: fields.value("sign_up", values::link).map(|link| link.value),
        slots: slots.iter().map(|slot| slot.value.clone()).collect(),
    };
    (Some(presentations), slots)
}

fn leadership(fields: &Fields<'_>) -> Leadership {
    let Some(fields) = fields.record("leadership", &LEADERSHIP) else {
        return Leadership::default();
    };
    let people = fields.records("people", &PERSON).into_iter();
    let person = |(person, _): (Fields<'_>, Span)| {
        let (name, credentials, role) =
            (person.words("name"), person.words("credentials"), person.words("role"));
        Some(Person { name: name?, credentials, role })
    };
    Leadership {
        model: fields.choice("model", LeadershipModel::NAMES).map(|word| word.value),
        people: people.filter_map(person).collect(),
    }
}

fn cost(fields: &Fields<'_>, subject: &Subject<'_>) -> Cost {
    let Some(node) = fields.node("cost") else { return Cost::NotStated };
    if let Value::Scalar { text, .. } = &node.value {
        let text = text.trim();
        if values::amount(text.trim_start_matches(['$', '€', '£'])).is_ok() {
            let message = format!("`{text}` is a number without its currency");
            let help = "write `Free`, or `cost: {amount: 25, currency: USD}`, or a sentence";
            let problem = subject.findings.at(&rules::WRONG_VALUE, node.span, message);
            subject.findings.add(problem.help(help));
        }
        return if text.eq_ignore_ascii_case("free") {
            Cost::Free
        } else {
            Cost::Words(text.to_owned())
        };
    }
    let fields = Fields::open(&COST, node, subject.findings);
    let amount = fields.value("amount", values::amount);
    let currency = fields.value("currency", values::currency).map(|currency| currency.value);
    let currency = currency.or(subject.context.settings.currency);
    if let Some(amount) = amount.as_ref().filter(|amount| amount.value > 0 && currency.is_none()) {
        let problem =
            fields.findings.at(&rules::MISSING_CURRENCY, amount.span, "the amount has no currency");
        fields
            .findings
            .add(problem.help("add `currency: USD`, or your own, here or in `site.yaml`"));
    }
    Cost::Amount(Fee {
        amount: amount.map(|amount| Money { minor: amount.value, currency }),
        per: fields.words("per"),
        sliding_scale: fields.value("sliding_scale", values::flag).is_some_and(|flag| flag.value),
        insurance: fields.texts("insurance").into_iter().map(|text| text.value).collect(),
        note: subject.inline(&fields, "note"),
    })
}

fn is_empty_list(node: &Node) -> bool {
    matches!(&node.value, Value::Sequence(items) if items.is_empty())
}

/// What a reader would miss.
fn look_over(group: &Group, fields: &Fields<'_>, subject: &Subject<'_>) {
    let findings = subject.findings;
    if findings.partial {
        // What seems to be missing may stand in the part that could not be read.
        return;
    }
    let top = fields.key_span("title").unwrap_or_default();
    let listed =
        matches!(group.visibility, Visibility::Listed) && !matches!(group.status, Status::Ended);
    if listed && group.way_in().is_none() && subject.context.settings.contact.way_in().is_none() {
        let problem = findings.at(&rules::UNREACHABLE_GROUP, top, "nobody can reach this group");
        findings.add(problem.help("add `contact: {email: …}`, or `apply:` under `membership:`"));
    }
    let in_person = |format| matches!(format, Some(Format::InPerson | Format::Hybrid));
    let lost = group
        .settings()
        .into_iter()
        .any(|setting| in_person(setting.format) && setting.place.is_none());
    if lost && !subject.leans_on_broken.get() && fields.node("venue").is_none() {
        let span = fields.key_span("format").or(fields.key_span("schedule")).unwrap_or(top);
        let problem = findings.at(
            &rules::MISSING_VENUE,
            span,
            "people meet in person, but it is not said where",
        );
        findings.add(problem.help("add `venue:` with a file of `content/venues`, or at least `venue: {address: {city: …}}`"));
    }
    if listed
        && group.schedule == Schedule::NotStated
        && fields.node("schedule").is_none_or(is_empty_list)
        && !matches!(group.membership.intake, Some(Intake::Forming))
    {
        let problem =
            findings.at(&rules::MISSING_SCHEDULE, top, "it is not said when the group meets");
        findings
            .add(problem.help("add a line such as `schedule: 1st and 3rd Tuesday, 7:00–8:30 pm`"));
    }
}
