//! "Did you mean": the word of a list that comes nearest to what somebody typed.

/// The word that comes nearest to `word`, or nothing where none is near.
///
/// Near is a Damerau-Levenshtein distance of at most one, and one more for every four characters of `word`, upper and
/// lower case being the same. Of two that are equally near the first wins, so give `among` in a fixed order.
pub fn closest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let limit = 1 + length / 4;
    let letters = Letters::of(&word);
    let mut best = None;
    for candidate in among {
        // The distance costs the product of both lengths, and this is never more: a site has thousands of addresses.
        if letters.difference(&Letters::of(candidate)) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
        // A word of which no letter is left is another word, not a slip.
        let near = distance <= limit && distance < length;
        if near && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many of each letter a word has; those beyond ASCII count as one.
struct Letters([u32; 32]);

impl Letters {
    fn of(word: &str) -> Letters {
        let mut counts = [0; 32];
        for c in word.chars() {
            // Upper and lower case differ in the bits above.
            counts[if c.is_ascii() { c as usize % 32 } else { 0 }] += 1;
        }
        Letters(counts)
    }

    /// The fewest letters to put in, take out or exchange before both have the same ones.
    fn difference(&self, other: &Letters) -> usize {
        let pairs = || self.0.iter().zip(&other.0);
        let missing: u32 = pairs().map(|(a, b)| a.saturating_sub(*b)).sum();
        let surplus: u32 = pairs().map(|(a, b)| b.saturating_sub(*a)).sum();
        missing.max(surplus) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(word: &str) -> Option<&'static str> {
        closest(word, ["title", "timezone", "languages", "format", "for", "kind"].into_iter())
    }

    #[test]
    fn slips_of_the_finger_find_their_word() {
        assert_eq!(nearest("langauges"), Some("languages"));
        assert_eq!(nearest("timezon"), Some("timezone"));
        assert_eq!(nearest("TIMEZONE"), Some("timezone"));
        assert_eq!(nearest("fro"), Some("for"));
    }

    #[test]
    fn other_words_find_nothing() {
        for word in ["", "x", "colour", &"long".repeat(100_000)] {
            assert_eq!(nearest(word), None, "{word}");
        }
        assert_eq!(closest("x", ["y"].into_iter()), None);
    }

    #[test]
    fn the_first_of_equals_wins() {
        assert_eq!(closest("cat", ["car", "cap"].into_iter()), Some("car"));
        assert_eq!(closest("cat", ["car", "cat"].into_iter()), Some("cat"));
    }
}
