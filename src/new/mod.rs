//! What begins a site: `init` writes a whole one, and `group`, `resource`, `page` and `venue` a commented file each.
//!
//! 1. A table per kind of file says what is asked, in which words, and which field the answer fills (`group`, `page`,
//!    `resource`, `venue`, made of `form`).
//! 2. `ask` puts the questions that the flags have not answered, on a terminal that it is given.
//! 3. `sheet` writes the answers into a file in which every other field of the schema stands as a comment.
//!
//! Never overwrites a file; never reads the clock or the environment.

mod ask;
mod choices;
mod form;
pub mod group;
pub mod page;
pub mod resource;
mod scalar;
mod sheet;
mod starter;
#[cfg(test)]
mod tests;
pub mod venue;

use std::fmt;
use std::io::{self, BufRead, Write};

pub use choices::Choices;
pub use scalar::{yaml_scalar, yaml_scalar_in_flow};
pub use starter::{Host, init};

/// Where questions are put and answers typed.
pub struct Terminal<'a> {
    /// What is typed.
    pub input: &'a mut dyn BufRead,
    /// What is shown.
    pub output: &'a mut dyn Write,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Error {
    /// The folder, a file or an answer stands in the way: in plain words, with what to do instead.
    Refused(String),
    /// The disk or the terminal failed.
    Machine(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Refused(reason) => f.write_str(reason),
            Error::Machine(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Machine(error)
    }
}
