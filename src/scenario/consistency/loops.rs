//! Things that wait for, depend on or read one another in a circle.

use crate::scenario::model::Scenario;
use crate::scenario::moment::{Anchor, Moment};
use crate::scenario::problem::Problem;
use std::collections::BTreeSet;

pub(super) fn check(scenario: &Scenario) -> Vec<Problem> {
    let mut problems = Vec::new();
    let milestones: Vec<(&str, Vec<&str>)> = scenario
        .milestone
        .iter()
        .map(|(name, milestone)| (name.as_str(), anchor(&milestone.at).into_iter().collect()))
        .collect();
    report(&mut problems, &milestones, "milestone", "at", "milestones are counted from one another in a circle");
    let responses = edges(&scenario.response, |response| &response.after);
    report(
        &mut problems,
        &responses,
        "response",
        "after",
        "responses wait for one another in a circle, so none ever starts",
    );
    let branches = edges(&scenario.inject, |inject| inject.branch_of.as_slice());
    report(
        &mut problems,
        &branches,
        "inject",
        "branch-of",
        "injects lie on one another's branches in a circle, so none is ever given",
    );
    let depends = edges(&scenario.asset, |asset| &asset.depends);
    report(&mut problems, &depends, "asset", "depends", "systems depend on one another in a circle");
    let reads = edges(&scenario.asset, |asset| &asset.reads);
    report(&mut problems, &reads, "asset", "reads", "systems show one another's contents in a circle");
    for (name, channel) in &scenario.channel {
        if channel.to.contains(&channel.from) {
            problems.push(
                Problem::error(
                    format!("channel.{name}.to"),
                    format!("`{}` is on both ends of the channel", channel.from),
                )
                .help("a responder need not be told what it knows; remove it from `to`"),
            );
        }
    }
    problems
}

fn anchor(moment: &Moment) -> Option<&str> {
    match moment {
        Moment::Relative { anchor: Anchor::Milestone(name), .. } => Some(name),
        _ => None,
    }
}

fn edges<'s, T>(
    entries: &'s indexmap::IndexMap<String, T>,
    next: impl Fn(&'s T) -> &'s [String],
) -> Vec<(&'s str, Vec<&'s str>)> {
    entries.iter().map(|(name, entry)| (name.as_str(), next(entry).iter().map(String::as_str).collect())).collect()
}

fn report(problems: &mut Vec<Problem>, entries: &[(&str, Vec<&str>)], kind: &str, key: &str, message: &str) {
    let names: Vec<&str> = entries.iter().map(|(name, _)| *name).collect();
    let positions: std::collections::BTreeMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let edges: Vec<Vec<usize>> =
        entries.iter().map(|(_, next)| next.iter().filter_map(|name| positions.get(name).copied()).collect()).collect();
    for circle in circles(&edges) {
        let path = format!("{kind}.{}.{key}", names[circle[0]]);
        let message = match circle.as_slice() {
            [only] => format!("`{}` names itself in `{key}`", names[*only]),
            _ => format!("{message}: {}", chain(&circle, &names)),
        };
        problems.push(Problem::error(path, message).help("break the circle at one of them"));
    }
}

/// A circle as words: "`a` → `b` → `a`".
pub(super) fn chain(circle: &[usize], names: &[&str]) -> String {
    let shown: Vec<String> = circle.iter().chain(circle.first()).map(|at| format!("`{}`", names[*at])).collect();
    shown.join(" → ")
}

/// Circles of a directed graph that share no member, each from its first member on.
///
/// Whatever leads into no circle is peeled off (Kahn 1962); what remains is followed until it repeats.
pub(super) fn circles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut alive: BTreeSet<usize> = (0..edges.len()).collect();
    let mut found = Vec::new();
    loop {
        peel(edges, &mut alive);
        let Some(&first) = alive.first() else {
            return found;
        };
        let mut walked = vec![first];
        let circle = loop {
            let last = walked[walked.len() - 1];
            let Some(next) = edges[last].iter().copied().find(|next| alive.contains(next)) else {
                return found;
            };
            if let Some(at) = walked.iter().position(|seen| *seen == next) {
                break walked.split_off(at);
            }
            walked.push(next);
        };
        for member in &circle {
            alive.remove(member);
        }
        let least = circle.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(at, _)| at);
        found.push(circle[least..].iter().chain(&circle[..least]).copied().collect());
    }
}

/// Takes away everything from which no circle can be reached.
fn peel(edges: &[Vec<usize>], alive: &mut BTreeSet<usize>) {
    let mut before = vec![Vec::new(); edges.len()];
    let mut open = vec![0_usize; edges.len()];
    for &from in alive.iter() {
        for &to in edges[from].iter().filter(|to| alive.contains(to)) {
            before[to].push(from);
            open[from] += 1;
        }
    }
    let mut ends: Vec<usize> = alive.iter().copied().filter(|at| open[*at] == 0).collect();
    while let Some(end) = ends.pop() {
        alive.remove(&end);
        for &from in &before[end] {
            open[from] -= 1;
            if open[from] == 0 {
                ends.push(from);
            }
        }
    }
}
