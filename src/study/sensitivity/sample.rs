//! Inputs and outcomes of many runs, side by side.

use crate::scenario::Basis;
use crate::study::batch::{self, BatchError, Settings};
use crate::study::replication::Noting;
use crate::world::{Column, Model, Outcome, Status, Unit};
use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

/// One input over all runs.
#[derive(Clone, Debug)]
pub struct InputColumn {
    /// Its id, title, unit and how it was written.
    pub column: Column,
    /// On what it rests, if anybody said.
    pub basis: Option<Basis>,
    /// Its value in each run, in written units; the position of a choice.
    pub values: Vec<f64>,
}

/// One outcome over all runs.
#[derive(Clone, Debug)]
pub struct OutcomeColumn {
    /// Its id, title and unit.
    pub column: Column,
    /// True for a contingency, whose values are 0 and 1.
    pub contingency: bool,
    /// Its value in each run; NaN where there is none.
    pub values: Vec<f64>,
}

/// Inputs and outcomes of the runs of one plan. Runs that did not reach the end of the scenario are left out.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The plan.
    pub plan: String,
    /// Numbers of the runs.
    pub runs: Vec<u64>,
    /// What was drawn.
    pub inputs: Vec<InputColumn>,
    /// What came of it.
    pub outcomes: Vec<OutcomeColumn>,
}

impl Sample {
    /// An empty sample for the inputs and outcomes of a model.
    pub fn of(model: &Model, plan: &str) -> Sample {
        let input = |input: &crate::world::Input| InputColumn {
            column: input.column.clone(),
            basis: input.basis,
            values: Vec::new(),
        };
        let contingencies = model.contingencies().iter().map(|column| OutcomeColumn {
            column: Column { unit: Unit::Truth, ..column.clone() },
            contingency: true,
            values: Vec::new(),
        });
        let measures = model.measures().iter().map(|column| OutcomeColumn {
            column: column.clone(),
            contingency: false,
            values: Vec::new(),
        });
        Sample {
            plan: plan.to_owned(),
            runs: Vec::new(),
            inputs: model.inputs().iter().map(input).collect(),
            outcomes: contingencies.chain(measures).collect(),
        }
    }

    /// Makes runs of a model and keeps what was drawn in each and what came of it.
    ///
    /// # Errors
    ///
    /// When a worker fails.
    pub fn draw(
        model: &Model,
        plan: &str,
        settings: &Settings,
        stop: &AtomicBool,
        mut each: impl FnMut(),
    ) -> Result<Sample, BatchError<Infallible>> {
        let mut sample = Sample::of(model, plan);
        batch::run(&[Noting::inputs(model)], settings, stop, |run, outcomes| {
            sample.push(run, &outcomes[0]);
            each();
            Ok(())
        })?;
        Ok(sample)
    }

    /// Takes up a run.
    pub fn push(&mut self, run: u64, outcome: &Outcome) {
        if outcome.status != Status::Ok {
            return;
        }
        self.runs.push(run);
        for (input, &value) in self.inputs.iter_mut().zip(&outcome.inputs) {
            input.values.push(input.column.unit.external(value));
        }
        let happened = outcome.contingencies.iter().map(|found| f64::from(u8::from(found.onset.is_some())));
        for (column, value) in self.outcomes.iter_mut().zip(happened.chain(outcome.measures.iter().copied())) {
            column.values.push(column.column.unit.external(value));
        }
    }

    /// The outcome of an id; a contingency goes before a measure of the same name.
    pub fn outcome(&self, id: &str) -> Option<&OutcomeColumn> {
        self.outcomes.iter().find(|outcome| outcome.column.id == id)
    }
}
