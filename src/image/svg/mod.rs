//! SVG: read as XML and written anew with what draws and nothing else, so that comments, editors' notes and unknown
//! elements are gone by construction. What can run or reach out of the file is a fault, not silently dropped: its author
//! meant something by it.

mod css;
#[cfg(test)]
pub(super) mod tests;

use std::fmt::Write as _;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::{Cleaned, Fault, Size};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements that draw, move what is drawn, or say what it is; SVG 2, Filter Effects 1, SMIL as in SVG 1.1.
const DRAWING: &str = "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend \
    feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting \
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR \
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight \
    feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient \
    marker mask mpath path pattern polygon polyline radialGradient rect set stop style svg \
    switch symbol text textPath title tspan use view";
/// Elements of SVG and its neighbours that run, or hold something else than a drawing.
const RUNNING: &str =
    "script foreignobject iframe object embed audio video canvas source link handler listener";
/// Real drawings nest some dozen deep.
const DEEPEST: usize = 200;
/// About a hundred megabytes of memory.
const MOST_NODES: u32 = 1_000_000;

/// Whether the text begins as an SVG file does. The rest is judged by [`clean`].
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    // Editors put long licences in front.
    let start = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
    let text = String::from_utf8_lossy(start);
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
        && (text.contains("<svg") || text.contains(":svg"))
}

pub(super) fn clean(bytes: &[u8]) -> Cleaned {
    let text =
        std::str::from_utf8(bytes).map_err(|_other| Fault::Damaged("its text is not UTF-8"))?;
    if text.contains("<!ENTITY") {
        return Err(Fault::Script("entities (`<!ENTITY`)".to_owned()));
    }
    // A document type without entities of its own is harmless, common, and not written again.
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, entity_resolver: None };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::UnknownEntityReference(..) => {
            Fault::Script("entities from another file".to_owned())
        }
        _ => Fault::Damaged("it is not well-formed XML"),
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Fault::NotAnImage);
    }
    if root.tag_name().namespace() != Some(SVG) {
        return Err(Fault::Damaged("its `<svg>` lacks `xmlns=\"http://www.w3.org/2000/svg\"`"));
    }
    let mut out = String::with_capacity(text.len());
    write_element(&mut out, root, 0)?;
    out.push('\n');
    if out.contains(" xlink:href=") {
        out.insert_str("<svg".len(), &format!(" xmlns:xlink=\"{XLINK}\""));
    }
    Ok((size(root), out.into_bytes()))
}

fn write_element(out: &mut String, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
    let name = node.tag_name().name();
    if depth > DEEPEST {
        return Err(Fault::Damaged("its parts are nested too deeply"));
    }
    let namespace = node.tag_name().namespace();
    let is_running = is_among(RUNNING, &name.to_ascii_lowercase());
    if namespace == Some(XHTML) || namespace == Some(SVG) && is_running {
        return Err(Fault::Script(format!("a `<{name}>`")));
    }
    if namespace != Some(SVG) || !is_among(DRAWING, name) {
        return Ok(());
    }
    out.push('<');
    out.push_str(name);
    if depth == 0 {
        write_attribute(out, "xmlns", SVG);
    }
    for attribute in node.attributes() {
        check_attribute(node, attribute)?;
        match kept_name(attribute) {
            Some(name) if name == "style" => {
                write_attribute(out, &name, &css::without_comments(attribute.value())?);
            }
            Some(name) => write_attribute(out, &name, attribute.value()),
            None => {}
        }
    }
    let start = out.len();
    out.push('>');
    if name == "style" {
        // The text of a comment is text too, to the parser.
        let texts = node.children().filter(Node::is_text);
        let style: String = texts.filter_map(|child| child.text()).collect();
        write_text(out, &css::without_comments(&style)?);
    } else {
        write_children(out, node, depth)?;
    }
    if out.len() == start + 1 {
        out.truncate(start);
        out.push_str("/>");
    } else {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
    Ok(())
}

fn write_children(out: &mut String, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
    for child in node.children() {
        if child.is_element() {
            write_element(out, child, depth + 1)?;
        } else if child.is_text() {
            write_text(out, child.text().unwrap_or_default());
        }
    }
    Ok(())
}

fn is_among(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// Refuses what runs or reaches out.
fn check_attribute(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> Result<(), Fault> {
    let name = attribute.name().to_ascii_lowercase();
    // Browsers pass over white space and control characters in front of, and inside, an address's scheme.
    let value: String =
        attribute.value().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let lower = value.to_ascii_lowercase();
    if name.starts_with("on") && attribute.namespace().is_none() {
        return Err(Fault::Script(format!("an `{}` attribute", attribute.name())));
    }
    if lower.contains("javascript:") || lower.contains("vbscript:") {
        return Err(Fault::Script("a `javascript:` link".to_owned()));
    }
    if ["href", "src", "base"].contains(&name.as_str()) && !is_inside(&lower) {
        return Err(Fault::Script(address_fault(attribute.value(), &lower)));
    }
    let is_animation =
        node.has_tag_name((SVG, "set")) || node.tag_name().name().starts_with("animate");
    if is_animation
        && name == "attributename"
        && (lower.ends_with("href") || lower.starts_with("on"))
    {
        return Err(Fault::Script(format!("an animation of `{}`", attribute.value())));
    }
    css::check(attribute.value())
}

/// An address in the same file, or none.
fn is_inside(address: &str) -> bool {
    address.is_empty() || address.starts_with('#')
}

fn address_fault(shown: &str, lower: &str) -> String {
    if lower.starts_with("data:") {
        return "an embedded picture, whose metadata cannot be removed".to_owned();
    }
    let mut shown: String = shown.chars().take(60).collect();
    shown.retain(|c| !c.is_control());
    format!("a reference to another file, `{shown}`")
}

/// The name an attribute is written under; none for those of editors, for `data-` notes, and for other languages'.
fn kept_name(attribute: Attribute<'_, '_>) -> Option<String> {
    let name = attribute.name();
    match attribute.namespace() {
        None if name.starts_with("data-") => None,
        None => Some(name.to_owned()),
        Some(XLINK) if name == "href" => Some("xlink:href".to_owned()),
        Some(XML) if ["lang", "space"].contains(&name) => Some(format!("xml:{name}")),
        Some(_) => None,
    }
}

fn write_attribute(out: &mut String, name: &str, value: &str) {
    write!(out, " {name}=\"").expect("a String takes all");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            // White space that XML would make a plain space.
            '\n' | '\r' | '\t' => write!(out, "&#{};", u32::from(c)).expect("a String takes all"),
            c => push_escaped(out, c),
        }
    }
    out.push('"');
}

fn write_text(out: &mut String, text: &str) {
    for c in text.chars() {
        if c == '\r' { out.push_str("&#13;") } else { push_escaped(out, c) }
    }
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        c => out.push(c),
    }
}

/// `width` and `height` in pixels, each else from the `viewBox`.
fn size(root: Node<'_, '_>) -> Size {
    let view_box: Vec<f64> = root
        .attribute("viewBox")
        .map(|text| {
            text.split([' ', ',', '\t', '\n']).filter_map(|number| number.parse().ok()).collect()
        })
        .unwrap_or_default();
    let edge = |name: &str, at: usize| {
        let own = root.attribute(name).and_then(pixels);
        own.or_else(|| view_box.get(at).copied()).and_then(whole)
    };
    (edge("width", 2), edge("height", 3))
}

/// A CSS length; none for shares of a size that only the page knows.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let unit_at =
        length.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(length.len());
    let (number, unit) = length.split_at(unit_at);
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    number.trim().parse::<f64>().ok().map(|number| number * factor)
}

fn whole(pixels: f64) -> Option<u32> {
    let rounded = pixels.round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked"
    )]
    (1.0..=1e6).contains(&rounded).then_some(rounded as u32)
}
