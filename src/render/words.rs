//! Dates, money, numbers and addresses as a reader says them. Texts come from the language file.

use iso_currency::Currency;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::address::{Contact, Phone, WayIn, WebUrl};
use crate::model::facet::WEEKDAYS;
use crate::model::group::{Fee, Money};
use crate::model::settings::HelpLine;
use crate::model::{self, Prose};
use crate::render::context::{Html, Link, Picture};
use crate::theme::texts::Texts;

/// `15 December 2026`.
pub(crate) fn date(day: Date, texts: &Texts) -> String {
    texts.fill(
        "date.day",
        &[
            ("day", &day.day().to_string()),
            ("month", month(day, texts)),
            ("year", &day.year().to_string()),
        ],
    )
}

/// `Tuesday 15 December 2026`, or without the year.
pub(crate) fn day(day: Date, with_year: bool, texts: &Texts) -> String {
    let key = if with_year { "date.weekday" } else { "date.weekday_short" };
    let weekday = WEEKDAYS.iter().find(|(_, weekday)| *weekday == day.weekday());
    let weekday = weekday.map_or("", |(name, _)| texts.say(&format!("value.day.{name}.label")));
    texts.fill(
        key,
        &[
            ("weekday", weekday),
            ("day", &day.day().to_string()),
            ("month", month(day, texts)),
            ("year", &day.year().to_string()),
        ],
    )
}

/// The same as a date that programs can read too.
pub(crate) fn weekday_time(date: Date, texts: &Texts) -> String {
    format!("<time datetime=\"{date}\">{}</time>", escaped(&day(date, true, texts)))
}

/// A date that programs can read too.
pub(crate) fn time(day: Date, texts: &Texts) -> String {
    format!("<time datetime=\"{day}\">{}</time>", escaped(&date(day, texts)))
}

/// A text of the language file with a `<time>` in the place of `{date}`.
pub(crate) fn with_date(key: &str, day: Date, texts: &Texts) -> Html {
    sentence(key, &[("date", &time(day, texts))], texts)
}

/// A text of the language file whose places are filled with HTML.
pub(crate) fn sentence(key: &str, html: &[(&str, &str)], texts: &Texts) -> Html {
    // The braces of places are nothing that escaping changes.
    let line = escaped(texts.say(key));
    let filled = html
        .iter()
        .fold(line, |line, (name, value)| line.replacen(&format!("{{{name}}}"), value, 1));
    Html::new(&filled)
}

/// Plain words as HTML.
pub(crate) fn plain(words: &str) -> Html {
    Html::new(&escaped(words))
}

/// `1 to 31 March 2027`, as short as it goes.
pub(crate) fn dates(from: Date, to: Date, texts: &Texts) -> String {
    if from == to {
        return date(from, texts);
    }
    let same_year = from.year() == to.year();
    let key = match same_year {
        true if from.month() == to.month() => "date.same_month",
        true => "date.same_year",
        false => "date.range",
    };
    texts.fill(
        key,
        &[
            ("day", &from.day().to_string()),
            ("to_day", &to.day().to_string()),
            ("month", month(from, texts)),
            ("to_month", month(to, texts)),
            ("year", &from.year().to_string()),
            ("from", &date(from, texts)),
            ("to", &date(to, texts)),
        ],
    )
}

fn month(day: Date, texts: &Texts) -> &str {
    texts.say(&format!("month.{}", day.month()))
}

/// First and last day, as far as there are such.
pub(crate) fn span(from: Option<Date>, to: Option<Date>, texts: &Texts) -> Option<String> {
    let words = |day: Option<Date>| day.map(|day| date(day, texts)).unwrap_or_default();
    let places = [("from", words(from)), ("to", words(to))];
    let places: Vec<(&str, &str)> =
        places.iter().map(|(name, day)| (*name, day.as_str())).collect();
    let key = match (from, to) {
        (Some(_), Some(_)) => "group.from_to",
        (Some(_), None) => "group.from",
        (None, Some(_)) => "group.until",
        (None, None) => return None,
    };
    Some(texts.fill(key, &places))
}

/// `New York time`.
pub(crate) fn zone(zone: &TimeZone, texts: &Texts) -> Option<String> {
    let name = zone.iana_name()?;
    match name.rsplit_once('/') {
        Some((area, city)) if area != "Etc" => {
            Some(texts.fill("group.zone", &[("city", &city.replace('_', " "))]))
        }
        _ => Some(name.trim_start_matches("Etc/").to_owned()),
    }
}

/// `a`, `a and b`, `a, b, and c`.
pub(crate) fn list(items: &[String], texts: &Texts) -> Option<String> {
    match items {
        [] => None,
        [one] => Some(one.clone()),
        [first, last] => Some(texts.fill("list.two", &[("first", first), ("last", last)])),
        [first @ .., last] => {
            Some(texts.fill("list.many", &[("first", &first.join(", ")), ("last", last)]))
        }
    }
}

/// `$25 per session, sliding scale`; none where no figure says anything.
pub(crate) fn fee(fee: &Fee, site_currency: Option<Currency>, texts: &Texts) -> Option<String> {
    let amount = fee.amount.map(|amount| match (amount.minor, &fee.per) {
        (0, _) => texts.say("value.cost.free.label").to_owned(),
        (_, Some(per)) => {
            let amount = money(amount, site_currency);
            texts.fill("group.per", &[("amount", &amount), ("per", per)])
        }
        (_, None) => money(amount, site_currency),
    });
    let scale = fee.sliding_scale.then(|| texts.say("group.sliding_scale").to_owned());
    let parts: Vec<String> = amount.into_iter().chain(scale).collect();
    (!parts.is_empty()).then(|| capitalised(&parts.join(", ")))
}

/// `$25`, `$12.50`; `25 CAD` where the symbol would leave open whose dollars are meant.
fn money(money: Money, site_currency: Option<Currency>) -> String {
    let digits = money.currency.and_then(Currency::exponent).unwrap_or(2);
    let unit = 10_u64.pow(u32::from(digits));
    let (whole, rest) = (money.minor / unit, money.minor % unit);
    let figure = match rest {
        0 => whole.to_string(),
        _ => format!("{whole}.{rest:0width$}", width = usize::from(digits)),
    };
    let Some(currency) = money.currency else { return figure };
    let symbol = currency.symbol().to_string();
    let clear = site_currency == Some(currency) && !symbol.contains(char::is_alphanumeric);
    if clear { format!("{symbol}{figure}") } else { format!("{figure} {}", currency.code()) }
}

/// The first letter in upper case, for a part that begins a sentence.
pub(crate) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// An address as people say it: `example.org/join`.
pub(crate) fn shown(url: &WebUrl) -> String {
    let url = url.as_str();
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    bare.trim_end_matches('/').to_owned()
}

/// Where a way in leads, and its address in words.
pub(crate) fn address(way_in: &WayIn) -> (String, String) {
    match way_in {
        WayIn::Url(url) => (url.as_str().to_owned(), shown(url)),
        WayIn::Email(email) => (email.uri(), email.as_str().to_owned()),
        WayIn::Phone(phone) => (phone.uri(), phone.as_str().to_owned()),
    }
}

/// Every way of a contact.
pub(crate) fn contacts(contact: &Contact) -> Vec<WayIn> {
    let url = contact.url.clone().map(WayIn::Url);
    let email = contact.email.clone().map(WayIn::Email);
    let phone = contact.phone.clone().map(WayIn::Phone);
    url.into_iter().chain(email).chain(phone).collect()
}

/// Call, text and page of a line of crisis help.
pub(crate) fn help_links(line: &HelpLine, texts: &Texts) -> Vec<Link> {
    let call = line.call.as_ref().map(|number| Link {
        label: texts.fill("help.call", &[("number", number)]),
        url: Some(Phone(number.clone()).uri()),
    });
    let text = line.text.as_ref().map(|number| Link {
        label: texts.fill("help.text", &[("number", number)]),
        url: sms(number),
    });
    let page =
        line.url.as_ref().map(|url| Link { label: shown(url), url: Some(url.as_str().to_owned()) });
    call.into_iter().chain(text).chain(page).collect()
}

/// `sms:988`, or `sms:741741?body=HOME` for `HOME to 741741` (RFC 5724); none where no number stands at the end.
fn sms(words: &str) -> Option<String> {
    let digits = |text: &str| -> Option<String> {
        let number: String = text.chars().filter(char::is_ascii_digit).collect();
        let only = text.chars().all(|c| c.is_ascii_digit() || " -.()+".contains(c));
        (only && !number.is_empty()).then_some(number)
    };
    if let Some(number) = digits(words) {
        return Some(format!("sms:{number}"));
    }
    let (before, number) = words.trim().rsplit_once(' ')?;
    let number = digits(number)?;
    let word = before
        .split_whitespace()
        .next()
        .filter(|word| word.chars().all(|c| c.is_ascii_alphanumeric()));
    Some(match word {
        Some(word) => format!("sms:{number}?body={word}"),
        None => format!("sms:{number}"),
    })
}

/// Prose that has words; none where it is empty.
pub(crate) fn prose(prose: Option<&Prose>) -> Option<Html> {
    prose.filter(|prose| !prose.html.trim().is_empty()).map(|prose| Html::new(&prose.html))
}

/// A picture for templates.
pub(crate) fn picture(picture: &model::Picture) -> Picture {
    Picture {
        url: picture.url.clone(),
        alt: picture.alt.clone(),
        width: picture.size.map(|(width, _)| width),
        height: picture.size.map(|(_, height)| height),
    }
}

pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut escaped).expect("a vector takes all");
    String::from_utf8(escaped).expect("escaping keeps UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_number_becomes_a_link_that_phones_understand() {
        assert_eq!(sms("988").as_deref(), Some("sms:988"));
        assert_eq!(sms("HOME to 741741").as_deref(), Some("sms:741741?body=HOME"));
        assert_eq!(sms("(740) 555-0100").as_deref(), Some("sms:7405550100"));
        assert_eq!(sms("see their page"), None);
    }

    #[test]
    fn money_says_whose_it_is_when_the_symbol_does_not() {
        let of =
            |minor, currency| money(Money { minor, currency: Some(currency) }, Some(Currency::USD));
        assert_eq!(of(2500, Currency::USD), "$25");
        assert_eq!(of(1250, Currency::USD), "$12.50");
        assert_eq!(of(1205, Currency::CAD), "12.05 CAD");
        assert_eq!(of(3000, Currency::JPY), "3000 JPY");
        assert_eq!(money(Money { minor: 500, currency: None }, None), "5");
    }
}
