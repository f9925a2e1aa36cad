//! Style sheets as readers fetch them: without comments and indentation, which are for those who work on the theme. Takes
//! and gives text; rules are not touched, strings neither.

/// The style sheet without its comments and without white space that parts nothing; comments that begin with `/*!`, as
/// licences do, stay.
pub(crate) fn published(sheet: &str) -> String {
    let mut published = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut apart = false;
    while !rest.is_empty() {
        let (token, next) = rest.split_at(token(rest));
        rest = next;
        let is_comment = token.starts_with("/*") && !token.starts_with("/*!");
        if is_comment || token.starts_with(char::is_whitespace) {
            apart = true;
            continue;
        }
        if token.starts_with('}') && published.ends_with(';') {
            published.pop();
        }
        let parted = published.is_empty() || published.ends_with(['{', '}', ';', ',', ':']);
        if apart && !parted && !token.starts_with(['{', '}', ';']) {
            published.push(' ');
        }
        published.push_str(token);
        apart = false;
    }
    published
}

/// How long the comment, the string, the white space or else the stretch without any is that a text begins with (CSS
/// Syntax Level 3, §4.3).
fn token(text: &str) -> usize {
    if text.starts_with("/*") {
        return text.get(2..).and_then(|rest| rest.find("*/")).map_or(text.len(), |end| end + 4);
    }
    let is_blank = text.starts_with(char::is_whitespace);
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let ends = |&(at, c): &(usize, char)| {
            at > 0 && (c.is_whitespace() != is_blank || matches!(c, '"' | '\'' | '/' | '}'))
        };
        return text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    };
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
    fn comments_and_idle_white_space_go_and_everything_else_stays() {
        for (sheet, expected) in [
            ("/* a */\na { b: c }\n", "a{b:c}"),
            ("a {\n  /* why\n     so */\n  b: c; /* d */\n}", "a{b:c}"),
            (
                "a > b,\n.c :is(d, e) {\n  f: calc(1px + 2px) g;\n}",
                "a > b,.c :is(d,e){f:calc(1px + 2px) g}",
            ),
            (
                "a { content: \"/* no;  } */\"; b: '\\'/*' }",
                "a{content:\"/* no;  } */\";b:'\\'/*'}",
            ),
            ("a { content: \" <\" attr(b) \">\"; }", "a{content:\" <\" attr(b) \">\"}"),
            ("/*! licence */\na{}", "/*! licence */ a{}"),
            ("a/**/b{}", "a b{}"),
            ("a { b: c / d }", "a{b:c / d}"),
            (
                "@media (a: b) and (c) {\n d { e: f !important }\n}",
                "@media (a:b) and (c){d{e:f !important}}",
            ),
            ("a{} /* open", "a{}"),
            ("a { b: \"open", "a{b:\"open"),
        ] {
            assert_eq!(published(sheet), expected, "{sheet}");
        }
    }
}
