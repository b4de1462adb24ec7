//! `canvass shard verify`: whether this machine makes the same runs as those that made the parts.

use super::Opened;
use crate::cli::batch::progress;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::words::plural;
use crate::cli::{Global, positive_number, style};
use crate::report::same_bits;
use crate::study::Replicable as _;
use crate::study::shards::as_array;
use std::io::Write as _;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass shard verify big
      Make 20 runs again, spread over all parts, and compare every number.
  canvass shard verify big --sample 500
      Look harder.
  canvass shard verify big --quiet && echo sound
      For scripts.

Parts that are still missing are passed over.
Exit codes: 0 all are the same, 1 a run differs, 2 the folder or a part is bad.";

/// Make some runs of the parts again and compare them
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Verify {
    /// The folder of the plan
    folder: PathBuf,
    /// How many runs
    #[arg(long, value_name = "N", default_value = "20", value_parser = positive_number)]
    sample: u64,
}

impl Verify {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let opened = Opened::open(&self.folder)?;
        let Opened { folder, ready, .. } = &opened;
        let shards = folder.plan.shards();
        let sample = shards.sample(self.sample);
        let models = opened.selection()?.models();
        let mut workers: Vec<_> = models.iter().map(|model| model.worker(folder.plan.origin.seed)).collect();
        let bar = progress(sample.len() as u64, global.quiet);
        let (mut same, mut different, mut bad) = (0, Vec::new(), Vec::new());
        for shard in 0..shards.count {
            let runs = folder.runs_of(shard);
            let wanted: Vec<u64> = sample.iter().copied().filter(|run| runs.contains(run)).collect();
            if wanted.is_empty() || !folder.part(shard).exists() {
                continue;
            }
            let compared = folder.read(shard, &ready.columns).and_then(|mut part| {
                while let Some((run, outcomes)) = part.next_run()? {
                    if !wanted.contains(&run) {
                        continue;
                    }
                    bar.inc(1);
                    let again = workers.iter_mut().zip(outcomes);
                    let agree = again.fold(true, |agree, (worker, kept)| agree & same_bits(worker.run(run), kept));
                    if agree { same += 1 } else { different.push(run) }
                }
                Ok(())
            });
            if let Err(error) = compared {
                bad.push(error.to_string());
            }
        }
        bar.finish_and_clear();
        if !bad.is_empty() {
            return Err(Failure::bad_input(bad.join("\n  ")).hint("`canvass shard run` makes a bad part again"));
        }
        if different.is_empty() {
            if !global.quiet {
                let mut out = anstream::stdout().lock();
                writeln!(out, "{} {} made again, all the same", style::paint(style::GOOD, "✓"), plural(same, "run"))?;
            }
            return Ok(Exit::Done);
        }
        let parts: Vec<String> =
            different.iter().map(|&run| folder.part(shards.shard_of(run)).display().to_string()).collect();
        Err(Failure::failed(format!("made again, runs {} differ, in {}", as_array(&different), parts.join(", ")))
            .hint("remove these parts and make them again; if they still differ, two machines run different programs"))
    }
}
