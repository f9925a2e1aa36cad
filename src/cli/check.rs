//! `roundtable check`.

use crate::cli::report::{self, count};
use crate::cli::site::SiteArguments;
use crate::cli::{End, Failure};

/// Look at everything and write nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    arguments: SiteArguments,
}

impl Check {
    pub(super) fn run(&self) -> Result<End, Failure> {
        let read = self.arguments.read(None)?;
        let summary = count(&read.checked.diagnostics);
        let end = report::print(read.checked.diagnostics, &read.root, &self.arguments)?;
        report::note(&self.arguments, &summary)?;
        Ok(end)
    }
}
