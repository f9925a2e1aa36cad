//! The schema of the content, written once: which fields a file may have, what they hold, and how they are explained.
//!
//! It feeds the checker (unknown keys, required fields, the list of choices), what `new` writes and the field
//! reference. It says nothing about how fields fit together; that is `check`'s.

pub mod group;
pub mod page;
pub mod site;
pub mod venue;
pub mod words;

/// The fields of a file or of a mapping inside it.
#[derive(Debug)]
pub struct Record {
    /// What it describes, with its article, as in "a group has no field …".
    pub name: &'static str,
    /// Its fields, in the order of the field reference.
    pub fields: &'static [Field],
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, with unit and default, in one line without a full stop.
    pub doc: &'static str,
    /// A value as an author would write it, in YAML on one line.
    pub example: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Plain text on one line.
    Text,
    /// Text in which links, emphasis and code work.
    Inline,
    /// Days and hours in a sentence, such as `1st and 3rd Tuesday, 7:00–8:30 pm`.
    Sentence,
    /// Hours such as `7:00–8:30 pm`.
    Hours,
    /// Lower-case words joined by hyphens.
    Slug,
    /// `2027-01-06`, or a day, a month by name and a year.
    Date,
    /// An IANA time zone such as `America/New_York`.
    TimeZone,
    /// A whole number.
    Number {
        /// The least.
        from: u32,
        /// The most.
        to: u32,
    },
    /// An amount of money without its currency.
    Amount,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A term of a vocabulary.
    Term,
    /// An `http` or `https` URL.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A URL or an e-mail address.
    Link,
    /// A language code or an English name.
    Language,
    /// An ISO 4217 code.
    Currency,
    /// `#rrggbb`.
    Colour,
    /// A host name such as `groups.example.org`.
    Host,
    /// `[latitude, longitude]` in degrees.
    Coordinates,
    /// The name of an image beside the file or in `static`.
    Image,
    /// A list.
    List(&'static Shape),
    /// A mapping with these fields.
    Record(&'static Record),
    /// A mapping whose keys are the author's.
    Map(&'static Shape),
    /// Any of these.
    Either(&'static [Shape]),
    /// Whatever the author keeps there.
    Anything,
}

impl Record {
    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    pub(crate) const fn new(
        name: &'static str,
        shape: Shape,
        example: &'static str,
        doc: &'static str,
    ) -> Field {
        Field { name, shape, required: false, doc, example }
    }

    pub(crate) const fn required(self) -> Field {
        Field { required: true, ..self }
    }
}

impl Shape {
    /// In words, as in "write …".
    pub fn describe(&self) -> String {
        match self {
            Shape::Text => "text on one line".into(),
            Shape::Inline => "text; links and emphasis work".into(),
            Shape::Sentence => "a sentence such as `1st and 3rd Tuesday, 7:00–8:30 pm`".into(),
            Shape::Hours => "hours such as `7:00–8:30 pm`".into(),
            Shape::Slug => "lower-case words joined by hyphens".into(),
            Shape::Date => "a date such as `2027-01-06`".into(),
            Shape::TimeZone => "a time zone such as `America/New_York`".into(),
            Shape::Number { from, to } => format!("a whole number from {from} to {to}"),
            Shape::Amount => "an amount such as `25` or `12.50`".into(),
            Shape::Flag => "`true` or `false`".into(),
            Shape::Choice(words) => one_of(words),
            Shape::Term => "a term of the site's vocabulary".into(),
            Shape::Url => "an address that begins with `https://`".into(),
            Shape::Email => "an e-mail address".into(),
            Shape::Phone => "a telephone number".into(),
            Shape::Link => "an address that begins with `https://`, or an e-mail address".into(),
            Shape::Language => "a language code such as `en`, or an English name".into(),
            Shape::Currency => "a currency code such as `USD`".into(),
            Shape::Colour => "a colour such as `\"#2f6f5e\"`".into(),
            Shape::Host => "a host name such as `groups.example.org`".into(),
            Shape::Coordinates => "`[latitude, longitude]` in degrees".into(),
            Shape::Image => "the name of an image beside the file, or in `static`".into(),
            Shape::List(item) => format!("a list; each item is {}", item.describe()),
            Shape::Record(record) => {
                let names: Vec<_> =
                    record.fields.iter().map(|field| format!("`{}`", field.name)).collect();
                format!("fields: {}", names.join(", "))
            }
            Shape::Map(value) => format!("names of your own, each with {}", value.describe()),
            Shape::Either(shapes) => {
                let words: Vec<_> = shapes.iter().map(Shape::describe).collect();
                words.join("; or ")
            }
            Shape::Anything => "anything".into(),
        }
    }
}

/// Words as "`a`, `b` or `c`".
pub fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [most @ .., last] => {
            let most: Vec<_> = most.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", most.join(", "))
        }
    }
}
