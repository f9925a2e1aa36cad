//! Style sheets as readers fetch them: without comments, which are for those who work on the theme. Takes and gives
//! text; rules are not touched, strings neither.

/// The style sheet without its comments; those that begin with `/*!`, as licences do, stay.
pub(crate) fn published(sheet: &str) -> String {
    let mut published = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, after) = rest.split_at(at);
        published.push_str(before);
        let length = token(after);
        let (token, next) = after.split_at(length);
        if token.starts_with("/*") && !token.starts_with("/*!") {
            // A comment on lines of its own takes them along.
            published.truncate(published.trim_end_matches([' ', '\t']).len());
            let own_line = published.is_empty() || published.ends_with('\n');
            rest = if own_line { next.strip_prefix('\n').unwrap_or(next) } else { next };
            // Between two words a comment parts them.
            published.push_str(if own_line { "" } else { " " });
        } else {
            published.push_str(token);
            rest = next;
        }
    }
    published + rest
}

/// How long the comment, the string or else the single character is that a text begins with (CSS Syntax Level 3, §4.3).
fn token(text: &str) -> usize {
    if text.starts_with("/*") {
        return text.get(2..).and_then(|rest| rest.find("*/")).map_or(text.len(), |end| end + 4);
    }
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return 1 };
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::published;

    #[test]
    fn comments_go_and_everything_else_stays() {
        for (sheet, expected) in [
            ("/* a */\na { b: c }\n", "a { b: c }\n"),
            ("a {\n  /* why\n     so */\n  b: c; /* d */\n}", "a {\n  b: c; \n}"),
            ("a { content: \"/* no */\"; b: '\\'/*' }", "a { content: \"/* no */\"; b: '\\'/*' }"),
            ("/*! licence */\na{}", "/*! licence */\na{}"),
            ("a/**/b{}", "a b{}"),
            ("a { b: c / d }", "a { b: c / d }"),
            ("a{} /* open", "a{} "),
            ("a { b: \"open", "a { b: \"open"),
        ] {
            assert_eq!(published(sheet), expected, "{sheet}");
        }
    }
}
