//! Which port is opened, and what is said about it.

use std::net::{Ipv6Addr, TcpListener};

use super::*;

fn port(listener: &Listener) -> u16 {
    listener.socket.local_addr().unwrap().port()
}

fn refusal(host: &str, port: Option<u16>) -> String {
    bind(host, port).unwrap_err().to_string()
}

#[test]
fn a_port_that_was_asked_for_and_is_in_use_is_an_error_that_names_a_free_one() {
    let first = bind("127.0.0.1", Some(0)).unwrap();
    let taken = port(&first);
    let message = refusal("127.0.0.1", Some(taken));
    let free = message
        .strip_prefix(&format!("port {taken} is in use; stop the other program or choose `--port "))
        .and_then(|rest| rest.strip_suffix('`'))
        .unwrap_or_else(|| panic!("{message}"));
    assert!(free.parse::<u16>().unwrap() > taken);
}

#[test]
fn a_port_that_nobody_asked_for_is_the_first_that_is_free() {
    let (first, second) = (bind("127.0.0.1", None).unwrap(), bind("127.0.0.1", None).unwrap());
    assert!((4000..=4100).contains(&port(&first)));
    assert!((4000..=4100).contains(&port(&second)));
    assert_ne!(port(&first), port(&second));
}

#[test]
fn a_port_is_in_use_when_localhost_would_lead_elsewhere() {
    let Ok(other) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else {
        return; // This machine has no IPv6.
    };
    let taken = other.local_addr().unwrap().port();
    assert!(refusal("127.0.0.1", Some(taken)).starts_with(&format!("port {taken} is in use; ")));
}

#[test]
fn a_foreign_address_is_an_error_that_says_what_to_type() {
    let message = refusal("192.0.2.1", Some(0));
    assert!(message.starts_with("`192.0.2.1` is not an address of this machine ("), "{message}");
    assert!(message.contains("leave `--host` out"), "{message}");
}

#[test]
fn addresses_are_those_that_lead_here() {
    let shown = |host: &str| {
        let listener = bind(host, Some(0)).unwrap();
        let found = addresses(&listener).unwrap();
        let port = format!(":{}/", port(&listener));
        found.iter().map(|url| url.replace(&port, "/")).collect::<Vec<_>>()
    };
    assert_eq!(shown("127.0.0.1"), ["http://localhost/"]);
    assert_eq!(shown("localhost"), ["http://localhost/"]);
    let everywhere = shown("0.0.0.0");
    assert_eq!(everywhere.first().unwrap(), "http://localhost/");
    assert!(everywhere.len() <= 2, "{everywhere:?}");
    assert!(everywhere.iter().all(|url| !url.contains("0.0.0.0") && !url.contains("127.")));
}
