//! 3a. Pages.

/// Groups on one page of a list.
pub const PAGE_SIZE: usize = 48;
