//! Content with every field of the schema filled in: a field that is added tomorrow is in these tests by itself.

use roundtable::schema::{Record, Shape};
use serde_json::{Map, Value, json};

/// What to write into one field.
pub(crate) enum Answer {
    Is(Value),
    Skip,
    /// Something right of its shape.
    Usual,
}

/// Fills records. A field that takes one of several shapes gets the one at `variant`, or the last.
pub(crate) struct Filler<'a> {
    pub(crate) variant: usize,
    /// Is asked for every field, list item and key of a map by its path, such as `group.structure.agenda.item`.
    pub(crate) ask: &'a mut dyn FnMut(&str, &Shape) -> Answer,
}

/// How many variants show every shape of every field, and every field in a place where a page shows it.
pub(crate) const VARIANTS: usize = 4;

impl Filler<'_> {
    /// A mapping with every field that is not skipped.
    pub(crate) fn record(&mut self, path: &str, record: &'static Record) -> Value {
        let mut map = Map::new();
        for field in record.fields {
            let value = self.value(&format!("{path}.{}", field.name), &field.shape);
            map.extend(value.map(|value| (field.name.to_owned(), value)));
        }
        Value::Object(map)
    }

    fn value(&mut self, path: &str, shape: &Shape) -> Option<Value> {
        match (self.ask)(path, shape) {
            Answer::Is(value) => return Some(value),
            Answer::Skip => return None,
            Answer::Usual => {}
        }
        Some(match shape {
            Shape::Record(record) => self.record(path, record),
            Shape::List(item) => Value::Array(self.value(path, item).into_iter().collect()),
            Shape::Either(shapes) => {
                let shape = &shapes[self.variant.min(shapes.len() - 1)];
                return self.value(path, shape);
            }
            Shape::Map(shape) => {
                let key = match (self.ask)(&format!("{path} (key)"), &Shape::Text) {
                    Answer::Is(Value::String(key)) => key,
                    _ => "key".to_owned(),
                };
                Value::Object(
                    self.value(path, shape).map(|value| (key, value)).into_iter().collect(),
                )
            }
            leaf => usual(leaf),
        })
    }
}

fn usual(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Inline => json!("Words"),
        Shape::Sentence => json!("Thursdays, 6–7 pm"),
        Shape::Hours => json!("5–6 pm"),
        Shape::Slug => json!("slug"),
        Shape::Date => json!("2027-03-04"),
        Shape::TimeZone => json!("America/New_York"),
        Shape::Number { from, to } => json!(2.clamp(*from, *to)),
        Shape::Amount => json!(25),
        Shape::Flag => json!(true),
        Shape::Choice(words) => json!(words[0]),
        Shape::Term => json!("grief"),
        Shape::Url => json!("https://example.org/page"),
        Shape::Email => json!("dana@example.org"),
        Shape::Phone => json!("+1 740 555 0101"),
        Shape::Link => json!("https://example.org/form"),
        Shape::Language => json!("en"),
        Shape::Currency => json!("USD"),
        Shape::Colour => json!("#2f6f5e"),
        Shape::Host => json!("groups.example.org"),
        Shape::Coordinates => json!([39.3292, -82.1013]),
        Shape::Image => json!("picture.svg"),
        Shape::Anything => json!("anything"),
        Shape::List(_) | Shape::Record(_) | Shape::Map(_) | Shape::Either(_) => {
            unreachable!("no leaf")
        }
    }
}

/// What fits together where all fields are there: ask this first.
pub(crate) fn fitting(path: &str, variant: usize) -> Answer {
    let value = match path {
        "group.kind" => json!("process"),
        "group.format"
        | "group.schedule.format"
        | "group.changed.format"
        | "group.extra.format" => json!("hybrid"),
        "group.schedule.when" => json!("Thursdays, 6–7 pm"),
        "group.starts" | "group.schedule.starts" => json!("2027-01-01"),
        "group.ends" | "group.schedule.ends" => json!("2027-12-31"),
        "group.verified" | "site.help.verified" => json!("2026-11-01"),
        // A day cannot be cancelled and changed, and where the schedule has no dates none can be either.
        "group.cancelled" | "group.changed" if variant >= 2 => return Answer::Skip,
        "group.changed.date" => json!("2027-03-11"),
        "group.slug"
        | "group.aliases"
        | "group.resumes"
        | "group.cancelled.date"
        | "site.holidays.date" => {
            return Answer::Skip;
        }
        "resource.slug"
        | "resource.aliases"
        | "page.slug"
        | "page.aliases"
        | "resource.related_groups" => {
            return Answer::Skip;
        }
        // The room of the meeting goes before that of the venue: without the one, the other is seen.
        "group.room" if [0, VARIANTS - 1].contains(&variant) => return Answer::Skip,
        "group.schedule.venue.room" | "group.changed.venue.room" | "group.extra.venue.room" => {
            return Answer::Skip;
        }
        "site.language" => json!("en"),
        "site.base_url" => json!("https://x.example/"),
        "site.checks (key)" => json!("stale-listing"),
        "site.checks.after" => json!("180 days"),
        "site.navigation.url" => json!("/groups/"),
        "site.navigation" => return Answer::Usual,
        "site.vocabulary.topic (key)"
        | "site.vocabulary.audience (key)"
        | "site.vocabulary.accessibility (key)" => {
            json!("grief")
        }
        "site.vocabulary.kind (key)" => json!("process"),
        _ => return Answer::Usual,
    };
    Answer::Is(value)
}

/// Whether some page shows what stands in a field, told by its path.
pub(crate) fn is_shown(field: &str) -> bool {
    let unused = matches!(
        field,
        "group.id"
            | "group.private (key)"
            | "group.changed.venue.accessibility"
            | "group.extra.venue.accessibility"
            | "site.contact.name"
            | "site.holidays.name"
            | "site.places (key)"
    );
    !unused && !field.ends_with(".address.country") && !field.ends_with(".synonyms")
}

/// A mapping as the fields above a text, or as a YAML file: a line for each field, with its value in JSON, which YAML
/// takes as it is.
pub(crate) fn yaml(record: &Value) -> String {
    let fields = record.as_object().unwrap().iter();
    fields.map(|(name, value)| format!("{name}: {}\n", escaped(&value.to_string()))).collect()
}

/// What cannot be seen, as the escapes that JSON and YAML share: a file must not hold it as it is.
fn escaped(json: &str) -> String {
    let each = |c: char| match c {
        c if c.is_control() || "\u{2028}\u{2029}\u{feff}".contains(c) => {
            format!("\\u{:04x}", c as u32)
        }
        c => c.to_string(),
    };
    json.chars().map(each).collect()
}
