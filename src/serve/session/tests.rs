//! What the clock and faults of this program do to a state.

use fs_err as fs;
use tempfile::TempDir;

use super::*;

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.yaml"), "title: Network\ntimezone: America/New_York\n")
        .unwrap();
    folder
}

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn session(folder: &TempDir) -> Session {
    let options = Options { now: at("2026-11-23T12:00:00Z"), drafts: true, base_url: None };
    Session::new(folder.path(), options)
}

#[test]
fn a_new_day_in_the_site_s_zone_is_a_change() {
    let folder = site();
    let mut session = session(&folder);
    assert!(session.look(at("2026-11-23T12:00:00Z")).is_some());
    assert!(session.look(at("2026-11-24T04:59:00Z")).is_none(), "it is the 23rd in New York still");
    assert!(session.look(at("2026-11-24T05:01:00Z")).is_some());
    assert!(session.look(at("2026-11-24T05:02:00Z")).is_none());
}

#[test]
fn after_a_fault_of_the_program_pages_stay_and_the_next_look_begins_anew() {
    let folder = site();
    let mut session = session(&folder);
    let now = at("2026-11-23T12:00:00Z");
    session.look(now).unwrap();
    let state = session.after_panic().unwrap();
    assert!(
        state.edition().is_some()
            && state.has_problem("this is a fault of Roundtable, not of your files")
    );
    session.state = Some(state);
    assert!(session.after_panic().is_none(), "it is told once");
    let next = session.look(now).expect("all is read again");
    assert!(!next.has_problem("this is a fault of Roundtable, not of your files"));
}

#[test]
fn a_theme_proves_itself_on_a_page_of_each_kind() {
    let folder = site();
    let template = folder.path().join("theme/templates/404.html");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    let mut session = session(&folder);
    let now = at("2026-11-23T12:00:00Z");
    session.look(now).unwrap();
    fs::write(&template, "{{ nothing.at.all }}").unwrap();
    session.look(now).unwrap();
    let failed =
        |session: &Session| session.themes.current.as_ref().unwrap().failed.load(Ordering::Relaxed);
    assert!(failed(&session), "though nobody has asked for that page");
    fs::remove_file(&template).unwrap();
    session.look(now).unwrap();
    assert!(!failed(&session));
}
