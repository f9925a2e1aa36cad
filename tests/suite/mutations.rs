//! The example site with random damage: whatever is in a file, checking gives diagnostics that can be shown.

use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use roundtable::check::{Checked, Options, check};
use roundtable::diagnostic::{Diagnostic, Report, draw};
use roundtable::load::{Loaded, document, load};
use roundtable::publish::publish;
use roundtable::source::{Source, Span};
use roundtable::theme::Theme;

use crate::harness::{NOW, project};

/// The files that are damaged: one of each kind, and groups that use most fields.
const FILES: [&str; 8] = [
    "site.yaml",
    "content/groups/professionals/tuesday-consultation-circle.md",
    "content/groups/community/family-caregivers.md",
    "content/groups/community/grupo-de-apoyo.md",
    "content/venues/grace-church.yaml",
    "content/venues/willow-house.yaml",
    "content/resources/start-your-own-group/who-may-join.md",
    "content/pages/about.md",
];

/// What is typed into them.
const NASTY: [&str; 44] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ": ",
    ":",
    " #",
    "#",
    "\t",
    "- ",
    "-",
    "---\n",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\u{feff}",
    "\u{2028}",
    "\u{202e}",
    "\u{a0}",
    "é",
    "👩‍👩‍👧",
    "İ",
    "&a ",
    "*a",
    "!!x ",
    "@",
    "%",
    "|\n",
    ">-\n",
    "![](",
    "](",
    "<script>",
    "../../",
    "2027-02-30",
    "01/02/2027",
    "dana@example.org",
    "+1 740 555 0123",
    "passcode 1234",
    "~",
    "null",
    "\\",
];

#[derive(Clone, Debug)]
enum Damage {
    Delete { at: usize, length: usize },
    Insert { at: usize, what: usize },
    Repeat { at: usize, length: usize },
    Swap { one: usize, other: usize },
    Byte { at: usize, byte: u8 },
    Cut { at: usize },
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0..20_000_usize;
    prop_oneof![
        3 => (at.clone(), 1..80_usize).prop_map(|(at, length)| Damage::Delete { at, length }),
        6 => (at.clone(), 0..NASTY.len()).prop_map(|(at, what)| Damage::Insert { at, what }),
        2 => (at.clone(), 1..200_usize).prop_map(|(at, length)| Damage::Repeat { at, length }),
        2 => (at.clone(), at.clone()).prop_map(|(one, other)| Damage::Swap { one, other }),
        2 => (at.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte { at, byte }),
        1 => at.prop_map(|at| Damage::Cut { at }),
    ]
}

impl Damage {
    /// Does it to the bytes of a file; places are taken round its end.
    fn to(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let length_of_all = bytes.len();
        let place = |at: usize| at % length_of_all;
        let range = |at: usize, length: usize| place(at)..(place(at) + length).min(length_of_all);
        match *self {
            Damage::Delete { at, length } => drop(bytes.drain(range(at, length))),
            Damage::Insert { at, what } => {
                let at = place(at);
                bytes.splice(at..at, NASTY[what].bytes());
            }
            Damage::Repeat { at, length } => {
                let piece = bytes[range(at, length)].to_vec();
                let at = place(at);
                bytes.splice(at..at, piece);
            }
            Damage::Swap { one, other } => bytes.swap(place(one), place(other)),
            Damage::Byte { at, byte } => bytes[place(at)] = byte,
            Damage::Cut { at } => bytes.truncate(place(at)),
        }
    }
}

/// The example site, only those files of it that matter here.
fn sound() -> &'static Loaded {
    static SITE: OnceLock<Loaded> = OnceLock::new();
    SITE.get_or_init(|| {
        let mut site = load(&project().join("example-site")).unwrap();
        site.documents.retain(|document| FILES.contains(&document.source.path.as_str()));
        assert_eq!(site.documents.len() + 1, FILES.len(), "a file has another name now");
        site
    })
}

/// The same with one file damaged.
fn damaged(file: usize, damages: &[Damage]) -> Loaded {
    let whole = sound();
    let mut site = Loaded {
        settings: whole.settings.clone(),
        documents: whole.documents.clone(),
        images: whole.images.clone(),
        statics: whole.statics.clone(),
        ..Loaded::default()
    };
    let path = FILES[file];
    let mut documents = site.documents.iter_mut().chain(&mut site.settings);
    let place = documents.find(|document| document.source.path == path).unwrap();
    let mut bytes = place.source.text.clone().into_bytes();
    for damage in damages {
        damage.to(&mut bytes);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (read, found) = document(place.kind, path, text);
    *place = Arc::new(read);
    site.diagnostics = found;
    site
}

fn options() -> Options {
    Options { now: NOW.parse().unwrap(), drafts: false, base_url: None }
}

/// So many cases, or as many as `PROPTEST_CASES` says; a case that fails is told, not written into the project.
fn few(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").map_or(cases, |number| number.parse().unwrap());
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn judge(problem: &Diagnostic) {
    let inside = |source: &Source, span: Span| {
        let text = &source.text;
        assert!(
            span.start <= span.end && span.end <= text.len(),
            "{span:?} of {}: {problem:?}",
            text.len()
        );
        assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{span:?} cuts a character: {problem:?}"
        );
    };
    inside(&problem.source, problem.span);
    if let Some((span, _)) = &problem.fix {
        inside(&problem.source, *span);
    }
    if let Some((source, span, _)) = &problem.related {
        inside(source, *span);
    }
    for words in [Some(&problem.message), problem.help.as_ref()].into_iter().flatten() {
        assert!(!words.ends_with('.') || words.ends_with("..."), "a full stop: {words}");
    }
    assert!(problem.help.is_some() || problem.fix.is_some(), "no advice: {}", problem.message);
}

proptest! {
    #![proptest_config(few(200))]

    #[test]
    fn any_damage_is_told_in_places_that_exist(
        file in 0..FILES.len(),
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let loaded = damaged(file, &damages);
        let found = check(&loaded, &options()).diagnostics;
        found.iter().for_each(judge);
        let report = Report::new(found);
        let shown = draw::human(&report, false).len() + draw::json(&report).len();
        prop_assert!(shown > 0 && draw::github(&report, "").lines().count() == report.diagnostics().len());
    }
}

proptest! {
    #![proptest_config(few(12))]

    #[test]
    fn what_is_sound_of_a_damaged_site_can_be_published(
        file in 0..FILES.len(),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        let Checked { site, today, .. } = check(&damaged(file, &damages), &options());
        let theme = Theme::new(&[], &site.settings).unwrap();
        let publication = publish(site, theme, today).unwrap();
        prop_assert!(publication.pages > 3);
    }
}
