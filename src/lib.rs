//! Roundtable turns a folder of Markdown and YAML about groups into a static, searchable directory.
//!
//! The module list is the pipeline, in order; every stage has types of its own:
//!
//! ```text
//! files --load--> Documents --check--> Site + diagnostics
//! Site --render, export--> Output --write--> public/
//! ```

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
pub mod cli;
