//! Where the bad runs live: a box of the inputs in words, and a shallow tree as a second view.
//!
//! Boxes and trees always fit the runs they were made from too well. Both are made from the runs with an even place and judged on
//! those with an odd one, and what is reported is the judgement.

mod cart;
mod prim;

pub use cart::{Leaf, Tree};
pub use prim::{Found, PrimBox, Restriction, Search, Step, prim};

use super::sensitivity::{InputColumn, Sample};

/// Runs side by side: the numbers of one input after another, and which runs are bad.
#[derive(Clone, Debug)]
pub struct Cases {
    /// By input, its value in each run.
    pub inputs: Vec<Vec<f64>>,
    /// Which inputs are choices, whose values have no order.
    pub unordered: Vec<bool>,
    /// Whether each run is bad.
    pub bad: Vec<bool>,
}

impl Cases {
    /// The runs of a sample; bad are those in which an outcome is not 0. Inputs that never differ stay in, and are never used.
    pub fn of(sample: &Sample, outcome: &[f64]) -> Cases {
        let unordered = |input: &InputColumn| matches!(input.column.unit, crate::world::Unit::Choice(_));
        Cases {
            inputs: sample.inputs.iter().map(|input| input.values.clone()).collect(),
            unordered: sample.inputs.iter().map(unordered).collect(),
            bad: outcome.iter().map(|value| *value != 0.0 && !value.is_nan()).collect(),
        }
    }

    /// The runs with an even place, or those with an odd one.
    #[must_use]
    pub fn half(&self, odd: bool) -> Cases {
        fn every_other<T: Copy>(values: &[T], odd: bool) -> Vec<T> {
            values.iter().skip(usize::from(odd)).step_by(2).copied().collect()
        }
        Cases {
            inputs: self.inputs.iter().map(|input| every_other(input, odd)).collect(),
            unordered: self.unordered.clone(),
            bad: every_other(&self.bad, odd),
        }
    }

    /// How many runs there are.
    pub fn len(&self) -> usize {
        self.bad.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bad.is_empty()
    }

    fn count_bad(&self) -> usize {
        self.bad.iter().filter(|bad| **bad).count()
    }
}
