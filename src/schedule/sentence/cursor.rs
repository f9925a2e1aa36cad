//! A place in the pieces of a sentence, from which constructs are tried.

use std::ops::Range;

use super::tokens::{Token, TokenKind};
use super::words;

/// The pieces that are still to be read. Cloning it is how a construct is tried.
#[derive(Clone)]
pub(super) struct Cursor<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(tokens: &'t [Token]) -> Cursor<'t> {
        Cursor { tokens, at: 0 }
    }

    /// The next piece, or the one so many after it.
    pub(super) fn peek(&self, ahead: usize) -> Option<&'t TokenKind> {
        self.tokens.get(self.at + ahead).map(|token| &token.kind)
    }

    /// The same if it is a word.
    pub(super) fn word(&self, ahead: usize) -> Option<&'t str> {
        match self.peek(ahead)? {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn advance(&mut self, pieces: usize) {
        self.at = (self.at + pieces).min(self.tokens.len());
    }

    /// The bytes of the next piece.
    pub(super) fn next_span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(0..0, |token| token.at.clone())
    }

    /// The bytes from an earlier place up to here.
    pub(super) fn span_since(&self, earlier: &Cursor<'_>) -> Range<usize> {
        let first = self.tokens.get(earlier.at).map_or(0, |token| token.at.start);
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        first..last.map_or(first, |token| token.at.end).max(first)
    }

    /// Reads what the function reads, or nothing at all.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    /// Reads one of some words.
    pub(super) fn eat_word(&mut self, among: &[&str]) -> bool {
        let found = self.word(0).is_some_and(|word| among.contains(&word));
        self.advance(usize::from(found));
        found
    }

    /// Reads any number of some words.
    pub(super) fn skip_words(&mut self, among: &[&str]) {
        while self.eat_word(among) {}
    }

    /// Reads several words in a row.
    pub(super) fn eat_phrase(&mut self, phrase: &[&str]) -> bool {
        let found = phrase.iter().enumerate().all(|(ahead, word)| self.word(ahead) == Some(*word));
        if found {
            self.advance(phrase.len());
        }
        found
    }

    /// Reads a piece of that kind.
    pub(super) fn eat(&mut self, kind: &TokenKind) -> bool {
        let found = self.peek(0) == Some(kind);
        self.advance(usize::from(found));
        found
    }

    /// Reads a comma, a bracket, a full stop or the like.
    pub(super) fn eat_pause(&mut self) -> bool {
        self.eat(&TokenKind::Pause) || self.eat(&TokenKind::Stop)
    }

    /// Reads any number of commas, brackets and the like.
    pub(super) fn skip_pauses(&mut self) {
        while self.eat_pause() {}
    }

    /// Reads commas, brackets and the like if one of some words comes after them.
    pub(super) fn skip_pauses_before(&mut self, among: &[&str]) {
        let pauses = (0..3)
            .take_while(|ahead| {
                matches!(self.peek(*ahead), Some(TokenKind::Pause | TokenKind::Stop))
            })
            .count();
        if self.word(pauses).is_some_and(|word| among.contains(&word)) {
            self.advance(pauses);
        }
    }

    /// Reads what joins the members of a list: `,`, `and`, `&`, `/`, or several of them.
    pub(super) fn eat_joint(&mut self) -> bool {
        let before = self.at;
        loop {
            match self.peek(0) {
                Some(TokenKind::Pause | TokenKind::Stop | TokenKind::And | TokenKind::Slash) => {
                    self.advance(1);
                }
                Some(TokenKind::Word(word)) if word == "and" || word == "n" => self.advance(1),
                _ => return self.at > before,
            }
        }
    }

    /// Reads a dash, `to`, `through` and the like between the ends of a range.
    pub(super) fn eat_range(&mut self) -> bool {
        self.eat(&TokenKind::Dash)
            || self.eat_word(&["to", "through", "thru", "until", "till", "til", "'til"])
            || self.eat_phrase(&["up", "to"])
    }

    /// Reads a count in figures or words, 1 to 9999.
    pub(super) fn eat_count(&mut self) -> Option<u32> {
        let count = match self.peek(0)? {
            TokenKind::Number { value, padded: false } => *value,
            TokenKind::Word(word) => words::cardinal(word)?,
            _ => return None,
        };
        self.advance(1);
        Some(count)
    }

    /// Reads an ordinal in figures or words; negative ones count from the end.
    pub(super) fn eat_ordinal(&mut self) -> Option<i32> {
        if let Some(nth) = self.attempt(Self::eat_place_from_end) {
            return Some(nth);
        }
        let ordinal = match self.peek(0)? {
            TokenKind::Ordinal(nth) => i32::try_from(*nth).ok()?,
            TokenKind::Word(word) if word == "penultimate" => -2,
            TokenKind::Word(word) => words::ordinal(word)?,
            _ => return None,
        };
        self.advance(1);
        Some(ordinal)
    }

    /// Reads `second to last`, `2nd-to-last`, `next to last`, `second last`.
    fn eat_place_from_end(&mut self) -> Option<i32> {
        let nth = match self.peek(0)? {
            TokenKind::Word(word) if word == "next" => 2,
            TokenKind::Word(word) => words::ordinal(word)?,
            TokenKind::Ordinal(nth) => i32::try_from(*nth).ok()?,
            _ => return None,
        };
        self.advance(1);
        self.eat(&TokenKind::Dash);
        self.eat_word(&["to"]);
        self.eat(&TokenKind::Dash);
        self.skip_words(&["the"]);
        (nth > 1 && self.eat_word(&["last"])).then_some(-nth)
    }
}
