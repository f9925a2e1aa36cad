//! The language file and those who use it agree.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::model::facet::{BUILT_IN_KINDS, DAYTIMES, Facet, WEEKDAYS};
use crate::model::group::{Admission, Format, Intake, Registration, Serves};

fn read(folder: &str, end: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.unwrap().into_path());
    let files = files.filter(|path| path.to_string_lossy().ends_with(end));
    // Only the path inside the project says what a file is for; the project may lie in a folder of tests.
    files
        .filter(|path| !path.strip_prefix(&root).unwrap().to_string_lossy().contains("tests"))
        .map(|path| fs_err::read_to_string(path).unwrap())
        .collect()
}

/// `{{ text.group.when }}`.
fn in_templates() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for template in read("themes/default/templates", ".html") {
        for part in template.split("text.").skip(1) {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.');
            keys.insert(part.get(..end.unwrap()).unwrap().to_owned());
        }
    }
    keys
}

/// `"group.when"`, in any string of the program that looks like a key.
fn in_program(sections: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let sources = ["src/render", "src/export"].into_iter().flat_map(|folder| read(folder, ".rs"));
    for source in sources {
        for quoted in source.split('"').skip(1).step_by(2) {
            let section = quoted.split('.').next().unwrap();
            let dotted = quoted.contains('.') && !quoted.contains(['{', ' ', '/']);
            if dotted && sections.contains(section) && !quoted.contains(".html") {
                keys.insert(quoted.to_owned());
            }
        }
    }
    keys
}

/// Keys that the program puts together.
fn composed() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for month in 1..=12 {
        keys.insert(format!("month.{month}"));
    }
    for facet in Facet::ALL {
        for part in ["label", "title"] {
            keys.insert(format!("facet.{}.{part}", facet.name()));
        }
    }
    let mut value = |facet: &str, name: &str, parts: &[&str]| {
        keys.extend(parts.iter().map(|part| format!("value.{facet}.{name}.{part}")));
    };
    for (kind, _) in BUILT_IN_KINDS {
        value("kind", kind, &["label", "about"]);
    }
    for (name, _) in Serves::NAMES {
        value("for", name, &["label", "title", "card", "page"]);
    }
    for (name, _) in WEEKDAYS {
        value("day", name, &["label", "title"]);
    }
    for (name, _) in DAYTIMES {
        value("time", name, &["label", "title", "about"]);
    }
    for (name, _) in Format::NAMES {
        value("format", name, &["label", "title", "place"]);
    }
    for (name, _) in Admission::NAMES {
        value("admission", name, &["label", "title", "about"]);
    }
    for (name, _) in Registration::NAMES {
        value("registration", name, &["label", "title", "about"]);
    }
    for (name, _) in Intake::NAMES {
        value("intake", name, &["label", "title"]);
    }
    value("cost", "free", &["label", "title"]);
    keys
}

#[test]
fn every_text_that_is_used_exists_and_every_text_is_used() {
    let edition = edition(fixture::site());
    let known: BTreeSet<String> = edition.texts().keys().into_iter().map(str::to_owned).collect();
    let sections: BTreeSet<&str> = known.iter().map(|key| key.split('.').next().unwrap()).collect();
    let mut used = in_templates();
    used.extend(in_program(&sections));
    used.extend(composed());
    let missing: Vec<&String> = used.difference(&known).collect();
    let idle: Vec<&String> = known.difference(&used).collect();
    assert!(missing.is_empty(), "not in the language file: {missing:#?}");
    assert!(idle.is_empty(), "used by nobody: {idle:#?}");
}
