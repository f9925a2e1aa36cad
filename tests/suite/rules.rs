//! The table of rules, its examples, the cases, the documentation and the code that reports: none without the others.

use std::collections::BTreeSet;

use roundtable::diagnostic::{Diagnostic, Level, Rule, rules};

use crate::harness::{self, line, project};

#[test]
fn every_wrong_example_shows_its_rule_and_nothing_else() {
    let mut faults = Vec::new();
    for rule in rules::all().filter(|rule| !rule.wrong.is_empty()) {
        let found = beside_hints(rule, harness::problems(rule.wrong));
        let only_this =
            !found.is_empty() && found.iter().all(|problem| problem.rule.name == rule.name);
        if !only_this {
            faults.push(report(rule, &found));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_right_example_is_clean() {
    let mut faults = Vec::new();
    for rule in rules::all() {
        assert_eq!(rule.wrong.is_empty(), rule.right.is_empty(), "{}", rule.name);
        let found = beside_hints(rule, harness::problems(rule.right));
        if !found.is_empty() {
            faults.push(report(rule, &found));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Hints of other rules aside: an example that also said when it meets and who confirmed it would be twice as long.
fn beside_hints(rule: &Rule, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let other_hint =
        |problem: &Diagnostic| problem.level == Level::Hint && problem.rule.name != rule.name;
    found.into_iter().filter(|problem| !other_hint(problem)).collect()
}

fn report(rule: &Rule, found: &[Diagnostic]) -> String {
    let lines: Vec<String> = found.iter().map(line).collect();
    format!("{}: found {}\n  {}", rule.name, lines.len(), lines.join("\n  "))
}

#[test]
fn every_rule_says_why_in_plain_words() {
    for rule in rules::all() {
        assert!(
            rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            rule.name
        );
        assert!(!rule.summary.ends_with('.'), "{}", rule.name);
        assert!(rule.why.ends_with(['.', '`']) && rule.why.len() > 40, "{}", rule.name);
    }
    let names: BTreeSet<_> = rules::all().map(|rule| rule.name).collect();
    assert_eq!(names.len(), rules::all().count(), "a name stands in the table twice");
}

#[test]
fn every_rule_is_reported_somewhere() {
    let source = sources(&project().join("src"));
    for rule in rules::all() {
        let constant = rule.name.to_uppercase().replace('-', "_");
        let uses = source.matches(&format!("&{constant},")).count()
            + source.matches(&format!("::{constant}")).count();
        assert!(uses > 0, "nothing reports `{}`: no code names {constant}", rule.name);
    }
}

/// All Rust code outside the table of rules.
fn sources(folder: &std::path::Path) -> String {
    let mut text = String::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("diagnostic/rules") {
            text.push_str(&sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs_err::read_to_string(&path).unwrap());
        }
    }
    text
}
