//! The program as its users meet it: what it says, where it says it, and how it ends.

#[path = "cli/program.rs"]
mod program;

#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/evidence.rs"]
mod evidence;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/run.rs"]
mod run;
#[path = "cli/studies.rs"]
mod studies;
