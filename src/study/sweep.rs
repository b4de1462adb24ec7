//! Running the points of a design.

use super::batch::{self, BatchError, Settings};
use super::one_at_a_time::Reading;
use super::replication::{Replicable, Replication};
use super::sensitivity::design::Point;
use crate::world::{Model, Outcome, World};
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

/// A model whose "runs" are the points of a design.
struct Designed<'m> {
    model: &'m Model,
    /// Inputs the design chooses, by position in the model.
    inputs: &'m [usize],
    points: &'m [Point],
}

struct DesignedWorld<'a> {
    world: World<'a>,
    design: &'a Designed<'a>,
    uniforms: Vec<f64>,
}

impl Replicable for Designed<'_> {
    type Worker<'a>
        = DesignedWorld<'a>
    where
        Self: 'a;

    fn worker(&self, seed: u64) -> DesignedWorld<'_> {
        let uniforms = vec![f64::NAN; self.model.inputs().len()];
        DesignedWorld { world: World::new(self.model, seed), design: self, uniforms }
    }
}

impl Replication for DesignedWorld<'_> {
    fn run(&mut self, place: u64) -> &Outcome {
        let point = &self.design.points[place as usize];
        for (&input, &uniform) in self.design.inputs.iter().zip(&point.uniforms) {
            self.uniforms[input] = uniform;
        }
        self.world.run_with(point.run, &self.uniforms)
    }
}

/// Which points to run, and what to read of them.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    /// The plan.
    pub model: &'a Model,
    /// Inputs the design chooses, by position in the model; all else is drawn.
    pub inputs: &'a [usize],
    /// The points, with a place for each of these inputs.
    pub points: &'a [Point],
    /// What is read.
    pub readings: &'a [Reading],
}

impl Sweep<'_> {
    /// The readings at every point: reading by reading, in the order of the points, fewer if interrupted.
    ///
    /// # Errors
    ///
    /// When a worker fails.
    pub fn run(
        &self,
        seed: u64,
        threads: NonZeroUsize,
        stop: &AtomicBool,
        mut each: impl FnMut(),
    ) -> Result<Vec<Vec<f64>>, BatchError<Infallible>> {
        let designed = Designed { model: self.model, inputs: self.inputs, points: self.points };
        let settings = Settings { seed, runs: 0..self.points.len() as u64, threads };
        let mut answers = vec![Vec::with_capacity(self.points.len()); self.readings.len()];
        batch::run(&[designed], &settings, stop, |_, outcomes| {
            for (answers, reading) in answers.iter_mut().zip(self.readings) {
                answers.push(reading.of(self.model, &outcomes[0]));
            }
            each();
            Ok(())
        })?;
        Ok(answers)
    }
}
