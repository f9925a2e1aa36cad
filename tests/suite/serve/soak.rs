//! The soak in short: every kind of edit and fault once or a few times. `cargo bench --bench soak` is the long one.

#[path = "../../../benches/endurance/mod.rs"]
mod endurance;

use endurance::{Size, run};

use crate::built::{copy, example_site};
use crate::corpus::chance::Chance;

/// Each kind of edit once or a few times.
const EDITS: usize = 41;
const BROWSERS: usize = 10;
const SEED: u64 = 7;

#[test]
fn it_holds_out_while_everything_is_edited_and_broken() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    copy(&example_site(), &site, false);
    let size = Size { edits: EDITS, browsers: BROWSERS, stretch: EDITS / 2, seed: SEED };
    let report = run(&site, size).unwrap_or_else(|problem| panic!("{problem:?}"));
    println!("{report}");
    report.ensure_steady().unwrap();
}
