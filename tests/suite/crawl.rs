//! The example site as a browser finds it: every link leads somewhere, every page has what every page needs, and nothing
//! comes from elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use iri_string::format::ToDedicatedString as _;
use iri_string::types::{UriAbsoluteStr, UriReferenceStr};
use roundtable::model::group::{Status, Visibility};
use roundtable::render::CONTENT_SECURITY_POLICY;

use crate::built::{self, Built, example, example_pages, example_site, unpacked};
use crate::harness;
use crate::html::{Element, Page};

/// Where a test host serves a site.
const HOST: &str = "https://x.example";

/// What a reference means on a page, in the words of the standard's own resolution (RFC 3986, section 5).
fn resolve(page: &str, reference: &str) -> Result<String, String> {
    let base = UriAbsoluteStr::new(page).unwrap();
    let reference =
        UriReferenceStr::new(reference).map_err(|error| format!("`{reference}`: {error}"))?;
    Ok(reference.resolve_against(base).to_dedicated_string().to_string())
}

/// The address of a file of the output, served below `root`, which begins and ends with `/`.
fn address(root: &str, path: &str) -> String {
    format!("{HOST}{root}{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// The file and the heading that an address below `root` names; none for an address elsewhere.
fn target(root: &str, address: &str) -> Option<Result<(String, Option<String>), String>> {
    let own = address.strip_prefix(HOST)?;
    let Some(below) = own.strip_prefix(root) else {
        return Some(Err(format!("{own} lies outside of {root}")));
    };
    let (path, fragment) =
        below.split_once('#').map_or((below, None), |(path, id)| (path, Some(id.to_owned())));
    let path = decoded(path.split('?').next().unwrap());
    let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    Some(Ok((format!("{path}{index}"), fragment)))
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (first, after) {
            let digits = [*high, *low];
            bytes.push(u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap());
            rest = after;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What is wrong with the links of a page.
fn broken_links(
    root: &str,
    path: &str,
    page: &Page,
    built: &Built,
    pages: &BTreeMap<&str, Page>,
) -> Vec<String> {
    let mut faults = Vec::new();
    for (element, reference) in page.references() {
        if element.attribute("rel") == Some("canonical") {
            continue;
        }
        let found = resolve(&address(root, path), &reference).map(|address| target(root, &address));
        match found {
            Ok(None) => {}
            Ok(Some(Ok((file, fragment)))) => {
                let stands = built.files.contains_key(&file);
                let id = fragment.filter(|id| !id.is_empty());
                let marked = id.as_ref().is_none_or(|id| {
                    pages
                        .get(file.as_str())
                        .is_some_and(|page| page.ids().any(|one| one == decoded(id)))
                });
                if !stands || !marked {
                    faults.push(format!("{path}: `{reference}` leads to nothing: {file}{id:?}"));
                }
            }
            Ok(Some(Err(fault))) | Err(fault) => {
                faults.push(format!("{path}: `{reference}`: {fault}"));
            }
        }
    }
    faults
}

fn all_broken_links(root: &str) -> Vec<String> {
    let pages = example_pages();
    let elsewhere = pages.iter().filter(|(path, _)| **path != "404.html");
    elsewhere.flat_map(|(path, page)| broken_links(root, path, page, example(), pages)).collect()
}

#[test]
fn every_link_leads_to_a_file_and_its_heading_at_the_root_and_below_a_path() {
    for root in ["/", "/sub/path/"] {
        let faults = all_broken_links(root);
        assert!(faults.is_empty(), "served at {root}:\n{}", faults.join("\n"));
    }
}

#[test]
fn links_into_the_site_are_relative_except_on_the_page_for_lost_addresses() {
    let own = "https://groups.example.org/";
    for (path, page) in example_pages().iter().filter(|(path, _)| **path != "404.html") {
        for (element, reference) in page.references() {
            assert!(
                !reference.starts_with('/'),
                "{path}: `{reference}` works at a domain's root only"
            );
            let canonical = element.attribute("rel") == Some("canonical");
            assert!(canonical || !reference.starts_with(own), "{path}: `{reference}` is absolute");
        }
    }
}

#[test]
fn the_page_for_lost_addresses_uses_the_path_of_the_site() {
    let (root, base) = ("/sub/path/", "https://x.example/sub/path/");
    let built = built::build(&example_site(), &["--base-url", base]);
    let pages = built.pages();
    let lost = &pages["404.html"];
    let mut count = 0;
    for (_, reference) in lost.references() {
        let elsewhere = ["https:", "tel:", "sms:", "mailto:", "#"]
            .iter()
            .any(|start| reference.starts_with(start));
        assert!(elsewhere || reference.starts_with(root), "`{reference}`");
        count += usize::from(!elsewhere);
    }
    assert!(count > 10, "only {count} links lead into the site");
    // A host serves it at any depth.
    for path in ["404.html", "groups/gone/404.html", "a/b/c/d/404.html"] {
        let faults = broken_links(root, path, lost, &built, &pages);
        let real: Vec<_> = faults.iter().filter(|fault| !fault.contains("`#main`")).collect();
        assert!(real.is_empty(), "{real:?}");
    }
    // Everything else is the same folder, wherever it is served.
    for (path, page) in pages.iter().filter(|(path, _)| **path != "404.html") {
        assert!(broken_links(root, path, page, &built, &pages).is_empty(), "{path}");
    }
}

#[test]
fn style_sheets_and_scripts_load_only_files_of_the_site() {
    let built = example();
    let mut count = 0;
    for (path, bytes) in &built.files {
        let text = || str::from_utf8(bytes).unwrap();
        let references: Vec<String> = match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("css") => css_references(text()),
            Some("js") => js_references(text()),
            _ => continue,
        };
        count += 1;
        for reference in references {
            let address = resolve(&address("/", path), &reference).unwrap();
            let (file, _) =
                target("/", &address).unwrap_or_else(|| panic!("{path}: {reference}")).unwrap();
            assert!(built.files.contains_key(&file), "{path}: {reference}");
        }
    }
    assert!(count > 5, "only {count} style sheets and scripts");
}

fn css_references(css: &str) -> Vec<String> {
    let after = css.split("url(").skip(1).chain(css.split("@import").skip(1));
    let first = |rest: &str| {
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        rest.split(['"', '\'', ')', ';']).next().unwrap().to_owned()
    };
    after.map(first).filter(|reference| !reference.starts_with("data:")).collect()
}

fn js_references(js: &str) -> Vec<String> {
    let statements =
        js.lines().filter(|line| line.starts_with("import ") || line.starts_with("export "));
    let from = statements.filter_map(|line| line.split_once("from ").map(|(_, rest)| rest));
    from.filter_map(|rest| rest.split(['"', '\'']).nth(1).map(str::to_owned)).collect()
}

/// The files to which each page has a link that a reader can follow, or that its browser fetches.
fn followed(page: &Page, path: &str, wanted: impl Fn(&Element) -> bool) -> BTreeSet<String> {
    let references = page.references().into_iter().filter(|(element, _)| wanted(element));
    let addresses =
        references.map(|(_, reference)| resolve(&address("/", path), &reference).unwrap());
    addresses.filter_map(|address| Some(target("/", &address)?.unwrap().0)).collect()
}

#[test]
fn every_page_can_be_reached_from_the_home_page() {
    let pages = example_pages();
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut waiting = vec!["index.html".to_owned()];
    while let Some(path) = waiting.pop() {
        let Some(page) = pages.get(path.as_str()) else { continue };
        for next in followed(page, &path, |element| element.name == "a") {
            if reached.insert(next.clone()) {
                waiting.push(next);
            }
        }
    }
    let site = example_model();
    let alone: BTreeSet<String> = site
        .groups
        .iter()
        .filter(|group| group.visibility == Visibility::Unlisted || group.status == Status::Ended)
        .map(|group| format!("groups/{}/index.html", group.slug))
        .chain(["404.html".to_owned()])
        .chain(former_addresses())
        .chain(framed().map(str::to_owned))
        .collect();
    for path in pages.keys() {
        assert_eq!(reached.contains(*path), !alone.contains(*path), "{path}");
    }
}

#[test]
fn every_asset_is_used_by_some_page() {
    let used: BTreeSet<String> =
        example_pages().iter().flat_map(|(path, page)| followed(page, path, |_| true)).collect();
    // The example has a logo, which stands in for the theme's icon.
    let stands_by = |path: &&String| path.ends_with("/icons/icon.svg");
    let assets = example().files.keys().filter(|path| path.starts_with("assets/"));
    let index = unpacked(&example().files["groups/finder.bin"]);
    let index = String::from_utf8_lossy(&index);
    for path in assets.filter(|path| !stands_by(path)) {
        let plane = path.strip_prefix("assets/finder/").map(|name| name.trim_end_matches(".bin"));
        let is_used = match plane {
            Some(name) => index.contains(&format!("\"{name}\"")),
            None => used.contains(path),
        };
        assert!(is_used, "no page uses {path}");
    }
}

/// The pages that other sites show in a frame.
fn framed() -> impl Iterator<Item = &'static str> {
    example_pages().keys().copied().filter(|path| path.starts_with("embed/"))
}

/// What the checker made of the example site.
fn example_model() -> &'static roundtable::model::Site {
    static MODEL: OnceLock<roundtable::model::Site> = OnceLock::new();
    MODEL.get_or_init(|| harness::check(&example_site()).site)
}

/// The files at old addresses, read off the authors' `aliases`.
fn former_addresses() -> BTreeSet<String> {
    let site = example_model();
    let groups = site.groups.iter().flat_map(|group| &group.aliases);
    let groups = groups.map(|alias| format!("groups/{alias}/index.html"));
    let resources =
        site.resources.iter().flat_map(|page| page.aliases.iter().map(|alias| page.url_of(alias)));
    let pages = site.pages.iter().flat_map(|page| &page.aliases).map(|alias| format!("/{alias}/"));
    let others =
        resources.chain(pages).map(|url| format!("{}index.html", url.trim_start_matches('/')));
    groups.chain(others).collect()
}

#[test]
fn every_page_has_what_every_page_needs() {
    for (path, page) in example_pages() {
        assert!(page.faults.is_empty(), "{path}: {:?}", page.faults);
        let html = page.only("html").unwrap_or_else(|fault| panic!("{path}: {fault}"));
        assert_eq!(html.attribute("lang"), Some("en"), "{path}");
        let in_head =
            |element: &&Element| element.inside.iter().any(|&at| page.elements[at].name == "head");
        let titles: Vec<&Element> = page.all("title").filter(in_head).collect();
        assert_eq!(titles.len(), 1, "{path}");
        assert!(
            titles[0].text.contains("River Valley Counselors Network"),
            "{path}: {}",
            titles[0].text
        );
        for name in ["h1", "main"] {
            let element = page.only(name).unwrap_or_else(|fault| panic!("{path}: {fault}"));
            assert!(!element.words().is_empty(), "{path}: <{name}> is empty");
        }
        let policy = page.meta("content-security-policy");
        assert_eq!(policy, Some(CONTENT_SECURITY_POLICY), "{path}");
        assert_eq!(page.meta("referrer"), Some("no-referrer"), "{path}");
        let viewport = page.meta("viewport").unwrap_or_default();
        assert!(viewport.contains("width=device-width"), "{path}");
        assert!(
            !viewport.contains("maximum-scale") && !viewport.contains("user-scalable"),
            "{path}"
        );
        let policy_at =
            page.elements.iter().position(|element| element.attribute("http-equiv").is_some());
        let first_fetch =
            page.elements.iter().position(|element| ["link", "script"].contains(&&*element.name));
        assert!(policy_at < first_fetch.or(Some(usize::MAX)), "{path}: the policy comes too late");
    }
}

#[test]
fn titles_tell_pages_apart() {
    let mut titles: BTreeMap<String, &str> = BTreeMap::new();
    let former = former_addresses();
    // A frame has the title that is in its code.
    let framed: BTreeSet<&str> = framed().collect();
    let told_apart = |path: &str| !former.contains(path) && !framed.contains(path);
    for (path, page) in example_pages().iter().filter(|(path, _)| told_apart(path)) {
        let title = page.all("title").next().unwrap().words();
        if let Some(other) = titles.insert(title.clone(), path) {
            panic!("{other} and {path} have one title: {title}");
        }
    }
}

#[test]
fn no_id_stands_twice_and_every_name_by_id_is_there() {
    for (path, page) in example_pages() {
        let mut ids = BTreeSet::new();
        for id in page.ids() {
            assert!(ids.insert(id), "{path}: #{id} stands twice");
        }
        for element in &page.elements {
            for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
                for id in element.attribute(name).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{path}: {name}=\"{id}\" names nothing");
                }
            }
        }
    }
}

#[test]
fn headings_skip_no_level() {
    for (path, page) in example_pages() {
        let mut above = 0;
        for element in &page.elements {
            let level =
                element.name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok());
            if let Some(level) = level {
                assert!(
                    level <= above + 1,
                    "{path}: `{}` is an h{level} below an h{above}",
                    element.words()
                );
                above = level;
            }
        }
    }
}

#[test]
fn crisis_help_stands_in_the_same_place_on_every_page() {
    let mut words = BTreeSet::new();
    let former = former_addresses();
    for (path, page) in example_pages() {
        if former.contains(*path) || path.starts_with("embed/") {
            // A page that leads on at once, or one that has little room; it says where help is.
            assert!(
                followed(page, path, |element| element.name == "a").contains("get-help/index.html"),
                "{path}"
            );
            continue;
        }
        let body = page.elements.iter().position(|element| element.name == "body").unwrap();
        let children: Vec<&Element> =
            page.elements.iter().filter(|element| element.inside.last() == Some(&body)).collect();
        let order: Vec<String> = children
            .iter()
            .map(|element| {
                format!("{}.{}", element.name, element.attribute("class").unwrap_or_default())
            })
            .collect();
        // What kind of page it is stands in the class of <main>.
        let order: Vec<&str> = order
            .iter()
            .map(|name| if name.starts_with("main.") { "main" } else { name })
            .collect();
        assert_eq!(
            order,
            ["a.skip", "aside.help", "header.site-header", "main", "footer.site-footer"],
            "{path}"
        );
        let help = children[1];
        let at = page.elements.iter().position(|element| std::ptr::eq(element, help)).unwrap();
        let links: Vec<&str> = page
            .elements
            .iter()
            .filter(|element| element.name == "a" && element.inside.contains(&at))
            .filter_map(|link| link.attribute("href"))
            .collect();
        assert!(links.contains(&"tel:988") && links.contains(&"sms:988"), "{path}: {links:?}");
        assert!(
            links.last().is_some_and(|more| more.ends_with("get-help/") || *more == "./"),
            "{path}: {links:?}"
        );
        words.insert((help.words(), children[4].words()));
    }
    assert_eq!(words.len(), 1, "help is said in different words: {words:?}");
}

#[test]
fn crisis_help_is_never_hidden_not_even_on_paper() {
    let mut hiding = 0;
    for (path, bytes) in &example().files {
        if path.rsplit_once('.').is_none_or(|(_, extension)| extension != "css") {
            continue;
        }
        for rule in str::from_utf8(bytes).unwrap().split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let declarations: String = declarations.split_whitespace().collect();
            let hides = ["display:none", "visibility:hidden", "opacity:0;", "font-size:0"];
            if !hides.iter().any(|hide| declarations.contains(hide)) {
                continue;
            }
            hiding += 1;
            let selectors = selectors.rsplit(['{', ';', '/']).next().unwrap();
            for selector in selectors.split(',').map(str::trim) {
                // The way to a page of more help is for the screen; so is the footer's navigation.
                let harmless = [".help li:last-child", ".site-footer nav"].contains(&selector);
                let about_help = ["help", "aside", "footer", "body", "html", "*"]
                    .iter()
                    .any(|word| selector.contains(word));
                assert!(harmless || !about_help, "{path} hides `{selector}`");
            }
        }
    }
    assert!(hiding > 0, "the print sheet hides something, which this test must see");
}

#[test]
fn nothing_runs_but_the_theme_s_own_modules_and_nothing_comes_from_elsewhere() {
    for (path, page) in example_pages() {
        for element in &page.elements {
            let name = element.name.as_str();
            for (attribute, value) in &element.attributes {
                assert!(!attribute.starts_with("on"), "{path}: <{name} {attribute}>");
                assert!(
                    attribute != "style" && attribute != "srcdoc",
                    "{path}: <{name} {attribute}>"
                );
                let value = value.trim_start().to_lowercase();
                assert!(!value.starts_with("javascript:"), "{path}: <{name} {attribute}={value}>");
            }
            assert!(!["style", "iframe", "object", "embed"].contains(&name), "{path}: <{name}>");
            if name == "base" {
                let target = BTreeMap::from([("target".to_owned(), "_blank".to_owned())]);
                assert!(path.starts_with("embed/") && element.attributes == target, "{path}");
            }
            if name == "form" {
                let waits = |&at: &usize| page.elements[at].name == "template";
                assert!(element.inside.iter().any(waits), "{path}: a form without a script");
                assert!(
                    element.attributes.keys().all(|name| name == "class"),
                    "{path}: a form leads away"
                );
            }
            if name == "script" {
                assert!(!path.starts_with("embed/"), "{path}: a script in a frame");
                assert_eq!(element.attribute("type"), Some("module"), "{path}");
                assert!(element.text.trim().is_empty(), "{path}: a script in the page");
                assert!(
                    element.attribute("src").is_some_and(|src| src.contains("assets/")),
                    "{path}"
                );
            }
            let fetched = match name {
                "link" if element.attribute("rel") == Some("canonical") => None,
                "link" => {
                    let rel = element.attribute("rel").unwrap();
                    assert!(
                        ["stylesheet", "icon", "alternate", "modulepreload"].contains(&rel),
                        "{path}: <link rel={rel}>"
                    );
                    element.attribute("href")
                }
                _ => element.attribute("src"),
            };
            let remote = fetched.is_some_and(|url| url.contains("//"));
            assert!(!remote, "{path}: <{name}> fetches {fetched:?}");
        }
    }
}

#[test]
fn a_page_names_its_own_address_and_a_former_one_the_new() {
    let former = former_addresses();
    assert!(former.len() >= 2, "the example shows no old address");
    let redirects = example().text("_redirects");
    for (path, page) in example_pages() {
        let canonical: Vec<&str> = page
            .all("link")
            .filter(|link| link.attribute("rel") == Some("canonical"))
            .filter_map(|link| link.attribute("href"))
            .collect();
        let own = format!(
            "https://groups.example.org/{}",
            path.strip_suffix("index.html").unwrap_or(path)
        );
        if former.contains(*path) {
            let goes =
                page.meta("refresh").and_then(|content| content.strip_prefix("0; url=")).unwrap();
            let goes = resolve(&own, goes).unwrap();
            assert_eq!(canonical, [goes.as_str()], "{path}");
            assert_ne!(goes, own, "{path}");
            let (old, new) = (
                own.replacen("https://groups.example.org", "", 1),
                goes.replacen("https://groups.example.org", "", 1),
            );
            assert!(
                redirects.lines().any(|line| line == format!("{old} {new} 301")),
                "{old} {new}"
            );
        } else if page.is_hidden() || *path == "404.html" || canonical.is_empty() {
            assert!(canonical.is_empty(), "{path}: {canonical:?}");
            assert!(
                !example().text("sitemap.xml").contains(&format!("<loc>{own}</loc>")),
                "{path}"
            );
        } else {
            assert_eq!(canonical, [own.as_str()], "{path}");
            assert!(example().text("sitemap.xml").contains(&format!("<loc>{own}</loc>")), "{path}");
        }
    }
}

#[test]
fn other_sites_may_frame_the_pages_that_are_made_for_it_and_no_other() {
    let text = example().text("_headers");
    let mut refused: Vec<&str> = Vec::new();
    let mut place = "";
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => place = line,
            Some(line) if line.contains("frame-ancestors") => {
                assert!(line.ends_with("; frame-ancestors 'none'"), "{place}: {line}");
                refused.push(place);
            }
            Some(_) => {}
        }
    }
    let is_refused = |url: &str| {
        let fits = |place: &&str| match place.strip_suffix('*') {
            Some(start) => url.starts_with(start),
            None => *place == url,
        };
        refused.iter().any(fits)
    };
    for path in example_pages().keys() {
        // Hosts answer with and without the file's name.
        for url in
            [format!("/{}", path.strip_suffix("index.html").unwrap_or(path)), format!("/{path}")]
        {
            assert_eq!(is_refused(&url), !path.starts_with("embed/"), "{url}");
        }
    }
    assert!(framed().count() > 20);
    // Cloudflare Pages takes a hundred of them.
    assert!(text.lines().filter(|line| line.starts_with('/')).count() < 50, "{text}");
}

#[test]
fn search_engines_are_sent_away_from_unlisted_groups_and_addresses_that_are_none() {
    let site = example_model();
    let unlisted = site.groups.iter().filter(|group| group.visibility == Visibility::Unlisted);
    let mut hidden: BTreeSet<String> =
        unlisted.map(|group| format!("groups/{}/index.html", group.slug)).collect();
    assert!(!hidden.is_empty(), "the example shows no unlisted group");
    hidden.extend(former_addresses());
    hidden.insert("404.html".to_owned());
    hidden.extend(framed().map(str::to_owned));
    for (path, page) in example_pages() {
        assert_eq!(page.is_hidden(), hidden.contains(*path), "{path}");
    }
}
