//! Quantities and moments of a scenario, ready to be drawn within a run.

use super::board::Slot;
use super::run::Run;
use crate::engine::{Distribution, Span, StreamId, Time};
use crate::scenario::expression::Bound;

/// A quantity in canonical units: fixed, drawn from its own stream each time it is used, or worked out from uncertainties.
#[derive(Clone, Debug)]
pub(super) enum Draw {
    /// Always the same.
    Fixed(f64),
    /// Drawn from its own stream.
    Sample {
        /// From what.
        distribution: Distribution,
        /// Its own stream.
        stream: StreamId,
        /// The range of the quantity: what is drawn outside it is set to its end.
        range: (f64, f64),
    },
    /// Worked out from uncertainties.
    Formula {
        /// The formula.
        bound: Bound,
        /// The range of the quantity.
        range: (f64, f64),
    },
}

impl Draw {
    /// Draws a value.
    #[inline]
    pub(super) fn value(&self, run: &mut Run) -> f64 {
        // Most quantities are fixed, and need no call.
        if let Draw::Fixed(value) = self { *value } else { self.drawn(run) }
    }

    fn drawn(&self, run: &mut Run) -> f64 {
        match self {
            Draw::Fixed(value) => *value,
            Draw::Sample { distribution: Distribution::Exponential { mean }, stream, range } => {
                run.exponential(*stream, *mean).clamp(range.0, range.1)
            }
            Draw::Sample { distribution, stream, range } => {
                distribution.quantile(run.uniform(*stream)).clamp(range.0, range.1)
            }
            Draw::Formula { bound, range } => bound.value(&run.board).clamp(range.0, range.1),
        }
    }

    /// Draws a length of time.
    #[inline]
    pub(super) fn span(&self, run: &mut Run) -> Span {
        Span::from_ms_f64(self.value(run))
    }

    /// Draws a whole number, for counts of people.
    pub(super) fn count(&self, run: &mut Run) -> u32 {
        let value = libm::round(self.value(run));
        // Saturating by definition of `as`; four billion of anything is beyond every scenario.
        value as u32
    }
}

/// The value of a quantity that may be missing.
pub(super) fn optional(draw: &Option<Draw>, run: &mut Run) -> Option<f64> {
    draw.as_ref().map(|draw| draw.value(run))
}

/// The length of time of a quantity that may be missing.
pub(super) fn optional_span(draw: &Option<Draw>, run: &mut Run) -> Option<Span> {
    draw.as_ref().map(|draw| draw.span(run))
}

/// A moment of the scenario, ready to be worked out within a run.
#[derive(Clone, Debug)]
pub(super) struct Timing {
    /// From where it is counted.
    pub(super) anchor: Origin,
    /// How far, after or before.
    pub(super) offset: Option<Draw>,
    /// True if the offset lies before the anchor.
    pub(super) before: bool,
}

/// From where a moment is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    /// A moment known before the run.
    Known(Time),
    /// A milestone, whose moment stands on the board.
    Milestone(Slot),
}

impl Timing {
    /// The moment; one before the start is at the start.
    pub(super) fn time(&self, run: &mut Run) -> Time {
        let origin = match self.anchor {
            Origin::Known(time) => time,
            Origin::Milestone(slot) => Time(run.board.get(slot) as i64),
        };
        match &self.offset {
            None => origin,
            Some(offset) if self.before => Time(origin.0.saturating_sub(offset.span(run).0)),
            Some(offset) => origin + offset.span(run),
        }
    }
}
