//! Spending a fixed number of runs where they help most to pick the best of several: optimal computing budget allocation
//! (OCBA; Chen, Lin, Yücesan and Chick 2000, doi:10.1023/A:1008349927281).
//!
//! Runs go to those contenders that are hard to tell from the best: in proportion to (standard deviation / distance to
//! the best)², and to the best itself as the others together ask for. Means and deviations are only estimated, so the
//! allocation is worked out anew as runs come in. It asks for the best use of a budget and promises no probability beforehand.

use crate::engine::normal_cdf;

/// What is known of a contender so far. More is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Its mean.
    pub mean: f64,
    /// The variance of a single observation.
    pub variance: f64,
    /// How many observations there are.
    pub n: u64,
}

/// The position of the best mean; of equals, the first. Nothing without contenders.
pub fn leader(standings: &[Standing]) -> Option<usize> {
    (0..standings.len()).reduce(|best, next| if standings[next].mean > standings[best].mean { next } else { best })
}

/// How `more` observations are to be shared out: what each lacks of its part in all of them, made before or now.
///
/// Distances below `zone` count as `zone`: what is not worth telling apart shall not swallow the budget (Branke, Chick and Schmidt
/// 2007, doi:10.1287/mnsc.1070.0721).
pub fn share_out(standings: &[Standing], zone: f64, more: u64) -> Vec<u64> {
    let weights = weights(standings, zone);
    let (whole, spent) = (weights.iter().sum::<f64>(), standings.iter().map(|standing| standing.n).sum::<u64>());
    // Where nothing varies there is nothing to be found out, and everybody gets the same.
    let part = |weight: f64| if whole > 0.0 { weight / whole } else { 1.0 / standings.len() as f64 };
    let lacks: Vec<f64> = standings
        .iter()
        .zip(&weights)
        .map(|(standing, &weight)| (part(weight) * (spent + more) as f64 - standing.n as f64).max(0.0))
        .collect();
    let scale = more as f64 / lacks.iter().sum::<f64>();
    // Rounded so that the sum is right: each ends where the sum of those up to it ends.
    let (mut sum, mut given) = (0.0, 0);
    lacks
        .iter()
        .map(|lack| {
            sum += lack * scale;
            let end = (libm::round(sum) as u64).min(more);
            let own = end - given;
            given = end;
            own
        })
        .collect()
}

/// The parts of the budget, to a common factor.
fn weights(standings: &[Standing], zone: f64) -> Vec<f64> {
    let Some(best) = leader(standings) else {
        return Vec::new();
    };
    let mut weights: Vec<f64> = standings
        .iter()
        .map(|standing| {
            // A zone of nothing still must not divide by nothing.
            let distance = (standings[best].mean - standing.mean).max(zone).max(f64::MIN_POSITIVE.sqrt());
            standing.variance / (distance * distance)
        })
        .collect();
    let others = (0..standings.len()).filter(|&other| other != best && standings[other].variance > 0.0);
    let sum: f64 = others.map(|other| weights[other] * weights[other] / standings[other].variance).sum();
    weights[best] = libm::sqrt(standings[best].variance * sum);
    weights
}

/// A lower estimate of the probability that the best mean belongs to the best contender, or to one worse by less than `zone`:
/// one less the chances that each other one is better, added up by Bonferroni's inequality.
pub fn confidence(standings: &[Standing], zone: f64) -> f64 {
    let Some(best) = leader(standings) else {
        return 0.0;
    };
    let error = |standing: &Standing| standing.variance / standing.n as f64;
    let doubt: f64 = (0..standings.len())
        .filter(|&other| other != best)
        .map(|other| {
            let distance = standings[best].mean - standings[other].mean + zone;
            let spread = libm::sqrt(error(&standings[best]) + error(&standings[other]));
            if spread > 0.0 { normal_cdf(-distance / spread) } else { 0.0 }
        })
        .sum();
    (1.0 - doubt).max(0.0)
}
