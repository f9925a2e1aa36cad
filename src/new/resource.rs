//! `new resource`: a page to read, in a collection or on its own.

use std::path::{Path, PathBuf};

use crate::new::choices::Choices;
use crate::new::form::{self, Form, Takes};
use crate::new::{Error, Terminal, ask};
use crate::schema::page::RESOURCE;

type Question = form::Question<Answers>;
type Prompt = form::Prompt<Answers>;

/// What is known about a new resource page; all of it can come later but its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Answers {
    /// The page's title.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// What it is about, in one or two sentences.
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
    /// The collection that it belongs to: a folder of content/resources, or the name of a new one.
    #[arg(long, value_name = "NAME")]
    pub collection: Option<String>,
    /// Its place in the collection.
    #[arg(long, value_name = "NUMBER")]
    pub order: Option<String>,
    /// The file's name without its ending, and the end of the page's address; default: the title's words.
    #[arg(long, value_name = "WORDS")]
    pub slug: Option<String>,
}

const WHAT: Question = Question {
    heading: "What is the page about?",
    hint: "A title that says it, and a sentence for whoever has not opened it yet.",
    fields: &["title", "summary", "topics", "audience", "content_note"],
    prompts: &[
        // The collection is a folder, so it settles which names are taken before the title is known.
        Prompt::one(
            "",
            "collection",
            "In which collection? Enter: in none. The name of a new one will do.",
            Takes::Collection,
            |a| &mut a.collection,
        ),
        Prompt::one("title", "title", "What is the page called?", Takes::Name, |a| &mut a.title),
        Prompt::one(
            "summary",
            "summary",
            "What is it about, in one or two sentences?",
            Takes::Value,
            |a| &mut a.summary,
        ),
        Prompt::one(
            "order",
            "order",
            "Which number in its collection? 1 comes first.",
            Takes::Value,
            |a| &mut a.order,
        )
        .when(|a, _| a.collection.is_some()),
    ],
};

pub(super) static FORM: Form<Answers> = Form {
    record: &RESOURCE,
    questions: &[WHAT],
    folder: |answers| {
        // Settled answers hold a folder that is there, or a slug.
        let collection = answers.collection.as_ref().map(|folder| format!("/{folder}"));
        format!("content/resources{}", collection.unwrap_or_default())
    },
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

/// Writes `content/resources/COLLECTION/SLUG.md` and gives that path, from the site's folder.
pub fn write(site: &Path, answers: Answers, choices: &Choices) -> Result<PathBuf, Error> {
    FORM.write(site, answers, choices)
}
