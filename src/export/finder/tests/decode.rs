//! What a reader does: files into numbers and words.

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

    /// For each document the number of its meetings; for each facet of the head the elements of its column; and what
    /// follows the table.
    pub(super) fn table(&self) -> (Vec<usize>, Vec<Vec<Vec<usize>>>, Vec<u8>) {
        let bytes = self.table_bytes();
        let mut bytes = bytes.as_slice();
        let meetings: Vec<usize> = (0..self.groups()).map(|_| take(&mut bytes)).collect();
        let columns = self.head["facets"].as_array().unwrap().iter().map(|facet| {
            let is_of_meeting = ["day", "time", "format", "region", "city", "accessibility"]
                .contains(&facet[0].as_str().unwrap());
            let rows = if is_of_meeting { meetings.iter().sum() } else { self.groups() };
            (0..rows).map(|_| element(&mut bytes)).collect()
        });
        (meetings.clone(), columns.collect(), bytes.to_vec())
    }

    /// The place of each document in the order of names.
    pub(super) fn names(&self) -> Vec<usize> {
        let bytes = match &self.head["names"] {
            Value::Null => self.table().2,
            name => self.plane(name),
        };
        let width = if self.groups() <= 65536 { 2 } else { 4 };
        let value =
            |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        assert_eq!(bytes.len(), self.groups() * width);
        bytes.chunks(width).map(value).collect()
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
