//! Which acts a contingency needed: the run is made again without each.
//!
//! A tree of conditions cannot see everything. Two causes may each have been enough, or one may have prepared the ground unseen.
//! Leaving an act out and playing the run again settles it.

use super::{happens, nodes};
use crate::engine::Time;
use crate::world::{Account, Cause, World};

/// An act that took place in the run, and whether the contingency would have happened without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its effect, by position in the model.
    pub effect: usize,
    /// When it was first carried out.
    pub time: Time,
    /// Where it stands in the file, as `hazard.overload`.
    pub path: String,
    /// Whether the chain of causes names it.
    pub in_tree: bool,
    /// Whether the contingency would not have happened without it.
    pub needed: bool,
}

/// What leaving out acts shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Necessity {
    /// Every act that the chain names or the contingency needed, in the order of time.
    pub sources: Vec<Source>,
    /// Whether the contingency would not have happened if all acts that the chain names had been left out together; nothing if it
    /// names none. True with no act needed alone means that each stood ready to do the other's work.
    pub together: Option<bool>,
}

/// Leaves out every act before the contingency, one at a time, and all of those the chain names together.
pub fn necessity(world: &mut World, run: u64, contingency: usize, account: &Account, tree: &Cause) -> Necessity {
    let named: Vec<usize> = nodes(tree).iter().filter_map(|cause| cause.effect).collect();
    let mut sources: Vec<Source> = Vec::new();
    for &(time, effect) in account.effects.iter().filter(|(time, _)| *time <= tree.time) {
        if sources.iter().any(|source| source.effect == effect) {
            continue;
        }
        let needed = !happens(world.run_without(run, &[effect]), contingency);
        let in_tree = named.contains(&effect);
        if needed || in_tree {
            let path = world.effect_path(effect);
            sources.push(Source { effect, time, path, in_tree, needed });
        }
    }
    let together = (!named.is_empty()).then(|| !happens(world.run_without(run, &named), contingency));
    Necessity { sources, together }
}
