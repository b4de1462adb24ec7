//! Votes that follow another: a run-off between the two with most votes, and the rerun of a vote that was annulled.
//!
//! Each is a vote of its own, with its own count, calls and certification, under the names of its jurisdictions with `-runoff` or
//! `-rerun` behind them. It starts from the votes of the one before, so what was unexpected there stays; the swing between the two is
//! its own draw. Its dates lie as long after its close as those of the first vote after that.

use super::{Contests, Event, PROCESS, award};
use crate::engine::{Handle, Time};
use crate::world::draw::{Draw, Timing};
use crate::world::event::Event as WorldEvent;
use crate::world::run::{Line, Run};
use crate::world::verb::Order;
use crate::world::votes::LaterPoll;

/// Which vote of its contest this is.
#[derive(Clone, Debug)]
pub(in crate::world) enum Round {
    /// The first, with the votes that may follow it.
    First {
        /// The run-off.
        runoff: Option<usize>,
        /// The rerun.
        rerun: Option<usize>,
    },
    /// One that follows.
    Later(Box<Later>),
}

/// A vote that follows another.
#[derive(Clone, Debug)]
pub(in crate::world) struct Later {
    /// The first vote of its contest.
    pub(in crate::world) of: usize,
    /// Whether it is a run-off, or the rerun of one.
    pub(in crate::world) runoff: bool,
    /// Its own rerun.
    pub(in crate::world) rerun: Option<usize>,
    /// The date, where the file names one.
    pub(in crate::world) at: Option<Timing>,
    /// Time from the close of the vote before, or from the annulment.
    pub(in crate::world) after: Draw,
    /// Ballots as a share of those of the vote before.
    pub(in crate::world) turnout: Draw,
    /// Change of the margin.
    pub(in crate::world) swing: Draw,
    /// By candidate who is out: share of the votes that goes to the finalist who comes first; empty for a rerun.
    pub(in crate::world) transfers: Vec<Draw>,
}

impl Contests {
    fn later(&self, position: usize) -> Option<&Later> {
        match &self.specs[position].round {
            Round::First { .. } => None,
            Round::Later(later) => Some(&**later),
        }
    }

    /// Nobody has won by the results of the vote that counts: the two with most votes meet again, if the file has a run-off.
    pub(super) fn call_runoff(&mut self, position: usize, sides: [usize; 2], run: &mut Run) {
        let (spec, state) = (&self.specs[position], &self.states[position]);
        let Round::First { runoff: Some(runoff), .. } = spec.round else { return };
        let (Some(awards), Some(terms)) = (&spec.awards, self.later(runoff)) else { return };
        if state.runoff {
            if state.next != Handle::NONE {
                // An amended certificate may have others go on.
                self.states[runoff].sides = sides;
            }
            return;
        }
        let before = &self.states[state.counts];
        let planned = match &terms.at {
            Some(at) => at.time(run),
            None => before.first_close + terms.after.span(run),
        };
        let held = planned.max(run.now());
        run.board.set_truth(awards.runoff, true);
        run.board.set(awards.runoff_late, (held - planned).as_ms_f64());
        let names = sides.map(|side| &spec.candidates[side]);
        run.tell(PROCESS, || {
            let text = format!("nobody wins {} outright: {} and {} go on to a run-off", spec.title, names[0], names[1]);
            Line::aloud(&spec.path, text)
        });
        self.states[runoff].sides = sides;
        self.announce(position, runoff, held, run);
        let state = &mut self.states[position];
        state.runoff = true;
        state.next = run.at(held, WorldEvent::Contest(Event::Held(runoff as u32)));
    }

    /// Somebody has won after all: a run-off that is yet to be held is not.
    pub(super) fn call_off_runoff(&mut self, position: usize, run: &mut Run) {
        let (spec, state) = (&self.specs[position], &mut self.states[position]);
        let Some(awards) = &spec.awards else { return };
        if state.next != Handle::NONE {
            run.cancel(&mut state.next);
            state.runoff = false;
            run.board.set_truth(awards.runoff, false);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("the run-off of {} is called off", spec.title)));
        }
    }

    /// The latest vote that was held is annulled.
    pub(in crate::world) fn annul(&mut self, position: usize, run: &mut Run) {
        let counts = self.states[position].counts;
        let (spec, state) = (&self.specs[position], &self.states[counts]);
        let Some(awards) = &spec.awards else { return };
        if state.annulled || run.now() < state.last_close {
            return;
        }
        let (rerun, of_first) = match &self.specs[counts].round {
            Round::First { rerun, .. } => (*rerun, true),
            Round::Later(later) => (later.rerun, !later.runoff),
        };
        run.board.set_truth(awards.annulled, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the vote of {} is annulled", self.specs[counts].title)));
        for slot in
            [awards.decided, awards.winner, awards.to_winner, spec.slots.called, self.specs[counts].slots.called]
        {
            run.board.set(slot, 0.0);
        }
        awards.standing.iter().for_each(|slot| run.board.set(*slot, 0.0));
        for each in &self.specs[counts].jurisdictions {
            run.order(Order::Void { jurisdiction: each.count });
        }
        let open = award::all_at_stake(&self.specs[counts], state, run);
        run.board.set(awards.at_stake, open);
        let again = rerun.and_then(|rerun| Some((rerun, self.later(rerun)?.after.span(run))));
        if let Some((rerun, after)) = again {
            run.board.set_truth(awards.rerun, true);
            self.states[rerun].sides = self.states[counts].sides;
            run.cancel(&mut self.states[position].next);
            self.announce(position, rerun, run.now() + after, run);
            self.states[position].next = run.after(after, WorldEvent::Contest(Event::Held(rerun as u32)));
        } else {
            run.cancel(&mut self.states[position].next);
        }
        if of_first {
            self.states[position].runoff = false;
        }
        for annulled in [position, counts] {
            run.cancel(&mut self.states[annulled].concession);
        }
        self.states[counts].annulled = true;
        self.show_vacancy(position, run);
    }

    /// The date of a later vote is known: voting online may open before it.
    fn announce(&self, first: usize, later: usize, held: Time, run: &mut Run) {
        let (first, before) = (&self.states[first], &self.states[self.states[first].counts]);
        for (place, each) in self.specs[later].jurisdictions.iter().enumerate() {
            let close = held + (before.closes[place] - before.first_close);
            run.order(Order::Announced { jurisdiction: each.count, later: close - first.closes[place] });
        }
    }

    /// A run-off or a rerun is held: its votes follow from those of the vote before.
    pub(super) fn hold(&mut self, position: usize, run: &mut Run) {
        let Some(terms) = self.later(position) else { return };
        let first = terms.of;
        let before = self.states[first].counts;
        let (swing, turnout) = (terms.swing.value(run), terms.turnout.value(run));
        let transfers: Vec<f64> = terms.transfers.iter().map(|share| share.value(run)).collect();
        let sides = self.states[position].sides;
        let mut closes = Vec::with_capacity(self.specs[position].jurisdictions.len());
        for (place, each) in self.specs[position].jurisdictions.iter().enumerate() {
            let source = &self.specs[before].jurisdictions[place];
            let voted = &self.states[before];
            let close = run.now() + (voted.closes[place] - voted.first_close);
            let (expected, others) = if terms.runoff && !transfers.is_empty() {
                let mut votes = vec![0.0; self.specs[before].candidates.len()];
                award::votes(&self.specs[before], voted, place, true, run, &mut votes);
                for out in (0..votes.len()).filter(|candidate| !sides.contains(candidate)) {
                    let moved = std::mem::take(&mut votes[out]);
                    votes[sides[0]] += moved * transfers[out];
                    votes[sides[1]] += moved * (1.0 - transfers[out]);
                }
                let all: f64 = votes.iter().sum();
                ((votes[sides[0]] - votes[sides[1]]) / all.max(1.0), 0.0)
            } else {
                (award::margin(source, true, run), run.board.get(source.final_others))
            };
            let ballots = run.board.get(source.cast) * turnout;
            let limit = 0.98 * (1.0 - others);
            closes.push(close);
            run.order(Order::Poll {
                jurisdiction: each.count,
                poll: LaterPoll {
                    margin: (expected + swing).clamp(-limit, limit),
                    expected,
                    others,
                    ballots,
                    closes: close,
                    later: close - self.states[first].closes[place],
                    sides,
                },
            });
        }
        let state = &mut self.states[position];
        state.first_close = closes.iter().copied().min().unwrap_or(Time::ZERO);
        state.last_close = closes.iter().copied().max().unwrap_or(Time::ZERO);
        state.closes = closes;
        let state = &mut self.states[first];
        state.counts = position;
        state.next = Handle::NONE;
        let spec = &self.specs[position];
        if let Some(awards) = &self.specs[first].awards {
            run.board.add(awards.rounds, 1.0);
        }
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the vote of {} is held", spec.title)));
        run.order(Order::Round { contest: position as u32 });
    }
}
