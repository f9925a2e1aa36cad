//! A commented file out of the schema: what was answered stands as YAML, every other field as a comment beside what it
//! means, under the question that it answers.
//!
//! Two signs keep the comments apart: `# ` before a field that is not in use, so that taking it away puts the field to
//! use, and `## ` before an explanation, which stays a comment whatever is taken away.

use std::collections::BTreeMap;

use crate::schema::venue::VENUE;
use crate::schema::{Field, Record, Shape};

/// The column in which explanations begin, where the field leaves room.
const COLUMN: usize = 46;
/// The longest line that has its explanation beside it.
const LONGEST: usize = 118;

const FIRST_LINES: &str = "\
## Lines that begin with ## explain. Lines that begin with one # are fields that are not in use.
## To use one, take away its # and the space after it, and put your own words in place of the example.
## Nothing more has to be filled in. None of these comments is ever published.
";

const PRIVATE: &str = "Private facts never reach the site, but they stay readable here: leave them out of a public repository.";

/// What an answer fills a field with: YAML.
pub(super) enum Given {
    /// A value on the field's line.
    Value(String),
    /// A list, one item a line.
    Items(Vec<String>),
}

/// A question and the fields that it covers.
pub(super) struct Section {
    /// The question.
    pub(super) heading: String,
    /// What a good answer does.
    pub(super) hint: &'static str,
    /// The fields, in their order.
    pub(super) fields: &'static [&'static str],
}

/// The YAML of a file: each section's fields, then those that no section names.
pub(super) fn write(
    record: &'static Record,
    sections: &[Section],
    given: &BTreeMap<&'static str, Given>,
) -> String {
    let mut sheet = Sheet { text: FIRST_LINES.to_owned(), given, explained: vec![VENUE.name] };
    for section in sections {
        sheet.heading(&section.heading, section.hint);
        for field in section.fields.iter().filter_map(|name| record.field(name)) {
            sheet.field(field, field.name, 0);
        }
    }
    let is_named =
        |field: &&Field| sections.iter().any(|section| section.fields.contains(&field.name));
    let mut rest = record.fields.iter().filter(|field| !is_named(field)).peekable();
    if rest.peek().is_some() {
        let has_secrets = record.field("private").is_some();
        sheet.heading("Besides", if has_secrets { PRIVATE } else { "" });
    }
    for field in rest {
        sheet.field(field, field.name, 0);
    }
    sheet.text
}

/// YAML as front matter; what there is to say about the text below it stands in the YAML, where nothing is published.
pub(super) fn front_matter(yaml: &str, about_body: &[&str]) -> String {
    let about: Vec<String> = about_body.iter().map(|line| format!("## {line}")).collect();
    format!("---\n{yaml}\n{}\n---\n", about.join("\n"))
}

struct Sheet<'a> {
    text: String,
    given: &'a BTreeMap<&'static str, Given>,
    /// Mappings whose fields were written out already; their example is enough the next time.
    explained: Vec<&'static str>,
}

impl Sheet<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str, hint: &str) {
        self.line("");
        self.line(&format!("## {heading}"));
        if !hint.is_empty() {
            self.line(&format!("## {hint}"));
        }
    }

    /// A field at a depth of so many spaces; `path` is its name with those of the mappings around it.
    fn field(&mut self, field: &'static Field, path: &str, indent: usize) {
        let margin = " ".repeat(indent);
        match (self.given.get(path), field.shape) {
            (Some(Given::Value(value)), _) => {
                let line = format!("{margin}{}: {value}", field.name);
                self.explained_line(&line, &choice(field), &format!("{margin}## "));
                self.parts(&field.shape, &margin);
            }
            (Some(Given::Items(items)), _) => {
                self.line(&format!("{margin}{}:", field.name));
                for item in items {
                    self.line(&format!("{margin}  - {item}"));
                }
                self.parts(&field.shape, &margin);
            }
            (None, Shape::Record(record)) if self.holds_answers(path) => {
                self.line(&format!("{margin}{}:", field.name));
                self.explained.push(record.name);
                for inner in record.fields {
                    self.field(inner, &format!("{path}.{}", inner.name), indent + 2);
                }
            }
            (None, Shape::Record(record)) if !self.explained.contains(&record.name) => {
                self.explained.push(record.name);
                let above = format!("{margin}## ");
                self.explained_line(&format!("{margin}# {}:", field.name), field.doc, &above);
                for inner in record.fields {
                    self.example(inner, &format!("{margin}#   "), &above);
                    self.parts(&inner.shape, &margin);
                }
            }
            (None, _) => {
                self.example(field, &format!("{margin}# "), &format!("{margin}## "));
                self.parts(&field.shape, &margin);
            }
        }
    }

    fn holds_answers(&self, path: &str) -> bool {
        let inside =
            |given: &&str| given.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        self.given.keys().any(inside)
    }

    /// `name: example`, with its meaning.
    fn example(&mut self, field: &Field, before: &str, above: &str) {
        let meaning = match choice(field).as_str() {
            "" => field.doc.to_owned(),
            words => format!("{words} – {}", field.doc),
        };
        self.explained_line(&format!("{before}{}: {}", field.name, field.example), &meaning, above);
    }

    /// Mappings that a list holds, or that a value may be instead: explained, never in use.
    fn parts(&mut self, shape: &Shape, margin: &str) {
        match shape {
            Shape::List(Shape::Record(record)) => self.explain(record, "in each", margin),
            Shape::Either(shapes) => {
                for shape in *shapes {
                    match shape {
                        Shape::Record(record) => {
                            self.explain(record, "or these, indented below it", margin);
                        }
                        Shape::List(Shape::Either([Shape::Sentence, Shape::Record(record)])) => {
                            self.explain(record, "or a list, each with a dash; in each", margin);
                        }
                        shape => self.parts(shape, margin),
                    }
                }
            }
            _ => {}
        }
    }

    fn explain(&mut self, record: &'static Record, how: &str, margin: &str) {
        if self.explained.contains(&record.name) {
            return;
        }
        self.explained.push(record.name);
        self.line(&format!("{margin}##   {how}:"));
        for field in record.fields {
            let before = format!("{margin}##     ");
            self.example(field, &before, &format!("{before}# "));
        }
    }

    /// A line with what it means beside it, or above it where that would be too long.
    fn explained_line(&mut self, line: &str, meaning: &str, above: &str) {
        let width = line.chars().count();
        let gap = COLUMN.saturating_sub(width).max(2);
        if meaning.is_empty() {
            self.line(line);
        } else if width + gap + 2 + meaning.chars().count() <= LONGEST {
            self.line(&format!("{line}{}# {meaning}", " ".repeat(gap)));
        } else {
            self.line(&format!("{above}{meaning}"));
            self.line(line);
        }
    }
}

/// The words of a choice, where a field has one.
fn choice(field: &Field) -> String {
    match field.shape {
        Shape::Choice(words) => words.join(" | "),
        _ => String::new(),
    }
}
