//! The caller: when somebody who counts along is sure enough to name a winner.
//!
//! A caller does not read leads. It joins what it expected before the close with what is known: the votes counted so far and
//! the ballots outstanding by mode, each with the margin expected of that mode. It calls when the joint margin is so many
//! standard deviations clear of zero, after a while of deliberation, and not where a recount would follow (equation E9 of
//! `docs/model.md`, "The count").

use super::board::Slot;
use super::draw::Draw;
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::verb::Order;
use super::votes::{LaterPoll, MODES, Votes};
use crate::engine::{Handle, Span, Time};

const PROCESS: &str = "caller";

/// Error of an estimate of how many ballots are outstanding, as a share of them [assumed].
const SIZE_ERROR: f64 = 0.02;

/// Weight, as a share of all votes, of what was expected of a mode against what is seen of it [assumed].
const EXPECTED_WEIGHT: f64 = 0.1;

/// Until when a call comes at once: what is certain from the expectation alone needs no deliberation.
const AT_ONCE: Span = Span::from_minutes(6);

/// What can happen to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It looks at a jurisdiction.
    Looks(u32),
    /// It says what it was sure of.
    Calls(u32, bool),
}

/// A jurisdiction as the caller sees it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// Names of the candidates, the two leading ones first.
    pub(super) candidates: Vec<String>,
    /// Whether the vote is held only if another calls for it.
    pub(super) later: bool,
    /// Expected margin.
    pub(super) margin: Draw,
    /// Expected shares and gaps by mode.
    pub(super) shares: [Draw; MODES],
    /// Expected gaps.
    pub(super) gaps: [Draw; MODES],
    /// Standard deviation of the expectation.
    pub(super) prior: Draw,
    /// Standard deviation of the margin of a mode's outstanding ballots.
    pub(super) doubt: Draw,
    /// How many standard deviations make it sure.
    pub(super) confidence: Draw,
    /// Deliberation.
    pub(super) deliberates: Draw,
    /// Margin at or below which it waits for a recount.
    pub(super) recount_bar: Draw,
    /// What is outstanding has been explained by mode: it halves the doubt.
    pub(super) explained: Slot,
    /// The result is certified.
    pub(super) certified: Slot,
    /// The margin that is certified.
    pub(super) certified_margin: Slot,
    /// Called at all.
    pub(super) called: Slot,
    /// Called for the first.
    pub(super) called_first: Slot,
    /// Called for the second.
    pub(super) called_second: Slot,
    /// A call was taken back.
    pub(super) retracted: Slot,
    /// Time from the close to the call.
    pub(super) to_call: Slot,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    closes: Time,
    /// The two candidates whose margin it is.
    sides: [usize; 2],
    margin: f64,
    means: [f64; MODES],
    prior: f64,
    doubt: f64,
    confidence: f64,
    bar: f64,
    /// Its next look.
    next: Handle,
    /// The call it is about to make, and whether it is for the first candidate.
    pending: Handle,
    pending_first: bool,
}

/// All that is called.
#[derive(Clone, Debug)]
pub(super) struct Callers {
    specs: Vec<Spec>,
    states: Vec<State>,
}

impl Callers {
    /// Callers as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Callers {
        Callers { states: vec![State::default(); specs.len()], specs }
    }

    /// Nothing is called; the first look is at the close.
    pub(super) fn start(&mut self, closes: impl Fn(usize) -> Time, run: &mut Run) {
        for position in 0..self.specs.len() {
            self.states[position] = State::default();
            if !self.specs[position].later {
                let margin = self.specs[position].margin.value(run);
                self.open(position, closes(position), margin, [0, 1], run);
            }
        }
    }

    /// A later vote is held.
    pub(super) fn follow(&mut self, position: u32, poll: LaterPoll, run: &mut Run) {
        self.open(position as usize, poll.closes, poll.expected, poll.sides, run);
    }

    fn open(&mut self, position: usize, closes: Time, margin: f64, sides: [usize; 2], run: &mut Run) {
        let spec = &self.specs[position];
        let shares = [0, 1, 2, 3, 4, 5, 6, 7].map(|mode: usize| spec.shares[mode].value(run));
        let gaps = [0, 1, 2, 3, 4, 5, 6, 7].map(|mode: usize| spec.gaps[mode].value(run));
        let base = margin - shares.iter().zip(&gaps).skip(1).map(|(share, gap)| share * gap).sum::<f64>();
        self.states[position] = State {
            closes,
            sides,
            margin,
            means: gaps.map(|gap| (base + gap).clamp(-1.0, 1.0)),
            prior: spec.prior.value(run),
            doubt: spec.doubt.value(run),
            confidence: spec.confidence.value(run),
            bar: spec.recount_bar.value(run),
            next: run.at(closes, WorldEvent::Caller(Event::Looks(position as u32))),
            pending: Handle::NONE,
            pending_first: false,
        };
    }

    /// Polls close later than planned: nobody is called before.
    pub(super) fn close_moved(&mut self, position: u32, closes: Time, run: &mut Run) {
        let state = &mut self.states[position as usize];
        state.closes = closes;
        run.cancel(&mut state.next);
        state.next = run.at(closes, WorldEvent::Caller(Event::Looks(position)));
    }

    /// What is certified has changed: it looks again at once.
    pub(super) fn reconsider(&mut self, position: u32, run: &mut Run) {
        let state = &mut self.states[position as usize];
        run.cancel(&mut state.next);
        state.next = run.after(Span::ZERO, WorldEvent::Caller(Event::Looks(position)));
    }

    /// The vote is annulled: nobody is called any more.
    pub(super) fn void(&mut self, position: u32, run: &mut Run) {
        let state = &mut self.states[position as usize];
        run.cancel(&mut state.next);
        run.cancel(&mut state.pending);
    }

    /// A look, or a call. `known` are counted votes and open ballots by mode.
    pub(super) fn handle(
        &mut self,
        event: Event,
        known: impl Fn(usize) -> ([Votes; MODES], [f64; MODES]),
        run: &mut Run,
    ) {
        match event {
            Event::Looks(position) => {
                let (votes, open) = known(position as usize);
                self.look(position, &votes, &open, run);
            }
            Event::Calls(position, first) => self.call(position, first, run),
        }
    }

    fn look(&mut self, position: u32, votes: &[Votes; MODES], open: &[f64; MODES], run: &mut Run) {
        let spec = &self.specs[position as usize];
        let state = &mut self.states[position as usize];
        state.next = Handle::NONE;
        let doubt = if run.board.holds(spec.explained) { state.doubt / 2.0 } else { state.doubt };
        let (mean, sd) = belief(state, votes, open, doubt);
        let z = mean / sd.max(1e-9);
        let certified = run.board.holds(spec.certified);
        let first = if certified { run.board.get(spec.certified_margin) > 0.0 } else { mean > 0.0 };
        let called = run.board.holds(spec.called);
        let sure = certified || z.abs() >= state.confidence && mean.abs() > state.bar;
        if !called && (!sure || first != state.pending_first) {
            run.cancel(&mut state.pending);
        }
        let mut taken_back = false;
        if called
            && run.board.holds(if first { spec.called_second } else { spec.called_first })
            && (certified || z.abs() > 1.0)
        {
            for slot in [spec.called, spec.called_first, spec.called_second] {
                run.board.set_truth(slot, false);
            }
            run.board.set_truth(spec.retracted, true);
            taken_back = true;
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("the call of {} is taken back", spec.title)));
            run.order(Order::CallsChanged);
        } else if !called && sure && state.pending == Handle::NONE {
            state.pending_first = first;
            let at_close = run.now() - state.closes <= AT_ONCE;
            let wait = if at_close { Span::ZERO } else { spec.deliberates.span(run) };
            state.pending = run.after(wait, WorldEvent::Caller(Event::Calls(position, first)));
        }
        let open: f64 = open.iter().sum();
        let waiting = !run.board.holds(spec.called) || first == run.board.holds(spec.called_second);
        if open > 0.5 || waiting {
            // Every quarter of an hour through the first day, then hourly as the count itself moves; once all is counted only a
            // recount or a certification can bring news.
            let minutes = match run.now() - state.closes {
                // Whoever has taken a call back wants to know who has won instead.
                _ if taken_back => 15,
                _ if open <= 0.5 && state.pending == Handle::NONE => 24 * 60,
                since if since < Span::from_days(1) => 15,
                _ => 60,
            };
            state.next = run.after(Span::from_minutes(minutes), WorldEvent::Caller(Event::Looks(position)));
        }
    }

    fn call(&mut self, position: u32, first: bool, run: &mut Run) {
        let spec = &self.specs[position as usize];
        let state = &mut self.states[position as usize];
        state.pending = Handle::NONE;
        run.board.set_truth(spec.called, true);
        run.board.set_truth(if first { spec.called_first } else { spec.called_second }, true);
        run.board.set(spec.to_call, (run.now() - state.closes).as_ms_f64().max(1.0));
        let winner = &spec.candidates[state.sides[usize::from(!first)]];
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{} is called for {winner}", spec.title)));
        run.order(Order::CallsChanged);
    }
}

/// The margin a caller believes in, and its standard deviation.
fn belief(state: &State, votes: &[Votes; MODES], open: &[f64; MODES], doubt: f64) -> (f64, f64) {
    let counted: f64 = votes.iter().map(|votes| votes.total()).sum();
    let all = counted + open.iter().sum::<f64>();
    if all <= 0.0 {
        return (state.margin, state.prior);
    }
    let mut lead = votes.iter().map(|votes| votes.lead()).sum::<f64>();
    let mut variance = 0.0;
    for mode in 0..MODES {
        let seen = votes[mode].total();
        let weight = EXPECTED_WEIGHT * all;
        let margin = (votes[mode].lead() + state.means[mode] * weight) / (seen + weight);
        lead += open[mode] * margin;
        variance += (open[mode] * doubt) * (open[mode] * doubt) + (SIZE_ERROR * open[mode]) * (SIZE_ERROR * open[mode]);
    }
    let mean = lead / all;
    let variance = variance / (all * all);
    let prior = state.prior * state.prior;
    // Joined by precision. What is counted counts; an expectation weighs the less the surer the count is.
    let weight = prior / (prior + variance);
    let joint = mean * weight + state.margin * (1.0 - weight);
    (joint, libm::sqrt(prior * variance / (prior + variance)))
}
