//! What the tests share: archives of small text files, temporary sites, the program, and expectations that rewrite
//! themselves.
//!
//! An archive is Go's txtar: a comment, then files, each after a line `-- path --`. Words in brackets after the path say
//! what text cannot show: `[bom]`, `[crlf]`, `[hex]` (the text is hexadecimal bytes), `[link]` (a symbolic link to the
//! path in the text), `[mode=000]`, `[pad=N]` (N spaces, in lines of 64, stand in for the line `...`). In a path `\n` is
//! a line break and `\xff` a byte.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::Timestamp;
use roundtable::check::{Checked, Options};
use roundtable::diagnostic::Diagnostic;
use roundtable::theme::Theme;
use tempfile::TempDir;

/// The moment at which every test takes place.
pub(crate) const NOW: &str = "2026-11-23T12:00:00Z";

/// The site of an example that brings none.
pub(crate) const SITE: &str = "\
title: River Valley Counselors Network
timezone: America/New_York
currency: USD
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\"}
";

/// A comment and files.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    pub(crate) comment: String,
    pub(crate) entries: Vec<Entry>,
}

/// One file of an archive.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) forms: Vec<String>,
    pub(crate) text: String,
}

impl Archive {
    /// Reads an archive; everything before the first file is its comment.
    pub(crate) fn parse(text: &str) -> Archive {
        let mut archive = Archive::default();
        for line in text.split_inclusive('\n') {
            match header(line) {
                Some((name, forms)) => {
                    archive.entries.push(Entry { name, forms, text: String::new() });
                }
                None => match archive.entries.last_mut() {
                    Some(entry) => entry.text.push_str(line),
                    None => archive.comment.push_str(line),
                },
            }
        }
        archive
    }

    /// As it is written.
    pub(crate) fn print(&self) -> String {
        let mut text = self.comment.clone();
        for entry in &self.entries {
            let forms: String = entry.forms.iter().map(|form| format!(" [{form}]")).collect();
            text.push_str(&format!("-- {}{forms} --\n{}", entry.name, entry.text));
        }
        text
    }

    /// Whether a file of that name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// Whether a file is to be refused by the system.
    pub(crate) fn refuses(&self) -> bool {
        let is_mode = |form: &String| form.starts_with("mode=");
        self.entries.iter().any(|entry| entry.forms.iter().any(is_mode))
    }

    /// Takes a file out and gives its text.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let place = self.entries.iter().position(|entry| entry.name == name)?;
        Some(self.entries.remove(place).text)
    }

    /// Adds a file at the end.
    pub(crate) fn push(&mut self, name: &str, text: impl Into<String>) {
        self.entries.push(Entry { name: name.into(), forms: Vec::new(), text: text.into() });
    }

    /// Writes all files into a new folder; with the usual `site.yaml` where the archive brings none.
    pub(crate) fn unpack(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        if !self.has("site.yaml") {
            fs_err::write(folder.path().join("site.yaml"), SITE).unwrap();
        }
        for entry in &self.entries {
            entry.write(folder.path());
        }
        folder
    }
}

fn header(line: &str) -> Option<(String, Vec<String>)> {
    let inner = line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")?;
    let mut words = inner.split(" [");
    let name = words.next()?.to_owned();
    Some((name, words.map(|word| word.trim_end_matches(']').to_owned()).collect()))
}

impl Entry {
    fn write(&self, root: &Path) {
        let path = root.join(self.path());
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        if self.forms.iter().any(|form| form == "link") {
            #[cfg(unix)]
            fs_err::os::unix::fs::symlink(self.text.trim(), &path).unwrap();
            return;
        }
        fs_err::write(&path, self.bytes()).unwrap();
        #[cfg(unix)]
        if let Some(mode) = self.forms.iter().find_map(|form| form.strip_prefix("mode=")) {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = u32::from_str_radix(mode, 8).unwrap();
            fs_err::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    #[cfg(unix)]
    fn path(&self) -> PathBuf {
        use std::os::unix::ffi::OsStringExt as _;
        PathBuf::from(std::ffi::OsString::from_vec(unescaped(&self.name)))
    }

    #[cfg(not(unix))]
    fn path(&self) -> PathBuf {
        PathBuf::from(&self.name)
    }

    fn bytes(&self) -> Vec<u8> {
        let mut text = self.text.clone();
        for form in &self.forms {
            match form.split_once('=').unwrap_or((form, "")) {
                ("bom", _) => text.insert(0, '\u{feff}'),
                ("crlf", _) => text = text.replace('\n', "\r\n"),
                ("pad", size) => {
                    let line = format!("{}\n", " ".repeat(63));
                    let padding = line.repeat(size.parse::<usize>().unwrap() / 64);
                    text = text.replacen("...\n", &padding, 1);
                }
                ("bytes", _) => return unescaped(text.trim_end()),
                ("hex", _) => return from_hex(&text),
                ("link" | "mode", _) => {}
                _ => panic!("there is no form `{form}`"),
            }
        }
        text.into_bytes()
    }
}

/// `\n`, `\0` and `\xff` in a text.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'\\', [b'n', after @ ..]) => {
                bytes.push(b'\n');
                rest = after;
            }
            (b'\\', [b'0', after @ ..]) => {
                bytes.push(0);
                rest = after;
            }
            (b'\\', [b'x', high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = after;
            }
            _ => bytes.push(first),
        }
    }
    bytes
}

fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks_exact(2).map(byte).collect()
}

/// Loads and checks a folder at [`NOW`], without the program round it.
pub(crate) fn check(root: &Path) -> Checked {
    let loaded = roundtable::load::load(root).unwrap();
    let now: Timestamp = NOW.parse().unwrap();
    roundtable::check::check(&loaded, &Options { now, drafts: false, base_url: None })
}

/// What is wrong with an archive as a site, its theme included.
pub(crate) fn problems(archive: &str) -> Vec<Diagnostic> {
    let site = Archive::parse(archive).unpack();
    let Checked { site: model, mut diagnostics, .. } = check(site.path());
    let theme = roundtable::load::load(site.path()).unwrap().theme;
    diagnostics.extend(Theme::new(&theme, &model.settings).err().into_iter().flatten());
    diagnostics
}

/// A problem in one line, as tests compare it.
pub(crate) fn line(problem: &Diagnostic) -> String {
    let (line, column) = problem.source.position(problem.span.start);
    let help = problem.help.as_deref().unwrap_or("");
    format!(
        "{}:{line}:{column} {}[{}] {} | {help}",
        problem.source.path,
        problem.level.name(),
        problem.rule.name,
        problem.message
    )
}

/// Runs the program in a folder at [`NOW`], with no more of the environment than it needs.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    command_in(folder, arguments).output().unwrap()
}

/// The program in a folder, to be given more of an environment.
pub(crate) fn command_in(folder: &Path, arguments: &[&str]) -> Command {
    command(Path::new(env!("CARGO_BIN_EXE_roundtable")), folder, arguments)
}

fn command(program: &Path, folder: &Path, arguments: &[&str]) -> Command {
    let now: Timestamp = NOW.parse().unwrap();
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("SOURCE_DATE_EPOCH", now.as_second().to_string());
    command
}

/// As [`run`], as somebody to whom a file can be refused: root may read everything.
#[cfg(unix)]
pub(crate) fn run_without_privileges(folder: &Path, arguments: &[&str]) -> Output {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    if fs_err::metadata(folder).unwrap().uid() != 0 {
        return run(folder, arguments);
    }
    // The program may lie where others cannot go, so it is copied: by another process, because a file that this one
    // wrote cannot be run while any child that was begun meanwhile still holds it open.
    let copy = tempfile::tempdir().unwrap();
    let program = copy.path().join("roundtable");
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_roundtable")).arg(&program).status();
    assert!(copied.unwrap().success());
    for open in [copy.path(), folder] {
        fs_err::set_permissions(open, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    const NOBODY: u32 = 65534;
    command(&program, folder, arguments).uid(NOBODY).gid(NOBODY).output().unwrap()
}

/// The root of the project.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether expectations are to be rewritten: `UPDATE=1 cargo test`.
pub(crate) fn update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Compares a file of the project with what it should hold, or writes it with `UPDATE=1`.
pub(crate) fn expect_file(path: &Path, wanted: &str) {
    if update() {
        fs_err::write(path, wanted).unwrap();
        return;
    }
    let found = fs_err::read_to_string(path).unwrap_or_default();
    let name = path.strip_prefix(project()).unwrap_or(path).display();
    assert!(
        found == wanted,
        "{name} is out of date: `UPDATE=1 cargo test` writes it\n{}",
        first_difference(&found, wanted)
    );
}

/// The first lines that differ.
pub(crate) fn first_difference(found: &str, wanted: &str) -> String {
    let mut lines = 1..;
    let (mut a, mut b) = (found.lines(), wanted.lines());
    loop {
        let number = lines.next().unwrap();
        match (a.next(), b.next()) {
            (None, None) => return "they differ in line ends only".into(),
            (old, new) if old != new => {
                return format!(
                    "line {number}\n  in the file: {}\n  should be:   {}",
                    old.unwrap_or("(end)"),
                    new.unwrap_or("(end)")
                );
            }
            _ => {}
        }
    }
}
