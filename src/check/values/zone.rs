//! Time zones by their names.

use jiff::tz::TimeZone;

use super::Wrong;
use crate::diagnostic::rules::content as rules;
use crate::suggest::closest;

/// An IANA time zone by its name; abbreviations such as `EST` are refused because they mean no daylight-saving time.
pub(in crate::check) fn time_zone(typed: &str) -> Result<TimeZone, Wrong> {
    let database = jiff::tz::db();
    let known =
        typed.eq_ignore_ascii_case("UTC") || (typed.contains('/') && !typed.starts_with("Etc/"));
    let zone = database.get(typed).ok().filter(|zone| known && zone.iana_name().is_some());
    zone.ok_or_else(|| {
        let wrong = Wrong::value(typed, "a time zone", "write a name such as `America/New_York`");
        let wrong = wrong.rule(&rules::UNKNOWN_TIME_ZONE);
        match likely_zone(typed) {
            Some(name) => Wrong { help: format!("did you mean `{name}`?"), ..wrong }.fix(name),
            None => wrong,
        }
    })
}

fn likely_zone(typed: &str) -> Option<String> {
    let abbreviation = match typed.to_ascii_lowercase().trim_end_matches(" time") {
        "et" | "est" | "edt" | "eastern" | "us/eastern" => Some("America/New_York"),
        "ct" | "cst" | "cdt" | "central" | "us/central" => Some("America/Chicago"),
        "mt" | "mst" | "mdt" | "mountain" | "us/mountain" => Some("America/Denver"),
        "pt" | "pst" | "pdt" | "pacific" | "us/pacific" => Some("America/Los_Angeles"),
        "gmt" | "bst" | "uk" | "gb" => Some("Europe/London"),
        "cet" | "cest" => Some("Europe/Berlin"),
        _ => None,
    };
    if let Some(name) = abbreviation {
        return Some(name.to_owned());
    }
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let names = || {
        names
            .iter()
            .map(String::as_str)
            .filter(|name| name.contains('/') && !name.starts_with("Etc/"))
    };
    let city = typed.rsplit('/').next().unwrap_or(typed).replace(' ', "_");
    let same_city = names()
        .find(|name| name.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&city)));
    same_city.or_else(|| closest(typed, names())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_that_would_be_an_hour_off_are_answered_with_a_city() {
        for (typed, fix) in [
            ("EST", Some("America/New_York")),
            ("Pacific Time", Some("America/Los_Angeles")),
            ("New York", Some("America/New_York")),
            ("america/chicgo", Some("America/Chicago")),
            ("Etc/GMT+5", None),
            ("here", None),
        ] {
            let wrong = time_zone(typed).err().unwrap();
            assert_eq!(wrong.fix.as_deref(), fix, "{typed}");
        }
        for typed in ["America/New_York", "Europe/Berlin", "UTC"] {
            assert!(time_zone(typed).is_ok(), "{typed}");
        }
    }
}
