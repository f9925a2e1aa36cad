//! `_headers`: response headers for Netlify and Cloudflare Pages, and the policy that every page carries itself.
//!
//! An author's own `static/_headers` is merged, and wins: under a path that both have, the author's header takes the
//! place of ours of the same name, `! Name` takes ours away, and others are added; the author's other paths follow ours.
//! Comments are left out. A header under another path that matches too is sent beside ours, as the hosts do it; a policy
//! under `/*` is the author's for every page, so ours is under no other path then. `headers_for` says what that makes for
//! one address.
//!
//! Other sites may show in a frame what is below `/embed/`, and nothing else. No host takes a path that means all but one
//! folder, and where several paths match, some send the policies of all and some that of one. So `/*` says nothing about
//! frames, and each folder and page but `/embed/` repeats the policy with that word. A page that is not there is shown by
//! hosts at any address, and so has the word at its own only.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::export::calendar::MEDIA_TYPE;
use crate::render::CONTENT_SECURITY_POLICY;

/// Where it is published.
pub const PATH: &str = "_headers";

/// The path of all addresses.
const EVERYWHERE: &str = "/*";

const POLICY: &str = "Content-Security-Policy";

/// What only a header may say: no other site shows the page in a frame of its own (CSP Level 3 §6.4.2).
const FRAMES: &str = "frame-ancestors 'none'";

/// What no page of a directory of groups has a use for; the finder asks where its reader is, frames of others never.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), \
     magnetometer=(), microphone=(), payment=(), usb=()";

/// The folder of files whose names change with their bytes.
const HASHED: &str = "/assets/*";

/// Calendars, whose type not every host knows.
const CALENDARS: &str = "/*.ics";

/// The finder's index, whose address stays while its content changes.
const FINDER: &str = "/groups/finder.bin";

/// Headers of all addresses that match a path.
struct Block {
    path: String,
    /// `Name: value`, or `! Name`.
    lines: Vec<String>,
}

/// The file's text, merged with the author's own, for a site that publishes files at some paths.
pub fn headers<'a>(own: Option<&str>, paths: impl IntoIterator<Item = &'a str>) -> String {
    let places = paths.into_iter().chain([""]).filter_map(unframed);
    let blocks = merged(own, &places.collect());
    let mut text = String::new();
    for block in blocks.iter().filter(|block| !block.lines.is_empty()) {
        let separator = if text.is_empty() { "" } else { "\n" };
        writeln!(text, "{separator}{}", block.path).expect("a String takes all");
        for line in &block.lines {
            writeln!(text, "  {line}").expect("a String takes all");
        }
    }
    text
}

/// The headers that a host sends with an address from the site's root, such as `/groups/x/`: of all blocks whose path
/// matches, in order. Blocks of whole addresses (`https://…`) are for other domains than the one that asks.
pub(crate) fn headers_for(own: Option<&str>, url: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    let place = unframed(url.trim_start_matches('/'));
    for block in merged(own, &place.into_iter().collect()) {
        let mut filled = Vec::new();
        if !fits(&block.path, url, &mut filled) {
            continue;
        }
        for line in &block.lines {
            let known = |(other, _): &(String, String)| other.to_ascii_lowercase() == name(line);
            let Some((written, value)) = line.split_once(':').filter(|_| !line.starts_with('!'))
            else {
                headers.retain(|header| !known(header));
                continue;
            };
            let value = filled.iter().fold(value.trim().to_owned(), |value, (place, words)| {
                value.replace(&format!(":{place}"), words)
            });
            match headers.iter_mut().find(|header| known(header)) {
                Some((_, before)) => *before = format!("{before}, {value}"),
                None => headers.push((written.trim().to_owned(), value)),
            }
        }
    }
    headers
}

/// Whether an address fits a path, in which `*` stands for anything and `:name` for a part between slashes; what they
/// stand for is `filled`, by name.
fn fits<'a>(path: &'a str, url: &'a str, filled: &mut Vec<(&'a str, &'a str)>) -> bool {
    if let Some(rest) = path.strip_prefix('*') {
        // The hosts take one only.
        let end = url.len().checked_sub(rest.len()).and_then(|end| url.split_at_checked(end));
        let Some((splat, _)) = end.filter(|(_, end)| *end == rest) else { return false };
        filled.push(("splat", splat));
        return true;
    }
    if let Some(rest) = path.strip_prefix("/:") {
        let (place, rest) = rest.split_at(rest.find(['/', '*', '.']).unwrap_or(rest.len()));
        let Some(url) = url.strip_prefix('/') else { return false };
        let (words, url) = url.split_at(url.find('/').unwrap_or(url.len()));
        filled.push((place, words));
        return !words.is_empty() && fits(rest, url, filled);
    }
    let mut letters = path.chars();
    match letters.next() {
        None => url.is_empty(),
        Some(letter) => {
            url.strip_prefix(letter).is_some_and(|url| fits(letters.as_str(), url, filled))
        }
    }
}

/// The place, as a path with a `*`, that keeps a file out of the frames of other sites; none for what they may show and
/// for parts of pages.
fn unframed(path: &str) -> Option<String> {
    match path.split_once('/') {
        Some(("embed" | "assets", _)) => None,
        Some((folder, _)) => Some(format!("/{folder}/*")),
        None => Some(format!("/{path}")),
    }
}

/// Our blocks with the author's own; at some places no page may be shown in a frame.
fn merged(own: Option<&str>, unframed: &BTreeSet<String>) -> Vec<Block> {
    let theirs = parse(own.unwrap_or_default());
    let is_policy = |line: &String| name(line) == POLICY.to_ascii_lowercase();
    let decides = |block: &Block| block.path == EVERYWHERE && block.lines.iter().any(is_policy);
    let mut blocks = ours();
    if !theirs.iter().any(decides) {
        let lines = || vec![format!("{POLICY}: {CONTENT_SECURITY_POLICY}; {FRAMES}")];
        blocks.extend(unframed.iter().map(|path| Block { path: path.clone(), lines: lines() }));
    }
    for theirs in theirs {
        match blocks.iter_mut().find(|block| block.path == theirs.path) {
            Some(block) => block.merge(theirs),
            None => blocks.push(theirs),
        }
    }
    blocks
}

fn ours() -> Vec<Block> {
    let everywhere = vec![
        format!("{POLICY}: {CONTENT_SECURITY_POLICY}"),
        "X-Content-Type-Options: nosniff".to_owned(),
        "Referrer-Policy: no-referrer".to_owned(),
        format!("Permissions-Policy: {PERMISSIONS}"),
    ];
    // Only here: hosts join the values of one header from all paths that match.
    let forever = vec!["Cache-Control: public, max-age=31536000, immutable".to_owned()];
    // A search that finds a file would find those of unlisted groups.
    let calendars = vec![format!("Content-Type: {MEDIA_TYPE}"), "X-Robots-Tag: noindex".to_owned()];
    vec![
        Block { path: EVERYWHERE.to_owned(), lines: everywhere },
        Block { path: CALENDARS.to_owned(), lines: calendars },
        Block { path: FINDER.to_owned(), lines: vec!["Cache-Control: no-cache".to_owned()] },
        Block { path: HASHED.to_owned(), lines: forever },
    ]
}

/// Blocks in the order written. A line that begins with `/` or `https://` is a path; header lines before the first path
/// belong to none and are left out, as the hosts do.
fn parse(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('/') || line.starts_with("https://") {
            blocks.push(Block { path: line.to_owned(), lines: Vec::new() });
        } else if let Some(block) = blocks.last_mut() {
            block.lines.push(line.to_owned());
        }
    }
    blocks
}

impl Block {
    fn merge(&mut self, theirs: Block) {
        self.lines.retain(|line| theirs.lines.iter().all(|other| name(other) != name(line)));
        // Taking away a header that is not there any more would be noise.
        self.lines.extend(theirs.lines.into_iter().filter(|line| !line.starts_with('!')));
    }
}

/// The header's name, as names are compared.
fn name(line: &str) -> String {
    let name = line.split_once(':').map_or(line, |(name, _)| name);
    name.trim_start_matches('!').trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_and_every_hashed_file_has_its_headers() {
        let text = headers(None, ["assets/1f/css/site.css", "embed/1f/index.html"]);
        let csp = format!("/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n");
        assert!(text.starts_with(&csp), "{text}");
        for line in [
            "  X-Content-Type-Options: nosniff\n",
            "  Referrer-Policy: no-referrer\n",
            "camera=(), display-capture=(), geolocation=(self), ",
            "\n/*.ics\n  Content-Type: text/calendar; charset=utf-8\n  X-Robots-Tag: noindex\n",
            "\n/groups/finder.bin\n  Cache-Control: no-cache\n",
        ] {
            assert!(text.contains(line), "{line}");
        }
        let forever = "\n\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\n/\n";
        assert!(text.contains(forever), "{text}");
        assert!(text.ends_with(&format!("\n\n/\n  {}\n", unframed_policy())), "{text}");
        // Cloudflare Pages takes lines of up to 2,000 characters.
        assert!(text.lines().all(|line| line.len() < 2000));
    }

    fn unframed_policy() -> String {
        format!("Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'")
    }

    /// The policies that are sent with an address.
    fn policy(own: &str, url: &str) -> Option<String> {
        let headers = headers_for(Some(own), url).into_iter();
        headers.into_iter().find(|(name, _)| name == POLICY).map(|(_, value)| value)
    }

    #[test]
    fn frames_may_show_what_is_below_embed_and_nothing_else() {
        let paths = ["index.html", "groups/x/index.html", "groups/y/index.html", "about/us.jpg"];
        let text = headers(None, paths.into_iter().chain(["embed/1f/index.html", "404.html"]));
        let word = unframed_policy();
        for place in ["/", "/index.html", "/404.html", "/groups/*", "/about/*"] {
            assert_eq!(
                text.matches(&format!("\n{place}\n  {word}\n")).count(),
                1,
                "{place}: {text}"
            );
        }
        assert_eq!(text.matches(FRAMES).count(), 5, "{text}");
        for url in ["/", "/groups/", "/groups/x/", "/embedded/", "/plan.pdf", "/old/embed/"] {
            // A host that sends one of the policies sends the last, which says all.
            let sent = policy("", url).unwrap();
            let (first, last) = sent.split_once(", ").unwrap_or_else(|| panic!("{url}: {sent}"));
            assert_eq!(first, CONTENT_SECURITY_POLICY, "{url}");
            assert_eq!(last, format!("{CONTENT_SECURITY_POLICY}; {FRAMES}"), "{url}");
        }
        for url in ["/embed/1f/", "/embed/topic/grief/", "/assets/1f/css/site.css"] {
            assert_eq!(policy("", url).as_deref(), Some(CONTENT_SECURITY_POLICY), "{url}");
        }
    }

    #[test]
    fn an_authors_policy_for_all_pages_is_the_only_one() {
        let own = "/*\n  content-security-policy: default-src 'self'\n";
        assert_eq!(headers(Some(own), ["groups/index.html"]).matches("default-src").count(), 1);
        let own = "/*\n  ! Content-Security-Policy\n";
        assert!(!headers(Some(own), ["groups/index.html"]).contains(FRAMES));
        assert_eq!(policy(own, "/groups/"), None);
        let own = "/groups/*\n  Content-Security-Policy: frame-ancestors 'self'\n";
        let sent = policy(own, "/groups/x/").unwrap();
        assert_eq!(sent, format!("{CONTENT_SECURITY_POLICY}, frame-ancestors 'self'"));
    }

    #[test]
    fn the_authors_headers_win() {
        let cases = [
            (
                "replaced",
                "/*\n  referrer-policy: same-origin\n",
                "\n  referrer-policy: same-origin\n",
                "no-referrer",
            ),
            ("taken away", "/*\n  ! Permissions-Policy\n", "/*\n", "Permissions-Policy"),
            (
                "added",
                "\u{feff}# a note\r\n/*\r\n\tX-Own: 1: 2\r\n",
                "\n  X-Own: 1: 2\n",
                "# a note",
            ),
            (
                "another path",
                "/feed.xml\n  Cache-Control: no-cache",
                "\n\n/feed.xml\n  Cache-Control: no-cache\n",
                "!",
            ),
            (
                "a whole address",
                "https://a.example/*\nX-Robots-Tag: noindex",
                "\n\nhttps://a.example/*\n  X-Robots-Tag",
                "!",
            ),
            ("no path", "X-Lost: 1\n", "/*\n", "X-Lost"),
        ];
        for (case, own, there, gone) in cases {
            let text = headers(Some(own), []);
            assert!(text.contains(there) && !text.contains(gone), "{case}: {text}");
            assert!(text.contains("nosniff") && text.contains("immutable"), "{case}: {text}");
        }
    }

    fn sent(own: &str, url: &str) -> Vec<String> {
        let headers = headers_for(Some(own), url).into_iter();
        let ours = [
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Permissions-Policy",
        ];
        let others = headers.filter(|(name, _)| !ours.contains(&name.as_str()));
        others.map(|(name, value)| format!("{name}: {value}")).collect()
    }

    #[test]
    fn an_address_has_the_headers_of_every_path_that_fits() {
        let calendar = ["Content-Type: text/calendar; charset=utf-8", "X-Robots-Tag: noindex"];
        let forever = "Cache-Control: public, max-age=31536000, immutable";
        let own = "/*\n! Referrer-Policy\nreferrer-policy: origin\n/groups/*\nX-Own: 1\n/groups/:name/\nX-Own: :name\n\
            Link: </next/:splat>\n/old/*\nX-Robots-Tag: noindex\n/old/*.ics\n! X-Robots-Tag\nX-Rest: :splat\n\
            https://other.example/*\nX-Other: 1\n/twice/*/*\nX-Twice: 1\n";
        let cases: [(&str, &[&str]); 9] = [
            ("/", &[]),
            ("/calendar.ics", &calendar),
            ("/assets/1f/css/site.css", &[forever]),
            ("/assets", &[]),
            ("/groups/", &["X-Own: 1"]),
            ("/groups/x/", &["X-Own: 1, x", "Link: </next/:splat>"]),
            ("/groups/x/y", &["X-Own: 1"]),
            ("/old/a/b", &["X-Robots-Tag: noindex"]),
            ("/old/a/b.ics", &[calendar[0], "X-Rest: a/b"]),
        ];
        for (url, expected) in cases {
            let expected: Vec<String> = ["referrer-policy: origin"]
                .iter()
                .chain(expected)
                .map(|line| (*line).to_owned())
                .collect();
            let mut found = sent(own, url);
            found.sort_by_key(|line| !line.starts_with("referrer"));
            assert_eq!(found, expected, "{url}");
        }
        assert_eq!(headers_for(None, "/").len(), 4);
    }
}
