//! `canvass shard merge`: the parts as one batch.

use super::Opened;
use crate::cli::batch::progress;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::words::plural;
use crate::cli::{Global, interrupt};
use crate::report::PartError;
use crate::study::shards::as_array;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

const EXAMPLES: &str = "\
Examples:
  canvass shard merge big -o outputs/big
      Tables and odds, to the byte what one long batch would have left behind.
  canvass shard merge big -o outputs/big --quiet
      The same with nothing but the odds on the screen.
  canvass shard missing big
      What is still to be run before the parts can be merged.

Exit codes: 0 done, 1 failed, 2 a part is missing or bad, 3 one of the
scenario's checks does not hold, 130 interrupted.";

/// Put the parts together to the files of one batch
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Merge {
    /// The folder of the plan
    folder: PathBuf,
    /// Folder for the files; outputs/<scenario>, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Merge {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let opened = Opened::open(&self.folder)?;
        let (lacking, bad) = opened.lacking();
        if !lacking.is_empty() {
            return Err(self.refused(&lacking, &bad));
        }
        let Opened { folder, loaded, ready } = &opened;
        let selection = opened.selection()?;
        let output = self.output.clone().unwrap_or_else(|| Path::new("outputs").join(loaded.id()));
        let mut gathering = selection.gather(&output)?;
        let stop = interrupt::watch()?;
        let bar = progress(folder.plan.runs, global.quiet);
        for shard in 0..folder.plan.shards {
            let mut part = folder.read(shard, &ready.columns).map_err(|error| self.changed(&error))?;
            while let Some((run, outcomes)) = part.next_run().map_err(|error| self.changed(&error))? {
                gathering.take(run, outcomes)?;
                bar.inc(1);
            }
            if stop.load(Ordering::Relaxed) {
                bar.finish_and_clear();
                anstream::eprintln!("interrupted; nothing was written");
                return Ok(Exit::Interrupted);
            }
        }
        bar.finish_and_clear();
        let runs = folder.plan.shards().runs;
        let held = gathering.publish(folder.plan.origin.seed, &runs, &runs, None)?.show(None, global.quiet)?;
        Ok(if held { Exit::Done } else { Exit::CheckFailed })
    }

    fn refused(&self, lacking: &[u64], bad: &[String]) -> Failure {
        let folder = self.folder.display();
        let mut message = format!("{} to be run: {}", plural(lacking.len() as u64, "shard"), as_array(lacking));
        for what in bad {
            message.push_str("\n  ");
            message.push_str(what);
        }
        let one = lacking.first().copied().unwrap_or_default();
        Failure::bad_input(message)
            .hint(format!("canvass shard run {folder} {one}  makes one of them, and replaces a bad part"))
            .hint(format!("canvass shard missing {folder} --each | parallel canvass shard run {folder} {{}}"))
    }

    /// A part was good a moment ago.
    fn changed(&self, error: &PartError) -> Failure {
        Failure::bad_input(error.to_string()).hint("the part was changed while it was read; nothing was written")
    }
}
