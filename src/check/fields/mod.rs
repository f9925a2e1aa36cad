//! Reads a mapping by the schema: every value is taken by its field's name and parsed once, every problem reported.
//!
//! Unknown keys and missing required fields are reported when the mapping is opened. In debug builds a field that the
//! schema has and nobody reads, or that is read and not in the schema, is a panic: the two cannot drift apart.

mod mistakes;

use std::cell::RefCell;

use crate::check::values::Wrong;
use crate::diagnostic::rules::content as rules;
use crate::diagnostic::rules::syntax::YAML_SECOND_COLON;
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

    /// Whether a problem is one for which `matters` holds.
    pub(super) fn any(&self, matters: impl Fn(&Diagnostic) -> bool) -> bool {
        self.list.borrow().iter().any(matters)
    }

    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list.into_inner()
    }

    /// The problems so far.
    pub(super) fn take(&self) -> Vec<Diagnostic> {
        self.list.take()
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
                mistakes::report_no_fields(record, node, findings);
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
    pub(super) fn values<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, Wrong>) -> Vec<T> {
        let parsed = |text: &Spanned<String>| Some(self.parsed(name, text, &parse)?.value);
        let mut values: Vec<T> = self.texts(name).iter().filter_map(parsed).collect();
        // Most hold one or two, and all of a site are in memory at once.
        values.shrink_to_fit();
        values
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
            Value::Mapping(entries) if entries.len() == 1 && self.is_list_of_texts(name) => {
                self.report_second_colon(node, entries);
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

    fn is_list_of_texts(&self, name: &str) -> bool {
        let shape = self.record.field(name).map(|field| field.shape);
        matches!(shape, Some(Shape::List(Shape::Text)))
    }

    /// An item such as `- Rule one: be kind` is YAML for something else than its author meant.
    fn report_second_colon(&self, node: &Node, entries: &[Entry]) {
        let written = self.findings.source.slice(node.span).trim();
        let after_key = entries.first().map_or(node.span, |entry| entry.key_span).end;
        let problem = self.findings.at(
            &YAML_SECOND_COLON,
            Span::new(after_key, after_key + 1),
            "a colon with a space after it cannot stand in a value without quotes",
        );
        let quoted = format!("\"{}\"", written.replace('\\', "\\\\").replace('"', "\\\""));
        self.findings
            .add(problem.help("put the whole value in double quotes").fix(node.span, quoted));
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
