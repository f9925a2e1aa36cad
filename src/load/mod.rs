//! 1. Files into documents. The only reader of content; it judges nothing.

pub mod yaml;
