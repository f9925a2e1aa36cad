//! Files as `new` writes them, read back by the loader and judged by the checker.

use std::collections::BTreeMap;
use std::path::Path;

use fs_err as fs;

use super::form::{Choices, Form};
use super::sheet::{self, Given};
use super::{Error, Terminal, group, page, resource, venue};
use crate::check::{self, Options};
use crate::diagnostic::{Diagnostic, Level};
use crate::load;
use crate::schema::{Record, Shape};

const SITE: &str = "title: Network\ntimezone: America/New_York\ncurrency: USD\ncontact: {email: office@example.org}\n\
    help: [{name: 988, call: \"988\"}]\n\
    vocabulary: {kind: {book-circle: {label: Book circle}, training: {label: Learning}}}\n";

fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    fs::write(site.path().join("site.yaml"), SITE).unwrap();
    site
}

fn problems(site: &Path) -> Vec<Diagnostic> {
    let loaded = load::load(site).unwrap();
    let options =
        Options { now: "2026-11-20T12:00:00Z".parse().unwrap(), drafts: false, base_url: None };
    let checked = check::check(&loaded, &options);
    checked.diagnostics.into_iter().filter(|problem| problem.level > Level::Hint).collect()
}

#[test]
fn look() {
    let site = site();
    let answers = group::Answers {
        title: Some("Tuesday Circle".into()),
        purpose: Some("We bring one hard case: and leave with a plan".into()),
        kind: Some("learning".into()),
        admission: Some("closed".into()),
        format: Some("hybrid".into()),
        venue: Some("Grace Church, Athens".into()),
        platform: Some("Zoom".into()),
        schedule: Some("1st and 3rd Tuesday, 7:00–8:30 pm".into()),
        agenda: vec!["10 Check-in".into(), "Case, and questions".into()],
        leaders: vec!["Dana Ruiz, LPC, convener".into()],
        ..group::Answers::default()
    };
    let choices = Choices::of(&load::load(site.path()).unwrap());
    let path = group::write(site.path(), answers, &choices).unwrap();
    println!("{}", fs::read_to_string(site.path().join(path)).unwrap());
    println!("{:#?}", problems(site.path()));
}

#[test]
fn look_init() {
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-11-20T12:00:00Z".parse().unwrap();
    let written = super::init(&folder.path().join("site"), super::Host::Github, now).unwrap();
    println!("{written:#?}");
    let loaded = load::load(&folder.path().join("site")).unwrap();
    let checked = check::check(&loaded, &Options { now, drafts: false, base_url: None });
    for d in checked.diagnostics {
        println!("{:?} {} {} {} {:?}", d.level, d.rule.name, d.source.path, d.message, d.help);
    }
}
