//! `_redirects`: old addresses for Netlify and Cloudflare Pages. Other hosts serve the small pages that redirect.

use std::fmt::Write as _;

/// Where it is published.
pub const PATH: &str = "_redirects";

/// The file's text: the author's own `static/_redirects` first, as the first line that matches wins, then a line for each
/// `(old address, new address)`, both from the site's root (`/groups/old/`).
pub fn redirects<'a>(
    own: Option<&str>,
    aliases: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let own = own.unwrap_or_default().trim_start_matches('\u{feff}').trim_end();
    let mut text = own.lines().fold(String::new(), |text, line| text + line + "\n");
    for (old, new) in aliases {
        writeln!(text, "{old} {new} 301").expect("a String takes all");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authors_lines_come_first() {
        let aliases = [("/groups/old/", "/groups/new/"), ("/about-us/", "/about/")];
        let cases = [
            (None, "/groups/old/ /groups/new/ 301\n/about-us/ /about/ 301\n"),
            (
                Some("\u{feff}/x /y\r\n\r\n"),
                "/x /y\n/groups/old/ /groups/new/ 301\n/about-us/ /about/ 301\n",
            ),
        ];
        for (own, text) in cases {
            assert_eq!(redirects(own, aliases), text);
        }
        assert_eq!(redirects(None, []), "");
    }
}
