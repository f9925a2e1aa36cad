//! A site's folder into the [`State`] that browsers are shown, again after every change.
//!
//! Reads with `load`'s library, checks with `check`'s memory, loads the theme when its files change. Only what has
//! changed is read, checked or loaded again; nothing is rendered here.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::check::{Checked, Memory, Options, check_again};
use crate::diagnostic::rules::syntax::UNREADABLE_FILE;
use crate::diagnostic::{Diagnostic, Report};
use crate::load::{Library, Loaded, SiteFolder, ThemeFile};
use crate::model::Site;
use crate::model::settings::{Colour, Settings};
use crate::publish::{Item, Plan};
use crate::render::{self, Edition};
use crate::serve::state::{Dressed, State};
use crate::source::{SourceFile, Span};
use crate::theme::Theme;

/// A folder that is looked at again and again.
pub(super) struct Session {
    root: PathBuf,
    library: Library,
    memory: Memory,
    lists: render::Memory,
    themes: Themes,
    options: Options,
    state: Option<Arc<State>>,
    /// The last state of a folder that could be read.
    last_read: Option<Arc<State>>,
}

impl Session {
    /// Knows where the folder is and has not looked at it. The clock in `options` is set by each look.
    pub(super) fn new(root: &Path, options: Options) -> Session {
        Session {
            root: root.to_owned(),
            library: Library::new(root),
            memory: Memory::default(),
            lists: render::Memory::default(),
            themes: Themes::default(),
            options,
            state: None,
            last_read: None,
        }
    }

    /// Looks at the folder; gives the new state where anything has changed, or a new day has begun.
    pub(super) fn look(&mut self, now: Timestamp) -> Option<Arc<State>> {
        self.options.now = now;
        // Whatever fails, the pages stay; a fault of this program is one to report, not one to end it.
        let looked = catch_unwind(AssertUnwindSafe(|| self.read()));
        let state = looked.unwrap_or_else(|_| self.after_panic())?;
        self.state = Some(state.clone());
        Some(state)
    }

    fn read(&mut self) -> Option<Arc<State>> {
        match self.library.refresh() {
            Ok(found) => {
                let stays = self.state.as_ref().is_some_and(|state| state.is_of(self.options.now));
                if stays && !found.changed {
                    return None;
                }
                let state = Arc::new(self.check(found.loaded));
                self.last_read = Some(state.clone());
                Some(state)
            }
            Err(error) => {
                let help = "look whether it has been moved, and at its permissions; until then its pages are as they were";
                self.kept(format!("the site's folder cannot be read: {error:#}"), help)
            }
        }
    }

    /// Begins anew: what was being worked on may be half done.
    fn after_panic(&mut self) -> Option<Arc<State>> {
        self.library = Library::new(&self.root);
        self.memory = Memory::default();
        self.lists = render::Memory::default();
        let help = "the last change made it stumble: undo it, and report it with the lines in the terminal";
        self.kept("this is a fault of Roundtable, not of your files".to_owned(), help)
    }

    /// The last state that was read, and why there is no newer one; none where that was told.
    fn kept(&self, message: String, help: &str) -> Option<Arc<State>> {
        if self.state.as_ref().is_some_and(|state| state.has_problem(&message)) {
            return None;
        }
        let place = Arc::new(SourceFile { path: "site.yaml".to_owned(), text: String::new() });
        let problem =
            Diagnostic::new(&UNREADABLE_FILE, &place, Span::default(), message).help(help);
        let last = self.last_read.as_ref();
        let state = last
            .map_or_else(|| State::nothing(problem.clone()), |it| it.with_problem(problem.clone()));
        Some(Arc::new(state))
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
        self.themes.choose(&loaded, &site.settings);
        diagnostics.extend_from_slice(&self.themes.problems);
        let zone = site.settings.timezone.clone().unwrap_or(TimeZone::UTC);
        let dressed = self.themes.dress(&site, today, &mut self.lists, &mut diagnostics);
        let dressed = dressed.map(|dressed| {
            let is_kept = dressed.is_kept || origins.settings_are_kept();
            Dressed { is_kept, ..dressed }
        });
        let report = Report::new(diagnostics);
        let good_theme = self.themes.good.clone();
        State::new(dressed, good_theme, report, origins, (loaded, zone, today))
    }
}

/// The theme as its files are, and as it was when it last worked.
#[derive(Default)]
struct Themes {
    files: Vec<ThemeFile>,
    look: Option<(String, Option<Colour>)>,
    /// None where it never could be loaded.
    current: Option<Tried>,
    /// One in which no page failed.
    good: Option<Arc<Theme>>,
    /// Why the files as they are cannot be loaded.
    problems: Vec<Diagnostic>,
}

/// A theme that could be loaded.
struct Tried {
    theme: Arc<Theme>,
    /// Whether a page failed in it.
    failed: Arc<AtomicBool>,
    is_new: bool,
}

impl Themes {
    /// Loads the theme where its files or the settings for it have changed.
    fn choose(&mut self, loaded: &Loaded, settings: &Settings) {
        let look = Some((settings.language.clone(), settings.accent));
        if self.look == look && self.files == loaded.theme {
            return;
        }
        self.look = look;
        self.files.clone_from(&loaded.theme);
        match Theme::new(&loaded.theme, settings) {
            Ok(theme) => {
                let (theme, failed) = (Arc::new(theme), Arc::default());
                let before = self.current.replace(Tried { theme, failed, is_new: true });
                if let Some(before) = before.filter(|it| !it.failed.load(Ordering::Relaxed)) {
                    self.good = Some(before.theme);
                }
                self.problems.clear();
            }
            Err(problems) => self.problems = problems,
        }
    }

    /// The site in the theme as it is, else in the one that last worked.
    fn dress(
        &mut self,
        site: &Site,
        today: Date,
        lists: &mut render::Memory,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Dressed> {
        let mut wear = |theme: &Arc<Theme>| {
            let edition = Edition::remembering(lists, site.clone(), theme.clone(), today);
            edition.map(Plan::new).map_err(|problem| diagnostics.push(*problem)).ok()
        };
        if let Some(current) = &mut self.current {
            if let Some(plan) = wear(&current.theme) {
                if std::mem::take(&mut current.is_new) && !proves_itself(&plan) {
                    current.failed.store(true, Ordering::Relaxed);
                }
                let theme_has_failed = current.failed.clone();
                return Some(Dressed {
                    plan,
                    theme_has_failed,
                    is_kept: !self.problems.is_empty(),
                });
            }
            current.failed.store(true, Ordering::Relaxed);
        }
        let plan = self.good.as_ref().and_then(wear)?;
        Some(Dressed { plan, theme_has_failed: Arc::default(), is_kept: true })
    }
}

/// Whether one page of each kind can be made, and has anything on it.
fn proves_itself(plan: &Plan) -> bool {
    let mut kinds = HashSet::new();
    let is_first = |item: &&Item| {
        item.route().is_some_and(|route| kinds.insert(std::mem::discriminant(&route.target)))
    };
    let items = plan.pages();
    items.iter().filter(is_first).all(|item| {
        let made = plan.make(item).ok();
        made.and_then(|made| made.bytes().map(|html| !html.trim_ascii().is_empty()))
            .unwrap_or(false)
    })
}

#[cfg(test)]
mod tests;
