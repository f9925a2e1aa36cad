//! Reads a mapping by the schema: every value is taken by its field's name and parsed once, every problem reported.
//!
//! Unknown keys and missing required fields are reported when the mapping is opened. In debug builds a field that the
//! schema has and nobody reads, or that is read and not in the schema, is a panic: the two cannot drift apart.

use std::cell::RefCell;

use crate::check::values::{self, Wrong};
use crate::diagnostic::rules::content as rules;
use crate::diagnostic::{Diagnostic, Rule};
use crate::load::Document;
use crate::load::yaml::{Entry, Node, Value};
use crate::schema::{self, Record, Shape, words};
use crate::source::{Source, Span, Spanned};
use crate::suggest::closest;

/// Where a file's problems are collected.
pub(super) struct Findings {
    pub(super) source: Source,
    /// Whether a part of the file could not be read, so that what is missing may only be unreadable.
    pub(super) partial: bool,
    list: RefCell<Vec<Diagnostic>>,
}

impl Findings {
    pub(super) fn new(source: &Source) -> Findings {
        Findings { source: source.clone(), partial: false, list: RefCell::default() }
    }

    pub(super) fn of(document: &Document) -> Findings {
        Findings { partial: document.partial, ..Findings::new(&document.source) }
    }

    /// A problem in this file, to be completed and added.
    pub(super) fn at(
        &self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(rule, &self.source, span, message)
    }

    pub(super) fn add(&self, diagnostic: Diagnostic) {
        self.list.borrow_mut().push(diagnostic);
    }

    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list.into_inner()
    }
}

/// Reports a value where fields should be; where only one field can be meant, it is named.
fn report_no_fields(record: &'static Record, node: &Node, findings: &Findings) {
    let first = record.fields.first().map_or("", |field| field.name);
    if let Value::Scalar { text, .. } = &node.value
        && let Some(field) = home(record, text.trim())
    {
        let message = format!("{} does not say what this is", record.name);
        let written = match findings.source.slice(node.span) {
            // Inside braces these would end the value.
            plain if plain.contains([',', '[', ']', '{', '}']) => format!("\"{plain}\""),
            plain => plain.to_owned(),
        };
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
            let only = required.next().filter(|field| matches!(field.shape, Shape::Text));
            only.filter(|_| required.next().is_none()).map(|field| field.name)
        }
    }
}

/// An open mapping.
pub(super) struct Fields<'a> {
    pub(super) record: &'static Record,
    pub(super) findings: &'a Findings,
    /// Whether something else stood where the fields should be, which was reported.
    pub(super) is_something_else: bool,
    entries: &'a [Entry],
    #[cfg(debug_assertions)]
    read: RefCell<Vec<String>>,
}

impl<'a> Fields<'a> {
    /// Opens `node`, which must be a mapping; anything else is reported and read as an empty one.
    pub(super) fn open(
        record: &'static Record,
        node: &'a Node,
        findings: &'a Findings,
    ) -> Fields<'a> {
        let entries: &[Entry] = match &node.value {
            Value::Mapping(entries) => entries,
            Value::Blank => &[],
            Value::Scalar { .. } | Value::Sequence(_) => {
                report_no_fields(record, node, findings);
                &[]
            }
        };
        let fields = Fields {
            record,
            findings,
            is_something_else: matches!(node.value, Value::Scalar { .. } | Value::Sequence(_)),
            entries,
            #[cfg(debug_assertions)]
            read: RefCell::default(),
        };
        fields.report_unknown_keys();
        if !findings.partial && !fields.is_something_else {
            fields.report_missing_fields(node.span);
        }
        fields
    }

    fn report_unknown_keys(&self) {
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
                match (&entry.value.value, parents) {
                    (Value::Scalar { .. }, [parent]) if !self.is_written(parent) => {
                        let value = self.findings.source.slice(entry.value.span);
                        let whole = Span::new(entry.key_span.start, entry.value.span.end);
                        problem.fix(whole, format!("{parent}:\n  {}: {value}", entry.key))
                    }
                    _ => problem,
                }
            }
        }
    }

    /// Whether a field stands here under a name that is none.
    pub(super) fn is_mistyped(&self, name: &str) -> bool {
        let unknown = self.entries.iter().filter(|entry| self.record.field(&entry.key).is_none());
        unknown.into_iter().any(|entry| self.meant(&entry.key) == Some(name))
    }

    fn is_written(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == name)
    }

    fn report_missing_fields(&self, span: Span) {
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

    fn entry(&self, name: &str) -> Option<&'a Entry> {
        debug_assert!(
            self.record.field(name).is_some(),
            "{} has no `{name}` in the schema",
            self.record.name
        );
        #[cfg(debug_assertions)]
        self.read.borrow_mut().push(name.to_owned());
        self.entries.iter().find(|entry| entry.key == name && entry.value.value != Value::Blank)
    }

    /// The value under `name`, when it is there and not blank.
    pub(super) fn node(&self, name: &str) -> Option<&'a Node> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// Where `name` stands, for a problem about the field as a whole.
    pub(super) fn key_span(&self, name: &str) -> Option<Span> {
        self.entry(name).map(|entry| entry.key_span)
    }

    /// Text on one line.
    pub(super) fn text(&self, name: &str) -> Option<Spanned<String>> {
        self.scalar(name, self.node(name)?)
    }

    /// Text, without its place.
    pub(super) fn words(&self, name: &str) -> Option<String> {
        self.text(name).map(|text| text.value)
    }

    /// A value that `parse` understands; what it does not is reported.
    pub(super) fn value<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<Spanned<T>> {
        let text = self.text(name)?;
        self.parsed(name, &text, parse)
    }

    /// One of the words of the field's choice.
    pub(super) fn choice<T: Copy>(&self, name: &str, names: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(name)?;
        let written = text.value.to_lowercase().replace([' ', '_'], "-");
        if let Some((_, value)) = names.iter().find(|(word, _)| *word == written) {
            return Some(Spanned { value: *value, span: text.span });
        }
        let choice: Vec<&str> = names.iter().map(|(word, _)| *word).collect();
        let begins = |word: &&&str| written.starts_with(&format!("{word}-"));
        let meant = words::choice_meant(&choice, &written)
            .or_else(|| choice.iter().find(begins).copied())
            .or_else(|| closest(&written, choice.iter().copied()));
        let all = schema::one_of(&choice);
        let problem = self.findings.at(
            &rules::WRONG_VALUE,
            text.span,
            format!("`{name}` cannot be `{}`", text.value),
        );
        let problem = match meant {
            Some(word) => {
                problem.help(format!("did you mean `{word}`? it can be {all}")).fix(text.span, word)
            }
            None => problem.help(format!("write {all}")),
        };
        self.findings.add(problem);
        None
    }

    /// The items of a list; a single value counts as a list of one.
    pub(super) fn items(&self, name: &str) -> &'a [Node] {
        let Some(node) = self.node(name) else { return &[] };
        match &node.value {
            Value::Sequence(items) => items,
            Value::Scalar { text, plain: true } if self.strings_together(name, text) => {
                let items = self.separated(name, text);
                let problem = self
                    .findings
                    .at(&rules::WRONG_VALUE, node.span, format!("`{name}` should be a list"))
                    .help("put the items in square brackets, with commas between them")
                    .fix(node.span, format!("[{items}]"));
                self.findings.add(problem);
                &[]
            }
            Value::Scalar { .. } | Value::Mapping(_) => std::slice::from_ref(node),
            Value::Blank => &[],
        }
    }

    /// Whether one text holds several items of a list that cannot have a comma, or an `and`, in them.
    fn strings_together(&self, name: &str, text: &str) -> bool {
        let Some(Shape::List(item)) = self.record.field(name).map(|field| field.shape) else {
            return false;
        };
        match item {
            Shape::Text | Shape::Record(_) => false,
            Shape::Language => [", ", " and ", " & ", "; "].iter().any(|mark| text.contains(mark)),
            _ => text.contains(", ") || text.contains("; "),
        }
    }

    fn separated(&self, name: &str, text: &str) -> String {
        let commas = text.replace("; ", ", ");
        match self.record.field(name).map(|field| field.shape) {
            Some(Shape::List(Shape::Language)) => {
                commas.replace(", and ", ", ").replace(" and ", ", ").replace(" & ", ", ")
            }
            _ => commas.replace(", and ", ", "),
        }
    }

    /// A list of texts.
    pub(super) fn texts(&self, name: &str) -> Vec<Spanned<String>> {
        let items = self.items(name).iter();
        items
            .filter(|item| item.value != Value::Blank)
            .filter_map(|item| self.scalar(name, item))
            .collect()
    }

    /// A list of values that `parse` understands.
    pub(super) fn values<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Vec<Spanned<T>> {
        self.texts(name).iter().filter_map(|text| self.parsed(name, text, &parse)).collect()
    }

    /// The mapping under `name`, opened.
    pub(super) fn record(&self, name: &str, record: &'static Record) -> Option<Fields<'a>> {
        Some(Fields::open(record, self.node(name)?, self.findings))
    }

    /// The mappings of a list, opened.
    pub(super) fn records(&self, name: &str, record: &'static Record) -> Vec<(Fields<'a>, Span)> {
        let items = self.items(name).iter();
        items.map(|item| (Fields::open(record, item, self.findings), item.span)).collect()
    }

    /// The entries of a mapping whose keys are the author's.
    pub(super) fn map(&self, name: &str) -> &'a [Entry] {
        let Some(node) = self.node(name) else { return &[] };
        match &node.value {
            Value::Mapping(entries) => entries,
            Value::Blank => &[],
            Value::Scalar { .. } | Value::Sequence(_) => {
                let message = format!("`{name}` is made of names, each with a value");
                let example = self.record.field(name).map_or("", |field| field.example);
                let help = format!("write it as `{name}: {example}`");
                self.findings
                    .add(self.findings.at(&rules::WRONG_VALUE, node.span, message).help(help));
                &[]
            }
        }
    }

    /// The text of a scalar; anything else is reported.
    pub(super) fn scalar(&self, name: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar { text, .. } => {
                Some(Spanned { value: text.trim().to_owned(), span: node.span })
            }
            Value::Blank => None,
            Value::Sequence(items)
                if matches!(items.as_slice(), [Node { value: Value::Scalar { .. }, .. }]) =>
            {
                let message = format!("`{name}` should be a single value, and this is a list");
                let written =
                    items.first().map_or("", |item| self.findings.source.slice(item.span));
                self.findings.add(
                    self.findings
                        .at(&rules::WRONG_VALUE, node.span, message)
                        .help("write it without brackets and without a dash")
                        .fix(node.span, written),
                );
                None
            }
            Value::Sequence(_) | Value::Mapping(_) => {
                let shape = self.record.field(name).map_or(Shape::Text, |field| field.shape);
                let message = format!("`{name}` should be a single value");
                let help = format!("choose one, and write {}", shape.describe());
                self.findings
                    .add(self.findings.at(&rules::WRONG_VALUE, node.span, message).help(help));
                None
            }
        }
    }

    /// Parses a text that was read from `name`.
    pub(super) fn parsed<T>(
        &self,
        name: &str,
        text: &Spanned<String>,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<Spanned<T>> {
        match parse(&text.value) {
            Ok(value) => Some(Spanned { value, span: text.span }),
            Err(wrong) => {
                self.findings.add(wrong.into_diagnostic(name, &self.findings.source, text.span));
                None
            }
        }
    }
}

#[cfg(debug_assertions)]
impl Drop for Fields<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let read = self.read.borrow();
        for field in self.record.fields {
            assert!(
                read.iter().any(|name| name == field.name),
                "nobody reads `{}` of {}",
                field.name,
                self.record.name
            );
        }
    }
}
