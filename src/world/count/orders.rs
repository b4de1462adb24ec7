//! What is ordered of a count, or settled for it: ballots set aside and ruled on, longer hours, votes the portal lost or altered.
//!
//! Ballots that are set aside are counted apart: they are in no total, and not outstanding either, until a court admits them or
//! rejects them. Only what has not been counted can be set aside. At every moment cast = counted + rejected + segregated +
//! outstanding.

use super::counties::County;
use super::{Counts, Event, IN_PERSON, MODES, ONLINE, PROCESS, State, Votes};
use crate::engine::Span;
use crate::world::event::Event as WorldEvent;
use crate::world::run::{Line, Run};
use crate::world::verb::Order;

/// What became of the votes of those who meant to vote online.
#[derive(Clone, Copy, Debug)]
pub(in crate::world) struct OnlineSettled {
    /// Ballots never cast, for want of the portal.
    pub(in crate::world) lost: f64,
    /// Ballots cast on paper at a polling place instead.
    pub(in crate::world) on_paper: f64,
    /// Ballots recorded otherwise than they were cast.
    pub(in crate::world) altered: f64,
    /// For whom: the first candidate, the second, or whoever loses.
    pub(in crate::world) for_first: Option<bool>,
    /// Whether a paper record shows what was cast.
    pub(in crate::world) paper: bool,
}

/// Ballots counted apart, and what stands without them.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    /// Whether ballots of a mode are set aside from now on.
    pub(super) aside: [bool; MODES],
    /// Whether a court has rejected what comes of a mode from now on.
    pub(super) excluded: [bool; MODES],
    /// Ballots set aside by mode, and the votes on them.
    pub(super) ballots: [f64; MODES],
    pub(super) votes: [Votes; MODES],
    /// Chance that the ruling admits them.
    admits: f64,
    /// All votes that will count, as they are recorded.
    pub(super) all: Votes,
    /// By how many votes the recorded lead differs from what paper shows.
    unlike_paper: f64,
}

/// The margin of some votes; nothing if there are none.
pub(super) fn margin(votes: Votes) -> f64 {
    votes.lead() / votes.total().max(1.0)
}

impl State {
    /// Ballots of a mode that have been processed: counted, set aside, or rejected by order of a court.
    pub(super) fn settle(&mut self, county: &mut County, mode: usize, ballots: f64) {
        if self.apart.excluded[mode] {
            self.rejected += ballots;
        } else if self.apart.aside[mode] {
            county.apart[mode] += ballots;
            self.apart.ballots[mode] += ballots;
            self.apart.votes[mode].add(county.split[mode], ballots);
        } else {
            self.counted += ballots;
            self.held[mode].add(county.split[mode], ballots);
        }
    }
}

impl Counts {
    /// Ballots of some modes, a bit for each, are set aside as far as they are not counted yet.
    pub(in crate::world) fn segregate(
        &mut self,
        position: u32,
        modes: u8,
        ruling: Option<Span>,
        admits: f64,
        run: &mut Run,
    ) {
        let (spec, state) = (&self.specs[position as usize], &mut self.states[position as usize]);
        if state.void {
            return;
        }
        let mut affected = 0.0;
        for mode in (0..MODES).filter(|mode| modes & 1 << mode != 0) {
            if !state.apart.excluded[mode] {
                state.apart.aside[mode] = true;
                affected += state.open[mode];
            }
        }
        state.apart.admits = admits;
        run.board.set_truth(spec.slots.set_aside, true);
        let decides = affected >= state.apart.all.lead().abs();
        if decides && affected > 0.0 {
            run.board.set_truth(spec.slots.segregation_decides, true);
        }
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("ballots are set aside in {}", spec.title)));
        if let Some(ruling) = ruling {
            let wait = Span::from_ms_f64(ruling.as_ms_f64() * run.board.get(spec.slots.court_delay));
            run.after(wait, WorldEvent::Count(Event::Ruled(position)));
        }
    }

    /// A court rules on what is set aside, with some chance that it admits it.
    pub(in crate::world) fn rule(&mut self, position: u32, admits: f64, run: &mut Run) {
        self.states[position as usize].apart.admits = admits;
        self.ruled(position as usize, run);
    }

    /// The ruling on what is set aside.
    pub(super) fn ruled(&mut self, position: usize, run: &mut Run) {
        let (spec, state) = (&self.specs[position], &mut self.states[position]);
        if !run.board.holds(spec.slots.set_aside) {
            return;
        }
        let admitted = run.streams.chance(spec.ruling, state.apart.admits);
        let counties = &mut self.counties[self.first[position]..self.first[position + 1]];
        let mut ballots = 0.0;
        for mode in 0..MODES {
            if !std::mem::take(&mut state.apart.aside[mode]) {
                continue;
            }
            let apart = std::mem::take(&mut state.apart.ballots[mode]);
            let votes = std::mem::take(&mut state.apart.votes[mode]);
            ballots += apart;
            if admitted {
                state.counted += apart;
                state.held[mode].add(votes, 1.0);
                counties.iter_mut().for_each(|county| county.apart[mode] = 0.0);
                continue;
            }
            state.rejected += apart;
            state.apart.excluded[mode] = true;
            state.apart.all.add(votes, -1.0);
            // What is yet to come of this mode will be rejected with the rest.
            for county in counties.iter_mut() {
                let arriving = if mode == super::LATE { state.arriving * county.size / state.sizes } else { 0.0 };
                let coming = county.ready[mode] + state.valid[mode] * (county.waiting[mode] + arriving);
                state.apart.all.add(county.split[mode], -coming);
                let apart = std::mem::take(&mut county.apart[mode]);
                county.lead -= county.split[mode].lead() * (coming + apart);
            }
        }
        run.board.set_truth(spec.slots.set_aside, false);
        run.board.set_truth(spec.slots.segregation_decides, false);
        if !admitted {
            run.board.add(spec.slots.excluded, ballots);
        }
        let words = if admitted { "admits" } else { "rejects" };
        run.tell(PROCESS, || {
            Line::aloud(&spec.path, format!("a court {words} the ballots that were set aside in {}", spec.title))
        });
        self.show_margins(position, run);
        self.show_districts(position, run);
        run.order(Order::Ruled { jurisdiction: position as u32 });
        self.publish(position, run);
    }

    /// The vote is annulled: what is set aside counts for nothing, and no court rules on it any more.
    pub(in crate::world) fn void(&mut self, position: u32, run: &mut Run) {
        let position = position as usize;
        let (slots, state) = (self.specs[position].slots, &mut self.states[position]);
        state.void = true;
        for mode in 0..MODES {
            state.apart.aside[mode] = false;
            state.rejected += std::mem::take(&mut state.apart.ballots[mode]);
            let votes = std::mem::take(&mut state.apart.votes[mode]);
            state.apart.all.add(votes, -1.0);
        }
        for county in &mut self.counties[self.first[position]..self.first[position + 1]] {
            let apart = std::mem::take(&mut county.apart);
            county.lead -= county.split.iter().zip(apart).map(|(split, ballots)| split.lead() * ballots).sum::<f64>();
        }
        run.board.set_truth(slots.set_aside, false);
        run.board.set_truth(slots.segregation_decides, false);
        self.show_margins(position, run);
        self.show_districts(position, run);
        self.show_books(position, run);
    }

    /// Papers for the court are ready: it takes less time from now on.
    pub(in crate::world) fn court_plans(&mut self, position: u32, cut: f64, run: &mut Run) {
        let spec = &self.specs[position as usize];
        let delay = run.board.get(spec.slots.court_delay) * (1.0 - cut);
        run.board.set(spec.slots.court_delay, delay);
        run.tell(PROCESS, || Line::inner(&spec.path, format!("papers for the court are ready in {}", spec.title)));
    }

    /// Polls stay open longer; once they have closed it is too late.
    pub(in crate::world) fn extend_hours(&mut self, position: u32, by: Span, run: &mut Run) {
        let (spec, state) = (&self.specs[position as usize], &mut self.states[position as usize]);
        if run.now() >= state.closes {
            return;
        }
        state.closes = state.closes + by;
        run.board.add(spec.slots.extended, by.as_ms_f64());
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("polls stay open longer in {}", spec.title)));
        run.at(state.closes, WorldEvent::Count(Event::Closes(position)));
        run.order(Order::CloseMoved { jurisdiction: position, closes: state.closes });
    }

    /// Online voting is over: what was lost is not cast, what moved to paper is cast in person, what was altered is recorded so.
    pub(in crate::world) fn settle_online(&mut self, position: u32, settled: OnlineSettled, run: &mut Run) {
        let position = position as usize;
        let (spec, state) = (&self.specs[position], &mut self.states[position]);
        let counties = &mut self.counties[self.first[position]..self.first[position + 1]];
        let online: f64 = counties.iter().map(|county| county.ready[ONLINE]).sum();
        if online <= 0.0 {
            return;
        }
        let for_first = settled.for_first.unwrap_or(state.final_margin < 0.0);
        let before = state.apart.all.lead();
        for county in counties {
            let share = county.ready[ONLINE] / online;
            let (lost, on_paper) = (settled.lost * share, settled.on_paper * share);
            state.apart.all.add(county.split[ONLINE], -lost);
            county.lead -= county.split[ONLINE].lead() * lost;
            let paper = county.ready[IN_PERSON] + on_paper;
            if on_paper > 0.0 {
                let mut votes = Votes::default();
                votes.add(county.split[IN_PERSON], county.ready[IN_PERSON] / paper);
                votes.add(county.split[ONLINE], on_paper / paper);
                county.split[IN_PERSON] = votes;
                county.ready[IN_PERSON] = paper;
            }
            county.ready[ONLINE] -= lost + on_paper;
            if settled.altered > 0.0 && county.ready[ONLINE] > 0.0 {
                let split = &mut county.split[ONLINE];
                let (from, to) = match for_first {
                    true => (&mut split.second, &mut split.first),
                    false => (&mut split.first, &mut split.second),
                };
                // Nobody can be robbed of more votes than he has.
                let moved = (settled.altered * share / county.ready[ONLINE]).min(*from);
                *from -= moved;
                *to += moved;
                let votes = moved * county.ready[ONLINE] * if for_first { 1.0 } else { -1.0 };
                county.lead += 2.0 * votes;
                state.apart.all.first += votes;
                state.apart.all.second -= votes;
                if settled.paper {
                    state.apart.unlike_paper += 2.0 * votes;
                }
            }
        }
        state.cast -= settled.lost;
        state.open[ONLINE] -= settled.lost + settled.on_paper;
        state.open[IN_PERSON] += settled.on_paper;
        run.board.set(spec.slots.cast, state.cast);
        if settled.altered > 0.0 && before * state.apart.all.lead() < 0.0 {
            run.board.set_truth(spec.slots.outcome_altered, true);
        }
        self.show_margins(position, run);
        self.show_districts(position, run);
        self.show_books(position, run);
    }

    /// A full count by hand has put every wrong figure right.
    pub(in crate::world) fn put_right(&mut self, position: u32, run: &mut Run) {
        let position = position as usize;
        for county in &mut self.counties[self.first[position]..self.first[position + 1]] {
            county.error = 0.0;
        }
        self.states[position].errors = 0.0;
        run.board.set_truth(self.specs[position].slots.wrong, false);
        self.publish(position, run);
    }

    /// The margins at which the count will end, with and without what is set aside, and as paper shows them.
    pub(super) fn show_margins(&mut self, position: usize, run: &mut Run) {
        let (slots, state) = (self.specs[position].slots, &mut self.states[position]);
        let mut standing = state.apart.all;
        for votes in &state.apart.votes {
            standing.add(*votes, -1.0);
        }
        state.final_margin = margin(state.apart.all);
        run.board.set(slots.final_margin, state.final_margin);
        run.board.set(slots.final_others, state.apart.all.others / state.apart.all.total().max(1.0));
        run.board.set(slots.standing_margin, margin(standing));
        run.board.set(slots.paper_margin, (standing.lead() - state.apart.unlike_paper) / standing.total().max(1.0));
    }

    /// Counties in which the first candidate leads in the end.
    pub(super) fn show_districts(&self, position: usize, run: &mut Run) {
        let counties = &self.counties[self.first[position]..self.first[position + 1]];
        let districts = counties.iter().filter(|county| county.lead > 0.0).count();
        run.board.set(self.specs[position].slots.districts_first, districts as f64);
    }
}
