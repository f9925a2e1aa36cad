//! 2. Documents into a [`Site`], and every problem on the way. The only maker of `model` types; pure.
//!
//! 1. `settings` reads `site.yaml`; `atlas` names every page, also of faulty files.
//! 2. `documents` reads venues, then all others in parallel: `group` (with `meetings`), `pages`; `fields` and `values`
//!    read what was typed, `subject` turns prose into HTML and remembers its links, `privacy` looks for what says too
//!    much, `freshness` for what has grown old.
//! 3. `references` judges every link, now that all pages are known; `images` looks at pictures and static files.
//! 4. Levels are set; `assembly` makes the site of the documents without errors.
//!
//! For a site that is checked at every save, `memory` keeps what has not changed, and the last good form of what is broken.

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
mod memory;
mod pages;
mod privacy;
mod references;
pub(crate) mod sentences;
mod settings;
mod subject;
mod values;
mod venue;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use freshness::Stale;
pub use judge::{Fault, judge};
pub use memory::Memory;

use crate::check::atlas::Atlas;
use crate::check::documents::{Outcome, Reader};
use crate::check::fields::Findings;
use crate::check::images::no_text;
use crate::check::memory::Surroundings;
use crate::check::settings::{Levels, Network};
use crate::diagnostic::{Diagnostic, Level};
use crate::load::yaml::Node;
use crate::load::{Document, Loaded};
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
    /// All documents without errors, and the last good form of those with some, where that is remembered.
    pub site: Site,
    /// The day that "today" was, in the site's zone.
    pub today: Date,
    /// Listings that nobody has confirmed for longer than the site allows, the oldest first; also those of files with
    /// errors.
    pub stale: Vec<Stale>,
    /// Every problem, at the level that the site gives it; unordered.
    pub diagnostics: Vec<Diagnostic>,
    /// Which file stands behind which page.
    pub origins: Origins,
}

/// Which file stands behind which page.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    atlas: Atlas,
    /// What is not shown as its files are now, by address.
    not_now: BTreeMap<String, NotNow>,
    settings_are_kept: bool,
}

/// A page that is not shown as its files are now, because they have errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotNow {
    /// Its own file, then those of venues that it names.
    pub files: Vec<String>,
    /// Whether its last good form is shown; else there is none, and nothing.
    pub is_kept: bool,
}

impl Origins {
    /// The file of the page at an address such as `/groups/tuesday/`.
    pub fn file_at(&self, url: &str) -> Option<&str> {
        let own = self.not_now(url).and_then(|page| page.files.first());
        own.map(String::as_str).or_else(|| self.atlas.file_at(url))
    }

    /// Whether the settings are those of an earlier `site.yaml`.
    pub fn settings_are_kept(&self) -> bool {
        self.settings_are_kept
    }

    /// Why the page at an address is not shown as its files are now.
    pub fn not_now(&self, url: &str) -> Option<&NotNow> {
        self.not_now.get(url)
    }
}

/// Checks a folder that was read.
pub fn check(loaded: &Loaded, options: &Options) -> Checked {
    check_again(loaded, options, &mut Memory::default())
}

/// Checks a folder of which `memory` knows how it was before; reads only what has changed.
pub fn check_again(loaded: &Loaded, options: &Options, memory: &mut Memory) -> Checked {
    let mut written = Written::read(loaded, options, memory);
    let atlas = Atlas::draw(&loaded.documents, options.drafts, &memory.atlas);
    let today = written.today;
    memory.enter(Surroundings::new(loaded, written.document.as_deref(), options, today));
    let (outcomes, venues) = {
        let reader = Reader::new(loaded, &written.network, &atlas, memory, today);
        (reader.all(), reader.into_venues())
    };
    let diagnostics = written.judge(loaded, &atlas, &outcomes);
    let network = &mut written.network;
    let broken = documents::broken_files(&diagnostics, &network.levels);
    memory.keep(&atlas, venues, &outcomes, &broken);
    let mut shown = memory.shown(&broken);
    let missing: BTreeSet<String> = shown
        .not_now
        .iter()
        .filter(|(_, page)| !page.is_kept)
        .map(|(address, _)| address.clone())
        .collect();
    if !missing.is_empty() {
        // Links to pages that will not be there become text. What is wrong with the others was told above.
        network.settings.navigation.retain(|link| !missing.contains(&link.url));
        let reader = Reader::new(loaded, network, &atlas, memory, today);
        reader.without_dead_ends(missing, &outcomes, &mut shown.documents);
    }
    let stale = freshness::stale(loaded, &outcomes, network.levels.stale_after, today);
    let forms = shown.documents.iter().flatten().chain(&shown.unreadable);
    let site = assembly::assemble(loaded, network.settings.clone(), forms, &broken);
    let diagnostics = at_levels(diagnostics, &network.levels);
    let settings_are_kept = !written.is_current;
    let origins = Origins { atlas, not_now: shown.not_now, settings_are_kept };
    Checked { site, today, stale, diagnostics, origins }
}

/// The network's file.
const SETTINGS: &str = "site.yaml";

/// `site.yaml`; where it has errors and an earlier form had none, that one.
struct Written {
    network: Network,
    document: Option<Arc<Document>>,
    /// Whether this is the file as it stands there now.
    is_current: bool,
    /// What is wrong with the file as it stands there now.
    findings: Findings,
    today: Date,
}

impl Written {
    fn read(loaded: &Loaded, options: &Options, memory: &mut Memory) -> Written {
        let mut document = loaded.settings.clone();
        let (mut network, findings) = read_settings(document.as_deref());
        let is_error = |problem: &Diagnostic| {
            problem.source.path == SETTINGS && network.levels.of(problem.rule) == Some(Level::Error)
        };
        let is_sound = document.is_some()
            && !findings.any(is_error)
            && !loaded.diagnostics.iter().any(is_error);
        if is_sound {
            memory.settings.clone_from(&document);
        } else if let Some(good) = &memory.settings {
            document = Some(good.clone());
            (network, _) = read_settings(Some(good));
        }
        let settings = &mut network.settings;
        settings.base_url = options.base_url.clone().or(settings.base_url.take());
        let zone = settings.timezone.clone().unwrap_or(TimeZone::UTC);
        let today = zone.to_datetime(options.now).date();
        let is_current = is_sound || memory.settings.is_none();
        let help = loaded.settings.as_ref().and_then(|document| document.fields.get("help"));
        if let Some(help) = help {
            freshness::check_help(help, today, &findings);
        }
        Written { network, document, is_current, findings, today }
    }

    /// Everything that is wrong; and what of the settings can be known only now that all pages are.
    fn judge(
        &mut self,
        loaded: &Loaded,
        atlas: &Atlas,
        outcomes: &[Arc<Outcome>],
    ) -> Vec<Diagnostic> {
        let network = &mut self.network;
        let has_base_url = network.settings.base_url.is_some();
        let destinations = references::destinations(loaded, atlas, outcomes, has_base_url);
        let findings = Findings::new(&self.findings.source);
        references::settle_logo(network, loaded, &findings);
        references::settle_navigation(network, outcomes, &destinations, &findings);
        let mut diagnostics = loaded.diagnostics.clone();
        diagnostics.extend(self.findings.take());
        if self.is_current {
            diagnostics.extend(findings.take());
        }
        diagnostics.extend(references::judge_links(loaded, &destinations, outcomes));
        diagnostics.extend(atlas.all_diagnostics().cloned());
        images::check(loaded, &mut diagnostics);
        let generated = references::generated_pages(outcomes);
        let is_page = |url: &str| generated.contains(url) || atlas.addresses().contains_key(url);
        let published = outcomes.iter().flat_map(|outcome| &outcome.files);
        images::collisions(loaded, &is_page, published, &mut diagnostics);
        diagnostics.extend(outcomes.iter().flat_map(|outcome| &outcome.diagnostics).cloned());
        diagnostics
    }
}

fn read_settings(document: Option<&Document>) -> (Network, Findings) {
    match document {
        Some(document) => {
            let findings = Findings::of(document);
            (settings::read(&document.fields, &findings), findings)
        }
        None => {
            let nothing = Node::empty(Span::default());
            let findings = Findings::new(&no_text(SETTINGS));
            (settings::read(&nothing, &findings), findings)
        }
    }
}

fn at_levels(diagnostics: Vec<Diagnostic>, levels: &Levels) -> Vec<Diagnostic> {
    let level =
        |problem: Diagnostic| Some(Diagnostic { level: levels.of(problem.rule)?, ..problem });
    diagnostics.into_iter().filter_map(level).collect()
}
