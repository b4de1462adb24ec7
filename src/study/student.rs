//! Student's t distribution: what a mean of few values needs where the normal distribution would promise too much.

use crate::engine::normal_cdf;

/// From this many degrees of freedom on, Hill's expansion is exact to more digits than are ever shown.
const EXPANSION_FROM: u64 = 200;

/// The probability of a value farther from zero than `t`, on both sides together.
///
/// Below two hundred degrees of freedom by the finite series of Abramowitz and Stegun 1964, 26.7.3 and 26.7.4; above, by
/// Hill's expansion (Hill 1970, Algorithm 395, doi:10.1145/355598.355599). NaN without degrees of freedom.
pub fn two_sided(t: f64, freedom: u64) -> f64 {
    if freedom == 0 || t.is_nan() {
        return f64::NAN;
    }
    let t = t.abs();
    let outside =
        if freedom < EXPANSION_FROM { 1.0 - within(t, freedom) } else { 2.0 * normal_cdf(-normal_score(t, freedom)) };
    outside.clamp(0.0, 1.0)
}

/// The value that is exceeded, on both sides together, with probability `outside`.
///
/// NaN without degrees of freedom, or for a probability outside 0 to 1, its ends left out.
pub fn two_sided_quantile(outside: f64, freedom: u64) -> f64 {
    if freedom == 0 || !(outside > 0.0 && outside < 1.0) {
        return f64::NAN;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while two_sided(high, freedom) > outside {
        low = high;
        high *= 2.0;
    }
    // Each step halves the bracket; it ends when no double lies between its ends.
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if two_sided(middle, freedom) > outside {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The probability of a value nearer to zero than `t`.
fn within(t: f64, freedom: u64) -> f64 {
    let angle = libm::atan2(t, libm::sqrt(freedom as f64));
    let (sine, cosine) = libm::sincos(angle);
    let square = cosine * cosine;
    let odd = freedom % 2 == 1;
    // Terms of cos² from one power to the next: by 2/3, 4/5, … if the degrees are odd, and 1/2, 3/4, … if even.
    let mut term = if odd { cosine } else { 1.0 };
    let mut sum = 0.0;
    let mut step = if odd { 3 } else { 2 };
    while step <= freedom {
        sum += term;
        term *= square * (step - 1) as f64 / step as f64;
        step += 2;
    }
    if odd { std::f64::consts::FRAC_2_PI * (angle + sine * sum) } else { sine * sum }
}

/// The normal score with the same probability.
fn normal_score(t: f64, freedom: u64) -> f64 {
    let nu = freedom as f64;
    let a = nu - 0.5;
    let b = 48.0 * a * a;
    let square = a * libm::log1p(t * t / nu);
    let score = libm::sqrt(square);
    let inner = ((-0.4 * square - 3.3) * square - 24.0) * square - 85.5;
    ((inner / (0.8 * square * square + 100.0 + b) + square + 3.0) / b + 1.0) * score
}
