//! Diagnostics for people, for programs and for GitHub.
