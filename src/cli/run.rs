//! `canvass run`: the story of one run.

use super::exit::Exit;
use super::failure::Failure;
use super::prepare::{self, Plan};
use super::story::Story;
use super::{Global, style, whole_number};
use crate::engine::trace::first_difference;
use crate::report::{event_lines, write_events};
use crate::world::{Entry, World};
use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass run scenarios/starter-results-site.toml
      Tell the story of run 0, each event with its cause.
  canvass run scenarios/starter-results-site.toml --plan mirror --run 812
      Tell the story behind row 812 of a batch, under one plan.
  canvass run my-county.toml --run 812 --events run-812.csv
      Keep all events of that run as a table.

Exit codes: 0 done, 1 a replay differs or a file cannot be written, 2 the scenario is wrong.";

/// Tell the story of one run, each event with its cause
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Run {
    /// The scenario
    file: PathBuf,
    /// Number of the run, as in runs.csv
    #[arg(long, value_name = "N", default_value = "0", value_parser = whole_number)]
    run: u64,
    /// The master seed; the scenario's own, without it
    #[arg(long, value_name = "N", value_parser = whole_number)]
    seed: Option<u64>,
    /// The plan; the first of the file, without it
    #[arg(long, value_name = "NAME")]
    plan: Option<String>,
    /// Show inner workings as well
    #[arg(long)]
    all: bool,
    /// Keep all events of the run in a CSV file
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Make the run again and compare it with a file kept by `--events`; stop at the first difference
    #[arg(long, value_name = "FILE", conflicts_with_all = ["events", "all"])]
    verify: Option<PathBuf>,
}

impl Run {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let (loaded, ready) = prepare::open(&self.file, global.quiet)?;
        let chosen = self.plan.as_deref().map_or(Ok(0), |name| prepare::plan_named(&ready, name))?;
        let plan = &ready.plans[chosen];
        let scenario = loaded.scenario().expect("a scenario that compiled has loaded");
        let seed = self.seed.unwrap_or(scenario.scenario.seed);
        let (outcome, entries) = World::new(&plan.model, seed).story(self.run);
        if let Some(stored) = &self.verify {
            return self.compare(stored, plan, &entries);
        }

        let mut out = anstream::stdout().lock();
        let heading = format!("{} · run {} · seed {seed} · plan {}", loaded.id(), self.run, plan.name);
        writeln!(out, "{}\n", style::paint(style::HEADING, &heading))?;
        let story = Story { model: &plan.model, columns: &ready.columns, all: self.all };
        story.write(&entries, &outcome, &mut out)?;
        if let Some(path) = &self.events {
            let written = write_events(path, self.run, &entries, |entry| plan.model.label(entry.time))?;
            writeln!(out, "\n{}", written.display())?;
        }
        out.flush()?;
        Ok(Exit::Done)
    }

    fn compare(&self, stored: &Path, plan: &Plan, entries: &[Entry]) -> Result<Exit, Failure> {
        let unreadable = |error| Failure::bad_input(format!("cannot read {}: {error}", stored.display()));
        let replay = event_lines(self.run, entries, |entry| plan.model.label(entry.time))?;
        let lines = replay.len();
        let file = File::open(stored).map_err(unreadable)?;
        let difference = first_difference(BufReader::new(file), replay.into_iter()).map_err(unreadable)?;
        let mut out = anstream::stdout().lock();
        let Some(difference) = difference else {
            writeln!(out, "{} the replay is the same in all {lines} lines", style::paint(style::GOOD, "✓"))?;
            return Ok(Exit::Done);
        };
        let ended = || "(the end)".to_owned();
        writeln!(out, "{} the replay differs at line {}", style::paint(style::BAD, "✗"), difference.line)?;
        writeln!(out, "  stored: {}", difference.stored.unwrap_or_else(ended))?;
        writeln!(out, "  replay: {}", difference.replayed.unwrap_or_else(ended))?;
        Ok(Exit::Failed)
    }
}
