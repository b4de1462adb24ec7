//! Ballots returned online: when the portal is there, what it may have altered, who may notice, and what leaves no record to audit.
//!
//! Voters come evenly from the opening to the close. Whom the portal turns away tries again if it comes back before the close; whom it
//! fails for good votes on paper or not at all. Altered ballots are noticed with chance 1 - (1 - v r)^k: each of k voters checks with
//! chance v and reports a fault with chance r; where voting again on paper is open, who checks and finds a fault mends his own
//! ballot. Without a paper record online ballots cannot be audited. Sources: `docs/model.md`, "Online voting".

use super::board::Slot;
use super::draw::{Draw, Timing};
use super::run::{Line, Run};
use super::verb::Order;
use crate::engine::{Span, StreamId, Time};
use crate::scenario::model::Revote;

const PROCESS: &str = "online";

/// Online return in a jurisdiction as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// Position of the jurisdiction.
    pub(super) jurisdiction: u32,
    /// What it is called in the story.
    pub(super) title: String,
    /// Whether the portal's contents are wrong.
    pub(super) wrong: Slot,
    /// Whether somebody is in the portal.
    pub(super) compromised: Slot,
    /// When voting online begins; with the scenario, without this.
    pub(super) opens: Option<Timing>,
    /// Share of voters turned away for a while who try again.
    pub(super) retry: Draw,
    /// Share of voters the portal failed who vote on paper.
    pub(super) paper_fallback: Draw,
    /// How a voter may vote again, and the share that does.
    pub(super) revote: (Revote, Draw),
    /// For whom altered ballots are recorded; for whoever loses, without this.
    pub(super) altered_for_first: Option<bool>,
    /// Ballots to be returned online.
    pub(super) ballots: Slot,
    /// Who checks, who reports, and how much is altered.
    pub(super) verify: Draw,
    /// Chance that a fault is reported.
    pub(super) report: Draw,
    /// Share of online ballots altered.
    pub(super) altered: Draw,
    /// Stream of notice.
    pub(super) noticing: StreamId,
    /// Whether each ballot leaves a paper record.
    pub(super) paper: bool,
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// The quantities of online return.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// Ballots without a record.
    pub(super) unauditable: Slot,
    /// Ballots altered.
    pub(super) altered: Slot,
    /// Somebody has noticed.
    pub(super) noticed: Slot,
    /// Share of the time of voting in which the portal gave no service.
    pub(super) unavailable: Slot,
    /// Ballots cast on paper instead.
    pub(super) on_paper: Slot,
    /// Ballots not cast at all.
    pub(super) lost: Slot,
    /// Online ballots that a later vote replaced.
    pub(super) replaced: Slot,
    /// Somebody was in the portal, and no record shows what he did.
    pub(super) unverifiable: Slot,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    opens: Time,
    /// Since when the portal gives no service.
    down_since: Option<Time>,
    /// How long it gave none while voting was open, up to the last time it came back.
    down: f64,
}

/// Online return everywhere.
#[derive(Clone, Debug)]
pub(super) struct OnlineReturns {
    specs: Vec<Spec>,
    states: Vec<State>,
}

impl OnlineReturns {
    /// Online return as the scenario describes it.
    pub(super) fn new(specs: Vec<Spec>) -> OnlineReturns {
        OnlineReturns { states: vec![State::default(); specs.len()], specs }
    }

    /// Voting online opens.
    pub(super) fn start(&mut self, run: &mut Run) {
        for (spec, state) in self.specs.iter().zip(&mut self.states) {
            let opens = spec.opens.as_ref().map_or(Time::ZERO, |opens| opens.time(run));
            *state = State { opens, ..State::default() };
        }
    }

    /// A later vote is to be held: voting online opens as long before its close as in the first, but not before it is called.
    pub(super) fn announce(&mut self, jurisdiction: u32, later: Span, run: &mut Run) {
        for (spec, state) in self.specs.iter().zip(&mut self.states) {
            if spec.jurisdiction == jurisdiction {
                let opens = spec.opens.as_ref().map_or(Time::ZERO, |opens| opens.time(run)) + later;
                *state = State { opens: opens.max(run.now()), down: 0.0, ..*state };
            }
        }
    }

    /// The portal of a jurisdiction gives no service, or gives it again.
    pub(super) fn portal_changed(&mut self, jurisdiction: u32, dark: bool, run: &mut Run) {
        for (spec, state) in self.specs.iter().zip(&mut self.states) {
            if spec.jurisdiction != jurisdiction {
                continue;
            }
            if dark {
                state.down_since = Some(run.now());
            } else if let Some(since) = state.down_since.take() {
                state.down += (run.now() - since.max(state.opens)).as_ms_f64().max(0.0);
            }
        }
    }

    /// The polls close: what came in online is settled.
    pub(super) fn close(&mut self, jurisdiction: u32, run: &mut Run) {
        for (spec, state) in self.specs.iter().zip(&self.states) {
            if spec.jurisdiction == jurisdiction {
                settle(spec, state, run);
            }
        }
    }
}

fn settle(spec: &Spec, state: &State, run: &mut Run) {
    let slots = spec.slots;
    let meant = run.board.get(spec.ballots);
    let open = (run.now() - state.opens).as_ms_f64();
    let last = state.down_since.map_or(0.0, |since| (run.now() - since.max(state.opens)).as_ms_f64().max(0.0));
    let (for_good, for_a_while) =
        if open > 0.0 { (last / open, state.down / open) } else { (f64::from(u8::from(last > 0.0)), 0.0) };
    run.board.set(slots.unavailable, for_good + for_a_while);
    let failed = meant * (for_good + for_a_while * (1.0 - spec.retry.value(run)));
    let switched = failed * spec.paper_fallback.value(run);
    let lost = failed - switched;
    let voted = meant - failed;
    // Who votes again at a polling place does so in person, and the ballot there counts.
    let again = match spec.revote.0 {
        Revote::None => 0.0,
        Revote::Online | Revote::Paper => voted * spec.revote.1.value(run),
    };
    let to_paper = if spec.revote.0 == Revote::Paper { again } else { 0.0 };
    let mut online = voted - to_paper;
    let attacked = if run.board.holds(spec.wrong) { spec.altered.value(run) * online } else { 0.0 };
    let (checks, reports) = (spec.verify.value(run), spec.report.value(run));
    let found = 1.0 - libm::pow(1.0 - checks * reports, attacked);
    let mended = if spec.revote.0 == Revote::Paper { attacked * checks } else { 0.0 };
    online -= mended;
    let altered = attacked - mended;
    run.board.set(slots.replaced, again + mended);
    run.board.set(slots.on_paper, switched);
    run.board.set(slots.lost, lost);
    run.board.set(slots.altered, altered);
    if !spec.paper {
        run.board.set(slots.unauditable, online);
        let entered = run.board.holds(spec.compromised) || run.board.holds(spec.wrong);
        run.board.set_truth(slots.unverifiable, entered);
    }
    let on_paper = switched + to_paper + mended;
    if lost > 0.0 || on_paper > 0.0 || altered > 0.0 {
        run.order(Order::OnlineSettled {
            jurisdiction: spec.jurisdiction,
            lost,
            on_paper,
            altered,
            for_first: spec.altered_for_first,
            paper: spec.paper,
        });
    }
    if lost >= 1.0 {
        run.tell(PROCESS, || {
            Line::aloud(
                "online",
                format!("{} voters in {} could not vote: the portal failed them", lost.round(), spec.title),
            )
        });
    }
    if run.streams.chance(spec.noticing, found) {
        run.board.set_truth(slots.noticed, true);
        run.tell(PROCESS, || Line::aloud("online", format!("Voters in {} find their ballots altered", spec.title)));
    }
}
