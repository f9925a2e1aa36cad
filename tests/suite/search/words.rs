//! Words of texts and of queries, letter by letter and slowly: the finder's own are in the program and in its script.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What a term must be for a word of a query to find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Exactly(String),
    BeginsWith {
        word: String,
        /// The word without its s.
        or_is: Option<String>,
    },
}

impl Word {
    fn begins_with(word: String) -> Word {
        let singular = word.strip_suffix('s').filter(|rest| rest.chars().count() >= 3);
        Word::BeginsWith { or_is: singular.map(str::to_owned), word }
    }

    pub(super) fn finds(&self, term: &str) -> bool {
        match self {
            Word::Exactly(word) => term == word,
            Word::BeginsWith { word, or_is } => {
                term.starts_with(word.as_str()) || or_is.as_deref() == Some(term)
            }
        }
    }

    /// As it was typed, but for case and accents.
    pub(super) fn text(&self) -> &str {
        match self {
            Word::Exactly(word) | Word::BeginsWith { word, .. } => word,
        }
    }
}

/// Case, accents and points are nothing to readers.
fn fold(text: &str) -> String {
    let mut folded = String::new();
    for letter in text.nfkd().collect::<String>().to_lowercase().chars() {
        match u32::from(letter) {
            0x300..=0x36f | 0x610..=0x61a | 0x64b..=0x65f | 0x670 | 0x640 => {}
            // The Hebrew hyphen parts words.
            0x591..=0x5bd | 0x5bf..=0x5c7 => {}
            _ => match letter {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ø' => folded.push('o'),
                'đ' => folded.push('d'),
                'ł' => folded.push('l'),
                'ı' => folded.push('i'),
                'ς' => folded.push('σ'),
                _ => folded.push(letter),
            },
        }
    }
    folded.nfc().collect()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

fn is_of_word(letter: char) -> bool {
    !is_apostrophe(letter) && (letter.is_alphanumeric() || is_combining_mark(letter))
}

/// Whether it is of a script that sets no spaces.
fn is_unspaced(letter: char) -> bool {
    const SCRIPTS: [(u32, u32); 11] = [
        (0x0e00, 0x0eff),
        (0x1000, 0x109f),
        (0x1780, 0x17ff),
        (0x3005, 0x3007),
        (0x3040, 0x30ff),
        (0x31f0, 0x31ff),
        (0x3400, 0x4dbf),
        (0x4e00, 0x9fff),
        (0xf900, 0xfaff),
        (0x20000, 0x2ffff),
        (0x30000, 0x3ffff),
    ];
    SCRIPTS.iter().any(|&(first, last)| (first..=last).contains(&u32::from(letter)))
}

/// Stretches of letters of one sort.
fn stretches(text: &str) -> Vec<Vec<char>> {
    let letters: Vec<char> = fold(text).chars().collect();
    let mut stretches: Vec<Vec<char>> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !is_of_word(letters[at]) {
            at += 1;
            continue;
        }
        let begin = at;
        while at < letters.len() && is_of_word(letters[at]) {
            at += 1;
        }
        let word = &letters[begin..at];
        // The s of "women's".
        let follows =
            begin >= 2 && is_apostrophe(letters[begin - 1]) && is_of_word(letters[begin - 2]);
        if word == ['s'] && follows {
            continue;
        }
        stretches
            .extend(word.chunk_by(|a, b| is_unspaced(*a) == is_unspaced(*b)).map(<[char]>::to_vec));
    }
    stretches
}

fn pairs(stretch: &[char]) -> Vec<String> {
    stretch.windows(2).map(String::from_iter).collect()
}

fn cut(stretch: &[char]) -> String {
    stretch.iter().take(40).collect()
}

/// What a text can be found by.
pub(super) fn terms(text: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for stretch in stretches(text) {
        if is_unspaced(stretch[0]) {
            terms.extend(pairs(&stretch));
            terms.extend(stretch.last().map(char::to_string));
        } else {
            terms.insert(cut(&stretch));
        }
    }
    terms
}

/// The words of a query.
pub(super) fn words(query: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for stretch in stretches(query) {
        match (is_unspaced(stretch[0]), stretch.len()) {
            (true, 1) => words.push(Word::begins_with(cut(&stretch))),
            (true, _) => words.extend(pairs(&stretch).into_iter().map(Word::Exactly)),
            (false, 1) => words.push(Word::Exactly(cut(&stretch))),
            (false, _) => words.push(Word::begins_with(cut(&stretch))),
        }
    }
    words
}
