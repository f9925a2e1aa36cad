//! Files that nobody should write: each is a diagnostic, soon, and never a panic.

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use roundtable::diagnostic::Level;

use crate::harness::{self, Archive, line, project};

/// Far more than any of them takes, and far less than a hang.
const PATIENCE: Duration = Duration::from_secs(20);

/// A group whose fields are the given text, and the first rule that it breaks.
fn first_rule(fields: &str) -> String {
    let site = Archive::default().unpack();
    let group = site.path().join("content/groups/a.md");
    fs_err::create_dir_all(group.parent().unwrap()).unwrap();
    fs_err::write(group, format!("---\ntitle: A\npurpose: B\nkind: process\n{fields}\n---\n"))
        .unwrap();
    let found = harness::check(site.path()).diagnostics;
    let mut errors = found.iter().filter(|problem| problem.level == Level::Error);
    errors.next().map_or_else(String::new, |problem| problem.rule.name.to_owned())
}

#[test]
fn monsters_are_refused_soon() {
    let bomb: String = (1..40)
        .map(|n| format!("  a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")))
        .collect();
    let monsters = [
        ("brackets", "private: ".to_owned() + &"[".repeat(50_000), "yaml-too-deep"),
        (
            "closed brackets",
            format!("private: {}{}", "[".repeat(20_000), "]".repeat(20_000)),
            "yaml-too-deep",
        ),
        ("braces", format!("private: {}", "{a: ".repeat(12_000)), "yaml-too-deep"),
        ("dashes", format!("private:\n  {}x", "- ".repeat(30_000)), "yaml-too-deep"),
        (
            "ladder",
            (0..300).fold("private:\n".to_owned(), |text, n| {
                format!("{text}{}a:\n", " ".repeat(n + 1))
            }),
            "yaml-too-deep",
        ),
        ("aliases", format!("private:\n  a0: &a0 [x]\n{bomb}"), "yaml-anchor"),
        ("keys", (0..5_000).map(|n| format!("k{n}: v\n")).collect(), "unknown-key"),
        ("one key", "topics: [x]\n".repeat(4_000), "duplicate-key"),
        ("quotes", format!("room: {}", "\"".repeat(50_000)), "yaml-quote"),
        ("a word", format!("room: {}\nstatus: x", "ä".repeat(30_000)), "wrong-value"),
        ("tabs", "\troom: x\n".repeat(5_000), "yaml-tab"),
        ("colons", ": ".repeat(30_000), "yaml-syntax"),
        ("10 megabytes", "room: x\n".repeat(1_300_000), "front-matter-too-large"),
    ];
    let faults: Vec<String> = monsters
        .par_iter()
        .filter_map(|(name, fields, wanted)| {
            let start = Instant::now();
            let found = first_rule(fields);
            let slow = start.elapsed() > PATIENCE;
            (found != *wanted || slow)
                .then(|| format!("{name}: {found} after {:?}", start.elapsed()))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_text_of_any_shape_is_read() {
    let texts = [
        "> ".repeat(20_000),
        "- ".repeat(20_000),
        "[".repeat(20_000),
        "![".repeat(20_000),
        "*_".repeat(20_000),
        "<b>".repeat(10_000),
        "`".repeat(30_001),
        "| a ".repeat(10_000) + "\n" + &"|---".repeat(10_000),
        "&amp;".repeat(10_000),
        "a@b.co ".repeat(5_000),
        "+1 740 555 0101 ".repeat(5_000),
    ];
    texts.par_iter().for_each(|text| {
        let archive = format!(
            "-- content/groups/a.md --\n---\ntitle: A\npurpose: B\nkind: process\n---\n\n{text}\n"
        );
        let start = Instant::now();
        harness::problems(&archive);
        let start_of_it: String = text.chars().take(8).collect();
        assert!(start.elapsed() < PATIENCE, "`{start_of_it}…` took {:?}", start.elapsed());
    });
}

#[test]
fn without_a_site_there_is_nothing_to_check() {
    let folder = tempfile::tempdir().unwrap();
    let output = harness::run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("there is no `site.yaml`") && told.contains("roundtable init"), "{told}");
}

/// A site with faults of every stage in many files.
fn faulty() -> Archive {
    let path = project().join("tests/cases/report/everything-in-one-run.txtar");
    let mut archive = Archive::parse(&fs_err::read_to_string(path).unwrap());
    archive.take("stderr").unwrap();
    for n in 0..40 {
        let text = format!(
            "---\ntitle: A\npurpose: B\nkind: proces\nslug: same\n---\n\n[x](/none-{n}/)\n"
        );
        archive.push(&format!("content/groups/more/g{n}.md"), text);
    }
    archive
}

#[test]
fn problems_come_in_one_order_whatever_the_order_of_files() {
    let mut archive = faulty();
    let lines = |root: &Path| {
        let loaded = roundtable::load::load(root).unwrap();
        let options = roundtable::check::Options {
            now: harness::NOW.parse().unwrap(),
            drafts: false,
            base_url: None,
        };
        let found = roundtable::check::check(&loaded, &options).diagnostics;
        let report = roundtable::diagnostic::Report::new(found);
        report.diagnostics().iter().map(line).collect::<Vec<_>>()
    };
    let first = archive.unpack();
    let wanted = lines(first.path());
    archive.entries.reverse();
    let reversed = archive.unpack();
    assert_eq!(lines(reversed.path()), wanted);
    let half = archive.entries.len() / 2;
    archive.entries.rotate_left(half);
    let rotated = archive.unpack();
    for threads in [1, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| lines(rotated.path())), wanted, "with {threads} threads");
    }
}

#[test]
fn problems_are_the_same_in_every_place_and_time_zone() {
    let site = faulty().unpack();
    let root = site.path().to_str().unwrap();
    let here = harness::run(site.path(), &["check", "--format", "json"]);
    let elsewhere = harness::run(Path::new("/"), &["check", root, "--format", "json"]);
    assert_eq!(here.stdout, elsewhere.stdout);
    for zone in ["Pacific/Kiritimati", "America/Anchorage"] {
        let mut command = harness::command_in(site.path(), &["check", "--format", "json"]);
        let output = command.env("TZ", zone).env("LANG", "tr_TR.UTF-8").output().unwrap();
        assert_eq!(output.stdout, here.stdout, "in {zone}");
    }
    assert!(!here.stdout.is_empty());
}
