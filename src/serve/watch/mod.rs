//! Wake-up hints: when it may be worth to look at the folder again.
//!
//! Takes the folders that the last look went through; gives the moment for the next. What changed is not told, since only
//! a look tells that truly: a hint too many costs a look, and none is missed for good, because the caller looks once more
//! wherever a folder is watched for the first time. Reading the site wakes nobody. Where the system cannot tell of
//! changes, hints come at intervals instead. It opens no file of the site and never fails.

mod mounts;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::load::SiteFolder;

/// After so long without an event a burst is over.
const QUIET: Duration = Duration::from_millis(20);
/// After so long a burst is taken for over.
const LONGEST: Duration = Duration::from_millis(100);
/// How long to wait for the next look while a library is unsettled.
pub(super) const SETTLING: Duration = Duration::from_millis(100);
/// Between two looks where the system tells nothing.
const INTERVAL: Duration = Duration::from_millis(500);
const LONGEST_INTERVAL: Duration = Duration::from_secs(10);

/// Why a wait is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// Something may have changed.
    Look,
    /// Nothing was heard for as long as the caller would wait.
    Quiet,
    /// Someone asked to stop; every later wait ends the same way.
    Stopped,
}

/// Waits for changes in a site's folder.
pub(super) struct Watcher {
    /// The site, absolute and without links.
    root: PathBuf,
    source: Source,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    stopped: bool,
    /// When a wait last ended, and when a look.
    woken: Instant,
    looked: Instant,
    /// How long the last look took.
    cost: Duration,
    notice: Option<String>,
}

/// Folders by their paths, with their numbers.
type Folders = BTreeMap<PathBuf, u64>;

/// Who tells of changes.
enum Source {
    /// The system; and which folders it watches.
    System(RecommendedWatcher, Folders),
    /// Nobody: the folder is looked at every now and then.
    Clock,
}

/// Ends the waits of a [`Watcher`], from any thread.
#[derive(Clone)]
pub(super) struct Stop(Sender<Signal>);

impl Stop {
    /// Ends the wait that is on, and all later ones.
    pub(super) fn stop(&self) {
        // A watcher that is gone waits no more.
        drop(self.0.send(Signal::Stop));
    }
}

/// What the watcher's own thread hears.
enum Signal {
    /// Something happened.
    Stirred(Instant),
    /// What stands at this path may be another folder than before.
    Replaced(PathBuf),
    /// Events went missing, so any folder may be another.
    Missed,
    /// No more will be told.
    Failed(notify::Error),
    Stop,
}

impl Watcher {
    /// Watches nothing yet: [`arm`](Watcher::arm) says what.
    pub(super) fn new(root: &Path) -> Watcher {
        let mut watcher = Watcher::by_clock(root);
        if let Some(kind) = foreign_kind(&watcher.root) {
            watcher
                .give_up(&format!("the site lies on a shared, network or foreign drive ({kind})"));
            return watcher;
        }
        let (sender, root) = (watcher.sender.clone(), watcher.root.clone());
        let hear = move |event| {
            for signal in signals(event, &root) {
                // Nobody listens any more when the watcher is being dropped.
                drop(sender.send(signal));
            }
        };
        match notify::recommended_watcher(hear) {
            Ok(system) => watcher.source = Source::System(system, Folders::new()),
            Err(error) => watcher.give_up(&reason(&error)),
        }
        watcher
    }

    /// Looks at intervals only.
    fn by_clock(root: &Path) -> Watcher {
        let (sender, signals) = mpsc::channel();
        let now = Instant::now();
        Watcher {
            root: real(root),
            source: Source::Clock,
            sender,
            signals,
            stopped: false,
            woken: now,
            looked: now,
            cost: Duration::ZERO,
            notice: None,
        }
    }

    /// What ends the waits.
    pub(super) fn stop(&self) -> Stop {
        Stop(self.sender.clone())
    }

    /// A sentence for the user where the system cannot tell of changes; given once.
    pub(super) fn notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Watches the folders that a look has just gone through, and the one above the site. Call it straight after each
    /// look, with no folders if it failed. Where it returns true, folders were not watched before: what happened in them
    /// since the look is unknown, so look once more.
    #[must_use = "where folders are watched for the first time, look once more"]
    pub(super) fn arm(&mut self, folders: &[SiteFolder]) -> bool {
        self.looked = Instant::now();
        self.cost = self.looked - self.woken;
        let Source::System(system, watched) = &mut self.source else { return false };
        let mut wanted = Folders::new();
        // While the site is missing, the nearest folder above it tells when it may be back.
        wanted
            .extend(self.root.ancestors().skip(1).find(|it| it.is_dir()).map(|it| (it.into(), 0)));
        wanted.extend(folders.iter().map(|it| (self.root.join(&it.path), it.inode)));
        match watch(system, watched, wanted) {
            Ok(is_new) => is_new,
            Err(error) => {
                self.give_up(&reason(&error));
                true
            }
        }
    }

    /// Blocks until something may have changed and the burst is over, or for as long as given.
    pub(super) fn wait(&mut self, longest: Option<Duration>) -> Woken {
        let deadline = longest.map(|longest| Instant::now() + longest);
        let mut burst: Option<Burst> = None;
        while !self.stopped {
            // When the next look is due where nobody tells.
            let due =
                matches!(self.source, Source::Clock).then(|| self.looked + interval(self.cost));
            let until = match &burst {
                Some(burst) => Some(burst.end()),
                None => deadline.into_iter().chain(due).min(),
            };
            match receive(&self.signals, until) {
                Some(signal) => self.hear(signal, &mut burst),
                None => {
                    self.woken = Instant::now();
                    if burst.is_none() && due.is_none_or(|due| due > self.woken) {
                        return Woken::Quiet;
                    }
                    self.looked = self.woken;
                    return Woken::Look;
                }
            }
        }
        Woken::Stopped
    }

    fn hear(&mut self, signal: Signal, burst: &mut Option<Burst>) {
        match (signal, &mut self.source) {
            (Signal::Stop, _) => self.stopped = true,
            (Signal::Stirred(at), _) => match burst {
                Some(burst) => burst.last = at,
                None => *burst = Some(Burst { first: at, last: at }),
            },
            (Signal::Replaced(path), Source::System(_, watched)) => {
                watched.retain(|folder, _| !folder.starts_with(&path));
            }
            (Signal::Missed, Source::System(_, watched)) => watched.clear(),
            (Signal::Failed(error), Source::System(..)) => self.give_up(&reason(&error)),
            (Signal::Replaced(_) | Signal::Missed | Signal::Failed(_), Source::Clock) => {}
        }
    }

    fn give_up(&mut self, reason: &str) {
        self.source = Source::Clock;
        self.notice =
            Some(format!("looking for changes about every half second, because {reason}"));
    }
}

/// Events that follow one another closely.
struct Burst {
    first: Instant,
    last: Instant,
}

impl Burst {
    fn end(&self) -> Instant {
        (self.last + QUIET).min(self.first + LONGEST)
    }
}

/// How long to rest between looks that cost so much: a tenth of the time is spent with looking at most.
fn interval(cost: Duration) -> Duration {
    (cost * 9).clamp(INTERVAL, LONGEST_INTERVAL)
}

/// The next signal; none where none came until then.
fn receive(signals: &Receiver<Signal>, until: Option<Instant>) -> Option<Signal> {
    let Some(until) = until else { return signals.recv().ok() };
    signals.recv_timeout(until.saturating_duration_since(Instant::now())).ok()
}

/// Watches what is wanted and nothing else; whether any of it was not watched before.
fn watch(
    system: &mut RecommendedWatcher,
    watched: &mut Folders,
    wanted: Folders,
) -> notify::Result<bool> {
    let is_old = |path: &PathBuf, inode: &mut u64| wanted.get(path) != Some(inode);
    let old: Vec<PathBuf> = watched.extract_if(.., is_old).map(|(path, _)| path).collect();
    let mut new = wanted;
    new.retain(|path, _| !watched.contains_key(path));
    if old.is_empty() && new.is_empty() {
        return Ok(false);
    }
    let mut paths = system.paths_mut();
    // First what is old: a folder that was renamed has one watch, whichever name it is asked for by.
    for path in old {
        // The watch of a folder that is gone has ended by itself, which counts as an error.
        drop(paths.remove(&path));
    }
    let mut is_new = false;
    for (path, inode) in new {
        match paths.add(&path, RecursiveMode::NonRecursive) {
            Ok(()) => {
                watched.insert(path, inode);
                is_new = true;
            }
            // The folder above tells when that changes.
            Err(error) if is_out_of_reach(&error) => {}
            Err(error) => return Err(error),
        }
    }
    paths.commit()?;
    Ok(is_new)
}

/// Whether a folder is gone already or may not be listed, which a look finds out by itself.
fn is_out_of_reach(error: &notify::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => {
            matches!(error.kind(), NotFound | NotADirectory | PermissionDenied)
        }
        _ => false,
    }
}

/// What an event says: nothing where it is only that someone reads, or where it happened beside the site.
fn signals(event: notify::Result<Event>, root: &Path) -> Vec<Signal> {
    let event = match event {
        Ok(event) => event,
        Err(error) => return vec![Signal::Failed(error)],
    };
    let now = Instant::now();
    if event.need_rescan() {
        return vec![Signal::Missed, Signal::Stirred(now)];
    }
    let is_ours = |path: &PathBuf| path.starts_with(root) || root.starts_with(path);
    let replaces = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Modify(ModifyKind::Name(_)) => true,
        EventKind::Modify(_) => false,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Any | EventKind::Other => true,
    };
    if !event.paths.is_empty() && !event.paths.iter().any(is_ours) {
        return Vec::new();
    }
    let paths = event.paths.into_iter().filter(|_| replaces);
    paths.map(Signal::Replaced).chain([Signal::Stirred(now)]).collect()
}

/// A path without links and dots; of a site that is missing, as much as there is of it.
fn real(root: &Path) -> PathBuf {
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let real = |ancestor: &Path| {
        let below = absolute.strip_prefix(ancestor).unwrap_or(Path::new(""));
        fs_err::canonicalize(ancestor).ok().map(|real| real.join(below))
    };
    absolute.ancestors().find_map(real).unwrap_or_else(|| absolute.clone())
}

/// The kind of file system that the site lies on, if that tells of no changes. Only Linux says so; elsewhere there is no
/// such file.
fn foreign_kind(root: &Path) -> Option<String> {
    let text = fs_err::read("/proc/self/mountinfo").ok()?;
    mounts::foreign(&String::from_utf8_lossy(&text), root).map(str::to_owned)
}

/// Why the system tells nothing, to follow "because".
fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system lets programs watch no more folders at once".to_owned()
        }
        notify::ErrorKind::Io(error) => {
            format!("the system does not tell of them: {}", error.kind())
        }
        _ => format!("the system does not tell of them: {error}"),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod truth;
