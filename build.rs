//! Embeds folders in the binary from the folders themselves, so that a newly added file is never missed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    embed("themes/default", "default_theme.rs")?;
    embed("src/new/starter", "starter.rs")
}

/// Writes a table of a folder's files, as pairs of their path inside it and their bytes, for `include!`.
fn embed(folder: &str, table_name: &str) -> io::Result<()> {
    let folder =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join(folder);
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let name = file
            .strip_prefix(&folder)
            .expect("it was found inside")
            .to_string_lossy()
            .replace('\\', "/");
        let file = file.to_str().expect("cargo builds from paths in UTF-8");
        writeln!(table, "    ({name:?}, include_bytes!({file:?})),").expect("a String takes all");
    }
    table.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    #[expect(clippy::disallowed_methods, reason = "a build script writes only for the compiler")]
    fs::write(out.join(table_name), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
