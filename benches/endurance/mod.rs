//! The soak: a site that is served for long, while somebody edits it, many look at it, and much goes wrong.
//!
//! 1. `editor` makes one edit after the other, and waits until the page shows it; broken files are mended some edits later.
//! 2. `browsers` keep their pages in step with it; visitors who misbehave come and go.
//! 3. `truth` compares all that is served with a build of the same folder, several times and at the end.
//! 4. At the end every browser has the page as it is, nothing tells of a problem, and Ctrl-C ends the server.
//!
//! Takes a site's folder, gives a [`Report`]; an error is what broke the promise. Used by `benches/soak.rs` and, in short,
//! by the test suite.
#![expect(clippy::cast_precision_loss, reason = "times and sizes of a few digits")]

mod browsers;
mod editor;
mod server;
mod truth;

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use walkdir::WalkDir;

use browsers::{Browser, Moments, Reach, Troublemakers, locked};
use editor::{Editor, Group};
use server::{Connection, Footprint, Server};

use super::Chance;

/// The quiet that the server waits for after a save.
const QUIET: Duration = Duration::from_millis(20);
/// Replies that the server makes at once, each on a thread that ends when it had nothing to do for some seconds.
const REPLY_THREADS: u64 = 16;
/// Pages that half of the browsers look at; some are not there, or not always.
const OTHER_PAGES: [&str; 10] = [
    "/",
    "/groups/",
    "/week/",
    "/by/day/monday/",
    "/resources/",
    "/about/",
    "/get-help/",
    "/nothing/",
    "/groups/soak-0/",
    "/groups/soak-hall/",
];

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) edits: usize,
    pub(crate) browsers: usize,
    /// Edits between two comparisons with a build.
    pub(crate) stretch: usize,
    pub(crate) seed: u64,
}

/// What happened.
#[derive(Debug)]
pub(crate) struct Report {
    size: Size,
    groups: usize,
    pub(crate) work: Work,
    /// Requests of visitors who misbehave.
    trouble: usize,
    /// From a save to a browser that has a page with it: of what a page or a few show, and of what every page shows.
    /// Sorted.
    latencies: [Vec<Duration>; 2],
    /// From a request for a page to its last byte; sorted.
    answers: Vec<Duration>,
    /// One look through the folder by a loop that only asks for every file's metadata.
    walk: Duration,
    /// From Ctrl-C to the end.
    end: Duration,
}

/// What was edited, and what the server became by it.
#[derive(Debug)]
pub(crate) struct Work {
    /// In which the edits were made, without comparisons.
    time: Duration,
    /// What was done, and how long it took each time until it was shown.
    done: Vec<(&'static str, Vec<Duration>)>,
    /// Files of the last comparison.
    files: usize,
    /// After so many edits; none where the system does not tell.
    pub(crate) footprints: Vec<(usize, Footprint)>,
}

/// Serves a folder, which is changed.
pub(crate) fn run(site: &Path, size: Size) -> Result<Report> {
    let deck = editor::deck_size();
    ensure!(size.edits >= deck, "fewer than {deck} edits leave something out");
    editor::prepare(site)?;
    let server = Server::start(site)?;
    let address = server.address;
    let groups = editor::groups_of(site, &server)?;
    let count = groups.len();
    let moments = Arc::<Moments>::default();
    let pages = pages(&groups, size.browsers);
    let browsers = pages.map(|page| browsers::open(address, page, moments.clone())).collect();
    let troublemakers = Troublemakers::come(address, size.seed);
    let watched = size.browsers / 2;
    let mut editor = Editor::new(site, server, moments.clone(), groups, (watched, size.seed));
    let work = work(&mut editor, &troublemakers, site, size)?;
    moments.end_with(editor.mark_all()?);
    ensure_current(browsers, address)?;
    let trouble = troublemakers.leave()?;
    let said = editor.server.said();
    ensure!(!said.contains("panicked"), "{said}");
    let end = editor.server.interrupt()?;
    let answers = sorted(locked(&moments.answers).clone());
    let latencies = [Reach::Pages, Reach::Site].map(|reach| {
        let all = locked(&moments.latencies);
        let of_it = all.iter().filter(|(its, _)| *its == reach);
        sorted(of_it.map(|(_, latency)| *latency).collect())
    });
    let walk = walk(site)?;
    Ok(Report { size, groups: count, work, trouble, latencies, answers, walk, end })
}

/// Makes all edits, and compares what is served with the truth after each stretch.
fn work(editor: &mut Editor, others: &Troublemakers, site: &Path, size: Size) -> Result<Work> {
    let (mut time, mut files, mut footprints) = (Duration::ZERO, 0, Vec::new());
    for edit in 1..=size.edits {
        let start = Instant::now();
        editor.edit().with_context(|| format!("edit {edit} of seed {}", size.seed))?;
        time += start.elapsed();
        if edit % size.stretch == 0 {
            editor.mend()?;
            others.rest(true);
            let compared = truth::compare(&editor.server, site);
            files = compared.with_context(|| format!("edit {edit} of seed {}", size.seed))?;
            footprints.extend(editor.server.footprint()?.map(|footprint| (edit, footprint)));
            others.rest(false);
        }
    }
    Ok(Work { time, done: editor.done(), files, footprints })
}

/// Whether all browsers have their pages as they are.
fn ensure_current(browsers: Vec<Browser>, address: SocketAddr) -> Result<()> {
    let mut connection = Connection::open(address)?;
    for browser in browsers {
        let (page, last) = browser.join().expect("they return errors")?;
        ensure!(connection.get(&page)? == last, "a browser has an old {page}");
        ensure!(!last.has_banner(), "{page} tells of a problem although nothing is wrong");
    }
    Ok(())
}

/// Half of them groups, the others everything else, over and over.
fn pages(groups: &[Group], browsers: usize) -> impl Iterator<Item = String> {
    let groups: Vec<String> = groups.iter().map(|group| group.page.clone()).collect();
    let others = OTHER_PAGES.map(str::to_owned);
    let groups = groups.into_iter().cycle().take(browsers / 2);
    groups.chain(others.into_iter().cycle().take(browsers - browsers / 2))
}

/// The median of several.
fn walk(site: &Path) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..9 {
        let start = Instant::now();
        for entry in WalkDir::new(site) {
            std::hint::black_box(entry?.metadata()?);
        }
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(median(&times))
}

fn sorted(mut times: Vec<Duration>) -> Vec<Duration> {
    times.sort_unstable();
    times
}

fn median(times: &[Duration]) -> Duration {
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn worst(times: &[Duration]) -> Duration {
    times.last().copied().unwrap_or_default()
}

impl Report {
    /// Whether threads and descriptors stay what they were.
    pub(crate) fn ensure_steady(&self) -> Result<()> {
        let all = || self.work.footprints.iter().map(|(_, footprint)| footprint);
        let descriptors = || all().map(|footprint| footprint.descriptors);
        let (least, most) = (descriptors().min(), descriptors().max());
        ensure!(least == most, "descriptors: from {least:?} to {most:?}");
        let threads = || all().map(|footprint| footprint.threads);
        let (least, most) = (threads().min().unwrap_or(0), threads().max().unwrap_or(0));
        ensure!(most <= least + REPLY_THREADS, "threads: from {least} to {most}");
        Ok(())
    }

    /// What was measured, with its name.
    fn measures(&self) -> [(&'static str, String); 12] {
        let Report { size, work, trouble, latencies, answers, walk, end, .. } = self;
        let rate = format!("{:.1} a second", size.edits as f64 / work.time.as_secs_f64());
        let limit = QUIET + *walk;
        let [pages, everywhere] = latencies;
        let ratio = median(pages).as_secs_f64() / limit.as_secs_f64();
        let time = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        [
            ("edits, one after the other, each until it is shown", rate),
            ("from a save to a browser that has the page, median", time(median(pages))),
            ("the worst", format!("{} of {}", time(worst(pages)), pages.len())),
            ("the limit: 20 ms of quiet and a plain walk through the folder", time(limit)),
            ("median : limit", format!("{ratio:.1}")),
            ("the same where every page changes, median", time(median(everywhere))),
            ("the worst", format!("{} of {}", time(worst(everywhere)), everywhere.len())),
            ("from a request for a page to its last byte, median", time(median(answers))),
            ("the worst", format!("{} of {}", time(worst(answers)), answers.len())),
            ("files that are those of a build, at the end", work.files.to_string()),
            ("requests of visitors who misbehave", trouble.to_string()),
            ("from Ctrl-C to the end", time(*end)),
        ]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Size { edits, browsers, seed, .. } = self.size;
        writeln!(out, "{} groups, {edits} edits, {browsers} browsers, seed {seed}\n", self.groups)?;
        writeln!(out, "| | |\n|---|---:|")?;
        for (name, value) in self.measures() {
            writeln!(out, "| {name} | {value} |")?;
        }
        writeln!(out, "\n| after edits | resident | growth | peak | threads | descriptors |")?;
        writeln!(out, "|---:|---:|---:|---:|---:|---:|")?;
        let mut before = None;
        for (edits, footprint) in &self.work.footprints {
            let Footprint { memory, peak, threads, descriptors } = footprint;
            let (now, peak) = (*memory as f64 / 1e3, *peak as f64 / 1e3);
            let growth = now - before.unwrap_or(now);
            before = Some(now);
            writeln!(
                out,
                "| {edits} | {now:.1} MB | {growth:+.1} MB | {peak:.1} MB | {threads} | {descriptors} |"
            )?;
        }
        writeln!(out, "\n| what was done | times | until it was shown, median |\n|---|---:|---:|")?;
        self.work.done.iter().try_for_each(|(name, times)| {
            let middle = median(&sorted(times.clone())).as_millis();
            writeln!(out, "| {name} | {} | {middle} ms |", times.len())
        })
    }
}
