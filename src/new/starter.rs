//! `init`: a filled site, from the files in the folder `starter`.
//!
//! `starter/site` is every site; `starter/github` and `starter/netlify` are added for those hosts. `{{today}}` and
//! `{{version}}` are filled in.

use std::path::{Path, PathBuf};

use fs_err as fs;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::new::Error;

const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/starter.rs"));

/// The starter's `timezone`: the day on which its facts were confirmed is a day there.
const TIMEZONE: &str = "America/New_York";

/// What publishes the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Host {
    /// GitHub Pages, by a workflow.
    Github,
    /// Netlify.
    Netlify,
    /// Any other; no file is added.
    None,
}

/// Writes a site into a folder that is not there or is empty (a `.git` inside does not count), and gives the paths of
/// what was written, from that folder and sorted.
pub fn init(folder: &Path, host: Host, now: Timestamp) -> Result<Vec<PathBuf>, Error> {
    refuse_what_is_there(folder)?;
    let zone = TimeZone::get(TIMEZONE).expect("the zones are in the binary");
    let today = zone.to_datetime(now).date().to_string();
    let mut written = Vec::new();
    for (name, bytes) in FILES {
        let (part, path) = name.split_once('/').expect("every file lies in a part");
        let wanted = match part {
            "github" => host == Host::Github,
            "netlify" => host == Host::Netlify,
            _ => true,
        };
        if !wanted {
            continue;
        }
        let file = folder.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::File::create_new(file)?;
        std::io::Write::write_all(&mut file, &filled(bytes, &today))?;
        written.push(PathBuf::from(path));
    }
    written.sort();
    Ok(written)
}

fn refuse_what_is_there(folder: &Path) -> Result<(), Error> {
    let shown = folder.display();
    let nothing_is_lost = "init never touches what is there; give it a new folder";
    match fs::metadata(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
        Ok(metadata) if !metadata.is_dir() => {
            return Err(Error::Refused(format!("`{shown}` is a file; {nothing_is_lost}")));
        }
        Ok(_) => {}
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        // A repository that was just made, or cloned while empty, is a good place for a site.
        if name != ".git" {
            let name = name.to_string_lossy().into_owned();
            return Err(Error::Refused(format!(
                "`{shown}` is not empty: it has `{name}`; {nothing_is_lost}"
            )));
        }
    }
    Ok(())
}

fn filled(bytes: &[u8], today: &str) -> Vec<u8> {
    match str::from_utf8(bytes) {
        Ok(text) => text
            .replace("{{today}}", today)
            .replace("{{version}}", env!("CARGO_PKG_VERSION"))
            .into_bytes(),
        Err(_) => bytes.to_vec(),
    }
}
