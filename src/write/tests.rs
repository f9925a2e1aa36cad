use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::time::SystemTime;

use tempfile::TempDir;

use super::*;
use crate::output::{Content, MANIFEST};

/// A site's folder with a `public` to write to.
struct Site {
    root: TempDir,
}

impl Site {
    fn new() -> Site {
        let site = Site { root: tempfile::tempdir().unwrap() };
        for folder in ["home", "site/content", "site/static", "site/theme"] {
            fs::create_dir_all(site.root.path().join(folder)).unwrap();
        }
        site.put("site/site.yaml", "title: T");
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    fn public(&self, path: &str) -> PathBuf {
        self.path("site/public").join(path)
    }

    fn write_to(&self, folder: &Path, output: &Output) -> Result<Summary, WriteError> {
        write(output, folder, &Protected { site: self.path("site"), home: Some(self.path("home")) })
    }

    fn write(&self, files: &[(&str, &str)]) -> Result<Summary, WriteError> {
        self.write_to(&self.public(""), &output(files))
    }

    fn built(&self, files: &[(&str, &str)]) -> (usize, usize, usize) {
        let summary = self.write(files).unwrap();
        (summary.written, summary.unchanged, summary.removed)
    }

    fn refusal(&self, files: &[(&str, &str)]) -> String {
        match self.write(files) {
            Err(WriteError::Refused(reason)) => reason,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// Every file and folder below `public` but the manifest, files with their text.
    fn tree(&self) -> Vec<String> {
        let walk = walkdir::WalkDir::new(self.public("")).min_depth(1).sort_by_file_name();
        let found =
            walk.into_iter().map(Result::unwrap).filter(|found| found.file_name() != MANIFEST);
        let shown = found.map(|found| {
            let path = found.path().strip_prefix(self.public("")).unwrap().display().to_string();
            if found.file_type().is_file() {
                format!("{path}={}", fs_err::read_to_string(found.path()).unwrap())
            } else {
                path
            }
        });
        shown.collect()
    }

    fn manifest(&self) -> String {
        fs_err::read_to_string(self.public(MANIFEST)).unwrap()
    }

    fn modified(&self) -> Vec<SystemTime> {
        let walk = walkdir::WalkDir::new(self.public("")).sort_by_file_name();
        walk.into_iter()
            .map(|found| found.unwrap().metadata().unwrap().modified().unwrap())
            .collect()
    }
}

fn output(files: &[(&str, &str)]) -> Output {
    let mut output = Output::new();
    for (path, text) in files {
        output.insert(*path, Content::Bytes(text.as_bytes().to_vec())).unwrap();
    }
    output
}

const PAGES: &[(&str, &str)] =
    &[("groups/a/index.html", "a"), ("groups/b/index.html", "b"), ("index.html", "home")];

#[test]
fn a_second_build_touches_nothing() {
    let site = Site::new();
    assert_eq!(site.built(PAGES), (3, 0, 0));
    let before = site.modified();
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(site.built(PAGES), (0, 3, 0));
    assert_eq!(site.modified(), before);
}

#[test]
fn only_changed_files_are_written() {
    let site = Site::new();
    site.write(PAGES).unwrap();
    let before = fs::metadata(site.public("groups/a/index.html")).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(site.built(&[PAGES[0], PAGES[1], ("index.html", "HOME"), ("new", "n")]), (2, 2, 0));
    assert_eq!(
        fs::metadata(site.public("groups/a/index.html")).unwrap().modified().unwrap(),
        before
    );
    assert_eq!(site.tree().last().unwrap(), "new=n");
}

#[test]
fn a_file_edited_by_hand_is_restored() {
    let site = Site::new();
    site.write(PAGES).unwrap();
    // The same length: only the bytes tell.
    site.put("site/public/index.html", "HOME");
    fs::remove_file(site.public("groups/a/index.html")).unwrap();
    assert_eq!(site.built(PAGES), (2, 1, 0));
    assert!(site.tree().contains(&"index.html=home".to_owned()));
}

#[test]
fn what_is_published_no_more_goes_with_its_folder_and_strangers_stay() {
    let site = Site::new();
    site.write(PAGES).unwrap();
    site.put("site/public/.git/config", "g");
    site.put("site/public/groups/a/notes.txt", "mine");
    site.put("site/public/CNAME", "example.org");
    assert_eq!(site.built(&[("index.html", "home")]), (0, 1, 2));
    let left = [
        "index.html=home",
        ".git",
        ".git/config=g",
        "CNAME=example.org",
        "groups",
        "groups/a",
        "groups/a/notes.txt=mine",
    ];
    let mut tree = site.tree();
    tree.sort();
    let mut expected = left.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(tree, expected);
}

#[test]
fn a_folder_that_no_build_made_is_refused_and_untouched() {
    for stranger in ["notes.txt", ".git/config", "deep/er/x"] {
        let site = Site::new();
        site.put(&format!("site/public/{stranger}"), "mine");
        let before = site.tree();
        assert!(site.refusal(PAGES).contains("not empty"), "{stranger}");
        assert_eq!(site.tree(), before);
    }
    let site = Site::new();
    site.put(&format!("site/public/{MANIFEST}"), "something else");
    site.put("site/public/notes.txt", "mine");
    assert!(site.refusal(PAGES).contains("not empty"));
}

#[test]
fn a_file_that_no_build_wrote_is_never_replaced() {
    let site = Site::new();
    site.write(PAGES).unwrap();
    site.put("site/public/CNAME", "mine.example");
    let with_name = [PAGES[0], ("CNAME", "theirs.example")];
    assert!(site.refusal(&with_name).contains("`CNAME`"));
    assert!(site.tree().contains(&"CNAME=mine.example".to_owned()) && site.tree().len() == 7);
    // The same bytes are nobody's loss: the file is taken over.
    site.put("site/public/CNAME", "theirs.example");
    assert_eq!(site.built(&with_name), (0, 2, 2));
    assert_eq!(site.built(&[PAGES[0]]), (0, 1, 1));
}

#[test]
fn folders_and_files_change_places() {
    let site = Site::new();
    site.write(&[("a/b/c", "1"), ("d", "2"), ("e", "3")]).unwrap();
    fs::create_dir_all(site.public("a/empty/er")).unwrap();
    assert_eq!(site.built(&[("a", "4"), ("d/x", "5"), ("e", "3")]), (2, 1, 2));
    assert_eq!(site.tree(), ["a=4", "d", "d/x=5", "e=3"]);
    site.put("site/public/d/mine", "m");
    assert!(site.refusal(&[("d", "6")]).contains("`d/mine`"));
    site.put("site/public/f", "m");
    assert!(site.refusal(&[("f/g", "6")]).contains("`f`"));
}

#[test]
fn dangerous_folders_are_refused() {
    let site = Site::new();
    let inside = [
        "site",
        "site/",
        "",
        "site/content",
        "site/content/x/y",
        "site/static",
        "site/theme/z",
        "home",
    ];
    for folder in
        inside.map(|folder| site.path(folder)).into_iter().chain(["/".into(), "/..".into()])
    {
        let error = site.write_to(&folder, &output(PAGES)).unwrap_err();
        assert!(matches!(error, WriteError::Refused(_)), "{} {error:?}", folder.display());
    }
    let sly = site.path("site/public/../content/new");
    assert!(matches!(site.write_to(&sly, &output(PAGES)), Err(WriteError::Refused(_))));
    site.put("file", "x");
    for below in ["file", "file/below", "file/below/../x"] {
        let error = site.write_to(&site.path(below), &output(PAGES)).unwrap_err();
        assert!(matches!(error, WriteError::Refused(_)), "{below} {error:?}");
    }
    assert_eq!(fs::read_dir(site.path("site/content")).unwrap().count(), 0);
    site.write_to(&site.path("elsewhere/new/public"), &output(PAGES)).unwrap();
}

#[test]
fn a_symbolic_link_does_not_hide_a_dangerous_folder() {
    let site = Site::new();
    for (link, target) in [("link", "site/content"), ("up", "site"), ("nothing", "nowhere")] {
        symlink(site.path(target), site.path(link)).unwrap();
        let error = site.write_to(&site.path(link), &output(PAGES)).unwrap_err();
        assert!(matches!(error, WriteError::Refused(_)), "{link} {error:?}");
    }
    let error = site.write_to(&site.path("up/content/x"), &output(PAGES)).unwrap_err();
    assert!(matches!(error, WriteError::Refused(_)), "{error:?}");
    fs::create_dir(site.path("web")).unwrap();
    symlink(site.path("web"), site.public("").parent().unwrap().join("public")).unwrap();
    assert_eq!(site.built(PAGES), (3, 0, 0));
    assert!(site.path("web/index.html").is_file());
}

#[test]
fn links_inside_the_output_are_not_followed() {
    let site = Site::new();
    site.write(PAGES).unwrap();
    site.put("outside/index.html", "theirs");
    fs_err::remove_file(site.public("groups/a/index.html")).unwrap();
    fs_err::remove_dir(site.public("groups/a")).unwrap();
    symlink(site.path("outside"), site.public("groups/a")).unwrap();
    // Neither written through ...
    assert!(site.refusal(PAGES).contains("`groups/a`"));
    // ... nor pruned through.
    assert_eq!(site.built(&[PAGES[1], PAGES[2]]), (0, 2, 0));
    assert_eq!(fs_err::read_to_string(site.path("outside/index.html")).unwrap(), "theirs");
    // A link in a file's own place is replaced, and its target left alone.
    fs_err::remove_file(site.public("index.html")).unwrap();
    symlink(site.path("outside/index.html"), site.public("index.html")).unwrap();
    assert_eq!(site.built(&[PAGES[1], PAGES[2]]), (1, 1, 0));
    assert!(fs::symlink_metadata(site.public("index.html")).unwrap().is_file());
    assert_eq!(fs_err::read_to_string(site.path("outside/index.html")).unwrap(), "theirs");
}

#[test]
fn files_can_be_read_by_a_web_server() {
    let site = Site::new();
    site.put("site/static/a.txt", "from the disk");
    let mut output = output(PAGES);
    let asset = Asset { path: site.path("site/static/a.txt"), published: Published::AsIs };
    output.insert("a.txt", Content::File(asset)).unwrap();
    site.write_to(&site.public(""), &output).unwrap();
    site.put("site/public/index.html", "changed");
    site.put("site/public/a.txt", "changed");
    let summary = site.write_to(&site.public(""), &output).unwrap();
    assert_eq!((summary.written, summary.unchanged), (2, 2));
    for path in ["index.html", "groups/a/index.html", "a.txt", MANIFEST] {
        assert_eq!(
            fs::metadata(site.public(path)).unwrap().permissions().mode() & 0o777,
            0o644,
            "{path}"
        );
    }
    assert!(site.tree().contains(&"a.txt=from the disk".to_owned()));
}

#[test]
fn the_manifest_names_nothing_and_is_the_same_twice() {
    let (one, two) = (Site::new(), Site::new());
    one.write(&[("groups/secret-name/index.html", "x"), ("a", "y")]).unwrap();
    two.write(&[("a", "old"), ("gone", "z")]).unwrap();
    two.write(&[("groups/secret-name/index.html", "x"), ("a", "y")]).unwrap();
    assert_eq!(one.manifest(), two.manifest());
    assert!(
        !one.manifest().contains("secret") && one.manifest().starts_with("roundtable-manifest 1\n")
    );
    assert_eq!(one.manifest().lines().count(), 3);
}

#[test]
fn the_next_build_repairs_what_a_killed_one_left() {
    let site = Site::new();
    let old = [("gone/index.html", "1"), ("kept.html", "2"), ("same.html", "3")];
    let new = [("kept.html", "two"), ("new/deep/index.html", "4"), ("same.html", "3")];
    site.write(&old).unwrap();
    let finished = site.manifest();
    // As far as the first writes: the manifest of both, one folder emptied, one file half there, one temporary file.
    let (folder, output) = (site.public(""), output(&new));
    let disk = folder::list(&folder).unwrap();
    let plan =
        plan::plan(&output, &folder, &disk, &manifest::read(&folder).unwrap().unwrap()).unwrap();
    commit::announce(&folder, &plan).unwrap();
    assert_ne!(site.manifest(), finished);
    fs_err::remove_file(site.public("gone/index.html")).unwrap();
    site.put("site/public/new/deep/index.html", "");
    site.put("site/public/new/.roundtable-AbC123.tmp", "tw");
    fs::create_dir_all(site.public("new/empty/er")).unwrap();
    assert_eq!(site.built(&new), (2, 1, 0));
    assert_eq!(
        site.tree(),
        ["kept.html=two", "new", "new/deep", "new/deep/index.html=4", "same.html=3"]
    );
    // A folder that was made, or emptied, and is still needed.
    commit::announce(&folder, &plan).unwrap();
    fs_err::remove_file(site.public("new/deep/index.html")).unwrap();
    assert_eq!(site.built(&new), (1, 2, 0));
    // Back to the old site from the same state: what the dead build added is pruned.
    commit::announce(&folder, &plan).unwrap();
    assert_eq!(site.built(&old), (2, 1, 1));
    assert_eq!(site.tree(), ["gone", "gone/index.html=1", "kept.html=2", "same.html=3"]);
    assert_eq!(site.manifest(), finished);
}

#[test]
fn a_build_killed_at_its_very_start_does_not_lock_the_folder() {
    let site = Site::new();
    site.put("site/public/.roundtable-x1y2z3.tmp", "roundtable-mani");
    assert_eq!(site.built(PAGES), (3, 0, 0));
    assert_eq!(site.tree().len(), 6);
}

#[test]
fn a_disk_error_leaves_the_other_files_and_is_repaired() {
    let site = Site::new();
    site.write(PAGES).unwrap();
    let too_long = "x".repeat(300);
    let error = site.write(&[PAGES[0], PAGES[2], (&too_long, "x")]).unwrap_err();
    assert!(
        matches!(&error, WriteError::Disk(error) if error.to_string().contains(&too_long)),
        "{error:?}"
    );
    assert!(site.tree().contains(&"groups/a/index.html=a".to_owned()));
    assert_eq!(site.built(PAGES), (1, 2, 0));
}

#[test]
fn a_missing_asset_is_found_before_anything_is_touched() {
    let site = Site::new();
    site.write(PAGES).unwrap();
    let (before, manifest) = (site.tree(), site.manifest());
    let mut output = output(&[("index.html", "other")]);
    let asset = Asset { path: site.path("site/static/none.txt"), published: Published::AsIs };
    output.insert("none.txt", Content::File(asset)).unwrap();
    assert!(matches!(site.write_to(&site.public(""), &output), Err(WriteError::Disk(_))));
    assert_eq!((site.tree(), site.manifest()), (before, manifest));
}

#[test]
fn images_are_published_without_metadata() {
    let site = Site::new();
    let picture = fs_err::read("tests/images/alpha.png").unwrap();
    let (header, rest) = picture.split_at(33);
    // A text chunk of six letters, with its checksum.
    let told = [header, b"\0\0\0\x08tEXtA\0CANARY\x65\xcb\x48\x1b", rest].concat();
    let path = site.path("site/static/a.png");
    fs_err::write(&path, told).unwrap();
    let mut output = Output::new();
    output
        .insert(
            "a.png",
            Content::File(Asset { path: path.clone(), published: Published::WithoutMetadata }),
        )
        .unwrap();
    assert_eq!(site.write_to(&site.public(""), &output).unwrap().written, 1);
    assert!(fs_err::read(site.public("a.png")).unwrap() == picture);
    assert_eq!(site.write_to(&site.public(""), &output).unwrap().unchanged, 1);
    // A picture that cannot be cleaned stops the build before anything is touched.
    fs_err::write(&path, &picture[..50]).unwrap();
    let error = site.write_to(&site.public(""), &output).unwrap_err();
    assert!(matches!(&error, WriteError::Image { path, .. } if path.ends_with("a.png")), "{error}");
    assert!(fs_err::read(site.public("a.png")).unwrap() == picture);
}
