//! What `build` and `check` have in common: which site, at which time, and how problems are shown.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::check::{Checked, Options, check};
use crate::cli::Failure;
use crate::cli::report::Format;
use crate::load::{Loaded, load};
use crate::theme::Theme;

/// Arguments of every command that reads a site.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct SiteArguments {
    /// The site's folder, or one inside it [default: the current folder].
    site: Option<PathBuf>,
    /// Take drafts for groups like any other.
    #[arg(long)]
    drafts: bool,
    /// The time to go by, as `2026-11-23T12:00:00Z` [default: `SOURCE_DATE_EPOCH`, else the clock].
    #[arg(long, value_name = "TIME", value_parser = instant)]
    now: Option<Timestamp>,
    /// Fail on warnings too, except those that depend on the day.
    #[arg(long)]
    pub(super) strict: bool,
    /// How problems are shown.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Print errors only.
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print how long each stage takes.
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// A site that was read and checked, with its theme.
pub(super) struct Read {
    pub(super) root: PathBuf,
    pub(super) checked: Checked,
    /// None when the theme itself is broken, which is among the diagnostics.
    pub(super) theme: Option<Theme>,
}

impl SiteArguments {
    /// The folder of `site.yaml`, found upward.
    pub(super) fn root(&self) -> Result<PathBuf, Failure> {
        let start = match &self.site {
            Some(folder) => folder.clone(),
            None => current_folder()?,
        };
        find_site(&start)
    }

    /// Reads and checks the site; `base_url` stands in for the one in `site.yaml`.
    pub(super) fn read(&self, base_url: Option<&str>) -> Result<Read, Failure> {
        let root = self.root()?;
        let base_url = base_url.map(crate::check::base_url).transpose().map_err(Failure::Usage)?;
        let loaded = load(&root)?;
        let options = Options { now: now(self.now)?, drafts: self.drafts, base_url };
        let mut checked = check(&loaded, &options);
        let theme = theme(&loaded, &mut checked);
        Ok(Read { root, checked, theme })
    }
}

fn theme(loaded: &Loaded, checked: &mut Checked) -> Option<Theme> {
    match Theme::new(&loaded.theme, &checked.site.settings) {
        Ok(theme) => Some(theme),
        Err(problems) => {
            checked.diagnostics.extend(problems);
            None
        }
    }
}

/// An RFC 3339 instant.
pub(super) fn instant(text: &str) -> Result<Timestamp, String> {
    let help = "write a day, a time and its zone, such as `2026-11-23T12:00:00Z`";
    text.parse().ok().ok_or_else(|| help.to_owned())
}

/// The nearest folder from `start` upward that holds `site.yaml`.
pub(super) fn find_site(start: &Path) -> Result<PathBuf, Failure> {
    let full = start
        .canonicalize()
        .ok()
        .ok_or_else(|| Failure::Usage(format!("there is no folder `{}`", start.display())))?;
    let found = full.ancestors().find(|folder| folder.join("site.yaml").is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        let other = ["site.yml", "Site.yaml", "site.yaml.txt"]
            .iter()
            .find(|name| full.join(name).is_file());
        if let Some(other) = other {
            return Failure::Usage(format!(
                "rename `{other}` in {} to `site.yaml`",
                start.display()
            ));
        }
        Failure::Usage(format!(
            "there is no `site.yaml` in {} or above it; `roundtable init my-site` makes a new site",
            start.display()
        ))
    })
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks where the user is")]
pub(super) fn current_folder() -> Result<PathBuf, Failure> {
    Ok(std::env::current_dir()?)
}

/// The one reading of the clock: the argument, else `SOURCE_DATE_EPOCH` in seconds, else the system's.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(super) fn now(argument: Option<Timestamp>) -> Result<Timestamp, Failure> {
    if let Some(now) = argument {
        return Ok(now);
    }
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(Timestamp::now()) };
    let seconds = epoch.to_str().and_then(|text| text.parse().ok());
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
        Failure::Usage(format!(
            "SOURCE_DATE_EPOCH is no number of seconds: `{}`",
            epoch.to_string_lossy()
        ))
    })
}
