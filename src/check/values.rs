//! Single values as people write them: dates, zones, numbers, money, addresses, languages, colours.
//!
//! Each function takes what was typed and gives the value, or says in plain words what is wrong and what to type.

use iri_string::types::UriStr;
use iso_currency::Currency;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnostic::rules::content as rules;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::address::{BaseUrl, Email, Link, Phone, WebUrl};
use crate::model::group::Language;
use crate::model::settings::Colour;
use crate::schema::words::number_meant;
use crate::slug::Slug;
use crate::source::{Source, Span};
use crate::suggest::closest;

/// Why a value cannot be used.
pub(super) struct Wrong {
    pub(super) rule: &'static Rule,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) fix: Option<String>,
}

impl Wrong {
    fn value(typed: &str, is_not: &str, help: impl Into<String>) -> Wrong {
        Wrong {
            rule: &rules::WRONG_VALUE,
            message: format!("`{typed}` is not {is_not}"),
            help: help.into(),
            fix: None,
        }
    }

    fn rule(self, rule: &'static Rule) -> Wrong {
        Wrong { rule, ..self }
    }

    fn fix(self, fix: impl Into<String>) -> Wrong {
        Wrong { fix: Some(fix.into()), ..self }
    }

    pub(super) fn into_diagnostic(self, field: &str, source: &Source, span: Span) -> Diagnostic {
        let message = format!("{} (in `{field}`)", self.message);
        let problem = Diagnostic::new(self.rule, source, span, message).help(self.help);
        match self.fix {
            Some(fix) => problem.fix(span, fix),
            None => problem,
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `2027-01-06` (RFC 3339 full-date), or a day, a month by name and a year in either order.
pub(super) fn date(typed: &str) -> Result<Date, Wrong> {
    if let Some(parts) = numbers(typed, '-')
        && typed.chars().take_while(char::is_ascii_digit).count() == 4
    {
        return possible_date(typed, parts);
    }
    let figures = ['/', '.', '-'].iter().find_map(|&mark| numbers(typed, mark));
    if let Some(parts) = figures.filter(|parts| parts.iter().all(|part| *part <= 9999)) {
        return Err(ambiguous_date(typed, parts));
    }
    match named_date(typed) {
        Some(parts) => possible_date(typed, parts),
        None if speaks_of_week_or_clock(typed) => Err(Wrong::value(
            typed,
            "a date",
            "write a single day such as `2027-01-06`; days of the week and times go under `schedule:`",
        )),
        None if named_date(&format!("{typed} 2027")).is_some_and(|[_, _, day]| day <= 31) => {
            Err(Wrong::value(
                typed,
                "a date: the year is missing",
                "add the year, as in `6 January 2027`",
            ))
        }
        None if named_date(&format!("1 {typed}")).is_some() => Err(Wrong::value(
            typed,
            "a date: the day is missing",
            "add the day, as in `6 January 2027`",
        )),
        None => Err(Wrong::value(
            typed,
            "a date",
            "write a date such as `2027-01-06` or `6 January 2027`",
        )),
    }
}

fn speaks_of_week_or_clock(typed: &str) -> bool {
    let lower = typed.to_lowercase();
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekly", ":"]
        .iter()
        .any(|word| lower.contains(word))
}

fn numbers(typed: &str, mark: char) -> Option<[u32; 3]> {
    let parts: Option<Vec<u32>> =
        typed.trim().split(mark).map(|part| part.trim().parse().ok()).collect();
    parts?.try_into().ok()
}

fn possible_date(typed: &str, [year, month, day]: [u32; 3]) -> Result<Date, Wrong> {
    let date =
        (|| Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok())();
    let year_is_plausible = (1900..=2200).contains(&year);
    date.filter(|_| year_is_plausible).ok_or_else(|| {
        let help = match month {
            1..=12 if !year_is_plausible => "years run from 1900 to 2200".to_owned(),
            1..=12 => format!("{} {year} has {} days", title_case(month), days_in(year, month)),
            _ => "months run from 01 to 12; a date is year-month-day".to_owned(),
        };
        Wrong::value(typed, "a day in any calendar", help).rule(&rules::IMPOSSIBLE_DATE)
    })
}

fn days_in(year: u32, month: u32) -> i8 {
    let first = (|| Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok())();
    first.map_or(31, Date::days_in_month)
}

fn title_case(month: u32) -> String {
    let name = usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.saturating_sub(1)))
        .unwrap_or(&"");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn ambiguous_date(typed: &str, [a, b, c]: [u32; 3]) -> Wrong {
    let year = if a > 31 {
        a
    } else if c < 100 {
        2000 + c
    } else {
        c
    };
    let (first, second) = if a > 31 { (b, c) } else { (a, b) };
    let readings: Vec<String> = [(first, second), (second, first)]
        .into_iter()
        .filter(|&(day, month)| (1..=12).contains(&month) && (1..=31).contains(&day))
        .map(|(day, month)| {
            format!("`{year:04}-{month:02}-{day:02}` ({day} {} {year})", title_case(month))
        })
        .collect();
    let help = match readings.as_slice() {
        [one] => format!("write {one}"),
        [one, other] if one != other => format!("which one is it? write {one} or {other}"),
        [one, _] => format!("write {one}"),
        _ => "write a date such as `2027-01-06`".to_owned(),
    };
    Wrong::value(typed, "written so that everybody reads the same day", help)
        .rule(&rules::AMBIGUOUS_DATE)
}

fn named_date(typed: &str) -> Option<[u32; 3]> {
    let words: Vec<String> = typed
        .split(|c: char| c.is_whitespace() || c == ',' || c == '.')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let [a, b, c] = words.as_slice() else { return None };
    let (day, month) = if month_number(b).is_some() { (a, b) } else { (b, a) };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    Some([c.parse().ok()?, month_number(month)?, day])
}

fn month_number(word: &str) -> Option<u32> {
    let found = MONTHS
        .iter()
        .position(|name| *name == word || (word.len() >= 3 && name.starts_with(word)))?;
    u32::try_from(found + 1).ok()
}

/// An IANA time zone by its name; abbreviations such as `EST` are refused because they mean no daylight-saving time.
pub(super) fn time_zone(typed: &str) -> Result<TimeZone, Wrong> {
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

/// A whole number in a range.
pub(super) fn number(typed: &str, from: u32, to: u32) -> Result<u32, Wrong> {
    let in_range = |number: &u32| (from..=to).contains(number);
    let number = typed.parse::<u32>().ok();
    if let Some(number) = number.filter(in_range) {
        return Ok(number);
    }
    let meant = number_meant(typed).and_then(|number| u32::try_from(number).ok()).filter(in_range);
    Err(match (number, meant) {
        (Some(number), _) => {
            let off = if number < from { "too small" } else { "too large" };
            let help = format!("write a number from {from} to {to}");
            Wrong { message: format!("`{typed}` is {off}"), ..Wrong::value(typed, "", help) }
        }
        (None, Some(number)) => {
            Wrong::value(typed, "a number in digits", format!("write `{number}`"))
                .fix(number.to_string())
        }
        (None, None) => {
            let last = typed.split(|c: char| !c.is_ascii_digit()).rfind(|part| !part.is_empty());
            let example = last.unwrap_or("8");
            Wrong::value(
                typed,
                "a number",
                format!("write digits and nothing else, such as `{example}`"),
            )
        }
    })
}

/// `true` or `false`; `yes` and `no` are understood, because people write them.
pub(super) fn flag(typed: &str) -> Result<bool, Wrong> {
    match typed.to_ascii_lowercase().as_str() {
        "true" | "yes" => Ok(true),
        "false" | "no" => Ok(false),
        _ => Err(Wrong::value(typed, "`true` or `false`", "write `true` or `false`")),
    }
}

/// An amount in hundredths, from `25`, `25.5` or `25.50`.
pub(super) fn amount(typed: &str) -> Result<u64, Wrong> {
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let hundredths: Option<u64> = match part.len() {
        0 if !typed.ends_with('.') => Some(0),
        1 => part.parse::<u64>().ok().map(|tenths| tenths * 10),
        2 => part.parse().ok(),
        _ => None,
    };
    let whole: Option<u64> =
        (digits(whole) && digits(part) && whole.len() <= 9).then(|| whole.parse().ok()).flatten();
    whole.zip(hundredths).map(|(whole, part)| whole * 100 + part).ok_or_else(|| {
        Wrong::value(
            typed,
            "an amount",
            "write digits only, such as `25` or `12.50`; the currency has its own field",
        )
    })
}

/// An ISO 4217 code.
pub(super) fn currency(typed: &str) -> Result<Currency, Wrong> {
    Currency::from_code(&typed.to_ascii_uppercase()).ok_or_else(|| {
        let help = match typed {
            "$" => "write `USD` for US dollars",
            "€" => "write `EUR` for euros",
            "£" => "write `GBP` for pounds",
            _ => "write a code of three letters such as `USD`",
        };
        Wrong::value(typed, "a currency", help)
    })
}

/// An absolute `http` or `https` URL.
pub(super) fn web_url(typed: &str) -> Result<WebUrl, Wrong> {
    let lower = typed.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let sound = host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
        && UriStr::new(typed).is_ok();
    if sound {
        return Ok(WebUrl(typed.to_owned()));
    }
    let wrong =
        Wrong::value(typed, "a web address", "write an address that begins with `https://`");
    let bare = !typed.contains("://")
        && !typed.contains(':')
        && typed.contains('.')
        && !typed.contains('@');
    let completed = format!("https://{typed}");
    Err(if bare && UriStr::new(&completed).is_ok() { wrong.fix(completed) } else { wrong })
}

/// The site's own address: absolute, without query or fragment; a final `/` is added.
pub(super) fn base_url(typed: &str) -> Result<BaseUrl, Wrong> {
    let url = web_url(typed)?;
    if url.0.contains(['?', '#']) {
        return Err(Wrong::value(
            typed,
            "the address of a site",
            "leave out what follows `?` or `#`",
        ));
    }
    let slash = if url.0.ends_with('/') { "" } else { "/" };
    Ok(BaseUrl(format!("{}{slash}", url.0)))
}

/// An e-mail address, as HTML's `input type=email` takes it (WHATWG HTML, "valid e-mail address"), with a dot in its
/// host.
pub(super) fn email(typed: &str) -> Result<Email, Wrong> {
    let bare = typed.strip_prefix("mailto:").unwrap_or(typed);
    if is_email(bare) {
        return Ok(Email(bare.to_owned()));
    }
    let wrong =
        Wrong::value(typed, "an e-mail address", "write an address such as `dana@example.org`");
    Err(match spelt_out(bare) {
        Some(address) => Wrong { help: format!("did you mean `{address}`?"), ..wrong }.fix(address),
        None => wrong,
    })
}

/// `dana at example.org`, `dana [at] example dot org` and `dana @example.org` with their signs, and the address in
/// `Dana <dana@example.org>`.
fn spelt_out(typed: &str) -> Option<String> {
    let mut words = typed.split(|c: char| c.is_whitespace() || "<>(),;".contains(c));
    if let Some(address) = words.find(|word| is_email(word)) {
        return Some(address.to_owned());
    }
    let mut address = typed.to_lowercase();
    for (written, sign) in [("at", "@"), ("dot", ".")] {
        for word in [
            format!(" {written} "),
            format!(" [{written}] "),
            format!("[{written}]"),
            format!("({written})"),
        ] {
            address = address.replace(&word, sign);
        }
    }
    let address = address.replace(" @", "@").replace("@ ", "@");
    Some(address).filter(|address| is_email(address))
}

pub(super) fn is_email(text: &str) -> bool {
    let Some((mailbox, host)) = text.split_once('@') else { return false };
    let mailbox_is_sound = !mailbox.is_empty()
        && mailbox.chars().all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
    mailbox_is_sound && host.contains('.') && is_host(host)
}

fn is_host(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// A host name.
pub(super) fn host(typed: &str) -> Result<String, Wrong> {
    let lower = typed.to_ascii_lowercase();
    if is_host(&lower) && lower.contains('.') && lower.is_ascii() {
        return Ok(lower);
    }
    Err(Wrong::value(
        typed,
        "a host name",
        "write a name such as `groups.example.org`, without `https://`",
    ))
}

/// A telephone number: three digits at least, and only what numbers are written with.
pub(super) fn phone(typed: &str) -> Result<Phone, Wrong> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let (number, _extension) = typed.split_once(" ext").unwrap_or((typed, ""));
    let sound = number.chars().all(|c| c.is_ascii_digit() || " +()-./\u{a0}\u{2011}".contains(c));
    if sound && (3..=20).contains(&digits) {
        return Ok(Phone(typed.to_owned()));
    }
    Err(Wrong::value(
        typed,
        "a telephone number",
        "write a number such as `\"+1 740 555 0101\"`, in double quotes",
    ))
}

/// A URL or an e-mail address.
pub(super) fn link(typed: &str) -> Result<Link, Wrong> {
    if let Ok(email) = email(typed) {
        return Ok(Link::Email(email));
    }
    if let Some(address) = spelt_out(typed) {
        let help = format!("did you mean `{address}`?");
        return Err(Wrong::value(typed, "an e-mail address", help).fix(address));
    }
    web_url(typed).map(Link::Url).map_err(|wrong| Wrong {
        message: format!("`{typed}` is neither a web address nor an e-mail address"),
        help: "write an address that begins with `https://`, or an e-mail address".to_owned(),
        ..wrong
    })
}

/// What people call languages and ISO 639 does not, by code. `ASL` comes first because ISO gives it to Asilulu, a
/// language of one Indonesian village.
const LANGUAGE_WORDS: [(&[&str], &str); 13] = [
    (&["asl"], "ase"),
    (&["cantonese"], "yue"),
    (&["castellano", "español"], "es"),
    (&["creole", "haitian creole", "kreyòl"], "ht"),
    (&["dari"], "prs"),
    (&["deutsch"], "de"),
    (&["farsi"], "fa"),
    (&["filipino"], "fil"),
    (&["français"], "fr"),
    (&["mandarin"], "cmn"),
    (&["português"], "pt"),
    (&["tiếng việt"], "vi"),
    (&["中文"], "zh"),
];

/// An ISO 639 code or an English name.
pub(super) fn language(typed: &str) -> Result<Language, Wrong> {
    let lower = typed.to_lowercase();
    let known = LANGUAGE_WORDS.iter().find(|(words, _)| words.contains(&lower.as_str()));
    let typed = known.map_or(typed, |(_, code)| code);
    let code = typed.split(['-', '_']).next().unwrap_or(typed).to_ascii_lowercase();
    let found = isolang::Language::from_639_1(&code)
        .or_else(|| isolang::Language::from_639_3(&code))
        .or_else(|| languages().find(|language| short_name(*language).eq_ignore_ascii_case(typed)));
    match found {
        Some(language) => Ok(Language {
            code: language.to_639_1().unwrap_or(language.to_639_3()).to_owned(),
            name: short_name(language).to_owned(),
        }),
        None => {
            let wrong =
                Wrong::value(typed, "a language", "write a code such as `en`, or an English name");
            let common =
                languages().filter(|language| language.to_639_1().is_some()).map(short_name);
            Err(match closest(typed, common) {
                Some(name) => Wrong { help: format!("did you mean `{name}`?"), ..wrong }.fix(name),
                None => wrong,
            })
        }
    }
}

fn languages() -> impl Iterator<Item = isolang::Language> {
    isolang::languages()
}

/// ISO lists "Spanish; Castilian" and "Modern Greek (1453-)": people say the first word of it.
fn short_name(language: isolang::Language) -> &'static str {
    let name = language.to_name();
    name.split([';', '(', ',']).next().unwrap_or(name).trim()
}

/// A BCP 47 tag whose language is known; returned as written.
pub(super) fn language_tag(typed: &str) -> Result<String, Wrong> {
    let sound = typed.split('-').all(|part| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if sound && typed.split('-').next().is_some_and(|code| code.len() <= 3) {
        language(typed).map(|_| typed.to_owned())
    } else {
        language(typed).map(|language| language.code)
    }
}

/// `#rrggbb` or `#rgb`.
pub(super) fn colour(typed: &str) -> Result<Colour, Wrong> {
    let digits = typed.strip_prefix('#').unwrap_or("");
    let wide = match digits.len() {
        3 => digits.chars().flat_map(|c| [c, c]).collect(),
        6 => digits.to_owned(),
        _ => String::new(),
    };
    let number =
        u32::from_str_radix(&wide, 16).ok().filter(|_| wide.chars().all(|c| c.is_ascii_hexdigit()));
    number
        .filter(|_| !wide.is_empty())
        .map(|number| {
            let [_, red, green, blue] = number.to_be_bytes();
            Colour { red, green, blue }
        })
        .ok_or_else(|| {
            Wrong::value(
                typed,
                "a colour",
                "write `\"#\"` and six digits or letters a to f, such as `\"#2f6f5e\"`",
            )
        })
}

/// A slug; what leaves the folder has its own words.
pub(super) fn slug(typed: &str) -> Result<Slug, Wrong> {
    if typed.contains(['/', '\\']) || typed.contains("..") {
        let help = "write lower-case words joined by hyphens, such as `tuesday-circle`";
        let wrong =
            Wrong::value(typed, "a name inside the site", help).rule(&rules::PATH_OUTSIDE_SITE);
        return Err(match Slug::from_text(typed) {
            Some(slug) => wrong.fix(slug.as_str()),
            None => wrong,
        });
    }
    Slug::parse(typed).map_err(|error| {
        if typed.is_empty() {
            let wrong = Wrong::value(typed, "", "write a name, or leave the line out");
            let message = "an empty name cannot stand in an address".to_owned();
            return Wrong { message, ..wrong }.rule(&rules::UNUSABLE_SLUG);
        }
        let wrong = Wrong::value(typed, "usable in an address", format!("{error}"))
            .rule(&rules::UNUSABLE_SLUG);
        match error.suggestion() {
            Some(slug) => {
                Wrong { help: format!("{error}; write `{slug}`"), ..wrong }.fix(slug.to_string())
            }
            None => wrong,
        }
    })
}
