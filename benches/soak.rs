//! Whether `roundtable serve` holds out: 1,000 edits, 50 browsers, and everything that goes wrong. `cargo bench --bench soak`,
//! or `cargo bench --bench soak -- 200` for fewer edits.
//!
//! Prints Markdown. Fails where a page is not what a build writes, a browser misses a change, a request fails, or the
//! process grows.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

mod corpus;
mod endurance;

use std::{env, thread};

use anyhow::{Context, Result, ensure};

use corpus::chance::Chance;
use endurance::{Size, run};

const GROUPS: usize = 1_000;
const EDITS: usize = 1_000;
const BROWSERS: usize = 50;
const STRETCH: usize = 100;
const SEED: u64 = 20_261_201;
/// After these edits everything has been done once, and what is remembered is there.
const WARM: usize = 200;
/// What may come on top: a tenth, and some kilobytes. The allocator keeps an arena for each thread that makes replies, and
/// gives no page of it back while one byte is used, so that it takes some hundred edits until each has its size.
const PART: u64 = 10;
const SLACK: u64 = 8_000;

fn main() -> Result<()> {
    let edits = env::args().skip(1).find(|argument| argument != "--bench");
    let edits = edits.map_or(Ok(EDITS), |edits| edits.parse());
    let edits = edits.context("the argument is a number of edits")?;
    let folder = tempfile::tempdir()?;
    let site = folder.path().join("site");
    corpus::write(&site, GROUPS)?;
    println!("{} cores, profile `bench` (release)", thread::available_parallelism()?);
    let report = run(&site, Size { edits, browsers: BROWSERS, stretch: STRETCH, seed: SEED })?;
    println!("{report}");
    report.ensure_steady()?;
    let warm = report.work.footprints.iter().filter(|(edits, _)| *edits >= WARM);
    let memory: Vec<u64> = warm.map(|(_, footprint)| footprint.memory).collect();
    if let (Some(first), Some(last)) = (memory.first(), memory.last()) {
        let most = first + first / PART + SLACK;
        ensure!(*last <= most, "{first} kB of memory have become {last} kB");
    }
    Ok(())
}
