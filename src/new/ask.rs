//! Puts the questions of a form on a terminal, one by one; each can be left for later, but for the few that a file
//! cannot do without.

use std::io;
use std::path::Path;

use crate::check::Fault;
use crate::new::choices::Choices;
use crate::new::form::{Form, Place, Prompt, Question, Slot, Takes, in_words};
use crate::new::{Error, Terminal};
use crate::slug::Slug;

/// Asks what `answers` leaves open.
pub(super) fn ask<A>(
    form: &Form<A>,
    site: &Path,
    mut answers: A,
    choices: &Choices,
    terminal: &mut Terminal<'_>,
) -> Result<A, Error> {
    let interview = Interview { form, choices };
    form.settle(&mut answers, choices)?;
    writeln!(terminal.output, "Press Enter to leave a question for later.")?;
    for (index, question) in form.questions.iter().enumerate() {
        let open: Vec<&Prompt<A>> = question
            .prompts
            .iter()
            .filter(|prompt| prompt.answers(&mut answers).is_empty())
            .collect();
        if !open.iter().any(|prompt| (prompt.when)(&answers, choices)) {
            continue;
        }
        heading(index + 1, form.questions.len(), question, terminal)?;
        for prompt in open {
            // What was just answered can make another question needless.
            if !(prompt.when)(&answers, choices) {
                continue;
            }
            interview.put(prompt, &mut answers, terminal)?;
            if matches!(prompt.takes, Takes::Name) {
                interview.settle_file_name(site, &mut answers, terminal)?;
            }
        }
    }
    writeln!(terminal.output)?;
    Ok(answers)
}

fn heading<A>(
    number: usize,
    of: usize,
    question: &Question<A>,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let number = if of == 1 { String::new() } else { format!("{number} of {of}  ") };
    writeln!(terminal.output, "\n{number}{}\n{}", question.heading, question.hint)
}

struct Interview<'a, A: 'static> {
    form: &'a Form<A>,
    choices: &'a Choices,
}

impl<A> Interview<'_, A> {
    fn put(
        &self,
        prompt: &Prompt<A>,
        answers: &mut A,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Error> {
        writeln!(terminal.output, "\n  {}", prompt.text)?;
        let options = prompt.options(self.choices);
        let widest = options.iter().map(|(word, _)| word.chars().count()).max().unwrap_or(0);
        for (number, (word, meaning)) in (1..).zip(&options) {
            writeln!(terminal.output, "  {number:>3}  {word:widest$}  {meaning}")?;
        }
        match prompt.slot {
            Slot::One(slot) => *slot(answers) = self.answer(prompt, &options, terminal)?,
            Slot::Many(slot) => {
                while let Some(item) = self.answer(prompt, &options, terminal)? {
                    slot(answers).push(item);
                }
            }
        }
        Ok(())
    }

    /// An answer that can be used; nothing where the question is left for later.
    fn answer(
        &self,
        prompt: &Prompt<A>,
        options: &[(String, String)],
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<String>, Error> {
        loop {
            let Some(typed) = read(terminal)? else {
                if !self.form.needs(prompt) {
                    return Ok(None);
                }
                return Err(Error::Refused(format!("the answers ended before `{}`", prompt.field)));
            };
            if typed.is_empty() {
                if !self.form.needs(prompt) {
                    return Ok(None);
                }
                writeln!(
                    terminal.output,
                    "  This one is needed. You can change it in the file later."
                )?;
                continue;
            }
            let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some((word, _)) = number.and_then(|number| options.get(number)) {
                return Ok(Some(word.clone()));
            }
            match prompt.accept(&typed, self.form.record, self.choices) {
                Ok(answer) => return Ok(Some(answer)),
                Err(Fault { message, help }) => {
                    let is_list = matches!(prompt.takes, Takes::OneOf(_) | Takes::Kind);
                    let help = if is_list && !help.starts_with("did you mean") {
                        format!("type a number from 1 to {}", options.len())
                    } else {
                        help
                    };
                    writeln!(terminal.output, "  {message}; {help}.")?;
                }
            }
        }
    }

    /// Asks for another file name while the one that the title gives is taken.
    fn settle_file_name(
        &self,
        site: &Path,
        answers: &mut A,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Error> {
        while let Place::Taken { path, next } = self.form.place(site, answers)? {
            let proposal = next.as_ref().map_or("", Slug::as_str);
            writeln!(
                terminal.output,
                "\n  The name of `{}` is taken. What shall this file be called? [{proposal}]",
                in_words(&path)
            )?;
            let Some(typed) = read(terminal)? else {
                return Err(Error::Refused(format!("the name of `{}` is taken", in_words(&path))));
            };
            let slug = if typed.is_empty() { next } else { Slug::from_text(&typed) };
            *(self.form.slug)(answers) = slug.map(|slug| slug.to_string());
        }
        Ok(())
    }
}

/// A line without the spaces around it; nothing where the answers have ended.
fn read(terminal: &mut Terminal<'_>) -> io::Result<Option<String>> {
    write!(terminal.output, "  > ")?;
    terminal.output.flush()?;
    let mut line = String::new();
    let length = terminal.input.read_line(&mut line)?;
    if length == 0 {
        writeln!(terminal.output)?;
        return Ok(None);
    }
    Ok(Some(line.trim().to_owned()))
}
