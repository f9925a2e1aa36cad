//! How long a build takes, where, and with how much memory: `cargo bench`, or `cargo bench -- 1000` for one size.
//!
//! Every build is a process of its own, so that no run and no stage stands on another's memory. Prints Markdown; asserts
//! only that the measured site is sound and that a second build writes nothing.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(clippy::cast_precision_loss, reason = "ratios of a few digits")]

mod corpus;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, thread};

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use roundtable::check::{Options, check};
use roundtable::diagnostic::Level;
use roundtable::load::load;
use roundtable::publish::publish;
use roundtable::theme::Theme;
use roundtable::write::{Protected, write};
use tempfile::TempDir;
use walkdir::WalkDir;

const SIZES: [usize; 2] = [1_000, 10_000];
const RUNS: usize = 5;
/// The day that the example's dates were written for.
const NOW: &str = "2026-12-01T12:00:00Z";
const STAGES: [&str; 5] = ["load", "check", "theme", "render", "write"];

fn main() -> Result<()> {
    let arguments: Vec<String> =
        env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build", site, out] => build(Path::new(site), Path::new(out)),
        ["plain", from, to] => plain(Path::new(from), Path::new(to)),
        [] => report(&SIZES),
        ref sizes => {
            let sizes: Result<Vec<usize>, _> = sizes.iter().map(|size| size.parse()).collect();
            report(&sizes.context("the arguments are numbers of groups")?)
        }
    }
}

/// What one process measured, by name: microseconds, kilobytes or counts.
type Measures = BTreeMap<String, u64>;

/// A whole build, in the order of the command line's.
fn build(site: &Path, out: &Path) -> Result<()> {
    let start = Instant::now();
    let mut times = Vec::new();
    let loaded = load(site)?;
    times.push(start.elapsed());
    let options = Options { now: NOW.parse()?, drafts: false, base_url: None };
    let checked = check(&loaded, &options);
    times.push(start.elapsed());
    let theme = Theme::new(&loaded.theme, &checked.site.settings);
    drop(loaded);
    times.push(start.elapsed());
    let errors: Vec<_> =
        checked.diagnostics.iter().filter(|problem| problem.level == Level::Error).collect();
    ensure!(errors.is_empty(), "the site has errors: {:?}", errors.first());
    let groups = checked.site.groups.len();
    let theme = theme.ok().context("the theme is broken")?;
    let publication =
        publish(checked.site, theme, checked.today).ok().context("a template is broken")?;
    times.push(start.elapsed());
    let protected = Protected { site: site.to_owned(), home: None };
    let summary = write(&publication.output, out, &protected)?;
    times.push(start.elapsed());
    let mut before = 0;
    for (stage, time) in STAGES.iter().zip(times) {
        println!("{stage} {}", time.as_micros() - before);
        before = time.as_micros();
    }
    println!(
        "total {before}\ngroups {groups}\npages {}\nwritten {}",
        publication.pages, summary.written
    );
    if let Ok(status) = fs::read_to_string("/proc/self/status")
        && let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))
    {
        println!("peak {}", peak.trim().trim_end_matches(" kB"));
    }
    Ok(())
}

/// Writes the files of one folder into another, one after the other, from memory.
fn plain(from: &Path, to: &Path) -> Result<()> {
    let mut files = Vec::new();
    for entry in WalkDir::new(from).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push((to.join(entry.path().strip_prefix(from)?), fs::read(entry.path())?));
        }
    }
    let start = Instant::now();
    let mut folder = PathBuf::new();
    for (path, bytes) in &files {
        let parent = path.parent().context("every file is in a folder")?;
        if parent != folder {
            fs::create_dir_all(parent)?;
            parent.clone_into(&mut folder);
        }
        fs::write(path, bytes)?;
    }
    println!("total {}", start.elapsed().as_micros());
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("files {}\nbytes {bytes}", files.len());
    Ok(())
}

/// Measures each size and prints a table.
fn report(sizes: &[usize]) -> Result<()> {
    let cores = thread::available_parallelism()?;
    let memory = Path::new("/dev/shm");
    let (place, name) = if memory.is_dir() {
        (memory.to_owned(), "a memory file system")
    } else {
        (env::temp_dir(), "the disk (there is no /dev/shm)")
    };
    println!(
        "{cores} cores, profile `bench` (release), files on {name}; median of {RUNS} builds, fastest in brackets\n"
    );
    let columns = sizes.iter().map(|&size| measure(size, &place)).collect::<Result<Vec<_>>>()?;
    let header: Vec<String> =
        sizes.iter().map(|&size| format!(" {} groups |", thousands(size as u64))).collect();
    println!("| |{}\n|---|{}", header.concat(), "---:|".repeat(sizes.len()));
    for row in 0..columns.iter().map(Vec::len).min().unwrap_or(0) {
        let cells: Vec<String> =
            columns.iter().map(|column| format!(" {} |", column[row].1)).collect();
        println!("| {} |{}", columns[0][row].0, cells.concat());
    }
    Ok(())
}

/// The rows of one size's column, each with its name.
fn measure(groups: usize, place: &Path) -> Result<Vec<(String, String)>> {
    let site = tempfile::tempdir_in(place)?;
    corpus::write(site.path(), groups)?;
    let (mut cold, mut again, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        // Each is deleted before the next is made.
        let (out, copy): (TempDir, TempDir) =
            (tempfile::tempdir_in(place)?, tempfile::tempdir_in(place)?);
        cold.push(child("build", site.path(), out.path())?);
        again.push(child("build", site.path(), out.path())?);
        plain.push(child("plain", out.path(), copy.path())?);
    }
    ensure!(again.iter().all(|run| run["written"] == 0), "a second build wrote files");
    let time = |runs: &[Measures], name: &str| format!("{} ms", spread(runs, name, 1_000));
    let ratio = |of: &[Measures], to: &[Measures]| {
        format!("{:.1}", median(of, "total") as f64 / median(to, "total") as f64)
    };
    let size =
        format!("{}, {:.1} MB", thousands(plain[0]["files"]), plain[0]["bytes"] as f64 / 1e6);
    let mut rows =
        vec![("pages".to_owned(), thousands(cold[0]["pages"])), ("files".to_owned(), size)];
    rows.extend(STAGES.iter().map(|stage| ((*stage).to_owned(), time(&cold, stage))));
    rows.push(("**build**".to_owned(), time(&cold, "total")));
    if cold.iter().all(|run| run.contains_key("peak")) {
        rows.push(("peak memory".to_owned(), format!("{} MB", spread(&cold, "peak", 1_000))));
    }
    rows.push(("a loop that writes the same files".to_owned(), time(&plain, "total")));
    rows.push(("build : loop".to_owned(), ratio(&cold, &plain)));
    rows.push(("build again, nothing changed (0 files written)".to_owned(), time(&again, "total")));
    rows.push(("again : build".to_owned(), ratio(&again, &cold)));
    Ok(rows)
}

fn child(task: &str, from: &Path, to: &Path) -> Result<Measures> {
    let output = Command::new(env::current_exe()?).arg(task).args([from, to]).output()?;
    ensure!(output.status.success(), "{task}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    let measure = |line: &str| {
        let (name, value) = line.split_once(' ').context("a name and a number")?;
        Ok((name.to_owned(), value.parse()?))
    };
    text.lines().map(measure).collect()
}

fn sorted(runs: &[Measures], name: &str) -> Vec<u64> {
    let mut values: Vec<u64> = runs.iter().map(|run| run[name]).collect();
    values.sort_unstable();
    values
}

fn median(runs: &[Measures], name: &str) -> u64 {
    sorted(runs, name)[runs.len() / 2]
}

fn spread(runs: &[Measures], name: &str, unit: u64) -> String {
    format!(
        "{} ({})",
        thousands(median(runs, name) / unit),
        thousands(sorted(runs, name)[0] / unit)
    )
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}
