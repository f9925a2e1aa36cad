//! Roundtable turns a folder of Markdown and YAML about groups into a static, searchable directory.
//!
//! The module list is the pipeline, in order; every stage has types of its own:
//!
//! ```text
//! files --load--> Documents --check--> Site + diagnostics
//! Site --timetable--> meetings
//! Site + meetings --render, export--> Output --write--> public/
//! ```
//!
//! `schedule` knows when people meet, and nothing else: sentences to rules, rules to dates and instants. `check` reads
//! sentences with it, `timetable` adds what a group, its venues and the network except.

pub mod source;
pub mod diagnostic;
pub mod suggest;
pub mod slug;
pub mod image;
pub mod schedule;
pub mod schema;
pub mod load;
pub mod model;
pub mod timetable;
pub mod markdown;
pub mod check;
pub mod theme;
pub mod render;
pub mod export;
pub mod output;
pub mod publish;
pub mod write;
pub mod new;
pub mod serve;
pub mod cli;
