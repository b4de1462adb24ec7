//! What a run is explained from: every change of the board, every condition that came to hold, every effect.

use super::board::{Board, Slot};
use super::run::Run;
use super::verb::Order;
use super::watch::Trigger;
use crate::engine::{EventId, Time};

/// A quantity took another value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) event: EventId,
    pub(super) time: Time,
    pub(super) slot: u32,
    pub(super) value: f64,
}

/// A condition came to hold, as its owner is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rise {
    pub(super) event: EventId,
    pub(super) time: Time,
    pub(super) trigger: Trigger,
    /// How many changes there had been.
    pub(super) changes: usize,
}

/// Everything a run is explained from, in the order in which it happened.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The board before anything happened.
    pub(super) initial: Option<Board>,
    pub(super) changes: Vec<Change>,
    pub(super) rises: Vec<Rise>,
    /// Effects carried out, each with its event and moment.
    pub(super) effects: Vec<(EventId, Time, u32)>,
}

impl Record {
    /// A run begins.
    pub(super) fn start(&mut self, board: &Board) {
        self.initial = Some(board.clone());
        self.changes.clear();
        self.rises.clear();
        self.effects.clear();
    }

    /// Slots have changed.
    pub(super) fn note_changes(&mut self, run: &Run) {
        let (event, time) = (run.cause, run.now());
        self.changes.extend(run.board.changed().iter().map(|&slot| Change {
            event,
            time,
            slot,
            value: run.board.get(Slot(slot)),
        }));
    }

    /// One process asks something of another.
    pub(super) fn note_order(&mut self, order: &Order, run: &Run) {
        match *order {
            Order::Effect { effect, .. } => self.effects.push((run.cause, run.now(), effect)),
            Order::Edge { trigger, rising: true } => {
                let (event, time) = (run.cause, run.now());
                self.rises.push(Rise { event, time, trigger, changes: self.changes.len() });
            }
            _ => {}
        }
    }
}
