//! The socket, opened before anything else and kept, and the addresses that lead to it.
//!
//! Takes the host and port that were asked for; a port that nobody asked for may be another one. Errors say what to type.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, UdpSocket};
use std::ops::RangeInclusive;

use anyhow::anyhow;

/// Tried in this order when no port was asked for.
const USUAL_PORTS: RangeInclusive<u16> = 4000..=4100;

/// A socket that browsers can connect to; they wait until it is served.
#[derive(Debug)]
pub(in crate::serve) struct Listener {
    pub(super) socket: TcpListener,
    /// The host that was asked for, if it was a name and not an address in numbers.
    pub(super) name: Option<String>,
}

/// Opens the port asked for, or the first that is free.
pub(in crate::serve) fn bind(host: &str, port: Option<u16>) -> anyhow::Result<Listener> {
    // As in a URL: `[::1]`.
    let host = host.trim_matches(['[', ']']);
    let opened = match port {
        Some(port) => open(host, port),
        None => first_free(host, USUAL_PORTS),
    };
    let socket = opened.map_err(|error| match (error.kind(), port) {
        (ErrorKind::AddrInUse, Some(port)) => in_use(host, port),
        (_, port) => refused(host, port, error),
    })?;
    let name = host.parse::<IpAddr>().is_err().then(|| host.to_owned());
    Ok(Listener { socket, name })
}

/// Where to find what is served: on this machine, and from others when they can reach it.
pub(in crate::serve) fn addresses(listener: &Listener) -> io::Result<Vec<String>> {
    let address = listener.socket.local_addr()?;
    let (ip, port) = (address.ip(), address.port());
    let url = |host: &str| format!("http://{host}:{port}/");
    if ip.is_unspecified() {
        let others = outward().map(|ip| url(&ip.to_string()));
        return Ok([url("localhost")].into_iter().chain(others).collect());
    }
    Ok(vec![match (&listener.name, ip) {
        (Some(name), _) => url(name),
        (None, ip) if is_localhost(ip) => url("localhost"),
        (None, IpAddr::V4(ip)) => url(&ip.to_string()),
        (None, IpAddr::V6(ip)) => url(&format!("[{ip}]")),
    }])
}

fn first_free(host: &str, ports: RangeInclusive<u16>) -> io::Result<TcpListener> {
    // Some systems keep whole ranges of ports to themselves.
    let taken = |error: &io::Error| {
        matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied)
    };
    ports
        .map(|port| open(host, port))
        .find(|opened| !opened.as_ref().is_err_and(taken))
        .unwrap_or_else(|| Err(ErrorKind::AddrInUse.into()))
}

/// Opens a port, unless `localhost` with this port would lead browsers to another program: they try `::1` first.
fn open(host: &str, port: u16) -> io::Result<TcpListener> {
    let socket = TcpListener::bind((host, port))?;
    let address = socket.local_addr()?;
    if address.ip() == Ipv4Addr::LOCALHOST || address.ip() == Ipv4Addr::UNSPECIFIED {
        let probe = TcpListener::bind((Ipv6Addr::LOCALHOST, address.port()));
        probe.map(drop).or_else(|error| match error.kind() {
            ErrorKind::AddrInUse => Err(error),
            // Without IPv6 `localhost` has one meaning only.
            _ => Ok(()),
        })?;
    }
    Ok(socket)
}

fn is_localhost(ip: IpAddr) -> bool {
    ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST
}

/// This machine's address in the network through which it would reach others. No packet is sent: connecting a UDP socket
/// only chooses a route, here to an address that is kept for documentation (RFC 5737).
fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

fn in_use(host: &str, port: u16) -> anyhow::Error {
    let next = port.saturating_add(1)..=port.saturating_add(100);
    let free = first_free(host, next).and_then(|socket| socket.local_addr());
    match free {
        Ok(free) => anyhow!(
            "port {port} is in use; stop the other program or choose `--port {}`",
            free.port()
        ),
        Err(_) => {
            anyhow!("port {port} is in use; stop the other program or choose another `--port`")
        }
    }
}

/// Why no socket could be had, besides a port that was asked for and is in use.
fn refused(host: &str, port: Option<u16>, error: io::Error) -> anyhow::Error {
    let (first, last) = (USUAL_PORTS.start(), USUAL_PORTS.end());
    match (error.kind(), port) {
        (ErrorKind::AddrInUse | ErrorKind::PermissionDenied, None) => anyhow!(
            "ports {first} to {last} are all in use; stop another program or choose another `--port`"
        ),
        (ErrorKind::PermissionDenied, Some(port)) => {
            anyhow!("the system keeps port {port} to itself; choose `--port {first}`")
        }
        _ => anyhow!(
            "`{host}` is not an address of this machine ({error}); leave `--host` out to show the site on this machine, \
             or use `--host 0.0.0.0` to show it to others in the same network"
        ),
    }
}
