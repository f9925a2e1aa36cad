//! The documentation: its tables are written out of the program's own, and every example in it builds.

use std::fmt::Write as _;
use std::path::Path;

use roundtable::diagnostic::{Level, Nature, Rule, rules};
use roundtable::schema::{self, Field, Record, Shape, group, page, site, venue};

use crate::harness::{self, Archive, expect_file, line, project};

#[test]
fn the_page_of_rules_is_the_table() {
    let mut text = String::from(
        "# Rules\n\n\
         Written by `UPDATE=1 cargo test` out of the table in `src/diagnostic/rules`; `roundtable explain RULE` prints the\n\
         same. An error stops the build. A warning fails a run with `--strict`, unless it depends on the day. A hint says\n\
         what would make a listing better. `site.yaml` may set another level under `checks`, as in\n\
         `checks: {missing-alt-text: off}`, where a rule allows it.\n\n\
         An example without a `site.yaml` stands in a site that has a title, a contact, a time zone, a currency and crisis\n\
         help; those about the day are read on 23 November 2026.\n\n\
         | rule | level | what it finds |\n|---|---|---|\n",
    );
    for rule in rules::all() {
        let Rule { name, summary, level, .. } = rule;
        writeln!(text, "| [{name}](#{name}) | {} | {summary} |", level.name()).unwrap();
    }
    for rule in rules::all() {
        text.push_str(&section(rule));
    }
    expect_file(&project().join("docs/rules.md"), &text);
}

fn section(rule: &Rule) -> String {
    let level = match (rule.level, rule.nature) {
        (Level::Error, Nature::Fixed) => "Error; cannot be lowered",
        (Level::Error, _) => "Error",
        (Level::Warning, Nature::Clock) => {
            "Warning; depends on the day, so `--strict` lets it pass"
        }
        (Level::Warning, _) => "Warning",
        (Level::Hint, _) => "Hint",
    };
    let mut text = format!("\n## {}\n\n{level}: {}.\n\n{}\n", rule.name, rule.summary, rule.why);
    for (label, example) in [("Wrong", rule.wrong), ("Right", rule.right)] {
        if !example.is_empty() {
            // A byte that no text has would make git take the page for a program.
            let example = example.replace('\0', "\u{2400}");
            write!(text, "\n{label}:\n\n```\n{example}```\n").unwrap();
        }
    }
    text
}

#[test]
fn the_page_of_fields_is_the_schema() {
    let mut text = String::from(
        "# Fields\n\n\
         Written by `UPDATE=1 cargo test` out of `src/schema`. What the fields mean together is told in\n\
         [the content model](content-model.md). An example is YAML as it stands after the field's name and a colon.\n",
    );
    for (heading, files, parts) in FILES {
        writeln!(text, "\n## {heading}\n\n{files}").unwrap();
        for (place, record) in *parts {
            text.push_str(&table(place, record));
        }
    }
    expect_file(&project().join("docs/fields.md"), &text);
}

/// Every record of the schema once, with the place where it is written.
#[expect(clippy::type_complexity, reason = "a table of three columns")]
const FILES: &[(&str, &str, &[(&str, &Record)])] = &[
    (
        "The site",
        "`site.yaml`",
        &[
            ("", &site::SITE),
            ("help", &site::HELP),
            ("vocabulary", &site::VOCABULARY),
            ("vocabulary: topic, audience, accessibility", &site::TERM),
            ("vocabulary: kind", &site::KIND),
            ("holidays", &site::HOLIDAY),
            ("navigation", &site::NAVIGATION),
            ("theme", &site::THEME),
            ("host", &site::HOST),
            ("checks", &site::CHECK),
        ],
    ),
    (
        "A group",
        "`content/groups/**.md`, above the text",
        &[
            ("", &group::GROUP),
            ("membership", &group::MEMBERSHIP),
            ("online", &group::ONLINE),
            ("schedule, one entry", &group::ENTRY),
            ("schedule in words that are no dates", &group::SAY),
            ("cancelled", &group::CANCELLED),
            ("changed", &group::CHANGED),
            ("extra", &group::EXTRA),
            ("structure", &group::STRUCTURE),
            ("structure: agenda", &group::AGENDA_ITEM),
            ("presentations", &group::PRESENTATIONS),
            ("presentations: slots", &group::SLOT),
            ("leadership", &group::LEADERSHIP),
            ("leadership: people", &group::PERSON),
            ("cost", &group::COST),
            ("contact", &group::CONTACT),
        ],
    ),
    (
        "A venue",
        "`content/venues/*.yaml`, or `venue` in a group",
        &[("", &venue::VENUE), ("address", &venue::ADDRESS), ("closed", &venue::CLOSED)],
    ),
    ("A resource page", "`content/resources/**.md`, above the text", &[("", &page::RESOURCE)]),
    ("A collection", "`content/resources/COLLECTION/_collection.yaml`", &[("", &page::COLLECTION)]),
    ("A free page", "`content/pages/**.md`, above the text", &[("", &page::PAGE)]),
];

fn table(place: &str, record: &Record) -> String {
    let mut text = String::new();
    if !place.is_empty() {
        writeln!(text, "\n### {place}").unwrap();
    }
    text.push_str("\n| field | holds | required | example | meaning |\n|---|---|---|---|---|\n");
    for field in record.fields {
        let Field { name, required, example, doc, .. } = field;
        let required = if *required { "yes" } else { "" };
        let holds = holds(&field.shape);
        writeln!(text, "| `{name}` | {holds} | {required} | `{example}` | {doc} |").unwrap();
    }
    text
}

/// What a field holds; the fields of a mapping have a table of their own.
fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Record(_) => "fields".into(),
        Shape::List(Shape::Record(_)) => "a list of fields".into(),
        Shape::List(item) => format!("a list: {}", holds(item)),
        Shape::Map(value) => format!("names of your own, each with {}", holds(value)),
        Shape::Either(shapes) => shapes.iter().map(holds).collect::<Vec<_>>().join(", or "),
        shape => shape.describe(),
    }
}

#[test]
fn no_record_is_missing_from_the_page_of_fields() {
    let listed: Vec<&Record> =
        FILES.iter().flat_map(|(_, _, parts)| parts.iter().map(|(_, record)| *record)).collect();
    for record in &listed {
        for field in record.fields {
            each_record(&field.shape, &mut |inner| {
                let known = listed.iter().any(|other| std::ptr::eq(*other, inner));
                assert!(known, "{} has no table: it is in `{}`", inner.name, field.name);
            });
        }
    }
}

fn each_record(shape: &Shape, visit: &mut impl FnMut(&'static Record)) {
    match shape {
        Shape::Record(record) => visit(record),
        Shape::List(inner) | Shape::Map(inner) => each_record(inner, visit),
        Shape::Either(shapes) => shapes.iter().for_each(|shape| each_record(shape, visit)),
        _ => {}
    }
}

#[test]
fn every_example_in_the_documentation_builds_without_a_word() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for name in pages() {
        let text = fs_err::read_to_string(project().join(&name)).unwrap();
        for (number, language, example) in fenced(&text) {
            // A file of four lines is all right, and leaves something to hint at.
            let (archive, quiet) = match language.as_str() {
                "yaml" => (site_round(&example), Level::Hint),
                "markdown" if example.starts_with("---\n") => {
                    (site_with_page(&example), Level::Warning)
                }
                _ => continue,
            };
            seen += 1;
            let site = archive.unpack();
            supply_pictures(site.path());
            let found = harness::check(site.path()).diagnostics;
            let told = found.iter().filter(|problem| problem.level >= quiet);
            faults.extend(told.map(|problem| format!("{name}:{number}: {}", line(problem))));
        }
    }
    assert!(seen >= 5, "only {seen} examples were found");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Every Markdown file at the project's root and in `docs`.
pub(crate) fn pages() -> Vec<String> {
    let mut pages = Vec::new();
    for folder in ["", "docs/"] {
        for entry in fs_err::read_dir(project().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if Path::new(&name).extension().is_some_and(|kind| kind == "md") {
                pages.push(format!("{folder}{name}"));
            }
        }
    }
    pages.sort();
    pages
}

/// Fenced blocks with the number of their first line and their language.
pub(crate) fn fenced(text: &str) -> Vec<(usize, String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String, String)> = None;
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((number + 2, language.into(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, _, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// What a group needs so that nothing is said about it.
const GROUP: &str = "title: Tuesday Circle\npurpose: Counselors bring one hard case a week.\n\
                     kind: peer-consultation\nverified: 2026-11-01\n";

/// A site in which an example stands: the whole file it shows, or the file that a fragment is taken from.
fn site_round(example: &str) -> Archive {
    let mut archive = venues();
    let has = |key: &str| example.lines().any(|line| line.starts_with(&format!("{key}:")));
    if has("purpose") {
        archive.push("content/groups/tuesday.md", format!("---\n{example}---\n"));
    } else if has("schedule") {
        archive.push("content/groups/tuesday.md", format!("---\n{GROUP}{example}---\n"));
    } else if has("base_url") || has("vocabulary") || has("help") {
        archive.push("site.yaml", example);
        archive.push("content/pages/about.md", "---\ntitle: About us\n---\n");
        archive.push("content/resources/reading.md", "---\ntitle: Reading\n---\n");
    } else if has("name") {
        archive.take("content/venues/grace-church.yaml");
        archive.push("content/venues/grace-church.yaml", example);
    } else {
        panic!("what kind of file is this taken from?\n{example}");
    }
    archive
}

fn site_with_page(example: &str) -> Archive {
    let mut archive = venues();
    let folder = if example.contains("\npurpose:") { "groups" } else { "pages" };
    archive.push(&format!("content/{folder}/tuesday.md"), example);
    archive
}

/// The venues that examples name.
fn venues() -> Archive {
    let mut archive = Archive::default();
    for (file, name) in [("grace-church", "Grace Church"), ("city-library", "City Library")] {
        archive.push(
            &format!("content/venues/{file}.yaml"),
            format!("name: {name}\naddress: {{city: Athens}}\n"),
        );
    }
    archive
}

/// The pictures that examples name.
fn supply_pictures(site: &Path) {
    let example_site = project().join("example-site");
    fs_err::create_dir_all(site.join("static")).unwrap();
    fs_err::create_dir_all(site.join("content/groups")).unwrap();
    for (from, to) in [
        ("static/logo.svg", "static/logo.svg"),
        ("content/groups/professionals/tuesday.jpg", "content/groups/tuesday.jpg"),
    ] {
        fs_err::copy(example_site.join(from), site.join(to)).unwrap();
    }
}

#[test]
fn the_examples_of_the_schema_together_are_content_without_errors() {
    let mut archive = venues();
    let group = mapping(&group::GROUP, &["status"]);
    archive.push("content/groups/tuesday.md", format!("---\n{group}status: paused\n---\n"));
    let whole = whole(&group::GROUP);
    archive.push("content/groups/whole.md", format!("---\n{whole}---\n"));
    archive.push("content/venues/whole.yaml", mapping(&venue::VENUE, &[]));
    archive.push("content/venues/whole-too.yaml", whole_mapping(&venue::VENUE));
    for (name, record) in [("resources/joining/who", &page::RESOURCE), ("pages/about", &page::PAGE)]
    {
        archive.push(&format!("content/{name}.md"), format!("---\n{}---\n", mapping(record, &[])));
    }
    archive.push("content/resources/joining/_collection.yaml", mapping(&page::COLLECTION, &[]));
    archive.push("site.yaml", mapping(&site::SITE, &["vocabulary"]));
    let site = archive.unpack();
    supply_pictures(site.path());
    let found = harness::check(site.path()).diagnostics;
    let errors: Vec<_> =
        found.iter().filter(|problem| problem.level == Level::Error).map(line).collect();
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

/// Every field with its example, but for those left out.
fn mapping(record: &Record, but: &[&str]) -> String {
    let fields = record.fields.iter().filter(|field| !but.contains(&field.name));
    fields.map(|field| format!("{}: {}\n", field.name, field.example)).collect()
}

/// Every field of a group, and every field of the mappings inside it.
fn whole(record: &'static Record) -> String {
    whole_mapping(record)
        .replace("slug: tuesday-circle\n", "")
        .replace("id: 7f3a\n", "")
        .replace("[tuesday-group]", "[whole-group]")
        .replace("status: active\n", "status: paused\n")
}

fn whole_mapping(record: &'static Record) -> String {
    record.fields.iter().map(|field| format!("{}: {}\n", field.name, inner(field))).collect()
}

/// A value with every field that it may have, on one line.
fn inner(field: &Field) -> String {
    match &field.shape {
        Shape::Record(record) => format!("{{{}}}", flow(record)),
        Shape::List(Shape::Record(record)) => format!("[{{{}}}]", flow(record)),
        Shape::Either(shapes) if field.name == "schedule" => {
            let mut entry = None;
            shapes.iter().for_each(|shape| {
                each_record(shape, &mut |record| {
                    entry = entry.or((record.name.contains("entry")).then_some(record));
                });
            });
            format!("[{{{}}}]", flow(entry.unwrap()))
        }
        _ => field.example.to_owned(),
    }
}

fn flow(record: &'static Record) -> String {
    // A day or a range, not both; a meeting online has no venue.
    let has = |name: &str| record.field(name).is_some();
    let single_day = has("date") && has("from");
    let fields = record.fields.iter().filter(|field| {
        let of_a_range = single_day && ["from", "to"].contains(&field.name);
        let of_a_place = field.name == "format" && has("venue");
        !of_a_range && !of_a_place
    });
    let quoted = |field: &Field| match field.shape {
        Shape::Text | Shape::Inline | Shape::Sentence | Shape::Hours
            if !field.example.starts_with('"') =>
        {
            format!("\"{}\"", field.example)
        }
        _ => inner(field),
    };
    fields.map(|field| format!("{}: {}", field.name, quoted(field))).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_words_for_a_choice_end_in_or() {
    assert_eq!(
        schema::one_of(&["open", "closed", "application"]),
        "`open`, `closed` or `application`"
    );
}
