//! Batches, statistics and files, tested with a fake plan in place of the world.

#[path = "study/fake.rs"]
mod fake;

#[path = "study/batch.rs"]
mod batch;
#[path = "study/files.rs"]
mod files;
#[path = "study/statistics.rs"]
mod statistics;
