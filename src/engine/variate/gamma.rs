//! The gamma law's quantile function, for counts with large means.

use libm::{exp, lgamma, log, log1p, sqrt};

use super::normal_quantile;

/// From this shape on the expansion around the normal law is within 1 part in 10^5 of a standard deviation.
const EXPANSION_FROM: f64 = 100.0;
const REFINEMENTS: u32 = 12;

/// The quantile of the gamma law with a `shape` and scale 1.
pub(super) fn gamma_quantile(shape: f64, u: f64) -> f64 {
    if shape >= EXPANSION_FROM {
        return expanded_quantile(shape, normal_quantile(u));
    }
    let mut x = start(shape, u);
    for _ in 0..REFINEMENTS {
        if x <= 0.0 {
            return 0.0;
        }
        let density = exp((shape - 1.0) * log(x) - x - lgamma(shape));
        let newton = (gamma_cdf(shape, x) - u) / density;
        // Halley's correction for the curvature of the distribution function.
        let curvature = (shape - 1.0) / x - 1.0;
        let step = newton / (1.0 - 0.5 * (newton * curvature).clamp(-1.0, 1.0));
        if !step.is_finite() {
            return x;
        }
        let next = if step < x { x - step } else { x / 2.0 };
        let settled = (next - x).abs() <= 1e-12 * x;
        x = next;
        if settled {
            break;
        }
    }
    x
}

/// The expansion of E. A. Cornish and R. A. Fisher to the order shape^(-3/2), with the terms that H. Goldberg and H. Levine give for
/// chi-square (Annals of Mathematical Statistics 17 (1946) 216).
fn expanded_quantile(shape: f64, z: f64) -> f64 {
    let root = sqrt(shape);
    let z2 = z * z;
    shape + root * z + (z2 - 1.0) / 3.0 + z * (z2 - 7.0) / (36.0 * root)
        - ((3.0 * z2 + 7.0) * z2 - 16.0) / (810.0 * shape)
        + z * ((9.0 * z2 + 256.0) * z2 - 433.0) / (38_880.0 * shape * root)
}

/// E. B. Wilson and M. M. Hilferty, PNAS 17 (1931) 684: the cube root of a gamma variate is nearly normal.
fn cube_root_quantile(shape: f64, u: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    let root = 1.0 - ninth + normal_quantile(u) * sqrt(ninth);
    shape * (root * root * root).max(0.0)
}

fn start(shape: f64, u: f64) -> f64 {
    let by_cube_root = cube_root_quantile(shape, u);
    // Near zero the distribution function is x^shape / Gamma(shape + 1).
    let by_power = exp((log(u) + lgamma(shape + 1.0)) / shape);
    if by_power < 0.2 * (shape + 1.0) {
        by_power
    } else if shape >= 1.0 && by_cube_root > 0.0 {
        by_cube_root
    } else {
        // For small shapes the upper tail is nearly exponential.
        -log1p(-u) + shape
    }
}

/// The regularised incomplete gamma function P(shape, x): its series below shape + 1, the continued fraction of its complement above (NIST
/// Digital Library of Mathematical Functions, 8.11.4 and 8.9.2).
fn gamma_cdf(shape: f64, x: f64) -> f64 {
    const MAX_TERMS: u32 = 1_000;
    let front = exp(shape * log(x) - x - lgamma(shape));
    if x < shape + 1.0 {
        let mut term = 1.0 / shape;
        let mut sum = term;
        for n in 1..MAX_TERMS {
            term *= x / (shape + f64::from(n));
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        return front * sum;
    }
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / away_from_zero(b);
    let mut fraction = d;
    for n in 1..MAX_TERMS {
        let n = f64::from(n);
        let a = -n * (n - shape);
        b += 2.0;
        d = 1.0 / away_from_zero(a * d + b);
        c = away_from_zero(b + a / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    1.0 - front * fraction
}
