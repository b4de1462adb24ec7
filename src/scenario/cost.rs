//! The measure `cost`: what the responses of a run cost together, in the planner's own points.
//!
//! It is there, under every plan, as soon as any response has a cost under any plan, so that plans have the same columns.

use super::expression::{Expression, Formula, Kind, Node, Operator};
use super::model::{Direction, Measure, Response, Scenario, Take};
use super::units::Dimension;

/// The name of the measure. An author's own measure of that name goes before it.
pub const COST: &str = "cost";

/// Whether a scenario gives any response a cost, itself or in a value that a plan sets.
pub(super) fn is_priced(scenario: &Scenario) -> bool {
    let prices = |target: &String| target.starts_with("response.") && target.ends_with(".cost");
    scenario.response.values().any(|response| response.cost.is_some())
        || scenario.plan.values().any(|plan| plan.set.keys().any(prices))
}

/// Adds the measure to the scenario of a plan, as its last one.
pub(super) fn add_measure(planned: &mut Scenario) {
    if planned.measure.contains_key(COST) {
        return;
    }
    let priced = |(name, response): (&String, &Response)| {
        response.cost.is_some().then(|| node(Kind::Name(format!("response.{name}.cost"))))
    };
    let terms: Vec<Node> = planned.response.iter().filter_map(priced).collect();
    let measure = Measure {
        title: "Cost of the responses, in points".to_owned(),
        value: Formula(Expression { text: "the sum of every response's cost".to_owned(), root: sum(terms) }),
        take: Take::Last,
        better: Some(Direction::Lower),
    };
    planned.measure.insert(COST.to_owned(), measure);
}

/// A balanced tree: as flat as can be, however many responses there are.
fn sum(mut terms: Vec<Node>) -> Node {
    match terms.len() {
        0 => node(Kind::Literal(0.0, Dimension::Number)),
        1 => terms.remove(0),
        several => {
            let rest = terms.split_off(several / 2);
            node(Kind::Binary(Operator::Add, Box::new(sum(terms)), Box::new(sum(rest))))
        }
    }
}

/// Nothing can be wrong with these nodes, so nobody asks where they stand.
fn node(kind: Kind) -> Node {
    Node { kind, span: 0..0 }
}
