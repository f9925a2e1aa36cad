//! Hostile Markdown, and the proof that nothing of it is obeyed: the HTML is parsed again, and no element, attribute or
//! address is in it that is not on a list.

use std::collections::BTreeSet;

use html5gum::{StartTag, Token, Tokenizer};
use proptest::prelude::*;

use super::{Address, Markdown, Target, blocks, inline};

/// Elements of bodies with the attributes that each may have.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "rel"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &[]),
    ("del", &[]),
    ("div", &["class", "role", "aria-labelledby", "tabindex"]),
    ("em", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "title", "width", "height", "loading", "decoding"]),
    ("li", &["id"]),
    ("ol", &["start", "class"]),
    ("p", &[]),
    ("pre", &[]),
    ("strong", &[]),
    ("sup", &["id"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["class", "scope"]),
    ("thead", &["id"]),
    ("tr", &[]),
    ("ul", &[]),
];
const INLINE: &[&str] = &["a", "br", "code", "del", "em", "strong"];
const EMPTY: &[&str] = &["br", "hr", "img"];
const CLASSES: &[&str] = &["table", "align-center", "align-end", "footnotes"];

/// Each is put everywhere that Markdown lets an author put an address.
const ADDRESSES: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\\javascript:alert(1)",
    "java\\script:alert(1)",
    "&#1;javascript:alert(1)",
    "&nbsp;javascript:alert(1)",
    "java\u{200b}script:alert(1)",
    "java\u{1}script:alert(1)",
    "\u{feff}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\\\\\evil.example",
    "/&Tab;/evil.example",
    "&#47;&#47;evil.example",
    "https:evil.example",
    "\"onmouseover=alert(1)",
    "x'onmouseover='alert(1)",
    "x\"><script>alert(1)</script>",
    "`onclick=alert(1)`",
    "#\"><svg onload=alert(1)>",
    "mailto:a@b.c\"onclick=alert(1)",
];

/// Where an address can stand; `@` is the address.
const PLACES: &[&str] = &[
    "[x](@)",
    "[x](<@>)",
    "[x](@ \"title\")",
    "[x][r]\n\n[r]: @",
    "[x][r]\n\n[r]: <@> 'title'",
    "[r][]\n\n[r]: <@>",
    "[r]\n\n[r]: <@>",
    "<@>",
    "![x](<@>)",
    "![x][r]\n\n[r]: <@>",
    "[![x](<@>)](<@>)",
    "![[x](<@>)](<@>)",
    "[a ![b [c](<@>) d](<@>) e](<@>)",
    "# [x](<@>)\n\n[x](<@>)\n===",
    "| [x](<@>) | ![x](<@>) |\n|---|:-:|\n| [x](<@>) | <@> |",
    "> - [x](<@>)\n>   1. ![x](<@>)",
    "**[x*](<@>)*~~[y](<@>)~~**",
    "a[^1] [b[^1]](<@>)\n\n[^1]: [x](<@>)",
    "[x](y \"@\") ![x](y '@')",
    "![@](y)",
    "[@](y)",
    "# @",
    "# x {#id onclick=@ .class}",
    "```@\n@\n```",
    "~~~ @ onclick=@\n@\n~~~",
    "`@`",
    "    @",
    "[^@]\n\n[^@]: @",
    "@",
];

/// What is hostile by itself.
const CONSTRUCTS: &[&str] = &[
    "<script>alert(1)</script>",
    "a <script>alert(1)</script> b",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>\n\n[x](y)\n\n</svg>",
    "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=q>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<!-- comment --><script>alert(1)</script>",
    "<!--\n<script>alert(1)</script>\n-->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!DOCTYPE html>",
    "<?php alert(1) ?>",
    "</p></div></main><script>alert(1)</script>",
    "<div\nonclick=alert(1)\n>",
    "<textarea>\n\n</textarea><script>alert(1)</script>",
    "<title><a title=\"</title><script>alert(1)</script>\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "`</code><script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "```\" onclick=alert(1) x=\"\ny\n```",
    "```x\u{c}class help\ny\n```",
    "    </code><script>alert(1)</script>",
    "# <script>alert(1)</script>\n\n# \" onclick=alert(1) x=\"",
    "# x {onclick=alert(1)}\n\ny {onclick=alert(1)}\n===",
    "# main\n\n# help\n\n# main\n\n# note 1\n\n# table_1\n\n# \u{0}",
    "| <script> | \"onclick=alert(1) |\n|---|---|\n| </td><svg onload=alert(1)> | <!-- |",
    "| a |\n|--:|\n| b | c | d |\n|",
    "![\"onerror=alert(1) x=\"](y)",
    "![<script>alert(1)</script>](y \"<script>alert(1)</script>\")",
    "![x](y '\"onerror=alert(1) x=\"')",
    "[x](y '\"onclick=alert(1) x=\"')",
    "[x](y \"&quot;onclick=alert(1)\")",
    "[^<script>]: y\n\nx[^<script>]",
    "[^\"onclick=x]: y\n\nx[^\"onclick=x]",
    "[^a]: b[^a]\n\n    [^c]: d[^a]\n\nx[^c]",
    "[<script>]: y\n\n[<script>]",
    "- <script>\n- </li></ul>\n  <div>\n\n<script>alert(1)\n",
    "> <!--\n\n-->\n\n> <div>\n</div>",
    "[x](<y\n<script>alert(1)</script>>)",
    "1000000000. x\n\n999999999. y",
    "- [ ] x\n- [x] y",
    "> [!NOTE]\n> x",
    "$x$ ~y~ ^z^ [[w]] :-: ---\ntitle: x\n---",
    "\u{0}<scr\u{0}ipt>",
    "\u{202e}<script>\u{2066}",
];

fn echo(target: Target<'_>) -> Address {
    let (Target::Link(url) | Target::Image(url)) = target;
    Address::To { url: url.to_owned(), size: Some((4, 3)) }
}

fn check(source: &str) {
    let body = blocks(source, &echo);
    let elements: Vec<_> = ALLOWED.iter().map(|(name, _)| *name).collect();
    inspect(&body, &elements, source);
    let line = inline(source, &echo);
    inspect(&line, INLINE, source);
    assert!(line.images.is_empty() && line.headings.is_empty());
}

/// Reads the HTML as a browser would.
fn inspect(page: &Markdown, elements: &[&str], source: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut ids = BTreeSet::new();
    let context = || format!("{source:?}\n{}", page.html);
    for token in Tokenizer::new(&page.html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                assert!(elements.contains(&name.as_str()), "<{name}>: {}", context());
                inspect_attributes(&name, &tag, &mut ids, &context);
                let nested = matches!(name.as_str(), "a" | "p") && open.contains(&name);
                assert!(!nested, "<{name}> in itself: {}", context());
                if !EMPTY.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                assert_eq!(open.pop(), Some(text(&tag.name)), "{}", context());
            }
            Token::String(_) => {}
            // Control characters in an author's text are odd, and no more.
            Token::Error(error) if is_about_a_character(error.value) => {}
            token => panic!("{token:?}: {}", context()),
        }
    }
    assert!(open.is_empty(), "{open:?}: {}", context());
    let links = page.links.iter().map(|link| &link.range);
    let images = page.images.iter().map(|image| &image.range);
    let problems = page.problems.iter().map(|problem| &problem.range);
    for range in links.chain(images).chain(problems) {
        assert!(source.get(range.clone()).is_some_and(|written| !written.is_empty()), "{range:?}");
    }
}

fn is_about_a_character(error: html5gum::Error) -> bool {
    use html5gum::Error::{
        ControlCharacterInInputStream, NoncharacterInInputStream, UnexpectedNullCharacter,
    };
    matches!(
        error,
        ControlCharacterInInputStream | NoncharacterInInputStream | UnexpectedNullCharacter
    )
}

fn inspect_attributes(
    element: &str,
    tag: &StartTag<()>,
    ids: &mut BTreeSet<String>,
    context: &dyn Fn() -> String,
) {
    let allowed = ALLOWED.iter().find(|(name, _)| *name == element).map_or(&[][..], |(_, a)| a);
    for (name, value) in &tag.attributes {
        let (name, value) = (text(name), text(&value.value));
        assert!(allowed.contains(&name.as_str()), "<{element} {name}>: {}", context());
        match name.as_str() {
            "href" | "src" => assert!(is_safe(&value, element), "{value:?}: {}", context()),
            "class" => assert!(CLASSES.contains(&value.as_str()), "{value:?}: {}", context()),
            "id" => {
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                assert!(!value.is_empty() && value.chars().all(plain), "{value:?}: {}", context());
                assert!(!super::RESERVED_IDS.contains(&value.as_str()), "{}", context());
                assert!(ids.insert(value), "an id twice: {}", context());
            }
            _ => {}
        }
    }
}

/// Another opinion than `destination`'s: what the WHATWG URL parser removes is removed, then the scheme is looked at.
fn is_safe(url: &str, element: &str) -> bool {
    let url: String = url.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let url = url.trim_matches(|c: char| c <= ' ').replace('\\', "/").to_lowercase();
    let schemes: &[&str] =
        if element == "a" { &["http://", "https://", "mailto:", "tel:"] } else { &[] };
    if schemes.iter().any(|scheme| url.starts_with(scheme)) {
        return true;
    }
    let first = url.split(['/', '?', '#']).next().unwrap_or("");
    !first.contains(':') && !url.starts_with("//")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("HTML made of strings is UTF-8")
}

#[test]
fn no_construct_is_obeyed() {
    for source in CONSTRUCTS {
        check(source);
    }
}

#[test]
fn no_address_is_obeyed_in_any_place() {
    for place in PLACES {
        for address in ADDRESSES.iter().chain(CONSTRUCTS) {
            check(&place.replace('@', address));
        }
    }
}

#[test]
fn what_is_dropped_is_reported() {
    for address in ADDRESSES.iter().filter(|address| address.contains("script:")) {
        for source in [format!("[x](<{address}>)"), format!("![x](<{address}>)")] {
            // An escaped letter is two characters, and an angle bracket ends a destination.
            if !address.contains(['<', '\u{200b}', '\u{feff}']) {
                let page = blocks(&source, &echo);
                assert_eq!((page.problems.len(), page.text.as_str()), (1, "x"), "{source}");
                assert!(page.links.is_empty() && page.images.is_empty());
            }
        }
    }
}

#[test]
fn an_address_that_is_not_safe_is_nowhere() {
    for url in ["//evil.example", "javascript:alert(1)", "/\\evil.example"] {
        let page = blocks("[x](y) ![z](y)", &|_| Address::To { url: url.into(), size: None });
        assert_eq!(page.html, "<p>x z</p>\n");
    }
}

#[test]
fn pathological_input_finishes() {
    for source in [
        "[".repeat(50_000),
        "![".repeat(50_000),
        ">".repeat(20_000),
        "> ".repeat(20_000) + "x",
        "- ".repeat(5_000) + "x",
        "*a **a ".repeat(20_000),
        "<".repeat(50_000),
        "<!--".repeat(20_000),
        "<a><b></c>\n".repeat(20_000),
        "`".repeat(50_000),
        "[a](".repeat(20_000),
        "# a\n".repeat(20_000),
        "| a ".repeat(10_000) + "|\n" + &"|-".repeat(10_000) + "|\n" + &"|\n".repeat(1_000),
        "[^a]: x[^a]\n\n".repeat(5_000),
        "[^1]: ".repeat(5_000) + "[^1]",
        format!("[a]: {}\n\n", "x".repeat(1_000)) + &"[a]".repeat(20_000),
        "&".repeat(50_000),
        "~~".repeat(50_000),
        "(".repeat(50_000) + "[x](" + &"(".repeat(50_000),
    ] {
        inline(&source, &echo);
        blocks(&source, &echo);
    }
}

/// Pieces that mean something to Markdown, HTML or URLs.
const PIECES: &str = "[ ] ( ) < > ! ` ``` ~~ * _ ** # - 1. | |-| \\ & ; : / // \" ' = --- === { } [^ [^a] [^a]: [x]( \
    ![x]( [r] [r]: <a </a> <!-- --> <![CDATA[ ]]> <? <script> <div> </div> <svg/onload=x> onclick= href= javascript: \
    data: https: mailto: a@b.c &Tab; &#58; &colon; &lt; &quot; \0 \u{1} \u{a0} \u{200b} \u{feff} \u{202e} \u{2028} \
    ä 日本 🎉 x y a main $ ^ [[ ]] [!NOTE]";
const SPACES: &[&str] = &["\n", "\n\n", "    ", "\t", " ", "  \n", "\r\n", "# ", "- ", "1. ", "> "];

fn nasty() -> impl Strategy<Value = String> {
    let pieces = PIECES.split(' ').filter(|piece| !piece.is_empty());
    let pieces: Vec<_> = pieces.chain(SPACES.iter().copied()).collect();
    let piece = prop::sample::select(pieces);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_made_of_nasty_pieces_is_obeyed(source in nasty()) {
        check(&source);
    }
}
