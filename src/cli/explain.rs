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
            None => rules::all()
                .map(|rule| format!("{:24} {:8} {}\n", rule.name, rule.level.name(), rule.summary))
                .collect(),
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

/// The same text as in the documentation of the rules.
pub(super) fn explanation(rule: &Rule) -> String {
    let mut text =
        format!("{} ({})\n\n{}: {}\n\n", rule.name, rule.level.name(), "what", rule.summary);
    text.push_str(rule.why);
    text.push('\n');
    for (label, example) in [("wrong", rule.wrong), ("right", rule.right)] {
        if !example.is_empty() {
            text.push_str(&format!("\n{label}:\n\n"));
            text.extend(example.lines().map(|line| format!("    {line}\n")));
        }
    }
    text.push_str(match rule.nature {
        Nature::Adjustable => "\nA site may set another level under `checks:` in site.yaml.\n",
        Nature::Clock => "\nIt depends on the day, so it never fails a strict run. A site may set another level.\n",
        Nature::Fixed => "\nIts level cannot be lowered.\n",
    });
    text
}
