//! The library of scenarios: every one is sound, does what an expert expects of it, and moves in the right direction.
//!
//! The batches at their full length want an optimised build: `cargo test --release --test library`.

#[path = "library/shelf.rs"]
mod shelf;

#[path = "library/catalogue.rs"]
mod catalogue;
#[path = "library/deletions.rs"]
mod deletions;
#[path = "library/directions.rs"]
mod directions;
#[path = "library/evidence.rs"]
mod evidence;
#[path = "library/expectations.rs"]
mod expectations;
#[path = "library/figures.rs"]
mod figures;
#[path = "library/manners.rs"]
mod manners;
#[path = "library/seed_table.rs"]
mod seed_table;
#[path = "library/soundness.rs"]
mod soundness;
