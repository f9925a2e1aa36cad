//! Pages stay small.

use super::*;

#[test]
fn a_card_is_small() {
    let html = &pages_of(fixture::site())["/groups/"];
    let (_, rest) = html.split_once("href=\"tuesday/\"").unwrap();
    let card = rest.split_once("</li>").unwrap().0;
    assert!(card.len() < 600, "{} bytes", card.len());
}

#[test]
fn a_page_holds_no_idle_white_space() {
    for (url, html) in pages_of(fixture::site()) {
        assert!(!html.contains("\n\n") && !html.contains("\n "), "{url}");
    }
}
