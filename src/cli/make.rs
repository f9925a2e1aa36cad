//! `roundtable init` and `roundtable new`.

use std::io::{BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;

use crate::cli::site::{current_folder, find_site, now};
use crate::cli::{End, Failure};
use crate::load::load;
use crate::new::{self, Choices, Error, Host, Terminal};

/// Write a complete small site to start from.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The new site's folder.
    folder: PathBuf,
    /// What will publish it: its configuration is written too.
    #[arg(long, value_enum, default_value_t = Host::None)]
    host: Host,
    /// The time to go by, as `2026-11-23T12:00:00Z` [default: `SOURCE_DATE_EPOCH`, else the clock].
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
}

/// Write a new group, resource page, free page or venue: asks on a terminal what the flags leave open.
#[derive(Debug, Args)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
    /// The site's folder, or one inside it [default: the current folder].
    #[arg(long, global = true)]
    site: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A group, by the eight questions.
    Group(Box<new::group::Answers>),
    /// A resource page.
    Resource(new::resource::Answers),
    /// A free page.
    Page(new::page::Answers),
    /// A venue that several groups can name.
    Venue(new::venue::Answers),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error {
            Error::Refused(reason) => Failure::Usage(reason),
            Error::Machine(error) => error.into(),
        }
    }
}

impl Init {
    pub(super) fn run(&self) -> Result<End, Failure> {
        let written = new::init(&self.folder, self.host, now(self.now)?)?;
        let folder = self.folder.display();
        let mut out = anstream::stdout();
        writeln!(out, "{} files in {folder}. Next:", written.len())?;
        writeln!(out, "  roundtable serve {folder}     # shows the site, and every change of it")?;
        writeln!(out, "  roundtable new group --site {folder}")?;
        writeln!(
            out,
            "Facts under `private:` are never published, but everybody who can read this folder can read them;"
        )?;
        writeln!(
            out,
            "if you put it into a public repository, leave them out. {folder}/README.md says more."
        )?;
        Ok(End::Clean)
    }
}

impl New {
    pub(super) fn run(self) -> Result<End, Failure> {
        let start = match self.site {
            Some(folder) => folder,
            None => current_folder()?,
        };
        let site = find_site(&start)?;
        let choices = Choices::of(&load(&site)?);
        let written = match self.what {
            What::Group(answers) => {
                let answers = asked(&site, *answers, &choices, new::group::ask)?;
                new::group::write(&site, answers, &choices)?
            }
            What::Resource(answers) => {
                let answers = asked(&site, answers, &choices, new::resource::ask)?;
                new::resource::write(&site, answers, &choices)?
            }
            What::Page(answers) => {
                let answers = asked(&site, answers, &choices, new::page::ask)?;
                new::page::write(&site, answers, &choices)?
            }
            What::Venue(answers) => {
                let answers = asked(&site, answers, &choices, new::venue::ask)?;
                new::venue::write(&site, answers, &choices)?
            }
        };
        writeln!(anstream::stdout(), "{}", site.join(written).display())?;
        Ok(End::Clean)
    }
}

type Ask<Answers> = fn(&Path, Answers, &Choices, &mut Terminal<'_>) -> Result<Answers, Error>;

/// The answers with what a terminal adds to them; without one, as the flags gave them: a program is never asked.
fn asked<Answers>(
    site: &Path,
    answers: Answers,
    choices: &Choices,
    ask: Ask<Answers>,
) -> Result<Answers, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(answers);
    }
    let mut input = BufReader::new(std::io::stdin());
    let mut output = anstream::stderr();
    let mut terminal = Terminal { input: &mut input, output: &mut output };
    Ok(ask(site, answers, choices, &mut terminal)?)
}
