//! Plans against one another on the same runs: differences, regret, and which plan another one beats.
//!
//! A run counts only if it was finished under every plan, so every figure speaks of the same worlds.

use super::columns::Columns;
use super::findings::{Difference, Findings, Level, PlanFindings, Shown, Stat};
use super::paired::{Pairs, holm};
use super::sketch::Sketch;
use super::statistics::{Interval, Moments, Share, quantile_interval};
use crate::world::{Outcome, Status, Unit};

/// Probability that the intervals leave out.
pub const OUTSIDE: f64 = 0.05;

/// The standard normal quantile that belongs to it.
const Z: f64 = 1.959963984540054;

/// A contingency or measure that all compared plans have.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The id in the scenario.
    pub id: String,
    /// What it means.
    pub title: String,
    /// The unit of its values: 0 or 1 for a contingency.
    pub unit: Unit,
    /// True if more is better, false if less is, nothing if the scenario does not say. Of a contingency less is better.
    pub better_higher: Option<bool>,
    /// Whether it is a contingency.
    pub contingency: bool,
}

/// The runs of several plans, taken up one by one.
#[derive(Clone, Debug)]
pub struct Comparison {
    subjects: Vec<Subject>,
    missing: Vec<String>,
    reference: usize,
    plans: Vec<PlanRuns>,
    /// For each plan but the first, each plan before it, each subject: the later plan less the earlier.
    duels: Vec<Pairs>,
    runs: u64,
    unfinished: u64,
    /// Values of the run at hand: plan by plan, each by subject.
    values: Vec<f64>,
}

#[derive(Clone, Debug)]
struct PlanRuns {
    name: String,
    /// For each subject, the position of its column under this plan.
    positions: Vec<usize>,
    levels: Vec<LevelRuns>,
    /// Against the reference: the subject itself, the onset where it happened under both, and the spread of differences.
    against: Vec<Against>,
    spared: Share,
}

#[derive(Clone, Debug, Default)]
struct LevelRuns {
    share: Share,
    moments: Moments,
    values: Option<Sketch>,
    onset: Option<Sketch>,
    regret: Moments,
    best: Share,
}

#[derive(Clone, Debug, Default)]
struct Against {
    pairs: Pairs,
    spread: Option<Sketch>,
    onset: Pairs,
}

impl Comparison {
    /// No runs yet of these plans, each with its columns; `reference` is the position of the plan that others are held against.
    ///
    /// Subjects that not all plans have in the same unit are left out and named in the findings.
    pub fn new(plans: &[(&str, &Columns)], reference: usize) -> Self {
        let (subjects, missing) = common(plans);
        let runs_of = |&(name, columns): &(&str, &Columns)| PlanRuns {
            name: name.to_owned(),
            positions: subjects.iter().filter_map(|subject| subject.position(columns)).collect(),
            levels: subjects.iter().map(LevelRuns::of).collect(),
            against: subjects.iter().map(Against::of).collect(),
            spared: Share::default(),
        };
        let duels = plans.len() * plans.len().saturating_sub(1) / 2 * subjects.len();
        Comparison {
            reference: reference.min(plans.len().saturating_sub(1)),
            plans: plans.iter().map(runs_of).collect(),
            duels: vec![Pairs::default(); duels],
            runs: 0,
            unfinished: 0,
            values: Vec::new(),
            subjects,
            missing,
        }
    }

    /// What is compared.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// Takes up a run: its outcomes in the order of the plans. Runs come in the order of their numbers.
    pub fn push(&mut self, outcomes: &[Outcome]) {
        if outcomes.iter().any(|outcome| outcome.status != Status::Ok) {
            self.unfinished += 1;
            return;
        }
        self.runs += 1;
        self.values.clear();
        for (plan, outcome) in self.plans.iter().zip(outcomes) {
            let values = self.subjects.iter().zip(&plan.positions).map(|(subject, &at)| subject.value(at, outcome));
            self.values.extend(values);
        }
        self.push_levels(outcomes);
        self.push_against(outcomes);
        let count = self.subjects.len();
        let mut duels = self.duels.iter_mut();
        for later in 1..self.plans.len() {
            for earlier in 0..later {
                for subject in 0..count {
                    if let Some(duel) = duels.next() {
                        duel.push(self.values[earlier * count + subject], self.values[later * count + subject]);
                    }
                }
            }
        }
    }

    fn push_levels(&mut self, outcomes: &[Outcome]) {
        let count = self.subjects.len();
        for (position, subject) in self.subjects.iter().enumerate() {
            let column = || self.values.iter().skip(position).step_by(count).copied();
            // NaN is passed over by `min` and `max`.
            let best = match subject.better_higher {
                Some(true) => column().fold(f64::NAN, f64::max),
                Some(false) => column().fold(f64::NAN, f64::min),
                None => f64::NAN,
            };
            for (plan, value) in self.plans.iter_mut().zip(column()) {
                let level = &mut plan.levels[position];
                level.moments.push(value);
                if subject.contingency {
                    level.share.push(value == 1.0);
                }
                if let Some(values) = &mut level.values {
                    values.push(value);
                }
                let regret = (value - best).abs();
                if !regret.is_nan() {
                    level.regret.push(regret);
                    level.best.push(regret == 0.0);
                }
            }
        }
        for (plan, outcome) in self.plans.iter_mut().zip(outcomes) {
            let mut spared = true;
            for (position, level) in plan.levels.iter_mut().enumerate() {
                if let Some(onsets) = &mut level.onset {
                    let onset = outcome.contingencies[plan.positions[position]].onset;
                    spared &= onset.is_none();
                    onset.into_iter().for_each(|onset| onsets.push(onset.hours()));
                }
            }
            plan.spared.push(spared);
        }
    }

    fn push_against(&mut self, outcomes: &[Outcome]) {
        let count = self.subjects.len();
        let reference = self.reference;
        let reference_positions = self.plans[reference].positions.clone();
        for (number, plan) in self.plans.iter_mut().enumerate() {
            if number == reference {
                continue;
            }
            for (position, against) in plan.against.iter_mut().enumerate() {
                let theirs = self.values[reference * count + position];
                let ours = self.values[number * count + position];
                against.pairs.push(theirs, ours);
                if let Some(spread) = &mut against.spread {
                    spread.push(ours - theirs);
                }
                if self.subjects[position].contingency {
                    let onset = |outcome: &Outcome, at: usize| {
                        outcome.contingencies[at].onset.map_or(f64::NAN, |onset| onset.hours())
                    };
                    against.onset.push(
                        onset(&outcomes[reference], reference_positions[position]),
                        onset(&outcomes[number], plan.positions[position]),
                    );
                }
            }
        }
    }

    /// What the runs so far show.
    pub fn findings(&self) -> Findings {
        let mut differences: Vec<Vec<Difference>> = self.plans.iter().map(|plan| self.differences(plan)).collect();
        differences[self.reference].clear();
        let tested = || differences.iter().flatten().filter_map(|difference| difference.p);
        let adjusted = holm(&tested().collect::<Vec<f64>>());
        let family = adjusted.len();
        let mut adjusted = adjusted.into_iter();
        for difference in differences.iter_mut().flatten() {
            difference.p_holm = difference.p.and_then(|_| adjusted.next());
            difference.judge(&self.subjects[difference.subject]);
        }
        let plans = self.plans.iter().zip(differences).enumerate().map(|(number, (plan, differences))| PlanFindings {
            name: plan.name.clone(),
            levels: plan.levels.iter().map(LevelRuns::level).collect(),
            spared: self.subjects.iter().any(|subject| subject.contingency).then_some(plan.spared),
            differences,
            dominated_by: (0..self.plans.len()).filter(|&other| self.dominates(other, number)).collect(),
        });
        Findings {
            subjects: self.subjects.clone(),
            missing: self.missing.clone(),
            reference: self.reference,
            plans: plans.collect(),
            runs: self.runs,
            unfinished: self.unfinished,
            family,
        }
    }

    fn differences(&self, plan: &PlanRuns) -> Vec<Difference> {
        let mut found = Vec::new();
        for (position, (subject, against)) in self.subjects.iter().zip(&plan.against).enumerate() {
            let pairs = &against.pairs;
            if subject.contingency {
                let test = pairs.mcnemar();
                let interval = pairs.share_interval(Z);
                found.push(Difference {
                    p: (pairs.n() > 0).then_some(test.mid_p),
                    p_exact: (pairs.n() > 0).then_some(test.exact),
                    ..Difference::new(position, Stat::Share, pairs, pairs.share_difference(), interval)
                });
                let onset = &against.onset;
                let interval = onset.t_interval(OUTSIDE);
                found.push(Difference {
                    p: onset.t_test(),
                    ..Difference::new(position, Stat::Onset, onset, onset.mean(), interval)
                });
            } else {
                let interval = pairs.t_interval(OUTSIDE);
                found.push(Difference {
                    p: pairs.t_test(),
                    ..Difference::new(position, Stat::Mean, pairs, pairs.mean(), interval)
                });
                let spread = against.spread.as_ref();
                let median = spread.and_then(|spread| spread.quantile(0.5));
                let interval = spread.and_then(|spread| quantile_interval(spread, 0.5));
                found.push(Difference {
                    error: None,
                    unpaired: None,
                    correlation: None,
                    most_gain: None,
                    ..Difference::new(position, Stat::Median, pairs, median, interval)
                });
            }
        }
        found
    }

    /// Whether the runs show one plan to be worse than another in at least one subject, and better in none.
    fn dominates(&self, winner: usize, loser: usize) -> bool {
        if winner == loser {
            return false;
        }
        let (earlier, later) = (winner.min(loser), winner.max(loser));
        let count = self.subjects.len();
        let first = (later * (later - 1) / 2 + earlier) * count;
        let duels = self.subjects.iter().zip(&self.duels[first..first + count]);
        let tested: Vec<(f64, f64)> = duels
            .filter_map(|(subject, duel)| {
                let p = if subject.contingency { (duel.n() > 0).then(|| duel.mcnemar().mid_p) } else { duel.t_test() };
                let gain_of_later = duel.mean()? * if subject.better_higher? { 1.0 } else { -1.0 };
                let gain_of_winner = if winner == later { gain_of_later } else { -gain_of_later };
                Some((p?, gain_of_winner))
            })
            .collect();
        let adjusted = holm(&tested.iter().map(|(p, _)| *p).collect::<Vec<f64>>());
        let shown = |sign: f64| adjusted.iter().zip(&tested).any(|(p, (_, gain))| *p < OUTSIDE && gain * sign > 0.0);
        shown(1.0) && !shown(-1.0)
    }
}

/// What all plans have under the same name in the same unit, and the ids of everything else.
fn common(plans: &[(&str, &Columns)]) -> (Vec<Subject>, Vec<String>) {
    let mut subjects: Vec<Subject> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    for (_, columns) in plans {
        let contingencies = columns.contingencies.iter().map(|column| Subject {
            id: column.id.clone(),
            title: column.title.clone(),
            unit: Unit::Number,
            better_higher: Some(false),
            contingency: true,
        });
        // A choice has no difference.
        let measures = columns.measures.iter().filter(|column| !matches!(column.unit, Unit::Choice(_)));
        let measures = measures.map(|column| Subject {
            id: column.id.clone(),
            title: column.title.clone(),
            unit: column.unit.clone(),
            better_higher: column.better_higher,
            contingency: false,
        });
        for subject in contingencies.chain(measures) {
            let known = |other: &Subject| other.id == subject.id && other.contingency == subject.contingency;
            if subjects.iter().any(known) || missing.contains(&subject.id) {
                continue;
            }
            if plans.iter().all(|(_, columns)| subject.position(columns).is_some()) {
                subjects.push(subject);
            } else {
                missing.push(subject.id);
            }
        }
    }
    (subjects, missing)
}

impl Subject {
    /// The position of its column, where there is one.
    fn position(&self, columns: &Columns) -> Option<usize> {
        if self.contingency {
            columns.contingencies.iter().position(|column| column.id == self.id)
        } else {
            columns.measures.iter().position(|column| column.id == self.id && column.unit == self.unit)
        }
    }

    /// Its value in an outcome, in the written unit.
    fn value(&self, position: usize, outcome: &Outcome) -> f64 {
        if self.contingency {
            f64::from(outcome.contingencies[position].onset.is_some())
        } else {
            self.unit.external(outcome.measures[position])
        }
    }
}

impl LevelRuns {
    fn of(subject: &Subject) -> Self {
        let sketch = |wanted: bool| wanted.then(Sketch::fine);
        LevelRuns { values: sketch(!subject.contingency), onset: sketch(subject.contingency), ..LevelRuns::default() }
    }

    fn level(&self) -> Level {
        let quantile = |values: &Option<Sketch>| {
            let values = values.as_ref()?;
            let interval: Option<Interval> = quantile_interval(values, 0.5);
            Some((values.quantile(0.5)?, interval, values.count()))
        };
        Level {
            share: self.share,
            moments: self.moments,
            median: quantile(&self.values),
            onset: quantile(&self.onset),
            regret: self.regret,
            best: self.best,
        }
    }
}

impl Against {
    fn of(subject: &Subject) -> Self {
        Against { spread: (!subject.contingency).then(Sketch::fine), ..Against::default() }
    }
}

impl Difference {
    fn new(subject: usize, stat: Stat, pairs: &Pairs, value: Option<f64>, interval: Option<Interval>) -> Self {
        Difference {
            subject,
            stat,
            value,
            interval,
            p: None,
            p_exact: None,
            p_holm: None,
            error: pairs.standard_error(),
            unpaired: pairs.unpaired_error(),
            correlation: pairs.correlation(),
            most_gain: pairs.most_gain(stat == Stat::Share),
            above: pairs.above,
            same: pairs.same(),
            below: pairs.below,
            shown: Shown::Nothing,
        }
    }

    fn judge(&mut self, subject: &Subject) {
        let (Some(p), Some(value)) = (self.p_holm, self.value) else {
            return;
        };
        // A later onset is better, as of a contingency that does not come at all.
        let better_higher = if self.stat == Stat::Onset { Some(true) } else { subject.better_higher };
        self.shown = match (p < OUTSIDE && value != 0.0, better_higher) {
            (false, _) => Shown::Nothing,
            (true, None) => Shown::Changed,
            (true, Some(higher)) if higher == (value > 0.0) => Shown::Better,
            (true, Some(_)) => Shown::Worse,
        };
    }
}
