//! Towns and what meets there: some are large, most are small.

use super::chance::Chance;
use super::words::Words;

const TOWN_BEGINNINGS: [&str; 24] = [
    "Ash", "Birch", "Brook", "Clear", "Deer", "East", "Elm", "Fair", "Fox", "Glen", "Green",
    "Hart", "Hill", "Kings", "Lake", "Mill", "New", "Oak", "Pine", "Rock", "Spring", "Stone",
    "Water", "West",
];
const TOWN_ENDINGS: [&str; 18] = [
    "bridge", "brook", "burg", "bury", "creek", "dale", "field", "ford", "gate", "haven", "land",
    "mont", "port", "side", "ton", "view", "ville", "wood",
];
/// With the south-western corner of a square of three degrees in it, in degrees north and west.
const REGIONS: [(&str, usize, usize); 8] = [
    ("Ohio", 38, 85),
    ("Kentucky", 36, 88),
    ("West Virginia", 37, 82),
    ("Indiana", 37, 88),
    ("Pennsylvania", 39, 80),
    ("Michigan", 41, 87),
    ("Virginia", 36, 80),
    ("Tennessee", 35, 88),
];
const STREETS: [&str; 10] = [
    "Main",
    "Church",
    "Mill",
    "River",
    "School",
    "Garden",
    "High",
    "Park",
    "Station",
    "Washington",
];
const KINDS: [&str; 14] = [
    "Church",
    "Community Center",
    "House",
    "Library",
    "Clinic",
    "Hall",
    "Counseling Center",
    "Family Center",
    "School",
    "Senior Center",
    "Chapel",
    "Wellness Center",
    "Lodge",
    "Hospital",
];

/// A town.
pub(crate) struct Town {
    pub(crate) name: String,
    region: &'static str,
    /// In hundredths of a degree.
    north: usize,
    west: usize,
}

/// All towns, the largest first.
pub(crate) struct Map(Vec<Town>);

impl Map {
    /// For a site with so many groups.
    pub(crate) fn of(groups: usize, chance: &mut Chance) -> Map {
        let all = TOWN_BEGINNINGS.len() * TOWN_ENDINGS.len();
        let towns = (0..all.min(16 + groups / 25)).map(|number| {
            // Each pair once, and neighbours in the list differ in both parts.
            let (beginning, ending) = (number % 24, (number + number / 72) % 18);
            let (region, north, west) = *chance.of(&REGIONS);
            Town {
                name: format!("{}{}", TOWN_BEGINNINGS[beginning], TOWN_ENDINGS[ending]),
                region,
                north: north * 100 + chance.below(300),
                west: west * 100 - chance.below(300),
            }
        });
        Map(towns.collect())
    }

    /// A large one is drawn more often.
    pub(crate) fn town(&self, chance: &mut Chance) -> &Town {
        // Of two draws from the front, the nearer: half of all are in the first seventh.
        let reach = chance.below(self.0.len()) + 1;
        let reach = chance.below(reach) + 1;
        &self.0[chance.below(reach)]
    }

    /// Lines for `places` of `site.yaml`.
    pub(crate) fn places(&self) -> String {
        let line = |town: &Town| {
            format!("  {}: [{}, -{}]\n", town.name, hundredths(town.north), hundredths(town.west))
        };
        self.0.iter().map(line).collect()
    }
}

fn hundredths(number: usize) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

impl Town {
    /// Somewhere in it.
    pub(crate) fn address(&self, number: usize, chance: &mut Chance) -> String {
        format!(
            "{{street: {} {} Street, city: {}, region: {}, postal_code: \"{}\", country: US}}",
            chance.below(900) + 1,
            chance.of(&STREETS),
            self.name,
            self.region,
            40_000 + number % 9_000
        )
    }

    /// A point in it: some kilometres around its middle.
    pub(crate) fn coordinates(&self, chance: &mut Chance) -> String {
        let [north, west] = [self.north, self.west].map(|at| at * 100 + chance.below(600) - 300);
        let degrees = |at: usize| format!("{}.{:04}", at / 10_000, at % 10_000);
        format!("[{}, -{}]", degrees(north), degrees(west))
    }
}

/// What people call a house.
pub(crate) fn house(words: &Words, town: &Town, chance: &mut Chance) -> String {
    let kind = chance.of(&KINDS);
    match chance.below(10) {
        0..3 => format!("{} {kind}", town.name),
        3..6 => format!("{} {} {kind}", words.name(chance), chance.of(&STREETS)),
        6..8 => format!("{} Street {kind}", chance.of(&STREETS)),
        _ => format!("{} {kind}", words.name(chance)),
    }
}
