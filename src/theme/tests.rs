//! Files of a site in place of the theme's.

use super::*;
use crate::render::tests::fixture;
use crate::render::{Edition, render, routes};

fn with(files: &[(&str, &str)]) -> Result<Theme, Vec<Diagnostic>> {
    let file = |(path, text): &(&str, &str)| ThemeFile {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let files: Vec<ThemeFile> = files.iter().map(file).collect();
    Theme::new(&files, &fixture::settings())
}

fn told(diagnostics: &[Diagnostic]) -> Vec<String> {
    let one = |diagnostic: &Diagnostic| {
        let (line, column) = diagnostic.source.position(diagnostic.span.start);
        let (path, rule) = (&diagnostic.source.path, diagnostic.rule.name);
        let help = diagnostic.help.as_deref().unwrap_or("-");
        format!("{rule} {path}:{line}:{column} {}; {help}", diagnostic.message)
    };
    diagnostics.iter().map(one).collect()
}

fn page(theme: impl Into<Arc<Theme>>, url: &str) -> Result<String, Box<Diagnostic>> {
    let edition = Edition::new(fixture::site(), theme, fixture::TODAY)?;
    let route = routes(&edition).into_iter().find(|route| route.url() == url).unwrap();
    Ok(String::from_utf8(render(&edition, &route)?).unwrap())
}

#[test]
fn a_file_that_replaces_nothing_is_an_error_with_a_suggestion() {
    let found = with(&[("css/token.css", ""), ("fonts/a.woff2", "")]).unwrap_err();
    assert_eq!(
        told(&found),
        [
            "unknown-theme-file theme/css/token.css:1:1 the theme has no file `css/token.css` that this could replace; \
             did you mean `theme/css/tokens.css`?",
            "unknown-theme-file theme/fonts/a.woff2:1:1 the theme has no file `fonts/a.woff2` that this could replace; \
             a file of your own belongs in `static/`",
        ]
    );
}

#[test]
fn a_template_can_replace_or_extend_the_theme_s_own() {
    let theme = with(&[
        (
            "templates/404.html",
            "{% extends \"base.html\" %}{% block main %}<h1>Gone</h1>{% endblock %}",
        ),
        (
            "templates/group.html",
            "{% extends \"default/group.html\" %}{% block story %}<p>Mine</p>{{ super() }}{% endblock %}",
        ),
        ("templates/partials/footer.html", "<footer>Own {{ site.title }}</footer>"),
    ]);
    let html = page(theme.unwrap(), "/groups/tuesday/").unwrap();
    assert!(html.find("<p>Mine</p>").unwrap() < html.find("Who can join").unwrap());
    assert!(
        html.contains("<footer>Own River Valley Counselors</footer>"),
        "in the theme's own base"
    );
}

#[test]
fn an_asset_is_replaced_and_its_folder_renamed() {
    let (own, theme) = (with(&[]).unwrap(), with(&[("css/tokens.css", "a{}")]).unwrap());
    assert_ne!(own.assets_url(), theme.assets_url());
    let sheet = theme.assets().iter().find(|asset| asset.path.ends_with("/css/site.css")).unwrap();
    assert!(sheet.bytes.starts_with(b"a{}"), "tokens come first");
    assert_eq!(own.assets().len(), theme.assets().len());
}

#[test]
fn a_script_and_its_parts_are_one_file() {
    let theme = with(&[]).unwrap();
    let paths: Vec<&str> = theme.assets().iter().map(|asset| asset.path.as_str()).collect();
    assert!(!paths.iter().any(|path| path.contains("/js/finder/")), "{paths:?}");
    let script = theme.assets().iter().find(|asset| asset.path.ends_with("/js/finder.js")).unwrap();
    let script = std::str::from_utf8(&script.bytes).unwrap();
    let (imports, code): (Vec<&str>, Vec<&str>) =
        script.lines().partition(|line| line.starts_with("import "));
    let beside = |import: &&str| import.contains(" from \"./") && !import.contains("/finder/");
    assert!(imports.iter().all(beside) && !imports.is_empty(), "{imports:?}");
    assert!(!code.iter().any(|line| line.starts_with("export ")), "nobody imports it");
    let find = |start: &str| code.iter().position(|line| line.contains(start)).unwrap();
    assert!(find("async function renew(") < find("const opening ="), "what it needs comes first");
}

#[test]
fn errors_of_templates_name_file_line_and_column() {
    let found = with(&[
        ("templates/404.html", "{% extends \"base.html\" %}\n{% block main %}<h1>Gone</h1>\n"),
        ("templates/page.html", "<p>\n  {{ page.title | }}"),
        ("templates/home.html", "a\n\u{e4} {{ page.title }"),
    ])
    .unwrap_err();
    let found = told(&found);
    assert_eq!(found.len(), 3, "all of them in one run: {found:#?}");
    assert!(found[0].starts_with("theme-error theme/templates/404.html:2:"), "{found:#?}");
    assert!(found[1].starts_with("theme-error theme/templates/home.html:2:"), "{found:#?}");
    assert!(found[2].starts_with("theme-error theme/templates/page.html:2:"), "{found:#?}");
    let found =
        with(&[("templates/404.html", "a\n{{ page.title | shout }}{% include \"b.html\" %}")]);
    assert_eq!(
        told(&found.unwrap_err()),
        [
            "theme-error theme/templates/404.html:2:17 unknown filter `shout`; -",
            "theme-error theme/templates/404.html:2:36 unknown template `b.html`; -",
        ]
    );
    let found = told(&with(&[("templates/404.html", "\n{% extends \"bse.html\" %}")]).unwrap_err());
    assert_eq!(
        found,
        ["theme-error theme/templates/404.html:2:13 there is no template `bse.html` to extend; -"]
    );
    let found = told(&with(&[("templates/base.html", "{% extends \"base.html\" %}")]).unwrap_err());
    assert!(found[0].contains("leads to itself; to build on the theme's own file"), "{found:#?}");
}

#[test]
fn an_error_on_a_page_names_the_page_too() {
    let theme = with(&[("templates/group.html", "<h1>\n{{ group.titel }}</h1>")]).unwrap();
    let fault = page(theme, "/groups/evening/").unwrap_err();
    let told = &told(&[*fault])[0];
    assert!(told.starts_with("theme-error theme/templates/group.html:2:"), "{told}");
    assert!(told.contains("(on the page /groups/evening/)"), "{told}");
}

#[test]
fn an_error_in_a_card_is_one_of_the_pages_that_show_it() {
    let card = "<li>\n{% if card.title == \"Evening Circle\" %}{{ card.titel }}{% endif %}</li>";
    let theme = Arc::new(with(&[("templates/partials/card.html", card)]).unwrap());
    let told = |url: &str| {
        let fault = page(theme.clone(), url).unwrap_err();
        told(&[*fault]).remove(0)
    };
    for url in ["/groups/", "/by/kind/peer-support/"] {
        let told = told(url);
        assert!(told.starts_with("theme-error theme/templates/partials/card.html:2:"), "{told}");
        assert!(told.contains(&format!("(on the page {url})")), "{told}");
    }
    for url in ["/groups/evening/", "/get-help/"] {
        assert!(page(theme.clone(), url).is_ok(), "{url}");
    }
}

#[test]
fn single_texts_can_be_replaced() {
    let theme = with(&[("language/en.yaml", "site:\n  skip: \"Jump to <the> text\"\n")]).unwrap();
    let html = page(theme, "/").unwrap();
    assert!(html.contains(">Jump to &lt;the&gt; text</a>"));
    assert!(html.contains("Help at any hour"), "the others stay");
}

#[test]
fn a_text_that_nobody_would_read_is_an_error() {
    let text = "site:\n  skipp: \"Jump\"\nhelp:\n  call: \"Ring {phone}\"\nhome: 7\n";
    let found = told(&with(&[("language/en.yaml", text)]).unwrap_err());
    assert_eq!(
        found,
        [
            "theme-text theme/language/en.yaml:2:10 the theme has no text `site.skipp`; did you mean `site.skip`?",
            "theme-text theme/language/en.yaml:4:9 nothing is ever put in the place of `{phone}`; this text can hold \
             `{number}`",
            "theme-text theme/language/en.yaml:5:7 the theme has no text `home`; -",
        ]
    );
}

#[test]
fn the_theme_s_own_language_file_is_sound() {
    for (path, _) in EMBEDDED.iter().filter(|(path, _)| path.starts_with(LANGUAGES)) {
        let file = source(path, embedded(path).unwrap());
        let parsed = yaml::parse(&file, Span::new(0, file.text.len()));
        assert!(parsed.diagnostics.is_empty(), "{:#?}", told(&parsed.diagnostics));
        assert!(Texts::new(&parsed.fields).is_ok());
    }
}
