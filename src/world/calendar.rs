//! Milestones: moments worked out at the start of a run, some of them recurring, some of them meetings.

use super::board::Slot;
use super::draw::{Draw, Timing};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use crate::engine::{Span, Time};

const PROCESS: &str = "milestone";

/// How long before and after a milestone with a weight adversaries crowd their acts: three days (`docs/model.md`, "Adversaries").
const CROWDING: Span = Span::from_days(3);

/// What can happen in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A milestone is reached, perhaps again.
    Reached(u32),
}

/// A milestone as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// When it is.
    pub(super) at: Timing,
    /// Time to the next occurrence.
    pub(super) every: Option<Draw>,
    /// The last moment at which it recurs.
    pub(super) until: Option<Timing>,
    /// How much adversaries crowd around it.
    pub(super) weight: Option<Draw>,
    /// Who meets.
    pub(super) meeting: Vec<u32>,
    /// The watch on whether the meeting takes place.
    pub(super) when: Option<u32>,
    /// Its moment on the board: the first occurrence.
    pub(super) moment: Slot,
    /// How often it has been reached.
    pub(super) count: Slot,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    until: Time,
    weight: f64,
}

/// All milestones of a scenario, each after those it refers to.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    specs: Vec<Spec>,
    states: Vec<State>,
}

impl Calendar {
    /// Milestones, each after those it refers to.
    pub(super) fn new(specs: Vec<Spec>) -> Calendar {
        Calendar { states: vec![State::default(); specs.len()], specs }
    }

    /// Works out every moment of a run and schedules what lies ahead.
    pub(super) fn start(&mut self, run: &mut Run) {
        for (position, (spec, state)) in self.specs.iter().zip(&mut self.states).enumerate() {
            let time = spec.at.time(run);
            run.board.set(spec.moment, time.as_ms_f64());
            state.until = spec.until.as_ref().map_or(Time::NEVER, |until| until.time(run));
            state.weight = spec.weight.as_ref().map_or(1.0, |weight| weight.value(run));
            if time >= Time::ZERO {
                run.at(time, WorldEvent::Calendar(Event::Reached(position as u32)));
            }
        }
    }

    /// A milestone is reached.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        let Event::Reached(position) = event;
        let spec = &self.specs[position as usize];
        run.board.add(spec.count, 1.0);
        run.tell(PROCESS, || Line::aloud(&spec.path, spec.title.clone()));
        if !spec.meeting.is_empty() {
            run.order(Order::Meet { meeting: position });
        }
        if let Some(every) = &spec.every {
            // A period of nothing would recur for ever at one moment.
            let next = run.now() + every.span(run).max(Span(1));
            if next <= self.states[position as usize].until {
                run.at(next, WorldEvent::Calendar(event));
            }
        }
    }

    /// Who meets at a milestone, and the watch on whether they do.
    pub(super) fn meeting(&self, position: u32) -> (&[u32], Option<u32>) {
        let spec = &self.specs[position as usize];
        (&spec.meeting, spec.when)
    }

    /// How much likelier acts are at a moment: the highest weight among milestones within three days.
    pub(super) fn crowding(&self, time: Time, run: &Run) -> f64 {
        let mut weight = 1.0;
        for (spec, state) in self.specs.iter().zip(&self.states) {
            let distance = (time.as_ms_f64() - run.board.get(spec.moment)).abs();
            if state.weight > weight && distance <= CROWDING.as_ms_f64() {
                weight = state.weight;
            }
        }
        weight
    }

    /// The highest weight any milestone of this run has: the envelope for thinning.
    pub(super) fn highest_weight(&self) -> f64 {
        self.states.iter().fold(1.0, |highest, state| highest.max(state.weight))
    }
}
