//! Problems in content or theme, as values: what is wrong, where, and what to type instead.
//!
//! A [`Diagnostic`] names a [`Rule`] of the one table in [`rules`]; [`Report`] collects them and [`draw`] shows them
//! to people, programs or GitHub. Nothing here decides what is wrong.

pub mod draw;
pub mod rules;

use crate::source::{Source, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// What would make a listing better.
    Hint,
    /// Worth mending; fails the run with `--strict`.
    Warning,
    /// Stops the build.
    Error,
}

impl Level {
    /// As written in `site.yaml` and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Level::Hint => "hint",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// One rule that content is checked against: a row of [`rules::RULES`].
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case and lasting; reads well after "allow".
    pub name: &'static str,
    /// The level where `site.yaml` says nothing.
    pub level: Level,
    /// What may change the level or the outcome.
    pub nature: Nature,
    /// One line for the list of rules.
    pub summary: &'static str,
    /// Why the rule exists and what to do, in plain words.
    pub why: &'static str,
    /// Content that breaks the rule: files with `-- path --` lines between them, as in `tests/cases`. Empty where no text
    /// can show it, as for a link.
    pub wrong: &'static str,
    /// The same content, mended.
    pub right: &'static str,
}

/// What may change a rule's level or outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// `site.yaml` may set another level.
    Adjustable,
    /// Depends on the day; never fails a `--strict` run as a warning.
    Clock,
    /// Syntax or privacy: cannot be lowered.
    Fixed,
}

/// One problem in one place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The rule's default, or what `site.yaml` says.
    pub level: Level,
    /// What is wrong, in plain words: lower case, no full stop, what was typed in backticks.
    pub message: String,
    /// The file it stands in.
    pub source: Source,
    /// The bytes it is about.
    pub span: Span,
    /// What to type or do instead.
    pub help: Option<String>,
    /// The line as it should be, when that is known: a replacement for a span.
    pub fix: Option<(Span, String)>,
    /// A second place that belongs to the problem, with a short label.
    pub related: Option<(Source, Span, String)>,
}

impl Diagnostic {
    /// A problem at `span` of `source`, at the rule's default level.
    pub fn new(
        rule: &'static Rule,
        source: &Source,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            rule,
            level: rule.level,
            message: message.into(),
            source: source.clone(),
            span,
            help: None,
            fix: None,
            related: None,
        }
    }

    /// Adds what to type or do instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds the corrected text of a span.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some((span, replacement.into()));
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, source: &Source, span: Span, label: impl Into<String>) -> Diagnostic {
        self.related = Some((source.clone(), span, label.into()));
        self
    }
}

/// All problems of a run, in the order in which they are shown.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Sorts by file, place, level (errors first) and rule, and drops what is said twice.
    pub fn new(mut diagnostics: Vec<Diagnostic>) -> Report {
        fn key(found: &Diagnostic) -> (&str, Span, std::cmp::Reverse<Level>, &str, &str) {
            (
                &found.source.path,
                found.span,
                std::cmp::Reverse(found.level),
                found.rule.name,
                &found.message,
            )
        }
        diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
        diagnostics.dedup_by(|a, b| key(a) == key(b));
        Report { diagnostics }
    }

    /// The problems, sorted.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|found| found.level == level).count()
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Only what is at least that bad.
    #[must_use]
    pub fn at_least(&self, level: Level) -> Report {
        let diagnostics =
            self.diagnostics.iter().filter(|found| found.level >= level).cloned().collect();
        Report { diagnostics }
    }
}
