//! Parser events into a tree, and where each event stands in it.
//!
//! Aliases are never expanded and nothing recurses, so neither an alias bomb nor deep nesting can grow or overflow
//! anything.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::working::Working;
use super::{Entry, Finding, Node, Value, line};
use crate::diagnostic::rules::syntax;
use crate::source::Span;

/// Lists and mappings inside each other beyond which nobody means it: the content model needs five.
pub(super) const MAX_DEPTH: usize = 12;

/// What the parser saw: events with byte ranges, up to the first error.
pub(super) struct Read<'a> {
    pub(super) events: Vec<(Event<'a>, Range<usize>)>,
    /// Tags such as `!!str`, by the number of the event that has one.
    pub(super) tags: Vec<(usize, Range<usize>)>,
    pub(super) error: Option<ScanError>,
}

/// Runs the parser over a text.
pub(super) fn read(text: &str) -> Read<'_> {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: true,
        disallow_directives: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: 3 * MAX_DEPTH,
        block_nesting_limit: 3 * MAX_DEPTH,
    };
    let mut read = Read { events: Vec::new(), tags: Vec::new(), error: None };
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => {
                let range = span.byte_range().expect("a parser over a string gives byte offsets");
                if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
                    read.tags.push((read.events.len(), tag));
                }
                read.events.push((event, range));
            }
            Err(error) => {
                read.error = Some(error);
                break;
            }
        }
    }
    read
}

/// The keys of a mapping: looked through while they are few, as in all but hostile files, and indexed when they are not.
#[derive(Default)]
struct Seen {
    index: HashMap<String, Span>,
}

impl Seen {
    const FEW: usize = 48;

    fn find(&mut self, entries: &[Entry], key: &str) -> Option<Span> {
        if entries.len() <= Seen::FEW {
            return entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span);
        }
        let new = entries.get(self.index.len()..).unwrap_or(&[]);
        self.index.extend(new.iter().map(|entry| (entry.key.clone(), entry.key_span)));
        self.index.get(key).copied()
    }
}

/// A tree, what was wrong with its shape, and whether a part of the text is missing from it.
pub(super) struct Tree {
    pub(super) root: Option<Node>,
    pub(super) findings: Vec<Finding>,
    pub(super) partial: bool,
}

enum Frame {
    Sequence { span: Span, items: Vec<Node> },
    Mapping { span: Span, entries: Vec<Entry>, pending: Option<Key>, seen: Seen },
}

enum Key {
    Named(String, Range<usize>),
    /// A list, an alias or nothing stands where a key should: its value is left out.
    Unusable,
}

/// Builds the tree of the first document among the events.
pub(super) fn tree(read: &Read<'_>, working: &Working<'_>) -> Tree {
    let mut builder = Builder {
        working,
        frames: Vec::new(),
        tree: Tree { root: None, findings: Vec::new(), partial: read.error.is_some() },
    };
    let mut documents = 0;
    for (event, range) in &read.events {
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                builder.several_documents(range.clone());
                break;
            }
        }
        if !builder.take(event, range.clone()) {
            break;
        }
    }
    while !builder.frames.is_empty() {
        builder.close(None);
    }
    builder.tree
}

struct Builder<'a, 'b> {
    working: &'a Working<'b>,
    frames: Vec<Frame>,
    tree: Tree,
}

impl Builder<'_, '_> {
    /// False where the rest is not worth reading.
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) -> bool {
        let span = self.working.in_file(range.clone());
        match event {
            Event::Scalar(text, style, _, _) => self.add_scalar(text, *style, range),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.tree.partial = true;
                self.add(Node { value: Value::Blank, span });
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if self.frames.len() >= MAX_DEPTH {
                    self.too_deep(range);
                    return false;
                }
                self.frames.push(match event {
                    Event::SequenceStart(..) => Frame::Sequence { span, items: Vec::new() },
                    _ => Frame::Mapping {
                        span,
                        entries: Vec::new(),
                        pending: None,
                        seen: Seen::default(),
                    },
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(span)),
            _ => {}
        }
        true
    }

    fn add_scalar(&mut self, text: &str, style: ScalarStyle, range: Range<usize>) {
        if let Some(Frame::Mapping { pending: pending @ None, .. }) = self.frames.last_mut() {
            if range.is_empty() {
                *pending = Some(Key::Unusable);
                let at = range.start..(range.start + 1).min(self.working.text().len());
                self.tree.findings.push(Finding::new(
                    &syntax::YAML_SYNTAX,
                    at,
                    "nothing stands before this colon",
                    "a line is `name: value`; put text that begins with a colon in double quotes",
                ));
            } else {
                *pending = Some(Key::Named(visible(text, style).to_owned(), range));
            }
            return;
        }
        let blank =
            style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL");
        let written = self.working.text().get(range.clone()).unwrap_or("").trim_end_matches('\n');
        let span = self.working.in_file(range.start..range.start + written.len());
        let value = if blank {
            Value::Blank
        } else {
            // The line feed that ends a `|` or `>` block is YAML's, not the author's.
            let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
            let text = if block { text.trim_end_matches('\n') } else { visible(text, style) };
            Value::Scalar { text: text.to_owned(), plain: style == ScalarStyle::Plain }
        };
        self.add(Node { value, span });
    }

    fn add(&mut self, node: Node) {
        match self.frames.last_mut() {
            None => self.tree.root = self.tree.root.take().or(Some(node)),
            Some(Frame::Sequence { items, .. }) => items.push(node),
            Some(Frame::Mapping { entries, pending, seen, .. }) => match pending.take() {
                None => {
                    *pending = Some(Key::Unusable);
                    self.tree.findings.push(Finding::in_file(
                        &syntax::YAML_SYNTAX,
                        node.span,
                        "a name is expected here, before a colon",
                        "a line is `name: value`, or `- item` in a list",
                    ));
                }
                Some(Key::Unusable) => {}
                Some(Key::Named(key, range)) => {
                    let key_span = self.working.in_file(range);
                    if let Some(first) = seen.find(entries, &key) {
                        self.tree.findings.push(duplicate(&key, key_span, first));
                    } else {
                        entries.push(Entry { key, key_span, value: node });
                    }
                }
            },
        }
    }

    /// Ends the innermost list or mapping; `end` is none where the text stopped first.
    fn close(&mut self, end: Option<Span>) {
        let Some(frame) = self.frames.pop() else { return };
        let node = match frame {
            // The trees of all files are in memory at once, so none keeps room to grow.
            Frame::Sequence { span, mut items } => {
                items.shrink_to_fit();
                let last = items.last().map(|item| item.span.end);
                Node { value: Value::Sequence(items), span: enclosing(span, last, end) }
            }
            Frame::Mapping { span, mut entries, .. } => {
                entries.shrink_to_fit();
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end));
                Node { value: Value::Mapping(entries), span: enclosing(span, last, end) }
            }
        };
        self.add(node);
    }

    fn too_deep(&mut self, range: Range<usize>) {
        self.tree.partial = true;
        self.tree.findings.push(Finding::too_deep(range));
    }

    fn several_documents(&mut self, range: Range<usize>) {
        self.tree.findings.push(Finding::new(
            &syntax::YAML_SEVERAL_DOCUMENTS,
            range,
            "a second document begins here; only the first is read",
            "remove this line, or move what follows to a file of its own",
        ));
    }
}

/// Text without the characters that nobody can see and that pasting leaves at its ends; kept where it is in quotes.
fn visible(text: &str, style: ScalarStyle) -> &str {
    if style == ScalarStyle::Plain { text.trim_matches(line::is_invisible) } else { text }
}

/// Brackets end where they close; a block ends with its last value, not at the next line's text.
fn enclosing(start: Span, last: Option<usize>, end: Option<Span>) -> Span {
    let closed = end.filter(|_| start.end > start.start).map(|end| end.end);
    Span::new(start.start, closed.or(last).unwrap_or(start.end))
}

fn duplicate(key: &str, here: Span, first: Span) -> Finding {
    let mut finding = Finding::in_file(
        &syntax::DUPLICATE_KEY,
        here,
        &format!("`{key}` stands here a second time"),
        "keep one of the two",
    );
    finding.related = Some((first, "the first one, which is used".to_owned()));
    finding
}

/// What a node is in the collection around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Root,
    Item,
    Key,
    Value,
    /// Not a node: an end, a comment, an anchor.
    Other,
}

/// Where an event stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) role: Role,
    /// Whether the nearest list or mapping around it is written in brackets.
    pub(super) flow: bool,
    /// The event that began the list or mapping around it.
    pub(super) parent: Option<usize>,
}

/// The place of every event.
pub(super) fn places(read: &Read<'_>) -> Vec<Place> {
    // (start event, in brackets, mapping, the next node is a key)
    let mut open: Vec<(usize, bool, bool, bool)> = Vec::new();
    let mut places = Vec::with_capacity(read.events.len());
    for (index, (event, _)) in read.events.iter().enumerate() {
        if let Event::SequenceEnd | Event::MappingEnd = event {
            open.pop();
        }
        let around = open.last().copied();
        let node = event.is_node();
        let role = match around {
            _ if !node => Role::Other,
            None => Role::Root,
            Some((_, _, false, _)) => Role::Item,
            Some((_, _, true, true)) => Role::Key,
            Some((_, _, true, false)) => Role::Value,
        };
        places.push(Place {
            role,
            flow: around.is_some_and(|around| around.1),
            parent: around.map(|around| around.0),
        });
        if node && let Some(around) = open.last_mut() {
            around.3 = !around.3;
        }
        match event {
            Event::SequenceStart(style, ..) => {
                open.push((index, *style == StructureStyle::Flow, false, false));
            }
            Event::MappingStart(style, ..) => {
                open.push((index, *style == StructureStyle::Flow, true, true));
            }
            _ => {}
        }
    }
    places
}
