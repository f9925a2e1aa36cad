//! Reads a mapping by the schema: every value is taken by its field's name and parsed once, every problem reported.
//!
//! Unknown keys and missing required fields are reported when the mapping is opened. In debug builds a field that the
//! schema has and nobody reads, or that is read and not in the schema, is a panic: the two cannot drift apart.

use std::cell::RefCell;

use crate::check::values::Wrong;
use crate::diagnostic::rules::content as rules;
use crate::diagnostic::{Diagnostic, Rule};
use crate::load::Document;
use crate::load::yaml::{Entry, Node, Value};
use crate::schema::{self, Record, Shape};
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

/// An open mapping.
pub(super) struct Fields<'a> {
    pub(super) record: &'static Record,
    pub(super) findings: &'a Findings,
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
                let known = Shape::Record(record).describe();
                let message = format!("{} is not made of fields", record.name);
                findings.add(
                    findings
                        .at(&rules::WRONG_VALUE, node.span, message)
                        .help(format!("write {known}")),
                );
                &[]
            }
        };
        let fields = Fields {
            record,
            findings,
            entries,
            #[cfg(debug_assertions)]
            read: RefCell::default(),
        };
        fields.report_unknown_keys();
        if !findings.partial && !matches!(node.value, Value::Scalar { .. } | Value::Sequence(_)) {
            fields.report_missing_fields(node.span);
        }
        fields
    }

    fn report_unknown_keys(&self) {
        for entry in self.entries.iter().filter(|entry| self.record.field(&entry.key).is_none()) {
            let known = self.record.fields.iter().map(|field| field.name);
            let message = format!("{} has no field `{}`", self.record.name, entry.key);
            let problem = self.findings.at(&rules::UNKNOWN_KEY, entry.key_span, message);
            self.findings.add(match closest(&entry.key, known.clone()) {
                Some(name) => {
                    problem.help(format!("did you mean `{name}`?")).fix(entry.key_span, name)
                }
                None => problem
                    .help(format!("the fields are {}", schema::one_of(&known.collect::<Vec<_>>()))),
            });
        }
    }

    fn report_missing_fields(&self, span: Span) {
        for field in self.record.fields.iter().filter(|field| field.required) {
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
        let words: Vec<&str> = names.iter().map(|(word, _)| *word).collect();
        let mut problem = self
            .findings
            .at(&rules::WRONG_VALUE, text.span, format!("`{name}` cannot be `{}`", text.value))
            .help(format!("write {}", schema::one_of(&words)));
        if let Some(word) = closest(&written, words.iter().copied()) {
            problem = problem.fix(text.span, word);
        }
        self.findings.add(problem);
        None
    }

    /// The items of a list; a single value counts as a list of one.
    pub(super) fn items(&self, name: &str) -> &'a [Node] {
        let Some(node) = self.node(name) else { return &[] };
        match &node.value {
            Value::Sequence(items) => items,
            Value::Scalar { text, plain: true }
                if text.contains(", ") && !self.holds_sentences(name) =>
            {
                let problem = self
                    .findings
                    .at(&rules::WRONG_VALUE, node.span, format!("`{name}` should be a list"))
                    .help("put the items in square brackets")
                    .fix(node.span, format!("[{text}]"));
                self.findings.add(problem);
                &[]
            }
            Value::Scalar { .. } | Value::Mapping(_) => std::slice::from_ref(node),
            Value::Blank => &[],
        }
    }

    fn holds_sentences(&self, name: &str) -> bool {
        let shape = self.record.field(name).map(|field| field.shape);
        matches!(shape, Some(Shape::List(Shape::Text)))
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
                let message = format!("`{name}` should be a list of names with a value each");
                self.findings.add(self.findings.at(&rules::WRONG_VALUE, node.span, message));
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
            Value::Sequence(_) | Value::Mapping(_) => {
                let shape = self.record.field(name).map_or(Shape::Text, |field| field.shape);
                let message = format!("`{name}` should be a single value");
                let help = format!("write {}", shape.describe());
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
