//! `canvass batch`: many runs, and what they add up to.

use super::exit::Exit;
use super::export::Artefacts;
use super::failure::Failure;
use super::lineup::record;
use super::odds::{Odds, PlanOdds};
use super::prepare::{self, Ready};
use super::until::{Until, write_ending};
use super::words::{count, plural};
use super::{Global, interrupt, positive_number, whole_number};
use crate::engine::streams::LAYOUT_VERSION;
use crate::report::{BatchFiles, FORMAT, GeneratorRecord, Manifest, RunsRecord};
use crate::scenario::Loaded;
use crate::study::Tally;
use crate::study::batch::Settings;
use crate::study::expectation::Verdict;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass batch scenarios/starter-results-site.toml
      All plans side by side; tables go to outputs/starter-results-site.
  canvass batch my-county.toml --runs 20000 --plan today --plan with-mirror
      More runs of two plans, for tighter intervals.
  canvass batch my-county.toml --first 2000 --runs 8000 -o outputs/the-rest
      Only the runs from 2000 to 9999, as after an interruption.

Exit codes: 0 done, 1 failed, 2 the scenario is wrong, 3 one of its checks does
not hold, 130 interrupted with the finished runs kept.";

/// Make many runs: odds with their uncertainty, and tables
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Batch {
    /// The scenario
    file: PathBuf,
    /// How many runs of each plan; the scenario's own number, without it
    #[arg(long, value_name = "N", value_parser = positive_number)]
    runs: Option<u64>,
    #[command(flatten)]
    until: Until,
    /// The master seed; the scenario's own, without it
    #[arg(long, value_name = "N", value_parser = whole_number)]
    seed: Option<u64>,
    /// Only this plan; may be given several times
    #[arg(long, value_name = "NAME")]
    plan: Vec<String>,
    /// Number of the first run
    #[arg(long, value_name = "N", default_value = "0", value_parser = whole_number)]
    first: u64,
    /// Folder for the files; outputs/<scenario>, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    artefacts: Artefacts,
}

impl Batch {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        self.artefacts.possible()?;
        let (loaded, ready) = prepare::open(&self.file, global.quiet)?;
        let about = &loaded.scenario().expect("a scenario that compiled has loaded").scenario;
        let chosen = self.chosen(&ready)?;
        let names: Vec<String> = chosen.iter().map(|&plan| ready.plans[plan].name.clone()).collect();
        let wanted = self.until.first_wave(self.runs, about.runs);
        let end = self.first.checked_add(wanted).ok_or_else(|| Failure::bad_input("there are no such runs"))?;
        let settings = Settings {
            seed: self.seed.unwrap_or(about.seed),
            runs: self.first..end,
            threads: global.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
        };
        let folder = self.output.clone().unwrap_or_else(|| Path::new("outputs").join(loaded.id()));
        let described: Vec<(&str, _)> = names.iter().map(|name| (name.as_str(), &ready.columns)).collect();
        let precision = self.until.read(&described)?;
        let mut files = BatchFiles::open(&folder, &ready.columns, &names)?;
        let stop = interrupt::watch()?;

        let plans: Vec<_> = chosen.iter().map(|&plan| &ready.plans[plan].model).collect();
        let mut tallies = vec![Tally::new(&ready.columns); plans.len()];
        let finished = self.until.run(precision, &plans, &settings, &stop, global.quiet, |run, outcomes| {
            tallies.iter_mut().zip(outcomes).for_each(|(tally, outcome)| tally.push(&ready.columns, outcome));
            files.write(run, outcomes)
        })?;
        let made = finished.runs;
        let settings = Settings { runs: finished.wanted, ..settings };
        let whole = made == settings.runs;
        if made.is_empty() {
            anstream::eprintln!("interrupted before any run was finished; nothing was written");
            return Ok(Exit::Interrupted);
        }
        let mut paths = files.publish(&tallies, manifest(&loaded, &settings, &names, &made))?;

        paths.extend(self.artefacts.make(&[&folder])?);
        let verdicts = judge(&ready, &chosen, &tallies);
        let plans = names.iter().zip(&tallies).map(|(name, tally)| PlanOdds { name, tally }).collect();
        let odds = Odds { about, columns: &ready.columns, plans, verdicts: &verdicts, runs: made.end - made.start };
        let mut out = anstream::stdout().lock();
        if !global.quiet {
            odds.write_heading(loaded.id(), settings.seed, &mut out)?;
        }
        if let Some(ending) = &finished.ending {
            write_ending(ending, &mut out)?;
        }
        odds.write(&mut out)?;
        if !global.quiet {
            writeln!(out)?;
            for path in &paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        if !whole {
            self.say_how_to_go_on(&made, &settings, &folder);
            return Ok(Exit::Interrupted);
        }
        let held = verdicts.iter().flatten().all(|verdict| verdict.holds);
        Ok(if held { Exit::Done } else { Exit::CheckFailed })
    }

    /// Positions of the plans to run, in the order of the file.
    fn chosen(&self, ready: &Ready) -> Result<Vec<usize>, Failure> {
        if self.plan.is_empty() {
            return Ok((0..ready.plans.len()).collect());
        }
        let mut chosen =
            self.plan.iter().map(|name| prepare::plan_named(ready, name)).collect::<Result<Vec<usize>, Failure>>()?;
        chosen.sort_unstable();
        chosen.dedup();
        Ok(chosen)
    }

    fn say_how_to_go_on(&self, made: &Range<u64>, settings: &Settings, folder: &Path) {
        let options = |first: u64| {
            let plans: String = self.plan.iter().map(|name| format!(" --plan {name}")).collect();
            let first_option = if first == 0 { String::new() } else { format!(" --first {first}") };
            let runs = settings.runs.end - first;
            format!("{} --seed {}{plans}{first_option} --runs {runs}", self.file.display(), settings.seed)
        };
        let finished = made.end - made.start;
        let all = settings.runs.end - settings.runs.start;
        anstream::eprintln!(
            "\ninterrupted after {} of {}; those are kept in {}\n  all of it again:  canvass batch {} -o {}\n  \
             the rest alone:   canvass batch {} -o {}-from-{}",
            count(finished),
            plural(all, "run"),
            folder.display(),
            options(settings.runs.start),
            folder.display(),
            options(made.end),
            folder.display(),
            made.end,
        );
    }
}

/// What became of each expectation; nothing for one about a plan that was not run.
fn judge(ready: &Ready, chosen: &[usize], tallies: &[Tally]) -> Vec<Option<Verdict>> {
    let tally_of = |plan: usize| chosen.iter().position(|&chosen| chosen == plan).map(|position| &tallies[position]);
    let by_plan: Vec<Option<&Tally>> = (0..ready.plans.len()).map(tally_of).collect();
    ready.expectations.iter().map(|expectation| expectation.judge(&by_plan)).collect()
}

fn manifest(loaded: &Loaded, settings: &Settings, plans: &[String], made: &Range<u64>) -> Manifest {
    Manifest {
        format: FORMAT,
        canvass: env!("CARGO_PKG_VERSION"),
        scenario: record(loaded),
        seed: settings.seed,
        generator: GeneratorRecord { name: "ChaCha8", layout: LAYOUT_VERSION },
        plans: plans.to_vec(),
        runs: RunsRecord {
            first: made.start,
            count: made.end - made.start,
            requested: settings.runs.end - settings.runs.start,
        },
        complete: *made == settings.runs,
        files: Vec::new(),
    }
}

/// A bar with rate and time left, on a terminal; nothing anywhere else.
pub(super) fn progress(runs: u64, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        // A bar that cannot be drawn is not worth an error.
        let _ = write!(out, "{}/s", count(state.per_sec() as u64));
    };
    let style = ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} runs  {rate}  {eta} left")
        .expect("the template is a constant and is well formed")
        .with_key("rate", rate);
    ProgressBar::with_draw_target(Some(runs), target).with_style(style)
}
