//! What is asked, in which words, and where the answer goes: the parts that the tables of `group`, `page`, `resource`
//! and `venue` are made of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fs_err as fs;
use walkdir::WalkDir;

use crate::check::{Fault, judge};
use crate::model::facet::BUILT_IN_KINDS;
use crate::new::choices::Choices;
use crate::new::scalar::yaml_scalar;
use crate::new::sheet::{self, Given, Section};
use crate::new::{Error, group, venue};
use crate::schema::{Field, Record, Shape};
use crate::slug::Slug;
use crate::suggest::closest;

/// All that is asked for one kind of file. `A` holds the answers.
pub(super) struct Form<A: 'static> {
    /// The fields of the file.
    pub(super) record: &'static Record,
    /// The questions, in their order.
    pub(super) questions: &'static [Question<A>],
    /// The folder that the file belongs in, from the site's folder.
    pub(super) folder: fn(&A) -> String,
    /// Its ending: Markdown with front matter, or `yaml` alone.
    pub(super) ending: &'static str,
    /// Where the file's name is kept when it is not made from the first answer.
    pub(super) slug: fn(&mut A) -> &mut Option<String>,
    /// What is said of the text under the front matter.
    pub(super) about_body: &'static [&'static str],
}

/// One question, which has several prompts and covers several fields.
pub(super) struct Question<A: 'static> {
    /// As it is asked.
    pub(super) heading: &'static str,
    /// What a good answer does, in one sentence.
    pub(super) hint: &'static str,
    /// The fields of the file that it covers, in their order.
    pub(super) fields: &'static [&'static str],
    /// What is asked one by one.
    pub(super) prompts: &'static [Prompt<A>],
}

/// One thing that is asked.
pub(super) struct Prompt<A: 'static> {
    /// The field that it fills, with dots: `membership.admission`.
    pub(super) field: &'static str,
    /// The flag that answers it, without its dashes.
    pub(super) flag: &'static str,
    /// The words of the prompt.
    pub(super) text: &'static str,
    /// What an answer may be.
    pub(super) takes: Takes,
    /// Where the answer is kept.
    pub(super) slot: Slot<A>,
    /// Whether it is asked, given the answers so far.
    pub(super) when: fn(&A, &Choices) -> bool,
}

/// What an answer may be.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    /// The name that the file's own name is made from; always needed.
    Name,
    /// What the field's shape allows.
    Value,
    /// One of the field's words, each with what it means.
    OneOf(&'static [(&'static str, &'static str)]),
    /// A kind of group.
    Kind,
    /// A shared venue, or a name and a town.
    Venue,
    /// A collection of resources, or the name of a new one. It is a folder, not a field.
    Collection,
    /// A sentence of days and hours, or `say:` and words that are no dates.
    Schedule,
    /// `10 Check-in`.
    Agenda,
    /// `Dana Ruiz, LPC, convener`.
    Person,
}

/// Where an answer is kept.
pub(super) enum Slot<A: 'static> {
    /// A single one.
    One(fn(&mut A) -> &mut Option<String>),
    /// One a line.
    Many(fn(&mut A) -> &mut Vec<String>),
}

impl<A> Prompt<A> {
    pub(super) const fn one(
        field: &'static str,
        flag: &'static str,
        text: &'static str,
        takes: Takes,
        slot: fn(&mut A) -> &mut Option<String>,
    ) -> Prompt<A> {
        Prompt { field, flag, text, takes, slot: Slot::One(slot), when: |_, _| true }
    }

    pub(super) const fn many(
        field: &'static str,
        flag: &'static str,
        text: &'static str,
        takes: Takes,
        slot: fn(&mut A) -> &mut Vec<String>,
    ) -> Prompt<A> {
        Prompt { field, flag, text, takes, slot: Slot::Many(slot), when: |_, _| true }
    }

    pub(super) const fn when(self, when: fn(&A, &Choices) -> bool) -> Prompt<A> {
        let Prompt { field, flag, text, takes, slot, when: _ } = self;
        Prompt { field, flag, text, takes, slot, when }
    }

    /// What was answered so far.
    pub(super) fn answers(&self, answers: &mut A) -> Vec<String> {
        match self.slot {
            Slot::One(slot) => slot(answers).iter().cloned().collect(),
            Slot::Many(slot) => slot(answers).clone(),
        }
    }

    /// What can be chosen: the word for the file and what it means.
    pub(super) fn options(&self, choices: &Choices) -> Vec<(String, String)> {
        let owned = |(word, meaning): &(&str, &str)| ((*word).to_owned(), (*meaning).to_owned());
        match self.takes {
            Takes::OneOf(words) => words.iter().map(owned).collect(),
            Takes::Kind => {
                let mut kinds: Vec<_> = group::KINDS.iter().map(owned).collect();
                debug_assert_eq!(kinds.len(), BUILT_IN_KINDS.len());
                for (key, label) in &choices.kinds {
                    match kinds.iter_mut().find(|(kind, _)| kind == key) {
                        Some(built_in) => built_in.1.clone_from(label),
                        None => kinds.push((key.clone(), label.clone())),
                    }
                }
                kinds
            }
            Takes::Venue => choices.venues.clone(),
            Takes::Collection => choices.collections.clone(),
            Takes::Name | Takes::Value | Takes::Schedule | Takes::Agenda | Takes::Person => {
                Vec::new()
            }
        }
    }

    /// The answer as it is kept, or what is wrong with it.
    pub(super) fn accept(
        &self,
        typed: &str,
        record: &Record,
        choices: &Choices,
    ) -> Result<String, Fault> {
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let options = self.options(choices);
        let word = Slug::from_text(&typed);
        let chosen = options.iter().find(|(key, label)| {
            *key == typed
                || word.is_some()
                    && (Slug::from_text(key) == word || Slug::from_text(label) == word)
        });
        if let Some((key, _)) = chosen {
            return Ok(key.clone());
        }
        match self.takes {
            Takes::Name | Takes::Collection if word.is_none() => Err(Fault {
                message: format!("no file name can be made of `{typed}`"),
                help: "write at least one letter or digit".to_owned(),
            }),
            Takes::Person if typed.starts_with(',') => Err(Fault {
                message: "the name is missing".to_owned(),
                help: "write name, credentials and role, such as `Dana Ruiz, LPC, convener`"
                    .to_owned(),
            }),
            Takes::Collection => Ok(word.map_or(typed, |word| word.to_string())),
            Takes::Name | Takes::Agenda | Takes::Person => Ok(typed),
            Takes::Schedule if group::said(&typed).is_some() => Ok(typed),
            Takes::Value | Takes::Schedule => judge(&shape(record, self.field), &typed),
            Takes::OneOf(_) | Takes::Kind => Err(not_among(&typed, &options)),
            // What looks like the name of a file is one that is not there.
            Takes::Venue if Slug::parse(&typed).is_ok() => {
                let near = closest(&typed, options.iter().map(|(key, _)| key.as_str()));
                Err(Fault {
                    message: format!("there is no file `content/venues/{typed}.yaml`"),
                    help: match near {
                        Some(key) => format!("did you mean `{key}`?"),
                        None => {
                            "write a name and a town, such as `Grace Church, Athens`".to_owned()
                        }
                    },
                })
            }
            Takes::Venue => Ok(typed),
        }
    }
}

fn not_among(typed: &str, options: &[(String, String)]) -> Fault {
    let words = || options.iter().map(|(key, _)| key.as_str());
    let help = match closest(typed, words()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("write {}", crate::schema::one_of(&words().collect::<Vec<_>>())),
    };
    Fault { message: format!("`{typed}` is none of them"), help }
}

/// The field at the end of a path with dots.
pub(super) fn field(record: &Record, path: &str) -> Option<&'static Field> {
    match path.split_once('.') {
        None => record.field(path),
        Some((first, rest)) => match record.field(first)?.shape {
            Shape::Record(inner) => field(inner, rest),
            _ => None,
        },
    }
}

fn shape(record: &Record, path: &str) -> Shape {
    field(record, path).map_or(Shape::Text, |field| field.shape)
}

impl<A> Form<A> {
    pub(super) fn prompts(&self) -> impl Iterator<Item = &'static Prompt<A>> {
        self.questions.iter().flat_map(|question| question.prompts)
    }

    /// Whether the file cannot do without an answer.
    pub(super) fn needs(&self, prompt: &Prompt<A>) -> bool {
        matches!(prompt.takes, Takes::Name)
            || field(self.record, prompt.field).is_some_and(|field| field.required)
    }

    /// The file's name: what was asked for, else the first answer's words.
    pub(super) fn slug(&self, answers: &mut A) -> Result<Slug, Error> {
        if let Some(typed) = (self.slug)(answers) {
            return Slug::parse(typed).map_err(|error| {
                let instead =
                    error.suggestion().map_or_else(String::new, |slug| format!("; write `{slug}`"));
                Error::Refused(format!("--slug: {error}{instead}"))
            });
        }
        let name = self.prompts().find(|prompt| matches!(prompt.takes, Takes::Name));
        let name = name.and_then(|prompt| prompt.answers(answers).into_iter().next());
        let slug = name.as_deref().and_then(Slug::from_text);
        slug.ok_or_else(|| {
            Error::Refused(format!(
                "no file name can be made of `{}`; give one with --slug",
                name.unwrap_or_default()
            ))
        })
    }

    /// Where the file goes, from the site's folder; or, where its name is taken, the next that is free.
    pub(super) fn place(&self, site: &Path, answers: &mut A) -> Result<Place, Error> {
        let slug = self.slug(answers)?;
        let folder = (self.folder)(answers);
        let path = |slug: &Slug| PathBuf::from(format!("{folder}/{slug}.{}", self.ending));
        // The addresses of free pages begin where those of the generator do.
        let is_page = folder == "content/pages";
        let is_kept = |slug: &Slug| {
            is_page && slug.is_reserved() && !matches!(slug.as_str(), "home" | "get-help")
        };
        let is_free =
            |slug: &Slug| !is_kept(slug) && !has_file(&site.join(&folder), slug, self.ending);
        if is_free(&slug) {
            return Ok(Place::Free(path(&slug)));
        }
        let next = (2..).filter_map(|number| Slug::from_text(&format!("{slug} {number}")));
        // A name of full length gives itself again when a number is added.
        let next = next.take(1000).find(|next| *next != slug && is_free(next));
        Ok(Place::Taken { path: path(&slug), next })
    }

    /// Writes the file and gives its path from the site's folder.
    pub(super) fn write(
        &self,
        site: &Path,
        mut answers: A,
        choices: &Choices,
    ) -> Result<PathBuf, Error> {
        self.settle(&mut answers, choices)?;
        let given = self.given(&mut answers, choices)?;
        let path = match self.place(site, &mut answers)? {
            Place::Free(path) => path,
            Place::Taken { path, next } => {
                let instead = next.map_or_else(|| "…".to_owned(), |slug| slug.to_string());
                let path = in_words(&path);
                return Err(Error::Refused(format!(
                    "the name of `{path}` is taken; give the new file another with --slug {instead}"
                )));
            }
        };
        let file = site.join(&path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = sheet::write(self.record, &self.sections(), &given);
        let text =
            if self.ending == "md" { sheet::front_matter(&text, self.about_body) } else { text };
        let mut file = fs::File::create_new(file)?;
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        Ok(path)
    }

    /// Puts every answer into the form in which it is kept; refuses one that the checker would refuse.
    pub(super) fn settle(&self, answers: &mut A, choices: &Choices) -> Result<(), Error> {
        for prompt in self.prompts() {
            let mut accepted = Vec::new();
            for typed in prompt.answers(answers).iter().filter(|typed| !typed.trim().is_empty()) {
                let refuse = |Fault { message, help }| {
                    Error::Refused(format!("--{}: {message}; {help}", prompt.flag))
                };
                accepted.push(prompt.accept(typed, self.record, choices).map_err(refuse)?);
            }
            match prompt.slot {
                Slot::One(slot) => *slot(answers) = accepted.into_iter().next(),
                Slot::Many(slot) => *slot(answers) = accepted,
            }
        }
        Ok(())
    }

    /// Settled answers by the field that each fills, as YAML.
    fn given(
        &self,
        answers: &mut A,
        choices: &Choices,
    ) -> Result<BTreeMap<&'static str, Given>, Error> {
        let mut given = BTreeMap::new();
        // What fills no field settles the folder.
        for prompt in self.prompts().filter(|prompt| !prompt.field.is_empty()) {
            let answered = prompt.answers(answers);
            if answered.is_empty() && self.needs(prompt) {
                let what = field(self.record, prompt.field).map_or("", |field| field.doc);
                let (name, flag) = (self.record.name, prompt.flag);
                return Err(Error::Refused(format!(
                    "{name} needs `{}`: {what}; give it with --{flag}",
                    prompt.field
                )));
            }
            let mut written = answered.iter().map(|answer| written(prompt.takes, answer, choices));
            match prompt.slot {
                _ if answered.is_empty() => None,
                Slot::One(_) => {
                    written.next().and_then(|value| given.insert(prompt.field, Given::Value(value)))
                }
                Slot::Many(_) => given.insert(prompt.field, Given::Items(written.collect())),
            };
        }
        Ok(given)
    }

    fn sections(&self) -> Vec<Section> {
        let asked = self.questions.iter().enumerate().map(|(index, question)| Section {
            heading: match self.questions.len() {
                1 => question.heading.to_owned(),
                _ => format!("{}. {}", index + 1, question.heading),
            },
            hint: question.hint,
            fields: question.fields,
        });
        asked.collect()
    }
}

/// Where a new file can go.
pub(super) enum Place {
    /// Nothing is there.
    Free(PathBuf),
    /// Something is, or the address is kept for another page.
    Taken {
        /// Where the file would have gone.
        path: PathBuf,
        /// The next name that is free.
        next: Option<Slug>,
    },
}

/// Whether a file of that ending in the folder, or in a folder inside it, has that slug. A folder that is not there, or
/// cannot be read, has none: writing will tell.
fn has_file(folder: &Path, slug: &Slug, ending: &str) -> bool {
    WalkDir::new(folder).into_iter().filter_map(Result::ok).any(|entry| {
        let path = entry.path();
        let stem = path.file_stem().and_then(|stem| Slug::from_text(&stem.to_string_lossy()));
        path.extension().is_some_and(|extension| extension == ending) && stem.as_ref() == Some(slug)
    })
}

/// A path as it is written in content: with `/` on every system.
pub(super) fn in_words(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn written(takes: Takes, accepted: &str, choices: &Choices) -> String {
    match takes {
        Takes::Venue if !choices.venues.iter().any(|(key, _)| key == accepted) => {
            venue::in_place(accepted)
        }
        Takes::Schedule => group::schedule(accepted),
        Takes::Agenda => group::agenda_item(accepted),
        Takes::Person => group::person(accepted),
        _ => yaml_scalar(accepted),
    }
}
