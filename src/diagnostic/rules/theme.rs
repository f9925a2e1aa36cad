//! The rules that a site's own theme files are checked against.

use crate::diagnostic::{Level, Nature, Rule};

/// All of them.
pub static RULES: &[&Rule] = &[&UNKNOWN_THEME_FILE, &THEME_ERROR, &THEME_TEXT];

/// A file in `theme/` that replaces nothing.
pub static UNKNOWN_THEME_FILE: Rule = Rule {
    name: "unknown-theme-file",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a file in `theme/` that the theme does not have",
    why: "A file in `theme/` replaces the theme's file of the same path. One that replaces nothing would have no \
          effect, so its name is most likely a slip. Files of your own, such as a logo, belong in `static/`.",
    wrong: "-- theme/css/token.css --\n:root { --paper: #fff; }\n",
    right: "-- theme/css/tokens.css --\n:root { --paper: #fff; }\n",
};

/// A template that cannot be read, or that fails on a page.
pub static THEME_ERROR: Rule = Rule {
    name: "theme-error",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a template that cannot be used",
    why: "A template of your own is written in a way that the template language does not know, or asks for a value \
          that the page does not have. The message says where. Take the file away to get the theme's own back.",
    wrong: "-- theme/templates/404.html --\n{% extends \"base.html\" %}\n{% block main %}<h1>Gone</h1>\n",
    right: "-- theme/templates/404.html --\n{% extends \"base.html\" %}\n{% block main %}<h1>Gone</h1>{% endblock %}\n",
};

/// A text of the language file that the theme cannot use.
pub static THEME_TEXT: Rule = Rule {
    name: "theme-text",
    level: Level::Error,
    nature: Nature::Fixed,
    summary: "a text of `theme/language` that the theme cannot use",
    why: "A file in `theme/language` may hold only the texts that it changes, by the theme's own keys. A text can use \
          the places in braces that the theme's own text has, and no others: nothing would be put there.",
    wrong: "-- theme/language/en.yaml --\nsite:\n  skipp: \"Jump to the text\"\n",
    right: "-- theme/language/en.yaml --\nsite:\n  skip: \"Jump to the text\"\n",
};
