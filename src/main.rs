//! The `roundtable` program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    roundtable::cli::run(std::env::args_os())
}
