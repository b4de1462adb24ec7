//! Adversaries, their campaigns, and hazards, from the scenario.

use super::Bench;
use super::effect::{Author, effect};
use crate::scenario::Dimension;
use crate::scenario::model::{self, Effect};
use crate::world::adversary::{Adversaries, Campaign, Proxy, Spec, Step};
use crate::world::defaults;
use crate::world::draw::Draw;
use crate::world::hazard::{self, Hazards};
use crate::world::watch::Trigger;

/// All adversaries and campaigns.
pub(in crate::world) fn adversaries(bench: &mut Bench<'_>) -> Adversaries {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    let mut proxies = Vec::new();
    let mut proxy_names = Vec::new();
    for (name, entry) in &scenario.adversary {
        let path = format!("adversary.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let subject = bench.subject(&path, &path);
        let about = Some(subject);
        specs.push(Spec {
            title: entry.title.clone().unwrap_or_else(|| name.replace('-', " ")),
            subject,
            operators: bench.or(key("operators"), &entry.operators, &defaults::OPERATORS),
            returns: bench.or(key("returns"), &entry.returns, &defaults::RETURNS),
            returns_at: bench.or(key("returns-at"), &entry.returns_at, &defaults::RETURNS_AT),
            after_attribution: bench.or(
                key("after-attribution"),
                &entry.after_attribution,
                &defaults::AFTER_ATTRIBUTION,
            ),
            after_success: bench.or(key("after-success"), &entry.after_success, &defaults::AFTER_SUCCESS),
            attributed: bench.truth(key("attributed"), "it has been named in public", about),
            capacity: bench.registry.offer(
                key("capacity"),
                Dimension::Number,
                1.0,
                "capacity to publish, as a share of the first",
                about,
            ),
            tempo: bench.registry.offer(
                key("tempo"),
                Dimension::Number,
                1.0,
                "tempo of its steps, as a multiple of the planned one",
                about,
            ),
            path: path.clone(),
        });
        for (proxy_name, proxy) in &entry.proxy {
            let key = |key: &str| format!("{path}.proxy.{proxy_name}.{key}");
            proxy_names.push((name.clone(), proxy_name.clone()));
            proxies.push(Proxy {
                title: proxy.title.clone().unwrap_or_else(|| proxy_name.replace('-', " ")),
                delays_attribution: bench.or(
                    key("delays-attribution"),
                    &proxy.delays_attribution,
                    &defaults::DELAYS_ATTRIBUTION,
                ),
                capacity: bench.or(key("capacity"), &proxy.capacity, &defaults::PROXY_CAPACITY),
                burns: bench.or(key("burns"), &proxy.burns, &defaults::PROXY_BURNS),
                burning: bench.roll(key("burning"), &proxy.burns, &defaults::PROXY_BURNS),
            });
        }
    }
    let mut campaigns = Vec::new();
    let mut steps = Vec::new();
    for (position, (name, entry)) in scenario.campaign.iter().enumerate() {
        let path = format!("campaign.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let subject = bench.subject(&path, &path);
        let about = Some(subject);
        let first = steps.len() as u32;
        for (place, step) in entry.step.iter().enumerate() {
            let through = step.through.as_ref().and_then(|through| {
                let names = (entry.by.clone(), through.clone());
                proxy_names.iter().position(|each| *each == names).map(|position| position as u32)
            });
            let compiled =
                compile_step(bench, step, position as u32, &format!("{path}.step[{place}]"), steps.len() as u32);
            steps.push(Step { through, ..compiled });
        }
        campaigns.push(Campaign {
            by: bench.position(&key("by"), &scenario.adversary, &entry.by),
            subject,
            rate: bench.optional(key("rate"), &entry.rate),
            launches: bench.stream(key("launches")),
            chance: bench.or(key("chance"), &entry.chance, &defaults::CHANCE),
            happens: bench.roll(key("happens"), &entry.chance, &defaults::CHANCE),
            steps: (first, steps.len() as u32),
            begun: bench.truth(key("begun"), "its first attempt is under way or over", about),
            noticed: bench.truth(key("noticed"), "somebody has noticed it", about),
            succeeded: bench.truth(key("succeeded"), "its last step has succeeded", about),
            attempts: bench.number(key("attempts"), "attempts so far, over all steps", about),
            successes: bench.number(key("successes"), "successful attempts so far, over all steps", about),
            path,
        });
    }
    Adversaries::new(specs, proxies, campaigns, steps)
}

fn compile_step<'a>(bench: &mut Bench<'a>, step: &'a model::Step, campaign: u32, path: &str, position: u32) -> Step {
    let scenario = bench.scenario;
    let key = |key: &str| format!("{path}.{key}");
    let hold = bench.optional(key("for"), &step.hold);
    if let Some(when) = &step.when {
        bench.watch(key("when"), when, hold, Trigger::Step(position));
    }
    let noticed_by = if step.noticed_by.is_empty() {
        owners(scenario, &step.effect)
    } else {
        bench.positions(&key("noticed-by"), &scenario.responder, &step.noticed_by)
    };
    Step {
        title: step.title.clone().unwrap_or_else(|| wording(&step.effect)),
        campaign,
        through: None,
        at: step.at.as_ref().map(|at| bench.timing(&key("at"), at)),
        waits: step.when.is_some(),
        takes: bench.optional(key("takes"), &step.takes),
        success: bench.or(key("success"), &step.success, &defaults::SUCCESS),
        succeeds: bench.roll(key("succeeds"), &step.success, &defaults::SUCCESS),
        retries: step.retries,
        retry_after: match step.retries {
            // What is never tried again rests on no such number.
            0 => Draw::Fixed(0.0),
            _ => bench.or(key("retry-after"), &step.retry_after, &defaults::RETRY_AFTER),
        },
        noticed: bench.or(key("noticed"), &step.noticed, &defaults::NOTICED),
        notices: bench.roll(key("notices"), &step.noticed, &defaults::NOTICED),
        noticed_after: bench.optional(key("noticed-after"), &step.noticed_after),
        noticed_by,
        effect: effect(bench, &key("effect"), &step.effect, Author::Other),
        because: step.because.clone(),
    }
}

/// Owners of the systems an effect touches.
fn owners(scenario: &model::Scenario, effect: &Effect) -> Vec<u32> {
    let touched = [
        effect.disrupt.as_ref().map(|verb| &verb.asset),
        effect.compromise.as_ref().map(|verb| &verb.asset),
        effect.alter.as_ref().map(|verb| &verb.asset),
    ];
    let names = touched.into_iter().flatten().flat_map(|names| names.iter());
    let mut owners: Vec<u32> = names
        .filter_map(|name| scenario.asset.get(name)?.owner.as_ref())
        .filter_map(|owner| scenario.responder.get_index_of(owner))
        .map(|position| position as u32)
        .collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// What a step without a title is called: what it does, in neutral words.
fn wording(effect: &Effect) -> String {
    let named = |verb: &str, names: Option<&crate::scenario::Names>| {
        names.map(|names| {
            format!("{verb} {}", names.iter().map(|name| name.replace('-', " ")).collect::<Vec<_>>().join(", "))
        })
    };
    [
        named("an attack disrupts", effect.disrupt.as_ref().map(|verb| &verb.asset)),
        named("an intruder enters", effect.compromise.as_ref().map(|verb| &verb.asset)),
        named("an attack alters", effect.alter.as_ref().map(|verb| &verb.asset)),
        named("accounts push", effect.publish.as_ref().map(|verb| &verb.narrative)),
    ]
    .into_iter()
    .flatten()
    .next()
    .unwrap_or_else(|| "a preparatory step".to_owned())
}

/// All hazards.
pub(in crate::world) fn hazards(bench: &mut Bench<'_>) -> Hazards {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    for (position, (name, entry)) in scenario.hazard.iter().enumerate() {
        let path = format!("hazard.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let hold = bench.optional(key("for"), &entry.hold);
        if let Some(when) = &entry.when {
            bench.watch(key("when"), when, hold, Trigger::Hazard(position as u32));
        }
        specs.push(hazard::Spec {
            title: entry.title.clone().unwrap_or_else(|| name.replace('-', " ")),
            at: entry.at.as_ref().map(|at| bench.timing(&key("at"), at)),
            rate: bench.optional(key("rate"), &entry.rate),
            arrivals: bench.stream(key("arrivals")),
            chance: bench.or(key("chance"), &entry.chance, &defaults::CHANCE),
            happens: bench.roll(key("happens"), &entry.chance, &defaults::CHANCE),
            effect: effect(bench, &key("effect"), &entry.effect, Author::Other),
            because: entry.because.clone(),
            count: bench.number(key("count"), "how often it has happened so far", None),
            path,
        });
    }
    Hazards::new(specs)
}
