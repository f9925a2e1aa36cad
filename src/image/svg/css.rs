//! The styles of an SVG: comments go, and what reaches out of the file is a fault.

use super::super::Fault;

/// A style sheet without its comments.
pub(super) fn without_comments(style: &str) -> Result<String, Fault> {
    let mut kept = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        // A comment stands for white space, and may not join two words to one.
        kept.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    check(&kept)?;
    let lower = kept.to_ascii_lowercase();
    if lower.contains('\\') {
        return Err(Fault::Script("letters written as escapes (`\\75`) in its style".to_owned()));
    }
    for word in [
        "@import",
        "@charset",
        "@font-face",
        "@namespace",
        "expression(",
        "-moz-binding",
        "behavior:",
        "//",
    ] {
        if lower.contains(word) {
            return Err(Fault::Script(format!("`{word}` in its style")));
        }
    }
    Ok(kept)
}

/// Refuses a `url(…)` that is not in the same file, and letters written as escapes, which could hide one.
pub(super) fn check(value: &str) -> Result<(), Fault> {
    let lower = value.to_ascii_lowercase();
    for (at, name) in lower.match_indices("url(") {
        let (_, inside) = lower.split_at(at + name.len());
        let address = inside.trim_start().trim_start_matches(['"', '\'']).trim_start();
        if !address.starts_with('#') {
            let shown: String = address.chars().take_while(|c| *c != ')').take(60).collect();
            return Err(Fault::Script(format!("a reference to another file, `url({shown})`")));
        }
    }
    if lower.contains("image-set(") || lower.contains("cross-fade(") {
        return Err(Fault::Script("a reference to another file".to_owned()));
    }
    let is_escaped = |at: usize| {
        lower
            .get(at + 1..)
            .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    if lower.contains('(') && lower.match_indices('\\').any(|(at, _)| is_escaped(at)) {
        return Err(Fault::Script("letters written as escapes (`\\75`)".to_owned()));
    }
    Ok(())
}
