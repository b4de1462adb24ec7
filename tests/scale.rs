//! One batch on many machines, and batches that are cut short: the same bytes, or a refusal that says what is wrong.

#[path = "study/fake.rs"]
mod fake;
#[path = "cli/program.rs"]
mod program;

#[path = "scale/desk.rs"]
mod desk;
#[path = "scale/faults.rs"]
mod faults;
#[path = "scale/parts.rs"]
mod parts;
#[path = "scale/resume.rs"]
mod resume;
#[path = "scale/shards.rs"]
mod shards;
