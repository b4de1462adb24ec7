//! The beta law, by a table of its quantile function.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use libm::{exp, lgamma, log, log1p, sqrt};

use super::{ParameterError, require};

/// Cells of the table, equally wide in the coordinate t of [`probability_at`].
const CELLS: usize = 1024;
/// In the outermost cells on either side, fewer than 2 draws in 100,000, the quantile is solved for instead of interpolated: there it
/// may be too steep for any table.
const SOLVED_CELLS: usize = 4;
/// How close to the root [`solve`] comes, on the scale [0, 1].
const TOLERANCE: f64 = 1e-13;

#[derive(Clone, Copy, PartialEq)]
struct Node {
    x: f64,
    /// dx/dt, limited so that the interpolation is monotone.
    slope: f64,
}

/// The tables in use, by the bits of their shapes. Making one costs some hundred thousand operations, and plans of one scenario, like
/// ranges of one form, ask for the same ones.
static TABLES: Mutex<Tables> = Mutex::new(BTreeMap::new());

type Tables = BTreeMap<(u64, u64), Weak<[Node]>>;

/// A beta law on [0, 1] whose quantiles come from a monotone table, within 1e-5 of the exact ones. Equal laws share the table.
#[derive(Clone, PartialEq)]
pub struct BetaTable {
    law: Law,
    nodes: Arc<[Node]>,
}

#[derive(Clone, Copy, PartialEq)]
struct Law {
    a: f64,
    b: f64,
    ln_beta: f64,
}

impl fmt::Debug for BetaTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BetaTable").field("a", &self.law.a).field("b", &self.law.b).finish_non_exhaustive()
    }
}

impl BetaTable {
    /// The shape parameters a table is made for. Below them nearly all of the law lies at 0 and 1, a coin better described as a choice;
    /// above them it is a single value for every purpose.
    pub const SHAPES: RangeInclusive<f64> = 0.01..=100_000.0;

    /// Builds the table of the beta law with shape parameters `a` and `b`.
    ///
    /// # Errors
    ///
    /// When a parameter lies outside [`BetaTable::SHAPES`].
    pub fn new(a: f64, b: f64) -> Result<Self, ParameterError> {
        require(
            Self::SHAPES.contains(&a) && Self::SHAPES.contains(&b),
            "the shapes of a beta distribution must lie between 0.01 and 100000",
        )?;
        let law = Law { a, b, ln_beta: lgamma(a) + lgamma(b) - lgamma(a + b) };
        let shapes = (a.to_bits(), b.to_bits());
        let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(nodes) = tables.get(&shapes).and_then(Weak::upgrade) {
            return Ok(BetaTable { law, nodes });
        }
        let nodes: Arc<[Node]> = law.nodes().into();
        tables.retain(|_, table| table.strong_count() > 0);
        tables.insert(shapes, Arc::downgrade(&nodes));
        Ok(BetaTable { law, nodes })
    }

    /// The first shape parameter.
    #[must_use]
    pub fn a(&self) -> f64 {
        self.law.a
    }

    /// The second shape parameter.
    #[must_use]
    pub fn b(&self) -> f64 {
        self.law.b
    }

    /// The value in [0, 1] that a variate stays at or below with probability `u`.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        let (left, right) = (sqrt(u), sqrt(1.0 - u));
        let place = left / (left + right) * CELLS as f64;
        // The conversion sends NaN, the place of a u outside [0, 1], to cell 0.
        let cell = place as usize;
        if !(SOLVED_CELLS..CELLS - SOLVED_CELLS).contains(&cell) {
            return self.law.solve(u, 0.0);
        }
        let (from, to) = (self.nodes[cell], self.nodes[cell + 1]);
        hermite(from, to, place - cell as f64)
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.law.a / (self.law.a + self.law.b)
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let Law { a, b, .. } = self.law;
        let sum = a + b;
        a / sum * (b / sum) / (sum + 1.0)
    }
}

/// The probability at a place t in [0, 1] of the table: t^2 / (t^2 + (1 - t)^2). Nodes that are even in t lie quadratically denser towards
/// either end, and the inverse needs square roots only.
fn probability_at(t: f64) -> f64 {
    let s = 1.0 - t;
    t * t / (t * t + s * s)
}

/// Limits slopes to three times the smaller neighbouring secant, which suffices for monotone cubics (F. N. Fritsch and R. E. Carlson, SIAM
/// Journal on Numerical Analysis 17 (1980) 238).
fn limit_slopes(nodes: &mut [Node]) {
    for at in 1..CELLS {
        let left = nodes[at].x - nodes[at - 1].x;
        let right = nodes[at + 1].x - nodes[at].x;
        // The minimum also replaces an infinite or undefined slope.
        nodes[at].slope = nodes[at].slope.min(3.0 * left.min(right) * CELLS as f64);
    }
}

/// Cubic Hermite interpolation at a fraction of a cell.
fn hermite(from: Node, to: Node, fraction: f64) -> f64 {
    let rest = 1.0 - fraction;
    let width = 1.0 / CELLS as f64;
    from.x * rest * rest * (1.0 + 2.0 * fraction)
        + to.x * fraction * fraction * (1.0 + 2.0 * rest)
        + width * fraction * rest * (from.slope * rest - to.slope * fraction)
}

impl Law {
    /// The table of its quantile function.
    fn nodes(&self) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(CELLS + 1);
        nodes.push(Node { x: 0.0, slope: 0.0 });
        let mut x = 0.0;
        for cell in 1..CELLS {
            let t = cell as f64 / CELLS as f64;
            x = self.solve(probability_at(t), x);
            let s = 1.0 - t;
            let squares = t * t + s * s;
            let slope = 2.0 * t * s / (squares * squares) / self.density(x);
            nodes.push(Node { x, slope });
        }
        nodes.push(Node { x: 1.0, slope: 0.0 });
        limit_slopes(&mut nodes);
        nodes
    }

    fn density(&self, x: f64) -> f64 {
        exp((self.a - 1.0) * log(x) + (self.b - 1.0) * log1p(-x) - self.ln_beta)
    }

    /// The regularised incomplete beta function I_x(a, b).
    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let Law { a, b, ln_beta } = *self;
        let front = exp(a * log(x) + b * log1p(-x) - ln_beta);
        // The fraction converges fast on this side of the mean; on the other the law is mirrored.
        if x < (a + 1.0) / (a + b + 2.0) {
            front * continued_fraction(a, b, x) / a
        } else {
            1.0 - front * continued_fraction(b, a, 1.0 - x) / b
        }
    }

    /// The x at or above `at_least` where the distribution function reaches `u`: Newton's method inside a bracket that it can only shrink.
    fn solve(&self, u: f64, at_least: f64) -> f64 {
        let (mut low, mut high) = (at_least, 1.0);
        let mut x = if at_least > 0.0 { at_least } else { self.a / (self.a + self.b) };
        while high - low > TOLERANCE {
            let error = self.cdf(x) - u;
            if error < 0.0 {
                low = x;
            } else {
                high = x;
            }
            let step = error / self.density(x);
            let newton = x - step;
            if newton > low && newton < high {
                x = newton;
                if step.abs() <= TOLERANCE {
                    break;
                }
            } else {
                x = low + (high - low) / 2.0;
            }
        }
        x
    }
}

/// The continued fraction of the incomplete beta function (NIST Digital Library of Mathematical Functions, 8.17.22), evaluated by the
/// modified Lentz method.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const MAX_TERMS: u32 = 10_000;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..MAX_TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            change = d * c;
            fraction *= change;
        }
        if (change - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    fraction
}
