//! `roundtable explain`.

use std::io::Write as _;

use crate::cli::{End, Failure};
use crate::diagnostic::{Nature, Rule, rules};
use crate::suggest::closest;

/// Say what a rule is about, with a wrong and a right example; without a rule, list them all.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The rule's name, as in `error[unknown-key]`.
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<End, Failure> {
        let text = match &self.rule {
            None => rules::all().map(line).collect::<Vec<_>>().concat(),
            Some(name) => explanation(rules::named(name).ok_or_else(|| unknown(name))?),
        };
        write!(anstream::stdout(), "{text}")?;
        Ok(End::Clean)
    }
}

fn unknown(name: &str) -> Failure {
    Failure::Usage(match closest(name, rules::all().map(|rule| rule.name)) {
        Some(rule) => format!("there is no rule `{name}`; did you mean `{rule}`?"),
        None => format!("there is no rule `{name}`; `roundtable explain` lists them"),
    })
}

/// The rule in one line.
fn line(rule: &Rule) -> String {
    format!("{:24} {:8} {}\n", rule.name, rule.level.name(), rule.summary)
}

/// The rule in words, with its examples.
fn explanation(rule: &Rule) -> String {
    let Rule { name, level, nature, summary, why, wrong, right } = rule;
    let mut parts = vec![format!("{name} ({}): {summary}\n\n{why}\n", level.name())];
    for (label, example) in [("wrong", wrong), ("right", right)] {
        if !example.is_empty() {
            let lines: Vec<String> = example.lines().map(|line| format!("    {line}")).collect();
            parts.push(format!("{label}:\n\n{}\n", lines.join("\n")));
        }
    }
    parts.push(match nature {
        Nature::Adjustable => "A site may set another level under `checks:` in site.yaml.\n".into(),
        Nature::Clock => "It depends on the day, so it never fails a strict run. \
                          A site may set another level.\n"
            .into(),
        Nature::Fixed => "Its level cannot be lowered.\n".into(),
    });
    parts.join("\n")
}
