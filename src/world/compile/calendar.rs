//! Uncertainties and milestones, from the scenario.

use super::Bench;
use crate::engine::Distribution;
use crate::scenario::expression::{Kind, Node};
use crate::scenario::model::Named;
use crate::scenario::{Anchor, Dimension, Moment, Problem, Value};
use crate::world::calendar::{Calendar, Spec};
use crate::world::outcome::{Column, Unit};
use crate::world::probe::Input;
use crate::world::uncertainty::{self, Origin, Uncertainties};

/// Uncertainties, with the column each fills.
pub(in crate::world) fn uncertainties(bench: &mut Bench<'_>) -> (Uncertainties, Vec<Column>) {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    let mut columns = Vec::new();
    let mut names = Vec::new();
    for name in in_order(scenario, &scenario.uncertainty) {
        let entry = &scenario.uncertainty[name];
        let path = format!("uncertainty.{name}.value");
        let (origin, dimension, labels) = match &entry.value.value {
            Value::Formula(_) => {
                let draw = bench.draw(&path, &entry.value);
                let dimension = match &draw {
                    crate::world::draw::Draw::Formula { bound, .. } => bound.dimension,
                    _ => Dimension::Number,
                };
                (Origin::Derived(draw), dimension, Vec::new())
            }
            Value::Fixed(value) => {
                (Origin::Drawn(Distribution::Fixed(*value), bench.stream(path)), entry.value.dimension, Vec::new())
            }
            Value::Distribution(law) => {
                (Origin::Drawn(law.clone(), bench.stream(path)), entry.value.dimension, Vec::new())
            }
            Value::Choice(law, labels) => {
                (Origin::Drawn(law.clone(), bench.stream(path)), Dimension::Choice, labels.clone())
            }
        };
        let slot = bench.registry.offer(name.clone(), dimension, 0.0, "an uncertainty, drawn once a run", None);
        if dimension == Dimension::Choice {
            bench.registry.label(slot, labels.clone());
        }
        names.push(name.clone());
        columns.push(Column {
            id: name.clone(),
            title: entry.title.clone().unwrap_or_else(|| name.replace('-', " ")),
            unit: unit(dimension, labels),
            source: evidence(
                &entry.value.written,
                entry.basis.or(entry.value.basis),
                &entry.source,
                &entry.value.source,
            ),
            better_higher: None,
        });
        if let (Origin::Drawn(law, stream), Some(column)) = (&origin, columns.last())
            && !law.is_fixed()
        {
            let basis = entry.basis.or(entry.value.basis);
            bench.inputs.push(Input::of_uncertainty(column, columns.len() - 1, basis, law, *stream));
        }
        specs.push(uncertainty::Spec { name: name.clone(), origin, slot });
    }
    let mut correlations = Vec::new();
    for (position, correlation) in scenario.correlation.iter().enumerate() {
        let place = |name: &String| names.iter().position(|each| each == name);
        let value = match correlation.value.value {
            Value::Fixed(value) => value,
            _ => {
                let path = format!("correlation[{position}].value");
                bench.problems.push(Problem::error(path, "a correlation is one number from -1 to 1"));
                continue;
            }
        };
        if let [first, second] = &correlation.between[..]
            && let (Some(first), Some(second)) = (place(first), place(second))
        {
            correlations.push((first, second, value));
        }
    }
    let built = Uncertainties::new(specs.clone(), &correlations).or_else(|| {
        let problem = Problem::error("correlation", "no joint distribution has all these correlations")
            .help("bring the strongest of them closer to 0");
        bench.problems.push(problem);
        Uncertainties::new(specs, &[])
    });
    // Without correlations the matrix is empty, and an empty matrix has a factor.
    let built = built.expect("uncorrelated uncertainties always have a joint distribution");
    (built, columns)
}

/// Milestones, each after those it refers to.
pub(in crate::world) fn calendar(bench: &mut Bench<'_>) -> Calendar {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    let mut ordered: Vec<&String> = Vec::new();
    // Cycles have been refused by the loader; should one slip through, the rounds end and the rest is left out.
    for _ in 0..=scenario.milestone.len() {
        for (name, milestone) in &scenario.milestone {
            let ready = match &milestone.at {
                Moment::Relative { anchor: Anchor::Milestone(other), .. } => ordered.contains(&other),
                _ => true,
            };
            if ready && !ordered.contains(&name) {
                ordered.push(name);
            }
        }
    }
    for name in ordered {
        let milestone = &scenario.milestone[name];
        let path = format!("milestone.{name}");
        let at = bench.timing(&format!("{path}.at"), &milestone.at);
        let moment = bench.registry.offer(name.clone(), Dimension::Instant, 0.0, "the moment of a milestone", None);
        let count = bench.number(format!("{path}.count"), "how often the milestone has been reached", None);
        let meeting = bench.positions(&format!("{path}.meeting"), &scenario.responder, &milestone.meeting);
        let position = specs.len() as u32;
        let when = milestone.when.as_ref().map(|when| {
            bench.watch(format!("{path}.when"), when, None, crate::world::watch::Trigger::Meeting(position))
        });
        specs.push(Spec {
            title: milestone.title.clone().unwrap_or_else(|| name.replace('-', " ")),
            every: bench.optional(format!("{path}.every"), &milestone.every),
            until: milestone.until.as_ref().map(|until| bench.timing(&format!("{path}.until"), until)),
            weight: bench.optional(format!("{path}.weight"), &milestone.weight),
            path,
            at,
            meeting,
            when,
            moment,
            count,
        });
    }
    Calendar::new(specs)
}

/// The unit in which a quantity of a dimension is written.
pub(in crate::world) fn unit(dimension: Dimension, labels: Vec<String>) -> Unit {
    match dimension {
        Dimension::Truth => Unit::Truth,
        Dimension::Number => Unit::Number,
        Dimension::Period | Dimension::Instant => Unit::Hours,
        Dimension::Rate => Unit::PerHour,
        Dimension::Choice => Unit::Choice(labels),
    }
}

/// A number as written, with its evidence.
pub(in crate::world) fn evidence(
    written: &str,
    basis: Option<crate::scenario::Basis>,
    source: &Option<String>,
    inner: &Option<String>,
) -> String {
    let basis = basis.map(crate::scenario::Basis::word);
    let source = source.as_ref().or(inner.as_ref());
    let parts = [Some(written), basis, source.map(String::as_str)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Names of uncertainties, derived ones after those they derive from.
fn in_order<'a>(
    scenario: &crate::scenario::model::Scenario,
    table: &'a Named<crate::scenario::model::Uncertainty>,
) -> Vec<&'a String> {
    let mut ordered: Vec<&String> = Vec::new();
    for _ in 0..=scenario.uncertainty.len() {
        for (name, entry) in table {
            let mut used = Vec::new();
            if let Value::Formula(formula) = &entry.value.value {
                names_in(&formula.root, &mut used);
            }
            let ready = used.iter().all(|each| ordered.contains(each) || !table.contains_key(each.as_str()));
            if ready && !ordered.contains(&name) {
                ordered.push(name);
            }
        }
    }
    ordered
}

fn names_in<'a>(node: &'a Node, names: &mut Vec<&'a String>) {
    match &node.kind {
        Kind::Literal(..) => {}
        Kind::Name(name) => names.push(name),
        Kind::Not(inner) | Kind::Negate(inner) => names_in(inner, names),
        Kind::Binary(_, left, right) => {
            names_in(left, names);
            names_in(right, names);
        }
        Kind::Call(_, arguments) => arguments.iter().for_each(|each| names_in(each, names)),
    }
}
