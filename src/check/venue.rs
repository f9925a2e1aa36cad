//! Venues: shared files and a group's own, told as exactly as their owners allow.

use crate::check::dates::in_order;
use crate::check::fields::{Fields, Findings};
use crate::check::subject::Subject;
use crate::check::values;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{Node, Value};
use crate::model::facet::Term;
use crate::model::venue::{Area, Closure, Coordinates, Place, PostalAddress, Venue};
use crate::schema::venue::{ADDRESS, CLOSED, VENUE};
use crate::slug::Slug;
use crate::source::{Span, Spanned};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Precision {
    Exact,
    Area,
}

/// Reads a venue; `slug` is a shared file's name, and such a venue needs a name for people too.
pub(super) fn read(node: &Node, slug: Option<&Slug>, subject: &Subject<'_>) -> Place {
    let fields = Fields::open(&VENUE, node, subject.findings);
    let name = fields.words("name");
    if slug.is_some()
        && name.is_none()
        && !subject.findings.partial
        && !fields.is_mistyped("name")
        && matches!(node.value, Value::Mapping(_) | Value::Blank)
    {
        let start = Span::new(node.span.start, node.span.start);
        let problem = subject.findings.at(
            &rules::MISSING_FIELD,
            start,
            "a venue needs `name`: what people call it",
        );
        subject.findings.add(problem.help("write a line such as `name: Grace Church`"));
    }
    let precision =
        fields.choice("precision", &[("exact", Precision::Exact), ("area", Precision::Area)]);
    // A word that is not understood must not publish more than the one that was meant.
    let unclear =
        if fields.key_span("precision").is_some() { Precision::Area } else { Precision::Exact };
    let address =
        fields.record("address", &ADDRESS).map(|fields| address(&fields)).unwrap_or_default();
    let coordinates = fields.node("coordinates").and_then(|node| {
        let found = coordinates(node, subject.findings)?;
        near_its_town(found, node.span, address.city.as_deref(), subject);
        Some(found)
    });
    let venue = Venue {
        slug: slug.map(Slug::to_string),
        name,
        room: fields.words("room"),
        directions: fields.words("directions"),
        parking: fields.words("parking"),
        transit: fields.words("transit"),
        accessibility: accessibility(&fields, subject),
        coordinates,
        closed: closures(&fields, subject),
        address,
    };
    match precision.map_or(unclear, |precision| precision.value) {
        Precision::Area => Place::Area(Area {
            name: venue.name,
            city: venue.address.city,
            region: venue.address.region,
            country: venue.address.country,
            accessibility: venue.accessibility,
            closed: venue
                .closed
                .into_iter()
                .map(|closure| Closure { reason: None, ..closure })
                .collect(),
        }),
        Precision::Exact => Place::Exact(Box::new(venue)),
    }
}

fn address(fields: &Fields<'_>) -> PostalAddress {
    PostalAddress {
        street: fields.words("street"),
        city: fields.words("city"),
        region: fields.words("region"),
        postal_code: fields.words("postal_code"),
        country: fields.words("country"),
    }
}

/// The terms of `accessibility`.
pub(super) fn accessibility(fields: &Fields<'_>, subject: &Subject<'_>) -> Vec<Term> {
    let list = &subject.context.terms.accessibility;
    fields.values("accessibility", |typed| list.term("accessibility", typed))
}

fn closures(fields: &Fields<'_>, subject: &Subject<'_>) -> Vec<Closure> {
    let items = fields.records("closed", &CLOSED).into_iter();
    items
        .filter_map(|(item, _)| {
            let from = item.value("from", values::date);
            let to = item.value("to", values::date);
            let reason = subject.inline(&item, "reason");
            if let (Some(from), Some(to)) = (&from, &to) {
                in_order(subject.findings, "from", from, "to", to);
            }
            Some(Closure { from: from?.value, to: to.map(|to| to.value), reason })
        })
        .collect()
}

/// `[latitude, longitude]`, both in degrees.
pub(super) fn coordinates(node: &Node, findings: &Findings) -> Option<Coordinates> {
    let numbers: Option<Vec<f64>> = match &node.value {
        Value::Sequence(items) => items.iter().map(degrees).collect(),
        _ => None,
    };
    let Some([latitude, longitude]) = numbers.as_deref() else {
        let problem = findings.at(
            &rules::WRONG_VALUE,
            node.span,
            "coordinates are two numbers in square brackets",
        );
        let problem =
            problem.help("write latitude and longitude in degrees, such as `[39.3292, -82.1013]`");
        findings.add(match bare_pair(node) {
            Some(pair) => problem.fix(node.span, pair),
            None => problem,
        });
        return None;
    };
    let (latitude, longitude) = (*latitude, *longitude);
    let fits = |latitude: f64, longitude: f64| latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    // Nobody holds a group south of 60° S: such a latitude is a longitude of the Americas in the wrong place.
    let inhabited = |latitude: f64, longitude: f64| fits(latitude, longitude) && latitude > -60.0;
    let problem = if inhabited(latitude, longitude) {
        return Some(Coordinates { latitude, longitude });
    } else if inhabited(longitude, latitude) {
        findings
            .at(&rules::SWAPPED_COORDINATES, node.span, "latitude and longitude seem to be swapped")
            .help("latitude (north) comes first")
            .fix(node.span, format!("[{longitude}, {latitude}]"))
    } else {
        findings
            .at(
                &rules::IMPOSSIBLE_COORDINATES,
                node.span,
                format!("[{latitude}, {longitude}] is no inhabited place on earth"),
            )
            .help("latitude runs from -90 to 90, longitude from -180 to 180")
    };
    findings.add(problem);
    None
}

/// `39.3292, -82.1013` with its brackets.
fn bare_pair(node: &Node) -> Option<String> {
    let Value::Scalar { text, .. } = &node.value else { return None };
    let (latitude, longitude) = text.split_once(',')?;
    let [latitude, longitude]: [f64; 2] =
        [latitude.trim().parse().ok()?, longitude.trim().parse().ok()?];
    Some(format!("[{latitude}, {longitude}]"))
}

fn degrees(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Scalar { text, .. } => {
            text.trim().parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    }
}

/// Compares a venue with its town in `places`: swapped coordinates that lie on the map are found by their distance.
fn near_its_town(found: Coordinates, span: Span, city: Option<&str>, subject: &Subject<'_>) {
    let places = &subject.context.settings.places;
    let Some((city, town)) = city.and_then(|city| places.get_key_value(city)) else { return };
    let off = kilometres(found, *town);
    if off < 200.0 {
        return;
    }
    let swapped = Coordinates { latitude: found.longitude, longitude: found.latitude };
    let findings = subject.findings;
    findings.add(if kilometres(swapped, *town) < 200.0 {
        findings
            .at(
                &rules::SWAPPED_COORDINATES,
                span,
                format!(
                    "latitude and longitude seem to be swapped: this is {off:.0} km from {city}"
                ),
            )
            .help("latitude (north) comes first")
            .fix(span, format!("[{}, {}]", swapped.latitude, swapped.longitude))
    } else {
        findings
            .at(
                &rules::IMPOSSIBLE_COORDINATES,
                span,
                format!("this is {off:.0} km from {city}, where the address says it is"),
            )
            .help(format!(
                "`site.yaml` has {city} at [{}, {}]; a missing minus sign is the usual cause",
                town.latitude, town.longitude
            ))
    });
}

/// Great-circle distance (haversine, mean earth radius 6371 km).
fn kilometres(a: Coordinates, b: Coordinates) -> f64 {
    let (north_a, north_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let north = ((north_b - north_a) / 2.0).sin().powi(2);
    let east = ((b.longitude - a.longitude).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * (north + north_a.cos() * north_b.cos() * east).sqrt().asin()
}

/// `venue`: the name of a shared venue, or the same fields here.
pub(super) fn reference(fields: &Fields<'_>, subject: &Subject<'_>) -> Option<Place> {
    let node = fields.node("venue")?;
    if let Value::Mapping(_) = node.value {
        return Some(read(node, None, subject));
    }
    let typed = fields.scalar("venue", node)?;
    subject.context.venue(&typed, subject)
}

/// Whether only the area of a venue is published.
pub(super) fn is_area(node: &Node) -> bool {
    super::atlas::scalar(node, "precision")
        .is_some_and(|word| word.value.eq_ignore_ascii_case("area"))
}

/// What must not be shown of a venue.
pub(super) fn secrets(node: &Node) -> Vec<Spanned<String>> {
    let Value::Mapping(entries) = &node.value else { return Vec::new() };
    if !is_area(node) {
        return Vec::new();
    }
    let mut secrets = Vec::new();
    for entry in entries {
        match (entry.key.as_str(), &entry.value.value) {
            ("room" | "directions" | "parking" | "transit", Value::Scalar { text, .. }) => {
                secrets.push(Spanned { value: text.clone(), span: entry.value.span });
            }
            ("address", Value::Mapping(parts)) => secrets.extend(parts.iter().filter_map(|part| {
                match (&*part.key, &part.value.value) {
                    ("street" | "postal_code", Value::Scalar { text, .. }) => {
                        Some(Spanned { value: text.clone(), span: part.value.span })
                    }
                    _ => None,
                }
            })),
            _ => {}
        }
    }
    secrets
}
