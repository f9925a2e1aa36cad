//! The fields of a venue.

use super::{Field, Record, Shape};

/// A file in `content/venues`, or a group's own `venue`.
pub static VENUE: Record = Record {
    name: "a venue",
    fields: &[
        Field::new("name", Shape::Text, "Grace Church", "what people call it; required in a file"),
        Field::new(
            "address",
            Shape::Record(&ADDRESS),
            "{street: 12 Main Street, city: Athens, region: Ohio}",
            "the postal address",
        ),
        Field::new("room", Shape::Text, "Parish hall", "the room; a group may give its own"),
        Field::new("directions", Shape::Text, "Ring at the side door.", "how to find the door"),
        Field::new("parking", Shape::Text, "Behind the church", "where to leave a car"),
        Field::new("transit", Shape::Text, "Bus 4", "buses and trains"),
        Field::new(
            "accessibility",
            Shape::List(&Shape::Term),
            "[step-free, hearing-loop]",
            "what the place offers",
        ),
        Field::new(
            "coordinates",
            Shape::Coordinates,
            "[39.3292, -82.1013]",
            "latitude and longitude in degrees",
        ),
        Field::new(
            "precision",
            Shape::Choice(&["exact", "area"]),
            "exact",
            "area publishes name, city, region, country and accessibility, and nothing else; default: exact",
        ),
        Field::new(
            "closed",
            Shape::List(&Shape::Record(&CLOSED)),
            "[{from: 2027-03-01, to: 2027-03-31, reason: Renovation}]",
            "cancels in-person meetings there; hybrid ones go on, online only",
        ),
    ],
};

/// `address`.
pub static ADDRESS: Record = Record {
    name: "`address`",
    fields: &[
        Field::new("street", Shape::Text, "12 Main Street", "house and street"),
        Field::new("city", Shape::Text, "Athens", "town"),
        Field::new("region", Shape::Text, "Ohio", "state, province or county"),
        Field::new("postal_code", Shape::Text, "\"45701\"", "postal code"),
        Field::new("country", Shape::Text, "US", "country"),
    ],
};

/// An item of `closed`.
pub static CLOSED: Record = Record {
    name: "an item of `closed`",
    fields: &[
        Field::new("from", Shape::Date, "2027-03-01", "first day").required(),
        Field::new(
            "to",
            Shape::Date,
            "2027-03-31",
            "last day; without it the place is closed until further notice",
        ),
        Field::new("reason", Shape::Inline, "Renovation", "why"),
    ],
};
