//! The plans that are held against one another: those of one file or several, each with every combination of a grid.

use super::failure::Failure;
use super::prepare;
use crate::report::ScenarioRecord;
use crate::scenario::model::About;
use crate::scenario::{Loaded, Problem, closest, hides_speech_costs, list};
use crate::study::Columns;
use crate::study::grid::{Lever, full_factorial};
use crate::world::{Ledger, Model};
use std::path::PathBuf;

/// A plan that takes part.
pub(super) struct Entrant {
    pub(super) name: String,
    pub(super) model: Model,
    pub(super) columns: Columns,
}

/// All plans that take part, and the files they come from.
pub(super) struct Lineup {
    pub(super) entrants: Vec<Entrant>,
    pub(super) scenarios: Vec<ScenarioRecord>,
    /// What they rest on.
    pub(super) ledger: Ledger,
    /// Whether measures act on posts while nothing accurate is there to be hit.
    pub(super) hidden_costs: bool,
    /// What the first file says of itself.
    pub(super) about: About,
}

impl Lineup {
    /// Reads the files and compiles what takes part: the plans named, or all of them.
    pub(super) fn gather(files: &[PathBuf], plans: &[String], grid: &[String], quiet: bool) -> Result<Self, Failure> {
        let levers = grid.iter().map(|text| Lever::parse(text)).collect::<Result<Vec<Lever>, _>>();
        let levers = levers.map_err(|error| {
            Failure::bad_input(error.to_string()).hint("write it as --grid \"response.mirror.takes=2min,8min\"")
        })?;
        let mut opened = Vec::new();
        for file in files {
            opened.push(prepare::open(file, quiet)?.0);
        }
        let names: Vec<Vec<String>> = opened.iter().map(|loaded| chosen(loaded, plans)).collect();
        if let Some(unknown) = plans.iter().find(|plan| !names.iter().flatten().any(|name| name == *plan)) {
            let known: Vec<String> = opened.iter().flat_map(Loaded::plans).collect();
            return Err(no_such(unknown, &known));
        }
        let combinations = full_factorial(&levers, names.iter().map(Vec::len).sum()).map_err(|error| {
            Failure::bad_input(error.to_string()).hint("try fewer values, or fewer plans with --plan")
        })?;
        let mut entrants: Vec<Entrant> = Vec::new();
        let mut ledger = Ledger::default();
        for (loaded, plans) in opened.iter().zip(&names) {
            for plan in plans {
                for combination in &combinations {
                    let place = if opened.len() > 1 { format!("{}/{plan}", loaded.id()) } else { plan.clone() };
                    let name = format!("{place} {}", combination.name).trim_end().to_owned();
                    let compiled = loaded
                        .plan_with(plan, &combination.values)
                        .and_then(|scenario| Model::compile(&scenario))
                        .map_err(|problems| broken(&name, &problems))?;
                    let columns = Columns::of(&compiled);
                    if entrants.iter().any(|other| other.name == name) {
                        return Err(Failure::bad_input(format!("there are two plans `{name}`"))
                            .hint("give one of the files another name"));
                    }
                    ledger.add(&name, &loaded.numbers(plan, &combination.values), &compiled);
                    entrants.push(Entrant { name, model: compiled, columns });
                }
            }
        }
        let about = opened
            .first()
            .and_then(Loaded::scenario)
            .map(|scenario| scenario.scenario.clone())
            .ok_or_else(|| Failure::bad_input("a scenario is needed"))?;
        let hidden_costs = opened.iter().filter_map(Loaded::scenario).any(hides_speech_costs);
        Ok(Lineup { entrants, scenarios: opened.iter().map(record).collect(), ledger, hidden_costs, about })
    }

    /// The position of the plan that others are held against: the one named, or the first.
    pub(super) fn reference(&self, name: Option<&str>) -> Result<usize, Failure> {
        let Some(name) = name else {
            return Ok(0);
        };
        let names: Vec<String> = self.entrants.iter().map(|entrant| entrant.name.clone()).collect();
        names.iter().position(|known| known == name).ok_or_else(|| no_such(name, &names))
    }
}

/// What a manifest says of a scenario.
pub(super) fn record(loaded: &Loaded) -> ScenarioRecord {
    let about = loaded.scenario().map(|scenario| &scenario.scenario);
    ScenarioRecord::new(loaded.id(), about, loaded.sha256())
}

/// The plans of a file that take part, in the order of the file.
fn chosen(loaded: &Loaded, wanted: &[String]) -> Vec<String> {
    loaded.plans().into_iter().filter(|plan| wanted.is_empty() || wanted.contains(plan)).collect()
}

fn no_such(name: &str, known: &[String]) -> Failure {
    let failure = Failure::bad_input(format!("there is no plan `{name}`"));
    let known = || known.iter().map(String::as_str);
    match closest(name, known()) {
        Some(close) => failure.hint(format!("did you mean `{close}`?")),
        None => failure.hint(format!("there is {}", list(known()))),
    }
}

/// What is wrong with a scenario that was made from a sound file: it stands on the command line, not in a file.
pub(super) fn broken(name: &str, problems: &[Problem]) -> Failure {
    let Some(first) = problems.first() else {
        return Failure::bad_input(format!("plan `{name}` cannot be run"));
    };
    let failure = Failure::bad_input(format!("plan `{name}`: {}", first.message));
    match &first.help {
        Some(help) => failure.hint(help.clone()),
        None => failure,
    }
}
