//! `robots.txt`, RFC 9309: everything may be read. What should not be found says `noindex` itself, which a crawler sees
//! only when it may read the page.

/// Where it is published.
pub const PATH: &str = "robots.txt";

/// The file's text, with the absolute address of the sitemap where there is one.
pub fn robots(sitemap: Option<&str>) -> String {
    let sitemap = sitemap.map_or_else(String::new, |address| format!("\nSitemap: {address}\n"));
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sitemap_is_named_where_there_is_one() {
        assert_eq!(robots(None), "User-agent: *\nAllow: /\n");
        let with = robots(Some("https://example.org/sitemap.xml"));
        assert_eq!(with, "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n");
    }
}
