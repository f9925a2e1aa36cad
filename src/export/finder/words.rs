//! Words of texts, as the index has them and as a reader's query is taken. A browser does the same; the cases in
//! `tests/fixtures/words.json` are run by both.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a term.
const LONGEST: usize = 40;

const APOSTROPHES: [char; 3] = ['\'', '’', 'ʼ'];

/// A text in which what readers do not care for is gone: case, accents, vowel points, and letters that are told apart in
/// few languages only.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let has_capitals = text.bytes().any(|letter| letter.is_ascii_uppercase());
        return if has_capitals { text.to_ascii_lowercase().into() } else { text.into() };
    }
    let lower = text.nfkd().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for letter in lower.chars().filter(|letter| !is_left_out(*letter)) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.push(letter),
        }
    }
    Cow::Owned(folded.nfc().collect())
}

/// Accents, and the points of Hebrew and Arabic; not the hyphen of Hebrew, which stands among them.
fn is_left_out(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}')
}

/// Letters of scripts that set no spaces between words.
pub(super) fn is_gram(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// What a folded text is made of.
enum Part<'a> {
    /// A word between spaces and signs, or what is left of it beside a run.
    Word(&'a str),
    /// Letters of a script without spaces.
    Run(&'a str),
}

/// The terms of a text, in order, with repeats.
pub(super) fn each_term(text: &str, mut found: impl FnMut(&str)) {
    // Nothing that folding looks at goes beyond a space, and what stands between two is mostly plain.
    for text in text.split(' ') {
        each_part(&fold(text), |part| match part {
            Part::Word(word) => found(cut(word)),
            Part::Run(run) => {
                each_pair(run, &mut found);
                let last = run.char_indices().next_back().map_or(0, |(at, _)| at);
                found(run.split_at(last).1);
            }
        });
    }
}

/// Every two neighbours of a run.
fn each_pair(run: &str, mut found: impl FnMut(&str)) {
    let ends = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    for ((start, _), end) in run.char_indices().zip(ends.skip(2)) {
        found(run.get(start..end).unwrap_or_default());
    }
}

/// The parts of a folded text. An apostrophe parts words, and an "s" that it cuts off is none.
fn each_part<'a>(folded: &'a str, mut found: impl FnMut(Part<'a>)) {
    let mut follows_apostrophe = false;
    for piece in folded.split_inclusive(|letter| !is_of_word(letter)) {
        let word = piece.trim_end_matches(|letter| !is_of_word(letter));
        let is_cut_off = follows_apostrophe && word == "s";
        if !word.is_empty() && !is_cut_off {
            each_script(word, &mut found);
        }
        follows_apostrophe = !word.is_empty() && piece.ends_with(APOSTROPHES);
    }
}

fn is_of_word(letter: char) -> bool {
    (letter.is_alphanumeric() || is_combining_mark(letter)) && !APOSTROPHES.contains(&letter)
}

/// A word's runs, and what is between them.
fn each_script<'a>(word: &'a str, found: &mut impl FnMut(Part<'a>)) {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_run = is_gram(first);
        let end = rest.find(|letter| is_gram(letter) != is_run).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        found(if is_run { Part::Run(part) } else { Part::Word(part) });
        rest = after;
    }
}

fn cut(word: &str) -> &str {
    let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(at, _)| at);
    word.split_at(end).0
}

/// A word of a query.
#[cfg(test)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Every term that begins so.
    Prefix(String),
    /// This term.
    Exact(String),
}

/// The words of a query, in order.
#[cfg(test)]
pub(super) fn query_words(query: &str) -> Vec<Wanted> {
    let mut words = Vec::new();
    each_part(&fold(query), |part| match part {
        Part::Word(word) => words.push(Wanted::Prefix(cut(word).to_owned())),
        Part::Run(run) if run.chars().count() == 1 => words.push(Wanted::Prefix(run.to_owned())),
        Part::Run(run) => each_pair(run, |pair| words.push(Wanted::Exact(pair.to_owned()))),
    });
    words
}
