//! What is private is in no byte of the output. A secret of its own stands in every private place of a site; every file
//! and every file name is searched for all of them, in every dress that a byte can wear on its way out.
//!
//! So that a search which finds nothing proves something, the same search must find each secret in the source, and
//! again in the output once the author makes the fact public.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;
use rayon::prelude::*;
use roundtable::schema::Shape;
use roundtable::schema::group::GROUP;
use serde_json::json;

use crate::built::{self, Built, Files, build, run_build};
use crate::filled::{Answer, Filler, VARIANTS, fitting, is_shown, yaml};
use crate::harness::{Archive, project};

/// Secrets by the place where they stand.
#[derive(Default)]
struct Secrets {
    by_place: BTreeMap<String, Secret>,
}

struct Secret {
    /// As it is written in the source.
    text: String,
    /// What would give it away, each enough by itself.
    signs: Vec<String>,
    /// Whether a page shows it once it is public.
    shown: bool,
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
    fn word(&mut self, place: &str) -> String {
        let word = format!("kestrel{:03}orchid", self.next());
        self.add(place, word.clone(), vec![word])
    }

    /// A telephone number; its digits alone give it away, and so do its last seven.
    fn phone(&mut self, place: &str) -> String {
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
    fn date(&mut self, place: &str) -> String {
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

    fn email(&mut self, place: &str) -> String {
        let name = format!("kestrel{:03}orchid", self.next());
        self.add(place, format!("{name}@birds.example"), vec![name])
    }

    fn url(&mut self, place: &str) -> String {
        let name = format!("kestrel{:03}orchid", self.next());
        self.add(place, format!("https://zoom.example/j/{name}"), vec![name])
    }

    /// Degrees; three decimals are already too much.
    fn degree(&mut self, place: &str, whole: &str) -> f64 {
        let number = format!("{whole}.{}", 7_130_001 + self.next() * 1000);
        let short = number.split_at(whole.len() + 4).0.to_owned();
        self.add(place, number.clone(), vec![short]).parse().unwrap()
    }

    /// No page shows it, public or not.
    fn not_shown(&mut self, place: &str) {
        self.by_place.get_mut(place).unwrap_or_else(|| panic!("nothing at {place}")).shown = false;
    }

    /// The places whose secrets are somewhere in the files, with where.
    fn found_in(&self, files: &Files) -> BTreeMap<&str, String> {
        let names = files.keys().map(|path| (format!("the name of {path}"), path.as_bytes()));
        let contents = files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()));
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
    exact: &'a [u8],
    lower: Vec<u8>,
}

impl Hay<'_> {
    fn new(name: String, bytes: &[u8]) -> Hay<'_> {
        Hay { name, exact: bytes, lower: bytes.to_ascii_lowercase() }
    }

    /// The first dress that is in it, in words.
    fn first_of(&self, dresses: &[Dress]) -> Option<String> {
        let is_here = |dress: &&Dress| {
            let hay = if dress.exact { self.exact } else { &self.lower };
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
    let named = Files::from([("groups/kestrel000orchid/index.html".to_owned(), Vec::new())]);
    assert!(secrets.found_in(&named).contains_key("word"));
}

/// Whether the facts are private, as planted, or the author has made them public.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Facts {
    Private,
    Public,
}

/// A site with a secret in every private place.
fn site(facts: Facts) -> (Archive, Secrets) {
    let mut secrets = Secrets::default();
    let mut archive = Archive::default();
    let note = secrets.word("site.yaml: comment");
    archive.push(
        "site.yaml",
        format!("# {note}\ntitle: Birds\nbase_url: https://x.example/\ntimezone: America/New_York\ncontact: {{email: office@example.org}}\n"),
    );
    area_venue(facts, &mut archive, &mut secrets);
    listed_group(facts, &mut archive, &mut secrets);
    for (visibility, image) in [("internal", "gif"), ("draft", "jpeg")] {
        hidden_group(visibility, image, facts, &mut archive, &mut secrets);
    }
    if facts == Facts::Public {
        // Private notes have no public form but to be written where everybody reads.
        let told = secrets.by_place.iter().filter(|(place, secret)| {
            secret.shown && (place.contains("private") || place.contains("comment"))
        });
        let told: String = told.map(|(_, secret)| format!("- {}\n", secret.text)).collect();
        archive.push("content/pages/about.md", format!("---\ntitle: About\n---\n{told}"));
    }
    (archive, secrets)
}

fn precision(facts: Facts) -> &'static str {
    match facts {
        Facts::Private => "area",
        Facts::Public => "exact",
    }
}

fn join(facts: Facts) -> &'static str {
    match facts {
        Facts::Private => "on-request",
        Facts::Public => "public",
    }
}

/// An area venue as JSON, with a secret in each part that is not its area; `path` names its place.
fn area(path: &str, facts: Facts, secrets: &mut Secrets) -> serde_json::Value {
    let mut word = |part: &str| secrets.word(&format!("{path}.{part}"));
    let (street, postal_code) = (word("address.street"), word("address.postal_code"));
    let (room, directions) = (word("room"), word("directions"));
    let (parking, transit, reason) = (word("parking"), word("transit"), word("closed.reason"));
    let north = secrets.degree(&format!("{path}.latitude"), "38");
    let west = secrets.degree(&format!("{path}.longitude"), "81");
    let to = secrets.date(&format!("{path}.closed.to"));
    for part in ["latitude", "longitude"] {
        secrets.not_shown(&format!("{path}.{part}"));
    }
    json!({
        "name": "House of Birds", "precision": precision(facts),
        "address": {"street": street, "city": "Athens", "region": "Ohio", "postal_code": postal_code, "country": "US"},
        "room": room, "directions": directions, "parking": parking, "transit": transit,
        "coordinates": [north, -west], "closed": [{"from": "2027-03-04", "to": to, "reason": reason}],
    })
}

/// The online side as JSON, given on request.
fn online(path: &str, facts: Facts, secrets: &mut Secrets) -> serde_json::Value {
    json!({
        "platform": "Zoom", "join": join(facts),
        "url": secrets.url(&format!("{path}.url")),
        "phone": secrets.phone(&format!("{path}.phone")),
        "passcode": secrets.word(&format!("{path}.passcode")),
    })
}

fn area_venue(facts: Facts, archive: &mut Archive, secrets: &mut Secrets) {
    let file = secrets.word("venue: file name");
    secrets.not_shown("venue: file name");
    let note = secrets.word("venue: comment");
    let venue = yaml(&area("venue", facts, secrets));
    archive.push(&format!("content/venues/{file}.yaml"), format!("{venue}# {note}\n"));
}

fn listed_group(facts: Facts, archive: &mut Archive, secrets: &mut Secrets) {
    let folder = secrets.word("group: folder");
    secrets.not_shown("group: folder");
    let venue = secrets.by_place["venue: file name"].text.clone();
    let group = json!({
        "title": "The open table", "purpose": "Shows itself.", "kind": "process", "format": "hybrid", "slug": "open-table",
        "venue": venue, "room": secrets.word("group.room in an area venue"),
        "online": online("group.online", facts, secrets),
        "schedule": [
            {"when": "Mondays, 6–7 pm"},
            {"when": "Tuesdays, 6–7 pm", "format": "online", "online": online("group.schedule.online", facts, secrets)},
            {"when": "Fridays, 6–7 pm", "format": "in-person", "venue": area("group.schedule.venue", facts, secrets)},
        ],
        "changed": [{"date": "2027-01-04", "format": "hybrid", "online": online("group.changed.online", facts, secrets),
                     "venue": area("group.changed.venue", facts, secrets), "note": "Only today"}],
        "extra": [{"date": "2027-01-05", "format": "hybrid", "online": online("group.extra.online", facts, secrets),
                   "venue": area("group.extra.venue", facts, secrets), "note": "On top"}],
        "private": {
            "phone": secrets.phone("group.private.phone"), "note": secrets.word("group.private.note"),
            "deep": {"list": [secrets.word("group.private list"), {"deeper": {"still": secrets.email("group.private deep")}}],
                     "url": secrets.url("group.private url")},
            secrets.word("group.private key"): "x",
        },
        "image": "picture.jpg", "image_alt": "A picture",
    });
    let fields = yaml(&group);
    let (first, last) =
        (secrets.word("group: comment before"), secrets.word("group: comment after"));
    let (hidden, unused) = (
        secrets.word("group: comment in Markdown"),
        secrets.word("group: comment in a link's definition"),
    );
    archive.push(
        &format!("content/groups/{folder}/open.md"),
        format!("---\n# {first}\n{fields}topics: [birds] # {last}\n---\nWelcome.\n\n[//]: # ({hidden})\n[unused]: https://{unused}.example/\n\n![A drawing](drawing.svg) ![A chart](chart.png)\n"),
    );
    for (name, kind) in [("picture.jpg", "jpg"), ("chart.png", "png"), ("drawing.svg", "svg")] {
        push_image(
            &format!("content/groups/{folder}/{name}"),
            kind,
            &format!("group image {kind}"),
            archive,
            secrets,
        );
    }
    for kind in ["jpg", "png", "svg"] {
        push_image(
            &format!("static/shared.{kind}"),
            kind,
            &format!("static image {kind}"),
            archive,
            secrets,
        );
    }
}

/// A group with a secret in every field that can hold one, which `visibility` keeps back.
fn hidden_group(
    visibility: &str,
    image: &str,
    facts: Facts,
    archive: &mut Archive,
    secrets: &mut Secrets,
) {
    let folder = secrets.word(&format!("{visibility}: folder"));
    secrets.not_shown(&format!("{visibility}: folder"));
    for variant in 0..VARIANTS {
        let slug = secrets.word(&format!("{visibility}/{variant}: slug"));
        let picture = secrets.word(&format!("{visibility}/{variant}: image's name"));
        let body = secrets.word(&format!("{visibility}/{variant}: body"));
        let mut ask = |path: &str, shape: &Shape| {
            let place = format!("{visibility}/{variant}: {path}");
            match (path, fitting(path, variant), shape) {
                ("group.visibility", ..) => {
                    Answer::Is(json!(if facts == Facts::Private { visibility } else { "listed" }))
                }
                ("group.aliases", ..) => Answer::Is(json!([secrets.word(&place)])),
                ("group.image", ..) => Answer::Is(json!(format!("{picture}.{image}"))),
                // What stays private in public too is planted in the group that everybody sees.
                ("group.private", ..) => Answer::Skip,
                ("group.extra.date" | "group.enrol_by" | "group.presentations.slots.date", ..) => {
                    Answer::Is(json!(secrets.date(&place)))
                }
                (_, Answer::Is(value), _) => Answer::Is(value),
                (_, Answer::Skip, _) => Answer::Skip,
                (_, _, Shape::Text | Shape::Inline | Shape::Term) => {
                    Answer::Is(json!(secrets.word(&place)))
                }
                (_, _, Shape::Url | Shape::Link) => Answer::Is(json!(secrets.url(&place))),
                (_, _, Shape::Email) => Answer::Is(json!(secrets.email(&place))),
                (_, _, Shape::Phone) => Answer::Is(json!(secrets.phone(&place))),
                _ => Answer::Usual,
            }
        };
        let fields = Filler { variant, ask: &mut ask }.record("group", &GROUP);
        let fields = yaml(&fields)
            .replace("\"slug\"", &format!("\"{}\"", secrets.by_place["venue: file name"].text));
        archive.push(
            &format!("content/groups/{folder}/{slug}.md"),
            format!("---\n{fields}---\n# About\n\n{body}\n"),
        );
        push_image(
            &format!("content/groups/{folder}/{picture}.{image}"),
            image,
            &format!("{visibility}/{variant} image"),
            archive,
            secrets,
        );
    }
}

/// An image with secrets in every kind of metadata that its format has.
fn push_image(path: &str, kind: &str, place: &str, archive: &mut Archive, secrets: &mut Secrets) {
    let mut word = |part: &str| {
        let place = format!("{place}: {part}");
        let word = secrets.word(&place);
        secrets.not_shown(&place);
        word
    };
    let bytes = match kind {
        "jpg" | "jpeg" => {
            jpeg(kind, &word("EXIF"), &word("XMP"), &word("comment"), &word("after the end"))
        }
        "gif" => gif(&word("comment"), &word("after the end")),
        "png" => png(&word("tEXt"), &word("iTXt"), &word("eXIf"), &word("after the end")),
        _ => {
            let (comment, metadata, editor) = (word("comment"), word("metadata"), word("editor"));
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:e=\"urn:e\" viewBox=\"0 0 9 9\" e:author=\"{editor}\" data-author=\"{editor}\"><!-- {comment} -->\
                 <metadata><who>{metadata}</who></metadata><e:note>{editor}</e:note><path d=\"M0 0h9v9z\"/></svg>\n"
            )
            .into_bytes()
        }
    };
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    archive.push(path, hex);
    archive.entries.last_mut().unwrap().forms.push("hex".to_owned());
}

fn test_image(name: &str) -> Vec<u8> {
    fs_err::read(project().join("tests/images").join(name)).unwrap()
}

/// ITU-T T.81 markers APP1 (EXIF, XMP) and COM, and bytes after the end of the image.
fn jpeg(kind: &str, exif: &str, xmp: &str, comment: &str, after: &str) -> Vec<u8> {
    let plain = test_image(if kind == "jpg" { "baseline.jpg" } else { "progressive.jpg" });
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], length.as_slice(), content].concat()
    };
    // One entry, ImageDescription (0x010e), whose text follows the directory.
    let text = format!("{exif}\0");
    let count = u32::try_from(text.len()).unwrap().to_be_bytes();
    let directory = [
        b"MM\0*\0\0\0\x08\0\x01\x01\x0e\0\x02".as_slice(),
        &count,
        b"\0\0\0\x1a\0\0\0\0",
        text.as_bytes(),
    ]
    .concat();
    let (start, rest) = plain.split_at(2);
    [
        start,
        &segment(0xe1, &[b"Exif\0\0".as_slice(), &directory].concat()),
        &segment(
            0xe1,
            format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{xmp}</x:xmpmeta>").as_bytes(),
        ),
        &segment(0xfe, comment.as_bytes()),
        rest,
        after.as_bytes(),
    ]
    .concat()
}

/// A GIF89a comment extension, and bytes after the end of the image.
fn gif(comment: &str, after: &str) -> Vec<u8> {
    let plain = test_image("animated.gif");
    let (trailer, start) = plain.split_last().unwrap();
    let length = u8::try_from(comment.len()).unwrap();
    [start, &[0x21, 0xfe, length], comment.as_bytes(), &[0, *trailer], after.as_bytes()].concat()
}

/// PNG chunks tEXt, iTXt and eXIf, and bytes after the end of the image.
fn png(text: &str, international: &str, exif: &str, after: &str) -> Vec<u8> {
    let plain = test_image("palette.png");
    let chunk = |kind: &[u8], content: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(content);
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [length.as_slice(), kind, content, &sum.sum().to_be_bytes()].concat()
    };
    // Signature and IHDR.
    let (start, rest) = plain.split_at(8 + 25);
    [
        start,
        &chunk(b"tEXt", format!("Author\0{text}").as_bytes()),
        &chunk(b"iTXt", format!("Title\0\0\0\0\0{international}").as_bytes()),
        &chunk(b"eXIf", format!("MM\0*\0\0\0\x08{exif}").as_bytes()),
        rest,
        after.as_bytes(),
    ]
    .concat()
}

fn built_site(facts: Facts) -> (Built, Secrets) {
    let (archive, secrets) = site(facts);
    (build(archive.unpack().path(), &[]), secrets)
}

#[test]
fn no_private_fact_is_in_any_byte_or_name_of_the_output() {
    let (built, secrets) = built_site(Facts::Private);
    assert!(secrets.by_place.len() > 250, "only {} secrets", secrets.by_place.len());
    assert!(built.files.contains_key(".roundtable-manifest"));
    assert!(
        built.files.contains_key("groups/open-table/picture.jpg"),
        "the group has a page and its pictures"
    );
    assert_eq!(secrets.found_in(&built.files), BTreeMap::new());
    let hidden = built
        .files
        .keys()
        .filter(|path| path.starts_with("groups/") && path.ends_with("/index.html"));
    assert_eq!(hidden.collect::<Vec<_>>(), ["groups/index.html", "groups/open-table/index.html"]);
}

#[test]
fn the_picture_of_a_hidden_group_is_in_no_file_under_any_name() {
    let (archive, secrets) = site(Facts::Private);
    let source = archive.unpack();
    let built = build(source.path(), &[]);
    let folders = ["internal: folder", "draft: folder"].map(|place| &secrets.by_place[place].text);
    let files = built::read(source.path());
    let is_hidden =
        |path: &str| folders.iter().any(|folder| path.contains(*folder)) && !path.contains(".md");
    let pictures: Vec<_> = files.iter().filter(|(path, _)| is_hidden(path)).collect();
    assert_eq!(pictures.len(), 2 * VARIANTS);
    for (path, bytes) in pictures {
        let drawn = roundtable::image::without_metadata(bytes).unwrap();
        for (name, published) in &built.files {
            assert!(memmem::find(published, &drawn).is_none(), "{name} holds the picture {path}");
        }
    }
    let shown = files.iter().find(|(path, _)| path.ends_with("/picture.jpg")).unwrap();
    let drawn = roundtable::image::without_metadata(shown.1).unwrap();
    assert!(
        built.files.values().any(|published| *published == drawn),
        "a public picture is found like this"
    );
}

#[test]
fn every_secret_is_where_it_was_planted() {
    let (archive, secrets) = site(Facts::Private);
    let found = secrets.found_in(&built::read(archive.unpack().path()));
    for place in secrets.by_place.keys() {
        assert!(found.contains_key(place.as_str()), "nothing is at {place}");
    }
}

#[test]
fn the_same_facts_are_found_once_they_are_public() {
    let (built, secrets) = built_site(Facts::Public);
    let found = secrets.found_in(&built.files);
    // A field counts as shown where one of its shapes is: a schedule in words hides the venue of one with entries.
    let field = |place: &str| {
        place.split_once(": group.").map_or(place.to_owned(), |(_, field)| format!("group.{field}"))
    };
    let seen: BTreeSet<String> = found.keys().map(|place| field(place)).collect();
    for (place, secret) in &secrets.by_place {
        let field = field(place);
        assert_eq!(
            seen.contains(&field),
            secret.shown && is_shown(&field),
            "whether some page shows {place}"
        );
    }
}

#[test]
fn drafts_that_are_asked_for_are_shown_and_nothing_else_is() {
    let (archive, secrets) = site(Facts::Private);
    let built = build(archive.unpack().path(), &["--drafts"]);
    let found = secrets.found_in(&built.files);
    let other: Vec<_> = found.iter().filter(|(place, _)| !place.starts_with("draft/")).collect();
    assert!(other.is_empty(), "{other:?}");
    assert!(found.contains_key("draft/0: group.title") && found.contains_key("draft/0: body"));
    assert!(
        !found.keys().any(|place| place.contains("image: ")),
        "metadata stays behind in drafts too"
    );
}

#[test]
fn facts_that_become_private_leave_the_folder() {
    let (public, _) = site(Facts::Public);
    let (private, secrets) = site(Facts::Private);
    let folder = public.unpack();
    let out = tempfile::tempdir().unwrap();
    let out = out.path().join("public");
    assert!(run_build(folder.path(), &out, &[]).status.success());
    assert!(secrets.found_in(&built::read(&out)).len() > 100);
    let folder = private.unpack();
    assert!(run_build(folder.path(), &out, &[]).status.success());
    assert_eq!(
        secrets.found_in(&built::read(&out)),
        BTreeMap::new(),
        "a rebuild takes back what is private now"
    );
}
