//! What `serve` promises: that it shows what is in the folder, that nothing ends it, and that it hands out nothing else.
//!
//! A server of its own for each test, on a port that the system picks; deadlines are generous, because they are there to
//! end a test that fails, not to measure.

mod http;
mod reload;
mod same_bytes;
mod soak;
mod survival;
mod truth;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::built::program;
use crate::harness::{Archive, NOW};

/// How long a test waits for what must come.
const DEADLINE: Duration = Duration::from_mins(1);

/// Three groups and a venue, without a problem.
const SITE: &str = "\
-- site.yaml --
title: River Valley Counselors Network
timezone: America/New_York
contact: {email: office@example.org}
help:
  - {name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\"}
-- content/groups/monday.md --
---
title: Monday table
purpose: People meet and talk.
kind: process
schedule: Mondays, 6–7 pm
verified: 2026-11-01
---
Welcome.
-- content/groups/town/tuesday.md --
---
title: Tuesday table
purpose: People meet and listen.
kind: process
format: in-person
venue: hall
schedule: Tuesdays, 6–7 pm
verified: 2026-11-01
---
Welcome.
-- content/groups/plain.md --
---
title: Plain table
purpose: People sit.
kind: peer-support
verified: 2026-11-01
---
Welcome.
-- content/venues/hall.yaml --
name: Hall
address: {street: 1 Main Street, city: Athens, region: Ohio, country: US}
-- content/pages/about.md --
---
title: About
---
Who we are.
-- static/note.txt --
A note.
";

/// A running server and the folder that it shows.
struct Server {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
    /// What it has said so far, on both ways.
    said: Arc<Mutex<String>>,
}

/// What a browser gets.
#[derive(Debug)]
struct Answer {
    status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map(|(_, value)| value.as_str())
    }

    fn has(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The fingerprint of what the page shows.
    fn seen(&self) -> String {
        let text = self.text();
        let (_, after) = text.split_once("data-seen=\"").expect("the page has live reload");
        after.split('"').next().unwrap().to_owned()
    }
}

impl Server {
    /// Serves the usual site with more files.
    fn of(more: &str) -> Server {
        Server::with(&[SITE, more], &[])
    }

    fn with(archives: &[&str], arguments: &[&str]) -> Server {
        let folder = Archive::parse(&archives.concat()).unpack();
        let mut command = program();
        command.arg("serve").arg(folder.path()).args(["--port", "0", "--now", NOW]).args(arguments);
        Server::start(command, folder)
    }

    fn start(mut command: Command, folder: TempDir) -> Server {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let listen = said.clone();
        thread::spawn(move || {
            let mut line = String::new();
            while stderr.read_line(&mut line).is_ok_and(|length| length > 0) {
                listen.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let place = line.trim().strip_prefix("http://localhost:");
        let Some(place) = place else {
            child.kill().unwrap();
            panic!("no address but {line:?}, and {}", said.lock().unwrap())
        };
        let port = place.split('/').next().unwrap().parse().unwrap();
        let listen = said.clone();
        thread::spawn(move || {
            let mut line = String::new();
            while stdout.read_line(&mut line).is_ok_and(|length| length > 0) {
                listen.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        Server { child, address: SocketAddr::from(([127, 0, 0, 1], port)), folder, said }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs_err::read_to_string(self.path(path)).unwrap()
    }

    /// Writes a file again with other words in it.
    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, &text.replace(from, to));
    }

    fn remove(&self, path: &str) {
        fs_err::remove_file(self.path(path)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs_err::create_dir_all(self.path(to).parent().unwrap()).unwrap();
        fs_err::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Runs a shell command in the site's folder.
    fn shell(&self, script: &str) {
        run_in(self.folder.path(), script);
    }

    fn connect(&self) -> TcpStream {
        let socket = TcpStream::connect_timeout(&self.address, DEADLINE).unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        socket
    }

    /// Sends bytes and reads the answer until the connection ends.
    fn send(&self, request: &str) -> Answer {
        let mut socket = self.connect();
        socket.write_all(request.as_bytes()).unwrap();
        receive(&mut socket)
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&get(path))
    }

    /// Asks until the answer is as it should be.
    fn until(&self, path: &str, is_right: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if is_right(&answer) {
                return answer;
            }
            assert!(
                start.elapsed() < DEADLINE,
                "{path} stays {} {}\nserve says: {}",
                answer.status,
                answer.text(),
                self.said.lock().unwrap()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks until the page says something.
    fn until_says(&self, path: &str, words: &str) -> Answer {
        self.until(path, |answer| answer.status == 200 && answer.has(words))
    }

    fn until_gone(&self, path: &str) -> Answer {
        self.until(path, |answer| answer.status == 404)
    }

    /// How often it has looked and found something.
    fn updates(&self) -> usize {
        self.said.lock().unwrap().lines().filter(|line| line.starts_with("updated: ")).count()
    }

    /// Asks what is new on a page, as its script does.
    fn news(&self, path: &str, seen: &str) -> Answer {
        self.get(&format!("/.roundtable/live?page={path}&seen={seen}"))
    }

    /// Ends it as Ctrl-C does.
    fn interrupt(&mut self) -> ExitStatus {
        run_in(Path::new("/"), &format!("kill -INT {}", self.child.id()));
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < DEADLINE, "it does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, as some tests want it to.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Gives a server time to notice what it should not, or the last of many changes.
fn settle() {
    thread::sleep(Duration::from_millis(1500));
}

fn run_in(folder: &Path, script: &str) {
    let mut command = Command::new("sh");
    command.args(["-ec", script]).current_dir(folder);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{script}: {output:?}");
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

/// An answer, read until the connection ends or all of it is there.
fn receive(socket: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).unwrap();
    let end = memchr::memmem::find(&bytes, b"\r\n\r\n").unwrap_or_else(|| {
        panic!("no answer but {:?}", String::from_utf8_lossy(&bytes));
    });
    let (head, body) = bytes.split_at(end + 4);
    let head = String::from_utf8(head.to_vec()).unwrap();
    let mut lines = head.trim_end().lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(':').unwrap());
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    Answer { status, headers: headers.collect(), body: body.to_vec() }
}
