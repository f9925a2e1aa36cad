//! Requests that wait for something new.

use std::net::TcpListener;

use super::crowd::CROWD;
use super::*;

const SHORT: Duration = Duration::from_millis(300);

/// Says that there is something new while it is asked, after it has looked.
struct Hasty {
    revisions: Arc<Revisions>,
    asked: AtomicUsize,
}

impl Application for Hasty {
    fn reply(&self, _: &Request) -> Reply {
        if self.asked.fetch_add(1, Ordering::SeqCst) > 0 {
            return page(200, "new").into();
        }
        self.revisions.bump();
        Reply::Wait
    }
}

impl Running {
    fn is_asked(&self, times: usize) -> bool {
        becomes(|| self.site.asked.load(Ordering::SeqCst) == times)
    }
}

fn stops(handle: Handle) -> bool {
    let stopping = thread::spawn(|| handle.stop());
    becomes(|| stopping.is_finished())
}

#[test]
fn two_hundred_are_answered_when_there_is_something_new() {
    let _alone = CROWD.lock();
    let server = run(patient());
    let waiting: Vec<TcpStream> = (0..200).map(|_| server.wait_for_news()).collect();
    assert!(server.is_asked(200));
    assert_eq!(server.get("/").status, 200);
    server.site.news.store(7, Ordering::SeqCst);
    server.revisions.bump();
    for stream in waiting {
        assert_eq!(read(stream).body, "news 7");
    }
}

#[test]
fn a_revision_that_changes_nothing_for_a_request_lets_it_wait_on() {
    let server = run(patient());
    let waiting = server.wait_for_news();
    assert!(server.is_asked(1));
    server.revisions.bump();
    assert!(server.is_asked(2));
    server.site.news.store(1, Ordering::SeqCst);
    server.revisions.bump();
    assert_eq!(read(waiting).body, "news 1");
}

#[test]
fn a_revision_that_comes_while_the_application_is_asked_is_not_missed() {
    let listener = bind("127.0.0.1", Some(0)).unwrap();
    let address = listener.socket.local_addr().unwrap();
    let revisions = Arc::new(Revisions::new());
    let hasty = Hasty { revisions: Arc::clone(&revisions), asked: AtomicUsize::new(0) };
    let _handle = serve(listener, Arc::new(hasty), revisions, patient()).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    assert_eq!(read(stream).body, "new");
}

#[test]
fn a_wait_ends_with_no_content() {
    let server = run(Limits { waiting: SHORT, ..patient() });
    let answer = read(server.wait_for_news());
    assert_eq!(answer.status, 204);
    assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
}

#[test]
fn a_browser_that_goes_away_waits_no_more() {
    let _alone = CROWD.lock();
    let server = run(patient());
    let mut asked = 0;
    for _ in 0..10 {
        let waiting: Vec<TcpStream> = (0..100).map(|_| server.wait_for_news()).collect();
        asked += 100;
        assert!(server.is_asked(asked));
        drop(waiting);
        // Nobody is asked about again once the server has seen that all have gone.
        assert!(becomes(|| {
            let before = server.site.asked.load(Ordering::SeqCst);
            server.revisions.bump();
            thread::sleep(Duration::from_millis(50));
            asked = server.site.asked.load(Ordering::SeqCst);
            asked == before
        }));
    }
}

#[test]
fn stopping_answers_who_waits_and_gives_the_port_back() {
    let _alone = CROWD.lock();
    let server = run(patient());
    let mut idle = vec![server.send("")];
    idle.push(server.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assert_eq!(idle.last().unwrap().peek(&mut [0]).unwrap(), 1);
    let waiting: Vec<TcpStream> = (0..200).map(|_| server.wait_for_news()).collect();
    assert!(server.is_asked(200));
    assert!(stops(server.handle));
    for stream in waiting {
        assert_eq!(read(stream).status, 204);
    }
    assert!(idle.into_iter().all(is_closed));
    assert!(TcpStream::connect(server.address).is_err());
    assert!(TcpListener::bind(server.address).is_ok());
}

#[test]
fn stopping_does_not_wait_for_a_slow_reply_or_half_a_request() {
    let server = run(Limits { grace: SHORT, ..patient() });
    let half = server.send("GET / HT");
    let slow = server.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(becomes(|| server.site.slow.load(Ordering::SeqCst)));
    assert!(stops(server.handle));
    assert!(is_closed(half) && is_closed(slow));
    server.site.released.store(true, Ordering::SeqCst);
}

#[test]
fn a_handle_that_is_dropped_stops_the_server() {
    let server = run(patient());
    drop(server.handle);
    assert!(becomes(|| TcpStream::connect(server.address).is_err()));
}
