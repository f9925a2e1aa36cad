//! How a site looks and speaks: the embedded theme, file by file replaced by the site's own `theme/` folder.
//!
//! Takes the site's files and its accent colour; gives templates that are ready to render, the [`texts::Texts`] that
//! they use, and the [`Asset`]s that are published beside the pages. Never sees content.
//!
//! A template of a site may extend the one that it replaces: `{% extends "default/group.html" %}`.

pub mod accent;
pub mod texts;
mod fault;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::Tera;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::theme::{THEME_ERROR, THEME_TEXT, UNKNOWN_THEME_FILE};
use crate::load::{ThemeFile, yaml};
use crate::model::settings::Settings;
use crate::source::{Source, SourceFile, Span};
use crate::suggest::closest;
use crate::theme::texts::{Fault, Texts};

/// The embedded theme: every file of `themes/default`, sorted by path.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));

/// What templates of a site call the embedded one of the same name by.
const EMBEDDED_PREFIX: &str = "default/";

/// Where templates lie.
const TEMPLATES: &str = "templates/";

/// Where the texts of each language lie.
const LANGUAGES: &str = "language/";

/// A theme, ready for use.
#[derive(Clone, Debug)]
pub struct Theme {
    pub(crate) tera: Tera,
    pub(crate) texts: Texts,
    assets: Vec<Asset>,
    folder: String,
    templates: Templates,
}

/// Templates by the names that the template language knows them by.
pub(crate) type Templates = BTreeMap<String, Source>;

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its path in the output, such as `assets/1f…/css/site.css`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Theme {
    /// The embedded theme with a site's own files in place of those of the same path.
    pub fn new(overrides: &[ThemeFile], settings: &Settings) -> Result<Theme, Vec<Diagnostic>> {
        let mut diagnostics = unknown_files(overrides);
        let sources = texts_of(overrides, &mut diagnostics);
        let texts = language(&settings.language, &sources, &mut diagnostics);
        let (tera, templates) = templates(&sources, &mut diagnostics);
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        let files = assets(overrides, settings);
        let folder = folder(&files);
        let assets = files
            .into_iter()
            .map(|(path, bytes)| Asset { path: format!("{folder}{path}"), bytes })
            .collect();
        Ok(Theme { tera, texts, assets, folder, templates })
    }

    /// What is published beside the pages, sorted by path.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The folder of the assets from the site's root, such as `/assets/1f…/`. It is named by their content, so a host
    /// may tell browsers to keep them for ever.
    pub fn assets_url(&self) -> String {
        format!("/{}", self.folder)
    }

    /// The problem behind an error that came up while `page` was rendered.
    pub(crate) fn explain(&self, error: &tera::Error, page: &str) -> Diagnostic {
        let mut found = fault::explain(error, &self.templates);
        let mut first = found.swap_remove(0);
        first.message = format!("{} (on the page {page})", first.message);
        first
    }
}

fn unknown_files(overrides: &[ThemeFile]) -> Vec<Diagnostic> {
    let known = |path: &str| EMBEDDED.iter().any(|(name, _)| *name == path);
    let unknown = overrides.iter().filter(|file| !known(&file.path));
    unknown
        .map(|ThemeFile { path, .. }| {
            let message = format!("the theme has no file `{path}` that this could replace");
            let help = match closest(path, EMBEDDED.iter().map(|(name, _)| *name)) {
                Some(meant) => format!("did you mean `theme/{meant}`?"),
                None => "a file of your own belongs in `static/`".to_owned(),
            };
            Diagnostic::new(&UNKNOWN_THEME_FILE, &source(path, ""), Span::default(), message)
                .help(help)
        })
        .collect()
}

/// The site's templates and language files as text, by path.
fn texts_of(
    overrides: &[ThemeFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    for ThemeFile { path, bytes } in overrides {
        if !path.starts_with(TEMPLATES) && !path.starts_with(LANGUAGES) {
            continue;
        }
        match str::from_utf8(bytes) {
            Ok(text) => drop(sources.insert(path.clone(), source(path, text))),
            Err(error) => {
                let (valid, _) = bytes.split_at(error.valid_up_to());
                let file = source(path, &String::from_utf8_lossy(valid));
                let end = Span::new(valid.len(), valid.len());
                let help = "save the file as UTF-8";
                let message = "this file is not UTF-8 text from here on";
                diagnostics.push(Diagnostic::new(&THEME_ERROR, &file, end, message).help(help));
            }
        }
    }
    sources
}

fn language(
    tag: &str,
    sources: &BTreeMap<String, Source>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Texts {
    let primary = tag.split('-').next().unwrap_or(tag);
    let wanted = format!("{LANGUAGES}{primary}.yaml");
    let path = if embedded(&wanted).is_some() { wanted } else { format!("{LANGUAGES}en.yaml") };
    let own = source(&path, embedded(&path).unwrap_or_default());
    let parsed = yaml::parse(&own, Span::new(0, own.text.len()));
    let mut texts = Texts::new(&parsed.fields).unwrap_or_default();
    if let Some(file) = sources.get(&path) {
        let parsed = yaml::parse(file, Span::new(0, file.text.len()));
        diagnostics.extend(parsed.diagnostics);
        let faults = texts.replace(&parsed.fields);
        diagnostics.extend(faults.into_iter().map(|fault| text_fault(file, fault)));
    }
    texts
}

fn text_fault(file: &Source, (span, message, help): Fault) -> Diagnostic {
    let diagnostic = Diagnostic::new(&THEME_TEXT, file, span, message);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn templates(
    sources: &BTreeMap<String, Source>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Tera, Templates) {
    let mut templates = Templates::new();
    for (path, _) in EMBEDDED {
        if let Some(name) = path.strip_prefix(TEMPLATES) {
            let file = source(&format!("default: {path}"), embedded(path).unwrap_or_default());
            templates.insert(format!("{EMBEDDED_PREFIX}{name}"), file);
        }
    }
    let faults = diagnostics.len();
    for (path, file) in sources {
        let Some(name) = path.strip_prefix(TEMPLATES) else { continue };
        diagnostics.extend(fault::syntax(name, file));
        templates.insert(name.to_owned(), file.clone());
    }
    let mut tera = empty();
    if diagnostics.len() == faults {
        let texts = templates.iter().map(|(name, file)| (name.as_str(), file.text.as_str()));
        if let Err(error) = tera.add_raw_templates(texts) {
            diagnostics.extend(fault::explain(&error, &templates));
        }
    }
    (tera, templates)
}

/// A template engine with everything but templates. Escaping goes by the name's end, so that end is set here and not
/// left to the engine's default.
fn empty() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html"]);
    tera.set_fallback_prefixes([EMBEDDED_PREFIX]).expect("there is no template yet");
    tera.register_filter("fill", texts::fill_filter);
    tera
}

/// Style sheets that every page has, in this order. Readers fetch them as one, `css/site.css`: one request, and half a
/// kilobyte less.
const COMMON: [&str; 3] = ["css/tokens.css", "css/base.css", "css/parts.css"];

/// Everything of the theme that readers fetch, with the site's own files and accent; sorted by path.
fn assets(overrides: &[ThemeFile], settings: &Settings) -> Vec<(String, Vec<u8>)> {
    let mut files: BTreeMap<String, Vec<u8>> = EMBEDDED
        .iter()
        .filter(|(path, _)| !path.starts_with(TEMPLATES) && !path.starts_with(LANGUAGES))
        .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()))
        .collect();
    let published: BTreeSet<String> = files.keys().cloned().collect();
    for ThemeFile { path, bytes } in overrides.iter().filter(|f| published.contains(&f.path)) {
        files.insert(path.clone(), bytes.clone());
    }
    if let Some(colour) = settings.accent {
        files.insert("css/accent.css".to_owned(), accent::sheet(colour).into_bytes());
    }
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path.starts_with("css/")) {
        if let Ok(text) = str::from_utf8(bytes) {
            *bytes = sheet::published(text).into_bytes();
        }
    }
    let common: Vec<Vec<u8>> = COMMON.iter().filter_map(|sheet| files.remove(*sheet)).collect();
    files.insert("css/site.css".to_owned(), common.concat());
    files.into_iter().collect()
}

fn folder(files: &[(String, Vec<u8>)]) -> String {
    let mut all = Vec::new();
    for (path, bytes) in files {
        all.extend_from_slice(path.as_bytes());
        all.push(0);
        all.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        all.extend_from_slice(bytes);
    }
    format!("assets/{:016x}/", xxh3_64(&all))
}

fn embedded(path: &str) -> Option<&'static str> {
    let (_, bytes) = EMBEDDED.iter().find(|(name, _)| *name == path)?;
    str::from_utf8(bytes).ok()
}

fn source(path: &str, text: &str) -> Source {
    Arc::new(SourceFile { path: format!("theme/{path}"), text: text.to_owned() })
}
