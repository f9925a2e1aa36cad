//! Stands in for `load::yaml::parse` until that is here: mappings by indentation or in braces, quoted scalars.

use crate::diagnostic::Diagnostic;
use crate::load::yaml::{Entry, Node, Value};
use crate::source::{Source, Span};

pub(crate) struct Parsed {
    pub(crate) fields: Node,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn parse(source: &Source, _: Span) -> Parsed {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut at = 0;
    Parsed { fields: block(&lines, &mut at, 0), diagnostics: Vec::new() }
}

fn block(lines: &[&str], at: &mut usize, indent: usize) -> Node {
    let mut entries = Vec::new();
    while let Some(line) = lines.get(*at) {
        let text = line.trim_start();
        if text.is_empty() || text.starts_with('#') {
            *at += 1;
            continue;
        }
        if line.len() - text.len() < indent {
            break;
        }
        *at += 1;
        let (key, rest) = text.split_once(':').unwrap();
        let value = if rest.trim().is_empty() { block(lines, at, indent + 2) } else { inline(rest.trim()) };
        entries.push(Entry { key: key.trim_matches('"').to_owned(), key_span: Span::default(), value });
    }
    Node { value: Value::Mapping(entries), span: Span::default() }
}

fn inline(text: &str) -> Node {
    let value = match text.strip_prefix('{') {
        Some(inner) => {
            let mut entries = Vec::new();
            for part in inner.trim_end_matches('}').split("\", ") {
                let (key, value) = part.split_once(": ").unwrap();
                entries.push(Entry {
                    key: key.to_owned(),
                    key_span: Span::default(),
                    value: inline(&format!("{}\"", value.trim_end_matches('"'))),
                });
            }
            Value::Mapping(entries)
        }
        None => Value::Scalar { text: text.trim_matches('"').to_owned(), plain: false },
    };
    Node { value, span: Span::default() }
}
