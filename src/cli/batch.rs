//! `canvass batch`: many runs, and what they add up to.

use super::exit::Exit;
use super::export::Artefacts;
use super::failure::Failure;
use super::gathering::Selection;
use super::journal::{Found, GO_ON, Journal};
use super::prepare;
use super::until::Until;
use super::words::{count, plural};
use super::{Global, interrupt, positive_number, whole_number};
use crate::study::Noting;
use crate::study::batch::Settings;
use crate::study::sensitivity::Drawn;
use crate::world::Outcome;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Display;
use std::ops::Range;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass batch scenarios/starter-results-site.toml
      All plans side by side; tables go to outputs/starter-results-site.
  canvass batch my-county.toml --runs 20000 --plan today --plan with-mirror
      More runs of two plans, for tighter intervals.
  canvass batch my-county.toml --resume
      Go on with a batch that was interrupted or killed, as it was asked for.

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
    /// Number of the first run; 0, without it
    #[arg(long, value_name = "N", value_parser = whole_number)]
    first: Option<u64>,
    /// Keep what every uncertain number is drawn as too, in inputs.csv, for `drivers` and `discover`
    #[arg(long, conflicts_with = "resume")]
    inputs: bool,
    /// Folder for the files; outputs/<scenario>, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    artefacts: Artefacts,
    /// Go on where an interrupted or killed batch in this folder stopped, with the options it had
    #[arg(long)]
    resume: bool,
}

impl Batch {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        self.artefacts.possible()?;
        let (loaded, ready) = prepare::open(&self.file, global.quiet)?;
        let about = &loaded.scenario().expect("a scenario that compiled has loaded").scenario;
        let folder = self.output.clone().unwrap_or_else(|| Path::new("outputs").join(loaded.id()));
        let found = if self.resume { Found::look(&folder, &ready.columns)? } else { None };
        let before = found.as_ref().map(|found| &found.head);
        let until = self.until.or_as_before(before)?;
        let seed = or_as_before("--seed", self.seed, before.map(|head| head.origin.seed))?.unwrap_or(about.seed);
        let first = or_as_before("--first", self.first, before.map(|head| head.first))?.unwrap_or(0);
        let runs = or_as_before("--runs", self.runs, before.map(|head| head.requested))?;
        let plans = before.filter(|_| self.plan.is_empty()).map_or(&self.plan, |head| &head.origin.plans);
        let selection = Selection::new(&loaded, &ready, plans)?;
        let wanted = until.first_wave(runs, about.runs);
        let end = first.checked_add(wanted).ok_or_else(|| Failure::bad_input("there are no such runs"))?;
        let settings = Settings { seed, runs: first..end, threads: global.thread_count() };
        let described: Vec<(&str, _)> = selection.names.iter().map(|name| (name.as_str(), &ready.columns)).collect();
        let precision = until.read(&described)?;
        let origin = selection.origin(seed);
        if let Some(found) = &found {
            found.is_of(&origin)?;
        }

        let mut gathering = selection.gather(&folder)?;
        if self.inputs {
            gathering.keep_inputs(Drawn::of(&selection.models()))?;
        }
        let mut journal = match found {
            Some(found) => Journal::go_on(found, &ready.columns)?,
            None => Journal::begin(&folder, origin, &settings, &until)?,
        };
        if !global.quiet && (self.resume || journal.replaced) {
            match journal.found {
                _ if journal.replaced => {
                    anstream::eprintln!(
                        "an unfinished batch in {} is begun anew; --resume goes on with one",
                        folder.display()
                    );
                }
                0 => anstream::eprintln!("no finished runs in {}: beginning with run {first}", folder.display()),
                runs => anstream::eprintln!("going on after {} in {}", plural(runs, "run"), folder.display()),
            }
        }
        let stop = interrupt::watch()?;
        let Journal { past, writer, .. } = &mut journal;
        let models = selection.models();
        let bar = until.bar(&settings, global.quiet);
        let take = |run: u64, outcomes: &[Outcome]| {
            bar.inc(1);
            let kept = writer.push(run, outcomes).and_then(|()| gathering.take(run, outcomes));
            kept.map_err(|error| Failure::from(error).hint(GO_ON))
        };
        let finished = if self.inputs {
            let recorded: Vec<_> = models.iter().copied().map(Noting::inputs).collect();
            until.run(precision, &recorded, &settings, past, &stop, take)
        } else {
            until.run(precision, &models, &settings, past, &stop, take)
        };
        bar.finish_and_clear();
        let finished = finished?;
        writer.put_down().map_err(|error| Failure::from(error).hint(GO_ON))?;
        let (made, wanted) = (finished.runs, finished.wanted);
        if made.is_empty() {
            journal.discard();
            anstream::eprintln!("interrupted before any run was finished; nothing was written");
            return Ok(Exit::Interrupted);
        }
        let whole = made == wanted;
        let spent = whole.then(|| journal.path.clone());
        let mut gathered = gathering.publish(seed, &made, &wanted, spent).map_err(|failure| failure.hint(GO_ON))?;
        gathered.paths.extend(self.artefacts.make(&[&folder])?);
        let held = gathered.show(finished.ending.as_ref(), global.quiet)?;
        if !whole {
            self.say_how_to_go_on(seed, &made, &wanted, &folder);
            return Ok(Exit::Interrupted);
        }
        Ok(if held { Exit::Done } else { Exit::CheckFailed })
    }

    fn say_how_to_go_on(&self, seed: u64, made: &Range<u64>, wanted: &Range<u64>, folder: &Path) {
        let plans: String = self.plan.iter().map(|name| format!(" --plan {name}")).collect();
        let (file, end) = (self.file.display(), made.end);
        let finished = count(end - made.start);
        let all = plural(wanted.end - wanted.start, "run");
        anstream::eprintln!(
            "\ninterrupted after {finished} of {all}; those are kept in {0}\n  \
             to go on:        canvass batch {file} -o {0} --resume\n  \
             the rest alone:  canvass batch {file} --seed {seed}{plans} --first {end} --runs {1} -o {0}-from-{end}",
            folder.display(),
            wanted.end - end,
        );
    }
}

/// An option, or what it was for the batch that is gone on with. It cannot be another.
fn or_as_before<T: Copy + PartialEq + Display>(
    name: &str,
    given: Option<T>,
    before: Option<T>,
) -> Result<Option<T>, Failure> {
    match (given, before) {
        (Some(given), Some(before)) if given != before => Err(not_as_before(name, &given, &before)),
        _ => Ok(given.or(before)),
    }
}

/// A batch goes on with the options that it had.
pub(super) fn not_as_before(name: &str, given: &dyn Display, before: &dyn Display) -> Failure {
    Failure::bad_input(format!("the interrupted batch was asked for with {name} {before}, not {given}"))
        .hint(format!("leave out {name} to go on with it, or leave out --resume to begin anew"))
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
