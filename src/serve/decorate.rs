//! What is added to a page on its way out: style sheet and script in its head, banner and panel in its body.
//!
//! Takes the bytes that are published and what is to be added; gives bytes that only have more in them, all of it escaped
//! and within the page's content security policy. Never changes what was there.

use std::sync::LazyLock;

use memchr::{memchr, memchr3, memmem};
use tera::{Context, Tera};

use crate::render::CONTENT_SECURITY_POLICY;
use crate::serve::banner::{Banner, Problems};
use crate::serve::panel::Panel;

/// What stands at `.roundtable/live.js`.
pub(super) const LIVE_SCRIPT: &str = include_str!("client/live.js");
/// What stands at `.roundtable/live.css`.
pub(super) const LIVE_SHEET: &str = include_str!("client/live.css");

/// What is added to a page.
#[derive(Clone, Copy)]
pub(super) struct Additions<'a> {
    /// The path that the site stands under, from `/` to `/`.
    pub base: &'a str,
    /// The page's address, as `live?page=` asks for it.
    pub path: &'a str,
    /// The fingerprint of what the page shows.
    pub seen: &'a str,
    /// The fingerprint of the theme's scripts.
    pub scripts: &'a str,
    /// The fingerprint of the pictures and files that the page shows.
    pub pictures: &'a str,
    /// The file of a page that is a draft.
    pub draft: Option<&'a str>,
    /// What is wrong.
    pub problems: Problems<'a>,
    /// What an organizer would like to know about the page.
    pub panel: Option<&'a Panel>,
}

/// The same page with the additions in it.
pub(super) fn decorate(html: &[u8], additions: &Additions<'_>) -> Vec<u8> {
    let [head, banner, panel] = pieces(additions);
    let places = places(html);
    let mut page = Vec::with_capacity(html.len() + head.len() + banner.len() + panel.len());
    let mut copied = 0;
    for (at, piece) in [(places.head, head), (places.top, banner), (places.bottom, panel)] {
        page.extend_from_slice(html.get(copied..at).unwrap_or_default());
        page.extend_from_slice(piece.as_bytes());
        copied = at;
    }
    page.extend_from_slice(html.get(copied..).unwrap_or_default());
    page
}

/// A page of its own for an address whose page could not be shown yet: it goes away by itself.
pub(super) fn problems_page(additions: &Additions<'_>, title: &str) -> Vec<u8> {
    let mut context = Context::new();
    context.insert("title", title);
    context.insert("policy", CONTENT_SECURITY_POLICY);
    decorate(render("page.html", &context).as_bytes(), additions)
}

/// What goes into the head, to the top of the body and to its end.
fn pieces(additions: &Additions<'_>) -> [String; 3] {
    let Additions { base, path, seen, scripts, pictures, draft, problems, panel } = *additions;
    let mut context = Context::new();
    let attributes = [("base", base), ("path", path), ("seen", seen), ("scripts", scripts)];
    for (name, value) in attributes.into_iter().chain([("pictures", pictures)]) {
        context.insert(name, value);
    }
    let banner = Banner::new(problems);
    let has_banner = banner.is_some() || draft.is_some();
    context.insert("banner", &banner.unwrap_or_default());
    context.insert("draft", &draft);
    context.insert("panel", &panel);
    let shown =
        |is_there: bool, name| if is_there { render(name, &context) } else { String::new() };
    [
        shown(true, "head.html"),
        shown(has_banner, "banner.html"),
        shown(panel.is_some(), "panel.html"),
    ]
}

/// An element without white space around it, which would be text of the page's own.
fn render(name: &str, context: &Context) -> String {
    let html = TEMPLATES.render(name, context).expect("the templates are our own");
    html.trim().to_owned()
}

static TEMPLATES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html"]);
    let templates = [
        ("words.html", include_str!("client/words.html").trim_end()),
        ("problem.html", include_str!("client/problem.html")),
        ("head.html", include_str!("client/head.html")),
        ("banner.html", include_str!("client/banner.html")),
        ("panel.html", include_str!("client/panel.html")),
        ("page.html", include_str!("client/page.html")),
    ];
    tera.add_raw_templates(templates).expect("the templates are our own");
    tera
});

/// Where the additions go, in the order of the page.
#[derive(Debug, PartialEq, Eq)]
struct Places {
    head: usize,
    top: usize,
    bottom: usize,
}

/// The script goes before every other one, so that it sees the page as it was sent; without a head it stands where the
/// body begins, and without a body the rest stands at the end.
fn places(html: &[u8]) -> Places {
    let tags: Vec<Tag<'_>> = Tags { html, at: 0 }.collect();
    let find = |name: &str, closes: bool| {
        tags.iter()
            .find(|tag| tag.closes == closes && tag.name.eq_ignore_ascii_case(name.as_bytes()))
    };
    let body = find("body", false);
    let head_ends = find("head", true).or(body).map_or(html.len(), |tag| tag.start);
    let head = find("script", false).map_or(head_ends, |tag| tag.start.min(head_ends));
    let top = body.or(find("head", true)).map_or(html.len(), |tag| tag.end);
    let ends = tags.iter().rev().find(|tag| tag.closes && tag.name.eq_ignore_ascii_case(b"body"));
    let bottom = ends.map_or(html.len(), |tag| tag.start);
    Places { head, top: top.max(head), bottom: bottom.max(top).max(head) }
}

/// A tag, not one in a comment or in the text of a script.
struct Tag<'a> {
    name: &'a [u8],
    closes: bool,
    start: usize,
    end: usize,
}

/// The tags of a page in their order.
struct Tags<'a> {
    html: &'a [u8],
    at: usize,
}

/// These hold text and no tags.
const TEXT_ONLY: [&[u8]; 5] = [b"script", b"style", b"title", b"textarea", b"template"];

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + memchr(b'<', self.html.get(self.at..)?)?;
            let rest = self.html.get(start + 1..)?;
            if let Some(comment) = rest.strip_prefix(b"!--") {
                self.at = start + 4 + memmem::find(comment, b"-->")?;
                continue;
            }
            let closes = rest.first() == Some(&b'/');
            let name = rest.get(usize::from(closes)..)?;
            let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let name = name.get(..length)?;
            let end = start + 1 + tag_length(rest)?;
            self.at = end;
            if name.is_empty() {
                continue;
            }
            if !closes && TEXT_ONLY.iter().any(|one| name.eq_ignore_ascii_case(one)) {
                self.at = end + closing(self.html.get(end..)?, name);
            }
            return Some(Tag { name, closes, start, end });
        }
    }
}

/// How far a tag reaches, its `>` included: one in a value's quotes does not end it.
fn tag_length(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
        let byte = *rest.get(found)?;
        if byte == b'>' {
            return Some(found + 1);
        }
        at = found + 2 + memchr(byte, rest.get(found + 1..)?)?;
    }
}

/// Where the text of an element ends.
fn closing(text: &[u8], name: &[u8]) -> usize {
    let mut ends = memmem::find_iter(text, b"</");
    let is_it = |at: &usize| {
        text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    ends.find(is_it).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Report};
    use crate::render::tests::{edition, fixture};
    use crate::render::{render as page_of, routes};
    use crate::serve::banner::Shown;
    use crate::serve::banner::tests::mistake;

    const HOSTILE: &str = "`<img src=x onerror=alert(1)>` </script></title>\"'<b>";

    fn additions<'a>(report: &'a Report, panel: Option<&'a Panel>) -> Additions<'a> {
        let problems =
            Problems { report, files: &["content/groups/tuesday.md"], shown: Shown::Before };
        let (seen, scripts, pictures) = ("{seen}", "{scripts}", "{pictures}");
        Additions {
            base: "{base}",
            path: "{page}",
            seen,
            scripts,
            pictures,
            draft: None,
            problems,
            panel,
        }
    }

    fn decorated(html: &str, additions: &Additions<'_>) -> String {
        String::from_utf8(decorate(html.as_bytes(), additions)).unwrap()
    }

    #[test]
    fn every_page_of_a_site_only_has_more_in_it() {
        let edition = edition(fixture::site());
        let report = Report::new(vec![mistake("content/groups/tuesday.md")]);
        for route in routes(&edition) {
            let published = page_of(&edition, &route).unwrap();
            let panel = Panel::new(&edition, &route, None, &report);
            let additions = Additions { draft: Some("a.md"), ..additions(&report, Some(&panel)) };
            let mut shown = String::from_utf8(decorate(&published, &additions)).unwrap();
            for piece in pieces(&additions) {
                assert_eq!(shown.matches(&piece).count(), 1, "{}", route.url());
                shown = shown.replace(&piece, "");
            }
            assert_eq!(shown.as_bytes(), published, "{}", route.url());
        }
    }

    #[test]
    fn the_script_comes_before_all_others_and_the_rest_into_the_body() {
        let html = "<!doctype html><html><head><!-- <script> </head> --><title><script></title>\
                    <SCRIPT src='>'></SCRIPT><style></head></style></HEAD>\n<body data-x=\"</body>\"><p>Text</p></body>\n</html>";
        let places = places(html.as_bytes());
        assert!(html.get(places.head..).unwrap().starts_with("<SCRIPT"));
        assert!(html.get(places.top..).unwrap().starts_with("<p>"));
        assert!(html.get(places.bottom..).unwrap().starts_with("</body>\n</html>"));
    }

    #[test]
    fn any_bytes_can_be_decorated() {
        let report = Report::new(vec![mistake("content/groups/tuesday.md")]);
        let edition = edition(fixture::site());
        let panel = Panel::new(&edition, &routes(&edition)[0], None, &report);
        let html = "<p>x<!-- <body <script>'</body><head></body></html><body a='";
        for end in 0..=html.len() {
            let shown = decorated(html.get(..end).unwrap(), &additions(&report, Some(&panel)));
            for part in ["live.js", "roundtable-banner", "roundtable-panel"] {
                assert!(shown.contains(part), "{end}: {shown}");
            }
        }
        decorate(b"\xff<\xfe>", &additions(&report, None));
    }

    #[test]
    fn nothing_that_is_shown_becomes_markup() {
        let mut found = mistake("content/groups/tuesday.md").help(HOSTILE);
        HOSTILE.clone_into(&mut found.message);
        let source =
            crate::source::SourceFile { path: format!("theme/{HOSTILE}"), text: HOSTILE.repeat(3) };
        let theme = Diagnostic { source: source.into(), ..found.clone() };
        let report = Report::new(vec![found, theme]);
        let edition = edition(fixture::site());
        let panel = Panel::new(&edition, &routes(&edition)[0], Some(HOSTILE), &report);
        let hostile = Additions {
            base: HOSTILE,
            path: HOSTILE,
            seen: HOSTILE,
            draft: Some(HOSTILE),
            ..additions(&report, Some(&panel))
        };
        let shown = String::from_utf8(problems_page(&hostile, HOSTILE)).unwrap();
        for markup in ["<img", "<b>", "</script></title>", "\"'"] {
            assert!(!shown.contains(markup), "{markup}: {shown}");
        }
        assert_eq!(shown.matches("<script").count(), 1);
        assert!(shown.contains("&lt;img src=x onerror=alert(1)&gt;"), "{shown}");
    }

    #[test]
    fn a_page_that_has_nothing_to_say_gets_the_script_alone() {
        let report = Report::default();
        let quiet = Problems { report: &report, files: &[], shown: Shown::Now };
        let shown = decorated(
            "<head></head><body></body>",
            &Additions { problems: quiet, ..additions(&report, None) },
        );
        assert!(shown.contains("live.js") && shown.ends_with("</head><body></body>"), "{shown}");
    }
}
