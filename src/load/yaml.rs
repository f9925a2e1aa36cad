//! YAML into a tree whose every scalar keeps its text and its byte span.

use crate::source::Span;

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
