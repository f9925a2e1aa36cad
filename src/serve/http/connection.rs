//! Connections: how many, how long, and their end.
//!
//! 1. `run` accepts connections up to the limit; a socket that cannot be had (no file descriptor is left) is waited for.
//! 2. `converse` speaks HTTP on one of them until a deadline passes, the browser goes, or the server stops.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::answer::answer;
use super::{Application, Limits, Revisions};

/// The longest head of a request, in bytes. Beyond it hyper answers 431 by itself, with no header of ours; browsers keep
/// no such answer.
const LONGEST_HEAD: usize = 64 * 1024;

/// From an accept that failed to the next. Descriptors come free when browsers go and when deadlines pass.
const PAUSE: Duration = Duration::from_millis(50);

/// What all connections share.
pub(super) struct Server {
    pub(super) application: Arc<dyn Application>,
    pub(super) revisions: Arc<Revisions>,
    pub(super) limits: Limits,
    /// The name that was given to listen at, if it was no number.
    pub(super) name: Option<String>,
    /// Becomes true, or loses its sender, when the server ends.
    pub(super) stopping: watch::Receiver<bool>,
}

impl Server {
    /// Returns when the server ends.
    pub(super) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // An error says that nobody is left who could stop the server: it ends, too.
        drop(stopping.wait_for(|stop| *stop).await);
    }
}

/// Serves until the server stops.
pub(super) async fn run(server: Arc<Server>, listener: TcpListener) {
    let limit = server.limits.connections;
    let live = Arc::new(Semaphore::new(limit.into()));
    tokio::select! {
        () = accept(&server, &listener, &live) => {}
        () = server.stopped() => {}
    }
    drop(listener);
    drop(timeout(server.limits.grace, live.acquire_many(limit.into())).await);
}

async fn accept(server: &Arc<Server>, listener: &TcpListener, live: &Arc<Semaphore>) {
    while let Ok(turn) = Arc::clone(live).acquire_owned().await {
        match listener.accept().await {
            Ok((socket, _)) => {
                let server = Arc::clone(server);
                tokio::spawn(async move {
                    converse(server, socket).await;
                    drop(turn);
                });
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Answers the requests of one connection, one after the other. How it ends concerns nobody else.
async fn converse(server: Arc<Server>, socket: TcpStream) {
    if socket.set_nodelay(true).is_err() {
        return;
    }
    let answered = watch::Sender::new(false);
    let taken = answered.subscribe();
    let service = service_fn(async |request: hyper::Request<Incoming>| {
        answered.send_replace(false);
        let (head, _) = request.into_parts();
        let response = answer(&server, &head).await;
        answered.send_replace(true);
        Ok::<_, Infallible>(response)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(server.limits.head)
        .max_header_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stalled(taken, server.limits.sending) => {}
        () = server.stopped() => {
            connection.as_mut().graceful_shutdown();
            drop(connection.await);
        }
    }
}

/// Returns when no request has come for that long after an answer: hyper's deadline begins when the answer was taken.
async fn stalled(mut answered: watch::Receiver<bool>, limit: Duration) {
    while answered.wait_for(|answered| *answered).await.is_ok() {
        if timeout(limit, answered.wait_for(|answered| !*answered)).await.is_err() {
            return;
        }
    }
}
