//! Fields under other names, in other places, or not there: what was most likely meant.

use super::{Fields, Findings};
use crate::check::values;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::content as rules;
use crate::load::yaml::{Entry, Node, Value};
use crate::schema::{self, Record, Shape, words};
use crate::source::Span;
use crate::suggest::closest;

/// Reports a value where fields should be; where only one field can be meant, it is named.
pub(super) fn report_no_fields(record: &'static Record, node: &Node, findings: &Findings) {
    let first = record.fields.first().map_or("", |field| field.name);
    if let Value::Scalar { text, plain } = &node.value
        && let Some(field) = home(record, text.trim())
    {
        let message = format!("{} does not say what this is", record.name);
        let written = findings.source.slice(node.span);
        // Inside braces these would end the value.
        let ends = *plain && written.contains([',', '[', ']', '{', '}']);
        let written = if ends { format!("\"{written}\"") } else { written.to_owned() };
        findings.add(
            findings
                .at(&rules::WRONG_VALUE, node.span, message)
                .help(format!("put it in braces, with `{field}:` before it"))
                .fix(node.span, format!("{{{field}: {written}}}")),
        );
        return;
    }
    let names: Vec<&str> = record.fields.iter().map(|field| field.name).collect();
    let message = format!("{} is made of fields, each on a line of its own", record.name);
    let are_fields =
        |items: &[Node]| items.iter().all(|item| matches!(item.value, Value::Mapping(_)));
    if matches!(&node.value, Value::Sequence(items) if are_fields(items)) {
        let problem = findings.at(&rules::WRONG_VALUE, node.span, message);
        return findings.add(problem.help("take out the dashes in front of the fields"));
    }
    findings.add(findings.at(&rules::WRONG_VALUE, node.span, message).help(format!(
        "begin with a line such as `{first}: …`, indented by two spaces; the fields are {}",
        schema::one_of(&names)
    )));
}

/// The field that a value belongs to when it stands where fields should be: the only one that it fits, else the one
/// that has to be there.
fn home(record: &Record, text: &str) -> Option<&'static str> {
    let fits = |shape: &Shape| match shape {
        Shape::Choice(words) => words.contains(&text),
        Shape::Date => values::date(text).is_ok(),
        Shape::Email => values::email(text).is_ok(),
        Shape::Url => values::web_url(text).is_ok(),
        Shape::Phone => values::phone(text).is_ok(),
        _ => false,
    };
    let mut fitting = record.fields.iter().filter(|field| fits(&field.shape));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only.name),
        (Some(first), Some(_)) if matches!(first.shape, Shape::Date) => Some(first.name),
        _ if record.fields.iter().any(|field| matches!(field.shape, Shape::Date)) => None,
        _ => {
            let mut required = record.fields.iter().filter(|field| field.required);
            let only = required
                .next()
                .filter(|field| matches!(field.shape, Shape::Text | Shape::Sentence));
            only.filter(|_| required.next().is_none()).map(|field| field.name)
        }
    }
}

impl Fields<'_> {
    pub(super) fn report_unknown_keys(&self) {
        for entry in self.entries.iter().filter(|entry| self.record.field(&entry.key).is_none()) {
            let message = format!("{} has no field `{}`", self.record.name, entry.key);
            let problem = self.findings.at(&rules::UNKNOWN_KEY, entry.key_span, message);
            self.findings.add(match self.meant(&entry.key) {
                Some(name) if self.is_written(name) => {
                    problem.help(format!("`{name}` is here already: write it there"))
                }
                Some(name) => self.rename(name, entry, problem),
                None => self.advise(entry, problem),
            });
        }
    }

    /// The field that a name stands for which is none.
    fn meant(&self, typed: &str) -> Option<&'static str> {
        if let Some(name) = words::field_meant(self.record, typed) {
            return Some(name);
        }
        let known = self.record.fields.iter().map(|field| field.name);
        closest(typed, known).filter(|_| words::parents(self.record, typed).is_empty())
    }

    /// The field that was meant; with an example where one word cannot be its value.
    fn rename(&self, name: &str, entry: &Entry, problem: Diagnostic) -> Diagnostic {
        let has_fields = |shape| matches!(shape, Shape::Record(_) | Shape::List(Shape::Record(_)));
        match (&entry.value.value, self.record.field(name)) {
            (Value::Scalar { .. }, Some(field)) if has_fields(field.shape) => problem.help(
                format!("did you mean `{name}`? it is written as `{name}: {}`", field.example),
            ),
            _ => problem.help(format!("did you mean `{name}`?")).fix(entry.key_span, name),
        }
    }

    /// What to do with a field that no other here stands for.
    fn advise(&self, entry: &Entry, problem: Diagnostic) -> Diagnostic {
        let names: Vec<&str> = self.record.fields.iter().map(|field| field.name).collect();
        match words::parents(self.record, &entry.key).as_slice() {
            [] if names.contains(&"private") => {
                problem.help("take it out, or put it under `private:`, which is never published")
            }
            [] => problem.help(format!("the fields are {}", schema::one_of(&names))),
            parents => {
                let problem = problem.help(format!("it belongs under {}", schema::one_of(parents)));
                let value = self.findings.source.slice(entry.value.span);
                match (&entry.value.value, parents) {
                    (Value::Scalar { .. }, [parent])
                        if !self.is_written(parent) && !value.contains('\n') =>
                    {
                        let whole = Span::new(entry.key_span.start, entry.value.span.end);
                        problem.fix(whole, format!("{parent}:\n  {}: {value}", entry.key))
                    }
                    _ => problem,
                }
            }
        }
    }

    /// Whether a field stands here under a name that is none.
    pub(in crate::check) fn is_mistyped(&self, name: &str) -> bool {
        let unknown = self.entries.iter().filter(|entry| self.record.field(&entry.key).is_none());
        unknown.into_iter().any(|entry| self.meant(&entry.key) == Some(name))
    }

    fn is_written(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == name)
    }

    pub(super) fn report_missing_fields(&self, span: Span) {
        let needed = |field: &&schema::Field| field.required && !self.is_mistyped(field.name);
        for field in self.record.fields.iter().filter(needed) {
            let entry = self.entries.iter().find(|entry| entry.key == field.name);
            let span = match entry {
                Some(entry) if entry.value.value == Value::Blank => entry.key_span,
                Some(_) => continue,
                None => Span::new(span.start, span.start),
            };
            let message = format!("{} needs `{}`: {}", self.record.name, field.name, field.doc);
            let help = format!("write a line such as `{}: {}`", field.name, field.example);
            self.findings.add(self.findings.at(&rules::MISSING_FIELD, span, message).help(help));
        }
    }
}
