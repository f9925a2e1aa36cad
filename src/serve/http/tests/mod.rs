//! The server as a browser meets it: over sockets of this machine.

mod listen;

use super::*;
