use super::*;

const GROUP: &str = "---\ntitle: A\n---\nText\n";

/// A site on the disk, and what is known of it.
struct Site {
    folder: tempfile::TempDir,
    library: Library,
}

impl Site {
    /// A site that was last written long ago, and looked at once.
    fn new(files: &[(&str, &str)]) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs_err::create_dir(&root).unwrap();
        let mut site = Site { library: Library::new(&root), folder };
        for (path, text) in files {
            site.write(path, text);
        }
        assert!(site.look().changed);
        site.settle();
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

    fn look(&mut self) -> Refreshed {
        self.library.refresh().unwrap()
    }

    /// Looks until every stamp can be trusted; nothing changes by that.
    fn settle(&mut self) {
        for _ in 0..30 {
            if !self.library.unsettled() {
                return;
            }
            assert!(!self.look().changed, "only the disk changes a site");
        }
        panic!("the library never settles");
    }

    /// Looks once for a change, and tells which documents there are then.
    fn changed(&mut self) -> Vec<String> {
        let looked = self.look();
        assert!(looked.changed);
        self.settle();
        looked.loaded.documents.iter().map(|document| document.source.path.clone()).collect()
    }

    fn document(&mut self, path: &str) -> Arc<super::super::Document> {
        let loaded = self.look().loaded;
        loaded.documents.iter().find(|document| document.source.path == path).unwrap().clone()
    }
}

fn groups() -> Site {
    Site::new(&[
        ("site.yaml", "title: T\n"),
        ("content/groups/a.md", GROUP),
        ("content/groups/b.md", GROUP),
        ("static/a.pdf", "1"),
    ])
}

#[test]
fn nothing_new_is_the_same_value() {
    let mut site = groups();
    let before = site.look();
    let after = site.look();
    assert!(!before.changed && !after.changed);
    assert!(Arc::ptr_eq(&before.loaded, &after.loaded));
}

#[test]
fn an_edited_file_is_another_value_and_the_others_are_not() {
    let mut site = groups();
    let (a, b) = (site.document("content/groups/a.md"), site.document("content/groups/b.md"));
    let settings = site.look().loaded.settings.clone().unwrap();
    site.write("content/groups/a.md", "---\ntitle: B\n---\n");
    assert!(site.look().changed);
    assert!(!Arc::ptr_eq(&a, &site.document("content/groups/a.md")));
    assert!(Arc::ptr_eq(&b, &site.document("content/groups/b.md")));
    assert!(Arc::ptr_eq(&settings, site.look().loaded.settings.as_ref().unwrap()));
}

#[test]
fn a_file_that_is_saved_with_the_same_bytes_is_the_same_value() {
    let mut site = groups();
    let before = site.document("content/groups/a.md");
    site.write("content/groups/a.md", GROUP);
    assert!(!site.look().changed);
    site.write("content/groups/a.md.new", GROUP);
    site.rename("content/groups/a.md.new", "content/groups/a.md");
    assert!(!site.look().changed);
    assert!(Arc::ptr_eq(&before, &site.document("content/groups/a.md")));
}

#[test]
fn a_second_write_with_the_same_stamp_is_seen_once_more() {
    let mut site = groups();
    site.write("content/groups/a.md", "---\ntitle: B\n---\n");
    assert!(site.look().changed && site.library.unsettled());
    let kept = site.library.files.iter().position(|file| file.path == "content/groups/a.md");
    site.write("content/groups/a.md", "---\ntitle: C\n---\n");
    // As a coarse clock would have it.
    let metadata = fs_err::metadata(site.at("content/groups/a.md")).unwrap();
    site.library.files[kept.unwrap()].stamp = Stamp::of(&metadata);
    assert!(site.look().changed);
    assert!(site.document("content/groups/a.md").source.text.contains("title: C"));
    site.settle();
}

#[test]
fn a_stamp_that_was_put_back_hides_nothing() {
    let mut site = groups();
    let times = fs_err::metadata(site.at("content/groups/a.md")).unwrap().modified().unwrap();
    site.write("content/groups/a.md", &GROUP.replace('A', "B"));
    fs_err::File::options()
        .write(true)
        .open(site.at("content/groups/a.md"))
        .unwrap()
        .set_modified(times)
        .unwrap();
    assert!(!cfg!(unix) || site.look().changed);
}

#[test]
fn a_site_written_long_ago_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    fs_err::write(folder.path().join("site.yaml"), "title: T\n").unwrap();
    let mut library = Library::new(folder.path());
    library.refresh().unwrap();
    assert!(library.unsettled(), "the newest file may be written again in the same tick");
    let latest = Stamp::of(&fs_err::metadata(folder.path().join("site.yaml")).unwrap());
    assert!(!latest.is_young(latest.changed() + 60_000_000_000));
}

#[test]
fn files_come_go_and_move() {
    let mut site = groups();
    site.write("content/groups/c.md", GROUP);
    let three = ["content/groups/a.md", "content/groups/b.md", "content/groups/c.md"];
    assert_eq!(site.changed(), three);
    site.rename("content/groups/c.md", "content/groups/0.md");
    assert_eq!(site.changed(), ["content/groups/0.md", three[0], three[1]]);
    fs_err::remove_file(site.at("content/groups/0.md")).unwrap();
    assert_eq!(site.changed(), [three[0], three[1]]);
    site.rename("content/groups", "content/resources");
    assert_eq!(site.changed(), ["content/resources/a.md", "content/resources/b.md"]);
    site.rename("content", "kept");
    assert_eq!(site.changed(), [""; 0]);
    site.rename("kept", "content");
    assert_eq!(site.changed(), ["content/resources/a.md", "content/resources/b.md"]);
    fs_err::remove_file(site.at("site.yaml")).unwrap();
    let looked = site.look();
    assert!(looked.changed && looked.loaded.settings.is_none());
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_or_a_folder_is_told() {
    let mut site = groups();
    fs_err::remove_file(site.at("content/groups/a.md")).unwrap();
    std::os::unix::fs::symlink("b.md", site.at("content/groups/a.md")).unwrap();
    assert_eq!(site.changed(), ["content/groups/b.md"]);
    let told = |site: &mut Site| -> Vec<&str> {
        site.look().loaded.diagnostics.iter().map(|found| found.rule.name).collect()
    };
    assert_eq!(told(&mut site), ["symbolic-link"]);
    fs_err::remove_file(site.at("content/groups/a.md")).unwrap();
    fs_err::create_dir(site.at("content/groups/a.md")).unwrap();
    assert_eq!(site.changed(), ["content/groups/b.md"]);
    assert_eq!(told(&mut site), [""; 0]);
}

#[test]
fn a_file_without_a_place_is_a_change_though_nothing_is_read() {
    let mut site = groups();
    site.write("content/groups/a.txt", "");
    let looked = site.look();
    assert!(looked.changed && looked.loaded.diagnostics.len() == 1);
    assert!(!site.look().changed);
    site.rename("content/groups/a.txt", "content/groups/b.txt");
    assert!(site.look().changed);
    site.write("notes.txt", "of nobody's concern");
    assert!(!site.look().changed);
}

#[test]
fn pictures_and_files_have_a_version_for_their_bytes() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
    let mut site = Site::new(&[
        ("content/groups/a.svg", svg),
        ("static/a.svg", svg),
        ("static/a.pdf", "1"),
        ("static/_headers", "/*\n  A: b\n"),
    ]);
    let versions = |site: &mut Site| -> Vec<u64> {
        let loaded = site.look().loaded;
        let statics = loaded.statics.iter().map(|file| file.version);
        loaded.images.iter().map(|image| image.version).chain(statics).collect()
    };
    let before = versions(&mut site);
    assert_eq!(before.len(), 4);
    for path in ["content/groups/a.svg", "static/_headers", "static/a.pdf", "static/a.svg"] {
        let text = fs_err::read_to_string(site.at(path)).unwrap();
        site.write(path, &format!("{text} "));
    }
    let after = versions(&mut site);
    assert!(before.iter().zip(&after).all(|(before, after)| before != after));
    // A file that nobody looks into is known by its bytes once it was touched.
    site.write("static/a.pdf", "1 ");
    assert!(!site.look().changed);
    assert_eq!(versions(&mut site), after);
    let loaded = site.look().loaded;
    let file = loaded.statics.iter().find(|file| file.path == "a.pdf").unwrap();
    assert!(file.facts.is_none() && file.text.is_none(), "it is no picture");
}

#[test]
fn a_theme_file_that_is_edited_is_read() {
    let mut site = Site::new(&[("theme/css/base.css", "a {}")]);
    site.write("theme/css/base.css", "b {}");
    let looked = site.look();
    assert!(looked.changed);
    assert_eq!(looked.loaded.theme.first().unwrap().bytes, b"b {}");
}

#[test]
fn a_site_that_vanished_is_an_error_until_it_is_back() {
    let mut site = groups();
    let before = site.document("content/groups/a.md");
    let (here, away) = (site.at(""), site.folder.path().join("away"));
    fs_err::rename(&here, &away).unwrap();
    for _ in 0..2 {
        let error = site.library.refresh().unwrap_err();
        assert!(format!("{error:#}").contains("site"), "{error:#}");
        assert!(site.library.folders().is_empty());
    }
    fs_err::rename(&away, &here).unwrap();
    let looked = site.look();
    assert!(looked.changed, "whoever showed the error has to take it away");
    assert!(Arc::ptr_eq(&before, looked.loaded.documents.first().unwrap()));
    assert!(!site.look().changed && !site.library.folders().is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_that_may_be_read_again_is_read_again() {
    use std::os::unix::fs::PermissionsExt;
    let mut site = groups();
    let file = site.at("content/groups/a.md");
    fs_err::set_permissions(&file, PermissionsExt::from_mode(0o000)).unwrap();
    if fs_err::read(&file).is_ok() {
        return; // Whoever may read everything cannot be kept out.
    }
    assert_eq!(site.changed(), ["content/groups/b.md"]);
    assert_eq!(site.look().loaded.diagnostics.first().unwrap().rule.name, "unreadable-file");
    fs_err::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(site.changed(), ["content/groups/a.md", "content/groups/b.md"]);
}

#[test]
fn folders_are_told_with_their_numbers() {
    let mut site = Site::new(&[
        ("content/groups/a/one.md", GROUP),
        ("content/.git/x", ""),
        ("static/out/.roundtable-manifest", ""),
        ("theme/css/base.css", ""),
        ("public/index.html", ""),
    ]);
    let paths = |site: &Site| -> Vec<String> {
        let path = |folder: &SiteFolder| folder.path.to_str().unwrap().replace('\\', "/");
        site.library.folders().iter().map(path).collect()
    };
    let all = ["", "content", "content/groups", "content/groups/a", "static", "theme", "theme/css"];
    assert_eq!(paths(&site), all);
    let before = site.library.folders().to_vec();
    site.rename("content/groups", "content/old");
    site.write("content/groups/a/one.md", GROUP);
    assert!(site.look().changed);
    assert_eq!(paths(&site).len(), 9);
    let after = site.library.folders();
    assert!(!cfg!(unix) || !after.contains(&before[2]));
    assert!(after.contains(&before[1]));
}
