//! `CNAME`: the domain of a site on GitHub Pages.

/// Where it is published.
pub const PATH: &str = "CNAME";

/// The file's text, from the `host: {cname: …}` of `site.yaml`: one bare domain.
pub fn cname(domain: &str) -> String {
    format!("{}\n", domain.trim())
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_one_line() {
        assert_eq!(super::cname("groups.example.org"), "groups.example.org\n");
    }
}
