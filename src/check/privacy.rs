//! Free text that says too much: contact details, passcodes, and facts that the same file keeps private.
//!
//! Which text is free is read off the schema; structured fields, such as `contact`, are their author's decision.

use std::collections::BTreeSet;

use memchr::memmem;

use crate::check::atlas::scalar;
use crate::check::fields::Findings;
use crate::check::values::is_email;
use crate::check::venue;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{Entry, Node, Value};
use crate::load::{Document, DocumentKind};
use crate::model::settings::Settings;
use crate::schema::group::{GROUP, ONLINE};
use crate::schema::venue::VENUE;
use crate::schema::{Record, Shape};
use crate::source::{Span, Spanned};

/// A text that will be published, as it stands in the file.
struct FreeText<'a> {
    raw: &'a str,
    span: Span,
}

/// Looks through a file; `venue_secrets` are those of the area venues that a group names, and of all for a page.
pub(super) fn check(
    document: &Document,
    venue_secrets: &[String],
    settings: &Settings,
    findings: &Findings,
) {
    let record = match document.kind {
        DocumentKind::Group => &GROUP,
        DocumentKind::Venue => &VENUE,
        DocumentKind::Resource | DocumentKind::Page => {
            return check_page(document, venue_secrets, findings);
        }
        DocumentKind::Collection | DocumentKind::Settings => return,
    };
    if document.kind == DocumentKind::Venue && !venue::secrets(&document.fields).is_empty() {
        // All that the schema calls free text is left out of such a venue.
        return;
    }
    let mut spans = Vec::new();
    free_texts(record, &document.fields, &mut spans);
    spans.push(document.body);
    let texts: Vec<FreeText<'_>> =
        spans.into_iter().map(|span| FreeText { raw: document.source.slice(span), span }).collect();
    let mut told = Vec::new();
    if document.kind == DocumentKind::Group {
        let mut secrets = private_values(&document.fields);
        secrets.extend(venue_secrets.iter().map(|value| Secret::of_venue(value)));
        let ways_in = ways_in(document);
        told.extend(leaks(&secrets, texts.iter().chain(&ways_in), findings));
    }
    let public = public_contacts(&document.fields, settings);
    for text in &texts {
        told.extend(passcodes(text, findings));
        contact_details(text, &public, &told, findings);
    }
}

/// Resource pages and free pages name people and telephones on purpose, but not the whereabouts of an area venue.
fn check_page(document: &Document, venue_secrets: &[String], findings: &Findings) {
    let secrets: Vec<Secret> = venue_secrets.iter().map(|value| Secret::of_venue(value)).collect();
    let body = FreeText { raw: document.source.slice(document.body), span: document.body };
    leaks(&secrets, [&body].into_iter(), findings);
}

/// Structured fields that are published: their author means them to be read, but not to repeat a secret.
fn ways_in(document: &Document) -> Vec<FreeText<'_>> {
    let ways = [
        ("contact", "email"),
        ("contact", "phone"),
        ("contact", "url"),
        ("membership", "apply"),
        ("presentations", "sign_up"),
    ];
    let written =
        ways.into_iter().filter_map(|(outer, inner)| scalar(document.fields.get(outer)?, inner));
    written
        .map(|text| FreeText { raw: document.source.slice(text.span), span: text.span })
        .collect()
}

/// A text that must not be published, and where it is kept back.
struct Secret {
    value: String,
    whence: &'static str,
    /// Whether even a short word is told: a link or a passcode is never there by chance.
    exact: bool,
}

impl Secret {
    fn of_venue(value: &str) -> Secret {
        Secret { value: value.to_owned(), whence: "the file of the venue", exact: false }
    }

    /// A single common word cannot be told from chance.
    fn is_telling(&self) -> bool {
        let secret = self.value.trim();
        secret.len() >= 12
            || secret.len() >= 4
                && (self.exact || secret.contains(|c: char| c.is_ascii_digit() || c == '@'))
    }

    /// Its digits, where it is a telephone number: those are written in many ways.
    fn number(&self) -> Option<String> {
        let number = digits(&self.value);
        let is_number = self.value.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c));
        (is_number && number.len() >= 7).then_some(number)
    }
}

fn free_texts(record: &'static Record, node: &Node, found: &mut Vec<Span>) {
    let Value::Mapping(entries) = &node.value else { return };
    if std::ptr::eq(record, &raw const ONLINE) {
        return;
    }
    let is_area = std::ptr::eq(record, &raw const VENUE) && venue::is_area(node);
    for entry in entries {
        // Of an area venue only the area is published.
        if is_area && !matches!(entry.key.as_str(), "name" | "address") {
            continue;
        }
        if let Some(field) = record.field(&entry.key) {
            let kept = found.len();
            texts_of(&field.shape, &entry.value, found);
            if is_area {
                let hidden = venue::secrets(node);
                let seen = found.split_off(kept).into_iter();
                found.extend(seen.filter(|span| hidden.iter().all(|secret| secret.span != *span)));
            }
        }
    }
}

fn texts_of(shape: &Shape, node: &Node, found: &mut Vec<Span>) {
    match (shape, &node.value) {
        (Shape::Text | Shape::Inline | Shape::Sentence | Shape::Hours, Value::Scalar { .. }) => {
            found.push(node.span);
        }
        (Shape::List(item), Value::Sequence(items)) => {
            for node in items {
                texts_of(item, node, found);
            }
        }
        (Shape::List(item), _) => texts_of(item, node, found),
        (Shape::Record(record), Value::Mapping(_)) => free_texts(record, node, found),
        (Shape::Either(shapes), _) => {
            let fits = |shape: &&Shape| match (shape, &node.value) {
                (Shape::Record(record), Value::Mapping(entries)) => {
                    entries.iter().any(|entry| record.field(&entry.key).is_some())
                }
                (Shape::List(_), Value::Sequence(_)) => true,
                (Shape::Text | Shape::Inline | Shape::Sentence, Value::Scalar { .. }) => true,
                _ => false,
            };
            if let Some(shape) = shapes.iter().find(fits) {
                texts_of(shape, node, found);
            }
        }
        _ => {}
    }
}

/// Addresses and digits that the file or the site publishes on purpose: crisis lines may be named anywhere.
fn public_contacts(fields: &Node, settings: &Settings) -> BTreeSet<String> {
    let mut public = BTreeSet::new();
    let lines = settings.help.iter().flat_map(|line| line.call.iter().chain(&line.text));
    public.extend(lines.map(|number| digits(number)));
    public.extend(settings.contact.phone.iter().map(|phone| digits(phone.as_str())));
    public.extend(settings.contact.email.iter().map(|email| email.as_str().to_lowercase()));
    for (outer, inner) in [
        ("contact", "email"),
        ("contact", "phone"),
        ("online", "phone"),
        ("membership", "apply"),
        ("presentations", "sign_up"),
    ] {
        let Value::Mapping(entries) = &fields.value else { continue };
        let value = entries
            .iter()
            .find(|entry| entry.key == outer)
            .and_then(|entry| scalar(&entry.value, inner));
        if let Some(value) = value {
            public.insert(digits(&value.value));
            public.insert(value.value.to_lowercase());
        }
    }
    public
}

/// Whether two numbers are one, with or without the code of its country or area.
fn is_same_number(one: &str, other: &str) -> bool {
    one == other
        || one.len().min(other.len()) >= 7 && (one.ends_with(other) || other.ends_with(one))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Reports addresses and numbers, but for those of which worse was told.
fn contact_details(
    text: &FreeText<'_>,
    public: &BTreeSet<String>,
    told: &[Span],
    findings: &Findings,
) {
    let is_told =
        |span: Span| told.iter().any(|told| told.start < span.end && span.start < told.end);
    let is_edge = |c: char| c.is_whitespace() || "<>()[]{},;:\"'!?".contains(c);
    // Most texts have no such sign, and every text of every file is looked through.
    let mail = if text.raw.contains('@') { text.raw } else { "" };
    for (start, word) in words(mail, is_edge) {
        let word = word.trim_end_matches('.');
        if is_email(word) && !public.contains(&word.to_lowercase()) {
            let span = Span::new(text.span.start + start, text.span.start + start + word.len());
            if is_told(span) {
                continue;
            }
            let problem = findings.at(
                &rules::CONTACT_IN_TEXT,
                span,
                format!("`{word}` is an e-mail address in free text"),
            );
            findings
                .add(problem.help(
                    "move it to `contact: {email: …}`, where it can be changed in one place",
                ));
        }
    }
    for (start, number) in phone_numbers(text.raw) {
        if !public.iter().any(|known| is_same_number(known, &digits(number))) {
            let span = Span::new(text.span.start + start, text.span.start + start + number.len());
            if is_told(span) {
                continue;
            }
            let problem = findings.at(
                &rules::CONTACT_IN_TEXT,
                span,
                format!("`{number}` looks like a telephone number in free text"),
            );
            findings
                .add(problem.help(
                    "move it to `contact: {phone: …}`, where it can be changed in one place",
                ));
        }
    }
}

fn words(text: &str, is_edge: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split(is_edge)
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - base, word))
}

/// Runs of ten to fifteen digits with what numbers are written with between them, or three digits, a hyphen and four;
/// not inside an address or a word.
fn phone_numbers(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    if text.bytes().filter(u8::is_ascii_digit).count() < 7 {
        return found;
    }
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), '\n')]);
    for (at, c) in ends {
        let belongs = c.is_ascii_digit() || "+()-. \u{a0}\u{2011}".contains(c);
        match (start, belongs) {
            (None, true) if c.is_ascii_digit() || c == '+' || c == '(' => start = Some(at),
            (Some(from), false) => {
                start = None;
                let run = text
                    .get(from..at)
                    .unwrap_or("")
                    .trim_end_matches(|c: char| !c.is_ascii_digit());
                let before = text.get(..from).and_then(|before| before.chars().next_back());
                let after = text.get(from + run.len()..).and_then(|after| after.chars().next());
                let inside = before.is_some_and(|c| c.is_alphanumeric() || "/=_#&?%:".contains(c))
                    || after.is_some_and(char::is_alphanumeric);
                if !inside && is_phone_number(run) {
                    found.push((from, run));
                }
            }
            _ => {}
        }
    }
    found
}

fn is_phone_number(run: &str) -> bool {
    let count = run.chars().filter(char::is_ascii_digit).count();
    let local =
        run.split_once('-').is_some_and(|(a, b)| a.len() == 3 && b.len() == 4 && count == 7);
    let dates = run
        .split(' ')
        .any(|part| part.len() == 10 && part.matches('-').count() == 2 && part.starts_with("20"));
    local || ((10..=15).contains(&count) && !dates)
}

/// Reports passcodes, and gives the places of what may be their digits.
fn passcodes(text: &FreeText<'_>, findings: &Findings) -> Vec<Span> {
    let mut told = Vec::new();
    if !text.raw.bytes().any(|byte| byte.is_ascii_digit()) {
        return told;
    }
    let lower = text.raw.to_ascii_lowercase();
    for word in ["passcode", "password", "meeting id", "access code", "pin code", "pwd="] {
        let Some(at) = lower.find(word) else { continue };
        let after: String = lower
            .chars()
            .skip(lower.get(..at).map_or(0, |before| before.chars().count()) + word.len())
            .take(24)
            .collect();
        if after.chars().take_while(|c| *c != '.' && *c != '\n').any(|c| c.is_ascii_digit()) {
            let span = Span::new(text.span.start + at, text.span.start + at + word.len());
            let problem = findings.at(
                &rules::PASSCODE_IN_TEXT,
                span,
                "this looks like a passcode in free text",
            );
            findings.add(problem.help("put it under `online: {passcode: …}`; with `join: on-request` it is never published"));
            told.push(Span::new(span.start, span.end + after.len()));
        }
    }
    told
}

/// What the file keeps back: `private`, links on request, and what an area venue hides.
fn private_values(fields: &Node) -> Vec<Secret> {
    let mut values = Vec::new();
    collect_private(fields, &mut values);
    values
}

fn collect_private(node: &Node, values: &mut Vec<Secret>) {
    let secret = |whence, exact| move |value| Secret { value, whence, exact };
    match &node.value {
        Value::Mapping(entries) => {
            for Entry { key, value, .. } in entries {
                match key.as_str() {
                    "private" => {
                        let mut texts = Vec::new();
                        scalars(value, &mut texts);
                        values.extend(texts.into_iter().map(secret("`private`", false)));
                    }
                    "online"
                        if scalar(value, "join")
                            .is_none_or(|join| !join.value.eq_ignore_ascii_case("public")) =>
                    {
                        for name in ["url", "phone", "passcode"] {
                            let text = scalar(value, name).map(|text| text.value);
                            values.extend(text.map(secret("`online`", true)));
                        }
                    }
                    "venue" => values.extend(
                        venue::secrets(value)
                            .into_iter()
                            .map(|Spanned { value, .. }| value)
                            .map(secret("`venue`", false)),
                    ),
                    _ => collect_private(value, values),
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| collect_private(item, values)),
        Value::Scalar { .. } | Value::Blank => {}
    }
}

fn scalars(node: &Node, values: &mut Vec<String>) {
    match &node.value {
        Value::Scalar { text, .. } => values.push(text.clone()),
        Value::Mapping(entries) => entries.iter().for_each(|entry| scalars(&entry.value, values)),
        Value::Sequence(items) => items.iter().for_each(|item| scalars(item, values)),
        Value::Blank => {}
    }
}

/// Reports every text that repeats one of `secrets`, once for each of the two, and gives the places.
fn leaks<'a>(
    secrets: &[Secret],
    texts: impl Iterator<Item = &'a FreeText<'a>>,
    findings: &Findings,
) -> Vec<Span> {
    let secrets: Vec<&Secret> = secrets.iter().filter(|secret| secret.is_telling()).collect();
    if secrets.is_empty() {
        return Vec::new();
    }
    let mut told = Vec::new();
    for text in texts {
        let lower = text.raw.to_lowercase();
        let numbers = phone_numbers(text.raw);
        for secret in &secrets {
            let Some(span) = repeated(secret, text, &lower, &numbers) else { continue };
            let message =
                format!("{} keeps this back, and here it would be published", secret.whence);
            let problem = findings.at(&rules::PRIVATE_IN_TEXT, span, message);
            findings.add(problem.help("take it out of here"));
            told.push(span);
        }
    }
    told
}

/// Where a text repeats a secret, as words or as the same number written in another way.
fn repeated(
    secret: &Secret,
    text: &FreeText<'_>,
    lower: &str,
    numbers: &[(usize, &str)],
) -> Option<Span> {
    let wanted = secret.value.trim().to_lowercase();
    let as_words = memmem::find_iter(lower.as_bytes(), &wanted)
        .find(|&at| stands_alone(lower, at, at + wanted.len()))
        .map(|at| place(text, at, &wanted));
    let as_number = || {
        let number = secret.number()?;
        let same = |(_, other): &&(usize, &str)| is_same_number(&number, &digits(other));
        let (at, other) = numbers.iter().find(same)?;
        Some(Span::new(*at, at + other.len()).shifted(text.span.start))
    };
    as_words.or_else(as_number)
}

/// Where lower-cased words stand in a text; the whole text where lower-casing moved its bytes.
fn place(text: &FreeText<'_>, at: usize, wanted: &str) -> Span {
    let exact = text.raw.get(at..at + wanted.len()).is_some_and(|raw| raw.to_lowercase() == wanted);
    if exact { Span::new(at, at + wanted.len()).shifted(text.span.start) } else { text.span }
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let (before, after) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
    edge(before.chars().next_back()) && edge(after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_told_from_dates_times_and_addresses() {
        let found =
            |text| phone_numbers(text).into_iter().map(|(_, number)| number).collect::<Vec<_>>();
        assert_eq!(found("Call +1 740 555 0123 now"), ["+1 740 555 0123"]);
        assert_eq!(found("(740) 555-0123, or 555-0101."), ["(740) 555-0123", "555-0101"]);
        for innocent in [
            "2027-01-06 10 12",
            "from 2026-12-26 to 2027-01-01",
            "https://x.example/1234567890123",
            "2 of 8 places",
            "7:00–8:30",
        ] {
            assert_eq!(found(innocent), Vec::<&str>::new(), "{innocent}");
        }
    }
}
