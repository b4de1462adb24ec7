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
