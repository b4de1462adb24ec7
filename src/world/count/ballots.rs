//! How a margin is shared out among counties and modes.

use super::{IN_PERSON, MAIL};
use crate::world::votes::{MODES, Votes};

/// By how much mail grows with the lean of a county towards the candidate whom mail favours: kappa of equation E2 [assumed].
const MAIL_LEAN: f64 = 0.2;

/// Shares by mode in a county that leans: more mail where the candidate whom mail favours is stronger.
pub(super) fn leaning(mut shares: [f64; MODES], lean: f64, gap: f64) -> [f64; MODES] {
    if shares[MAIL] > 0.0 && gap != 0.0 {
        let moved = (MAIL_LEAN * lean * gap.signum()).clamp(-shares[MAIL], shares[IN_PERSON]);
        shares[MAIL] += moved;
        shares[IN_PERSON] -= moved;
    }
    shares
}

/// Votes per ballot by mode, such that all votes that count together give the margin (equation E2).
pub(super) fn splits(margin: f64, votes: &[f64; MODES], gaps: &[f64; MODES], others: f64) -> [Votes; MODES] {
    let limit = 1.0 - others;
    let base = level(margin, limit, votes.iter().copied().zip(gaps.iter().copied()));
    gaps.map(|gap| Votes::with_margin((base + gap).clamp(-limit, limit), others))
}

/// The level to which offsets must be lifted so that their weighted mean, each cut off at the limit, meets a target.
///
/// Newton's steps on a rising line of straight pieces, halving the interval wherever a step would leave it. No margin can go beyond
/// the limit; what is cut off one is made up by the others, so that the whole is met wherever it can be.
pub(super) fn level(target: f64, limit: f64, parts: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let (mut low, mut high) = (-4.0, 4.0);
    let mut level = 0.0;
    // Sixty halvings exhaust the digits of a number; without a cut-off the second pass is exact.
    for _ in 0..60 {
        let (mut sum, mut free, mut all) = (0.0, 0.0, 0.0);
        for (weight, offset) in parts.clone() {
            let value = offset + level;
            all += weight;
            if value.abs() < limit {
                free += weight;
                sum += weight * value;
            } else {
                sum += weight * limit.copysign(value);
            }
        }
        let missing = target * all - sum;
        if missing.abs() <= 1e-14 * all {
            break;
        }
        if missing > 0.0 {
            low = level;
        } else {
            high = level;
        }
        let step = level + missing / free;
        level = if free > 0.0 && low < step && step < high { step } else { (low + high) / 2.0 };
    }
    level
}
