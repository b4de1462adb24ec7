//! Pushes: what comes to a narrative from outside, by the log-normal law of ages G.

use crate::engine::{Time, lognormal_cdf};

/// A push from outside that would bring so many posts in all if nobody did anything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Push {
    at: Time,
    /// Posts from outside, in all.
    drive: f64,
    /// The law at the last two moments asked for: ticks follow one another, and all platforms tick at the same moments.
    seen: [(Time, f64); 2],
    turn: usize,
}

impl Push {
    /// A push now; `drive` are its posts from outside, in all.
    pub(super) fn new(at: Time, drive: f64) -> Push {
        Push { at, drive, seen: [(at, 0.0); 2], turn: 0 }
    }

    /// Posts from outside that come between two moments, for a median age and a spread of ages.
    pub(super) fn between(&mut self, from: Time, to: Time, median: f64, spread: f64) -> f64 {
        let (before, after) = (self.come(from, median, spread), self.come(to, median, spread));
        self.drive * (after - before)
    }

    /// The share that has come by a moment.
    fn come(&mut self, moment: Time, median: f64, spread: f64) -> f64 {
        if moment <= self.at {
            return 0.0;
        }
        if let Some((_, share)) = self.seen.iter().find(|(seen, _)| *seen == moment) {
            return *share;
        }
        let share = lognormal_cdf((moment - self.at).as_ms_f64(), median, spread);
        self.seen[self.turn] = (moment, share);
        self.turn = 1 - self.turn;
        share
    }
}
