//! A site of any size, as rich as `example-site`: the same bytes for the same number of groups, on every machine.
//!
//! It begins as a copy of `example-site`. Further groups, venues and collections are its own files again, with what must
//! differ (names, addresses) or would differ (places, topics, texts, pictures) exchanged, so that every field is as
//! frequent as there and a field that `example-site` learns is measured without a change here.
#![expect(clippy::format_push_string, reason = "what the generator costs is not measured")]

pub(crate) mod chance;

use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;
use walkdir::WalkDir;

use chance::Chance;

/// For every thousand groups.
const VENUES: usize = 25;
/// Groups of `example-site` have a picture far more often than those of a directory.
const PICTURES_LEFT_OUT: usize = 80;

const STREETS: [&str; 6] = ["Main", "Church", "Mill", "River", "School", "Garden"];
const TOWN_BEGINNINGS: [&str; 12] = [
    "Ash", "Brook", "Clear", "Elm", "Fair", "Glen", "Hill", "Lake", "Mill", "Oak", "Stone", "West",
];
const TOWN_ENDINGS: [&str; 10] =
    ["bridge", "bury", "field", "ford", "haven", "mont", "port", "ton", "ville", "wood"];
const REGIONS: [&str; 6] =
    ["Ohio", "Kentucky", "West Virginia", "Indiana", "Pennsylvania", "Michigan"];
const FIRST_WORDS: [&str; 12] = [
    "Amber", "Bridge", "Cedar", "Dawn", "Evening", "Fern", "Harbor", "Lantern", "Maple", "North",
    "Quiet", "Willow",
];

/// Writes a site with so many groups into an empty folder.
///
/// # Panics
///
/// Where there should be fewer groups than `example-site` has.
pub(crate) fn write(folder: &Path, groups: usize) -> io::Result<()> {
    let example = Example::read()?;
    assert!(groups >= example.groups.len(), "at least {} groups", example.groups.len());
    let mut chance = Chance(0x005e_ed0f_c0de);
    for (path, bytes) in &example.files {
        put(folder, path, bytes)?;
    }
    let mut venues = example.venues.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    for number in 0..groups * VENUES / 1000 {
        let (name, text) = example.venue(number, &mut chance);
        put(folder, &format!("content/venues/{name}.yaml"), text.as_bytes())?;
        venues.push(name);
    }
    for number in 1..=groups / 500 {
        for (path, bytes) in &example.collection {
            put(folder, &format!("content/resources/collection-{number}/{path}"), bytes)?;
        }
    }
    for number in example.groups.len()..groups {
        // A folder holds some hundred files, as people keep them.
        let place = format!("content/groups/part-{}", number / 200);
        let made = example.group(number, &venues, &mut chance);
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
    venues: Vec<(String, String)>,
    /// The files of one collection, by their names.
    collection: Vec<(String, Vec<u8>)>,
    /// Small ones, with their extensions.
    pictures: Vec<(&'static str, Vec<u8>)>,
    /// Of all groups' texts, so that frequent words are frequent.
    words: Vec<String>,
}

struct Made<'a> {
    slug: String,
    text: String,
    picture: Option<&'a (&'static str, Vec<u8>)>,
}

impl Example {
    fn read() -> io::Result<Example> {
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
        let venues = venues
            .map(|(path, bytes)| (path.trim_end_matches(".yaml").to_owned(), text(bytes)))
            .collect();
        let picture = |name: &str, extension| {
            let found = files.iter().find(|(path, _)| path.ends_with(name));
            (extension, found.expect("the example has the picture").1.clone())
        };
        let pictures = vec![picture("/lamp.svg", "svg"), picture("/veterans-coffee.png", "png")];
        let words = groups.iter().flat_map(|group| body(group).split_whitespace());
        let words =
            words.filter(|word| word.trim_end_matches(['.', ',']).chars().all(char::is_alphabetic));
        let words = words
            .map(|word| word.trim_end_matches('.').to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        let collection = below("content/resources/start-your-own-group/");
        Ok(Example { files, groups, venues, collection, pictures, words })
    }

    /// One of the example's venues in another town.
    fn venue(&self, number: usize, chance: &mut Chance) -> (String, String) {
        let template = &self.venues[number % self.venues.len()].1;
        let town = format!("{}{}", chance.of(&TOWN_BEGINNINGS), chance.of(&TOWN_ENDINGS));
        let name = format!("{} House {number}", chance.of(&FIRST_WORDS));
        let mut text = String::new();
        for line in template.lines() {
            match line.split_once(": ").map_or("", |(key, _)| key) {
                "name" => text += &format!("name: {name}\n"),
                "address" => {
                    let (house, street) = (chance.below(300) + 1, chance.of(&STREETS));
                    let region = chance.of(&REGIONS);
                    text += &format!(
                        "address: {{street: {house} {street} Street, city: {town}, region: {region}, \
                         postal_code: \"{}\", country: US}}\n",
                        40_000 + number
                    );
                }
                "coordinates" => {
                    let (north, west) = (3600 + chance.below(600), 8000 + chance.below(600));
                    let (north, west) = ((north / 100, north % 100), (west / 100, west % 100));
                    text += &format!(
                        "coordinates: [{}.{:02}, -{}.{:02}]\n",
                        north.0, north.1, west.0, west.1
                    );
                }
                _ => text += &format!("{line}\n"),
            }
        }
        (format!("venue-{number}"), text)
    }

    /// One of the example's groups under another name, at another place and with another text.
    fn group(&self, number: usize, venues: &[String], chance: &mut Chance) -> Made<'_> {
        let template = &self.groups[number % self.groups.len()];
        let picture = (chance.below(100) >= PICTURES_LEFT_OUT).then(|| chance.of(&self.pictures));
        let mut slug = String::new();
        let mut text = String::from("---\n");
        for line in fields(template).lines() {
            let indent = line.len() - line.trim_start().len();
            let (key, value) = line.trim_start().split_once(": ").unwrap_or((line, ""));
            match (indent, key) {
                (0, "title") => {
                    let title =
                        format!("{} {} {number}", chance.of(&FIRST_WORDS), value.trim_matches('"'));
                    slug = roundtable::slug::Slug::from_text(&title)
                        .expect("it has letters")
                        .to_string();
                    text += &format!("title: \"{title}\"\n");
                }
                (0, "purpose") => {
                    text += &format!("purpose: {}.\n", self.sentence(12, chance).replace(',', ""));
                }
                // Another group's, so that any two can meet.
                (0, "topics" | "audience") => {
                    let other = chance.of(&self.groups);
                    let other = other.lines().find(|line| line.starts_with(key));
                    text += &format!("{}\n", other.unwrap_or(line));
                }
                (0, "slug") => {}
                (0, "id") => text += &format!("id: {value}-{number}\n"),
                (0, "aliases") => {
                    let values = value.trim_matches(['[', ']']).split(", ");
                    let values: Vec<_> = values.map(|alias| format!("{alias}-{number}")).collect();
                    text += &format!("aliases: [{}]\n", values.join(", "));
                }
                (0, "image") => {
                    if let Some((extension, _)) = picture {
                        text += &format!("image: {slug}.{extension}\n");
                    }
                }
                (0, "image_alt") if picture.is_none() => {}
                (_, "venue") if venues.iter().any(|venue| venue == value) => {
                    text += &format!("{:indent$}venue: {}\n", "", chance.of(venues));
                }
                _ => text += &format!("{line}\n"),
            }
        }
        text += "---\n";
        self.write_body(&mut text, chance);
        let picture = picture.filter(|_| text.contains("\nimage: "));
        Made { slug, text, picture }
    }

    /// 60 to 200 words.
    fn write_body(&self, text: &mut String, chance: &mut Chance) {
        let most = 60 + chance.below(120);
        let mut words = 0;
        while words < most {
            let count = 15 + chance.below(20);
            words += count;
            let sentence = self.sentence(count, chance);
            *text += &match chance.below(6) {
                0 => format!("## {}\n\n{sentence}.\n\n", self.sentence(4, chance).replace(',', "")),
                1 => format!("- {}\n- *{sentence}*\n\n", self.sentence(6, chance)),
                2 => format!("{sentence}, and [read on](/resources/start-your-own-group/).\n\n"),
                _ => format!("{sentence}. {}.\n\n", self.sentence(8, chance)),
            };
        }
    }

    fn sentence(&self, count: usize, chance: &mut Chance) -> String {
        let words: Vec<&str> = (0..count).map(|_| chance.of(&self.words).as_str()).collect();
        let mut sentence = words.join(" ").to_lowercase();
        if let Some(first) = sentence.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        sentence.trim_end_matches(',').to_owned()
    }
}

fn fields(group: &str) -> &str {
    group.split("---\n").nth(1).expect("a group has fields")
}

fn body(group: &str) -> &str {
    group.splitn(3, "---\n").nth(2).expect("a group has a text")
}

fn put(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is in the folder"))?;
    fs::write(path, bytes)
}
