//! Why the parser stopped, in the words of the person who typed the line, and the line as it should be.
//!
//! Looks at the line where the parser stopped and at the events before it, from the most telling sign to the least.
//! What no sign explains is left out of the copy, together with the lines that belong to it, and said to be unreadable.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, ScalarStyle, ScanError, StructureStyle};

use super::line::{indented, is_invisible, is_space, quoted_lines, shape};
use super::silent::{bullet, invisible_character, starts_with_mark};
use super::tree::Read;
use super::working::Working;
use super::{Finding, MOST_TRIES, quotes};
use crate::diagnostic::rules::syntax;

pub(super) const QUOTE_IT: &str = "put the whole value in double quotes";

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
    pub(super) fn above(&self, number: usize) -> Option<usize> {
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

    pub(super) fn last_scalar(&self) -> Option<(ScalarStyle, Range<usize>)> {
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
            1 => "this line is indented with a tab, and so is another".to_owned(),
            more => format!("this line is indented with a tab, and so are {more} others"),
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

    pub(super) fn left_out(&self, numbers: Range<usize>, why: &str) -> Finding {
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

pub(super) fn second_colon(at: usize) -> Finding {
    Finding::new(
        &syntax::YAML_SECOND_COLON,
        at..at + 1,
        "a second colon with a space after it cannot stand in a value without quotes",
        QUOTE_IT,
    )
}
