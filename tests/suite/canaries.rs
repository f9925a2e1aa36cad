//! What is private is in no byte of the output. A secret of its own stands in every private place of a site; every file
//! and every file name is searched for all of them, in every dress that a byte can wear on its way out.
//!
//! So that a search which finds nothing proves something, the same search must find each secret in the source, and
//! again in the output once the author makes the fact public.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;
use roundtable::schema::Shape;
use roundtable::schema::group::GROUP;
use serde_json::json;

use crate::built::{self, Built, build, run_build};
use crate::filled::{Answer, Filler, VARIANTS, fitting, is_shown, yaml};
use crate::harness::{Archive, project};
use crate::secrets::Secrets;

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
    // Readers are told how far it is to where a group usually meets, not to where it meets once.
    if path.starts_with("group.changed") || path.starts_with("group.extra") {
        for part in ["latitude", "longitude"] {
            secrets.not_shown(&format!("{path}.{part}"));
        }
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

/// A comment extension of GIF 89a, and bytes after the end of the image.
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
        // What no page shows, calendars may: the lasting identity of their events.
        let is_shown = is_shown(&field) || field == "group.id";
        assert_eq!(
            seen.contains(&field),
            secret.shown && is_shown,
            "whether some file shows {place}"
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
