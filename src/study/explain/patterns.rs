//! Over all runs: which contingencies come together, and by which chains of causes one comes about.

use crate::engine::Time;
use crate::study::batch::{self, BatchError, Settings};
use crate::study::statistics::Share;
use crate::world::{Cause, Model, Outcome, Status, World};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

/// A run in which a contingency happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its number.
    pub run: u64,
    /// When it first happened.
    pub onset: Time,
    /// How bad it was, in the units of its severity.
    pub severity: f64,
}

/// In which runs each contingency happened.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Runs that count.
    pub runs: u64,
    /// By contingency, in the order of the runs.
    pub hits: Vec<Vec<Hit>>,
    /// `both[i][j]`: in how many runs contingencies `i` and `j` both happened.
    pub both: Vec<Vec<u64>>,
}

impl Survey {
    /// No runs yet, of a model with so many contingencies.
    pub fn new(contingencies: usize) -> Self {
        Survey { runs: 0, hits: vec![Vec::new(); contingencies], both: vec![vec![0; contingencies]; contingencies] }
    }

    /// Takes up a run. One that did not reach the end of the scenario does not count. Says whether it did.
    pub fn push(&mut self, run: u64, outcome: &Outcome) -> bool {
        if outcome.status != Status::Ok {
            return false;
        }
        self.runs += 1;
        for (i, found) in outcome.contingencies.iter().enumerate() {
            let Some(onset) = found.onset else { continue };
            self.hits[i].push(Hit { run, onset, severity: found.severity.unwrap_or(f64::NEG_INFINITY) });
            for (j, other) in outcome.contingencies.iter().enumerate() {
                self.both[i][j] += u64::from(other.onset.is_some());
            }
        }
        true
    }

    /// Among the runs in which `given` happened, the share in which `also` did.
    pub fn conditional(&self, also: usize, given: usize) -> Share {
        Share { hits: self.both[also][given], n: self.both[given][given] }
    }

    /// The runs in which a contingency was worst, worst first; of equals, those with the lower number.
    pub fn worst(&self, contingency: usize, how_many: usize) -> Vec<u64> {
        let mut hits = self.hits[contingency].clone();
        hits.sort_by(|a, b| b.severity.total_cmp(&a.severity).then(a.run.cmp(&b.run)));
        hits.iter().take(how_many).map(|hit| hit.run).collect()
    }

    /// The run in which it happened neither early nor late.
    pub fn median(&self, contingency: usize) -> Option<u64> {
        middle(self.hits[contingency].iter().collect())
    }
}

fn middle(mut hits: Vec<&Hit>) -> Option<u64> {
    hits.sort_by_key(|hit| (hit.onset, hit.run));
    hits.get(hits.len().saturating_sub(1) / 2).map(|hit| hit.run)
}

/// Makes the runs and notes which contingencies happened in each.
///
/// # Errors
///
/// When a worker fails.
pub fn survey(model: &Model, settings: &Settings, stop: &AtomicBool) -> Result<Survey, BatchError<Infallible>> {
    let mut survey = Survey::new(model.contingencies().len());
    batch::run(&[model], settings, stop, |run, outcomes| {
        survey.push(run, &outcomes[0]);
        Ok(())
    })?;
    Ok(survey)
}

/// By which chains of causes a contingency comes about.
#[derive(Clone, Debug, PartialEq)]
pub struct Patterns {
    /// Chains with the number of runs each stands for, the commonest first.
    pub chains: Vec<(String, u64)>,
    /// How many runs were looked at: those in which it happened, up to a limit.
    pub n: u64,
    /// A run with the commonest chain in which it happened neither early nor late.
    pub typical: Option<u64>,
}

/// Explains the first runs in which a contingency happened, at most `limit`, and counts their chains of causes.
pub fn patterns(model: &Model, seed: u64, survey: &Survey, contingency: usize, limit: usize) -> Patterns {
    let mut world = World::new(model, seed);
    let mut by_chain: BTreeMap<String, Vec<&Hit>> = BTreeMap::new();
    let mut n = 0;
    for hit in survey.hits[contingency].iter().take(limit) {
        if let Some(tree) = &world.account(hit.run).contingencies[contingency] {
            by_chain.entry(pattern(tree)).or_default().push(hit);
            n += 1;
        }
    }
    let mut chains: Vec<(String, Vec<&Hit>)> = by_chain.into_iter().collect();
    chains.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    let typical = chains.first().and_then(|(_, hits)| middle(hits.clone()));
    Patterns { chains: chains.into_iter().map(|(chain, hits)| (chain, hits.len() as u64)).collect(), n, typical }
}

/// A chain of causes without its times: who or what, from the contingency up. Neighbours about the same subject
/// count once; what was needed together stands in brackets.
pub fn pattern(tree: &Cause) -> String {
    let mut causes: Vec<String> = tree
        .causes
        .iter()
        .flat_map(|cause| if cause.subject == tree.subject { cause.causes.iter().collect() } else { vec![cause] })
        .map(pattern)
        .collect();
    causes.sort();
    causes.dedup();
    match causes.as_slice() {
        [] => tree.subject.clone(),
        [one] => format!("{} ← {one}", tree.subject),
        several => format!("{} ← ({})", tree.subject, several.join(" + ")),
    }
}
