//! Random variates by inversion: one uniform number in, one value out, the same bits on every machine.
//!
//! Inversion takes exactly one draw a variate whatever the shape, so draws stay aligned between the variants of a scenario, and a
//! quantile function is monotone, so a larger draw always means a larger value. All functions use the `libm` crate, never the
//! system's mathematics library.
//!
//! ```
//! use canvass::engine::variate::Distribution;
//!
//! // "2h to 30h", a 90 % interval.
//! let repair = Distribution::lognormal_interval(2.0, 30.0)?;
//! assert!((repair.quantile(0.05) - 2.0).abs() < 1e-9);
//! assert!((repair.quantile(0.95) - 30.0).abs() < 1e-9);
//! assert_eq!(Distribution::uniform(5.0, 1.0).unwrap_err().to_string(), "low must not exceed high");
//! # Ok::<(), canvass::engine::variate::ParameterError>(())
//! ```

mod beta;
mod discrete;
mod gamma;
mod logarithm;
mod normal;

pub use beta::BetaTable;
pub use discrete::{negative_binomial_quantile, poisson_quantile};
pub use normal::{lognormal_cdf, normal_cdf, normal_quantile};

use libm::{exp, expm1, log, sqrt};
use logarithm::log_of_rest;
pub(super) use logarithm::log_of_rest_inside;

/// The standard normal quantile of 95 %.
const Z_95: f64 = 1.644_853_626_951_472_2;
/// The weight of the most likely value in a PERT law, from D. G. Malcolm et al., Operations Research 7 (1959) 646.
const PERT_WEIGHT: f64 = 4.0;

/// Why numbers do not describe a distribution, in words for the planner who wrote them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct ParameterError {
    reason: &'static str,
}

impl ParameterError {
    /// The reason, in lower case and without a full stop.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

/// The law of an uncertain number. Make one with the constructors, which check the parameters and turn every law without spread
/// into [`Distribution::Fixed`].
#[derive(Clone, PartialEq, Debug)]
pub enum Distribution {
    /// Always the same value.
    Fixed(f64),
    /// Equally likely everywhere between two bounds.
    Uniform {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// Rising in a straight line to the most likely value and falling in a straight line from it.
    Triangular {
        /// The lower bound.
        low: f64,
        /// The most likely value.
        likely: f64,
        /// The upper bound.
        high: f64,
    },
    /// A beta law on [low, high] whose mean is (low + 4 likely + high) / 6.
    Pert {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
        /// The law on [0, 1].
        table: BetaTable,
    },
    /// The bell curve.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: f64,
    },
    /// The law of a positive number whose logarithm is normal.
    LogNormal {
        /// The mean of the logarithm.
        mu: f64,
        /// The standard deviation of the logarithm.
        sigma: f64,
    },
    /// The time to the next of events that come at a constant rate.
    Exponential {
        /// The mean.
        mean: f64,
    },
    /// A beta law on [0, 1].
    Beta {
        /// The law.
        table: BetaTable,
    },
    /// The count of events that come at a constant rate.
    Poisson {
        /// The mean.
        mean: f64,
    },
    /// One of a few values.
    Choice {
        /// The values, ascending.
        values: Box<[f64]>,
        /// The probability of this value or a smaller one, for each value; the last is 1.
        cumulative: Box<[f64]>,
    },
}

impl Distribution {
    /// Equally likely everywhere from `low` to `high`.
    ///
    /// # Errors
    ///
    /// When a bound is not finite, or low exceeds high.
    pub fn uniform(low: f64, high: f64) -> Result<Self, ParameterError> {
        finite(&[low, high])?;
        require(low <= high, "low must not exceed high")?;
        finite_range(low, high)?;
        Ok(if low == high { Self::Fixed(low) } else { Self::Uniform { low, high } })
    }

    /// A triangle over `low` to `high` with its peak at `likely`.
    ///
    /// # Errors
    ///
    /// When a number is not finite, or the three are not in order.
    pub fn triangular(low: f64, likely: f64, high: f64) -> Result<Self, ParameterError> {
        three_points(low, likely, high)?;
        Ok(if low == high { Self::Fixed(low) } else { Self::Triangular { low, likely, high } })
    }

    /// A smooth law over `low` to `high` that is highest at `likely`.
    ///
    /// # Errors
    ///
    /// When a number is not finite, or the three are not in order.
    pub fn pert(low: f64, likely: f64, high: f64) -> Result<Self, ParameterError> {
        three_points(low, likely, high)?;
        if low == high {
            return Ok(Self::Fixed(low));
        }
        let range = high - low;
        let table = BetaTable::new(
            1.0 + PERT_WEIGHT * ((likely - low) / range),
            1.0 + PERT_WEIGHT * ((high - likely) / range),
        )?;
        Ok(Self::Pert { low, high, table })
    }

    /// A bell curve.
    ///
    /// # Errors
    ///
    /// When a number is not finite, or the standard deviation is negative.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, ParameterError> {
        finite(&[mean, sd])?;
        require(sd >= 0.0, "the standard deviation must not be negative")?;
        Ok(if sd == 0.0 { Self::Fixed(mean) } else { Self::Normal { mean, sd } })
    }

    /// A lognormal law by the mean and the standard deviation of the logarithm.
    ///
    /// # Errors
    ///
    /// When a number is not finite, or sigma is negative.
    pub fn lognormal(mu: f64, sigma: f64) -> Result<Self, ParameterError> {
        finite(&[mu, sigma])?;
        require(sigma >= 0.0, "sigma must not be negative")?;
        Ok(if sigma == 0.0 { Self::Fixed(exp(mu)) } else { Self::LogNormal { mu, sigma } })
    }

    /// The lognormal law with 5 % of its mass below `p5` and 5 % above `p95`. Its median is the geometric mean of the two.
    ///
    /// # Errors
    ///
    /// When a bound is not finite or not above zero, or the lower exceeds the upper.
    pub fn lognormal_interval(p5: f64, p95: f64) -> Result<Self, ParameterError> {
        finite(&[p5, p95])?;
        require(p5 > 0.0, "the lower end of a range must be above zero")?;
        require(p5 <= p95, "the lower end of a range must not exceed the upper end")?;
        if p5 == p95 {
            return Ok(Self::Fixed(p5));
        }
        Self::lognormal((log(p5) + log(p95)) / 2.0, (log(p95) - log(p5)) / (2.0 * Z_95))
    }

    /// The lognormal law that passes through two quantiles: `x_a` at probability `p_a`, `x_b` at `p_b`.
    ///
    /// # Errors
    ///
    /// When a probability is not strictly between 0 and 1, the two are equal, a value is not finite or not above zero, or the greater
    /// probability has the smaller value.
    pub fn lognormal_quantiles(p_a: f64, x_a: f64, p_b: f64, x_b: f64) -> Result<Self, ParameterError> {
        finite(&[p_a, x_a, p_b, x_b])?;
        let inside = |p: f64| p > 0.0 && p < 1.0;
        require(inside(p_a) && inside(p_b), "a percentile must lie between 0 and 100")?;
        require(p_a != p_b, "the two percentiles must differ")?;
        require(x_a > 0.0 && x_b > 0.0, "the value at a percentile must be above zero")?;
        require(x_a == x_b || (p_a < p_b) == (x_a < x_b), "the higher percentile must have the larger value")?;
        if x_a == x_b {
            return Ok(Self::Fixed(x_a));
        }
        let (z_a, z_b) = (normal_quantile(p_a), normal_quantile(p_b));
        let sigma = (log(x_b) - log(x_a)) / (z_b - z_a);
        Self::lognormal(log(x_a) - sigma * z_a, sigma)
    }

    /// The waiting time for events that come at a constant rate.
    ///
    /// # Errors
    ///
    /// When the mean is not finite or negative.
    pub fn exponential(mean: f64) -> Result<Self, ParameterError> {
        finite(&[mean])?;
        require(mean >= 0.0, "the mean must not be negative")?;
        Ok(if mean == 0.0 { Self::Fixed(0.0) } else { Self::Exponential { mean } })
    }

    /// A beta law on [0, 1].
    ///
    /// # Errors
    ///
    /// When a shape parameter lies outside [`BetaTable::SHAPES`].
    pub fn beta(a: f64, b: f64) -> Result<Self, ParameterError> {
        Ok(Self::Beta { table: BetaTable::new(a, b)? })
    }

    /// A count of events that come at a constant rate.
    ///
    /// # Errors
    ///
    /// When the mean is not finite or negative.
    pub fn poisson(mean: f64) -> Result<Self, ParameterError> {
        finite(&[mean])?;
        require(mean >= 0.0, "the mean must not be negative")?;
        Ok(if mean == 0.0 { Self::Fixed(0.0) } else { Self::Poisson { mean } })
    }

    /// One of the given values, each as likely as its weight is large. The weights need not sum to 1; a value without weight is left
    /// out.
    ///
    /// # Errors
    ///
    /// When a number is not finite, a weight is negative, or no weight is above zero.
    pub fn choice(weighted: &[(f64, f64)]) -> Result<Self, ParameterError> {
        for &(value, weight) in weighted {
            finite(&[value, weight])?;
            require(weight >= 0.0, "a weight must not be negative")?;
        }
        let mut kept: Vec<(f64, f64)> = weighted.iter().copied().filter(|&(_, weight)| weight > 0.0).collect();
        // Ascending values make the quantile function monotone.
        kept.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = kept.iter().map(|&(_, weight)| weight).sum();
        require(total > 0.0, "at least one weight must be above zero")?;
        require(total.is_finite(), "the weights are too large")?;
        let values: Box<[f64]> = kept.iter().map(|&(value, _)| value).collect();
        let mut sum = 0.0;
        let mut cumulative: Box<[f64]> = kept
            .iter()
            .map(|&(_, weight)| {
                sum += weight;
                sum / total
            })
            .collect();
        if let Some(last) = cumulative.last_mut() {
            *last = 1.0;
        }
        Ok(if values.len() == 1 { Self::Fixed(values[0]) } else { Self::Choice { values, cumulative } })
    }

    /// The value that a variate stays at or below with probability `u`, for `u` in the open interval (0, 1).
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Uniform { low, high } => low + (high - low) * u,
            Self::Triangular { low, likely, high } => triangular_quantile(*low, *likely, *high, u),
            Self::Pert { low, high, table } => low + (high - low) * table.quantile(u),
            Self::Normal { mean, sd } => mean + sd * normal_quantile(u),
            Self::LogNormal { mu, sigma } => exp(mu + sigma * normal_quantile(u)),
            Self::Exponential { mean } => exponential_quantile(u, *mean),
            Self::Beta { table } => table.quantile(u),
            Self::Poisson { mean } => poisson_quantile(*mean, u),
            Self::Choice { values, cumulative } => {
                let at = cumulative.partition_point(|&c| c < u);
                values[at.min(values.len() - 1)]
            }
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Uniform { low, high } => low + (high - low) / 2.0,
            Self::Triangular { low, likely, high } => (low + likely + high) / 3.0,
            Self::Pert { low, high, table } => low + (high - low) * table.mean(),
            Self::Normal { mean, .. } | Self::Exponential { mean } | Self::Poisson { mean } => *mean,
            Self::LogNormal { mu, sigma } => exp(mu + sigma * sigma / 2.0),
            Self::Beta { table } => table.mean(),
            Self::Choice { .. } => self.expectation(|value| value),
        }
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match self {
            Self::Fixed(_) => 0.0,
            Self::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Self::Triangular { low, likely, high } => {
                let (left, right) = (likely - low, high - likely);
                (left * left + left * right + right * right) / 18.0
            }
            Self::Pert { low, high, table } => (high - low) * (high - low) * table.variance(),
            Self::Normal { sd, .. } => sd * sd,
            Self::LogNormal { mu, sigma } => expm1(sigma * sigma) * exp(2.0 * mu + sigma * sigma),
            Self::Exponential { mean } => mean * mean,
            Self::Beta { table } => table.variance(),
            Self::Poisson { mean } => *mean,
            Self::Choice { .. } => {
                let mean = self.mean();
                self.expectation(|value| (value - mean) * (value - mean))
            }
        }
    }

    /// The least and the greatest value, infinite where there is none.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Fixed(value) => (*value, *value),
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } | Self::Pert { low, high, .. } => {
                (*low, *high)
            }
            Self::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::LogNormal { .. } | Self::Exponential { .. } | Self::Poisson { .. } => (0.0, f64::INFINITY),
            Self::Beta { .. } => (0.0, 1.0),
            Self::Choice { values, .. } => (values[0], values[values.len() - 1]),
        }
    }

    /// Whether the value is certain.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }

    /// The expectation of a function of a choice; 0 for other laws.
    fn expectation(&self, of: impl Fn(f64) -> f64) -> f64 {
        let Self::Choice { values, cumulative } = self else {
            return 0.0;
        };
        let mut below = 0.0;
        let mut sum = 0.0;
        for (&value, &up_to) in values.iter().zip(cumulative) {
            sum += (up_to - below) * of(value);
            below = up_to;
        }
        sum
    }
}

/// The quantile of an exponential law with a given mean.
#[must_use]
#[inline]
pub fn exponential_quantile(u: f64, mean: f64) -> f64 {
    -mean * log_of_rest(u)
}

fn triangular_quantile(low: f64, likely: f64, high: f64, u: f64) -> f64 {
    let range = high - low;
    let left = likely - low;
    if u * range < left { low + sqrt(u * range * left) } else { high - sqrt((1.0 - u) * range * (high - likely)) }
}

fn require(holds: bool, reason: &'static str) -> Result<(), ParameterError> {
    if holds { Ok(()) } else { Err(ParameterError { reason }) }
}

fn finite(numbers: &[f64]) -> Result<(), ParameterError> {
    require(numbers.iter().all(|number| number.is_finite()), "every number must be finite")
}

fn finite_range(low: f64, high: f64) -> Result<(), ParameterError> {
    require((high - low).is_finite(), "the range is too wide")
}

fn three_points(low: f64, likely: f64, high: f64) -> Result<(), ParameterError> {
    finite(&[low, likely, high])?;
    require(low <= likely, "low must not exceed likely")?;
    require(likely <= high, "likely must not exceed high")?;
    finite_range(low, high)
}
