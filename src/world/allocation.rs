//! Seats in proportion to votes, by highest averages.
//!
//! Seat by seat, the next goes to whoever has most votes for each divisor it has reached: 1, 2, 3 … (D'Hondt, also Jefferson)
//! or 1, 3, 5 … (Sainte-Laguë, also Webster). Where two are level the one named first has it; laws draw lots.

/// Seats by D'Hondt's divisors.
pub fn dhondt(seats: u32, votes: &[f64]) -> Vec<u32> {
    highest_averages(seats, votes, |won| f64::from(won) + 1.0)
}

/// Seats by Sainte-Laguë's divisors.
pub fn sainte_lague(seats: u32, votes: &[f64]) -> Vec<u32> {
    highest_averages(seats, votes, |won| 2.0 * f64::from(won) + 1.0)
}

fn highest_averages(seats: u32, votes: &[f64], divisor: impl Fn(u32) -> f64) -> Vec<u32> {
    let mut won = vec![0; votes.len()];
    for _ in 0..seats {
        let mut next = None;
        for (list, votes) in votes.iter().enumerate().filter(|(_, votes)| **votes > 0.0) {
            let average = votes / divisor(won[list]);
            if next.is_none_or(|(_, best)| average > best) {
                next = Some((list, average));
            }
        }
        // Without any votes no seat is filled.
        let Some((list, _)) = next else { break };
        won[list] += 1;
    }
    won
}
