//! Systems, from the scenario.

use super::Bench;
use crate::scenario::Dimension;
use crate::world::asset::{Assets, Slots, Spec};
use crate::world::defaults;
use crate::world::probe::Input;
use crate::world::run::within_sentence;

/// All systems.
pub(in crate::world) fn assets(bench: &mut Bench<'_>) -> Assets {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    for (name, asset) in &scenario.asset {
        let path = format!("asset.{name}");
        let subject = bench.subject(&path, &path);
        let about = Some(subject);
        let slots = Slots {
            down: bench.truth(format!("{path}.down"), "the system gives no normal service", about),
            dark: bench.truth(format!("{path}.dark"), "the system gives no service, not even by its fallback", about),
            detected: bench.truth(format!("{path}.detected"), "its owner knows of a trouble that is not over", about),
            compromised: bench.truth(format!("{path}.compromised"), "an intruder is in the system", about),
            wrong: bench.truth(format!("{path}.wrong"), "what the system holds or shows is wrong", about),
            service: bench.registry.offer(
                format!("{path}.service"),
                Dimension::Number,
                1.0,
                "service as a share of the normal one",
                about,
            ),
            outages: bench.number(format!("{path}.outages"), "how often the system went down", about),
            repelled: bench.number(format!("{path}.repelled"), "how many attacks the system withstood", about),
        };
        let key = |key: &str| format!("{path}.{key}");
        let owner = asset.owner.as_ref().map(|owner| bench.position(&key("owner"), &scenario.responder, owner));
        let fallback = asset.fallback.as_ref().map(|fallback| {
            let takes = bench.or(key("fallback.takes"), &fallback.takes, &defaults::FALLBACK_TAKES);
            let rate = bench.draw(&key("fallback.rate"), &fallback.rate);
            (takes, rate, fallback.on_request)
        });
        specs.push(Spec {
            title: asset.title.as_deref().map_or_else(|| name.replace('-', " "), within_sentence),
            owner,
            subject,
            detect: bench.or(key("detect"), &asset.detect, &defaults::DETECT),
            detect_intrusion: bench.or(key("detect-intrusion"), &asset.detect_intrusion, &defaults::DETECT_INTRUSION),
            recover: bench.or(key("recover"), &asset.recover, &defaults::RECOVER),
            correct: bench.optional(key("correct"), &asset.correct),
            fallback,
            hardened: bench.or(key("hardened"), &asset.hardened, &defaults::HARDENED),
            // Where nothing can be stopped the roll decides nothing.
            stopped: if asset.hardened.is_some() || is_shielded(scenario, name) {
                bench.drawn(key("stopped"), &asset.hardened, &defaults::HARDENED, Input::of_luck)
            } else {
                bench.stream(key("stopped"))
            },
            dependents: users(scenario, name, |other| &other.depends),
            readers: users(scenario, name, |other| &other.reads),
            slots,
            path,
        });
    }
    Assets::new(specs)
}

/// Whether any response protects a system.
fn is_shielded(scenario: &crate::scenario::model::Scenario, name: &str) -> bool {
    let mut shields = scenario.response.values().filter_map(|response| response.effect.shield.as_ref());
    shields.any(|shield| shield.asset.iter().any(|each| each == name))
}

/// Positions of the systems that name this one.
fn users(
    scenario: &crate::scenario::model::Scenario,
    name: &str,
    named: impl Fn(&crate::scenario::model::Asset) -> &crate::scenario::Names,
) -> Vec<u32> {
    let uses = |other: &crate::scenario::model::Asset| named(other).iter().any(|each| each == name);
    scenario.asset.values().enumerate().filter(|(_, other)| uses(other)).map(|(position, _)| position as u32).collect()
}
