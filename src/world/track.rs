//! Tracks: a formula followed over a run, for what it was at the end, at its worst, on average, or for how long it held.

use super::board::Board;
use crate::engine::Time;
use crate::scenario::expression::{self, Bound};

/// A formula followed over a run.
#[derive(Clone, Debug)]
pub(super) struct Track {
    bound: Bound,
    with_time: bool,
    /// Up to when it has been followed.
    since: Time,
    /// Its value then.
    value: f64,
    /// Where its line began, and at which value: worked out from there, a value does not depend on the events on the way.
    line: (Time, f64),
    /// By how much it grows in a millisecond.
    slope: f64,
    /// Until when it does, unless something it reads changes.
    until: Time,
    highest: f64,
    lowest: f64,
    area: f64,
    first_true: Option<Time>,
}

impl Track {
    /// A formula to follow.
    pub(super) fn new(bound: Bound) -> Track {
        let with_time = bound.root.moves_with_time();
        Track {
            bound,
            with_time,
            since: Time::ZERO,
            value: 0.0,
            line: (Time::ZERO, 0.0),
            slope: 0.0,
            until: Time::NEVER,
            highest: f64::NEG_INFINITY,
            lowest: f64::INFINITY,
            area: 0.0,
            first_true: None,
        }
    }

    /// Whether time alone moves its value.
    pub(super) fn with_time(&self) -> bool {
        self.with_time
    }

    /// The slots it reads.
    pub(super) fn reads(&self) -> &[u32] {
        &self.bound.reads
    }

    /// Begins to follow.
    pub(super) fn start(&mut self, board: &Board) {
        self.highest = f64::NEG_INFINITY;
        self.lowest = f64::INFINITY;
        self.area = 0.0;
        self.first_true = None;
        self.since = board.now;
        self.read(board);
    }

    /// Accounts for the time until now, before anything changes at this moment.
    pub(super) fn advance(&mut self, board: &Board) {
        if !self.with_time {
            self.advance_unchanged(board);
            return;
        }
        // Between changes a formula runs in straight lines, each up to just before the moment at which a truth in it may turn.
        while self.until <= board.now {
            self.follow(self.until);
            // The last of the line is a millisecond back.
            self.value -= self.slope;
            self.note();
            self.read(&board.at(self.until));
        }
        self.follow(board.now);
        self.note();
    }

    /// Goes along its line.
    fn follow(&mut self, to: Time) {
        // A slope without end, times nothing, would be no number.
        if to == self.since {
            return;
        }
        let length = (to - self.since).as_ms_f64();
        self.area += (self.value + self.slope * length / 2.0) * length;
        let (began, value) = self.line;
        self.value = value + self.slope * (to - began).as_ms_f64();
        self.since = to;
    }

    /// Takes up its value, and its line.
    #[inline]
    fn read<B: expression::Board>(&mut self, board: &B) {
        if self.with_time {
            let reading = self.bound.read(board);
            (self.value, self.slope, self.until) = (reading.value, reading.slope, Time(reading.next_ms));
            self.line = (self.since, self.value);
        } else {
            self.value = self.bound.value(board);
        }
        self.note();
    }

    /// Something it reads has changed.
    pub(super) fn change(&mut self, board: &Board) {
        if board.now > self.since {
            self.advance_unchanged(board);
        }
        self.read(board);
    }

    /// The time until now passed at the value it had: for formulas that time alone does not move.
    fn advance_unchanged(&mut self, board: &Board) {
        self.area += self.value * (board.now - self.since).as_ms_f64();
        self.since = board.now;
    }

    fn note(&mut self) {
        // A division by nothing gives no value at all.
        if !self.value.is_finite() {
            return;
        }
        self.highest = self.highest.max(self.value);
        self.lowest = self.lowest.min(self.value);
        if self.value != 0.0 && self.first_true.is_none() {
            self.first_true = Some(self.since);
        }
    }

    /// Its value when it was last brought up to date; NaN where it divided by nothing.
    pub(super) fn followed(&self) -> f64 {
        finite(self.value)
    }

    /// Its present value; NaN where it divides by nothing.
    pub(super) fn value(&self, board: &Board) -> f64 {
        finite(self.bound.value(board))
    }

    /// Its highest value so far; NaN if it had none.
    pub(super) fn highest(&self) -> f64 {
        finite(self.highest)
    }

    /// Its lowest value so far; NaN if it had none.
    pub(super) fn lowest(&self) -> f64 {
        finite(self.lowest)
    }

    /// Its value times time, summed; for a truth, how long it held.
    pub(super) fn area(&self) -> f64 {
        self.area
    }

    /// When it was first true.
    pub(super) fn first_true(&self) -> Option<Time> {
        self.first_true
    }
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::NAN }
}
