//! What every page has around it: the site's name, navigation, crisis help, and what a page says about itself.

use crate::model::settings::NavigationLink;
use crate::model::{Site, page};
use crate::render::context::{self, HelpLine, Html, Link, Page};
use crate::render::edition::Edition;
use crate::render::{state, week, words};
use crate::theme::Theme;
use crate::theme::texts::Texts;

/// The content security policy of every page, as its `<meta>` says it: scripts, styles, pictures and data from the site
/// itself and nothing else, no inline code, no forms that send, no text that scripts turn into code.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// What is the same on every page.
pub(crate) fn site(site: &Site, theme: &Theme) -> context::Site {
    let (settings, texts) = (&site.settings, &theme.texts);
    let navigation = navigation(site, texts);
    let assets = theme.assets_url();
    let accent = theme.assets().iter().any(|asset| asset.path.ends_with("/css/accent.css"));
    context::Site {
        title: settings.title.clone(),
        tagline: settings.tagline.clone(),
        language: settings.language.clone(),
        logo: settings.logo.as_ref().map(words::picture),
        more: more(site, &navigation, texts),
        navigation,
        help: settings
            .help
            .iter()
            .map(|line| HelpLine {
                name: line.name.clone(),
                links: words::help_links(line, texts),
                checked: line.verified.map(|day| words::with_date("help.checked", day, texts)),
            })
            .collect(),
        assets,
        accent,
        policy: Html::new(CONTENT_SECURITY_POLICY),
    }
}

/// The links at the head of every page.
pub(crate) fn navigation(site: &Site, texts: &Texts) -> Vec<Link> {
    let chosen = &site.settings.navigation;
    if !chosen.is_empty() {
        return chosen.iter().map(|link| chosen_link(link, site, texts)).collect();
    }
    let groups = Some(("/groups/".to_owned(), texts.say("site.groups").to_owned()));
    let week = week::url(site).map(|url| (url.to_owned(), texts.say("site.week").to_owned()));
    let resources = (!site.resources.is_empty())
        .then(|| ("/resources/".to_owned(), texts.say("site.resources").to_owned()));
    let pages = site.pages.iter().map(|page| (free_url(page), page.title.clone()));
    let all = groups.into_iter().chain(week).chain(resources).chain(pages);
    all.map(|(url, label)| Link { label, url: Some(url) }).collect()
}

fn chosen_link(link: &NavigationLink, site: &Site, texts: &Texts) -> Link {
    let words = || match link.url.as_str() {
        "/" => texts.say("site.home").to_owned(),
        "/groups/" => texts.say("site.groups").to_owned(),
        week::URL => texts.say("site.week").to_owned(),
        "/resources/" => texts.say("site.resources").to_owned(),
        "/get-help/" => texts.say("site.get_help").to_owned(),
        url => title_of(url, site).unwrap_or_else(|| url.trim_matches('/')).to_owned(),
    };
    Link { label: link.label.clone().unwrap_or_else(words), url: Some(link.url.clone()) }
}

/// The title of the page at an address.
fn title_of<'a>(url: &str, site: &'a Site) -> Option<&'a str> {
    let free = site.pages.iter().map(|page| (free_url(page), &page.title));
    let collections = site.collections.iter().map(|one| (collection_url(one), &one.title));
    let resources = site.resources.iter().map(|page| (page.url(), &page.title));
    let groups = site.groups.iter().map(|group| (group.url(), &group.title));
    let mut all = free.chain(collections).chain(resources).chain(groups);
    all.find(|(address, _)| address == url).map(|(_, title)| title.as_str())
}

fn more(site: &Site, navigation: &[Link], texts: &Texts) -> Vec<Link> {
    let at_the_head = |url: &str| navigation.iter().any(|link| link.url.as_deref() == Some(url));
    let pages = site.pages.iter().map(|page| (free_url(page), page.title.clone()));
    let contact = site.settings.contact.way_in().map(|way| {
        let (url, shown) = words::address(&way);
        (url, format!("{}: {shown}", state::network_label(&way, texts)))
    });
    let all = pages.chain(contact).filter(|(url, _)| !at_the_head(url));
    all.map(|(url, label)| Link { label, url: Some(url) }).collect()
}

/// The address of a collection.
pub(crate) fn collection_url(collection: &page::Collection) -> String {
    format!("/resources/{}/", collection.slug)
}

/// The address of a free page.
pub(crate) fn free_url(page: &page::Page) -> String {
    format!("/{}/", page.slug)
}

/// What a page says about itself.
pub(crate) fn page(edition: &Edition, kind: &'static str, title: &str, url: &str) -> Page {
    let settings = &edition.site.settings;
    Page {
        title: title.to_owned(),
        head_title: edition
            .texts()
            .fill("site.title", &[("page", title), ("site", &settings.title)]),
        description: None,
        url: url.to_owned(),
        canonical: settings.base_url.as_ref().map(|base| base.join(url)),
        noindex: false,
        section: section(url, &edition.navigation),
        kind,
    }
}

/// The entry of the navigation that a page belongs to: the longest address that its own begins with.
fn section(url: &str, navigation: &[Link]) -> String {
    let url = if url.starts_with("/by/") { "/groups/" } else { url };
    let entries = navigation.iter().filter_map(|link| link.url.as_deref());
    let around = entries.filter(|entry| *entry != "/" && url.starts_with(entry));
    around.max_by_key(|entry| entry.len()).unwrap_or(url).to_owned()
}
