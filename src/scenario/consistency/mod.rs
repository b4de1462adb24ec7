//! What a scenario must keep to beyond its shape, as far as this shows without running it.

mod correlation;
mod loops;
mod people;
mod time;

use super::authority;
use super::expression::{Kind, Node as Term};
use super::model::Scenario;
use super::numbers::Met;
use super::problem::Problem;
use super::suggest;
use super::tree::Node;

/// Everything that is wrong with what the scenario says.
pub(super) fn check(scenario: &Scenario) -> Vec<Problem> {
    let mut problems = time::check(scenario);
    problems.extend(loops::check(scenario));
    problems.extend(people::check(scenario));
    problems.extend(correlation::check(scenario));
    problems.extend(authority::check(scenario));
    problems
}

/// Checks the names in formulas: each must be an uncertainty, and uncertainties must not go round in a circle.
pub(super) fn formulas(tree: &Node, quantities: &[Met]) -> Vec<Problem> {
    let entries = tree.get("uncertainty").and_then(Node::entries);
    let names: Vec<&str> = entries.into_iter().flat_map(|entries| entries.keys()).map(String::as_str).collect();
    let mut problems = Vec::new();
    let mut edges = vec![Vec::new(); names.len()];
    for met in quantities {
        let Some((formula, before)) = &met.formula else {
            continue;
        };
        let owner = met.path.strip_prefix("uncertainty.").and_then(|rest| rest.strip_suffix(".value"));
        let owner = owner.and_then(|owner| names.iter().position(|name| *name == owner));
        let mut used = Vec::new();
        collect(&formula.root, &mut used);
        for (name, range) in used {
            match names.iter().position(|other| *other == name) {
                Some(other) => owner.into_iter().for_each(|owner| edges[owner].push(other)),
                None => {
                    problems.push(unknown(tree, met, &name, &names).within(before + range.start..before + range.end));
                }
            }
        }
    }
    for circle in loops::circles(&edges) {
        let chain = loops::chain(&circle, &names);
        problems.push(
            Problem::error(
                format!("uncertainty.{}.value", names[circle[0]]),
                format!("uncertainties are worked out from one another in a circle: {chain}"),
            )
            .help("give one of them a distribution of its own"),
        );
    }
    problems
}

fn unknown(tree: &Node, met: &Met, name: &str, names: &[&str]) -> Problem {
    let value = format!("{}.value", met.path);
    let with_evidence = super::tree::segments(&met.path).is_some_and(|path| {
        path.iter().try_fold(tree, |node, segment| node.child(segment)).is_some_and(|node| node.get("value").is_some())
    });
    let path = if with_evidence { value } else { met.path.clone() };
    let problem = Problem::error(path, format!("there is no uncertainty named `{name}`"));
    match suggest::closest(name, names.iter().copied()) {
        Some(other) => {
            let mut problem = problem.help(format!("did you mean `{other}`?"));
            let key = tree.get("uncertainty").and_then(|all| all.get(other)).and_then(|entry| entry.key.clone());
            problem.related = key.map(|place| (place, "defined here".to_owned()));
            problem
        }
        None if names.is_empty() => problem.help(format!("add an `[uncertainty.{name}]` table")),
        None => problem.help(format!("the uncertainties are {}", suggest::list(names.iter().copied()))),
    }
}

fn collect(term: &Term, names: &mut Vec<(String, std::ops::Range<usize>)>) {
    match &term.kind {
        Kind::Name(name) => names.push((name.clone(), term.span.clone())),
        Kind::Not(below) | Kind::Negate(below) => collect(below, names),
        Kind::Binary(_, left, right) => {
            collect(left, names);
            collect(right, names);
        }
        Kind::Call(_, operands) => operands.iter().for_each(|operand| collect(operand, names)),
        _ => {}
    }
}
