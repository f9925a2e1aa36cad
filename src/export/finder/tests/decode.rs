//! What a reader does: files into numbers and words.

use std::collections::HashMap;
use std::io::Read as _;

use serde_json::Value;

use super::super::{Files, HEAD};

/// The index as a reader has it.
pub(super) struct Index<'a> {
    files: &'a Files,
    pub(super) head: Value,
    /// What follows the head's JSON.
    after: Vec<u8>,
}

/// Terms with their documents, each with its class.
pub(super) type Terms = Vec<(String, Vec<(usize, usize)>)>;

impl Index<'_> {
    pub(super) fn open(files: &Files) -> Index<'_> {
        let bytes = unpacked(&files[HEAD]);
        let (length, rest) = bytes.split_at(4);
        let length = u32::from_le_bytes(length.try_into().unwrap()) as usize;
        let (json, after) = rest.split_at(length);
        Index { files, head: serde_json::from_slice(json).unwrap(), after: after.to_vec() }
    }

    pub(super) fn groups(&self) -> usize {
        number(&self.head["groups"])
    }

    pub(super) fn plane(&self, name: &Value) -> Vec<u8> {
        unpacked(&self.files[&format!("assets/finder/{}.bin", name.as_str().unwrap())])
    }

    fn table_bytes(&self) -> Vec<u8> {
        match &self.head["table"] {
            Value::Null => self.after.clone(),
            name => self.plane(name),
        }
    }

    /// For each document the number of its meetings; for each facet of the head the elements of its column.
    pub(super) fn table(&self) -> (Vec<usize>, Vec<Vec<Vec<usize>>>) {
        let bytes = self.table_bytes();
        let mut bytes = bytes.as_slice();
        places(&mut bytes, self.groups());
        let meetings: Vec<usize> = (0..self.groups()).map(|_| take(&mut bytes)).collect();
        let columns = self.head["facets"].as_array().unwrap().iter().map(|facet| {
            let is_of_meeting = ["day", "time", "format", "region", "city", "accessibility"]
                .contains(&facet[0].as_str().unwrap());
            let rows = if is_of_meeting { meetings.iter().sum() } else { self.groups() };
            (0..rows).map(|_| element(&mut bytes)).collect()
        });
        let columns = columns.collect();
        assert_eq!(bytes, b"");
        (meetings, columns)
    }

    /// The place of each document in the order of names.
    pub(super) fn names(&self) -> Vec<usize> {
        places(&mut self.table_bytes().as_slice(), self.groups())
    }

    /// For each document its rules and single meetings as in the compact form, with the offsets of zones in their places.
    pub(super) fn times(&self) -> Vec<(Vec<Value>, Vec<Value>)> {
        let runs = self.head["times"].as_array().unwrap().iter();
        runs.flat_map(|run| self.times_of(number(&run[0]), &run[1])).collect()
    }

    fn times_of(&self, groups: usize, name: &Value) -> Vec<(Vec<Value>, Vec<Value>)> {
        let bytes = self.plane(name);
        let (length, rest) = bytes.split_at(4);
        let length = u32::from_le_bytes(length.try_into().unwrap()) as usize;
        let (json, mut numbers) = rest.split_at(length);
        let json: Value = serde_json::from_slice(json).unwrap();
        let zone = |place: &Value| json["zones"][number(place)].clone();
        assert_eq!(number(&json["groups"]), groups);
        let counts: Vec<usize> = (0..groups).map(|_| take(&mut numbers)).collect();
        let mut halves = ["days", "hours"].map(|half| {
            let rules = (0..counts.iter().sum()).map(|_| json[half][take(&mut numbers)].clone());
            rules.collect::<Vec<Value>>().into_iter()
        });
        assert_eq!(numbers, b"");
        let mut document = 0;
        let mut singles: HashMap<usize, Vec<Value>> = HashMap::new();
        for own in json["singles"].as_array().unwrap() {
            let (step, numbers) = own.as_array().unwrap().split_first().unwrap();
            document += number(step);
            let singles = singles.entry(document).or_default();
            singles.extend(numbers.chunks(5).map(|one| {
                let start = one[0].as_i64().unwrap() + json["from"].as_i64().unwrap();
                let rest = [one[1].clone(), one[2].clone(), zone(&one[3]), one[4].clone()];
                Value::from([&[start.into()], rest.as_slice()].concat())
            }));
        }
        let timetables = counts.iter().enumerate().map(|(document, &count)| {
            let rules = (0..count).map(|_| {
                let [days, hours] = halves.each_mut().map(|half| half.next().unwrap());
                let days = days.as_array().unwrap();
                let (exceptions, days) = days.split_last().unwrap();
                let rest =
                    [hours[0].clone(), hours[1].clone(), zone(&hours[2]), exceptions.clone()];
                Value::from([days, &rest].concat())
            });
            (rules.collect(), singles.remove(&document).unwrap_or_default())
        });
        timetables.collect()
    }

    /// How many days, hours and zones there are in the first run of times.
    pub(super) fn times_shared(&self) -> [usize; 3] {
        let bytes = self.plane(&self.head["times"][0][1]);
        let (length, rest) = bytes.split_at(4);
        let length = u32::from_le_bytes(length.try_into().unwrap()) as usize;
        let json: Value = serde_json::from_slice(rest.split_at(length).0).unwrap();
        ["days", "hours", "zones"].map(|part| json[part].as_array().unwrap().len())
    }

    pub(super) fn rows(&self) -> Vec<Vec<Value>> {
        let block = |bytes: &[u8]| serde_json::from_slice::<Vec<Vec<Value>>>(bytes).unwrap();
        match &self.head["rows"] {
            Value::Null => {
                let blocks = self.head["blocks"].as_array().unwrap().iter();
                let blocks = blocks.map(|one| (number(&one[0]), block(&self.plane(&one[1]))));
                let blocks = blocks.inspect(|(count, rows)| assert_eq!(*count, rows.len()));
                blocks.flat_map(|(_, rows)| rows).collect()
            }
            rows => serde_json::from_value(rows.clone()).unwrap(),
        }
    }

    /// The shards, by their prefixes.
    pub(super) fn shards(&self) -> Vec<(String, Terms)> {
        let shards = self.head["text"].as_array().unwrap().iter();
        let shards = shards
            .map(|shard| (shard[0].as_str().unwrap().to_owned(), terms(&self.plane(&shard[1]))));
        shards.collect()
    }

    /// The shards that a reader fetches for what begins with a prefix.
    pub(super) fn shards_for(&self, prefix: &str) -> Terms {
        let shards = self.shards();
        let of = shards.iter().map(|(key, _)| key).filter(|key| prefix.starts_with(*key));
        let longest = of.max_by_key(|key| key.len());
        let wanted =
            shards.iter().filter(|(key, _)| Some(key) == longest || key.starts_with(prefix));
        wanted.flat_map(|(_, terms)| terms.clone()).collect()
    }

    pub(super) fn vocabulary(&self) -> Vec<String> {
        let bytes = self.plane(&self.head["vocabulary"]);
        let mut bytes = bytes.as_slice();
        let words = texts(&mut bytes);
        assert_eq!(bytes, b"");
        words
    }

    pub(super) fn json(&self, plane: &str) -> Value {
        serde_json::from_slice(&self.plane(&self.head[plane])).unwrap()
    }
}

pub(super) fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

pub(super) fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    unpacked
}

/// LEB128.
fn take(bytes: &mut &[u8]) -> usize {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (&byte, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return number;
        }
    }
}

/// Places told by steps.
fn places(bytes: &mut &[u8], count: usize) -> Vec<usize> {
    let mut place = 0;
    let places = (0..count).map(|_| {
        let step = take(bytes);
        place = if step.is_multiple_of(2) { place + step / 2 } else { place - step.div_ceil(2) };
        place
    });
    places.collect()
}

fn element(bytes: &mut &[u8]) -> Vec<usize> {
    let mut values = Vec::new();
    loop {
        let code = take(bytes);
        if code == 0 {
            return values;
        }
        values.push((code >> 1) - 1);
        if code & 1 == 0 {
            return values;
        }
    }
}

fn terms(bytes: &[u8]) -> Terms {
    let mut bytes = bytes;
    let texts = texts(&mut bytes);
    let counts: Vec<usize> = texts.iter().map(|_| take(&mut bytes)).collect();
    let terms = texts.into_iter().zip(counts).map(|(text, count)| {
        let mut next = 0;
        let postings = (0..count).map(|_| {
            let code = take(&mut bytes);
            next += code >> 2;
            (next - 1, code & 3)
        });
        (text, postings.collect())
    });
    let terms = terms.collect();
    assert_eq!(bytes, b"");
    terms
}

fn texts(bytes: &mut &[u8]) -> Vec<String> {
    let count = take(bytes);
    let mut before: Vec<u8> = Vec::new();
    let texts = (0..count).map(|_| {
        let (shared, more) = (take(bytes), take(bytes));
        let (text, rest) = bytes.split_at(more);
        *bytes = rest;
        before.truncate(shared);
        before.extend(text);
        String::from_utf8(before.clone()).unwrap()
    });
    texts.collect()
}
