//! What is served is what a build writes.

use super::*;
use crate::built::{build, example_site};

/// A site's folder, copied so that nothing else changes it.
fn copy_of(site: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    run_in(site, &format!("cp -r site.yaml content static {}", folder.path().display()));
    folder
}

fn serve(folder: TempDir, arguments: &[&str]) -> Server {
    let mut command = program();
    command.arg("serve").arg(folder.path()).args(["--port", "0", "--now", NOW]).args(arguments);
    Server::start(command, folder)
}

#[test]
fn plain_pages_and_all_other_files_are_byte_for_byte_those_of_a_build() {
    let built = build(&example_site(), &[]);
    let server = serve(copy_of(&example_site()), &["--plain"]);
    let mut compared = 0;
    for (path, bytes) in built.files.iter().filter(|(path, _)| *path != ".roundtable-manifest") {
        let answer = server.get(&format!("/{path}"));
        let status = if path == "404.html" { 404 } else { 200 };
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body == *bytes, "{path} differs");
        compared += 1;
    }
    assert!(compared > 300, "{compared} files");
}

/// The page without what stands from one mark up to another.
fn without(page: &str, from: &str, to: &str) -> String {
    let (before, rest) = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    let (_, after) = rest.split_once(to).unwrap();
    format!("{before}{after}")
}

#[test]
fn without_its_additions_a_page_is_byte_for_byte_that_of_a_build() {
    let built = build(&example_site(), &["--drafts"]);
    let server = serve(copy_of(&example_site()), &[]);
    for path in ["index.html", "groups/index.html", "groups/tuesday-consultation-circle/index.html"]
    {
        let page = server.get(&format!("/{path}")).text();
        let page =
            without(&page, "<link rel=\"stylesheet\" href=\"/.roundtable/live.css\">", "</script>");
        let page = without(&page, "<aside id=\"roundtable-panel\"", "</aside>");
        assert!(page.as_bytes() == built.files[path], "{path}: {page}");
    }
}

#[test]
fn it_writes_nothing() {
    let folder = copy_of(&example_site());
    let list = |root: &Path| {
        let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
        let entries = walk.map(|entry| {
            let entry = entry.unwrap();
            let modified = entry.metadata().unwrap().modified().unwrap();
            (entry.into_path(), modified)
        });
        entries.collect::<Vec<_>>()
    };
    let before = list(folder.path());
    let server = serve(folder, &[]);
    for path in ["/", "/groups/", "/calendar.ics", "/nothing/", "/sitemap.xml"] {
        server.get(path);
    }
    assert_eq!(list(server.folder.path()), before);
}
