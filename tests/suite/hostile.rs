//! Hostile text in every text field of every file. A page with it must have exactly the tags of a page with harmless
//! words in the same places, and show the text as it was typed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use roundtable::check::{Options, check};
use roundtable::diagnostic::Level;
use roundtable::image::{Facts, Format};
use roundtable::load::{self, DocumentKind, Loaded, StaticFile};
use roundtable::schema::group::GROUP;
use roundtable::schema::page::{COLLECTION, PAGE, RESOURCE};
use roundtable::schema::site::SITE;
use roundtable::schema::venue::VENUE;
use roundtable::schema::{Record, Shape};
use serde_json::{Value, json};

use crate::built::{Built, build};
use crate::filled::{Answer, Filler, VARIANTS, fitting, is_shown, yaml};
use crate::harness::{Archive, NOW, line};
use crate::html::{Page, words};

/// A text for a field.
struct Payload {
    name: String,
    text: String,
    /// Of so many fields in a row…
    every: usize,
    /// … the one at this place gets the text, the others harmless words: a file may not be of any length.
    place: usize,
}

impl Payload {
    fn everywhere(text: &str) -> Payload {
        Payload {
            name: text.escape_default().to_string(),
            text: text.to_owned(),
            every: 1,
            place: 0,
        }
    }

    fn at(&self, field: usize) -> &str {
        if field % self.every == self.place { &self.text } else { "calm words" }
    }
}

/// What people who mean harm, and machines that went wrong, put into a field.
fn payloads() -> Vec<Payload> {
    let mut payloads: Vec<Payload> = [
        "calm words",
        "<script>alert(1)</script>",
        "<script type=module src=//evil.example/x.js></script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "\" autofocus onfocus=alert(1) x=\"",
        "{{ 7*7 }} {{ site.title }}",
        "{% raw %} {% include \"base.html\" %} {# note #}",
        "</title></head><body onload=alert(1)>",
        "]]> <![CDATA[ --> <!--",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "</textarea></style></script></svg></template>",
        "&lt;script&gt; &#60;script&#62; &amp;amp;",
        "\u{202e}txet thgir\u{202c} \u{2066}isolate \u{feff}mark",
        "🫂 👩🏽‍⚕️ é ﷽ Z̸̡̛",
        "\u{1}\u{8}\u{b}\u{1b}[31m\u{7f}\u{85}\u{9f}\u{2028}\u{2029}",
        "../../../etc/passwd %00 %2e%2e%2f C:\\CON",
        "{words} {count} {title} {0} %s ${HOME} $(id) end",
        "https://evil.example/ //evil.example @evil",
    ]
    .map(Payload::everywhere)
    .into();
    payloads.push(Payload {
        name: "five hundred brackets".to_owned(),
        ..Payload::everywhere(&"<".repeat(500))
    });
    for place in 0..16 {
        let (name, text) = ("a word of ten thousand letters".to_owned(), "w".repeat(10_000));
        payloads.push(Payload { name, text, every: 16, place });
    }
    payloads
}

/// YAML takes no longer keys on one line (YAML 1.2.2, 7.4.2), and these become longer by their escapes.
const LONGEST_KEY: usize = 100;

/// A site with a text of ours in every text field, and which text is where.
struct Planted {
    archive: Archive,
    /// By path, variant and number: the text, and whether Markdown reads it.
    texts: BTreeMap<String, (String, bool)>,
}

impl Planted {
    /// A text for the field at `path`.
    fn answer(&mut self, path: &str, variant: usize, payload: &Payload, shape: &Shape) -> Answer {
        match (fitting(path, variant), shape) {
            (Answer::Usual, Shape::Text | Shape::Inline) => {}
            (Answer::Usual, Shape::Term) if path.ends_with("accessibility") => {
                return Answer::Is(json!("grief"));
            }
            (answer, _) => return answer,
        }
        let most = if path.ends_with("(key)") { LONGEST_KEY } else { usize::MAX };
        let number = self.texts.len();
        let payload: String = payload.at(number).chars().take(most).collect();
        // The number first, so that a text which is cut or becomes an address is still its own.
        let text = format!("Nr{number:03} {payload} end");
        let is_markdown = matches!(shape, Shape::Inline);
        self.texts.insert(format!("{path}/{variant}.{number}"), (text.clone(), is_markdown));
        Answer::Is(json!(text))
    }
}

fn planted(payload: &Payload) -> Planted {
    let mut planted = Planted { archive: Archive::default(), texts: BTreeMap::new() };
    for variant in 0..VARIANTS {
        let mut filled = |name: &str, record: &'static Record| {
            let mut ask = |path: &str, shape: &Shape| planted.answer(path, variant, payload, shape);
            yaml(&Filler { variant, ask: &mut ask }.record(name, record))
        };
        let mut files = vec![(
            format!("content/groups/group-{variant}.md"),
            format!(
                "---\n{}slug: group-{variant}\naliases: [old-{variant}]\n---\n",
                filled("group", &GROUP)
            ),
        )];
        if variant == 0 {
            let resource = filled("resource", &RESOURCE);
            let resource = format!("---\n{resource}related_groups: [group-0]\n---\n");
            files.push(("content/resources/shelf/paper.md".to_owned(), resource));
            files.push((
                "content/resources/shelf/_collection.yaml".to_owned(),
                filled("collection", &COLLECTION),
            ));
            for name in ["free", "home", "get-help"] {
                let page = filled("page", &PAGE);
                files.push((format!("content/pages/{name}.md"), format!("---\n{page}---\n")));
            }
            files.push(("content/venues/slug.yaml".to_owned(), filled("venue", &VENUE)));
        }
        if variant == 1 {
            files.push(("site.yaml".to_owned(), filled("site", &SITE)));
        }
        for (path, text) in files {
            planted.archive.push(&path, text);
        }
    }
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1z\"/></svg>\n";
    planted.archive.push("static/picture.svg", picture);
    planted
}

/// A site with a payload, built and read.
struct Hostile {
    payload: Payload,
    texts: BTreeMap<String, (String, bool)>,
    built: Built,
    pages: BTreeMap<String, Seen>,
}

/// What a page is made of and says.
struct Seen {
    shape: Vec<String>,
    /// All text and all values of attributes.
    said: String,
}

impl Hostile {
    fn new(payload: Payload) -> Hostile {
        let Planted { archive, texts } = planted(&payload);
        let built = build(archive.unpack().path(), &[]);
        let pages = built
            .pages()
            .into_iter()
            .map(|(path, page)| (path.to_owned(), Seen::new(&page)))
            .collect();
        Hostile { payload, texts, built, pages }
    }
}

impl Seen {
    fn new(page: &Page) -> Seen {
        let mut said = words(&page.text);
        for value in page.elements.iter().flat_map(|element| element.attributes.values()) {
            said.push('\n');
            said.push_str(&words(value));
        }
        Seen { shape: page.shape(), said }
    }
}

/// A site for every payload; the first is harmless.
fn builds() -> &'static [Hostile] {
    static BUILDS: OnceLock<Vec<Hostile>> = OnceLock::new();
    BUILDS.get_or_init(|| payloads().into_par_iter().map(Hostile::new).collect())
}

#[test]
fn every_text_is_shown_where_it_belongs() {
    let [plain, ..] = builds() else { panic!("no payload") };
    let shown = shown_where(plain);
    let field = |path: &str| path.split_once('/').unwrap().0.to_owned();
    let seen: BTreeSet<String> = shown.keys().map(|path| field(path)).collect();
    for path in plain.texts.keys().map(|path| field(path)) {
        assert_eq!(seen.contains(&path), is_shown(&path), "whether some page shows {path}");
    }
}

#[test]
fn hostile_text_changes_no_tag_and_is_shown_as_it_was_typed() {
    let [plain, hostile @ ..] = builds() else { panic!("no payload") };
    let shown = shown_where(plain);
    // Towns have addresses that are made of their names.
    let fixed = |path: &&String| {
        let list = path.strip_prefix("by/").or(path.strip_prefix("embed/")).unwrap_or_default();
        !list.starts_with("city/") && !list.starts_with("region/")
    };
    for Hostile { payload: Payload { name, text, .. }, texts, pages, .. } in hostile {
        assert!(plain.pages.keys().filter(fixed).eq(pages.keys().filter(fixed)), "{name}");
        for path in plain.pages.keys().filter(fixed) {
            let (was, is) = (&plain.pages[path].shape, &pages[path].shape);
            let first = was.iter().zip(is).find(|(was, is)| was != is);
            assert!(was == is, "{name}: {path}: other tags: {first:?}");
        }
        // Markdown means something by these.
        let means_something = text.contains(['&', '\\']);
        for (path, page) in &shown {
            let (text, is_markdown) = &texts[*path];
            let literal = !(*is_markdown && means_something);
            assert!(
                !literal || pages[*page].said.contains(&words(text)),
                "{name}: {path} is not shown as typed on {page}"
            );
        }
    }
}

/// By a text's path: a page that shows it.
fn shown_where(built: &Hostile) -> BTreeMap<&str, &str> {
    let pages: Vec<(&String, &Seen)> = built
        .pages
        .iter()
        .filter(|(path, _)| !path.starts_with("by/") && !path.starts_with("embed/"))
        .collect();
    let mut shown = BTreeMap::new();
    for (path, (text, _)) in &built.texts {
        if let Some((page, _)) = pages.iter().find(|(_, seen)| seen.said.contains(text.as_str())) {
            shown.insert(path.as_str(), page.as_str());
        }
    }
    shown
}

#[test]
fn hostile_text_reaches_no_file_for_machines() {
    let [plain, hostile @ ..] = builds() else { panic!("no payload") };
    for Hostile { payload: Payload { name, .. }, built, .. } in hostile {
        for path in ["robots.txt", "_headers", "_redirects", "CNAME", ".nojekyll"] {
            assert_eq!(built.text(path), plain.built.text(path), "{name}: {path}");
        }
        let sitemap = roxmltree::Document::parse(built.text("sitemap.xml")).unwrap();
        for entry in sitemap.descendants().filter(|node| node.has_tag_name("loc")) {
            let address = entry.text().unwrap().strip_prefix("https://x.example/").unwrap_or("?");
            assert!(built.files.contains_key(&format!("{address}index.html")), "{name}: {address}");
        }
        for path in built.files.keys() {
            let sound = |c: char| c.is_ascii_alphanumeric() || "-_/.".contains(c);
            assert!(path.chars().all(sound) && !path.contains(".."), "{name}: {path}");
        }
    }
}

/// Every field that is no text, with each hostile value: there must be an error, and nothing may be written of it.
#[test]
fn hostile_values_of_fields_that_are_no_text_are_errors() {
    let values = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "https://x.example/\"onclick=\"alert(1)",
        "https://x.example/\nSet-Cookie: x",
        "dana@example.org\nBcc: all@example.org",
        "groups.example.org\nevil.example",
        "data:text/html,x",
        "//evil.example",
        "a\n/* https://evil.example/:splat 200",
        "../../etc/passwd",
        "<script>",
        "2027-01-01<script>",
        "\u{202e}",
    ];
    for value in values {
        for (record, name, file) in [
            (&GROUP, "group", "content/groups/a.md"),
            (&VENUE, "venue", "content/venues/a.yaml"),
            (&RESOURCE, "resource", "content/resources/a.md"),
            (&PAGE, "page", "content/pages/a.md"),
            (&SITE, "site", "site.yaml"),
        ] {
            let paths = leaf_paths(name, record);
            assert!(paths.len() > 1, "{name}");
            let right = errors(name, record, file, ("", ""));
            assert!(right.is_empty(), "without the hostile value: {right:?}");
            for path in paths {
                let errors = errors(name, record, file, (&path, value));
                assert!(!errors.is_empty(), "{path}: {value:?} is taken");
            }
        }
    }
}

fn is_strict(shape: &Shape) -> bool {
    !matches!(
        shape,
        Shape::Text
            | Shape::Inline
            | Shape::Term
            | Shape::Anything
            | Shape::List(_)
            | Shape::Record(_)
            | Shape::Map(_)
            | Shape::Either(_)
    )
}

/// The paths of all fields that are no text.
fn leaf_paths(name: &str, record: &'static Record) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for variant in 0..VARIANTS {
        let mut ask = |path: &str, shape: &Shape| {
            if is_strict(shape) {
                paths.insert(path.to_owned());
            }
            Answer::Usual
        };
        Filler { variant, ask: &mut ask }.record(name, record);
    }
    paths
}

/// The errors of a site of one file with a hostile value in one field; it is never on a disk.
fn errors(
    name: &str,
    record: &'static Record,
    file: &str,
    (wanted, value): (&str, &str),
) -> Vec<String> {
    let mut fields = Value::Null;
    for variant in 0..VARIANTS {
        let mut used = false;
        let mut ask = |path: &str, shape: &Shape| {
            if path == wanted && is_strict(shape) {
                used = true;
                return Answer::Is(json!(value));
            }
            if wanted.starts_with(path) { Answer::Usual } else { fitting(path, variant) }
        };
        fields = Filler { variant, ask: &mut ask }.record(name, record);
        if used {
            break;
        }
    }
    let fields = yaml(&fields);
    let text = if is_markdown(file) { format!("---\n{fields}---\n") } else { fields };
    let mut loaded = Loaded::default();
    for (path, text) in
        [("site.yaml", SMALL_SITE), ("content/venues/slug.yaml", "name: Hall\n"), (file, &text)]
    {
        let kind = match path.split('/').nth(1) {
            None => DocumentKind::Settings,
            Some("groups") => DocumentKind::Group,
            Some("venues") => DocumentKind::Venue,
            Some("resources") => DocumentKind::Resource,
            _ => DocumentKind::Page,
        };
        let (document, problems) = load::document(kind, path, text.to_owned());
        loaded.diagnostics.extend(problems);
        match kind {
            DocumentKind::Settings => loaded.settings = Some(Arc::new(document)),
            _ => loaded.documents.push(Arc::new(document)),
        }
    }
    let facts = Facts { format: Format::Svg, width: None, height: None };
    let (path, file) = ("picture.svg".to_owned(), "picture.svg".into());
    loaded.statics.push(StaticFile {
        path,
        file,
        size: 1,
        facts: Some(Ok(facts)),
        text: None,
        version: 0,
    });
    let options = Options { now: NOW.parse().unwrap(), drafts: false, base_url: None };
    let problems = check(&loaded, &options).diagnostics.into_iter();
    problems.filter(|problem| problem.level == Level::Error).map(|problem| line(&problem)).collect()
}

const SMALL_SITE: &str =
    "title: Site\ntimezone: America/New_York\ncontact: {email: office@example.org}\n";

fn is_markdown(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}
