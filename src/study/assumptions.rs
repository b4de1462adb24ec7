//! What an answer owes to its assumptions: every number without evidence at the two ends of its range in turn, all else as it is.
//!
//! The variants share their random draws with the scenario as it stands, so what an assumption moves is a paired difference. What
//! assumptions do together does not show here.

use super::batch::{self, BatchError, Settings};
use super::one_at_a_time::Reading;
use super::statistics::Moments;
use crate::scenario::{Loaded, Problem};
use crate::world::{Assumption, Model, Outcome};
use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

/// What one assumption does to the mean of an outcome, in written units.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The assumption.
    pub assumption: Assumption,
    /// The outcome with it at the low end of its range, as it is, and at the high end.
    pub levels: [Moments; 3],
    /// The outcome at each end less that of the scenario as it is, run by run.
    pub moves: [Moments; 2],
}

impl Doubt {
    /// The larger of the two moves; 0 where nothing moves.
    pub fn size(&self) -> f64 {
        self.moves.iter().filter_map(Moments::mean).fold(0.0, |most, mean| mean.abs().max(most))
    }

    /// Whether chance alone would hardly move the outcome so far at one end or the other.
    pub fn is_clear(&self) -> bool {
        self.moves.iter().filter_map(Moments::interval).any(|interval| interval.low > 0.0 || interval.high < 0.0)
    }
}

/// An assumption that could not be varied, and why.
#[derive(Clone, Debug)]
pub struct Untried {
    /// The assumption.
    pub assumption: Assumption,
    /// Why it was left as it is.
    pub reason: String,
}

/// What all assumptions do, the one that moves the outcome most first, and those left as they are.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// Assumptions that were varied.
    pub tried: Vec<Doubt>,
    /// Assumptions that were not.
    pub untried: Vec<Untried>,
}

/// What is asked: an outcome of a scenario under a plan.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The scenario.
    pub loaded: &'a Loaded,
    /// The plan.
    pub plan: &'a str,
    /// Both, compiled.
    pub model: &'a Model,
    /// The id of a contingency or measure.
    pub outcome: &'a str,
}

/// Puts every assumption at the two ends of its range in turn.
///
/// # Errors
///
/// When a worker fails.
pub fn vary(
    asked: Asked<'_>,
    assumptions: Vec<Assumption>,
    settings: &Settings,
    stop: &AtomicBool,
    mut each: impl FnMut(),
) -> Result<Doubts, BatchError<Infallible>> {
    let Asked { loaded, plan, model, outcome } = asked;
    let mut as_it_is = Vec::new();
    let of = |model: &Model, found: &Outcome| {
        Reading::named(model, outcome).map_or(f64::NAN, |reading| reading.of(model, found))
    };
    batch::run(std::slice::from_ref(model), settings, stop, |_, outcomes| {
        as_it_is.push(of(model, &outcomes[0]));
        Ok(())
    })?;
    let mut doubts = Doubts::default();
    for assumption in assumptions {
        let models = match &assumption.ends {
            Some(ends) => variants(loaded, plan, &assumption.keys, ends)
                .map_err(|problems| problems.first().map_or_else(String::new, |problem| problem.message.clone())),
            None => Err("it has no range".to_owned()),
        };
        match models {
            Ok(models) => {
                let mut doubt = Doubt { assumption, levels: Default::default(), moves: Default::default() };
                let mut known = as_it_is.iter();
                batch::run(&models, settings, stop, |_, outcomes| {
                    let before = known.next().copied().unwrap_or(f64::NAN);
                    let [low, high] = [0, 1].map(|end| of(&models[end], &outcomes[end]));
                    doubt.levels.iter_mut().zip([low, before, high]).for_each(|(level, value)| level.push(value));
                    doubt.moves.iter_mut().zip([low, high]).for_each(|(moved, value)| moved.push(value - before));
                    Ok(())
                })?;
                doubts.tried.push(doubt);
            }
            Err(reason) => doubts.untried.push(Untried { assumption, reason }),
        }
        each();
    }
    doubts.tried.sort_by(|one, other| other.size().total_cmp(&one.size()));
    Ok(doubts)
}

/// The scenario with a number at each end of its range, wherever it stands.
fn variants(loaded: &Loaded, plan: &str, keys: &[String], ends: &[String; 2]) -> Result<[Model; 2], Vec<Problem>> {
    let at = |end: &String| {
        let values: Vec<(String, String)> = keys.iter().map(|key| (key.clone(), end.clone())).collect();
        Model::compile(&loaded.plan_with(plan, &values)?)
    };
    Ok([at(&ends[0])?, at(&ends[1])?])
}
