//! Sites as a build leaves them on the disk, read back whole.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use flate2::read::GzDecoder;

use crate::harness::{Archive, NOW, project};
use crate::html::Page;

/// Every file of a folder, by its path with `/`.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A published folder.
pub(crate) struct Built {
    pub(crate) files: Files,
}

impl Built {
    /// A file as text.
    pub(crate) fn text(&self, path: &str) -> &str {
        let file = self.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        str::from_utf8(file).unwrap_or_else(|_| panic!("{path} is no text"))
    }

    /// Every page, by its path.
    pub(crate) fn pages(&self) -> BTreeMap<&str, Page> {
        let pages = self.files.keys().map(String::as_str).filter(|path| is_page(path));
        pages.map(|path| (path, Page::parse(self.text(path)))).collect()
    }

    /// A page by its address from the site's root.
    pub(crate) fn page(&self, url: &str) -> Page {
        Page::parse(self.text(&format!("{}index.html", url.trim_start_matches('/'))))
    }
}

/// A file as a reader has it: what is compressed inside (RFC 1952) is unpacked.
pub(crate) fn unpacked(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Cow::Borrowed(bytes);
    }
    let mut unpacked = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    Cow::Owned(unpacked)
}

/// Whether a file is one of the finder's index, whose names are made of what is in them.
pub(crate) fn is_of_finder(path: &str) -> bool {
    path == "groups/finder.bin" || path.starts_with("assets/finder/")
}

pub(crate) fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// The example site's folder.
pub(crate) fn example_site() -> PathBuf {
    project().join("example-site")
}

/// The example site, built once.
pub(crate) fn example() -> &'static Built {
    static EXAMPLE: OnceLock<Built> = OnceLock::new();
    EXAMPLE.get_or_init(|| build(&example_site(), &[]))
}

/// Its pages, read once.
pub(crate) fn example_pages() -> &'static BTreeMap<&'static str, Page> {
    static PAGES: OnceLock<BTreeMap<&'static str, Page>> = OnceLock::new();
    PAGES.get_or_init(|| example().pages())
}

/// The program with nothing of the environment.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roundtable"));
    command.env_clear();
    command
}

/// Runs `build` at [`NOW`].
pub(crate) fn run_build(site: &Path, out: &Path, arguments: &[&str]) -> Output {
    let mut command = program();
    command.arg("build").arg(site).arg("--out").arg(out).args(["--now", NOW]).args(arguments);
    command.output().unwrap()
}

/// Builds a site that must build, and reads the result.
pub(crate) fn build(site: &Path, arguments: &[&str]) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let output = run_build(site, &out, arguments);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stderr}");
    Built { files: read(&out) }
}

/// Builds the files of an archive.
pub(crate) fn build_archive(archive: &str, arguments: &[&str]) -> Built {
    build(Archive::parse(archive).unpack().path(), arguments)
}

/// Every file of a folder; none where there is no folder.
pub(crate) fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    if folder.exists() {
        add(folder, "", &mut files);
    }
    files
}

fn add(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            add(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs_err::read(entry.path()).unwrap());
        }
    }
}

/// Copies a folder's files, in the order of their paths or against it.
pub(crate) fn copy(from: &Path, to: &Path, backwards: bool) {
    let mut files: Vec<(String, Vec<u8>)> = read(from).into_iter().collect();
    if backwards {
        files.reverse();
    }
    for (path, bytes) in files {
        let path = to.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, bytes).unwrap();
    }
}
