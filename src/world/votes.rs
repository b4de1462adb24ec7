//! Votes by candidate and mode: what the count hands out and the caller reads, so that neither imports the other.

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
