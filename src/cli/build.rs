//! `roundtable build`.

use std::path::PathBuf;
use std::time::Instant;

use crate::cli::report::{self, count};
use crate::cli::site::{Read, SiteArguments};
use crate::cli::{End, Failure};
use crate::diagnostic::Level;
use crate::publish::publish;
use crate::write::{Protected, Summary, WriteError, write};

/// Build the site.
#[derive(Debug, clap::Args)]
pub(super) struct Build {
    #[command(flatten)]
    arguments: SiteArguments,
    /// Where to write it [default: `public` in the site's folder].
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Where the site will stand, in place of `base_url` in site.yaml.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Leave out what has errors and build the rest; the exit code is still 1.
    #[arg(long)]
    keep_going: bool,
}

impl Build {
    pub(super) fn run(&self) -> Result<End, Failure> {
        let start = Instant::now();
        let Read { root, checked, theme } = self.arguments.read(self.base_url.as_deref())?;
        let read_at = start.elapsed();
        let mut diagnostics = checked.diagnostics;
        let has_errors = diagnostics.iter().any(|problem| problem.level == Level::Error);
        let theme = theme.filter(|_| self.keep_going || !has_errors);
        let publication =
            theme.and_then(|theme| match publish(checked.site, theme, checked.today) {
                Ok(publication) => Some(publication),
                Err(problem) => {
                    diagnostics.push(*problem);
                    None
                }
            });
        let found = count(&diagnostics);
        let end = report::print(diagnostics, &root, &self.arguments)?;
        // A strict run that fails has not built either: a warning in a pipeline must not be published.
        let Some(publication) =
            publication.filter(|_| self.keep_going || matches!(end, End::Clean))
        else {
            report::note(&self.arguments, &format!("{found}; nothing was written"))?;
            return Ok(End::Problems);
        };
        let rendered_at = start.elapsed();
        let out = self.out.clone().unwrap_or_else(|| root.join("public"));
        let home = std::env::var_os("HOME").map(PathBuf::from);
        let summary =
            write(&publication.output, &out, &Protected { site: root, home }).map_err(failure)?;
        if self.arguments.verbose {
            let stages = [
                read_at,
                rendered_at.saturating_sub(read_at),
                start.elapsed().saturating_sub(rendered_at),
            ];
            let [read, rendered, wrote] = stages.map(|time| time.as_secs_f64() * 1000.0);
            report::note(
                &self.arguments,
                &format!(
                    "read and checked in {read:.0} ms, rendered in {rendered:.0} ms, written in {wrote:.0} ms"
                ),
            )?;
        }
        if !publication.has_base_url {
            report::note(
                &self.arguments,
                "note: there is no sitemap and no link to subscribe to a calendar, because `base_url` is not set in site.yaml",
            )?;
        }
        report::note(&self.arguments, &in_words(publication.pages, summary, start))?;
        Ok(end)
    }
}

fn in_words(pages: usize, summary: Summary, start: Instant) -> String {
    let Summary { written, unchanged, removed } = summary;
    let seconds = start.elapsed().as_secs_f64();
    format!(
        "{pages} pages; files: {written} written, {unchanged} unchanged, {removed} removed; {seconds:.2} s"
    )
}

fn failure(error: WriteError) -> Failure {
    match error {
        WriteError::Refused(reason) => Failure::Usage(reason),
        WriteError::Image { .. } | WriteError::Disk(_) => {
            Failure::Machine(anyhow::anyhow!("{error}"))
        }
    }
}
