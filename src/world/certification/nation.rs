//! The national chain: the last day of ascertainment, the electors' vote, and the day on which their votes are counted.

use super::{Certifications, Event, PROCESS};
use crate::engine::Span;
use crate::scenario::model::RuleSet;
use crate::world::board::Slot;
use crate::world::draw::{Draw, Timing};
use crate::world::event::Event as WorldEvent;
use crate::world::run::{Line, Run};
use crate::world::verb::Order;

/// The national chain, where the contest has electors and a rule set with dates.
#[derive(Clone, Debug)]
pub(in crate::world) struct Nation {
    /// Which rules.
    pub(in crate::world) rules: RuleSet,
    /// The last day of ascertainment, the electors' vote and the joint session: a moment, and days after it.
    pub(in crate::world) dates: [(Timing, i64); 3],
    /// Electors needed; a majority of those appointed, without this.
    pub(in crate::world) to_win: Option<Draw>,
    /// Electors of each candidate in results that stand.
    pub(in crate::world) standing: Vec<Slot>,
    /// Electors of results that do not stand.
    pub(in crate::world) open: Slot,
    /// Electors appointed.
    pub(in crate::world) appointed: Slot,
    /// Ascertainment was missed somewhere; electors at stake.
    pub(in crate::world) missed: Slot,
    /// Electors of jurisdictions that were not ascertained.
    pub(in crate::world) at_stake: Slot,
    /// The electors have voted.
    pub(in crate::world) voted: Slot,
    /// Electors of each candidate.
    pub(in crate::world) electors: [Slot; 2],
    /// Nobody has a majority.
    pub(in crate::world) no_majority: Slot,
    /// An objection is debated.
    pub(in crate::world) objection: Slot,
    /// The result is final.
    pub(in crate::world) final_result: Slot,
}

impl Certifications {
    /// The dates that bind the nation.
    pub(super) fn schedule_nation(&self, run: &mut Run) {
        let Some(nation) = &self.nation else { return };
        let events = [Event::AscertainmentDate, Event::ElectorsVote, Event::JointSession];
        for ((timing, days), event) in nation.dates.iter().zip(events) {
            let date = timing.time(run) + Span::from_days(*days);
            run.at(date, WorldEvent::Certification(event));
        }
    }

    pub(super) fn ascertainment_date(&self, run: &mut Run) {
        let Some(nation) = &self.nation else { return };
        let at_stake = run.board.get(nation.open);
        run.board.set(nation.at_stake, at_stake);
        run.board.set_truth(nation.missed, at_stake > 0.0);
        if at_stake > 0.0 {
            run.tell(PROCESS, || Line::aloud("nation", "the last day of ascertainment passes with results open"));
        }
    }

    pub(super) fn electors_vote(&self, run: &mut Run) {
        let Some(nation) = &self.nation else { return };
        let appointed = nation.standing.iter().map(|slot| run.board.get(*slot)).sum();
        for (slot, standing) in nation.electors.iter().zip(&nation.standing) {
            run.board.set(*slot, run.board.get(*standing));
        }
        run.board.set(nation.appointed, appointed);
        run.board.set_truth(nation.voted, true);
        run.tell(PROCESS, || Line::aloud("nation", "the electors vote"));
    }

    pub(super) fn joint_session(&self, run: &mut Run) {
        let Some(nation) = &self.nation else { return };
        let appointed = run.board.get(nation.appointed);
        let needed = match &nation.to_win {
            Some(needed) => needed.value(run),
            None => libm::floor(appointed / 2.0) + 1.0,
        };
        let electors = nation.electors.map(|slot| run.board.get(slot));
        let majority = electors[0] >= needed || electors[1] >= needed;
        let disputed = run.board.get(nation.at_stake) > 0.0;
        // One member of each house sufficed in 2020; a fifth of each is needed since.
        run.board.set_truth(nation.objection, disputed || nation.rules == RuleSet::Us2020 && !majority);
        run.board.set_truth(nation.no_majority, !majority);
        run.board.set_truth(nation.final_result, majority);
        run.tell(PROCESS, || Line::aloud("nation", "the electors' votes are counted"));
        run.order(Order::CallsChanged);
    }
}
