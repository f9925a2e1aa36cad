//! 2. Documents into a [`Site`], and every problem on the way. The only maker of `model` types; pure.
//!
//! 1. `settings` reads `site.yaml`; `atlas` names every page, also of faulty files.
//! 2. `documents` reads venues, then all others in parallel: `group` (with `meetings`), `pages`; `fields` and `values`
//!    read what was typed, `subject` turns prose into HTML and remembers its links, `privacy` looks for what says too
//!    much, `freshness` for what has grown old.
//! 3. `references` judges every link, now that all pages are known; `images` looks at pictures and static files.
//! 4. Levels are set; `assembly` makes the site of the documents without errors.

mod assembly;
mod atlas;
mod dates;
mod documents;
mod fields;
mod freshness;
mod group;
mod images;
mod judge;
pub(crate) mod links;
mod meetings;
mod pages;
mod privacy;
mod references;
pub(crate) mod sentences;
mod settings;
mod subject;
mod values;
mod venue;
mod vocabulary;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use freshness::Stale;
pub use judge::{Fault, judge};

use crate::check::atlas::Atlas;
use crate::check::fields::Findings;
use crate::check::images::no_text;
use crate::check::settings::{Levels, Network};
use crate::diagnostic::Diagnostic;
use crate::load::Loaded;
use crate::load::yaml::Node;
use crate::model::Site;
use crate::model::address::BaseUrl;
use crate::source::Span;

/// What a check depends on besides the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The clock, read once by the caller.
    pub now: Timestamp,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Stands in for the `base_url` of `site.yaml`.
    pub base_url: Option<BaseUrl>,
}

/// The site's own address as it may be given; else what is wrong with it, in plain words.
pub fn base_url(typed: &str) -> Result<BaseUrl, String> {
    values::base_url(typed).map_err(|wrong| format!("{}; {}", wrong.message, wrong.help))
}

/// A time zone as it may be given; else what is wrong with it, in plain words.
pub fn time_zone(typed: &str) -> Result<TimeZone, String> {
    values::time_zone(typed).map_err(|wrong| format!("{}; {}", wrong.message, wrong.help))
}

/// A date as it may be given; else what is wrong with it, in plain words.
pub fn date(typed: &str) -> Result<Date, String> {
    values::date(typed).map_err(|wrong| format!("{}; {}", wrong.message, wrong.help))
}

/// What a check gives.
#[derive(Debug)]
pub struct Checked {
    /// All documents without errors.
    pub site: Site,
    /// The day that "today" was, in the site's zone.
    pub today: Date,
    /// Listings that nobody has confirmed for longer than the site allows, the oldest first; also those of files with
    /// errors.
    pub stale: Vec<Stale>,
    /// Every problem, at the level that the site gives it; unordered.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a folder that was read.
pub fn check(loaded: &Loaded, options: &Options) -> Checked {
    let (mut network, site_findings) = read_settings(loaded);
    network.settings.base_url = options.base_url.clone().or(network.settings.base_url);
    let zone = network.settings.timezone.clone().unwrap_or(TimeZone::UTC);
    let today = zone.to_datetime(options.now).date();
    if let Some(help) = loaded.settings.as_ref().and_then(|document| document.fields.get("help")) {
        freshness::check_help(help, today, &site_findings);
    }
    let findings: Vec<Findings> = loaded.documents.iter().map(Findings::of).collect();
    let mut atlas = Atlas::draw(&loaded.documents, &findings, options.drafts);
    let mut outcomes = documents::read(loaded, &network, &atlas, findings, today);
    let has_base_url = network.settings.base_url.is_some();
    let destinations = references::destinations(loaded, &atlas, &outcomes, has_base_url);
    references::settle_logo(&mut network, loaded, &site_findings);
    references::settle_navigation(&mut network, &outcomes, &destinations, &site_findings);
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(references::judge_links(loaded, &destinations, &outcomes));
    diagnostics.extend(site_findings.into_list());
    images::check(loaded, &mut diagnostics);
    let mut pages = references::generated_pages(&outcomes);
    pages.extend(atlas.addresses.keys().cloned());
    let published = outcomes.iter().flat_map(|outcome| &outcome.files);
    images::collisions(loaded, &pages, published, &mut diagnostics);
    for outcome in &mut outcomes {
        diagnostics.append(&mut outcome.diagnostics);
    }
    let broken = documents::broken_files(&diagnostics, &network.levels);
    let left_out = documents::left_out(loaded, &outcomes, &broken);
    if !left_out.is_empty() {
        // Links to pages that will not be there become text. What is wrong with the others was told above.
        atlas.leave_out(&left_out);
        let findings = loaded.documents.iter().map(Findings::of).collect();
        outcomes = documents::read(loaded, &network, &atlas, findings, today);
        network.settings.navigation.retain(|link| !atlas.left_out.contains(&link.url));
    }
    let stale = freshness::stale(loaded, &outcomes, network.levels.stale_after, today);
    let site = assembly::assemble(loaded, network.settings, &mut outcomes, &broken);
    Checked { site, today, stale, diagnostics: at_levels(diagnostics, &network.levels) }
}

fn read_settings(loaded: &Loaded) -> (Network, Findings) {
    match &loaded.settings {
        Some(document) => {
            let findings = Findings::of(document);
            (settings::read(&document.fields, &findings), findings)
        }
        None => {
            let nothing = Node::empty(Span::default());
            let findings = Findings::new(&no_text("site.yaml"));
            (settings::read(&nothing, &findings), findings)
        }
    }
}

fn at_levels(diagnostics: Vec<Diagnostic>, levels: &Levels) -> Vec<Diagnostic> {
    let level =
        |problem: Diagnostic| Some(Diagnostic { level: levels.of(problem.rule)?, ..problem });
    diagnostics.into_iter().filter_map(level).collect()
}
