//! Many connections at once, and more than there can be.

use std::sync::Mutex;

use super::*;

/// Held by each test that opens hundreds of sockets, so that they are not all open at the same time.
pub(super) static CROWD: Mutex<()> = Mutex::new(());

#[test]
fn silent_and_half_sent_requests_and_slow_replies_delay_nobody() {
    let _alone = CROWD.lock();
    let server = run(patient());
    let mut crowd = Vec::new();
    for _ in 0..50 {
        crowd.push(server.send(""));
        crowd.push(server.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: "));
        crowd.push(server.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n"));
    }
    for _ in 0..4 {
        crowd.push(server.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }
    let start = Instant::now();
    for _ in 0..20 {
        assert_eq!(server.get("/").status, 200);
    }
    assert!(start.elapsed() < PATIENCE / 2, "{:?}", start.elapsed());
    server.site.released.store(true, Ordering::SeqCst);
}

#[test]
fn a_connection_beyond_the_limit_waits_for_its_turn() {
    let server = run(Limits { connections: 2, ..patient() });
    let (first, second) = (server.send(""), server.send(""));
    let third = server.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    third.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    assert!(third.peek(&mut [0]).is_err());
    drop(first);
    third.set_read_timeout(Some(PATIENCE)).unwrap();
    assert_eq!(read(third).body, "/a -");
    drop(second);
}

/// Runs in a process of its own, which may have 64 files open.
#[cfg(unix)]
#[test]
fn a_shortage_of_file_descriptors_passes() {
    const NAME: &str = "serve::http::tests::crowd::a_shortage_of_file_descriptors_passes";
    if std::env::var_os("ROUNDTABLE_FEW_FILES").is_some() {
        return outlive_a_shortage();
    }
    let status = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 64; exec \"$0\" --exact \"$1\""])
        .arg(std::env::current_exe().unwrap())
        .arg(NAME)
        .env("ROUNDTABLE_FEW_FILES", "1")
        .status()
        .unwrap();
    assert!(status.success());
}

#[cfg(unix)]
fn outlive_a_shortage() {
    let server = run(patient());
    let mut files: Vec<fs_err::File> =
        std::iter::from_fn(|| fs_err::File::open("/dev/null").ok()).collect();
    // One descriptor for this end of a connection, none for the server's.
    files.pop();
    let request = server.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    request.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(request.peek(&mut [0]).is_err());
    drop(files);
    request.set_read_timeout(Some(PATIENCE)).unwrap();
    assert_eq!(read(request).body, "/a -");
    assert_eq!(server.get("/b").body, "/b -");
}
