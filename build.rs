//! Embeds folders in the binary from the folders themselves, so that a newly added file is never missed. Of scripts it
//! leaves out what is for those who change them: a third of what a reader would have to fetch.

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
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut table = String::from("&[\n");
    for file in files {
        let name = file
            .strip_prefix(&folder)
            .expect("it was found inside")
            .to_string_lossy()
            .replace('\\', "/");
        let is_script = file.extension().is_some_and(|extension| extension == "js");
        let file = if is_script { bare(&file, &out.join(name.replace('/', "-")))? } else { file };
        let file = file.to_str().expect("cargo builds from paths in UTF-8");
        writeln!(table, "    ({name:?}, include_bytes!({file:?})),").expect("a String takes all");
    }
    table.push(']');
    #[expect(clippy::disallowed_methods, reason = "a build script writes only for the compiler")]
    fs::write(out.join(table_name), table)
}

/// Writes a script without its comments and indentation. In the theme's own scripts `/*` and, at the beginning of a line,
/// `//` are nothing but comments, and no text spans lines.
#[expect(
    clippy::disallowed_methods,
    reason = "a build script reads and writes only for the compiler"
)]
fn bare(script: &Path, to: &Path) -> io::Result<PathBuf> {
    let text = fs::read_to_string(script)?;
    let mut parts = text.split("/*");
    let mut code = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.split_once("*/").map_or("", |(_, after)| after);
        code += after.strip_prefix(' ').unwrap_or(after);
    }
    let lines =
        code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let lines: Vec<&str> = lines.collect();
    fs::write(to, lines.join("\n") + "\n")?;
    Ok(to.to_owned())
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
