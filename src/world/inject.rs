//! Injects: what the exercise planner scripts.

use super::board::{Slot, Subject};
use super::draw::{Draw, Timing};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::{Actor, Order};
use crate::engine::StreamId;

const PROCESS: &str = "inject";

/// What can happen to an inject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It is due.
    Due(u32),
}

/// An inject as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// When it is given.
    pub(super) at: Option<Timing>,
    /// On whose branch it lies: it is not given before that one.
    pub(super) parent: Option<u32>,
    /// Chance that it is given.
    pub(super) chance: Draw,
    /// Stream of that chance.
    pub(super) happens: StreamId,
    /// Whom it is given to.
    pub(super) to: Vec<u32>,
    /// What they learn of.
    pub(super) touches: Vec<Subject>,
    /// What it does.
    pub(super) effect: u32,
    /// The author's reason.
    pub(super) because: Option<String>,
    /// It has been given.
    pub(super) given: Slot,
}

/// All injects of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Injects {
    specs: Vec<Spec>,
    /// What chance has decided, once it has been asked.
    decided: Vec<Option<bool>>,
}

impl Injects {
    /// Injects as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Injects {
        Injects { decided: vec![None; specs.len()], specs }
    }

    /// Schedules what has a date.
    pub(super) fn start(&mut self, run: &mut Run) {
        self.decided.fill(None);
        for (position, spec) in self.specs.iter().enumerate() {
            if let Some(at) = &spec.at {
                let due = at.time(run);
                run.at(due, WorldEvent::Inject(Event::Due(position as u32)));
            }
        }
    }

    /// An inject is due.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        let Event::Due(inject) = event;
        self.called(inject, run);
    }

    /// An inject's moment has come or its condition holds; each is given once at most.
    pub(super) fn called(&mut self, inject: u32, run: &mut Run) {
        let spec = &self.specs[inject as usize];
        let behind = spec.parent.is_none_or(|parent| run.board.holds(self.specs[parent as usize].given));
        if run.board.holds(spec.given) || !behind {
            return;
        }
        // Whether it is given at all in a run is decided once, however often its condition comes to hold.
        let decided = &mut self.decided[inject as usize];
        if decided.is_none() {
            let chance = spec.chance.value(run);
            *decided = Some(run.chance(spec.happens, chance));
        }
        if *decided == Some(false) {
            return;
        }
        run.board.set_truth(spec.given, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, spec.title.clone()).because(&spec.because));
        run.order(Order::Effect { effect: spec.effect, by: Actor::Nobody });
        for responder in &spec.to {
            for subject in &spec.touches {
                run.learn(*responder, *subject);
            }
        }
    }
}
