//! Two plans on the same runs: differences run by run, with what chance may have done to them.
//!
//! Each run is the same world under both plans, so the difference within a run is free of whatever the two share. All
//! intervals are two-sided.

use super::statistics::{Interval, Moments};
use super::student;

/// Differences between two plans, run by run, in one outcome. A contingency counts as 1 where it happened and as 0 where not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pairs {
    /// Runs in which the second plan has the greater value.
    pub above: u64,
    /// Runs in which it has the smaller one.
    pub below: u64,
    /// The differences themselves: second less first.
    pub differences: Moments,
    first: Moments,
    second: Moments,
}

/// How likely as many disagreements would be if neither plan did better (McNemar 1947, doi:10.1007/BF02295996).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// The exact conditional test.
    pub exact: f64,
    /// The same with half the probability of what was found: closer to its nominal level (Fagerland, Lydersen and
    /// Laake 2013, doi:10.1186/1471-2288-13-91).
    pub mid_p: f64,
}

impl Pairs {
    /// Adds a run. If either plan has no value in it, it is left out.
    pub fn push(&mut self, first: f64, second: f64) {
        if first.is_nan() || second.is_nan() {
            return;
        }
        self.above += u64::from(second > first);
        self.below += u64::from(second < first);
        self.differences.push(second - first);
        self.first.push(first);
        self.second.push(second);
    }

    /// How many runs there are.
    pub fn n(&self) -> u64 {
        self.differences.n()
    }

    /// Runs in which both plans have the same value.
    pub fn same(&self) -> u64 {
        self.n() - self.above - self.below
    }

    /// The mean of the differences; nothing without runs.
    pub fn mean(&self) -> Option<f64> {
        self.differences.mean()
    }

    /// The difference of the shares of a contingency, from whole counts; nothing without runs.
    pub fn share_difference(&self) -> Option<f64> {
        (self.n() > 0).then(|| (self.above as f64 - self.below as f64) / self.n() as f64)
    }

    /// The standard error of the mean difference; nothing below two runs.
    pub fn standard_error(&self) -> Option<f64> {
        Some(libm::sqrt(self.differences.variance()? / self.n() as f64))
    }

    /// The standard error the difference would have had on runs of its own for each plan.
    pub fn unpaired_error(&self) -> Option<f64> {
        Some(libm::sqrt((self.first.variance()? + self.second.variance()?) / self.n() as f64))
    }

    /// How the two plans move together from run to run; nothing where either always has the same value.
    pub fn correlation(&self) -> Option<f64> {
        let (first, second) = (self.first.variance()?, self.second.variance()?);
        let scale = 2.0 * libm::sqrt(first * second);
        let together = (first + second - self.differences.variance()?) / scale;
        (scale > 0.0).then(|| together.clamp(-1.0, 1.0))
    }

    /// How many times smaller pairing could make the standard error of these two plans at the very most: if they moved together
    /// as closely as their spreads allow. For a share, if every run with the rarer outcome had the other too. Nothing where
    /// there is no such bound, as between equals.
    pub fn most_gain(&self, share: bool) -> Option<f64> {
        let (first, second) = (self.first.variance()?, self.second.variance()?);
        let closest = if share {
            let gap = (self.second.mean()? - self.first.mean()?).abs();
            let n = self.n() as f64;
            gap * (1.0 - gap) * n / (n - 1.0)
        } else {
            let gap = libm::sqrt(second) - libm::sqrt(first);
            gap * gap
        };
        (closest > 0.0).then(|| libm::sqrt((first + second) / closest))
    }

    /// The t interval of the mean difference, which leaves out a probability of `outside`; nothing below two runs.
    pub fn t_interval(&self, outside: f64) -> Option<Interval> {
        let mean = self.mean()?;
        let half = self.standard_error()? * student::two_sided_quantile(outside, self.n() - 1);
        Some(Interval { low: mean - half, high: mean + half })
    }

    /// The paired t test of no difference in the mean; nothing below two runs.
    pub fn t_test(&self) -> Option<f64> {
        let (mean, error) = (self.mean()?, self.standard_error()?);
        // The same difference in every run is certain, whatever it is; no difference in any shows none.
        Some(match (mean == 0.0, error == 0.0) {
            (true, _) => 1.0,
            (false, true) => 0.0,
            (false, false) => student::two_sided(mean / error, self.n() - 1),
        })
    }

    /// The score interval of the difference of two shares, at a normal quantile `z`; nothing without runs.
    pub fn share_interval(&self, z: f64) -> Option<Interval> {
        tango(self.above, self.below, self.n(), z)
    }

    /// McNemar's test.
    pub fn mcnemar(&self) -> McNemar {
        mcnemar(self.above, self.below)
    }
}

/// The score interval of the difference of two paired shares (Tango 1998,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B).
///
/// `above` runs had it under the second plan only, `below` under the first only. It stays honest where few runs, or none,
/// tell the plans apart. Nothing without runs.
pub fn tango(above: u64, below: u64, n: u64, z: f64) -> Option<Interval> {
    if n == 0 || above + below > n {
        return None;
    }
    let estimate = (above as f64 - below as f64) / n as f64;
    let inside = |delta: f64| tango_score(above, below, n, delta).abs() <= z;
    Some(Interval { low: edge(estimate, -1.0, &inside), high: edge(estimate, 1.0, &inside) })
}

/// The score statistic of a supposed difference (Tango 1998, equations 6 to 9).
fn tango_score(above: u64, below: u64, n: u64, delta: f64) -> f64 {
    let (up, down, n) = (above as f64, below as f64, n as f64);
    let b = -up - down + (2.0 * n - up + down) * delta;
    let c = -down * delta * (1.0 - delta);
    let root = libm::sqrt((b * b - 8.0 * n * c).max(0.0));
    let lesser = ((root - b) / (4.0 * n)).max(0.0);
    let variance = n * (2.0 * lesser + delta * (1.0 - delta));
    let distance = up - down - n * delta;
    if distance == 0.0 { 0.0 } else { distance / libm::sqrt(variance.max(0.0)) }
}

/// The farthest point between a point inside and a limit that still is inside, where there is one such boundary.
fn edge(from: f64, limit: f64, inside: &impl Fn(f64) -> bool) -> f64 {
    let (mut near, mut far) = (from, limit);
    if inside(limit) {
        return limit;
    }
    loop {
        let middle = near + (far - near) / 2.0;
        if middle == near || middle == far {
            return near;
        }
        if inside(middle) {
            near = middle;
        } else {
            far = middle;
        }
    }
}

/// McNemar's test for runs in which the plans disagree.
pub fn mcnemar(above: u64, below: u64) -> McNemar {
    let (n, least) = (above + below, above.min(below));
    let half = std::f64::consts::LN_2;
    let log_choose =
        libm::lgamma(n as f64 + 1.0) - libm::lgamma(least as f64 + 1.0) - libm::lgamma((n - least) as f64 + 1.0);
    let point = libm::exp(log_choose - n as f64 * half);
    // Down from the least count, each term is the one above times k / (n - k + 1).
    let mut term = point;
    let mut tail = point;
    for k in (1..=least).rev() {
        term *= k as f64 / (n - k + 1) as f64;
        tail += term;
        if term < tail * f64::EPSILON {
            break;
        }
    }
    let mid_p = if above == below { 1.0 } else { 2.0 * tail - point };
    McNemar { exact: (2.0 * tail).min(1.0), mid_p: mid_p.min(1.0) }
}

/// Probabilities made fit for being shown together (Holm 1979, *Scandinavian Journal of Statistics* 6, 65-70): each is
/// below a level only if the chance that any difference among them is shown in error stays below that level.
pub fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
    let mut adjusted = vec![1.0; probabilities.len()];
    let mut before: f64 = 0.0;
    for (rank, &position) in order.iter().enumerate() {
        let remaining = (probabilities.len() - rank) as f64;
        before = before.max((remaining * probabilities[position]).min(1.0));
        adjusted[position] = before;
    }
    adjusted
}
