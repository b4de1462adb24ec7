//! The elections domain: a scenario compiled once, and run as often as wanted.

mod outcome;

pub use outcome::{Column, ContingencyOutcome, Entry, Outcome, Status, Unit};
