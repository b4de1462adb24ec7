//! Injects, contingencies and measures, from the scenario.

use super::Bench;
use super::calendar::unit;
use super::effect::{Author, effect};
use super::standard::resolve;
use crate::scenario::model::{Direction, Effect, Take};
use crate::scenario::{Basis, Dimension, Grade, Names, Problem};
use crate::world::board::Subject;
use crate::world::contingency::{self, Contingencies};
use crate::world::defaults::{self, Default};
use crate::world::inject::{Injects, Spec};
use crate::world::measure::{self, Measures};
use crate::world::outcome::{Column, Unit};
use crate::world::track::Track;
use crate::world::watch::Trigger;
use std::borrow::Cow;

/// All injects.
pub(in crate::world) fn injects(bench: &mut Bench<'_>) -> Injects {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    for (position, (name, entry)) in scenario.inject.iter().enumerate() {
        let path = format!("inject.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let hold = bench.optional(key("for"), &entry.hold);
        if let Some(when) = &entry.when {
            // On a branch it waits for its parent first, and for its own condition from then on.
            let fires = match &entry.branch_of {
                Some(parent) => Cow::Owned(when.once(&format!("inject.{parent}.given"))),
                None => Cow::Borrowed(when),
            };
            bench.watch(key("when"), fires, hold, Trigger::Inject(position as u32));
        }
        let parent = entry.branch_of.as_ref().and_then(|parent| scenario.inject.get_index_of(parent));
        specs.push(Spec {
            parent: parent.map(|parent| parent as u32),
            title: entry.title.clone(),
            at: entry.at.as_ref().map(|at| bench.timing(&key("at"), at)),
            chance: bench.or(key("chance"), &entry.chance, &defaults::CHANCE),
            happens: bench.roll(key("happens"), &entry.chance, &defaults::CHANCE),
            to: bench.positions(&key("to"), &scenario.responder, &entry.to),
            touches: touches(bench, &path, &entry.effect),
            effect: effect(bench, &key("effect"), &entry.effect, Author::Other),
            because: entry.because.clone(),
            given: bench.truth(key("given"), "the inject has been given", None),
            path,
        });
    }
    Injects::new(specs)
}

/// What an effect touches: what those who are given the inject then know of.
fn touches(bench: &mut Bench<'_>, path: &str, effect: &Effect) -> Vec<Subject> {
    let assets = [
        effect.disrupt.as_ref().map(|verb| &verb.asset),
        effect.compromise.as_ref().map(|verb| &verb.asset),
        effect.alter.as_ref().map(|verb| &verb.asset),
    ];
    let narratives = [effect.publish.as_ref().map(|verb| &verb.narrative)];
    let told = effect.tell.as_ref().map(|verb| &verb.about);
    let named = |kind: &str, names: &[Option<&Names>]| -> Vec<String> {
        names.iter().flatten().flat_map(|names| names.iter()).map(|name| format!("{kind}.{name}")).collect()
    };
    let mut subjects = [named("asset", &assets), named("narrative", &narratives)].concat();
    subjects.extend(told.into_iter().flat_map(|names| names.iter()).cloned());
    subjects.iter().map(|subject| bench.subject(path, subject)).collect()
}

/// Offers what says that a contingency holds; before any condition is bound, so that one may name another.
pub(in crate::world) fn offer_contingencies(bench: &mut Bench<'_>) {
    for name in bench.scenario.contingency.keys() {
        bench.truth(format!("contingency.{name}"), "the contingency holds", None);
    }
}

/// All contingencies, with the column each fills; the unit is that of its severity.
pub(in crate::world) fn contingencies(bench: &mut Bench<'_>) -> (Contingencies, Vec<Column>) {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    let mut columns = Vec::new();
    for (position, (name, entry)) in scenario.contingency.iter().enumerate() {
        let path = format!("contingency.{name}");
        let Some(watched) = resolve(bench, name, entry) else { continue };
        let hold = match (&entry.hold, watched.hold) {
            (None, "") => None,
            (hold, ready) => {
                let ready = Default {
                    name: "READY_MADE_HOLD",
                    value: ready,
                    range: None,
                    basis: Basis::Assumed,
                    grade: Grade::D,
                    source: "the ready-made contingency",
                };
                Some(bench.or(format!("{path}.for"), hold, &ready))
            }
        };
        let written = watched.when.0.text.clone();
        let watch = bench.watch(format!("{path}.when"), watched.when, hold, Trigger::Contingency(position as u32));
        let severity = entry.severity.as_ref().and_then(|formula| bench.formula(&format!("{path}.severity"), formula));
        columns.push(Column {
            id: name.clone(),
            title: watched.title.clone(),
            unit: severity.as_ref().map_or(Unit::Hours, |bound| unit(bound.dimension, Vec::new())),
            source: written,
            better_higher: None,
        });
        specs.push(contingency::Spec {
            title: watched.title,
            severity: severity.map(Track::new),
            because: entry.because.clone(),
            watch,
            slot: bench.slot(&path).expect("offered with all contingencies before"),
            path,
        });
    }
    (Contingencies::new(specs), columns)
}

/// All measures, with the column each fills.
pub(in crate::world) fn measures(bench: &mut Bench<'_>) -> (Measures, Vec<Column>) {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    let mut columns = Vec::new();
    for (name, entry) in &scenario.measure {
        let path = format!("measure.{name}.value");
        let Some(bound) = bench.formula(&path, &entry.value) else { continue };
        let of_truth = matches!(entry.take, Take::TimeTrue | Take::FirstTime);
        if of_truth && bound.dimension != Dimension::Truth {
            let problem = Problem::error(&path, "a time can be taken of a condition only, and this is a number")
                .help("compare it, as `… > 0`, or take its `last`, `highest`, `lowest` or `mean`");
            bench.problems.push(problem);
        }
        columns.push(Column {
            id: name.clone(),
            title: entry.title.clone(),
            unit: match (entry.take, bound.dimension) {
                (Take::TimeTrue | Take::FirstTime, _) => Unit::Hours,
                (Take::Mean, Dimension::Truth) => Unit::Number,
                (_, dimension) => unit(dimension, Vec::new()),
            },
            source: entry.value.0.text.clone(),
            better_higher: entry.better.map(|direction| direction == Direction::Higher),
        });
        specs.push(measure::Spec { track: Track::new(bound), take: entry.take });
    }
    let slots = bench.registry.offers().count();
    (Measures::new(specs, slots), columns)
}
