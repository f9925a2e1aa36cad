//! Tables of YAML as people type it: the text, what is reported where (without `yaml-`), and what is read.

use std::sync::Arc;

use super::*;
use crate::source::SourceFile;

fn parsed(text: &str) -> (Source, Parsed) {
    let source = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
    let parsed = parse(&source, Span::new(0, text.len()));
    (source, parsed)
}

const TRAPS: &[[&str; 3]] = &[
    [
        "title: Grief and Loss #2\nkind: x\n",
        "1:23 lost-text",
        "{title: \"Grief and Loss #2\", kind: x}",
    ],
    [
        "purpose: One aim: leave\nkind: x\n",
        "1:17 second-colon",
        "{purpose: \"One aim: leave\", kind: x}",
    ],
    [
        "title: x\npurpose: Note:\nkind: x\n",
        "2:14 second-colon",
        "{title: x, purpose: \"Note:\", kind: x}",
    ],
    ["a: @dana\nb: c\n", "1:4 first-character", "{a: \"@dana\", b: c}"],
    ["a: `x`\nb: c\n", "1:4 first-character", "{a: \"`x`\", b: c}"],
    ["a: %x\nb: c\n", "1:4 first-character", "{a: \"%x\", b: c}"],
    ["a: *Peer*-led\nb: c\n", "1:4 first-character", "{a: \"*Peer*-led\", b: c}"],
    ["a: * star\nb: c\n", "1:4 first-character", "{a: \"* star\", b: c}"],
    ["a: &Rock and Roll\nb: c\n", "1:4 first-character", "{a: \"&Rock and Roll\", b: c}"],
    ["a: !important thing\nb: c\n", "1:4 first-character", "{a: \"!important thing\", b: c}"],
    ["a: |text here\nb: c\n", "1:4 first-character", "{a: \"|text here\", b: c}"],
    ["a: > 18 only\nb: c\n", "1:4 first-character", "{a: \"> 18 only\", b: c}"],
    ["a: \"Hope\" for all\nb: c\n", "1:10 quote", "{a: \"\\\"Hope\\\" for all\", b: c}"],
    ["a: 'Tis the season\nb: c\n", "1:4 quote", "{a: \"'Tis the season\", b: c}"],
    [
        "a: 'Tis the season\nb: It's c\nd: e\n",
        "1:4 quote",
        "{a: \"'Tis the season\", b: It's c, d: e}",
    ],
    ["a: \"Unclosed\nb: \"x\"\nd: e\n", "1:4 quote", "{a: \"Unclosed\", b: \"x\", d: e}"],
    [
        "a: {say: Twice a month, members receive dates.}\nb: c\n",
        "1:23 comma",
        "{a: {say: \"Twice a month, members receive dates.\"}, b: c}",
    ],
    [
        "a: {date:2026, reason: x: y}\nb: c\n",
        "1:9 missing-space, 1:25 second-colon",
        "{a: {date: 2026, reason: \"x: y\"}, b: c}",
    ],
    ["a:\n\tb: c\n\td: e\n", "2:1 tab", "{a: {b: c, d: e}}"],
    ["a:\n  b: c\n\td: e\nf: g\n", "3:1 tab", "{a: {b: c, d: e}, f: g}"],
    [
        "title: x\n\tpurpose: y\nkind: z\n",
        "2:1 tab, 2:1 indentation",
        "{title: x, purpose: y, kind: z}",
    ],
    ["a:\n  — one\n  — two\nb: c\n", "2:3 dash", "{a: [one, two], b: c}"],
    ["a:\n— one\n— two\nb: c\n", "2:1 dash", "{a: [one, two], b: c}"],
    ["a:\n  -one\n  -two\nb: c\n", "2:3 dash", "{a: [one, two], b: c}"],
    ["a:\n  - one\n  -two\nb: c\n", "3:3 dash", "{a: [one, two], b: c}"],
    ["a:\n- one\n-two\nb: c\n", "3:1 dash", "{a: [one, two], b: c}"],
    ["a:\n  • one\n  • two\nb: c\n", "2:3 dash", "{a: [one, two], b: c}"],
    ["a:\n  * one\n  * two\nb: c\n", "2:3 dash", "{a: [one, two], b: c}"],
    [
        "title:Grief\npurpose: x\nkind: y\n",
        "1:6 missing-space",
        "{title: Grief, purpose: x, kind: y}",
    ],
    [
        "title: Grief\npurpose:x\nkind: y\n",
        "2:8 missing-space",
        "{title: Grief, purpose: x, kind: y}",
    ],
    ["title: Grief\nkind:y\n", "2:5 missing-space", "{title: Grief, kind: y}"],
    ["m:\n  a: b\n  c:d\ne: f\n", "3:4 missing-space", "{m: {a: b, c: d}, e: f}"],
    ["title: X\n purpose: Y\nkind: z\n", "2:1 indentation", "{title: X, purpose: Y, kind: z}"],
    ["m:\n  a: open\n   b: none\nc: d\n", "3:1 indentation", "{m: {a: open, b: none}, c: d}"],
    ["m:\n  a: open\n b: none\nc: d\n", "3:1 indentation", "{m: {a: open, b: none}, c: d}"],
    ["  m: a\nn: b\n", "1:1 indentation", "{m: a, n: b}"],
    ["m: a\n- b\n- c\nn: d\n", "2:1 syntax", "{m: a, n: d} …"],
    ["m:\n- b\n - c\nn: d\n", "3:1 indentation", "{m: [b, c], n: d}"],
    ["m:\n - b\n- c\nn: d\n", "3:1 indentation", "{m: [b, c], n: d}"],
    [
        "purpose: Licensed therapists bring\none hard case\nkind: x\n",
        "2:1 indentation",
        "{purpose: Licensed therapists bring one hard case, kind: x}",
    ],
    [
        "title: [Online] Grief\nkind: x\n",
        "1:8 first-character",
        "{title: \"[Online] Grief\", kind: x}",
    ],
    ["title: {a b} Grief\nkind: x\n", "1:8 first-character", "{title: \"{a b} Grief\", kind: x}"],
    ["title: [a, b\nkind: x\n", "1:8 bracket", "{title: [a, b], kind: x}"],
    ["title: [a, @b]\nkind: x\n", "1:12 first-character", "{title: [a, \"@b\"], kind: x}"],
    ["title: [a, b}]\nkind: x\n", "1:13 bracket", "{title: [a, b], kind: x}"],
    ["title: a]\nx: {phone: a}}\nkind: x\n", "2:14 bracket", "{title: a], x: {phone: a}, kind: x}"],
    ["title: - foo\nkind: x\n", "1:8 first-character", "{title: \"- foo\", kind: x}"],
    ["title: ? foo\nkind: x\n", "1:8 first-character", "{title: \"? foo\", kind: x}"],
    ["title: \"a\\path\"\nkind: x\n", "1:10 quote", "{title: \"a\\\\path\", kind: x}"],
    ["title x\nkind: x\n", "1:1 syntax", "{kind: x} …"],
    ["kind: x\ntitle x\n", "2:1 syntax", "{kind: x} …"],
    ["kind: x\ntitle x\nzz: y\n", "2:1 syntax", "{kind: x, zz: y} …"],
    ["kind: x\n...\nzz: y\n", "3:1 several-documents", "{kind: x}"],
    ["kind: x\n---\nzz: y\n", "2:1 several-documents", "{kind: x}"],
    ["%YAML 1.2\n---\na: b\n", "1:1 syntax", "{a: b} …"],
    ["a: b\n%foo\nc: d\n", "2:1 syntax", "{a: b, c: d} …"],
    [
        "a: \"b\" # c\nd: [x, #y\n  z]\ne: #2\nf: [a] #3\n",
        "2:8 lost-text, 4:4 lost-text, 5:8 lost-text",
        "{a: \"b\", d: [x, z], e: \"#2\", f: [a]}",
    ],
    ["a: b\nc: d\n  e\n  f #x\ng: h\n", "4:5 lost-text", "{a: b, c: \"d e f #x\", g: h}"],
    [
        "a: “Hope”\nb: “Hope: x”\nc: [“a, b”, c]\n",
        "1:4 curly-quotes, 2:9 curly-quotes",
        "{a: \"Hope\", b: \"Hope: x\", c: [“a, b”, c]}",
    ],
    ["a: &x b\nc: *x\n<<: *x\n", "1:4 anchor", "{a: b, c: _, <<: _} …"],
    ["a: b\n: c\nd: e\n", "2:1 syntax", "{a: b, d: e}"],
    ["a: - b\n   - c\n", "1:4 dash", "{a: [b, c]}"],
    [
        "a: b c \"d\"\ne: \"b\" \"d\"\nf: g\n",
        "2:7 quote",
        "{a: b c \"d\", e: \"\\\"b\\\" \\\"d\\\"\", f: g}",
    ],
    [
        "schedule:\n  - when: Mondays\n   format: x\n  - when: y\nz: q\n",
        "3:1 indentation",
        "{schedule: [{when: Mondays, format: x}, {when: y}], z: q}",
    ],
    [
        "schedule:\n  - when: Mondays\n     format: x\n  - when: y\nz: q\n",
        "3:1 indentation",
        "{schedule: [{when: Mondays, format: x}, {when: y}], z: q}",
    ],
    [
        "schedule: \n  when: Mondays\n  - b\nz: q\n",
        "3:3 syntax",
        "{schedule: {when: Mondays}, z: q} …",
    ],
    ["a: >\n  x y\n z\nb: c\n", "3:1 indentation", "{a: \"x y z\", b: c}"],
    ["a: |\n   x y\n  z\nb: c\n", "3:1 indentation", "{a: \"x y\\nz\", b: c}"],
    ["a: |\nx y\nb: c\n", "2:1 indentation", "{a: \"x y\", b: c}"],
    ["a: {x: y\nb: c\nd: e\n", "1:4 bracket", "{a: {x: y}, b: c, d: e}"],
    ["a: {x: y\n  , z: w\nd: e\n", "1:4 bracket", "{a: {x: y, z: w}, d: e}"],
    ["e: \"b\" \"d\"\nf: g\n", "1:7 quote", "{e: \"\\\"b\\\" \\\"d\\\"\", f: g}"],
    ["a: 'It's hope'\nb: c\n", "1:8 quote", "{a: \"It's hope\", b: c}"],
    [
        "a: \"She said \"hi\" to us\"\nb: c\n",
        "1:15 quote",
        "{a: \"She said \\\"hi\\\" to us\", b: c}",
    ],
    [
        "a: {x: \"Hope\" for all, y: z}\nb: c\n",
        "1:14 quote",
        "{a: {x: \"\\\"Hope\\\" for all\", y: z}, b: c}",
    ],
    [
        "a: 'Tis the season\nb: members'\nc: d\n",
        "1:4 quote",
        "{a: \"'Tis the season\", b: members', c: d}",
    ],
    ["a: [“x”, y}]\n", "1:5 curly-quotes, 1:11 bracket", "{a: [\"x\", y]}"],
    ["a: - b\n   - c\nd: e\n", "1:4 dash", "{a: [b, c], d: e}"],
    [
        "a:\n  - x: 1\n    y: [2\n  - x: 3\nb: c\n",
        "3:8 bracket",
        "{a: [{x: 1, y: [2]}, {x: 3}], b: c}",
    ],
    ["topics: [grief, #loss]\nb: c\n", "1:17 lost-text", "{topics: [grief, \"#loss\"], b: c}"],
    [
        "title:Grief\npurpose:x\nkind:y\n",
        "1:6 missing-space",
        "{title: Grief, purpose: x, kind: y}",
    ],
    ["title: Grief: #2\nkind: x\n", "1:13 second-colon", "{title: \"Grief: #2\", kind: x}"],
    ["a: {b: c\n  d: e}\nf: g\n", "1:8 bracket", "{a: {b: c, d: e}, f: g}"],
    [
        "a: !!str x\nb: !!binary |\n  abc\nc: !x [a]\nd: !foo!bar x\ne: !\nf: y\n",
        "1:4 tag, 2:4 tag, 4:4 tag, 5:4 first-character, 6:4 first-character",
        "{a: x, b: \"abc\", c: [a], d: \"!foo!bar x\", e: \"!\", f: y}",
    ],
    ["a: &x\n  b: c\nd: e\n", "1:4 anchor", "{a: {b: c}, d: e}"],
    ["- a\n- b\n", "1:1 syntax", "{} …"],
    ["just text\n", "1:1 syntax", "{} …"],
    ["just text\nover lines\n", "1:1 syntax", "{} …"],
    ["a: b\na: c\nd: {e: f, e: g}\n", "2:1 duplicate-key, 3:11 duplicate-key", "{a: b, d: {e: f}}"],
    [
        "a: |\n  x # y\n  \ttab\n  — dash\n  “curly”\nb: >-\n  one: two\n  @three\nc: \"multi\n  line: x\"\nd: text\n  goes on\ne: 18:30\nf: https://x.example/#top\ng: C# and #1 things\nh: a#b\n",
        "15:11 lost-text",
        "{a: \"x # y\\n\\ttab\\n— dash\\n“curly”\", b: \"one: two @three\", c: \"multi line: x\", d: text goes on, e: 18:30, f: https://x.example/#top, g: \"C# and #1 things\", h: a#b}",
    ],
    [
        "title: x\n  purpose: one and two\nkind: y\n",
        "2:1 indentation",
        "{title: x, purpose: one and two, kind: y}",
    ],
    [
        "criteria:\n  - Holds a licence: yes\n  - Treats: eating: disorders\nb: c\n",
        "3:19 second-colon",
        "{criteria: [{Holds a licence: yes}, {Treats: \"eating: disorders\"}], b: c}",
    ],
    ["a:\n    - x\n  - y\nb: c\n", "3:1 indentation", "{a: [x, y], b: c}"],
    ["a:\n  - x\n    - y\nb: c\n", "3:1 indentation", "{a: [x, y], b: c}"],
    ["a:\n  b:\n  c: d\n e: f\ng: h\n", "4:1 indentation", "{a: {b: _, c: d, e: f}, g: h}"],
    ["a: '\nb: c\n", "1:4 quote", "{a: \"\", b: c}"],
    ["a: \"\nb: c\n", "1:4 quote", "{a: \"\", b: c}"],
    ["a: [\nb: c\n", "1:4 bracket", "{a: [], b: c}"],
    ["a: {\nb: c\n", "1:4 bracket", "{a: {}, b: c}"],
    ["a: }\nb: c\n", "1:4 bracket", "{a: _, b: c}"],
    ["a: ,\nb: c\n", "1:4 first-character", "{a: \",\", b: c}"],
    [":\na: b\n", "1:1 syntax", "{a: b}"],
    ["“title”: “x”\n", "1:1 curly-quotes, 1:10 curly-quotes", "{title: \"x\"}"],
    ["title = Grief\nkind: x\n", "1:1 syntax", "{kind: x} …"],
    ["a: >invalid\n  text\nb: c\n", "1:4 first-character", "{a: \">invalid text\", b: c}"],
    [
        "a: \"tab\\there\"\nb: \"bad \\x and \\q and \\\\ ok\"\nc: \"\\u12\"\n",
        "2:9 quote, 3:5 quote",
        "{a: \"tab\\there\", b: \"bad \\\\x and \\\\q and \\\\ ok\", c: \"\\\\u12\"}",
    ],
    [
        "agenda:\n  - {minutes: 10, item: Check-in, arrival}\n  - {minutes: 50 item: Case}\n  - {minutes: 30, item: “Feedback, round”}\nb: c\n",
        "2:33 comma, 3:22 second-colon, 4:34 comma",
        "{agenda: [{minutes: 10, item: \"Check-in, arrival\"}, {minutes: \"50 item: Case\"}, {minutes: 30, item: \"Feedback, round\"}], b: c}",
    ],
    ["a: {b: [c, d}\ne: f\n", "1:4 bracket, 1:13 bracket", "{a: {b: [c, d]}, e: f}"],
    ["a: {b: c}, {d: e}\nf: g\n", "1:4 first-character", "{a: \"{b: c}, {d: e}\", f: g}"],
    ["a: [b], [c]\nf: g\n", "1:4 first-character", "{a: \"[b], [c]\", f: g}"],
    ["a: \"b\", \"c\"\nf: g\n", "1:7 quote", "{a: \"\\\"b\\\", \\\"c\\\"\", f: g}"],
    [
        "schedule:\n  - when: Mondays\n    format: x\n   - when: y\nz: q\n",
        "4:1 indentation",
        "{schedule: [{when: Mondays, format: x}, {when: y}], z: q}",
    ],
    [
        "schedule:\n- when: Mondays\n  format: x\n  - when: y\nz: q\n",
        "4:1 indentation",
        "{schedule: [{when: Mondays, format: x}, {when: y}], z: q}",
    ],
    [
        "contact:\n  name: Dana\nemail: d@x\n  phone: 5\nz: q\n",
        "4:1 indentation",
        "{contact: {name: Dana}, email: d@x, phone: 5, z: q}",
    ],
    ["a:\n  b: c\n\n\td: e\nf: g\n", "4:1 tab", "{a: {b: c, d: e}, f: g}"],
    [
        "a: > 18 only\n  and more\nb: c\n",
        "1:4 first-character",
        "{a: \"> 18 only and more\", b: c}",
    ],
    ["a: {\n  b: c\n  d: e\n}\nf: g\n", "2:6 bracket", "{a: {b: c, d: e}, f: g}"],
    ["a:\u{a0}b\nc: d\n", "1:3 invisible-character", "{a: b, c: d}"],
    ["a:\n\u{a0}\u{a0}b: c\nd: e\n", "2:1 invisible-character", "{a: {b: c}, d: e}"],
];

const LEGAL: &[[&str; 3]] = &[
    ["? a\n: b\n", "", "{a: b}"],
    ["a: \"x\ny\"\nb: c\n", "", "{a: \"x y\", b: c}"],
    ["title : Grief\nkind: x\n", "", "{title: Grief, kind: x}"],
    ["\"a\": b\n'c d': e\n", "", "{a: b, c d: e}"],
    ["a: ~\nb: null\nc:\nd: \"\"\ne: 'null'\n", "", "{a: _, b: _, c: _, d: \"\", e: \"null\"}"],
    [
        "title: What's new? It's \"fine\"\nwho: R&D @ home 100% * and | > !\nphone: +1 (740) 555-0101\ntime: 6:00–7:30 pm\nlist: [a b, c-d, \"e, f\", 39.33, -82.10]\nmap: {name: 988 Suicide & Crisis Lifeline, call: \"988\", url: \"https://988lifeline.org\"}\n",
        "",
        "{title: What's new? It's \"fine\", who: R&D @ home 100% * and | > !, phone: +1 (740) 555-0101, time: 6:00–7:30 pm, list: [a b, c-d, \"e, f\", 39.33, -82.10], map: {name: 988 Suicide & Crisis Lifeline, call: \"988\", url: \"https://988lifeline.org\"}}",
    ],
    ["a: x\n \n   \nb: y\n", "", "{a: x, b: y}"],
    ["a: b\n\t\nc: d\n", "", "{a: b, c: d}"],
    ["a: b \t# comment\nc: d\t\n", "", "{a: b, c: d}"],
    ["key with spaces: v\na: b\n", "", "{key with spaces: v, a: b}"],
    ["a: |2\n   x\nb: c\n", "", "{a: \" x\", b: c}"],
    ["a: \"x\\\n  y\"\nb: c\n", "", "{a: \"xy\", b: c}"],
    [
        "a: \"unclosed\n  continues: here\n  ends\"\nb: c\n",
        "",
        "{a: \"unclosed continues: here ends\", b: c}",
    ],
    ["a: (b]\nc: d\n", "", "{a: (b], c: d}"],
    ["a: b\u{a0}\nc: \u{200b}d\n", "", "{a: b, c: d}"],
    ["\u{feff}a: b\n", "", "{a: b}"],
];

/// The tree in one line: plain text as it is, other text in quotes, `_` for blank.
fn show(node: &Node) -> String {
    match &node.value {
        Value::Blank => "_".into(),
        Value::Scalar { text, plain: true } => text.clone(),
        Value::Scalar { text, plain: false } => format!("{text:?}"),
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", "))
        }
        Value::Mapping(entries) => {
            let entries =
                entries.iter().map(|entry| format!("{}: {}", entry.key, show(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// `line:column rule` of each diagnostic, and the tree.
fn summary(text: &str) -> (String, String) {
    let (source, parsed) = parsed(text);
    let found = parsed.diagnostics.iter().map(|diagnostic| {
        let (line, column) = source.position(diagnostic.span.start);
        format!(
            "{line}:{column} {}",
            diagnostic.rule.name.strip_prefix("yaml-").unwrap_or(diagnostic.rule.name)
        )
    });
    let partial = if parsed.partial { " …" } else { "" };
    (found.collect::<Vec<_>>().join(", "), show(&parsed.fields) + partial)
}

fn check(cases: &[[&str; 3]]) {
    for [text, diagnostics, tree] in cases {
        let expected = ((*diagnostics).to_owned(), (*tree).to_owned());
        assert_eq!(summary(text), expected, "in\n{text}");
        assert_eq!(summary(&text.replace('\n', "\r\n")), expected, "with CR LF in\n{text}");
    }
}

#[test]
fn a_trap_is_named_and_the_rest_is_read_as_it_was_meant() {
    check(TRAPS);
}

#[test]
fn what_is_legal_is_left_alone() {
    check(LEGAL);
}

#[test]
fn the_correction_shown_is_one_that_reads_without_a_fault() {
    let text =
        "title: Grief: #2\nschedule: {say: Twice, or more}\ntopics:\n  — a\n  — b\nkind:peer\n";
    let (source, parsed) = parsed(text);
    let mut mended = text.to_owned();
    for (span, line) in
        parsed.diagnostics.iter().rev().filter_map(|diagnostic| diagnostic.fix.clone())
    {
        mended.replace_range(span.range(), &line);
    }
    assert_eq!(parsed.diagnostics.len(), 4);
    assert_eq!(summary(&mended), (String::new(), show(&parsed.fields)));
    assert_eq!(source.slice(parsed.fields.get("kind").unwrap().span), "peer");
}

#[test]
fn a_key_twice_names_both_places() {
    let (source, parsed) = parsed("title: a\nkind: b\ntitle: c\n");
    let (_, span, _) = parsed.diagnostics.first().unwrap().related.clone().unwrap();
    assert_eq!((source.slice(span), span.start), ("title", 0));
}

#[test]
fn spans_of_values_are_what_was_typed() {
    let (source, parsed) = parsed("a: \"x y\" # c\nb:\n  - {c: d}\n  - e\n\nf: |\n  g\n\n# end\n");
    let written: Vec<_> =
        parsed.fields.entries().iter().map(|entry| source.slice(entry.value.span)).collect();
    assert_eq!(written, ["\"x y\"", "- {c: d}\n  - e", "g"]);
}

#[test]
fn no_text_hangs_or_overflows() {
    let faults = "a: @b\n".repeat(200);
    let lines =
        |most: usize, line: fn(usize) -> String| (0..most).map(line).collect::<Vec<_>>().concat();
    for text in [
        "[".repeat(50_000),
        "- ".repeat(20_000),
        "a: {".repeat(20_000),
        lines(4000, |depth| " ".repeat(depth % 200) + "a:\n"),
        "a: &a [x]\n".to_owned() + &lines(2000, |n| format!("b{n}: &b{n} [*a, *a, *a]\n")),
        "\"".repeat(60_000),
        "'\n".repeat(20_000),
        "a:b\n".repeat(15_000),
        "— x\n".repeat(15_000),
        "\ta: b\n".repeat(10_000),
        "a: b #c\n".repeat(8_000),
        lines(8000, |n| format!("k{n}: b #c\n")),
        "{a: b, c, d, ".repeat(4_000),
        "#".repeat(60_000),
        "? ".repeat(30_000),
        ": ".repeat(30_000),
        "!".repeat(60_000),
        "\u{a0}".repeat(30_000),
        faults,
        lines(3000, |n| format!("k{n}: @v\n")),
    ] {
        let start = std::time::Instant::now();
        let (_, parsed) = parsed(&text);
        let beginning: String = text.chars().take(12).collect();
        assert!(!parsed.diagnostics.is_empty() || beginning.starts_with('#'), "{beginning}");
        assert!(start.elapsed().as_secs() < 10, "{beginning} took {:?}", start.elapsed());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]
    #[test]
    fn any_lines_can_be_read(lines in proptest::collection::vec(
        proptest::sample::select(vec![
            "a: b", "- c", "  d: e", "  - f", "g:", "{", "}", "[h, i", "]", "\"", "'", "j: 'k", "l: \"m\" n", "— o", "\tp: q",
            "r: s: t", " #u", "&v w", "*x", "!y", "|", ">", "---", "...", "%z", "\u{a0}", "“a”", "ä: “ö", "", "   ", "b:c", "\u{0}",
            "? d", ": e", "f: {g: h, i, j}", "k: [l, #m]", "n: \\", "o: \"\\x\"", "\u{feff}", "@", "`", ",", "- - p", "\r",
        ]), 0..12), joined in proptest::sample::select(vec!["\n", "\r\n", " "]))
    {
        let text = lines.join(joined);
        let (source, parsed) = parsed(&text);
        for diagnostic in &parsed.diagnostics {
            let range = diagnostic.span.range();
            proptest::prop_assert!(source.text.get(range).is_some(), "{:?} in {text:?}", diagnostic.span);
        }
    }
}
