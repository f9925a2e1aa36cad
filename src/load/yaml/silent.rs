//! Text that YAML reads without a complaint, as something that its author did not mean.
//!
//! Looks at the events of a text without faults, never at bare lines, so that quotes, comments and `|` blocks cannot be
//! mistaken for one of these.

use std::ops::Range;

use granit_parser::{Event, ScalarStyle};

use super::line::{
    self, between_curly, quoted, quoted_lines, replaced, shape, spaced, tight_colon,
};
use super::tree::{Place, Read, Role, places};
use super::working::Working;
use super::{Finding, quotes};
use crate::diagnostic::rules::syntax;

/// Every such place in the first document.
pub(super) fn find(working: &Working<'_>, read: &Read<'_>) -> Vec<Finding> {
    let look = Look { working, read, places: places(read) };
    let mut findings = Vec::new();
    let mut documents = 0;
    let mut merged_to = 0;
    for (index, (event, range)) in read.events.iter().enumerate() {
        match event {
            Event::DocumentStart(..) if documents == 1 => break,
            Event::DocumentStart(..) => documents += 1,
            Event::Scalar(text, ScalarStyle::Plain, ..)
                if !range.is_empty() && index >= merged_to =>
            {
                if let Some((end, finding)) = look.entry_without_colon(index) {
                    merged_to = end;
                    findings.push(finding);
                } else {
                    let found = look.curly(index, text).or_else(|| look.lines_of_text(index));
                    findings.extend(found.or_else(|| look.false_indentation(index)));
                }
            }
            Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..) => {
                findings.extend(quotes::swallows_fields(working, range));
            }
            Event::Comment(text, _) => findings.extend(look.lost_text(index, text)),
            Event::UnresolvedAlias(_) => findings.push(look.alias_that_is_text(index)),
            _ => {}
        }
    }
    findings.extend(read.tags.iter().map(|(index, tag)| look.tag(*index, tag.clone())));
    findings.extend(look.anchors());
    findings
}

struct Look<'a> {
    working: &'a Working<'a>,
    read: &'a Read<'a>,
    places: Vec<Place>,
}

impl Look<'_> {
    fn event(&self, index: usize) -> Option<(&Event<'_>, Range<usize>, Place)> {
        let (event, range) = self.read.events.get(index)?;
        Some((event, range.clone(), *self.places.get(index)?))
    }

    fn text(&self, range: Range<usize>) -> &str {
        self.working.text().get(range).unwrap_or("")
    }

    fn same_line(&self, a: usize, b: usize) -> bool {
        self.working.line_of(a) == self.working.line_of(b)
    }

    /// `title: Grief and Loss #2`: a `#` right before a word was not meant as a comment.
    fn lost_text(&self, index: usize, comment: &str) -> Option<Finding> {
        if comment.is_empty()
            || comment.starts_with(['#', '!'])
            || comment.starts_with(char::is_whitespace)
        {
            return None;
        }
        let (_, lost, _) = self.event(index)?;
        let (event, before, place) =
            (0..index).rev().take(8).filter_map(|index| self.event(index)).find(
                |(event, range, _)| !matches!(event, Event::Comment(..)) && range.end <= lost.start,
            )?;
        if !self.same_line(before.end, lost.start) {
            return None;
        }
        let finding = Finding::new(
            &syntax::YAML_LOST_TEXT,
            lost.clone(),
            &format!("`#{}` is lost: a `#` after a space begins a comment", shortened(comment)),
            "put the whole value in double quotes, or type a space after the `#` if it is a comment",
        );
        let number = self.working.line_of(lost.start);
        match event {
            Event::Scalar(..) if place.role == Role::Key => None,
            // Its bytes end where the next line begins, so the comment only seems to stand beside it.
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => None,
            Event::Scalar(..) if place.flow => Some(finding),
            Event::Scalar(..) => {
                let start = if before.is_empty() { lost.start } else { before.start };
                Some(finding.edits(quoted_lines(self.working, start..lost.end)))
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let after = lost.start + 1;
                Some(finding.edit(number, replaced(self.working, after..after, " ")))
            }
            _ => None,
        }
    }

    /// `{say: Twice a month, members receive dates.}`: a comma inside braces begins a new entry. Gives the first event
    /// after those that belong together.
    fn entry_without_colon(&self, index: usize) -> Option<(usize, Finding)> {
        let (_, key, place) = self.event(index)?;
        if !place.flow || place.role != Role::Key || !self.lacks_colon(index) {
            return None;
        }
        let number = self.working.line_of(key.start);
        if let Some(colon) = tight_colon(self.text(key.clone())) {
            let colon = key.start + colon;
            let line = spaced(self.working.line(number), colon - self.working.start(number));
            return Some((
                index + 2,
                missing_space(self.working, colon..key.end).edit(number, line),
            ));
        }
        let (Event::Scalar(..), value, before) = self.event(index.checked_sub(1)?)? else {
            return None;
        };
        if value.is_empty() || before.role != Role::Value || before.parent != place.parent {
            return None;
        }
        let (mut end, mut next) = (key.end, index + 2);
        while let Some((Event::Scalar(..), range, place)) = self.event(next)
            && place.role == Role::Key
            && self.lacks_colon(next)
        {
            (end, next) = (range.end, next + 2);
        }
        let whole = value.start..end;
        let finding = Finding::new(
            &syntax::YAML_COMMA,
            value.end..end,
            "this comma ends the value, because it stands inside `{ }`",
            "put the whole value in double quotes",
        );
        Some((next, finding.edits(quoted_lines(self.working, whole))))
    }

    /// Whether the key at an event has nothing after it, not even a colon.
    fn lacks_colon(&self, index: usize) -> bool {
        let Some((_, key, _)) = self.event(index) else { return false };
        let Some((Event::Scalar(..), value, _)) = self.event(index + 1) else { return false };
        let after = self.working.text().get(key.end..).unwrap_or("");
        value.is_empty() && !after.trim_start().starts_with(':')
    }

    /// `title: “Hope”`: curly quotes are letters to YAML, and would show.
    fn curly(&self, index: usize, text: &str) -> Option<Finding> {
        let (_, range, place) = self.event(index)?;
        let inner = between_curly(text)?;
        let number = self.working.line_of(range.start);
        let mended = if place.role == Role::Key && line::is_name(inner) {
            inner.to_owned()
        } else {
            quoted(inner)
        };
        let finding = Finding::new(
            &syntax::YAML_CURLY_QUOTES,
            range.clone(),
            "the curly quotes round this value would show",
            "put it in double quotes as the keyboard types them, or leave them out",
        );
        let one_line = self.same_line(range.start, range.end);
        Some(if one_line {
            finding.edit(number, replaced(self.working, range, &mended))
        } else {
            finding
        })
    }

    /// Lines below a key that were meant as a list or as fields and became one text.
    fn lines_of_text(&self, index: usize) -> Option<Finding> {
        let (_, range, place) = self.event(index)?;
        if place.flow || place.role == Role::Key {
            return None;
        }
        let numbers = self.working.line_of(range.start)..self.working.line_of(range.end) + 1;
        if place.role == Role::Item {
            return self.dash_too_deep(numbers);
        }
        let first = self.working.line(numbers.start);
        let before = first.get(..range.start - self.working.start(numbers.start))?;
        if !before.trim().is_empty() || !matches!(place.role, Role::Value | Role::Root) {
            return None;
        }
        bullets(self.working, numbers.clone()).or_else(|| tight_colons(self.working, numbers))
    }

    /// Spaces in front of a name that are no spaces to YAML.
    fn false_indentation(&self, index: usize) -> Option<Finding> {
        let (_, range, place) = self.event(index)?;
        let number = self.working.line_of(range.start);
        let line = self.working.line(number);
        let indent =
            line.len() - line.trim_start_matches(|c: char| c == ' ' || line::is_invisible(c)).len();
        let strange = self.text(range.clone()).chars().next().filter(|&c| line::is_space(c))?;
        if place.role != Role::Key || self.working.start(number) + indent < range.start {
            return None;
        }
        let (before, text) = line.split_at(indent);
        let column = before.chars().filter(|&c| c == ' ' || line::is_space(c)).count();
        let at = range.start..range.start + strange.len_utf8();
        Some(invisible_character(at, strange).edit(number, format!("{}{text}", " ".repeat(column))))
    }

    /// A dash that stands deeper than the ones above continues the text of the item above.
    fn dash_too_deep(&self, numbers: Range<usize>) -> Option<Finding> {
        if numbers.len() == 1 {
            return None;
        }
        let dash = shape(self.working.line(numbers.start)).dash?;
        let deeper: Vec<_> = (numbers.start + 1..numbers.end)
            .filter(|&number| shape(self.working.line(number)).dash.is_some())
            .collect();
        let first = *deeper.first()?;
        let edits =
            deeper.iter().map(|&number| (number, line::indented(self.working.line(number), dash)));
        Some(
            Finding::new(
                &syntax::YAML_INDENTATION,
                self.working.range_of(first),
                "this dash stands deeper than the ones above, so the line joins the text above it",
                "line the dashes up",
            )
            .edits(edits.collect()),
        )
    }

    /// `who: *Peer*-led`: a name after `*` points at nothing here.
    fn alias_that_is_text(&self, index: usize) -> Finding {
        let (range, flow) =
            self.event(index).map_or((0..0, false), |(_, range, place)| (range, place.flow));
        starts_with_mark(self.working, range.start, range, flow)
    }

    /// `!important thing` is text, `!!str` is YAML that no field needs.
    fn tag(&self, index: usize, tag: Range<usize>) -> Finding {
        let written = self.text(tag.clone());
        let number = self.working.line_of(tag.start);
        if let Some((Event::Scalar(_, ScalarStyle::Plain, ..), node, place)) = self.event(index)
            && !written.starts_with("!!")
            && !written.starts_with("!<")
            && (node.is_empty() || self.same_line(tag.start, node.end))
        {
            return starts_with_mark(
                self.working,
                tag.start,
                tag.start..tag.end.max(node.end),
                place.flow,
            );
        }
        let rest = self.working.text().get(tag.end..).unwrap_or("");
        let space = rest.len() - rest.trim_start_matches(' ').len();
        Finding::new(
            &syntax::YAML_TAG,
            tag.clone(),
            &format!("`{}` is a YAML tag, which is not used here", shortened(written)),
            "leave it out; every value is text until its field says otherwise",
        )
        .edit(number, replaced(self.working, tag.start..tag.end + space, ""))
    }

    /// `&name` that is text, and the first of the anchors and aliases that are not.
    fn anchors(&self) -> Vec<Finding> {
        let aliases: std::collections::BTreeSet<usize> =
            self.read.events.iter().filter_map(|(event, _)| event.alias_id()).collect();
        let mut findings = Vec::new();
        let mut real: Vec<Range<usize>> = Vec::new();
        for (index, (event, range)) in self.read.events.iter().enumerate() {
            match event {
                Event::Anchor(id, _) => {
                    let node = index.checked_sub(1).and_then(|index| self.event(index));
                    if let Some((Event::Scalar(_, ScalarStyle::Plain, ..), node, place)) = node
                        && !aliases.contains(id)
                        && self.same_line(range.start, node.end)
                    {
                        let whole = range.start..range.end.max(node.end);
                        findings.push(starts_with_mark(
                            self.working,
                            range.start,
                            whole,
                            place.flow,
                        ));
                    } else {
                        real.push(range.clone());
                    }
                }
                Event::Alias(_) => real.push(range.clone()),
                _ => {}
            }
        }
        real.sort_by_key(|range| range.start);
        if let Some(first) = real.first() {
            let others = match real.len() - 1 {
                0 => String::new(),
                1 => "; there is another below".to_owned(),
                more => format!("; there are {more} more below"),
            };
            findings.push(Finding::new(
                &syntax::YAML_ANCHOR,
                first.clone(),
                &format!("`{}` is a YAML anchor or alias, which is not used here{others}", shortened(self.text(first.clone()))),
                "write the text out in each place, or put it in double quotes if the sign belongs to it",
            ));
        }
        findings
    }
}

/// Lines that begin with a sign that looks like the dash of a list, or with a dash that lacks its space.
pub(super) fn bullets(working: &Working<'_>, numbers: Range<usize>) -> Option<Finding> {
    let first = working.line(numbers.start);
    let sign = bullet(first)?;
    let edits: Vec<_> = numbers
        .clone()
        .filter(|&number| bullet(working.line(number)).is_some())
        .map(|number| (number, dashed(working.line(number))))
        .collect();
    let at = working.start(numbers.start) + shape(first).indent;
    let (message, help) = if sign == '-' {
        (
            "the space after the dash is missing, so this is no list item".to_owned(),
            "type a space after the dash",
        )
    } else {
        (
            format!("`{sign}` does not begin a list item"),
            "begin each item with a hyphen and a space: `- item`",
        )
    };
    Some(Finding::new(&syntax::YAML_DASH, at..at + sign.len_utf8(), &message, help).edits(edits))
}

/// The sign that a line uses as a dash.
pub(super) fn bullet(line: &str) -> Option<char> {
    let text = line.trim_start_matches([' ', '\t']);
    let sign = text.chars().next()?;
    let rest = text.get(sign.len_utf8()..)?;
    let spaced = rest.starts_with([' ', '\t', '\u{a0}']);
    match sign {
        '—' | '–' | '−' | '•' | '·' | '▪' | '◦' | '‣' | '●' | '*' | '+' if spaced => {
            Some(sign)
        }
        '—' | '–' | '•' if rest.starts_with(char::is_alphanumeric) => Some(sign),
        '-' if rest.starts_with(char::is_alphabetic) => Some(sign),
        _ => None,
    }
}

fn dashed(line: &str) -> String {
    let indent = shape(line).indent;
    let (before, text) = line.split_at(indent);
    let mut rest = text.chars();
    rest.next();
    format!("{before}- {}", rest.as_str().trim_start_matches([' ', '\t', '\u{a0}']))
}

/// Lines such as `title:Grief`.
pub(super) fn tight_colons(working: &Working<'_>, numbers: Range<usize>) -> Option<Finding> {
    let tight = |number: usize| {
        let line = working.line(number);
        let body = shape(line).body;
        tight_colon(line.get(body..)?).map(|colon| body + colon)
    };
    let colon = tight(numbers.start)?;
    let edits = numbers.clone().filter_map(|number| {
        tight(number).map(|colon| (number, spaced(working.line(number), colon)))
    });
    let at = working.start(numbers.start) + colon;
    let end = working.range_of(numbers.start).end;
    Some(missing_space(working, at..end).edits(edits.collect()))
}

fn missing_space(working: &Working<'_>, at: Range<usize>) -> Finding {
    let after = working.text().get(at.clone()).and_then(|text| text.chars().nth(1));
    if let Some(c) = after.filter(|&c| line::is_invisible(c)) {
        return invisible_character(at.start + 1..at.start + 1 + c.len_utf8(), c);
    }
    Finding::new(
        &syntax::YAML_MISSING_SPACE,
        at,
        "the space after the colon is missing",
        "type a space after the colon, or put the whole in double quotes if it is text",
    )
}

/// A character that looks like a space, or like nothing, where YAML needs a space.
pub(super) fn invisible_character(at: Range<usize>, c: char) -> Finding {
    Finding::new(
        &syntax::YAML_INVISIBLE_CHARACTER,
        at,
        &format!("an invisible character (U+{:04X}) stands here", u32::from(c)),
        "delete it and type an ordinary space if one belongs here",
    )
}

/// A value that begins with a sign which YAML keeps for itself. `token` is what the parser took for more than text.
pub(super) fn starts_with_mark(
    working: &Working<'_>,
    at: usize,
    token: Range<usize>,
    flow: bool,
) -> Finding {
    let number = working.line_of(at);
    let (line, start) = (working.line(number), working.start(number));
    let rest = line.get(at - start..).unwrap_or("");
    let end = if flow { at + flow_text(rest).len() } else { start + shape(line).value.end };
    let whole = at..end.max(token.end.min(start + line.len()));
    let sign = rest.chars().next().unwrap_or(' ');
    Finding::new(
        &syntax::YAML_FIRST_CHARACTER,
        at..at + sign.len_utf8().min(rest.len()),
        &format!("a value cannot begin with `{sign}`"),
        "put the whole value in double quotes",
    )
    .edits(quoted_lines(working, whole))
}

/// Text inside brackets up to the sign that ends it.
pub(super) fn flow_text(text: &str) -> &str {
    let end = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| matches!(c, ',' | ']' | '}'))
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text).trim_end()
}

/// The beginning of a text that may be long.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}
