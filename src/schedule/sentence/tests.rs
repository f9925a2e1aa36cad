//! The table of sentences, and what no table shows.

use std::fmt::Write as _;

use jiff::civil::Time;

use super::*;
use crate::schedule::Days;

const TABLE: &str = include_str!("table.txt");

/// The fields that a line of the table gives.
fn zone_of(fields: &str) -> Option<TimeZone> {
    let name = field(fields, "zone ")?;
    Some(jiff::tz::db().get(name).unwrap())
}

fn field<'a>(fields: &'a str, name: &str) -> Option<&'a str> {
    fields.split(", ").find_map(|field| field.strip_prefix(name))
}

/// What the table says of a sentence.
fn meaning(text: &str, fields: &str) -> String {
    let zone = zone_of(fields);
    let date = |name| field(fields, name).map(|date| date.parse().unwrap());
    let given = Given { starts: date("starts "), ends: date("ends "), zone: zone.as_ref() };
    let mut lines = String::new();
    match read(text, &given) {
        Ok(sentence) => {
            for rule in &sentence.rules {
                writeln!(lines, "    {}", rule_line(rule)).unwrap();
            }
        }
        Err(misreads) => {
            for Misread { at, kind, message, help } in misreads {
                let words = text.get(at).unwrap();
                let help = help.replace(problems::SAY, "[say]");
                writeln!(lines, "    {kind:?} at `{words}`: {message}: {help}").unwrap();
            }
        }
    }
    lines
}

fn rule_line(rule: &Rule) -> String {
    let mut line = match &rule.days {
        Days::Dates(dates) => dates.iter().map(Date::to_string).collect::<Vec<_>>().join(" "),
        _ => rule.rrule().unwrap(),
    };
    if let Some(first) = rule.first {
        write!(line, " from {first}").unwrap();
    }
    for range in &rule.except {
        write!(line, " except {}", range.from).unwrap();
        if range.to != range.from {
            write!(line, "/{}", range.to).unwrap();
        }
    }
    for (month, day) in &rule.except_each_year {
        write!(line, " except --{month:02}-{day:02}").unwrap();
    }
    if rule.except_holidays {
        line.push_str(" except holidays");
    }
    let short = |time: Time| time.strftime("%H:%M").to_string();
    if let Some(clock) = rule.clock {
        write!(line, " {}", short(clock.start)).unwrap();
        if let Some(end) = clock.end {
            write!(line, "-{}", short(end)).unwrap();
        }
    }
    line
}

/// The table with the meanings as they are.
fn table_as_it_is() -> String {
    let mut table = String::new();
    let mut lines = TABLE.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("    ") {
            continue;
        }
        table.push_str(line);
        table.push('\n');
        let is_text = table.contains("\n# ") && !line.is_empty() && !line.starts_with('#');
        if is_text {
            let given = lines.next_if(|next| next.starts_with("    given "));
            if let Some(given) = given {
                table.push_str(given);
                table.push('\n');
            }
            let fields = given.and_then(|given| given.strip_prefix("    given ")).unwrap_or("");
            let text = if line == "(nothing)" { "" } else { line };
            table.push_str(&meaning(text, fields));
        }
    }
    table
}

#[test]
fn sentences_mean_what_the_table_says() {
    let table = table_as_it_is();
    if std::env::var_os("UPDATE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/schedule/sentence/table.txt");
        fs_err::write(path, table).unwrap();
        return;
    }
    for (written, found) in TABLE.lines().zip(table.lines()) {
        assert_eq!(written, found, "`UPDATE=1` writes the table anew");
    }
    assert_eq!(TABLE.lines().count(), table.lines().count());
}

/// Each of these says something that none of the sentences says, so it must change the rules or be refused.
#[test]
fn whatever_is_added_is_heard() {
    let sentences = [
        "Mondays, 7 pm",
        "1st Tuesday, 7–8 pm",
        "12 January 2027, 7 pm",
        "12 and 19 January 2027, 7 pm",
        "10 Mondays from 4 January 2027, 7 pm",
        "15th of the month, 7 pm",
        "Mondays 7 pm and Tuesdays 8 pm",
        "daily, 7 pm",
        "every other Monday from 4 January 2027, 7 pm",
        "Mondays, 7 pm, except holidays; Tuesdays, 8 pm",
        "Mondays from 4 January to 8 March 2027, 7 pm",
        "Mondays in January, 7 pm",
        "Mondays 7 pm, except 1 March 2027",
    ];
    let additions = "except July; for 45 minutes; 5 weeks; mornings; three times a month; until 30 June 2028; from \
        1 January 2028; in July; every third week; every other month; 6 meetings; for 2 months; weekends; 2nd Friday; \
        3 March 2027; 3 and 4 March 2027; noon; 9–10 am; 7–9; 10 days; twice a week; in July 2027; June to August; every 3 \
        days; last day of the month; three times a day; 31 June; 13 pm; Zoom; or; except";
    let rules = |text: &str| read(text, &Given::default()).map(|sentence| sentence.rules);
    for sentence in sentences {
        let plain = rules(sentence).unwrap();
        for added in additions.split("; ") {
            for text in [
                format!("{sentence}, {added}"),
                format!("{added}, {sentence}"),
                format!("{sentence}; {added}"),
                format!("{added}; {sentence}"),
            ] {
                assert_ne!(rules(&text), Ok(plain.clone()), "{text}");
            }
        }
    }
}
