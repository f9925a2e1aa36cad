//! Which names a request may call this server by.
//!
//! Any page on the web can give its own name this machine's address, and could then read what is served here as if it
//! were its own (DNS rebinding). It cannot do so by a name that it does not own: `localhost`, an address in numbers, or
//! the name that was given to listen at.

use std::net::IpAddr;

use hyper::Version;
use hyper::header::HOST;
use hyper::http::request::Parts;
use hyper::http::uri::Authority;

/// What is wrong with the name a request calls this server by.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// There is none, it cannot be read, or there are several.
    Unclear,
    /// It is not one of this server's.
    Foreign(String),
}

/// Looks at the `Host` header, and at the address of a request target in absolute form.
pub(super) fn check(head: &Parts, given: Option<&str>) -> Result<(), Unfit> {
    let mut names: Vec<Authority> = head.uri.authority().cloned().into_iter().collect();
    let mut headers = head.headers.get_all(HOST).iter();
    match headers.next() {
        Some(header) => names.push(Authority::try_from(header.as_bytes()).or(Err(Unfit::Unclear))?),
        None if head.version == Version::HTTP_10 => {}
        None => return Err(Unfit::Unclear),
    }
    if headers.next().is_some() {
        return Err(Unfit::Unclear);
    }
    match names.iter().find(|name| !is_own(name.host(), given)) {
        Some(name) => Err(Unfit::Foreign(name.host().to_owned())),
        None => Ok(()),
    }
}

fn is_own(name: &str, given: Option<&str>) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
    name == "localhost"
        || name.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok()
        || given.is_some_and(|given| given.eq_ignore_ascii_case(&name))
}
