//! Responses: what responders do, with the staff they have.
//!
//! Five clocks are kept apart (`docs/model.md`, "Responders"): growth and detection belong to others; here run the decision, the
//! wait for clearance, the work of limited staff, and the time until the act has taken effect. A response is called for once
//! its condition holds, its owner knows of everything the condition names, and what must come first is done. When the decision
//! falls the condition is asked again: what is over needs no response.

use super::board::{Slot, Subject};
use super::draw::{Draw, Timing, optional_span};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::{Actor, Order};
use super::watch::Watches;
use crate::engine::{Handle, Shifts, Span, StaffedQueue, StreamId, Time};

const PROCESS: &str = "response";

/// What can happen to a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A planned response is due.
    Due(u32),
    /// The decision falls.
    Decided(u32),
    /// Clearance is given.
    Cleared(u32),
    /// The work is done.
    Worked(u32),
    /// The act takes effect.
    Settled(u32),
    /// A responder's working hours begin.
    Opens(u32),
    /// A responder notices a narrative by itself.
    Notices(u32, Subject),
    /// A study has it take effect now, whatever its owner knows and has staff for.
    Forced(u32),
}

/// A responder as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Staff {
    /// How many responses it can work on at once.
    pub(super) staff: Draw,
    /// When it works.
    pub(super) shifts: Shifts,
    /// Time after which it notices each narrative by itself.
    pub(super) notices: Vec<Option<Draw>>,
    /// Responses waiting for staff, on the board.
    pub(super) waiting: Slot,
    /// Staff at work, on the board.
    pub(super) busy: Slot,
}

/// A response as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// Who does it.
    pub(super) owner: u32,
    /// When it is due.
    pub(super) at: Option<Timing>,
    /// The watch on its condition.
    pub(super) when: Option<u32>,
    /// Slots that say whether the owner knows of what the condition names.
    pub(super) must_know: Vec<Slot>,
    /// Responses that must be done first.
    pub(super) after: Vec<u32>,
    /// The decision.
    pub(super) decide: Option<Draw>,
    /// The wait for clearance.
    pub(super) clearance: Option<Draw>,
    /// The work.
    pub(super) takes: Option<Draw>,
    /// The time until it takes effect.
    pub(super) settles: Option<Draw>,
    /// The chance that it works.
    pub(super) success: Draw,
    /// The stream of that chance.
    pub(super) works: StreamId,
    /// Which goes first when staff are short.
    pub(super) priority: u8,
    /// Whether it is done again.
    pub(super) repeats: bool,
    /// What it costs each time.
    pub(super) cost: Option<Draw>,
    /// What it does.
    pub(super) effect: u32,
    /// The author's reason.
    pub(super) because: Option<String>,
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// The quantities a response offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// Work on it has begun.
    pub(super) begun: Slot,
    /// It has been carried out, with success or in vain.
    pub(super) done: Slot,
    /// It has taken effect.
    pub(super) succeeded: Slot,
    /// What it has cost so far.
    pub(super) cost: Slot,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Idle,
    Deciding,
    InHand,
    Done,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    stage: Stage,
    due: bool,
    decision: Handle,
    /// How often it is under way to no effect, because a study had it take effect before.
    overtaken: u32,
}

/// All responses of a scenario, and the staff who carry them out.
#[derive(Clone, Debug)]
pub(super) struct Responses {
    specs: Vec<Spec>,
    states: Vec<State>,
    staff: Vec<Staff>,
    queues: Vec<StaffedQueue<u32>>,
    openings: Vec<Handle>,
    changes: Vec<i32>,
    base_staff: Vec<u32>,
    /// The narrative of each subject, where it is one: the position in `notices`.
    narratives: Vec<Subject>,
}

impl Responses {
    /// Responses and the staff of every responder; `narratives` are the subjects of the narratives.
    pub(super) fn new(specs: Vec<Spec>, staff: Vec<Staff>, narratives: Vec<Subject>) -> Responses {
        let queues = staff.iter().map(|each| StaffedQueue::new(0, each.shifts.clone())).collect();
        Responses {
            states: vec![State::default(); specs.len()],
            openings: vec![Handle::NONE; staff.len()],
            changes: vec![0; staff.len()],
            base_staff: vec![0; staff.len()],
            specs,
            staff,
            queues,
            narratives,
        }
    }

    /// Nothing is done yet; what is planned ahead is scheduled.
    pub(super) fn start(&mut self, run: &mut Run) {
        self.states.fill(State::default());
        self.openings.fill(Handle::NONE);
        self.changes.fill(0);
        for (position, staff) in self.staff.iter().enumerate() {
            let queue = &mut self.queues[position];
            queue.clear();
            self.base_staff[position] = staff.staff.count(run);
            queue.set_servers(self.base_staff[position]);
        }
        for (position, spec) in self.specs.iter().enumerate() {
            if let Some(at) = &spec.at {
                let due = at.time(run);
                run.at(due, WorldEvent::Response(Event::Due(position as u32)));
            }
        }
    }

    /// Handles what happens to responses and responders.
    pub(super) fn handle(&mut self, event: Event, watches: &Watches, run: &mut Run) {
        match event {
            Event::Due(response) => {
                self.states[response as usize].due = true;
                self.consider(response, watches, run);
            }
            Event::Decided(response) => self.decided(response, watches, run),
            Event::Cleared(response) => self.take_in_hand(response, run),
            Event::Worked(response) => self.worked(response, run),
            Event::Settled(response) => self.settled(response, watches, run),
            Event::Opens(responder) => {
                self.openings[responder as usize] = Handle::NONE;
                self.assign(responder, run);
            }
            Event::Notices(responder, subject) => run.learn(responder, subject),
            Event::Forced(response) => self.force(response, watches, run),
        }
    }

    /// The name of each response with its kind, its title, and whether it is done again.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.specs.iter().map(|spec| (spec.path.as_str(), spec.title.as_str(), spec.repeats))
    }

    /// What a response waits for beside its condition: knowledge, and other responses that are done.
    pub(super) fn needs(&self, response: u32) -> Vec<Slot> {
        let spec = &self.specs[response as usize];
        let after = spec.after.iter().map(|first| self.specs[*first as usize].slots.done);
        spec.must_know.iter().copied().chain(after).collect()
    }

    /// A response's condition came to hold.
    pub(super) fn called(&mut self, response: u32, watches: &Watches, run: &mut Run) {
        let (spec, state) = (&self.specs[response as usize], &mut self.states[response as usize]);
        if state.stage == Stage::Done && spec.repeats {
            state.stage = Stage::Idle;
            run.board.set_truth(spec.slots.done, false);
            run.board.set_truth(spec.slots.succeeded, false);
        }
        self.consider(response, watches, run);
    }

    /// A responder has learnt of something: responses that waited for that are considered again.
    pub(super) fn learnt(&mut self, responder: u32, watches: &Watches, run: &mut Run) {
        for response in 0..self.specs.len() as u32 {
            if self.specs[response as usize].owner == responder {
                self.consider(response, watches, run);
            }
        }
    }

    /// A narrative's first post is out: those who listen will notice it after a while.
    pub(super) fn surfaced(&mut self, narrative: u32, run: &mut Run) {
        let subject = self.narratives[narrative as usize];
        for (responder, staff) in self.staff.iter().enumerate() {
            if let Some(delay) = optional_span(&staff.notices[narrative as usize], run) {
                run.after(delay, WorldEvent::Response(Event::Notices(responder as u32, subject)));
            }
        }
    }

    /// Staff come or go.
    pub(super) fn change_staff(&mut self, responder: u32, change: i32, run: &mut Run) {
        let position = responder as usize;
        self.changes[position] += change;
        let staff = i64::from(self.base_staff[position]) + i64::from(self.changes[position]);
        self.queues[position].set_servers(u32::try_from(staff.max(0)).unwrap_or(u32::MAX));
        self.assign(responder, run);
    }

    fn consider(&mut self, response: u32, watches: &Watches, run: &mut Run) {
        let spec = &self.specs[response as usize];
        let state = &mut self.states[response as usize];
        let called = match (spec.at.is_some(), spec.when) {
            (true, _) => state.due,
            (false, Some(watch)) => watches.holds(watch),
            (false, None) => true,
        };
        let ready = state.stage == Stage::Idle
            && called
            && spec.must_know.iter().all(|slot| run.board.holds(*slot))
            && spec.after.iter().all(|first| run.board.holds(self.specs[*first as usize].slots.done));
        if ready {
            state.stage = Stage::Deciding;
            let decide = optional_span(&spec.decide, run).unwrap_or(Span::ZERO);
            state.decision = run.after(decide, WorldEvent::Response(Event::Decided(response)));
        }
    }

    fn decided(&mut self, response: u32, watches: &Watches, run: &mut Run) {
        let spec = &self.specs[response as usize];
        let state = &mut self.states[response as usize];
        if let Some(watch) = spec.when
            && !watches.is_true(watch, &run.board)
        {
            state.stage = Stage::Idle;
            run.tell(PROCESS, || Line::inner(&spec.path, format!("no longer needed: {}", spec.title)));
            return;
        }
        state.stage = Stage::InHand;
        let clearance = optional_span(&spec.clearance, run).unwrap_or(Span::ZERO);
        if clearance > Span::ZERO {
            run.after(clearance, WorldEvent::Response(Event::Cleared(response)));
        } else {
            self.take_in_hand(response, run);
        }
    }

    fn take_in_hand(&mut self, response: u32, run: &mut Run) {
        let spec = &self.specs[response as usize];
        let work = optional_span(&spec.takes, run).unwrap_or(Span::ZERO);
        let owner = spec.owner;
        self.queues[owner as usize].enqueue(run.now(), response, spec.priority, work);
        self.assign(owner, run);
    }

    /// Gives waiting responses to free staff, or waits for the working hours.
    fn assign(&mut self, responder: u32, run: &mut Run) {
        let position = responder as usize;
        while let Some(started) = self.queues[position].start_next(run.now()) {
            let spec = &self.specs[started.job as usize];
            run.board.set_truth(spec.slots.begun, true);
            run.tell(PROCESS, || Line::inner(&spec.path, format!("work begins: {}", spec.title)));
            run.at(started.finish, WorldEvent::Response(Event::Worked(started.job)));
        }
        let queue = &self.queues[position];
        run.board.set(self.staff[position].waiting, queue.waiting() as f64);
        run.board.set(self.staff[position].busy, f64::from(queue.busy()));
        if queue.waiting() > 0 && self.openings[position] == Handle::NONE {
            let opens = queue.opens_at(run.now());
            if opens > run.now() && opens < Time::NEVER {
                self.openings[position] = run.at(opens, WorldEvent::Response(Event::Opens(responder)));
            }
        }
    }

    fn worked(&mut self, response: u32, run: &mut Run) {
        let spec = &self.specs[response as usize];
        let owner = spec.owner;
        let settles = optional_span(&spec.settles, run).unwrap_or(Span::ZERO);
        if let Some(cost) = &spec.cost {
            let cost = cost.value(run);
            run.board.add(spec.slots.cost, cost);
        }
        run.after(settles, WorldEvent::Response(Event::Settled(response)));
        self.queues[owner as usize].release(run.now());
        self.assign(owner, run);
    }

    /// Has a response take effect at once. If it is under way, that comes to nothing.
    fn force(&mut self, response: u32, watches: &Watches, run: &mut Run) {
        let spec = &self.specs[response as usize];
        let state = &mut self.states[response as usize];
        run.cancel(&mut state.decision);
        state.overtaken += u32::from(state.stage == Stage::InHand);
        state.stage = Stage::Done;
        run.board.set_truth(spec.slots.begun, true);
        run.board.set_truth(spec.slots.succeeded, true);
        run.order(Order::Effect { effect: spec.effect, by: Actor::Responder(spec.owner) });
        self.done(response, watches, run);
    }

    fn settled(&mut self, response: u32, watches: &Watches, run: &mut Run) {
        let spec = &self.specs[response as usize];
        let state = &mut self.states[response as usize];
        if state.overtaken > 0 {
            state.overtaken -= 1;
            return;
        }
        state.stage = Stage::Done;
        let success = spec.success.value(run);
        if run.chance(spec.works, success) {
            run.tell(PROCESS, || Line::aloud(&spec.path, spec.title.clone()).because(&spec.because));
            run.board.set_truth(spec.slots.succeeded, true);
            run.order(Order::Effect { effect: spec.effect, by: Actor::Responder(spec.owner) });
        } else {
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("tried in vain: {}", spec.title)));
        }
        self.done(response, watches, run);
    }

    /// It has been carried out: what waited for it is considered again.
    fn done(&mut self, response: u32, watches: &Watches, run: &mut Run) {
        run.board.set_truth(self.specs[response as usize].slots.done, true);
        for other in 0..self.specs.len() as u32 {
            if self.specs[other as usize].after.contains(&response) {
                self.consider(other, watches, run);
            }
        }
    }
}
