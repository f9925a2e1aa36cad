//! A site in the browser while people write it. Nothing is written, and nothing stops it; static files and pictures are
//! read where they lie when they are asked for, all else is made in memory.
//!
//! 1. `http` opens the socket; `watch` says when it may be worth to look at the folder.
//! 2. `session` looks, and makes a `state` of what it finds: sound or broken, in part as it last was good.
//! 3. `application` answers requests by it: pages are made when they are asked for.
//! 4. `decorate` adds a `banner` with problems, a `panel` about the page, and the script that keeps the browser current.
//!
//! Takes a folder, an address and a clock; tells what happens by [`Event`]s. Never prints.

mod application;
mod banner;
mod decorate;
mod http;
mod panel;
mod session;
mod state;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::check::Options;
use crate::diagnostic::{Diagnostic, Report};
use crate::serve::application::Application;
use crate::serve::http::{Handle, Limits, Listener, Revisions};
use crate::serve::session::Session;
use crate::serve::watch::{SETTLING, Stop, Watcher, Woken};

/// How often the clock is asked whether a new day has begun.
const DAY_CHECK: Duration = Duration::from_secs(30);

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct Site {
    /// The folder that holds `site.yaml`.
    pub root: PathBuf,
    /// Take drafts for groups like any other. They are shown in any case, unless pages are plain.
    pub drafts: bool,
    /// Send pages as a build writes them, without banner, panel and script.
    pub plain: bool,
}

/// What happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// The folder was looked at, for the first time or because something in it has changed.
    Checked(&'a Report),
    /// A page could not be rendered.
    Fault(&'a Diagnostic),
    /// Something to know about how changes are noticed.
    Notice(&'a str),
}

/// Who is told of events.
pub type Tell = Arc<dyn Fn(Event<'_>) + Send + Sync>;

/// The time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A socket on which nothing is answered yet.
pub struct Socket(Listener);

/// A server that runs until it is stopped.
pub struct Server {
    session: Session,
    watcher: Watcher,
    application: Arc<Application>,
    revisions: Arc<Revisions>,
    handle: Handle,
    clock: Clock,
    tell: Tell,
}

/// Stops a server, from any thread.
#[derive(Clone)]
pub struct Stopper(Stop);

impl Socket {
    /// Opens a socket. Without a port, 4000 or the next one that is free.
    ///
    /// # Errors
    ///
    /// Where the address is none of this machine's, or the port is taken; in plain words.
    pub fn open(host: &str, port: Option<u16>) -> anyhow::Result<Socket> {
        http::bind(host, port).map(Socket)
    }

    /// The addresses at which browsers find it.
    pub fn addresses(&self) -> std::io::Result<Vec<String>> {
        http::addresses(&self.0)
    }
}

impl Server {
    /// Looks at the folder for the first time and begins to answer.
    ///
    /// # Errors
    ///
    /// Where the system has no thread left for it.
    pub fn start(socket: Socket, site: &Site, clock: Clock, tell: Tell) -> std::io::Result<Server> {
        let watcher = Watcher::new(&site.root);
        let drafts = site.drafts || !site.plain;
        let now = clock();
        let mut session = Session::new(&site.root, Options { now, drafts, base_url: None });
        let state = session.look(now).expect("the first look always finds something");
        tell(Event::Checked(state.report()));
        let on_fault = {
            let tell = tell.clone();
            move |fault: &Diagnostic| tell(Event::Fault(fault))
        };
        let application = Arc::new(Application::new(state, site.plain, on_fault));
        let revisions = Arc::new(Revisions::new());
        let handle =
            http::serve(socket.0, application.clone(), revisions.clone(), Limits::default())?;
        Ok(Server { session, watcher, application, revisions, handle, clock, tell })
    }

    /// What stops it.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.watcher.stop())
    }

    /// Shows every change of the folder, until it is stopped.
    pub fn run(mut self) {
        loop {
            // Where a folder was not watched before, something may have changed since the look.
            while self.watcher.arm(self.session.folders()) {
                self.look();
            }
            if let Some(notice) = self.watcher.notice() {
                (self.tell)(Event::Notice(&notice));
            }
            let longest = if self.session.unsettled() { SETTLING } else { DAY_CHECK };
            if matches!(self.watcher.wait(Some(longest)), Woken::Stopped) {
                return self.handle.stop();
            }
            self.look();
        }
    }

    fn look(&mut self) {
        if let Some(state) = self.session.look((self.clock)()) {
            self.application.show(state.clone());
            self.revisions.bump();
            (self.tell)(Event::Checked(state.report()));
        }
    }
}

impl Stopper {
    /// Ends the server's run within a second.
    pub fn stop(&self) {
        self.0.stop();
    }
}
