//! What the finder's index costs: time and memory to make it, bytes of its planes, bytes that a reader's questions fetch,
//! and how long their answers take. `cargo bench --bench finder`, or `-- 1000 20000` for other sizes.
//!
//! Each index is made by a process of its own, from an edition that stands in memory. The limit that it is held against is
//! the least that any index in these files costs: all texts of the groups read once, and the same bytes compressed. The
//! finder's own script asks the questions, in Node.js, and is used in Chromium where the browser tests' packages are
//! installed, which takes some minutes. Prints Markdown; asserts only that all runs agree.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(clippy::cast_precision_loss, reason = "ratios of a few digits")]

mod corpus;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, thread};

use anyhow::{Context as _, Result, ensure};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use fs_err as fs;
use rayon::prelude::*;
use roundtable::check::{Options, check};
use roundtable::diagnostic::Level;
use roundtable::load::load;
use roundtable::publish::Plan;
use roundtable::render::Edition;
use roundtable::theme::Theme;
use serde_json::Value;

const SIZES: [usize; 2] = [1_000, 10_000];
const RUNS: usize = 5;
/// The day that the example's dates were written for.
const NOW: &str = "2026-12-01T12:00:00Z";
const HEAD: &str = "groups/finder.bin";
const PLANES: &str = "assets/finder/";
/// What a browser needs besides.
const PAGE: [&str; 3] = ["groups/index.html", "assets/", "404.html"];
/// Programs of the browser tests that tell what the finder's script fetches and how long it takes.
const ASKING: [&str; 3] = ["finder-bytes.mjs", "finder-times.mjs", "finder-page-times.mjs"];

fn main() -> Result<()> {
    let arguments: Vec<String> =
        env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["index", site, out] => index(Path::new(site), Path::new(out)),
        [] => report(&SIZES),
        ref sizes => {
            let sizes: Result<Vec<usize>, _> = sizes.iter().map(|size| size.parse()).collect();
            report(&sizes.context("the arguments are numbers of groups")?)
        }
    }
}

/// Makes the index of a site, writes its files and the page that uses it, and prints what the index took.
fn index(site: &Path, out: &Path) -> Result<()> {
    let loaded = load(site)?;
    let options = Options { now: NOW.parse()?, drafts: false, base_url: None };
    let checked = check(&loaded, &options);
    let theme = Theme::new(&loaded.theme, &checked.site.settings).ok().context("no theme")?;
    drop(loaded);
    let errors = checked.diagnostics.iter().filter(|problem| problem.level == Level::Error);
    ensure!(errors.count() == 0, "the site has errors");
    let edition = Edition::new(checked.site, theme, checked.today).ok().context("no edition")?;
    let plan = Plan::new(edition);
    // From here on the most is counted anew.
    let is_told = fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = kilobytes("VmRSS:");
    let start = Instant::now();
    plan.find(HEAD).context("there is no index")?;
    println!("time {}", start.elapsed().as_micros());
    if let (true, Some(before), Some(peak)) = (is_told, before, kilobytes("VmHWM:")) {
        println!("peak {}\nbefore {before}", peak.saturating_sub(before));
    }
    let mut files = Vec::new();
    for item in plan.items() {
        let path = item.path().to_owned();
        let is_of_index = path == HEAD || path.starts_with(PLANES);
        if is_of_index || PAGE.iter().any(|part| path.starts_with(part)) {
            let content = plan.make(&item).ok().context("it is made")?;
            let bytes = content.bytes().context("it is no copy")?.into_owned();
            let to = out.join(&path);
            fs::create_dir_all(to.parent().context("it has a folder")?)?;
            fs::write(to, &bytes)?;
            if is_of_index {
                files.push(bytes);
            }
        }
    }
    let [reading, packing] = limit(&plan, &files)?;
    println!("reading {reading}\npacking {packing}\nfiles {}", files.len());
    println!("bytes {}", files.iter().map(Vec::len).sum::<usize>());
    println!(
        "groups {}",
        plan.edition().site().groups.iter().filter(|one| one.is_listed()).count()
    );
    Ok(())
}

/// Microseconds to read all that is searched through, letter by letter, and to compress the same files again; on all
/// processors.
fn limit(plan: &Plan, files: &[Vec<u8>]) -> Result<[u128; 2]> {
    let unpacked: Vec<Vec<u8>> = files.iter().map(|file| unpacked(file)).collect::<Result<_>>()?;
    let start = Instant::now();
    let groups = &plan.edition().site().groups;
    let letters: usize = groups
        .par_iter()
        .map(|group| {
            let texts = [&group.title, &group.purpose, &group.body.text];
            texts.iter().flat_map(|text| text.chars()).filter(|one| one.is_alphanumeric()).count()
        })
        .sum();
    std::hint::black_box(letters);
    let reading = start.elapsed().as_micros();
    let start = Instant::now();
    let packed: usize = unpacked
        .par_iter()
        .map(|bytes| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::best());
            packer.write_all(bytes).map(|()| packer.finish().map_or(0, |bytes| bytes.len()))
        })
        .sum::<std::io::Result<usize>>()?;
    std::hint::black_box(packed);
    Ok([reading, start.elapsed().as_micros()])
}

fn unpacked(file: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A line of what the system says of this process.
fn kilobytes(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Measures each size and prints its tables.
fn report(sizes: &[usize]) -> Result<()> {
    let cores = thread::available_parallelism()?;
    println!(
        "{cores} cores, profile `bench` (release); median of {RUNS} runs, fastest in brackets\n"
    );
    let place = Path::new("/dev/shm");
    let place = if place.is_dir() { place.to_owned() } else { env::temp_dir() };
    for &size in sizes {
        let site = tempfile::tempdir_in(&place)?;
        let out = tempfile::tempdir_in(&place)?;
        corpus::write(site.path(), size)?;
        println!("### {size} groups\n");
        making(site.path(), out.path())?;
        planes(out.path())?;
        asking(out.path())?;
    }
    Ok(())
}

type Measures = BTreeMap<String, u64>;

fn making(site: &Path, out: &Path) -> Result<()> {
    let runs = (0..RUNS).map(|_| child(site, out)).collect::<Result<Vec<_>>>()?;
    ensure!(runs.iter().all(|run| run["bytes"] == runs[0]["bytes"]), "two runs differ");
    let limit: Vec<u64> = runs.iter().map(|run| run["reading"] + run["packing"]).collect();
    let milliseconds = |name: &str| {
        format!("{:.0} ms ({:.0})", median(&runs, name) / 1e3, least(&runs, name) / 1e3)
    };
    println!("| making the index | |\n|---|---:|");
    println!("| listed groups | {} |", runs[0]["groups"]);
    println!("| files | {}, {:.0} KB |", runs[0]["files"], runs[0]["bytes"] as f64 / 1024.0);
    println!("| **index** | {} |", milliseconds("time"));
    if runs.iter().all(|run| run.contains_key("peak")) {
        let (peak, before) = (median(&runs, "peak"), median(&runs, "before"));
        println!(
            "| memory at most, besides the edition | {:.0} MB (edition {:.0} MB) |",
            peak / 1e3,
            before / 1e3
        );
    }
    println!("| limit: all texts read once | {} |", milliseconds("reading"));
    println!("| limit: the same bytes compressed | {} |", milliseconds("packing"));
    let limit = limit.iter().min().copied().unwrap_or(1) as f64;
    println!("| index : limit | {:.1} |\n", least(&runs, "time") / limit);
    Ok(())
}

fn median(runs: &[Measures], name: &str) -> f64 {
    let mut values: Vec<u64> = runs.iter().map(|run| run[name]).collect();
    values.sort_unstable();
    values[values.len() / 2] as f64
}

fn least(runs: &[Measures], name: &str) -> f64 {
    runs.iter().map(|run| run[name]).min().unwrap_or_default() as f64
}

fn child(site: &Path, out: &Path) -> Result<Measures> {
    let output = Command::new(env::current_exe()?).arg("index").args([site, out]).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let measure = |line: &str| {
        let (name, value) = line.split_once(' ').context("a name and a number")?;
        Ok((name.to_owned(), value.parse()?))
    };
    String::from_utf8(output.stdout)?.lines().map(measure).collect()
}

/// The bytes of each plane.
fn planes(out: &Path) -> Result<()> {
    let file = fs::read(out.join(HEAD))?;
    let bytes = unpacked(&file)?;
    let (length, rest) = bytes.split_at_checked(4).context("a length")?;
    let length = u32::from_le_bytes(length.try_into()?) as usize;
    let head: Value = serde_json::from_slice(rest.get(..length).context("the head")?)?;
    println!("| plane | files | bytes in all | largest |\n|---|---:|---:|---:|");
    let row = |name: &str, names: Vec<&str>| -> Result<()> {
        let sizes = names
            .iter()
            .map(|name| Ok(fs::metadata(out.join(format!("{PLANES}{name}.bin")))?.len()));
        let sizes = sizes.collect::<Result<Vec<u64>>>()?;
        if let Some(largest) = sizes.iter().max() {
            println!("| {name} | {} | {} | {largest} |", sizes.len(), sizes.iter().sum::<u64>());
        }
        Ok(())
    };
    println!("| head | 1 | {0} | {0} |", file.len());
    for name in ["table", "vocabulary", "places"] {
        row(name, head[name].as_str().into_iter().collect())?;
    }
    let second = |name: &str| {
        let pairs = head[name].as_array().into_iter().flatten();
        pairs.filter_map(|pair| pair[1].as_str()).collect::<Vec<_>>()
    };
    row("times", second("times"))?;
    row("rows", second("blocks"))?;
    row("text", second("text"))?;
    println!();
    Ok(())
}

/// Asks what the finder's script fetches and how long it takes.
fn asking(out: &Path) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    for program in ASKING {
        if program.contains("page") && !folder.join("node_modules").is_dir() {
            println!("The browser tests' packages are missing, so no browser is used.\n");
            continue;
        }
        let output = Command::new("node").arg(folder.join(program)).arg(out).output();
        let output = match output {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                println!("Node.js is missing, so nothing is asked.\n");
                return Ok(());
            }
            other => other?,
        };
        ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout)?;
        let lines =
            text.lines().map(serde_json::from_str::<Value>).collect::<Result<Vec<_>, _>>()?;
        table(&lines);
    }
    Ok(())
}

/// Objects with the same fields as a table.
fn table(lines: &[Value]) {
    let Some(Value::Object(first)) = lines.first() else { return };
    let mut names: Vec<&String> = first.keys().filter(|name| *name != "groups").collect();
    // What is asked before what is counted.
    names.sort_by_key(|name| !first[*name].is_string());
    let titles: Vec<String> = names.iter().map(|name| format!(" {name} |")).collect();
    println!("|{}\n|---|{}", titles.concat(), "---:|".repeat(names.len() - 1));
    for line in lines {
        let cells = names.iter().map(|name| match &line[name.as_str()] {
            Value::String(words) => format!(" {words} |"),
            value => format!(" {value} |"),
        });
        println!("|{}", cells.collect::<String>());
    }
    println!();
}
