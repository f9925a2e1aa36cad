//! Columns side by side, as wide as they look on a terminal.

use unicode_width::UnicodeWidthStr as _;

/// How wide a terminal is taken to be.
const WIDTH: usize = 80;
/// The last column gets no narrower than this, be the others as wide as they like.
const NARROWEST: usize = 20;

/// Rows with two spaces between the columns. The last column's lines are broken between words, so that nothing is cut
/// off.
pub(super) fn draw<const N: usize>(rows: &[[String; N]]) -> String {
    let widest = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N - 1).map(widest).filter(|width| *width > 0).collect();
    let before: usize = widths.iter().map(|width| width + 2).sum();
    let room = WIDTH.saturating_sub(before).max(NARROWEST);
    let mut drawn = String::new();
    for row in rows {
        let [first @ .., last] = row.as_slice() else { continue };
        let mut line = String::new();
        for (text, width) in first.iter().enumerate().filter_map(|(at, text)| {
            let width = widest(at);
            (width > 0).then_some((text, width))
        }) {
            line += text;
            line += &" ".repeat(width - text.width() + 2);
        }
        for part in last.lines().flat_map(|line| broken(line, room)) {
            line += &part;
            drawn += line.trim_end();
            drawn.push('\n');
            line = " ".repeat(before);
        }
    }
    drawn
}

/// A text in lines of at most so many columns, where its words allow it.
fn broken(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_what_the_eye_sees_and_long_text_goes_on_below() {
        let row = |first: &str, empty: &str, last: &str| [first, empty, last].map(str::to_owned);
        let long = "A group whose name is longer than the room that a terminal of eighty columns leaves it";
        let drawn =
            draw(&[row("読書会", "", "One"), row("Tuesday", "", long), row("é", "", "Two\nlines")]);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(
            lines,
            [
                "読書会   One",
                "Tuesday  A group whose name is longer than the room that a terminal of eighty",
                "         columns leaves it",
                "é        Two",
                "         lines",
            ]
        );
    }
}
