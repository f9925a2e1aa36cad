//! Whether what is served is what a build of the same folder writes.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use walkdir::WalkDir;

use super::editor::passing_pages;
use super::server::{Answer, Connection, DEADLINE, Server, program};

/// Compares every file of a build with what stands at its address; gives how many there are.
pub(crate) fn compare(server: &Server, site: &Path) -> Result<usize> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("public");
    // The server shows drafts.
    let output = program("build", site).arg("--drafts").arg("--out").arg(&out).output()?;
    ensure!(output.status.success(), "no build: {}", String::from_utf8_lossy(&output.stderr));
    let mut connection = Connection::open(server.address)?;
    let mut compared = BTreeSet::new();
    for entry in WalkDir::new(&out) {
        let entry = entry?;
        let path = entry.path().strip_prefix(&out)?.to_str().context("addresses are text")?;
        if entry.file_type().is_file() && path != ".roundtable-manifest" {
            becomes(&mut connection, path, &fs::read(entry.path())?)?;
            compared.insert(format!("/{path}"));
        }
    }
    for page in passing_pages().filter(|page| !compared.contains(&format!("{page}index.html"))) {
        ensure!(connection.get(&page)?.status == 404, "{page} is gone, and is served");
    }
    Ok(compared.len())
}

/// Waits until a file is served as it should be: the last save may be a moment ago.
fn becomes(connection: &mut Connection, path: &str, wanted: &[u8]) -> Result<()> {
    let status = if path == "404.html" { 404 } else { 200 };
    let start = Instant::now();
    loop {
        let answer = connection.get(&format!("/{path}"))?;
        if answer.status == status && without_additions(&answer) == wanted {
            let is_well = !answer.has_banner() || answer.has("class=\"roundtable-draft\"");
            ensure!(is_well, "{path} has a banner although nothing is wrong");
            return Ok(());
        }
        ensure!(start.elapsed() < DEADLINE, "{path} is not what a build writes");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A page as it is published, another file as it is.
fn without_additions(answer: &Answer) -> Vec<u8> {
    let mut body = answer.body.clone();
    for (from, to) in [
        ("<link rel=\"stylesheet\" href=\"/.roundtable/live.css\">", "</script>"),
        ("<section id=\"roundtable-banner\"", "</section>"),
        ("<aside id=\"roundtable-panel\"", "</aside>"),
    ] {
        let Some(start) = memchr::memmem::find(&body, from.as_bytes()) else { continue };
        let rest = body.get(start..).unwrap_or_default();
        let Some(length) = memchr::memmem::find(rest, to.as_bytes()) else { continue };
        body.drain(start..start + length + to.len());
    }
    body
}
