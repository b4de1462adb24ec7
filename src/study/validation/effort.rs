//! Making the runs of a study.

use super::findings::PlanRuns;
use super::{Figure, Findings, Study};
use crate::scenario::{Loaded, Problem};
use crate::study::batch::{self, Settings};
use crate::world::{Model, Status};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

/// The seed of every study: the night of 3 November 2020.
pub const SEED: u64 = 20_201_103;

/// How much work to spend on a study, and what to change in it.
#[derive(Clone, Debug)]
pub struct Effort {
    /// The fewer runs of the test suite.
    pub quick: bool,
    /// How many threads make runs.
    pub threads: NonZeroUsize,
    /// Values that differ from the study's: paths and what an author would write there. A plan that sets the same keeps its own.
    pub changes: Vec<(String, String)>,
}

/// Why a study came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// Its scenario, as changed, does not load.
    #[error("its scenario does not load")]
    Scenario(Vec<Problem>),
    /// A run or a thread failed.
    #[error("{0}")]
    Failed(String),
    /// It was interrupted.
    #[error("it was interrupted")]
    Interrupted,
}

/// Makes the runs of a study, all plans on the same draws, and holds its figures against what was published.
///
/// # Errors
///
/// When a change breaks the scenario, when runs fail, and on interruption.
pub fn perform(study: &Study, effort: &Effort, stop: &AtomicBool) -> Result<Vec<Figure>, StudyError> {
    let loaded = Loaded::from_text(&format!("{}.toml", study.id), &study.scenario);
    let mut names = loaded.plans();
    names.retain(|name| !effort.quick || !(study.full_only)(name));
    let compiled = |name: &String| {
        let planned = loaded.plan_with(name, &changes(&loaded, name, effort))?;
        Model::compile(&planned)
    };
    let models: Vec<Model> = names.iter().map(compiled).collect::<Result<_, _>>().map_err(StudyError::Scenario)?;
    let mut plans: Vec<PlanRuns> = names
        .into_iter()
        .zip(&models)
        .map(|(name, model)| PlanRuns { name, measures: model.measures().to_vec(), outcomes: Vec::new() })
        .collect();
    let runs = 0..study.runs[usize::from(!effort.quick)];
    let settings = Settings { seed: SEED, runs: runs.clone(), threads: effort.threads };
    let made = batch::run(&models, &settings, stop, |run, outcomes| {
        for (plan, outcome) in plans.iter_mut().zip(outcomes) {
            if outcome.status != Status::Ok {
                return Err(StudyError::Failed(format!("run {run} of {} did not reach its end", study.id)));
            }
            plan.outcomes.push(outcome.clone());
        }
        Ok::<(), StudyError>(())
    });
    match made {
        Ok(made) if made == runs && !stop.load(Ordering::Relaxed) => Ok((study.judge)(&Findings { plans })),
        Ok(_) => Err(StudyError::Interrupted),
        Err(batch::BatchError::Consumer(error)) => Err(error),
        Err(error @ batch::BatchError::Worker { .. }) => Err(StudyError::Failed(error.to_string())),
    }
}

/// The changes that a plan does not make itself.
fn changes(loaded: &Loaded, plan: &str, effort: &Effort) -> Vec<(String, String)> {
    let own = loaded.scenario().and_then(|scenario| scenario.plan.get(plan));
    let within =
        |path: &str, whole: &str| path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let sets = |path: &str| own.is_some_and(|plan| plan.set.keys().any(|set| within(path, set) || within(set, path)));
    effort.changes.iter().filter(|(path, _)| !sets(path)).cloned().collect()
}
