//! What a reader's phone has to fetch, in bytes as a host sends them: gzip, each file by itself.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::built::{example, example_pages};
use crate::html::Element;

/// All style sheets together.
const MOST_CSS: usize = 8 * 1024;
/// All scripts of a group's page together.
const MOST_SCRIPTS: usize = 3 * 1024;
/// All scripts of a list of groups together, with the finder.
const MOST_SCRIPTS_OF_A_LIST: usize = 12 * 1024;
/// A group's page with its style sheets and scripts.
const MOST_FOR_A_GROUP: usize = 14 * 1024;

fn zipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn zipped_files(end: &str) -> Vec<(&'static str, usize)> {
    let files = example().files.iter().filter(|(path, _)| path.ends_with(end));
    files.map(|(path, bytes)| (path.rsplit('/').next().unwrap(), zipped(bytes))).collect()
}

#[test]
fn style_sheets_are_small() {
    let sheets = zipped_files(".css");
    let all: usize = sheets.iter().map(|(_, size)| size).sum();
    println!("CSS, gzipped: {all} of {MOST_CSS} bytes: {sheets:?}");
    assert!(sheets.len() > 3 && all > 1000, "{sheets:?}");
    assert!(all <= MOST_CSS, "{all} bytes of CSS: {sheets:?}");
}

/// What a page asks for as it is read, each file with its bytes, zipped.
fn loaded(path: &str, wanted: impl Fn(&Element) -> bool) -> Vec<(String, usize)> {
    let elements = example_pages()[path].elements.iter().filter(|element| wanted(element));
    elements
        .map(|element| {
            let url = element.attribute("href").or(element.attribute("src")).unwrap();
            let file = url.trim_start_matches("../").trim_start_matches(['.', '/']);
            (file.to_owned(), zipped(&example().files[file]))
        })
        .collect()
}

fn is_script(element: &Element) -> bool {
    element.name == "script" || element.attribute("rel") == Some("modulepreload")
}

fn is_sheet(element: &Element) -> bool {
    element.attribute("rel") == Some("stylesheet")
}

/// The scripts of a page with those that they import, which must be told by the page itself: a script is known to need
/// another one only when it is there.
fn scripts_of(path: &str) -> (usize, Vec<(String, usize)>) {
    let scripts = loaded(path, is_script);
    for (script, _) in &scripts {
        let text = str::from_utf8(&example().files[script]).unwrap();
        for import in text.split(" from \"./").skip(1) {
            let name = import.split('"').next().unwrap();
            assert!(
                scripts.iter().any(|(known, _)| known.ends_with(&format!("/{name}"))),
                "{path}: {name}"
            );
        }
    }
    (scripts.iter().map(|(_, size)| size).sum(), scripts)
}

#[test]
fn scripts_are_small() {
    for (path, most) in [
        ("groups/tuesday-consultation-circle/index.html", MOST_SCRIPTS),
        ("groups/index.html", MOST_SCRIPTS_OF_A_LIST),
        ("by/topic/grief/index.html", MOST_SCRIPTS_OF_A_LIST),
    ] {
        let (all, scripts) = scripts_of(path);
        println!("scripts of {path}, gzipped: {all} of {most} bytes: {scripts:?}");
        assert!(scripts.len() > 2 && all > 1000, "{scripts:?}");
        assert!(all <= most, "{path}: {all} bytes of scripts: {scripts:?}");
    }
}

#[test]
fn only_lists_load_the_finder() {
    for path in example_pages().keys() {
        let files = loaded(path, |element| is_script(element) || is_sheet(element));
        let finder = files.iter().filter(|(file, _)| file.contains("/finder.")).count();
        let is_list =
            ["groups/index.html", "groups/page/", "by/"].iter().any(|list| path.starts_with(list));
        assert_eq!(finder, if is_list { 2 } else { 0 }, "{path}: {files:?}");
    }
}

#[test]
fn a_group_s_page_is_small_with_all_that_it_loads() {
    let mut largest = (0, String::new());
    for path in example_pages().keys().filter(|path| path.starts_with("groups/")) {
        let html = zipped(&example().files[*path]);
        let files = loaded(path, |element| is_script(element) || is_sheet(element));
        let size = html + files.iter().map(|(_, size)| size).sum::<usize>();
        let mut parts = vec![format!("{path} {html}")];
        parts.extend(
            files.iter().map(|(file, size)| format!("{} {size}", file.rsplit('/').next().unwrap())),
        );
        // Redirects load nothing and the directory is no group's page.
        if parts.len() > 3 && path.matches('/').count() == 2 {
            largest = largest.max((size, parts.join(", ")));
        }
    }
    let (size, parts) = largest;
    println!("the largest group's page, gzipped: {size} of {MOST_FOR_A_GROUP} bytes: {parts}");
    assert!(size > 3000, "{parts}");
    assert!(size <= MOST_FOR_A_GROUP, "{size} bytes: {parts}");
}
