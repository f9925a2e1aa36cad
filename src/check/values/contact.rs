//! Ways to reach somebody: web, mail, telephone.

use iri_string::types::{IriStr, UriStr};

use super::Wrong;
use crate::model::address::{BaseUrl, Email, Link, Phone, WebUrl};

/// An absolute `http` or `https` URL (RFC 3986); letters of other alphabets are escaped as RFC 3987 §3.1 says, because
/// they stand in the address line that people copy from.
pub(in crate::check) fn web_url(typed: &str) -> Result<WebUrl, Wrong> {
    let lower = typed.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    if host.is_some_and(|host| !host.is_empty() && !host.contains('@')) {
        if let Ok(address) = IriStr::new(typed) {
            return Ok(WebUrl(address.encode_to_uri().to_string()));
        }
        let spaced = typed.replace(' ', "%20");
        if IriStr::new(&spaced).is_ok() {
            let help = "write `%20` for each space, as the browser's address line does";
            return Err(
                Wrong::value(typed, "a web address: it has a space in it", help).fix(spaced)
            );
        }
    }
    let wrong =
        Wrong::value(typed, "a web address", "write an address that begins with `https://`");
    let bare = !typed.contains([':', '@']) && typed.contains('.');
    let completed = format!("https://{typed}");
    Err(if bare && UriStr::new(&completed).is_ok() { wrong.fix(completed) } else { wrong })
}

/// The site's own address: absolute, without query or fragment; a final `/` is added.
pub(in crate::check) fn base_url(typed: &str) -> Result<BaseUrl, Wrong> {
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
pub(in crate::check) fn email(typed: &str) -> Result<Email, Wrong> {
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

pub(in crate::check) fn is_email(text: &str) -> bool {
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
pub(in crate::check) fn host(typed: &str) -> Result<String, Wrong> {
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
pub(in crate::check) fn phone(typed: &str) -> Result<Phone, Wrong> {
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
pub(in crate::check) fn link(typed: &str) -> Result<Link, Wrong> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_taken_as_people_copy_them() {
        let url = |typed| web_url(typed).map(|url| url.0).map_err(|wrong| wrong.fix);
        assert_eq!(url("https://example.org/a?b#c"), Ok("https://example.org/a?b#c".into()));
        assert_eq!(url("https://example.org/für"), Ok("https://example.org/f%C3%BCr".into()));
        assert_eq!(url("https://example.org/a b"), Err(Some("https://example.org/a%20b".into())));
        assert_eq!(url("example.org/form"), Err(Some("https://example.org/form".into())));
        for wrong in [
            "",
            "https://",
            "https://user@example.org",
            "ftp://example.org",
            "javascript:x",
            "/groups/",
        ] {
            assert_eq!(url(wrong), Err(None), "{wrong}");
        }
    }

    #[test]
    fn mail_addresses_are_found_in_what_people_write_round_them() {
        for typed in [
            "dana at example.org",
            "Dana Ruiz <dana@example.org>",
            "dana[at]example[dot]org",
            "dana @ example.org",
        ] {
            let fix = email(typed).err().and_then(|wrong| wrong.fix);
            assert_eq!(fix.as_deref(), Some("dana@example.org"), "{typed}");
        }
        for typed in ["dana", "dana@", "dana@example", "we are at home.org tonight", "@dana"] {
            assert_eq!(email(typed).err().and_then(|wrong| wrong.fix), None, "{typed}");
        }
        assert!(email("mailto:dana@example.org").is_ok());
    }
}
