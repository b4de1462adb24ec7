//! What a comparison of plans shows.

use super::compare::Subject;
use super::statistics::{Interval, Moments, Share};

/// Everything that a comparison shows, in the units in which files are written.
#[derive(Clone, Debug)]
pub struct Findings {
    /// What was compared: contingencies first, then measures.
    pub subjects: Vec<Subject>,
    /// Ids of contingencies and measures that not all plans have.
    pub missing: Vec<String>,
    /// The position of the plan the others are held against.
    pub reference: usize,
    /// The plans.
    pub plans: Vec<PlanFindings>,
    /// Runs that count.
    pub runs: u64,
    /// Runs that were not finished under every plan, and are left out.
    pub unfinished: u64,
    /// How many tests were adjusted together.
    pub family: usize,
}

/// What is found of one plan.
#[derive(Clone, Debug)]
pub struct PlanFindings {
    /// Its name.
    pub name: String,
    /// By subject.
    pub levels: Vec<Level>,
    /// Runs in which no contingency happened; nothing if there are none to happen.
    pub spared: Option<Share>,
    /// Against the reference, subject by subject; empty for the reference itself.
    pub differences: Vec<Difference>,
    /// Plans that are shown to be better in at least one subject and worse in none.
    pub dominated_by: Vec<usize>,
}

/// One subject under one plan.
#[derive(Clone, Debug)]
pub struct Level {
    /// For a contingency, in how many runs it happened.
    pub share: Share,
    /// For the mean.
    pub moments: Moments,
    /// The median of a measure, its interval, and how many values there are.
    pub median: Option<(f64, Option<Interval>, u64)>,
    /// The median onset of a contingency in hours, its interval, and in how many runs it happened.
    pub onset: Option<(f64, Option<Interval>, u64)>,
    /// How much worse the plan is, run by run, than the plan that is best in that run (Savage 1951,
    /// doi:10.1080/01621459.1951.10500768). Without values where no direction is better.
    pub regret: Moments,
    /// Runs in which no plan is better.
    pub best: Share,
}

/// The difference between a plan and the reference, in one figure of one subject: plan less reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Position of the subject.
    pub subject: usize,
    /// Which figure.
    pub stat: Stat,
    /// The difference; nothing if no run has one.
    pub value: Option<f64>,
    /// Its interval at 95 %, on its own.
    pub interval: Option<Interval>,
    /// The probability of such a difference if there were none: McNemar's mid-p for a share, paired t for a mean. None is
    /// given for a median.
    pub p: Option<f64>,
    /// McNemar's exact test, for a share.
    pub p_exact: Option<f64>,
    /// The same as `p`, adjusted for all tests of the comparison.
    pub p_holm: Option<f64>,
    /// The standard error.
    pub error: Option<f64>,
    /// The standard error if each plan had had runs of its own.
    pub unpaired: Option<f64>,
    /// How the two plans move together from run to run.
    pub correlation: Option<f64>,
    /// How many times smaller pairing could make the standard error at the very most, with plans of these spreads.
    pub most_gain: Option<f64>,
    /// Runs in which the plan's value is greater.
    pub above: u64,
    /// Runs in which it is the same.
    pub same: u64,
    /// Runs in which it is smaller.
    pub below: u64,
    /// What the difference shows.
    pub shown: Shown,
}

/// A figure in which plans may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stat {
    /// The share of runs in which a contingency happened.
    Share,
    /// When it first happened, in hours, over the runs in which it did under both plans.
    Onset,
    /// The mean of a measure.
    Mean,
    /// The median of the differences of a measure, run by run.
    Median,
}

/// What a difference shows, once all tests are adjusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing at this number of runs.
    Nothing,
    /// A change in a subject of which the scenario does not say which direction is better.
    Changed,
    /// The plan is better than the reference.
    Better,
    /// The plan is worse than the reference.
    Worse,
}

impl Stat {
    /// The word in `compare.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Stat::Share => "share",
            Stat::Onset => "onset_mean",
            Stat::Mean => "mean",
            Stat::Median => "median_of_differences",
        }
    }

    /// How its interval is found, as `compare.csv` says it.
    pub fn method(self) -> &'static str {
        match self {
            Stat::Share => "tango",
            Stat::Onset | Stat::Mean => "paired-t",
            Stat::Median => "order-statistic",
        }
    }
}

impl Shown {
    /// The word in `compare.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Shown::Nothing => "not shown",
            Shown::Changed => "changed",
            Shown::Better => "better",
            Shown::Worse => "worse",
        }
    }
}

impl Difference {
    /// How many runs it rests on.
    pub fn n(&self) -> u64 {
        self.above + self.same + self.below
    }

    /// How many times smaller the standard error is than it would be on runs of their own.
    pub fn gain(&self) -> Option<f64> {
        let (paired, unpaired) = (self.error?, self.unpaired?);
        (paired > 0.0).then(|| unpaired / paired)
    }

    /// Runs in which the plan is better, and in which it is worse; nothing if no direction is.
    pub fn better_and_worse(&self, subject: &Subject) -> Option<(u64, u64)> {
        let higher = if self.stat == Stat::Onset { true } else { subject.better_higher? };
        Some(if higher { (self.above, self.below) } else { (self.below, self.above) })
    }
}

impl Findings {
    /// The differences of a plan that are tested, with their subjects.
    pub fn tested(&self, plan: usize) -> impl Iterator<Item = (&Subject, &Difference)> {
        let tested = self.plans[plan].differences.iter().filter(|difference| difference.p_holm.is_some());
        tested.map(|difference| (&self.subjects[difference.subject], difference))
    }
}
