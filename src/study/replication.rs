//! What a batch asks of the thing it repeats.

use crate::world::Outcome;
use crate::world::{Model, World};

/// A plan that can be run again and again. Run `n` under one seed is always the same run.
pub trait Replicable: Sync {
    /// What one thread needs for its runs.
    type Worker<'a>: Replication
    where
        Self: 'a;

    /// A worker for this seed.
    fn worker(&self, seed: u64) -> Self::Worker<'_>;
}

/// What makes one run after another on one thread.
pub trait Replication {
    /// Makes the run of this number; what it leaves behind is good until the next.
    fn run(&mut self, run: u64) -> &Outcome;
}

impl<P: Replicable> Replicable for &P {
    type Worker<'a>
        = P::Worker<'a>
    where
        Self: 'a;

    fn worker(&self, seed: u64) -> P::Worker<'_> {
        (**self).worker(seed)
    }
}

impl Replicable for Model {
    type Worker<'a> = World<'a>;

    fn worker(&self, seed: u64) -> World<'_> {
        World::new(self, seed)
    }
}

impl Replication for World<'_> {
    fn run(&mut self, run: u64) -> &Outcome {
        World::run(self, run)
    }
}

/// A model whose runs say more than others do: what every input was drawn as, or when every effect was first carried out.
#[derive(Clone, Copy, Debug)]
pub struct Noting<'m> {
    model: &'m Model,
    record: fn(&mut World<'_>),
}

impl<'m> Noting<'m> {
    /// Runs that fill [`Outcome::inputs`].
    pub fn inputs(model: &'m Model) -> Self {
        Noting { model, record: |world| world.record_inputs() }
    }

    /// Runs that fill [`Outcome::acts`].
    pub fn acts(model: &'m Model) -> Self {
        Noting { model, record: |world| world.record_acts() }
    }
}

impl Replicable for Noting<'_> {
    type Worker<'a>
        = World<'a>
    where
        Self: 'a;

    fn worker(&self, seed: u64) -> World<'_> {
        let mut world = World::new(self.model, seed);
        (self.record)(&mut world);
        world
    }
}
