//! Days of the week by their names: `Mon, Wed & Fri`, `Monday – Thursday`, `M/W/F`.

use jiff::civil::Weekday;

use super::cursor::Cursor;
use super::tokens::TokenKind;
use super::words::{self, Number};
use crate::schedule::days::Weekdays;

/// Reads `Mon, Wed & Fri`, `Monday – Thursday`, `M/W/F`.
pub(super) fn weekday_list(cursor: &mut Cursor<'_>) -> Option<(Weekdays, Number)> {
    let (mut on, mut number) = weekday_range(cursor)?;
    while let Some((more, its_number)) = cursor.attempt(|cursor| {
        cursor.eat_joint().then_some(())?;
        cursor.skip_words(&["on"]);
        let more = weekday_range(cursor)?;
        // `Mondays, Tuesday 5 January 2027` and `Monday, Tuesday of the month` are not one list.
        let dated = matches!(cursor.peek(0), Some(TokenKind::Ordinal(_)));
        (!dated).then_some(more)
    }) {
        on = more.iter().fold(on, Weekdays::with);
        if its_number == Number::Many {
            number = Number::Many;
        }
    }
    Some((on, number))
}

fn weekday_range(cursor: &mut Cursor<'_>) -> Option<(Weekdays, Number)> {
    if let Some(initials) = cursor.attempt(initials) {
        return Some((initials, Number::Many));
    }
    let (first, number) = words::weekday(cursor.word(0)?)?;
    cursor.advance(1);
    let last = cursor.attempt(|cursor| {
        cursor.eat_range().then_some(())?;
        let (last, _) = words::weekday(cursor.word(0)?).filter(|(last, _)| *last != first)?;
        cursor.advance(1);
        Some(last)
    });
    let Some(last) = last else { return Some((first.into(), number)) };
    let length = usize::try_from(last.since(first)).unwrap_or_default();
    Some((first.cycle_forward().take(length + 1).collect(), Number::Many))
}

/// `M/W/F`, `M-F`, `T/Th`: letters that name days only together.
fn initials(cursor: &mut Cursor<'_>) -> Option<Weekdays> {
    let day = |word: &str| match word {
        "m" => Some(Weekday::Monday),
        "t" => Some(Weekday::Tuesday),
        "w" => Some(Weekday::Wednesday),
        "r" => Some(Weekday::Thursday),
        "f" => Some(Weekday::Friday),
        "we" => Some(Weekday::Wednesday),
        word => words::weekday(word).map(|(day, _)| day),
    };
    let lettered = |word: &str| matches!(word, "m" | "t" | "w" | "r" | "f");
    let first = cursor.word(0)?;
    if let Some(letters) = run_together(first) {
        cursor.advance(1);
        return letters.iter().map(|letter| day(letter)).collect();
    }
    let letters = lettered(first);
    let mut on = Weekdays::from(day(first)?);
    cursor.advance(1);
    let mut any_letter = letters;
    if cursor.eat(&TokenKind::Dash) {
        let last = cursor.word(0)?;
        any_letter |= lettered(last);
        let (from, to) = (day(first)?, day(last)?);
        cursor.advance(1);
        let length = usize::try_from(to.since(from)).unwrap_or_default();
        return any_letter.then(|| from.cycle_forward().take(length + 1).collect());
    }
    let mut several = false;
    while cursor.peek(0) == Some(&TokenKind::Slash) {
        let Some(next) = cursor.word(1).and_then(|word| Some((day(word)?, lettered(word)))) else {
            break;
        };
        cursor.advance(2);
        on = on.with(next.0);
        any_letter |= next.1;
        several = true;
    }
    (any_letter && several).then_some(on)
}

/// `MWF`, `TTh`, as schools write them.
fn run_together(word: &str) -> Option<&'static [&'static str]> {
    Some(match word {
        "mw" => &["m", "w"],
        "mwf" => &["m", "w", "f"],
        "tth" | "tuth" => &["t", "th"],
        "wf" => &["w", "f"],
        "mtwthf" | "mtwrf" => &["m", "t", "w", "th", "f"],
        _ => return None,
    })
}
