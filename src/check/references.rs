//! What can be judged only when all pages are known: links, the navigation, the logo.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::check::atlas::Atlas;
use crate::check::documents::{Content, Outcome};
use crate::check::fields::Findings;
use crate::check::images;
use crate::check::links::{self, Destinations};
use crate::check::settings::Network;
use crate::check::subject::LinkUse;
use crate::check::values;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::content as rules;
use crate::load::Loaded;
use crate::model::group::Group;
use crate::model::settings::NavigationLink;
use crate::model::{PAGE_SIZE, Picture};

/// Everything that a link may lead to.
pub(super) fn destinations<'a>(
    loaded: &Loaded,
    atlas: &'a Atlas,
    outcomes: &'a [Arc<Outcome>],
    has_base_url: bool,
) -> Destinations<'a> {
    let mut others = generated_pages(outcomes);
    others.insert("/robots.txt".to_owned());
    if has_base_url {
        others.insert("/sitemap.xml".to_owned());
    }
    for file in images::statics(loaded) {
        others.insert(format!("/{}", file.address));
        if let Some(folder) = file.address.strip_suffix("index.html") {
            others.insert(format!("/{folder}"));
        }
    }
    let (mut files, mut anchors) = (BTreeMap::new(), Vec::with_capacity(outcomes.len()));
    for (index, outcome) in outcomes.iter().enumerate() {
        anchors.push(&outcome.anchors);
        files.extend(outcome.files.iter().map(|file| (format!("/{}", file.address), index)));
    }
    let listed = listed(outcomes).collect();
    Destinations { atlas, others, files, anchors, listed, facets: OnceLock::new() }
}

fn listed(outcomes: &[Arc<Outcome>]) -> impl Iterator<Item = &Group> {
    outcomes.iter().filter_map(|outcome| match &outcome.content {
        Content::Group(group) if group.is_listed() => Some(&**group),
        _ => None,
    })
}

/// Addresses of the pages that no document asks for by its name, without those of facets.
pub(super) fn generated_pages(outcomes: &[Arc<Outcome>]) -> BTreeSet<String> {
    let mut pages: BTreeSet<String> =
        ["/", "/groups/", "/get-help/", "/404.html"].map(str::to_owned).into();
    for outcome in outcomes {
        if let Content::Resource((_, resource)) = &outcome.content {
            pages.insert("/resources/".to_owned());
            let collection = resource.collection.as_ref();
            pages.extend(collection.map(|slug| format!("/resources/{slug}/")));
        }
    }
    if listed(outcomes).any(Group::has_dates) {
        pages.insert("/week/".to_owned());
    }
    let last = listed(outcomes).count().div_ceil(PAGE_SIZE);
    pages.extend((2..=last).map(|page| format!("/groups/page/{page}/")));
    pages
}

/// Judges every link of every document.
pub(super) fn judge_links(
    loaded: &Loaded,
    destinations: &Destinations<'_>,
    outcomes: &[Arc<Outcome>],
) -> Vec<Diagnostic> {
    let documents = outcomes.par_iter().zip(&loaded.documents).enumerate();
    let with_links = documents.filter(|(_, (outcome, _))| !outcome.links.is_empty());
    let judged = with_links.map(|(index, (outcome, document))| {
        let findings = Findings::new(&document.source);
        for link in &outcome.links {
            links::check(link, index, destinations, &findings);
        }
        findings.into_list()
    });
    judged.flatten_iter().collect()
}

/// Looks up the network's logo among the static files.
pub(super) fn settle_logo(network: &mut Network, loaded: &Loaded, findings: &Findings) {
    if let Some(logo) = &network.logo {
        let path = logo.value.trim_start_matches('/');
        match loaded.statics.iter().find(|file| file.path == path) {
            Some(file) => {
                let facts = file.facts.as_ref().and_then(|facts| facts.as_ref().ok());
                let size = facts.and_then(|facts| facts.width.zip(facts.height));
                network.settings.logo = Some(Picture {
                    url: format!("/{path}"),
                    alt: network.settings.title.clone(),
                    size,
                });
            }
            None => {
                let problem = findings.at(
                    &rules::MISSING_IMAGE,
                    logo.span,
                    format!("there is no image `{}` in `static`", logo.value),
                );
                findings.add(problem.help("put the file into the folder `static`"));
            }
        }
    }
}

/// Looks up where the links at the head of every page lead, and what they are called.
pub(super) fn settle_navigation(
    network: &mut Network,
    outcomes: &[Arc<Outcome>],
    destinations: &Destinations<'_>,
    findings: &Findings,
) {
    for (label, target) in &network.navigation {
        let path = match target.value.as_str() {
            "home" => "/".to_owned(),
            url if url.starts_with('/') => url.to_owned(),
            url if url.contains(':') => match values::web_url(url) {
                Ok(url) => url.to_string(),
                Err(wrong) => {
                    findings.add(wrong.into_diagnostic(
                        "navigation",
                        &findings.source,
                        target.span,
                    ));
                    continue;
                }
            },
            slug => format!("/{slug}/"),
        };
        if path.starts_with('/') {
            let (page, fragment) = path
                .split_once('#')
                .map_or((path.as_str(), None), |(page, id)| (page, Some(id.to_owned())));
            let link = LinkUse {
                span: target.span,
                written: target.value.clone(),
                path: page.to_owned(),
                fragment,
            };
            links::check(&link, usize::MAX, destinations, findings);
        }
        let label = label.clone().or_else(|| title_of(&path, destinations.atlas, outcomes));
        network.settings.navigation.push(NavigationLink { label, url: path });
    }
}

fn title_of(path: &str, atlas: &Atlas, outcomes: &[Arc<Outcome>]) -> Option<String> {
    let index = *atlas.addresses().get(path)?;
    match &outcomes[index].content {
        Content::Page(page) => Some(page.title.clone()),
        Content::Resource((_, resource)) => Some(resource.title.clone()),
        Content::Collection((_, collection)) => Some(collection.title.clone()),
        Content::Group(group) => Some(group.title.clone()),
        Content::Nothing | Content::Venue(_) => None,
    }
}
