//! What the runs of a study give, plan by plan.

use crate::world::{Column, Outcome};

/// The runs of a study.
pub struct Findings {
    pub(super) plans: Vec<PlanRuns>,
}

/// The runs of one plan.
pub(super) struct PlanRuns {
    pub(super) name: String,
    pub(super) measures: Vec<Column>,
    pub(super) outcomes: Vec<Outcome>,
}

impl Findings {
    /// A measure in every run under a plan, in written units. Not numbers if the study has no such plan or measure: then no figure holds.
    pub(super) fn values(&self, plan: &str, measure: &str) -> Vec<f64> {
        let found = self.plans.iter().find(|runs| runs.name == plan).and_then(|runs| {
            let place = runs.measures.iter().position(|column| column.id == measure)?;
            let unit = &runs.measures[place].unit;
            Some(runs.outcomes.iter().map(|outcome| unit.external(outcome.measures[place])).collect())
        });
        found.unwrap_or_else(|| vec![f64::NAN])
    }

    /// True if the plan was run.
    pub(super) fn has(&self, plan: &str) -> bool {
        self.plans.iter().any(|runs| runs.name == plan)
    }

    /// The mean of a measure under a plan.
    pub(super) fn mean(&self, plan: &str, measure: &str) -> f64 {
        let values = self.values(plan, measure);
        values.iter().sum::<f64>() / values.len() as f64
    }

    /// A quantile of a measure under a plan: the smallest value that so large a share does not pass.
    pub(super) fn quantile(&self, plan: &str, measure: &str, share: f64) -> f64 {
        quantile(self.values(plan, measure), share)
    }
}

/// A quantile of some values.
pub(super) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil().max(1.0) as usize;
    values.get(rank - 1).copied().unwrap_or(f64::NAN)
}
