//! Who is who: segments and camps, proxies, platforms and their responders, narratives.

use crate::scenario::model::{Kernel, ResponderKind, Scenario};
use crate::scenario::problem::Problem;
use crate::scenario::quantity::{Quantity, Share, Value};
use crate::scenario::{authority, suggest};

/// Room for rounding in sums of shares.
const SLACK: f64 = 1e-9;

pub(super) fn check(scenario: &Scenario) -> Vec<Problem> {
    let mut problems = Vec::new();
    shares(scenario, &mut problems);
    camps(scenario, &mut problems);
    proxies(scenario, &mut problems);
    platforms(scenario, &mut problems);
    for (name, narrative) in &scenario.narrative {
        let kernels = [
            (Kernel::LogVirality, "log-virality", "virality", narrative.virality.is_some()),
            (Kernel::SelfExciting, "self-exciting", "self-exciting", narrative.self_exciting.is_some()),
        ];
        for (kernel, word, table, given) in kernels {
            if narrative.kernel == kernel && !given {
                problems.push(
                    Problem::error(
                        format!("narrative.{name}.kernel"),
                        format!("`{name}` follows {word}, but has no parameters for it"),
                    )
                    .help(format!("add a `[narrative.{name}.{table}]` table")),
                );
            } else if narrative.kernel != kernel && given {
                problems.push(
                    Problem::warning(
                        format!("narrative.{name}.{table}"),
                        format!("`{name}` does not use these parameters"),
                    )
                    .help(format!("add `kernel = \"{word}\"`, or remove the table")),
                );
            }
        }
    }
    for (kind, name, effect) in scenario
        .response
        .iter()
        .map(|(name, response)| ("response", name, &response.effect))
        .chain(scenario.hazard.iter().map(|(name, hazard)| ("hazard", name, &hazard.effect)))
    {
        if authority::verbs(effect).is_empty() {
            problems.push(
                Problem::error(format!("{kind}.{name}.effect"), format!("`{name}` has no effect"))
                    .help("name at least one verb, as `effect = { inform = {} }`"),
            );
        }
    }
    problems
}

/// Sum of the shares that are certain.
fn sum<'s>(shares: impl Iterator<Item = &'s Quantity<Share>>) -> f64 {
    shares
        .map(|share| match share.value {
            Value::Fixed(share) => share,
            _ => 0.0,
        })
        .sum()
}

fn percent(share: f64) -> f64 {
    (share * 1e6).round() / 1e4
}

fn shares(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let total = sum(scenario.segment.values().map(|segment| &segment.share));
    if total > 1.0 + SLACK
        && let Some((last, _)) = scenario.segment.last()
    {
        problems.push(
            Problem::error(
                format!("segment.{last}.share"),
                format!("the segments add up to {} % of the population", percent(total)),
            )
            .help("shares of segments may add up to 100 % at most; whoever is left belongs to none"),
        );
    }
    for (name, narrative) in &scenario.narrative {
        let total = sum(narrative.on.values());
        if total > 1.0 + SLACK {
            problems.push(
                Problem::error(
                    format!("narrative.{name}.on"),
                    format!("the platforms of `{name}` add up to {} %", percent(total)),
                )
                .help("shares of the outside drive may add up to 100 % at most; the rest spreads off the platforms"),
            );
        }
    }
}

fn camps(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let mut camps: Vec<&str> = Vec::new();
    for camp in scenario.segment.values().filter_map(|segment| segment.camp.as_deref()) {
        if !camps.contains(&camp) {
            camps.push(camp);
        }
    }
    for (path, effect) in authority::effects(scenario) {
        let Some(declare) = &effect.declare else {
            continue;
        };
        if camps.contains(&declare.winner.as_str()) {
            continue;
        }
        let problem = Problem::error(
            format!("{path}.declare.winner"),
            format!("no segment hopes for a camp named `{}`", declare.winner),
        );
        problems.push(match suggest::closest(&declare.winner, camps.iter().copied()) {
            Some(camp) => problem.help(format!("did you mean `{camp}`?")),
            None if camps.is_empty() => problem.help("give at least one segment a `camp`"),
            None => problem.help(format!("the camps are {}", suggest::list(camps.iter().copied()))),
        });
    }
}

fn proxies(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (name, campaign) in &scenario.campaign {
        let Some(adversary) = scenario.adversary.get(&campaign.by) else {
            continue;
        };
        for (position, step) in campaign.step.iter().enumerate() {
            let Some(proxy) = step.through.as_ref().filter(|proxy| !adversary.proxy.contains_key(*proxy)) else {
                continue;
            };
            let problem = Problem::error(
                format!("campaign.{name}.step[{position}].through"),
                format!("`{}` has no proxy named `{proxy}`", campaign.by),
            );
            let names = || adversary.proxy.keys().map(String::as_str);
            let other = scenario.adversary.iter().find(|(_, other)| other.proxy.contains_key(proxy));
            problems.push(match (suggest::closest(proxy, names()), other) {
                (Some(close), _) => problem.help(format!("did you mean `{close}`?")),
                (None, Some((owner, _))) => {
                    problem.help(format!("that proxy belongs to `{owner}`, not to the campaign's adversary"))
                }
                (None, None) => problem.help(format!("add `[adversary.{}.proxy.{proxy}]`", campaign.by)),
            });
        }
    }
}

fn platforms(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (name, responder) in &scenario.responder {
        match (responder.kind, &responder.platform) {
            (ResponderKind::Platform, None) => problems.push(
                Problem::error(
                    format!("responder.{name}.kind"),
                    format!("`{name}` is a platform's team, but runs no platform"),
                )
                .help("add `platform = \"…\"`"),
            ),
            (ResponderKind::Platform, Some(_)) | (_, None) => {}
            (_, Some(_)) => problems.push(
                Problem::error(
                    format!("responder.{name}.platform"),
                    format!("`{name}` is not a platform's team and cannot run one"),
                )
                .help("remove `platform`, or write `kind = \"platform\"`"),
            ),
        }
    }
    for (name, platform) in &scenario.platform {
        if platform.spill.contains_key(name) {
            problems.push(
                Problem::error(
                    format!("platform.{name}.spill.{name}"),
                    format!("`{name}` cannot spill over onto itself"),
                )
                .help("growth within a platform is the narrative's `branching`"),
            );
        }
    }
}
