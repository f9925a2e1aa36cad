//! `roundtable list`.

mod meetings;
mod stale;
mod table;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use crate::check::{Checked, Options, check};
use crate::cli::report::count;
use crate::cli::site::{current_folder, find_site, instant, now};
use crate::cli::{End, Failure};
use crate::diagnostic::{Level, Report, draw};
use crate::load::load;

/// List coming meetings, or the listings that nobody has confirmed for long.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// The site's folder, or one inside it [default: the current folder].
    site: Option<PathBuf>,
    /// Meetings that begin within so many times 24 hours.
    #[arg(long, value_name = "DAYS", default_value_t = 14, value_parser = clap::value_parser!(u32).range(..=3660))]
    upcoming: u32,
    /// Listings that the rule `stale-listing` names, the oldest first.
    #[arg(long, conflicts_with = "upcoming")]
    stale: bool,
    /// The time to go by, as `2026-11-23T12:00:00Z` [default: `SOURCE_DATE_EPOCH`, else the clock].
    #[arg(long, value_name = "TIME", value_parser = instant)]
    now: Option<Timestamp>,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// For spreadsheets (RFC 4180).
    Csv,
    /// One array of objects.
    Json,
}

impl List {
    pub(super) fn run(&self) -> Result<End, Failure> {
        let start = match &self.site {
            Some(folder) => folder.clone(),
            None => current_folder()?,
        };
        let root = find_site(&start)?;
        let now = now(self.now)?;
        let loaded = load(&root)?;
        let mut checked = check(&loaded, &Options { now, drafts: false, base_url: None });
        let end = print_errors(&mut checked)?;
        let written = if self.stale {
            let listings = stale::listings(&checked);
            match self.format {
                Format::Table => stale::table(&listings),
                Format::Csv => csv(&stale::COLUMNS, listings.iter().map(stale::cells)),
                Format::Json => json(&listings),
            }
        } else {
            let window = meetings::Window::from(now, self.upcoming);
            let rows = meetings::rows(&checked.site, window);
            match self.format {
                Format::Table => meetings::table(&rows, self.upcoming),
                Format::Csv => csv(&meetings::COLUMNS, rows.iter().map(meetings::cells)),
                Format::Json => json(&rows),
            }
        };
        anstream::stdout().write_all(written.as_bytes())?;
        Ok(end)
    }
}

/// What is wrong goes to standard error; the list is of all that is sound.
fn print_errors(checked: &mut Checked) -> Result<End, Failure> {
    let mut errors = std::mem::take(&mut checked.diagnostics);
    errors.retain(|problem| problem.level == Level::Error);
    if errors.is_empty() {
        return Ok(End::Clean);
    }
    let found = count(&errors);
    let drawn = draw::human(&Report::new(errors), std::io::stderr().is_terminal());
    writeln!(anstream::stderr(), "{drawn}{found}; what has errors is not in the list")?;
    Ok(End::Problems)
}

fn json(rows: &[impl Serialize]) -> String {
    let text = serde_json::to_string_pretty(rows).expect("strings and numbers are JSON");
    format!("{text}\n")
}

/// RFC 4180, with names in the first line.
fn csv<const N: usize>(columns: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut lines = columns.join(",") + "\r\n";
    for row in rows {
        lines += &(row.map(|text| cell(&text)).join(",") + "\r\n");
    }
    lines
}

/// A cell that a spreadsheet takes for text: one that begins like a formula gets a quote mark first
/// (OWASP, "CSV Injection").
fn cell(text: &str) -> String {
    let text = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_are_never_formulas() {
        for (text, written) in [
            ("Tuesday Circle", "Tuesday Circle"),
            ("", ""),
            ("Grief, and \"loss\"", "\"Grief, and \"\"loss\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1), or", "\"'@SUM(A1), or\""),
            ("+1 740", "'+1 740"),
            ("-", "'-"),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
