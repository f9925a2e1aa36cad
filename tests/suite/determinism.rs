//! One site, one `--now`, one result: byte for byte, wherever, whenever, by whomever and however often it is built.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use roundtable::output::MANIFEST;
use roundtable::publish::{Item, Plan};
use roundtable::render::Edition;
use roundtable::theme::Theme;

use crate::built::{Files, copy, example, example_site, is_of_finder, program, read, run_build};
use crate::harness::{self, NOW};

/// The names of files that differ, or are there only once.
fn differences(a: &Files, b: &Files) -> Vec<String> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

#[test]
fn two_machines_build_the_same_bytes() {
    let elsewhere = tempfile::tempdir().unwrap();
    let site = elsewhere.path().join("another place/with spaces");
    // The disk lists the files in the order in which they came.
    copy(&example_site(), &site, true);
    let out = elsewhere.path().join("out");
    let machines: [(&Path, [(&str, &str); 4]); 2] = [
        (
            Path::new("/"),
            [("TZ", "Pacific/Apia"), ("LANG", "C"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1")],
        ),
        (
            &site.join("content/groups"),
            [
                ("TZ", "America/St_Johns"),
                ("LANG", "de_DE.UTF-8"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("RAYON_NUM_THREADS", "4"),
            ],
        ),
    ];
    for (folder, environment) in machines {
        let mut command = program();
        command.arg("build").arg(&site).arg("--out").arg(&out).args(["--now", NOW]);
        let output = command.current_dir(folder).envs(environment).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(differences(&read(&out), &example().files), [""; 0], "{environment:?}");
        fs_err::rename(&out, elsewhere.path().join(environment[0].1.replace('/', "-"))).unwrap();
    }
}

#[test]
fn a_file_that_is_made_alone_has_the_bytes_of_the_whole_build() {
    let checked = harness::check(&example_site());
    let theme = Arc::new(Theme::new(&[], &checked.site.settings).unwrap());
    let plan = || {
        let edition = Edition::new(checked.site.clone(), theme.clone(), checked.today);
        Plan::new(edition.unwrap())
    };
    let items = plan().items();
    let paths: BTreeSet<&str> = items.iter().map(Item::path).collect();
    let built = example().files.keys().map(String::as_str).filter(|path| *path != MANIFEST);
    assert_eq!(paths, built.collect());
    for path in paths {
        let plan = plan();
        let content = plan.make(&plan.find(path).unwrap()).unwrap();
        if let Some(bytes) = content.bytes() {
            assert!(*bytes == *example().files[path], "{path}");
        }
    }
}

#[test]
fn the_clock_that_reproducible_builds_set_is_like_the_argument() {
    let folder = tempfile::tempdir().unwrap();
    let build = |out: &Path, epoch: &str, arguments: &[&str]| {
        let mut command = program();
        command.arg("build").arg(example_site()).arg("--out").arg(out).args(arguments);
        let output = command.env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let out = folder.path().join("same");
    let (code, said) = build(&out, "1795435200", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(differences(&read(&out), &example().files), [""; 0]);
    // The argument goes before it, and another day is another site: the example has dates that pass.
    let (code, said) = build(&folder.path().join("argument"), "1900000000", &["--now", NOW]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(differences(&read(&folder.path().join("argument")), &example().files), [""; 0]);
    build(&folder.path().join("later"), "1820000000", &[]);
    assert_ne!(differences(&read(&folder.path().join("later")), &example().files), [""; 0]);
    let (code, said) = build(&folder.path().join("never"), "next week", &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("SOURCE_DATE_EPOCH"), "{said}");
}

/// When each file was last written.
fn times(folder: &Path, files: &Files) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| fs_err::metadata(folder.join(path)).unwrap().modified().unwrap();
    files.keys().map(|path| (path.clone(), time(path))).collect()
}

/// "154 pages; files: 180 written, 0 unchanged, 0 removed; 0.32 s" without the time.
fn summary(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text
        .lines()
        .find(|line| line.contains(" pages; files: "))
        .unwrap_or_else(|| panic!("{text}"));
    line.rsplit_once("; ").unwrap().0.split_once("; ").unwrap().1.to_owned()
}

#[test]
fn a_second_build_touches_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let first = summary(&run_build(&example_site(), &out, &[]).stderr);
    let files = read(&out);
    let count = files.len() - 1;
    assert_eq!(
        first,
        format!("files: {count} written, 0 unchanged, 0 removed"),
        "the manifest is not counted"
    );
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in files.keys() {
        fs_err::File::options()
            .append(true)
            .open(out.join(path))
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }
    let second = summary(&run_build(&example_site(), &out, &[]).stderr);
    assert_eq!(second, format!("files: 0 written, {count} unchanged, 0 removed"));
    for (path, time) in times(&out, &read(&out)) {
        assert_eq!(time, long_ago, "{path} was touched");
    }
}

#[test]
fn a_changed_sentence_rewrites_the_pages_that_show_it_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (site, out) = (folder.path().join("site"), folder.path().join("public"));
    copy(&example_site(), &site, false);
    assert!(run_build(&site, &out, &[]).status.success());
    let before = read(&out);
    let file = site.join("content/groups/professionals/ethics-breakfast.md");
    let text = fs_err::read_to_string(&file).unwrap();
    let purpose = text.lines().find(|line| line.starts_with("purpose:")).unwrap();
    let new = "Bring the question that keeps you awake, and breakfast.";
    fs_err::write(&file, text.replace(purpose, &format!("purpose: {new}"))).unwrap();
    let output = run_build(&site, &out, &[]);
    let after = read(&out);
    let mut changed = differences(&before, &after);
    changed.retain(|path| path != ".roundtable-manifest");
    let all = changed.len();
    // What the index holds is not told by searching for a sentence.
    changed.retain(|path| !is_of_finder(path));
    let gone = before.keys().filter(|path| !after.contains_key(*path)).count();
    assert!((2..8).contains(&(all - changed.len())), "{all}");
    // In calendars lines are folded and commas escaped.
    let shows = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace("\r\n ", "").replace("\\,", ",");
        text.contains(new)
    };
    let showing: Vec<String> =
        after.iter().filter(|(_, bytes)| shows(bytes)).map(|(path, _)| path.clone()).collect();
    assert_eq!(changed, showing);
    assert!(changed.contains(&"groups/ethics-breakfast/index.html".to_owned()));
    assert!(changed.len() > 3 && changed.len() < 60, "{changed:?}");
    let written = all - gone;
    let rest = after.len() - 1 - written;
    assert_eq!(
        summary(&output.stderr),
        format!("files: {written} written, {rest} unchanged, {gone} removed")
    );
}

#[test]
fn a_group_that_goes_away_takes_its_files_along() {
    let folder = tempfile::tempdir().unwrap();
    let (site, out) = (folder.path().join("site"), folder.path().join("public"));
    copy(&example_site(), &site, false);
    assert!(run_build(&site, &out, &[]).status.success());
    let file = "content/groups/professionals/perinatal-consultation.md";
    fs_err::remove_file(site.join(file)).unwrap();
    fs_err::write(out.join("own.txt"), "put here by hand").unwrap();
    assert!(run_build(&site, &out, &["--keep-going"]).status.code().is_some());
    assert!(!out.join("groups/perinatal-consultation").exists(), "an empty folder is left");
    assert!(out.join("own.txt").exists(), "what no build wrote stays");
    let fresh = folder.path().join("fresh");
    run_build(&site, &fresh, &["--keep-going"]);
    let mut kept = read(&out);
    kept.remove("own.txt");
    assert_eq!(differences(&kept, &read(&fresh)), [""; 0], "the same as a build into a new folder");
}
