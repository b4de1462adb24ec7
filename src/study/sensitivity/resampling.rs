//! How far chance moves an index: the bootstrap for what is there, shuffling for what is not.
//!
//! All random numbers come from one stream of their own with a fixed seed, so the same runs give the same intervals.

use super::first_order::Binned;
use crate::engine::Streams;
use crate::study::statistics::{Interval, Moments};

/// The seed of all resamples; any would do.
const SEED: u64 = 0x5EED;

/// Resamples drawn with replacement.
const RESAMPLES: usize = 200;

/// Shuffles of the outcome.
const SHUFFLES: usize = 1_000;

/// The standard normal quantile at 97.5 %.
const Z: f64 = 1.959963984540054;

/// Resamples of a number of runs, drawn once for all inputs and outcomes.
#[derive(Clone, Debug)]
pub struct Resampling {
    weights: Vec<Vec<f64>>,
    n: usize,
}

impl Resampling {
    /// Draws the resamples of `n` runs.
    pub fn new(n: usize) -> Resampling {
        let mut dice = Dice::new("bootstrap");
        let weights = (0..RESAMPLES).map(|_| {
            let mut weights = vec![0.0; n];
            (0..n).for_each(|_| weights[dice.below(n)] += 1.0);
            weights
        });
        Resampling { weights: weights.collect(), n }
    }

    /// The interval at 95 % of an index of first order: normal, with the standard deviation over the resamples
    /// (Efron and Tibshirani 1993, chapter 13), within 0 and 1. The resamples' own centre is not used: drawing runs twice makes bins look
    /// more alike within than they are.
    pub fn interval(&self, binned: &Binned, outcome: &[f64]) -> Option<Interval> {
        let index = binned.index(outcome)?;
        let mut spread = Moments::default();
        for weights in &self.weights {
            spread.push(binned.resampled(outcome, weights).unwrap_or(f64::NAN));
        }
        let half = Z * libm::sqrt(spread.variance()?);
        Some(Interval { low: (index - half).clamp(0.0, 1.0), high: (index + half).clamp(0.0, 1.0) })
    }

    /// The interval at 95 % of the mean of some values, from the same resamples by their percentiles.
    pub fn mean_interval(&self, values: &[f64]) -> Option<Interval> {
        if values.len() != self.n || values.is_empty() {
            return None;
        }
        let mean = |weights: &Vec<f64>| weights.iter().zip(values).map(|(w, v)| w * v).sum::<f64>() / self.n as f64;
        let mut means: Vec<f64> = self.weights.iter().map(mean).collect();
        means.sort_by(f64::total_cmp);
        Some(Interval { low: means[RESAMPLES / 40], high: means[RESAMPLES - 1 - RESAMPLES / 40] })
    }

    /// The index that at least one of `tries` inputs without any effect passes in one of twenty batches, found by shuffling the outcome
    /// against bins of equal numbers.
    pub fn noise_bar(&self, outcome: &[f64], tries: usize) -> Option<f64> {
        let dummy: Vec<f64> = (0..self.n).map(|run| run as f64).collect();
        let binned = Binned::new(&dummy);
        let mut dice = Dice::new("shuffle");
        let mut shuffled = outcome.to_vec();
        let mut found = Vec::with_capacity(SHUFFLES);
        for _ in 0..SHUFFLES {
            // Fisher and Yates, in Durstenfeld's form.
            for last in (1..shuffled.len()).rev() {
                shuffled.swap(last, dice.below(last + 1));
            }
            found.push(binned.index(&shuffled)?);
        }
        found.sort_by(f64::total_cmp);
        let each = libm::pow(0.95, 1.0 / tries.max(1) as f64);
        let rank = libm::ceil(each * SHUFFLES as f64) as usize;
        Some(found[rank.clamp(1, SHUFFLES) - 1])
    }
}

/// Whole numbers by chance.
pub(in crate::study) struct Dice {
    streams: Streams,
    stream: Option<crate::engine::StreamId>,
}

impl Dice {
    pub(in crate::study) fn new(name: &str) -> Dice {
        let mut streams = Streams::new(SEED);
        // The first stream that is opened cannot clash with another.
        let stream = streams.open(&format!("study/{name}")).ok();
        Dice { streams, stream }
    }

    /// Uniform from 0 to `n` - 1. The bias below `n` in 2^64 is of no account.
    pub(in crate::study) fn below(&mut self, n: usize) -> usize {
        let bits = self.stream.map_or(0, |stream| self.streams.next_u64(stream));
        ((u128::from(bits) * n as u128) >> 64) as usize
    }

    /// 32 random bits.
    pub(in crate::study) fn bits(&mut self) -> u32 {
        self.below(1 << 32) as u32
    }
}
