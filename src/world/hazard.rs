//! Hazards: accidents, overload and honest mistakes, with nobody behind them.

use super::draw::{Draw, Timing, optional};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::{Actor, Order};
use crate::engine::{Span, StreamId, exponential_quantile};

const PROCESS: &str = "hazard";

/// What can happen to a hazard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It may happen now.
    Due(u32),
    /// It happens, and will again.
    Arrives(u32),
}

/// A hazard as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// When it may happen.
    pub(super) at: Option<Timing>,
    /// How often it happens.
    pub(super) rate: Option<Draw>,
    /// Stream of the times between.
    pub(super) arrivals: StreamId,
    /// Chance that it happens.
    pub(super) chance: Draw,
    /// Stream of that chance.
    pub(super) happens: StreamId,
    /// What it does.
    pub(super) effect: u32,
    /// The author's reason.
    pub(super) because: Option<String>,
    /// How often it has happened.
    pub(super) count: super::board::Slot,
}

/// All hazards of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Hazards {
    specs: Vec<Spec>,
}

impl Hazards {
    /// Hazards as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Hazards {
        Hazards { specs }
    }

    /// Schedules what has a date or a rate.
    pub(super) fn start(&mut self, run: &mut Run) {
        for hazard in 0..self.specs.len() as u32 {
            let spec = &self.specs[hazard as usize];
            if let Some(at) = &spec.at {
                let due = at.time(run);
                run.at(due, WorldEvent::Hazard(Event::Due(hazard)));
            }
            self.schedule_arrival(hazard, run);
        }
    }

    /// A hazard may happen, or happens.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::Due(hazard) => self.called(hazard, run),
            Event::Arrives(hazard) => {
                self.happens(hazard, run);
                self.schedule_arrival(hazard, run);
            }
        }
    }

    /// A hazard's moment has come or its condition holds: chance decides.
    pub(super) fn called(&mut self, hazard: u32, run: &mut Run) {
        let spec = &self.specs[hazard as usize];
        let chance = spec.chance.value(run);
        if run.chance(spec.happens, chance) {
            self.happens(hazard, run);
        }
    }

    fn happens(&mut self, hazard: u32, run: &mut Run) {
        let spec = &self.specs[hazard as usize];
        run.board.add(spec.count, 1.0);
        run.tell(PROCESS, || Line::aloud(&spec.path, spec.title.clone()).because(&spec.because));
        run.order(Order::Effect { effect: spec.effect, by: Actor::Nobody });
    }

    fn schedule_arrival(&mut self, hazard: u32, run: &mut Run) {
        let spec = &self.specs[hazard as usize];
        if let Some(rate) = optional(&spec.rate, run)
            && rate > 0.0
        {
            let wait = Span::from_ms_f64(exponential_quantile(run.uniform(spec.arrivals), 1.0 / rate));
            run.after(wait, WorldEvent::Hazard(Event::Arrives(hazard)));
        }
    }
}
