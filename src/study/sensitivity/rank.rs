//! Spearman's rank correlation.

use crate::engine::normal_quantile;
use crate::study::statistics::Interval;

/// The standard normal quantile at 97.5 %.
const Z: f64 = 1.959963984540054;

/// Ranks from 1; equal values share the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let order = order(values);
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start]];
        let tied = order[start..].iter().take_while(|&&place| values[place] == value).count();
        let rank = (2 * start + tied + 1) as f64 / 2.0;
        order[start..start + tied].iter().for_each(|&place| ranks[place] = rank);
        start += tied;
    }
    ranks
}

/// Positions of the values from the least to the greatest; of equals, in their own order.
pub(super) fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

/// Spearman's correlation of values that have been ranked; nothing where one side is always the same.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    let middle = (x.len() as f64 + 1.0) / 2.0;
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (x, y) = (x - middle, y - middle);
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    (xx > 0.0 && yy > 0.0).then(|| (xy / libm::sqrt(xx * yy)).clamp(-1.0, 1.0))
}

/// The interval at 95 % of Spearman's correlation over `n` pairs: Fisher's transformation with the variance
/// of Bonett and Wright 2000 (doi:10.1007/BF02294183), (1 + r² / 2) / (n - 3). Nothing below four pairs.
pub fn spearman_interval(correlation: f64, n: usize) -> Option<Interval> {
    if n < 4 {
        return None;
    }
    let spread = Z * libm::sqrt((1.0 + correlation * correlation / 2.0) / (n - 3) as f64);
    let centre = libm::atanh(correlation);
    Some(Interval { low: libm::tanh(centre - spread), high: libm::tanh(centre + spread) })
}

/// The size that the rank correlation of at least one of `tries` inputs without any effect passes in one of twenty
/// batches: the variance of Spearman's correlation of independent values is 1 / (n - 1).
pub fn normal_bar(n: usize, tries: usize) -> f64 {
    let each = libm::pow(0.95, 1.0 / tries.max(1) as f64);
    normal_quantile(1.0 - (1.0 - each) / 2.0) / libm::sqrt(n.saturating_sub(1).max(1) as f64)
}
