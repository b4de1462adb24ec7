//! The same run with one thing changed: an input held, a response forced, an effect left out.
//!
//! All streams are named, so nothing else is drawn otherwise: whatever differs from the plain run follows from the change.

use super::model::{Model, World};
use super::outcome::Outcome;
use super::probe::Input;
use crate::engine::Time;

/// What is changed in the next run.
#[derive(Clone, Debug, Default)]
pub(super) struct Intervention {
    /// A response that takes effect at a moment.
    pub(super) forced: Option<(u32, Time)>,
    /// Effects that are not carried out.
    pub(super) without: Vec<u32>,
}

impl Model {
    /// Everything that differs from run to run by itself.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Responses: the name of each with its kind, its title, and whether it may be done more than once.
    pub fn responses(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.processes.responses.names()
    }

    /// Where each effect stands in the file, as `hazard.overload.effect`.
    pub fn effects(&self) -> &[String] {
        &self.effect_paths
    }
}

impl World<'_> {
    /// As [`Model::responses`], for whoever changes runs meanwhile.
    pub fn responses(&self) -> Vec<(String, String, bool)> {
        let owned = |(path, title, repeats): (&str, &str, bool)| (path.to_owned(), title.to_owned(), repeats);
        self.model.responses().map(owned).collect()
    }

    /// Whose an effect is, as `hazard.overload`, by its position in [`Model::effects`].
    pub fn effect_path(&self, effect: usize) -> String {
        let path = &self.model.effects()[effect];
        path.strip_suffix(".effect").unwrap_or(path).to_owned()
    }

    /// From the next run on, [`Outcome::inputs`] says what every input was drawn as. A quantity that is drawn again and
    /// again within a run counts with its first draw; one that is not used in a run, with what it would have been drawn as.
    pub fn record_inputs(&mut self) {
        self.run.probe(&self.model.inputs).record();
    }

    /// From the next run on, [`Outcome::acts`] says when each effect was first carried out.
    pub fn record_acts(&mut self) {
        self.outcome.acts.resize(self.model.effect_paths.len(), None);
    }

    /// The run of this number with inputs held at places of their distributions: by position in [`Model::inputs`], as
    /// probabilities between 0 and 1. NaN, and what is missing at the end, is drawn as ever. A held quantity has that value whenever it is
    /// used in the run. Correlated uncertainties are held before they are mixed.
    pub fn run_with(&mut self, number: u64, uniforms: &[f64]) -> &Outcome {
        self.run.probe(&self.model.inputs).hold(uniforms);
        self.run(number);
        self.run.probe.hold(&[]);
        &self.outcome
    }

    /// The run of this number with a response taking effect at a moment, by its position in [`Model::responses`], whatever
    /// its condition, its owner's knowledge and staff. It works with certainty. Before that moment it goes its usual way; if it is under
    /// way at that moment, that comes to nothing.
    pub fn run_forced(&mut self, number: u64, response: usize, at: Time) -> &Outcome {
        self.intervention.forced = u32::try_from(response).ok().map(|response| (response, at));
        self.run(number);
        self.intervention.forced = None;
        &self.outcome
    }

    /// The run of this number in which some effects are not carried out, by their positions in [`Model::effects`].
    pub fn run_without(&mut self, number: u64, effects: &[usize]) -> &Outcome {
        self.intervention.without = effects.iter().filter_map(|&effect| u32::try_from(effect).ok()).collect();
        self.run(number);
        self.intervention.without.clear();
        &self.outcome
    }
}
