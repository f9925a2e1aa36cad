//! What is answered, and with which headers.

use std::collections::BTreeSet;

use super::*;

#[test]
fn a_page_comes_with_its_headers_its_length_and_no_store() {
    let server = run(patient());
    let answer = server.get("/a");
    assert_eq!(
        answer.head,
        "HTTP/1.1 200 OK\ncontent-type: text/html; charset=utf-8\ncache-control: no-store\ncontent-length: 4\n\
         connection: close"
    );
    assert_eq!(answer.body, "/a -");
    let answer = server.get("/cached");
    assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
    assert!(!answer.head.contains("max-age"), "{}", answer.head);
}

#[test]
fn the_application_gets_path_and_query_as_they_were_sent() {
    let server = run(patient());
    for (target, expected) in [
        ("/", "/ -"),
        ("/a%20b/../%2e%2e//c", "/a%20b/../%2e%2e//c -"),
        ("/a?b=%2F&c?d", "/a b=%2F&c?d"),
        ("/a?", "/a "),
        ("http://localhost/a?b", "/a b"),
        ("http://127.0.0.1:4000", "/ -"),
    ] {
        assert_eq!(server.get(target).body, expected, "{target}");
    }
}

#[test]
fn head_has_the_headers_of_get_and_no_body() {
    let server = run(patient());
    let sorted = |head: &str| head.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    for path in ["/", "/empty", "/nothing", "/panic"] {
        let get = server.get(path);
        let head = server.exchange(&format!("HEAD {path} HTTP/1.1"), &["Host: localhost"]);
        assert_eq!(sorted(&head.head), sorted(&get.head), "{path}");
        assert_eq!(head.body, "", "{path}");
    }
    assert!(server.get("/empty").head.contains("content-length: 0"));
    assert!(!server.get("/nothing").head.contains("content-length"));
}

#[test]
fn other_methods_are_refused_and_told_which_are_not() {
    let server = run(patient());
    for line in ["POST / ", "PUT / ", "DELETE / ", "OPTIONS * ", "CONNECT localhost:1 ", "BREW / "]
    {
        let answer = server.exchange(&format!("{line}HTTP/1.1"), &["Host: localhost"]);
        assert_eq!(answer.status, 405, "{line}");
        assert!(answer.head.contains("allow: GET, HEAD"), "{line}: {}", answer.head);
        assert!(answer.head.contains("cache-control: no-store"), "{line}: {}", answer.head);
    }
    assert_eq!(server.get("*").status, 400);
}

#[test]
fn only_names_of_this_server_are_answered() {
    let server = run(patient());
    let status = |host: &str| server.exchange("GET / HTTP/1.1", &[&format!("Host: {host}")]).status;
    for host in [
        "localhost",
        "LocalHost:4000",
        "localhost.",
        "a.b.localhost:1",
        "127.0.0.1",
        "192.168.1.7:4000",
        "[::1]:4000",
        "[fe80::1]",
    ] {
        assert_eq!(status(host), 200, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:4000",
        "localhost.evil.example",
        "notlocalhost",
        ".example",
        "127.0.0.1.nip.io",
        "2130706433",
        "[::1",
    ] {
        assert!([400, 403].contains(&status(host)), "{host}");
    }
    let answer = server.exchange("GET / HTTP/1.1", &["Host: evil.example"]);
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("or start it with `--host evil.example`"), "{}", answer.body);
    assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
}

#[test]
fn the_name_that_was_given_to_listen_at_is_answered() {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server = run_at(Listener { socket, name: Some("Ruth.example".to_owned()) }, patient());
    for (host, status) in [("ruth.EXAMPLE:4000", 200), ("anna.example", 403), ("localhost", 200)] {
        let answer = server.exchange("GET / HTTP/1.1", &[&format!("Host: {host}")]);
        assert_eq!(answer.status, status, "{host}");
    }
}

#[test]
fn a_request_says_once_whom_it_is_for() {
    let server = run(patient());
    let status = |line: &str, headers: &[&str]| server.exchange(line, headers).status;
    assert_eq!(status("GET / HTTP/1.1", &[]), 400);
    assert_eq!(status("GET / HTTP/1.1", &["Host:"]), 400);
    assert_eq!(status("GET / HTTP/1.1", &["Host: localhost", "Host: localhost"]), 400);
    assert_eq!(status("GET / HTTP/1.0", &[]), 200);
    assert_eq!(status("GET / HTTP/1.0", &["Host: evil.example"]), 403);
    assert_eq!(status("GET http://evil.example/ HTTP/1.1", &["Host: localhost"]), 403);
    assert_eq!(status("GET http://localhost/ HTTP/1.1", &["Host: evil.example"]), 403);
}

#[test]
fn what_is_too_long_is_refused() {
    let server = run(patient());
    let long = server.get(&format!("/{}", "a".repeat(9_000)));
    assert_eq!(long.status, 414);
    assert_eq!(server.get(&format!("/{}", "a".repeat(8_000))).status, 200);
    let header = format!("X-Long: {}", "a".repeat(50_000));
    assert_eq!(server.exchange("GET / HTTP/1.1", &["Host: localhost", &header]).status, 200);
    // What nobody reads any more can fail to be sent; what was answered can be lost with it.
    let mut stream = server.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
    drop(stream.write_all("a".repeat(120_000).as_bytes()));
    assert!(is_closed(stream));
    let mut stream = server.send("GET /");
    drop(stream.write_all("a".repeat(200_000).as_bytes()));
    assert!(is_closed(stream));
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn several_requests_share_a_connection() {
    let server = run(patient());
    let one = "GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let two = "GET /two HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let all = read(server.send(&format!("{one}{two}")));
    assert!(all.body.starts_with("/one -HTTP/1.1 200 OK"), "{}", all.body);
    assert!(all.body.ends_with("/two -"), "{}", all.body);
}

#[test]
fn a_body_that_comes_along_is_not_waited_for() {
    let server = run(patient());
    for request in [
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc",
        "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n",
    ] {
        let answer = read(server.send(request));
        assert_eq!((answer.status, answer.body.as_str()), (200, "/ -"), "{request}");
    }
}

#[test]
fn a_fault_of_the_application_is_an_answer() {
    let server = run(patient());
    assert_eq!(server.get("/panic").status, 500);
    let answer = server.get("/broken");
    assert_eq!(answer.status, 500);
    assert!(!answer.head.contains("two"), "{}", answer.head);
    assert_eq!(server.get("/").status, 200);
}
