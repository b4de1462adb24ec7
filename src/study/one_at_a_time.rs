//! One input at a time: held low, at its median and high, while everything else is drawn as ever.
//!
//! The three levels share their runs, so the swing between them is a paired difference. What inputs do together does not show here.

use super::batch::{self, BatchError, Settings};
use super::replication::{Replicable, Replication};
use super::statistics::Moments;
use crate::world::{Column, Model, Outcome, Status, World};
use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

/// Where an input is held.
pub const LEVELS: [f64; 3] = [0.05, 0.5, 0.95];

/// What one input does to the mean of an outcome, in written units.
#[derive(Clone, Debug)]
pub struct Swing {
    /// The input.
    pub column: Column,
    /// The outcome with the input at each of [`LEVELS`].
    pub levels: [Moments; 3],
    /// The outcome at the last level less that at the first, run by run.
    pub difference: Moments,
}

/// Which number of a run is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Whether a contingency happened, by position.
    Contingency(usize),
    /// A measure, by position.
    Measure(usize),
}

impl Reading {
    /// The contingency or measure of a name; nothing if the model has neither.
    pub fn named(model: &Model, id: &str) -> Option<Reading> {
        let place = |columns: &[Column]| columns.iter().position(|column| column.id == id);
        let contingency = place(model.contingencies()).map(Reading::Contingency);
        contingency.or_else(|| place(model.measures()).map(Reading::Measure))
    }

    /// The number of a run, in written units; NaN where there is none, or where the run was stopped.
    pub fn of(self, model: &Model, outcome: &Outcome) -> f64 {
        match self {
            _ if outcome.status != Status::Ok => f64::NAN,
            Reading::Contingency(place) => f64::from(u8::from(outcome.contingencies[place].onset.is_some())),
            Reading::Measure(place) => model.measures()[place].unit.external(outcome.measures[place]),
        }
    }
}

/// A model with one input held.
struct Held<'m> {
    model: &'m Model,
    uniforms: Vec<f64>,
}

struct HeldWorld<'a> {
    world: World<'a>,
    uniforms: &'a [f64],
}

impl Replicable for Held<'_> {
    type Worker<'a>
        = HeldWorld<'a>
    where
        Self: 'a;

    fn worker(&self, seed: u64) -> HeldWorld<'_> {
        HeldWorld { world: World::new(self.model, seed), uniforms: &self.uniforms }
    }
}

impl Replication for HeldWorld<'_> {
    fn run(&mut self, run: u64) -> &Outcome {
        self.world.run_with(run, self.uniforms)
    }
}

/// Holds every input at three levels in turn. The widest swing comes first.
///
/// # Errors
///
/// When a worker fails.
pub fn one_at_a_time(
    model: &Model,
    reading: Reading,
    settings: &Settings,
    stop: &AtomicBool,
    mut each: impl FnMut(),
) -> Result<Vec<Swing>, BatchError<Infallible>> {
    let mut swings = Vec::with_capacity(model.inputs().len());
    for (place, input) in model.inputs().iter().enumerate() {
        let held = LEVELS.map(|level| {
            let mut uniforms = vec![f64::NAN; place];
            uniforms.push(level);
            Held { model, uniforms }
        });
        let mut swing =
            Swing { column: input.column.clone(), levels: Default::default(), difference: Moments::default() };
        batch::run(&held, settings, stop, |_, outcomes| {
            let found: Vec<f64> = outcomes.iter().map(|outcome| reading.of(model, outcome)).collect();
            swing.levels.iter_mut().zip(&found).for_each(|(level, value)| level.push(*value));
            swing.difference.push(found[2] - found[0]);
            Ok(())
        })?;
        swings.push(swing);
        each();
    }
    let size = |swing: &Swing| swing.difference.mean().map_or(0.0, f64::abs);
    swings.sort_by(|a, b| size(b).total_cmp(&size(a)));
    Ok(swings)
}
