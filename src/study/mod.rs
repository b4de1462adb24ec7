//! Many runs: batches on several threads, statistics with their uncertainty, and what an expert expects of them.

pub mod batch;
pub mod choose;
pub mod compare;
pub mod expectation;
pub mod findings;
pub mod grid;
pub mod paired;
pub mod precision;
pub mod sketch;
pub mod statistics;
pub mod student;

mod columns;
mod replication;
mod tally;

pub use columns::Columns;
pub use replication::{Replicable, Replication};
pub use tally::{ContingencyTally, MeasureTally, Tally};
