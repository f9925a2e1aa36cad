//! `new venue`: a shared place.

use std::path::{Path, PathBuf};

use crate::new::choices::Choices;
use crate::new::form::{self, Form, Takes};
use crate::new::scalar::yaml_scalar_in_flow;
use crate::new::{Error, Terminal, ask};
use crate::schema::venue::VENUE;

type Question = form::Question<Answers>;
type Prompt = form::Prompt<Answers>;

/// What is known about a new venue; all of it can come later but its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Answers {
    /// What people call the place.
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// House and street.
    #[arg(long, value_name = "TEXT")]
    pub street: Option<String>,
    /// Town.
    #[arg(long, value_name = "TEXT")]
    pub city: Option<String>,
    /// State, province or county.
    #[arg(long, value_name = "TEXT")]
    pub region: Option<String>,
    /// Postal code.
    #[arg(long, value_name = "TEXT")]
    pub postal_code: Option<String>,
    /// Country.
    #[arg(long, value_name = "TEXT")]
    pub country: Option<String>,
    /// How much of it is shown: exact, or area for the town alone.
    #[arg(long, value_name = "WORD")]
    pub precision: Option<String>,
    /// The room.
    #[arg(long, value_name = "TEXT")]
    pub room: Option<String>,
    /// How to find the door.
    #[arg(long, value_name = "TEXT")]
    pub directions: Option<String>,
    /// Where to leave a car.
    #[arg(long, value_name = "TEXT")]
    pub parking: Option<String>,
    /// Buses and trains.
    #[arg(long, value_name = "TEXT")]
    pub transit: Option<String>,
    /// The file's name without its ending; default: the place's name.
    #[arg(long, value_name = "WORDS")]
    pub slug: Option<String>,
}

const PRECISION: &[(&str, &str)] = &[
    ("exact", "everything in this file is shown"),
    ("area", "only the name and the town; members learn the rest in a call"),
];

const PLACE: Question = Question {
    heading: "Which place is it?",
    hint: "Several groups can name it by its file, so that a change of address is made once.",
    fields: &["name", "address", "precision"],
    prompts: &[
        Prompt::one("name", "name", "What do people call it?", Takes::Name, |a| &mut a.name),
        Prompt::one("address.street", "street", "House and street?", Takes::Value, |a| {
            &mut a.street
        }),
        Prompt::one("address.city", "city", "In which town?", Takes::Value, |a| &mut a.city),
        Prompt::one(
            "address.region",
            "region",
            "In which state, province or county?",
            Takes::Value,
            |a| &mut a.region,
        ),
        Prompt::one("address.postal_code", "postal-code", "Postal code?", Takes::Value, |a| {
            &mut a.postal_code
        }),
        Prompt::one("address.country", "country", "Country?", Takes::Value, |a| &mut a.country),
        Prompt::one(
            "precision",
            "precision",
            "How much of this may be shown?",
            Takes::OneOf(PRECISION),
            |a| &mut a.precision,
        ),
    ],
};

const GETTING_IN: Question = Question {
    heading: "How does one get in?",
    hint: "Think of somebody who comes alone, in the dark, for the first time.",
    fields: &["room", "directions", "parking", "transit", "accessibility"],
    prompts: &[
        Prompt::one("room", "room", "Which room?", Takes::Value, |a| &mut a.room),
        Prompt::one("directions", "directions", "How does one find the door?", Takes::Value, |a| {
            &mut a.directions
        }),
        Prompt::one("parking", "parking", "Where does one leave a car?", Takes::Value, |a| {
            &mut a.parking
        }),
        Prompt::one("transit", "transit", "Which bus or train goes there?", Takes::Value, |a| {
            &mut a.transit
        }),
    ],
};

pub(super) static FORM: Form<Answers> = Form {
    record: &VENUE,
    questions: &[PLACE, GETTING_IN],
    folder: |_| "content/venues".to_owned(),
    ending: "yaml",
    slug: |answers| &mut answers.slug,
    about_body: &[],
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

/// Writes `content/venues/SLUG.yaml` and gives that path, from the site's folder.
pub fn write(site: &Path, answers: Answers, choices: &Choices) -> Result<PathBuf, Error> {
    FORM.write(site, answers, choices)
}

/// `Grace Church, Athens` as a venue inside a group, in YAML: what follows the last comma is the town.
pub(super) fn in_place(typed: &str) -> String {
    match typed.rsplit_once(',') {
        Some((name, city)) if !name.trim().is_empty() && !city.trim().is_empty() => {
            let (name, city) = (yaml_scalar_in_flow(name.trim()), yaml_scalar_in_flow(city.trim()));
            format!("{{name: {name}, address: {{city: {city}}}}}")
        }
        _ => format!("{{name: {}}}", yaml_scalar_in_flow(typed)),
    }
}
