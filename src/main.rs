//! The `roundtable` program: everything is in the library.

fn main() {}
