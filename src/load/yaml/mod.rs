//! YAML into a tree whose every scalar keeps its text and its byte span.
//!
//! Takes YAML as people type it and gives what they meant, with a diagnostic for each place where the two differ:
//!
//! 1. `tree` runs the parser and builds nodes from its events.
//! 2. Where the parser stops, `broken` says in plain words why and gives the line as it should be; `quotes`, `brackets` and
//!    `columns` know the larger families of faults.
//! 3. Where it does not stop but the text is not what was meant, `silent` does the same.
//! 4. `working` takes the corrected lines into a copy of the text, and all begins again, so that one run finds
//!    everything. What is shown as the correction is what was read.
//!
//! Values are never interpreted and aliases never expanded.

mod brackets;
mod broken;
mod columns;
mod line;
mod quotes;
mod silent;
mod tree;
mod working;
mod written;

use std::ops::Range;

use working::Working;
pub use written::place;

use crate::diagnostic::rules::syntax;
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{Source, Span};

/// A YAML value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its bytes in the file, quotes included.
    pub span: Span,
}

/// What a YAML node is. Nothing is interpreted: `NO`, `18:30` and `007` stay as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing after the colon, or `~` or `null` unquoted: the same as leaving the key out.
    Blank,
    /// Text, with quotes and escapes resolved.
    Scalar {
        /// The text.
        text: String,
        /// Whether it was written without quotes (and not as a `|` or `>` block).
        plain: bool,
    },
    /// `- a` or `[a, b]`.
    Sequence(Vec<Node>),
    /// `key: value` or `{key: value}`, in the order written; keys are unique.
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// The key's place.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A mapping with nothing in it.
    pub fn empty(span: Span) -> Node {
        Node { value: Value::Mapping(Vec::new()), span }
    }

    /// The entries of a mapping; none where it is something else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

/// What could be read from one YAML text.
#[derive(Debug)]
pub struct Parsed {
    /// Always a mapping, possibly empty.
    pub fields: Node,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a part could not be read, so that a missing field may stand there.
    pub partial: bool,
}

/// Faults that stop the parser, mended one by one; a file with more has another problem.
const MOST_FAULTS: usize = 50;
/// How often one line is mended before it is left out: escapes could double its length each time.
const MOST_TRIES: usize = 3;
/// Passes over the text: each mends one fault that stops the parser, or all that do not.
const MOST_PASSES: usize = MOST_FAULTS + 20;

/// Reads the YAML in `span` of a file.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use roundtable::load::yaml::{self, Value};
/// use roundtable::source::{SourceFile, Span};
///
/// let text = "title: Grief and Loss #2\nkind: process\n";
/// let source = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
/// let parsed = yaml::parse(&source, Span::new(0, text.len()));
/// assert_eq!(parsed.diagnostics[0].rule.name, "yaml-lost-text");
/// let meant = Value::Scalar { text: "Grief and Loss #2".into(), plain: false };
/// assert_eq!(parsed.fields.get("title").unwrap().value, meant);
/// ```
pub fn parse(source: &Source, span: Span) -> Parsed {
    let mut working = Working::new(source, span);
    let mut report =
        Mending { source, diagnostics: Vec::new(), corrections: Vec::new(), partial: false };
    let mut faults = 0;
    for pass in 1.. {
        let read = tree::read(working.text());
        let last = pass >= MOST_PASSES || faults >= MOST_FAULTS;
        let findings = match &read.error {
            Some(_) if last => vec![Finding::too_many(&working, &read)],
            Some(error) => vec![broken::explain(&working, &read, error)],
            None => silent::find(&working, &read),
        };
        faults += usize::from(read.error.is_some());
        let (mended, noted) = sort_out(&working, findings, last);
        if mended.is_empty() {
            let tree = tree::tree(&read, &working);
            report.note(&working, noted);
            report.note(&working, tree.findings);
            report.partial |= tree.partial;
            return report.finish(&working, tree.root, span);
        }
        let edits = report.mend(&working, mended);
        working.replace(edits);
    }
    unreachable!("the last pass returns")
}

/// One thing that is wrong, in terms of the working copy.
struct Finding {
    rule: &'static Rule,
    at: At,
    message: String,
    help: String,
    /// Lines as they should be, by number; none where that is not known or would change nothing.
    edits: Vec<(usize, String)>,
    /// Whether the edits leave something out instead of correcting it.
    leaves_out: bool,
    related: Option<(Span, String)>,
}

enum At {
    Mended(Range<usize>),
    File(Span),
}

impl Finding {
    fn new(rule: &'static Rule, at: Range<usize>, message: &str, help: &str) -> Finding {
        Finding {
            rule,
            at: At::Mended(at),
            message: message.to_owned(),
            help: help.to_owned(),
            edits: Vec::new(),
            leaves_out: false,
            related: None,
        }
    }

    fn in_file(rule: &'static Rule, at: Span, message: &str, help: &str) -> Finding {
        Finding { at: At::File(at), ..Finding::new(rule, 0..0, message, help) }
    }

    fn edit(mut self, number: usize, line: String) -> Finding {
        self.edits.push((number, line));
        self
    }

    fn edits(mut self, edits: Vec<(usize, String)>) -> Finding {
        self.edits = edits;
        self
    }

    fn too_deep(at: Range<usize>) -> Finding {
        Finding::new(
            &syntax::YAML_TOO_DEEP,
            at,
            &format!("lists and mappings are more than {} levels deep here", tree::MAX_DEPTH),
            "no field needs more than five; look for brackets or indentation that should not be there",
        )
    }

    fn too_many(working: &Working<'_>, read: &tree::Read<'_>) -> Finding {
        let at = read.error.as_ref().and_then(|error| error.marker().byte_offset()).unwrap_or(0);
        Finding::new(
            &syntax::YAML_SYNTAX,
            working.range_of(working.line_of(at)),
            "what follows was not read: there are too many faults above",
            "mend those first, then check again",
        )
    }
}

/// Splits findings into those whose lines can be mended now and those that are only told. A line is mended once in a
/// pass: what else is wrong with it is found again in the next one.
fn sort_out(
    working: &Working<'_>,
    findings: Vec<Finding>,
    last: bool,
) -> (Vec<Finding>, Vec<Finding>) {
    let mut taken = std::collections::BTreeSet::new();
    let (mut mended, mut noted, mut waiting) = (Vec::new(), Vec::new(), false);
    for finding in findings {
        let changes = finding.edits.iter().any(|(number, line)| working.line(*number) != line)
            && finding
                .edits
                .iter()
                .all(|(number, _)| finding.leaves_out || working.times(*number) < MOST_TRIES);
        if last || !changes {
            noted.push(finding);
        } else if finding.edits.iter().all(|(number, _)| !taken.contains(number)) {
            taken.extend(finding.edits.iter().map(|(number, _)| *number));
            mended.push(finding);
        } else {
            waiting = true;
        }
    }
    debug_assert!(!waiting || !mended.is_empty(), "a finding waits only for another one's line");
    (mended, noted)
}

/// Diagnostics so far, and which lines their corrections are.
struct Mending<'a> {
    source: &'a Source,
    diagnostics: Vec<Diagnostic>,
    corrections: Vec<Option<Range<usize>>>,
    partial: bool,
}

impl Mending<'_> {
    /// Reports findings and gives their edits.
    fn mend(&mut self, working: &Working<'_>, findings: Vec<Finding>) -> Vec<(usize, String)> {
        let mut edits = Vec::new();
        for mut finding in findings {
            let own = std::mem::take(&mut finding.edits);
            let first = own.iter().map(|edit| edit.0).min().unwrap_or(0);
            let end = own.iter().map(|edit| edit.0 + 1).max().unwrap_or(0);
            self.partial |= finding.leaves_out;
            let correction = (!finding.leaves_out).then_some(first..end);
            self.push(working, finding, correction);
            edits.extend(own);
        }
        edits
    }

    /// Reports findings that change nothing.
    fn note(&mut self, working: &Working<'_>, findings: Vec<Finding>) {
        for finding in findings {
            self.push(working, finding, None);
        }
    }

    fn push(&mut self, working: &Working<'_>, finding: Finding, correction: Option<Range<usize>>) {
        let span = match finding.at {
            At::Mended(range) => working.in_file(range),
            At::File(span) => span,
        };
        let mut diagnostic =
            Diagnostic::new(finding.rule, self.source, span, finding.message).help(finding.help);
        if let Some((span, label)) = finding.related {
            diagnostic = diagnostic.related(self.source, span, label);
        }
        self.diagnostics.push(diagnostic);
        self.corrections.push(correction);
    }

    /// Adds the corrected lines, which are only known when everything in them is mended.
    fn finish(mut self, working: &Working<'_>, root: Option<Node>, span: Span) -> Parsed {
        for (diagnostic, lines) in self.diagnostics.iter_mut().zip(self.corrections) {
            diagnostic.fix = lines.and_then(|lines| working.corrected(lines));
        }
        let fields = match root {
            Some(node) if matches!(node.value, Value::Mapping(_)) => node,
            None | Some(Node { value: Value::Blank, .. }) => {
                Node::empty(Span::new(span.start, span.start))
            }
            Some(node) => {
                self.partial = true;
                let first = self.source.slice(node.span).lines().next().map_or(0, str::len);
                let at = Span::new(node.span.start, node.span.start + first);
                self.diagnostics.push(
                    Diagnostic::new(&syntax::YAML_SYNTAX, self.source, at, "`name: value` lines are expected here")
                        .help("begin each line with the name of a field and a colon, as in `title: Monday Circle`"),
                );
                Node::empty(Span::new(span.start, span.start))
            }
        };
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        Parsed { fields, diagnostics: self.diagnostics, partial: self.partial }
    }
}

#[cfg(test)]
mod tests;
