//! HTTP: GET and HEAD from this machine.
