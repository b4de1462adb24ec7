//! Who may do what. A scenario in which somebody does what is not theirs to do does not load.

mod rules;

pub use rules::{Authority, RULES, Rule};

use super::model::{Effect, Responder, ResponderKind, Scenario};
use super::names::Names;
use super::problem::Problem;
use super::suggest;
use ResponderKind::{
    CanvassBoard, Court, CyberAgency, Intelligence, Justice, LawEnforcement, LocalElectionOffice, Media, MilitaryCyber,
    Platform, StateElectionOffice, Vendor,
};

/// What an adversary's step may do.
const HOSTILE: [&str; 6] = ["disrupt", "compromise", "alter", "publish", "shake", "staff"];

/// Verbs of an effect, in their order.
pub fn verbs(effect: &Effect) -> Vec<&'static str> {
    let present = [
        effect.disrupt.is_some(),
        effect.compromise.is_some(),
        effect.alter.is_some(),
        effect.restore.is_some(),
        effect.correct.is_some(),
        effect.shield.is_some(),
        effect.fail_over.is_some(),
        effect.inspect.is_some(),
        effect.publish.is_some(),
        effect.label.is_some(),
        effect.downrank.is_some(),
        effect.remove.is_some(),
        effect.circuit_breaker.is_some(),
        effect.friction.is_some(),
        effect.nudge.is_some(),
        effect.ban.is_some(),
        effect.information_centre.is_some(),
        effect.reviewers.is_some(),
        effect.tip.is_some(),
        effect.takedown.is_some(),
        effect.prebunk.is_some(),
        effect.debunk.is_some(),
        effect.inform.is_some(),
        effect.shake.is_some(),
        effect.declare.is_some(),
        effect.speed_count.is_some(),
        effect.halt_count.is_some(),
        effect.pre_process.is_some(),
        effect.release.is_some(),
        effect.explain_outstanding.is_some(),
        effect.segregate.is_some(),
        effect.rule.is_some(),
        effect.extend_hours.is_some(),
        effect.compel.is_some(),
        effect.extend.is_some(),
        effect.annul.is_some(),
        effect.order_audit.is_some(),
        effect.request_recount.is_some(),
        effect.court_plans.is_some(),
        effect.attribute.is_some(),
        effect.deter.is_some(),
        effect.tell.is_some(),
        effect.staff.is_some(),
    ];
    RULES.iter().zip(present).filter(|(_, present)| *present).map(|(rule, _)| rule.verb).collect()
}

/// Every effect of a scenario with its path.
pub(super) fn effects(scenario: &Scenario) -> Vec<(String, &Effect)> {
    let mut found = Vec::new();
    for (name, campaign) in &scenario.campaign {
        for (position, step) in campaign.step.iter().enumerate() {
            found.push((format!("campaign.{name}.step[{position}].effect"), &step.effect));
        }
    }
    found.extend(scenario.hazard.iter().map(|(name, hazard)| (format!("hazard.{name}.effect"), &hazard.effect)));
    found
        .extend(scenario.response.iter().map(|(name, response)| (format!("response.{name}.effect"), &response.effect)));
    found.extend(scenario.inject.iter().map(|(name, inject)| (format!("inject.{name}.effect"), &inject.effect)));
    found
}

/// Checks that responders and adversaries do only what is theirs to do. Hazards and injects may do anything.
pub(super) fn check(scenario: &Scenario) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, campaign) in &scenario.campaign {
        for (position, step) in campaign.step.iter().enumerate() {
            hostile(&format!("campaign.{name}.step[{position}].effect"), &campaign.by, &step.effect, &mut problems);
        }
    }
    for (name, response) in &scenario.response {
        let Some(owner) = scenario.responder.get(&response.owner) else {
            continue;
        };
        let acting = Acting {
            scenario,
            name: &response.owner,
            owner,
            effect: &response.effect,
            path: format!("response.{name}.effect"),
        };
        let present = verbs(&response.effect);
        for rule in RULES.iter().filter(|rule| present.contains(&rule.verb)) {
            acting.check(rule, &mut problems);
        }
    }
    problems
}

fn hostile(path: &str, by: &str, effect: &Effect, problems: &mut Vec<Problem>) {
    for verb in verbs(effect) {
        if !HOSTILE.contains(&verb) {
            problems.push(
                Problem::error(
                    format!("{path}.{verb}"),
                    format!("a campaign may not `{verb}`: `{by}` is an adversary"),
                )
                .help(format!("steps of a campaign may use {}", suggest::list(HOSTILE))),
            );
        }
    }
    if effect.staff.as_ref().is_some_and(|staff| staff.change >= 0) {
        problems.push(
            Problem::error(format!("{path}.staff.change"), "a campaign may only take staff away")
                .help("write a negative number, as `change = -2`"),
        );
    }
}

/// A responder about to do something.
struct Acting<'s> {
    scenario: &'s Scenario,
    name: &'s str,
    owner: &'s Responder,
    effect: &'s Effect,
    path: String,
}

impl Acting<'_> {
    fn check(&self, rule: &Rule, problems: &mut Vec<Problem>) {
        let path = format!("{}.{}", self.path, rule.verb);
        let kind = self.owner.kind;
        match rule.authority {
            Authority::Everybody => self.accurate(rule, problems),
            Authority::NotThese(kinds) if kinds.contains(&kind) => {
                problems.push(self.refused(path, rule, "others may"));
            }
            Authority::These(kinds) if !kinds.contains(&kind) => {
                problems.push(self.refused(path, rule, &format!("only {} may", several(kinds))));
            }
            Authority::OwnerOr(kinds) if !kinds.contains(&kind) => {
                self.owns(path, rule, kinds, problems);
            }
            Authority::RunsThePlatform if kind != Platform => {
                problems.push(self.refused(path, rule, "only the responder that runs the platform may"));
            }
            Authority::RunsThePlatform => self.own_platform(&path, rule, problems),
            Authority::Nobody => problems.push(self.refused(path, rule, "no responder may")),
            Authority::NotThese(_) | Authority::These(_) | Authority::OwnerOr(_) => {}
        }
    }

    fn refused(&self, path: String, rule: &Rule, who: &str) -> Problem {
        Problem::error(path, format!("`{}` ({}) may not {}; {who}", self.name, one(self.owner.kind), rule.deed))
            .help(rule.reason)
    }

    fn accurate(&self, rule: &Rule, problems: &mut Vec<Problem>) {
        let Some(publish) = self.effect.publish.as_ref().filter(|_| rule.verb == "publish") else {
            return;
        };
        let false_ones = publish
            .narrative
            .iter()
            .filter(|name| self.scenario.narrative.get(*name).is_some_and(|narrative| !narrative.accurate));
        for name in false_ones {
            let path = format!("{}.publish.narrative", self.path);
            let message =
                format!("`{}` ({}) may not put out `{name}`, which is not accurate", self.name, one(self.owner.kind));
            problems.push(
                Problem::error(path, message)
                    .help("answer it with `debunk`, or mark the narrative `accurate = true` if it is"),
            );
        }
    }

    fn owns(&self, path: String, rule: &Rule, helpers: &[ResponderKind], problems: &mut Vec<Problem>) {
        for name in systems(self.effect, rule.verb).into_iter().flat_map(|names| names.iter()) {
            let Some(asset) = self.scenario.asset.get(name) else {
                continue;
            };
            if asset.owner.as_deref() == Some(self.name) {
                continue;
            }
            let owner =
                asset.owner.as_deref().map_or_else(|| "its owner".to_owned(), |owner| format!("its owner `{owner}`"));
            let helpers = if helpers.is_empty() { String::new() } else { format!(", {}", several(helpers)) };
            let message = format!(
                "`{}` ({}) may not {}: `{name}` is not its own; only {owner}{helpers} may",
                self.name,
                one(self.owner.kind),
                rule.deed
            );
            let problem = Problem::error(path.clone(), message);
            problems.push(match asset.owner {
                None => problem.help(format!("`{name}` has no owner; add `owner` to `[asset.{name}]`")),
                Some(_) => problem.help(rule.reason),
            });
        }
    }

    fn own_platform(&self, path: &str, rule: &Rule, problems: &mut Vec<Problem>) {
        let Some(own) = &self.owner.platform else {
            return;
        };
        for name in
            platforms(self.effect, rule.verb).into_iter().flat_map(|names| names.iter()).filter(|name| *name != own)
        {
            problems.push(
                Problem::error(
                    format!("{path}.on"),
                    format!("`{}` runs `{own}` and may not {} on `{name}`", self.name, rule.deed),
                )
                .help(rule.reason),
            );
        }
    }
}

fn systems<'e>(effect: &'e Effect, verb: &str) -> Option<&'e Names> {
    match verb {
        "restore" => effect.restore.as_ref().map(|effect| &effect.asset),
        "correct" => effect.correct.as_ref().map(|effect| &effect.asset),
        "shield" => effect.shield.as_ref().map(|effect| &effect.asset),
        "fail-over" => effect.fail_over.as_ref().map(|effect| &effect.asset),
        "inspect" => effect.inspect.as_ref().map(|effect| &effect.asset),
        _ => None,
    }
}

fn platforms<'e>(effect: &'e Effect, verb: &str) -> Option<&'e Names> {
    match verb {
        "label" => effect.label.as_ref().map(|effect| &effect.on),
        "downrank" => effect.downrank.as_ref().map(|effect| &effect.on),
        "remove" => effect.remove.as_ref().map(|effect| &effect.on),
        "circuit-breaker" => effect.circuit_breaker.as_ref().map(|effect| &effect.on),
        "friction" => effect.friction.as_ref().map(|effect| &effect.on),
        "nudge" => effect.nudge.as_ref().map(|effect| &effect.on),
        "ban" => effect.ban.as_ref().map(|effect| &effect.on),
        "information-centre" => effect.information_centre.as_ref().map(|effect| &effect.on),
        "reviewers" => effect.reviewers.as_ref().map(|effect| &effect.on),
        _ => None,
    }
}

/// A kind of responder in words, one and several.
pub fn kind_in_words(kind: ResponderKind) -> (&'static str, &'static str) {
    match kind {
        LocalElectionOffice => ("a local election office", "local election offices"),
        StateElectionOffice => ("a state election office", "state election offices"),
        ResponderKind::SharingCentre => ("a sharing centre", "sharing centres"),
        CyberAgency => ("a cyber agency", "cyber agencies"),
        LawEnforcement => ("a law-enforcement agency", "law enforcement"),
        Intelligence => ("an intelligence service", "intelligence services"),
        Justice => ("a prosecutor", "prosecutors"),
        MilitaryCyber => ("a military cyber command", "military cyber commands"),
        Platform => ("a platform's team", "platforms"),
        Vendor => ("a vendor", "vendors"),
        Media => ("a newsroom", "media"),
        ResponderKind::FactChecker => ("a fact-checker", "fact-checkers"),
        Court => ("a court", "courts"),
        CanvassBoard => ("a canvassing board", "canvassing boards"),
        ResponderKind::Legislature => ("a legislature", "legislatures"),
        ResponderKind::Party => ("a party", "parties"),
        ResponderKind::CivilSociety => ("a civic group", "civic groups"),
    }
}

fn one(kind: ResponderKind) -> &'static str {
    kind_in_words(kind).0
}

fn several(kinds: &[ResponderKind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind_in_words(*kind).1).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
