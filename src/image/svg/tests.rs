use super::super::{Fault, Format, examine, without_metadata};

/// A drawing with everything that stays and everything that goes.
pub(in super::super) const DRAWING: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<!-- CANARY -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<?editor CANARY?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  viewBox="0 0 40 20" inkscape:export-filename="/home/CANARY.png" data-name="CANARY" xml:lang="en">
 <title>Two &amp; a half circles</title><!-- CANARY -->
 <metadata><rdf:RDF><rdf:li>CANARY</rdf:li></rdf:RDF></metadata>
 <inkscape:view name="CANARY"><inkscape:x>CANARY</inkscape:x></inkscape:view>
 <style><!-- CANARY -->/* CANARY */ .a { fill: url(#g) } <![CDATA[ .b > .c { stroke: #123 } ]]></style>
 <defs><linearGradient id="g"><stop offset="1" stop-color="red"/></linearGradient></defs>
 <g inkscape:label="CANARY" style="fill:url('#g') /* CANARY */">
  <use xlink:href="#g"/><use href="#g"/><path class="a" d="M0 0
L1 1"/><text xml:space="preserve"> a &lt; b </text>
  <animate attributeName="x" values="0;1" dur="1s"/>
 </g>
 <unknown><desc>CANARY</desc></unknown>
</svg>
<!-- CANARY -->
"##;

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{inside}</svg>"
    )
}

fn cleaned(text: &str) -> String {
    String::from_utf8(without_metadata(text.as_bytes()).unwrap()).unwrap()
}

#[test]
fn what_draws_stays_and_notes_go() {
    let expected = r##"<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" xml:lang="en">
 <title>Two &amp; a half circles</title>
 
 
 <style>  .a { fill: url(#g) }  .b &gt; .c { stroke: #123 } </style>
 <defs><linearGradient id="g"><stop offset="1" stop-color="red"/></linearGradient></defs>
 <g style="fill:url('#g')  ">
  <use xlink:href="#g"/><use href="#g"/><path class="a" d="M0 0 L1 1"/><text xml:space="preserve"> a &lt; b </text>
  <animate attributeName="x" values="0;1" dur="1s"/>
 </g>
 
</svg>
"##;
    assert_eq!(cleaned(DRAWING), expected);
    assert_eq!(cleaned(expected), expected);
    let facts = examine("a.svg", DRAWING.as_bytes()).unwrap();
    assert_eq!((facts.format, facts.width, facts.height), (Format::Svg, Some(40), Some(20)));
}

#[test]
fn what_runs_or_reaches_out_is_refused() {
    let cases = [
        ("<script>alert(1)</script>", "`<script>`"),
        ("<g><SCRIPT/></g>", "`<SCRIPT>`"),
        (
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
            "`<foreignObject>`",
        ),
        ("<body xmlns='http://www.w3.org/1999/xhtml'/>", "`<body>`"),
        ("<g onload='x()'/>", "`onload`"),
        ("<g ONCLICK='x()'/>", "`ONCLICK`"),
        ("<a href='javascript:x()'/>", "`javascript:`"),
        ("<a xlink:href=' java&#10;script:x()'/>", "`javascript:`"),
        ("<a href='&#106;avascript:x()'/>", "`javascript:`"),
        ("<set attributeName='href' to='#a'/>", "animation of `href`"),
        (
            "<animate attributeName='xlink:href' values='javascript:x()'/>",
            "animation of `xlink:href`",
        ),
        ("<animate attributeName='x' values='javascript:x()'/>", "`javascript:`"),
        ("<set attributeName='onclick' to='x()'/>", "animation of `onclick`"),
        ("<use href='https://example.org/a.svg#b'/>", "`https://example.org/a.svg#b`"),
        ("<use href='other.svg#b'/>", "`other.svg#b`"),
        ("<image xlink:href='//example.org/a.png'/>", "`//example.org/a.png`"),
        ("<image href='data:image/jpeg;base64,AAAA'/>", "embedded picture"),
        ("<feImage href='http://example.org/'/>", "`http://example.org/`"),
        ("<g fill='url(http://example.org/#a)'/>", "`url(http://example.org/#a)`"),
        ("<g style='background: URL( \"//example.org\" )'/>", "another file"),
        ("<g style='background: u\\72l(//example.org)'/>", "escapes"),
        ("<g style='background: image-set(\"//example.org\" 1x)'/>", "another file"),
        ("<style>@import 'a.css';</style>", "`@import`"),
        ("<style>a { b: ur/**/l(//c) } /* open</style>", "`//`"),
        ("<style>@font-face { src: url(data:font/woff2,x) }</style>", "another file"),
    ];
    for (inside, named) in cases {
        match without_metadata(svg(inside).as_bytes()) {
            Err(Fault::Script(what)) => assert!(what.contains(named), "{inside}: {what}"),
            other => panic!("{inside}: {other:?}"),
        }
    }
}

#[test]
fn entities_are_refused_and_a_plain_doctype_is_not() {
    let entity = "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>";
    let bomb = "<!DOCTYPE svg SYSTEM 'http://example.org/x.dtd'><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
    for text in [entity, bomb] {
        assert!(matches!(without_metadata(text.as_bytes()), Err(Fault::Script(_))), "{text}");
    }
    cleaned(&format!("<!DOCTYPE svg>{}", svg("")));
}

#[test]
fn deep_broken_and_foreign_text_is_damaged() {
    let deep = svg(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)));
    let cases = [
        deep.as_str(),
        "<svg xmlns='http://www.w3.org/2000/svg'>",
        "<svg/>",
        "<svg xmlns='http://www.w3.org/2000/svg' a='1' a='2'/>",
    ];
    for text in cases {
        assert!(
            matches!(without_metadata(text.as_bytes()), Err(Fault::Damaged(_))),
            "{}",
            text.len()
        );
    }
    assert!(matches!(
        without_metadata(b"<svg xmlns='http://www.w3.org/2000/svg'>\xe4</svg>"),
        Err(Fault::Damaged(_))
    ));
}

#[test]
fn sizes_are_in_pixels_where_they_can_be() {
    let cases = [
        ("width='10' height='20px'", Some(10), Some(20)),
        ("width='1in' height='7.5pt'", Some(96), Some(10)),
        ("width='100%' height='100%'", None, None),
        ("width='100%' viewBox='0,0,30,40'", Some(30), Some(40)),
        ("width='0' height='-4'", None, None),
        ("width='1e99' height='x'", None, None),
    ];
    for (attributes, width, height) in cases {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>");
        let facts = examine("a.svg", text.as_bytes()).unwrap();
        assert_eq!((facts.width, facts.height), (width, height), "{attributes}");
    }
}
