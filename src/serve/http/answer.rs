//! One request and its answer.
//!
//! Takes the head of a request, refuses what the rules of the protocol refuse, and asks the application for the rest: on
//! a thread of its own, and again at each revision while it says to wait. A body that comes along is never looked at.

use std::sync::Arc;

use http_body_util::Full;
use hyper::Method;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::http::request::Parts;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use super::connection::Server;
use super::host::{self, Unfit};
use super::{Reply, Request, Response};

/// The longest request target, in bytes.
const LONGEST_TARGET: usize = 8 * 1024;

/// Statuses without a body, and so without its length (RFC 9110 §8.6).
const BODILESS: [u16; 2] = [204, 304];

/// What is sent for a request.
pub(super) async fn answer(server: &Server, head: &Parts) -> hyper::Response<Full<Bytes>> {
    let response = match admit(head, server.name.as_deref()) {
        Ok(request) => ask(server, Arc::new(request)).await,
        Err(refusal) => refusal,
    };
    sendable(response).unwrap_or_else(|error| {
        let fault = format!("This answer has a header that cannot be sent: {error}.");
        sendable(text(500, &fault)).expect("an answer of our own can be sent")
    })
}

/// The request as the application gets it.
fn admit(head: &Parts, name: Option<&str>) -> Result<Request, Response> {
    host::check(head, name).map_err(|unfit| match unfit {
        Unfit::Unclear => text(400, "This request does not say clearly which site it is for."),
        Unfit::Foreign(name) => text(403, &foreign(&name)),
    })?;
    if head.method != Method::GET && head.method != Method::HEAD {
        let mut response = text(405, "Only GET and HEAD are answered here.");
        response.headers.push(("Allow".to_owned(), "GET, HEAD".to_owned()));
        return Err(response);
    }
    let (path, query) = (head.uri.path(), head.uri.query());
    if path.len() + query.map_or(0, str::len) > LONGEST_TARGET {
        return Err(text(414, "This address is too long."));
    }
    if !path.starts_with('/') {
        return Err(text(400, "This address does not begin with `/`."));
    }
    Ok(Request { path: path.to_owned(), query: query.map(str::to_owned) })
}

fn foreign(name: &str) -> String {
    format!(
        "This site is not shown under the name `{name}`, so that no other site can read it. Open it by the address that \
         was printed when it was started, or start it with `--host {name}`."
    )
}

async fn ask(server: &Server, request: Arc<Request>) -> Response {
    let deadline = Instant::now() + server.limits.waiting;
    // From before the first reply on, so that no revision is missed that comes while it is made.
    let mut revision = server.revisions.watch();
    loop {
        let (application, asked) = (Arc::clone(&server.application), Arc::clone(&request));
        match spawn_blocking(move || application.reply(&asked)).await {
            Ok(Reply::Now(response)) => return response,
            Ok(Reply::Wait) => {}
            Err(_) => return text(500, "A fault in the program kept this page from being made."),
        }
        if !next(&mut revision, server, deadline).await {
            return Response { status: 204, headers: Vec::new(), body: Vec::new() };
        }
    }
}

/// Whether a revision comes before the deadline passes and before the server stops.
async fn next(revision: &mut watch::Receiver<u64>, server: &Server, deadline: Instant) -> bool {
    tokio::select! {
        bumped = revision.changed() => bumped.is_ok(),
        () = sleep_until(deadline) => false,
        () = server.stopped() => false,
    }
}

fn text(status: u16, sentence: &str) -> Response {
    let headers = vec![("Content-Type".to_owned(), "text/plain; charset=utf-8".to_owned())];
    Response { status, headers, body: format!("{sentence}\n").into_bytes() }
}

/// The same with the headers that every answer has. The length is told here, because HEAD tells it too; hyper leaves the
/// body out there.
fn sendable(response: Response) -> Result<hyper::Response<Full<Bytes>>, hyper::http::Error> {
    let Response { status, headers, body } = response;
    let mut builder = hyper::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let length = body.len();
    let mut sendable = builder.body(Full::new(Bytes::from(body)))?;
    let headers = sendable.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if !BODILESS.contains(&status) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Ok(sendable)
}
