//! How long a connection may keep silent.

use super::*;

const SHORT: Duration = Duration::from_millis(200);

#[test]
fn a_head_that_does_not_end_is_given_up() {
    let server = run(Limits { head: SHORT, ..patient() });
    for beginning in ["", "GET ", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "] {
        assert!(is_closed(server.send(beginning)), "{beginning:?}");
    }
}

#[test]
fn a_head_that_drips_is_given_up() {
    let server = run(Limits { head: SHORT, ..patient() });
    let mut stream = server.send("GET / HTTP/1.1\r\n");
    assert!(becomes(|| stream.write_all(b"X: y\r\n").is_err()));
}

#[test]
fn a_connection_without_another_request_is_closed() {
    let server = run(Limits { head: SHORT, ..patient() });
    let answer = read(server.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assert_eq!(answer.body, "/a -");
}

#[test]
fn the_deadline_of_the_head_does_not_cut_a_reply_short() {
    let server = run(Limits { head: SHORT, ..patient() });
    let slow = server.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    thread::sleep(SHORT * 3);
    server.site.released.store(true, Ordering::SeqCst);
    assert_eq!(read(slow).body, "at last");
}

#[test]
fn a_browser_that_does_not_take_its_answer_loses_its_turn() {
    let server = run(Limits { sending: SHORT, connections: 1, ..patient() });
    let idle = server.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(server.get("/").status, 200);
    drop(idle);
}
