//! Pages taken apart: elements in their order, with what they lie in, their attributes and their text.
//!
//! The standard's tokenizer reads; what is checked beside it is that every element is closed where it must be, so that
//! a page means the same in every browser.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements that have no end tag (WHATWG HTML, 13.1.2).
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) elements: Vec<Element>,
    /// All text, the head's and that of scripts included.
    pub(crate) text: String,
    /// Comments, unclosed elements and the tokenizer's errors.
    pub(crate) faults: Vec<String>,
}

/// An element of a page.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// All text inside, that of its elements included.
    pub(crate) text: String,
    /// The elements that it lies in, by position, outermost first.
    pub(crate) inside: Vec<usize>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
    }

    /// Its text with single spaces.
    pub(crate) fn words(&self) -> String {
        words(&self.text)
    }
}

/// Text with single spaces.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    pub(crate) fn parse(html: &str) -> Page {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut page = Page::default();
        let mut open: Vec<usize> = Vec::new();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let attributes = tag.attributes.into_iter();
                    let attributes =
                        attributes.map(|(name, value)| (text(&name), text(&value))).collect();
                    let name = text(&tag.name);
                    page.elements.push(Element {
                        name,
                        attributes,
                        text: String::new(),
                        inside: open.clone(),
                    });
                    let is_void = VOID.contains(&page.elements.last().unwrap().name.as_str());
                    if !tag.self_closing && !is_void {
                        open.push(page.elements.len() - 1);
                    }
                }
                Token::EndTag(tag) => match open.pop() {
                    Some(last) if page.elements[last].name == text(&tag.name) => {}
                    Some(last) => {
                        let name = &page.elements[last].name;
                        page.faults.push(format!("</{}> where </{name}> was due", text(&tag.name)));
                    }
                    None => page.faults.push(format!("</{}> closes nothing", text(&tag.name))),
                },
                Token::String(string) => {
                    let string = text(&string);
                    page.text.push_str(&string);
                    for &element in &open {
                        page.elements[element].text.push_str(&string);
                    }
                }
                Token::Comment(comment) => {
                    page.faults.push(format!("a comment: {}", text(&comment)));
                }
                Token::Doctype(_) => {}
                Token::Error(error) => page.faults.push(error.to_string()),
            }
        }
        page.faults
            .extend(open.iter().map(|&at| format!("<{}> is not closed", page.elements[at].name)));
        page
    }

    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The only element of that name.
    pub(crate) fn only(&self, name: &str) -> Result<&Element, String> {
        let found: Vec<&Element> = self.all(name).collect();
        match found.as_slice() {
            [one] => Ok(one),
            all => Err(format!("{} <{name}>", all.len())),
        }
    }

    /// The content of the only `<meta>` of that name, or that stands in for that header.
    pub(crate) fn meta(&self, name: &str) -> Option<&str> {
        let is_it = |meta: &&Element| {
            [meta.attribute("name"), meta.attribute("http-equiv")].contains(&Some(name))
        };
        let mut found = self.all("meta").filter(is_it);
        let first = found.next()?.attribute("content");
        assert!(found.next().is_none(), "there are two <meta> for {name}");
        first
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|element| element.attribute("id"))
    }

    /// Whether search engines are asked to leave it out.
    pub(crate) fn is_hidden(&self) -> bool {
        self.meta("robots").is_some_and(|content| content.contains("noindex"))
    }

    /// Everything on the page that a browser follows or fetches, as it is written.
    pub(crate) fn references(&self) -> Vec<(&Element, String)> {
        let mut found = Vec::new();
        for element in &self.elements {
            for name in ["href", "src", "poster", "action", "data"] {
                found.extend(element.attribute(name).map(|url| (element, url.to_owned())));
            }
            let candidates = element.attribute("srcset").unwrap_or_default().split(',');
            let urls = candidates.filter_map(|candidate| candidate.split_whitespace().next());
            found.extend(urls.map(|url| (element, url.to_owned())));
            if element.attribute("http-equiv") == Some("refresh") {
                let target = element.attribute("content").unwrap().split_once("url=").unwrap().1;
                found.push((element, target.to_owned()));
            }
        }
        found
    }

    /// The names of its tags and of their attributes, in order, without values and text.
    pub(crate) fn shape(&self) -> Vec<String> {
        let shape = |element: &Element| {
            let names: Vec<&str> = element.attributes.keys().map(String::as_str).collect();
            format!("<{} {}>", element.name, names.join(" "))
        };
        self.elements.iter().map(shape).collect()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
