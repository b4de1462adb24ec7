//! Watches: conditions that are asked again only when something they read has changed, or when time alone can change them.
//!
//! A condition is a level. Its rising edge, once it has held for the time asked, sets off what its owner does; a condition
//! that holds at the start counts as an edge. When it falls, the hold starts afresh.

use super::board::Board;
use super::draw::{Draw, optional_span};
use super::event::Event;
use super::run::Run;
use super::verb::Order;
use crate::engine::{Handle, Span, Time};
use crate::scenario::expression::Bound;

/// What a watch sets off. Its owner's position follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    /// A narrative starts by itself.
    Narrative(u32),
    /// A fuel of a narrative.
    Fuel(u32),
    /// A step of a campaign.
    Step(u32),
    /// A hazard.
    Hazard(u32),
    /// A response.
    Response(u32),
    /// An inject.
    Inject(u32),
    /// A contingency.
    Contingency(u32),
    /// A meeting.
    Meeting(u32),
    /// The results page of a jurisdiction is dark.
    Feed(u32),
    /// Nothing is outstanding in a jurisdiction.
    Counted(u32),
    /// The portal for voting online gives no service.
    Portal(u32),
}

/// A condition under watch.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// What must hold.
    pub(super) bound: Bound,
    /// For how long.
    pub(super) hold: Option<Draw>,
    /// What it sets off.
    pub(super) trigger: Trigger,
}

/// The state of a watch within a run.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// Whether the condition holds.
    holds: bool,
    /// Whether its owner has been told that it holds.
    told: bool,
    /// The end of the hold.
    pending: Handle,
    /// The next moment at which time alone may change the condition.
    recheck: Handle,
}

const AT_REST: Level = Level { holds: false, told: false, pending: Handle::NONE, recheck: Handle::NONE };

/// All watches of a scenario.
#[derive(Clone, Debug, Default)]
pub(super) struct Watches {
    watches: Vec<Watch>,
    /// Whether time alone may change the condition.
    with_time: Vec<bool>,
    levels: Vec<Level>,
    /// For each slot, the watches that read it.
    readers: Vec<Vec<u32>>,
    affected: Vec<u32>,
}

impl Watches {
    /// Watches over a board with `slots` cells.
    pub(super) fn new(watches: Vec<Watch>, slots: usize) -> Watches {
        let mut readers = vec![Vec::new(); slots];
        for (position, watch) in watches.iter().enumerate() {
            for slot in &watch.bound.reads {
                readers[*slot as usize].push(position as u32);
            }
        }
        let with_time = watches.iter().map(|watch| watch.bound.root.moves_with_time()).collect();
        Watches { levels: vec![AT_REST; watches.len()], watches, with_time, readers, affected: Vec::new() }
    }

    /// Asks every condition for the first time.
    pub(super) fn start(&mut self, run: &mut Run) {
        self.levels.fill(AT_REST);
        for watch in 0..self.watches.len() as u32 {
            self.ask(watch, run);
        }
    }

    /// Asks again whatever reads a changed slot. This changes no slot.
    #[inline]
    pub(super) fn settle(&mut self, run: &mut Run) {
        // Most of what changes, nobody watches.
        if run.board.changed().iter().any(|slot| !self.readers[*slot as usize].is_empty()) {
            self.ask_affected(run);
        }
    }

    fn ask_affected(&mut self, run: &mut Run) {
        self.affected.clear();
        for slot in run.board.changed() {
            self.affected.extend_from_slice(&self.readers[*slot as usize]);
        }
        // In the order of the file, each once: the order of changes must not decide who goes first.
        self.affected.sort_unstable();
        self.affected.dedup();
        for position in 0..self.affected.len() {
            let watch = self.affected[position];
            self.ask(watch, run);
        }
    }

    /// Time alone may have changed a condition.
    pub(super) fn recheck(&mut self, watch: u32, run: &mut Run) {
        self.levels[watch as usize].recheck = Handle::NONE;
        self.ask(watch, run);
    }

    /// A condition has held as long as was asked.
    pub(super) fn held(&mut self, watch: u32, run: &mut Run) {
        let level = &mut self.levels[watch as usize];
        level.pending = Handle::NONE;
        level.told = true;
        run.order(Order::Edge { trigger: self.watches[watch as usize].trigger, rising: true });
    }

    /// Whether the owner of a watch has been told that it holds, and it still does.
    pub(super) fn holds(&self, watch: u32) -> bool {
        self.levels[watch as usize].told
    }

    /// The watch that sets something off, with its condition.
    pub(super) fn of(&self, trigger: Trigger) -> Option<(usize, &Watch)> {
        self.watches.iter().enumerate().find(|(_, watch)| watch.trigger == trigger)
    }

    /// Whether the condition itself holds at this moment.
    pub(super) fn is_true(&self, watch: u32, board: &Board) -> bool {
        self.watches[watch as usize].bound.value(board) != 0.0
    }

    fn ask(&mut self, position: u32, run: &mut Run) {
        let watch = &self.watches[position as usize];
        let level = &mut self.levels[position as usize];
        let holds = if self.with_time[position as usize] {
            let reading = watch.bound.read(&run.board);
            run.cancel(&mut level.recheck);
            if reading.next_ms < i64::MAX {
                level.recheck = run.at(Time(reading.next_ms), Event::Recheck(position));
            }
            reading.value != 0.0
        } else {
            watch.bound.value(&run.board) != 0.0
        };
        if holds == level.holds {
            return;
        }
        level.holds = holds;
        if !holds {
            run.cancel(&mut level.pending);
            if level.told {
                level.told = false;
                run.order(Order::Edge { trigger: watch.trigger, rising: false });
            }
            return;
        }
        match optional_span(&watch.hold, run) {
            Some(hold) if hold > Span::ZERO => level.pending = run.after(hold, Event::Held(position)),
            _ => {
                level.told = true;
                run.order(Order::Edge { trigger: watch.trigger, rising: true });
            }
        }
    }
}
