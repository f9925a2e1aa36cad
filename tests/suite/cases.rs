//! One file of `tests/cases` is one test: a sentence, the command line, the site's files, what is printed.
//!
//! `UPDATE=1` writes what was printed into the files, `CASE=word` runs those whose name has the word in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use roundtable::diagnostic::rules;

use crate::harness::{self, Archive, project, update};

#[test]
fn check() {
    run_folder("check");
}

#[test]
fn report() {
    run_folder("report");
}

#[test]
fn every_rule_has_a_case_and_every_case_has_its_rule() {
    let with_case: BTreeSet<String> = cases("check").iter().map(|path| rule_of(path)).collect();
    let known: BTreeSet<String> = rules::all().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(known, with_case, "left: the table of rules; right: tests/cases/check");
    for path in cases("check") {
        let text = fs_err::read_to_string(&path).unwrap();
        let rule = rule_of(&path);
        let shown = text.contains(&format!("[{rule}]")) || text.contains(&format!("\"{rule}\""));
        assert!(shown, "{} never shows `{rule}`", path.display());
    }
}

/// `unknown-key.in-a-venue.txtar` is about `unknown-key`.
fn rule_of(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.split('.').next().unwrap().to_owned()
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = project().join("tests/cases").join(folder);
    let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|kind| kind == "txtar")).collect();
    cases.sort();
    cases
}

fn run_folder(folder: &str) {
    let wanted = std::env::var("CASE").unwrap_or_default();
    let cases = cases(folder).into_iter().filter(|path| rule_of(path).contains(&wanted));
    let cases: Vec<PathBuf> = cases.collect();
    let faults: Vec<String> = cases.par_iter().filter_map(|path| fault(path)).collect();
    assert!(
        faults.is_empty(),
        "{} of {} cases\n\n{}",
        faults.len(),
        cases.len(),
        faults.join("\n")
    );
}

/// Runs a case and says how what it printed differs from what is written.
fn fault(path: &Path) -> Option<String> {
    let text = fs_err::read_to_string(path).unwrap();
    let mut case = Archive::parse(&text);
    for stream in ["stdout", "stderr"] {
        case.take(stream);
    }
    let sentence = case.comment.lines().next().unwrap_or("");
    assert!(sentence.ends_with('.'), "{}: a case begins with a sentence", path.display());
    let comment = case.comment.clone();
    let told: Vec<&str> = comment.lines().take_while(|line| !line.starts_with("$ ")).collect();
    let command = comment.lines().find_map(|line| line.strip_prefix("$ roundtable "));
    let command = command.unwrap_or_else(|| panic!("{}: no command", path.display()));
    let site = case.unpack();
    let arguments: Vec<&str> = command.split(' ').collect();
    let run = if case.refuses() { harness::run_without_privileges } else { harness::run };
    let output = run(site.path(), &arguments);
    let code = output.status.code().map_or("none".into(), |code| code.to_string());
    case.comment = format!("{}\n$ roundtable {command}\nexit {code}\n", told.join("\n"));
    for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
        let printed = normalised(&String::from_utf8(bytes).unwrap(), site.path());
        if !printed.is_empty() {
            case.push(name, printed);
        }
    }
    let now = case.print();
    if now == text {
        return None;
    }
    if update() {
        fs_err::write(path, now).unwrap();
        return None;
    }
    let name = path.strip_prefix(project()).unwrap().display();
    Some(format!("{name}: {}", harness::first_difference(&text, &now)))
}

/// Without what differs from run to run: where the site lies, and how long it took.
fn normalised(text: &str, site: &Path) -> String {
    let full = site.canonicalize().unwrap();
    let text = text.replace(full.to_str().unwrap(), "SITE").replace(site.to_str().unwrap(), "SITE");
    if text.ends_with('\n') || text.is_empty() { text } else { format!("{text}\n") }
}
