//! `canvass shard plan`: what is to be run, divided into shards.

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::gathering::Selection;
use crate::cli::words::plural;
use crate::cli::{Global, positive_number, prepare, whole_number};
use crate::report::{SHARDS_FORMAT, ShardFolder, ShardPlan};
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass shard plan my-county.toml --runs 1000000 --shards 200 -o big
      A million runs of each plan in 200 shards of 5,000 runs.
  canvass shard plan my-county.toml --shards 8 --plan today -o big
      The scenario's own number of runs, of one plan.
  canvass shard plan my-county.toml --first 1000000 --shards 50 -o more
      Runs that go on where an earlier million ended.

A scheduler likes shards that take a minute or more.
Exit codes: 0 done, 1 failed, 2 the scenario or the folder is wrong.";

/// Divide the runs of a batch into shards
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PlanShards {
    /// The scenario
    file: PathBuf,
    /// How many runs of each plan; the scenario's own number, without it
    #[arg(long, value_name = "N", value_parser = positive_number)]
    runs: Option<u64>,
    /// The master seed; the scenario's own, without it
    #[arg(long, value_name = "N", value_parser = whole_number)]
    seed: Option<u64>,
    /// Only this plan; may be given several times
    #[arg(long, value_name = "NAME")]
    plan: Vec<String>,
    /// Number of the first run
    #[arg(long, value_name = "N", default_value = "0", value_parser = whole_number)]
    first: u64,
    /// How many shards
    #[arg(long, value_name = "K", value_parser = positive_number)]
    shards: u64,
    /// Folder for the plan and the parts, where all machines see it
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

impl PlanShards {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let (loaded, ready) = prepare::open(&self.file, global.quiet)?;
        let about = &loaded.scenario().expect("a scenario that compiled has loaded").scenario;
        let runs = self.runs.unwrap_or(about.runs);
        if self.first.checked_add(runs).is_none() {
            return Err(Failure::bad_input("there are no such runs"));
        }
        if self.shards > runs {
            let message = format!("{} cannot be divided into {}", plural(runs, "run"), plural(self.shards, "shard"));
            return Err(Failure::bad_input(message).hint(format!("take at most --shards {runs}")));
        }
        let plan = ShardPlan {
            format: SHARDS_FORMAT.to_owned(),
            origin: Selection::new(&loaded, &ready, &self.plan)?.origin(self.seed.unwrap_or(about.seed)),
            first: self.first,
            runs,
            shards: self.shards,
        };
        let folder = ShardFolder::create(&self.output, plan, &loaded.one_file())?;
        if !global.quiet {
            self.say_what_next(&folder.plan)?;
        }
        Ok(Exit::Done)
    }

    fn say_what_next(&self, plan: &ShardPlan) -> Result<(), Failure> {
        let (shards, last, folder) = (plural(plan.shards, "shard"), plan.shards - 1, self.output.display());
        let mut out = anstream::stdout().lock();
        writeln!(out, "planned {} of {} in {shards}, in {folder}", plural(plan.runs, "run"), plural_plans(plan))?;
        writeln!(out, "Here:       seq 0 {last} | parallel canvass shard run {folder} {{}}")?;
        writeln!(out, "On Slurm:   canvass shard sbatch {folder} | sbatch")?;
        writeln!(out, "Then:       canvass shard merge {folder} -o {}", merged(&self.output).display())?;
        Ok(())
    }
}

fn plural_plans(plan: &ShardPlan) -> String {
    match &plan.origin.plans[..] {
        [only] => format!("plan {only}"),
        plans => format!("each of {} plans", plans.len()),
    }
}

/// Where the results might go.
fn merged(folder: &Path) -> PathBuf {
    Path::new("outputs").join(folder.file_name().unwrap_or(folder.as_os_str()))
}
