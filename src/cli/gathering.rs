//! Runs as they come in, and what they end in: the files of a batch and its odds. Shared by `batch` and `shard merge`.

use super::failure::Failure;
use super::lineup::record;
use super::odds::{Odds, PlanOdds};
use super::prepare::{self, Ready};
use super::until::write_ending;
use crate::engine::streams::LAYOUT_VERSION;
use crate::report::{BatchFiles, FORMAT, FolderError, GeneratorRecord, Manifest, Origin, RunsRecord};
use crate::scenario::{Loaded, hides_speech_costs};
use crate::study::Tally;
use crate::study::expectation::Verdict;
use crate::study::precision::Ending;
use crate::study::sensitivity::Drawn;
use crate::world::{Ledger, Model, Outcome, Shares};
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The plans of a scenario that are run, in the order of the file.
pub(super) struct Selection<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) ready: &'a Ready,
    pub(super) names: Vec<String>,
    positions: Vec<usize>,
}

impl<'a> Selection<'a> {
    /// The plans of these names; all of them if none is named.
    pub(super) fn new(loaded: &'a Loaded, ready: &'a Ready, plans: &[String]) -> Result<Self, Failure> {
        let mut positions: Vec<usize> = if plans.is_empty() {
            (0..ready.plans.len()).collect()
        } else {
            plans.iter().map(|name| prepare::plan_named(ready, name)).collect::<Result<_, Failure>>()?
        };
        positions.sort_unstable();
        positions.dedup();
        let names = positions.iter().map(|&plan| ready.plans[plan].name.clone()).collect();
        Ok(Selection { loaded, ready, names, positions })
    }

    pub(super) fn models(&self) -> Vec<&'a Model> {
        self.positions.iter().map(|&plan| &self.ready.plans[plan].model).collect()
    }

    /// What a batch of these plans says of itself.
    pub(super) fn manifest(&self, seed: u64, made: &Range<u64>, wanted: &Range<u64>) -> Manifest {
        let Selection { loaded, names, .. } = self;
        Manifest {
            format: FORMAT,
            canvass: env!("CARGO_PKG_VERSION"),
            scenario: record(loaded),
            seed,
            generator: GeneratorRecord { name: "ChaCha8", layout: LAYOUT_VERSION },
            plans: names.clone(),
            runs: RunsRecord { first: made.start, count: made.end - made.start, requested: wanted.end - wanted.start },
            complete: made == wanted,
            files: Vec::new(),
        }
    }

    /// The numbers on which the answer rests, each with its line in the scenario as it is kept beside the results.
    fn ledger(&self) -> Ledger {
        let kept = Loaded::from_text(&format!("{}.toml", self.loaded.id()), &self.loaded.one_file());
        let mut ledger = Ledger::default();
        for (name, model) in self.names.iter().zip(self.models()) {
            ledger.add(name, &kept.numbers(name, &[]), model);
        }
        ledger
    }

    /// Everything on which a run of these plans depends.
    pub(super) fn origin(&self, seed: u64) -> Origin {
        Origin::of(&self.manifest(seed, &(0..0), &(0..0)), &self.ready.columns)
    }

    /// Begins the files in a folder.
    pub(super) fn gather(&self, folder: &Path) -> Result<Gathering<'_>, Failure> {
        let files = BatchFiles::open(folder, &self.ready.columns, &self.names)?;
        let tallies = vec![Tally::new(&self.ready.columns); self.names.len()];
        Ok(Gathering { selection: self, files, tallies })
    }
}

/// The runs of a batch, being taken up one by one.
pub(super) struct Gathering<'a> {
    selection: &'a Selection<'a>,
    files: BatchFiles<'a>,
    tallies: Vec<Tally>,
}

impl<'a> Gathering<'a> {
    /// Takes up the next run.
    pub(super) fn take(&mut self, run: u64, outcomes: &[Outcome]) -> Result<(), FolderError> {
        let columns = &self.selection.ready.columns;
        self.tallies.iter_mut().zip(outcomes).for_each(|(tally, outcome)| tally.push(columns, outcome));
        self.files.write(run, outcomes)
    }

    /// Keeps what every uncertain number is drawn as, too.
    pub(super) fn keep_inputs(&mut self, drawn: Drawn) -> Result<(), FolderError> {
        self.files.keep_inputs(drawn)
    }

    /// Publishes the files. `spent` is removed with that.
    pub(super) fn publish(
        mut self,
        seed: u64,
        made: &Range<u64>,
        wanted: &Range<u64>,
        spent: Option<PathBuf>,
    ) -> Result<Gathered<'a>, Failure> {
        if let Some(spent) = spent {
            self.files.remove_at_the_end(spent);
        }
        let Gathering { selection, files, tallies } = self;
        let ledger = selection.ledger();
        let manifest = selection.manifest(seed, made, wanted);
        let paths = files.publish(&tallies, &selection.loaded.one_file(), &ledger, manifest)?;
        let (runs, shares) = (made.end - made.start, ledger.shares());
        Ok(Gathered { selection, tallies, shares, paths, seed, runs })
    }
}

/// A batch that is finished, with its files.
pub(super) struct Gathered<'a> {
    selection: &'a Selection<'a>,
    tallies: Vec<Tally>,
    shares: Shares,
    /// In the order in which they are shown.
    pub(super) paths: Vec<PathBuf>,
    seed: u64,
    runs: u64,
}

impl Gathered<'_> {
    /// Shows the odds. Says whether everything came out as the scenario's author expects.
    pub(super) fn show(&self, ending: Option<&Ending>, quiet: bool) -> Result<bool, Failure> {
        let Gathered { selection, tallies, .. } = self;
        let Selection { loaded, ready, names, .. } = selection;
        let verdicts = selection.judge(tallies);
        let about = &loaded.scenario().expect("a scenario that compiled has loaded").scenario;
        let plans = names.iter().zip(tallies).map(|(name, tally)| PlanOdds { name, tally }).collect();
        let odds = Odds {
            about,
            columns: &ready.columns,
            plans,
            verdicts: &verdicts,
            shares: self.shares,
            hidden_costs: loaded.scenario().is_some_and(hides_speech_costs),
            runs: self.runs,
        };
        let mut out = anstream::stdout().lock();
        if !quiet {
            odds.write_heading(loaded.id(), self.seed, &mut out)?;
        }
        if let Some(ending) = ending {
            write_ending(ending, &mut out)?;
        }
        odds.write(&mut out)?;
        if !quiet {
            writeln!(out)?;
            for path in &self.paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        Ok(verdicts.iter().flatten().all(|verdict| verdict.holds))
    }
}

impl Selection<'_> {
    /// What became of each expectation; nothing for one about a plan that was not run.
    fn judge(&self, tallies: &[Tally]) -> Vec<Option<Verdict>> {
        let position_of = |plan: usize| self.positions.iter().position(|&chosen| chosen == plan);
        let by_plan: Vec<Option<&Tally>> =
            (0..self.ready.plans.len()).map(|plan| position_of(plan).map(|position| &tallies[position])).collect();
        self.ready.expectations.iter().map(|expectation| expectation.judge(&by_plan)).collect()
    }
}
