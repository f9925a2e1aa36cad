//! A check with memory finds what a check without one finds, whatever was edited in between; and what is broken keeps its
//! last good form.

use proptest::prelude::*;

use crate::check::{Checked, Memory, Options, check, check_again};
use crate::diagnostic::Level;
use crate::load::{DocumentKind, Loaded, document};

/// A site's files by path, as an author may leave them.
type Files = std::collections::BTreeMap<String, String>;

/// What a folder holds; files whose text is the same are the same documents.
fn loaded(files: &Files, before: &Loaded) -> Loaded {
    let mut loaded = Loaded::default();
    for (path, text) in files {
        let kind = match path.split('/').nth(1) {
            None => DocumentKind::Settings,
            Some("groups") => DocumentKind::Group,
            Some("resources") => DocumentKind::Resource,
            Some("venues") => DocumentKind::Venue,
            Some(_) => DocumentKind::Page,
        };
        let (read, diagnostics) = document(kind, path, text.clone());
        let mut known = before.documents.iter().chain(&before.settings);
        let known = known.find(|known| known.source == read.source).cloned();
        let read = known.unwrap_or_else(|| read.into());
        loaded.diagnostics.extend(diagnostics);
        match kind {
            DocumentKind::Settings => loaded.settings = Some(read),
            _ => loaded.documents.push(read),
        }
    }
    loaded
}

fn options() -> Options {
    Options { now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: false, base_url: None }
}

/// A site under edit.
#[derive(Default)]
struct Desk {
    files: Files,
    loaded: Loaded,
    memory: Memory,
}

impl Desk {
    fn new() -> Desk {
        let mut desk = Desk::default();
        desk.write("site.yaml", SITE);
        desk.write("content/venues/hall.yaml", HALL);
        desk.write("content/groups/tuesday.md", TUESDAY);
        desk.write("content/groups/lunch.md", LUNCH);
        desk.write("content/resources/read.md", READ);
        desk
    }

    fn write(&mut self, path: &str, text: &str) -> &mut Desk {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    fn remove(&mut self, path: &str) -> &mut Desk {
        self.files.remove(path);
        self
    }

    fn check(&mut self) -> Checked {
        self.loaded = loaded(&self.files, &self.loaded);
        check_again(&self.loaded, &options(), &mut self.memory)
    }

    /// Titles of the groups that are shown.
    fn titles(&mut self) -> Vec<String> {
        self.check().site.groups.iter().map(|group| group.title.clone()).collect()
    }
}

const SITE: &str =
    "title: Network\ntimezone: America/New_York\nhelp: [{name: Line, call: \"988\"}]\n";
const HALL: &str = "name: Hall\naddress: {city: Athens}\n";
const TUESDAY: &str = "---\ntitle: Tuesday\npurpose: To meet.\nkind: process\nvenue: hall\nformat: in-person\nschedule: Tuesdays, 6–7 pm\n---\nSee [lunch](/groups/lunch/).\n";
const LUNCH: &str = "---\ntitle: Lunch\npurpose: To eat.\nkind: process\n---\n## Soup\n";
const READ: &str = "---\ntitle: Read\nrelated_groups: [lunch]\n---\n[Tuesday](../groups/tuesday.md) and [lunch](/groups/lunch/#soup)\n\n";

fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.diagnostics.iter().filter(|problem| problem.level == Level::Error);
    errors.map(|problem| format!("{} {}", problem.rule.name, problem.source.path)).collect()
}

fn all(checked: &Checked) -> Vec<String> {
    let line = |problem: &crate::diagnostic::Diagnostic| {
        format!(
            "{:?} {} {} {:?}",
            problem.span, problem.source.path, problem.message, problem.level
        )
    };
    let mut all: Vec<String> = checked.diagnostics.iter().map(line).collect();
    all.sort();
    all
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let mut desk = Desk::new();
    let before = desk.check().site;
    let after =
        desk.write("content/groups/lunch.md", &LUNCH.replace("Lunch", "Dinner")).check().site;
    let [lunch, tuesday] = &after.groups[..] else { panic!("{:?}", after.groups) };
    assert_eq!(lunch.title, "Dinner");
    assert!(std::sync::Arc::ptr_eq(tuesday, &before.groups[1]), "the other group is the same one");
}

#[test]
fn a_group_with_errors_keeps_its_last_good_form() {
    let mut desk = Desk::new();
    desk.check();
    let broken = desk
        .write("content/groups/tuesday.md", &TUESDAY.replace("kind: process", "kind: proces"))
        .check();
    assert_eq!(errors(&broken), ["unknown-term content/groups/tuesday.md"]);
    assert_eq!(broken.site.groups.len(), 2);
    assert_eq!(broken.origins.file_at("/groups/tuesday/"), Some("content/groups/tuesday.md"));
    // Links to it lead there still.
    assert!(broken.site.resources[0].body.html.contains("/groups/tuesday/"));
    assert!(errors(&desk.write("content/groups/tuesday.md", TUESDAY).check()).is_empty());
}

#[test]
fn a_group_that_never_was_good_is_left_out_and_links_to_it_become_text() {
    let mut desk = Desk::new();
    let broken = desk.write("content/groups/tuesday.md", "---\ntitle: Tuesday\n---\n").check();
    assert_eq!(broken.site.groups.len(), 1);
    assert!(!broken.site.resources[0].body.html.contains("/groups/tuesday/"));
    assert_eq!(broken.origins.file_at("/groups/tuesday/"), Some("content/groups/tuesday.md"));
    let mended = desk.write("content/groups/tuesday.md", TUESDAY).check();
    assert!(mended.site.resources[0].body.html.contains("/groups/tuesday/"));
}

#[test]
fn a_group_keeps_its_last_good_form_when_its_venue_goes() {
    let mut desk = Desk::new();
    desk.check();
    let broken = desk.remove("content/venues/hall.yaml").check();
    assert_eq!(errors(&broken), ["unknown-venue content/groups/tuesday.md"]);
    assert_eq!(desk.titles(), ["Lunch", "Tuesday"]);
    desk.write("content/venues/hall.yaml", "name: [");
    assert_eq!(desk.titles(), ["Lunch", "Tuesday"]);
    assert!(errors(&desk.write("content/venues/hall.yaml", HALL).check()).is_empty());
}

#[test]
fn a_file_that_is_gone_is_gone() {
    let mut desk = Desk::new();
    desk.check();
    assert_eq!(desk.remove("content/groups/tuesday.md").titles(), ["Lunch"]);
    desk.write("content/groups/lunch.md", "broken");
    assert_eq!(desk.titles(), ["Lunch"]);
    assert_eq!(desk.remove("content/groups/lunch.md").titles(), [""; 0]);
    assert_eq!(desk.write("content/groups/lunch.md", "broken").titles(), [""; 0]);
}

#[test]
fn another_group_at_the_address_takes_the_place_of_a_broken_one() {
    let mut desk = Desk::new();
    desk.check();
    desk.write("content/groups/tuesday.md", "broken");
    let other = LUNCH.replace("Lunch", "Other").replace("kind:", "slug: tuesday\nkind:");
    desk.write("content/groups/another.md", &other);
    desk.check();
    assert_eq!(desk.titles(), ["Lunch", "Other"]);
}

#[test]
fn settings_with_errors_keep_their_last_good_form() {
    let mut desk = Desk::new();
    desk.check();
    let broken = desk.write("site.yaml", &SITE.replace("title", "titel")).check();
    assert_eq!(broken.site.settings.title, "Network");
    assert!(
        errors(&broken).iter().all(|error| error.ends_with("site.yaml")),
        "{:?}",
        errors(&broken)
    );
    assert!(!errors(&broken).is_empty());
    assert_eq!(desk.remove("site.yaml").check().site.settings.title, "Network");
    let renamed = desk.write("site.yaml", &SITE.replace("Network", "Union")).check();
    assert_eq!(renamed.site.settings.title, "Union");
}

#[test]
fn a_broken_file_with_a_new_address_is_missing_there_and_kept_at_the_old_one() {
    let mut desk = Desk::new();
    desk.check();
    let moved = LUNCH.replace("kind: process", "slug: dinner\nkind: proces");
    let checked = desk.write("content/groups/lunch.md", &moved).check();
    let is_kept = |url: &str| checked.origins.not_now(url).map(|page| page.is_kept);
    assert_eq!((is_kept("/groups/lunch/"), is_kept("/groups/dinner/")), (Some(true), Some(false)));
}

#[test]
fn two_broken_files_that_each_were_good_at_one_address_are_one_group() {
    let mut desk = Desk::new();
    let there = |title: &str| LUNCH.replace("Lunch", title).replace("kind:", "slug: there\nkind:");
    desk.write("content/groups/lunch.md", &there("First")).check();
    desk.write(
        "content/groups/lunch.md",
        &there("First").replace("slug: there", "slug: moved\nnone: 1"),
    );
    desk.write("content/groups/tuesday.md", &there("Second")).check();
    desk.write("content/groups/tuesday.md", "broken");
    assert_eq!(desk.titles().len(), 1, "{:?}", desk.titles());
}

fn edit() -> impl Strategy<Value = (String, Option<String>)> {
    let paths = prop::sample::select(vec![
        "site.yaml",
        "content/venues/hall.yaml",
        "content/groups/tuesday.md",
        "content/groups/lunch.md",
        "content/groups/new.md",
        "content/resources/read.md",
        "content/pages/about.md",
    ]);
    let changes = prop::sample::select(vec![
        ("", ""),
        ("kind: process", "kind: training"),
        ("kind: process", "kind: proces"),
        ("purpose", "purpos"),
        ("purpose: To", "slug: lunch\npurpose: To"),
        ("purpose: To", "aliases: [old, lunch]\npurpose: To"),
        ("purpose: To", "id: lunch\npurpose: To"),
        ("purpose: To", "visibility: unlisted\npurpose: To"),
        ("purpose: To", "visibility: internal\npurpose: To"),
        ("name: Hall", "name: Hall\nprecision: area"),
        ("name: Hall", "nam: Hall"),
        ("Athens", "Columbus"),
        ("title: ", "title: A "),
        ("timezone: America/New_York\n", ""),
        ("## Soup", "Soup"),
        ("lunch", "lnch"),
    ]);
    let texts = prop::sample::select(vec![SITE, HALL, TUESDAY, LUNCH, READ, ""]);
    (paths, changes, texts).prop_map(|(path, (from, to), text)| {
        let text = match path {
            "site.yaml" => SITE,
            "content/venues/hall.yaml" => HALL,
            "content/resources/read.md" => READ,
            _ if text == HALL || text == SITE => LUNCH,
            _ => text,
        };
        let text = Some(text.replace(from, to)).filter(|text| !text.is_empty());
        (path.to_owned(), text)
    })
}

proptest! {
    #[test]
    fn a_check_with_memory_finds_what_one_without_finds(edits in prop::collection::vec(edit(), 1..12)) {
        let mut desk = Desk::new();
        desk.check();
        for (path, text) in edits {
            match text {
                Some(text) => desk.write(&path, &text),
                None => desk.remove(&path),
            };
            let again = desk.check();
            let fresh = check(&desk.loaded, &options());
            let settings_are_sound = !errors(&fresh).iter().any(|error| error.ends_with("site.yaml"))
                && desk.files.contains_key("site.yaml");
            if settings_are_sound {
                prop_assert_eq!(all(&again), all(&fresh));
                prop_assert_eq!(&again.stale, &fresh.stale);
                if errors(&fresh).is_empty() {
                    prop_assert_eq!(format!("{:?}", again.site), format!("{:?}", fresh.site));
                }
            }
        }
    }
}
