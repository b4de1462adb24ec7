//! Why a contingency came about: in one run, and over many.
//!
//! Everything here replays runs from model, seed and number alone. What is said of one run is exact and not an estimate: the run is made
//! again with one thing changed, and all other draws stay as they were.

mod last_moment;
mod necessity;
mod patterns;

pub use last_moment::{LastMoment, Window, last_moments};
pub use necessity::{Necessity, Source, necessity};
pub use patterns::{Hit, Patterns, Survey, pattern, patterns, survey};

use crate::engine::Time;
use crate::world::{Cause, Model, World};

/// What there is to say of one contingency in one run.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The number of the run.
    pub run: u64,
    /// The contingency, by position.
    pub contingency: usize,
    /// When it first happened.
    pub onset: Time,
    /// The chain of causes.
    pub tree: Cause,
    /// Without which acts it would not have happened.
    pub necessity: Necessity,
    /// Until when each response would have prevented it.
    pub last_moments: Vec<LastMoment>,
}

/// Explains a contingency in one run; nothing if it did not happen there.
pub fn explain(model: &Model, seed: u64, run: u64, contingency: usize) -> Option<Explanation> {
    let mut world = World::new(model, seed);
    let account = world.account(run);
    let tree = account.contingencies.get(contingency)?.clone()?;
    let necessity = necessity(&mut world, run, contingency, &account, &tree);
    let last_moments = last_moments(&mut world, run, contingency, &account, &tree);
    Some(Explanation { run, contingency, onset: tree.time, tree, necessity, last_moments })
}

/// Whether a contingency happens in a run.
fn happens(outcome: &crate::world::Outcome, contingency: usize) -> bool {
    outcome.contingencies.get(contingency).is_some_and(|found| found.onset.is_some())
}

/// Every node of a tree, from the root down.
fn nodes(tree: &Cause) -> Vec<&Cause> {
    let mut found = vec![tree];
    let mut next = 0;
    while let Some(&cause) = found.get(next) {
        found.extend(&cause.causes);
        next += 1;
    }
    found
}
