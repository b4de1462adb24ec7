//! What holds a narrative back: platform measures, brakes on everything, and answers that wear off.
//!
//! Every measure is a cut in reach. They are combined by multiplication, which takes them as independent; that is an
//! assumption (`docs/model.md`, "Narratives").

use super::spread::Curbs;
use super::verb::{Brake, Curb};
use crate::engine::Time;

const CURBS: usize = 5;
const BRAKES: usize = 4;

/// A cut that holds until a moment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cut {
    share: f64,
    until: Time,
}

impl Cut {
    /// Holds from now on. A second cut of the same kind does not add to the first: the stronger one counts.
    fn strengthen(&mut self, share: f64, now: Time, until: Time) {
        if self.until <= now {
            *self = Cut { share, until };
        } else {
            self.share = self.share.max(share);
            self.until = self.until.max(until);
        }
    }

    fn left(&self, now: Time) -> f64 {
        if now < self.until { 1.0 - self.share } else { 1.0 }
    }
}

/// The measures against one narrative on one platform.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measures {
    cuts: [Cut; CURBS],
}

impl Measures {
    /// A measure holds from now on.
    pub(super) fn set(&mut self, kind: Curb, share: f64, now: Time, until: Time) {
        self.cuts[kind as usize].strengthen(share, now, until);
    }

    /// A measure ends.
    pub(super) fn lift(&mut self, kind: Curb) {
        self.cuts[kind as usize] = Cut::default();
    }

    /// What a measure leaves.
    pub(super) fn left(&self, kind: Curb, now: Time) -> f64 {
        self.cuts[kind as usize].left(now)
    }
}

/// The brakes on everything on one platform.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Brakes {
    cuts: [Cut; BRAKES],
}

impl Brakes {
    /// A brake holds from now on.
    pub(super) fn set(&mut self, kind: Brake, share: f64, now: Time, until: Time) {
        self.cuts[kind as usize].strengthen(share, now, until);
    }

    /// What a brake leaves.
    pub(super) fn left(&self, kind: Brake, now: Time) -> f64 {
        self.cuts[kind as usize].left(now)
    }
}

/// An answer to a narrative, which wears off with a half-life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered {
    /// Cut at the moment of the answer, among all people.
    pub(super) cut: f64,
    /// When.
    pub(super) at: Time,
    /// Half-life in milliseconds.
    pub(super) half_life: f64,
}

impl Answered {
    /// What it leaves at a moment.
    pub(super) fn left(&self, now: Time) -> f64 {
        let age = (now - self.at).as_ms_f64();
        let worn = if self.half_life > 0.0 { libm::exp2(-age / self.half_life) } else { 0.0 };
        1.0 - self.cut * worn
    }
}

/// All that holds a narrative back on one platform at a moment.
pub(super) fn combined(measures: &Measures, brakes: &Brakes, now: Time) -> Curbs {
    let reach = measures.left(Curb::Label, now)
        * measures.left(Curb::Downrank, now)
        * measures.left(Curb::Ban, now)
        * brakes.left(Brake::Friction, now)
        * brakes.left(Brake::Nudge, now)
        * brakes.left(Brake::Ban, now)
        * brakes.left(Brake::InformationCentre, now);
    Curbs { reach, breaker: measures.left(Curb::CircuitBreaker, now) }
}
