//! The module list of `lib.rs` is the pipeline in its order: a stage names earlier stages only. Tests may look ahead.

use std::path::{Path, PathBuf};

use crate::harness::project;

/// The stages in their order.
fn stages() -> Vec<String> {
    let lib = fs_err::read_to_string(project().join("src/lib.rs")).unwrap();
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// The files of a module that are not for tests alone.
fn files(stage: &str) -> Vec<PathBuf> {
    let source = project().join("src");
    let mut files = Vec::new();
    for file in [source.join(format!("{stage}.rs")), source.join(stage).join("mod.rs")] {
        if file.exists() {
            add(&file, &mut files);
        }
    }
    files
}

/// A file and those of the modules that it declares outside `#[cfg(test)]`.
fn add(file: &Path, files: &mut Vec<PathBuf>) {
    let text = code(&fs_err::read_to_string(file).unwrap());
    files.push(file.to_owned());
    let folder = if file.ends_with("mod.rs") {
        file.parent().unwrap().to_owned()
    } else {
        file.with_extension("")
    };
    for line in text.lines() {
        let words = line.trim().trim_end_matches(';').split_whitespace().collect::<Vec<_>>();
        let [.., "mod", name] = words.as_slice() else { continue };
        let inner = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
        let inner = inner.iter().find(|file| file.exists());
        if let Some(inner) = inner.filter(|_| line.trim_end().ends_with(';')) {
            add(inner, files);
        }
    }
}

/// The lines that are compiled into the program: no comments, and nothing that is for tests.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim().starts_with("#[cfg(") && line.contains("test") {
            skip_item(&mut lines);
        } else if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// Passes over an item: to its `;`, or to the brace that closes it.
fn skip_item<'a>(lines: &mut impl Iterator<Item = &'a str>) {
    let mut depth = 0_usize;
    for line in lines {
        depth += line.matches('{').count();
        depth = depth.saturating_sub(line.matches('}').count());
        let attribute = line.trim_start().starts_with("#[");
        if depth == 0 && !attribute && (line.trim_end().ends_with([';', '}'])) {
            return;
        }
    }
}

/// The stages that a text names after `crate::`, also inside braces.
fn named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => names.extend(outermost(list)),
            None => names.push(word(rest)),
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first words of a list in braces, whose start is left out.
fn outermost(list: &str) -> Vec<String> {
    let (mut depth, mut names, mut starts) = (0, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts = true,
            c if starts && !c.is_whitespace() => {
                names.push(word(list.get(at..).unwrap()));
                starts = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn no_stage_names_a_later_one() {
    let stages = stages();
    assert!(stages.len() > 10, "{stages:?}");
    let mut faults = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        let files = files(stage);
        assert!(!files.is_empty(), "{stage} has no file");
        for file in files {
            let code = code(&fs_err::read_to_string(&file).unwrap());
            for name in named(&code) {
                if stages.iter().position(|stage| *stage == name).is_some_and(|place| place > at) {
                    let file = file.strip_prefix(project()).unwrap().display();
                    faults
                        .push(format!("{file} is of {stage} and names {name}, which comes later"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_of_the_library_belongs_to_a_stage_or_is_for_tests() {
    let mut known: Vec<PathBuf> = stages().iter().flat_map(|stage| files(stage)).collect();
    known.extend(["lib.rs", "main.rs"].map(|name| project().join("src").join(name)));
    for file in rust_files(&project().join("src")) {
        let text = fs_err::read_to_string(&file).unwrap();
        let for_tests = text.contains("#[test]") || is_beside_tests(&file);
        assert!(known.contains(&file) || for_tests, "{} is in no stage", file.display());
    }
}

/// Whether a file lies in a folder that tests alone use.
fn is_beside_tests(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str() == "tests")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let rust = files.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs"));
    rust.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

#[test]
fn names_are_found_in_every_form_of_use() {
    let text = "use crate::load::yaml;\nuse crate::{model::Site, render::{self, group::{a}}, write};\n// crate::cli\n\
                let x = crate::check::check(y);\n#[cfg(test)]\nmod tests {\n    use crate::publish;\n    fn a() {}\n}\nuse crate::new;\n";
    assert_eq!(named(&code(text)), ["load", "model", "render", "write", "check", "new"]);
}
