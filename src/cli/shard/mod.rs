//! `canvass shard`: one batch on many machines.

mod merge;
mod missing;
mod plan;
mod run;
mod sbatch;
mod verify;

use super::Global;
use super::exit::Exit;
use super::failure::Failure;
use super::gathering::Selection;
use super::prepare::{self, Ready};
use crate::report::{PartState, ShardFolder, ShardsError};
use crate::scenario::Loaded;
use clap::Subcommand;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  canvass shard plan my-county.toml --runs 1000000 --shards 200 -o big
      Divide a million runs of each plan into 200 shards, in folder big.
  canvass shard run big 7
      Make shard 7, on any machine that sees the folder.
  canvass shard merge big -o outputs/big
      Put the parts together: the same bytes as of one long batch.

docs/scale-out.md walks through it, on a cluster and on one machine.";

/// Make one batch on many machines: plan, run, merge
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Shard {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    Plan(plan::PlanShards),
    Run(run::RunShard),
    Missing(missing::Missing),
    Merge(merge::Merge),
    Verify(verify::Verify),
    Sbatch(sbatch::Sbatch),
}

impl Shard {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        match &self.step {
            Step::Plan(plan) => plan.perform(global),
            Step::Run(run) => run.perform(global),
            Step::Missing(missing) => missing.perform(),
            Step::Merge(merge) => merge.perform(global),
            Step::Verify(verify) => verify.perform(global),
            Step::Sbatch(sbatch) => sbatch.perform(),
        }
    }
}

/// A folder of shards with its scenario, which is what it was when it was planned.
struct Opened {
    folder: ShardFolder,
    loaded: Loaded,
    ready: Ready,
}

impl Opened {
    fn open(path: &Path) -> Result<Self, Failure> {
        let folder = ShardFolder::open(path)?;
        let (loaded, ready) = prepare::open(&folder.scenario(), true)?;
        let opened = Opened { folder, loaded, ready };
        let origin = opened.selection()?.origin(opened.folder.plan.origin.seed);
        let differences = origin.differences(&opened.folder.plan.origin, "in the plan");
        if differences.is_empty() {
            return Ok(opened);
        }
        let refused =
            Failure::bad_input(format!("{} was planned otherwise: {}", path.display(), differences.join("; ")));
        Err(refused.hint("use the version of Canvass and the scenario of the plan, or plan anew in another folder"))
    }

    fn selection(&self) -> Result<Selection<'_>, Failure> {
        Selection::new(&self.loaded, &self.ready, &self.folder.plan.origin.plans)
    }

    /// The shards without a good part, and what is wrong with those that have a bad one.
    fn lacking(&self) -> (Vec<u64>, Vec<String>) {
        let mut lacking = Vec::new();
        let mut bad = Vec::new();
        for shard in 0..self.folder.plan.shards {
            match self.folder.state(shard, &self.ready.columns) {
                PartState::Good => continue,
                PartState::Missing => {}
                PartState::Bad(what) => bad.push(what),
            }
            lacking.push(shard);
        }
        (lacking, bad)
    }
}

impl From<ShardsError> for Failure {
    fn from(error: ShardsError) -> Self {
        let failure = Failure::bad_input(error.to_string());
        match error {
            ShardsError::Unplanned(_) => failure.hint("`canvass shard plan FILE --shards K -o DIR` writes one"),
            ShardsError::Other { .. } | ShardsError::Foreign { .. } => {
                failure.hint("choose another folder with `-o DIR`")
            }
            ShardsError::Folder(error) => error.into(),
        }
    }
}
