//! A scenario with a count, compiled and run.

use canvass::scenario::Loaded;
use canvass::world::{ContingencyOutcome, Model, Outcome, Status, World};
use std::rc::Rc;

pub(crate) const HOUR: f64 = 3_600_000.0;
const SEED: u64 = 20_261_103;

/// A compiled scenario.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) model: Rc<Model>,
}

/// What became of one run.
pub(crate) struct Seen {
    model: Rc<Model>,
    pub(crate) outcome: Outcome,
}

impl Case {
    /// A scenario of which the whole text is given.
    pub(crate) fn of(text: &str) -> Case {
        let loaded = Loaded::from_text("case.toml", text);
        assert!(loaded.scenario().is_some(), "{:#?}\n{text}", loaded.problems());
        let plan = loaded.plans().remove(0);
        let scenario = loaded.plan(&plan).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let model = Model::compile(&scenario).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
        Case { model: Rc::new(model) }
    }

    /// The first runs.
    pub(crate) fn runs(&self, count: u64) -> Vec<Seen> {
        let mut world = World::new(&self.model, SEED);
        (0..count)
            .map(|number| {
                let outcome = world.run(number).clone();
                assert_eq!(outcome.status, Status::Ok, "run {number}");
                Seen { model: Rc::clone(&self.model), outcome }
            })
            .collect()
    }

    /// The first run.
    pub(crate) fn run(&self) -> Seen {
        self.runs(1).remove(0)
    }
}

impl Seen {
    fn position(&self, id: &str) -> usize {
        let columns = self.model.measures();
        columns.iter().position(|column| column.id == id).unwrap_or_else(|| panic!("no measure {id}"))
    }

    /// All measures, in the order of the file.
    pub(crate) fn measures(&self) -> &[f64] {
        &self.outcome.measures
    }

    /// A measure, in canonical units.
    pub(crate) fn measure(&self, id: &str) -> f64 {
        self.outcome.measures[self.position(id)]
    }

    /// The course of a measure at a moment, in hours from the start, on the straight line between two readings.
    pub(crate) fn course(&self, id: &str, hours: f64) -> f64 {
        let grid = self.model.grid();
        let series = &self.outcome.series[self.position(id) * grid.len()..][..grid.len()];
        let after = grid.iter().position(|time| time.hours() >= hours).expect("a moment within the scenario").max(1);
        let (from, to) = (grid[after - 1].hours(), grid[after].hours());
        let share = (hours - from) / (to - from);
        series[after - 1] * (1.0 - share) + series[after] * share
    }

    /// A contingency.
    pub(crate) fn contingency(&self, id: &str) -> ContingencyOutcome {
        let columns = self.model.contingencies();
        let position =
            columns.iter().position(|column| column.id == id).unwrap_or_else(|| panic!("no contingency {id}"));
        self.outcome.contingencies[position]
    }
}

/// Measures of some quantities, all taken in one way.
pub(crate) fn taken(take: &str, measures: &[(&str, &str)]) -> String {
    let entry = |(id, value): &(&str, &str)| {
        format!("[measure.{id}]\ntitle = \"{id}\"\nvalue = \"{value}\"\ntake = \"{take}\"\n")
    };
    measures.iter().map(entry).collect()
}

/// The middle of some numbers.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
