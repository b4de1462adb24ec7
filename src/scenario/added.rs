//! Measures that are added to what the author wrote: what a run cost, and how many people were at work at once.
//!
//! The measure `cost` is there, under every plan, as soon as any response has a cost under any plan, so that plans have the
//! same columns. That of staff is added only where somebody asks for it.

use super::expression::{Expression, Formula, Kind, Node, Operator};
use super::model::{Direction, Measure, Scenario, Take};
use super::units::Dimension;

/// The name of the measure. An author's own measure of that name goes before it.
pub const COST: &str = "cost";

/// The name of the measure of staff, which no author's name can collide with.
pub const STAFF: &str = "staff at work at once";

/// Whether a scenario gives any response a cost, itself or in a value that a plan sets.
pub(super) fn is_priced(scenario: &Scenario) -> bool {
    let prices = |target: &String| target.starts_with("response.") && target.ends_with(".cost");
    scenario.response.values().any(|response| response.cost.is_some())
        || scenario.plan.values().any(|plan| plan.set.keys().any(prices))
}

/// Adds the measure to the scenario of a plan, as its last one.
pub(super) fn add_cost(planned: &mut Scenario) {
    if planned.measure.contains_key(COST) {
        return;
    }
    let priced = planned.response.iter().filter(|(_, response)| response.cost.is_some());
    let slots = priced.map(|(name, _)| format!("response.{name}.cost")).collect();
    let measure = Measure {
        title: "Cost of the responses, in points".to_owned(),
        value: sum_of(slots, "the sum of every response's cost"),
        take: Take::Last,
        better: Some(Direction::Lower),
    };
    planned.measure.insert(COST.to_owned(), measure);
}

/// Adds the measure of staff: the most people who are at work on responses at any one moment.
pub(super) fn add_staff(planned: &mut Scenario) {
    let slots = planned.responder.keys().map(|name| format!("responder.{name}.busy")).collect();
    let measure = Measure {
        title: "Most people at work on responses at once".to_owned(),
        value: sum_of(slots, "the sum of every responder's staff at work"),
        take: Take::Highest,
        better: Some(Direction::Lower),
    };
    planned.measure.insert(STAFF.to_owned(), measure);
}

fn sum_of(names: Vec<String>, text: &str) -> Formula {
    let terms = names.into_iter().map(|name| node(Kind::Name(name))).collect();
    Formula(Expression { text: text.to_owned(), root: sum(terms) })
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
