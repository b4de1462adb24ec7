//! Many runs: batches on several threads, statistics with their uncertainty, and what an expert expects of them.

pub mod assumptions;
pub mod batch;
pub mod choose;
pub mod compare;
pub mod discover;
pub mod drivers;
pub mod exemplar;
pub mod expectation;
pub mod explain;
pub mod findings;
pub mod grid;
pub mod one_at_a_time;
pub mod paired;
pub mod past;
pub mod precision;
pub mod sensitivity;
pub mod shards;
pub mod sketch;
pub mod sobol;
pub mod statistics;
pub mod student;
pub mod sweep;
pub mod validation;

mod columns;
mod replication;
mod tally;

pub use columns::Columns;
pub use past::{NoPast, Past};
pub use replication::{Noting, Replicable, Replication};
pub use tally::{ContingencyTally, MeasureTally, Tally};
