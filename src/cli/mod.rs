//! The command line: reads arguments, the clock and the environment once, calls the stages, prints, and gives the exit
//! code. The only module that prints.
//!
//! Diagnostics for people and notes go to standard error; JSON, GitHub's annotations and what was asked for go to
//! standard output. Exit codes: 0 clean, 1 problems in content or theme, 2 usage (a refused output folder too), 3 the
//! machine (disk).

mod build;
mod check;
mod explain;
mod list;
mod make;
mod report;
mod schedule;
mod serve;
mod site;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Turns a folder of Markdown and YAML about groups into a static, searchable directory.
#[derive(Debug, Parser)]
#[command(name = "roundtable", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(make::Init),
    New(make::New),
    Build(build::Build),
    Serve(serve::Serve),
    Check(check::Check),
    Explain(explain::Explain),
    List(list::List),
    Schedule(schedule::Schedule),
    Completions(Completions),
}

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
struct Completions {
    /// The shell.
    shell: clap_complete::Shell,
}

/// How a command ended.
enum End {
    /// As wished.
    Clean,
    /// Content or theme have problems, which were printed.
    Problems,
}

/// Why a command could not be carried out.
enum Failure {
    /// It was asked for something that it must not do, or does not understand.
    Usage(String),
    /// The machine failed.
    Machine(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::Machine(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Machine(error.into())
    }
}

/// Runs the program with the arguments of a process, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return match error.print() {
                Ok(()) => ExitCode::from(code),
                Err(_) => ExitCode::from(3),
            };
        }
    };
    let ended = match arguments.command {
        Command::Init(init) => init.run(),
        Command::New(new) => new.run(),
        Command::Build(build) => build.run(),
        Command::Serve(serve) => serve.run(),
        Command::Check(check) => check.run(),
        Command::Explain(explain) => explain.run(),
        Command::List(list) => list.run(),
        Command::Schedule(schedule) => schedule.run(),
        Command::Completions(completions) => completions.run(),
    };
    let (code, message) = match ended {
        Ok(End::Clean) => return ExitCode::SUCCESS,
        Ok(End::Problems) => return ExitCode::from(1),
        Err(Failure::Usage(message)) => (2, message),
        Err(Failure::Machine(error)) if is_broken_pipe(&error) => return ExitCode::SUCCESS,
        Err(Failure::Machine(error)) => (3, format!("{error:#}")),
    };
    // When standard error is gone as well, the exit code is all that is left to say.
    match writeln!(anstream::stderr(), "error: {message}") {
        Ok(()) | Err(_) => ExitCode::from(code),
    }
}

/// Whoever read our output (`head`) has had enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

impl Completions {
    fn run(&self) -> Result<End, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "roundtable", &mut script);
        anstream::stdout().write_all(&script)?;
        Ok(End::Clean)
    }
}
