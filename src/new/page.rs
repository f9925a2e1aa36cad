//! `new page`: a free page.

use std::path::{Path, PathBuf};

use crate::new::choices::Choices;
use crate::new::form::{self, Form, Takes};
use crate::new::{Error, Terminal, ask};
use crate::schema::page::PAGE;

type Question = form::Question<Answers>;
type Prompt = form::Prompt<Answers>;

/// What is known about a new page; all of it can come later but its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Answers {
    /// The page's title.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// What it is about, in one or two sentences.
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
    /// The file's name without its ending, and the page's address; default: the title's words.
    #[arg(long, value_name = "WORDS")]
    pub slug: Option<String>,
}

const WHAT: Question = Question {
    heading: "What is the page about?",
    hint: "A title that says it, and a sentence for whoever has not opened it yet.",
    fields: &["title", "summary"],
    prompts: &[
        Prompt::one("title", "title", "What is the page called?", Takes::Name, |a| &mut a.title),
        Prompt::one(
            "summary",
            "summary",
            "What is it about, in one or two sentences?",
            Takes::Value,
            |a| &mut a.summary,
        ),
    ],
};

pub(super) static FORM: Form<Answers> = Form {
    record: &PAGE,
    questions: &[WHAT],
    folder: |_| "content/pages".to_owned(),
    ending: "md",
    slug: |answers| &mut answers.slug,
    about_body: &["Below the next line comes the text of the page, with ## before a heading."],
};

/// Asks on a terminal what `answers` leaves open.
pub fn ask(
    site: &Path,
    answers: Answers,
    choices: &Choices,
    terminal: &mut Terminal<'_>,
) -> Result<Answers, Error> {
    ask::ask(&FORM, site, answers, choices, terminal)
}

/// Writes `content/pages/SLUG.md` and gives that path, from the site's folder.
pub fn write(site: &Path, answers: Answers, choices: &Choices) -> Result<PathBuf, Error> {
    FORM.write(site, answers, choices)
}
