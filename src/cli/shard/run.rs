//! `canvass shard run`: the runs of one shard.

use super::Opened;
use crate::cli::batch::progress;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::words::plural;
use crate::cli::{Global, interrupt, whole_number};
use crate::report::{FolderError, PartState};
use crate::study::batch::{self, BatchError, Settings};
use std::io::Write as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass shard run big 7
      Make shard 7; if its part is there already and whole, do nothing.
  canvass shard run big 7 --threads 4
      The same on four threads.
  canvass shard run big
      The shard whose number the scheduler gives.

Exit codes: 0 the part is there, 1 failed, 2 the folder or number is wrong,
130 interrupted.";

/// Make the runs of one shard
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RunShard {
    /// The folder of the plan
    folder: PathBuf,
    /// Number of the shard, from 0; without it, what the scheduler gives its task in SLURM_ARRAY_TASK_ID,
    /// JOB_COMPLETION_INDEX, HQ_TASK_ID, PBS_ARRAY_INDEX or AWS_BATCH_JOB_ARRAY_INDEX
    #[arg(value_parser = whole_number)]
    shard: Option<u64>,
}

/// Where schedulers write the number of a task that users count from 0.
const SCHEDULERS: [&str; 5] =
    ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "HQ_TASK_ID", "PBS_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX"];

impl RunShard {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let opened = Opened::open(&self.folder)?;
        let Opened { folder, ready, .. } = &opened;
        let shard = self.shard.map_or_else(scheduled, Ok)?;
        let shards = folder.plan.shards;
        if shard >= shards {
            return Err(Failure::bad_input(format!("there is no shard {shard}")).hint(format!(
                "{} are numbered from 0 to {}",
                plural(shards, "shard"),
                shards - 1
            )));
        }
        let path = folder.part(shard);
        let mut out = anstream::stdout().lock();
        match folder.state(shard, &ready.columns) {
            PartState::Good => {
                if !global.quiet {
                    writeln!(out, "{} is there already", path.display())?;
                }
                return Ok(Exit::Done);
            }
            PartState::Missing => {}
            PartState::Bad(what) if !global.quiet => anstream::eprintln!("making it again: {what}"),
            PartState::Bad(_) => {}
        }
        let mut part = folder.begin(shard)?;
        let stop = interrupt::watch()?;
        let runs = folder.runs_of(shard);
        let settings = Settings { seed: folder.plan.origin.seed, runs: runs.clone(), threads: global.thread_count() };
        let bar = progress(runs.end - runs.start, global.quiet);
        let made = batch::run(&opened.selection()?.models(), &settings, &stop, |run, outcomes| {
            bar.inc(1);
            part.push(run, outcomes)
        });
        bar.finish_and_clear();
        let made = made.map_err(|error: BatchError<FolderError>| match error {
            BatchError::Consumer(error) => error.into(),
            worker => Failure::failed(worker.to_string()).hint("no part was written"),
        })?;
        if made != runs {
            anstream::eprintln!("interrupted; the part of shard {shard} was not written");
            return Ok(Exit::Interrupted);
        }
        part.finish()?.publish()?;
        if !global.quiet {
            writeln!(out, "{}", path.display())?;
        }
        Ok(Exit::Done)
    }
}

/// The number that a scheduler gives.
fn scheduled() -> Result<u64, Failure> {
    let given = SCHEDULERS.into_iter().find_map(|name| Some((name, std::env::var(name).ok()?)));
    let Some((name, text)) = given else {
        return Err(Failure::bad_input("which shard?").hint(
            "name its number, or let a scheduler set SLURM_ARRAY_TASK_ID or another of the variables in --help",
        ));
    };
    text.parse().map_err(|_| Failure::bad_input(format!("{name} is `{text}`, which is no number of a shard")))
}
