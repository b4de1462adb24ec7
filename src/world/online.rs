//! Ballots returned online: what the portal may have altered, who may notice, and what leaves no record to audit.
//!
//! Altered ballots are noticed with chance 1 - (1 - v r)^k: each of k voters checks with chance v and reports a fault with chance
//! r. Without a paper record online ballots cannot be audited. Sources: `docs/model.md`, "Online voting".

use super::board::Slot;
use super::draw::Draw;
use super::run::{Line, Run};
use crate::engine::StreamId;

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
    /// Ballots cast in the jurisdiction, and the share of them returned online.
    pub(super) ballots: (Slot, Draw),
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
    /// Ballots without a record.
    pub(super) unauditable: Slot,
    /// Ballots altered.
    pub(super) altered_ballots: Slot,
    /// Somebody has noticed.
    pub(super) noticed: Slot,
}

/// Online return everywhere.
#[derive(Clone, Debug)]
pub(super) struct OnlineReturns {
    specs: Vec<Spec>,
}

impl OnlineReturns {
    /// Online return as the scenario describes it.
    pub(super) fn new(specs: Vec<Spec>) -> OnlineReturns {
        OnlineReturns { specs }
    }

    /// The polls close: what came in online is settled.
    pub(super) fn close(&mut self, jurisdiction: u32, run: &mut Run) {
        for spec in self.specs.iter().filter(|spec| spec.jurisdiction == jurisdiction) {
            let share = spec.ballots.1.value(run);
            let ballots = run.board.get(spec.ballots.0) * share;
            if !spec.paper {
                run.board.set(spec.unauditable, ballots);
            }
            let altered = if run.board.holds(spec.wrong) { spec.altered.value(run) * ballots } else { 0.0 };
            let each = spec.verify.value(run) * spec.report.value(run);
            let found = 1.0 - libm::pow(1.0 - each, altered);
            run.board.set(spec.altered_ballots, altered);
            if run.streams.chance(spec.noticing, found) {
                run.board.set_truth(spec.noticed, true);
                run.tell(PROCESS, || {
                    Line::aloud("online", format!("Voters in {} find their ballots altered", spec.title))
                });
            }
        }
    }
}
