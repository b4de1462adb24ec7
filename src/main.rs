//! The `canvass` program.

fn main() {}
