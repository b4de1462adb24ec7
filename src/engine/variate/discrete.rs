//! Counts: quantiles of the Poisson and negative binomial laws.

use libm::{ceil, exp, floor, lgamma, log, log1p, sqrt};

use super::gamma::gamma_quantile;
use super::normal_quantile;

/// Up to this mean a Poisson count is found by adding probabilities.
const POISSON_EXACT_UP_TO: f64 = 1_000.0;
/// Up to this mean a negative binomial count is found by adding probabilities. Its spread exceeds the Poisson law's, so more terms are
/// added for the same mean.
const NEGATIVE_BINOMIAL_EXACT_UP_TO: f64 = 500.0;
/// Both laws put less than 3 in 10^18 of their mass further below the mean than this many standard deviations (Chernoff's bound: their lower
/// tails are lighter than the normal law's).
const LOWEST_SDS: f64 = 9.0;

/// The least count k such that a Poisson variate with a `mean` is at most k with probability `u` or more. Zero for a mean that is not
/// above zero.
///
/// Exact up to a mean of 1,000. Above, the expansion of E. A. Cornish and R. A. Fisher to the second term with a continuity correction,
/// which misses the exact count by at most 1.
#[must_use]
pub fn poisson_quantile(mean: f64, u: f64) -> f64 {
    if mean.is_nan() || mean <= 0.0 {
        return 0.0;
    }
    if mean > POISSON_EXACT_UP_TO {
        let z = normal_quantile(u);
        return nearest_count(mean + sqrt(mean) * z + (z * z - 1.0) / 6.0);
    }
    let first = floor(mean - LOWEST_SDS * sqrt(mean)).max(0.0);
    let probability = if first == 0.0 { exp(-mean) } else { exp(first * log(mean) - mean - lgamma(first + 1.0)) };
    add_up(first, probability, mean, u, |k| mean / (k + 1.0))
}

/// The least count k such that a negative binomial variate is at most k with probability `u` or more: `mean` m, variance m + m²/d for a
/// `dispersion` d. Zero for a mean or a dispersion that is not above zero; a Poisson count for an infinite dispersion.
///
/// Exact up to a mean of 500. Above, the shifted gamma law with the same mean, variance and skewness, with a continuity correction. It is close at
/// both ends of the family: for large d it becomes the Poisson law's own gamma approximation, and for small d the count is a
/// Poisson count whose mean is itself a gamma variate of shape d, next to which the Poisson part is negligible.
/// It misses the exact count by at most 1 for probabilities between 1e-9 and 1 - 1e-9 and means up to 300,000.
#[must_use]
pub fn negative_binomial_quantile(mean: f64, dispersion: f64, u: f64) -> f64 {
    if mean.is_nan() || mean <= 0.0 || dispersion.is_nan() || dispersion <= 0.0 {
        return 0.0;
    }
    if dispersion == f64::INFINITY {
        return poisson_quantile(mean, u);
    }
    let excess = mean / dispersion;
    let sd = sqrt(mean * (1.0 + excess));
    if mean > NEGATIVE_BINOMIAL_EXACT_UP_TO {
        let skewness = (1.0 + 2.0 * excess) / sd;
        let shape = 4.0 / (skewness * skewness);
        return nearest_count(mean + sd * (gamma_quantile(shape, u) - shape) / sqrt(shape));
    }
    let first = floor(mean - LOWEST_SDS * sd).max(0.0);
    // ln of Gamma(k + d) / (Gamma(d) k!) * (d / (d + m))^d * (m / (d + m))^k
    let probability = if first == 0.0 {
        // All terms but one are zero then.
        exp(-dispersion * log1p(excess))
    } else {
        exp(ln_rising_over_power(first, dispersion) - lgamma(first + 1.0) + first * log(mean)
            - (dispersion + first) * log1p(excess))
    };
    let ratio = mean / (dispersion + mean);
    add_up(first, probability, mean, u, |k| ratio * (k + dispersion) / (k + 1.0))
}

/// ln of Gamma(d + k) / (Gamma(d) d^k). For large d the two logarithms agree in all digits that matter, so Stirling's series is subtracted term
/// by term instead.
fn ln_rising_over_power(k: f64, d: f64) -> f64 {
    const STIRLING_FROM: f64 = 1_000.0;
    if d < STIRLING_FROM {
        lgamma(d + k) - lgamma(d) - k * log(d)
    } else {
        (d + k - 0.5) * log1p(k / d) - k + (1.0 / (d + k) - 1.0 / d) / 12.0
    }
}

/// Adds probabilities from the count `first` on until they reach `u`. `next_over_this` is the ratio of the probabilities of k + 1 and k.
/// Small terms come first, so the sum is accurate in the lower tail; above the mean it also ends where terms no longer count, since
/// rounding may keep the sum below `u` for ever.
fn add_up(first: f64, probability: f64, mean: f64, u: f64, next_over_this: impl Fn(f64) -> f64) -> f64 {
    let mut k = first;
    let mut term = probability;
    let mut sum = term;
    while sum < u && (k < mean || term > sum * f64::EPSILON) {
        term *= next_over_this(k);
        k += 1.0;
        sum += term;
    }
    k
}

/// The count whose unit interval, from half below to half above, holds `x`.
fn nearest_count(x: f64) -> f64 {
    ceil(x - 0.5).max(0.0)
}
