//! All documents without errors into a [`Site`].

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::check::documents::{Content, Outcome};
use crate::check::images;
use crate::check::pages::Ordered;
use crate::check::vocabulary;
use crate::load::Loaded;
use crate::model::Site;
use crate::model::page::{Collection, Resource};
use crate::model::settings::Settings;
use crate::slug::Slug;

/// The site of the given documents; `broken` are the paths of files that have errors.
pub(super) fn assemble<'a>(
    loaded: &Loaded,
    settings: Settings,
    outcomes: impl Iterator<Item = &'a Arc<Outcome>>,
    broken: &BTreeSet<String>,
) -> Site {
    let mut site = Site {
        settings,
        groups: Vec::with_capacity(loaded.documents.len()),
        collections: Vec::new(),
        resources: Vec::new(),
        pages: Vec::new(),
        home: None,
        get_help: None,
        headers: text_of(loaded, "_headers"),
        redirects: text_of(loaded, "_redirects"),
        files: images::statics(loaded)
            .filter(|file| !broken.contains(&format!("static/{}", file.address)))
            .collect(),
    };
    let (mut collections, mut resources) = (Vec::new(), Vec::new());
    // What is shown nowhere takes its pictures with it.
    for outcome in outcomes.filter(|outcome| !matches!(outcome.content, Content::Nothing)) {
        site.files.extend_from_slice(&outcome.files);
        match &outcome.content {
            Content::Group(group) => site.groups.push(group.clone()),
            Content::Resource(resource) => resources.push(resource.clone()),
            Content::Collection(collection) => collections.push(collection.clone()),
            Content::Page(page) => match page.slug.as_str() {
                "home" => site.home = Some(page.clone()),
                "get-help" => site.get_help = Some(page.clone()),
                _ => site.pages.push(page.clone()),
            },
            Content::Venue(_) | Content::Nothing => {}
        }
    }
    site.groups.shrink_to_fit();
    order_resources(&mut site, collections, resources);
    site.groups.sort_by(|a, b| a.slug.cmp(&b.slug));
    site.pages.sort_by(|a, b| a.slug.cmp(&b.slug));
    site.files.sort_by(|a, b| a.address.cmp(&b.address));
    site.files.dedup();
    site
}

fn text_of(loaded: &Loaded, path: &str) -> Option<String> {
    loaded.statics.iter().find(|file| file.path == path).and_then(|file| file.text.clone())
}

/// Collections by `order` and title, resources in them likewise; a folder without `_collection.yaml` is one too.
fn order_resources(
    site: &mut Site,
    mut collections: Vec<Ordered<Collection>>,
    mut resources: Vec<Ordered<Resource>>,
) {
    for (_, resource) in &resources {
        let Some(slug) = &resource.collection else { continue };
        if !collections.iter().any(|(_, collection)| collection.slug == *slug) {
            let title = vocabulary::in_words(slug.as_str());
            collections.push((u32::MAX, Collection { slug: slug.clone(), title, summary: None }));
        }
    }
    collections.retain(|(_, collection)| {
        resources.iter().any(|(_, resource)| resource.collection.as_ref() == Some(&collection.slug))
    });
    collections.sort_by(|(a, one), (b, other)| {
        (a, &one.title, &one.slug).cmp(&(b, &other.title, &other.slug))
    });
    let places: HashMap<&Slug, usize> =
        collections.iter().enumerate().map(|(place, (_, c))| (&c.slug, place)).collect();
    resources.sort_by_cached_key(|(order, resource)| {
        let place = resource.collection.as_ref().and_then(|slug| places.get(slug)).copied();
        (place, *order, resource.title.clone(), resource.slug.clone())
    });
    site.resources = resources.into_iter().map(|(_, resource)| resource).collect();
    site.collections = collections.into_iter().map(|(_, collection)| collection).collect();
}
