//! Where meetings are, as points of the earth, and the towns that a reader may name. Nothing here is more exact than what
//! the pages tell: of a venue whose owner gave only its area there is the town's point.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::export::finder::meetings::Meeting;
use crate::export::finder::words::fold;
use crate::model::group::{Format, Setting};
use crate::model::venue::{Coordinates, Place};
use crate::render::{Edition, sort_key};

/// Thousandths of a degree north and east: some hundred metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Point(i64, i64);

impl From<Coordinates> for Point {
    fn from(at: Coordinates) -> Point {
        #[expect(clippy::cast_possible_truncation, reason = "a degree is at most 180")]
        let thousandths = |degrees: f64| (degrees * 1000.0).round() as i64;
        Point(thousandths(at.latitude), thousandths(at.longitude))
    }
}

/// The towns of the site's settings.
pub(super) struct Towns(HashMap<String, Point>);

impl Towns {
    pub(super) fn new(edition: &Edition) -> Towns {
        let places = edition.site.settings.places.iter();
        Towns(places.map(|(name, &at)| (town_key(name), at.into())).collect())
    }

    /// Where a meeting is: at its place, else in its town. A meeting online is nowhere.
    pub(super) fn point(&self, setting: &Setting) -> Option<Point> {
        let place = setting.place.as_ref().filter(|_| setting.format != Some(Format::Online))?;
        let exact = coordinates(place).map(Point::from);
        exact.or_else(|| self.0.get(&town_key(place.city()?)).copied())
    }
}

/// The coordinates that a place tells.
fn coordinates(place: &Place) -> Option<Coordinates> {
    match place {
        Place::Exact(venue) => venue.coordinates,
        Place::Area(_) => None,
    }
}

/// What two spellings of a town have in common.
fn town_key(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Serialize)]
struct Places {
    towns: Vec<Town>,
    points: Vec<i64>,
    of: Vec<i64>,
}

/// A name, and its points: degrees north, degrees east, and so on.
struct Town(String, Vec<Point>);

impl Serialize for Town {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_precision_loss, reason = "a degree is at most 180")]
        let degrees = |thousandths: i64| thousandths as f64 / 1000.0;
        let points = self.1.iter().flat_map(|&Point(north, east)| [north, east]);
        let points = points.map(|number| serde_json::Value::from(degrees(number)));
        serializer.collect_seq([self.0.clone().into()].into_iter().chain(points))
    }
}

/// Towns and points as JSON; none where there is neither.
pub(super) fn places(
    edition: &Edition,
    documents: &[usize],
    meetings: &[Vec<Meeting>],
) -> Option<Vec<u8>> {
    let mut numbers: HashMap<Point, i64> = HashMap::new();
    let mut points = Vec::new();
    let mut before = Point(0, 0);
    let mut number = |point: Point| {
        let new = i64::try_from(numbers.len()).expect("there are fewer meetings than that");
        *numbers.entry(point).or_insert_with(|| {
            points.extend([point.0 - before.0, point.1 - before.1]);
            before = point;
            new
        })
    };
    let of = meetings.iter().flatten();
    let of = of.map(|meeting| meeting.point.map_or(-1, &mut number)).collect();
    let places = Places { towns: towns(edition, documents), points, of };
    let is_empty = places.towns.is_empty() && places.points.is_empty();
    (!is_empty).then(|| serde_json::to_vec(&places).expect("numbers and words are JSON"))
}

/// The site's towns, and with the points of their venues those that it does not list.
fn towns(edition: &Edition, documents: &[usize]) -> Vec<Town> {
    let listed = edition.site.settings.places.iter();
    let mut towns: BTreeMap<String, Town> =
        listed.map(|(name, &at)| (town_key(name), Town(name.clone(), vec![at.into()]))).collect();
    let listed: BTreeSet<String> = towns.keys().cloned().collect();
    let groups = documents.iter().map(|&at| &edition.site.groups[at]);
    let settings = groups.flat_map(|group| group.settings());
    for place in settings.filter_map(|setting| setting.place.as_ref()) {
        let (Some(city), Some(at)) = (place.city(), coordinates(place)) else { continue };
        let key = town_key(city);
        if !listed.contains(&key) {
            let town = towns.entry(key).or_insert_with(|| Town(city.to_owned(), Vec::new()));
            town.1.push(at.into());
        }
    }
    let mut towns: Vec<Town> = towns.into_values().collect();
    for Town(_, points) in &mut towns {
        points.sort_unstable();
        points.dedup();
    }
    towns.sort_by_cached_key(|Town(name, _)| sort_key(name));
    towns
}
