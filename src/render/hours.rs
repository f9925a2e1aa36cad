//! Hours of the clock in text, which stay as they were written and whole on a line.

use crate::render::context::Html;
use crate::render::words::escaped;

/// More letters than these are no hours, and a phone's line must hold them.
const LONGEST: usize = 28;

/// Text as HTML in which no line ends inside hours such as `7:00–8:30 pm`.
pub(crate) fn whole(text: &str) -> Html {
    let words: Vec<&str> = text.split(' ').collect();
    let mut html = String::with_capacity(text.len() + 32);
    let mut at = 0;
    while at < words.len() {
        if at > 0 {
            html.push(' ');
        }
        let count = run(words.get(at..).unwrap_or(&[]));
        let together = words.get(at..at + count.max(1)).unwrap_or(&[]).join(" ");
        if is_hours(&together) {
            let hours = together.trim_end_matches([',', ';', ')']);
            let after = together.get(hours.len()..).unwrap_or("");
            for part in ["<span class=\"hours\">", &escaped(hours), "</span>", &escaped(after)] {
                html.push_str(part);
            }
        } else {
            html += &escaped(&together);
        }
        at += count.max(1);
    }
    Html::new(&html)
}

/// How many words from the first on belong to one time or span of times.
fn run(words: &[&str]) -> usize {
    let mut count = 0;
    while let Some(word) = words.get(count) {
        let between = is_between(word) && count > 0;
        let goes_on = words.get(count + 1).is_some_and(|next| is_timely(next));
        if !(is_timely(word) || between && goes_on) {
            break;
        }
        count += 1;
        if word.ends_with([',', ';', ')']) {
            break;
        }
    }
    count
}

fn is_between(word: &str) -> bool {
    matches!(word, "to" | "–" | "-" | "‐" | "—")
}

/// Whether a word is made of times only, such as `7–8:30`, `pm` or `noon`.
fn is_timely(word: &str) -> bool {
    parts(word).all(|part| is_half(part) || is_time(part)) && word.len() <= LONGEST
}

fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.trim_end_matches([',', ';', ')']).split(['–', '-', '‐', '—'])
}

fn is_half(part: &str) -> bool {
    ["am", "pm", "a.m.", "p.m.", "a.m", "p.m"].iter().any(|half| part.eq_ignore_ascii_case(half))
}

fn is_time(part: &str) -> bool {
    let number = part.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let half = part.get(number.len()..).unwrap_or("");
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.');
    let is_named = ["noon", "midnight"].iter().any(|name| part.eq_ignore_ascii_case(name));
    is_named || is_number && (half.is_empty() || is_half(half))
}

/// Whether words that belong together tell a time, and not only a number.
fn is_hours(words: &str) -> bool {
    let all = || words.split(' ').filter(|word| !is_between(word)).flat_map(parts);
    let tells = |part: &str| {
        let end = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.');
        is_half(part) || is_half(end) || part.contains(':')
    };
    words.chars().count() <= LONGEST
        && all().all(|part| is_half(part) || is_time(part))
        && all().any(tells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        let html = serde_json::to_string(&whole(text)).unwrap();
        let html: String = serde_json::from_str(&html).unwrap();
        html.replace("<span class=\"hours\">", "[").replace("</span>", "]")
    }

    #[test]
    fn hours_stay_whole_and_all_else_is_as_it_was() {
        for (text, shown) in [
            ("1st and 3rd Tuesday, 7:00–8:30 pm", "1st and 3rd Tuesday, [7:00–8:30 pm]"),
            ("last Saturday of the month, 10 am–noon", "last Saturday of the month, [10 am–noon]"),
            (
                "Mondays, noon to 1 p.m., except holidays",
                "Mondays, [noon to 1 p.m.], except holidays",
            ),
            ("Fridays, 11:30 pm–12:30 am Pacific", "Fridays, [11:30 pm–12:30 am] Pacific"),
            ("10 weeks from 3 February 2027, 6–8pm", "10 weeks from 3 February 2027, [6–8pm]"),
            ("Thursdays | 19:00 - 20:30", "Thursdays | [19:00 - 20:30]"),
            ("every 2 weeks to 30 June", "every 2 weeks to 30 June"),
            ("at 4 pm) or later", "at [4 pm]) or later"),
            ("noon", "noon"),
            ("<b> 7 pm & more", "&lt;b&gt; [7 pm] &amp; more"),
            ("", ""),
            ("1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1 pm", "1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1 [pm]"),
        ] {
            assert_eq!(marked(text), shown, "{text}");
        }
    }
}
