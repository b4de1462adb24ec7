//! Fuel: facts in the world that feed a narrative while they hold, accounted to the millisecond.

use super::draw::Draw;
use crate::engine::Time;

/// A fact that feeds a narrative.
#[derive(Clone, Debug)]
pub(super) struct Fuel {
    /// Which narrative.
    pub(super) narrative: u32,
    /// Posts per millisecond.
    pub(super) rate: Draw,
    /// How long it feeds at most.
    pub(super) lasts: Option<Draw>,
    /// The author's reason.
    pub(super) because: Option<String>,
}

/// All that feeds one narrative together, and the posts that has brought so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fire {
    rate: f64,
    since: Time,
    before: f64,
}

impl Fire {
    /// It burns at another rate from now on.
    pub(super) fn set(&mut self, rate: f64, now: Time) {
        *self = Fire { rate, since: now, before: self.burnt(now) };
    }

    /// Posts per millisecond.
    pub(super) fn rate(&self) -> f64 {
        self.rate
    }

    /// Posts it has brought by a moment if the rate stays as it is.
    pub(super) fn burnt(&self, moment: Time) -> f64 {
        self.before + self.rate * (moment - self.since).as_ms_f64()
    }
}
