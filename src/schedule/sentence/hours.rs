//! Hours as they were typed: `7–8:30 pm`, `11 am–1 pm`, `noon`, `19:00–20:30`. Whether a 7 is in the morning or in the
//! evening is decided in `resolve`, when the rest of the sentence is known.

use std::ops::Range;

use super::cursor::Cursor;
use super::tokens::TokenKind;
use super::words::{cardinal, unit};
use super::{Misread, problems};

/// Beginning and end as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) start: Typed,
    pub(super) end: Option<Typed>,
}

/// A time as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) half: Option<Half>,
    /// Written with a mark before the minutes.
    pub(super) with_minutes: bool,
    /// Written as only clocks of 24 hours show it: `09:00`, `18h30`.
    pub(super) of_24: bool,
    pub(super) at: Range<usize>,
}

/// Which twelve hours of the day are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
    /// `noon` and `midnight`, which need no half.
    Named,
}

/// What may stand after figures that are hours and minutes.
const MARKS: &[&str] = &["hrs", "hours", "h"];

/// Minutes.
pub(super) const DAY: u32 = 24 * 60;

/// Reads hours, if the next pieces can be nothing else.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Times> {
    cursor.attempt(|cursor| {
        let led = lead(cursor);
        let between = led == Some("between");
        let start = typed(cursor)?;
        let end = cursor.attempt(|cursor| {
            let joined = cursor.eat_range() || (between && cursor.eat_word(&["and"]));
            joined.then_some(())?;
            // `7 pm – 2 hours` is how long it lasts.
            typed(cursor).filter(|end| end.is_surely_a_time() || !lasts(cursor.word(0)))
        });
        let all = [Some(&start), end.as_ref()];
        let sure = all.iter().flatten().any(|time| time.is_surely_a_time());
        let range = end.is_some() && all.iter().flatten().all(|time| time.hour <= 24);
        let single = led.is_some() && led != Some("from") && start.hour <= 24;
        // "10–12 weeks" are no hours.
        let counted = cursor.word(0).is_some_and(|word| unit(word).is_some());
        (sure || ((range || single) && !counted)).then_some(Times { start, end })
    })
}

/// Reads what may stand before hours.
fn lead<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    if cursor.eat(&TokenKind::At) {
        return Some("at");
    }
    let word = cursor.word(0).filter(|word| matches!(*word, "at" | "from" | "between"))?;
    cursor.advance(1);
    Some(word)
}

fn typed(cursor: &mut Cursor<'_>) -> Option<Typed> {
    let from = cursor.clone();
    if let Some((hour, named)) = match cursor.word(0) {
        Some("noon" | "midday") => Some((12, 1)),
        Some("midnight") => Some((0, 1)),
        _ => None,
    } {
        cursor.advance(named);
        let at = cursor.span_since(&from);
        return Some(Typed {
            hour,
            minute: 0,
            half: Some(Half::Named),
            with_minutes: false,
            of_24: false,
            at,
        });
    }
    if let Some(figures) = cursor.attempt(four_figures) {
        return Some(figures);
    }
    if let Some(past) = cursor.attempt(past) {
        return Some(past);
    }
    let (hour, minute, of_24) = match cursor.peek(0)? {
        // `seven pm`, but not `seven Mondays`.
        TokenKind::Word(word)
            if matches!(cursor.word(1), Some("am" | "pm" | "o'clock" | "oclock")) =>
        {
            (cardinal(word)?, 0, false)
        }
        TokenKind::Number { value, padded } => (*value, 0, *padded && *value < 24),
        TokenKind::Clock { hour, minute, padded, mark } => {
            (*hour, *minute, *padded || matches!(mark, 'h' | 'H'))
        }
        _ => return None,
    };
    let number = !matches!(cursor.peek(0), Some(TokenKind::Clock { .. }));
    cursor.advance(1);
    if number && hour > 24 {
        return None;
    }
    // `20h` and `18:00 hrs`, but `2h` and `1:30 hours` are how long it lasts.
    if hour > 12 && hour < 24 && cursor.eat_word(if number { &["h", "hrs"] } else { MARKS })
        || !number && (of_24 || hour > 9) && cursor.eat_word(MARKS)
    {
        let at = cursor.span_since(&from);
        return Some(Typed { hour, minute, half: None, with_minutes: !number, of_24: true, at });
    }
    cursor.eat_word(&["o'clock", "oclock"]);
    let mut half = half(cursor);
    let mut hour = hour;
    if half.is_none() && hour == 12 && minute == 0 {
        if cursor.eat_word(&["noon", "midday"]) {
            half = Some(Half::Named);
        } else if cursor.eat_word(&["midnight"]) {
            (hour, half) = (0, Some(Half::Named));
        }
    }
    let of_24 = of_24 && half.is_none();
    let at = cursor.span_since(&from);
    Some(Typed { hour, minute, half, with_minutes: !number, of_24, at })
}

/// Whether what was read before is a length.
fn lasts(next: Option<&str>) -> bool {
    matches!(next, Some("hours" | "hour" | "hrs" | "hr" | "minutes" | "minute" | "mins" | "min"))
}

/// `half past 7 pm`, `quarter to seven`.
fn past(cursor: &mut Cursor<'_>) -> Option<Typed> {
    let from = cursor.clone();
    cursor.skip_words(&["a"]);
    let minute = match (cursor.word(0)?, cursor.word(1)?) {
        ("half", "past") => 30,
        ("quarter", "past" | "after") => 15,
        ("quarter", "to") => 45,
        _ => return None,
    };
    cursor.advance(2);
    let said = cursor.eat_count().filter(|hour| (1..=12).contains(hour))?;
    let hour = if minute == 45 { (said + 10) % 12 + 1 } else { said };
    let half = half(cursor);
    // A quarter to noon is in the morning.
    let half = half.filter(|_| minute != 45 || said != 12);
    let at = cursor.span_since(&from);
    Some(Typed { hour, minute, half, with_minutes: true, of_24: false, at })
}

/// `0930`, `1900 hrs`, `1900–2030 hrs`, but not the year 1900.
fn four_figures(cursor: &mut Cursor<'_>) -> Option<Typed> {
    let from = cursor.clone();
    let TokenKind::Number { value, padded } = *cursor.peek(0)? else { return None };
    cursor.advance(1);
    let marked_later = cursor.clone().attempt(|cursor| {
        cursor.eat_range().then_some(())?;
        matches!(cursor.peek(0)?, TokenKind::Number { value, .. } if is_clock(*value))
            .then_some(())?;
        cursor.advance(1);
        cursor.eat_word(MARKS).then_some(())
    });
    let marked = cursor.eat_word(MARKS);
    if !is_clock(value) || !(padded || marked || marked_later.is_some()) {
        return None;
    }
    let (hour, minute) = (value / 100, value % 100);
    let at = cursor.span_since(&from);
    Some(Typed { hour, minute, half: None, with_minutes: false, of_24: true, at })
}

/// Whether four figures can be hours and minutes.
fn is_clock(figures: u32) -> bool {
    figures >= 100 && figures / 100 <= 24 && figures % 100 < 60
}

/// Reads `1900-2030`, which may be hours or years.
pub(super) fn read_unmarked(cursor: &mut Cursor<'_>) -> Option<Misread> {
    cursor.attempt(|cursor| {
        let from = cursor.clone();
        let figures = |cursor: &mut Cursor<'_>| match *cursor.peek(0)? {
            TokenKind::Number { value, .. } if is_clock(value) => {
                cursor.advance(1);
                Some(value)
            }
            _ => None,
        };
        let begins = figures(cursor)?;
        cursor.eat_range().then_some(())?;
        // `2026-2027` are years.
        let ends = figures(cursor).filter(|ends| *ends != begins + 1)?;
        let [begins, ends] =
            [begins, ends].map(|value| format!("{}:{:02}", value / 100, value % 100));
        Some(problems::not_understood(
            cursor.span_since(&from),
            "`{}` was not understood",
            format!("are these hours? write `{begins}–{ends}`"),
        ))
    })
}

/// `am`, `p.m.`, `in the evening`.
fn half(cursor: &mut Cursor<'_>) -> Option<Half> {
    // "2 a month" is no time.
    let letter = cursor.word(1).is_none_or(|word| unit(word).is_none());
    for (word, short, half) in [("am", "a", Half::Morning), ("pm", "p", Half::Afternoon)] {
        if cursor.eat_word(&[word]) || letter && cursor.eat_word(&[short]) {
            return Some(half);
        }
    }
    let phrases =
        [("morning", Half::Morning), ("afternoon", Half::Afternoon), ("evening", Half::Afternoon)];
    phrases
        .into_iter()
        .find(|(part, _)| cursor.eat_phrase(&["in", "the", part]))
        .or_else(|| cursor.eat_phrase(&["at", "night"]).then_some(("", Half::Afternoon)))
        .map(|(_, half)| half)
}

impl Typed {
    fn is_surely_a_time(&self) -> bool {
        self.half.is_some() || self.of_24 || self.with_minutes
    }
}

/// Reads how long something lasts, in minutes: `for 90 minutes`, `1.5 hours`, `an hour`, `90-minute`.
pub(super) fn read_length(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor
        .attempt(|cursor| {
            cursor.skip_words(&["for", "lasting", "lasts", "runs", "of"]);
            let (tenths, unit) = amount(cursor)?;
            let first = tenths * unit;
            if unit == 1 || !first.is_multiple_of(10) {
                return Some(first.div_ceil(10));
            }
            let more = cursor.attempt(|cursor| {
                cursor.skip_words(&["and"]);
                let minutes = amount(cursor).filter(|(_, unit)| *unit == 1)?;
                Some(minutes.0)
            });
            Some((first + more.unwrap_or(0)) / 10)
        })
        .filter(|minutes| (1..DAY).contains(minutes))
}

/// An amount in tenths and the minutes in its unit.
fn amount(cursor: &mut Cursor<'_>) -> Option<(u32, u32)> {
    let tenths = match cursor.peek(0)? {
        TokenKind::Decimal(tenths) => {
            let tenths = *tenths;
            cursor.advance(1);
            tenths
        }
        TokenKind::Word(word) if matches!(word.as_str(), "an" | "a") => {
            cursor.advance(1);
            10
        }
        TokenKind::Word(word) if word == "half" => {
            cursor.advance(1);
            cursor.skip_words(&["an", "a"]);
            5
        }
        _ => {
            let count = cursor.eat_count()?;
            let half = cursor.eat_phrase(&["and", "a", "half"]);
            count * 10 + if half { 5 } else { 0 }
        }
    };
    cursor.eat(&TokenKind::Dash);
    let unit = match cursor.word(0)? {
        "minutes" | "minute" | "mins" | "min" => 1,
        "hours" | "hour" | "hrs" | "hr" | "h" => 60,
        _ => return None,
    };
    cursor.advance(1);
    Some((tenths, unit))
}

/// Reads a number that nothing else wanted and that can be an hour.
pub(super) fn read_bare(cursor: &mut Cursor<'_>) -> Option<Times> {
    let is_hour =
        matches!(cursor.peek(0), Some(TokenKind::Number { value: 1..=12, padded: false }));
    if !is_hour {
        return None;
    }
    Some(Times { start: typed(cursor)?, end: None })
}
