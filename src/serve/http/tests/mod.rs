//! The server as a browser meets it: over sockets of this machine.

mod crowd;
mod deadlines;
mod listen;
mod protocol;
mod waiting;

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use super::*;

/// Long past what any of this takes; only a server that hangs needs it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers by path, and keeps count.
#[derive(Default)]
struct Site {
    /// How often `/live` was asked.
    asked: AtomicUsize,
    /// What `/live` shows when it is more than nothing.
    news: AtomicUsize,
    /// Whether `/slow` has begun.
    slow: AtomicBool,
    /// Whether `/slow` may end.
    released: AtomicBool,
}

struct Running {
    address: SocketAddr,
    site: Arc<Site>,
    revisions: Arc<Revisions>,
    handle: Handle,
}

struct Answer {
    status: u16,
    /// With the status line, without the date.
    head: String,
    body: String,
}

impl Application for Site {
    fn reply(&self, request: &Request) -> Reply {
        match request.path.as_str() {
            "/live" => {
                self.asked.fetch_add(1, Ordering::SeqCst);
                match self.news.load(Ordering::SeqCst) {
                    0 => return Reply::Wait,
                    news => page(200, &format!("news {news}")),
                }
            }
            "/slow" => {
                self.slow.store(true, Ordering::SeqCst);
                while !self.released.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(5));
                }
                page(200, "at last")
            }
            "/panic" => panic!("a fault of the application"),
            "/nothing" => page(204, ""),
            "/empty" => page(200, ""),
            "/large" => page(200, &"x".repeat(50_000_000)),
            "/broken" => header("X-Broken", "two\r\nlines"),
            "/cached" => header("Cache-Control", "max-age=60"),
            path => page(200, &format!("{path} {}", request.query.as_deref().unwrap_or("-"))),
        }
        .into()
    }
}

impl From<Response> for Reply {
    fn from(response: Response) -> Reply {
        Reply::Now(response)
    }
}

fn page(status: u16, body: &str) -> Response {
    let headers = vec![("Content-Type".to_owned(), content_type("index.html").to_owned())];
    Response { status, headers, body: body.as_bytes().to_vec() }
}

fn header(name: &str, value: &str) -> Response {
    Response { status: 200, headers: vec![(name.to_owned(), value.to_owned())], body: Vec::new() }
}

/// Deadlines that no test comes near, unless it sets others.
fn patient() -> Limits {
    let never = PATIENCE * 10;
    Limits { head: never, waiting: never, sending: never, grace: never, connections: 512 }
}

fn run(limits: Limits) -> Running {
    run_at(bind("127.0.0.1", Some(0)).unwrap(), limits)
}

fn run_at(listener: Listener, limits: Limits) -> Running {
    let address = listener.socket.local_addr().unwrap();
    let (site, revisions) = (Arc::new(Site::default()), Arc::new(Revisions::new()));
    let application: Arc<dyn Application> = Arc::<Site>::clone(&site);
    let handle = serve(listener, application, Arc::clone(&revisions), limits).unwrap();
    Running { address, site, revisions, handle }
}

impl Running {
    /// Opens a connection and sends the beginning of something, or all of it.
    fn send(&self, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    }

    /// One request on a connection of its own.
    fn exchange(&self, line: &str, headers: &[&str]) -> Answer {
        let mut request = format!("{line}\r\n");
        for header in headers {
            write!(request, "{header}\r\n").unwrap();
        }
        read(self.send(&format!("{request}Connection: close\r\n\r\n")))
    }

    fn get(&self, path: &str) -> Answer {
        self.exchange(&format!("GET {path} HTTP/1.1"), &["Host: localhost"])
    }

    fn wait_for_news(&self) -> TcpStream {
        self.send("GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }
}

/// All that comes until the server closes the connection.
fn read(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
    let dateless = head.lines().filter(|line| !line.starts_with("date:"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    Answer { status, head: dateless.collect::<Vec<_>>().join("\n"), body: body.to_owned() }
}

/// Whether the server ends the connection, with or without a word.
fn is_closed(mut stream: TcpStream) -> bool {
    match stream.read_to_end(&mut Vec::new()) {
        Ok(_) => true,
        Err(error) => error.kind() == io::ErrorKind::ConnectionReset,
    }
}

/// Waits for what another thread brings about.
fn becomes(mut condition: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if condition() {
            return true;
        }
        thread::sleep(Duration::from_millis(10));
    }
    false
}
