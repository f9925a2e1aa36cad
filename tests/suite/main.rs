//! All integration tests in one binary, so that they link once. `tests/README.md` says how to add a case.
#![expect(clippy::unwrap_used, reason = "a panic is the report")]
#![expect(clippy::format_collect, clippy::format_push_string, reason = "texts here are small")]

#[path = "../../benches/corpus/mod.rs"]
mod corpus;
mod harness;
mod mutations;
mod html;
mod built;
mod filled;
mod robustness;
mod cases;
mod docs;
mod rules;
mod schedule;
mod crawl;
mod visibility;
mod secrets;
mod sentences;
mod canaries;
mod hostile;
mod determinism;
mod command_line;
mod example_site;
mod finder;
mod budgets;
mod layers;
mod list;
mod meetings;
mod search;
mod serve;
