//! Estimates with their uncertainty: shares, means and quantiles over independent runs.
//!
//! All intervals are two-sided at 95 % and say only how far chance in the draws may have moved a
//! figure. They say nothing about whether the assumptions of the scenario are right.

use super::sketch::Sketch;

/// The standard normal quantile at 97.5 %.
const Z: f64 = 1.959963984540054;

/// Probability left out on each side of an interval.
const TAIL: f64 = 0.025;

/// From this number of values on, the ranks around a quantile come from the normal approximation to the binomial.
const NORMAL_FROM: u64 = 50;

/// The two ends of an interval at 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How many of a number of runs had something in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Runs that had it.
    pub hits: u64,
    /// All runs.
    pub n: u64,
}

impl Share {
    /// Adds a run.
    pub fn push(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.n += 1;
    }

    /// The share itself, from 0 to 1; NaN without runs.
    pub fn value(self) -> f64 {
        self.hits as f64 / self.n as f64
    }

    /// Wilson's score interval (Wilson 1927, doi:10.1080/01621459.1927.10502953), which stays honest at 0 and at 1.
    pub fn wilson(self) -> Option<Interval> {
        self.wilson_at(Z)
    }

    /// The same at another normal quantile.
    pub fn wilson_at(self, z: f64) -> Option<Interval> {
        if self.n == 0 {
            return None;
        }
        let n = self.n as f64;
        let p = self.value();
        let scale = 1.0 + z * z / n;
        let centre = (p + z * z / (2.0 * n)) / scale;
        let half = z / scale * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
        // The ends are 0 and 1 exactly when no run, or every run, had it; rounding must not hide that.
        Some(Interval {
            low: if self.hits == 0 { 0.0 } else { (centre - half).max(0.0) },
            high: if self.hits == self.n { 1.0 } else { (centre + half).min(1.0) },
        })
    }

    /// Half the width of the interval that `n` runs would give at the share found here.
    pub fn half_width_at(self, n: u64) -> f64 {
        let hits = libm::round(self.value() * n as f64) as u64;
        Share { hits: hits.min(n), n }.wilson().map_or(f64::NAN, |interval| (interval.high - interval.low) / 2.0)
    }
}

/// Mean and variance, updated value by value (Welford 1962, doi:10.1080/00401706.1962.10490022).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Adds a value; NaN is left out.
    pub fn push(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (value - self.mean);
    }

    /// How many values there are.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The mean; nothing without values.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// The variance with n - 1; nothing below two values.
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.squares / (self.n - 1) as f64)
    }

    /// The normal interval of the mean; nothing below two values.
    pub fn interval(&self) -> Option<Interval> {
        let half = Z * libm::sqrt(self.variance()? / self.n as f64);
        Some(Interval { low: self.mean - half, high: self.mean + half })
    }
}

/// The interval of a quantile from order statistics: it assumes nothing about how the values are distributed.
///
/// Nothing if there are too few values for one of its ends, as for the 95th percentile of twenty.
pub fn quantile_interval(values: &Sketch, q: f64) -> Option<Interval> {
    let (low, high) = quantile_ranks(values.count(), q)?;
    Some(Interval { low: values.ranked(low)?, high: values.ranked(high)? })
}

/// Ranks, from 1, of the order statistics that enclose the `q` quantile of `n` values at 95 %.
///
/// Exact binomial probabilities below fifty values; above, the normal approximation, rounded up
/// (Conover 1999, *Practical Nonparametric Statistics*, 3rd ed., section 3.2).
pub fn quantile_ranks(n: u64, q: f64) -> Option<(u64, u64)> {
    let (low, high) = if n < NORMAL_FROM { binomial_ranks(n, q) } else { normal_ranks(n, q) };
    (low >= 1 && high <= n).then_some((low, high))
}

fn normal_ranks(n: u64, q: f64) -> (u64, u64) {
    let centre = n as f64 * q;
    let half = Z * libm::sqrt(n as f64 * q * (1.0 - q));
    // A conversion from a negative number gives 0, which is no rank.
    (libm::ceil(centre - half) as u64, libm::ceil(centre + half) as u64)
}

/// The greatest `low` with P(B < low) <= 2.5 % and the least `high` with P(B < high) >= 97.5 %, for B values below the quantile.
fn binomial_ranks(n: u64, q: f64) -> (u64, u64) {
    let mut low = 0;
    let mut below = 0.0;
    let mut term = libm::pow(1.0 - q, n as f64);
    for k in 0..=n {
        below += term;
        if below <= TAIL {
            low = k + 1;
        }
        if below >= 1.0 - TAIL {
            return (low, k + 1);
        }
        term *= (n - k) as f64 / (k + 1) as f64 * q / (1.0 - q);
    }
    (low, n + 1)
}
