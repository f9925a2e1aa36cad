//! `_headers`: response headers for Netlify and Cloudflare Pages, and the policy that every page carries itself.
//!
//! An author's own `static/_headers` is merged, and wins: under a path that both have, the author's header takes the
//! place of ours of the same name, `! Name` takes ours away, and others are added; the author's other paths follow ours.
//! Comments are left out. A header under another path that matches too is sent beside ours, as the hosts do it; to change
//! the policy of one folder, repeat `/*` with the policy wanted. `headers_for` says what that makes for one address.

use std::fmt::Write as _;

use crate::export::calendar::MEDIA_TYPE;
use crate::render::CONTENT_SECURITY_POLICY;

/// Where it is published.
pub const PATH: &str = "_headers";

/// What only a header may say: no other site shows the page in a frame of its own (CSP Level 3 §6.4.2).
const FRAMES: &str = "frame-ancestors 'none'";

/// What no page of a directory of groups has a use for.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
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

/// The file's text, merged with the author's own.
pub fn headers(own: Option<&str>) -> String {
    let blocks = merged(own);
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
    for block in merged(own) {
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

/// Our blocks with the author's own.
fn merged(own: Option<&str>) -> Vec<Block> {
    let mut blocks = ours();
    for theirs in parse(own.unwrap_or_default()) {
        match blocks.iter_mut().find(|block| block.path == theirs.path) {
            Some(block) => block.merge(theirs),
            None => blocks.push(theirs),
        }
    }
    blocks
}

fn ours() -> Vec<Block> {
    let everywhere = vec![
        format!("Content-Security-Policy: {CONTENT_SECURITY_POLICY}; {FRAMES}"),
        "X-Content-Type-Options: nosniff".to_owned(),
        "Referrer-Policy: no-referrer".to_owned(),
        format!("Permissions-Policy: {PERMISSIONS}"),
    ];
    // Only here: hosts join the values of one header from all paths that match.
    let forever = vec!["Cache-Control: public, max-age=31536000, immutable".to_owned()];
    // A search that finds a file would find those of unlisted groups.
    let calendars = vec![format!("Content-Type: {MEDIA_TYPE}"), "X-Robots-Tag: noindex".to_owned()];
    vec![
        Block { path: "/*".to_owned(), lines: everywhere },
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
        let text = headers(None);
        let csp = format!(
            "/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n"
        );
        assert!(text.starts_with(&csp), "{text}");
        for line in [
            "  X-Content-Type-Options: nosniff\n",
            "  Referrer-Policy: no-referrer\n",
            "geolocation=(), ",
            "\n/*.ics\n  Content-Type: text/calendar; charset=utf-8\n  X-Robots-Tag: noindex\n",
            "\n/groups/finder.bin\n  Cache-Control: no-cache\n",
        ] {
            assert!(text.contains(line), "{line}");
        }
        assert!(
            text.ends_with("\n\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"),
            "{text}"
        );
        // Cloudflare Pages takes lines of up to 2,000 characters.
        assert!(text.lines().all(|line| line.len() < 2000));
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
            let text = headers(Some(own));
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
