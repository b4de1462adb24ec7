//! Reviews that are ordered after the count: an audit by sample or a full count by hand, with a result that everybody learns.
//!
//! A review begins once nothing is outstanding. Where the leader by the public figures is not the leader on paper, a sample audit passes
//! with a chance of at most its risk limit and becomes a full count by hand otherwise. A full count finds what paper shows, within the
//! small differences that recounts find; it puts public figures right, and the margin that is certified (`docs/model.md`, E13).

use super::{Certifications, Event, PROCESS, sampling};
use crate::engine::Span;
use crate::scenario::model::AuditMethod;
use crate::world::event::Event as WorldEvent;
use crate::world::run::{Line, Run};
use crate::world::verb::Order;

/// A review that has been ordered, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Review {
    /// It waits for the count.
    Waits(AuditMethod, [f64; 3]),
    /// Ballots are looked at; whether all of them are.
    Runs { all: bool },
}

impl Certifications {
    /// A review is ordered; `terms` are its risk limit, ballots per millisecond of all teams, and the time to set it up.
    pub(in crate::world) fn order_review(
        &mut self,
        position: u32,
        method: AuditMethod,
        terms: [f64; 3],
        run: &mut Run,
    ) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let state = &mut self.states[position as usize];
        if state.review.is_some() || state.void {
            return;
        }
        state.review = Some(Review::Waits(method, terms));
        run.board.set_truth(spec.slots.review, true);
        if run.board.holds(spec.done) {
            self.begin_review(position, run);
        }
    }

    /// The count is done: a review that has waited for it begins.
    pub(super) fn begin_review(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let Some(Review::Waits(method, [risk, pace, set_up])) = self.states[position as usize].review else { return };
        let reported = self.reported(position, run);
        let cast = run.board.get(spec.cast);
        let margin = reported.abs();
        let drawn = run.uniform(spec.reviewing);
        let passes = run.streams.chance(spec.reviewing, risk);
        let wanted = match method {
            AuditMethod::Comparison => sampling::comparison_ballots(margin, risk),
            AuditMethod::Polling => sampling::polling_quantile((1.0 + margin) / 2.0, risk, drawn),
            AuditMethod::HandCount => cast,
        };
        let wrong = reported * run.board.get(spec.paper_margin) < 0.0;
        let all = wanted >= cast || wrong && !passes;
        let ballots = if all { cast } else { wanted };
        self.states[position as usize].review = Some(Review::Runs { all });
        run.board.set(spec.slots.review_ballots, ballots);
        let takes = Span::from_ms_f64(set_up + ballots / pace.max(f64::MIN_POSITIVE));
        let what = if all { "a full count by hand" } else { "an audit" };
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("{what} begins in {}", spec.title)));
        run.after(takes, WorldEvent::Certification(Event::Reviewed(position)));
    }

    /// A review is done, and everybody learns what it found.
    pub(super) fn reviewed(&mut self, position: u32, run: &mut Run) {
        let Some(spec) = &self.specs[position as usize] else { return };
        let Some(Review::Runs { all }) = self.states[position as usize].review.take() else { return };
        run.board.set_truth(spec.slots.review, false);
        let title = &spec.title;
        if !all {
            run.board.set_truth(spec.slots.confirmed, true);
            run.tell(PROCESS, || Line::aloud(&spec.path, format!("the audit of {title} confirms the result")));
            return;
        }
        let reported = self.reported(position, run);
        let (paper, standing) = (run.board.get(spec.paper_margin), run.board.get(spec.standing_margin));
        let found = paper + paper.signum() * sampling::recount_shift(run.uniform(spec.reviewing));
        let amiss = run.board.holds(spec.wrong) || paper != standing;
        let state = &mut self.states[position as usize];
        state.on_paper = found - standing;
        if state.canvassed {
            state.margin = found;
            run.board.set(spec.slots.margin, found);
        }
        let (slot, words) = if found * reported < 0.0 {
            (spec.slots.wrong_winner, "finds that the other candidate has won")
        } else if amiss {
            (spec.slots.corrected, "corrects the figures and confirms the winner")
        } else {
            (spec.slots.confirmed, "confirms the result")
        };
        run.board.set_truth(slot, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("the count by hand of {title} {words}")));
        run.order(Order::FiguresRight { jurisdiction: position });
        self.amended(position, run);
    }

    /// The margin the public knows: as canvassed, or as published while a wrong figure stands or nothing is canvassed.
    fn reported(&self, position: u32, run: &Run) -> f64 {
        let state = &self.states[position as usize];
        match &self.specs[position as usize] {
            Some(spec) if !state.canvassed || run.board.holds(spec.wrong) => run.board.get(spec.lead),
            _ => state.margin,
        }
    }
}
