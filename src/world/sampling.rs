//! Sample sizes of risk-limiting audits, and the chance that a recount turns a result.
//!
//! Ballot comparison: the super-simple method of Stark (2010) with the error rates and the rounding of the Arlo software.
//! Ballot polling: BRAVO (Lindeman, Stark and Yates 2012); ballots are not drawn one by one, the number needed is drawn from
//! the law of the first passage of its random walk: worked out step by step where few ballots settle it, and beyond that an inverse
//! Gaussian with mean ln(1/alpha)/mu and shape ln(1/alpha)²/sigma².

use crate::engine::normal_cdf;

/// The inflation factor of the super-simple method.
const GAMMA: f64 = 1.03905;
/// Expected rates of over- and understatements by one and by two votes.
const ONE_VOTE: f64 = 0.001;
const TWO_VOTES: f64 = 0.0001;

/// Ballots to compare with their machine records: `margin` is the diluted margin, `risk` the risk limit, both from 0 to 1.
/// Without end for a margin of nothing.
pub fn comparison_ballots(margin: f64, risk: f64) -> f64 {
    comparison_ballots_expecting(margin, risk, ONE_VOTE, TWO_VOTES)
}

/// The same where over- and understatements by one and by two votes are expected at these rates: without errors -2 gamma ln(risk) / margin.
pub fn comparison_ballots_expecting(margin: f64, risk: f64, one_vote: f64, two_votes: f64) -> f64 {
    if margin <= 0.0 {
        return f64::INFINITY;
    }
    let log = libm::log;
    let alpha = log(risk);
    let (half, one) = (1.0 / (2.0 * GAMMA), 1.0 / GAMMA);
    let drift = log(1.0 - margin / (2.0 * GAMMA))
        - one_vote * log(1.0 - half)
        - two_votes * log(1.0 - one)
        - one_vote * log(1.0 + half)
        - two_votes * log(1.0 + one);
    if drift >= 0.0 {
        return f64::INFINITY;
    }
    let first = libm::ceil(alpha / drift);
    let (over_one, under_one) = (libm::ceil(one_vote * first), libm::ceil(one_vote * first));
    let (over_two, under_two) = (libm::round(two_votes * first), libm::round(two_votes * first));
    let errors = over_one * log(1.0 - half)
        + over_two * log(1.0 - one)
        + under_one * log(1.0 + half)
        + under_two * log(1.0 + one);
    libm::ceil(-2.0 * GAMMA * (alpha + errors) / margin)
}

/// Mean number of ballots BRAVO reads if the reported shares are right: the usual approximation with half a step beyond the bar.
pub fn polling_mean(winner: f64, loser: f64, risk: f64) -> f64 {
    let share = winner / (winner + loser);
    let (up, down) = (libm::log(2.0 * share), libm::log(2.0 - 2.0 * share));
    let drift = winner * up + loser * down;
    libm::ceil((libm::log(1.0 / risk) + up / 2.0) / drift)
}

/// Up to this mean number of ballots the walk is followed step by step; beyond it one step is too small to matter.
const FEW_BALLOTS: f64 = 3_000.0;

/// Number of ballots BRAVO reads at quantile `u`, if the reported share of the winner is right: the first passage of the walk.
/// `share` is the winner's among the two, above a half; without end at a half or below.
pub fn polling_quantile(share: f64, risk: f64, u: f64) -> f64 {
    let (up, down) = (libm::log(2.0 * share), libm::log(2.0 - 2.0 * share));
    let bar = libm::log(1.0 / risk);
    if share >= 1.0 {
        return libm::ceil(bar / up);
    }
    let drift = share * up + (1.0 - share) * down;
    if share <= 0.5 || drift <= 0.0 {
        return f64::INFINITY;
    }
    if bar / drift <= FEW_BALLOTS {
        return first_passage(share, up, down, bar, u);
    }
    let spread = (up - down) * (up - down) * share * (1.0 - share);
    // The walk overshoots its bar by half an upward step on average.
    let bar = bar + up / 2.0;
    inverse_gaussian_quantile(bar / drift, bar * bar / spread, u)
}

/// The number of steps at which a walk has passed its bar with chance `u`: the chances of all numbers of upward steps that have not
/// passed, carried from step to step.
fn first_passage(share: f64, up: f64, down: f64, bar: f64, u: f64) -> f64 {
    let mut unpassed = vec![1.0];
    let mut lowest = 0;
    let mut passed = 0.0;
    let mut steps = 0.0;
    while passed < u {
        steps += 1.0;
        unpassed.push(0.0);
        for ups in (lowest + 1..unpassed.len()).rev() {
            unpassed[ups] = unpassed[ups] * (1.0 - share) + unpassed[ups - 1] * share;
        }
        unpassed[lowest] *= 1.0 - share;
        while !unpassed.is_empty() && (unpassed.len() - 1) as f64 * (up - down) + steps * down >= bar {
            passed += unpassed.pop().unwrap_or(0.0);
        }
        // Chances too small to be seen in a sum near one; when none is left the walk has passed.
        while lowest < unpassed.len() && unpassed[lowest] < 1e-20 {
            lowest += 1;
        }
        if lowest >= unpassed.len() {
            break;
        }
    }
    steps
}

/// The inverse Gaussian law by bisection of its distribution function (Shuster 1968).
fn inverse_gaussian_quantile(mean: f64, shape: f64, u: f64) -> f64 {
    let (mut low, mut high) = (0.0, mean);
    while inverse_gaussian_cdf(high, mean, shape) < u && high < 1e12 {
        low = high;
        high *= 2.0;
    }
    // Fifty halvings of the interval are beyond the last bit that matters for a count of ballots.
    for _ in 0..50 {
        let middle = (low + high) / 2.0;
        if inverse_gaussian_cdf(middle, mean, shape) < u {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

fn inverse_gaussian_cdf(x: f64, mean: f64, shape: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let root = libm::sqrt(shape / x);
    let tail = normal_cdf(-root * (x / mean + 1.0));
    let second = if tail > 0.0 { libm::exp(2.0 * shape / mean + libm::log(tail)) } else { 0.0 };
    normal_cdf(root * (x / mean - 1.0)) + second
}

/// Scale of the shift of a recount as a share of the two leading candidates' votes (statewide recounts 2000 to 2023).
const SHIFT_SCALE: f64 = 0.0003;
/// Share of recounts that widen the lead.
const WIDENS: f64 = 0.6;

/// Change of the leader's margin in a recount, at quantile `u`: a Laplace law whose sign more often widens the lead.
pub fn recount_shift(u: f64) -> f64 {
    let narrows = 1.0 - WIDENS;
    if u < narrows { SHIFT_SCALE * libm::log(u / narrows) } else { -SHIFT_SCALE * libm::log((1.0 - u) / WIDENS) }
}

/// Chance that a recount turns a result with this margin, as a share of the two leading candidates' votes.
pub fn recount_reverses(margin: f64) -> f64 {
    (1.0 - WIDENS) * libm::exp(-margin / SHIFT_SCALE)
}
