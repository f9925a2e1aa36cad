//! Prints what a run found, and says how it ended.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::site::{SiteArguments, current_folder};
use crate::cli::{End, Failure};
use crate::diagnostic::{Diagnostic, Level, Nature, Report, draw};

/// How problems are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people, on standard error.
    Human,
    /// One array of objects, on standard output.
    Json,
    /// Annotations for GitHub's pull requests, on standard output.
    Github,
}

/// Prints the problems of the site in `root` and gives how the run ended.
pub(super) fn print(
    diagnostics: Vec<Diagnostic>,
    root: &Path,
    arguments: &SiteArguments,
) -> Result<End, Failure> {
    let strict = arguments.strict;
    let fails = |problem: &Diagnostic| match problem.level {
        Level::Error => true,
        Level::Warning => strict && problem.rule.nature != Nature::Clock,
        Level::Hint => false,
    };
    let end = if diagnostics.iter().any(fails) { End::Problems } else { End::Clean };
    let shown =
        diagnostics.into_iter().filter(|problem| !arguments.quiet || fails(problem)).collect();
    let report = Report::new(shown);
    match arguments.format {
        Format::Human => {
            let drawn = draw::human(&report, std::io::stderr().is_terminal());
            write!(anstream::stderr(), "{drawn}")?;
        }
        Format::Json => write!(anstream::stdout(), "{}", draw::json(&report))?,
        Format::Github => {
            let drawn = draw::github(&report, &folder_in_repository(root)?);
            write!(anstream::stdout(), "{drawn}")?;
        }
    }
    Ok(end)
}

/// The site's path from the root of the repository that a workflow checked out, else from the current folder.
fn folder_in_repository(root: &Path) -> Result<String, Failure> {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let base = match workspace {
        Some(folder) => folder,
        None => current_folder()?,
    };
    let inside = base
        .canonicalize()
        .ok()
        .and_then(|base| root.strip_prefix(base).ok().map(Path::to_path_buf));
    let parts = inside.iter().flat_map(|path| path.iter());
    let parts: Vec<_> = parts.map(|part| part.to_string_lossy() + "/").collect();
    Ok(parts.concat())
}

/// "3 errors, 1 warning and 2 hints".
pub(super) fn count(diagnostics: &[Diagnostic]) -> String {
    let number = |level| diagnostics.iter().filter(|problem| problem.level == level).count();
    let counts =
        [Level::Error, Level::Warning, Level::Hint].map(|level| (number(level), level.name()));
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, name)| format!("{number} {name}{}", if number == 1 { "" } else { "s" }))
        .collect();
    match parts.as_slice() {
        [] => "no problems".to_owned(),
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        [one, ..] => one.clone(),
    }
}

/// A line for people, beside what was asked for.
pub(super) fn note(arguments: &SiteArguments, line: &str) -> Result<(), Failure> {
    if !arguments.quiet {
        writeln!(anstream::stderr(), "{line}")?;
    }
    Ok(())
}
