//! The server that is tested: the real program on a real socket, and what the system knows about its process.
//!
//! Takes a site's folder; gives connections as browsers have them, and the process's memory, threads and descriptors.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fs_err as fs;

/// How long anything may take that must come: it ends a run that fails, and measures nothing.
pub(crate) const DEADLINE: Duration = Duration::from_mins(1);
/// In so many looks one after the other no connection was closed any more.
const LOOKS: usize = 20;
/// The moment at which all of it takes place.
const NOW: &str = "2026-12-01T12:00:00Z";

/// A running `roundtable serve`; it is killed where it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    said: Arc<Mutex<String>>,
}

/// What a process holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Footprint {
    /// Resident, in kilobytes.
    pub(crate) memory: u64,
    /// The most that was ever resident, in kilobytes.
    pub(crate) peak: u64,
    pub(crate) threads: u64,
    pub(crate) descriptors: u64,
}

impl Server {
    /// Begins to serve a folder and waits for the address.
    pub(crate) fn start(site: &Path) -> Result<Server> {
        let mut command = program("serve", site);
        command.args(["--port", "0"]).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let stderr = child.stderr.take().context("it was asked for")?;
        let mut stdout = BufReader::new(child.stdout.take().context("it was asked for")?);
        let said = Arc::new(Mutex::new(String::new()));
        let heard = said.clone();
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut said = heard.lock().unwrap_or_else(PoisonError::into_inner);
                said.push_str(&line);
                said.push('\n');
            }
        });
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        let place = line.strip_prefix("http://localhost:").and_then(|rest| rest.split('/').next());
        let port = place.with_context(|| format!("no address but {line:?}"))?.parse()?;
        // What is said after it is not read, and fits into the pipe.
        child.stdout = Some(stdout.into_inner());
        Ok(Server { child, address: SocketAddr::from(([127, 0, 0, 1], port)), said })
    }

    /// What it has said about the site.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often it found something new in the folder.
    pub(crate) fn updates(&self) -> usize {
        self.said().lines().filter(|line| line.starts_with("updated: ")).count()
    }

    /// What its process holds when the connections of those who have gone are closed; none where the system does not
    /// tell. Pauses, so that it measures what stays.
    pub(crate) fn footprint(&self) -> Result<Option<Footprint>> {
        let process = Path::new("/proc").join(self.child.id().to_string());
        if !process.is_dir() {
            return Ok(None);
        }
        let (mut descriptors, mut looks) = (u64::MAX, 0);
        while looks < LOOKS {
            thread::sleep(Duration::from_millis(50));
            let now = fs::read_dir(process.join("fd"))?.count() as u64;
            looks = if now < descriptors { 0 } else { looks + 1 };
            descriptors = descriptors.min(now);
        }
        let status = fs::read_to_string(process.join("status"))?;
        let number = |name: &str| -> Result<u64> {
            let line =
                status.lines().find_map(|line| line.strip_prefix(name)).context("no line")?;
            Ok(line.trim_start_matches(':').trim().trim_end_matches(" kB").parse()?)
        };
        let (memory, peak, threads) = (number("VmRSS")?, number("VmHWM")?, number("Threads")?);
        Ok(Some(Footprint { memory, peak, threads, descriptors }))
    }

    /// Ends it as Ctrl-C does; gives how long that took.
    pub(crate) fn interrupt(mut self) -> Result<Duration> {
        let start = Instant::now();
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status()?;
        ensure!(sent.success(), "the signal could not be sent");
        while start.elapsed() < DEADLINE {
            if let Some(status) = self.child.try_wait()? {
                ensure!(status.success(), "it ended with {status}");
                return Ok(start.elapsed());
            }
            thread::sleep(Duration::from_millis(1));
        }
        bail!("Ctrl-C does not end it")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A command of the program for a site, with nothing of the environment.
pub(crate) fn program(name: &str, site: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roundtable"));
    command.env_clear().arg(name).arg(site).args(["--now", NOW]);
    command
}

/// A connection that is kept from one request to the next, as browsers do.
pub(crate) struct Connection {
    socket: BufReader<TcpStream>,
}

/// What a browser gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Result<Connection> {
        let socket = TcpStream::connect_timeout(&address, DEADLINE)?;
        socket.set_read_timeout(Some(DEADLINE))?;
        socket.set_nodelay(true)?;
        Ok(Connection { socket: BufReader::new(socket) })
    }

    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))?;
        self.receive().with_context(|| format!("GET {path}"))
    }

    /// Whether there is news of a page; waits for it as its script does.
    pub(crate) fn has_news(&mut self, page: &str, seen: &str) -> Result<bool> {
        let answer = self.get(&format!("/.roundtable/live?page={page}&seen={seen}"))?;
        ensure!(matches!(answer.status, 200 | 204), "news of {page}: {}", answer.status);
        Ok(answer.status == 200)
    }

    pub(crate) fn send(&mut self, request: &str) -> Result<()> {
        Ok(self.socket.get_mut().write_all(request.as_bytes())?)
    }

    pub(crate) fn receive(&mut self) -> Result<Answer> {
        let (mut status, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            ensure!(self.socket.read_line(&mut line)? > 0, "the connection has ended");
            let line = line.trim_end().to_ascii_lowercase();
            match (status, line.split_once(": ")) {
                (None, _) => status = Some(line.split(' ').nth(1).context("no status")?.parse()?),
                (Some(status), None) => {
                    let mut body = vec![0; length];
                    self.socket.read_exact(&mut body)?;
                    return Ok(Answer { status, body });
                }
                (_, Some(("content-length", value))) => length = value.parse()?,
                _ => {}
            }
        }
    }
}

impl Answer {
    pub(crate) fn has(&self, words: &str) -> bool {
        memchr::memmem::find(&self.body, words.as_bytes()).is_some()
    }

    /// Whether it tells of problems.
    pub(crate) fn has_banner(&self) -> bool {
        self.has("id=\"roundtable-banner\"")
    }

    /// The fingerprint of what the page shows.
    pub(crate) fn seen(&self) -> Result<String> {
        let text = String::from_utf8_lossy(&self.body);
        let seen = text.split_once("data-seen=\"").and_then(|(_, after)| after.split('"').next());
        Ok(seen.with_context(|| format!("no live page, but {} {text}", self.status))?.to_owned())
    }
}
