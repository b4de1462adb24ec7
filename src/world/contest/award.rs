//! Awards: what results make of a contest, and who has won it.
//!
//! A result stands once it is certified, or counted where the file has nothing certified. Electors and seats are added up as results
//! come to stand; a plurality or a majority is judged when all of them do.

use super::{Contests, Jurisdiction, PROCESS, Round, Spec, State};
use crate::engine::Time;
use crate::scenario::model::{Allocation, Award};
use crate::world::allocation::{dhondt, sainte_lague};
use crate::world::board::Slot;
use crate::world::draw::{Draw, Timing};
use crate::world::event::Event as WorldEvent;
use crate::world::run::{Line, Run};

/// What a contest gives away, and how votes become a winner.
#[derive(Clone, Debug)]
pub(in crate::world) struct Prizes {
    /// How votes become a winner.
    pub(in crate::world) award: Award,
    /// How seats are shared out.
    pub(in crate::world) allocation: Allocation,
    /// Electors or seats needed to win; more than half, without this.
    pub(in crate::world) to_win: Option<Draw>,
    /// Share needed to win outright, or to have any seats.
    pub(in crate::world) threshold: Draw,
    /// Electors of several jurisdictions together.
    pub(in crate::world) at_large: Vec<AtLarge>,
}

/// Electors of several jurisdictions together.
#[derive(Clone, Debug)]
pub(in crate::world) struct AtLarge {
    /// How many.
    pub(in crate::world) electors: Draw,
    /// Positions of the jurisdictions within the contest.
    pub(in crate::world) of: Vec<usize>,
}

/// What becomes of the results of a contest.
#[derive(Clone, Debug)]
pub(in crate::world) struct Awards {
    /// Somebody has won, by results that stand.
    pub(in crate::world) decided: Slot,
    /// Who, by place among the candidates, from 1.
    pub(in crate::world) winner: Slot,
    /// Time from the last close of the first vote to that.
    pub(in crate::world) to_winner: Slot,
    /// Electors or seats of each candidate in results that stand.
    pub(in crate::world) standing: Vec<Slot>,
    /// Electors, seats or ballots of results that do not stand.
    pub(in crate::world) at_stake: Slot,
    /// Votes held so far.
    pub(in crate::world) rounds: Slot,
    /// A run-off has been called.
    pub(in crate::world) runoff: Slot,
    /// How much later than planned it is held.
    pub(in crate::world) runoff_late: Slot,
    /// A vote has been annulled.
    pub(in crate::world) annulled: Slot,
    /// A rerun has been called.
    pub(in crate::world) rerun: Slot,
    /// The office must be filled, and nobody has won.
    pub(in crate::world) vacant: Slot,
    /// From when on.
    pub(in crate::world) office_from: Option<Timing>,
}

impl Prizes {
    /// Whether calls of jurisdictions can be added up to a call of the whole.
    pub(super) fn called_by_jurisdiction(&self) -> bool {
        self.award != Award::Seats || self.allocation == Allocation::Winner
    }

    /// Whether a winner may be known before all results stand.
    fn adds_up(&self) -> bool {
        match self.award {
            Award::Electors => true,
            Award::Seats => matches!(self.allocation, Allocation::Winner | Allocation::Districts),
            Award::Plurality | Award::Majority => false,
        }
    }
}

/// What votes make. Reused, so that adding up takes no memory anew.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Votes by candidate.
    pub(super) votes: Vec<f64>,
    /// All votes, others included.
    total: f64,
    /// Electors or seats by candidate.
    pub(super) awarded: Vec<f64>,
    /// Electors, seats or ballots of results that do not stand.
    open: f64,
    /// All results stand.
    complete: bool,
    /// Which jurisdictions are in it, and their votes, candidate by candidate within each.
    counted: Vec<bool>,
    by_place: Vec<f64>,
    /// Votes of the candidates among whom a prize is divided.
    admitted: Vec<f64>,
}

/// The margin as canvassed or recounted, if it is, and without what is set aside; else as it will be in the end.
pub(super) fn margin(each: &Jurisdiction, certified: bool, run: &Run) -> f64 {
    match each.certified.map(|(_, margin)| run.board.get(margin)) {
        Some(margin) if certified && margin != 0.0 => margin,
        _ if certified => run.board.get(each.standing_margin),
        _ => run.board.get(each.final_margin),
    }
}

/// Ballots that are not in the result: rejected, or set aside until a court rules.
fn left_out(each: &Jurisdiction, certified: bool, run: &Run) -> f64 {
    if certified { run.board.get(each.rejected) + run.board.get(each.segregated) } else { 0.0 }
}

/// Electors, seats or ballots of a vote in all.
pub(super) fn all_at_stake(spec: &Spec, state: &State, run: &Run) -> f64 {
    match spec.prizes.award {
        Award::Electors | Award::Seats => state.prizes.iter().chain(&state.at_large).sum(),
        Award::Plurality | Award::Majority => spec.jurisdictions.iter().map(|each| run.board.get(each.cast)).sum(),
    }
}

/// Votes by candidate in a jurisdiction, by the result if it stands, or by what it will be in the end; one number a candidate.
pub(super) fn votes(spec: &Spec, state: &State, place: usize, certified: bool, run: &Run, votes: &mut [f64]) {
    let each = &spec.jurisdictions[place];
    let margin = margin(each, certified, run);
    let valid = run.board.get(each.cast) - left_out(each, certified, run);
    let others = run.board.get(each.final_others);
    votes.fill(0.0);
    let expected: f64 = spec.further.iter().map(|(_, share)| run.board.get(*share)).sum();
    if expected > 0.0 {
        for (candidate, (_, share)) in spec.further.iter().enumerate() {
            votes[candidate + 2] = others * run.board.get(*share) / expected * valid;
        }
    }
    votes[state.sides[0]] = (1.0 - others + margin) / 2.0 * valid;
    votes[state.sides[1]] = (1.0 - others - margin) / 2.0 * valid;
}

fn stands(spec: &Spec, place: usize, run: &Run) -> bool {
    let each = &spec.jurisdictions[place];
    match each.certified {
        Some((certified, _)) => run.board.holds(certified),
        None => run.board.holds(each.done),
    }
}

/// Adds results up: those that stand, or all as they will be in the end.
pub(super) fn tally(spec: &Spec, state: &State, standing: bool, run: &Run, tally: &mut Tally) {
    let candidates = spec.candidates.len();
    for sums in [&mut tally.votes, &mut tally.awarded] {
        sums.clear();
        sums.resize(candidates, 0.0);
    }
    tally.total = 0.0;
    tally.open = 0.0;
    tally.complete = true;
    tally.counted.clear();
    tally.by_place.clear();
    tally.by_place.resize(candidates * spec.jurisdictions.len(), 0.0);
    let electors_or_seats = matches!(spec.prizes.award, Award::Electors | Award::Seats);
    for (place, each) in spec.jurisdictions.iter().enumerate() {
        if standing && !stands(spec, place, run) {
            tally.complete = false;
            tally.open += if electors_or_seats { state.prizes[place] } else { run.board.get(each.cast) };
            tally.counted.push(false);
            continue;
        }
        let here = &mut tally.by_place[place * candidates..][..candidates];
        votes(spec, state, place, standing, run, here);
        for (sum, votes) in tally.votes.iter_mut().zip(here) {
            *sum += *votes;
        }
        tally.total += run.board.get(each.cast) - left_out(each, standing, run);
        tally.counted.push(true);
    }
    if !electors_or_seats {
        return;
    }
    let bar = state.threshold * tally.total;
    for place in (0..spec.jurisdictions.len()).filter(|place| tally.counted[*place]) {
        let here = &tally.by_place[place * candidates..][..candidates];
        let prize = state.prizes[place];
        let admitted = &mut tally.admitted;
        let mut proportional = |divide: fn(u32, &[f64]) -> Vec<u32>| {
            admitted.clear();
            admitted.extend(here.iter().zip(&tally.votes).map(|(here, all)| if *all >= bar { *here } else { 0.0 }));
            divide(libm::round(prize) as u32, admitted)
        };
        let seats = match spec.prizes.allocation {
            Allocation::Winner => {
                tally.awarded[most(here)] += prize;
                continue;
            }
            Allocation::Districts => {
                let first = run.board.get(spec.jurisdictions[place].districts_first);
                tally.awarded[state.sides[0]] += first;
                tally.awarded[state.sides[1]] += prize - first;
                continue;
            }
            Allocation::Dhondt => proportional(dhondt),
            Allocation::SainteLague => proportional(sainte_lague),
        };
        for (sum, seats) in tally.awarded.iter_mut().zip(seats) {
            *sum += f64::from(seats);
        }
    }
    for (group, electors) in spec.prizes.at_large.iter().zip(&state.at_large) {
        if !group.of.iter().all(|place| tally.counted[*place]) {
            tally.open += electors;
            continue;
        }
        let sums = &mut tally.admitted;
        sums.clear();
        sums.resize(candidates, 0.0);
        for place in &group.of {
            let here = &tally.by_place[place * candidates..][..candidates];
            sums.iter_mut().zip(here).for_each(|(sum, votes)| *sum += votes);
        }
        tally.awarded[most(sums)] += electors;
    }
}

/// Who has most; the one named first, of two who are level.
fn most(values: &[f64]) -> usize {
    let mut best = 0;
    for (place, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = place;
        }
    }
    best
}

/// Who wins by these results, if anybody.
pub(super) fn winner(award: Award, state: &State, tally: &Tally) -> Option<usize> {
    match award {
        Award::Electors | Award::Seats => {
            let best = most(&tally.awarded);
            (tally.awarded[best] >= state.to_win).then_some(best)
        }
        Award::Plurality => Some(most(&tally.votes)),
        Award::Majority => {
            let best = most(&tally.votes);
            (tally.votes[best] >= state.to_win * tally.total).then_some(best)
        }
    }
}

/// Whether whoever has won still has, now that a certificate has been amended.
fn still_won(award: Award, state: &State, tally: &Tally, who: usize) -> bool {
    match award {
        Award::Electors | Award::Seats => tally.awarded[who] >= state.to_win,
        Award::Plurality | Award::Majority => winner(award, state, tally) == Some(who),
    }
}

/// The two with most votes, in the order of the file.
pub(super) fn leading_two(votes: &[f64]) -> [usize; 2] {
    let first = most(votes);
    let mut second = 0;
    for (place, votes_here) in votes.iter().enumerate().filter(|(place, _)| *place != first) {
        if second == first || *votes_here > votes[second] {
            second = place;
        }
    }
    [first.min(second), first.max(second)]
}

/// Electors, seats or ballots called for the first and the second, and those not called for either.
pub(super) fn called(spec: &Spec, state: &State, run: &Run) -> [f64; 3] {
    let mut sums = [0.0; 3];
    let side = |place: usize| match spec.jurisdictions[place].called.map(|slot| run.board.holds(slot)) {
        [true, _] => 0,
        [_, true] => 1,
        _ => 2,
    };
    for (place, each) in spec.jurisdictions.iter().enumerate() {
        sums[side(place)] += match spec.prizes.award {
            Award::Electors | Award::Seats => state.prizes[place],
            Award::Plurality | Award::Majority => run.board.get(each.cast),
        };
    }
    for (group, electors) in spec.prizes.at_large.iter().zip(&state.at_large) {
        let (mut lead, mut left) = (0.0, 0.0);
        for each in group.of.iter().map(|place| &spec.jurisdictions[*place]) {
            lead += run.board.get(each.lead) * run.board.get(each.published);
            left += run.board.get(each.cast) - run.board.get(each.rejected) - run.board.get(each.published);
        }
        // All their jurisdictions are called alike, or what is left cannot turn the lead.
        let mut sides = group.of.iter().map(|place| side(*place));
        let at = match sides.next() {
            Some(first) if first < 2 && sides.all(|each| each == first) => first,
            _ if lead > left => 0,
            _ if -lead > left => 1,
            _ => 2,
        };
        sums[at] += electors;
    }
    sums
}

impl Contests {
    /// At the start of a run: what each jurisdiction gives away, and what is needed.
    pub(super) fn reset(&mut self, position: usize, run: &mut Run) {
        let (before, after) = self.states.split_at_mut(position);
        let (spec, state) = (&self.specs[position], &mut after[0]);
        let (mut prizes, mut at_large) = (std::mem::take(&mut state.prizes), std::mem::take(&mut state.at_large));
        let closes = std::mem::take(&mut state.closes);
        prizes.clear();
        at_large.clear();
        *state = State { counts: position, sides: [0, 1], closes, ..State::default() };
        state.closes.clear();
        if let Round::Later(later) = &spec.round {
            let first = &before[later.of];
            prizes.extend(&first.prizes);
            at_large.extend(&first.at_large);
            state.to_win = first.to_win;
            state.threshold = first.threshold;
        } else {
            prizes.extend(spec.jurisdictions.iter().map(|each| match spec.prizes.allocation {
                Allocation::Districts => each.districts,
                Allocation::Winner | Allocation::Dhondt | Allocation::SainteLague => each.prize.value(run),
            }));
            at_large.extend(spec.prizes.at_large.iter().map(|group| group.electors.value(run)));
            state.threshold = spec.prizes.threshold.value(run);
            let all = prizes.iter().sum::<f64>() + at_large.iter().sum::<f64>();
            let half = match spec.prizes.award {
                Award::Electors | Award::Seats => libm::floor(all / 2.0) + 1.0,
                Award::Plurality => 0.5,
                Award::Majority => state.threshold,
            };
            state.to_win = spec.prizes.to_win.as_ref().map_or(half, |needed| needed.value(run));
        }
        state.prizes = prizes;
        state.at_large = at_large;
    }

    /// Nothing stands yet.
    pub(super) fn begin_awards(&mut self, position: usize, run: &mut Run) {
        let Some(awards) = &self.specs[position].awards else { return };
        run.board.set(awards.rounds, 1.0);
        if let Some(from) = &awards.office_from {
            let from = from.time(run);
            self.states[position].office = Some(from);
            run.at(from, WorldEvent::Contest(super::Event::OfficeBegins(position as u32)));
        }
        tally(&self.specs[position], &self.states[position], true, run, &mut self.tally);
        run.board.set(awards.at_stake, self.tally.open);
    }

    /// Results have come to stand, or stand no longer: electors and seats are added up anew, and somebody may have won.
    pub(in crate::world) fn results_changed(&mut self, run: &mut Run) {
        let mut added_up = std::mem::take(&mut self.tally);
        for position in 0..self.specs.len() {
            let Some(awards) = &self.specs[position].awards else { continue };
            let counts = self.states[position].counts;
            let (spec, state) = (&self.specs[counts], &self.states[counts]);
            if !state.open || state.annulled {
                continue;
            }
            tally(spec, state, true, run, &mut added_up);
            let tally = &added_up;
            for (slot, awarded) in awards.standing.iter().zip(&tally.awarded) {
                run.board.set(*slot, *awarded);
            }
            run.board.set(awards.at_stake, tally.open);
            let award = spec.prizes.award;
            let decided = run.board.holds(awards.decided);
            if decided && still_won(award, state, tally, run.board.get(awards.winner) as usize - 1)
                || !(tally.complete || spec.prizes.adds_up())
            {
                continue;
            }
            let (winner, complete, two) = (winner(award, state, tally), tally.complete, leading_two(&tally.votes));
            if decided {
                self.unsettle(position, run);
            }
            match winner {
                Some(winner) => self.settle(position, winner, run),
                None if complete => self.call_runoff(position, two, run),
                None => {}
            }
        }
        self.tally = added_up;
    }

    /// An amended certificate no longer has the winner it had.
    fn unsettle(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let Some(awards) = &spec.awards else { return };
        for slot in [awards.decided, awards.winner, awards.to_winner] {
            run.board.set(slot, 0.0);
        }
        if !spec.prizes.called_by_jurisdiction() {
            run.board.set_truth(spec.slots.called, false);
            run.cancel(&mut self.states[position].concession);
        }
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the result of {} is amended", spec.title)));
        self.show_vacancy(position, run);
    }

    fn settle(&mut self, position: usize, winner: usize, run: &mut Run) {
        self.call_off_runoff(position, run);
        let (spec, state) = (&self.specs[position], &self.states[position]);
        let Some(awards) = &spec.awards else { return };
        run.board.set_truth(awards.decided, true);
        run.board.set(awards.winner, winner as f64 + 1.0);
        run.board.set(awards.to_winner, (run.now() - state.last_close).as_ms_f64().max(1.0));
        run.board.set_truth(awards.vacant, false);
        // A plurality at once is what its last call or certification has told already.
        if spec.prizes.award != Award::Plurality || state.counts != position {
            let name = &spec.candidates[winner];
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("{name} has won {}", spec.title)));
        }
        if !spec.prizes.called_by_jurisdiction() && !run.board.holds(spec.slots.called) {
            self.called_for(position, winner, run);
        }
    }

    /// The office or chamber must be filled.
    pub(super) fn office_begins(&mut self, position: usize, run: &mut Run) {
        self.show_vacancy(position, run);
    }

    /// Whether the office is vacant, now that nobody has won it.
    pub(super) fn show_vacancy(&mut self, position: usize, run: &mut Run) {
        let spec = &self.specs[position];
        let Some(awards) = &spec.awards else { return };
        let due = self.states[position].office.is_some_and(|from: Time| run.now() >= from);
        if due && !run.board.holds(awards.decided) {
            run.board.set_truth(awards.vacant, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("nobody can take office: {} is open", spec.title)));
        }
    }
}
