//! `sitemap.xml` as sitemaps.org 0.9 has it; a large site's is an index of several.

use jiff::civil::Date;

/// Where the sitemap, or the index of several, is published.
pub const PATH: &str = "sitemap.xml";

/// The most addresses in one file.
const MOST_ENTRIES: usize = 50_000;
/// The most bytes in one file: 50 MiB.
const MOST_BYTES: usize = 50 << 20;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page that search engines may find.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The absolute address, percent-encoded.
    pub url: &'a str,
    /// When its content was last changed, where the content says so.
    pub modified: Option<Date>,
}

/// The sitemap's files, path and text, the one at [`PATH`] first. `base_url` is the site's, with or without its last
/// slash; only the index of a large site uses it.
pub fn sitemap<'a>(
    base_url: &str,
    entries: impl IntoIterator<Item = Entry<'a>>,
) -> Vec<(String, String)> {
    split(base_url, entries, MOST_ENTRIES, MOST_BYTES)
}

fn split<'a>(
    base_url: &str,
    entries: impl IntoIterator<Item = Entry<'a>>,
    most_entries: usize,
    most_bytes: usize,
) -> Vec<(String, String)> {
    let frame = document("urlset", "").len();
    let mut parts: Vec<(usize, String)> = vec![(0, String::new())];
    for entry in entries {
        let line = line("url", entry.url, entry.modified);
        let is_full = |(count, text): &(usize, String)| {
            *count == most_entries || frame + text.len() + line.len() > most_bytes
        };
        if parts.last().is_some_and(|part| part.0 > 0 && is_full(part)) {
            parts.push((0, String::new()));
        }
        if let Some((count, text)) = parts.last_mut() {
            *count += 1;
            text.push_str(&line);
        }
    }
    if let [(_, text)] = parts.as_slice() {
        return vec![(PATH.to_owned(), document("urlset", text))];
    }
    let base_url = base_url.trim_end_matches('/');
    let path = |number: usize| format!("sitemap-{number}.xml");
    let index: String = (1..=parts.len())
        .map(|number| line("sitemap", &format!("{base_url}/{}", path(number)), None))
        .collect();
    let texts =
        parts.iter().enumerate().map(|(at, (_, text))| (path(at + 1), document("urlset", text)));
    [(PATH.to_owned(), document("sitemapindex", &index))].into_iter().chain(texts).collect()
}

fn document(element: &str, inside: &str) -> String {
    format!("{XML}<{element} xmlns=\"{NAMESPACE}\">\n{inside}</{element}>\n")
}

fn line(element: &str, url: &str, modified: Option<Date>) -> String {
    let modified = modified.map_or_else(String::new, |date| format!("<lastmod>{date}</lastmod>"));
    format!("<{element}><loc>{}</loc>{modified}</{element}>\n", escaped(url))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn entry(url: &str) -> Entry<'_> {
        Entry { url, modified: None }
    }

    #[test]
    fn addresses_are_escaped_and_dates_are_given_where_known() {
        let changed = Entry { url: "https://example.org/", modified: Some(date(2027, 1, 6)) };
        let files =
            sitemap("https://example.org/", [changed, entry("https://example.org/a?b=1&c='<d>\"")]);
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
            <url><loc>https://example.org/</loc><lastmod>2027-01-06</lastmod></url>\n\
            <url><loc>https://example.org/a?b=1&amp;c=&apos;&lt;d&gt;&quot;</loc></url>\n\
            </urlset>\n";
        assert_eq!(files, [("sitemap.xml".to_owned(), expected.to_owned())]);
        roxmltree::Document::parse(expected).unwrap();
    }

    #[test]
    fn a_large_site_has_an_index() {
        let urls: Vec<String> =
            (0..5).map(|page| format!("https://example.org/x/{page}/")).collect();
        let entries = || urls.iter().map(|url| entry(url));
        let by_count = split("https://example.org/x/", entries(), 2, usize::MAX);
        let paths: Vec<&str> = by_count.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        let texts: Vec<&str> = by_count.iter().map(|(_, text)| text.as_str()).collect();
        assert!(
            texts[0].contains("<sitemap><loc>https://example.org/x/sitemap-3.xml</loc></sitemap>"),
            "{}",
            texts[0]
        );
        assert!(texts[3].contains("/x/4/") && !texts[2].contains("/x/4/"));
        let most_bytes = texts[1].len();
        assert_eq!(split("https://example.org/x", entries(), 50, most_bytes), by_count);
        assert_eq!(sitemap("https://example.org/x", entries()).len(), 1);
        assert_eq!(sitemap("https://example.org/x", []).len(), 1);
    }

    #[test]
    fn fifty_thousand_addresses_are_one_file_and_one_more_are_two() {
        let entries = |count| std::iter::repeat_n(entry("https://example.org/"), count);
        assert_eq!(sitemap("https://example.org", entries(50_000)).len(), 1);
        assert_eq!(sitemap("https://example.org", entries(50_001)).len(), 3);
    }
}
