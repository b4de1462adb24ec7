//! Many runs: batches on several threads, statistics with their uncertainty, and what an expert expects of them.

pub mod batch;
pub mod discover;
pub mod drivers;
pub mod explain;
pub mod expectation;
pub mod sensitivity;
pub mod sketch;
pub mod sobol;
pub mod statistics;

mod columns;
mod replication;
mod tally;

pub use columns::Columns;
pub use replication::{Replicable, Replication};
pub use tally::{ContingencyTally, MeasureTally, Tally};
