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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Options, check};
    use crate::load;
    use crate::new::group;

    fn text(name: &str) -> &'static str {
        let (_, bytes) = FILES.iter().find(|(file, _)| *file == name).unwrap();
        str::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_site_has_no_problems_and_no_hints_on_any_day() {
        for now in ["2026-11-20T12:00:00Z", "2028-02-29T04:59:59Z", "2030-12-31T23:59:59Z"] {
            let now = now.parse().unwrap();
            let site = tempfile::tempdir().unwrap();
            init(site.path(), Host::None, now).unwrap();
            let loaded = load::load(site.path()).unwrap();
            let mut found = loaded.diagnostics.clone();
            found.extend(
                check(&loaded, &Options { now, drafts: false, base_url: None }).diagnostics,
            );
            assert!(found.is_empty(), "{found:#?}");
            assert!(loaded.documents.len() > 15);
        }
    }

    #[test]
    fn each_host_gets_its_own_file_with_everything_filled_in() {
        for (host, own) in [
            (Host::Github, Some(".github/workflows/publish.yml")),
            (Host::Netlify, Some("netlify.toml")),
            (Host::None, None),
        ] {
            let site = tempfile::tempdir().unwrap();
            fs::create_dir(site.path().join(".git")).unwrap();
            let written = init(site.path(), host, Timestamp::UNIX_EPOCH).unwrap();
            let of_hosts =
                |path: &&PathBuf| path.starts_with(".github") || path.ends_with("netlify.toml");
            assert_eq!(written.iter().find(of_hosts), own.map(PathBuf::from).as_ref());
            for path in written {
                let bytes = fs::read(site.path().join(&path)).unwrap();
                let text = String::from_utf8(bytes).unwrap();
                assert!(
                    !text.contains("{{today") && !text.contains("{{version"),
                    "{}",
                    path.display()
                );
            }
        }
    }

    #[test]
    fn what_is_there_is_never_touched() {
        let site = tempfile::tempdir().unwrap();
        fs::write(site.path().join("notes.txt"), "mine").unwrap();
        let refused = init(site.path(), Host::None, Timestamp::UNIX_EPOCH).unwrap_err().to_string();
        assert!(refused.contains("notes.txt"), "{refused}");
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 1);
        let refused = init(&site.path().join("notes.txt"), Host::None, Timestamp::UNIX_EPOCH);
        assert!(matches!(refused, Err(Error::Refused(_))));
    }

    #[test]
    fn every_action_is_pinned_by_its_hash() {
        let workflow = text("github/.github/workflows/publish.yml");
        let used: Vec<_> =
            workflow.lines().filter_map(|line| line.trim().split_once("uses: ")).collect();
        assert_eq!(used.len(), 5);
        for (_, action) in used {
            let (action, version) = action.split_once(" # v").unwrap();
            let hash = action.split_once('@').unwrap().1;
            assert!(hash.len() == 40 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{action}");
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{action}");
        }
    }

    #[test]
    fn the_page_of_the_eight_questions_asks_what_new_group_asks() {
        let page = text("site/content/resources/start-your-own-group/eight-questions.md");
        let headings: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let asked: Vec<_> = (1..)
            .zip(group::FORM.questions)
            .map(|(number, question)| format!("{number}. {}", question.heading))
            .collect();
        assert_eq!(headings, asked);
    }
}
