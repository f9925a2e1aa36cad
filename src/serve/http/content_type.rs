//! The `Content-Type` of a published file, by the ending of its name. All text that is published is UTF-8.

use crate::export::calendar;

/// A file of a kind that is not listed is offered for download, as on most hosts.
pub(in crate::serve) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "ics" => calendar::MEDIA_TYPE,
        "json" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "m4a" => "audio/mp4",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_the_name_tells_the_type() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("assets/site.1f2e.css", "text/css; charset=utf-8"),
            ("assets/finder.js", "text/javascript; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("groups/tuesday/tuesday.ics", "text/calendar; charset=utf-8"),
            ("groups.json", "application/json; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json; charset=utf-8"),
            ("sitemap.xml", "application/xml; charset=utf-8"),
            ("logo.svg", "image/svg+xml; charset=utf-8"),
            ("a.avif", "image/avif"),
            ("a.gif", "image/gif"),
            ("favicon.ico", "image/x-icon"),
            ("a.jpg", "image/jpeg"),
            ("a.png", "image/png"),
            ("a.webp", "image/webp"),
            ("a.woff2", "font/woff2"),
            ("a.mp3", "audio/mpeg"),
            ("a.mp4", "video/mp4"),
            ("a.pdf", "application/pdf"),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }

    #[test]
    fn only_the_last_ending_of_the_last_part_counts_in_any_case() {
        assert_eq!(content_type("Flyer.PDF"), "application/pdf");
        assert_eq!(content_type("a.html.zip"), "application/zip");
        for path in ["CNAME", "v1.html/CNAME", "_headers", "a.", "", "a.docx"] {
            assert_eq!(content_type(path), "application/octet-stream", "{path}");
        }
    }
}
