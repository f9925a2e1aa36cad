//! All integration tests in one binary, so that they link once. `tests/README.md` says how to add a case.
#![expect(clippy::unwrap_used, reason = "a panic is the report")]

mod harness;
mod html;
mod built;
mod docs;
mod rules;
mod crawl;
mod visibility;
mod filled;
mod hostile;
mod canaries;
