//! `roundtable serve`.

use std::collections::HashSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use crate::cli::report::count;
use crate::cli::site::{current_folder, find_site, instant, now};
use crate::cli::{End, Failure};
use crate::diagnostic::{Diagnostic, Level, Report, draw};
use crate::serve::{Event, Server, Site, Socket, Stopper, Tell};

/// Show the site in the browser, and every change as soon as it is saved.
#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    /// The site's folder, or one inside it [default: the current folder].
    site: Option<PathBuf>,
    /// The port to listen on [default: 4000, or the next one that is free].
    #[arg(long)]
    port: Option<u16>,
    /// The address to listen on; `0.0.0.0` lets phones in the same network see the site.
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    host: String,
    /// With `--plain`: take drafts for groups like any other. Without it they are shown in any case.
    #[arg(long)]
    drafts: bool,
    /// Send pages as `build` writes them: no banner, no panel, no live reload.
    #[arg(long)]
    plain: bool,
    /// The time to go by, as `2026-11-23T12:00:00Z` [default: `SOURCE_DATE_EPOCH`, else the clock].
    #[arg(long, value_name = "TIME", value_parser = instant)]
    now: Option<Timestamp>,
}

impl Serve {
    pub(super) fn run(&self) -> Result<End, Failure> {
        // The first thing: who is told an address finds somebody there.
        let socket = Socket::open(&self.host, self.port)?;
        let start = match &self.site {
            Some(folder) => folder.clone(),
            None => current_folder()?,
        };
        let root = find_site(&start)?;
        let addresses = socket.addresses()?;
        let site = Site { root, drafts: self.drafts, plain: self.plain };
        // What `--now` or the environment says stays so; else every look asks the clock.
        let (first, argument) = (now(self.now)?, self.now);
        let clock = move || now(argument).unwrap_or(first);
        let printer = Printer::default();
        let tell: Tell = Arc::new(move |event| printer.print(&event));
        let server = Server::start(socket, &site, Arc::new(clock), tell)?;
        let stopper = server.stopper();
        ctrlc::set_handler(move || end(&stopper)).map_err(anyhow::Error::from)?;
        let mut out = anstream::stdout();
        let addresses_lead_outward = !addresses.iter().all(|it| is_of_this_machine(it));
        for address in addresses {
            writeln!(out, "{address}")?;
        }
        if addresses_lead_outward {
            writeln!(
                out,
                "Everybody in this network can see the site, its drafts, and lines with mistakes."
            )?;
        }
        writeln!(out, "Ctrl-C ends it.")?;
        server.run();
        Ok(End::Clean)
    }
}

/// Whether only this machine can reach an address.
fn is_of_this_machine(address: &str) -> bool {
    ["http://localhost:", "http://127.", "http://[::1]:"].iter().any(|own| address.starts_with(own))
}

/// Ends the server; and, where it is busy with a large folder or a slow drive, the process. Nothing is lost: nothing is
/// ever half written.
#[expect(clippy::exit, reason = "the main thread may be held up by the system")]
fn end(stopper: &Stopper) {
    stopper.stop();
    thread::sleep(LONGEST_END);
    std::process::exit(0);
}

/// How long an end may take.
const LONGEST_END: Duration = Duration::from_millis(900);

/// Prints what happens: each problem once, not again at every save.
#[derive(Default)]
struct Printer {
    told: Mutex<Told>,
}

/// What has been printed.
#[derive(Default)]
struct Told {
    /// The problems of the last look; none before the first.
    problems: Option<HashSet<String>>,
    /// Faults of pages since then.
    faults: HashSet<String>,
}

impl Printer {
    /// That nobody reads it any more is no reason to stop.
    fn print(&self, event: &Event<'_>) {
        let told = &mut *self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let text = match event {
            Event::Checked(report) => told.checked(report),
            Event::Fault(fault) if told.faults.insert(key(fault)) => drawn(vec![(*fault).clone()]),
            Event::Fault(_) => return,
            Event::Notice(notice) => format!("note: {notice}\n"),
        };
        drop(anstream::stderr().write_all(text.as_bytes()));
    }
}

impl Told {
    fn checked(&mut self, report: &Report) -> String {
        let problems = report.at_least(Level::Warning);
        let known = self.problems.take();
        let is_new = |problem: &&Diagnostic| {
            known.as_ref().is_none_or(|known| !known.contains(&key(problem)))
        };
        let new = problems.diagnostics().iter().filter(is_new).cloned().collect();
        let update = if known.is_some() { "updated: " } else { "" };
        self.problems = Some(problems.diagnostics().iter().map(key).collect());
        self.faults.clear();
        format!("{}{update}{}\n", drawn(new), count(report.diagnostics()))
    }
}

/// What makes a problem the same when lines above it come and go.
fn key(problem: &Diagnostic) -> String {
    format!("{}\n{}\n{}", problem.source.path, problem.rule.name, problem.message)
}

fn drawn(problems: Vec<Diagnostic>) -> String {
    draw::human(&Report::new(problems), std::io::stderr().is_terminal())
}
