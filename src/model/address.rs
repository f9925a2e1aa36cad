//! Ways to reach people and things: addresses that have been checked.

use std::fmt;

/// An absolute `http` or `https` URL (RFC 3986).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebUrl(pub(crate) String);

/// An e-mail address (the form that HTML's `input type=email` accepts).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(pub(crate) String);

/// A telephone number as its owner writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(pub(crate) String);

/// The site's own absolute address: `https`, a host, and a path that ends in `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(pub(crate) String);

/// A URL or an e-mail address: where one applies or signs up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A page or a form.
    Url(WebUrl),
    /// A mailbox.
    Email(Email),
}

/// One way to reach a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// A page or a form.
    Url(WebUrl),
    /// A mailbox.
    Email(Email),
    /// A telephone.
    Phone(Phone),
}

/// How to reach somebody; every part is public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Whom to ask for.
    pub name: Option<String>,
    /// A mailbox.
    pub email: Option<Email>,
    /// A telephone.
    pub phone: Option<Phone>,
    /// A page or a form.
    pub url: Option<WebUrl>,
}

impl Contact {
    /// The first of page, mailbox and telephone.
    pub fn way_in(&self) -> Option<WayIn> {
        let url = self.url.clone().map(WayIn::Url);
        let email = self.email.clone().map(WayIn::Email);
        url.or(email).or(self.phone.clone().map(WayIn::Phone))
    }
}

impl From<Link> for WayIn {
    fn from(link: Link) -> WayIn {
        match link {
            Link::Url(url) => WayIn::Url(url),
            Link::Email(email) => WayIn::Email(email),
        }
    }
}

impl Email {
    /// As a `mailto:` URI (RFC 6068): what would begin a subject or another recipient is percent-encoded.
    pub fn uri(&self) -> String {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~!$'*+@".contains(byte);
        let encoded = self.0.bytes().map(|byte| match byte {
            byte if plain(&byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        });
        format!("mailto:{}", encoded.collect::<String>())
    }
}

impl Phone {
    /// As a `tel:` URI (RFC 3966): the leading plus, the digits, and letters as the keys that they stand on; without
    /// an extension.
    pub fn uri(&self) -> String {
        let number = self.0.to_ascii_lowercase();
        let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
        let number = number.split_once('x').map_or(number.as_str(), |(before, _)| before);
        let keys: String = number.trim_end_matches('e').chars().filter_map(key).collect();
        format!("tel:{plus}{keys}")
    }
}

/// The key of a telephone that a digit or a letter stands on (ITU-T E.161).
fn key(character: char) -> Option<char> {
    let keys = [
        ("abc", '2'),
        ("def", '3'),
        ("ghi", '4'),
        ("jkl", '5'),
        ("mno", '6'),
        ("pqrs", '7'),
        ("tuv", '8'),
        ("wyz", '9'),
    ];
    let letter = keys.iter().find(|(letters, _)| letters.contains(character)).map(|(_, key)| *key);
    if character.is_ascii_digit() { Some(character) } else { letter }
}

impl BaseUrl {
    /// The path below the host, from `/` to `/`.
    pub fn path(&self) -> &str {
        let after_scheme = self.0.split_once("://").map_or("", |(_, rest)| rest);
        after_scheme.find('/').and_then(|slash| after_scheme.get(slash..)).unwrap_or("/")
    }

    /// The host, with a port if there is one.
    pub fn host(&self) -> &str {
        let after_scheme = self.0.split_once("://").map_or("", |(_, rest)| rest);
        after_scheme.split('/').next().unwrap_or("")
    }

    /// The absolute address of a path from the site's root, such as `/groups/`.
    pub fn join(&self, path: &str) -> String {
        format!("{}{}", self.0, path.trim_start_matches('/'))
    }
}

macro_rules! as_written {
    ($($name:ident),*) => {$(
        impl $name {
            /// As written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}
as_written!(WebUrl, Email, Phone, BaseUrl);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_one_recipient_whatever_letters_it_has() {
        let uri = |written: &str| Email(written.to_owned()).uri();
        assert_eq!(uri("dana+groups@example.org"), "mailto:dana+groups@example.org");
        assert_eq!(uri("a?cc=b&c%40d@example.org"), "mailto:a%3Fcc%3Db%26c%2540d@example.org");
        assert_eq!(uri("zoë@example.org"), "mailto:zo%C3%AB@example.org");
    }

    #[test]
    fn a_number_as_written_can_be_dialled() {
        let uri = |written: &str| Phone(written.to_owned()).uri();
        assert_eq!(uri("+1 (740) 555-0101"), "tel:+17405550101");
        assert_eq!(uri("740 555 0101 ext. 12"), "tel:7405550101");
        assert_eq!(uri("740 555 0101 x12"), "tel:7405550101");
        assert_eq!(uri("1-800-273-TALK"), "tel:18002738255");
    }
}
