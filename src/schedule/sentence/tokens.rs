//! Cuts a sentence into words, numbers and marks. Nothing is left out but spaces: what is no word of any kind becomes a
//! token too, so that somebody can point at it.

use std::ops::Range;

/// A piece of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Its bytes.
    pub(super) at: Range<usize>,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, in lower case and without full stops: `tues`, `pm`, `o'clock`, `america/new_york`.
    Word(String),
    /// Up to four figures; `padded` if the first is a zero.
    Number { value: u32, padded: bool },
    /// `1st`, `22nd`.
    Ordinal(u32),
    /// `7:30`, `6.30`, `18h30`; `padded` if it begins with a zero.
    Clock { hour: u32, minute: u32, padded: bool, mark: char },
    /// `1.5`, in tenths.
    Decimal(u32),
    /// `2027-01-06`.
    IsoDate([u32; 3]),
    /// `01/06/2027`, `1.6.27`, `1/6`: figures that can be read in two ways.
    Figures,
    /// `,`, `|`, `·`, `(`, `)`, `:`, a line's end: what parts a sentence and means nothing more.
    Pause,
    /// `.`
    Stop,
    /// `;`.
    Semicolon,
    /// Any hyphen or dash.
    Dash,
    /// `&`, `+`.
    And,
    /// `/`.
    Slash,
    /// `@`.
    At,
    /// Anything else.
    Other,
}

/// Every piece, in order, without the marks of a quotation that is the whole sentence.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let Range { start: mut at, end } = unquoted(text);
    let text = text.get(..end).unwrap_or(text);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if c.is_whitespace() && c != '\n' || is_invisible(c) {
            at += c.len_utf8();
            continue;
        }
        let (kind, length) = if c.is_ascii_digit() {
            number(rest)
        } else if c.is_alphabetic() {
            word(rest)
        } else {
            (mark(c), c.len_utf8())
        };
        tokens.push(Token { kind, at: at..at + length });
        at += length;
    }
    tokens
}

/// What stands between the marks of a quotation, or everything.
fn unquoted(text: &str) -> Range<usize> {
    let trimmed = text.trim();
    let pairs = [('"', '"'), ('“', '”'), ('\'', '\''), ('‘', '’'), ('«', '»')];
    let inner = pairs.into_iter().find_map(|(open, close)| {
        trimmed.strip_prefix(open)?.strip_suffix(close).map(|inner| (open, inner))
    });
    let Some((open, inner)) = inner else { return 0..text.len() };
    let start = text.len() - text.trim_start().len() + open.len_utf8();
    start..start + inner.len()
}

/// Characters that a copied text brings along and nobody sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

fn mark(c: char) -> TokenKind {
    match c {
        ',' | '|' | '·' | '•' | '(' | ')' | '[' | ']' | ':' | '\n' | '，' | '、' => {
            TokenKind::Pause
        }
        '.' => TokenKind::Stop,
        ';' => TokenKind::Semicolon,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '~' => {
            TokenKind::Dash
        }
        '&' | '+' => TokenKind::And,
        '/' => TokenKind::Slash,
        '@' => TokenKind::At,
        _ => TokenKind::Other,
    }
}

/// How many bytes at the beginning are figures, and their value as far as four of them go.
fn figures(text: &str) -> (usize, u32) {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..length.min(6)).and_then(|figures| figures.parse().ok()).unwrap_or(0);
    (length, value)
}

/// Figures after a mark: their length with the mark's, and their value.
fn figures_after(text: &str, mark: char) -> Option<(usize, u32)> {
    let rest = text.strip_prefix(mark)?;
    let (length, value) = figures(rest);
    (length > 0).then_some((length + mark.len_utf8(), value))
}

fn number(text: &str) -> (TokenKind, usize) {
    let (length, value) = figures(text);
    let padded = text.starts_with('0');
    let rest = text.get(length..).unwrap_or_default();
    if let Some(date) = figures_with_marks(length, value, rest) {
        return date;
    }
    for mark in [':', '.', 'h', 'H', '：'] {
        if let Some((more, minute)) = figures_after(rest, mark)
            && more == 2 + mark.len_utf8()
            && length <= 2
        {
            return (TokenKind::Clock { hour: value, minute, padded, mark }, length + more);
        }
    }
    if let Some((2, tenths)) = figures_after(rest, '.')
        && length <= 3
    {
        return (TokenKind::Decimal(value * 10 + tenths), length + 2);
    }
    let suffix = rest.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    if matches!(suffix.as_str(), "st" | "nd" | "rd" | "th") && length <= 3 {
        return (TokenKind::Ordinal(value), length + 2);
    }
    if length > 4 {
        return (TokenKind::Other, length);
    }
    (TokenKind::Number { value, padded }, length)
}

/// Dates in figures alone.
fn figures_with_marks(length: usize, value: u32, rest: &str) -> Option<(TokenKind, usize)> {
    for mark in ['-', '/', '.', '\u{2010}', '\u{2011}'] {
        let Some((second_length, second)) = figures_after(rest, mark) else { continue };
        let after = rest.get(second_length..).unwrap_or_default();
        if let Some((third_length, third)) = figures_after(after, mark) {
            let all = length + second_length + third_length;
            let is_iso = length == 4 && !matches!(mark, '/' | '.');
            return Some(if is_iso {
                (TokenKind::IsoDate([value, second, third]), all)
            } else {
                (TokenKind::Figures, all)
            });
        }
        if mark == '/' {
            return Some((TokenKind::Figures, length + second_length));
        }
    }
    None
}

fn word(text: &str) -> (TokenKind, usize) {
    let in_word = |c: char| c.is_alphabetic() || c == '\'' || c == '’' || c == '_' || is_joiner(c);
    let mut length: usize = text.chars().take_while(|c| in_word(*c)).map(char::len_utf8).sum();
    let lower = text.get(..length).unwrap_or_default().to_lowercase();
    let rest = text.get(length..).unwrap_or_default();
    // `a.m.` and `p. m.` are one word.
    if matches!(lower.as_str(), "a" | "p") {
        let trimmed = rest.trim_start_matches(['.', ' ', '\u{a0}', '\u{202f}']);
        let gap = rest.len() - trimmed.len();
        let mut letters = trimmed.chars();
        if matches!(letters.next(), Some('m' | 'M'))
            && !letters.as_str().chars().next().is_some_and(char::is_alphanumeric)
            && (1..=3).contains(&gap)
        {
            // The stop after the `m` belongs to it only if there is one after the `a`.
            let stop = rest.starts_with('.') && letters.as_str().starts_with('.');
            return (TokenKind::Word(format!("{lower}m")), length + gap + 1 + usize::from(stop));
        }
    }
    // The name of a zone such as `America/New_York` is one word.
    if super::zone::is_area(&lower) && rest.starts_with('/') {
        let more: usize = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'))
            .map(char::len_utf8)
            .sum();
        length += more;
    }
    let word: String =
        text.get(..length).unwrap_or_default().chars().filter(|c| !is_joiner(*c)).collect();
    let word = word.to_lowercase().replace('’', "'");
    let stop = super::words::is_short(&word)
        && text.get(length..).is_some_and(|rest| rest.starts_with('.'));
    (TokenKind::Word(word), length + usize::from(stop))
}

/// Combining marks and soft hyphens belong to the letter before them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind> {
        tokens(text).into_iter().map(|token| token.kind).collect()
    }

    fn word(word: &str) -> TokenKind {
        TokenKind::Word(word.into())
    }

    #[test]
    fn figures_are_read_by_their_marks() {
        assert_eq!(kinds("2027-01-06"), [TokenKind::IsoDate([2027, 1, 6])]);
        for text in ["01/06/2027", "1.6.27", "1/6"] {
            assert_eq!(kinds(text), [TokenKind::Figures], "{text}");
        }
        let half_past = |mark| TokenKind::Clock { hour: 6, minute: 30, padded: false, mark };
        assert_eq!(
            kinds("6:30 6.30pm 6h30"),
            [half_past(':'), half_past('.'), word("pm"), half_past('h'),]
        );
        assert_eq!(kinds("1.5 3rd"), [TokenKind::Decimal(15), TokenKind::Ordinal(3)]);
    }

    #[test]
    fn words_lose_their_stops_and_zones_stay_whole() {
        assert_eq!(kinds("P. M. a.m."), [word("pm"), word("am")]);
        assert_eq!(kinds("America/New_York"), [word("america/new_york")]);
        assert_eq!(kinds("Tue/Thu"), [word("tue"), TokenKind::Slash, word("thu")]);
    }
}
