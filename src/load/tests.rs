use super::*;

fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join(path);
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        fs_err::write(file, text).unwrap();
    }
    folder
}

fn found(loaded: &Loaded) -> Vec<String> {
    loaded
        .diagnostics
        .iter()
        .map(|found| format!("{} {}", found.source.path, found.rule.name))
        .collect()
}

const FIELDS: &str = "---\ntitle: A\n---\nText\n";

const SITE: &[(&str, &str)] = &[
    ("site.yaml", "title: T\n"),
    ("README.md", "no content"),
    ("content/README.md", "no content"),
    ("content/groups/b/c/two.md", FIELDS),
    ("content/groups/a.md", FIELDS),
    ("content/groups/a.JPG", ""),
    ("content/groups/_draft.md", "nothing"),
    ("content/groups/_old/x.md", "nothing"),
    ("content/groups/.a.md.swp", "nothing"),
    ("content/groups/readme.md", "nothing"),
    ("content/resources/start/_collection.yaml", "title: S\n"),
    ("content/resources/start/one.md", FIELDS),
    ("content/resources/_collection.yaml", "title: S\n"),
    ("content/pages/home.md", FIELDS),
    ("content/venues/hall.yaml", "name: Hall\n"),
    ("static/.well-known/x", "1"),
    ("static/_a/b.pdf", "12"),
    ("theme/css/main.css", "body {}"),
    ("theme/.DS_Store", ""),
    ("public/content/groups/a.md", "nothing"),
    ("static/out/.roundtable-manifest", ""),
    ("static/out/index.html", ""),
];

#[test]
fn every_file_finds_its_place() {
    let folder = site(SITE);
    let loaded = load(folder.path()).unwrap();
    assert_eq!(found(&loaded), [""; 0]);
    let documents: Vec<_> = loaded
        .documents
        .iter()
        .map(|document| {
            (
                document.source.path.as_str(),
                document.folder.as_str(),
                document.stem.as_str(),
                document.kind,
            )
        })
        .collect();
    assert_eq!(
        documents,
        [
            ("content/groups/a.md", "", "a", DocumentKind::Group),
            ("content/groups/b/c/two.md", "b/c", "two", DocumentKind::Group),
            ("content/pages/home.md", "", "home", DocumentKind::Page),
            (
                "content/resources/start/_collection.yaml",
                "start",
                "_collection",
                DocumentKind::Collection
            ),
            ("content/resources/start/one.md", "start", "one", DocumentKind::Resource),
            ("content/venues/hall.yaml", "", "hall", DocumentKind::Venue),
        ]
    );
    assert_eq!(loaded.images.first().unwrap().path, "content/groups/a.JPG");
    let statics: Vec<_> =
        loaded.statics.iter().map(|file| (file.path.as_str(), file.size)).collect();
    assert_eq!(statics, [(".well-known/x", 1), ("_a/b.pdf", 2)]);
    assert_eq!(loaded.theme.first().unwrap().path, "css/main.css");
    assert_eq!(loaded.theme.len(), 1);
    let group = loaded.documents.first().unwrap();
    assert_eq!(group.source.slice(group.body), "Text\n");
    assert!(loaded.settings.is_some());
}

#[test]
fn a_file_without_a_place_is_told_where_it_belongs() {
    for (path, help) in [
        ("content/a.md", "move it into groups, resources, pages or venues"),
        ("content/group/a.md", "content/ has the folders groups, resources, pages and venues"),
        ("content/groups/a.txt", "rename it to `a.md`"),
        ("content/groups/a.MD", "rename it to `a.md`"),
        ("content/venues/a.yml", "rename it to `a.yaml`"),
        ("content/venues/b/a.yaml", "move it to `content/venues/a.yaml`"),
        ("content/resources/b/_collection.yml", "rename it to `_collection.yaml`"),
        ("site.yml", "rename it to `site.yaml`"),
        ("Site.yaml", "rename it to `site.yaml`"),
    ] {
        let loaded = load(site(&[(path, FIELDS)]).path()).unwrap();
        assert_eq!(found(&loaded), [format!("{path} stray-file")]);
        assert_eq!(loaded.diagnostics.first().unwrap().help.as_deref(), Some(help), "{path}");
        assert!(loaded.documents.is_empty() && loaded.settings.is_none());
    }
    for path in
        ["content/groups/a.docx", "content/groups/a.yaml", "content/venues/a.md", "content/pages/a"]
    {
        assert_eq!(
            found(&load(site(&[(path, FIELDS)]).path()).unwrap()),
            [format!("{path} stray-file")]
        );
    }
}

#[test]
fn a_folder_that_is_none_is_an_error_with_its_path() {
    let folder = site(&[]);
    let error = load(&folder.path().join("nowhere")).unwrap_err();
    assert!(format!("{error:#}").contains("nowhere"));
    assert!(load(folder.path()).unwrap().settings.is_none());
}

#[cfg(unix)]
#[test]
fn links_pipes_and_strange_names_are_skipped_with_a_note() {
    use std::os::unix::ffi::OsStrExt;
    let folder = site(&[
        ("outside/a.md", FIELDS),
        ("content/groups/line\nbreak.md", FIELDS),
        ("static/x", ""),
    ]);
    let at = |path: &str| folder.path().join(path);
    std::os::unix::fs::symlink(at("outside/a.md"), at("content/groups/a.md")).unwrap();
    std::os::unix::fs::symlink(at("outside"), at("static/loop")).unwrap();
    std::os::unix::fs::symlink(at("nowhere"), at("theme")).unwrap();
    fs_err::write(at("content/groups").join(std::ffi::OsStr::from_bytes(b"b\xff.md")), FIELDS)
        .unwrap();
    let loaded = load(folder.path()).unwrap();
    assert_eq!(
        found(&loaded),
        [
            "content/groups/a.md symbolic-link",
            "content/groups/b\u{fffd}.md unreadable-file-name",
            "content/groups/line\nbreak.md unreadable-file-name",
            "static/loop symbolic-link",
            "theme symbolic-link",
        ]
    );
    assert!(loaded.documents.is_empty() && loaded.statics.len() == 1);
}

#[test]
fn bytes_that_are_no_text_are_told_and_the_rest_is_read() {
    let folder = site(&[
        ("content/groups/nul.md", "---\ntitle: a\0b\n---\n"),
        ("content/groups/big.md", ""),
    ]);
    let at = |name: &str| folder.path().join("content/groups").join(name);
    fs_err::write(at("latin.md"), b"---\ntitle: Caf\xe9\nkind\xa0 x\n---\nText\n").unwrap();
    fs_err::write(at("utf16.md"), b"\xff\xfe-\0-\0-\0").unwrap();
    fs_err::File::create(at("big.md")).unwrap().set_len(MOST_TEXT_BYTES + 1).unwrap();
    let loaded = load(folder.path()).unwrap();
    assert_eq!(
        found(&loaded),
        [
            "content/groups/big.md file-too-large",
            "content/groups/latin.md not-utf8",
            "content/groups/latin.md yaml-syntax",
            "content/groups/nul.md nul-byte",
            "content/groups/utf16.md not-utf8",
        ]
    );
    let latin = loaded.documents.first().unwrap();
    assert_eq!(latin.source.position(loaded.diagnostics[1].span.start), (2, 11));
    assert_eq!(latin.fields.entries().len(), 1);
}

#[test]
fn a_yaml_file_is_read_whole_and_within_bounds() {
    let (venue, found) =
        document(DocumentKind::Venue, "content/venues/a.yaml", "\u{feff}---\r\nname: A\r\n".into());
    assert!(found.is_empty() && venue.fields.get("name").is_some());
    let long = format!("name: {}\n", "a".repeat(MOST_YAML_BYTES));
    let (venue, found) = document(DocumentKind::Venue, "content/venues/a.yaml", long);
    assert_eq!(found.first().unwrap().rule.name, "file-too-large");
    assert!(venue.partial);
}
