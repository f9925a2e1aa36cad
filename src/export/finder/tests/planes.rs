//! The table, the rows, the order of names, times and places.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::decode::{Index, number};
use super::*;
use crate::model::facet::Facet;
use crate::model::group::{Status, Visibility};
use crate::model::venue::{Area, Coordinates};
use crate::render::short_card;
use crate::render::tests::fixture::slug;

/// The groups of an edition in the order of documents.
fn groups(edition: &Edition) -> Vec<&Group> {
    order::documents(edition).into_iter().map(|at| &*edition.site.groups[at]).collect()
}

/// A small site, which has its table in the head, and a larger one.
fn sites() -> [Site; 2] {
    [fixture::site(), many(250)]
}

#[test]
fn the_values_of_a_group_s_meetings_are_the_group_s_values() {
    for site in sites() {
        for group in &site.groups {
            for facet in Facet::ALL {
                let mut union = BTreeSet::new();
                for meeting in group.meetings() {
                    union.extend(facet.values_at(group, meeting).into_iter().map(|v| v.key));
                }
                let values = facet.values(group).into_iter().map(|value| value.key);
                assert_eq!(union, values.collect(), "{} {facet:?}", group.slug);
            }
        }
    }
}

#[test]
fn the_table_has_every_value_of_every_meeting() {
    for site in sites() {
        let edition = edition(site);
        let files = head::index(&edition);
        let index = Index::open(&files);
        let (counts, columns) = index.table();
        let facets = index.head["facets"].as_array().unwrap();
        let mut first = 0;
        for (document, (group, count)) in groups(&edition).into_iter().zip(counts).enumerate() {
            assert!(count > 0 && count <= group.meetings().len());
            for (facet, column) in facets.iter().zip(&columns) {
                let facet_name = facet[0].as_str().unwrap();
                let known = Facet::ALL.into_iter().find(|one| one.name() == facet_name).unwrap();
                let key = |&value: &usize| facet[2][value][0].as_str().unwrap().to_owned();
                let elements = if known.is_of_meeting() {
                    column.iter().skip(first).take(count)
                } else {
                    column.iter().skip(document).take(1)
                };
                let found: BTreeSet<BTreeSet<String>> =
                    elements.map(|element| element.iter().map(key).collect()).collect();
                let keys = |meeting| {
                    let values = known.values_at(group, meeting).into_iter();
                    values.map(|value| value.key.to_string()).collect()
                };
                let expected = group.meetings().into_iter().map(keys).collect();
                assert_eq!(found, expected, "{} {facet_name}", group.slug);
            }
            first += count;
        }
    }
}

#[test]
fn the_head_counts_the_groups_of_each_value() {
    let edition = edition(fixture::site());
    let files = head::index(&edition);
    let index = Index::open(&files);
    let facets = index.head["facets"].as_array().unwrap();
    assert!(facets.len() > 10);
    for facet in facets {
        let known = Facet::ALL.into_iter().find(|one| facet[0] == one.name()).unwrap();
        for value in facet[2].as_array().unwrap() {
            let has =
                |group: &&&Group| known.values(group).iter().any(|v| value[0] == v.key.as_str());
            assert_eq!(number(&value[2]), groups(&edition).iter().filter(has).count(), "{value}");
        }
    }
}

#[test]
fn rows_say_what_cards_say_in_plain_text() {
    let [small, large] = sites();
    for site in [small, large] {
        let edition = edition(site);
        let files = head::index(&edition);
        let index = Index::open(&files);
        let rows = index.rows();
        assert_eq!(rows.len(), index.groups());
        for (group, mut row) in groups(&edition).into_iter().zip(rows) {
            row.resize(7, json!(0));
            let card = short_card(group, &edition);
            assert_eq!(row[0], group.title);
            let slug = match &row[1] {
                Value::String(slug) => slug.clone(),
                _ => simple(row[0].as_str().unwrap()),
            };
            assert_eq!(slug, group.slug.as_str());
            let said = |text: Option<String>| text.map_or(json!(0), Value::from);
            assert_eq!((&row[2], &row[3]), (&said(card.when), &said(card.place)));
            let format = ["", "in-person", "online", "hybrid"][number(&row[4])];
            assert_eq!(format, card.format);
            assert_eq!(index.head["kinds"][number(&row[5])], card.kind.as_str());
            let state = match number(&row[6]) {
                0 => Value::Null,
                place => index.head["states"][place - 1].clone(),
            };
            assert_eq!(state, card.state.map_or(Value::Null, |(key, words)| json!([key, words])));
        }
    }
}

/// As a browser does it.
fn simple(title: &str) -> String {
    assert!(title.is_ascii(), "{title}");
    let hyphens = title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    hyphens.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[test]
fn a_row_holds_no_tags_and_no_escapes() {
    let mut site = fixture::site();
    let group = Arc::make_mut(&mut site.groups[0]);
    group.title = "Me & <b>you</b>".to_owned();
    group.schedule = Schedule::Words("7:00–8:30 pm & \"later\" <maybe>".to_owned());
    group.status = Status::Paused { resumes: Some(jiff::civil::date(2027, 4, 6)) };
    let files = files(site);
    let index = Index::open(&files);
    let rows = index.rows();
    let row = rows.iter().find(|row| row[0] == "Me & <b>you</b>").unwrap();
    assert_eq!(row[2], "7:00–8:30 pm & \"later\" <maybe>");
    assert_eq!(
        index.head["states"][number(&row[6]) - 1],
        json!(["paused", "Paused until 6 April 2027"])
    );
}

#[test]
fn what_few_say_moves_none_of_what_many_say() {
    let said = |rare: &[&'static str]| {
        let mut all = vec!["open"; 40];
        all.extend(["full"; 9]);
        all.extend(rare);
        rows::distinct(all.into_iter())
    };
    assert_eq!(said(&["paused"]), ["open", "full", "paused"]);
    assert_eq!(said(&["closed", "forming"]), ["open", "full", "closed", "forming"]);
    assert_eq!(said(&["full"]), ["open", "full"]);
}

#[test]
fn names_are_in_the_order_of_the_pages() {
    for site in sites() {
        let edition = edition(site);
        let files = head::index(&edition);
        let names = Index::open(&files).names();
        let documents = order::documents(&edition);
        let mut by_name: Vec<(usize, usize)> = names.into_iter().zip(documents).collect();
        by_name.sort_unstable();
        let found: Vec<usize> = by_name.into_iter().map(|(_, at)| at).collect();
        assert_eq!(found, edition.index.listed);
    }
}

#[test]
fn groups_of_a_town_lie_together_and_those_without_a_place_come_last() {
    let edition = edition(many(100));
    let cities: Vec<Option<String>> = groups(&edition)
        .into_iter()
        .map(|group| {
            let place = group.settings().into_iter().find_map(|setting| setting.place.as_ref());
            place.and_then(|place| place.city().map(str::to_owned))
        })
        .collect();
    let mut runs = cities.clone();
    runs.dedup();
    assert_eq!(runs.len(), runs.iter().collect::<BTreeSet<_>>().len(), "{runs:?}");
    assert!(runs.len() > 7);
    let first_without = cities.iter().position(Option::is_none).unwrap();
    assert!(cities.iter().skip(first_without).all(Option::is_none));
}

#[test]
fn times_are_those_of_the_groups_pages() {
    let mut site = many(30);
    let elsewhere = Arc::make_mut(&mut site.groups[3]);
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    for setting in settings(elsewhere) {
        setting.timezone = Some(zone.clone());
    }
    let edition = edition(site);
    let files = head::index(&edition);
    let index = Index::open(&files);
    let [days, hours, zones] = index.times_shared();
    assert!(days < 12 && hours < 12 && zones > 1, "the same is there once");
    are_those_of_the_pages(&edition, &index);
}

#[test]
fn times_of_many_groups_are_in_runs() {
    let site = many(4000);
    let mut without = site.clone();
    without.groups.remove(2000);
    let (edition, fewer) = (edition(site), edition(without));
    let (files, fewer) = (head::index(&edition), head::index(&fewer));
    let (index, fewer) = (Index::open(&files), Index::open(&fewer));
    are_those_of_the_pages(&edition, &index);
    let planes = |index: &Index<'_>| -> BTreeSet<String> {
        index.head["times"].as_array().unwrap().iter().map(|run| run[1].to_string()).collect()
    };
    let (before, after) = (planes(&index), planes(&fewer));
    assert!(before.len() > 1);
    assert_eq!(after.difference(&before).count(), 1, "the run of the group that went");
}

fn are_those_of_the_pages(edition: &Edition, index: &Index<'_>) {
    use crate::timetable::Timetable;
    use crate::timetable::compact::Compact;
    let times = index.times();
    assert_eq!(times.len(), index.groups());
    for (group, shared) in groups(edition).into_iter().zip(times) {
        let form = Compact::of(&Timetable::of(group, &edition.site.settings), edition.today);
        let own = serde_json::to_value(&form).unwrap();
        let with_zones = |part: &Value, at: usize| -> Vec<Value> {
            let mut all = part.as_array().unwrap().clone();
            for one in &mut all {
                one[at] = own[1][number(&one[at])].clone();
            }
            all
        };
        assert_eq!(shared, (with_zones(&own[2], 8), with_zones(&own[3], 3)), "{}", group.slug);
    }
}

#[test]
fn a_meeting_is_at_its_venue_else_in_its_town_and_online_nowhere() {
    let mut site = many(3);
    site.settings.places =
        [("Áthens".to_owned(), Coordinates { latitude: 39.3292, longitude: -82.1 })].into();
    let area = Area {
        name: Some("A house".to_owned()),
        city: Some("athens".to_owned()),
        ..Area::default()
    };
    let group = site.groups.iter_mut().find(|group| group.slug.as_str() == "group-0001").unwrap();
    for setting in settings(Arc::make_mut(group)).into_iter().take(2) {
        setting.place = Some(Place::Area(area.clone()));
    }
    let edition = edition(site);
    let files = head::index(&edition);
    let index = Index::open(&files);
    let places = index.json("places");
    let mut points = Vec::new();
    let (mut north, mut east) = (0, 0);
    for step in places["points"].as_array().unwrap().chunks(2) {
        north += step[0].as_i64().unwrap();
        east += step[1].as_i64().unwrap();
        points.push((north, east));
    }
    let (counts, ..) = index.table();
    let mut of = places["of"].as_array().unwrap().iter();
    for (group, count) in groups(&edition).into_iter().zip(counts) {
        let found: Vec<_> = of.by_ref().take(count).collect();
        let place = group.settings().into_iter().find_map(|setting| setting.place.as_ref());
        let expected = match place {
            Some(Place::Exact(venue)) if venue.coordinates.is_some() => Some((39330, -82100)),
            Some(place) if place.city() == Some("athens") => Some((39329, -82100)),
            _ => None,
        };
        let point = |at: &Value| at.as_u64().map(|at| points[usize::try_from(at).unwrap()]);
        assert_eq!(point(found[0]), expected, "{}", group.slug);
        if group.slug.as_str() == "group-0001" {
            let online = found.iter().skip(1).map(|at| point(at)).collect::<Vec<_>>();
            assert_eq!((expected, online), (Some((39329, -82100)), vec![None]));
        }
    }
    assert!(of.next().is_none());
    let towns = places["towns"].as_array().unwrap();
    assert_eq!(towns[0], json!(["Áthens", 39.329, -82.1]), "the site's own has one point");
    assert_eq!(towns[1], json!(["Town 0", 39.33, -82.1]));
}

#[test]
fn an_index_is_the_same_twice_and_whatever_came_first() {
    let site = many(300);
    let once = files(site.clone());
    assert_eq!(files(site.clone()), once);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| files(site.clone())), once, "{threads} threads");
    }
}

#[test]
fn a_site_without_listed_groups_has_no_index() {
    let mut site = fixture::site();
    for group in &mut site.groups {
        Arc::make_mut(group).visibility = Visibility::Unlisted;
    }
    assert!(files(site.clone()).is_empty());
    site.groups.clear();
    assert!(files(site).is_empty());
}

#[test]
fn only_listed_groups_are_in_it() {
    let mut site = fixture::site();
    let hidden = Arc::make_mut(&mut site.groups[0]);
    hidden.visibility = Visibility::Unlisted;
    hidden.title = "Secretive".to_owned();
    hidden.slug = slug("aaa");
    let listed = site.groups.iter().filter(|group| group.is_listed()).count();
    let files = files(site);
    let index = Index::open(&files);
    assert_eq!((index.groups(), index.rows().len()), (listed, listed));
    assert!(index.shards_for("secretive").iter().all(|(term, _)| term != "secretive"));
}

#[test]
fn a_changed_body_rewrites_the_shards_of_its_words_and_no_more() {
    let site = many(1000);
    let before = files(site.clone());
    let mut changed = site.clone();
    let group = Arc::make_mut(&mut changed.groups[500]);
    group.body.text += " Zebras are welcome.";
    let after = files(changed);
    let new: Vec<&String> =
        after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(new.len() <= 4, "{} of {}: {new:?}", new.len(), after.len());
    let (before, after) = (Index::open(&before), Index::open(&after));
    for same in ["table", "blocks", "times", "places", "facets", "kinds", "states"] {
        assert_eq!(before.head[same], after.head[same], "{same}");
    }
}

#[test]
fn a_group_that_goes_changes_the_blocks_beside_it() {
    let site = many(1000);
    let mut without = site.clone();
    without.groups.remove(500);
    let blocks = |site| {
        let files = files(site);
        let head = Index::open(&files).head;
        let names = head["blocks"].as_array().unwrap().iter().map(|block| block[1].to_string());
        names.collect::<BTreeSet<_>>()
    };
    let (before, after) = (blocks(site), blocks(without));
    assert!(before.len() > 100);
    assert!(after.difference(&before).count() <= 3);
}
