//! Systems: healthy, entered, down, wrong, recovering.
//!
//! Two clocks run apart: trouble is *detected* after one time and *recovered from* after another, counted from detection.
//! A response may end the trouble before. A system is down as well while one it depends on is down, which its owner has to
//! notice like any other outage and can only bridge by its fallback; it shows wrong contents while one it reads from does; nothing flows the other way, so an attack on a display never changes a count.
//! Detection and recovery times: `docs/model.md`, section "Systems".

use super::board::{Slot, Subject};
use super::draw::{Draw, optional};
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use crate::engine::{Handle, Span, StreamId};

const PROCESS: &str = "asset";

/// What can happen to a system by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The owner finds it down.
    OutageDetected(u32),
    /// It is back without any response.
    Recovered(u32),
    /// The owner finds its contents wrong.
    ErrorDetected(u32),
    /// Its contents are put right without any response.
    Corrected(u32),
    /// The owner finds the intruder.
    IntrusionDetected(u32),
    /// The fallback works.
    FallbackReady(u32),
}

/// A system as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// Who learns first.
    pub(super) owner: Option<u32>,
    /// What a responder knows when it knows of this system's trouble.
    pub(super) subject: Subject,
    /// Time to detection of an outage or wrong contents.
    pub(super) detect: Draw,
    /// Time to detection of an intruder.
    pub(super) detect_intrusion: Draw,
    /// Time from detection to recovery.
    pub(super) recover: Draw,
    /// Time from detection to correction.
    pub(super) correct: Option<Draw>,
    /// Time to the fallback, its rate, whether it waits for a response.
    pub(super) fallback: Option<(Draw, Draw, bool)>,
    /// Chance that an attack is stopped.
    pub(super) hardened: Draw,
    /// Stream of that chance.
    pub(super) stopped: StreamId,
    /// Systems that are down while this one is.
    pub(super) dependents: Vec<u32>,
    /// Systems that show what this one holds.
    pub(super) readers: Vec<u32>,
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// The quantities a system offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// It gives no normal service.
    pub(super) down: Slot,
    /// It gives no service at all.
    pub(super) dark: Slot,
    /// Its owner knows of the trouble.
    pub(super) detected: Slot,
    /// An intruder is in.
    pub(super) compromised: Slot,
    /// Its contents are wrong.
    pub(super) wrong: Slot,
    /// Service as a share of the normal one.
    pub(super) service: Slot,
    /// How often it went down.
    pub(super) outages: Slot,
    /// How often an attack was stopped.
    pub(super) repelled: Slot,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Reasons to be down: its own, and one for each system it depends on.
    down_reasons: u32,
    own_outage: bool,
    /// Its own outage has a set length: detection does not start its recovery.
    set_length: bool,
    outage_known: bool,
    wrong_reasons: u32,
    own_error: bool,
    error_known: bool,
    fallback_on: bool,
    fallback_rate: f64,
    stops: f64,
    shortens: f64,
    detection: Handle,
    recovery: Handle,
    error_detection: Handle,
    correction: Handle,
    intrusion_detection: Handle,
    fallback_ready: Handle,
}

/// All systems of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Assets {
    specs: Vec<Spec>,
    states: Vec<State>,
}

impl Assets {
    /// Systems as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Assets {
        Assets { states: vec![State::default(); specs.len()], specs }
    }

    /// Everything healthy.
    pub(super) fn reset(&mut self) {
        self.states.fill(State::default());
    }

    /// Handles what happens to a system by itself.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::OutageDetected(asset) => self.outage_detected(asset, run),
            Event::Recovered(asset) => {
                self.states[asset as usize].recovery = Handle::NONE;
                self.end_outage(asset, run);
            }
            Event::ErrorDetected(asset) => self.error_detected(asset, run),
            Event::Corrected(asset) => self.correct(asset, run),
            Event::IntrusionDetected(asset) => self.intrusion_detected(asset, run),
            Event::FallbackReady(asset) => self.fallback_ready(asset, run),
        }
    }

    /// A system stops working, for a set time or until its own recovery. `attack` says whether hardening may stop it.
    pub(super) fn disrupt(&mut self, asset: u32, lasts: Option<f64>, attack: bool, run: &mut Run) {
        if self.repels(asset, attack, run) {
            return;
        }
        let (spec, state) = self.of(asset);
        if state.own_outage {
            return;
        }
        state.own_outage = true;
        state.set_length = lasts.is_some();
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("an outage of {} begins", spec.title)));
        if let Some(lasts) = lasts {
            let lasts = Span::from_ms_f64(lasts * (1.0 - state.shortens));
            state.recovery = run.after(lasts, WorldEvent::Asset(Event::Recovered(asset)));
        }
        // Already down for want of another system, and known to be: the owner is at work on it from now on.
        if state.outage_known {
            self.schedule_recovery(asset, run);
        }
        self.change_down(asset, 1, run);
    }

    /// A system is entered without anybody noticing yet. `noise` says how many times sooner than usual it is found.
    pub(super) fn compromise(&mut self, asset: u32, noise: Option<f64>, attack: bool, run: &mut Run) {
        if self.repels(asset, attack, run) {
            return;
        }
        let (spec, state) = self.of(asset);
        if run.board.holds(spec.slots.compromised) {
            return;
        }
        run.board.set_truth(spec.slots.compromised, true);
        run.tell(PROCESS, || Line::inner(&spec.path, format!("an intruder enters {}, unnoticed so far", spec.title)));
        if !run.board.holds(spec.slots.detected) {
            run.order_first(Order::News { subject: spec.subject });
        }
        let quiet = spec.detect_intrusion.value(run);
        let found = Span::from_ms_f64(quiet / noise.unwrap_or(1.0).max(f64::MIN_POSITIVE));
        state.intrusion_detection = run.after(found, WorldEvent::Asset(Event::IntrusionDetected(asset)));
    }

    /// What a system holds becomes wrong.
    pub(super) fn alter(&mut self, asset: u32, attack: bool, run: &mut Run) {
        if self.repels(asset, attack, run) {
            return;
        }
        let (spec, state) = self.of(asset);
        if state.own_error {
            return;
        }
        state.own_error = true;
        state.error_known = false;
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("wrong figures stand in {}", spec.title)));
        if !run.board.holds(spec.slots.detected) {
            run.order_first(Order::News { subject: spec.subject });
        }
        let detect = spec.detect.span(run);
        state.error_detection = run.after(detect, WorldEvent::Asset(Event::ErrorDetected(asset)));
        self.change_wrong(asset, 1, run);
    }

    /// A system works again, and an intruder is out.
    pub(super) fn restore(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        run.cancel(&mut state.intrusion_detection);
        run.board.set_truth(spec.slots.compromised, false);
        self.end_outage(asset, run);
    }

    /// Wrong contents are put right.
    pub(super) fn correct(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        run.cancel(&mut state.error_detection);
        run.cancel(&mut state.correction);
        if !state.own_error {
            return;
        }
        state.own_error = false;
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the figures in {} are put right", spec.title)));
        self.change_wrong(asset, -1, run);
        self.settle_detected(asset, run);
    }

    /// A system is protected from now on.
    pub(super) fn shield(&mut self, asset: u32, stops: f64, shortens: f64, run: &mut Run) {
        let (spec, state) = self.of(asset);
        // Protections are taken as independent: what gets through one may be stopped by the next.
        state.stops = 1.0 - (1.0 - state.stops) * (1.0 - stops);
        state.shortens = 1.0 - (1.0 - state.shortens) * (1.0 - shortens);
        run.tell(PROCESS, || Line::inner(&spec.path, format!("protection for {} is in place", spec.title)));
    }

    /// The fallback takes over, if there is one.
    pub(super) fn fail_over(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        run.cancel(&mut state.fallback_ready);
        if spec.fallback.is_some() && !state.fallback_on {
            self.fallback_ready(asset, run);
        }
    }

    /// What is hidden in a system is found.
    pub(super) fn inspect(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        run.cancel(&mut state.intrusion_detection);
        if run.board.holds(spec.slots.compromised) {
            self.intrusion_detected(asset, run);
        }
        let (_, state) = self.of(asset);
        run.cancel(&mut state.error_detection);
        if state.own_error && !state.error_known {
            self.error_detected(asset, run);
        }
    }

    fn of(&mut self, asset: u32) -> (&Spec, &mut State) {
        (&self.specs[asset as usize], &mut self.states[asset as usize])
    }

    fn repels(&mut self, asset: u32, attack: bool, run: &mut Run) -> bool {
        let (spec, state) = self.of(asset);
        if !attack {
            return false;
        }
        let hardened = spec.hardened.value(run);
        let stops = 1.0 - (1.0 - hardened) * (1.0 - state.stops);
        // Drawn even where nothing can be stopped, so that protecting a system leaves later draws where they are.
        let repelled = run.chance(spec.stopped, stops);
        if repelled {
            run.board.add(spec.slots.repelled, 1.0);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("an attack on {} is withstood", spec.title)));
        }
        repelled
    }

    fn outage_detected(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        state.detection = Handle::NONE;
        state.outage_known = true;
        run.board.set_truth(spec.slots.detected, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the outage of {} is noticed", spec.title)));
        if let Some(owner) = spec.owner {
            run.learn(owner, spec.subject);
        }
        if let Some((takes, _, false)) = &spec.fallback
            && !state.fallback_on
        {
            let takes = takes.span(run);
            state.fallback_ready = run.after(takes, WorldEvent::Asset(Event::FallbackReady(asset)));
        }
        self.schedule_recovery(asset, run);
    }

    /// An outage of its own that is known and has no set length is being mended.
    fn schedule_recovery(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        if state.own_outage && !state.set_length {
            let recover = spec.recover.value(run) * (1.0 - state.shortens);
            state.recovery = run.after(Span::from_ms_f64(recover), WorldEvent::Asset(Event::Recovered(asset)));
        }
    }

    fn error_detected(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        state.error_detection = Handle::NONE;
        state.error_known = true;
        run.board.set_truth(spec.slots.detected, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("somebody notices the wrong figures in {}", spec.title)));
        if let Some(owner) = spec.owner {
            run.learn(owner, spec.subject);
        }
        if let Some(correct) = optional(&spec.correct, run) {
            let corrected = Span::from_ms_f64(correct);
            state.correction = run.after(corrected, WorldEvent::Asset(Event::Corrected(asset)));
        }
    }

    fn intrusion_detected(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        state.intrusion_detection = Handle::NONE;
        run.board.set_truth(spec.slots.detected, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("an intruder is found in {}", spec.title)));
        if let Some(owner) = spec.owner {
            run.learn(owner, spec.subject);
        }
    }

    fn fallback_ready(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        state.fallback_ready = Handle::NONE;
        state.fallback_on = true;
        if let Some((_, rate, _)) = &spec.fallback {
            state.fallback_rate = rate.value(run);
        }
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the fallback for {} takes over", spec.title)));
        self.publish_service(asset, run);
    }

    fn end_outage(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        run.cancel(&mut state.recovery);
        if state.own_outage {
            state.own_outage = false;
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("the outage of {} is over", spec.title)));
            self.change_down(asset, -1, run);
        }
        self.settle_detected(asset, run);
    }

    /// A trouble is over: there is nothing left to know of unless another one stays.
    fn settle_detected(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        if state.down_reasons == 0 && !state.own_error && !run.board.holds(spec.slots.compromised) {
            run.board.set_truth(spec.slots.detected, false);
        }
    }

    fn change_down(&mut self, asset: u32, change: i32, run: &mut Run) {
        let (_, state) = self.of(asset);
        let before = state.down_reasons;
        state.down_reasons = before.saturating_add_signed(change);
        let now_down = state.down_reasons > 0;
        if (before > 0) == now_down {
            return;
        }
        if now_down {
            self.notice_outage(asset, run);
        } else {
            let (_, state) = self.of(asset);
            state.fallback_on = false;
            state.outage_known = false;
            run.cancel(&mut state.detection);
            run.cancel(&mut state.fallback_ready);
            self.settle_detected(asset, run);
        }
        self.publish_service(asset, run);
        for position in 0..self.specs[asset as usize].dependents.len() {
            let dependent = self.specs[asset as usize].dependents[position];
            self.change_down(dependent, change.signum(), run);
        }
    }

    /// A system has gone down, by itself or for want of another: that is news, and its owner will notice.
    fn notice_outage(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        run.board.add(spec.slots.outages, 1.0);
        if !run.board.holds(spec.slots.detected) {
            run.order_first(Order::News { subject: spec.subject });
        }
        let detect = spec.detect.span(run);
        state.detection = run.after(detect, WorldEvent::Asset(Event::OutageDetected(asset)));
    }

    fn change_wrong(&mut self, asset: u32, change: i32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        let before = state.wrong_reasons;
        state.wrong_reasons = before.saturating_add_signed(change);
        let now_wrong = state.wrong_reasons > 0;
        if (before > 0) == now_wrong {
            return;
        }
        run.board.set_truth(spec.slots.wrong, now_wrong);
        for position in 0..self.specs[asset as usize].readers.len() {
            let reader = self.specs[asset as usize].readers[position];
            self.change_wrong(reader, change.signum(), run);
        }
    }

    fn publish_service(&mut self, asset: u32, run: &mut Run) {
        let (spec, state) = self.of(asset);
        let down = state.down_reasons > 0;
        let service = match (down, state.fallback_on) {
            (false, _) => 1.0,
            (true, true) => state.fallback_rate,
            (true, false) => 0.0,
        };
        run.board.set_truth(spec.slots.down, down);
        run.board.set_truth(spec.slots.dark, service == 0.0);
        run.board.set(spec.slots.service, service);
    }
}
