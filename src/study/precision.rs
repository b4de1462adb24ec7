//! `--until "share(dark-page, mirror) within 1 %"`: runs in doubling waves, until a figure is known well enough.
//!
//! Looking at results again and again, and stopping when they please, makes an ordinary interval promise too much. So the
//! number of looks is fixed beforehand, from the first wave and the most runs, and each look uses an interval that leaves
//! out its even part of 5 %. By Bonferroni's inequality the interval of the last look then covers the truth in at least 95 %
//! of all cases, whatever made it the last. Looks are taken at the ends of waves only, so nothing depends on threads.

use super::batch::{BatchError, Settings};
use super::columns::Columns;
use super::paired::Pairs;
use super::past::{self, Past};
use super::replication::Replicable;
use super::statistics::{Interval, Moments, Share};
use super::student;
use crate::engine::normal_quantile;
use crate::scenario::expression::{Expression, Kind, Node, Operator};
use crate::scenario::{Dimension, closest, list};
use crate::world::{Outcome, Status, Unit};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

/// Probability that all looks together may leave out.
const OUTSIDE: f64 = 0.05;

/// Runs in the first wave, unless another number is asked for.
pub const FIRST_WAVE: u64 = 1_000;

/// Most runs, unless another number is asked for.
pub const MOST_RUNS: u64 = 128_000;

/// What is wrong with a wish for precision, and its mend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PrecisionError {
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// How well some figures are to be known, and what the runs so far say of them.
#[derive(Clone, Debug)]
pub struct Precision {
    within: f64,
    figures: Vec<Figure>,
    looks: u32,
}

#[derive(Clone, Debug)]
struct Figure {
    text: String,
    unit: Unit,
    of: Place,
    /// The plan it is less, where it is a difference.
    less: Option<Place>,
    runs: Runs,
}

/// A column of the outcomes of one plan.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    plan: usize,
    column: usize,
    contingency: bool,
}

#[derive(Clone, Debug)]
enum Runs {
    Share(Share),
    Mean(Moments),
    Difference(Pairs),
}

/// How well a figure is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The figure, as `share(dark-page, mirror)`.
    pub text: String,
    /// Its unit.
    pub unit: Unit,
    /// True for a share of runs, or the difference of two.
    pub share: bool,
    /// Its value; nothing if no run has one.
    pub value: Option<f64>,
    /// Its interval, widened for the number of looks.
    pub interval: Option<Interval>,
}

/// How a run in waves ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// The runs that were made.
    pub made: Range<u64>,
    /// How many waves were finished.
    pub waves: u32,
    /// How many there could have been.
    pub looks: u32,
    /// Whether every figure is known as well as was wanted.
    pub reached: bool,
    /// False if it was interrupted within a wave.
    pub whole: bool,
    /// The figures.
    pub known: Vec<Known>,
    /// How far from each figure its interval was to reach.
    pub within: f64,
}

impl Precision {
    /// Reads a wish: a figure, `within` or `±`, and how far its interval may reach from it.
    ///
    /// The figure is `share(CONTINGENCY, PLAN)`, `mean(MEASURE, PLAN)`, or the difference of two such of the same contingency
    /// or measure. A contingency or measure alone means its share or mean under every plan.
    ///
    /// # Errors
    ///
    /// When it is not of that form, or names what does not exist.
    pub fn parse(text: &str, plans: &[(&str, &Columns)]) -> Result<Self, PrecisionError> {
        let parts = text.split_once('±').or_else(|| text.split_once(" within "));
        let (left, right) = parts.ok_or_else(|| wrong(format!("`{text}` does not say how precisely"), EXAMPLE))?;
        let root = parse(left.trim())?;
        let figures = Reader { plans }.figures(&root)?;
        let unit = figures.first().map(|figure| figure.unit.clone()).unwrap_or(Unit::Number);
        let within = amount(right.trim(), &unit)?;
        Ok(Precision { within, figures, looks: 1 })
    }

    fn push(&mut self, outcomes: &[Outcome]) {
        if outcomes.iter().any(|outcome| outcome.status != Status::Ok) {
            return;
        }
        for figure in &mut self.figures {
            let value = figure.of.value(&figure.unit, outcomes);
            match &mut figure.runs {
                Runs::Share(share) => share.push(value == 1.0),
                Runs::Mean(moments) => moments.push(value),
                Runs::Difference(pairs) => {
                    let other = figure.less.map_or(f64::NAN, |less| less.value(&figure.unit, outcomes));
                    pairs.push(other, value);
                }
            }
        }
    }

    fn known(&self) -> Vec<Known> {
        let outside = OUTSIDE / f64::from(self.looks);
        self.figures.iter().map(|figure| figure.known(outside)).collect()
    }

    fn reached(&self) -> bool {
        self.known().iter().all(|known| match (known.value, known.interval) {
            (Some(value), Some(interval)) => (interval.high - value).max(value - interval.low) <= self.within,
            _ => false,
        })
    }

    /// Makes runs in waves of doubling total length and gives each to `consume` in order, until every figure is known well
    /// enough, or `most` runs are made, or `stop` becomes true. `settings.runs` is the first wave. Runs of the past are taken up
    /// instead of being made again.
    ///
    /// # Errors
    ///
    /// When a worker panics, or as soon as `consume` fails.
    pub fn run<P: Replicable, E>(
        mut self,
        plans: &[P],
        settings: &Settings,
        most: u64,
        past: &mut impl Past,
        stop: &AtomicBool,
        mut consume: impl FnMut(u64, &[Outcome]) -> Result<(), E>,
    ) -> Result<Ending, BatchError<E>> {
        let start = settings.runs.start;
        let ends = waves(settings.runs.end - start, most);
        self.looks = ends.len() as u32;
        let mut made = start..start;
        let mut waves = 0;
        let (mut reached, mut whole) = (false, true);
        for length in ends {
            let end = start.saturating_add(length);
            let wave = Settings { runs: made.end..end, ..settings.clone() };
            let done = past::run(plans, &wave, past, stop, |run, outcomes| {
                self.push(outcomes);
                consume(run, outcomes)
            })?;
            made.end = done.end;
            whole = done.end == end;
            if !whole {
                break;
            }
            waves += 1;
            reached = self.reached();
            if reached {
                break;
            }
        }
        let (looks, known, within) = (self.looks, self.known(), self.within);
        Ok(Ending { made, waves, looks, reached, whole, known, within })
    }
}

/// Total lengths at which a look is taken: doubling from the first, and at last the most.
pub fn waves(first: u64, most: u64) -> Vec<u64> {
    let first = first.max(1);
    let mut ends: Vec<u64> =
        std::iter::successors(Some(first), |end| end.checked_mul(2)).take_while(|end| *end < most).collect();
    ends.push(most.max(first));
    ends
}

const EXAMPLE: &str = "write it as \"share(dark-page, mirror) within 1 %\"";

fn wrong(message: impl Into<String>, help: impl Into<String>) -> PrecisionError {
    PrecisionError { message: message.into(), help: help.into() }
}

fn parse(text: &str) -> Result<Node, PrecisionError> {
    Expression::parse(text).map(|expression| expression.root).map_err(|problems| {
        let first = problems.into_iter().next();
        let (message, help) = first.map_or((String::new(), None), |problem| (problem.message, problem.help));
        wrong(format!("`{text}`: {message}"), help.unwrap_or_else(|| EXAMPLE.to_owned()))
    })
}

/// Reads an amount of a figure, as `1 %` or `15min`, in the unit in which the figure is written.
///
/// # Errors
///
/// When it is not an amount above zero, or of another kind than the figure.
pub fn amount(text: &str, unit: &Unit) -> Result<f64, PrecisionError> {
    let Kind::Literal(value, dimension) = parse(text)?.kind else {
        return Err(wrong(format!("`{text}` is not an amount"), EXAMPLE));
    };
    let (wanted, example) = match unit {
        Unit::Hours => (Dimension::Period, "15min"),
        Unit::PerHour => (Dimension::Rate, "2/h"),
        Unit::Number | Unit::Truth | Unit::Choice(_) => (Dimension::Number, "1 %"),
    };
    if dimension != wanted || value.is_nan() || value <= 0.0 {
        return Err(wrong(
            format!("`{text}` does not fit the figure"),
            format!("write an amount above zero, as {example}"),
        ));
    }
    Ok(unit.external(value))
}

struct Reader<'a> {
    plans: &'a [(&'a str, &'a Columns)],
}

impl Reader<'_> {
    fn figures(&self, root: &Node) -> Result<Vec<Figure>, PrecisionError> {
        match &root.kind {
            Kind::Name(name) => self.under_every_plan(name),
            Kind::Binary(Operator::Subtract, left, right) => {
                let (one, other) = (self.single(left)?, self.single(right)?);
                let same = self.id(one.of) == self.id(other.of) && one.of.contingency == other.of.contingency;
                if !same || one.unit != other.unit || one.of.plan == other.of.plan {
                    let help = "take the same contingency or measure under two plans";
                    return Err(wrong("these two figures have no paired difference", help));
                }
                let text = format!("{} - {}", one.text, other.text);
                Ok(vec![Figure { text, less: Some(other.of), runs: Runs::Difference(Pairs::default()), ..one }])
            }
            _ => Ok(vec![self.single(root)?]),
        }
    }

    fn id(&self, place: Place) -> &str {
        let columns = self.plans[place.plan].1;
        let list = if place.contingency { &columns.contingencies } else { &columns.measures };
        &list[place.column].id
    }

    fn under_every_plan(&self, name: &str) -> Result<Vec<Figure>, PrecisionError> {
        let contingency =
            self.plans.iter().any(|(_, columns)| columns.contingencies.iter().any(|each| each.id == name));
        let measure = self.plans.iter().any(|(_, columns)| columns.measures.iter().any(|each| each.id == name));
        if !contingency && !measure {
            let all = self.plans.iter().flat_map(|(_, columns)| columns.contingencies.iter().chain(&columns.measures));
            let ids: BTreeSet<&str> = all.map(|column| column.id.as_str()).collect();
            return Err(unknown("contingency or measure", name, ids.into_iter().collect()));
        }
        (0..self.plans.len()).map(|plan| self.place(name, contingency, plan)).collect()
    }

    fn single(&self, node: &Node) -> Result<Figure, PrecisionError> {
        let Kind::Call(function, arguments) = &node.kind else {
            return Err(wrong("a figure is needed", EXAMPLE));
        };
        let names: Option<Vec<&str>> = arguments
            .iter()
            .map(|argument| match &argument.kind {
                Kind::Name(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let (contingency, names) = match (function.as_str(), names) {
            ("share", Some(names)) => (true, names),
            ("mean", Some(names)) => (false, names),
            ("share" | "mean", None) => return Err(wrong(format!("names are needed within `{function}(…)`"), EXAMPLE)),
            _ => return Err(wrong(format!("`{function}` cannot be waited for"), "take `share` or `mean`")),
        };
        let (name, plan) = match names[..] {
            [name] => (name, 0),
            [name, plan] => (name, self.plan(plan)?),
            _ => return Err(wrong(format!("`{function}` takes a name and a plan"), EXAMPLE)),
        };
        self.place(name, contingency, plan)
    }

    fn plan(&self, name: &str) -> Result<usize, PrecisionError> {
        let known = || self.plans.iter().map(|(plan, _)| *plan);
        known().position(|plan| plan == name).ok_or_else(|| unknown("plan", name, known().collect()))
    }

    fn place(&self, name: &str, contingency: bool, plan: usize) -> Result<Figure, PrecisionError> {
        let (plan_name, columns) = &self.plans[plan];
        let (kind, function, columns) = if contingency {
            ("contingency", "share", &columns.contingencies)
        } else {
            ("measure", "mean", &columns.measures)
        };
        let column = columns
            .iter()
            .position(|column| column.id == name)
            .ok_or_else(|| unknown(kind, name, columns.iter().map(|column| column.id.as_str()).collect()))?;
        let unit = if contingency { Unit::Number } else { columns[column].unit.clone() };
        let runs = if contingency { Runs::Share(Share::default()) } else { Runs::Mean(Moments::default()) };
        let text = format!("{function}({name}, {plan_name})");
        Ok(Figure { text, unit, of: Place { plan, column, contingency }, less: None, runs })
    }
}

fn unknown(kind: &str, name: &str, known: Vec<&str>) -> PrecisionError {
    let help = match closest(name, known.iter().copied()) {
        Some(close) => format!("did you mean `{close}`?"),
        None if known.is_empty() => format!("the scenario has no {kind}"),
        None => format!("there is {}", list(known.into_iter())),
    };
    wrong(format!("there is no {kind} `{name}`"), help)
}

impl Place {
    fn value(self, unit: &Unit, outcomes: &[Outcome]) -> f64 {
        let outcome = &outcomes[self.plan];
        if self.contingency {
            f64::from(outcome.contingencies[self.column].onset.is_some())
        } else {
            unit.external(outcome.measures[self.column])
        }
    }
}

impl Figure {
    fn known(&self, outside: f64) -> Known {
        let z = -normal_quantile(outside / 2.0);
        let (value, interval) = match &self.runs {
            Runs::Share(share) => ((share.n > 0).then(|| share.value()), share.wilson_at(z)),
            Runs::Mean(moments) => (moments.mean(), t_interval(moments, outside)),
            Runs::Difference(pairs) if self.of.contingency => (pairs.share_difference(), pairs.share_interval(z)),
            Runs::Difference(pairs) => (pairs.mean(), pairs.t_interval(outside)),
        };
        Known { text: self.text.clone(), unit: self.unit.clone(), share: self.of.contingency, value, interval }
    }
}

fn t_interval(moments: &Moments, outside: f64) -> Option<Interval> {
    let (mean, n) = (moments.mean()?, moments.n());
    let half = libm::sqrt(moments.variance()? / n as f64) * student::two_sided_quantile(outside, n - 1);
    Some(Interval { low: mean - half, high: mean + half })
}
