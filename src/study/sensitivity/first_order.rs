//! The share of an outcome's variance that goes with one input alone: the variance of its mean over bins of the input.
//!
//! The index of first order is Var(E[Y | X]) / Var(Y) (Sobol 1993). Runs are put into bins of equal numbers by the value of the input. The plain
//! ratio of the variance between bins to the whole is too large by what chance moves the bin means; taking (k - 1) times the
//! variance within bins off the sum of squares between them removes that (Kelley 1935's epsilon squared).

use super::rank::order;

/// Values with fewer different numbers than this get a bin for each.
const FEW: usize = 12;

/// How many bins `n` runs have use for.
pub fn bins_for(n: usize) -> usize {
    (libm::sqrt(n as f64) as usize / 2).clamp(2, 64)
}

/// Runs put into bins by the value of one input.
#[derive(Clone, Debug)]
pub struct Binned {
    /// The bin of each run.
    bin: Vec<u16>,
    bins: usize,
}

/// Sums over the runs of a bin.
#[derive(Clone, Copy, Debug, Default)]
struct Heap {
    weight: f64,
    sum: f64,
}

impl Binned {
    /// Puts runs into bins of equal numbers. Runs with the same value are never parted, and where only a few different values
    /// occur each has its own bin.
    pub fn new(values: &[f64]) -> Binned {
        let order = order(values);
        let differs = |pair: &[usize]| values[pair[0]] != values[pair[1]];
        let distinct = 1 + order.windows(2).filter(|pair| differs(pair)).count();
        let wanted = bins_for(values.len());
        let mut bin = vec![0; values.len()];
        let mut current = 0;
        let mut bins = usize::from(!values.is_empty());
        for (place, pair) in order.windows(2).enumerate() {
            let due = (place + 1) * wanted / values.len() > current;
            if differs(pair) && (distinct <= FEW || due) {
                current = if distinct <= FEW { current + 1 } else { (place + 1) * wanted / values.len() };
                bins += 1;
            }
            // At most 64 bins.
            bin[pair[1]] = (bins - 1) as u16;
        }
        Binned { bin, bins }
    }

    /// How many bins there are.
    pub fn bins(&self) -> usize {
        self.bins
    }

    /// The index of an outcome; nothing if the outcome or the input is always the same, or there are too few runs.
    pub fn index(&self, outcome: &[f64]) -> Option<f64> {
        self.weighted(outcome, None, 0..outcome.len())
    }

    /// The index over a half of the runs: those with an even position, or those with an odd one.
    pub fn half_index(&self, outcome: &[f64], odd: bool) -> Option<f64> {
        self.weighted(outcome, None, (usize::from(odd)..outcome.len()).step_by(2))
    }

    /// The index with a weight for every run, as a resample gives it.
    pub(super) fn resampled(&self, outcome: &[f64], weights: &[f64]) -> Option<f64> {
        self.weighted(outcome, Some(weights), 0..outcome.len())
    }

    fn weighted(&self, outcome: &[f64], weights: Option<&[f64]>, runs: impl Iterator<Item = usize>) -> Option<f64> {
        let mut heaps = vec![Heap::default(); self.bins];
        let mut squares = 0.0;
        for run in runs {
            let (y, weight) = (outcome[run], weights.map_or(1.0, |weights| weights[run]));
            let heap = &mut heaps[usize::from(self.bin[run])];
            heap.weight += weight;
            heap.sum += weight * y;
            squares += weight * y * y;
        }
        let n: f64 = heaps.iter().map(|heap| heap.weight).sum();
        let mean = heaps.iter().map(|heap| heap.sum).sum::<f64>() / n;
        let filled: Vec<&Heap> = heaps.iter().filter(|heap| heap.weight > 0.0).collect();
        let bins = filled.len() as f64;
        let total = squares - n * mean * mean;
        let between: f64 = filled
            .iter()
            .map(|heap| heap.sum / heap.weight - mean)
            .zip(&filled)
            .map(|(away, heap)| heap.weight * away * away)
            .sum();
        if bins < 2.0 || n <= bins || total <= 1e-12 * squares {
            return None;
        }
        let within = (total - between).max(0.0) / (n - bins);
        Some((between - (bins - 1.0) * within) / total)
    }
}
