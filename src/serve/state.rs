//! A site as it was when its folder last changed, and what a browser gets at each address.
//!
//! Takes an address, gives what stands there: made when it is asked for, by the same plan that a build makes everything
//! of. Where a page cannot be made, it is made in the theme that last worked; where that cannot be, its problems are the
//! page. Never changes: a change of the folder makes another state.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;

use crate::check::Origins;
use crate::diagnostic::rules::theme::THEME_ERROR;
use crate::diagnostic::{Diagnostic, Report};
use crate::load::Loaded;
use crate::output::Content;
use crate::publish::{Item, Plan};
use crate::render::{Edition, Route};
use crate::serve::banner::Shown;
use crate::serve::http::content_type;
use crate::theme::Theme;

/// A site between two changes of its folder.
pub(super) struct State {
    /// None where no theme ever worked.
    plan: Option<Arc<Plan>>,
    /// A theme with which no page failed.
    good_theme: Option<Arc<Theme>>,
    /// The same site in that theme, for pages that fail in the present one.
    in_good_theme: OnceLock<Option<Plan>>,
    /// Whether a page could not be rendered in the theme; known to all states in it.
    theme_has_failed: Arc<AtomicBool>,
    report: Report,
    /// Whether all pages are shown in an earlier form: their settings, or their theme.
    all_is_kept: bool,
    origins: Origins,
    moment: Moment,
    versions: OnceLock<HashMap<PathBuf, u64>>,
    /// Fingerprints of the pages that were asked for, by address.
    seen: Mutex<HashMap<String, String>>,
}

/// What was read, and on which day in the site's zone.
type Moment = (Arc<Loaded>, TimeZone, Date);

/// What stands at an address.
pub(super) enum Found {
    /// An HTML page.
    Page(Box<Page>),
    /// Any other file, by its path in the output.
    File(String, Content),
    /// Nothing, but something stands at this address.
    Moved(String),
}

/// An HTML page as a build would write it.
pub(super) struct Page {
    pub(super) status: u16,
    /// Empty where there is nothing to show.
    pub(super) html: Vec<u8>,
    /// What it shows in spite of problems.
    pub(super) shown: Shown,
    pub(super) route: Option<Route>,
    /// The files that it is made from: its own first, then those of venues without which it cannot be shown as it is now.
    pub(super) files: Vec<String>,
    /// Why it could not be made in the theme as its files are now.
    pub(super) fault: Option<Diagnostic>,
}

/// A site in a theme.
pub(super) struct Dressed {
    pub(super) plan: Plan,
    /// Whether a page could not be rendered in the theme; known to all states in it.
    pub(super) theme_has_failed: Arc<AtomicBool>,
    /// Whether the theme's files, or `site.yaml`, are others by now, and have errors.
    pub(super) is_kept: bool,
}

impl State {
    pub(super) fn new(
        dressed: Option<Dressed>,
        good_theme: Option<Arc<Theme>>,
        report: Report,
        origins: Origins,
        moment: Moment,
    ) -> State {
        let theme_has_failed = dressed.as_ref().map(|dressed| dressed.theme_has_failed.clone());
        State {
            theme_has_failed: theme_has_failed.unwrap_or_default(),
            all_is_kept: dressed.as_ref().is_some_and(|dressed| dressed.is_kept),
            plan: dressed.map(|dressed| Arc::new(dressed.plan)),
            good_theme,
            in_good_theme: OnceLock::new(),
            report,
            origins,
            moment,
            versions: OnceLock::new(),
            seen: Mutex::default(),
        }
    }

    /// The state of a folder that never could be read.
    pub(super) fn nothing(problem: Diagnostic) -> State {
        let moment = (Arc::default(), TimeZone::UTC, Date::ZERO);
        State::new(None, None, Report::new(vec![problem]), Origins::default(), moment)
    }

    /// The same with one more problem, for which nothing can be shown as it is now.
    pub(super) fn with_problem(&self, problem: Diagnostic) -> State {
        let mut problems = self.report.diagnostics().to_vec();
        problems.push(problem);
        let (report, origins) = (Report::new(problems), self.origins.clone());
        let state = State::new(None, self.good_theme.clone(), report, origins, self.moment.clone());
        let theme_has_failed = self.theme_has_failed.clone();
        State { plan: self.plan.clone(), theme_has_failed, all_is_kept: true, ..state }
    }

    /// Whether its today is the day of an instant.
    pub(super) fn is_of(&self, now: Timestamp) -> bool {
        let (_, zone, today) = &self.moment;
        zone.to_datetime(now).date() == *today
    }

    pub(super) fn has_problem(&self, message: &str) -> bool {
        self.report.diagnostics().iter().any(|problem| problem.message == message)
    }

    /// Everything that was found.
    pub(super) fn report(&self) -> &Report {
        &self.report
    }

    /// What is published; none where no theme ever worked.
    pub(super) fn edition(&self) -> Option<&Edition> {
        self.plan.as_deref().map(Plan::edition)
    }

    /// The path that the site stands under, from `/` to `/`.
    pub(super) fn base(&self) -> &str {
        let settings = self.edition().map(|edition| &edition.site().settings);
        settings.and_then(|settings| settings.base_url.as_ref()).map_or("/", |url| url.path())
    }

    /// What stands at an address below the base, decoded and without its first `/`.
    pub(super) fn at(&self, address: &str) -> Found {
        let is_folder = address.is_empty() || address.ends_with('/');
        let path = if is_folder { format!("{address}index.html") } else { address.to_owned() };
        if let Some(item) = self.plan.as_ref().and_then(|plan| plan.find(&path)) {
            return self.make(&item);
        }
        let folder = format!("{address}/");
        if !is_folder && (self.page_stands_at(&folder) || self.is_broken_page(&folder)) {
            return Found::Moved(folder);
        }
        if self.is_broken_page(address) || self.plan.is_none() {
            return Found::Page(Box::new(self.problems_of(address)));
        }
        self.not_found()
    }

    /// The version of a file of the site that is published as it is.
    fn version(&self, file: &PathBuf) -> u64 {
        let versions = self.versions.get_or_init(|| {
            let loaded = &self.moment.0;
            let images = loaded.images.iter().map(|image| (image.file.clone(), image.version));
            let statics = loaded.statics.iter().map(|file| (file.file.clone(), file.version));
            images.chain(statics).collect()
        });
        versions.get(file).copied().unwrap_or(0)
    }

    /// The fingerprint of what an address shows, worked out once.
    pub(super) fn seen(&self, address: &str, work_out: impl FnOnce() -> String) -> String {
        let known = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned();
        known.unwrap_or_else(|| {
            let seen = work_out();
            let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            // Addresses are whatever somebody asks for; what is not remembered is worked out again.
            if all.len() < MOST_REMEMBERED {
                all.insert(address.to_owned(), seen.clone());
            }
            seen
        })
    }

    /// The fingerprint of the theme's scripts.
    pub(super) fn scripts(&self) -> String {
        let assets = self.edition().map_or(&[][..], |edition| edition.theme().assets());
        let scripts =
            assets.iter().filter(|asset| content_type(&asset.path).starts_with("text/javascript"));
        let hashes: Vec<u8> =
            scripts.flat_map(|asset| xxh3_64(&asset.bytes).to_le_bytes()).collect();
        format!("{:016x}", xxh3_64(&hashes))
    }

    /// The fingerprint of the pictures and other files that a page shows; the style sheets are told by their names.
    pub(super) fn pictures(&self, page: &Page) -> String {
        let shown = |plan: &Plan| -> Vec<u8> {
            let route = page.route.as_ref().map_or_else(String::new, Route::path);
            let files = plan.shown_files(&page.html, &route).into_iter();
            files.flat_map(|file| self.version(&file.path).to_le_bytes()).collect()
        };
        let versions = self.plan.as_deref().map(shown).unwrap_or_default();
        format!("{:016x}", xxh3_64(&versions))
    }

    fn page_stands_at(&self, address: &str) -> bool {
        let path = format!("{address}index.html");
        self.plan.as_ref().is_some_and(|plan| plan.find(&path).is_some())
    }

    /// Whether the page of an address is missing because its files have errors.
    fn is_broken_page(&self, address: &str) -> bool {
        self.origins.not_now(&format!("/{address}")).is_some_and(|page| !page.is_kept)
    }

    /// The files of the page at an address from the site's root.
    fn files_of(&self, url: &str) -> Vec<String> {
        match self.origins.not_now(url) {
            Some(page) => page.files.clone(),
            None => self.origins.file_at(url).map(str::to_owned).into_iter().collect(),
        }
    }

    fn make(&self, item: &Item) -> Found {
        let Some(plan) = &self.plan else { return self.not_found() };
        match plan.make(item) {
            Ok(content) if content_type(item.path()).starts_with("text/html") => match content {
                Content::Bytes(html) => Found::Page(Box::new(self.page(item, html))),
                other => Found::File(item.path().to_owned(), other),
            },
            Ok(content) => Found::File(item.path().to_owned(), content),
            Err(fault) => Found::Page(Box::new(self.in_good_theme(item, *fault))),
        }
    }

    fn page(&self, item: &Item, html: Vec<u8>) -> Page {
        if html.trim_ascii().is_empty() {
            // A template that is being saved is empty for a moment: no theme to come back to.
            self.theme_has_failed.store(true, Ordering::Relaxed);
        }
        let route = item.route().cloned();
        let url = route.as_ref().map_or("", Route::url);
        let is_kept =
            self.all_is_kept || self.origins.not_now(url).is_some_and(|page| page.is_kept);
        let shown = if is_kept { Shown::Before } else { Shown::Now };
        let status = if item.path() == NOT_FOUND { 404 } else { 200 };
        let files = self.files_of(url);
        Page { status, html, shown, route, files, fault: None }
    }

    /// A page that fails in the present theme.
    fn in_good_theme(&self, item: &Item, fault: Diagnostic) -> Page {
        self.theme_has_failed.store(true, Ordering::Relaxed);
        let plan = self.in_good_theme.get_or_init(|| {
            let edition = self.edition()?;
            let (site, theme) = (edition.site().clone(), self.good_theme.clone()?);
            Edition::new(site, theme, edition.today()).ok().map(Plan::new)
        });
        let made = plan.as_ref().and_then(|plan| plan.make(item).ok());
        let html = match made {
            Some(Content::Bytes(html)) => html,
            _ => Vec::new(),
        };
        let shown = if html.is_empty() { Shown::Nothing } else { Shown::Before };
        let fault = Some(fault).filter(|_| !self.theme_is_of_before());
        Page { shown, fault, ..self.page(item, html) }
    }

    /// Whether the theme's files as they are now cannot be loaded: faults of the one in use may no longer be in them.
    fn theme_is_of_before(&self) -> bool {
        self.report.diagnostics().iter().any(|problem| problem.rule.name == THEME_ERROR.name)
    }

    /// The page of an address that never could be shown.
    fn problems_of(&self, address: &str) -> Page {
        let (html, files) = (Vec::new(), self.files_of(&format!("/{address}")));
        Page { status: 200, html, shown: Shown::Nothing, route: None, files, fault: None }
    }

    fn not_found(&self) -> Found {
        let item = self.plan.as_ref().and_then(|plan| plan.find(NOT_FOUND));
        match item.map(|item| self.make(&item)) {
            Some(Found::Page(page)) => Found::Page(Box::new(Page { status: 404, ..*page })),
            _ => Found::Page(Box::new(Page { status: 404, ..self.problems_of("") })),
        }
    }
}

/// Pages whose fingerprints are remembered.
const MOST_REMEMBERED: usize = 10_000;

/// The page that hosts send where there is none.
const NOT_FOUND: &str = "404.html";
