//! Slugs, the words that addresses are made of: lower-case ASCII words joined by hyphens.
//!
//! [`Slug::parse`] takes what an author typed as it is or says what is wrong with it; [`Slug::from_text`] makes one out
//! of any text, in any script. Whether two slugs collide, and which addresses exist, is not decided here.

use std::error::Error;
use std::fmt;

/// The most characters that a slug has.
pub const LONGEST: usize = 100;

/// First words of addresses that the generator writes itself; a free page cannot have them.
///
/// `home` and `get-help` are among them: the pages of those names are put above the generated part of the page.
pub const RESERVED: &[&str] = &[
    "404",
    "assets",
    "by",
    "calendar",
    "embed",
    "get-help",
    "groups",
    "home",
    "index",
    "resources",
    "robots",
    "sitemap",
    "week",
];

/// Lower-case ASCII words joined by hyphens, at most [`LONGEST`] characters, and a name that every file system takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The slug that was typed, exactly as it was typed.
    pub fn parse(typed: &str) -> Result<Slug, SlugError> {
        let own = || typed.to_owned();
        if typed.is_empty() {
            return Err(SlugError::Empty);
        }
        if let Some(character) = typed.chars().find(|&c| !is_allowed(c)) {
            return Err(SlugError::Character { typed: own(), character });
        }
        if typed.split('-').any(str::is_empty) {
            return Err(SlugError::Hyphen { typed: own() });
        }
        if typed.len() > LONGEST {
            return Err(SlugError::TooLong { typed: own() });
        }
        if is_windows_device(typed) {
            return Err(SlugError::WindowsName { typed: own() });
        }
        Ok(Slug(own()))
    }

    /// A slug that says what `text` says: `Zürich Gruppe` is `zurich-gruppe`, `日本語` is `ri-ben-yu`.
    ///
    /// Long text is cut after a word. A name that Windows keeps for itself gets `-1`: `con` is `con-1`. Nothing where
    /// no letter or digit is left.
    pub fn from_text(text: &str) -> Option<Slug> {
        let mut slug = hyphenated(text);
        if is_windows_device(&slug) {
            slug.push_str("-1");
        }
        (!slug.is_empty()).then_some(Slug(slug))
    }

    /// The slug's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the generator keeps this word for its own addresses, so that no free page can have it.
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.as_str())
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Why a text is no slug, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlugError {
    /// There is no text.
    Empty,
    /// A character that slugs do not have.
    Character {
        /// The whole text.
        typed: String,
        /// The first such character.
        character: char,
    },
    /// A hyphen at an end, or two in a row.
    Hyphen {
        /// The whole text.
        typed: String,
    },
    /// More than [`LONGEST`] characters.
    TooLong {
        /// The whole text.
        typed: String,
    },
    /// A name that Windows keeps for a device and gives to no file: `con`, `prn`, `aux`, `nul`, `com1`, `lpt1`…
    WindowsName {
        /// The whole text.
        typed: String,
    },
}

impl SlugError {
    /// What to type instead, where something is left of the text.
    pub fn suggestion(&self) -> Option<Slug> {
        match self {
            SlugError::Empty => None,
            SlugError::Character { typed, .. }
            | SlugError::Hyphen { typed }
            | SlugError::TooLong { typed }
            | SlugError::WindowsName { typed } => Slug::from_text(typed),
        }
    }
}

impl fmt::Display for SlugError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MADE_OF: &str = "a slug is made of the small letters a to z, digits and hyphens";
        match self {
            SlugError::Empty => write!(f, "a slug needs at least one letter or digit"),
            SlugError::Character { typed, character } => {
                let typed = printable(typed);
                match character {
                    ' ' => write!(f, "`{typed}` has a space; {MADE_OF}"),
                    'A'..='Z' => write!(f, "`{typed}` has a capital letter; {MADE_OF}"),
                    _ => write!(
                        f,
                        "`{typed}` has `{}`; {MADE_OF}",
                        printable(&character.to_string())
                    ),
                }
            }
            SlugError::Hyphen { typed } => {
                write!(f, "`{typed}` has a hyphen that does not stand between two words")
            }
            SlugError::TooLong { typed } => {
                write!(f, "this slug has {} characters; it may have {LONGEST}", typed.len())
            }
            SlugError::WindowsName { typed } => {
                write!(f, "`{typed}` is a name that Windows keeps for itself and gives to no file")
            }
        }
    }
}

impl Error for SlugError {}

/// A message can reach a terminal, which would obey control characters.
fn printable(typed: &str) -> String {
    typed.replace(char::is_control, "\u{fffd}")
}

/// The words of a text, transliterated, in lower case and joined by hyphens, at most [`LONGEST`] characters; may be empty.
pub(crate) fn hyphenated(text: &str) -> String {
    let mut slug = String::new();
    let mut between_words = false;
    let ascii = text.chars().filter_map(deunicode::deunicode_char).flat_map(str::chars);
    for character in ascii {
        if character.is_ascii_alphanumeric() {
            if between_words && !slug.is_empty() {
                slug.push('-');
            }
            between_words = false;
            slug.push(character.to_ascii_lowercase());
        } else if character != '\'' {
            // `children's` is one word.
            between_words = true;
        }
        if slug.len() > LONGEST {
            let end = slug.rfind('-').unwrap_or(LONGEST);
            slug.truncate(end);
            break;
        }
    }
    slug
}

fn is_allowed(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
}

/// Names that cannot be a file or a folder on Windows, whatever their ending ("Naming Files, Paths, and Namespaces").
fn is_windows_device(name: &str) -> bool {
    match name {
        "con" | "prn" | "aux" | "nul" => true,
        _ => name
            .strip_prefix("com")
            .or_else(|| name.strip_prefix("lpt"))
            .is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_script_becomes_ascii_words() {
        for (text, slug) in [
            ("Zürich Gruppe", "zurich-gruppe"),
            ("Zu\u{308}rich", "zurich"),
            ("日本語", "ri-ben-yu"),
            ("  Men’s   group -- #2! ", "mens-group-2"),
            ("CON", "con-1"),
            ("lpt9", "lpt9-1"),
            ("com10", "com10"),
            ("console", "console"),
        ] {
            assert_eq!(Slug::from_text(text).unwrap().as_str(), slug, "{text}");
        }
        assert_eq!(Slug::from_text(" — !? "), None);
    }

    #[test]
    fn long_text_is_cut_after_a_word() {
        let slug = Slug::from_text(&"seventy ".repeat(1000)).unwrap();
        assert!(slug.as_str().ends_with("-seventy") && slug.as_str().len() <= LONGEST, "{slug}");
        assert_eq!(Slug::from_text(&"x".repeat(1000)).unwrap().as_str().len(), LONGEST);
    }

    #[test]
    fn what_was_typed_is_kept_or_refused_with_a_suggestion() {
        assert_eq!(Slug::parse("tuesday-group-2").unwrap().as_str(), "tuesday-group-2");
        for (typed, suggestion) in [
            ("Tuesday", Some("tuesday")),
            ("tuesday group", Some("tuesday-group")),
            ("-tuesday--group-", Some("tuesday-group")),
            ("../etc/passwd", Some("etc-passwd")),
            ("a\u{1b}[31m", Some("a-31m")),
            ("nul", Some("nul-1")),
            ("gruppe-zürich", Some("gruppe-zurich")),
            ("-", None),
            ("", None),
        ] {
            let error = Slug::parse(typed).unwrap_err();
            assert_eq!(error.suggestion().as_ref().map(Slug::as_str), suggestion, "{typed}");
            assert!(!error.to_string().contains(char::is_control), "{typed}");
        }
        assert!(matches!(Slug::parse("com1"), Err(SlugError::WindowsName { .. })));
        assert!(matches!(Slug::parse(&"x".repeat(101)), Err(SlugError::TooLong { .. })));
    }

    #[test]
    fn every_slug_made_from_text_parses() {
        for text in ["Zürich", "con", "日本語 グループ", &"word ".repeat(99), "🎉 party", "№ 5"]
        {
            let slug = Slug::from_text(text).unwrap();
            assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
        }
    }

    #[test]
    fn reserved_words_are_sorted_and_known() {
        assert!(RESERVED.is_sorted());
        assert!(Slug::parse("week").unwrap().is_reserved());
        assert!(!Slug::parse("about").unwrap().is_reserved());
    }
}
