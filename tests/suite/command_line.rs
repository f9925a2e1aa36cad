//! What the program promises to those who type it and to the scripts that call it: exit codes, what goes where, and that
//! nothing is touched that should not be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::SystemTime;

use crate::built::{Files, is_page, program, read};
use crate::harness::{Archive, NOW};
use tempfile::TempDir;

/// A site without a problem, not even a hint.
pub(crate) const CLEAN: &str = "\
-- site.yaml --
title: River Valley Counselors Network
base_url: https://groups.example.org/
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\"}
-- content/groups/monday.md --
---
title: Monday table
purpose: People meet and talk.
kind: process
schedule: Mondays, 6–7 pm
verified: 2026-11-01
---
Welcome.
-- content/groups/tuesday.md --
---
title: Tuesday table
purpose: People meet and listen.
kind: process
schedule: Tuesdays, 6–7 pm
verified: 2026-11-01
---
Welcome.
";

/// A warning for lack of crisis help, beside the clean site's groups.
const WARNING: &str = "-- site.yaml --\ntitle: Network\ntimezone: America/New_York\ncontact: {email: office@example.org}\n";

/// A group that cannot be published.
const BROKEN: &str = "---\ntitle: Broken\npurpose: Is broken.\nkind: proces\n---\n";

pub(crate) struct Site {
    folder: TempDir,
}

/// How a run ended and what it said.
pub(crate) struct Run {
    code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Site {
    pub(crate) fn new(archives: &[&str]) -> Site {
        Site { folder: Archive::parse(&archives.concat()).unpack() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    /// Runs the program in the site's folder, by the test's clock where the command has one.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let mut command = program();
        command
            .args(arguments)
            .current_dir(self.path().join(folder))
            .env("HOME", self.path().join("home"));
        if matches!(arguments, ["build" | "check" | "list", ..]) && !arguments.contains(&"--now") {
            command.args(["--now", NOW]);
        }
        Run::of(command.output().unwrap())
    }

    fn public(&self) -> Files {
        read(&self.path().join("public"))
    }

    /// Everything in the folder, with the time at which it was written.
    fn state(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let time =
            |path: &String| fs_err::metadata(self.path().join(path)).unwrap().modified().unwrap();
        read(self.path())
            .into_iter()
            .map(|(path, bytes)| (path.clone(), (bytes, time(&path))))
            .collect()
    }
}

impl Run {
    fn of(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }
}

#[test]
fn a_clean_build_ends_with_0_and_says_what_it_did_in_one_line() {
    let site = Site::new(&[CLEAN]);
    let run = site.run(&["build"]).ends(0);
    assert_eq!(run.stdout, "");
    let files = site.public().len() - 1;
    let said = run.stderr.strip_suffix(" s\n").and_then(|line| line.rsplit_once("; ")).unwrap();
    let pages = site.public().keys().filter(|path| is_page(path)).count();
    assert_eq!(said.0, format!("{pages} pages; files: {files} written, 0 unchanged, 0 removed"));
    assert!(said.1.parse::<f64>().is_ok(), "{}", said.1);
    let again = site.run(&["build"]).ends(0);
    assert!(
        again.stderr.contains(&format!("files: 0 written, {files} unchanged, 0 removed")),
        "{}",
        again.stderr
    );
}

#[test]
fn without_a_base_url_the_missing_sitemap_is_said_once() {
    let site = Site::new(&[&CLEAN.replace("base_url: https://groups.example.org/\n", "")]);
    let run = site.run(&["build"]).ends(0);
    assert_eq!(run.stderr.matches("sitemap").count(), 1, "{}", run.stderr);
    assert_eq!(run.stderr.matches("subscribe").count(), 1, "{}", run.stderr);
    assert!(!site.public().contains_key("sitemap.xml"));
}

#[test]
fn problems_end_with_1_and_leave_the_last_site_as_it_was() {
    let site = Site::new(&[CLEAN]);
    site.run(&["build"]).ends(0);
    site.write("content/groups/broken.md", BROKEN);
    // Something that a build would publish, were it not for the other file.
    site.write(
        "content/groups/wednesday.md",
        "---\ntitle: Wednesday table\npurpose: People meet.\nkind: process\n---\n",
    );
    let before = site.state();
    for arguments in [&["build"][..], &["build", "--strict"], &["build", "--drafts"], &["check"]] {
        let run = site.run(arguments).ends(1);
        assert!(
            run.stderr.contains("error[unknown-term]")
                || run.stderr.contains("content/groups/broken.md:4:7"),
            "{}",
            run.stderr
        );
        assert_eq!(site.state(), before, "{arguments:?}");
    }
}

#[test]
fn keep_going_leaves_out_what_is_broken_and_still_ends_with_1() {
    let site = Site::new(&[CLEAN]);
    site.write("content/groups/broken.md", BROKEN);
    let run = site.run(&["build", "--keep-going"]).ends(1);
    assert!(run.stderr.contains("error["), "{}", run.stderr);
    let public = site.public();
    assert!(public.contains_key("groups/monday/index.html"));
    assert!(!public.keys().any(|path| path.contains("broken")));
    assert!(public.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Is broken.")));
}

#[test]
fn keep_going_shows_links_to_what_it_leaves_out_as_text() {
    let site = Site::new(&[CLEAN]);
    site.write("content/groups/broken.md", BROKEN);
    let about = "---\ntitle: About\n---\nSee [the broken one](/groups/broken/) and [home](/).\n";
    site.write("content/pages/about.md", about);
    site.run(&["build", "--keep-going"]).ends(1);
    let public = site.public();
    let page = String::from_utf8_lossy(&public["about/index.html"]);
    assert!(page.contains("See the broken one and <a href=\"../\">home</a>"), "{page}");
}

#[test]
fn keep_going_publishes_nothing_of_a_group_whose_visibility_cannot_be_read() {
    for line in [
        "visibility: internel",
        "visibility: [internal]",
        "Visibility: internal",
        "visibility internal",
        "visibility: \"internal",
        "visibility:internal",
        "- visibility: internal",
        "visibility: internal # and\n\tnote: x",
        "visibility: 'internal'\nvisibility: listed",
    ] {
        let site = Site::new(&[CLEAN]);
        let group = format!(
            "---\ntitle: Secret table\npurpose: Nobody knows.\nkind: process\n{line}\n---\nHidden words.\n"
        );
        site.write("content/groups/secret.md", &group);
        site.run(&["build", "--keep-going"]).ends(1);
        let public = site.public();
        assert!(public.contains_key("groups/monday/index.html"), "{line}");
        let told = public.iter().find(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            path.contains("secret")
                || ["Secret", "Nobody knows", "Hidden words"].iter().any(|word| text.contains(word))
        });
        assert!(told.is_none(), "{line}: {:?}", told.map(|(path, _)| path));
    }
}

#[test]
fn a_rule_that_guards_what_is_private_cannot_be_lowered() {
    for rule in
        ["unknown-key", "wrong-value", "private-in-text", "link-to-hidden-group", "yaml-syntax"]
    {
        let site = Site::new(&[CLEAN]);
        let settings = CLEAN.split("-- content").next().unwrap().replace("-- site.yaml --\n", "");
        site.write("site.yaml", &format!("{settings}checks: {{{rule}: off}}\n"));
        site.write(
            "content/groups/secret.md",
            "---\ntitle: Secret\npurpose: Hides.\nkind: process\nvisibility: internel\n---\n",
        );
        site.run(&["build"]).ends(1);
        assert!(site.public().is_empty(), "{rule}");
    }
}

#[test]
fn a_broken_template_is_named_with_its_line_and_leaves_the_last_site() {
    let site = Site::new(&[CLEAN]);
    site.run(&["build"]).ends(0);
    for (template, place) in [
        ("<p>\n{% if %}\n", "theme/templates/group.html:2:"),
        ("<p>\n\n{{ group.nonsense.more }}\n", "theme/templates/group.html:3:"),
        (
            "{% extends \"default/group.html\" %}\n{% block story %}\n{{ missing_variable }}\n{% endblock %}\n",
            "theme/templates/group.html:3:",
        ),
        ("{% include \"partials/nowhere.html\" %}\n", "theme/templates/group.html:1:"),
        ("a\n{{ group.purpose | shout }}\n", "theme/templates/group.html:2:"),
    ] {
        site.write("theme/templates/group.html", template);
        let before = site.state();
        let run = site.run(&["build"]).ends(1);
        assert!(run.stderr.contains(place), "{template}\n{}", run.stderr);
        assert_eq!(site.state(), before, "{template}");
    }
    site.write("theme/templates/group.html", "{% extends \"default/group.html\" %}\n");
    site.run(&["build"]).ends(0);
}

#[test]
fn a_file_that_the_theme_does_not_have_is_an_error_that_names_the_nearest() {
    let site = Site::new(&[CLEAN]);
    site.write("theme/templates/groop.html", "<p>");
    let run = site.run(&["build"]).ends(1);
    assert!(run.stderr.contains("theme/templates/groop.html"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean `theme/templates/group.html`?"), "{}", run.stderr);
    assert!(site.public().is_empty());
}

#[test]
fn strict_fails_on_warnings_but_not_on_what_depends_on_the_day() {
    let site = Site::new(&[WARNING]);
    site.run(&["build"]).ends(0);
    site.run(&["check"]).ends(0);
    let before = site.state();
    let run = site.run(&["build", "--strict"]).ends(1);
    assert!(run.stderr.contains("warning[missing-crisis-help]"), "{}", run.stderr);
    assert_eq!(site.state(), before);
    site.run(&["check", "--strict"]).ends(1);

    let site = Site::new(&[CLEAN]);
    let later = ["build", "--strict", "--now", "2030-01-01T00:00:00Z"];
    let run = site.run(&later).ends(0);
    assert!(run.stderr.contains("warning[stale-listing]"), "{}", run.stderr);
}

#[test]
fn an_output_folder_that_could_hold_somebody_s_files_is_refused() {
    let site = Site::new(&[CLEAN]);
    site.write("home/letter.txt", "Dear Dana");
    site.write("theme/language/en.yaml", "site: {skip: Skip}\n");
    site.write("static/map.txt", "here");
    site.write("foreign/own.txt", "mine");
    site.write("repository/.git/config", "[core]");
    let above = site.path().parent().unwrap().to_str().unwrap().to_owned();
    let itself = site.path().to_str().unwrap().to_owned();
    for out in [
        ".",
        "./",
        "..",
        "/",
        "content",
        "content/groups",
        "content/new",
        "static",
        "theme",
        "theme/new",
        "home",
        "foreign",
        "repository",
        "public/../content",
        "site.yaml",
        "site.yaml/below",
        &above,
        &itself,
    ] {
        let before = site.state();
        let run = site.run(&["build", "--out", out]).ends(2);
        assert_eq!(run.stdout, "", "{out}");
        assert!(
            run.stderr.starts_with("error: ") && run.stderr.lines().count() == 1,
            "{out}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("output folder"), "{out}: {}", run.stderr);
        assert_eq!(site.state(), before, "{out}");
        assert!(
            !site.path().join("content/new").exists() && !site.path().join("theme/new").exists()
        );
    }
    for out in ["public", "new/deep/folder", "home/site"] {
        site.run(&["build", "--out", out]).ends(0);
        site.run(&["build", "--out", out]).ends(0);
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_no_way_round_a_refusal() {
    let site = Site::new(&[CLEAN]);
    fs_err::os::unix::fs::symlink(site.path().join("content"), site.path().join("door")).unwrap();
    fs_err::os::unix::fs::symlink(site.path().join("nowhere"), site.path().join("nothing"))
        .unwrap();
    for out in ["door", "door/groups", "door/new", "nothing"] {
        let before = read(&site.path().join("content"));
        site.run(&["build", "--out", out]).ends(2);
        assert_eq!(read(&site.path().join("content")), before, "{out}");
        assert!(!site.path().join("nowhere").exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_that_fails_ends_with_3() {
    let site = Site::new(&[CLEAN]);
    // No folder can be made here, whoever asks.
    let run = site.run(&["build", "--out", "/proc/roundtable-site"]).ends(3);
    assert!(
        run.stderr.starts_with("error: ") && run.stderr.contains("/proc/roundtable-site"),
        "{}",
        run.stderr
    );
    let full = fs_err::File::options().write(true).open("/dev/full").unwrap();
    let mut command = program();
    command.args(["check", "--format", "json"]).arg(site.path()).stdout(full.into_parts().0);
    let run = Run::of(command.output().unwrap()).ends(3);
    assert!(run.stderr.contains("error: "), "{}", run.stderr);
}

#[test]
fn the_site_is_found_from_a_folder_inside_it() {
    for folder in ["content/groups", "content", ""] {
        let site = Site::new(&[CLEAN]);
        site.run_in(folder, &["build"]).ends(0);
        assert!(site.public().contains_key("index.html"), "{folder}");
    }
    let site = Site::new(&[CLEAN]);
    let inner = site.path().join("content/groups");
    let empty = tempfile::tempdir().unwrap();
    let run = |path: &Path| {
        let mut command = program();
        command.arg("check").arg(path).args(["--now", NOW]).current_dir(empty.path());
        Run::of(command.output().unwrap())
    };
    run(&inner).ends(0);
    let lost = run(empty.path()).ends(2);
    assert!(
        lost.stderr.contains("there is no `site.yaml`") && lost.stderr.contains("roundtable init"),
        "{}",
        lost.stderr
    );
    run(&PathBuf::from("/no/such/folder")).ends(2);
}

#[test]
fn what_cannot_be_understood_ends_with_2() {
    let site = Site::new(&[CLEAN]);
    for arguments in [
        &["build", "--now", "tomorrow"][..],
        &["build", "--now", "2026-11-23"],
        &["build", "--now", "1795435200"],
        &["build", "--colour"],
        &["build", "--format", "xml"],
        &["build", "--base-url", "groups.example.org"],
        &["build", "--base-url", "javascript:alert(1)"],
        &["build", "--base-url", "https://x.example/?a"],
        &["build", "-q", "-v"],
        &["build", "a", "b"],
        &["publish"],
        &["completions", "cmd"],
        &["explain", "a", "b"],
        &[],
    ] {
        let run = site.run(arguments).ends(2);
        assert_eq!(run.stdout, "", "{arguments:?}");
        assert!(!run.stderr.is_empty(), "{arguments:?}");
    }
    assert!(site.public().is_empty());
}

#[test]
fn help_and_version_are_what_was_asked_for() {
    let site = Site::new(&[CLEAN]);
    for arguments in
        [&["--help"][..], &["build", "--help"], &["new", "group", "--help"], &["--version"]]
    {
        let run = site.run(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(run.stdout.contains("roundtable"), "{}", run.stdout);
    }
}

/// The only thing on standard output, as JSON.
fn json(run: &Run) -> Vec<serde_json::Map<String, serde_json::Value>> {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

#[test]
fn json_is_one_array_alone_on_standard_output() {
    let site = Site::new(&[CLEAN]);
    for command in ["build", "check"] {
        let run = site.run(&[command, "--format", "json"]).ends(0);
        assert!(json(&run).is_empty());
    }
    site.write("content/groups/broken.md", BROKEN);
    site.write(
        "content/groups/bare.md",
        "---\ntitle: Bare\npurpose: Is bare.\nkind: process\n---\n",
    );
    let keys = ["column", "file", "help", "level", "line", "message", "rule"];
    for arguments in [
        &["build", "--format", "json"][..],
        &["check", "--format", "json"],
        &["build", "--format", "json", "--keep-going"],
    ] {
        let run = site.run(arguments).ends(1);
        let problems = json(&run);
        let levels: BTreeSet<&str> =
            problems.iter().map(|problem| problem["level"].as_str().unwrap()).collect();
        assert!(levels.is_superset(&["error", "hint"].into()), "{levels:?}");
        for problem in &problems {
            assert_eq!(
                problem.keys().map(String::as_str).collect::<BTreeSet<_>>(),
                keys.into(),
                "{problem:?}"
            );
            assert!(["error", "warning", "hint"].contains(&problem["level"].as_str().unwrap()));
            assert!(
                problem["line"].as_u64() >= Some(1) && problem["column"].as_u64() >= Some(1),
                "{problem:?}"
            );
            assert!(problem["help"].is_string() || problem["help"].is_null());
        }
        let broken = problems.iter().find(|problem| problem["level"] == "error").unwrap();
        assert_eq!(broken["file"], "content/groups/broken.md");
        assert_eq!((&broken["line"], &broken["column"]), (&4.into(), &7.into()));
        assert!(!run.stderr.contains("error["), "{}", run.stderr);
    }
    let quiet = site.run(&["check", "--format", "json", "-q"]).ends(1);
    assert!(json(&quiet).iter().all(|problem| problem["level"] == "error"));
    assert_eq!(quiet.stderr, "");
}

#[test]
fn a_broken_theme_is_in_the_same_array() {
    let site = Site::new(&[CLEAN]);
    site.write("theme/templates/group.html", "{{ group.nonsense.more }}");
    let problems = json(&site.run(&["build", "--format", "json"]).ends(1));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0]["file"], "theme/templates/group.html");
}

#[test]
fn annotations_for_github_name_the_file_from_the_repository_s_root() {
    let site = Site::new(&[]);
    site.write(
        "network/site.yaml",
        CLEAN.split("-- content").next().unwrap().trim_start_matches("-- site.yaml --\n"),
    );
    site.write("network/content/groups/broken.md", BROKEN);
    let run = site.run(&["check", "network", "--format", "github"]).ends(1);
    let first = run
        .stdout
        .lines()
        .find(|line| line.starts_with("::error "))
        .unwrap_or_else(|| panic!("{}", run.stdout));
    assert!(first.contains("file=network/content/groups/broken.md,line=4,col"), "{first}");
    assert!(run.stdout.lines().all(|line| line.starts_with("::")), "{}", run.stdout);
}

#[test]
fn quiet_prints_errors_only() {
    let site = Site::new(&[WARNING]);
    let run = site.run(&["build", "-q"]).ends(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    site.write("content/groups/broken.md", BROKEN);
    for arguments in [&["build", "-q"][..], &["check", "-q"]] {
        let run = site.run(arguments).ends(1);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.starts_with("error["), "{}", run.stderr);
        for word in ["warning", "hint[", "written", "1 error"] {
            assert!(!run.stderr.contains(word), "{word}: {}", run.stderr);
        }
    }
}

#[test]
fn the_base_url_of_the_command_line_goes_before_the_site_s() {
    let site = Site::new(&[CLEAN]);
    site.run(&["build", "--base-url", "https://preview.example/pull/7"]).ends(0);
    let public = site.public();
    let text = |path: &str| String::from_utf8(public[path].clone()).unwrap();
    assert!(
        text("sitemap.xml").contains("<loc>https://preview.example/pull/7/groups/monday/</loc>")
    );
    assert!(text("robots.txt").contains("https://preview.example/pull/7/sitemap.xml"));
    assert!(text("404.html").contains("\"/pull/7/groups/\""));
    assert!(public.keys().all(|path| !text_of(&public, path).contains("groups.example.org")));
}

fn text_of(files: &Files, path: &str) -> String {
    String::from_utf8_lossy(&files[path]).into_owned()
}

#[test]
fn a_pipe_gets_no_colours() {
    let site = Site::new(&[CLEAN]);
    site.write("content/groups/broken.md", BROKEN);
    for variable in [("NO_COLOR", "1"), ("TERM", "xterm-256color"), ("COLORTERM", "truecolor")] {
        let mut command = program();
        command.args(["check", "--now", NOW]).arg(site.path()).env(variable.0, variable.1);
        let run = Run::of(command.output().unwrap()).ends(1);
        assert!(!run.stderr.contains('\u{1b}') && !run.stdout.contains('\u{1b}'), "{variable:?}");
        assert!(run.stderr.contains("error["), "{variable:?}");
    }
}

#[test]
fn completions_are_scripts_that_know_the_commands() {
    let site = Site::new(&[CLEAN]);
    for (shell, mark) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef roundtable"),
        ("fish", "complete -c roundtable"),
    ] {
        let run = site.run(&["completions", shell]).ends(0);
        assert_eq!(run.stderr, "");
        for word in [mark, "keep-going", "explain", "init"] {
            assert!(run.stdout.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn explain_tells_of_one_rule_or_lists_them_all() {
    let site = Site::new(&[CLEAN]);
    let one = site.run(&["explain", "unknown-key"]).ends(0);
    assert!(one.stdout.starts_with("unknown-key (error)"), "{}", one.stdout);
    assert!(
        one.stdout.contains("\nwrong:\n") && one.stdout.contains("\nright:\n"),
        "{}",
        one.stdout
    );
    let all = site.run(&["explain"]).ends(0);
    for rule in roundtable::diagnostic::rules::all() {
        assert!(
            all.stdout.lines().any(|line| line.starts_with(&format!("{} ", rule.name))),
            "{}",
            rule.name
        );
    }
    let slip = site.run(&["explain", "unknwon-key"]).ends(2);
    assert!(slip.stderr.contains("did you mean `unknown-key`?"), "{}", slip.stderr);
    let none = site.run(&["explain", "weather"]).ends(2);
    assert!(none.stderr.contains("`roundtable explain`"), "{}", none.stderr);
}
