//! The sentences of the documentation: each means what stands beside it, or is asked about in the words beside it.

use std::fmt::Write as _;

use jiff::civil::{Date, Time};
use roundtable::schedule::{Days, Given, Rule, read};

use crate::docs::{fenced, pages};
use crate::harness::project;

#[test]
fn every_sentence_of_the_documentation_means_what_it_says() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for name in pages() {
        let text = fs_err::read_to_string(project().join(&name)).unwrap();
        for (first, language, block) in fenced(&text) {
            let is_true: fn(&str, &str) -> Result<(), String> = match language.as_str() {
                "schedule" => means,
                "question" => is_asked,
                _ => continue,
            };
            for (number, line) in (first..).zip(block.lines()) {
                let (sentence, meaning) = line.split_once(" → ").expect("an arrow in each line");
                seen += 1;
                if let Err(fault) = is_true(sentence.trim(), meaning.trim()) {
                    faults.push(format!("{name}:{number}: {fault}"));
                }
            }
        }
    }
    assert!(seen >= 50, "only {seen} sentences were found");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn means(sentence: &str, meaning: &str) -> Result<(), String> {
    let read = read(sentence, &Given::default()).map_err(|misreads| format!("{misreads:?}"))?;
    let found = read.rules.iter().map(rule).collect::<Vec<_>>().join(" + ");
    if found == meaning { Ok(()) } else { Err(format!("`{sentence}` means {found}")) }
}

fn is_asked(sentence: &str, question: &str) -> Result<(), String> {
    let Err(misreads) = read(sentence, &Given::default()) else {
        return Err(format!("`{sentence}` has a meaning"));
    };
    let is_this = |text: &String| text.contains(question);
    let found = misreads.iter().any(|one| is_this(&one.message) || is_this(&one.help));
    if found { Ok(()) } else { Err(format!("{misreads:?}")) }
}

/// All that a rule holds, in one line.
fn rule(rule: &Rule) -> String {
    let mut line = match &rule.days {
        Days::Dates(dates) => dates.iter().map(Date::to_string).collect::<Vec<_>>().join(" "),
        _ => rule.rrule().unwrap(),
    };
    if let Some(first) = rule.first {
        write!(line, " from {first}").unwrap();
    }
    for days in &rule.except {
        write!(line, " except {}", days.from).unwrap();
        if days.to != days.from {
            write!(line, "/{}", days.to).unwrap();
        }
    }
    for (month, day) in &rule.except_each_year {
        write!(line, " except --{month:02}-{day:02}").unwrap();
    }
    if rule.except_holidays {
        line += " except holidays";
    }
    let time = |time: Time| time.strftime("%H:%M").to_string();
    if let Some(clock) = rule.clock {
        write!(line, " {}", time(clock.start)).unwrap();
        line += &clock.end.map(|end| format!("–{}", time(end))).unwrap_or_default();
    }
    line
}
