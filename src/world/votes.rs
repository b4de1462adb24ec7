//! Votes by candidate and mode: what the count hands out and the caller reads, so that neither imports the other.

use crate::engine::{Span, Time};

/// Modes of voting: in person on the day, early, mail before, on and after the day, provisional, overseas, online.
pub(super) const MODES: usize = 8;

/// Votes for the two leading candidates and for others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Votes {
    /// For the first.
    pub(super) first: f64,
    /// For the second.
    pub(super) second: f64,
    /// For others.
    pub(super) others: f64,
}

impl Votes {
    /// All of them.
    pub(super) fn total(self) -> f64 {
        self.first + self.second + self.others
    }

    /// The first candidate's lead in votes.
    pub(super) fn lead(self) -> f64 {
        self.first - self.second
    }

    /// Adds other votes so many times.
    pub(super) fn add(&mut self, other: Votes, times: f64) {
        self.first += other.first * times;
        self.second += other.second * times;
        self.others += other.others * times;
    }

    /// The votes on a ballot with a margin.
    pub(super) fn with_margin(margin: f64, others: f64) -> Votes {
        let limit = 1.0 - others;
        Votes { first: (limit + margin) / 2.0, second: (limit - margin) / 2.0, others }
    }
}

/// A vote about to be held in a jurisdiction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Poll {
    /// Its final margin.
    pub(super) margin: f64,
    /// Share of votes for other candidates, where the count does not draw it itself.
    pub(super) others: Option<f64>,
}

/// A vote that follows another: a run-off, or a rerun.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LaterPoll {
    /// Its final margin.
    pub(super) margin: f64,
    /// The margin that is expected.
    pub(super) expected: f64,
    /// Share of votes for other candidates.
    pub(super) others: f64,
    /// Ballots cast.
    pub(super) ballots: f64,
    /// When the polls close.
    pub(super) closes: Time,
    /// How much later than in the first vote that is.
    pub(super) later: Span,
    /// The two candidates whose margin it is, by their place among all.
    pub(super) sides: [usize; 2],
}
