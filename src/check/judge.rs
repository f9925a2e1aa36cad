//! A single value, judged by the shape of its field: for whoever asks for it before there is a file.

use crate::check::values::{self, Wrong};
use crate::schedule::{Given, Misread, read, read_hours};
use crate::schema::{Shape, one_of};
use crate::suggest::closest;

/// Why a value cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in plain words.
    pub message: String,
    /// What to type instead.
    pub help: String,
}

/// The value as it belongs in a file. What needs the rest of the site or of the file (terms, venues, lists) is taken as
/// it is; of a sentence, the fields beside it are not known.
pub fn judge(shape: &Shape, typed: &str) -> Result<String, Fault> {
    let sound = match shape {
        Shape::Choice(words) => return choice(words, typed),
        Shape::Sentence => {
            return sentence(typed, read(typed, &Given::default()).err().unwrap_or_default());
        }
        Shape::Hours => {
            return sentence(typed, read_hours(typed, None).err().unwrap_or_default());
        }
        Shape::Either([sentence @ Shape::Sentence, ..]) => return judge(sentence, typed),
        Shape::Slug => values::slug(typed).err(),
        Shape::Date => values::date(typed).err(),
        Shape::TimeZone => values::time_zone(typed).err(),
        Shape::Number { from, to } => values::number(typed, *from, *to).err(),
        Shape::Amount => values::amount(typed).err(),
        Shape::Flag => values::flag(typed).err(),
        Shape::Url => values::web_url(typed).err(),
        Shape::Email => values::email(typed).err(),
        Shape::Phone => values::phone(typed).err(),
        Shape::Link => values::link(typed).err(),
        Shape::Language => values::language(typed).err(),
        Shape::Currency => values::currency(typed).err(),
        Shape::Colour => values::colour(typed).err(),
        Shape::Host => values::host(typed).err(),
        Shape::Text
        | Shape::Inline
        | Shape::Term
        | Shape::Coordinates
        | Shape::Image
        | Shape::List(_)
        | Shape::Record(_)
        | Shape::Map(_)
        | Shape::Either(_)
        | Shape::Anything => None,
    };
    match sound {
        None => Ok(typed.to_owned()),
        Some(Wrong { message, help, .. }) => Err(Fault { message, help }),
    }
}

/// The first thing that is wrong with a sentence: nobody mends two at once.
fn sentence(typed: &str, misreads: Vec<Misread>) -> Result<String, Fault> {
    match misreads.into_iter().next() {
        Some(Misread { message, help, .. }) => Err(Fault { message, help }),
        None => Ok(typed.to_owned()),
    }
}

fn choice(words: &[&str], typed: &str) -> Result<String, Fault> {
    let written = typed.to_lowercase().replace([' ', '_'], "-");
    if words.contains(&written.as_str()) {
        return Ok(written);
    }
    let help = match closest(&written, words.iter().copied()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("write {}", one_of(words)),
    };
    Err(Fault { message: format!("`{typed}` is not one of the words for this"), help })
}
