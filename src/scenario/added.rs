//! Measures that are added to what the author wrote: what a run cost, how many people were at work at once, and what measures
//! against posts did to accurate speech.
//!
//! The measure `cost` is there, under every plan, as soon as any response has a cost under any plan, so that plans have the
//! same columns. So are those of speech as soon as any response acts on posts: a reduction is never shown without them.
//! That of staff is added only where somebody asks for it.

use super::expression::{Expression, Formula, Kind, Node, Operator};
use super::model::{Direction, Effect, Measure, Scenario, Take};
use super::units::Dimension;

/// The name of the measure. An author's own measure of that name goes before it.
pub const COST: &str = "cost";

/// The name of the measure of staff, which no author's name can collide with.
pub const STAFF: &str = "staff at work at once";

/// The name of the measure of actions against accurate items. An author's own measure of that name goes before it.
pub const WRONG_ACTIONS: &str = "wrong-actions";

/// The name of the measure of accurate posts held back. An author's own measure of that name goes before it.
pub const ACCURATE_HELD_BACK: &str = "accurate-held-back";

/// Whether any response, or a value that a plan sets, acts on what people post.
pub(super) fn acts_on_speech(scenario: &Scenario) -> bool {
    let acts = |effect: &Effect| {
        let Effect { label, downrank, remove, circuit_breaker, tip, .. } = effect;
        let Effect { friction, nudge, ban, information_centre, reviewers, .. } = effect;
        let on_one =
            label.is_some() || downrank.is_some() || remove.is_some() || circuit_breaker.is_some() || tip.is_some();
        let on_all = friction.is_some() || nudge.is_some() || ban.is_some() || information_centre.is_some();
        on_one || on_all || reviewers.is_some()
    };
    let on_platform = |target: &String| target.starts_with("platform.");
    scenario.response.values().any(|response| acts(&response.effect))
        || scenario.plan.values().any(|plan| plan.set.keys().any(on_platform))
}

/// Whether plans act on what people post while nothing accurate is there to be hit: what that costs can then not show.
#[must_use]
pub fn hides_speech_costs(scenario: &Scenario) -> bool {
    let accurate = scenario.narrative.values().any(|narrative| narrative.accurate && !narrative.on.is_empty());
    let unrelated = scenario.platform.values().any(|platform| platform.other_reports.is_some());
    acts_on_speech(scenario) && !accurate && !unrelated
}

/// Adds the measures of what measures against posts did to accurate speech.
pub(super) fn add_speech_costs(planned: &mut Scenario) {
    let actions = planned.platform.keys().map(|name| format!("platform.{name}.wrong-actions")).collect();
    let accurate = planned.narrative.iter().filter(|(_, narrative)| narrative.accurate);
    let held_back = accurate.map(|(name, _)| format!("narrative.{name}.curbed")).collect();
    let measures = [
        (
            WRONG_ACTIONS,
            "Wrong actions: reviewers' measures against accurate items",
            sum_of(actions, "the sum of every platform's wrong actions"),
        ),
        (
            ACCURATE_HELD_BACK,
            "Posts of accurate stories made while they were held back",
            sum_of(held_back, "the sum of every accurate narrative's posts while it was held back"),
        ),
    ];
    for (name, title, value) in measures {
        let measure = Measure { title: title.to_owned(), value, take: Take::Last, better: Some(Direction::Lower) };
        planned.measure.entry(name.to_owned()).or_insert(measure);
    }
}

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
