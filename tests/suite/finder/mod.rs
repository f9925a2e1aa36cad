//! The finder's index as it is published: what is in it, in plain text, for those who search it for what must not be.

mod sizes;

use std::fmt::Write as _;

use serde_json::Value;

use crate::built::{Files, unpacked};

const HEAD: &str = "groups/finder.bin";

/// The head's JSON; none where there is no index.
fn head(files: &Files) -> Option<Value> {
    let bytes = unpacked(files.get(HEAD)?);
    let (length, rest) = bytes.split_at(4);
    let length = u32::from_le_bytes(length.try_into().unwrap()) as usize;
    Some(serde_json::from_slice(rest.split_at(length).0).unwrap())
}

fn path(name: &Value) -> String {
    format!("assets/finder/{}.bin", name.as_str().unwrap())
}

/// What planes hold in a form of their own, by their paths: words that are written by what they do not share with the
/// one before, and points that are written as steps.
pub(crate) fn told_plainly(files: &Files) -> Files {
    let Some(head) = head(files) else { return Files::new() };
    let mut plain = Files::new();
    let shards = head["text"].as_array().unwrap().iter().map(|shard| &shard[1]);
    for name in shards.chain([&head["vocabulary"]]) {
        let words = words(&unpacked(&files[&path(name)])).join("\n");
        plain.insert(format!("the words of {}", path(name)), words.into_bytes());
    }
    if let name @ Value::String(_) = &head["places"] {
        let places: Value = serde_json::from_slice(&unpacked(&files[&path(name)])).unwrap();
        plain.insert(format!("the points of {}", path(name)), points(&places).into_bytes());
    }
    plain
}

/// Each number as degrees with three decimals.
fn points(places: &Value) -> String {
    let steps = places["points"].as_array().unwrap();
    let (mut at, mut text) = ([0, 0], String::new());
    for (number, step) in steps.iter().enumerate() {
        at[number % 2] += step.as_i64().unwrap();
        let (sign, size) = (if at[number % 2] < 0 { "-" } else { "" }, at[number % 2].abs());
        writeln!(text, "{sign}{}.{:03}", size / 1000, size % 1000).unwrap();
    }
    text
}

/// The terms of a shard or of the vocabulary.
fn words(bytes: &[u8]) -> Vec<String> {
    let mut bytes = bytes;
    let count = number(&mut bytes);
    let mut word = Vec::new();
    let words = (0..count).map(|_| {
        let (shared, more) = (number(&mut bytes), number(&mut bytes));
        let (rest, after) = bytes.split_at(more);
        bytes = after;
        word.truncate(shared);
        word.extend_from_slice(rest);
        String::from_utf8(word.clone()).unwrap()
    });
    words.collect()
}

/// LEB128.
fn number(bytes: &mut &[u8]) -> usize {
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

#[test]
fn words_and_points_of_the_example_are_found_in_plain() {
    let plain = told_plainly(&crate::built::example().files);
    let text: String = plain.values().map(|text| String::from_utf8_lossy(text)).collect();
    for word in ["\nexhaustion\n", "\njuntos\n", "\nathens\n", "\n39.3"] {
        assert!(text.contains(word), "{word:?}");
    }
}
