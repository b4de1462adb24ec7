//! `[[checks]]`: what an expert expects of the results, as `share(dark-page, with-mirror) < 5 %`.
//!
//! A statement is about figures: `share` and `onset` of a contingency (the onset is the median one, among
//! the runs in which it happened), `mean`, `median`, `p5` to `p95`, `lowest` and `highest` of a
//! measure. Each may name a plan; without one it means the first plan of the file. Everything
//! else, arithmetic and comparison and the care for dimensions, is the language of conditions.
//!
//! A figure is known only as well as the number of runs allows. A statement is carried through interval
//! arithmetic beside its plain value; if the intervals leave its truth open, the verdict says so. `==` and `!=`
//! speak of the runs themselves, not of the odds behind them, and are never in doubt.

use super::sketch::Sketch;
use super::statistics::{Interval, quantile_interval};
use super::tally::Tally;
use crate::scenario::expression::{
    Bound, Expression, Kind, Meaning, Node, Operator, Term, TextProblem, Vocabulary, bind_condition,
};
use crate::scenario::model::{Check, Scenario};
use crate::scenario::{Dimension, Problem};
use crate::scenario::{closest, list};
use crate::world::{Column, Unit};

/// The name of the only plan of a scenario that names none.
const ONLY_PLAN: &str = "all";

/// Figures about a contingency.
const OF_CONTINGENCIES: [(&str, Statistic); 2] = [("share", Statistic::Share), ("onset", Statistic::Onset)];

/// Figures about a measure.
const OF_MEASURES: [(&str, Statistic); 10] = [
    ("mean", Statistic::Mean),
    ("median", Statistic::Quantile(0.5)),
    ("p5", Statistic::Quantile(0.05)),
    ("p10", Statistic::Quantile(0.1)),
    ("p25", Statistic::Quantile(0.25)),
    ("p75", Statistic::Quantile(0.75)),
    ("p90", Statistic::Quantile(0.9)),
    ("p95", Statistic::Quantile(0.95)),
    ("lowest", Statistic::Lowest),
    ("highest", Statistic::Highest),
];

/// A statement whose names and dimensions have been found right.
#[derive(Clone, Debug)]
pub struct Expectation {
    text: String,
    because: Option<String>,
    figures: Vec<Figure>,
    bound: Bound,
}

#[derive(Clone, Debug)]
struct Figure {
    text: String,
    statistic: Statistic,
    /// Position of the contingency or measure.
    subject: usize,
    /// Position of the plan among those of the scenario.
    plan: usize,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Statistic {
    Share,
    Onset,
    Mean,
    Quantile(f64),
    Lowest,
    Highest,
}

/// What became of an expectation.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The statement as written.
    pub text: String,
    /// Why it is expected.
    pub because: Option<String>,
    /// Whether it holds for these runs.
    pub holds: bool,
    /// Whether more runs might turn the verdict: the uncertainty of its figures reaches over the bound.
    pub close: bool,
    /// The figures it speaks of, each once, in the order of the text.
    pub figures: Vec<Reading>,
}

/// A figure of a statement, with what the runs gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// As written: `share(dark-page, with-mirror)`.
    pub text: String,
    /// In the written unit; nothing if no run has a value.
    pub value: Option<f64>,
    /// Its interval, if there were enough runs for one.
    pub interval: Option<Interval>,
    /// The unit of both.
    pub unit: Unit,
    /// True for a share of runs, which reads best as a percentage.
    pub share: bool,
}

/// Finds what is wrong with the `[[checks]]` of a scenario, given the columns of its measures, or makes them ready.
///
/// # Errors
///
/// Every mistake in every statement: names that do not exist, dimensions that do not fit, statements that state nothing.
pub fn read_checks(scenario: &Scenario, measures: &[Column]) -> Result<Vec<Expectation>, Vec<Problem>> {
    let names = Names {
        contingencies: scenario.contingency.keys().map(String::as_str).collect(),
        measures: measures.iter().map(|column| column.id.as_str()).collect(),
        units: measures.iter().map(|column| &column.unit).collect(),
        plans: if scenario.plan.is_empty() {
            vec![ONLY_PLAN]
        } else {
            scenario.plan.keys().map(String::as_str).collect()
        },
    };
    let mut expectations = Vec::new();
    let mut problems = Vec::new();
    for (position, check) in scenario.checks.iter().enumerate() {
        match names.read(check) {
            Ok(expectation) => expectations.push(expectation),
            Err(found) => problems.extend(found.into_iter().map(|problem| {
                let path = format!("checks[{position}].that");
                let error = Problem::error(path, problem.message).within(problem.range);
                match problem.help {
                    Some(help) => error.help(help),
                    None => error,
                }
            })),
        }
    }
    if problems.is_empty() { Ok(expectations) } else { Err(problems) }
}

struct Names<'a> {
    contingencies: Vec<&'a str>,
    measures: Vec<&'a str>,
    units: Vec<&'a Unit>,
    plans: Vec<&'a str>,
}

impl Names<'_> {
    fn read(&self, check: &Check) -> Result<Expectation, Vec<TextProblem>> {
        let statement = &check.that.0;
        let mut reader = Reader { names: self, text: &statement.text, figures: Vec::new(), problems: Vec::new() };
        let root = reader.rewrite(&statement.root);
        let Reader { figures, problems, .. } = reader;
        if !problems.is_empty() {
            return Err(problems);
        }
        let bound = bind_condition(&Expression { text: statement.text.clone(), root }, &Figures(&figures))?;
        if figures.is_empty() {
            return Err(vec![TextProblem {
                range: 0..statement.text.len(),
                message: "this says nothing about the results".to_owned(),
                help: Some("compare a figure, as `share(…) < 5 %`".to_owned()),
            }]);
        }
        Ok(Expectation { text: statement.text.clone(), because: check.because.clone(), figures, bound })
    }
}

/// Turns every figure of a statement into a name that stands for it, so that the language can bind the rest.
struct Reader<'a> {
    names: &'a Names<'a>,
    text: &'a str,
    figures: Vec<Figure>,
    problems: Vec<TextProblem>,
}

impl Reader<'_> {
    fn rewrite(&mut self, node: &Node) -> Node {
        let kind = match &node.kind {
            Kind::Literal(..) => node.kind.clone(),
            Kind::Name(name) => {
                self.lone_name(node, name);
                node.kind.clone()
            }
            Kind::Not(inner) => Kind::Not(Box::new(self.rewrite(inner))),
            Kind::Negate(inner) => Kind::Negate(Box::new(self.rewrite(inner))),
            Kind::Binary(operator, left, right) => {
                Kind::Binary(*operator, Box::new(self.rewrite(left)), Box::new(self.rewrite(right)))
            }
            Kind::Call(function, arguments) if function == "min" || function == "max" => {
                Kind::Call(function.clone(), arguments.iter().map(|argument| self.rewrite(argument)).collect())
            }
            Kind::Call(function, arguments) => match self.figure(node, function, arguments) {
                Some(figure) => {
                    let position = self.figures.iter().position(|known| known.text == figure.text);
                    let position = position.unwrap_or_else(|| {
                        self.figures.push(figure);
                        self.figures.len() - 1
                    });
                    Kind::Name(slot_name(position))
                }
                None => node.kind.clone(),
            },
        };
        Node { kind, span: node.span.clone() }
    }

    fn lone_name(&mut self, node: &Node, name: &str) {
        let help = if self.names.contingencies.contains(&name) {
            format!("write `share({name})` or `onset({name})`")
        } else if self.names.measures.contains(&name) {
            format!("write `median({name})`, or another figure of the runs")
        } else {
            "a statement is about figures, as `share(…)` of a contingency or `median(…)` of a measure".to_owned()
        };
        self.problems.push(TextProblem {
            range: node.span.clone(),
            message: format!("`{name}` alone is not a figure"),
            help: Some(help),
        });
    }

    fn figure(&mut self, node: &Node, function: &str, arguments: &[Node]) -> Option<Figure> {
        let names = self.names;
        let of_contingency = OF_CONTINGENCIES.iter().find(|(name, _)| *name == function);
        let of_measure = OF_MEASURES.iter().find(|(name, _)| *name == function);
        let Some(&(_, statistic)) = of_contingency.or(of_measure) else {
            let known: Vec<&str> = OF_CONTINGENCIES.iter().chain(&OF_MEASURES).map(|(name, _)| *name).collect();
            self.unknown(node, "figure", function, &known);
            return None;
        };
        let (kind, subjects) =
            if of_contingency.is_some() { ("contingency", &names.contingencies) } else { ("measure", &names.measures) };
        let [subject, rest @ ..] = arguments else {
            self.problems.push(TextProblem {
                range: node.span.clone(),
                message: format!("`{function}` of what?"),
                help: Some(format!("name a {kind}, as `{function}({})`", subjects.first().unwrap_or(&"…"))),
            });
            return None;
        };
        let found = self.named(subject, kind, subjects);
        let plan = match rest {
            [] => Some(0),
            [plan] => self.named(plan, "plan", &names.plans),
            [_, surplus, ..] => {
                self.problems.push(TextProblem {
                    range: surplus.span.clone(),
                    message: format!("`{function}` takes a {kind} and a plan, no more"),
                    help: None,
                });
                None
            }
        };
        let subject = found?;
        let unit = match statistic {
            Statistic::Share => Unit::Number,
            Statistic::Onset => Unit::Hours,
            _ => names.units[subject].clone(),
        };
        let last = arguments.last().map_or(node.span.end, |argument| argument.span.end);
        let closing = self.text[last..].find(')').map_or(self.text.len(), |offset| last + offset + 1);
        let text = self.text[node.span.start..closing].to_owned();
        Some(Figure { text, statistic, subject, plan: plan?, unit })
    }

    fn named(&mut self, node: &Node, kind: &str, known: &[&str]) -> Option<usize> {
        let Kind::Name(name) = &node.kind else {
            self.problems.push(TextProblem {
                range: node.span.clone(),
                message: format!("the name of a {kind} is needed here"),
                help: None,
            });
            return None;
        };
        let position = known.iter().position(|candidate| candidate == name);
        if position.is_none() {
            self.unknown(node, kind, name, known);
        }
        position
    }

    fn unknown(&mut self, node: &Node, kind: &str, name: &str, known: &[&str]) {
        let help = match closest(name, known.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None if known.is_empty() => format!("the scenario has no {kind}"),
            None => format!("there is {}", list(known.iter().copied())),
        };
        self.problems.push(TextProblem {
            range: node.span.clone(),
            message: format!("there is no {kind} `{name}`"),
            help: Some(help),
        });
    }
}

/// Figures as the vocabulary of a statement that has been rewritten.
struct Figures<'a>(&'a [Figure]);

/// No author can write a name with a colon, so it cannot collide.
fn slot_name(position: usize) -> String {
    format!("figure:{position}")
}

impl Vocabulary for Figures<'_> {
    fn meaning(&self, name: &str) -> Option<Meaning> {
        let position = (0..self.0.len()).find(|&position| slot_name(position) == name)?;
        let dimension = match self.0[position].unit {
            Unit::Hours => Dimension::Period,
            Unit::PerHour => Dimension::Rate,
            Unit::Number | Unit::Truth | Unit::Choice(_) => Dimension::Number,
        };
        Some(Meaning::Slot(position as u32, dimension))
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    fn choice(&self, _: u32, _: &str) -> Option<f64> {
        None
    }
}

impl Expectation {
    /// The positions of the plans it speaks of.
    pub fn plans(&self) -> impl Iterator<Item = usize> + '_ {
        self.figures.iter().map(|figure| figure.plan)
    }

    /// Judges the expectation by the tallies of the scenario's plans; nothing if a plan it speaks of was not run.
    pub fn judge(&self, tallies: &[Option<&Tally>]) -> Option<Verdict> {
        let figures: Vec<Reading> = self
            .figures
            .iter()
            .map(|figure| tallies.get(figure.plan).copied().flatten().map(|tally| figure.read(tally)))
            .collect::<Option<_>>()?;
        let ranges: Vec<Range> = figures.iter().map(Range::of).collect();
        let truth = Range::evaluate(&self.bound.root, &ranges);
        Some(Verdict {
            text: self.text.clone(),
            because: self.because.clone(),
            holds: truth.value == 1.0,
            close: truth.low != truth.high,
            figures,
        })
    }
}

impl Figure {
    fn read(&self, tally: &Tally) -> Reading {
        let quantile = |values: &Sketch, q| (values.quantile(q), quantile_interval(values, q));
        let exactly = |value: Option<f64>| (value, value.map(|value| Interval { low: value, high: value }));
        let (value, interval) = match self.statistic {
            Statistic::Share => {
                let share = tally.contingencies[self.subject].share;
                ((share.n > 0).then(|| share.value()), share.wilson())
            }
            Statistic::Onset => quantile(&tally.contingencies[self.subject].onset, 0.5),
            Statistic::Quantile(q) => quantile(&tally.measures[self.subject].values, q),
            Statistic::Mean => {
                let moments = &tally.measures[self.subject].moments;
                (moments.mean(), moments.interval())
            }
            Statistic::Lowest => exactly(tally.measures[self.subject].values.lowest()),
            Statistic::Highest => exactly(tally.measures[self.subject].values.highest()),
        };
        let share = self.statistic == Statistic::Share;
        Reading { text: self.text.clone(), value, interval, unit: self.unit.clone(), share }
    }
}

/// A value with the range in which it may lie, in canonical units. Truth is 1 or 0, and in doubt from 0 to 1.
#[derive(Clone, Copy, Debug)]
struct Range {
    value: f64,
    low: f64,
    high: f64,
}

impl Range {
    fn exact(value: f64) -> Self {
        Range { value, low: value, high: value }
    }

    fn anywhere(value: f64) -> Self {
        Range { value, low: f64::NEG_INFINITY, high: f64::INFINITY }
    }

    fn truth(value: bool, surely: bool, possibly: bool) -> Self {
        Range { value: f64::from(value), low: f64::from(surely), high: f64::from(possibly) }
    }

    fn of(reading: &Reading) -> Self {
        let value = reading.value.map_or(f64::NAN, |value| reading.unit.canonical(value));
        match reading.interval {
            Some(Interval { low, high }) => {
                Range { value, low: reading.unit.canonical(low), high: reading.unit.canonical(high) }
            }
            None => Range::anywhere(value),
        }
    }

    fn evaluate(term: &Term, figures: &[Range]) -> Range {
        match term {
            Term::Constant(value) => Range::exact(*value),
            Term::Slot(position) => figures[*position as usize],
            Term::Not(inner) => {
                let inner = Range::evaluate(inner, figures);
                Range { value: 1.0 - inner.value, low: 1.0 - inner.high, high: 1.0 - inner.low }
            }
            Term::Negate(inner) => {
                let inner = Range::evaluate(inner, figures);
                Range { value: -inner.value, low: -inner.high, high: -inner.low }
            }
            Term::Binary(operator, left, right) => {
                Range::evaluate(left, figures).combine(*operator, Range::evaluate(right, figures))
            }
            Term::Min(terms) => Range::fold(terms, figures, f64::min),
            Term::Max(terms) => Range::fold(terms, figures, f64::max),
            // No statement holds any other term: the reader lets only figures, `min` and `max` through.
            _ => Range::anywhere(f64::NAN),
        }
    }

    fn fold(terms: &[Term], figures: &[Range], pick: fn(f64, f64) -> f64) -> Range {
        terms
            .iter()
            .map(|term| Range::evaluate(term, figures))
            .reduce(|a, b| Range::picked(a, b, pick))
            .unwrap_or(Range::anywhere(f64::NAN))
    }

    fn combine(self, operator: Operator, other: Range) -> Range {
        let (a, b) = (self, other);
        match operator {
            Operator::And => Range::picked(a, b, f64::min),
            Operator::Or => Range::picked(a, b, f64::max),
            Operator::Less => Range::truth(a.value < b.value, a.high < b.low, a.low < b.high),
            Operator::LessOrEqual => Range::truth(a.value <= b.value, a.high <= b.low, a.low <= b.high),
            Operator::Greater => b.combine(Operator::Less, a),
            Operator::GreaterOrEqual => b.combine(Operator::LessOrEqual, a),
            Operator::Equal => Range::exact(f64::from(a.value == b.value)),
            Operator::NotEqual => Range::exact(f64::from(a.value != b.value)),
            Operator::Add => Range { value: a.value + b.value, low: a.low + b.low, high: a.high + b.high },
            Operator::Subtract => Range { value: a.value - b.value, low: a.low - b.high, high: a.high - b.low },
            Operator::Multiply => Range::corners(a, b, |x, y| x * y),
            Operator::Divide if b.low <= 0.0 && b.high >= 0.0 => Range::anywhere(a.value / b.value),
            Operator::Divide => Range::corners(a, b, |x, y| x / y),
        }
    }

    /// The least or greatest of two; without a value if either is.
    fn picked(a: Range, b: Range, pick: fn(f64, f64) -> f64) -> Range {
        let value = if a.value.is_nan() || b.value.is_nan() { f64::NAN } else { pick(a.value, b.value) };
        Range { value, low: pick(a.low, b.low), high: pick(a.high, b.high) }
    }

    /// An operation that is monotone in each operand takes its extremes at the corners of their ranges.
    fn corners(a: Range, b: Range, operation: fn(f64, f64) -> f64) -> Range {
        let corners =
            [operation(a.low, b.low), operation(a.low, b.high), operation(a.high, b.low), operation(a.high, b.high)];
        let value = operation(a.value, b.value);
        if corners.iter().any(|corner| corner.is_nan()) {
            return Range::anywhere(value);
        }
        Range {
            value,
            low: corners.into_iter().fold(f64::INFINITY, f64::min),
            high: corners.into_iter().fold(f64::NEG_INFINITY, f64::max),
        }
    }
}
