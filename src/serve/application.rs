//! Requests into answers: pages with their additions, files with their types, and serve's own addresses.
//!
//! Takes the present [`State`], which is swapped whole after each change. An address is looked up among what is
//! published; it never becomes a path of the disk.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError, RwLock};

use percent_encoding::percent_decode_str;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::{Diagnostic, Report};
use crate::export::headers::headers_for;
use crate::output::Content;
use crate::render::{self, Route};
use crate::serve::banner::{Problems, Shown};
use crate::serve::decorate::{Additions, LIVE_SCRIPT, LIVE_SHEET, decorate, problems_page};
use crate::serve::http::{self, Reply, Request, Response, content_type};
use crate::serve::panel::Panel;
use crate::serve::state::{Found, Page, State};
use crate::write::published_bytes;

/// Where serve's own addresses stand, below the site's base.
const OWN: &str = ".roundtable/";

/// A site that answers requests.
pub(super) struct Application {
    state: RwLock<Arc<State>>,
    /// Whether pages are sent as a build writes them.
    plain: bool,
    /// Told of each page that could not be rendered.
    on_fault: Box<dyn Fn(&Diagnostic) + Send + Sync>,
}

impl Application {
    pub(super) fn new(
        state: Arc<State>,
        plain: bool,
        on_fault: impl Fn(&Diagnostic) + Send + Sync + 'static,
    ) -> Application {
        Application { state: RwLock::new(state), plain, on_fault: Box::new(on_fault) }
    }

    /// Shows another state from now on.
    pub(super) fn show(&self, state: Arc<State>) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }

    fn state(&self) -> Arc<State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What stands at one of serve's own addresses.
    fn own(&self, state: &State, name: &str, request: &Request) -> Reply {
        let file = |text: &str| {
            let headers = vec![header("Content-Type", content_type(name))];
            Reply::Now(Response { status: 200, headers, body: text.as_bytes().to_vec() })
        };
        match name {
            "live.js" => file(LIVE_SCRIPT),
            "live.css" => file(LIVE_SHEET),
            "live" => news(state, request.query.as_deref().unwrap_or_default()),
            _ => Reply::Now(self.found(state, once_more(name).unwrap_or(NOWHERE), request)),
        }
    }

    fn found(&self, state: &State, address: &str, request: &Request) -> Response {
        match state.at(address) {
            Found::Page(page) => self.page(state, address, *page),
            Found::File(path, content) => file(state, &path, content),
            Found::Moved(to) => {
                let base = decoded(state.base()).unwrap_or_default();
                moved(&format!("{base}{to}"), request)
            }
        }
    }

    fn page(&self, state: &State, address: &str, page: Page) -> Response {
        if let Some(fault) = &page.fault {
            (self.on_fault)(fault);
        }
        let headers = headers(state, page.route.as_ref().map(Route::path));
        if self.plain && page.html.is_empty() {
            return nothing_built();
        }
        let body = if self.plain {
            page.html
        } else {
            let seen = state.seen(address, || fingerprint(state, address, &page));
            finished(state, address, &page, &seen)
        };
        Response { status: page.status, headers, body }
    }
}

impl http::Application for Application {
    fn reply(&self, request: &Request) -> Reply {
        let state = self.state();
        let Some(path) = decoded(&request.path) else { return Reply::Now(bad_request()) };
        let base = decoded(state.base()).unwrap_or_default();
        let Some(address) = path.strip_prefix(&base) else {
            // Elsewhere on the host there is nothing, as there is nothing where the site will stand.
            return Reply::Now(if path == "/" || base.strip_suffix('/') == Some(&path) {
                moved(&base, request)
            } else {
                self.found(&state, NOWHERE, request)
            });
        };
        match address.strip_prefix(OWN).filter(|_| !self.plain) {
            Some(own) => self.own(&state, own, request),
            None => Reply::Now(self.found(&state, address, request)),
        }
    }
}

/// Whether a page shows something else than its browser has seen.
fn news(state: &State, query: &str) -> Reply {
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let value = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next();
        // As forms and URLSearchParams write it, a space is a plus.
        decoded(&value.unwrap_or_default().replace('+', " ")).unwrap_or_default()
    };
    let (page, seen) = (value("page"), value("seen"));
    let address = page.strip_prefix('/').unwrap_or(&page);
    let now = state.seen(address, || match state.at(address) {
        Found::Page(page) => fingerprint(state, address, &page),
        Found::File(path, _) | Found::Moved(path) => path,
    });
    if now == seen {
        return Reply::Wait;
    }
    let headers = vec![header("Content-Type", content_type("news.json"))];
    let body = serde_json::json!({ "seen": now }).to_string().into_bytes();
    Reply::Now(Response { status: 200, headers, body })
}

/// The fingerprint of what a page shows.
fn fingerprint(state: &State, address: &str, page: &Page) -> String {
    let body = finished(state, address, page, "");
    format!("{:016x}{}", xxh3_64(&body), page.status)
}

/// A page with its additions.
fn finished(state: &State, address: &str, page: &Page, seen: &str) -> Vec<u8> {
    let report = match &page.fault {
        Some(fault) => {
            let known = state.report().diagnostics().iter().cloned();
            &Report::new(known.chain([fault.clone()]).collect())
        }
        None => state.report(),
    };
    let files: Vec<&str> = page.files.iter().map(String::as_str).chain(["site.yaml"]).collect();
    let file = page.files.first().map(String::as_str);
    let panel = state
        .edition()
        .zip(page.route.as_ref())
        .map(|(edition, route)| Panel::new(edition, route, file, report));
    let path = format!("/{address}");
    let additions = Additions {
        base: state.base(),
        path: &path,
        seen,
        scripts: &state.scripts(),
        pictures: &state.pictures(page),
        draft: file.filter(|_| is_draft(state, page)),
        problems: Problems { report, files: &files, shown: page.shown },
        panel: panel.as_ref(),
    };
    match page.shown {
        Shown::Nothing => problems_page(&additions, &path),
        Shown::Now | Shown::Before => decorate(&page.html, &additions),
    }
}

/// `again/7/assets/x.js` is `assets/x.js`: browsers run a module once for each address, and the modules that it imports
/// likewise.
fn once_more(name: &str) -> Option<&str> {
    let (number, address) = name.strip_prefix("again/")?.split_once('/')?;
    (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(address)
}

/// An address at which nothing can stand: no page's name has a space.
const NOWHERE: &str = " ";

/// What stands in a plain site at the address of a page that no build would write.
fn nothing_built() -> Response {
    let headers = vec![header("Content-Type", content_type("nothing.txt"))];
    let body =
        b"this page has errors, so a build would not write it; the terminal tells them".to_vec();
    Response { status: 404, headers, body }
}

fn is_draft(state: &State, page: &Page) -> bool {
    let shown = state.edition().zip(page.route.as_ref());
    shown.is_some_and(|(edition, route)| render::is_draft(edition, route.target))
}

fn file(state: &State, path: &str, content: Content) -> Response {
    let bytes = match content {
        Content::File(asset) => published_bytes(&asset).ok(),
        made => made.bytes().map(Cow::into_owned),
    };
    match bytes {
        Some(body) => {
            Response { status: 200, headers: headers(state, Some(path.to_owned())), body }
        }
        // It has gone since the folder was looked at, which is about to be done again.
        None => Response {
            status: 404,
            headers: vec![header("Content-Type", content_type("gone.txt"))],
            body: b"this file has just gone, or cannot be read".to_vec(),
        },
    }
}

/// What a host would send with the file, but for how long it may be kept.
fn headers(state: &State, path: Option<String>) -> Vec<(String, String)> {
    let path = path.unwrap_or_else(|| "index.html".to_owned());
    let own = state.edition().and_then(|edition| edition.site().headers.as_deref());
    let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(&path));
    let mut headers = headers_for(own, &address);
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("cache-control"));
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        headers.push(header("Content-Type", content_type(&path)));
    }
    headers
}

fn moved(to: &str, request: &Request) -> Response {
    let query = request.query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
    let to = percent_encoding::utf8_percent_encode(to, PATH).to_string();
    let headers = vec![header("Location", &format!("{to}{query}"))];
    Response { status: 301, headers, body: Vec::new() }
}

/// What a path may not hold as it is (RFC 3986 §3.3).
const PATH: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn bad_request() -> Response {
    let headers = vec![header("Content-Type", content_type("wrong.txt"))];
    Response { status: 400, headers, body: b"this address is no text in UTF-8".to_vec() }
}

fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Percent-decoded text; none where it is no UTF-8.
fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}
