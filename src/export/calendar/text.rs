//! Lines of a calendar: RFC 5545 §3.1 and §3.3.11. Takes names and values, gives text that ends each line with CR LF and
//! holds none elsewhere, whatever the values say.

use std::borrow::Cow;

/// The most octets of a line, its CR LF aside.
const LONGEST: usize = 75;

/// Lines, each whole.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property whose value is no text: a date, a rule, an address. `name` may carry parameters.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        let mut line = [name, ":", value].concat();
        if line.contains(char::is_control) {
            line.retain(|c| !c.is_control());
        }
        self.folded(&line);
    }

    /// A property whose value is text.
    pub(super) fn text(&mut self, name: &str, words: &str) {
        self.value(name, &escaped(words));
    }

    /// The beginning of a component.
    pub(super) fn begin(&mut self, component: &str) {
        self.value("BEGIN", component);
    }

    /// Its end.
    pub(super) fn end(&mut self, component: &str) {
        self.value("END", component);
    }

    /// All of them.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// A long line goes on after CR LF and a space, and never inside of a character.
    fn folded(&mut self, line: &str) {
        let (mut rest, mut room) = (line, LONGEST);
        while rest.len() > room {
            let (part, after) = rest.split_at(rest.floor_char_boundary(room));
            self.0.push_str(part);
            self.0.push_str("\r\n ");
            (rest, room) = (after, LONGEST - 1);
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }
}

/// Words as a TEXT value. Control characters have no place in one: tabs become spaces, ends of lines `\n`, others nothing.
fn escaped(words: &str) -> Cow<'_, str> {
    if !words.contains(|c: char| {
        matches!(c, '\\' | ';' | ',' | '\u{2028}' | '\u{2029}') || c.is_control()
    }) {
        return Cow::Borrowed(words);
    }
    let mut escaped = String::with_capacity(words.len() + 8);
    let mut characters = words.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            control if control.is_control() => {}
            plain => escaped.push(plain),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The logical lines of a calendar, read as strictly as the standard is written.
    pub(in super::super) fn unfolded(text: &str) -> Vec<String> {
        let body = text.strip_suffix("\r\n").expect("the last line ends too");
        let mut lines: Vec<String> = Vec::new();
        for line in body.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(char::is_control), "{line:?}");
            match line.strip_prefix(' ') {
                Some(rest) => lines.last_mut().expect("a line goes on").push_str(rest),
                None => lines.push(line.to_owned()),
            }
        }
        lines
    }

    /// What a reader makes of a TEXT value.
    pub(in super::super) fn unescaped(value: &str) -> String {
        let mut words = String::new();
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.next() {
                    Some('n' | 'N') => words.push('\n'),
                    Some(escaped @ ('\\' | ';' | ',')) => words.push(escaped),
                    other => panic!("`\\{other:?}` is no escape"),
                },
                ';' | ',' => panic!("`{character}` has no backslash"),
                plain => words.push(plain),
            }
        }
        words
    }

    fn line(name: &str, words: &str) -> String {
        let mut lines = Lines::default();
        lines.text(name, words);
        lines.into_string()
    }

    #[test]
    fn a_line_is_folded_at_75_octets_and_never_inside_a_character() {
        assert_eq!(line("A", &"x".repeat(73)), format!("A:{}\r\n", "x".repeat(73)));
        assert_eq!(line("A", &"x".repeat(74)), format!("A:{}\r\n x\r\n", "x".repeat(73)));
        let long = line("A", &"ü😀".repeat(60));
        assert_eq!(unfolded(&long), [format!("A:{}", "ü😀".repeat(60))]);
    }

    #[test]
    fn no_value_begins_a_line_of_its_own() {
        let evil = "a\r\nATTENDEE:b\nX:1\rY:2\u{85}Z:3\u{2028}\u{0}\u{7f}\tc";
        let text = line("SUMMARY", evil);
        assert_eq!(text, "SUMMARY:a\\nATTENDEE:b\\nX:1\\nY:2\\nZ:3\\n c\r\n");
        let mut lines = Lines::default();
        lines.value("URL", evil);
        assert_eq!(unfolded(&lines.into_string()).len(), 1);
    }

    #[test]
    fn what_separates_values_is_escaped() {
        assert_eq!(line("A", r"a\b;c,d:e"), "A:a\\\\b\\;c\\,d:e\r\n");
    }

    proptest! {
        #[test]
        fn any_words_come_back(words in any::<String>()) {
            let text = line("DESCRIPTION", &words);
            let lines = unfolded(&text);
            prop_assert_eq!(lines.len(), 1);
            let value = lines[0].strip_prefix("DESCRIPTION:").unwrap();
            let kept = words.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
            let kept: String = kept.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            prop_assert_eq!(unescaped(value), kept);
        }
    }
}
