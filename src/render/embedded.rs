//! Which files a page shows: pictures, style sheets and scripts. Takes a finished page; gives paths of the output. Pages
//! that it links to are not among them, and files of other sites neither.

use std::collections::BTreeSet;

use crate::check::links::{normalise, percent_decoded};
use crate::render::finish::links;

/// These lead elsewhere.
const WAYS: [&[u8]; 3] = [b"a", b"area", b"meta"];

/// The files that a page at a path of the output shows; `base` is the site's own path, from `/` to `/`. A file need not be
/// there.
pub(crate) fn embedded(html: &[u8], path: &str, base: &str) -> BTreeSet<String> {
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    let mut files = BTreeSet::new();
    links(html, &mut |tag, url| {
        if WAYS.iter().all(|way| !tag.eq_ignore_ascii_case(way)) {
            files.extend(str::from_utf8(url).ok().and_then(|url| file(url, folder, base)));
        }
    });
    files
}

fn file(url: &str, folder: &str, base: &str) -> Option<String> {
    let url = unescaped(url);
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.is_empty() || path.ends_with('/') || path.starts_with("//") || has_scheme {
        return None;
    }
    let path = percent_decoded(path);
    let full = match path.strip_prefix('/') {
        Some(_) => format!("/{}", path.strip_prefix(base)?),
        None => format!("/{folder}/{path}"),
    };
    Some(normalise(&full)?.trim_start_matches('/').to_owned())
}

/// The characters that templates and `finish` escape.
fn unescaped(url: &str) -> String {
    let escapes = [
        ("&#64;", "@"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    escapes.iter().fold(url.to_owned(), |url, (escape, character)| url.replace(escape, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_style_sheets_and_scripts_of_the_site_are_files_of_a_page() {
        let html = br#"<link rel="stylesheet" href="../../assets/1f/css/site.css"><script src='../../assets/1f/a.js'></script>
            <img src="b%20c&amp;d&#64;2.png?x#y" srcset="../e.webp 1x, ../../f.webp 2x"><video poster="g.jpg"></video>
            <a href="h.pdf">h</a><a href="../"><img src="./i.svg"></a><IMG SRC="j.png"><img src="https://other.example/k.png">
            <img src="//other.example/l.png"><img src="data:image/png;base64,"><img src="../../../above.png"><img src="">
            <!-- <img src="m.png"> --><meta http-equiv="refresh" content="0; url=n/">"#;
        let found = embedded(html, "groups/x/index.html", "/");
        let expected = [
            "assets/1f/a.js",
            "assets/1f/css/site.css",
            "f.webp",
            "groups/e.webp",
            "groups/x/b c&d@2.png",
            "groups/x/g.jpg",
            "groups/x/i.svg",
        ];
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_page_that_stands_anywhere_names_files_from_the_site_s_own_path() {
        let html = br#"<img src="/sub/a.png"><img src="/b.png"><img src="/sub/">"#;
        assert_eq!(embedded(html, "404.html", "/sub/"), BTreeSet::from(["a.png".to_owned()]));
    }
}
