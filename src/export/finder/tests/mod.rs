//! The planes read back, as a browser reads them, and held against the groups.

mod decode;
mod planes;
mod text;

use std::sync::Arc;

use super::*;
use crate::model::Site;
use crate::render::tests::{edition, fixture};

/// The files of a site's index.
fn files(site: Site) -> Files {
    Finder::default().files(&edition(site)).clone()
}

/// The fixture's site with further listed groups, made of its richest, each with words and a place of its own.
fn many(groups: usize) -> Site {
    let mut site = fixture::site();
    let rich = fixture::rich();
    for number in 0..groups {
        let mut group = rich.clone();
        let town = number % 7;
        group.slug = fixture::slug(&format!("group-{number:04}"));
        group.id = group.slug.to_string();
        group.aliases = Vec::new();
        group.title = format!("Circle {number} of {}", WORDS[number % WORDS.len()]);
        group.body.text = body(number);
        for setting in settings(&mut group) {
            if let Some(crate::model::venue::Place::Exact(venue)) = &mut setting.place {
                venue.address.city = Some(format!("Town {town}"));
            }
        }
        site.groups.push(Arc::new(group));
    }
    site.groups.sort_by(|one, other| one.slug.cmp(&other.slug));
    site
}

const WORDS: [&str; 12] = [
    "grief", "loss", "anxiety", "recovery", "parents", "veterans", "writing", "walking", "music",
    "nurses", "teachers", "carers",
];

/// Some forty words of a few hundred.
fn body(number: usize) -> String {
    let word = |at: usize| {
        let at = number.wrapping_mul(31).wrapping_add(at * at * 17) % 400;
        format!(
            "{}{}",
            WORDS[at % WORDS.len()],
            ["", "ing", "ed", "s"][at / 12 % 4].repeat(at / 100)
        )
    };
    (0..40).map(word).collect::<Vec<_>>().join(" ")
}

fn settings(group: &mut crate::model::group::Group) -> Vec<&mut crate::model::group::Setting> {
    use crate::model::group::Schedule;
    let mut all = vec![&mut group.setting];
    if let Schedule::Entries(entries) = &mut group.schedule {
        all.extend(entries.iter_mut().map(|entry| &mut entry.setting));
    }
    all
}
