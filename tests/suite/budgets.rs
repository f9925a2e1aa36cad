//! What a reader's phone has to fetch, in bytes as a host sends them: gzip, each file by itself.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::built::{example, example_pages};

/// All style sheets together.
const MOST_CSS: usize = 8 * 1024;
/// All scripts of a group's page together.
const MOST_SCRIPTS: usize = 3 * 1024;
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

#[test]
fn scripts_are_small() {
    let scripts = zipped_files(".js");
    let of_a_group = scripts.iter().filter(|(name, _)| *name != "week.js");
    let all: usize = of_a_group.map(|(_, size)| size).sum();
    println!("scripts of a group's page, gzipped: {all} of {MOST_SCRIPTS} bytes: {scripts:?}");
    assert!(scripts.len() > 3 && all > 1000, "{scripts:?}");
    assert!(all <= MOST_SCRIPTS, "{all} bytes of scripts: {scripts:?}");
}

#[test]
fn a_group_s_page_is_small_with_all_that_it_loads() {
    let mut largest = (0, String::new());
    for (path, page) in example_pages().iter().filter(|(path, _)| path.starts_with("groups/")) {
        let html = zipped(&example().files[*path]);
        let loaded = page.elements.iter().filter(|element| match element.name.as_str() {
            "link" => matches!(element.attribute("rel"), Some("stylesheet" | "modulepreload")),
            "script" => true,
            _ => false,
        });
        let mut parts = vec![format!("{path} {html}")];
        let mut size = html;
        for element in loaded {
            let url = element.attribute("href").or(element.attribute("src")).unwrap();
            let file = url.trim_start_matches("../").trim_start_matches("./");
            let bytes = zipped(&example().files[file]);
            parts.push(format!("{} {bytes}", file.rsplit('/').next().unwrap()));
            size += bytes;
        }
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
