//! Images and static files: what can be published, and at which address.

use std::collections::BTreeMap;
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

/// Reports files of `static` that stand where the site itself puts a page, and files that differ by case only.
pub(super) fn collisions<'a>(
    loaded: &Loaded,
    pages: impl Iterator<Item = &'a str>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for url in pages {
        taken.insert(
            format!("{}index.html", folded(url.trim_start_matches('/'))),
            format!("the page `{url}`"),
        );
    }
    for (file, what) in
        [("index.html", "the home page"), ("404.html", "the page for wrong addresses")]
    {
        taken.insert(file.to_owned(), what.to_owned());
    }
    for file in &loaded.statics {
        let key = folded(&file.path);
        let owner = if key.starts_with("assets/")
            || key.starts_with("by/")
            || key == ".roundtable-manifest"
        {
            Some("files of the site itself".to_owned())
        } else {
            taken.get(&key).cloned()
        };
        if let Some(owner) = owner {
            let path = format!("static/{}", file.path);
            let message = format!("`{path}` would stand where {owner} stands");
            let problem = Diagnostic::new(
                &rules::OUTPUT_COLLISION,
                &no_text(&path),
                Span::default(),
                message,
            );
            diagnostics.push(problem.help("rename it, or take it out"));
        } else {
            taken.insert(key, format!("`static/{}`", file.path));
        }
    }
}

/// One spelling for names that some file systems cannot tell apart: case, and Unicode's composed and decomposed forms.
fn folded(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    path.nfc().collect::<String>().to_lowercase()
}
