//! How long a save takes to reach the browser: `cargo bench --bench serve`, or `-- 1000` for one size.
//!
//! Starts the program on a site, edits files as people do, and measures from before the write to the moment when the
//! changed bytes have come from the address, as a page's script asks for them: it waits for news, then gets the page.
//! Prints Markdown; asserts only that what was written is what was shown.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

mod corpus;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use anyhow::{Context as _, Result, ensure};
use fs_err as fs;
use walkdir::WalkDir;

const SIZES: [usize; 2] = [1_000, 10_000];
const RUNS: usize = 20;
/// The day that the example's dates were written for.
const NOW: &str = "2026-12-01T12:00:00Z";
/// Between two edits, so that each is one of its own.
const PAUSE: Duration = Duration::from_millis(400);
/// What serve waits for after the last event of a burst.
const QUIET: Duration = Duration::from_millis(20);

fn main() -> Result<()> {
    let arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    let sizes: Vec<usize> = arguments
        .map(|size| size.parse())
        .collect::<Result<_, _>>()
        .context("the arguments are numbers of groups")?;
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let cores = thread::available_parallelism()?;
    println!(
        "{cores} cores, profile `bench` (release); from the save to the changed bytes at the address\n"
    );
    for size in sizes {
        measure(size)?;
    }
    Ok(())
}

struct Server {
    child: Child,
    port: u16,
    site: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Server {
    fn start(site: &Path) -> Result<Server> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roundtable"));
        command.arg("serve").arg(site).args(["--port", "0", "--now", NOW]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().context("it is piped")?);
        stdout.read_line(&mut line)?;
        let port = line.trim().trim_end_matches('/').rsplit(':').next().context("a port")?;
        let port = port.parse().with_context(|| format!("no address but {line:?}"))?;
        Ok(Server { child, port, site: site.to_owned() })
    }

    fn get(&self, path: &str) -> Result<(u16, String)> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(socket, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).context("a status")?.parse()?;
        Ok((status, answer))
    }

    /// Waits for news of a page, again and again, until it says what it should.
    fn until(&self, path: &str, is_shown: &dyn Fn(u16, &str) -> bool) -> Result<()> {
        loop {
            let (status, page) = self.get(path)?;
            if is_shown(status, &page) {
                return Ok(());
            }
            let (_, seen) = page.split_once("data-seen=\"").context("live reload")?;
            let seen = seen.split('"').next().unwrap_or_default();
            self.get(&format!("/.roundtable/live?page={path}&seen={seen}"))?;
        }
    }

    /// From an edit to the page that says so.
    fn time(
        &self,
        path: &str,
        edit: impl FnOnce() -> Result<()>,
        is_shown: &(dyn Fn(u16, &str) -> bool + Sync),
    ) -> Result<Duration> {
        thread::sleep(PAUSE);
        thread::scope(|scope| {
            let browser = scope.spawn(|| {
                self.until(path, is_shown)?;
                Ok::<Instant, anyhow::Error>(Instant::now())
            });
            // The browser waits by then.
            thread::sleep(Duration::from_millis(100));
            let start = Instant::now();
            edit()?;
            let shown = browser.join().expect("it does not panic")?;
            Ok(shown - start)
        })
    }

    fn replace(&self, file: &str, from: &str, to: &str) -> Result<()> {
        let path = self.site.join(file);
        let text = fs::read_to_string(&path)?;
        ensure!(text.contains(from), "{file} has no {from:?}");
        Ok(fs::write(&path, text.replacen(from, to, 1))?)
    }

    /// Kilobytes of memory that the process has now, and had at most.
    fn memory(&self) -> Option<(u64, u64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().trim_end_matches(" kB").parse().ok()
        };
        Some((field("VmRSS:")?, field("VmHWM:")?))
    }
}

/// Groups of the corpus that have a page of their own, with the files they are made from.
fn groups(site: &Path) -> Result<Vec<(String, String)>> {
    let folder = site.join("content/groups/part-0");
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(slug) = name.strip_suffix(".md") else { continue };
        let text = fs::read_to_string(entry.path())?;
        // Those that everybody sees, at the address of their file's name.
        if ["\nslug:", "\nvisibility:", "\nstatus:"].iter().all(|field| !text.contains(field)) {
            found.push((slug.to_owned(), format!("content/groups/part-0/{name}")));
        }
    }
    Ok(found)
}

fn measure(size: usize) -> Result<()> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory)? } else { tempfile::tempdir()? };
    corpus::write(folder.path(), size)?;
    let start = Instant::now();
    let server = Server::start(folder.path())?;
    ensure!(server.get("/")?.0 == 200, "no home page");
    let ready = start.elapsed();
    let groups = groups(folder.path())?;
    ensure!(groups.len() > 4 * RUNS, "the corpus has too few groups");
    println!(
        "### {size} groups\n\n| edit → page | median | worst | runs | median : limit |\n|---|---:|---:|---:|---:|"
    );
    let limit = QUIET + walk(folder.path())?;
    let row = |name: &str, mut times: Vec<Duration>| {
        times.sort_unstable();
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        let ratio = median.as_secs_f64() / limit.as_secs_f64();
        let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        println!(
            "| {name} | {} | {} | {} | {ratio:.1} |",
            milliseconds(median),
            milliseconds(worst),
            times.len()
        );
    };
    let mut edits = Vec::new();
    for (number, (slug, file)) in groups.iter().take(RUNS).enumerate() {
        let (page, mark) = (format!("/groups/{slug}/"), format!("mark{number}"));
        let edit = || append(&server, file, &mark);
        edits.push(server.time(&page, edit, &|_, text| text.contains(&mark))?);
    }
    row("**a group's text → its page**", edits);
    rows_of_names(&server, &groups, &row)?;
    rows_of_the_whole(&server, &groups, &row)?;
    println!(
        "| the limit: {} ms of quiet and a plain walk over the folder | {:.1} ms | | | 1 |",
        QUIET.as_millis(),
        limit.as_secs_f64() * 1e3
    );
    println!("\nFrom the start to the first page: {:.0} ms.", ready.as_secs_f64() * 1e3);
    if let Some((now, most)) = server.memory() {
        println!("Memory at the end {} MB, at most {} MB.\n", now / 1000, most / 1000);
    }
    Ok(())
}

fn append(server: &Server, file: &str, words: &str) -> Result<()> {
    let path = server.site.join(file);
    let text = fs::read_to_string(&path)?;
    Ok(fs::write(&path, format!("{text}\n\n{words}\n"))?)
}

type Row<'a> = &'a dyn Fn(&str, Vec<Duration>);

/// Edits that change which groups there are, or what lists call them.
fn rows_of_names(server: &Server, groups: &[(String, String)], row: Row<'_>) -> Result<()> {
    let (mut titles, mut new, mut gone, mut broken) = (vec![], vec![], vec![], vec![]);
    for (number, (slug, file)) in groups.iter().skip(RUNS).take(RUNS).enumerate() {
        let (page, mark) = (format!("/groups/{slug}/"), format!("Mark{number}"));
        let edit = || server.replace(file, "title: ", &format!("title: 0{mark} "));
        titles.push(server.time("/groups/", edit, &|_, text| text.contains(&mark))?);
        let text = fs::read_to_string(server.site.join(file))?;
        let other = server.site.join(format!("content/groups/part-0/{slug}-new.md"));
        let write = || Ok(fs::write(&other, &text)?);
        let address = format!("/groups/{slug}-new/");
        new.push(server.time(&address, write, &|status, _| status == 200)?);
        let remove = || Ok(fs::remove_file(&other)?);
        gone.push(server.time(&address, remove, &|status, _| status == 404)?);
        let spoil = || server.replace(file, "kind: ", "kind: no-such-");
        broken.push(server.time(&page, spoil, &|_, text| text.contains("no-such-"))?);
        server.time(&page, || Ok(fs::write(server.site.join(file), &text)?), &|_, text| {
            !text.contains("no-such-")
        })?;
    }
    row("a group's title → the directory", titles);
    row("a new file → its page", new);
    row("a file removed → 404", gone);
    row("a mistake → the last good page with a banner", broken);
    Ok(())
}

/// Edits on which every page depends.
fn rows_of_the_whole(server: &Server, groups: &[(String, String)], row: Row<'_>) -> Result<()> {
    let (slug, _) = &groups[0];
    let page = format!("/groups/{slug}/");
    let (mut settings, mut styles, mut venues) = (vec![], vec![], vec![]);
    for number in 0..RUNS / 4 {
        let mark = format!("Sign{number}");
        let edit = || server.replace("site.yaml", "title: ", &format!("title: {mark} "));
        settings.push(server.time(&page, edit, &|_, text| text.contains(&mark))?);
        let (_, before) = server.get(&page)?;
        let folder = |page: &str| {
            let assets = page.split("assets/").nth(1).unwrap_or_default();
            assets.split('/').next().unwrap_or_default().to_owned()
        };
        let old = folder(&before);
        let style = || {
            let path = server.site.join("theme/css/home.css");
            fs::create_dir_all(path.parent().context("it has a folder")?)?;
            Ok(fs::write(path, format!(".home {{ order: {number}; }}\n"))?)
        };
        styles.push(server.time(&page, style, &|_, text| folder(text) != old)?);
        let mark = format!("Hall{number}");
        let venue = || {
            server.replace("content/venues/grace-church.yaml", "name: ", &format!("name: {mark} "))
        };
        let group = "/groups/tuesday-consultation-circle/";
        venues.push(server.time(group, venue, &|_, text| text.contains(&mark))?);
    }
    row("site.yaml → a page", settings);
    row("a style sheet → a page", styles);
    row("a venue → its group's page", venues);
    Ok(())
}

/// How long it takes to ask the system about every file, which is what no server can do without: the least of five.
fn walk(folder: &Path) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        for entry in WalkDir::new(folder) {
            entry?.metadata()?;
        }
        best = best.min(start.elapsed());
    }
    Ok(best)
}
