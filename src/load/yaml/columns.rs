//! Lines that begin in the wrong column, and lines that are no field and no item of a list.

use std::ops::Range;

use granit_parser::{ErrorKind, ScalarStyle};

use super::Finding;
use super::broken::{Stop, second_colon};
use super::line::{between_curly, indented, is_name, quoted_lines, shape, tight_colon};
use super::silent::{bullet, bullets, tight_colons};
use crate::diagnostic::rules::syntax;

/// Bytes of a line that nobody would break.
const SHORT: usize = 30;

impl Stop<'_> {
    /// `purpose: One aim: leave`, a field that is indented too far, or fields that lack a space after the colon.
    pub(super) fn colon(&self) -> Option<Finding> {
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
    pub(super) fn end_of_text(&self, indent: usize) -> usize {
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
    pub(super) fn not_a_field(&self) -> Option<Finding> {
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

    pub(super) fn run_of_bullets(&self) -> Option<Finding> {
        let sign = bullet(self.line())?;
        let run = (self.number..self.working.len())
            .take_while(|&number| bullet(self.working.line(number)) == Some(sign));
        bullets(self.working, self.number..run.last()? + 1)
    }

    /// Fields that begin further right than the ones after them: the first line sets the margin.
    pub(super) fn first_line_indented(&self) -> Option<Finding> {
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
    pub(super) fn misaligned(&self) -> Option<Finding> {
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
}

fn too_far(at: Range<usize>) -> Finding {
    Finding::new(
        &syntax::YAML_INDENTATION,
        at,
        "this line is indented too far",
        "fields that belong together begin in the same column",
    )
}
