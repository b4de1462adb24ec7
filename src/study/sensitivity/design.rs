//! Designs that choose the inputs instead of drawing them: Sobol's indices, Morris's screening, a grid.
//!
//! A design asks for points in the unit cube, each with the number of a run for everything that is not an input, and
//! works out what the answers say. Points of one design are not independent, so intervals come from whole replicates of it.

use super::super::sobol::Sobol;
use super::resampling::Dice;
use crate::study::statistics::{Interval, Moments};

/// How many scrambles of Sobol's sequence a design has: enough for a t interval over them.
pub const REPLICATES: usize = 16;

/// The quantile of Student's t at 97.5 % with fifteen degrees of freedom.
const T_15: f64 = 2.131449545559323;

/// Levels of Morris's grid, and his step of half of them (Morris 1991, doi:10.2307/1269043).
const LEVELS: usize = 4;

/// A point to be run.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The number of the run that everything but the inputs is drawn for.
    pub run: u64,
    /// Places in the distributions of the inputs, between 0 and 1.
    pub uniforms: Vec<f64>,
}

/// An estimate with its interval at 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its interval; nothing with fewer than two replicates.
    pub interval: Option<Interval>,
}

/// What a Sobol design says of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SobolIndices {
    /// Share of the variance that goes with the input alone.
    pub first: Estimate,
    /// Share of the variance that goes with it alone or together with others, chance included.
    pub total: Estimate,
}

/// What Morris's design says of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MorrisEffect {
    /// Mean size of its effect over its whole range.
    pub mu_star: Estimate,
    /// Mean effect with its sign.
    pub mu: f64,
    /// Standard deviation of the effect: large beside `mu_star` where it depends on others or bends.
    pub sigma: f64,
}

/// A design for Sobol's indices: points A and B, and A with one coordinate of B after another (Saltelli et al. 2010,
/// doi:10.1016/j.cpc.2009.09.018), for every scramble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SobolDesign {
    /// How many inputs.
    pub inputs: usize,
    /// How many points A each scramble has; a power of two.
    pub base: usize,
}

impl SobolDesign {
    /// The design with at least `n` points A in all. Nothing if twice the inputs are more than there are dimensions.
    pub fn new(inputs: usize, n: usize) -> Option<SobolDesign> {
        (inputs > 0 && 2 * inputs <= super::super::sobol::MOST_DIMENSIONS)
            .then(|| SobolDesign { inputs, base: n.div_ceil(REPLICATES).next_power_of_two() })
    }

    /// The points: scramble by scramble, for each A: A, B, then A with one coordinate of B. A and its neighbours share
    /// the number of their run, so what is not an input is the same for them; B has another.
    pub fn points(&self) -> Vec<Point> {
        let Some(plain) = Sobol::new(2 * self.inputs) else { return Vec::new() };
        let mut points = Vec::with_capacity(REPLICATES * self.base * (self.inputs + 2));
        for replicate in 0..REPLICATES {
            let scrambled = plain.scrambled(replicate as u64);
            for index in 0..self.base {
                // At most 2^32 points a scramble would fit in memory.
                let point = scrambled.point(index as u32);
                let (a, b) = point.split_at(self.inputs);
                let run = 2 * (replicate * self.base + index) as u64;
                points.push(Point { run, uniforms: a.to_vec() });
                points.push(Point { run: run + 1, uniforms: b.to_vec() });
                for input in 0..self.inputs {
                    let mut mixed = a.to_vec();
                    mixed[input] = b[input];
                    points.push(Point { run, uniforms: mixed });
                }
            }
        }
        points
    }

    /// The indices of every input from the answers at the points: Saltelli's estimator of the first order and Jansen's (1999) of the
    /// total, over all scrambles. Both are ratios to a variance that is itself estimated, so the interval is Student's over what each
    /// scramble departs from the common ratio. Nothing where all answers are the same.
    pub fn indices(&self, answers: &[f64]) -> Vec<Option<SobolIndices>> {
        let width = self.inputs + 2;
        let mut over_all = Moments::default();
        answers.chunks_exact(width).for_each(|row| row[..2].iter().for_each(|&answer| over_all.push(answer)));
        let mean = over_all.mean().unwrap_or(0.0);
        let scrambles = || answers.chunks_exact(width * self.base);
        let base = self.base as f64;
        let spread = |row: &[f64]| ((row[0] - mean) * (row[0] - mean) + (row[1] - mean) * (row[1] - mean)) / 2.0;
        let variances: Vec<f64> =
            scrambles().map(|scramble| scramble.chunks_exact(width).map(spread).sum::<f64>() / base).collect();
        let part = |term: &dyn Fn(&[f64]) -> f64| -> Vec<f64> {
            scrambles().map(|scramble| scramble.chunks_exact(width).map(term).sum::<f64>() / base).collect()
        };
        (0..self.inputs)
            .map(|input| {
                // Centred, which leaves the expectation and takes away most of the spread.
                let first = part(&|row| (row[1] - mean) * (row[2 + input] - row[0]));
                let total = part(&|row| (row[0] - row[2 + input]) * (row[0] - row[2 + input]) / 2.0);
                Some(SobolIndices { first: ratio(&first, &variances)?, total: ratio(&total, &variances)? })
            })
            .collect()
    }
}

/// The ratio of two means over replicates, with its interval by linearisation (Cochran 1977, *Sampling Techniques*, 3rd ed.,
/// section 6.4). Nothing if the denominator is nothing.
fn ratio(numerators: &[f64], denominators: &[f64]) -> Option<Estimate> {
    let n = denominators.len() as f64;
    let denominator = denominators.iter().sum::<f64>() / n;
    if denominators.len() < 2 || denominator <= 0.0 {
        return None;
    }
    let value = numerators.iter().sum::<f64>() / n / denominator;
    let mut departures = Moments::default();
    for (numerator, own) in numerators.iter().zip(denominators) {
        departures.push((numerator - value * own) / denominator);
    }
    let half = T_15 * libm::sqrt(departures.variance()? / n);
    Some(Estimate { value, interval: Some(Interval { low: value - half, high: value + half }) })
}

/// Morris's design: walks through a coarse grid, one input a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorrisDesign {
    /// How many inputs.
    pub inputs: usize,
    /// For each walk, the order in which the inputs are moved.
    orders: Vec<Vec<usize>>,
    /// For each walk, the first levels and whether each input moves up.
    starts: Vec<Vec<(usize, bool)>>,
}

impl MorrisDesign {
    /// A design of some walks.
    pub fn new(inputs: usize, walks: usize) -> MorrisDesign {
        let mut dice = Dice::new("morris");
        let mut design = MorrisDesign { inputs, orders: Vec::new(), starts: Vec::new() };
        for _ in 0..walks {
            let mut order: Vec<usize> = (0..inputs).collect();
            for last in (1..inputs).rev() {
                order.swap(last, dice.below(last + 1));
            }
            let start = (0..inputs).map(|_| {
                let level = dice.below(LEVELS);
                (level, level < LEVELS / 2)
            });
            design.starts.push(start.collect());
            design.orders.push(order);
        }
        design
    }

    /// The points: walk by walk, the start and then one input moved by half the levels. All of a walk share one run for what is not an input.
    pub fn points(&self) -> Vec<Point> {
        // In the middle of its cell, so that no distribution is asked for its very end.
        let place = |level: usize| (level as f64 + 0.5) / LEVELS as f64;
        let mut points = Vec::new();
        for (walk, (order, start)) in self.orders.iter().zip(&self.starts).enumerate() {
            let mut uniforms: Vec<f64> = start.iter().map(|(level, _)| place(*level)).collect();
            points.push(Point { run: walk as u64, uniforms: uniforms.clone() });
            for &input in order {
                let (level, up) = start[input];
                uniforms[input] = place(if up { level + LEVELS / 2 } else { level - LEVELS / 2 });
                points.push(Point { run: walk as u64, uniforms: uniforms.clone() });
            }
        }
        points
    }

    /// What the answers at the points say of each input; effects are per whole range of an input.
    pub fn effects(&self, answers: &[f64]) -> Vec<MorrisEffect> {
        let mut sizes = vec![Moments::default(); self.inputs];
        let mut signed = vec![Moments::default(); self.inputs];
        for ((order, start), walk) in self.orders.iter().zip(&self.starts).zip(answers.chunks_exact(self.inputs + 1)) {
            for (&input, pair) in order.iter().zip(walk.windows(2)) {
                let step = if start[input].1 { 0.5 } else { -0.5 };
                let effect = (pair[1] - pair[0]) / step;
                sizes[input].push(effect.abs());
                signed[input].push(effect);
            }
        }
        sizes
            .iter()
            .zip(&signed)
            .map(|(sizes, signed)| MorrisEffect {
                mu_star: Estimate { value: sizes.mean().unwrap_or(f64::NAN), interval: sizes.interval() },
                mu: signed.mean().unwrap_or(f64::NAN),
                sigma: libm::sqrt(signed.variance().unwrap_or(f64::NAN)),
            })
            .collect()
    }
}

/// Every combination of some levels of every input, each in the middle of its cell, on the same run. Nothing if there would be more than a
/// hundred thousand.
pub fn grid(inputs: usize, levels: usize) -> Option<Vec<Point>> {
    let count =
        (0..inputs).try_fold(1_usize, |count, _| count.checked_mul(levels).filter(|count| *count <= 100_000))?;
    let point = |index: usize| {
        let digits = std::iter::successors(Some(index), |rest| Some(rest / levels)).take(inputs);
        digits.map(|rest| ((rest % levels) as f64 + 0.5) / levels as f64).collect()
    };
    Some((0..count).map(|index| Point { run: 0, uniforms: point(index) }).collect())
}
