//! What every run of a batch has a number for.

use crate::engine::clock::Time;
use crate::world::{Column, Model};

/// The columns that all plans of a batch share, and the moments of the series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Quantities drawn once a run.
    pub uncertainties: Vec<Column>,
    /// Numbers read from every run.
    pub measures: Vec<Column>,
    /// What the planner fears; the unit is that of the severity.
    pub contingencies: Vec<Column>,
    /// The moments at which measures are read for the series.
    pub grid: Vec<Time>,
    /// Those moments as a clock shows them.
    pub labels: Vec<String>,
}

impl Columns {
    /// The columns of a compiled plan.
    pub fn of(model: &Model) -> Self {
        Columns {
            uncertainties: model.uncertainties().to_vec(),
            measures: model.measures().to_vec(),
            contingencies: model.contingencies().to_vec(),
            grid: model.grid().to_vec(),
            labels: model.grid().iter().map(|&time| model.label(time)).collect(),
        }
    }

    /// The first column that one set has and the other has not, or has under another unit; plans of one batch must agree.
    pub fn first_difference<'a>(&'a self, other: &'a Columns) -> Option<&'a str> {
        [
            (&self.uncertainties, &other.uncertainties),
            (&self.measures, &other.measures),
            (&self.contingencies, &other.contingencies),
        ]
        .into_iter()
        .find_map(|(ours, theirs)| {
            let unequal = ours.iter().zip(theirs).find(|(a, b)| a.id != b.id || a.unit != b.unit).map(|(a, _)| a);
            let longer = if ours.len() > theirs.len() { ours } else { theirs };
            let surplus = (ours.len() != theirs.len()).then(|| &longer[ours.len().min(theirs.len())]);
            unequal.or(surplus).map(|column| column.id.as_str())
        })
    }
}
