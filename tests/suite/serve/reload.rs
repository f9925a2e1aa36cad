//! What tells browsers that there is news: at once, and only those whose page shows something else.

use std::thread::ScopedJoinHandle;

use super::*;

/// Waits for news in a thread; gives the status, and when it came.
fn wait<'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    server: &'scope Server,
    path: &'static str,
) -> ScopedJoinHandle<'scope, (u16, Instant)> {
    let seen = server.get(path).seen();
    let handle = scope.spawn(move || (server.news(path, &seen).status, Instant::now()));
    // The request should be there before the change is.
    thread::sleep(Duration::from_millis(200));
    handle
}

#[test]
fn a_page_that_shows_something_else_has_news_and_others_have_none() {
    let server = Server::of("");
    server.until_says("/groups/monday/", "Monday table");
    thread::scope(|scope| {
        let monday = wait(scope, &server, "/groups/monday/");
        let about = wait(scope, &server, "/about/");
        server.replace("content/groups/monday.md", "meet and talk", "meet and sing");
        assert_eq!(monday.join().unwrap().0, 200);
        thread::sleep(Duration::from_millis(500));
        assert!(!about.is_finished(), "the other page shows what it showed");
        server.replace("content/pages/about.md", "Who we are.", "What we do.");
        assert_eq!(about.join().unwrap().0, 200);
    });
}

#[test]
fn what_was_missed_is_told_at_once() {
    let server = Server::of("");
    let seen = server.get("/groups/monday/").seen();
    server.replace("content/groups/monday.md", "meet and talk", "meet and sing");
    server.until_says("/groups/monday/", "meet and sing");
    let news = server.news("/groups/monday/", &seen);
    assert_eq!(news.status, 200);
    let now = server.get("/groups/monday/").seen();
    assert!(news.has(&now), "{} {now}", news.text());
}

#[test]
fn problems_new_pages_and_lost_ones_are_news() {
    let server = Server::of("");
    let seen = server.get("/groups/monday/").seen();
    server.replace("content/groups/monday.md", "kind: process", "kind: proces");
    server.until("/groups/monday/", |page| page.seen() != seen);
    let seen = server.get("/groups/monday/").seen();
    server.remove("content/groups/monday.md");
    let gone = server.until_gone("/groups/monday/");
    assert_eq!(server.news("/groups/monday/", &seen).status, 200);
    server.write("content/groups/monday.md", &server.read("content/groups/plain.md"));
    server.until_says("/groups/monday/", "Plain table");
    assert_eq!(
        server.news("/groups/monday/", &gone.seen()).status,
        200,
        "who waits on a missing page is told"
    );
}

#[test]
fn a_picture_that_changes_is_news_on_the_pages_that_show_it() {
    let circle = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\" fill=\"{colour}\"/></svg>"
        )
    };
    let more = "\
-- content/groups/seen.md --
---
title: Seen table
purpose: To see.
kind: process
image: round.svg
image_alt: A circle
---
";
    let server =
        Server::with(&[SITE, more, "-- content/groups/round.svg --\n", &circle("red"), "\n"], &[]);
    let seen = server.until_says("/groups/seen/", "round.svg").seen();
    let other = server.get("/about/").seen();
    server.write("content/groups/round.svg", &circle("blue"));
    server.until_says("/groups/seen/round.svg", "blue");
    assert_eq!(server.news("/groups/seen/", &seen).status, 200);
    assert_eq!(server.get("/about/").seen(), other);
}

#[test]
fn a_style_sheet_that_changes_is_news_everywhere() {
    let server = Server::of("");
    let seen = server.get("/about/").seen();
    server.write("theme/css/base.css", "body { color: #222; }\n");
    server.until("/about/", |page| page.seen() != seen);
}

#[test]
fn two_hundred_browsers_wait_and_all_are_told() {
    let server = Server::of("");
    let seen = server.until_says("/groups/monday/", "Monday table").seen();
    let request = get(&format!("/.roundtable/live?page=/groups/monday/&seen={seen}"));
    let mut waiting: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for socket in &mut waiting {
        socket.write_all(request.as_bytes()).unwrap();
    }
    thread::sleep(Duration::from_millis(500));
    assert_eq!(server.get("/groups/tuesday/").status, 200, "others are answered");
    server.replace("content/groups/monday.md", "meet and talk", "meet and sing");
    for socket in &mut waiting {
        assert_eq!(receive(socket).status, 200);
    }
}
