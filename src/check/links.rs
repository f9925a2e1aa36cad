//! Links into the site: where they lead, and whether something stands there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use crate::check::atlas::{Atlas, Seen};
use crate::check::fields::Findings;
use crate::check::subject::LinkUse;
use crate::check::values;
use crate::diagnostic::rules::content as rules;
use crate::model::facet::Facet;
use crate::model::group::Group;
use crate::suggest::closest;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// Into the site.
    Page {
        /// From the site's root, such as `/groups/tuesday/`.
        path: String,
        /// With its `?`, or empty.
        query: String,
        /// Without its `#`.
        fragment: Option<String>,
    },
    /// To the web, a mailbox or a telephone.
    Remote,
    /// Above the site's root.
    LeavesSite,
    /// To a content file that is not there.
    NoSuchFile(String),
}

/// Resolves a destination as written on the page at `url`, whose source is `file`.
///
/// `/x/` is from the site's root, whatever folder the site will stand in. A path that ends in `.md` names a content file
/// beside this one, as editors and code hosts understand it. Anything else is relative to the page's address (RFC 3986
/// §5.2).
pub(super) fn resolve(destination: &str, url: &str, file: &str, atlas: &Atlas) -> Reference {
    let (rest, fragment) = match destination.split_once('#') {
        Some((rest, fragment)) => {
            (rest, Some(fragment.to_owned()).filter(|fragment| !fragment.is_empty()))
        }
        None => (destination, None),
    };
    let (path, query) = rest.find('?').map_or((rest, ""), |mark| rest.split_at(mark));
    if path.split('/').next().is_some_and(|first| first.contains(':')) || path.starts_with("//") {
        return Reference::Remote;
    }
    let page = |path: String| Reference::Page {
        path,
        query: query.to_owned(),
        fragment: fragment.clone(),
    };
    if path.is_empty() {
        return page(url.to_owned());
    }
    let path = percent_decoded(path);
    if Path::new(&path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let full = if path.starts_with('/') { path.clone() } else { format!("/{folder}/{path}") };
        let Some(full) = normalise(&full) else { return Reference::LeavesSite };
        let source = full.trim_start_matches('/');
        let name = atlas.paths().get(source).and_then(|&index| atlas.name(index));
        return match name {
            Some(name) if !name.url.is_empty() => page(name.url.clone()),
            _ => Reference::NoSuchFile(source.to_owned()),
        };
    }
    let full = if path.starts_with('/') { path } else { format!("{url}{path}") };
    let Some(full) = normalise(&full) else { return Reference::LeavesSite };
    let with_slash = format!("{full}/");
    page(if atlas.addresses().contains_key(&with_slash) { with_slash } else { full })
}

/// Resolves `.` and `..` (RFC 3986 §5.2.4); nothing where they lead above the root.
pub(crate) fn normalise(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    let folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    let end = if folder && !parts.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", parts.join("/")))
}

/// `my%20photo.jpg` as `my photo.jpg` (RFC 3986 §2.1); what is no escape, or no UTF-8, stays.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or(&[]);
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// All that a link may lead to.
pub(super) struct Destinations<'a> {
    pub(super) atlas: &'a Atlas,
    /// Pages that the generator adds and static files, from the site's root.
    pub(super) others: BTreeSet<String>,
    /// Images that travel with a page, from the site's root, with the document that they belong to.
    pub(super) files: BTreeMap<String, usize>,
    /// Heading ids by document.
    pub(super) anchors: Vec<&'a BTreeSet<String>>,
    /// Listed groups.
    pub(super) listed: Vec<&'a Group>,
    /// Pages of facets' values: many, and few links lead to one.
    pub(super) facets: OnceLock<BTreeSet<String>>,
}

/// Reports a link that leads nowhere, to a page that is not for everybody, or to a heading that is not there.
pub(super) fn check(
    link: &LinkUse,
    from: usize,
    destinations: &Destinations<'_>,
    findings: &Findings,
) {
    let LinkUse { span, written, path, fragment } = link;
    let page = destinations.atlas.addresses().get(beside_calendar(path).unwrap_or(path));
    let Some(&index) = page.or_else(|| destinations.files.get(path)) else {
        if !destinations.has_other(path) && !destinations.has_other(&format!("{path}/")) {
            let problem =
                findings.at(&rules::BROKEN_LINK, *span, format!("nothing stands at `{written}`"));
            let from_root = format!("/{}", written.trim_start_matches("./"));
            let near =
                destinations.nearest(path, from).or_else(|| destinations.nearest(&from_root, from));
            let remote = remote_address(written);
            findings.add(match remote.as_deref().or(near) {
                Some(known) => problem.help(format!("did you mean `{known}`?")),
                None => {
                    problem.help("write the address of a page of this site, such as `/groups/`")
                }
            });
        }
        return;
    };
    let seen = destinations.atlas.name(index).map_or(Seen::Public, |name| name.seen);
    let hidden = match seen {
        Seen::Public => None,
        Seen::Unlisted => {
            Some("is unlisted: only people who were given its address should find it")
        }
        Seen::Draft => Some("is a draft, which is not published"),
        Seen::Internal => Some("is internal, which is never published"),
    };
    if let Some(why) = hidden.filter(|_| index != from) {
        let problem = findings.at(
            &rules::LINK_TO_HIDDEN_GROUP,
            *span,
            format!("the group at `{written}` {why}"),
        );
        findings.add(problem.help("take the link out, or change the group's `visibility`"));
    } else if let Some(fragment) = fragment.as_ref().filter(|_| page.is_some())
        && !destinations.has_anchor(index, fragment)
    {
        let problem = findings.at(
            &rules::BROKEN_LINK,
            *span,
            format!("`{path}` has no heading `#{fragment}`"),
        );
        let known = destinations.anchors.get(index).into_iter().copied().flatten();
        let known = known.map(String::as_str);
        findings.add(match closest(fragment, known) {
            Some(id) => problem.help(format!("did you mean `#{id}`?")),
            None => {
                problem.help("a heading's address is its words in lower case, joined by hyphens")
            }
        });
    }
}

/// `www.example.org` and `dana@example.org` with what makes them lead out of the site.
fn remote_address(written: &str) -> Option<String> {
    let host = written.split(['/', '?', '#']).next().unwrap_or(written);
    if values::is_email(written) {
        return Some(format!("mailto:{written}"));
    }
    let ends = [".com", ".edu", ".gov", ".info", ".net", ".org"];
    let looks_like_one = host.starts_with("www.") || ends.iter().any(|end| host.ends_with(end));
    looks_like_one.then(|| format!("https://{written}"))
}

/// The group's page beside which a calendar stands.
fn beside_calendar(path: &str) -> Option<&str> {
    let page = path.strip_suffix("calendar.ics")?;
    (page.starts_with("/groups/") && page != "/groups/").then_some(page)
}

impl Destinations<'_> {
    fn has_other(&self, path: &str) -> bool {
        let calendar = path.strip_suffix("calendar.ics");
        if calendar.is_some_and(|page| page == "/" || self.facets().contains(page)) {
            return true;
        }
        self.others.contains(path) || path.starts_with("/by/") && self.facets().contains(path)
    }

    fn facets(&self) -> &BTreeSet<String> {
        self.facets.get_or_init(|| {
            let values = |facet: Facet| {
                let values = self.listed.iter().flat_map(move |group| facet.values(group));
                values.map(move |value| format!("/by/{}/{}/", facet.name(), value.key))
            };
            Facet::ALL.into_iter().flat_map(values).collect()
        })
    }

    fn has_anchor(&self, index: usize, fragment: &str) -> bool {
        let known = self.anchors.get(index).is_some_and(|ids| ids.contains(fragment));
        known || crate::markdown::RESERVED_IDS.contains(&fragment)
    }

    /// The page nearest to a path, other than the one that links; whether or not the path ends with a slash.
    fn nearest(&self, path: &str, from: usize) -> Option<&str> {
        let path = path.trim_end_matches('/');
        let path = format!("{}/", path.strip_suffix(".html").unwrap_or(path));
        let pages = self.atlas.addresses().iter();
        let public = pages.filter(|(_, index)| {
            **index != from
                && self.atlas.name(**index).is_some_and(|name| name.seen == Seen::Public)
        });
        closest(
            &path,
            public
                .map(|(address, _)| address.as_str())
                .chain(self.others.iter().chain(self.facets()).map(String::as_str)),
        )
    }
}
