//! The network: `site.yaml` once it has been checked.

use std::collections::BTreeMap;

use iso_currency::Currency;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::Picture;
use crate::model::address::{BaseUrl, Contact, WebUrl};
use crate::model::venue::Coordinates;
use crate::slug::Slug;

/// The network and how its site looks.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The network's name.
    pub title: String,
    /// What it is, in one line.
    pub tagline: Option<String>,
    /// Where the site will stand; formats that need absolute addresses are left out without it.
    pub base_url: Option<BaseUrl>,
    /// BCP 47 tag; default `en`.
    pub language: String,
    /// Zone of clock times that name none.
    pub timezone: Option<TimeZone>,
    /// Currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Shown where a listed group has no way in of its own.
    pub contact: Contact,
    /// Crisis help, in the order written.
    pub help: Vec<HelpLine>,
    /// Terms by the field that they feed.
    pub vocabulary: Vocabulary,
    /// Days that schedules may leave out.
    pub holidays: Vec<Holiday>,
    /// Whether no group meets on a holiday; default false.
    pub holidays_cancel: bool,
    /// Towns that readers may name.
    pub places: BTreeMap<String, Coordinates>,
    /// The links at the head of every page; empty means the theme's own.
    pub navigation: Vec<NavigationLink>,
    /// `#rrggbb` of the theme's accent.
    pub accent: Option<Colour>,
    /// The network's logo.
    pub logo: Option<Picture>,
    /// The custom domain, written to `CNAME`.
    pub cname: Option<String>,
}

impl Settings {
    /// The holiday that a day belongs to.
    pub fn holiday(&self, day: Date) -> Option<&Holiday> {
        self.holidays.iter().find(|holiday| holiday.from <= day && day <= holiday.to)
    }
}

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// 0 to 255.
    pub red: u8,
    /// 0 to 255.
    pub green: u8,
    /// 0 to 255.
    pub blue: u8,
}

/// One line of crisis help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// Who answers.
    pub name: String,
    /// The number to call.
    pub call: Option<String>,
    /// The number to text, or words such as `HOME to 741741`.
    pub text: Option<String>,
    /// A page or a chat.
    pub url: Option<WebUrl>,
    /// When somebody last confirmed it.
    pub verified: Option<Date>,
}

/// A link at the head of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationLink {
    /// Its words; none means those of the page that it leads to.
    pub label: Option<String>,
    /// From the site's root (`/groups/`) or absolute.
    pub url: String,
}

/// One holiday or several days of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// First day.
    pub from: Date,
    /// Last day; the same for a single one.
    pub to: Date,
    /// What it is called.
    pub name: String,
}

/// The terms that a site lists, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Topics.
    pub topic: BTreeMap<Slug, Entry>,
    /// For whom.
    pub audience: BTreeMap<Slug, Entry>,
    /// What a place offers.
    pub accessibility: BTreeMap<Slug, Entry>,
}

/// A listed term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What a page shows.
    pub label: String,
    /// Other words that find it.
    pub synonyms: Vec<String>,
}
