//! Everything that is drawn under several plans, side by side.

use crate::world::{Column, Model, Outcome};

/// The inputs of several plans, each once.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// The inputs, in the order in which the plans name them. One that several plans have is as the first of them has it.
    pub columns: Vec<Column>,
    /// For each plan, where each of them stands among its own inputs; nothing if it has no such input.
    places: Vec<Vec<Option<usize>>>,
}

impl Drawn {
    /// What is drawn under these plans.
    pub fn of(plans: &[&Model]) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        for input in plans.iter().flat_map(|plan| plan.inputs()) {
            if !columns.iter().any(|known| known.id == input.column.id) {
                columns.push(input.column.clone());
            }
        }
        let place_in = |plan: &Model, column: &Column| {
            plan.inputs().iter().position(|input| input.column.id == column.id && input.column.unit == column.unit)
        };
        let places = plans.iter().map(|plan| columns.iter().map(|column| place_in(plan, column)).collect()).collect();
        Drawn { columns, places }
    }

    /// What was drawn in a run of a plan, in canonical units and in the order of the columns; NaN for what it has not.
    pub fn values<'a>(&'a self, plan: usize, outcome: &'a Outcome) -> impl Iterator<Item = f64> + 'a {
        self.places[plan].iter().map(|place| place.map_or(f64::NAN, |place| outcome.inputs[place]))
    }
}
