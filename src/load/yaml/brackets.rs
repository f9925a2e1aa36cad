//! Brackets that are not closed, closed twice, or closed and followed by text; commas and colons between them.

use granit_parser::{ErrorKind, Event, ScalarStyle};

use super::Finding;
use super::broken::{QUOTE_IT, Stop, second_colon};
use super::line::{is_name, quoted_lines, replaced, shape};
use super::silent::{flow_text, shortened};
use super::tree;
use crate::diagnostic::rules::syntax;

impl Stop<'_> {
    /// A bracket on a line above that is never closed, so that this line was read as a part of it.
    pub(super) fn open_bracket(&self) -> Option<Finding> {
        let open = match self.kind {
            ErrorKind::UnclosedFlowCollection { .. } => self.byte..self.byte + 1,
            _ => self.open_flow()?,
        };
        let first = self.working.line_of(open.start);
        let at_end = matches!(self.kind, ErrorKind::UnclosedFlowCollection { .. });
        if first == self.number && !at_end {
            return None;
        }
        if let Some(finding) =
            self.comment_in_brackets(first, open.start).or_else(|| self.comma_missing(first))
        {
            return Some(finding);
        }
        let indent = shape(self.working.line(first)).indent;
        let next = (first + 1..self.working.len()).find(|&number| {
            let line = self.working.line(number);
            let shape = shape(line);
            !line.trim().is_empty()
                && shape.indent <= indent
                && (shape.dash.is_some() || is_name(shape.key_text(line)))
        });
        let last = self.above(next.unwrap_or(self.working.len()))?.max(first);
        let line = self.working.line(last);
        let kept = if first == last {
            line.trim_end()
        } else {
            line.get(..shape(line).value.end).unwrap_or(line)
        };
        let missing = missing_brackets(
            (first..=last).map(|number| self.working.line(number)),
            open.start - self.working.start(first),
        )?;
        let sign = self.working.text().get(open.clone())?;
        Some(
            Finding::new(
                &syntax::YAML_BRACKET,
                open.clone(),
                &format!("this `{sign}` is never closed"),
                "close it at the end of the list, or put the value in double quotes if the bracket belongs to the text",
            )
            .edit(last, format!("{}{missing}", kept.trim_end_matches([',', ' ']))),
        )
    }

    /// Fields inside braces, one on each line, with no comma after the line above.
    fn comma_missing(&self, first: usize) -> Option<Finding> {
        let (style, value) = self.last_scalar()?;
        let at_colon = self.working.text().get(self.byte..)?.starts_with(':');
        let above = self.above(self.number)?;
        let line = self.working.line(above);
        let deeper = shape(self.line()).indent > shape(self.working.line(first)).indent;
        let joined = style == ScalarStyle::Plain
            && value.end == self.byte
            && self.working.line_of(value.start) <= above;
        if !at_colon || !deeper || !joined {
            return None;
        }
        let end = shape(line).value.end;
        let at = self.working.start(above) + end;
        let (text, comment) = line.split_at(end);
        let last = text.chars().next_back().map_or(0, char::len_utf8);
        Some(
            Finding::new(
                &syntax::YAML_BRACKET,
                at - last..at,
                "a comma is missing here",
                "inside brackets a comma stands between two fields",
            )
            .edit(above, format!("{text},{comment}")),
        )
    }

    /// `[grief, #loss]`: the comment swallows the bracket.
    fn comment_in_brackets(&self, number: usize, open: usize) -> Option<Finding> {
        let (line, start) = (self.working.line(number), self.working.start(number));
        let from = open - start;
        let at = from
            + line
                .get(from..)?
                .match_indices(" #")
                .find(|(at, _)| {
                    line.get(from + at + 2..)
                        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
                })?
                .0
            + 1;
        let word = flow_text(line.get(at..)?);
        let begin = from
            + 1
            + line.get(from + 1..at)?.rfind([',', '[', '{', ':']).map_or(0, |comma| comma + 1);
        let begin = at - line.get(begin..at)?.trim_start().len();
        let whole = start + begin..start + at + word.len();
        Some(
            Finding::new(
                &syntax::YAML_LOST_TEXT,
                start + at..start + line.len(),
                &format!(
                    "`{}` is lost: a `#` after a space begins a comment",
                    shortened(line.get(at..)?)
                ),
                "put what has a `#` in double quotes",
            )
            .edits(quoted_lines(self.working, whole)),
        )
    }

    /// One bracket too many, or of the wrong kind; text after a closing bracket; a colon inside brackets.
    pub(super) fn bracket(&self) -> Option<Finding> {
        let (line, column) = (self.line(), self.byte.checked_sub(self.start())?);
        let wrong = |at: usize, message: &str, with: &str| {
            let at = self.start() + at;
            Finding::new(
                &syntax::YAML_BRACKET,
                at..at + 1,
                message,
                "let each bracket be closed once, by its own kind",
            )
            .edit(self.number, replaced(self.working, at..at + 1, with))
        };
        match self.kind {
            ErrorKind::MisplacedFlowCollectionEnd => {
                Some(wrong(column, "this bracket closes nothing", ""))
            }
            ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
                let at = column + line.get(column..)?.find(*close)?;
                let right = if *open == '[' { "]" } else { "}" };
                let closed_after = line.get(at + 1..)?.trim_start().starts_with(right);
                Some(wrong(
                    at,
                    &format!("`{close}` cannot close `{open}`"),
                    if closed_after { "" } else { right },
                ))
            }
            _ => self.text_after_bracket().or_else(|| self.colon_in_brackets()),
        }
    }

    /// `title: [Online] Grief`.
    fn text_after_bracket(&self) -> Option<Finding> {
        let (event, closed) = self.read.events.last()?;
        let ended = matches!(event, Event::SequenceEnd | Event::MappingEnd) && !closed.is_empty();
        let value = self.value();
        let text = self.working.text().get(value.clone())?;
        if !ended
            || self.working.line_of(closed.start) != self.number
            || !text.starts_with(['[', '{'])
        {
            return None;
        }
        Some(
            Finding::new(
                &syntax::YAML_FIRST_CHARACTER,
                value.start..value.start + 1,
                &format!("a value that begins with `{}` is a list or fields, and cannot go on after the bracket", text.get(..1)?),
                QUOTE_IT,
            )
            .edits(quoted_lines(self.working, value)),
        )
    }

    /// `{reason: Note: closed}`.
    fn colon_in_brackets(&self) -> Option<Finding> {
        self.open_flow()?;
        let (style, value) = self.last_scalar()?;
        let at_colon = self.working.text().get(self.byte..)?.starts_with(':');
        if style != ScalarStyle::Plain
            || !at_colon
            || value.end != self.byte
            || self.working.line_of(value.start) != self.number
        {
            return None;
        }
        let text = flow_text(
            self.working.text().get(value.start..self.working.range_of(self.number).end)?,
        );
        let mut finding = second_colon(self.byte);
        let last_word =
            self.working.text().get(value.clone())?.rsplit_once(' ').map_or("", |(_, word)| word);
        if is_name(last_word) {
            finding.help = format!(
                "{QUOTE_IT}, or type a comma before `{last_word}` if a new field begins there"
            );
        }
        Some(finding.edits(quoted_lines(self.working, value.start..value.start + text.len())))
    }
}

/// The brackets that close what lines leave open, from a column of the first one.
fn missing_brackets<'a>(lines: impl Iterator<Item = &'a str>, from: usize) -> Option<String> {
    let mut open = Vec::new();
    for (index, line) in lines.enumerate() {
        let text = if index == 0 { line.get(from..)? } else { line };
        for c in text.chars() {
            match c {
                '[' => open.push(']'),
                '{' => open.push('}'),
                ']' | '}' => drop(open.pop()),
                _ => {}
            }
        }
    }
    (!open.is_empty() && open.len() <= tree::MAX_DEPTH).then(|| open.iter().rev().collect())
}
