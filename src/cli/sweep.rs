//! `canvass sweep`: the uncertain numbers are chosen by a design instead of drawn.

use super::exit::Exit;
use super::failure::Failure;
use super::origin::{Runs, Studied, outcome_named};
use super::style::{DIM, HEADING, paint};
use super::words::{self, WIDTH, cut, padded, plural, wrapped};
use super::{Global, batch, interrupt, positive_number};
use crate::report::{SWEEP_FORMAT, StudyFiles, SweepRow, write_indices, write_points};
use crate::study::one_at_a_time::Reading;
use crate::study::sensitivity::Sample;
use crate::study::sensitivity::design::{Estimate, MorrisDesign, Point, SobolDesign, grid};
use crate::study::sweep::Sweep;
use crate::world::{Column, Input};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass sweep my-county.toml --for dark-page --design sobol -n 4096
      Shares of the variance, alone and with others, with intervals.
  canvass sweep my-county.toml --design morris -n 50 --all-inputs
      A cheap screening of every number that is drawn, named or not.
  canvass sweep my-county.toml --design grid -n 5
      Five levels of every named uncertainty, in all combinations.

A number that is chosen has that value whenever it is used in the run.";

/// Rows that are shown for one outcome.
const SHOWN: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Sobol's indices from scrambled sequences
    Sobol,
    /// Morris's screening
    Morris,
    /// Every combination of some levels
    Grid,
}

/// What a design works out from the answers at its points.
enum Design {
    Sobol(SobolDesign),
    Morris(MorrisDesign),
    Grid,
}

/// Choose the uncertain numbers by a design
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SweepCommand {
    /// The scenario
    file: PathBuf,
    /// The design
    #[arg(long, value_enum, default_value = "sobol")]
    design: Kind,
    /// Sobol: base points in all; Morris: walks; grid: levels
    #[arg(short, value_name = "N", value_parser = positive_number)]
    n: Option<u64>,
    /// The contingency or measure; all of them, without it
    #[arg(long = "for", value_name = "OUTCOME")]
    outcome: Option<String>,
    /// Choose every number that is drawn, not only named uncertainties
    #[arg(long)]
    all_inputs: bool,
    #[command(flatten)]
    runs: Plan,
    /// Folder for the files; outputs/<scenario>-sweep, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Which plan and seed.
#[derive(Debug, clap::Args)]
struct Plan {
    /// The plan; the first, without it
    #[arg(long, value_name = "NAME")]
    plan: Option<String>,
    /// The master seed; the scenario's own, without it
    #[arg(long, value_name = "N", value_parser = super::whole_number)]
    seed: Option<u64>,
}

impl SweepCommand {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let runs = Runs { plan: self.runs.plan.clone(), runs: None, seed: self.runs.seed };
        let studied = Studied::open(&self.file, &runs, global)?;
        let model = &studied.plan().model;
        let inputs: Vec<usize> = (0..model.inputs().len())
            .filter(|&place| self.all_inputs || model.inputs()[place].uncertainty.is_some())
            .collect();
        self.check(&studied, &inputs)?;
        let (design, points) = self.points(inputs.len())?;
        let sample = Sample::of(model, &studied.plan().name);
        if let Some(id) = &self.outcome {
            outcome_named(&sample, id, |_| true)?;
        }
        let contingencies = model.contingencies().iter().enumerate();
        let contingencies = contingencies.map(|(place, column)| (column, Reading::Contingency(place)));
        let measures = model.measures().iter().enumerate().map(|(place, column)| (column, Reading::Measure(place)));
        let asked = |(column, _): &(&Column, Reading)| self.outcome.as_ref().is_none_or(|id| *id == column.id);
        let read: Vec<(&Column, Reading)> = contingencies.chain(measures).filter(asked).collect();
        let readings: Vec<Reading> = read.iter().map(|(_, reading)| *reading).collect();

        let folder =
            self.output.clone().unwrap_or_else(|| Path::new("outputs").join(format!("{}-sweep", studied.loaded.id())));
        let mut files = StudyFiles::open(&folder, SWEEP_FORMAT)?;
        let stop = interrupt::watch()?;
        let bar = batch::progress(points.len() as u64, global.quiet);
        let sweep = Sweep { model, inputs: &inputs, points: &points, readings: &readings };
        let answers = sweep.run(studied.settings.seed, studied.settings.threads, &stop, || bar.inc(1));
        bar.finish_and_clear();
        let answers = answers.map_err(|error| Failure::failed(error.to_string()))?;
        if answers.first().is_some_and(|answers| answers.len() < points.len()) {
            anstream::eprintln!("interrupted; a design says nothing before it is whole, and nothing was written");
            return Ok(Exit::Interrupted);
        }
        let chosen: Vec<&Input> = inputs.iter().map(|&place| &model.inputs()[place]).collect();
        let rows: Vec<SweepRow> = read
            .iter()
            .zip(&answers)
            .flat_map(|((column, _), answers)| rows(&design, &column.id, &chosen, answers))
            .collect();
        write_indices(&mut files, &studied.plan().name, &rows)?;
        let columns: Vec<(&Column, bool)> =
            read.iter().map(|(column, reading)| (*column, matches!(reading, Reading::Contingency(_)))).collect();
        write_points(&mut files, &chosen, &points, &columns, &answers)?;
        let options = BTreeMap::from([("design".to_owned(), format!("{:?}", self.design).to_lowercase())]);
        let mut manifest = studied.manifest(SWEEP_FORMAT, options);
        manifest.runs.count = points.len() as u64;
        manifest.runs.requested = points.len() as u64;
        let paths = files.publish(manifest)?;

        let mut out = anstream::stdout().lock();
        let about = format!(
            "{} of {} inputs, plan {}",
            plural(points.len() as u64, "point"),
            chosen.len(),
            studied.plan().name
        );
        writeln!(out, "{}", paint(DIM, &about))?;
        for (column, _) in &read {
            write(column, &rows, &mut out)?;
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

    /// Whether a design makes sense for these inputs.
    fn check(&self, studied: &Studied, inputs: &[usize]) -> Result<(), Failure> {
        if inputs.is_empty() {
            return Err(Failure::bad_input("the scenario has no [uncertainty.…] that is drawn")
                .hint("choose all numbers that are drawn with --all-inputs"));
        }
        let correlated = studied.loaded.scenario().is_some_and(|scenario| !scenario.correlation.is_empty());
        if correlated && self.design != Kind::Grid {
            return Err(Failure::bad_input("these indices are only defined for inputs that do not move together")
                .hint("take the correlations out, or use `canvass drivers`, which does not ask for that"));
        }
        Ok(())
    }

    fn points(&self, inputs: usize) -> Result<(Design, Vec<Point>), Failure> {
        let n = self.n.and_then(|n| usize::try_from(n).ok());
        match self.design {
            Kind::Sobol => {
                let n = n.unwrap_or(1_024);
                let design = SobolDesign::new(inputs, n).ok_or_else(|| {
                    Failure::bad_input(format!("Sobol's design takes at most 25 inputs, and there are {inputs}"))
                        .hint("screen them first with --design morris")
                })?;
                Ok((Design::Sobol(design), design.points()))
            }
            Kind::Morris => {
                let design = MorrisDesign::new(inputs, n.unwrap_or(40));
                let points = design.points();
                Ok((Design::Morris(design), points))
            }
            Kind::Grid => {
                let points = grid(inputs, n.unwrap_or(3)).ok_or_else(|| {
                    Failure::bad_input("that grid has more than 100,000 points")
                        .hint("take fewer levels with -n, or another design")
                })?;
                Ok((Design::Grid, points))
            }
        }
    }
}

fn rows(design: &Design, outcome: &str, inputs: &[&Input], answers: &[f64]) -> Vec<SweepRow> {
    let row = |place: usize, stat, estimate| SweepRow {
        outcome: outcome.to_owned(),
        input: inputs[place].column.id.clone(),
        stat,
        estimate,
    };
    let bare = |value| Estimate { value, interval: None };
    match design {
        Design::Sobol(design) => {
            let indices = design.indices(answers).into_iter().enumerate();
            indices
                .filter_map(|(place, found)| Some((place, found?)))
                .flat_map(|(place, found)| [row(place, "total", found.total), row(place, "first", found.first)])
                .collect()
        }
        Design::Morris(design) => {
            let effects = design.effects(answers).into_iter().enumerate();
            effects
                .flat_map(|(place, found)| {
                    let (mu, sigma) = (bare(found.mu), bare(found.sigma));
                    [row(place, "mu_star", found.mu_star), row(place, "mu", mu), row(place, "sigma", sigma)]
                })
                .collect()
        }
        Design::Grid => Vec::new(),
    }
}

/// The leading figure of each input, greatest first, and what the greatest means in a sentence.
fn write(column: &Column, rows: &[SweepRow], out: &mut impl Write) -> io::Result<()> {
    let leading = |row: &&SweepRow| row.outcome == column.id && matches!(row.stat, "total" | "mu_star");
    let mut shown: Vec<&SweepRow> = rows.iter().filter(leading).filter(|row| row.estimate.value.is_finite()).collect();
    shown.sort_by(|a, b| b.estimate.value.total_cmp(&a.estimate.value));
    let Some(first) = shown.first() else { return Ok(()) };
    writeln!(out, "\n{}", paint(HEADING, &cut(&column.title, WIDTH)))?;
    let total = first.stat == "total";
    let told = if total {
        format!("{} has the largest part in its variance, alone or together with others.", first.input)
    } else {
        format!("{} moves it most over its whole range.", first.input)
    };
    wrapped(&told, WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    for row in shown.iter().take(SHOWN) {
        let figure = |value: f64| if total { format!("{:.0} %", value * 100.0) } else { words::number(value) };
        let interval = row
            .estimate
            .interval
            .map_or_else(String::new, |interval| format!(" ({} to {})", figure(interval.low), figure(interval.high)));
        writeln!(out, "  {}  {}{interval}", padded(&cut(&row.input, 40), 40), figure(row.estimate.value))?;
    }
    Ok(())
}
