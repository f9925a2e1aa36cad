//! Terms in files that a reader fetches a few of. A shard's boundaries are prefixes, so that what begins alike stays
//! together; they depend on sizes only roughly, so that an edit moves none of them.

use crate::export::finder::pack::{add, length};
use crate::export::finder::terms::{Posting, Term};
use crate::export::finder::words::is_gram;

/// A node of more bytes than these gives some to children.
const LIMIT: usize = 14 * 1024;
/// A child of its own has at least so many bytes.
const LEAST: usize = LIMIT / 6;

/// A shard: the terms that begin with its prefix and with no longer one of another shard.
pub(super) struct Shard<'a> {
    pub(super) prefix: String,
    pub(super) terms: Vec<&'a Term>,
}

/// The shards of all terms, which are in order; so are the shards, by their prefixes.
pub(super) fn shards(terms: &[Term]) -> Vec<Shard<'_>> {
    let mut shards = Vec::new();
    grow(String::new(), terms, &mut shards);
    shards.sort_by(|one, other| one.prefix.cmp(&other.prefix));
    shards
}

/// A node of the trie of terms and all below it.
fn grow<'a>(prefix: String, terms: &'a [Term], shards: &mut Vec<Shard<'a>>) {
    let mut kept = Vec::new();
    if weight(terms) <= LIMIT {
        kept.extend(terms);
    } else {
        let next = |term: &Term| term.text.get(prefix.len()..).and_then(|rest| rest.chars().next());
        for alike in terms.chunk_by(|one, other| next(one) == next(other)) {
            match next(&alike[0]) {
                Some(letter) if weight(alike) >= LEAST => {
                    grow(format!("{prefix}{letter}"), alike, shards);
                }
                _ => kept.extend(alike),
            }
        }
    }
    if !kept.is_empty() {
        shards.push(Shard { prefix, terms: kept });
    }
}

/// About how many bytes terms take.
fn weight(terms: &[Term]) -> usize {
    let bytes = terms
        .iter()
        .map(|term| 3 + term.text.len() / 2 + postings(term).map(length).sum::<usize>());
    bytes.sum()
}

/// The numbers of a term's postings: how far each document is from the one before, and the class in the lowest two bits.
fn postings(term: &Term) -> impl Iterator<Item = usize> {
    let mut next = 0;
    term.postings.iter().map(move |&Posting { document, class }| {
        let document = document as usize + 1;
        let step = document - next;
        next = document;
        step << 2 | usize::from(class)
    })
}

impl Shard<'_> {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        add_texts(&mut bytes, &self.terms);
        for term in &self.terms {
            add(&mut bytes, term.postings.len());
        }
        for number in self.terms.iter().flat_map(|term| postings(term)) {
            add(&mut bytes, number);
        }
        bytes
    }
}

/// The words that a misspelt one may mean: those of a title or a fact, and those that some groups use.
pub(super) fn vocabulary(terms: &[Term]) -> Vec<u8> {
    let is_meant = |term: &&Term| {
        let is_word = term.text.chars().any(char::is_alphabetic) && !term.text.starts_with(is_gram);
        let is_used = term.postings.len() >= 3 || term.postings.iter().any(|one| one.class > 0);
        is_word && is_used
    };
    let words: Vec<&Term> = terms.iter().filter(is_meant).collect();
    let mut bytes = Vec::new();
    add_texts(&mut bytes, &words);
    bytes
}

/// How many there are, then of each how many bytes it shares with the one before, how many follow, and those.
fn add_texts(bytes: &mut Vec<u8>, terms: &[&Term]) {
    add(bytes, terms.len());
    let mut before: &[u8] = b"";
    for term in terms {
        let text = term.text.as_bytes();
        let shared = before.iter().zip(text).take_while(|(one, other)| one == other).count();
        let (_, rest) = text.split_at(shared);
        add(bytes, shared);
        add(bytes, rest.len());
        bytes.extend_from_slice(rest);
        before = text;
    }
}
