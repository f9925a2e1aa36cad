//! A text as YAML: plain where that is safe for every YAML tool, in double quotes otherwise.

use std::fmt::Write as _;

/// The text as a value on a line of its own, after `key: `.
pub fn yaml_scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The text as a value inside `[ ]` or `{ }`, where commas and brackets have a meaning.
pub fn yaml_scalar_in_flow(text: &str) -> String {
    let is_safe = is_plain(text) && !text.contains([',', '[', ']', '{', '}', ':']);
    if is_safe { text.to_owned() } else { quoted(text) }
}

/// Stricter than YAML 1.2 asks (chapter 7.3.3, plain style), so that older tools read the same text.
fn is_plain(text: &str) -> bool {
    let starts_with_letter_or_digit = text.starts_with(char::is_alphanumeric);
    let ends_well = !text.ends_with([':', ' ']);
    let has_mark = text.contains(": ") || text.contains(" #");
    let is_printable = text.chars().all(|c| !c.is_control() && !is_invisible(c));
    starts_with_letter_or_digit
        && ends_well
        && !has_mark
        && is_printable
        && !means_something_else(text)
}

/// Spaces and marks that an editor does not show, or takes for the end of a line.
fn is_invisible(c: char) -> bool {
    c != ' ' && c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether some YAML tool takes the text for a number, a date, a time, a truth value or nothing (YAML 1.1 resolves
/// `yes`, `on` and `12:30` too).
fn means_something_else(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let word = matches!(
        lower.as_str(),
        "y" | "n" | "yes" | "no" | "true" | "false" | "on" | "off" | "null" | "nan" | "inf"
    );
    let digits_and_marks = |c: char| c.is_ascii_hexdigit() || "+-_.:,xXoOtTzZ ".contains(c);
    word || (text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(digits_and_marks))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if c.is_control() || is_invisible(c) || is_noncharacter(c) => {
                write!(quoted, "\\U{:08X}", u32::from(c)).expect("a String takes all");
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// U+FFFE and U+FFFF are not in YAML's character set (chapter 5.1).
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::load::yaml::{self, Value};
    use crate::source::{SourceFile, Span};

    fn read_back(line: &str) -> Option<String> {
        let source = Arc::new(SourceFile { path: "a.md".into(), text: line.to_owned() });
        let parsed = yaml::parse(&source, Span::new(0, line.len()));
        if !parsed.diagnostics.is_empty() {
            return None;
        }
        let node = parsed.fields.get("title")?;
        let node = match &node.value {
            Value::Sequence(items) => items.first()?,
            _ => node,
        };
        match &node.value {
            Value::Scalar { text, .. } => Some(text.clone()),
            _ => None,
        }
    }

    fn assert_round_trip(text: &str) {
        let block = format!("title: {}   # the name\n", yaml_scalar(text));
        assert_eq!(read_back(&block).as_deref(), Some(text), "{block}");
        let flow = format!("title: [{}, b]\n", yaml_scalar_in_flow(text));
        assert_eq!(read_back(&flow).as_deref(), Some(text), "{flow}");
    }

    #[test]
    fn yaml_traps_round_trip() {
        for text in [
            "",
            " ",
            "~",
            "null",
            "yes",
            "No",
            "2027",
            "1.5",
            "18:30",
            "2027-01-06",
            "0x1f",
            "a: b",
            "a #b",
            "#a",
            "a:",
            "@a",
            "*a*",
            "%",
            "- a",
            "-",
            "---",
            "...",
            "? a",
            "! a",
            "&a",
            "| a",
            "> a",
            "`a`",
            "\"a\"",
            "'a'",
            "{a",
            "[a]",
            "a, b",
            "a]",
            "“a”",
            "—",
            "a\nb",
            "a\tb",
            "\u{85}",
            "\u{feff}a",
            "a\u{2028}b",
            "\\",
            "\\n",
            "a\u{a0}",
            "\u{0}",
            "\u{7f}",
            "\u{ffff}",
            "a\u{200b}",
            "<<",
            "=",
            "Mondays, 6–7:30 pm",
            "🎉 party",
        ] {
            assert_round_trip(text);
        }
    }

    #[test]
    fn what_people_write_stays_as_they_write_it() {
        for text in [
            "1st and 3rd Tuesday, 7:00–8:30 pm",
            "Men's group",
            "6 people at most",
            "https://example.org/a",
        ] {
            assert_eq!(yaml_scalar(text), text);
        }
        assert_eq!(yaml_scalar("45701"), "\"45701\"");
        assert_eq!(yaml_scalar_in_flow("LISW, facilitator"), "\"LISW, facilitator\"");
    }

    proptest! {
        #[test]
        fn any_text_round_trips(text in any::<String>()) {
            assert_round_trip(&text);
        }

        #[test]
        fn text_full_of_marks_round_trips(text in "[a:# \\-'\"{}\\[\\],&*!|>%@`?\\\\\n“”—0-9]{0,12}") {
            assert_round_trip(&text);
        }
    }
}
