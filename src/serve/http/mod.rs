//! HTTP/1.1 from this machine: sockets, deadlines and the rules of the protocol; knows nothing of sites or disks.

mod content_type;
mod listen;
#[cfg(test)]
mod tests;

pub(super) use content_type::content_type;
pub(super) use listen::{Listener, addresses, bind};
