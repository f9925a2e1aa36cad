//! `new group`: the eight questions, in the words in which a colleague would ask them.

use std::path::{Path, PathBuf};

use crate::new::choices::Choices;
use crate::new::form::{self, Form, Takes};
use crate::new::scalar::{yaml_scalar, yaml_scalar_in_flow};
use crate::new::{Error, Terminal, ask};
use crate::schema::group::GROUP;

type Question = form::Question<Answers>;
type Prompt = form::Prompt<Answers>;

/// What is known about a new group; all of it can come later but title, purpose and kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Answers {
    /// The group's name.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// What it is for, in one sentence.
    #[arg(long, value_name = "TEXT")]
    pub purpose: Option<String>,
    /// What kind of group it is, such as peer-consultation.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Whom it serves: professionals, public or both.
    #[arg(long = "for", value_name = "WHOM")]
    pub serves: Option<String>,
    /// Who may join, in one line.
    #[arg(long, value_name = "TEXT")]
    pub who: Option<String>,
    /// Who may come: open, closed or application.
    #[arg(long, value_name = "WORD")]
    pub admission: Option<String>,
    /// Whether one registers: none or required.
    #[arg(long, value_name = "WORD")]
    pub registration: Option<String>,
    /// How one joins, in a sentence.
    #[arg(long, value_name = "TEXT")]
    pub how_to_join: Option<String>,
    /// What it costs, in words.
    #[arg(long, value_name = "TEXT")]
    pub cost: Option<String>,
    /// How people meet: in-person, online or hybrid.
    #[arg(long, value_name = "WORD")]
    pub format: Option<String>,
    /// A file in content/venues without its ending, or a name and a town: "Grace Church, Athens".
    #[arg(long, value_name = "PLACE")]
    pub venue: Option<String>,
    /// What is used to meet online, such as Zoom.
    #[arg(long, value_name = "TEXT")]
    pub platform: Option<String>,
    /// When it meets: "1st and 3rd Tuesday, 7:00–8:30 pm".
    #[arg(long, value_name = "SENTENCE")]
    pub schedule: Option<String>,
    /// The zone of the clock times, such as `America/New_York`.
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<String>,
    /// How meetings go: structured or informal.
    #[arg(long, value_name = "WORD")]
    pub style: Option<String>,
    /// A part of the meeting: "10 Check-in". Once for each.
    #[arg(long, value_name = "MINUTES ITEM")]
    pub agenda: Vec<String>,
    /// How the lead is given: facilitator, peer-led, rotating or elected.
    #[arg(long, value_name = "WORD")]
    pub leadership: Option<String>,
    /// Who leads: "Dana Ruiz, LPC, convener". Once for each.
    #[arg(long = "leader", value_name = "NAME, CREDENTIALS, ROLE")]
    pub leaders: Vec<String>,
    /// How newcomers are welcomed.
    #[arg(long, value_name = "TEXT")]
    pub orientation: Option<String>,
    /// Whom to ask for.
    #[arg(long, value_name = "NAME")]
    pub contact: Option<String>,
    /// A public e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// A public telephone number.
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    /// A page or a form about the group.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The file's name without its ending, and the group's address; default: the title's words.
    #[arg(long, value_name = "WORDS")]
    pub slug: Option<String>,
}

/// The built-in kinds, each with what happens in such a group.
pub(super) const KINDS: [(&str, &str); 6] = [
    ("emotional-support", "people say how they are, and are heard"),
    ("peer-consultation", "colleagues bring their cases to one another"),
    ("peer-support", "people who live with the same thing help each other"),
    ("process", "a trained leader; what happens in the room is the work"),
    ("professional-collaboration", "colleagues share work, referrals and know-how"),
    ("training", "learning and practice, for a licence or a method"),
];

const SERVES: &[(&str, &str)] = &[
    ("professionals", "people in their work: counselors, nurses, teachers"),
    ("public", "anybody who looks for support"),
    ("both", "the one as well as the other"),
];
const ADMISSION: &[(&str, &str)] = &[
    ("open", "people come when they like"),
    ("closed", "the same people stay together"),
    ("application", "a talk or a form comes first"),
];
const REGISTRATION: &[(&str, &str)] =
    &[("none", "just come"), ("required", "let the group know before the first time")];
const FORMAT: &[(&str, &str)] = &[
    ("in-person", "in one room"),
    ("online", "on a screen or by telephone"),
    ("hybrid", "some in the room and some on a screen, together"),
];
const STYLE: &[(&str, &str)] = &[
    ("structured", "a meeting has its parts and their times"),
    ("informal", "it goes as it goes"),
];
const LEADERSHIP: &[(&str, &str)] = &[
    ("facilitator", "one person leads, or the same few"),
    ("peer-led", "the members together"),
    ("rotating", "members take turns"),
    ("elected", "somebody chosen for a time"),
];

const WHAT: Question = Question {
    heading: "What is it for?",
    hint: "One sentence that says who comes, to do what, and what they leave with. People who read it know if it is theirs.",
    fields: &["title", "purpose", "kind", "for", "audience", "topics"],
    prompts: &[
        Prompt::one("title", "title", "What is the group called?", Takes::Name, |a| &mut a.title),
        Prompt::one("purpose", "purpose", "What is it for, in one sentence?", Takes::Value, |a| {
            &mut a.purpose
        }),
        Prompt::one("kind", "kind", "What kind of group is it?", Takes::Kind, |a| &mut a.kind),
        Prompt::one(
            "for",
            "for",
            "Whom does it serve? Enter: whom groups of its kind serve.",
            Takes::OneOf(SERVES),
            |a| &mut a.serves,
        ),
    ],
};

const WHO: Question = Question {
    heading: "Who may join?",
    hint: "Say it so that people can tell before they write, and what it costs, so that nobody has to ask.",
    fields: &["membership", "cost", "languages"],
    prompts: &[
        Prompt::one("membership.who", "who", "Who may join, in one line?", Takes::Value, |a| {
            &mut a.who
        }),
        Prompt::one(
            "membership.admission",
            "admission",
            "Is the door open?",
            Takes::OneOf(ADMISSION),
            |a| &mut a.admission,
        ),
        Prompt::one(
            "membership.registration",
            "registration",
            "Does one register?",
            Takes::OneOf(REGISTRATION),
            |a| &mut a.registration,
        ),
        Prompt::one(
            "membership.how_to_join",
            "how-to-join",
            "How does one join?",
            Takes::Value,
            |a| &mut a.how_to_join,
        ),
        Prompt::one(
            "cost",
            "cost",
            "What does it cost? `Free`, or a sentence.",
            Takes::Value,
            |a| &mut a.cost,
        ),
    ],
};

const WHERE: Question = Question {
    heading: "Where does it meet?",
    hint: "A room that is quiet and easy to get into, or a screen. The link to a meeting stays off the page unless you say so.",
    fields: &["format", "venue", "room", "online", "accessibility", "accessibility_note"],
    prompts: &[
        Prompt::one("format", "format", "How do people meet?", Takes::OneOf(FORMAT), |a| {
            &mut a.format
        }),
        Prompt::one(
            "venue",
            "venue",
            "In which place? A name and a town will do: `Grace Church, Athens`.",
            Takes::Venue,
            |a| &mut a.venue,
        )
        .when(|a, _| a.format.as_deref() != Some("online")),
        Prompt::one(
            "online.platform",
            "platform",
            "What do you meet on, such as Zoom or the telephone?",
            Takes::Value,
            |a| &mut a.platform,
        )
        .when(|a, _| matches!(a.format.as_deref(), Some("online" | "hybrid"))),
    ],
};

const WHEN: Question = Question {
    heading: "When does it meet?",
    hint: "A rhythm that can be counted: `1st and 3rd Tuesday, 7:00–8:30 pm`. \"Twice a month\" makes everybody ask.",
    fields: &["schedule", "timezone", "starts", "ends", "cancelled", "changed", "extra"],
    prompts: &[
        Prompt::one(
            "schedule",
            "schedule",
            "On which days, from when to when? Where there are no fixed dates: `say: Twice a month; ask us.`",
            Takes::Schedule,
            |a| &mut a.schedule,
        ),
        Prompt::one(
            "timezone",
            "timezone",
            "In which time zone, such as America/New_York?",
            Takes::Value,
            |a| &mut a.timezone,
        )
        .when(|a, choices| a.schedule.is_some() && !choices.has_timezone),
    ],
};

const HOW: Question = Question {
    heading: "How does a meeting run?",
    hint: "People relax when they know that their turn will come, and the end.",
    fields: &["structure", "presentations"],
    prompts: &[
        Prompt::one(
            "structure.style",
            "style",
            "Does a meeting follow a plan?",
            Takes::OneOf(STYLE),
            |a| &mut a.style,
        ),
        Prompt::many(
            "structure.agenda",
            "agenda",
            "What are its parts? One a line, minutes first: `10 Check-in`. An empty line ends.",
            Takes::Agenda,
            |a| &mut a.agenda,
        )
        .when(|a, _| a.style.as_deref() != Some("informal")),
    ],
};

const LEADS: Question = Question {
    heading: "Who leads?",
    hint: "Somebody opens the door, watches the clock and notices who has not spoken.",
    fields: &["leadership"],
    prompts: &[
        Prompt::one(
            "leadership.model",
            "leadership",
            "How is the lead given?",
            Takes::OneOf(LEADERSHIP),
            |a| &mut a.leadership,
        ),
        Prompt::many(
            "leadership.people",
            "leader",
            "Who are they? One a line: name, credentials, role. An empty line ends.",
            Takes::Person,
            |a| &mut a.leaders,
        ),
    ],
};

const WELCOME: Question = Question {
    heading: "How are newcomers welcomed?",
    hint: "Walking into a room of strangers takes courage. Say what happens in the first ten minutes, and what does not.",
    fields: &["orientation"],
    prompts: &[Prompt::one(
        "orientation",
        "orientation",
        "What happens when somebody is new?",
        Takes::Value,
        |a| &mut a.orientation,
    )],
};

const PROMOTE: Question = Question {
    heading: "How do people hear of it, and reach it?",
    hint: "One page that is true, and one way in. What you give here is public.",
    fields: &["contact", "image", "image_alt"],
    prompts: &[
        Prompt::one("contact.name", "contact", "Whom does one ask for?", Takes::Value, |a| {
            &mut a.contact
        }),
        Prompt::one("contact.email", "email", "At which e-mail address?", Takes::Value, |a| {
            &mut a.email
        }),
        Prompt::one("contact.phone", "phone", "At which telephone number?", Takes::Value, |a| {
            &mut a.phone
        }),
        Prompt::one(
            "contact.url",
            "url",
            "On which page of its own? `https://…`",
            Takes::Value,
            |a| &mut a.url,
        ),
    ],
};

pub(super) static FORM: Form<Answers> = Form {
    record: &GROUP,
    questions: &[WHAT, WHO, WHERE, WHEN, HOW, LEADS, WELCOME, PROMOTE],
    folder: |_| "content/groups".to_owned(),
    ending: "md",
    slug: |answers| &mut answers.slug,
    about_body: &[
        "Below the next line comes the text of the page: whom you have in mind, what an evening is like, what one need",
        "not be afraid of. Two or three short paragraphs, with ## before a heading. None at all is fine, too.",
    ],
};

/// One of the eight questions, for those who only read it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// As it is asked.
    pub(crate) heading: &'static str,
    /// What a good answer does, in one sentence.
    pub(crate) hint: &'static str,
    /// The fields of the file that it covers, in their order.
    pub(crate) fields: &'static [&'static str],
}

/// The eight questions, in their order.
pub(crate) fn questions() -> impl Iterator<Item = Asked> {
    let questions = FORM.questions.iter();
    questions.map(|&Question { heading, hint, fields, prompts: _ }| Asked { heading, hint, fields })
}

/// Asks on a terminal what `answers` leaves open.
pub fn ask(
    site: &Path,
    answers: Answers,
    choices: &Choices,
    terminal: &mut Terminal<'_>,
) -> Result<Answers, Error> {
    ask::ask(&FORM, site, answers, choices, terminal)
}

/// Writes `content/groups/SLUG.md` and gives that path, from the site's folder. Refuses an answer that the checker would
/// refuse, and a name that is taken.
pub fn write(site: &Path, answers: Answers, choices: &Choices) -> Result<PathBuf, Error> {
    FORM.write(site, answers, choices)
}

/// The words of a schedule that are no dates: what follows `say:`, as it is typed here or stands in a file.
pub(super) fn said(typed: &str) -> Option<&str> {
    let typed = typed.strip_prefix("schedule:").unwrap_or(typed).trim();
    let inner = typed.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
    let words = inner.unwrap_or(typed).trim().strip_prefix("say:")?.trim();
    (!words.is_empty()).then_some(words)
}

/// A sentence, or words that are no dates, in YAML.
pub(super) fn schedule(typed: &str) -> String {
    match said(typed) {
        Some(words) => format!("{{say: {}}}", yaml_scalar_in_flow(words)),
        None => yaml_scalar(typed),
    }
}

/// `10 Check-in` or `Check-in` as an item of the agenda, in YAML.
pub(super) fn agenda_item(typed: &str) -> String {
    let (minutes, item) = typed.split_once(' ').unwrap_or(("", typed));
    let item = item.strip_prefix("minutes ").or_else(|| item.strip_prefix("min ")).unwrap_or(item);
    match minutes.parse::<u32>() {
        Ok(minutes @ 1..=1440) => {
            format!("{{minutes: {minutes}, item: {}}}", yaml_scalar_in_flow(item))
        }
        _ => format!("{{item: {}}}", yaml_scalar_in_flow(typed)),
    }
}

/// `Dana Ruiz, LPC, convener` as one of the people who lead, in YAML; of two parts the second are the credentials.
pub(super) fn person(typed: &str) -> String {
    let mut parts = typed.splitn(3, ',').map(str::trim);
    let fields =
        ["name", "credentials", "role"].iter().zip(&mut parts).filter(|(_, part)| !part.is_empty());
    let fields: Vec<String> =
        fields.map(|(name, part)| format!("{name}: {}", yaml_scalar_in_flow(part))).collect();
    format!("{{{}}}", fields.join(", "))
}
