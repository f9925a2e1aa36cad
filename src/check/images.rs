//! Images and static files: what can be published, and at which address.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::content as rules;
use crate::image::{Facts, Fault};
use crate::load::Loaded;
use crate::model::PublishedFile;
use crate::source::{Source, SourceFile, Span};

/// Over this many bytes a picture takes seconds on a phone.
const LARGE: u64 = 500_000;

/// Looks at every image, used or not: what lies in the folder today is used tomorrow.
pub(super) fn check(loaded: &Loaded, diagnostics: &mut Vec<Diagnostic>) {
    for image in &loaded.images {
        examine(&image.path, &image.facts, image.size, diagnostics);
    }
    for file in &loaded.statics {
        if let Some(facts) = &file.facts {
            examine(&format!("static/{}", file.path), facts, file.size, diagnostics);
        }
    }
}

fn examine(path: &str, facts: &Result<Facts, Fault>, size: u64, diagnostics: &mut Vec<Diagnostic>) {
    let source = no_text(path);
    let at = |rule, message: String| Diagnostic::new(rule, &source, Span::default(), message);
    if let Err(fault) = facts {
        let rule = if matches!(fault, Fault::Script(_)) {
            &rules::UNSAFE_IMAGE
        } else {
            &rules::DAMAGED_IMAGE
        };
        diagnostics.push(at(rule, fault.to_string()).help(fault.help()));
    } else if size > LARGE {
        let message = format!("the image has {} KB, which takes long on a phone", size / 1000);
        diagnostics.push(
            at(&rules::LARGE_IMAGE, message).help("save it smaller: 1600 pixels wide is enough"),
        );
    }
}

/// A file that is no text, or none that matters.
pub(super) fn no_text(path: &str) -> Source {
    Arc::new(SourceFile { path: path.to_owned(), text: String::new() })
}

/// Static files by address, as they will be published.
pub(super) fn statics(loaded: &Loaded) -> impl Iterator<Item = PublishedFile> {
    loaded.statics.iter().map(|file| PublishedFile {
        address: file.path.clone(),
        path: file.file.clone(),
        image: file.facts.is_some(),
    })
}

/// Reports files that stand where a page or another file does; names that differ by case only are the same.
pub(super) fn collisions<'a>(
    loaded: &Loaded,
    is_page: &dyn Fn(&str) -> bool,
    published: impl Iterator<Item = &'a PublishedFile>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let owner = |key: &str, taken: &BTreeMap<String, String>| {
        let page = || {
            let url = format!("/{}", key.strip_suffix("index.html").unwrap_or(key));
            match url.as_str() {
                "/" => Some("the home page".to_owned()),
                url => is_page(url).then(|| format!("the page `{url}`")),
            }
        };
        taken.get(key).cloned().or_else(page)
    };
    let images: HashMap<&Path, &str> =
        loaded.images.iter().map(|image| (&*image.file, &*image.path)).collect();
    let mut seen: BTreeMap<String, &Path> = BTreeMap::new();
    for file in published {
        let key = folded(&file.address);
        let Some(&name) = images.get(&*file.path) else { continue };
        match seen.get(&key) {
            Some(first) if **first != file.path => {
                let other = taken.get(&key).map_or("", String::as_str);
                diagnostics.push(collision(name, other));
            }
            Some(_) => {}
            None => {
                taken.insert(key.clone(), format!("`{name}`"));
                seen.insert(key, &file.path);
            }
        }
    }
    for file in &loaded.statics {
        let key = folded(&file.path);
        let path = format!("static/{}", file.path);
        let own = key.starts_with("assets/") || key.starts_with("by/");
        if own || [".roundtable-manifest", "groups/finder.bin"].contains(&key.as_str()) {
            diagnostics.push(collision(&path, "the site's own files"));
        } else if let Some(owner) = owner(&key, &taken) {
            diagnostics.push(collision(&path, &owner));
        } else {
            taken.insert(key, format!("`{path}`"));
        }
    }
}

fn collision(path: &str, owner: &str) -> Diagnostic {
    let message = format!("`{path}` would take the place of {owner}");
    Diagnostic::new(&rules::OUTPUT_COLLISION, &no_text(path), Span::default(), message)
        .help("give the file another name, or take it out")
}

/// One spelling for names that some file systems cannot tell apart: case, and Unicode's composed and decomposed forms.
fn folded(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().collect::<String>().to_lowercase()
}
