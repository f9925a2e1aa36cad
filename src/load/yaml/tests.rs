use std::sync::Arc;

use super::*;
use crate::source::SourceFile;

fn parsed(text: &str) -> (Source, Parsed) {
    let source = Arc::new(SourceFile { path: "a.md".into(), text: text.into() });
    let parsed = parse(&source, Span::new(0, text.len()));
    (source, parsed)
}

/// The tree in one line: `{title: "x", topics: [a]}`, plain text without quotes.
fn show(node: &Node) -> String {
    match &node.value {
        Value::Blank => "_".into(),
        Value::Scalar { text, plain: true } => text.clone(),
        Value::Scalar { text, plain: false } => format!("{text:?}"),
        Value::Sequence(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", entry.key, show(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

#[test]
fn probe() {
    let all = std::fs::read_to_string("/tmp/probe/cases.txt").unwrap();
    for case in all.split("====\n") {
        println!("------------\n{}", case.replace('\t', "→"));
        let (source, parsed) = parsed(case);
        for d in &parsed.diagnostics {
            println!("  {:?} {} `{}`: {} | {} ", source.position(d.span.start), d.rule.name, source.slice(d.span), d.message, d.help.as_deref().unwrap_or(""));
            if let Some((_, fix)) = &d.fix { println!("      FIX {fix:?}"); }
        }
        println!("  {}{}", show(&parsed.fields), if parsed.partial {"  PARTIAL"} else {""});
    }
}
