//! Where a link or an image leads, judged on the address as the browser will read it.

/// What kind of place a decoded destination names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// A place in this site: `#x`, `x`, `../x`, `/x`, or nothing at all.
    Site,
    /// A page of another site: `http://…`, `https://…`.
    Web,
    /// A person: `mailto:…`, `tel:…`.
    Person,
    /// Anything else, and whatever a browser reads otherwise than a person would.
    Unsafe,
}

impl Destination {
    /// Judges a destination whose entities and backslash escapes are decoded.
    ///
    /// Browsers drop tabs, line ends and surrounding spaces, and read `\` as `/` (WHATWG URL, "basic URL parser"), so
    /// that `java<tab>script:` and `/\host` mean something else than they seem to: all of these are unsafe.
    pub(super) fn of(url: &str) -> Destination {
        let hidden = |c: char| c == '\\' || c.is_control() || (c.is_whitespace() && c != ' ');
        if url.contains(hidden) || url.trim() != url || url.starts_with("//") {
            return Destination::Unsafe;
        }
        match url.split_once([':', '/', '?', '#']) {
            Some((scheme, rest)) if url.get(scheme.len()..).is_some_and(|s| s.starts_with(':')) => {
                match scheme.to_ascii_lowercase().as_str() {
                    "http" | "https" if names_a_host(rest) => Destination::Web,
                    "mailto" | "tel" => Destination::Person,
                    _ => Destination::Unsafe,
                }
            }
            _ => Destination::Site,
        }
    }
}

/// Without `//` and a host, a browser reads `https:x` as an address in the page's own site.
fn names_a_host(rest: &str) -> bool {
    let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| !host.is_empty() && !host.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_site_are_told_from_the_web_and_from_traps() {
        use Destination::{Person, Site, Unsafe, Web};
        for (url, wanted) in [
            ("", Site),
            ("#why", Site),
            ("x", Site),
            ("../groups/x.md#who", Site),
            ("/groups/", Site),
            ("my photo.jpg", Site),
            ("./a:b", Site),
            ("?q=a:b", Site),
            ("https://example.org", Web),
            ("HTTPS://example.org/x y", Web),
            ("mailto:a@example.org?subject=Hello there", Person),
            ("tel:+1-740-555-0101", Person),
            ("//host", Unsafe),
            ("/\\host", Unsafe),
            ("\\\\host", Unsafe),
            ("/\t/host", Unsafe),
            (" /x", Unsafe),
            ("\u{1}javascript:x", Unsafe),
            ("JaVaScRiPt:x", Unsafe),
            ("java\nscript:x", Unsafe),
            ("data:text/html,x", Unsafe),
            ("vbscript:x", Unsafe),
            ("a:b", Unsafe),
            (":x", Unsafe),
            ("https:x", Unsafe),
            ("https:/x", Unsafe),
            ("https:///x", Unsafe),
            ("file:///etc/passwd", Unsafe),
        ] {
            assert_eq!(Destination::of(url), wanted, "{url:?}");
        }
    }
}
