//! Which run stands for a batch, and what happens in the others.
//!
//! Exercise papers tell one night. Here it is chosen from all runs of a plan by a rule that can be written above it, and beside
//! it stands how often, and when, each thing happens over all of them.
//!
//! *How bad* a run is, is an order and not a number. Of two runs that one is worse in which more contingencies
//! happened; of equals, that in which they were more severe, by the sum of the places that their severities take among the runs in which
//! each happened; of equals, that in which the measures came out worse, by the sum of their places among all runs, for measures that
//! say which direction is better; of equals, that with the higher number. About one contingency only the runs in which it
//! happened are looked at, and of two the worse is the more severe one, of equals the earlier one.

use super::batch::{self, BatchError, Settings};
use super::explain::{Hit, Patterns, Survey};
use super::replication::Noting;
use super::statistics::Share;
use crate::engine::{Span, Time};
use crate::scenario::model::{Inject, Scenario};
use crate::world::{Column, Model, Outcome};
use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

/// The share of runs that are less bad than the bad one.
const BAD: f64 = 0.9;

/// A run that stands for a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemplar {
    /// Its number.
    pub run: u64,
    /// Why it was chosen, in whole sentences.
    pub why: String,
}

/// The middle of some times and how far most of them lie from it, by nearest rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// One in ten is no later.
    pub p10: Span,
    /// Half are no later.
    pub median: Span,
    /// Nine in ten are no later.
    pub p90: Span,
}

/// How often something happens over all runs, and when first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// What happens, with its kind: an inject, a response, a hazard or a step of a campaign that takes effect, as `inject.reporter` or
    /// `campaign.flood.step[0]`, or a contingency, as `contingency.dark-page`.
    pub path: String,
    /// In how many runs it happens.
    pub share: Share,
    /// When it first happens after the start; nothing if it never does.
    pub offset: Option<Spread>,
    /// For a branch, how it follows what it branches off from.
    pub behind: Option<Behind>,
}

/// How a branch follows its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// What it branches off from, as `inject.reporter`.
    pub parent: String,
    /// In how many of the runs in which the parent happens it happens too.
    pub share: Share,
    /// How long after the parent; nothing if they never happen in one run.
    pub offset: Option<Spread>,
}

/// What a batch of one plan shows of all its runs.
#[derive(Clone, Debug)]
pub struct Observed {
    /// In which runs each contingency happened.
    pub survey: Survey,
    contingencies: Vec<Column>,
    /// By run, in the order of their numbers.
    runs: Vec<u64>,
    /// How many contingencies happened, by run.
    happened: Vec<u32>,
    /// By measure that says which direction is better: how bad it is in each run, in its own units; NaN for none.
    measures: Vec<Vec<f64>>,
    paths: Vec<String>,
    /// By path, when it first happened in each run.
    firsts: Vec<Vec<Option<Time>>>,
}

impl Observed {
    /// Makes the runs of a plan and notes what happened in each, calling `each` after every one.
    ///
    /// # Errors
    ///
    /// When a worker fails.
    pub fn of(
        model: &Model,
        settings: &Settings,
        stop: &AtomicBool,
        mut each: impl FnMut(),
    ) -> Result<Self, BatchError<Infallible>> {
        let directions: Vec<Option<bool>> = model.measures().iter().map(|column| column.better_higher).collect();
        let acts = model.effects().iter().map(|path| path.strip_suffix(".effect").unwrap_or(path).to_owned());
        let feared = model.contingencies().iter().map(|column| format!("contingency.{}", column.id));
        let paths: Vec<String> = acts.chain(feared).collect();
        let mut observed = Observed {
            survey: Survey::new(model.contingencies().len()),
            contingencies: model.contingencies().to_vec(),
            runs: Vec::new(),
            happened: Vec::new(),
            measures: vec![Vec::new(); directions.iter().flatten().count()],
            firsts: vec![Vec::new(); paths.len()],
            paths,
        };
        batch::run(&[Noting::acts(model)], settings, stop, |run, outcomes| {
            observed.take(run, &outcomes[0], &directions);
            each();
            Ok(())
        })?;
        Ok(observed)
    }

    fn take(&mut self, run: u64, outcome: &Outcome, directions: &[Option<bool>]) {
        if !self.survey.push(run, outcome) {
            return;
        }
        self.runs.push(run);
        self.happened.push(outcome.contingencies.iter().filter(|found| found.onset.is_some()).count() as u32);
        let directed = outcome.measures.iter().zip(directions).filter_map(|(&value, direction)| {
            direction.map(|higher_is_better| if higher_is_better { -value } else { value })
        });
        self.measures.iter_mut().zip(directed).for_each(|(values, value)| values.push(value));
        let onsets = outcome.contingencies.iter().map(|found| found.onset);
        let firsts = outcome.acts.iter().copied().chain(onsets);
        self.firsts.iter_mut().zip(firsts).for_each(|(times, first)| times.push(first));
    }

    /// How many runs count.
    pub fn runs(&self) -> u64 {
        self.survey.runs
    }

    /// The run in the middle by how bad they are; of those in which a contingency happened, if one is given. Nothing
    /// without any.
    pub fn median(&self, contingency: Option<usize>) -> Option<Exemplar> {
        let (ranked, of) = self.ranked(contingency);
        let run = *ranked.get(nearest(ranked.len(), 0.5))?;
        Some(Exemplar { run, why: format!("Run {run} is in the middle of {of}") })
    }

    /// The run that is worse than nine in ten; of those in which a contingency happened, if one is given. Nothing without any.
    pub fn bad(&self, contingency: Option<usize>) -> Option<Exemplar> {
        let (ranked, of) = self.ranked(contingency);
        let run = *ranked.get(nearest(ranked.len(), BAD))?;
        Some(Exemplar { run, why: format!("Run {run} is at the 90th percentile of {of}") })
    }

    /// A run with the commonest chain of causes of a contingency. Nothing if it never happened.
    pub fn typical(&self, contingency: usize, patterns: &Patterns) -> Option<Exemplar> {
        let run = patterns.typical?;
        let (chain, hits) = patterns.chains.first()?;
        let title = &self.contingencies[contingency].title;
        let causes = chain.split_once(" ← ").map_or("nothing that can be named", |(_, causes)| causes);
        let why = format!(
            "Run {run} has the commonest chain of causes of “{title}”: {causes}, in {hits} of the {} runs whose chains were \
             compared. Of those with that chain it is the one in which it came neither early nor late.",
            patterns.n
        );
        Some(Exemplar { run, why })
    }

    /// Numbers of the runs, the least bad first, and in words which they are and how they were ordered.
    fn ranked(&self, contingency: Option<usize>) -> (Vec<u64>, String) {
        let all = self.survey.runs;
        match contingency {
            Some(position) => {
                let mut hits = self.survey.hits[position].clone();
                hits.sort_by(by_severity);
                let title = &self.contingencies[position].title;
                let of = format!(
                    "the {} runs, of {all}, in which “{title}” happened, ordered by how severe it was and, of equals, by how \
                     early it came.",
                    hits.len()
                );
                (hits.iter().map(|hit| hit.run).collect(), of)
            }
            None => {
                let order = match (self.contingencies.is_empty(), self.measures.is_empty()) {
                    (false, false) => {
                        "by how many contingencies happened and, of equals, by how severe they were, then by how badly the \
                         measures came out"
                    }
                    (false, true) => "by how many contingencies happened and, of equals, by how severe they were",
                    (true, false) => "by how badly the measures came out",
                    (true, true) => "by their numbers alone, since the scenario names nothing that could be bad",
                };
                (self.by_badness(), format!("{all} runs, ordered {order}."))
            }
        }
    }

    fn by_badness(&self) -> Vec<u64> {
        let mut severity = vec![0.0; self.runs.len()];
        for hits in &self.survey.hits {
            let places = places(&hits.iter().map(|hit| hit.severity).collect::<Vec<f64>>());
            for (hit, place) in hits.iter().zip(places) {
                // Runs come in the order of their numbers, so that every hit is found.
                if let Ok(position) = self.runs.binary_search(&hit.run) {
                    severity[position] += place;
                }
            }
        }
        let mut measures = vec![0.0; self.runs.len()];
        for values in &self.measures {
            measures.iter_mut().zip(places(values)).for_each(|(sum, place)| *sum += place);
        }
        let mut order: Vec<usize> = (0..self.runs.len()).collect();
        order.sort_by(|&a, &b| {
            let by_count = self.happened[a].cmp(&self.happened[b]);
            by_count.then(severity[a].total_cmp(&severity[b])).then(measures[a].total_cmp(&measures[b]))
        });
        order.into_iter().map(|position| self.runs[position]).collect()
    }

    /// How often everything happens and when: every act of the model, then every contingency. A branch is a pair of paths: what
    /// it is, and what it branches off from.
    pub fn happenings(&self, branches: &[(String, String)]) -> Vec<Happening> {
        let position = |path: &str| self.paths.iter().position(|known| known == path);
        let share = |times: &[Option<Time>]| Share { hits: times.iter().flatten().count() as u64, n: self.survey.runs };
        let happening = |(path, times): (&String, &Vec<Option<Time>>)| {
            let parent = branches.iter().find(|(child, _)| child == path).map(|(_, parent)| parent);
            let behind = parent.and_then(|parent| Some((parent, &self.firsts[position(parent)?])));
            Happening {
                path: path.clone(),
                share: share(times),
                offset: spread(times.iter().flatten().map(|&time| time - Time::ZERO).collect()),
                behind: behind.map(|(parent, first)| Behind {
                    parent: parent.clone(),
                    share: Share { hits: both(first, times).count() as u64, n: share(first).hits },
                    offset: spread(both(first, times).map(|(parent, child)| child - parent).collect()),
                }),
            }
        };
        self.paths.iter().zip(&self.firsts).map(happening).collect()
    }
}

/// The branches of a scenario, for [`Observed::happenings`]: every inject on a branch, with the inject behind which it lies.
pub fn branches(scenario: &Scenario) -> Vec<(String, String)> {
    let branch = |(name, inject): (&String, &Inject)| {
        Some((format!("inject.{name}"), format!("inject.{}", inject.branch_of.as_ref()?)))
    };
    scenario.inject.iter().filter_map(branch).collect()
}

/// Those moments of two things that lie in one run.
fn both(first: &[Option<Time>], second: &[Option<Time>]) -> impl Iterator<Item = (Time, Time)> {
    first.iter().zip(second).filter_map(|(first, second)| Some(((*first)?, (*second)?)))
}

fn by_severity(a: &Hit, b: &Hit) -> std::cmp::Ordering {
    a.severity.total_cmp(&b.severity).then(b.onset.cmp(&a.onset)).then(a.run.cmp(&b.run))
}

/// The place of each value among all that are there, from 0 to 1; equals share the middle of their places. What is not there
/// has place 0.
fn places(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let place = |value: &f64| {
        if value.is_nan() {
            return 0.0;
        }
        let below = sorted.partition_point(|other| other < value);
        let upto = sorted.partition_point(|other| other <= value);
        (below + upto) as f64 / (2 * sorted.len()) as f64
    };
    values.iter().map(place).collect()
}

/// The position, from 0, of a quantile among so many values by nearest rank.
fn nearest(n: usize, q: f64) -> usize {
    (libm::ceil(n as f64 * q) as usize).saturating_sub(1)
}

fn spread(mut offsets: Vec<Span>) -> Option<Spread> {
    offsets.sort_unstable();
    let at = |q: f64| offsets.get(nearest(offsets.len(), q)).copied();
    Some(Spread { p10: at(0.1)?, median: at(0.5)?, p90: at(0.9)? })
}
