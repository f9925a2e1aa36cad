//! Any text as a group's file: it is read, checked, told about and shown without a panic, and every problem stands at
//! characters of the file.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use roundtable::check::{Options, check};
use roundtable::diagnostic::{Diagnostic, Report, draw};
use roundtable::load::{self, Document, DocumentKind, Loaded};
use roundtable::render::{Edition, render, routes};
use roundtable::source::{SourceFile, Span};
use roundtable::theme::Theme;

const SITE: &str = include_str!("../../../example-site/site.yaml");
const VENUE: &str = include_str!("../../../example-site/content/venues/willow-house.yaml");

static OPTIONS: LazyLock<Options> = LazyLock::new(|| Options {
    now: "2026-12-01T12:00:00Z".parse().expect("it is an instant"),
    drafts: true,
    base_url: None,
});
static SETTINGS: LazyLock<Arc<Document>> = LazyLock::new(|| sound(DocumentKind::Settings, "site.yaml", SITE));
static HOUSE: LazyLock<Arc<Document>> =
    LazyLock::new(|| sound(DocumentKind::Venue, "content/venues/willow-house.yaml", VENUE));
static THEME: LazyLock<Theme> = LazyLock::new(|| {
    let checked = check(&Loaded { settings: Some(SETTINGS.clone()), ..Loaded::default() }, &OPTIONS);
    Theme::new(&[], &checked.site.settings).expect("the embedded theme is sound")
});

fn sound(kind: DocumentKind, path: &str, text: &str) -> Arc<Document> {
    let (document, diagnostics) = load::document(kind, path, text.to_owned());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    Arc::new(document)
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (group, diagnostics) = load::document(DocumentKind::Group, "content/groups/any.md", text);
    let documents = vec![Arc::new(group), HOUSE.clone()];
    let loaded = Loaded { settings: Some(SETTINGS.clone()), documents, diagnostics, ..Loaded::default() };
    let checked = check(&loaded, &OPTIONS);
    for found in &checked.diagnostics {
        stands_in_its_file(found);
    }
    let report = Report::new(checked.diagnostics);
    assert_eq!(draw::human(&report, false).is_empty(), report.is_empty());
    let shown = checked.site.groups.len();
    let edition = Edition::new(checked.site, THEME.clone(), checked.today).expect("the theme shows any group");
    let routes = routes(&edition);
    let own = routes.iter().filter(|route| route.url().starts_with("/groups/") && route.url() != "/groups/");
    let pages = own.map(|route| render(&edition, route).expect("the theme shows any group")).count();
    assert!(pages >= shown, "{shown} groups on {pages} pages");
});

fn stands_in_its_file(found: &Diagnostic) {
    inside(found, &found.source, found.span);
    if let Some((span, _)) = &found.fix {
        inside(found, &found.source, *span);
    }
    if let Some((source, span, _)) = &found.related {
        inside(found, source, *span);
    }
}

fn inside(found: &Diagnostic, source: &SourceFile, span: Span) {
    let text = &source.text;
    let sound = span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
    assert!(sound, "{}: {} at {span:?} of {} bytes", found.rule.name, found.message, text.len());
}
