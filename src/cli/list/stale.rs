//! Listings that nobody has confirmed for long, as rows.

use serde::Serialize;

use crate::check::{Checked, Stale};
use crate::cli::list::table;

/// The names of the columns, as in JSON.
pub(super) const COLUMNS: [&str; 5] = ["slug", "title", "verified", "days", "file"];

/// A listing as scripts read it.
#[derive(Serialize)]
pub(super) struct Listing<'a> {
    slug: &'a str,
    title: &'a str,
    verified: String,
    days: i32,
    file: &'a str,
}

/// The listings, the oldest confirmation first.
pub(super) fn listings(checked: &Checked) -> Vec<Listing<'_>> {
    checked.stale.iter().map(listing).collect()
}

fn listing(stale: &Stale) -> Listing<'_> {
    Listing {
        slug: stale.slug.as_str(),
        title: &stale.title,
        verified: stale.verified.to_string(),
        days: stale.days,
        file: &stale.file,
    }
}

/// The listing's cells in the order of [`COLUMNS`].
pub(super) fn cells(listing: &Listing<'_>) -> [String; 5] {
    [
        listing.slug.to_owned(),
        listing.title.to_owned(),
        listing.verified.clone(),
        listing.days.to_string(),
        listing.file.to_owned(),
    ]
}

/// The listings for people.
pub(super) fn table(listings: &[Listing<'_>]) -> String {
    if listings.is_empty() {
        return "every listing was confirmed in time\n".to_owned();
    }
    let lines: Vec<[String; 3]> = listings
        .iter()
        .map(|listing| {
            let age = format!("{} days ago", listing.days);
            [listing.verified.clone(), age, format!("{}\n{}", listing.title, listing.file)]
        })
        .collect();
    table::draw(&lines)
}
