//! Goes through a sentence from left to right and says what constructs stand in it. Every piece becomes part of a
//! construct, is one of the words and marks that join them, or is reported.

use super::cursor::Cursor;
use super::dates::Dates;
use super::hours;
use super::items::{Item, Joint, Kind, PartDate, Term};
use super::tokens::{Token, TokenKind};
use super::words;
use super::{Misread, dates, except, limits, patterns, problems, zone};

/// What stands in a sentence.
#[derive(Default)]
pub(super) struct Scanned {
    pub(super) items: Vec<Item>,
    /// Constructs that cannot be right.
    pub(super) wrong: Vec<Misread>,
    /// Words that leave the days open.
    pub(super) vague: Vec<Misread>,
    /// Pieces that mean nothing.
    pub(super) unknown: Vec<Misread>,
}

pub(super) fn scan(text: &str, tokens: &[Token]) -> Scanned {
    let mut scanned = Scanned::default();
    let mut cursor = Cursor::new(tokens);
    let mut unknown_pieces = Vec::new();
    while !cursor.is_at_end() {
        let before = cursor.clone();
        let typed = |cursor: &Cursor<'_>| {
            let at = cursor.span_since(&before);
            (text.get(at.clone()).unwrap_or_default().to_owned(), at)
        };
        if vague(&mut cursor) {
            let (typed, at) = typed(&cursor);
            scanned.vague.push(problems::vague(&typed, at));
        } else if let Some(misread) = overnight(&mut cursor, &scanned.items) {
            scanned.wrong.push(misread);
        } else if let Some(found) = construct(&mut cursor) {
            let at = cursor.span_since(&before);
            match found {
                Ok(kind) => scanned.items.push(Item { kind, joint: joint(text, at.start), at }),
                Err(misread) => scanned.wrong.push(misread),
            }
        } else if let Some(misread) = hours::read_unmarked(&mut cursor) {
            scanned.wrong.push(misread);
        } else if cursor.eat(&TokenKind::Figures) {
            let (typed, at) = typed(&cursor);
            scanned.wrong.push(match typed.as_str() {
                "24/7" => problems::vague(&typed, at),
                _ => problems::figures(&typed, at),
            });
        } else if cursor.eat(&TokenKind::Semicolon) {
            let at = cursor.span_since(&before);
            scanned.items.push(Item { kind: Kind::Semicolon, joint: Joint::Other, at });
        } else if cursor.eat_word(&["or"]) {
            let at = cursor.span_since(&before);
            scanned.wrong.push(problems::question(
                at,
                "`or` leaves open which one it is",
                format!("which one is it? write it, or `and` if it is both; {}", problems::SAY),
            ));
        } else if !joins(&mut cursor) && !leads_to_figures(&mut cursor) {
            unknown(&mut cursor);
            let (typed, at) = typed(&cursor);
            unknown_pieces.push((typed, at));
        }
    }
    let alone = scanned.items.is_empty();
    for (index, (typed, at)) in unknown_pieces.iter().enumerate() {
        // `every` before a word that was not understood does not fit because of that word.
        let next = unknown_pieces.get(index + 1).map(|(_, next)| next.start);
        let wrong = scanned.wrong.iter().map(|misread| misread.at.start);
        let next = next.into_iter().chain(wrong).filter(|next| *next >= at.end).min();
        let between = next.and_then(|next| text.get(at.end..next));
        let leads = words::all().any(|word| word.eq_ignore_ascii_case(typed));
        if !(leads && between.is_some_and(|between| between.trim().is_empty())) {
            scanned.unknown.push(problems::unknown(typed, at.clone(), alone));
        }
    }
    scanned
}

/// What stands before a construct that begins there.
fn joint(text: &str, start: usize) -> Joint {
    let before = text.get(..start).unwrap_or_default().trim_end();
    match before.rsplit(char::is_whitespace).next() {
        Some("and" | "&" | "+") => Joint::And,
        Some(word) if word.ends_with(',') => Joint::Comma,
        _ => Joint::Other,
    }
}

/// Reads `– Tuesday` after `Monday 7 pm`: one meeting over several days, or two?
fn overnight(cursor: &mut Cursor<'_>, before: &[Item]) -> Option<Misread> {
    let [days @ .., Item { kind: Kind::Hours(times), .. }] = before else { return None };
    let has_days = days.iter().any(|item| matches!(item.kind, Kind::Pattern(_) | Kind::Dates(_)));
    let is_term = cursor.clone().attempt(dates::term).is_some();
    if times.end.is_some() || !has_days || is_term {
        return None;
    }
    cursor.attempt(|cursor| {
        let from = cursor.clone();
        cursor.eat_range().then_some(())?;
        match construct(cursor)? {
            Ok(Kind::Pattern(_) | Kind::Dates(_)) => Some(problems::question(
                cursor.span_since(&from),
                "a meeting cannot go on over several days",
                "is it one meeting on each day? write each with its hours, as in `Saturday 9 am–5 pm and Sunday 9 am–noon`",
            )),
            _ => None,
        }
    })
}

/// Reads a construct, the ones that begin like another first.
fn construct(cursor: &mut Cursor<'_>) -> Option<Result<Kind, Misread>> {
    let certain = |kind: Option<Kind>| kind.map(Ok);
    except::read(cursor)
        .or_else(|| certain(limits::frequency(cursor)))
        .or_else(|| certain(dates::term(cursor).map(Kind::Term)))
        .or_else(|| certain(listed_dates(cursor)))
        .or_else(|| certain(hours::read(cursor).map(Kind::Hours)))
        .or_else(|| certain(hours::read_length(cursor).map(Kind::Length)))
        .or_else(|| patterns::read(cursor))
        .or_else(|| certain(limits::count(cursor)))
        .or_else(|| zone::read(cursor).map(|zone| zone.map(Kind::Zone)))
        .or_else(|| limits::months(cursor))
        .or_else(|| certain(part(cursor)))
        .or_else(|| certain(hours::read_bare(cursor).map(Kind::Hours)))
}

fn listed_dates(cursor: &mut Cursor<'_>) -> Option<Kind> {
    let (from, to) = match dates::read(cursor)? {
        Dates::Range(from, to) => (from, to),
        Dates::List(list) => {
            // `4 January 2027, until 29 March 2027`
            let to = cursor.attempt(|cursor| {
                cursor.eat_pause().then_some(())?;
                dates::range_end(cursor)
            });
            match (<[PartDate; 1]>::try_from(list), to) {
                (Ok([from]), Some(to)) => (from, to),
                (Ok([date]), None) => return Some(Kind::Dates(vec![date])),
                (Err(list), _) => return Some(Kind::Dates(list)),
            }
        }
    };
    Some(Kind::Term(Term { from: Some(from), to: Some(to) }))
}

fn part(cursor: &mut Cursor<'_>) -> Option<Kind> {
    cursor.attempt(|cursor| {
        cursor.skip_words(&["in", "the", "at"]);
        let part = words::part(cursor.word(0)?)?;
        cursor.advance(1);
        Some(Kind::Part(part))
    })
}

/// Reads words that leave the days open, with the little ones that belong to them.
fn vague(cursor: &mut Cursor<'_>) -> bool {
    if cursor.eat_phrase(&["dropin"]) {
        return true;
    }
    let little =
        (0..4).take_while(|ahead| cursor.word(*ahead).is_some_and(words::leads_to_vague)).count();
    let found = (0..=little).find(|ahead| cursor.word(*ahead).is_some_and(words::is_vague));
    let Some(ahead) = found else { return false };
    cursor.advance(ahead + 1);
    cursor.eat_word(&["only"]);
    true
}

/// Reads what joins constructs and means nothing by itself.
fn joins(cursor: &mut Cursor<'_>) -> bool {
    let without_end = cursor.eat_phrase(&["until", "further", "notice"])
        || cursor.eat_phrase(&["year", "round"])
        || cursor.eat_phrase(&["all", "year", "round"])
        || cursor.eat_phrase(&["all", "year"])
        || cursor.eat_phrase(&["throughout", "the", "year"])
        || cursor.eat_phrase(&["of", "the", "year"]);
    let hyphenated = cursor.word(0) == Some("year")
        && cursor.peek(1) == Some(&TokenKind::Dash)
        && cursor.word(2) == Some("round");
    let labelled =
        matches!(cursor.word(0), Some("day" | "days" | "times" | "date" | "dates" | "schedule"))
            && cursor.peek(1) == Some(&TokenKind::Pause);
    if hyphenated {
        cursor.advance(3);
    }
    if without_end || hyphenated {
        return true;
    }
    let joint = match cursor.peek(0) {
        Some(
            TokenKind::Pause
            | TokenKind::Stop
            | TokenKind::Dash
            | TokenKind::And
            | TokenKind::Slash
            | TokenKind::At,
        ) => true,
        Some(TokenKind::Word(word)) => {
            words::is_filler(word)
                || labelled
                || matches!(word.as_str(), "starts" | "starting" | "begins" | "beginning")
                    && (cursor.word(1) == Some("at") || cursor.peek(1) == Some(&TokenKind::At))
        }
        _ => false,
    };
    cursor.advance(usize::from(joint));
    joint
}

/// Reads what stands before figures such as `01/06/2027`: these are asked about, and it is not their fault.
fn leads_to_figures(cursor: &mut Cursor<'_>) -> bool {
    let leads = cursor.attempt(|cursor| {
        let leads = dates::begins(cursor) || dates::ends(cursor) || except::negation(cursor);
        (leads && cursor.peek(0) == Some(&TokenKind::Figures)).then_some(())
    });
    leads.is_some()
}

/// Reads a piece that means nothing; signs that touch are one.
fn unknown(cursor: &mut Cursor<'_>) {
    let mut end = cursor.next_span().end;
    let sign = cursor.peek(0) == Some(&TokenKind::Other);
    cursor.advance(1);
    while sign && cursor.peek(0) == Some(&TokenKind::Other) && cursor.next_span().start == end {
        end = cursor.next_span().end;
        cursor.advance(1);
    }
}
