use std::thread;

use notify::event::{CreateKind, Flag, RemoveKind, RenameMode};

use super::*;
use crate::load::Library;

/// For what must come: generous, since a test machine may be busy.
const SOON: Option<Duration> = Some(Duration::from_secs(20));
/// For what must not come.
const A_WHILE: Option<Duration> = Some(Duration::from_millis(300));

const GROUP: &str = "content/groups/a.md";

/// A site on the disk that is watched.
struct Site {
    folder: tempfile::TempDir,
    library: Library,
    watcher: Watcher,
}

impl Site {
    fn new(watcher: fn(&Path) -> Watcher) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs_err::create_dir_all(root.join("content/groups")).unwrap();
        fs_err::write(root.join(GROUP), "a").unwrap();
        let (library, watcher) = (Library::new(&root), watcher(&root));
        let mut site = Site { folder, library, watcher };
        site.look();
        site
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join("site").join(path)
    }

    fn write(&self, path: &str) {
        fs_err::write(self.at(path), "b").unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs_err::rename(self.at(from), self.at(to)).unwrap();
    }

    /// Looks until everything is watched and nothing is heard any more.
    fn look(&mut self) {
        for _ in 0..100 {
            let is_listed = self.library.refresh().is_ok();
            assert!(is_listed || self.library.folders().is_empty());
            let is_new = self.watcher.arm(self.library.folders());
            if !is_new && self.watcher.wait(Some(Duration::from_millis(60))) == Woken::Quiet {
                return;
            }
        }
        panic!("looking wakes the one who looks");
    }

    fn wakes(&mut self, what: &str) {
        assert_eq!(self.watcher.wait(SOON), Woken::Look, "{what}");
        self.look();
    }
}

#[test]
fn every_way_to_save_wakes() {
    let mut site = Site::new(Watcher::new);
    assert_eq!(site.watcher.notice(), None, "the test needs a folder whose changes are told");
    site.write(GROUP);
    site.wakes("written over");

    site.write("content/groups/4913");
    fs_err::remove_file(site.at("content/groups/4913")).unwrap();
    site.rename(GROUP, "content/groups/a.md~");
    site.write(GROUP);
    fs_err::remove_file(site.at("content/groups/a.md~")).unwrap();
    site.wakes("as vim saves");

    let file = fs_err::File::options().write(true).open(site.at(GROUP)).unwrap();
    file.set_len(0).unwrap();
    io::Write::write_all(&mut &file, b"other").unwrap();
    drop(file);
    site.wakes("as VS Code saves");

    site.write("content/groups/sedA1b2");
    site.rename("content/groups/sedA1b2", GROUP);
    site.wakes("as sed saves");

    fs_err::remove_file(site.at(GROUP)).unwrap();
    site.wakes("deleted");
}

#[test]
fn folders_are_watched_whatever_becomes_of_them() {
    let mut site = Site::new(Watcher::new);
    site.rename("content/groups", "content/pages");
    site.wakes("a folder is renamed");
    site.write("content/pages/a.md");
    site.wakes("a file in a renamed folder");

    fs_err::create_dir_all(site.at("content/groups/one/two")).unwrap();
    site.wakes("folders are made");
    site.write("content/groups/one/two/a.md");
    site.wakes("a file in a new folder");

    for round in 0..3 {
        fs_err::rename(site.at("content"), site.folder.path().join(format!("away{round}")))
            .unwrap();
        fs_err::create_dir_all(site.at("content/groups/one/two")).unwrap();
        site.wakes("the content is another");
        site.write("content/groups/one/two/a.md");
        site.wakes("a file in the other content");
    }
    // A folder that is made straight away often gets the number of the one that was removed.
    for _ in 0..3 {
        fs_err::remove_file(site.at("content/groups/one/two/a.md")).unwrap();
        fs_err::remove_dir(site.at("content/groups/one/two")).unwrap();
        fs_err::create_dir(site.at("content/groups/one/two")).unwrap();
        site.wakes("a folder is made anew");
        site.write("content/groups/one/two/a.md");
        site.wakes("a file in a folder made anew");
    }
    site.write("site.yaml");
    site.wakes("the settings are new");
}

#[test]
fn a_site_that_vanishes_is_waited_for() {
    let mut site = Site::new(Watcher::new);
    let (here, away) = (site.at(""), site.folder.path().join("away"));
    for _ in 0..2 {
        fs_err::rename(&here, &away).unwrap();
        site.wakes("the site is gone");
        fs_err::write(site.folder.path().join("beside"), "").unwrap();
        assert_eq!(site.watcher.wait(A_WHILE), Woken::Quiet, "what happens beside the site");
        fs_err::rename(&away, &here).unwrap();
        site.wakes("the site is back");
        site.write(GROUP);
        site.wakes("a file of the site that is back");
    }
}

#[test]
fn a_site_is_waited_for_from_far_above() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("not/yet");
    let (library, watcher) = (Library::new(&root), Watcher::new(&root));
    let mut site = Site { folder, library, watcher };
    site.look();
    fs_err::create_dir(site.folder.path().join("not")).unwrap();
    site.wakes("the folder above is made");
    fs_err::create_dir(&root).unwrap();
    site.wakes("the site is made");
    fs_err::write(root.join("site.yaml"), "").unwrap();
    site.wakes("a file in it is made");
}

#[test]
fn reading_wakes_nobody() {
    let mut site = Site::new(Watcher::new);
    for _ in 0..3 {
        assert_eq!(fs_err::read(site.at(GROUP)).unwrap(), b"a");
        Library::new(&site.at("")).refresh().unwrap();
    }
    assert_eq!(site.watcher.wait(A_WHILE), Woken::Quiet);
}

#[test]
fn a_burst_wakes_once() {
    let mut site = Site::new(Watcher::new);
    for _ in 0..200 {
        site.watcher.sender.send(Signal::Stirred(Instant::now())).unwrap();
    }
    assert_eq!(site.watcher.wait(SOON), Woken::Look);
    assert_eq!(site.watcher.wait(A_WHILE), Woken::Quiet);
}

#[test]
fn a_burst_ends_with_quiet_or_after_a_while() {
    let start = Instant::now();
    let at = |milliseconds| start + Duration::from_millis(milliseconds);
    assert_eq!(Burst { first: at(0), last: at(0) }.end(), at(20));
    assert_eq!(Burst { first: at(0), last: at(15) }.end(), at(35));
    assert_eq!(Burst { first: at(0), last: at(95) }.end(), at(100));
    assert_eq!(Burst { first: at(0), last: at(300) }.end(), at(100));
}

#[test]
fn a_clock_rests_longer_where_looks_are_dear() {
    assert_eq!(interval(Duration::from_millis(2)), INTERVAL);
    assert_eq!(interval(Duration::from_millis(200)), Duration::from_millis(1800));
    assert_eq!(interval(Duration::from_mins(1)), Duration::from_secs(10));
}

#[test]
fn a_clock_sends_to_look_without_being_told() {
    let mut site = Site::new(Watcher::by_clock);
    for _ in 0..2 {
        site.write(GROUP);
        site.wakes("by the clock");
    }
    assert_eq!(site.watcher.wait(Some(Duration::ZERO)), Woken::Quiet, "a shorter wait ends before");
}

#[test]
fn a_system_that_fails_is_replaced_by_the_clock_and_told_once() {
    let mut site = Site::new(Watcher::new);
    site.watcher
        .sender
        .send(Signal::Failed(notify::Error::new(notify::ErrorKind::MaxFilesWatch)))
        .unwrap();
    assert_eq!(site.watcher.wait(SOON), Woken::Look);
    let told = "looking for changes about every half second, because the system lets programs watch no more \
                folders at once";
    assert_eq!(site.watcher.notice().as_deref(), Some(told));
    assert_eq!(site.watcher.notice(), None);
    assert!(!site.watcher.arm(site.library.folders()));
    assert_eq!(site.watcher.wait(SOON), Woken::Look);
}

#[test]
fn a_stop_ends_this_wait_and_the_next() {
    let mut site = Site::new(Watcher::new);
    let stop = site.watcher.stop();
    let stopping = thread::spawn(move || stop.stop());
    assert_eq!(site.watcher.wait(None), Woken::Stopped);
    stopping.join().unwrap();
    site.write(GROUP);
    assert_eq!(site.watcher.wait(None), Woken::Stopped);
    let stop = site.watcher.stop();
    drop(site);
    stop.stop();
}

/// How an event is heard: `s` for a stir, `r` for a folder replaced, `m` for events missed, `f` for a failure.
fn heard(event: notify::Result<Event>) -> String {
    let letter = |signal: &Signal| match signal {
        Signal::Stirred(_) => 's',
        Signal::Replaced(_) => 'r',
        Signal::Missed => 'm',
        Signal::Failed(_) => 'f',
        Signal::Stop => '!',
    };
    signals(event, Path::new("/a/site")).iter().map(letter).collect()
}

#[test]
fn only_what_may_change_the_site_is_heard() {
    let event = |kind, path: &str| Ok(Event::new(kind).add_path(path.into()));
    let (open, read) = (AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Read));
    let written = AccessKind::Close(AccessMode::Write);
    let moved = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    for (kind, path, expected) in [
        (EventKind::Access(open), "/a/site/x", ""),
        (EventKind::Access(read), "/a/site/x", ""),
        (EventKind::Access(written), "/a/site/x", "s"),
        (EventKind::Modify(ModifyKind::Any), "/a/site/x", "s"),
        (EventKind::Create(CreateKind::Folder), "/a/site/x", "rs"),
        (EventKind::Remove(RemoveKind::Folder), "/a/site", "rs"),
        (moved, "/a", "rs"),
        (moved, "/a/beside", ""),
        (EventKind::Create(CreateKind::Any), "/a/site-beside", ""),
    ] {
        assert_eq!(heard(event(kind, path)), expected, "{kind:?} {path}");
    }
    assert_eq!(heard(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))), "ms");
    assert_eq!(heard(Err(notify::Error::generic("x"))), "f");
}

#[test]
fn a_folder_that_is_gone_or_closed_is_no_failure() {
    let io = |kind: io::ErrorKind| notify::Error::io(kind.into());
    assert!(is_out_of_reach(&notify::Error::new(notify::ErrorKind::PathNotFound)));
    assert!(is_out_of_reach(&io(io::ErrorKind::PermissionDenied)));
    assert!(!is_out_of_reach(&notify::Error::new(notify::ErrorKind::MaxFilesWatch)));
    assert!(!is_out_of_reach(&io(io::ErrorKind::StorageFull)));
}
