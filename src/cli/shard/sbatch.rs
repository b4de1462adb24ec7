//! `canvass shard sbatch`: the missing shards as an array job for Slurm.

use super::Opened;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::study::shards::as_array;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass shard sbatch big | sbatch
      Submit the shards that are missing.
  canvass shard sbatch big | sbatch --cpus-per-task=4 --time=30
      The same with options of your site.
  canvass shard sbatch big > big.sbatch
      Keep the script to look at it or change it.

Exit codes: 0 done, 2 the folder is wrong.";

/// Print a script that runs the missing shards on Slurm
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Sbatch {
    /// The folder of the plan, by a path that all nodes see
    folder: PathBuf,
}

/// Tasks in an array, unless a site allows more (`MaxArraySize` of slurm.conf).
const MOST_TASKS: u64 = 1_000;

impl Sbatch {
    pub(super) fn perform(&self) -> Result<Exit, Failure> {
        let opened = Opened::open(&self.folder)?;
        let (lacking, _) = opened.lacking();
        if lacking.is_empty() {
            let hint = format!("`canvass shard merge {}` puts the parts together", self.folder.display());
            return Err(Failure::bad_input("every shard has its part: there is nothing to submit").hint(hint));
        }
        if lacking.last().is_some_and(|last| *last > MOST_TASKS) {
            anstream::eprintln!(
                "many sites allow no number above {MOST_TASKS} in an array: `scontrol show config` says MaxArraySize"
            );
        }
        let folder = absolute(&self.folder)?;
        let program =
            std::env::current_exe().map_err(|error| Failure::failed(format!("where is this program? {error}")))?;
        let mut out = anstream::stdout().lock();
        write!(
            out,
            "#!/bin/bash\n\
             #SBATCH --job-name=canvass\n\
             #SBATCH --array={array}\n\
             #SBATCH --cpus-per-task=1\n\
             #SBATCH --requeue\n\
             #SBATCH --open-mode=append\n\
             #SBATCH --output=\"{folder}/slurm-%A_%a.log\"\n\
             # Not with exec: a task that is killed must end with an exit code for Slurm to see.\n\
             {program} shard run {quoted} --threads \"${{SLURM_CPUS_PER_TASK:-1}}\"\n\
             exit $?\n",
            array = as_array(&lacking),
            folder = folder.display(),
            program = quoted(&program),
            quoted = quoted(&folder),
        )?;
        Ok(Exit::Done)
    }
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::fs::canonicalize(path).map_err(|error| Failure::bad_input(format!("cannot read {}: {error}", path.display())))
}

/// As a shell takes it literally.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}
