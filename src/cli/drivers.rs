//! `canvass drivers`: which uncertain inputs move an outcome.

use super::exit::Exit;
use super::failure::Failure;
use super::origin::{Runs, Studied, extent, given, outcome_named};
use super::style::{DIM, HEADING, paint};
use super::words::{self, WIDTH, cut, padded, padded_left, wrapped};
use super::{Global, batch, interrupt};
use crate::report::{DRIVERS_FORMAT, StudyFiles, write_assumptions, write_drivers, write_inputs, write_swings};
use crate::scenario::Basis;
use crate::study::assumptions::{Asked, Doubt, Doubts, vary};
use crate::study::batch::Settings;
use crate::study::drivers::{Driver, Drivers};
use crate::study::one_at_a_time::{Reading, Swing, one_at_a_time};
use crate::study::sensitivity::OutcomeColumn;
use crate::world::{Ledger, Unit};
use std::io::{self, Write};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass drivers my-county.toml --for dark-page
      Make the runs, and rank every number that is drawn in them.
  canvass drivers outputs/my-county --for reach
      The same from a batch that was made with --inputs. From any other batch
      only its named uncertainties can be ranked.
  canvass drivers my-county.toml --for dark-page --one-at-a-time --assumed
      Hold each number that is drawn low, at its median and high as well, and put
      every number without evidence, built in or written, at the two ends of its
      range in turn.

An index is the share of the outcome's variance that goes with one input alone.
What lies below the noise bar is not told apart from chance.";

/// Drivers that are shown.
const SHOWN: usize = 12;

/// Runs at each level of the one-at-a-time view, at most.
const RUNS_A_LEVEL: u64 = 400;

/// Find which uncertain numbers move an outcome
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct DriversCommand {
    /// The scenario, or a folder of results
    #[arg(value_name = "FILE|OUTPUT")]
    path: PathBuf,
    /// The contingency or measure; all of them, without it
    #[arg(long = "for", value_name = "OUTCOME")]
    outcome: Option<String>,
    #[command(flatten)]
    runs: Runs,
    /// Hold each input at its 5th, 50th and 95th percentile as well; needs --for and a scenario
    #[arg(long, requires = "outcome")]
    one_at_a_time: bool,
    /// Put each number without evidence at the ends of its range as well; needs --for and a scenario
    #[arg(long, requires = "outcome")]
    assumed: bool,
    /// Folder for the files; outputs/<scenario>-drivers, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl DriversCommand {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let given = given(&self.path, &self.runs, global, DRIVERS_FORMAT, "drivers")?;
        let sample = &given.sample;
        let chosen: Vec<&OutcomeColumn> = match &self.outcome {
            Some(id) => vec![outcome_named(sample, id, |_| true)?],
            None => sample.outcomes.iter().collect(),
        };
        if sample.inputs.is_empty() && !self.assumed {
            return Err(Failure::bad_input("nothing is drawn in these runs under a name of its own")
                .hint("name the scenario instead, or make the batch with --inputs: then all that is drawn counts"));
        }
        if self.one_at_a_time && given.studied.is_none() {
            return Err(Failure::bad_input("--one-at-a-time makes new runs, and so needs the scenario"));
        }
        if self.assumed && given.studied.is_none() {
            return Err(Failure::bad_input("--assumed makes new runs, and so needs the scenario"));
        }
        let folder = self.output.clone().unwrap_or(given.folder);
        let mut files = StudyFiles::open(&folder, DRIVERS_FORMAT)?;
        let found: Vec<Drivers> = chosen.iter().map(|outcome| Drivers::of(sample, outcome)).collect();
        write_drivers(&mut files, &found)?;
        let mut swings = Vec::new();
        if let (Some(studied), true) = (&given.studied, self.one_at_a_time) {
            swings = self.swings(studied, chosen[0], global)?;
            write_swings(&mut files, &sample.plan, &chosen[0].column.id, &swings)?;
        }
        let mut doubts = None;
        if let (Some(studied), true) = (&given.studied, self.assumed) {
            let found = self.doubts(studied, chosen[0], global)?;
            write_assumptions(&mut files, &sample.plan, &chosen[0].column.id, &found)?;
            doubts = Some(found);
        }
        if given.studied.is_some() {
            write_inputs(&mut files, sample)?;
        }
        let paths = files.publish(given.manifest)?;

        let mut out = anstream::stdout().lock();
        for drivers in &found {
            write(drivers, &mut out)?;
        }
        if given.named_only {
            let told = "These are the named uncertainties alone: a batch made with --inputs keeps all that is drawn.";
            wrapped(told, WIDTH).iter().try_for_each(|line| writeln!(out, "{}", paint(DIM, line)))?;
        }
        if !swings.is_empty() {
            write_view(&swings, &chosen[0].column.unit, &mut out)?;
        }
        if let Some(doubts) = &doubts {
            if !swings.is_empty() {
                writeln!(out)?;
            }
            write_doubts(doubts, chosen[0], &mut out)?;
        }
        if !global.quiet {
            writeln!(out)?;
            for path in &paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        Ok(Exit::Done)
    }

    fn swings(&self, studied: &Studied, outcome: &OutcomeColumn, global: &Global) -> Result<Vec<Swing>, Failure> {
        let model = &studied.plan().model;
        let Some(reading) = Reading::named(model, &outcome.column.id) else { return Ok(Vec::new()) };
        let settings = few_runs(studied);
        let stop = interrupt::watch()?;
        let bar = batch::progress(model.inputs().len() as u64, global.quiet);
        let swings = one_at_a_time(model, reading, &settings, &stop, || bar.inc(1));
        bar.finish_and_clear();
        swings.map_err(|error| Failure::failed(error.to_string()))
    }

    fn doubts(&self, studied: &Studied, outcome: &OutcomeColumn, global: &Global) -> Result<Doubts, Failure> {
        let plan = studied.plan();
        let mut ledger = Ledger::default();
        ledger.add(&plan.name, &studied.loaded.numbers(&plan.name, &[]), &plan.model);
        let assumptions = ledger.assumptions();
        let asked =
            Asked { loaded: &studied.loaded, plan: &plan.name, model: &plan.model, outcome: &outcome.column.id };
        let stop = interrupt::watch()?;
        let bar = batch::progress(assumptions.len() as u64, global.quiet);
        let doubts = vary(asked, assumptions, &few_runs(studied), &stop, || bar.inc(1));
        bar.finish_and_clear();
        if stop.load(std::sync::atomic::Ordering::Relaxed) {
            return Err(Failure::silent(Exit::Interrupted));
        }
        doubts.map_err(|error| Failure::failed(error.to_string()))
    }
}

/// The first runs of a study, no more than a level of a view needs.
fn few_runs(studied: &Studied) -> Settings {
    let all = &studied.settings.runs;
    Settings { runs: all.start..all.end.min(all.start + RUNS_A_LEVEL), ..studied.settings.clone() }
}

fn basis(driver: &Driver) -> &'static str {
    match driver.basis {
        Some(Basis::Cited) => "cited",
        Some(Basis::Estimated) => "estimated",
        Some(Basis::Assumed) => "assumed",
        None => "not said",
    }
}

/// What the first driver is, in a sentence.
fn sentence(drivers: &Drivers) -> String {
    let answer = if drivers.contingency {
        format!("Whether it happens (\u{201c}{}\u{201d})", drivers.outcome.title)
    } else {
        format!("\u{201c}{}\u{201d}", drivers.outcome.title)
    };
    let Some(first) = drivers.found().next() else {
        return format!(
            "{answer} rests on no single input that can be told from chance in {}.",
            words::plural(drivers.n as u64, "run")
        );
    };
    let roll = first.column.unit == Unit::Truth;
    let kind = match (first.basis, roll) {
        (Some(Basis::Cited), false) => "which is cited",
        (Some(Basis::Estimated), false) => "which is an estimate",
        (Some(Basis::Assumed), false) => "which is an assumption",
        (Some(Basis::Cited), true) => "a chance that is cited",
        (Some(Basis::Estimated), true) => "a chance that is an estimate",
        (Some(Basis::Assumed), true) => "a chance that is an assumption",
        (None, false) => "whose basis the scenario does not give",
        (None, true) => "a chance whose basis the scenario does not give",
    };
    let share = match (first.index, first.index_interval) {
        (Some(index), Some(interval)) => {
            format!(", and goes with {} of its variance", words::share(index.max(0.0), interval))
        }
        _ => String::new(),
    };
    let way = match first.correlation {
        _ if first.not_monotone => "; it works, but not in one direction",
        Some(correlation) if roll => {
            if correlation > 0.0 {
                "; a yes makes for more of this"
            } else {
                "; a yes makes for less of this"
            }
        }
        Some(correlation) if correlation > 0.0 => "; more of it means more of this",
        Some(_) => "; more of it means less of this",
        None => "",
    };
    format!("{answer} rests most on {}, {kind}{share}{way}.", first.column.id)
}

fn write(drivers: &Drivers, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", paint(HEADING, &cut(&format!("What drives {}", drivers.outcome.id), WIDTH)))?;
    if drivers.n == 0 || drivers.drivers.iter().all(|driver| driver.index.is_none()) {
        let told = format!("It is the same in all {}, so nothing drives it.", extent(drivers.n, &drivers.plan));
        wrapped(&told, WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))?;
        return writeln!(out);
    }
    for line in wrapped(&sentence(drivers), WIDTH) {
        writeln!(out, "{line}")?;
    }
    let (same, of) = drivers.agreement;
    let steady = match (same, of) {
        (_, 0) => String::new(),
        (same, of) if same == of => format!(" The first {of} are the same in both halves of the runs."),
        (same, of) => format!(" Of the first {of}, {same} are the same in both halves of the runs: make more runs."),
    };
    let about = format!("{}.{steady}", extent(drivers.n, &drivers.plan));
    for line in wrapped(&about, WIDTH) {
        writeln!(out, "{}", paint(DIM, &line))?;
    }
    let found: Vec<&Driver> = drivers.found().take(SHOWN).collect();
    if !found.is_empty() {
        let room = 32;
        let head = format!(
            "  {}  {}  {:>21}  {}",
            padded("input", room),
            padded_left("rank corr.", 10),
            "share of variance",
            "basis"
        );
        writeln!(out, "\n{}", paint(DIM, &head))?;
    }
    for driver in found {
        let correlation = driver.correlation.map_or_else(|| "-".to_owned(), |correlation| format!("{correlation:+.2}"));
        let share = match (driver.index, driver.index_interval) {
            (Some(index), Some(interval)) => format!(
                "{:.0} % ({:.0} to {:.0} %)",
                index.max(0.0) * 100.0,
                interval.low * 100.0,
                interval.high * 100.0
            ),
            _ => "-".to_owned(),
        };
        writeln!(
            out,
            "  {}  {}  {}  {}",
            padded(&cut_left(&driver.column.id, 32), 32),
            padded_left(&correlation, 10),
            padded_left(&share, 21),
            basis(driver)
        )?;
    }
    let below = drivers.drivers.len() - drivers.found().count();
    if let Some(bar) = drivers.index_bar {
        let told = format!(
            "{} below the noise bar (share of variance {:.1} %, rank correlation {:.2}).",
            words::plural(below as u64, "input"),
            bar * 100.0,
            drivers.correlation_bar
        );
        writeln!(out, "  {}", paint(DIM, &told))?;
    }
    writeln!(out)
}

/// A path cut to a width at its front, since its end says most.
fn cut_left(text: &str, room: usize) -> String {
    let length = text.chars().count();
    if length <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(length + 1 - room).collect();
    format!("…{kept}")
}

/// A mean in a column: for a contingency, the share of runs in which it happened.
fn mean_in_column(mean: Option<f64>, unit: &Unit) -> String {
    let words = match (mean, unit) {
        (None, _) => "-".to_owned(),
        (Some(mean), Unit::Truth) => words::percent_in_column(mean),
        (Some(mean), _) => words::value(mean, unit),
    };
    padded_left(&words, 10)
}

fn write_view(swings: &[Swing], unit: &Unit, out: &mut impl Write) -> io::Result<()> {
    let n = swings.first().map_or(0, |swing| swing.difference.n());
    let head = format!("One at a time: each input held, all else drawn ({} a level)", words::plural(n, "run"));
    writeln!(out, "{}", paint(HEADING, &head))?;
    let head = format!("  {}  {:>10}  {:>10}  {:>10}  clear", padded("input", 32), "at p5", "median", "at p95");
    writeln!(out, "{}", paint(DIM, &head))?;
    for swing in swings.iter().take(SHOWN) {
        let clear = swing.difference.interval().is_some_and(|interval| interval.low > 0.0 || interval.high < 0.0);
        let [low, middle, high] = [0, 1, 2].map(|level| mean_in_column(swing.levels[level].mean(), unit));
        let id = padded(&cut_left(&swing.column.id, 32), 32);
        writeln!(out, "  {id}  {low}  {middle}  {high}  {}", if clear { "yes" } else { "no" })?;
    }
    Ok(())
}

/// Each assumption at the ends of its range: what the outcome becomes, and between which ends it was varied.
fn write_doubts(doubts: &Doubts, outcome: &OutcomeColumn, out: &mut impl Write) -> io::Result<()> {
    let unit = &outcome.column.unit;
    let clear: Vec<&Doubt> = doubts.tried.iter().filter(|doubt| doubt.is_clear()).collect();
    let n = doubts.tried.first().map_or(0, |doubt| doubt.levels[1].n());
    let head = format!("Assumptions: each at the ends of its range, all else as it is ({})", words::plural(n, "run"));
    writeln!(out, "{}", paint(HEADING, &head))?;
    let told = format!(
        "{} of {} without evidence {} the answer (the interval of the move leaves out 0).",
        words::count(clear.len() as u64),
        words::plural((doubts.tried.len() + doubts.untried.len()) as u64, "number"),
        if clear.len() == 1 { "moves" } else { "move" },
    );
    wrapped(&told, WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    if !clear.is_empty() {
        let head = format!("  {}  {:>10}  {:>10}  {:>10}", padded("number", 40), "at low", "as it is", "at high");
        writeln!(out, "{}", paint(DIM, &head))?;
    }
    for doubt in clear.iter().take(SHOWN) {
        let assumption = &doubt.assumption;
        let [low, middle, high] = [0, 1, 2].map(|level| mean_in_column(doubt.levels[level].mean(), unit));
        writeln!(out, "  {}  {low}  {middle}  {high}", padded(&cut_left(&assumption.entry.path, 40), 40))?;
        if let Some([low, high]) = &assumption.ends {
            let range = format!("{} · from {low} to {high}", assumption.entry.written);
            writeln!(out, "      {}", paint(DIM, &cut(&range, WIDTH - 6)))?;
        }
    }
    let more = clear.len().saturating_sub(SHOWN);
    if more > 0 {
        writeln!(out, "  {}", paint(DIM, &format!("and {more} more: assumptions.csv holds all")))?;
    }
    if !doubts.untried.is_empty() {
        let names = doubts.untried.iter().map(|untried| untried.assumption.entry.path.as_str());
        let told = format!("Left as they are (assumptions.csv says why): {}.", names.collect::<Vec<_>>().join(", "));
        for line in wrapped(&told, WIDTH - 2) {
            writeln!(out, "  {}", paint(DIM, &line))?;
        }
    }
    Ok(())
}
