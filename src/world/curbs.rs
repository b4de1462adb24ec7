//! What holds a narrative back: platform measures, brakes on everything, and answers that wear off.
//!
//! Every measure is a cut in reach. They are combined by multiplication, which takes them as independent; that is an
//! assumption (`docs/model.md`, "Narratives").

use super::spread::Curbs;
use super::verb::{Brake, Curb};
use crate::engine::Time;

/// A cut of some kind that holds until a moment.
#[derive(Clone, Copy, Debug)]
struct Cut<K> {
    kind: K,
    share: f64,
    until: Time,
}

/// Cuts of several kinds. Those of one kind do not add up: at any moment the strongest that still holds counts.
#[derive(Clone, Debug)]
pub(super) struct Cuts<K> {
    cuts: Vec<Cut<K>>,
}

/// The measures against one narrative on one platform.
pub(super) type Measures = Cuts<Curb>;

/// The brakes on everything on one platform.
pub(super) type Brakes = Cuts<Brake>;

impl<K> Default for Cuts<K> {
    fn default() -> Self {
        Cuts { cuts: Vec::new() }
    }
}

impl<K: Copy + PartialEq> Cuts<K> {
    /// No cut holds.
    pub(super) fn clear(&mut self) {
        self.cuts.clear();
    }

    /// A cut holds from now on.
    pub(super) fn set(&mut self, kind: K, share: f64, now: Time, until: Time) {
        // Cuts that are over, and those that are weaker and shorter than the new one, will never count again.
        self.cuts.retain(|cut| {
            let outdone = cut.kind == kind && cut.share <= share && cut.until <= until;
            cut.until > now && !outdone
        });
        self.cuts.push(Cut { kind, share, until });
    }

    /// All cuts of a kind end.
    pub(super) fn lift(&mut self, kind: K) {
        self.cuts.retain(|cut| cut.kind != kind);
    }

    /// What a kind of cut leaves.
    pub(super) fn left(&self, kind: K, now: Time) -> f64 {
        let holding = self.cuts.iter().filter(|cut| cut.kind == kind && now < cut.until);
        1.0 - holding.map(|cut| cut.share).fold(0.0, f64::max)
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
