//! Whether a 7 is in the morning or in the evening: what was typed at both ends, the part of the day and the length
//! decide it together.

use std::ops::Range;

use jiff::civil::Time;

use crate::schedule::clock::Clock;
use crate::schedule::describe;
use crate::schedule::sentence::hours::{DAY, Half, Times, Typed};
use crate::schedule::sentence::words::Part;
use crate::schedule::sentence::{Misread, problems};

/// Minutes since midnight.
const NOON: u32 = 12 * 60;

impl Typed {
    /// Minutes since midnight, if that is certain.
    fn certain(&self) -> Result<Option<u32>, Misread> {
        let Typed { hour, minute, half, of_24, at, .. } = self;
        let impossible = || problems::impossible_hour(at.clone(), *hour, *minute, half.is_some());
        if *minute > 59 {
            return Err(impossible());
        }
        Ok(match half {
            Some(Half::Named) => Some(hour * 60),
            Some(Half::Morning) if *hour <= 12 => Some(hour % 12 * 60 + minute),
            Some(Half::Afternoon) if (1..=12).contains(hour) => {
                Some(NOON + hour % 12 * 60 + minute)
            }
            Some(_) => return Err(impossible()),
            None if *hour == 24 && *minute == 0 => Some(0),
            None if *hour > 23 => return Err(impossible()),
            None if *of_24 || *hour > 12 || *hour == 0 => Some(hour * 60 + minute),
            None => None,
        })
    }

    /// Whether it can only be meant on a clock of 24 hours.
    fn speaks_24(&self) -> bool {
        self.half.is_none() && (self.of_24 || self.hour > 12 || self.hour == 0)
    }

    /// The earlier of the two times of the day that it can be.
    fn earlier(&self) -> u32 {
        self.hour % 12 * 60 + self.minute
    }
}

/// What the hours are. `part` is what the sentence says of the day, `length` how long it lasts, in minutes.
pub(super) fn clock(
    times: &Times,
    part: Option<Part>,
    length: Option<(u32, Range<usize>)>,
) -> Result<Clock, Misread> {
    let Times { start, end } = times;
    let whole = start.at.start..end.as_ref().unwrap_or(start).at.end;
    let begins = start.certain()?;
    let ends = end.as_ref().map(Typed::certain).transpose()?.flatten();
    let on_24 = start.speaks_24() || end.as_ref().is_some_and(Typed::speaks_24);
    let (begins, ends) = match (begins, end, ends) {
        (Some(begins), None, _) => (begins, None),
        (Some(begins), Some(_), Some(ends)) => (begins, Some(ends)),
        (Some(begins), Some(end), None) if on_24 && start.half.is_none() => {
            (begins, Some(end.hour * 60 + end.minute))
        }
        (Some(begins), Some(end), None) => (begins, Some(later(begins, end.earlier()))),
        (None, Some(end), Some(ends)) if on_24 && end.half.is_none() => {
            (start.hour * 60 + start.minute, Some(ends))
        }
        (None, Some(_), Some(ends)) => (sooner(ends, start.earlier()), Some(ends)),
        (None, _, _) => {
            let Some(part) = part else {
                return Err(problems::morning_or_evening(whole, &options(times)));
            };
            let begins = in_part(start.earlier(), part);
            (begins, end.as_ref().map(|end| later(begins, end.earlier())))
        }
    };
    check_part(begins, part, &whole)?;
    let ends = match (ends, length) {
        (None, Some((minutes, _))) => Some((begins + minutes) % DAY),
        (Some(ends), Some((minutes, at))) if (begins + minutes) % DAY != ends => {
            return Err(problems::length_differs(at, (ends + DAY - begins) % DAY));
        }
        (ends, _) => ends,
    };
    if let Some(ends) = ends {
        check_range(times, begins, ends, whole)?;
    }
    Ok(Clock { start: time(begins), end: ends.map(time) })
}

/// The next time after `begins` that a clock of 12 hours shows so.
fn later(begins: u32, shown: u32) -> u32 {
    let wait = (shown + DAY - begins) % NOON;
    if wait == 0 { begins } else { (begins + wait) % DAY }
}

/// The last time before `ends` that a clock of 12 hours shows so.
fn sooner(ends: u32, shown: u32) -> u32 {
    let wait = (ends + DAY - shown) % NOON;
    if wait == 0 { ends } else { (ends + DAY - wait) % DAY }
}

fn in_part(shown: u32, part: Part) -> u32 {
    match part {
        Part::Morning => shown,
        // "12 at night" is asked about nowhere else; whoever says "evening" and 12 means midnight.
        Part::Evening if shown < 60 => shown,
        Part::Afternoon | Part::Evening => shown + NOON,
    }
}

fn check_part(begins: u32, part: Option<Part>, at: &Range<usize>) -> Result<(), Misread> {
    let fits = match part {
        None => true,
        Some(Part::Morning) => begins < NOON + 60,
        Some(Part::Afternoon) => (NOON - 60..19 * 60).contains(&begins),
        Some(Part::Evening) => !(6 * 60..15 * 60).contains(&begins),
    };
    if fits { Ok(()) } else { Err(problems::other_part(at.clone())) }
}

fn check_range(times: &Times, begins: u32, ends: u32, at: Range<usize>) -> Result<(), Misread> {
    let midnight_in_figures = |time: &Typed| time.half == Some(Half::Morning) && time.hour == 12;
    let Some(end) = &times.end else { return Ok(()) };
    if begins == ends {
        return Err(problems::no_time_between(at));
    }
    let length = (ends + DAY - begins) % DAY;
    let surely_before_midnight = times.start.half == Some(Half::Afternoon) || times.start.hour > 12;
    // `10–12 am`, but `12:15–12:45 am` is clear.
    let Typed { hour, half, .. } = times.start;
    let clear = surely_before_midnight || hour == 0 || hour == 12 && half != Some(Half::Named);
    if midnight_in_figures(end) && !clear
        || midnight_in_figures(&times.start) && times.start.minute == 0 && length > NOON
    {
        return Err(problems::noon_or_midnight(at));
    }
    // `8–7 pm` was hardly meant to begin in the morning.
    let open = times.start.half.is_none() && !times.start.speaks_24();
    let guessed = open && (begins < NOON) != (ends < NOON) && length > 10 * 60;
    if guessed || ends < begins && ends != 0 && length > NOON {
        return Err(problems::too_long(at, length / 60));
    }
    Ok(())
}

fn time(minutes: u32) -> Time {
    let part = |value: u32| i8::try_from(value).unwrap_or_default();
    Time::new(part(minutes / 60 % 24), part(minutes % 60), 0, 0).unwrap_or_default()
}

/// The two ways to read hours without am and pm, in words to copy.
fn options(times: &Times) -> [String; 2] {
    [0, NOON].map(|half| {
        let begins = times.start.earlier() + half;
        let ends = times.end.as_ref().map(|end| time(later(begins, end.earlier())));
        describe::hours(Clock { start: time(begins), end: ends })
    })
}
