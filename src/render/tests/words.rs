//! Everything that matters is said in words, and nothing that nobody said.

use super::*;
use crate::model::group::{Admission, Registration};
use crate::model::settings::NavigationLink;

fn page(url: &str) -> String {
    let pages = pages_of(fixture::site());
    main_part(&pages[url]).to_owned()
}

/// A page as people read it: hours are only marked so that they stay whole.
fn text(url: &str) -> String {
    let html = page(url);
    let parts = html.split("<span class=\"hours\">").map(|part| match part.split_once("</span>") {
        Some((hours, rest)) if !hours.contains('<') => [hours, rest].concat(),
        _ => part.to_owned(),
    });
    parts.collect()
}

#[track_caller]
fn says(html: &str, all: &[&str]) {
    for words in all {
        assert!(html.contains(words), "`{words}` is not in\n{html}");
    }
}

#[test]
fn a_full_page_answers_the_questions_in_their_order() {
    let html = page("/groups/tuesday/");
    let order = [
        "<h1>Tuesday Consultation Circle</h1>",
        "leave with a plan",
        "Apply to join",
        "<h2>Who can join",
        "<h2>Where",
        "<h2>When",
        "What a meeting looks like",
        "Case presentations",
        "Who leads",
        "Your first meeting",
    ];
    let places: Vec<Option<usize>> = order
        .iter()
        .map(|words| html.get(html.find("<h1>").unwrap()..).unwrap().find(words))
        .collect();
    assert!(places.iter().all(Option::is_some), "{places:?}");
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_full_page_says_what_its_author_said() {
    says(
        &text("/groups/tuesday/"),
        &[
            "Professionals: Counselors and Social workers",
            "1st and 3rd Tuesday, 7:00–8:30 pm",
            "New York time, until 30 June 2027",
            "Grace Church, Room 12<br>12 Main Street<br>Athens, Ohio 45701",
            "Ring at the side door.",
            "Bus 4",
            "The group sends the link.",
            "Grace Church is closed 1 to 31 March 2027: renovation<br>The group meets online only.",
            "8 places, 2 free",
            "Sign up by <time datetime=\"2027-01-31\">31 January 2027</time>",
            "90 minutes. Structured",
            "What is said here stays here",
            "Members take turns to lead",
            "<strong>Dana Ruiz</strong>, LPC",
            "$25 per session, sliding scale. Accepted: Medicaid.",
            "English and Spanish",
            "The lift is out of order in May.",
            "Confirmed on <time datetime=\"2026-11-01\">1 November 2026</time> by Office",
            "Page where",
            "tel:+17405550101",
            "href=\"https://forms.example.org/tuesday\">Apply to join",
            "alt=\"Eight chairs in a circle\" width=\"800\" height=\"450\"",
        ],
    );
}

#[test]
fn what_is_over_is_not_shown() {
    let html = page("/groups/tuesday/");
    assert!(!html.contains("Over already"));
    assert!(!html.contains("January 2026:"), "a closure that is over");
}

#[test]
fn four_lines_make_a_page_that_asks() {
    let html = page("/groups/evening/");
    says(
        &html,
        &[
            "Ask the group when it meets",
            "Ask the group where it meets",
            "Ask the group who can join",
            "Ask about cost",
            "Not yet confirmed",
            "Write to the network",
            "The network will put you in touch",
            "What happens at a first meeting?",
        ],
    );
    for heading in ["Who can join", "Who leads", "What a meeting looks like", "Dates that are"] {
        assert!(!html.contains(&format!("<h2>{heading}</h2>")), "{heading}");
    }
}

#[test]
fn every_state_is_said_on_the_page_and_on_the_card() {
    let pages = pages_of(fixture::site());
    let directory = &pages["/groups/"];
    for (name, words) in [
        ("paused", "Paused until <time datetime=\"2027-09-01\">1 September 2027</time>"),
        ("full", "Full"),
        ("waiting", "Full, with a waiting list"),
        ("forming", "Forming"),
        ("tuesday", "2 of 8 places free"),
        ("draft", "Draft: only you can see this page"),
    ] {
        says(main_part(&pages[&format!("/groups/{name}/")]), &[words]);
        let cards = directory.split("<li class=\"card\">").skip(1);
        let card = cards.into_iter().find(|card| card.contains(&format!("href=\"{name}/\"")));
        says(card.unwrap(), &[words]);
    }
    let ended = main_part(&pages["/groups/ended/"]);
    assert!(ended.find("This group has ended") < ended.find("class=\"lead\""), "said first");
    for words in ["class=\"button\"", "Taking people now", "Ask "] {
        assert!(!ended.contains(words), "{words}");
    }
}

#[test]
fn the_main_button_promises_nothing_that_is_not_there() {
    for (name, label) in [
        ("waiting", "Join the waiting list"),
        ("full", "Write to Lee"),
        ("paused", "Write to Lee"),
        ("forming", "Say that you are interested"),
        ("online", "Write to the network"),
    ] {
        says(&page(&format!("/groups/{name}/")), &[&format!(">{label}</a>")]);
    }
}

#[test]
fn an_area_gives_no_more_than_the_area() {
    let html = text("/groups/area/");
    says(
        &html,
        &[
            "A house by the river<br>Marietta, Ohio, US",
            "The exact place is told to members",
            "<h3>Mondays, 6–7:30 pm</h3>",
            "<h3>Thursdays, noon</h3>",
            "Led by its members",
        ],
    );
}

#[test]
fn a_public_link_is_there_with_its_telephone_and_passcode() {
    says(
        &page("/groups/online/"),
        &[
            "href=\"https://zoom.example/j/1\">Join online",
            "href=\"tel:+17405550123\">By phone: +1 740 555 0123",
            "Passcode: 1234",
            "<strong>Twice a month; members receive the dates.</strong>",
            "<dd>Free</dd>",
        ],
    );
}

#[test]
fn resources_have_their_notes_neighbours_and_groups() {
    let first = page("/resources/start/where/");
    assert!(first.find("This page speaks of suicide.") < first.find("<p>Text</p>"));
    says(
        &first,
        &["On this page", "Start your own group", "Page when", "Tuesday Consultation Circle"],
    );
    assert!(!first.contains("rel=\"prev\""));
    let last = page("/resources/start/who/");
    says(&last, &["href=\"../when/\" rel=\"prev\""]);
    assert!(!last.contains("rel=\"next\""), "the collection ends here");
    says(&page("/resources/"), &["Start your own group", "3 pages", "Page words"]);
    says(&page("/resources/start/"), &["Eight questions.", "Page where"]);
}

#[test]
fn the_home_page_has_two_ways_in_and_explains_kinds() {
    says(
        &page("/"),
        &[
            "I’m looking for a group",
            "by/for/professionals/",
            "Nobody supervises",
            "For professionals: 1 group",
            "Groups with places free",
            "Groups that are forming",
        ],
    );
}

#[test]
fn a_kind_s_page_explains_the_kind() {
    let html = page("/by/kind/peer-support/");
    says(&html, &["<h1>Peer support</h1>", "share an experience", "For the public", "8 groups"]);
    assert!(html.find("Ärea Group").unwrap() < html.find("Draft Group").unwrap(), "by title");
    assert!(
        html.find("Waiting Group").unwrap() < html.find("A Paused Group").unwrap(),
        "active before paused"
    );
}

#[test]
fn crisis_help_is_the_same_on_every_page() {
    let help = |html: &str| {
        let (_, rest) = html.split_once("<aside class=\"help\"").unwrap();
        rest.split_once("More help").unwrap().0.replace("../", "").replace("get-help/", "")
    };
    let pages = pages_of(fixture::site());
    // Old addresses lead on at once, and frames of other sites have no room.
    let (whole, others): (Vec<_>, Vec<_>) = pages.iter().partition(|(url, html)| {
        !html.contains("http-equiv=\"refresh\"") && !url.starts_with("/embed/")
    });
    for (url, html) in others {
        assert!(html.contains("get-help/\">Get help now</a>"), "{url}");
    }
    let pages = whole.into_iter();
    let strips: Vec<String> =
        pages.map(|(_, html)| help(html).replace("/sub/", "").replace("./", "")).collect();
    assert!(strips.windows(2).all(|pair| pair[0] == pair[1]), "{strips:#?}");
    says(&strips[0], &["href=\"tel:988\"", "href=\"sms:988\""]);
    says(&page("/get-help/"), &["Crisis Text Line", "sms:741741?body=HOME", "Checked on <time"]);
}

#[test]
fn one_entry_of_the_navigation_is_the_page_s_own() {
    let mut site = fixture::site();
    let own = NavigationLink { label: None, url: "/resources/start/".to_owned() };
    site.settings.navigation.push(own);
    let pages = pages_of(site);
    for (url, words) in [
        ("/groups/tuesday/", "aria-current=\"true\">Groups"),
        ("/by/topic/ethics/", "aria-current=\"true\">Groups"),
        ("/groups/", "aria-current=\"page\">Groups"),
        ("/resources/start/when/", "aria-current=\"true\">Start your own group"),
        ("/resources/words/", "aria-current=\"true\">Resources"),
    ] {
        assert!(pages[url].contains(words), "{url}");
        assert_eq!(pages[url].matches("aria-current").count(), 1, "{url}");
    }
    assert!(!pages["/"].contains("aria-current"));
}

#[test]
fn nobody_is_told_to_just_come_where_one_must_be_accepted() {
    let page = |admission| {
        let mut group = fixture::four_lines("quiet", "Quiet Group");
        group.membership.admission = Some(admission);
        group.membership.registration = Some(Registration::None);
        let pages = pages_of(Site { groups: vec![group.into()], ..fixture::site() });
        main_part(&pages["/groups/quiet/"]).to_owned() + main_part(&pages["/groups/"])
    };
    assert!(page(Admission::Open).contains("ust come"));
    for admission in [Admission::Closed, Admission::Application] {
        let page = page(admission);
        assert!(!page.contains("just come"), "{admission:?}");
        assert!(!page.contains("class=\"state"), "{admission:?}");
    }
}
