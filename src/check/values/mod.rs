//! Single values as people write them: dates, zones, numbers, money, addresses, languages, colours.
//!
//! Each function takes what was typed and gives the value, or says in plain words what is wrong and what to type.

mod contact;
mod date;
mod language;
mod zone;

pub(super) use contact::{base_url, email, host, is_email, link, phone, web_url};
pub(super) use date::date;
pub(super) use language::{language, language_tag};
pub(super) use zone::time_zone;

use iso_currency::Currency;

use crate::diagnostic::rules::content as rules;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::settings::Colour;
use crate::schema::words::number_meant;
use crate::slug::Slug;
use crate::source::{Source, Span};

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
