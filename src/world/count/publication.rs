//! What a count shows: its books, and the published figures with what they make of the race.

use super::{Counts, FIRST_NIGHT, MODES, PROCESS, Votes};
use crate::engine::Span;
use crate::world::run::{Line, Run};
use crate::world::verb::Order;

/// A batch of this share of all ballots, with this lead, from this hour after the close on, makes news (contingency C7).
const BATCH_SHARE: f64 = 0.02;
const BATCH_LEAD: f64 = 0.5;
const NIGHT_BATCH_H: f64 = 4.0;

impl Counts {
    /// What is counted, rejected and outstanding.
    pub(super) fn show_books(&mut self, position: usize, run: &mut Run) {
        if self.states[position].apart.aside.contains(&true) {
            self.show_margins(position, run);
        }
        let (slots, state) = (self.specs[position].slots, &self.states[position]);
        let open: f64 = state.open.iter().sum();
        // Sums of many portions end a hair beside nothing.
        let over = open < 1e-9 * state.cast;
        run.board.set(slots.counted, state.counted);
        run.board.set(slots.rejected, state.rejected);
        run.board.set(slots.segregated, state.apart.ballots.iter().sum());
        run.board.set(slots.outstanding, if over { 0.0 } else { open });
        run.board.set_truth(slots.done, over);
    }

    /// Keeps the books, and shows what has been counted unless the results page is dark.
    pub(super) fn publish(&mut self, position: usize, run: &mut Run) {
        self.show_books(position, run);
        let spec = &self.specs[position];
        let state = &mut self.states[position];
        let slots = spec.slots;
        if spec.feed.is_some_and(|dark| run.board.holds(dark)) {
            return;
        }
        let mut shown = Votes::default();
        let mut new = Votes::default();
        for mode in 0..MODES {
            let held = std::mem::take(&mut state.held[mode]);
            new.add(held, 1.0);
            state.published[mode].add(held, 1.0);
            shown.add(state.published[mode], 1.0);
            run.board.set(slots.by_mode[mode], state.published[mode].total());
        }
        let since_close = (run.now() - state.closes).as_ms_f64();
        let total = shown.total();
        if total <= 0.0 {
            return;
        }
        let error = if run.board.holds(slots.wrong) { state.errors } else { 0.0 };
        // No figure shows fewer votes than none.
        let lead = (shown.lead() + 2.0 * error.clamp(-shown.first, shown.second)) / total;
        let share = total / (state.cast - state.rejected).max(1.0);
        run.board.set(slots.published, total);
        run.board.set(slots.share, share.min(1.0));
        run.board.set(slots.lead, lead);
        run.order(Order::Published);
        if new.total() > 0.0 {
            run.board.set(slots.last_publication, run.now().as_ms_f64());
        }
        let night = (NIGHT_BATCH_H..=FIRST_NIGHT).contains(&(since_close / Span::from_hours(1).as_ms_f64()));
        let batch = new.total() >= BATCH_SHARE * state.cast && new.lead().abs() >= BATCH_LEAD * new.total();
        if night && batch && !run.board.holds(slots.lopsided) {
            run.board.set_truth(slots.lopsided, true);
            run.tell(PROCESS, || {
                Line::aloud(&spec.path, format!("A large lopsided batch is published in {}", spec.title))
            });
        }
        if lead * state.leader < 0.0 {
            run.board.set(slots.last_lead_change, since_close);
            run.tell(PROCESS, || Line::inner(&spec.path, format!("the lead changes in {}", spec.title)));
        }
        if lead != 0.0 {
            state.leader = lead.signum();
        }
        if share >= 0.1 && lead * state.final_margin < 0.0 {
            let mirage = run.board.get(slots.mirage).max(lead.abs());
            run.board.set(slots.mirage, mirage);
        }
        if share >= 0.95 && run.board.get(slots.to_95) == 0.0 {
            run.board.set(slots.to_95, since_close.max(1.0));
        }
    }
}
