//! A site of any size, as rich as `example-site`: the same bytes for the same number of groups, on every machine.
//!
//! It begins as a copy of `example-site`. Further groups, venues and collections are its own files again, so that every
//! field is as frequent as there and a field that `example-site` learns is measured without a change here; what would
//! differ is exchanged: names, texts, topics, times, places, leaders. A repeated timetable or a number for a name would
//! make whatever is packed smaller than life.
#![expect(clippy::format_push_string, reason = "what the generator costs is not measured")]

pub(crate) mod chance;
mod group;
mod map;
mod times;
mod words;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;
use walkdir::WalkDir;

use chance::Chance;
use map::{Map, house};
use words::Words;

/// For every thousand groups.
const VENUES: usize = 60;
/// Of hundred venues. In `example-site` every fourth is closed for a time.
const CLOSED: usize = 4;

/// Writes a site with so many groups into an empty folder.
///
/// # Panics
///
/// Where there should be fewer groups than `example-site` has.
pub(crate) fn write(folder: &Path, groups: usize) -> io::Result<()> {
    let mut chance = Chance(0x005e_ed0f_c0de);
    let mut example = Example::read(groups, &mut chance)?;
    assert!(groups >= example.groups.len(), "at least {} groups", example.groups.len());
    for (path, bytes) in &example.files {
        put(folder, path, bytes)?;
    }
    if groups > example.groups.len() {
        put(folder, "site.yaml", example.settings().as_bytes())?;
    }
    for number in 0..groups * VENUES / 1000 {
        let (name, text) = example.venue(number, &mut chance);
        put(folder, &format!("content/venues/{name}.yaml"), text.as_bytes())?;
        example.places.push(name);
    }
    for number in 1..=groups / 500 {
        for (path, bytes) in &example.collection {
            put(folder, &format!("content/resources/collection-{number}/{path}"), bytes)?;
        }
    }
    let mut taken = example.slugs();
    for number in example.groups.len()..groups {
        // A folder holds some hundred files, as people keep them.
        let place = format!("content/groups/part-{}", number / 200);
        let made = example.group(number, &mut taken, &mut chance);
        put(folder, &format!("{place}/{}.md", made.slug), made.text.as_bytes())?;
        if let Some(picture) = made.picture {
            put(folder, &format!("{place}/{}.{}", made.slug, picture.0), &picture.1)?;
        }
    }
    Ok(())
}

struct Example {
    /// Everything, by its path in the site.
    files: Vec<(String, Vec<u8>)>,
    groups: Vec<String>,
    venues: Vec<String>,
    /// All venues by their files' names.
    places: Vec<String>,
    /// The files of one collection, by their names.
    collection: Vec<(String, Vec<u8>)>,
    /// Small ones, with their extensions.
    pictures: Vec<(&'static str, Vec<u8>)>,
    vocabulary: Vocabulary,
    words: Words,
    map: Map,
}

/// Terms of the example's `site.yaml`: keys with labels.
struct Vocabulary {
    topics: Vec<(String, String)>,
    audience: Vec<(String, String)>,
    accessibility: Vec<(String, String)>,
}

impl Vocabulary {
    fn of(settings: &str) -> Vocabulary {
        let part = |name: &str| {
            let (_, after) = settings.split_once(&format!("  {name}:\n")).expect("it is there");
            let lines = after.lines().take_while(|line| line.starts_with("    "));
            let term = |line: &str| {
                let (key, rest) = line.trim().split_once(": {label: ")?;
                let label = rest.split([',', '}']).next()?;
                Some((key.to_owned(), label.to_owned()))
            };
            lines.filter_map(term).collect()
        };
        Vocabulary {
            topics: part("topic"),
            audience: part("audience"),
            accessibility: part("accessibility"),
        }
    }
}

impl Example {
    fn read(size: usize, chance: &mut Chance) -> io::Result<Example> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("example-site");
        let mut files = Vec::new();
        for part in ["site.yaml", "content", "static"] {
            for entry in WalkDir::new(root.join(part)).sort_by_file_name() {
                let entry = entry?;
                if entry.file_type().is_file() {
                    let path = entry.path().strip_prefix(&root).expect("it is below the root");
                    files
                        .push((path.to_string_lossy().replace('\\', "/"), fs::read(entry.path())?));
                }
            }
        }
        let below = |folder: &str| {
            let files = files.iter().filter_map(|(path, bytes)| {
                Some((path.strip_prefix(folder)?.to_owned(), bytes.clone()))
            });
            files.collect::<Vec<_>>()
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the example is UTF-8");
        let groups = below("content/groups/")
            .into_iter()
            .filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "md"));
        let groups: Vec<String> = groups.map(|(_, bytes)| text(bytes)).collect();
        let venues = below("content/venues/").into_iter();
        let (places, venues) = venues
            .map(|(path, bytes)| (path.trim_end_matches(".yaml").to_owned(), text(bytes)))
            .unzip();
        let picture = |name: &str, extension| {
            let found = files.iter().find(|(path, _)| path.ends_with(name));
            (extension, found.expect("the example has the picture").1.clone())
        };
        let pictures = vec![picture("/lamp.svg", "svg"), picture("/veterans-coffee.png", "png")];
        let collection = below("content/resources/start-your-own-group/");
        let guides = below("content/resources/").into_iter().map(|(_, bytes)| bytes);
        let guides = guides.filter_map(|bytes| String::from_utf8(bytes).ok());
        let guides: Vec<String> = guides.filter(|guide| guide.starts_with("---\n")).collect();
        let settings = below("site.yaml").remove(0).1;
        let vocabulary = Vocabulary::of(&text(settings));
        let words = Words::new(running_text(groups.iter().chain(&guides)), &vocabulary.topics);
        let map = Map::of(size, chance);
        Ok(Example { files, groups, venues, places, collection, pictures, vocabulary, words, map })
    }

    /// Addresses that its own groups have.
    fn slugs(&self) -> HashSet<String> {
        let names =
            self.files.iter().filter_map(|(path, _)| path.rsplit('/').next()?.strip_suffix(".md"));
        let fields = self.groups.iter().flat_map(|group| fields(group).lines());
        let named = fields.filter_map(|line| {
            let (key, value) = line.split_once(": ")?;
            matches!(key, "slug" | "aliases").then(|| value.trim_matches(['[', ']']).split(", "))
        });
        names.chain(named.flatten()).map(str::to_owned).collect()
    }

    /// The example's `site.yaml`, with the map's towns.
    fn settings(&self) -> String {
        let (_, bytes) =
            self.files.iter().find(|(path, _)| path == "site.yaml").expect("it has one");
        let text = String::from_utf8_lossy(bytes);
        text.replacen("\nplaces:\n", &format!("\nplaces:\n{}", self.map.places()), 1)
    }

    /// One of the example's venues in another town.
    fn venue(&self, number: usize, chance: &mut Chance) -> (String, String) {
        let template = &self.venues[number % self.venues.len()];
        let town = self.map.town(chance);
        let is_closed = chance.below(100) < CLOSED;
        let mut text = String::new();
        for (key, lines) in parts(template) {
            text += &match key {
                "name" => format!("name: {}\n", house(&self.words, town, chance)),
                "address" => format!("address: {}\n", town.address(number, chance)),
                "coordinates" => format!("coordinates: {}\n", town.coordinates(chance)),
                "closed" if !is_closed => String::new(),
                _ => lines.to_owned(),
            };
        }
        (format!("venue-{number}"), text)
    }
}

/// The fields of a record, each with all its lines.
fn parts(record: &str) -> Vec<(&str, &str)> {
    let mut rest = record;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            if end > 0 && line.starts_with(|first: char| first.is_ascii_lowercase()) {
                break;
            }
            end += line.len();
        }
        let (part, after) = rest.split_at(end);
        rest = after;
        parts.push((part.split(':').next().unwrap_or_default(), part));
    }
    parts
}

/// The words of several files' texts in English.
fn running_text<'a>(files: impl Iterator<Item = &'a String>) -> Vec<String> {
    let english = files.filter(|file| !file.contains("\nlanguages: [es]\n"));
    let words = english.flat_map(|file| body(file).split_whitespace());
    let is_word = |word: &&str| {
        let word = word.trim_end_matches(['.', ',']);
        !word.is_empty() && word.chars().all(char::is_alphabetic)
    };
    words.filter(is_word).map(str::to_owned).collect()
}

fn fields(group: &str) -> &str {
    group.split("---\n").nth(1).expect("a group has fields")
}

fn body(file: &str) -> &str {
    file.splitn(3, "---\n").nth(2).expect("a page has a text")
}

/// A number below the end; a small one more often.
fn skewed(end: usize, chance: &mut Chance) -> usize {
    let end = chance.below(end) + 1;
    chance.below(end)
}

fn put(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is in the folder"))?;
    fs::write(path, bytes)
}
