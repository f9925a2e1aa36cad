//! Why the parser stopped, in the words of the person who typed the line, and the line as it should be.
//!
//! Looks at the line where the parser stopped and at the events before it, from the most telling sign to the least.
//! What no sign explains is left out of the copy, together with the lines that belong to it, and said to be unreadable.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, ScalarStyle, ScanError, StructureStyle};

use super::line::{
    between_curly, indented, is_invisible, is_name, is_space, quoted_lines, replaced, shape,
    tight_colon,
};
use super::silent::{
    bullet, bullets, flow_text, invisible_character, shortened, starts_with_mark, tight_colons,
};
use super::tree::{self, Read};
use super::working::Working;
use super::{Finding, MOST_TRIES, quotes};
use crate::diagnostic::rules::syntax;

const QUOTE_IT: &str = "put the whole value in double quotes";
/// Bytes of a line that nobody would break.
const SHORT: usize = 30;

/// Explains the error at which reading stopped.
pub(super) fn explain(working: &Working<'_>, read: &Read<'_>, error: &ScanError) -> Finding {
    let byte = error.marker().byte_offset().unwrap_or(0).min(working.text().len());
    let mut stop = Stop { working, read, kind: error.kind(), byte, number: working.line_of(byte) };
    while stop.number > 0 && working.line(stop.number).trim().is_empty() {
        stop.number -= 1;
    }
    if let ErrorKind::RecursionLimitExceeded = stop.kind {
        return Finding::too_deep(working.range_of(stop.number));
    }
    SIGNS
        .iter()
        .find_map(|sign| sign(&stop).filter(|found| stop.changes(found)))
        .unwrap_or_else(|| stop.unreadable())
}

/// What is looked for, from the most telling sign to the least.
const SIGNS: [fn(&Stop<'_>) -> Option<Finding>; 11] = [
    |stop| stop.tabs(),
    |stop| stop.invisible(),
    |stop| quotes::explain(stop),
    |stop| stop.open_bracket(),
    |stop| stop.bracket(),
    |stop| stop.mark(),
    |stop| stop.colon(),
    |stop| stop.not_a_field(),
    |stop| stop.first_line_indented(),
    |stop| stop.misaligned(),
    |stop| stop.any_mark(),
];

/// Where the parser stopped and what it had seen.
pub(super) struct Stop<'a> {
    pub(super) working: &'a Working<'a>,
    pub(super) read: &'a Read<'a>,
    pub(super) kind: &'a ErrorKind,
    pub(super) byte: usize,
    pub(super) number: usize,
}

impl Stop<'_> {
    fn changes(&self, finding: &Finding) -> bool {
        finding.edits.iter().any(|(number, line)| self.working.line(*number) != line)
            && finding.edits.iter().all(|(number, _)| self.working.times(*number) < MOST_TRIES)
    }

    pub(super) fn line(&self) -> &str {
        self.working.line(self.number)
    }

    pub(super) fn start(&self) -> usize {
        self.working.start(self.number)
    }

    /// The bytes of a value on the line, as a range of the text.
    pub(super) fn value(&self) -> Range<usize> {
        let shape = shape(self.line());
        self.start() + shape.value.start..self.start() + shape.value.end
    }

    /// The nearest line above that is not blank.
    fn above(&self, number: usize) -> Option<usize> {
        (0..number).rev().find(|&number| !self.working.line(number).trim().is_empty())
    }

    /// The bracket that is open where the parser stopped.
    pub(super) fn open_flow(&self) -> Option<Range<usize>> {
        let mut open = Vec::new();
        for (event, range) in &self.read.events {
            match event {
                Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                    open.push((*style, range));
                }
                Event::SequenceEnd | Event::MappingEnd => drop(open.pop()),
                _ => {}
            }
        }
        let first = open
            .iter()
            .find(|(style, range)| *style == StructureStyle::Flow && !range.is_empty())?;
        Some(first.1.clone())
    }

    fn last_scalar(&self) -> Option<(ScalarStyle, Range<usize>)> {
        self.read.events.iter().rev().find_map(|(event, range)| match event {
            Event::Scalar(_, style, ..) if !range.is_empty() => Some((*style, range.clone())),
            _ => None,
        })
    }

    /// Tabs as indentation, in all lines at once: who typed one typed the others too.
    fn tabs(&self) -> Option<Finding> {
        let tabbed = |number: usize| {
            let line = self.working.line(number);
            !line.trim().is_empty() && line.get(..shape(line).indent).unwrap_or("").contains('\t')
        };
        let below = (self.number + 1..self.working.len())
            .find(|&n| !self.working.line(n).trim().is_empty());
        let first =
            [Some(self.number), below].into_iter().flatten().find(|&number| tabbed(number))?;
        let width = (0..self.working.len())
            .map(|number| self.working.line(number))
            .filter(|line| !line.trim().is_empty() && line.starts_with(' '))
            .map(|line| line.len() - line.trim_start_matches(' ').len())
            .find(|width| (2..=8).contains(width))
            .unwrap_or(2);
        let numbers: Vec<_> = (0..self.working.len()).filter(|&number| tabbed(number)).collect();
        let edits = numbers.iter().map(|&number| {
            let line = self.working.line(number);
            let (indent, text) = line.split_at(shape(line).indent);
            (number, format!("{}{text}", indent.replace('\t', &" ".repeat(width))))
        });
        let at = self.working.start(first);
        let message = match numbers.len() - 1 {
            0 => "this line is indented with a tab".to_owned(),
            more => format!("this line is indented with a tab, and {more} more are"),
        };
        let indent = shape(self.working.line(first)).indent;
        Some(
            Finding::new(&syntax::YAML_TAB, at..at + indent, &message, "use spaces instead")
                .edits(edits.collect()),
        )
    }

    /// No-break spaces and the like where YAML wants a plain space, and control characters anywhere.
    fn invisible(&self) -> Option<Finding> {
        let line = self.line();
        let strange = |c: char| is_invisible(c) || c.is_control() && c != '\t';
        let mut mended = String::with_capacity(line.len());
        let mut first = None;
        // Inside a text a no-break space is a letter like any other.
        let mut structure = true;
        for (at, c) in line.char_indices() {
            if structure && strange(c) || c.is_control() && c != '\t' {
                first = first.or(Some(at));
                mended.push_str(if is_space(c) { " " } else { "" });
                continue;
            }
            structure = matches!(c, ' ' | '\t' | '-' | ':');
            mended.push(c);
        }
        let at = first?;
        let c = line.get(at..)?.chars().next()?;
        let at = self.start() + at;
        Some(invisible_character(at..at + c.len_utf8(), c).edit(self.number, mended))
    }

    /// A bracket on a line above that is never closed, so that this line was read as a part of it.
    fn open_bracket(&self) -> Option<Finding> {
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
    fn bracket(&self) -> Option<Finding> {
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

    /// A sign at the beginning of a value that YAML keeps for itself.
    fn mark(&self) -> Option<Finding> {
        let line = self.line();
        let shape = shape(line);
        let column = self.byte.checked_sub(self.start())?;
        let begins = column >= shape.body && line.get(shape.body..column).is_some();
        let own_line = column == shape.indent;
        match self.kind {
            ErrorKind::MissingAnchorOrAliasName if own_line && bullet(line).is_some() => {
                self.run_of_bullets()
            }
            ErrorKind::DirectiveDisallowed if own_line => None,
            ErrorKind::BlockSequenceEntryNotAllowed if shape.key.is_some() => {
                Some(self.list_beside_key(column))
            }
            ErrorKind::InvalidBlockScalarHeader if begins => {
                let mut finding =
                    starts_with_mark(self.working, self.byte, self.byte..self.byte, false);
                finding.edits =
                    quoted_lines(self.working, self.byte..self.end_of_text(shape.indent));
                Some(finding)
            }
            ErrorKind::UnexpectedCharacter { .. }
            | ErrorKind::MissingAnchorOrAliasName
            | ErrorKind::BlockEntryInFlowCollection
            | ErrorKind::PlainScalarStartsWithDashFlowIndicator
            | ErrorKind::UndeclaredTagHandle
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::BlockSequenceEntryNotAllowed
                if begins && !(own_line && shape.key.is_some()) =>
            {
                let flow = self.open_flow().is_some();
                Some(starts_with_mark(self.working, self.byte, self.byte..self.byte, flow))
            }
            _ => None,
        }
    }

    /// `topics: - ethics` with more dashes below; alone it is text that begins with a dash.
    fn list_beside_key(&self, column: usize) -> Finding {
        let line = self.line();
        let below = shape(self.working.line(self.number + 1));
        let flow = self.open_flow().is_some();
        let Some(dash) = below.dash.filter(|&dash| dash > shape(line).indent && !flow) else {
            return starts_with_mark(self.working, self.byte, self.byte..self.byte, flow);
        };
        let (key, list) = line.split_at(column);
        Finding::new(
            &syntax::YAML_DASH,
            self.byte..self.byte + 1,
            "a list begins on the line below its name",
            "move the first item to a line of its own",
        )
        .edit(self.number, format!("{}\n{}", key.trim_end(), indented(list, dash)))
    }

    /// `purpose: One aim: leave`, a field that is indented too far, or fields that lack a space after the colon.
    fn colon(&self) -> Option<Finding> {
        if !matches!(
            self.kind,
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement
        ) {
            return None;
        }
        let begun = self
            .last_scalar()
            .filter(|(_, range)| range.end + 1 >= self.byte)
            .map(|(_, range)| range.start)?;
        let first = self.working.line_of(begun);
        if first == self.number {
            let value = self.value();
            let mut finding = second_colon(self.byte);
            if self
                .working
                .text()
                .get(value.clone())
                .is_some_and(|text| between_curly(text).is_some())
            {
                finding.rule = &syntax::YAML_CURLY_QUOTES;
                "curly quotes do not hold a value together".clone_into(&mut finding.message);
            }
            return Some(finding.edits(quoted_lines(self.working, value)));
        }
        let tight = (first..self.number).find(|&number| {
            let line = self.working.line(number);
            line.get(shape(line).body..).is_some_and(|text| tight_colon(text).is_some())
        });
        if let Some(tight) = tight {
            return tight_colons(self.working, tight..self.number);
        }
        let opening = shape(self.working.line(first));
        if opening.key.is_none() && opening.dash.is_none() {
            return Some(self.left_out(first..self.number, "there is no colon after a name"));
        }
        let here = shape(self.line());
        if is_name(here.key_text(self.line())) {
            let column = opening.body;
            return Some(
                too_far(self.start()..self.start() + here.indent)
                    .edit(self.number, indented(self.line(), column)),
            );
        }
        let whole = begun..self.end_of_text(opening.body);
        Some(second_colon(self.byte).edits(quoted_lines(self.working, whole)))
    }

    /// The end of a text that goes on in the lines below which are indented more.
    fn end_of_text(&self, indent: usize) -> usize {
        let last = (self.number + 1..self.working.len())
            .take_while(|&number| shape(self.working.line(number)).indent > indent)
            .filter(|&number| !self.working.line(number).trim().is_empty())
            .last();
        match last {
            Some(last) => self.working.start(last) + self.working.line(last).trim_end().len(),
            None => self.value().end,
        }
    }

    /// A line that is neither `name: value` nor `- item`.
    fn not_a_field(&self) -> Option<Finding> {
        if !matches!(
            self.kind,
            ErrorKind::SimpleKeyExpected
                | ErrorKind::MappingValueNotAllowed
                | ErrorKind::InvalidSimpleKey
        ) {
            return None;
        }
        let line = self.line();
        let shape = shape(line);
        if bullet(line).is_some() {
            return self.run_of_bullets();
        }
        if let Some(tight) = tight_colons(self.working, self.number..self.number + 1) {
            return Some(tight);
        }
        if shape.key.is_some() || shape.dash.is_some() {
            return None;
        }
        self.wrapped_text()
    }

    /// Text that goes on in a line which is not indented more than its field.
    fn wrapped_text(&self) -> Option<Finding> {
        let above = self.working.line(self.above(self.number)?);
        let field = shape(above);
        let value = field.value_text(above);
        let here = shape(self.line());
        if field.key.is_none() && field.dash.is_none()
            || value.is_empty()
            || here.indent > field.body
        {
            return None;
        }
        // Nobody breaks a short line: there a colon was forgotten.
        let block = value.starts_with(['|', '>']);
        if value.starts_with(['"', '\'', '[', '{', '&', '*', '!']) || above.len() < SHORT && !block
        {
            return None;
        }
        let column = field.body + 2;
        let run = (self.number..self.working.len()).take_while(|&number| {
            let line = self.working.line(number);
            let shape = shape(line);
            !line.trim().is_empty() && shape.key.is_none() && shape.dash.is_none()
        });
        let edits: Vec<_> =
            run.map(|number| (number, indented(self.working.line(number), column))).collect();
        let at = self.start() + here.indent;
        Some(
            Finding::new(
                &syntax::YAML_INDENTATION,
                at..self.working.range_of(self.number).end,
                "this line is neither `name: value` nor `- item`",
                "if it goes on from the line above, indent it by two spaces",
            )
            .edits(edits),
        )
    }

    fn run_of_bullets(&self) -> Option<Finding> {
        let sign = bullet(self.line())?;
        let run = (self.number..self.working.len())
            .take_while(|&number| bullet(self.working.line(number)) == Some(sign));
        bullets(self.working, self.number..run.last()? + 1)
    }

    /// Fields that begin further right than the ones after them: the first line sets the margin.
    fn first_line_indented(&self) -> Option<Finding> {
        let ErrorKind::ExpectedDocumentStart = self.kind else { return None };
        let first =
            (0..self.number).find(|&number| shape(self.working.line(number)).key.is_some())?;
        let margin = shape(self.working.line(first)).indent;
        if margin == 0 {
            return None;
        }
        let edits = (first..self.number).map(|number| {
            let line = self.working.line(number);
            (number, indented(line, shape(line).indent.saturating_sub(margin)))
        });
        let at = self.working.start(first);
        Some(too_far(at..at + margin).edits(edits.collect()))
    }

    /// A field, an item or text that lines up with nothing above it.
    fn misaligned(&self) -> Option<Finding> {
        if !matches!(
            self.kind,
            ErrorKind::ExpectedBlockMappingKey
                | ErrorKind::ExpectedBlockSequenceEntry
                | ErrorKind::InvalidIndentation
                | ErrorKind::BlockSequenceEntryNotAllowed
        ) {
            return None;
        }
        let here = shape(self.line());
        if here.dash.is_none() && here.key.is_none() && !self.in_block_text() {
            return None;
        }
        let columns = self.columns_above(here.dash.is_some())?;
        let column = *columns
            .iter()
            .min_by_key(|&&column| (column.abs_diff(here.indent), usize::MAX - column))?;
        let run = (self.number + 1..self.working.len()).take_while(|&number| {
            let line = self.working.line(number);
            let shape = shape(line);
            let same = shape.indent > 0 || here.dash.is_some() && shape.dash.is_some();
            !line.trim().is_empty()
                && shape.indent >= here.indent
                && !columns.contains(&shape.indent)
                && same
        });
        let edits: Vec<_> = std::iter::once(self.number)
            .chain(run)
            .map(|number| {
                let line = self.working.line(number);
                (number, indented(line, (shape(line).indent + column).saturating_sub(here.indent)))
            })
            .collect();
        Some(
            Finding::new(
                &syntax::YAML_INDENTATION,
                self.start()..self.working.range_of(self.number).end,
                "this line does not line up with the lines above",
                "fields that belong together begin in the same column, and so do the dashes of a list",
            )
            .edits(edits),
        )
    }

    fn in_block_text(&self) -> bool {
        matches!(self.last_scalar(), Some((ScalarStyle::Literal | ScalarStyle::Folded, _)))
    }

    /// Columns at which a line of this sort could stand: those of the fields, or of the dashes, above it.
    fn columns_above(&self, dashes: bool) -> Option<Vec<usize>> {
        let mut columns = Vec::new();
        let mut margin = usize::MAX;
        let mut number = self.number;
        if self.in_block_text() && !dashes {
            let line = self.working.line(self.above(number)?);
            return Some(vec![shape(line).indent]);
        }
        while let Some(above) = self.above(number) {
            number = above;
            let line = self.working.line(above);
            let shape = shape(line);
            if shape.indent >= margin || shape.key.is_none() && shape.dash.is_none() {
                continue;
            }
            margin = shape.indent;
            if dashes {
                columns.extend(shape.dash);
            } else if shape.key.is_some() {
                columns.push(shape.body);
            }
        }
        (!columns.is_empty()).then_some(columns)
    }

    /// The last thing to try: a value that begins with a sign.
    fn any_mark(&self) -> Option<Finding> {
        let value = self.value();
        let text = self.working.text().get(value.clone())?;
        if let ErrorKind::DirectiveDisallowed = self.kind {
            return None;
        }
        let marked = text.starts_with([
            '@', '*', '%', '&', '!', '|', '>', '`', '[', '{', ']', '}', ',', '?', '#', '-', ':',
        ]);
        let single = matches!(text, "|" | ">" | "[" | "{" | "-");
        (marked && !single)
            .then(|| starts_with_mark(self.working, value.start, value.clone(), false))
    }

    /// What nothing explains: the line is left out, with the lines that belong to it.
    fn unreadable(&self) -> Finding {
        let shape = shape(self.line());
        let belongs = (self.number + 1..self.working.len()).take_while(|&number| {
            let line = self.working.line(number);
            let next = super::line::shape(line);
            line.trim().is_empty()
                || next.indent > shape.indent
                || next.indent == shape.indent && next.dash.is_some() && shape.dash.is_some()
        });
        let last = belongs
            .filter(|&number| !self.working.line(number).trim().is_empty())
            .last()
            .unwrap_or(self.number);
        let why = match self.kind {
            ErrorKind::ExpectedBlockMappingKey if shape.dash.is_some() => {
                "a list cannot follow a value or fields"
            }
            kind => in_words(kind),
        };
        self.left_out(self.number..last + 1, why)
    }

    fn left_out(&self, numbers: Range<usize>, why: &str) -> Finding {
        let line = self.working.line(numbers.start);
        let start = self.working.start(numbers.start);
        let mut finding = Finding::new(
            &syntax::YAML_SYNTAX,
            start + shape(line).indent..start + line.trim_end().len(),
            &format!("this cannot be read: {why}"),
            "a line is `name: value`, or `- item` in a list; put text with signs in it in double quotes",
        )
        .edits(numbers.map(|number| (number, String::new())).collect());
        finding.leaves_out = true;
        finding
    }
}

fn second_colon(at: usize) -> Finding {
    Finding::new(
        &syntax::YAML_SECOND_COLON,
        at..at + 1,
        "a second colon with a space after it cannot stand in a value without quotes",
        QUOTE_IT,
    )
}

fn too_far(at: Range<usize>) -> Finding {
    Finding::new(
        &syntax::YAML_INDENTATION,
        at,
        "this line is indented too far",
        "fields that belong together begin in the same column",
    )
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

/// The parser's reason for people who have never heard of YAML.
fn in_words(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            "there is no colon after a name"
        }
        ErrorKind::ExpectedBlockMappingKey => "a name and a colon are expected here",
        ErrorKind::ExpectedBlockSequenceEntry => "a dash is expected here",
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            "a colon is not expected here"
        }
        ErrorKind::DirectiveDisallowed => "a line cannot begin with `%`",
        ErrorKind::ExpectedDocumentStart => "it stands outside the fields above",
        ErrorKind::ExpectedFlowMappingSeparator => "a comma or `}` is expected here",
        ErrorKind::ExpectedFlowSequenceSeparator => "a comma or `]` is expected here",
        ErrorKind::InvalidIndentation => "it does not line up with the lines above",
        _ => "its signs have a meaning of their own here",
    }
}
