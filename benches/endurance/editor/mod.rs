//! The person who edits the site: every kind of save, and everything that goes wrong while people write.
//!
//! Draws one edit after the other from a deck, the same for the same seed. Each is watched in a browser of its own until
//! the page shows it, and each brings the site back to its size, so that what grows is not the site.

mod edits;
mod faults;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fs_err as fs;

use super::Chance;
use super::browsers::{Moments, Reach, written};
use super::server::{Answer, Connection, DEADLINE, Server};

/// Groups that come and go are no more than these.
const MOST_ADDED: usize = 8;

const HALL: &str = "content/venues/soak-hall.yaml";
const PICTURE: &str = "content/groups/soak-hall.svg";
const TEMPLATE: &str = "theme/templates/group.html";
const EXTENDS: &str = "{% extends \"default/group.html\" %}{% block main %}";

type Edit = fn(&mut Editor) -> Result<()>;

/// What is done, and how often in a deck.
const EDITS: &[(usize, &str, Edit)] = &[
    (8, "a text", Editor::edit_text),
    (3, "a title", Editor::edit_title),
    (3, "a purpose, which lists show", Editor::edit_purpose),
    (3, "a new group", Editor::add_group),
    (2, "a deleted group", Editor::remove_group),
    (2, "a renamed file", Editor::rename_group),
    (1, "a renamed folder", Editor::rename_folder),
    (2, "a venue", Editor::edit_venue),
    (1, "`site.yaml`", Editor::edit_settings),
    (1, "a style sheet", Editor::edit_sheet),
    (2, "a template", Editor::edit_template),
    (2, "a picture", Editor::edit_picture),
    (1, "a save without a change", Editor::touch),
    (1, "fifty new files, deleted again", Editor::burst),
    (2, "fault: broken YAML", Editor::break_yaml),
    (1, "fault: a file written in halves", Editor::write_in_halves),
    (1, "fault: UTF-16", Editor::break_encoding),
    (1, "fault: a missing venue", Editor::lose_venue),
    (1, "fault: broken `site.yaml`", Editor::break_settings),
    (1, "fault: a template that cannot be read", Editor::break_template),
    (1, "fault: a template that fails on its pages", Editor::fail_template),
    (1, "fault: the content is gone and comes back", Editor::lose_content),
];

/// A file and the page that is made from it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    file: String,
    pub(crate) page: String,
}

/// A file that has to be as it was, and a page that tells while it is not.
struct Damage {
    file: String,
    sound: Option<Vec<u8>>,
    page: String,
}

/// Edits a site that is served.
pub(crate) struct Editor {
    site: PathBuf,
    pub(crate) server: Server,
    moments: Arc<Moments>,
    chance: Chance,
    deck: Vec<usize>,
    /// How long each of [`EDITS`] took until it was shown, as often as it was done.
    done: Vec<Vec<Duration>>,
    /// The site's own, those that browsers watch first.
    groups: Vec<Group>,
    watched: usize,
    /// The folder of the groups that come and go.
    folder: &'static str,
    /// Their names.
    added: VecDeque<String>,
    /// What is broken at the moment.
    damage: Option<Damage>,
}

/// Edits in a deck.
pub(crate) fn deck_size() -> usize {
    EDITS.iter().map(|(times, ..)| times).sum()
}

/// Adds what the editor works with to a site that is not served yet.
pub(crate) fn prepare(site: &Path) -> Result<()> {
    fs::create_dir_all(site.join("theme/templates"))?;
    fs::create_dir_all(site.join("theme/css"))?;
    fs::create_dir_all(site.join("content/groups/soak"))?;
    fs::write(site.join(HALL), hall("Front door"))?;
    fs::write(site.join(PICTURE), picture(0))?;
    let group = "---\ntitle: Hall table\npurpose: People meet.\nkind: process\nformat: in-person\nvenue: soak-hall\n\
                 schedule: Mondays, 6–7 pm\nimage: soak-hall.svg\nimage_alt: A circle\nverified: 2026-11-01\n---\nWelcome.\n";
    Ok(fs::write(site.join("content/groups/soak-hall.md"), group)?)
}

impl Editor {
    /// Sits down at a site whose browsers watch the first few of its groups.
    pub(crate) fn new(
        site: &Path,
        server: Server,
        moments: Arc<Moments>,
        groups: Vec<Group>,
        (watched, seed): (usize, u64),
    ) -> Editor {
        Editor {
            site: site.to_owned(),
            server,
            moments,
            chance: Chance(seed),
            deck: Vec::new(),
            done: vec![Vec::new(); EDITS.len()],
            groups,
            watched,
            folder: "content/groups/soak",
            added: VecDeque::new(),
            damage: None,
        }
    }

    /// Does the next edit.
    pub(crate) fn edit(&mut self) -> Result<()> {
        if self.deck.is_empty() {
            let cards = EDITS.iter().enumerate();
            self.deck = cards.flat_map(|(at, (times, ..))| vec![at; *times]).collect();
        }
        let card = self.chance.below(self.deck.len());
        let at = self.deck.swap_remove(card);
        // People go on elsewhere before they mend what they broke.
        if self.chance.below(3) == 0 {
            self.mend()?;
        }
        let (_, name, edit) = EDITS[at];
        let start = Instant::now();
        edit(self).with_context(|| format!("{name}; serve says:\n{}", self.server.said()))?;
        self.done[at].push(start.elapsed());
        Ok(())
    }

    /// Brings everything in order.
    pub(crate) fn mend(&mut self) -> Result<()> {
        let Some(damage) = self.damage.take() else { return Ok(()) };
        match damage.sound {
            Some(bytes) => self.save(&damage.file, &bytes)?,
            None => fs::remove_file(self.site.join(damage.file))?,
        }
        self.follow(&damage.page, |page| page.status == 200 && !page.has_banner())?;
        Ok(())
    }

    /// Puts a mark on every page and gives it.
    pub(crate) fn mark_all(&mut self) -> Result<usize> {
        self.mend()?;
        let mark = self.moments.mark(Reach::Site);
        self.set("site.yaml", "title", &format!("Network, {}", written(mark)))?;
        self.follow("/", |page| page.has(&written(mark)))?;
        Ok(mark)
    }

    /// What was done, and how long it took each time.
    pub(crate) fn done(&self) -> Vec<(&'static str, Vec<Duration>)> {
        EDITS.iter().zip(&self.done).map(|((_, name, _), done)| (*name, done.clone())).collect()
    }

    // What is watched.

    /// Looks at a page as a browser does until it is as it should be.
    fn follow(&self, page: &str, is_right: impl Fn(&Answer) -> bool) -> Result<Answer> {
        let mut connection = self.connect()?;
        let start = Instant::now();
        loop {
            let answer = connection.get(page)?;
            if is_right(&answer) {
                return Ok(answer);
            }
            ensure!(
                start.elapsed() < DEADLINE && connection.has_news(page, &answer.seen()?)?,
                "{page} stays {} {}",
                answer.status,
                String::from_utf8_lossy(&answer.body)
            );
        }
    }

    fn follow_mark(&self, page: &str, mark: usize) -> Result<()> {
        self.follow(page, |page| page.status == 200 && page.has(&written(mark)))?;
        Ok(())
    }

    fn connect(&self) -> Result<Connection> {
        Connection::open(self.server.address)
    }

    // How files are saved.

    fn read(&self, file: &str) -> Result<String> {
        Ok(fs::read_to_string(self.site.join(file))?)
    }

    /// Saves as one editor or another does.
    fn save(&mut self, file: &str, bytes: &[u8]) -> Result<()> {
        let path = self.site.join(file);
        match self.chance.below(3) {
            0 => fs::write(path, bytes)?,
            1 => {
                let new = path.with_extension("swp");
                fs::write(&new, bytes)?;
                fs::rename(new, path)?;
            }
            _ => {
                let old = path.with_extension("md~");
                if path.exists() {
                    fs::rename(&path, &old)?;
                }
                fs::write(path, bytes)?;
                if old.exists() {
                    fs::remove_file(old)?;
                }
            }
        }
        Ok(())
    }

    /// Gives a field another value.
    fn set(&mut self, file: &str, field: &str, value: &str) -> Result<()> {
        let text = self.read(file)?;
        let start = format!("{field}:");
        let lines = text.lines().map(|line| {
            if line.starts_with(&start) {
                format!("{field}: \"{value}\"\n")
            } else {
                format!("{line}\n")
            }
        });
        let text: String = lines.collect();
        self.save(file, text.as_bytes())
    }
}

fn hall(directions: &str) -> String {
    format!(
        "name: Soak Hall\naddress: {{street: 1 Main Street, city: Athens, region: Ohio, country: US}}\n\
         directions: {directions}\n"
    )
}

fn picture(colour: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\" fill=\"#{colour:06x}\"/></svg>\n"
    )
}

fn group(name: &str, mark: usize) -> String {
    format!(
        "---\ntitle: Table {name}\npurpose: People meet.\nkind: process\nverified: 2026-11-01\n---\nWelcome.\n\n{}\n",
        written(mark)
    )
}

/// The names of groups that come and go.
fn added_names() -> impl Iterator<Item = String> {
    (0..MOST_ADDED).map(|number| format!("soak-{number}"))
}

/// Where groups may stand that come and go.
pub(crate) fn passing_pages() -> impl Iterator<Item = String> {
    added_names().flat_map(|name| [page_of(&name), page_of(&format!("{name}-renamed"))])
}

fn page_of(name: &str) -> String {
    format!("/groups/{name}/")
}

/// The groups of a site whose pages are there, in the order of their files.
pub(crate) fn groups_of(site: &Path, server: &Server) -> Result<Vec<Group>> {
    let mut connection = Connection::open(server.address)?;
    let mut groups = Vec::new();
    for entry in walkdir::WalkDir::new(site.join("content/groups")).sort_by_file_name() {
        let path = entry?.into_path();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        let is_ours = name.starts_with("soak");
        if is_ours || path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let page = page_of(name);
        let answer = connection.get(&page)?;
        if answer.status == 200 && !answer.has_banner() && answer.has("<main id=\"main\"") {
            let file = path.strip_prefix(site)?.to_str().context("names are text")?.to_owned();
            groups.push(Group { file, page });
        }
    }
    if groups.is_empty() {
        bail!("the site has no group whose page is named as its file");
    }
    Ok(groups)
}
