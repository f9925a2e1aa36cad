//! A site's folder into the [`State`] that browsers are shown, again after every change.
//!
//! Reads with `load`'s library, checks with `check`'s memory, loads the theme when its files change. Only what has
//! changed is read, checked or loaded again; nothing is rendered here.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::check::{Checked, Memory, Options, check_again};
use crate::diagnostic::rules::syntax::UNREADABLE_FILE;
use crate::diagnostic::{Diagnostic, Report};
use crate::load::{Library, Loaded, SiteFolder, ThemeFile};
use crate::model::Site;
use crate::model::settings::{Colour, Settings};
use crate::publish::Plan;
use crate::render::{self, Edition};
use crate::serve::state::State;
use crate::source::{SourceFile, Span};
use crate::theme::Theme;

/// A folder that is looked at again and again.
pub(super) struct Session {
    library: Library,
    memory: Memory,
    lists: render::Memory,
    themes: Themes,
    options: Options,
    state: Option<Arc<State>>,
}

impl Session {
    /// Knows where the folder is and has not looked at it. The clock in `options` is set by each look.
    pub(super) fn new(root: &Path, options: Options) -> Session {
        Session {
            library: Library::new(root),
            memory: Memory::default(),
            lists: render::Memory::default(),
            themes: Themes::default(),
            options,
            state: None,
        }
    }

    /// Looks at the folder; gives the new state where anything has changed, or a new day has begun.
    pub(super) fn look(&mut self, now: Timestamp) -> Option<Arc<State>> {
        self.options.now = now;
        let state = match self.library.refresh() {
            Ok(found) => {
                let stays = self.state.as_ref().is_some_and(|state| state.is_of(now));
                if stays && !found.changed {
                    return None;
                }
                self.check(found.loaded)
            }
            Err(error) => {
                let message = format!("the site's folder cannot be read: {error:#}");
                if self.state.as_ref().is_some_and(|state| state.has_problem(&message)) {
                    return None;
                }
                self.without_folder(message)
            }
        };
        let state = Arc::new(state);
        self.state = Some(state.clone());
        Some(state)
    }

    /// Whether a file was written so lately that the folder should be looked at again soon.
    pub(super) fn unsettled(&self) -> bool {
        self.library.unsettled()
    }

    /// The folders that the last look went through.
    pub(super) fn folders(&self) -> &[SiteFolder] {
        self.library.folders()
    }

    fn check(&mut self, loaded: Arc<Loaded>) -> State {
        let checked = check_again(&loaded, &self.options, &mut self.memory);
        let Checked { site, today, mut diagnostics, origins, .. } = checked;
        let failed = self.state.as_ref().is_some_and(|state| state.theme_has_failed());
        self.themes.choose(&loaded, &site.settings, failed);
        diagnostics.extend_from_slice(&self.themes.problems);
        let zone = site.settings.timezone.clone().unwrap_or(TimeZone::UTC);
        let plan = self.themes.dress(site, today, &mut self.lists, &mut diagnostics);
        let report = Report::new(diagnostics);
        State::new(plan, self.themes.good.clone(), report, origins, (loaded, zone, today))
    }

    /// The last state, and that there is nothing to be read now.
    fn without_folder(&self, message: String) -> State {
        let place = Arc::new(SourceFile { path: "site.yaml".to_owned(), text: String::new() });
        let problem = Diagnostic::new(&UNREADABLE_FILE, &place, Span::default(), message)
            .help("put the folder back; until then its pages are shown as they were");
        match &self.state {
            Some(state) => state.with_problem(problem),
            None => State::nothing(problem),
        }
    }
}

/// The theme as its files are, and as it was when it last worked.
#[derive(Default)]
struct Themes {
    files: Vec<ThemeFile>,
    look: Option<(String, Option<Colour>)>,
    /// None where it never could be loaded.
    current: Option<Arc<Theme>>,
    /// One with which no page failed.
    good: Option<Arc<Theme>>,
    /// Why the files as they are cannot be loaded.
    problems: Vec<Diagnostic>,
}

impl Themes {
    /// Loads the theme where its files or the settings for it have changed; `failed` says that a page could not be
    /// rendered with the one before.
    fn choose(&mut self, loaded: &Loaded, settings: &Settings, failed: bool) {
        let look = Some((settings.language.clone(), settings.accent));
        if self.look == look && self.files == loaded.theme {
            return;
        }
        self.look = look;
        self.files.clone_from(&loaded.theme);
        match Theme::new(&loaded.theme, settings) {
            Ok(theme) => {
                let before = self.current.replace(Arc::new(theme));
                if let Some(before) = before.filter(|_| !failed) {
                    self.good = Some(before);
                }
                self.problems.clear();
            }
            Err(problems) => self.problems = problems,
        }
    }

    /// The site in the theme as it is, else in the one that last worked.
    fn dress(
        &self,
        site: Site,
        today: Date,
        lists: &mut render::Memory,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Plan> {
        let mut themes = self.current.iter().chain(&self.good);
        themes.find_map(|theme| {
            match Edition::remembering(lists, site.clone(), theme.clone(), today) {
                Ok(edition) => Some(Plan::new(edition)),
                Err(problem) => {
                    diagnostics.push(*problem);
                    None
                }
            }
        })
    }
}
