//! Contingencies: conditions watched over the whole run, with first time, duration, severity and cause.

use super::board::Slot;
use super::outcome::ContingencyOutcome;
use super::run::{Line, Run};
use super::track::Track;
use super::watch::Watches;
use crate::engine::{Span, Time};

const PROCESS: &str = "contingency";

/// A contingency as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What has happened when it has happened.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// How bad it is; the time it lasted, without this.
    pub(super) severity: Option<Track>,
    /// The author's reason.
    pub(super) because: Option<String>,
    /// The watch on its condition.
    pub(super) watch: u32,
    /// It holds.
    pub(super) slot: Slot,
}

/// All contingencies of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Contingencies {
    specs: Vec<Spec>,
    /// Some severity is a formula, which has to be followed.
    followed: bool,
    since: Vec<Option<Time>>,
}

impl Contingencies {
    /// Contingencies as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>) -> Contingencies {
        let followed = specs.iter().any(|spec| spec.severity.is_some());
        Contingencies { since: vec![None; specs.len()], specs, followed }
    }

    /// None has happened yet.
    pub(super) fn start(&mut self, outcomes: &mut Vec<ContingencyOutcome>) {
        self.since.fill(None);
        outcomes.clear();
        outcomes.resize(self.specs.len(), ContingencyOutcome::default());
    }

    /// A contingency came to hold, or ceased to.
    pub(super) fn edge(&mut self, position: u32, rising: bool, outcomes: &mut [ContingencyOutcome], run: &mut Run) {
        let spec = &mut self.specs[position as usize];
        let outcome = &mut outcomes[position as usize];
        run.board.set_truth(spec.slot, rising);
        if rising {
            self.since[position as usize] = Some(run.now());
            let first = outcome.onset.is_none();
            if first {
                outcome.onset = Some(run.now());
                outcome.cause = Some(run.cause);
            }
            if let Some(track) = &mut spec.severity {
                track.start(&run.board);
            }
            // What comes and goes often would drown the rest of the story: only its first spell is read aloud.
            run.tell(PROCESS, || match first {
                true => Line::aloud(&spec.path, spec.title.clone()).because(&spec.because),
                false => Line::inner(&spec.path, format!("again: {}", spec.title)),
            });
        } else {
            let first = self.since[position as usize] == outcome.onset;
            self.close(position, outcomes, run);
            let spec = &self.specs[position as usize];
            run.tell(PROCESS, || Line { aloud: first, ..Line::inner(&spec.path, format!("over: {}", spec.title)) });
        }
    }

    /// Time moves on: severities that move with it are brought up to date before anything changes.
    #[inline]
    pub(super) fn advance(&mut self, run: &Run) {
        if self.followed {
            self.advance_severities(run);
        }
    }

    fn advance_severities(&mut self, run: &Run) {
        for (spec, since) in self.specs.iter_mut().zip(&self.since) {
            if let (Some(track), Some(_)) = (&mut spec.severity, since)
                && track.with_time()
            {
                track.advance(&run.board);
            }
        }
    }

    /// Something may have changed that a severity reads; what the same change has brought to an end is as bad as it was before.
    #[inline]
    pub(super) fn change(&mut self, watches: &Watches, run: &Run) {
        if self.followed {
            self.change_severities(watches, run);
        }
    }

    fn change_severities(&mut self, watches: &Watches, run: &Run) {
        for (spec, since) in self.specs.iter_mut().zip(&self.since) {
            if let (Some(track), Some(_)) = (&mut spec.severity, since)
                && watches.holds(spec.watch)
                && run.board.changed().iter().any(|slot| track.reads().binary_search(slot).is_ok())
            {
                track.change(&run.board);
            }
        }
    }

    /// The run ends: what still holds has held until now.
    pub(super) fn finish(&mut self, outcomes: &mut [ContingencyOutcome], run: &Run) {
        self.advance(run);
        for position in 0..self.specs.len() as u32 {
            self.close(position, outcomes, run);
        }
    }

    fn close(&mut self, position: u32, outcomes: &mut [ContingencyOutcome], run: &Run) {
        let Some(since) = self.since[position as usize].take() else { return };
        let outcome = &mut outcomes[position as usize];
        outcome.duration += run.now() - since;
        let severity = match &self.specs[position as usize].severity {
            Some(track) => track.highest(),
            None => outcome.duration.max(Span::ZERO).as_ms_f64(),
        };
        if severity.is_finite() {
            outcome.severity = Some(outcome.severity.map_or(severity, |before| before.max(severity)));
        }
    }
}
