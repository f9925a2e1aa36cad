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
pub mod image;
pub mod load;
pub mod model;
pub mod output;
pub mod export;
pub mod write;
