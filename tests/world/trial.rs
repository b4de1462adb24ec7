//! A scenario written inside a test, compiled and run.

use canvass::engine::Time;
use canvass::scenario::Loaded;
use canvass::world::{ContingencyOutcome, Model, Outcome, Status, World};

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
pub(crate) const SEED: u64 = 20_261_103;

/// A scenario of some hours from midnight of a Monday in winter, with whatever a test adds.
pub(crate) fn text(hours: i64, body: &str) -> String {
    let start: jiff::Timestamp = "2026-02-02T00:00:00Z".parse().expect("a literal moment");
    let end = start + jiff::SignedDuration::from_hours(hours);
    format!(
        "[scenario]\ntitle = \"A trial\"\nquestion = \"Does it hold?\"\nstart = {start}\nend = {end}\npopulation = 1_000_000\n{body}"
    )
}

/// A compiled scenario.
#[derive(Debug)]
pub(crate) struct Trial {
    pub(crate) model: Model,
}

impl Trial {
    /// A scenario of some hours with a body.
    pub(crate) fn new(hours: i64, body: &str) -> Trial {
        Trial::of(&text(hours, body))
    }

    /// A scenario of which the whole text is given, as its first plan sees it.
    pub(crate) fn of(text: &str) -> Trial {
        let plan = loaded(text).plans().remove(0);
        Trial::planned(text, &plan)
    }

    /// A scenario as a plan sees it.
    pub(crate) fn planned(text: &str, plan: &str) -> Trial {
        let scenario = loaded(text).plan(plan).unwrap_or_else(|problems| panic!("{plan}: {problems:#?}"));
        let model = Model::compile(&scenario).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
        Trial { model }
    }

    /// One run in a fresh world.
    pub(crate) fn run(&self, number: u64) -> Seen<'_> {
        let outcome = World::new(&self.model, SEED).run(number).clone();
        Seen { trial: self, outcome }
    }

    /// Many runs in one world.
    pub(crate) fn runs(&self, count: u64) -> Vec<Seen<'_>> {
        let mut world = World::new(&self.model, SEED);
        (0..count).map(|number| Seen { trial: self, outcome: world.run(number).clone() }).collect()
    }

    /// A measure over many runs: its mean and the standard error of that.
    pub(crate) fn mean(&self, runs: u64, measure: &str) -> (f64, f64) {
        mean(self.runs(runs).iter().map(|seen| seen.measure(measure)))
    }
}

/// What became of one run.
pub(crate) struct Seen<'t> {
    trial: &'t Trial,
    pub(crate) outcome: Outcome,
}

impl Seen<'_> {
    /// A measure, in canonical units.
    pub(crate) fn measure(&self, id: &str) -> f64 {
        let columns = self.trial.model.measures();
        let position = columns.iter().position(|column| column.id == id).unwrap_or_else(|| panic!("no measure {id}"));
        self.outcome.measures[position]
    }

    /// A contingency.
    pub(crate) fn contingency(&self, id: &str) -> ContingencyOutcome {
        let columns = self.trial.model.contingencies();
        let position =
            columns.iter().position(|column| column.id == id).unwrap_or_else(|| panic!("no contingency {id}"));
        self.outcome.contingencies[position]
    }

    /// When a contingency first happened, in milliseconds.
    pub(crate) fn onset(&self, id: &str) -> Option<i64> {
        self.contingency(id).onset.map(|Time(ms)| ms)
    }

    pub(crate) fn is_ok(&self) -> bool {
        self.outcome.status == Status::Ok
    }
}

pub(crate) fn loaded(text: &str) -> Loaded {
    let loaded = Loaded::from_text("trial.toml", text);
    assert!(loaded.scenario().is_some(), "{:#?}\n{text}", loaded.problems());
    loaded
}

/// The mean of some numbers and its standard error.
pub(crate) fn mean(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let values: Vec<f64> = values.collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
    (mean, (variance / count).sqrt())
}

/// Measures of the last value of some quantities, each under an id of its own.
pub(crate) fn last(measures: &[(&str, &str)]) -> String {
    taken("last", measures)
}

/// Measures of some quantities, all taken in one way.
pub(crate) fn taken(take: &str, measures: &[(&str, &str)]) -> String {
    measures
        .iter()
        .map(|(id, value)| format!("[measure.{id}]\ntitle = \"{id}\"\nvalue = \"{value}\"\ntake = \"{take}\"\n"))
        .collect()
}

/// Contingencies that need nothing but a condition.
pub(crate) fn feared(contingencies: &[(&str, &str)]) -> String {
    contingencies
        .iter()
        .map(|(id, when)| format!("[contingency.{id}]\ntitle = \"{id}\"\nwhen = \"{when}\"\n"))
        .collect()
}

/// A system with exact clocks.
pub(crate) fn asset(name: &str, more: &str) -> String {
    format!("[asset.{name}]\nowner = \"office\"\ndetect = \"10min\"\nrecover = \"30min\"\n{more}\n")
}

/// An office with a staff.
pub(crate) fn office(name: &str, more: &str) -> String {
    format!("[responder.{name}]\nkind = \"local-election-office\"\n{more}\n")
}

/// An accident at a fixed moment, in minutes after the start.
pub(crate) fn accident(name: &str, minute: i64, effect: &str) -> String {
    format!("[hazard.{name}]\nat = \"start + {minute}min\"\neffect = {{ {effect} }}\n")
}
