//! Languages by code or by name.

use std::sync::LazyLock;

use super::Wrong;
use crate::model::group::Language;
use crate::suggest::closest;

/// What people call languages and ISO 639 does not, by code. `ASL` comes first because ISO gives it to Asilulu, a
/// language of one Indonesian village.
const LANGUAGE_WORDS: [(&[&str], &str); 13] = [
    (&["asl"], "ase"),
    (&["cantonese"], "yue"),
    (&["castellano", "español"], "es"),
    (&["creole", "haitian creole", "kreyòl"], "ht"),
    (&["dari"], "prs"),
    (&["deutsch"], "de"),
    (&["farsi"], "fa"),
    (&["filipino"], "fil"),
    (&["français"], "fr"),
    (&["mandarin"], "cmn"),
    (&["português"], "pt"),
    (&["tiếng việt"], "vi"),
    (&["中文"], "zh"),
];

/// An ISO 639 code or an English name.
pub(in crate::check) fn language(typed: &str) -> Result<Language, Wrong> {
    let lower = typed.to_lowercase();
    let known = LANGUAGE_WORDS.iter().find(|(words, _)| words.contains(&lower.as_str()));
    let typed = known.map_or(typed, |(_, code)| code);
    let code = typed.split(['-', '_']).next().unwrap_or(typed).to_ascii_lowercase();
    let is_named = |language: &isolang::Language| short_name(*language).eq_ignore_ascii_case(typed);
    let found = isolang::Language::from_639_1(&code)
        .or_else(|| isolang::Language::from_639_3(&code))
        .or_else(|| COMMON.iter().copied().chain(languages()).find(is_named));
    match found {
        Some(language) => Ok(Language {
            code: language.to_639_1().unwrap_or(language.to_639_3()).to_owned(),
            name: short_name(language).to_owned(),
        }),
        None => {
            let wrong =
                Wrong::value(typed, "a language", "write a code such as `en`, or an English name");
            let common = COMMON.iter().copied().map(short_name);
            Err(match closest(typed, common) {
                Some(name) => Wrong { help: format!("did you mean `{name}`?"), ..wrong }.fix(name),
                None => wrong,
            })
        }
    }
}

fn languages() -> impl Iterator<Item = isolang::Language> {
    isolang::languages()
}

/// Those with a code of two letters, which nearly all that are named are among; ISO 639-3 has 7,900.
static COMMON: LazyLock<Vec<isolang::Language>> =
    LazyLock::new(|| languages().filter(|language| language.to_639_1().is_some()).collect());

/// ISO lists "Spanish; Castilian" and "Modern Greek (1453-)": people say the first word of it.
fn short_name(language: isolang::Language) -> &'static str {
    let name = language.to_name();
    name.split([';', '(', ',']).next().unwrap_or(name).trim()
}

/// A BCP 47 tag whose language is known; returned as written.
pub(in crate::check) fn language_tag(typed: &str) -> Result<String, Wrong> {
    let sound = typed.split('-').all(|part| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if sound && typed.split('-').next().is_some_and(|code| code.len() <= 3) {
        language(typed).map(|_| typed.to_owned())
    } else {
        language(typed).map(|language| language.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_the_names_that_people_use() {
        for (typed, code) in [
            ("en", "en"),
            ("EN", "en"),
            ("English", "en"),
            ("spanish", "es"),
            ("español", "es"),
            ("es-MX", "es"),
            ("ASL", "ase"),
            ("American Sign Language", "ase"),
            ("Mandarin", "cmn"),
            ("Farsi", "fa"),
            ("Tagalog", "tl"),
        ] {
            let read = language(typed).map(|language| language.code).map_err(|wrong| wrong.help);
            assert_eq!(read.as_deref(), Ok(code), "{typed}");
        }
        let wrong = language("Spansh").err().unwrap();
        assert_eq!(wrong.fix.as_deref(), Some("Spanish"));
    }
}
