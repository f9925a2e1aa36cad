//! Library and watcher together: whatever happens on the disk is known soon, and nobody is told of what did not happen.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{SETTLING, Watcher, Woken};
use crate::load::{Library, Loaded};

/// Generous, since a test machine may be busy.
const SOON: Duration = Duration::from_secs(30);
/// Longer than events, bursts and the looks after them mostly take.
const A_WHILE: Duration = Duration::from_millis(600);

/// A site that is followed as a server follows it.
struct Followed {
    folder: tempfile::TempDir,
    library: Library,
    watcher: Watcher,
    /// What the last look found.
    known: String,
}

impl Followed {
    fn new(watcher: fn(&Path) -> Watcher) -> Followed {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        let (library, watcher) = (Library::new(&root), watcher(&root));
        let mut site = Followed { folder, library, watcher, known: String::new() };
        assert!(site.library.refresh().is_err(), "there is no site yet");
        for group in ["a", "b", "c/d", "c/e"] {
            site.write(&format!("content/groups/{group}.md"), "1");
        }
        site.becomes("the site is made", "a=1 b=1 c/d=1 c/e=1");
        site
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join("site").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.at(path);
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        fs_err::write(file, text).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs_err::rename(self.at(from), self.at(to)).unwrap();
    }

    fn remove(&self, path: &str) {
        fs_err::remove_file(self.at(path)).unwrap();
    }

    /// A folder with everything in it, in the order in which `rm -r` does.
    fn remove_folder(&self, path: &str) {
        for entry in walkdir::WalkDir::new(self.at(path)).contents_first(true) {
            let entry = entry.unwrap();
            if entry.file_type().is_dir() {
                fs_err::remove_dir(entry.path()).unwrap();
            } else {
                fs_err::remove_file(entry.path()).unwrap();
            }
        }
    }

    /// Looks whenever it is told to, until the groups are as wanted or the time is over; gives how many looks found a change.
    fn follow(&mut self, longest: Duration, wanted: impl Fn(&str) -> bool) -> usize {
        let end = Instant::now() + longest;
        let mut changes = 0;
        loop {
            let looked = self.library.refresh();
            let is_new = self.watcher.arm(self.library.folders());
            if let Ok(looked) = looked {
                changes += usize::from(looked.changed);
                self.known = listed(&looked.loaded);
                if wanted(&self.known) {
                    return changes;
                }
            }
            let rest = end.saturating_duration_since(Instant::now());
            let longest = if self.library.unsettled() { rest.min(SETTLING) } else { rest };
            if rest.is_zero() {
                return changes;
            }
            if !is_new {
                self.watcher.wait(Some(longest));
            }
        }
    }

    /// Follows until the groups are these, with their texts.
    fn becomes(&mut self, what: &str, groups: &str) {
        self.follow(SOON, |known| known == groups);
        assert_eq!(self.known, groups, "{what}");
    }
}

/// Groups and their texts, `a=1 b/c=2`.
fn listed(loaded: &Loaded) -> String {
    let one = |document: &std::sync::Arc<crate::load::Document>| {
        let path = document.source.path.strip_prefix("content/groups/").unwrap();
        format!("{}={}", path.strip_suffix(".md").unwrap(), document.source.text)
    };
    loaded.documents.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_the_system_tells_leads_to_the_truth() {
    let mut site = Followed::new(Watcher::new);
    assert_eq!(site.watcher.notice(), None, "the test needs a folder whose changes are told");
    live_through_everything(&mut site);
}

#[test]
fn the_clock_alone_leads_to_the_truth() {
    live_through_everything(&mut Followed::new(Watcher::by_clock));
}

fn live_through_everything(site: &mut Followed) {
    save(site);
    move_about(site);
    replace_everything(site);
    assert_eq!(site.follow(A_WHILE, |_| false), 0, "nothing changes by itself");
}

fn save(site: &mut Followed) {
    site.write("content/groups/a.md", "2");
    site.becomes("an edit of the same length", "a=2 b=1 c/d=1 c/e=1");
    site.write("content/groups/4913", "");
    site.remove("content/groups/4913");
    site.rename("content/groups/a.md", "content/groups/a.md~");
    site.write("content/groups/a.md", "3");
    site.remove("content/groups/a.md~");
    site.becomes("as vim saves", "a=3 b=1 c/d=1 c/e=1");
    site.write("content/groups/c/sedA1b2", "2");
    site.rename("content/groups/c/sedA1b2", "content/groups/c/d.md");
    site.becomes("as sed saves", "a=3 b=1 c/d=2 c/e=1");
}

fn move_about(site: &mut Followed) {
    site.write("content/groups/f.md", "1");
    site.becomes("created", "a=3 b=1 c/d=2 c/e=1 f=1");
    site.rename("content/groups/f.md", "content/groups/c/f.md");
    site.becomes("renamed", "a=3 b=1 c/d=2 c/e=1 c/f=1");
    site.remove("content/groups/c/f.md");
    site.becomes("deleted", "a=3 b=1 c/d=2 c/e=1");
    site.rename("content/groups/c", "content/groups/g");
    site.becomes("a folder is renamed", "a=3 b=1 g/d=2 g/e=1");
    site.write("content/groups/g/d.md", "3");
    site.becomes("an edit in a renamed folder", "a=3 b=1 g/d=3 g/e=1");
    site.write("content/groups/h/i/j.md", "1");
    site.becomes("a file in new folders", "a=3 b=1 g/d=3 g/e=1 h/i/j=1");
}

fn replace_everything(site: &mut Followed) {
    // As git does when another branch is checked out: what differs is removed and made anew, the rest stays.
    site.remove_folder("content/groups/h");
    site.remove("content/groups/a.md");
    site.write("content/groups/a.md", "1");
    site.write("content/groups/c/d.md", "1");
    site.remove_folder("content/groups/g");
    site.becomes("another branch", "a=1 b=1 c/d=1");
    for text in ["2", "3"] {
        site.remove_folder("content");
        site.becomes("the content is removed", "");
        site.write("content/groups/a.md", "1");
        site.becomes("the content is made anew", "a=1");
        site.write("content/groups/a.md", text);
        site.becomes("an edit in the new content", &format!("a={text}"));
    }
    let (here, away) = (site.at(""), site.folder.path().join("away"));
    fs_err::rename(&here, &away).unwrap();
    site.write("content/groups/z.md", "1");
    site.becomes("another site in its place", "z=1");
    site.write("content/groups/z.md", "2");
    site.becomes("an edit in the other site", "z=2");
}

#[test]
fn two_hundred_saves_are_a_change_or_two_and_none_without_another_byte() {
    let mut site = Followed::new(Watcher::new);
    let all = |site: &Followed, text: &str| {
        for number in 0..200 {
            site.write(&format!("content/groups/{number}.md"), text);
        }
    };
    all(&site, "1");
    site.follow(SOON, |known| known.split(' ').count() == 204);
    site.follow(A_WHILE, |_| false);
    // Written before anyone looks, so that a slow machine sees one burst as well.
    all(&site, "2");
    assert_eq!(site.watcher.wait(Some(SOON)), Woken::Look);
    let changes = site.follow(A_WHILE, |_| false);
    assert!((1..=2).contains(&changes), "{changes} looks found a change");
    all(&site, "2");
    assert_eq!(site.watcher.wait(Some(SOON)), Woken::Look);
    assert_eq!(site.follow(A_WHILE, |_| false), 0, "no byte is another");
}
