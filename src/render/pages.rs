//! Every other page: home, lists, resources, free pages, get-help, 404 and redirects.

use crate::model::facet::Facet;
use crate::model::group::{Format, Intake, Serves, Status};
use crate::model::page::Resource;
use crate::render::context::{
    Collection, Count, Entry, Facet as FacetView, Finder, FreePage, GetHelp, Home, Html, Kind,
    Link, List, Pager, Resources, Way,
};
use crate::render::edition::{Edition, cards};
use crate::render::index::{FacetPages, ValuePages, facet_url, on_page, pages};
use crate::render::route::page_url;
use crate::render::{calendar, card, context, embed, frame, index, scripts, state, week, words};

/// Groups that the home page shows of those with places, and of those that are forming.
const ON_HOME: usize = 6;

/// The home page.
pub(crate) fn home(edition: &Edition) -> Home {
    let (site, texts) = (&edition.site, edition.texts());
    let count = edition.index.listed.len();
    let own = site.home.as_ref();
    let summary = own.and_then(|page| page.summary.clone());
    Home {
        body: own.and_then(|page| words::prose(Some(&page.body))),
        lead: summary.or_else(|| site.settings.tagline.clone()).unwrap_or_else(|| match count {
            0 => texts.say("directory.none").to_owned(),
            some => texts.count("home.lead", some as u64, &[]),
        }),
        ways: ways(edition),
        count,
        week: week::url(site),
        kinds: kinds(edition),
        openings: some(edition, |edition, at| state::has_room(&edition.site.groups[at])),
        openings_url: edition.index.facet_url(Facet::Intake, Intake::Open.name()),
        forming: some(edition, is_forming),
        forming_url: edition.index.facet_url(Facet::Intake, Intake::Forming.name()),
        collections: collections(edition),
    }
}

fn is_forming(edition: &Edition, at: usize) -> bool {
    let group = &edition.site.groups[at];
    group.membership.intake == Some(Intake::Forming) && matches!(group.status, Status::Active)
}

/// Cards of some groups, those confirmed last first.
fn some(edition: &Edition, wanted: impl Fn(&Edition, usize) -> bool) -> Vec<Html> {
    let listed = edition.index.listed.iter().copied();
    let mut found: Vec<usize> = listed.filter(|&at| wanted(edition, at)).collect();
    found.sort_by_key(|&at| std::cmp::Reverse(edition.site.groups[at].verified));
    found.truncate(ON_HOME);
    cards(&found)
}

/// Two ways in, where there are groups for both sorts of readers.
fn ways(edition: &Edition) -> Vec<Way> {
    let texts = edition.texts();
    let way = |serves: Serves, label: &str, about: &str| {
        let values = edition.index.values(Facet::For).iter();
        let value = values.into_iter().find(|value| value.key.as_str() == serves.name())?;
        Some(Way {
            label: texts.say(label).to_owned(),
            about: texts.count(about, value.groups.len() as u64, &[]),
            url: facet_url(Facet::For, value.key.as_str()),
        })
    };
    let public = way(Serves::Public, "home.public", "home.public_about");
    let professionals =
        way(Serves::Professionals, "home.professionals", "home.professionals_about");
    match (public, professionals) {
        (Some(public), Some(professionals)) => vec![public, professionals],
        _ => Vec::new(),
    }
}

fn kinds(edition: &Edition) -> Vec<Kind> {
    let texts = edition.texts();
    let kinds = edition.index.values(Facet::Kind).iter();
    kinds
        .map(|value| {
            let group = &edition.site.groups[value.groups[0]];
            Kind {
                label: value.label.clone(),
                about: card::kind_about(group, texts),
                serves: kind_serves(edition, value),
                count: texts.count("directory.count", value.groups.len() as u64, &[]),
                url: facet_url(Facet::Kind, value.key.as_str()),
            }
        })
        .collect()
}

fn kind_serves(edition: &Edition, value: &ValuePages) -> String {
    // What its groups say, which need not be what the kind would.
    let groups = value.groups.iter().map(|&at| edition.site.groups[at].serves);
    let serves = groups.reduce(|all, one| if all == one { all } else { Serves::Both });
    let serves = serves.expect("a value has groups");
    edition.texts().say(&format!("value.for.{}.page", serves.name())).to_owned()
}

/// A page of the directory, by its number from 1.
pub(crate) fn directory(edition: &Edition, number: usize) -> List {
    let listed = &edition.index.listed;
    List {
        about: None,
        serves: None,
        count: count(edition, listed),
        cards: cards(on_page(listed, number)),
        pager: pager(edition, "/groups/", number, pages(listed.len())),
        finder: finder(edition, None),
        browse: browse(edition),
        others: Vec::new(),
        facet: None,
        week: if number == 1 { week::url(&edition.site) } else { None },
        calendar: if number == 1 { calendar::of_list("/", listed, edition) } else { None },
        embed: None,
    }
}

fn finder(edition: &Edition, scope: Option<String>) -> Option<Finder> {
    (!edition.index.listed.is_empty()).then(|| Finder {
        words: scripts::finder_words(edition),
        scope,
        online: edition.index.facet_url(Facet::Format, Format::Online.name()),
    })
}

fn count(edition: &Edition, groups: &[usize]) -> String {
    let texts = edition.texts();
    match groups.len() {
        0 => texts.say("directory.none").to_owned(),
        some => texts.count("directory.count", some as u64, &[]),
    }
}

fn browse(edition: &Edition) -> Vec<FacetView> {
    let facets = edition.index.facets.iter().filter(|pages| !pages.values.is_empty());
    facets
        .map(|pages| FacetView {
            label: facet_label(edition, pages.facet),
            values: counts(pages, |_| true),
        })
        .collect()
}

fn counts(pages: &FacetPages, wanted: impl Fn(usize) -> bool) -> Vec<Count> {
    let values = pages.values.iter().enumerate().filter(|(at, _)| wanted(*at));
    values
        .map(|(_, value)| Count {
            label: value.label.clone(),
            url: facet_url(pages.facet, value.key.as_str()),
            groups: value.groups.len(),
        })
        .collect()
}

/// What a facet is called.
pub(crate) fn facet_label(edition: &Edition, facet: Facet) -> String {
    edition.texts().say(&format!("facet.{}.label", facet.name())).to_owned()
}

/// A page, by its number from 1, of a facet's value.
pub(crate) fn facet(edition: &Edition, facet: usize, value: usize, number: usize) -> List {
    let texts = edition.texts();
    let pages = &edition.index.facets[facet];
    let shown = &pages.values[value];
    let is_kind = pages.facet == Facet::Kind;
    let first = number == 1;
    let url = facet_url(pages.facet, shown.key.as_str());
    let own = texts.find(&format!("value.{}.{}.about", pages.facet.name(), shown.key));
    let about = if is_kind {
        card::kind_about(&edition.site.groups[shown.groups[0]], texts)
    } else {
        own.map(str::to_owned)
    };
    List {
        about: about.filter(|_| first),
        serves: (is_kind && first).then(|| kind_serves(edition, shown)),
        count: count(edition, &shown.groups),
        cards: cards(on_page(&shown.groups, number)),
        pager: pager(edition, &url, number, shown.pages()),
        finder: finder(edition, Some(format!("{}={}", pages.facet.name(), shown.key))),
        browse: Vec::new(),
        others: if first { counts(pages, |at| at != value) } else { Vec::new() },
        facet: Some(facet_label(edition, pages.facet)),
        week: None,
        calendar: if first { calendar::of_list(&url, &shown.groups, edition) } else { None },
        embed: if first { embed::code_of_list(edition, facet, value) } else { None },
    }
}

/// The first heading of a facet's value.
pub(crate) fn facet_title(edition: &Edition, facet: usize, value: usize) -> String {
    let texts = edition.texts();
    let pages = &edition.index.facets[facet];
    let value = &pages.values[value];
    let name = pages.facet.name();
    match texts.find(&format!("value.{name}.{}.title", value.key)) {
        Some(title) => title.to_owned(),
        None => texts.fill(&format!("facet.{name}.title"), &[("value", &value.label)]),
    }
}

fn pager(edition: &Edition, first: &str, number: usize, last: usize) -> Option<Pager> {
    let numbers = [("page", number.to_string()), ("last", last.to_string())];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, n)| (*name, n.as_str())).collect();
    (last > 1).then(|| Pager {
        words: edition.texts().fill("pager.page", &numbers),
        previous: (number > 1).then(|| page_url(first, number - 1)),
        next: (number < last).then(|| page_url(first, number + 1)),
    })
}

/// The index of resource pages.
pub(crate) fn resources(edition: &Edition) -> Resources {
    let loose = edition.site.resources.iter().filter(|page| page.collection.is_none());
    Resources { collections: collections(edition), pages: loose.map(entry).collect() }
}

fn collections(edition: &Edition) -> Vec<Entry> {
    let (site, texts) = (&edition.site, edition.texts());
    site.collections
        .iter()
        .map(|collection| {
            let pages = site.resources.iter();
            let pages = pages.filter(|page| page.collection.as_ref() == Some(&collection.slug));
            Entry {
                title: collection.title.clone(),
                url: frame::collection_url(collection),
                summary: collection.summary.clone(),
                count: Some(texts.count("resources.pages", pages.count() as u64, &[])),
            }
        })
        .collect()
}

fn entry(resource: &Resource) -> Entry {
    Entry {
        title: resource.title.clone(),
        url: resource.url(),
        summary: resource.summary.clone(),
        count: None,
    }
}

/// The pages of a collection.
pub(crate) fn collection(edition: &Edition, at: usize) -> Collection {
    let collection = &edition.site.collections[at];
    let pages = edition.site.resources.iter();
    let pages = pages.filter(|page| page.collection.as_ref() == Some(&collection.slug));
    Collection { summary: collection.summary.clone(), pages: pages.map(entry).collect() }
}

/// A resource page.
pub(crate) fn resource(edition: &Edition, at: usize) -> context::Resource {
    let (site, texts) = (&edition.site, edition.texts());
    let page = &site.resources[at];
    let collection =
        site.collections.iter().find(|one| Some(&one.slug) == page.collection.as_ref());
    let labels = |terms: &[crate::model::facet::Term]| -> Option<String> {
        let labels: Vec<String> = terms.iter().map(|term| term.label.clone()).collect();
        words::list(&labels, texts)
    };
    let related: Vec<usize> =
        page.related_groups.iter().filter_map(|slug| index::group(site, slug)).collect();
    let related: Vec<usize> =
        related.into_iter().filter(|&at| site.groups[at].is_listed()).collect();
    context::Resource {
        summary: page.summary.clone(),
        collection: collection
            .map(|one| Link { label: one.title.clone(), url: Some(frame::collection_url(one)) }),
        topics: labels(&page.topics).map(|t| texts.fill("resources.about", &[("topics", &t)])),
        audience: labels(&page.audience)
            .map(|a| texts.fill("resources.for_audience", &[("audience", &a)])),
        updated: page.updated.map(|day| words::with_date("resources.updated", day, texts)),
        content_note: page.content_note.clone(),
        contents: contents(page),
        body: Html::new(&page.body.html),
        groups: cards(&related),
        previous: at.checked_sub(1).and_then(|before| neighbour(edition, page, before)),
        next: neighbour(edition, page, at + 1),
    }
}

/// Headings of the second level, where there are enough to need a list.
fn contents(page: &Resource) -> Vec<Link> {
    let headings = page.headings.iter().filter(|heading| heading.level == 2);
    let links: Vec<Link> = headings
        .map(|heading| Link { label: heading.text.clone(), url: Some(format!("#{}", heading.id)) })
        .collect();
    if links.len() < 3 { Vec::new() } else { links }
}

/// The page before or after in the same collection.
fn neighbour(edition: &Edition, page: &Resource, at: usize) -> Option<Link> {
    let other = edition.site.resources.get(at)?;
    let same = page.collection.is_some() && other.collection == page.collection;
    same.then(|| Link { label: other.title.clone(), url: Some(other.url()) })
}

/// A free page.
pub(crate) fn free(edition: &Edition, at: usize) -> FreePage {
    let page = &edition.site.pages[at];
    let updated = |day| words::with_date("resources.updated", day, edition.texts());
    FreePage {
        summary: page.summary.clone(),
        updated: page.updated.map(updated),
        body: Html::new(&page.body.html),
    }
}

/// The get-help page; the lines themselves are `site.help`.
pub(crate) fn get_help(edition: &Edition) -> GetHelp {
    let own = edition.site.get_help.as_ref();
    let summary = own.and_then(|page| page.summary.clone());
    // The theme's own words promise somebody to talk to.
    let has_lines = !edition.site.settings.help.is_empty();
    GetHelp {
        summary,
        lead: has_lines.then(|| edition.texts().say("help.lead").to_owned()),
        body: own.and_then(|page| words::prose(Some(&page.body))),
    }
}
