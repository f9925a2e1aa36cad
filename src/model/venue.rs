//! Where groups meet.

use jiff::civil::Date;

use crate::model::Prose;
use crate::model::address::{Phone, WebUrl};
use crate::model::facet::Term;

/// A place, told as exactly as its owner allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everything is public.
    Exact(Box<Venue>),
    /// Only the area is; the rest was dropped before this type was made.
    Area(Area),
}

/// A place whose address is public.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Venue {
    /// Its file's name, when it is a shared venue.
    pub slug: Option<String>,
    /// What people call it; a group's inline venue may have none.
    pub name: Option<String>,
    /// The postal address.
    pub address: PostalAddress,
    /// The room, the group's own if it gave one.
    pub room: Option<String>,
    /// How to find the door.
    pub directions: Option<String>,
    /// Where to leave a car.
    pub parking: Option<String>,
    /// Buses and trains.
    pub transit: Option<String>,
    /// What the place offers.
    pub accessibility: Vec<Term>,
    /// Where it is on the earth.
    pub coordinates: Option<Coordinates>,
    /// When it is closed.
    pub closed: Vec<Closure>,
}

impl Eq for Venue {}

/// A place of which only the area is public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// What people call it.
    pub name: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State, province or county.
    pub region: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// What the place offers.
    pub accessibility: Vec<Term>,
    /// When nobody can meet there, without a reason: that is not public, and that a meeting does not happen must be.
    pub closed: Vec<Closure>,
}

/// A postal address; parts as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// House and street.
    pub street: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State, province or county.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country.
    pub country: Option<String>,
}

/// Degrees north and east (WGS 84).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coordinates {
    /// Degrees north, −90 to 90.
    pub latitude: f64,
    /// Degrees east, −180 to 180.
    pub longitude: f64,
}

/// Days on which a place is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// First day.
    pub from: Date,
    /// Last day; none means until further notice.
    pub to: Option<Date>,
    /// Why.
    pub reason: Option<Prose>,
}

/// The online side of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Online {
    /// Such as Zoom.
    pub platform: Option<String>,
    /// How one gets in.
    pub join: Join,
}

/// How one gets into an online meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Join {
    /// The group sends the link; it is not in this program's memory any more.
    #[default]
    OnRequest,
    /// Anybody may use these.
    Public {
        /// The meeting's link.
        url: Option<WebUrl>,
        /// A number to dial.
        phone: Option<Phone>,
        /// What the platform asks for.
        passcode: Option<String>,
    },
}

impl Place {
    /// What people call it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Place::Exact(venue) => venue.name.as_deref(),
            Place::Area(area) => area.name.as_deref(),
        }
    }

    /// Its town.
    pub fn city(&self) -> Option<&str> {
        match self {
            Place::Exact(venue) => venue.address.city.as_deref(),
            Place::Area(area) => area.city.as_deref(),
        }
    }

    /// Its state, province or county.
    pub fn region(&self) -> Option<&str> {
        match self {
            Place::Exact(venue) => venue.address.region.as_deref(),
            Place::Area(area) => area.region.as_deref(),
        }
    }

    /// When it is closed.
    pub fn closed(&self) -> &[Closure] {
        match self {
            Place::Exact(venue) => &venue.closed,
            Place::Area(area) => &area.closed,
        }
    }

    /// What it offers.
    pub fn accessibility(&self) -> &[Term] {
        match self {
            Place::Exact(venue) => &venue.accessibility,
            Place::Area(area) => &area.accessibility,
        }
    }
}
