//! Identifiers of headings: made from their words, and each one only once in a page.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::RESERVED_IDS;
use crate::slug;

/// The identifiers that a page has already.
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// How often a word was asked for, so that a thousand equal headings need no search.
    asked: BTreeMap<String, usize>,
}

impl Ids {
    pub(super) fn new() -> Ids {
        let taken = RESERVED_IDS.iter().map(|&id| id.to_owned()).collect();
        Ids { taken, asked: BTreeMap::new() }
    }

    /// The words of `text` joined by hyphens, with `-2`, `-3` and so on where that is taken; never empty.
    ///
    /// Only letters a to z, digits and hyphens: an identifier with `_` in it cannot collide.
    pub(super) fn unique(&mut self, text: &str) -> String {
        let mut words = slug::hyphenated(text);
        if words.is_empty() {
            words.push_str("section");
        }
        let asked = self.asked.entry(words.clone()).or_default();
        loop {
            *asked += 1;
            let id = if *asked == 1 { words.clone() } else { format!("{words}-{asked}") };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_words_and_never_twice_the_same() {
        let mut ids = Ids::new();
        let given = ["Who? Für alle!", "a", "a 2", "a", "A", "", "—", "Main", "help"];
        let made = given.map(|text| ids.unique(text));
        let wanted =
            ["who-fur-alle", "a", "a-2", "a-3", "a-4", "section", "section-2", "main-2", "help-2"];
        assert_eq!(made, wanted);
    }
}
