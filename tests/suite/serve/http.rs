//! The protocol's rules, and what must not bring the server down.

use super::*;

#[test]
fn only_what_is_published_is_handed_out() {
    let server = Server::of("-- secret.txt --\nMine.\n-- static/..hidden --\nShown.\n");
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/static/../secret.txt",
        "/secret.txt",
        "/site.yaml",
        "/content/groups/monday.md",
        "//etc/passwd",
        "/etc/passwd",
        "/%00",
        "/groups/monday/../../secret.txt",
        "/..\\secret.txt",
    ] {
        let answer = server.get(path);
        assert!(answer.status >= 400 || answer.status == 301, "{path}: {}", answer.status);
        assert!(!answer.has("Mine.") && !answer.has("root:"), "{path}");
    }
    assert_eq!(server.get("/%ff").status, 400);
}

#[test]
fn files_have_their_types_and_pages_their_headers() {
    let more = "\
-- static/app.webmanifest --
{}
-- static/plan.pdf --
%PDF-1.4
-- static/drawing.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"></svg>
-- static/_headers --
/*
  X-Own: yes
/note.txt
  X-Note: yes
";
    let server = Server::of(more);
    for (path, expected) in [
        ("/", "text/html; charset=utf-8"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/groups/monday/calendar.ics", "text/calendar; charset=utf-8"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/drawing.svg", "image/svg+xml"),
        ("/plan.pdf", "application/pdf"),
        ("/note.txt", "text/plain; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/nothing/", "text/html; charset=utf-8"),
    ] {
        let answer = server.get(path);
        let kind = answer.header("content-type").unwrap();
        assert!(kind.starts_with(expected), "{path}: {kind}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors"));
        assert_eq!(answer.header("x-own"), Some("yes"), "{path}");
        assert_eq!(answer.header("x-note").is_some(), path == "/note.txt", "{path}");
    }
    assert_eq!(server.get("/calendar.ics").header("x-robots-tag"), Some("noindex"));
}

#[test]
fn addresses_without_their_slash_lead_to_the_page() {
    let server = Server::of("-- content/groups/broken.md --\n");
    for (from, to) in [
        ("/groups", "/groups/"),
        ("/groups/monday", "/groups/monday/"),
        ("/groups/monday?a=b", "/groups/monday/?a=b"),
        ("/groups/broken", "/groups/broken/"),
    ] {
        let answer = server.get(from);
        assert_eq!((answer.status, answer.header("location")), (301, Some(to)), "{from}");
    }
    assert_eq!(server.get("/nothing").status, 404);
    assert_eq!(server.get("/groups/monday/index.html").status, 200);
    let missing = server.get("/nothing/here/");
    assert!(missing.status == 404 && missing.has("988"), "the site's own page: {}", missing.text());
}

#[test]
fn the_base_path_holds() {
    let base = "-- site.yaml --\ntitle: Network\nbase_url: https://example.org/sub/path/\nhelp: [{name: Line, call: \"988\"}]\n";
    let group = "-- content/groups/a.md --\n---\ntitle: A\npurpose: To meet.\nkind: process\n---\n";
    let server = Server::with(&[base, group], &[]);
    assert_eq!(server.get("/").header("location"), Some("/sub/path/"));
    assert_eq!(server.get("/sub/path").header("location"), Some("/sub/path/"));
    let page = server.get("/sub/path/groups/a/");
    assert!(page.status == 200 && page.has("To meet."));
    assert!(page.has("/sub/path/.roundtable/live.js"), "{}", page.text());
    assert_eq!(server.get("/sub/path/.roundtable/live.js").status, 200);
    assert_eq!(server.get("/sub/path/groups/a").header("location"), Some("/sub/path/groups/a/"));
    for path in ["/groups/a/", "/sub/", "/subpath/", "/.roundtable/live.js"] {
        assert_eq!(server.get(path).status, 404, "{path}: mistakes with the path must show");
    }
    let outside = server.get("/groups/a/").seen();
    thread::scope(|scope| {
        let path = format!("/sub/path/.roundtable/live?page=/+&seen={outside}");
        let waits = scope.spawn(move || server.get(&path).status);
        thread::sleep(Duration::from_secs(1));
        assert!(!waits.is_finished(), "a page that is left open there has no news");
    });
}

#[test]
fn other_methods_and_foreign_hosts_are_refused() {
    let server = Server::of("");
    let post = server.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    );
    assert_eq!(post.status, 405);
    assert_eq!(post.header("allow"), Some("GET, HEAD"));
    let head = server
        .send("HEAD /groups/monday/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let page = server.get("/groups/monday/");
    assert!(head.status == 200 && head.body.is_empty());
    assert_eq!(head.header("content-length"), page.header("content-length"));
    for (host, status) in [
        ("localhost", 200),
        ("localhost:4000", 200),
        ("127.0.0.1", 200),
        ("[::1]:4000", 200),
        ("192.168.1.7:4000", 200),
        ("groups.example.org", 403),
        ("localhost.example.org", 403),
        ("127.0.0.1.example.org:4000", 403),
    ] {
        let answer =
            server.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, status, "{host}");
    }
}

#[test]
fn a_port_that_was_asked_for_is_taken_or_refused_and_another_only_where_none_was() {
    let server = Server::of("");
    let port = server.address.port().to_string();
    let run = |arguments: &[&str]| {
        let mut command = program();
        command.arg("serve").arg(server.folder.path()).args(arguments);
        command
    };
    let output = run(&["--port", &port]).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&port) && said.contains("in use"), "{said}");
    let folder = || Archive::parse(SITE).unpack();
    let unasked = |folder: TempDir| {
        let mut command = program();
        command.arg("serve").arg(folder.path());
        Server::start(command, folder)
    };
    let (one, other) = (unasked(folder()), unasked(folder()));
    assert!(one.address.port() >= 4000 && other.address.port() > one.address.port());
}

#[test]
fn a_hundred_and_fifty_silent_and_half_sent_requests_delay_nobody() {
    let server = Server::of("");
    let silent: Vec<TcpStream> = (0..150).map(|_| server.connect()).collect();
    let mut half: Vec<TcpStream> = (0..150).map(|_| server.connect()).collect();
    for socket in &mut half {
        socket.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    }
    for _ in 0..20 {
        assert_eq!(server.get("/groups/monday/").status, 200);
    }
    server.replace("content/groups/monday.md", "Monday table", "Monday again");
    server.until_says("/groups/monday/", "Monday again");
    drop((silent, half));
}

#[test]
fn running_out_of_files_passes() {
    let folder = Archive::parse(SITE).unpack();
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_roundtable");
    command.env_clear().args([
        "-c",
        "ulimit -n 64; exec \"$0\" serve \"$1\" --port 0 --now \"$2\"",
        program,
    ]);
    command.arg(folder.path()).arg(NOW);
    let server = Server::start(command, folder);
    server.until_says("/groups/monday/", "Monday table");
    let crowd: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    thread::sleep(Duration::from_millis(500));
    drop(crowd);
    server.until_says("/groups/monday/", "Monday table");
    server.replace("content/groups/monday.md", "Monday table", "Monday again");
    server.until_says("/groups/monday/", "Monday again");
}

#[test]
fn control_c_ends_it_at_once_whoever_waits_and_deletes_nothing() {
    let mut server = Server::of("");
    server.shell("mkdir public; echo mine > public/mine.txt");
    let seen = server.until_says("/groups/monday/", "Monday table").seen();
    let mut waiting: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    let request = get(&format!("/.roundtable/live?page=/groups/monday/&seen={seen}"));
    for socket in &mut waiting {
        socket.write_all(request.as_bytes()).unwrap();
    }
    thread::sleep(Duration::from_millis(300));
    let start = Instant::now();
    let status = server.interrupt();
    // It should be within a second; the machine may be busy.
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(status.success(), "{status:?}");
    for kept in ["public/mine.txt", "site.yaml", "content/groups/monday.md", "static/note.txt"] {
        assert!(server.path(kept).exists(), "{kept}");
    }
    assert!(!server.path("public/index.html").exists());
}

#[test]
fn scripts_can_be_had_under_another_address_to_run_again() {
    let server = Server::of("");
    let page = server.get("/groups/monday/").text();
    let (_, after) = page.split_once("src=\"../../assets/").unwrap();
    let script = format!("assets/{}", after.split('"').next().unwrap());
    let again = server.get(&format!("/.roundtable/again/7/{script}"));
    assert_eq!((again.status, &again.body), (200, &server.get(&format!("/{script}")).body));
    for path in
        ["/.roundtable/again/x/note.txt", "/.roundtable/again/note.txt", "/.roundtable/other"]
    {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_base_path_with_letters_of_any_script_holds() {
    let site = "-- site.yaml --\ntitle: Network\nbase_url: https://example.org/büro/\nhelp: [{name: Line, call: \"988\"}]\n";
    let server =
        Server::with(&[site, "-- content/pages/about.md --\n---\ntitle: About\n---\nWe.\n"], &[]);
    assert_eq!(server.get("/").header("location"), Some("/b%C3%BCro/"));
    assert!(server.get("/b%C3%BCro/about/").has("We."));
    assert_eq!(server.get("/b%C3%BCro/about").header("location"), Some("/b%C3%BCro/about/"));
}
