//! Words, numbers and days that nobody would write by chance, and the search for them in every dress that a byte can
//! wear on its way out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write as _;

use memchr::memmem;
use rayon::prelude::*;

use crate::built::{Files, unpacked};
use crate::finder::told_plainly;

/// Secrets by the place where they stand.
#[derive(Default)]
pub(crate) struct Secrets {
    pub(crate) by_place: BTreeMap<String, Secret>,
}

pub(crate) struct Secret {
    /// As it is written in the source.
    pub(crate) text: String,
    /// What would give it away, each enough by itself.
    signs: Vec<String>,
    /// Whether a page shows it once it is public.
    pub(crate) shown: bool,
}

impl Secrets {
    fn add(&mut self, place: &str, text: String, signs: Vec<String>) -> String {
        let secret = Secret { text: text.clone(), signs, shown: true };
        assert!(self.by_place.insert(place.to_owned(), secret).is_none(), "two secrets at {place}");
        text
    }

    fn next(&self) -> usize {
        self.by_place.len()
    }

    /// A word that nobody would write.
    pub(crate) fn word(&mut self, place: &str) -> String {
        let word = format!("kestrel{:03}orchid", self.next());
        self.add(place, word.clone(), vec![word])
    }

    /// A telephone number; its digits alone give it away, and so do its last seven.
    pub(crate) fn phone(&mut self, place: &str) -> String {
        let number = self.next();
        let digits = format!("740558{number:04}");
        let backwards = digits.chars().rev().collect();
        let local = format!("558-{number:04}");
        self.add(
            place,
            format!("+1 740 558 {number:04}"),
            vec![digits, backwards, local, format!("558 {number:04}")],
        )
    }

    /// A day far from all others.
    pub(crate) fn date(&mut self, place: &str) -> String {
        let number = self.next();
        let (year, month, day) = (2093 + number / 336, number / 28 % 12, number % 28 + 1);
        let names = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let iso = format!("{year}-{:02}-{day:02}", month + 1);
        let name = names[month];
        let signs = vec![
            iso.clone(),
            iso.replace('-', ""),
            format!("{day} {name} {year}"),
            format!("{name} {day}, {year}"),
        ];
        self.add(place, iso, signs)
    }

    pub(crate) fn email(&mut self, place: &str) -> String {
        let name = format!("kestrel{:03}orchid", self.next());
        self.add(place, format!("{name}@birds.example"), vec![name])
    }

    pub(crate) fn url(&mut self, place: &str) -> String {
        let name = format!("kestrel{:03}orchid", self.next());
        self.add(place, format!("https://zoom.example/j/{name}"), vec![name])
    }

    /// Degrees; three decimals, cut or rounded, are already too much.
    pub(crate) fn degree(&mut self, place: &str, whole: &str) -> f64 {
        let number = format!("{whole}.{}", 7_130_001 + self.next() * 1000);
        let degrees: f64 = number.parse().unwrap();
        let short = number.split_at(whole.len() + 4).0.to_owned();
        self.add(place, number, vec![short, format!("{degrees:.3}")]);
        degrees
    }

    /// No page shows it, public or not.
    pub(crate) fn not_shown(&mut self, place: &str) {
        self.by_place.get_mut(place).unwrap_or_else(|| panic!("nothing at {place}")).shown = false;
    }

    /// The places whose secrets are somewhere in the files, with where.
    pub(crate) fn found_in(&self, files: &Files) -> BTreeMap<&str, String> {
        let names = files.keys().map(|path| (format!("the name of {path}"), path.as_bytes()));
        let plain = told_plainly(files);
        let contents = files.iter().chain(&plain);
        let contents = contents.map(|(path, bytes)| (path.clone(), bytes.as_slice()));
        let hay: Vec<Hay<'_>> =
            names.chain(contents).map(|(name, bytes)| Hay::new(name, bytes)).collect();
        let found = |(place, secret): (&'_ String, &Secret)| {
            let dresses: Vec<Dress> = secret.signs.iter().flat_map(|sign| dresses(sign)).collect();
            hay.iter().find_map(|hay| hay.first_of(&dresses)).map(|found| (place.clone(), found))
        };
        let found: BTreeMap<String, String> = self.by_place.par_iter().filter_map(found).collect();
        let place = |place: &String| self.by_place.get_key_value(place).unwrap().0.as_str();
        found.iter().map(|(at, found)| (place(at), found.clone())).collect()
    }
}

/// Bytes to search.
struct Hay<'a> {
    name: String,
    exact: Cow<'a, [u8]>,
    lower: Vec<u8>,
}

impl Hay<'_> {
    fn new(name: String, bytes: &[u8]) -> Hay<'_> {
        let exact = if name.ends_with("calendar.ics") {
            // A long line of a calendar goes on after its end, anywhere in a word (RFC 5545 §3.1).
            Cow::Owned(String::from_utf8_lossy(bytes).replace("\r\n ", "").into_bytes())
        } else {
            unpacked(bytes)
        };
        let lower = exact.to_ascii_lowercase();
        Hay { name, exact, lower }
    }

    /// The first dress that is in it, in words.
    fn first_of(&self, dresses: &[Dress]) -> Option<String> {
        let is_here = |dress: &&Dress| {
            let hay = if dress.exact { &*self.exact } else { &self.lower };
            dress.finder.find(hay).is_some()
        };
        dresses.iter().find(is_here).map(|dress| format!("{}, {}", self.name, dress.name))
    }
}

/// A text as bytes that somebody could turn back.
struct Dress {
    name: &'static str,
    finder: memmem::Finder<'static>,
    /// Whether case matters; else both sides are in lower case.
    exact: bool,
}

impl Dress {
    fn new(name: &'static str, bytes: Vec<u8>, exact: bool) -> Dress {
        Dress { name, finder: memmem::Finder::new(&bytes).into_owned(), exact }
    }
}

fn dresses(text: &str) -> Vec<Dress> {
    let text = text.to_lowercase();
    let each =
        |dress: &dyn Fn(char) -> String| text.chars().map(dress).collect::<String>().into_bytes();
    let loose = |name, bytes| Dress::new(name, bytes, false);
    let mut all = vec![
        loose("as it is", text.clone().into_bytes()),
        loose("percent-encoded", each(&|c| format!("%{:02x}", c as u32))),
        loose(
            "percent-encoded where it must be",
            each(&|c| if c.is_alphanumeric() { c.into() } else { format!("%{:02x}", c as u32) }),
        ),
        loose("with plus signs", text.replace(' ', "+").into_bytes()),
        loose("as a slug", text.replace([' ', '.', '_'], "-").into_bytes()),
        loose("as decimal entities", each(&|c| format!("&#{};", c as u32))),
        loose("as hexadecimal entities", each(&|c| format!("&#x{:x};", c as u32))),
        loose("as script escapes", each(&|c| format!("\\u{:04x}", c as u32))),
        loose("in hexadecimal", each(&|c| format!("{:02x}", c as u32))),
        loose(
            "in UTF-16, low byte first",
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        loose(
            "in UTF-16, high byte first",
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
        loose("backwards", text.chars().rev().collect::<String>().into_bytes()),
    ];
    for cased in [text.clone(), text.to_uppercase()] {
        for before in 0..3 {
            all.push(Dress::new("in base 64", base64_inside(cased.as_bytes(), before), true));
        }
    }
    all
}

/// The letters of base 64 that stand for these bytes alone, when `before` other bytes precede them (RFC 4648).
fn base64_inside(bytes: &[u8], before: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let skipped = (6 - before * 8 % 6) % 6;
    let sixes = bits.get(skipped..).unwrap_or_default().chunks_exact(6);
    sixes.map(|six| LETTERS[six.iter().fold(0, |sum, bit| sum * 2 + usize::from(*bit))]).collect()
}

#[test]
fn a_secret_is_found_in_every_dress() {
    let mut secrets = Secrets::default();
    let word = secrets.word("word");
    let phone = secrets.phone("phone");
    let find = |bytes: Vec<u8>| secrets.found_in(&Files::from([("x/y".to_owned(), bytes)]));
    for dressed in [
        "a KESTREL000orchid b",
        "%6B%65%73%74%72%65%6C%30%30%30%6F%72%63%68%69%64",
        "&#107;&#101;&#115;&#116;&#114;&#101;&#108;&#48;&#48;&#48;&#111;&#114;&#99;&#104;&#105;&#100;",
        "dihcro000lertsek",
        "a2VzdHJlbDAwMG9yY2hpZA==",
        "eyJ4IjoiIGtlc3RyZWwwMDBvcmNoaWQifQ==",
        "6b65737472656c3030306f7263686964",
    ] {
        assert!(find(dressed.into()).contains_key("word"), "{dressed}");
    }
    assert!(find(word.encode_utf16().flat_map(u16::to_le_bytes).collect()).contains_key("word"));
    for dressed in ["tel:+17405580001", "1000855047", "(740) 558-0001", &phone] {
        assert!(find(dressed.into()).contains_key("phone"), "{dressed}");
    }
    assert!(find("tel:+17405580002 kestrel001orchid".into()).is_empty());
    let packed = {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(b"a kestrel000orchid b").unwrap();
        packed.finish().unwrap()
    };
    assert!(find(packed).contains_key("word"));
    let named = Files::from([("groups/kestrel000orchid/index.html".to_owned(), Vec::new())]);
    assert!(secrets.found_in(&named).contains_key("word"));
}
