//! `A to B`: the law of which 5 % lies below A and 5 % above B.

use crate::engine::variate::{BetaTable, Distribution, ParameterError, normal_quantile};
use libm::{exp, fabs, lgamma, log, log1p};

/// The standard normal quantile of 95 %.
const Z_95: f64 = 1.644_853_626_951_472_2;

/// The beta law with 5 % of its mass below `low` and 5 % above `high`, for shares, so that no draw leaves 0 to 1.
///
/// The two shape parameters are found by Newton's method on the normal scores of the two probabilities, in which the problem is
/// nearly linear. Nothing is returned where no beta law with shapes in [`BetaTable::SHAPES`] fits: for a range that is all but the
/// whole of 0 to 1, or hardly wider than one value.
pub(super) fn beta_interval(low: f64, high: f64) -> Option<Result<Distribution, ParameterError>> {
    let mean = (low + high) / 2.0;
    let spread = (high - low) / (2.0 * Z_95);
    let size = (mean * (1.0 - mean) / (spread * spread) - 1.0).max(0.5);
    let mut at = (log(mean / (1.0 - mean)), log(size));
    let mut miss = misses(low, high, at);
    for _ in 0..100 {
        if size_of(miss) < 1e-10 {
            let (a, b) = shapes(at);
            return (BetaTable::SHAPES.contains(&a) && BetaTable::SHAPES.contains(&b))
                .then(|| Distribution::beta(a, b));
        }
        const STEP: f64 = 1e-6;
        let (right, up) = (misses(low, high, (at.0 + STEP, at.1)), misses(low, high, (at.0, at.1 + STEP)));
        let (xx, xy) = ((right.0 - miss.0) / STEP, (up.0 - miss.0) / STEP);
        let (yx, yy) = ((right.1 - miss.1) / STEP, (up.1 - miss.1) / STEP);
        let determinant = xx * yy - xy * yx;
        let step = ((xy * miss.1 - yy * miss.0) / determinant, (yx * miss.0 - xx * miss.1) / determinant);
        if !step.0.is_finite() || !step.1.is_finite() {
            return None;
        }
        let mut share = 1.0;
        loop {
            let next = (at.0 + share * step.0, at.1 + share * step.1);
            let next_miss = misses(low, high, next);
            if size_of(next_miss) < size_of(miss) {
                (at, miss) = (next, next_miss);
                break;
            }
            share /= 2.0;
            if share < 1e-9 {
                return None;
            }
        }
    }
    None
}

/// Shape parameters from the logit of the mean and the logarithm of their sum.
fn shapes((logit, log_size): (f64, f64)) -> (f64, f64) {
    let size = exp(log_size);
    (size / (1.0 + exp(-logit)), size / (1.0 + exp(logit)))
}

/// How far the normal scores at the two ends are from those of 5 % and 95 %.
fn misses(low: f64, high: f64, at: (f64, f64)) -> (f64, f64) {
    let (a, b) = shapes(at);
    (score(cumulative(a, b, low)) + Z_95, score(cumulative(a, b, high)) - Z_95)
}

fn size_of(miss: (f64, f64)) -> f64 {
    let size = fabs(miss.0) + fabs(miss.1);
    if size.is_nan() { f64::INFINITY } else { size }
}

fn score(probability: f64) -> f64 {
    normal_quantile(probability.clamp(1e-300, 1.0 - 1e-16))
}

/// The regularised incomplete beta function, by the continued fraction of NIST DLMF 8.17.22.
fn cumulative(a: f64, b: f64, x: f64) -> f64 {
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    if x < (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(a, b, x) / a
    } else {
        1.0 - front * continued_fraction(b, a, 1.0 - x) / b
    }
}

/// The modified Lentz evaluation (W. J. Lentz, Applied Optics 15 (1976) 668).
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if fabs(value) < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    for m in 1..2_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        product *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        product *= d * c;
        if fabs(d * c - 1.0) < 1e-15 {
            break;
        }
    }
    product
}
