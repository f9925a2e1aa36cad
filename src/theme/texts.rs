//! Every text of the theme that a reader sees: one file per language, of which a site may replace single texts.
//!
//! A text is a line with places to fill (`Open to {who}`), or two lines of which a number picks one (`one`, `other`).
//! Keys are told apart by dots: `card.paused`. Takes a parsed file, gives texts by key; it never invents one.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use tera::{Kwargs, State, TeraResult, Value};

use crate::load::yaml;
use crate::source::Span;
use crate::suggest::closest;

/// The texts of one language.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    entries: HashMap<String, Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    Line(String),
    Plural { one: String, other: String },
}

/// A fault in a language file: where, what, and what to do.
pub(crate) type Fault = (Span, String, Option<String>);

impl Texts {
    /// The texts of a parsed language file.
    pub(crate) fn new(file: &yaml::Node) -> Result<Texts, Vec<Fault>> {
        let mut texts = Texts::default();
        let mut faults = Vec::new();
        collect(file, "", &mut |key, text, _| drop(texts.entries.insert(key, text)), &mut faults);
        if faults.is_empty() { Ok(texts) } else { Err(faults) }
    }

    /// Replaces the texts that a site's own language file gives. A key that the theme does not know and a place to
    /// fill that the theme's text does not have are faults.
    pub(crate) fn replace(&mut self, file: &yaml::Node) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut replacements = Vec::new();
        collect(file, "", &mut |key, text, span| replacements.push((key, text, span)), &mut faults);
        for (key, text, span) in replacements {
            match self.entries.get_mut(&key) {
                None => {
                    let help = closest(&key, self.keys().into_iter())
                        .map(|known| format!("did you mean `{known}`?"));
                    faults.push((span, format!("the theme has no text `{key}`"), help));
                }
                Some(old) => {
                    let known = old.places();
                    match text.places().into_iter().find(|place| !known.contains(place)) {
                        Some(place) => faults.push((
                            span,
                            format!("nothing is ever put in the place of `{{{place}}}`"),
                            Some(help_with_places(&known)),
                        )),
                        None => *old = text,
                    }
                }
            }
        }
        faults
    }

    /// A text without places. The keys that the program uses are all in the theme's file: a test sees to it.
    pub(crate) fn say(&self, key: &str) -> &str {
        self.find(key).unwrap_or_default()
    }

    /// The text of a key that may not be there, such as the explanation of a site's own kind.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        match self.entries.get(key)? {
            Text::Line(line) => Some(line),
            Text::Plural { other, .. } => Some(other),
        }
    }

    /// A text with its places filled.
    pub(crate) fn fill(&self, key: &str, places: &[(&str, &str)]) -> String {
        filled(self.say(key), |name| look_up(name, places))
    }

    /// The text for a number, with `{count}` and other places filled.
    pub(crate) fn count(&self, key: &str, count: u64, places: &[(&str, &str)]) -> String {
        let line = match self.entries.get(key) {
            Some(Text::Plural { one, .. }) if count == 1 => one,
            _ => self.say(key),
        };
        let number = count.to_string();
        filled(line, |name| if name == "count" { Some(&number) } else { look_up(name, places) })
    }

    /// All texts as templates see them: nested as in the file.
    pub(crate) fn to_value(&self) -> Value {
        let mut root = Branch::default();
        for key in self.keys() {
            let mut branch = &mut root;
            for part in key.split('.') {
                branch = branch.children.entry(part.to_owned()).or_default();
            }
            branch.text = self.entries.get(key).map(Text::to_value);
        }
        root.into_value()
    }

    /// Every key, sorted.
    pub(crate) fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.entries.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }
}

/// The `fill` filter of templates: `{{ text.card.until | fill(date=group.resumes) }}`; `count` picks between two
/// lines. Text and arguments are escaped each for itself, so that an argument may be safe HTML.
pub(crate) fn fill_filter(text: &Value, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let count = arguments.get::<i64>("count")?;
    let form = if count == Some(1) { "one" } else { "other" };
    let chosen = text.as_map().and_then(|forms| forms.get(&form.into()));
    let line = chosen.unwrap_or(text).as_str().ok_or_else(|| {
        tera::Error::message("`fill` wants a text of the language file, such as `text.skip`")
    })?;
    let mut html = String::with_capacity(line.len());
    for piece in pieces(line) {
        match piece {
            Piece::Words(words) => html.push_str(&state.escape(words)?),
            Piece::Place(name) => {
                let value = arguments.must_get::<&Value>(name)?;
                html.push_str(&state.escape_if_needed(value)?);
            }
        }
    }
    Ok(Value::safe_string(&html))
}

impl Text {
    fn places(&self) -> Vec<&str> {
        let lines = match self {
            Text::Line(line) => vec![line],
            Text::Plural { one, other } => vec![one, other],
        };
        let places =
            lines.into_iter().flat_map(|line| pieces(line)).filter_map(|piece| match piece {
                Piece::Place(name) => Some(name),
                Piece::Words(_) => None,
            });
        places.collect()
    }

    fn to_value(&self) -> Value {
        match self {
            Text::Line(line) => Value::from(line.as_str()),
            Text::Plural { one, other } => Value::from(BTreeMap::from([
                ("one".to_owned(), Value::from(one.as_str())),
                ("other".to_owned(), Value::from(other.as_str())),
            ])),
        }
    }
}

#[derive(Default)]
struct Branch {
    text: Option<Value>,
    children: BTreeMap<String, Branch>,
}

impl Branch {
    fn into_value(self) -> Value {
        match self.text {
            Some(text) => text,
            None => Value::from(
                self.children
                    .into_iter()
                    .map(|(key, branch)| (key, branch.into_value()))
                    .collect::<BTreeMap<String, Value>>(),
            ),
        }
    }
}

fn collect(
    node: &yaml::Node,
    path: &str,
    found: &mut dyn FnMut(String, Text, Span),
    faults: &mut Vec<Fault>,
) {
    let yaml::Value::Mapping(entries) = &node.value else {
        let help = Some("write `key: \"text\"`".to_owned());
        faults.push((node.span, "this is not a list of texts by key".to_owned(), help));
        return;
    };
    for entry in entries {
        let key = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        match &entry.value.value {
            yaml::Value::Scalar { text, .. } => {
                found(key, Text::Line(text.clone()), entry.value.span);
            }
            yaml::Value::Mapping(_) => match plural(&entry.value) {
                Some(text) => found(key, text, entry.value.span),
                None => collect(&entry.value, &key, found, faults),
            },
            yaml::Value::Blank | yaml::Value::Sequence(_) => {
                let help = Some(format!("write `{}: \"text\"`", entry.key));
                faults.push((entry.key_span, format!("`{key}` has no text"), help));
            }
        }
    }
}

fn plural(node: &yaml::Node) -> Option<Text> {
    let yaml::Value::Mapping(entries) = &node.value else { return None };
    let line = |wanted: &str| {
        let entry = entries.iter().find(|entry| entry.key == wanted)?;
        let yaml::Value::Scalar { text, .. } = &entry.value.value else { return None };
        Some(text.clone())
    };
    Some(Text::Plural { one: line("one")?, other: line("other")? }).filter(|_| entries.len() == 2)
}

fn help_with_places(known: &[&str]) -> String {
    match known {
        [] => "this text has no such places".to_owned(),
        _ => format!("this text can hold `{{{}}}`", known.join("}`, `{")),
    }
}

enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        found.push(Piece::Words(before));
        found.push(Piece::Place(name));
        rest = tail;
    }
    found.push(Piece::Words(rest));
    found
}

fn filled<'p>(line: &str, place: impl Fn(&str) -> Option<&'p str>) -> String {
    let parts = pieces(line).into_iter().map(|piece| match piece {
        Piece::Words(words) => Cow::Borrowed(words),
        Piece::Place(name) => match place(name) {
            Some(value) => Cow::Borrowed(value),
            None => Cow::Owned(format!("{{{name}}}")),
        },
    });
    parts.collect()
}

fn look_up<'p>(name: &str, places: &[(&str, &'p str)]) -> Option<&'p str> {
    places.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}
