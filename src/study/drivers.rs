//! What drives an outcome: every input with its rank correlation and its index of first order, against what chance alone would show.

use super::sensitivity::{
    Binned, InputColumn, OutcomeColumn, Resampling, Sample, normal_bar, ranks, spearman, spearman_interval,
};
use super::statistics::Interval;
use crate::scenario::Basis;
use crate::world::Column;

/// How many of the first drivers are compared between the halves of a batch.
const FIRST: usize = 3;

/// One input, and how it moves the outcome.
#[derive(Clone, Debug)]
pub struct Driver {
    /// The input.
    pub column: Column,
    /// On what it rests, if anybody said.
    pub basis: Option<Basis>,
    /// Spearman's correlation with the outcome; nothing where there is none.
    pub correlation: Option<f64>,
    /// Its interval.
    pub correlation_interval: Option<Interval>,
    /// Share of the outcome's variance that goes with this input alone; chance may put it below 0.
    pub index: Option<f64>,
    /// Its interval.
    pub index_interval: Option<Interval>,
    /// The index in the runs with an even place and in those with an odd one.
    pub halves: [Option<f64>; 2],
    /// Whether index or correlation pass what chance alone would show.
    pub above_noise: bool,
    /// Whether it passes by its index and not by its correlation: it works, but not in one direction.
    pub not_monotone: bool,
}

/// What drives one outcome under one plan.
#[derive(Clone, Debug)]
pub struct Drivers {
    /// The outcome.
    pub outcome: Column,
    /// Whether it is a contingency.
    pub contingency: bool,
    /// The plan.
    pub plan: String,
    /// Runs in which the outcome has a value.
    pub n: usize,
    /// Mean of the outcome: for a contingency, the share of runs in which it happened.
    pub mean: f64,
    /// Inputs that differ between the runs, strongest first.
    pub drivers: Vec<Driver>,
    /// Indices below this are noise.
    pub index_bar: Option<f64>,
    /// Correlations smaller than this are noise.
    pub correlation_bar: f64,
    /// How many of the first three drivers are the same in both halves of the runs, and of how many.
    pub agreement: (usize, usize),
}

impl Drivers {
    /// Works out what drives an outcome.
    pub fn of(sample: &Sample, outcome: &OutcomeColumn) -> Drivers {
        let kept: Vec<usize> = (0..outcome.values.len()).filter(|&run| !outcome.values[run].is_nan()).collect();
        let pick = |values: &[f64]| kept.iter().map(|&run| values[run]).collect::<Vec<f64>>();
        let y = pick(&outcome.values);
        let n = y.len();
        let inputs: Vec<(&InputColumn, Vec<f64>)> = sample
            .inputs
            .iter()
            .map(|input| (input, pick(&input.values)))
            .filter(|(_, x)| x.iter().any(|value| *value != x[0]))
            .collect();
        let resampling = Resampling::new(n);
        let index_bar = resampling.noise_bar(&y, inputs.len());
        let correlation_bar = normal_bar(n, inputs.len());
        let y_ranks = ranks(&y);
        let mut drivers: Vec<Driver> = inputs
            .iter()
            .map(|(input, x)| {
                let binned = Binned::new(x);
                let correlation = spearman(&ranks(x), &y_ranks);
                let index = binned.index(&y);
                let by_index = index.zip(index_bar).is_some_and(|(index, bar)| index > bar);
                let by_rank = correlation.is_some_and(|correlation| correlation.abs() > correlation_bar);
                Driver {
                    column: input.column.clone(),
                    basis: input.basis,
                    correlation,
                    correlation_interval: correlation.and_then(|correlation| spearman_interval(correlation, n)),
                    index,
                    index_interval: resampling.interval(&binned, &y),
                    halves: [false, true].map(|odd| binned.half_index(&y, odd)),
                    above_noise: by_index || by_rank,
                    not_monotone: by_index && !by_rank,
                }
            })
            .collect();
        let agreement = agreement(&drivers);
        drivers.sort_by(|a, b| {
            let strength = |driver: &Driver| driver.index.unwrap_or(f64::NEG_INFINITY);
            strength(b).total_cmp(&strength(a))
        });
        Drivers {
            outcome: outcome.column.clone(),
            contingency: outcome.contingency,
            plan: sample.plan.clone(),
            n,
            mean: y.iter().sum::<f64>() / n as f64,
            drivers,
            index_bar,
            correlation_bar,
            agreement,
        }
    }

    /// Drivers that pass what chance alone would show, strongest first.
    pub fn found(&self) -> impl Iterator<Item = &Driver> {
        self.drivers.iter().filter(|driver| driver.above_noise)
    }
}

/// How many of the first drivers that pass for such are the same in both halves.
fn agreement(drivers: &[Driver]) -> (usize, usize) {
    let count = drivers.iter().filter(|driver| driver.above_noise).count().min(FIRST);
    let first = |half: usize| {
        let mut order: Vec<usize> = (0..drivers.len()).collect();
        let strength = |place: usize| drivers[place].halves[half].unwrap_or(f64::NEG_INFINITY);
        order.sort_by(|&a, &b| strength(b).total_cmp(&strength(a)));
        order.truncate(count);
        order
    };
    let (even, odd) = (first(0), first(1));
    (even.iter().filter(|place| odd.contains(place)).count(), count)
}
