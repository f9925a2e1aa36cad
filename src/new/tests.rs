//! Files as `new` writes them, read back by the loader and judged by the checker.

use std::path::Path;
use std::sync::Arc;

use fs_err as fs;

use super::choices::Choices;
use super::form::{self, Form, Takes};
use super::{Error, Terminal, group, page, resource, venue};
use crate::check::{self, Options};
use crate::diagnostic::{Diagnostic, Level};
use crate::load::yaml::{self, Node, Value};
use crate::load::{self, Loaded};
use crate::schema::group::GROUP;
use crate::schema::venue::VENUE;
use crate::schema::{Record, Shape};
use crate::source::{SourceFile, Span};

const SITE: &str = "title: Network\ntimezone: America/New_York\ncurrency: USD\ncontact: {email: office@example.org}\n\
    help: [{name: 988, call: \"988\"}]\n\
    vocabulary: {kind: {book-circle: {label: Book circle}, training: {label: Learning}}}\n";

fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    fs::write(site.path().join("site.yaml"), SITE).unwrap();
    let hall = venue::Answers { name: Some("St. Anne's Hall".into()), ..venue::Answers::default() };
    venue::write(site.path(), hall, &Choices::default()).unwrap();
    site
}

fn choices(site: &Path) -> Choices {
    Choices::of(&load::load(site).unwrap())
}

fn problems(site: &Path) -> Vec<Diagnostic> {
    let loaded: Loaded = load::load(site).unwrap();
    let now = "2026-11-20T12:00:00Z".parse().unwrap();
    let checked = check::check(&loaded, &Options { now, drafts: false, base_url: None });
    let found = loaded.diagnostics.into_iter().chain(checked.diagnostics);
    found.filter(|problem| problem.level > Level::Hint).collect()
}

fn parsed(text: &str) -> Node {
    let text = text.strip_prefix("---\n").map_or(text, |text| text.strip_suffix("---\n").unwrap());
    let source = Arc::new(SourceFile { path: "a.yaml".into(), text: text.into() });
    let parsed = yaml::parse(&source, Span::new(0, text.len()));
    assert!(parsed.diagnostics.is_empty(), "{:#?}\n{text}", parsed.diagnostics);
    parsed.fields
}

fn in_use(text: &str) -> String {
    let lines = text.lines().map(|line| match line.trim_start().strip_prefix("# ") {
        Some(field) => format!("{}{field}\n", " ".repeat(line.len() - line.trim_start().len())),
        None => format!("{line}\n"),
    });
    lines.collect()
}

#[expect(clippy::unnecessary_wraps, reason = "an answer that was given")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn four_lines() -> group::Answers {
    group::Answers {
        title: some("Tuesday Circle"),
        purpose: some("We bring one hard case: and leave with a plan"),
        kind: some("peer-consultation"),
        ..group::Answers::default()
    }
}

fn all_answers() -> group::Answers {
    group::Answers {
        kind: some("Learning"),
        serves: some("Both"),
        who: some("@home clinicians #1"),
        admission: some("closed"),
        registration: some("required"),
        how_to_join: some("Write to *Dana*: a call comes first"),
        cost: some("$20, less if you need it"),
        format: some("in person"),
        venue: some("st-annes-hall"),
        schedule: some("1st and 3rd Tuesday, 7:00–8:30 pm"),
        timezone: some("America/Chicago"),
        style: some("structured"),
        agenda: vec!["10 Check-in".into(), "50 min A case, and questions".into(), "Close".into()],
        leadership: some("peer-led"),
        leaders: vec!["Dana Ruiz, LPC, convener, and host".into(), "Lou".into()],
        orientation: some("- we meet at the door"),
        contact: some("Dana"),
        email: some("dana@example.org"),
        phone: some("+1 740 555 0101"),
        url: some("https://example.org/a"),
        ..four_lines()
    }
}

#[test]
fn a_group_of_four_lines_and_one_of_all_answers_have_no_problems() {
    for answers in [four_lines(), all_answers()] {
        let site = site();
        let path = group::write(site.path(), answers, &choices(site.path())).unwrap();
        assert_eq!(path, Path::new("content/groups/tuesday-circle.md"));
        assert_eq!(problems(site.path()).len(), 0, "{:#?}", problems(site.path()));
    }
}

#[test]
fn answers_stand_in_their_fields_as_they_were_meant() {
    let site = site();
    let path = group::write(site.path(), all_answers(), &choices(site.path())).unwrap();
    let fields = parsed(&fs::read_to_string(site.path().join(path)).unwrap());
    let at = |path: &str| {
        let node = path.split('.').try_fold(&fields, |node, part| match &node.value {
            Value::Sequence(items) => items.get(part.parse::<usize>().unwrap()),
            _ => node.get(part),
        });
        match node.map(|node| &node.value) {
            Some(Value::Scalar { text, .. }) => text.clone(),
            other => panic!("{path}: {other:?}"),
        }
    };
    assert_eq!(at("kind"), "training");
    assert_eq!(at("for"), "both");
    assert_eq!(at("membership.who"), "@home clinicians #1");
    assert_eq!(at("format"), "in-person");
    assert_eq!(at("structure.agenda.0.minutes"), "10");
    assert_eq!(at("structure.agenda.1.item"), "A case, and questions");
    assert_eq!(at("structure.agenda.2.item"), "Close");
    assert_eq!(at("leadership.people.0.role"), "convener, and host");
    assert_eq!(at("leadership.people.1.name"), "Lou");
    assert_eq!(at("orientation"), "- we meet at the door");
}

#[test]
fn a_group_s_file_is_the_field_reference() {
    let site = site();
    let path = group::write(site.path(), four_lines(), &choices(site.path())).unwrap();
    let text = fs::read_to_string(site.path().join(path)).unwrap();
    assert_every_field_is_in(&GROUP, &text);
    let fields = parsed(&in_use(&text));
    for field in GROUP.fields {
        assert!(
            fields.get(field.name).is_some(),
            "`{}` is not there once it is in use",
            field.name
        );
    }
}

fn assert_every_field_is_in(record: &Record, text: &str) {
    for field in record.fields {
        let begins = format!("{}: ", field.name);
        let is_there = text
            .lines()
            .any(|line| line.trim_start_matches(['#', ' ']).starts_with(begins.trim_end()));
        assert!(is_there, "{} has no `{}` in the file", record.name, field.name);
        inside(&field.shape, &mut |record| assert_every_field_is_in(record, text));
    }
}

fn inside(shape: &Shape, visit: &mut impl FnMut(&Record)) {
    match shape {
        // A venue has a file of its own.
        Shape::Record(record) if record.name != VENUE.name => visit(record),
        Shape::List(shape) => inside(shape, visit),
        Shape::Either(shapes) => shapes.iter().for_each(|shape| inside(shape, visit)),
        _ => {}
    }
}

#[test]
fn every_other_file_is_sound_as_it_is_and_with_all_its_fields() {
    let site = site();
    let root = site.path();
    let hall = venue::Answers {
        name: some("Grace Church"),
        city: some("Athens"),
        postal_code: some("45701"),
        precision: some("exact"),
        ..venue::Answers::default()
    };
    let page = page::Answers { title: some("Who we are: a page"), ..page::Answers::default() };
    let read = resource::Answers {
        title: some("1. Who may join?"),
        collection: some("Start your own group"),
        order: some("1"),
        ..resource::Answers::default()
    };
    let none = Choices::default();
    let written = [
        venue::write(root, hall, &none).unwrap(),
        page::write(root, page, &none).unwrap(),
        resource::write(root, read, &none).unwrap(),
    ];
    assert_eq!(written[2], Path::new("content/resources/start-your-own-group/1-who-may-join.md"));
    assert_eq!(problems(root).len(), 0, "{:#?}", problems(root));
    for path in written {
        let text = fs::read_to_string(root.join(&path)).unwrap();
        assert!(!text.contains("Private facts"), "{} keeps none", path.display());
        parsed(&in_use(&text));
    }
    let known = choices(root);
    assert!(known.venues.contains(&("grace-church".into(), "Grace Church".into())));
    assert_eq!(known.collections, [("start-your-own-group".into(), "start-your-own-group".into())]);
    assert!(
        known.has_timezone && known.kinds.contains(&("book-circle".into(), "Book circle".into()))
    );
}

#[test]
fn the_tables_agree_with_the_schema_and_the_flags() {
    assert_agrees(&group::FORM);
    assert_agrees(&venue::FORM);
    assert_agrees(&page::FORM);
    assert_agrees(&resource::FORM);
    let kinds: Vec<_> = crate::model::facet::BUILT_IN_KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(group::KINDS.map(|(kind, _)| kind).as_slice(), kinds);
}

fn assert_agrees<A: clap::Args>(form: &Form<A>) {
    let command = A::augment_args(clap::Command::new("new"));
    let flags: Vec<_> = command.get_arguments().filter_map(clap::Arg::get_long).collect();
    for name in form.questions.iter().flat_map(|question| question.fields) {
        assert!(form.record.field(name).is_some(), "{} has no `{name}`", form.record.name);
    }
    let mut asked = vec!["slug"];
    for prompt in form.prompts() {
        asked.push(prompt.flag);
        let field = form::field(form.record, prompt.field);
        assert!(prompt.field.is_empty() || field.is_some(), "`{}`", prompt.field);
        if let (Takes::OneOf(offered), Some(field)) = (prompt.takes, field) {
            let Shape::Choice(words) = field.shape else { panic!("`{}` is no choice", field.name) };
            assert_eq!(offered.iter().map(|(word, _)| *word).collect::<Vec<_>>(), words);
        }
    }
    asked.sort_unstable();
    let mut flags = flags;
    flags.sort_unstable();
    assert_eq!(asked, flags);
}

#[test]
fn a_name_that_is_taken_is_refused_with_another() {
    let site = site();
    let folder = site.path().join("content/groups/evenings");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("tuesday-circle.md"), "mine").unwrap();
    fs::write(folder.join("tuesday-circle-2.svg"), "a picture").unwrap();
    let refused =
        group::write(site.path(), four_lines(), &Choices::default()).unwrap_err().to_string();
    assert!(refused.ends_with("--slug tuesday-circle-2"), "{refused}");
    assert_eq!(fs::read_to_string(folder.join("tuesday-circle.md")).unwrap(), "mine");
    let other = group::Answers { slug: some("tuesday-circle-2"), ..four_lines() };
    assert!(group::write(site.path(), other, &Choices::default()).is_ok());
    let week = page::Answers { title: some("Week"), ..page::Answers::default() };
    let refused = page::write(site.path(), week, &Choices::default()).unwrap_err().to_string();
    assert!(refused.contains("--slug week-2"), "{refused}");
}

#[test]
fn flags_that_cannot_be_used_are_named() {
    let site = site();
    let refused =
        |answers: group::Answers| match group::write(site.path(), answers, &choices(site.path())) {
            Err(Error::Refused(reason)) => reason,
            other => panic!("{other:?}"),
        };
    for (answers, words) in [
        (group::Answers { purpose: None, ..four_lines() }, "--purpose"),
        (group::Answers { title: some("!!!"), ..four_lines() }, "--title"),
        (group::Answers { kind: some("proces"), ..four_lines() }, "did you mean `process`?"),
        (group::Answers { email: some("dana"), ..four_lines() }, "--email"),
        (
            group::Answers { venue: some("st-anne-hall"), ..four_lines() },
            "did you mean `st-annes-hall`?",
        ),
        (group::Answers { slug: some("Tuesday Circle"), ..four_lines() }, "write `tuesday-circle`"),
        (group::Answers { leaders: vec![", LPC".into()], ..four_lines() }, "--leader"),
    ] {
        let reason = refused(answers);
        assert!(reason.contains(words), "{reason}");
    }
    assert!(!site.path().join("content/groups").exists());
}

fn interview(
    site: &Path,
    answers: group::Answers,
    typed: &str,
) -> (Result<group::Answers, Error>, String) {
    let mut shown = Vec::new();
    let mut terminal = Terminal { input: &mut typed.as_bytes(), output: &mut shown };
    let answers = group::ask(site, answers, &choices(site), &mut terminal);
    (answers, String::from_utf8(shown).unwrap())
}

#[test]
fn a_person_is_asked_the_eight_questions_in_order() {
    let site = site();
    let typed = "\nTuesday Circle\nOne hard case a week\nnonsense\n8\nbook circle\n\n\
        \nclosed\n\n\nFree\n\
        3\nGrace Church, Athens\nZoom\n\
        Tuesdays, 11–1\nTuesdays, 7 pm\n\
        1\n10 Check-in\n80 Cases\n\n\
        \nDana Ruiz, LPC\n\n\
        \n\
        Dana\nnobody\ndana@example.org\n\n\n";
    let (answers, shown) = interview(site.path(), group::Answers::default(), typed);
    let mut expected = group::Answers {
        title: some("Tuesday Circle"),
        purpose: some("One hard case a week"),
        kind: some("book-circle"),
        admission: some("closed"),
        cost: some("Free"),
        format: some("hybrid"),
        venue: some("Grace Church, Athens"),
        platform: some("Zoom"),
        schedule: some("Tuesdays, 7 pm"),
        style: some("structured"),
        agenda: vec!["10 Check-in".into(), "80 Cases".into()],
        leaders: vec!["Dana Ruiz, LPC".into()],
        contact: some("Dana"),
        email: some("dana@example.org"),
        ..group::Answers::default()
    };
    assert_eq!(answers.unwrap(), expected, "{shown}");
    let mut rest = shown.as_str();
    for (number, question) in (1..).zip(group::FORM.questions) {
        let heading = format!("{number} of 8  {}", question.heading);
        rest = rest.split_once(&heading).unwrap_or_else(|| panic!("{heading} in {shown}")).1;
    }
    assert!(shown.contains("This one is needed"), "{shown}");
    assert!(
        shown.contains("  7  book-circle")
            && shown.contains("training                    Learning"),
        "{shown}"
    );
    assert!(shown.contains("`8` is none of them; type a number from 1 to 7."), "{shown}");
    let question = "`11–1` says neither am nor pm; in the morning or in the evening?";
    assert!(shown.contains(question), "{shown}");
    assert!(shown.contains("`nobody` is not an e-mail address"), "{shown}");

    expected.agenda.push("0 Nothing".into());
    group::write(site.path(), expected, &choices(site.path())).unwrap();
    assert_eq!(problems(site.path()).len(), 0, "{:#?}", problems(site.path()));
}

#[test]
fn a_schedule_is_read_like_the_checker_reads_it_and_can_be_words() {
    for (typed, kept) in [
        ("say: Twice a month; members: ask", "schedule: {say: \"Twice a month; members: ask\"}"),
        ("schedule: {say: By appointment}", "schedule: {say: By appointment}"),
        (
            "every other Friday from 8 January 2027, 7 pm",
            "schedule: every other Friday from 8 January 2027, 7 pm",
        ),
    ] {
        let site = site();
        let answers = group::Answers { schedule: some(typed), ..four_lines() };
        let path = group::write(site.path(), answers, &choices(site.path())).unwrap();
        let text = fs::read_to_string(site.path().join(path)).unwrap();
        assert!(text.lines().any(|line| line.starts_with(kept)), "{text}");
        assert_eq!(problems(site.path()).len(), 0, "{:#?}", problems(site.path()));
    }
    let site = site();
    let answers = group::Answers { schedule: some("Twice a month"), ..four_lines() };
    let refused = group::write(site.path(), answers, &choices(site.path()));
    let Err(Error::Refused(reason)) = refused else { panic!("{refused:?}") };
    assert!(
        reason.contains("--schedule: `Twice a month` does not say") && reason.contains("{say: …}"),
        "{reason}"
    );
}

#[test]
fn what_a_flag_has_said_is_not_asked() {
    let site = site();
    let (answers, shown) = interview(site.path(), all_answers(), "");
    assert_eq!(answers.unwrap().kind, some("training"));
    assert!(!shown.contains("of 8"), "{shown}");
    let (answers, _) = interview(site.path(), group::Answers::default(), "Tuesday Circle\n");
    assert!(matches!(answers, Err(Error::Refused(reason)) if reason.contains("purpose")));
}

#[test]
fn a_person_can_name_the_file_when_the_title_s_name_is_taken() {
    let site = site();
    group::write(site.path(), four_lines(), &Choices::default()).unwrap();
    let without_title = group::Answers { title: None, ..all_answers() };
    for (typed, slug) in [
        ("Tuesday Circle\n\n", "tuesday-circle-2"),
        ("Tuesday Circle\nIn the Evening\n", "in-the-evening"),
    ] {
        let (answers, shown) = interview(site.path(), without_title.clone(), typed);
        assert_eq!(answers.unwrap().slug.as_deref(), Some(slug), "{shown}");
    }
}
