//! Sentences and what they mean.

use super::*;
use crate::schedule::describe::describe;

#[test]
fn try_out() {
    let Ok(text) = std::env::var("TRY").map(|path| fs_err::read_to_string(path).unwrap()) else {
        return;
    };
    for line in text.lines() {
        match read(line, &Given::default()) {
            Ok(sentence) => {
                println!("OK   {line}\n     => {}", describe(&sentence.rules, None));
                let again = read(&describe(&sentence.rules, None), &Given::default());
                if again.as_ref().map(|s| &s.rules) != Ok(&sentence.rules) {
                    println!("     !! {:?}\n   {:?}", sentence.rules, again);
                }
            }
            Err(misreads) => {
                println!("BAD  {line}");
                for m in misreads {
                    println!(
                        "       {:?} `{}` {} | {}",
                        m.kind,
                        &line[m.at.clone()],
                        m.message,
                        m.help
                    );
                }
            }
        }
    }
}
