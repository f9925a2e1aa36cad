//! Texts whose words are as frequent as in life: a few are in nearly every group, most in one or two.
//!
//! The frame of each sentence is a stretch of `example-site`'s text. Its frequent words stay, the others make room for
//! words of the group's topic or of the field, of which the n-th is n times as rare as the first.

use std::collections::HashMap;

use super::chance::Chance;

/// A word that the example uses so often belongs to the language and not to a subject.
const FREQUENT: usize = 6;
/// What becomes of the other words of a frame, in hundredths; the rest comes from the whole field.
const KEPT: usize = 30;
const OF_THE_TOPIC: usize = 25;
const RARE: usize = 5;
/// Any long text has words that no other has; these stand for names, compounds and slips of the finger.
const RARE_WORDS: usize = 20_000;
/// Words that a topic has for itself.
const TOPIC_WORDS: usize = 60;

/// All words that texts are made of.
pub(crate) struct Words {
    /// The example's text.
    frame: Vec<String>,
    /// Whether that one is frequent.
    is_frequent: Vec<bool>,
    field: Ranked,
    /// The field's words without endings.
    plain: Vec<String>,
    rare: Ranked,
    topics: HashMap<String, Ranked>,
}

/// Words by rank.
struct Ranked {
    words: Vec<String>,
    /// Sums of the shares up to each word.
    sums: Vec<usize>,
}

impl Ranked {
    fn new(words: Vec<String>) -> Ranked {
        let mut sum = 0;
        let sums = (0..words.len()).map(|rank| {
            sum += 1_000_000_000 / (rank + 3);
            sum
        });
        let sums = sums.collect();
        Ranked { words, sums }
    }

    fn draw(&self, chance: &mut Chance) -> &str {
        let place = chance.below(*self.sums.last().expect("there are words"));
        &self.words[self.sums.partition_point(|sum| *sum <= place)]
    }
}

impl Words {
    /// From the example's text and its topics with their labels.
    pub(crate) fn new(text: Vec<String>, topics: &[(String, String)]) -> Words {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in &text {
            *counts.entry(bare(word)).or_default() += 1;
        }
        let is_frequent = text.iter().map(|word| counts[&bare(word)] >= FREQUENT).collect();
        let mut chance = Chance(0x0077_04d5);
        let [plain, forms] = field(&mut chance);
        let topics = topics.iter().map(|(key, label)| {
            let mut own: Vec<String> = label.split(' ').map(str::to_lowercase).collect();
            own.extend((0..TOPIC_WORDS).map(|_| chance.of(&plain).clone()));
            (key.clone(), Ranked::new(own))
        });
        let topics = topics.collect();
        let rare = (0..RARE_WORDS).map(|_| format!("{}{}", chance.of(&plain), chance.of(&plain)));
        let rare = Ranked::new(rare.collect());
        let field = Ranked::new(plain.iter().cloned().chain(forms).collect());
        Words { frame: text, is_frequent, field, plain, rare, topics }
    }

    /// So many words about a topic, without the full stop.
    pub(crate) fn sentence(&self, topic: &str, count: usize, chance: &mut Chance) -> String {
        let start = chance.below(self.frame.len() - count);
        let mut sentence = String::new();
        for place in start..start + count {
            let word = &self.frame[place];
            let comma = if word.ends_with(',') && place + 1 < start + count { "," } else { "" };
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence += &self.word_for(place, topic, chance);
            sentence += comma;
        }
        capitalised(&sentence)
    }

    fn word_for(&self, place: usize, topic: &str, chance: &mut Chance) -> String {
        let dice = chance.below(100);
        if self.is_frequent[place] || dice < KEPT {
            return bare(&self.frame[place]);
        }
        let source = match dice - KEPT {
            0..OF_THE_TOPIC => self.topics.get(topic).unwrap_or(&self.field),
            dice if dice < OF_THE_TOPIC + RARE => &self.rare,
            _ => &self.field,
        };
        source.draw(chance).to_owned()
    }

    /// A word of the field that begins a name.
    pub(crate) fn name(&self, chance: &mut Chance) -> String {
        capitalised(chance.of::<String>(&self.plain))
    }
}

/// The field's words in two parts: as they are, and in the forms that grammar makes of them, rarer ones last.
fn field(chance: &mut Chance) -> [Vec<String>; 2] {
    let mut kind = "";
    let (mut plain, mut forms, mut rare) = (Vec::new(), Vec::new(), Vec::new());
    for line in include_str!("words.txt").lines() {
        if !line.contains(' ') {
            kind = line;
            continue;
        }
        for word in line.split(' ') {
            plain.push(word.to_owned());
            let (common, seldom) = forms_of(kind, word);
            forms.extend(common);
            rare.extend(seldom);
        }
    }
    for words in [&mut plain, &mut forms, &mut rare] {
        words.sort_unstable();
        words.dedup();
        // Of any order, and the same for all.
        for place in (1..words.len()).rev() {
            words.swap(place, chance.below(place + 1));
        }
    }
    forms.extend(rare);
    [plain, forms]
}

/// Forms that people write often, and such that they write seldom.
fn forms_of(kind: &str, word: &str) -> (Vec<String>, Vec<String>) {
    let stem = word.strip_suffix('e').unwrap_or(word);
    let soft = word.strip_suffix('y').map_or_else(|| word.to_owned(), |stem| format!("{stem}i"));
    match kind {
        "nouns" => {
            let plural = if word.ends_with(['s', 'x', 'h']) { "es" } else { "s" };
            (
                vec![format!("{soft}{}", if soft == word { plural } else { "es" })],
                vec![format!("non{word}"), format!("{word}less")],
            )
        }
        "verbs" => (
            vec![format!("{word}s"), format!("{stem}ing"), format!("{stem}ed")],
            vec![
                format!("re{word}"),
                format!("{stem}er"),
                format!("{stem}able"),
                format!("over{word}"),
            ],
        ),
        _ => (
            vec![format!("{soft}ly"), format!("{soft}ness")],
            vec![format!("un{word}"), format!("{stem}er"), format!("{stem}est")],
        ),
    }
}

/// Without a comma or full stop, in small letters.
fn bare(word: &str) -> String {
    word.trim_end_matches(['.', ',']).to_lowercase()
}

/// With a capital letter.
pub(crate) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
