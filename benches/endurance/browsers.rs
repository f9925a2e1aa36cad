//! Those who look at the site: browsers that keep their page in step, and visitors who misbehave.
//!
//! A browser does what `live.js` does: it gets its page, waits for news of it, and gets it again. Its page as it last
//! was is its result. When a mark was saved, and when a browser had it, is kept in [`Moments`].

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::Chance;
use super::server::{Answer, Connection};

/// As long as `live.js` rests between two requests.
const REST: Duration = Duration::from_millis(50);
/// Connections of visitors who say nothing that are open at the same time.
const MOST_HELD: usize = 20;

/// Gives the address of its page, and the page as it last was.
pub(crate) type Browser = JoinHandle<Result<(String, Answer)>>;

/// What shows a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A page, or a few.
    Pages,
    /// Every page.
    Site,
}

/// What happened when.
#[derive(Default)]
pub(crate) struct Moments {
    /// When each mark was saved, by its number.
    saved: Mutex<Vec<(Instant, Reach)>>,
    /// From the save of a mark to a browser that has the page with it.
    pub(crate) latencies: Mutex<Vec<(Reach, Duration)>>,
    /// From the request for a page to its last byte.
    pub(crate) answers: Mutex<Vec<Duration>>,
    /// The mark after which nothing comes; zero while it is not known.
    last: AtomicUsize,
}

impl Moments {
    /// Gives the next mark, which is about to be saved.
    pub(crate) fn mark(&self, reach: Reach) -> usize {
        let mut saved = locked(&self.saved);
        saved.push((Instant::now(), reach));
        saved.len()
    }

    /// Says that nothing comes after a mark.
    pub(crate) fn end_with(&self, mark: usize) {
        self.last.store(mark, Ordering::Relaxed);
    }

    /// Notes the newest mark of a page that has arrived; `known` is the newest that its browser knew.
    fn arrived(&self, page: &Answer, known: &mut usize) {
        let newest = newest_mark(&page.body);
        // The first look at a page says nothing of when it could have been had.
        if newest > *known && *known > 0 {
            let saved = locked(&self.saved).get(newest - 1).copied();
            let latency = saved.map(|(saved, reach)| (reach, saved.elapsed()));
            locked(&self.latencies).extend(latency);
        }
        *known = newest.max(*known).max(1);
    }

    fn is_last(&self, mark: usize) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        last > 0 && mark >= last
    }
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How a mark stands in a text.
pub(crate) fn written(mark: usize) -> String {
    format!("Mark {mark:05}")
}

fn newest_mark(page: &[u8]) -> usize {
    let marks = memchr::memmem::find_iter(page, "Mark ").filter_map(|at| {
        let digits = page.get(at + 5..at + 10)?;
        str::from_utf8(digits).ok()?.parse().ok()
    });
    marks.max().unwrap_or(0)
}

/// Opens a page in a browser that keeps it in step until the last mark is on it.
pub(crate) fn open(address: SocketAddr, page: String, moments: Arc<Moments>) -> Browser {
    thread::spawn(move || {
        let mut connection = Connection::open(address)?;
        let mut known = 0;
        loop {
            let asked = Instant::now();
            let answer = connection.get(&page)?;
            locked(&moments.answers).push(asked.elapsed());
            ensure!(matches!(answer.status, 200 | 404), "{page}: {}", answer.status);
            moments.arrived(&answer, &mut known);
            if moments.is_last(known) {
                return Ok((page, answer));
            }
            let seen = answer.seen()?;
            while !connection.has_news(&page, &seen)? {}
            thread::sleep(REST);
        }
    })
}

/// Visitors who misbehave, until they are told to rest or to leave.
pub(crate) struct Troublemakers {
    thread: JoinHandle<Result<usize>>,
    rest: Arc<AtomicBool>,
    leave: Arc<AtomicBool>,
}

impl Troublemakers {
    pub(crate) fn come(address: SocketAddr, seed: u64) -> Troublemakers {
        let (rest, leave) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let (resting, leaving) = (rest.clone(), leave.clone());
        let thread = thread::spawn(move || {
            let mut chance = Chance(seed);
            let mut held = VecDeque::new();
            let mut count = 0;
            while !leaving.load(Ordering::Relaxed) {
                if resting.load(Ordering::Relaxed) {
                    held.clear();
                } else {
                    count += 1;
                    held.extend(trouble(address, &mut chance)?);
                    held.drain(..held.len().saturating_sub(MOST_HELD));
                }
                thread::sleep(Duration::from_millis(5 + chance.below(40) as u64));
            }
            Ok(count)
        });
        Troublemakers { thread, rest, leave }
    }

    /// Lets them close their connections and wait, or go on.
    pub(crate) fn rest(&self, rest: bool) {
        self.rest.store(rest, Ordering::Relaxed);
    }

    /// Gives how much trouble they made.
    pub(crate) fn leave(self) -> Result<usize> {
        self.leave.store(true, Ordering::Relaxed);
        self.thread.join().expect("they return errors")
    }
}

/// Makes trouble once; gives a connection that stays open.
fn trouble(address: SocketAddr, chance: &mut Chance) -> Result<Option<Connection>> {
    const PAGE: &str = "/groups/";
    let mut connection = Connection::open(address)?;
    match chance.below(7) {
        0 => return Ok(Some(connection)),
        1 => {
            connection.send("GET / HTTP/1.1\r\nHost: local")?;
            return Ok(Some(connection));
        }
        2 => {
            let seen = connection.get(PAGE)?.seen()?;
            connection.send(&format!(
                "GET /.roundtable/live?page={PAGE}&seen={seen} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            ))?;
            thread::sleep(Duration::from_millis(20));
        }
        3 => connection.send(&format!("GET {PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n"))?,
        4 => {
            connection.send("GET / HTTP/1.1\r\nHost: groups.example.net\r\n\r\n")?;
            ensure!(connection.receive()?.status == 403, "a foreign host is refused");
        }
        5 => {
            connection.send("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
            ensure!(connection.receive()?.status == 405, "nothing but GET and HEAD is answered");
        }
        _ => {
            connection.send("\u{16}\u{3}\u{1}\u{2} this is no HTTP\r\n\r\n")?;
            ensure!(connection.receive()?.status == 400, "what is no request is refused");
        }
    }
    Ok(None)
}
