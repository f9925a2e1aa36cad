//! What is left out: `except holidays`, `not in July and August`, `no meeting on 24 December`, `except the 2nd Tuesday`.

use super::cursor::Cursor;
use super::dates::{self, Dates};
use super::items::{Exception, Kind, Term};
use super::tokens::TokenKind;
use super::weekdays::weekday_list;
use super::words;
use super::{Misread, limits, places, problems};

/// Reads `except holidays`, `no meeting in July and August`, `not on 24 December`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Result<Kind, Misread>> {
    cursor.attempt(|cursor| {
        let from = cursor.clone();
        negation(cursor).then_some(())?;
        lead(cursor);
        if cursor.peek(0) == Some(&TokenKind::Figures) {
            return None;
        }
        let Some(first) = exception(cursor) else {
            // `except Labor Day`: what is left out goes as far as the next comma.
            while cursor.word(0).is_some() {
                cursor.advance(1);
            }
            return Some(Err(problems::unknown_exception(cursor.span_since(&from))));
        };
        let mut exceptions = vec![first];
        while let Some(more) = cursor.attempt(|cursor| {
            let joined = cursor.eat_joint() | cursor.eat_word(&["or", "nor"]);
            joined.then_some(())?;
            let again = negation(cursor);
            lead(cursor);
            let more = exception(cursor)?;
            // Days of the week after a comma are the next ones to meet on.
            let days = matches!(more, Ok(Exception::Weekdays(_) | Exception::Places(..)) | Err(_));
            (again || !days).then_some(more)
        }) {
            exceptions.push(more);
        }
        cursor.skip_words(&["off"]);
        let exceptions: Result<Vec<Exception>, Misread> = exceptions.into_iter().collect();
        Some(exceptions.map(Kind::Except))
    })
}

pub(super) fn negation(cursor: &mut Cursor<'_>) -> bool {
    const WORDS: &[&str] = &[
        "except",
        "excepting",
        "excluding",
        "excludes",
        "excl",
        "exc",
        "skip",
        "skipping",
        "skips",
        "without",
        "not",
        "closed",
        "minus",
        "none",
        "off",
        "break",
    ];
    let found = cursor.eat_phrase(&["other", "than"])
        || cursor.eat_phrase(&["apart", "from"])
        || cursor.eat_phrase(&["but", "not"])
        || cursor.eat_phrase(&["and", "not"])
        || cursor.eat_phrase(&["does", "not", "meet"])
        || cursor.eat_phrase(&["do", "not", "meet"])
        || cursor.eat_phrase(&["we", "do", "not", "meet"])
        || cursor.eat_phrase(&["on", "break"])
        || cursor.eat_word(WORDS);
    if found {
        cursor.skip_words(&["meeting", "held"]);
        return true;
    }
    // `no` and `but` are said of other things too.
    cursor
        .attempt(|cursor| {
            cursor.skip_words(&["there", "is", "are"]);
            cursor.eat_word(&["no", "but"]).then_some(())?;
            let named = cursor.eat_word(&[
                "meeting", "meetings", "group", "groups", "session", "sessions", "class", "classes",
            ]);
            let goes_on = named || cursor.clone().attempt(exception_word).is_some();
            goes_on.then_some(())
        })
        .is_some()
}

fn exception_word(cursor: &mut Cursor<'_>) -> Option<()> {
    lead(cursor);
    exception(cursor).map(|_| ())
}

fn lead(cursor: &mut Cursor<'_>) {
    cursor.skip_pauses();
    cursor.skip_words(&["for", "on", "in", "during", "the", "any", "all", "over"]);
}

fn exception(cursor: &mut Cursor<'_>) -> Option<Result<Exception, Misread>> {
    if cursor.attempt(holidays).is_some() {
        return Some(Ok(Exception::Holidays));
    }
    if let Some(found) = cursor.attempt(range) {
        return Some(found);
    }
    if let Some(found) = dates::read(cursor) {
        return Some(Ok(match found {
            Dates::List(dates) => Exception::Dates(dates),
            Dates::Range(from, to) => Exception::Range(from, to),
        }));
    }
    if let Some(found) = cursor.attempt(nth_weekdays) {
        return Some(found);
    }
    if let Some(kind) = limits::months(cursor) {
        return Some(match kind {
            Ok(Kind::Months(months)) => Ok(Exception::Months(months)),
            Ok(Kind::Term(Term { from: Some(from), to: Some(to) })) => {
                Ok(Exception::Range(from, to))
            }
            Ok(_) => return None,
            Err(misread) => Err(misread),
        });
    }
    let (days, _) = weekday_list(cursor)?;
    Some(Ok(Exception::Weekdays(days)))
}

/// Reads `from 21 December to 4 January`, `between May and July 2027`, `December 2026 to 4 January 2027`.
fn range(cursor: &mut Cursor<'_>) -> Option<Result<Exception, Misread>> {
    let begins = cursor.clone();
    let led = cursor.eat_word(&["from"]);
    let between = !led && cursor.eat_word(&["between"]);
    // `from 5 to 9 October`
    if led && let Some(Dates::Range(from, to)) = dates::read(&mut cursor.clone()) {
        dates::read(cursor);
        return Some(Ok(Exception::Range(from, to)));
    }
    let from = dates::one_or_month(cursor)?;
    let to = cursor.attempt(|cursor| {
        let joined = cursor.eat_range() || between && cursor.eat_word(&["and"]);
        joined.then_some(())?;
        dates::one_or_month(cursor)
    });
    let Some(to) = to else {
        return led.then(|| {
            Err(problems::question(
                cursor.span_since(&begins),
                "`{}` does not say until when",
                "until when? write `except 21 December 2026 to 4 January 2027`",
            ))
        });
    };
    if from.day.is_some() != to.day.is_some() && !led {
        return Some(Err(problems::question(
            cursor.span_since(&begins),
            "it is not clear from which day to which `{}` goes",
            "which days? write `except 21 December 2026 to 4 January 2027`",
        )));
    }
    // Months of every year are read as months.
    let dated = [&from, &to].iter().any(|end| end.year.is_some() || end.day.is_some());
    dated.then_some(Ok(Exception::Range(from, to)))
}

fn holidays(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.skip_words(&[
        "public",
        "federal",
        "national",
        "bank",
        "legal",
        "official",
        "major",
        "statutory",
        "us",
    ]);
    cursor.eat_word(&["holidays", "holiday"]).then_some(())
}

/// Reads `2nd Tuesday of the month`, `1st and 3rd`.
fn nth_weekdays(cursor: &mut Cursor<'_>) -> Option<Result<Exception, Misread>> {
    let from = cursor.clone();
    let nths = places::ordinal_list(cursor)?;
    let weekday = cursor.word(0).and_then(words::weekday).map(|(weekday, _)| weekday);
    cursor.advance(usize::from(weekday.is_some()));
    cursor.skip_words(&["one", "ones"]);
    let of_month = places::of_month(cursor).is_some();
    // The 2nd of the month is a day of it, the 2nd week none.
    let open = weekday.is_none()
        && (of_month || cursor.word(0).is_some_and(|word| words::unit(word).is_some()));
    let counted =
        nths.iter().map(|(nth, _)| i8::try_from(*nth).ok().filter(|nth| (1..=5).contains(nth)));
    match counted.collect() {
        Some(nths) if !open => Some(Ok(Exception::Places(nths, weekday))),
        _ => Some(Err(problems::not_understood(
            cursor.span_since(&from),
            "`{}` cannot be left out",
            "write those that take place, such as `1st, 3rd and 4th Tuesday`",
        ))),
    }
}
