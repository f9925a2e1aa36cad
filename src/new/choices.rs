//! What a site has to choose from, read off its files as they are, faulty or not.

use std::collections::BTreeMap;

use crate::load::yaml::Value;
use crate::load::{Document, DocumentKind, Loaded};

/// What the site has to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The site's own kinds: key and label. The built-in six are always there.
    pub kinds: Vec<(String, String)>,
    /// Shared venues: the file's name and what people call the place.
    pub venues: Vec<(String, String)>,
    /// Collections of resources: the folder and its title.
    pub collections: Vec<(String, String)>,
    /// Whether the site has a time zone for clock times that name none.
    pub has_timezone: bool,
}

impl Choices {
    /// What a site that was read has.
    pub fn of(site: &Loaded) -> Choices {
        let settings = site.settings.as_ref().map(|document| &document.fields);
        let kinds = settings.and_then(|fields| fields.get("vocabulary")?.get("kind"));
        let kinds = kinds.map_or(&[][..], |kinds| kinds.entries()).iter();
        let of_kind = |kind| site.documents.iter().filter(move |document| document.kind == kind);
        let mut collections = BTreeMap::new();
        let is_collection = |folder: &str| !folder.is_empty() && !folder.contains('/');
        for page in of_kind(DocumentKind::Resource).filter(|page| is_collection(&page.folder)) {
            collections.insert(page.folder.clone(), page.folder.clone());
        }
        for collection in
            of_kind(DocumentKind::Collection).filter(|collection| is_collection(&collection.folder))
        {
            let title = text(collection, "title").unwrap_or_else(|| collection.folder.clone());
            collections.insert(collection.folder.clone(), title);
        }
        Choices {
            kinds: kinds
                .map(|kind| {
                    let label = kind.value.get("label").and_then(|label| scalar(&label.value));
                    (kind.key.clone(), label.unwrap_or_else(|| kind.key.clone()))
                })
                .collect(),
            venues: of_kind(DocumentKind::Venue)
                .map(|venue| {
                    (venue.stem.clone(), text(venue, "name").unwrap_or_else(|| venue.stem.clone()))
                })
                .collect(),
            collections: collections.into_iter().collect(),
            has_timezone: settings.is_some_and(|fields| fields.get("timezone").is_some()),
        }
    }
}

fn text(document: &Document, field: &str) -> Option<String> {
    scalar(&document.fields.get(field)?.value)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Scalar { text, .. } => Some(text.clone()),
        _ => None,
    }
}
