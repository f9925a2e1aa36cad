//! Embeds folders in the binary from the folders themselves, so that a newly added file is never missed. Of scripts it
//! leaves out what is for those who change them: a third of what a reader would have to fetch. A script that has a folder
//! of its name becomes one file with the scripts in it, so that a reader fetches it at once.

use std::collections::{BTreeMap, BTreeSet};
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
    files.retain(|file| owner(file).is_none());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut table = String::from("&[\n");
    for file in files {
        let name = file
            .strip_prefix(&folder)
            .expect("it was found inside")
            .to_string_lossy()
            .replace('\\', "/");
        let file = if is_script(&file) {
            let bare = out.join(name.replace('/', "-"));
            write(&bare, &whole(&file)?)?;
            bare
        } else {
            file
        };
        let file = file.to_str().expect("cargo builds from paths in UTF-8");
        writeln!(table, "    ({name:?}, include_bytes!({file:?})),").expect("a String takes all");
    }
    table.push(']');
    write(&out.join(table_name), &table)
}

#[expect(clippy::disallowed_methods, reason = "a build script writes only for the compiler")]
fn write(to: &Path, text: &str) -> io::Result<()> {
    fs::write(to, text)
}

fn is_script(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "js")
}

/// The script that a script is a part of, which is beside their folder and has its name.
fn owner(file: &Path) -> Option<PathBuf> {
    let owner = file.parent()?.with_extension("js");
    (is_script(file) && owner.is_file()).then_some(owner)
}

/// A script and its parts as one, the script last. They import by lines such as `import { fill } from "./x.js";`, and what is
/// at the top of one has a name that no other has.
fn whole(script: &Path) -> io::Result<String> {
    let folder = script.with_extension("");
    let mut parts = Vec::new();
    if folder.is_dir() {
        collect(&folder, &mut parts)?;
    }
    if parts.is_empty() {
        return bare(script);
    }
    parts.sort();
    parts.push(script.to_owned());
    let script = fs::canonicalize(script)?;
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut code = String::new();
    for part in &parts {
        for line in bare(part)?.lines() {
            let import = line.strip_prefix("import { ").and_then(|rest| rest.split_once(" } from "));
            let Some((names, from)) = import else {
                code += line.strip_prefix("export ").unwrap_or(line);
                code.push('\n');
                continue;
            };
            let from = fs::canonicalize(part.with_file_name(from.trim_matches(['"', ';'])))?;
            if from != script && owner(&from).as_ref() != Some(&script) {
                let file = from.file_name().unwrap_or_default().to_string_lossy().into_owned();
                imports.entry(file).or_default().extend(names.split(", ").map(str::to_owned));
            }
        }
    }
    let imports = imports.into_iter().map(|(file, names)| {
        let names = Vec::from_iter(names).join(", ");
        format!("import {{ {names} }} from \"./{file}\";\n")
    });
    Ok(imports.collect::<String>() + &code)
}

/// A script without its comments and indentation. In the theme's own scripts `/*` and, at the beginning of a line, `//` are
/// nothing but comments, and no text spans lines.
#[expect(clippy::disallowed_methods, reason = "a build script reads only for the compiler")]
fn bare(script: &Path) -> io::Result<String> {
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
    Ok(lines.join("\n") + "\n")
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
