//! `canvass shard missing`: which shards are still to be run.

use super::Opened;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::study::shards::as_array;
use std::io::Write as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass shard missing big
      List the shards without a whole part, as 3,17-19; nothing if all have one.
  canvass shard missing big --each
      The same with one number a line, for GNU parallel and xargs.
  canvass shard sbatch big | sbatch
      Submit just those to Slurm.

What is wrong with a part goes to standard error.
Exit codes: 0 done, 2 the folder is wrong.";

/// List the shards that are still to be run
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Missing {
    /// The folder of the plan
    folder: PathBuf,
    /// One number a line
    #[arg(long)]
    each: bool,
}

impl Missing {
    pub(super) fn perform(&self) -> Result<Exit, Failure> {
        let (lacking, bad) = Opened::open(&self.folder)?.lacking();
        for what in bad {
            anstream::eprintln!("{what}");
        }
        let mut out = anstream::stdout().lock();
        match lacking.is_empty() {
            true => {}
            false if self.each => lacking.iter().try_for_each(|shard| writeln!(out, "{shard}"))?,
            false => writeln!(out, "{}", as_array(&lacking))?,
        }
        Ok(Exit::Done)
    }
}
