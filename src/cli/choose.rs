//! `canvass choose`: the best responses that a budget allows.

use super::exit::Exit;
use super::failure::Failure;
use super::lineup::{broken, record};
use super::portfolios::Portfolios;
use super::{Global, interrupt, positive_number, prepare, whole_number};
use crate::engine::streams::LAYOUT_VERSION;
use crate::report::{CHOOSE_FORMAT, ChooseFiles, ChosenAmong, GeneratorRecord, RunsRecord, StudyManifest};
use crate::scenario::model::{Response, Scenario};
use crate::scenario::{
    ACCURATE_HELD_BACK, COST, Loaded, Problem, STAFF, Value, WRONG_ACTIONS, closest, hides_speech_costs, list,
};
use crate::study::Columns;
use crate::study::batch::Settings;
use crate::study::choose::{ChooseError, Goal, Method, Terms, choose};
use crate::world::{Model, Unit};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass choose my-county.toml --budget 3 --for dark-page
      The responses for at most 3 points that make it happen least often.
  canvass choose my-county.toml --budget 5 --staff 4 --for confidence
      Those that keep a measure highest, with no more than four at work at once.
  canvass choose my-county.toml --budget 3 --for dark-page \\
                 --select ocba --total-runs 20000
      Pick with that many runs in all, spent where they help most.

Only responses are chosen, never what an adversary does.";

/// Probability of a wrong selection that is allowed.
const OUTSIDE: f64 = 0.05;

/// How the best portfolio is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Select {
    Kn,
    Ocba,
}

/// Find the best responses that a budget allows
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Choose {
    /// The scenario
    file: PathBuf,
    /// What the responses may cost together, each done once, in the scenario's points
    #[arg(long, value_name = "POINTS", value_parser = points)]
    budget: f64,
    /// How many people there are: a choice may need more at once in one run of twenty
    #[arg(long, value_name = "N", value_parser = positive_number)]
    staff: Option<u64>,
    /// The contingency to make rarer, or the measure to make better
    #[arg(long = "for", value_name = "NAME")]
    goal: String,
    /// The smallest difference worth telling apart, as "0.5 %"; a point, or a twentieth of a measure's spread, without it
    #[arg(long, value_name = "AMOUNT")]
    worth: Option<String>,
    /// How many runs the search and the judgement make of each portfolio; the scenario's own number, without it
    #[arg(long, value_name = "N", value_parser = positive_number)]
    runs: Option<u64>,
    /// How the best is picked: `kn` with a stated probability, `ocba` with a fixed number of runs in all
    #[arg(long, value_enum, value_name = "METHOD", default_value_t = Select::Kn)]
    select: Select,
    /// Most runs of each portfolio in the selection by `kn`
    #[arg(long, value_name = "N", value_parser = positive_number, default_value = "64000")]
    max_runs: u64,
    /// Runs of all portfolios together in the selection by `ocba`
    #[arg(long, value_name = "N", value_parser = positive_number, default_value = "20000")]
    total_runs: u64,
    /// The master seed; the scenario's own, without it
    #[arg(long, value_name = "N", value_parser = whole_number)]
    seed: Option<u64>,
    /// Folder for the files; outputs/<scenario>-choose, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Choose {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let (loaded, _) = prepare::open(&self.file, global.quiet)?;
        let scenario = loaded.scenario().expect("a scenario that compiled has loaded");
        let responses: Vec<String> = scenario.response.keys().cloned().collect();
        if responses.is_empty() {
            return Err(Failure::bad_input("there are no responses to choose from"));
        }
        let compile = |portfolio: &[usize]| compiled(&loaded, &responses, portfolio);
        let columns = Columns::of(&compile(&[]).map_err(|problems| broken("none", &problems))?);
        let goal = goal(scenario, &columns, &self.goal)?;
        let settings = Settings {
            seed: self.seed.unwrap_or(scenario.scenario.seed),
            runs: 0..self.runs.unwrap_or(scenario.scenario.runs),
            threads: global.thread_count(),
        };
        let terms = Terms {
            prices: scenario.response.iter().map(|(name, response)| price(name, response)).collect::<Result<_, _>>()?,
            budget: self.budget,
            staff: self.staff.map(|staff| staff as f64),
            worth: self.worth.as_deref().map(|text| worth(text, &goal.unit)).transpose()?,
            outside: OUTSIDE,
            method: match self.select {
                Select::Kn => Method::Sure { most: self.max_runs },
                Select::Ocba => Method::Budget { runs: self.total_runs },
            },
            settings,
        };
        let folder =
            self.output.clone().unwrap_or_else(|| Path::new("outputs").join(format!("{}-choose", loaded.id())));
        let files = ChooseFiles::open(&folder)?;
        let stop = interrupt::watch()?;
        let choice = match choose(&goal, &terms, &stop, compile) {
            Ok(choice) => choice,
            Err(ChooseError::Interrupted) => {
                anstream::eprintln!("interrupted before the choice was made; nothing was written");
                return Ok(Exit::Interrupted);
            }
            Err(error) => return Err(self.failure(error)),
        };
        let among = ChosenAmong {
            outcome: &self.goal,
            unit: goal.unit.word(),
            stat: if goal.contingency { "share" } else { "mean" },
            responses: &responses,
        };
        let paths = files.publish(&choice, among, self.manifest(&loaded, &terms, choice.runs))?;

        let column =
            if goal.contingency { &columns.contingencies[goal.column] } else { &columns.measures[goal.column] };
        let portfolios = Portfolios {
            about: &scenario.scenario,
            title: &column.title,
            goal: &goal,
            terms: &terms,
            responses: &responses,
            choice: &choice,
            hidden_costs: hides_speech_costs(scenario),
        };
        let mut out = anstream::stdout().lock();
        if !global.quiet {
            portfolios.write_heading(loaded.id(), &mut out)?;
        }
        portfolios.write(&mut out)?;
        if !global.quiet {
            writeln!(out)?;
            for path in &paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        Ok(Exit::Done)
    }

    fn failure(&self, error: ChooseError<Vec<Problem>>) -> Failure {
        let message = error.to_string();
        match error {
            ChooseError::Compile(problems) => broken("a choice of responses", &problems),
            ChooseError::Absent => Failure::bad_input(format!("`{}` has no value in some runs", self.goal))
                .hint("choose for a contingency, or for a measure that every run has"),
            ChooseError::Nothing => {
                Failure::bad_input(message).hint("even doing nothing needs more staff than there are")
            }
            ChooseError::Few { needed, .. } => {
                Failure::bad_input(message).hint(format!("give it more with --total-runs {needed}"))
            }
            _ => Failure::failed(message).hint("no file was written"),
        }
    }

    fn manifest(&self, loaded: &Loaded, terms: &Terms, judged: u64) -> StudyManifest {
        let mut options =
            BTreeMap::from([("budget".to_owned(), self.budget.to_string()), ("for".to_owned(), self.goal.clone())]);
        let (select, name, runs) = match terms.method {
            Method::Sure { most } => ("kn", "max-runs", most),
            Method::Budget { runs } => ("ocba", "total-runs", runs),
        };
        options.insert("select".to_owned(), select.to_owned());
        options.insert(name.to_owned(), runs.to_string());
        options.extend(self.staff.map(|staff| ("staff".to_owned(), staff.to_string())));
        options.extend(self.worth.clone().map(|worth| ("worth".to_owned(), worth)));
        StudyManifest {
            format: CHOOSE_FORMAT,
            canvass: env!("CARGO_PKG_VERSION"),
            scenarios: vec![record(loaded)],
            seed: terms.settings.seed,
            generator: GeneratorRecord { name: "ChaCha8", layout: LAYOUT_VERSION },
            plans: Vec::new(),
            options,
            runs: RunsRecord { first: 0, count: judged, requested: terms.settings.runs.end },
            complete: true,
            files: Vec::new(),
        }
    }
}

fn points(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "a number of points is needed, as 3 or 2.5".to_owned())?;
    if value.is_finite() && value >= 0.0 { Ok(value) } else { Err("points cannot be fewer than none".to_owned()) }
}

fn compiled(loaded: &Loaded, responses: &[String], portfolio: &[usize]) -> Result<Model, Vec<Problem>> {
    let names: Vec<&str> = portfolio.iter().map(|&response| responses[response].as_str()).collect();
    Model::compile(&loaded.with_only(&names)?)
}

/// What a response costs when it is done once: its mean, where that is uncertain.
fn price(name: &str, response: &Response) -> Result<f64, Failure> {
    match response.cost.as_ref().map(|cost| &cost.value) {
        None => Ok(0.0),
        Some(Value::Fixed(value)) => Ok(*value),
        Some(Value::Distribution(distribution) | Value::Choice(distribution, _)) => Ok(distribution.mean()),
        Some(Value::Formula(_)) => Err(Failure::bad_input(format!("the cost of `{name}` depends on an uncertainty"))
            .hint("a budget needs prices: write a number, or a range as \"1 to 3\"")),
    }
}

fn goal(scenario: &Scenario, columns: &Columns, name: &str) -> Result<Goal, Failure> {
    let measure = |id: &str| columns.measures.iter().position(|column| column.id == id);
    let (cost, staff) = (measure(COST), measure(STAFF));
    let speech = [WRONG_ACTIONS, ACCURATE_HELD_BACK].map(measure);
    if let Some(column) = columns.contingencies.iter().position(|column| column.id == name) {
        return Ok(Goal { column, contingency: true, unit: Unit::Number, higher: false, cost, staff, speech });
    }
    let known = || scenario.contingency.keys().chain(scenario.measure.keys()).map(String::as_str);
    let Some(column) = measure(name).filter(|_| name != STAFF) else {
        let failure = Failure::bad_input(format!("there is no contingency or measure `{name}`"));
        return Err(match closest(name, known()) {
            Some(close) => failure.hint(format!("did you mean `{close}`?")),
            None => failure.hint(format!("there is {}", list(known()))),
        });
    };
    let found = &columns.measures[column];
    let Some(higher) = found.better_higher else {
        return Err(Failure::bad_input(format!(
            "the scenario does not say whether more of `{name}` is better, or less"
        ))
        .hint(format!("add `better = \"lower\"` or `\"higher\"` to [measure.{name}]")));
    };
    Ok(Goal { column, contingency: false, unit: found.unit.clone(), higher, cost, staff, speech })
}

/// The smallest difference worth telling apart, in the written unit.
fn worth(text: &str, unit: &Unit) -> Result<f64, Failure> {
    crate::study::precision::amount(text, unit)
        .map_err(|error| Failure::bad_input(format!("--worth: {}", error.message)).hint(error.help))
}
