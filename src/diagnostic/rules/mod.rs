//! The table of rules: every name that a diagnostic can carry, once.
//!
//! A rule is a `static` that the code which reports it names directly; the table gives them all to `explain`, to the
//! levels in `site.yaml` and to the tests.

pub mod content;
pub mod syntax;
pub mod theme;

use super::Rule;

/// Every rule, by the part of the program that reports it.
pub static RULES: &[&[&Rule]] = &[syntax::RULES, content::RULES, theme::RULES];

/// Every rule, in the order of the table.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|part| part.iter().copied())
}

/// The rule of that name.
pub fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
