//! HTTP/1.1 from this machine: sockets, deadlines and the rules of the protocol; knows nothing of sites or disks.
//!
//! Takes an open socket and an [`Application`], gives it the path and query of each GET and HEAD, and sends what it
//! replies. One thread holds all sockets; replies are made on other threads, so that neither a slow reply nor a silent
//! browser delays anyone. A request that the application lets wait is asked again at each revision.

mod answer;
mod connection;
mod content_type;
mod host;
mod listen;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

pub(super) use content_type::content_type;
pub(super) use listen::{Listener, addresses, bind};

/// Replies that are made at the same time; more wait for a turn.
const REPLIES_AT_ONCE: usize = 16;

/// What a browser asks for, by GET or HEAD.
#[derive(Debug)]
pub(super) struct Request {
    /// As sent, percent-encoded, without the query; begins with `/`.
    pub path: String,
    pub query: Option<String>,
}

/// An answer, as GET gets it: HEAD is answered without the body, and every answer is sent with its length and
/// `Cache-Control: no-store`.
#[derive(Debug)]
pub(super) struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

pub(super) enum Reply {
    Now(Response),
    /// Nothing new yet: ask again after the next revision.
    Wait,
}

/// Who answers the requests.
pub(super) trait Application: Send + Sync + 'static {
    /// May take its time. A panic is answered with status 500.
    fn reply(&self, request: &Request) -> Reply;
}

/// The number of the state that is shown; requests that wait are asked again when it grows.
pub(super) struct Revisions(watch::Sender<u64>);

/// How long and how many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// From a connection's begin, or from its last answer, to the end of the next request's head.
    pub head: Duration,
    /// From a request that is let wait to status 204.
    pub waiting: Duration,
    /// From an answer to the moment when the browser has taken it.
    pub sending: Duration,
    /// From the end of the server to that of connections whose answer is still on its way.
    pub grace: Duration,
    /// Connections at the same time; more wait for a turn.
    pub connections: u16,
}

/// A server that runs. It stops when this is dropped, too, but nobody waits for its end then.
#[must_use]
pub(super) struct Handle {
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

/// Answers what comes in at the socket until the handle stops it.
pub(super) fn serve(
    listener: Listener,
    application: Arc<dyn Application>,
    revisions: Arc<Revisions>,
    limits: Limits,
) -> io::Result<Handle> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(REPLIES_AT_ONCE)
        .build()?;
    let Listener { socket, name } = listener;
    socket.set_nonblocking(true)?;
    let socket = {
        let _runtime = runtime.enter();
        TcpListener::from_std(socket)?
    };
    let (stop, stopping) = watch::channel(false);
    let server = connection::Server { application, revisions, limits, name, stopping };
    let thread = thread::Builder::new().name("http".to_owned()).spawn(move || {
        runtime.block_on(connection::run(Arc::new(server), socket));
        // A reply that is still being made has nobody to go to.
        runtime.shutdown_background();
    })?;
    Ok(Handle { stop, thread })
}

impl Handle {
    /// Answers the requests that wait, closes all connections, and returns within a second.
    pub(super) fn stop(self) {
        self.stop.send_replace(true);
        self.thread.join().expect("what panics is caught on the server's thread");
    }
}

impl Revisions {
    pub(super) fn new() -> Revisions {
        Revisions(watch::Sender::new(0))
    }

    /// Says that there is something new to show.
    pub(super) fn bump(&self) {
        self.0.send_modify(|revision| *revision += 1);
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(10),
            waiting: Duration::from_secs(25),
            sending: Duration::from_mins(5),
            grace: Duration::from_millis(500),
            connections: 512,
        }
    }
}
