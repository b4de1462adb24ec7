//! The exercise lint: what is written but can never come about.
//!
//! A quantity that nothing in the file can move keeps its first value. Conditions are evaluated with those values known and
//! all others unknown; one that then is false for certain can never hold. What can come about moves further quantities, so
//! this is repeated until nothing new is found. It never cries wolf about a thing that could happen; it may miss one that cannot.

use super::board::Registry;
use super::watch::{Trigger, Watch};
use crate::scenario::Problem;
use crate::scenario::expression::{Operator, Term};
use crate::scenario::model::{Effect, ResponderKind, Scenario};
use std::collections::BTreeSet;

/// What may come about in a scenario, as far as has been found.
struct Possible<'a> {
    scenario: &'a Scenario,
    registry: &'a Registry,
    watches: &'a [Watch],
    /// Things that may happen: `disrupt asset.portal`, `narrative.rigged`, `response.mirror`, `knows county asset.portal`.
    facts: BTreeSet<String>,
}

/// What may keep the exercise from working as meant.
pub(super) fn lint(scenario: &Scenario, registry: &Registry, watches: &[Watch]) -> Vec<Problem> {
    let mut possible = Possible { scenario, registry, watches, facts: BTreeSet::new() };
    loop {
        let before = possible.facts.len();
        possible.extend();
        if possible.facts.len() == before {
            break;
        }
    }
    let mut warnings = possible.never();
    warnings.extend(possible.unused());
    warnings
}

impl Possible<'_> {
    fn has(&self, fact: &str) -> bool {
        self.facts.contains(fact)
    }

    fn add(&mut self, fact: String) {
        self.facts.insert(fact);
    }

    /// One round: everything that what is known to be possible makes possible.
    fn extend(&mut self) {
        let scenario = self.scenario;
        for (name, campaign) in &scenario.campaign {
            let first_step = self.steps_before(name);
            for (place, step) in campaign.step.iter().enumerate() {
                let follows = place == 0 || self.has(&format!("campaign.{name}.step[{}]", place - 1));
                let waits = step.when.is_some();
                let comes = step.at.is_some()
                    || (waits && self.may_hold(Trigger::Step(first_step + place as u32)))
                    || (!waits && follows);
                if comes {
                    self.add(format!("campaign.{name}"));
                    self.add(format!("campaign.{name}.step[{place}]"));
                    if step.noticed.is_some() {
                        self.add(format!("noticed campaign.{name}"));
                        let owners = self.owners(&step.effect);
                        let by = if step.noticed_by.is_empty() { owners } else { step.noticed_by.0.clone() };
                        by.iter().for_each(|each| self.add(format!("knows {each} campaign.{name}")));
                    }
                    self.effect(&step.effect);
                }
            }
        }
        for (position, (name, hazard)) in scenario.hazard.iter().enumerate() {
            let holds = || self.may_hold(Trigger::Hazard(position as u32));
            if hazard.at.is_some() || hazard.rate.is_some() || holds() {
                self.add(format!("hazard.{name}"));
                self.effect(&hazard.effect);
            }
        }
        for (position, (name, inject)) in scenario.inject.iter().enumerate() {
            let behind = inject.branch_of.iter().all(|parent| self.has(&format!("inject.{parent}")));
            if behind && (inject.at.is_some() || self.may_hold(Trigger::Inject(position as u32))) {
                self.add(format!("inject.{name}"));
                self.effect(&inject.effect);
                for responder in inject.to.iter() {
                    for subject in touched(&inject.effect) {
                        self.add(format!("knows {responder} {subject}"));
                    }
                }
            }
        }
        self.narratives();
        self.systems();
        self.knowledge();
        for (position, (name, response)) in scenario.response.iter().enumerate() {
            let after = response.after.iter().all(|first| self.has(&format!("response.{first}")));
            let called =
                response.at.is_some() || response.when.is_none() || self.may_hold(Trigger::Response(position as u32));
            let knows = self.unknown_to(name).is_none();
            if after && called && knows {
                self.add(format!("response.{name}"));
                self.effect(&response.effect);
            }
        }
        for (position, name) in scenario.contingency.keys().enumerate() {
            if self.may_hold(Trigger::Contingency(position as u32)) {
                self.add(format!("contingency.{name}"));
            }
        }
    }

    fn narratives(&mut self) {
        let scenario = self.scenario;
        let mut fuel = 0;
        for (position, (name, narrative)) in scenario.narrative.iter().enumerate() {
            let fed = (0..narrative.fuel.len()).any(|each| self.may_hold(Trigger::Fuel(fuel + each as u32)));
            fuel += narrative.fuel.len() as u32;
            let starts = narrative.at.is_some() || self.may_hold(Trigger::Narrative(position as u32));
            if fed || starts || self.has(&format!("publish narrative.{name}")) {
                self.add(format!("narrative.{name}"));
            }
        }
    }

    fn systems(&mut self) {
        for (name, asset) in &self.scenario.asset {
            for (trouble, through) in [("disrupt", &asset.depends), ("alter", &asset.reads)] {
                if through.iter().any(|other| self.has(&format!("{trouble} asset.{other}"))) {
                    self.add(format!("{trouble} asset.{name}"));
                }
            }
            let troubled =
                ["disrupt", "alter", "compromise"].iter().any(|verb| self.has(&format!("{verb} asset.{name}")));
            if let (true, Some(owner)) = (troubled, &asset.owner) {
                self.add(format!("knows {owner} asset.{name}"));
            }
        }
    }

    fn knowledge(&mut self) {
        let scenario = self.scenario;
        for (name, responder) in &scenario.responder {
            for (rumour, narrative) in &scenario.narrative {
                let reviews = responder.kind == ResponderKind::Platform && !narrative.on.is_empty();
                if self.has(&format!("narrative.{rumour}")) && (responder.notices.is_some() || reviews) {
                    self.add(format!("knows {name} narrative.{rumour}"));
                }
            }
        }
        let known: Vec<(String, String)> = self
            .facts
            .iter()
            .filter_map(|fact| fact.strip_prefix("knows "))
            .filter_map(|fact| fact.split_once(' '))
            .map(|(who, what)| (who.to_owned(), what.to_owned()))
            .collect();
        for (who, what) in known {
            for channel in scenario.channel.values().filter(|channel| channel.from == who) {
                if channel.about.is_empty() || channel.about.contains(&what) {
                    channel.to.iter().for_each(|to| self.add(format!("knows {to} {what}")));
                }
            }
            for milestone in scenario.milestone.values().filter(|milestone| milestone.meeting.contains(&who)) {
                milestone.meeting.iter().for_each(|to| self.add(format!("knows {to} {what}")));
            }
        }
    }

    fn effect(&mut self, effect: &Effect) {
        for subject in touched(effect) {
            match subject.split_once('.') {
                Some(("asset", _)) => {
                    if effect.disrupt.as_ref().is_some_and(|verb| names(&verb.asset, &subject)) {
                        self.add(format!("disrupt {subject}"));
                    }
                    if effect.compromise.as_ref().is_some_and(|verb| names(&verb.asset, &subject)) {
                        self.add(format!("compromise {subject}"));
                    }
                    if effect.alter.as_ref().is_some_and(|verb| names(&verb.asset, &subject)) {
                        self.add(format!("alter {subject}"));
                    }
                }
                _ => self.add(format!("publish {subject}")),
            }
        }
        if let Some(verb) = &effect.attribute {
            verb.adversary.iter().for_each(|each| {
                self.add(format!("attribute adversary.{each}"));
                for responder in self.scenario.responder.keys() {
                    self.add(format!("knows {responder} adversary.{each}"));
                }
            });
        }
        if let Some(verb) = &effect.tell {
            for responder in verb.responder.iter() {
                verb.about.iter().for_each(|about| self.add(format!("knows {responder} {about}")));
            }
        }
        if effect.inform.is_some() || effect.shake.is_some() || effect.declare.is_some() {
            self.add("confidence".to_owned());
        }
    }

    fn owners(&self, effect: &Effect) -> Vec<String> {
        touched(effect)
            .iter()
            .filter_map(|subject| self.scenario.asset.get(subject.strip_prefix("asset.")?)?.owner.clone())
            .collect()
    }

    fn steps_before(&self, name: &str) -> u32 {
        let before = self.scenario.campaign.iter().take_while(|(other, _)| *other != name);
        before.map(|(_, campaign)| campaign.step.len() as u32).sum()
    }

    /// Whether the condition that sets something off may ever hold. False where there is none.
    fn may_hold(&self, trigger: Trigger) -> bool {
        let watch = self.watches.iter().find(|watch| watch.trigger == trigger);
        watch.is_some_and(|watch| self.value(&watch.bound.root) != Some(0.0))
    }

    /// The value a slot keeps for ever, if nothing can move it.
    fn frozen(&self, slot: u32) -> Option<f64> {
        let (name, offer) = self.registry.get(slot)?;
        let any_narrative = self.scenario.narrative.keys().any(|name| self.has(&format!("narrative.{name}")));
        let parts: Vec<&str> = name.split('.').collect();
        let moves = match parts[..] {
            ["asset", asset, "compromised"] => self.has(&format!("compromise asset.{asset}")),
            ["asset", asset, "wrong"] => self.has(&format!("alter asset.{asset}")),
            ["asset", asset, "detected" | "repelled"] => {
                ["disrupt", "alter", "compromise"].iter().any(|verb| self.has(&format!("{verb} asset.{asset}")))
            }
            ["asset", asset, _] => self.has(&format!("disrupt asset.{asset}")),
            ["narrative" | "reach" | "belief", narrative, ..] => self.has(&format!("narrative.{narrative}")),
            ["confidence", _] => any_narrative || self.has("confidence"),
            ["participation", _] | ["platform", ..] => any_narrative,
            ["adversary", adversary, "attributed"] => self.has(&format!("attribute adversary.{adversary}")),
            ["campaign", campaign, "noticed"] => self.has(&format!("noticed campaign.{campaign}")),
            ["campaign", campaign, _] => self.has(&format!("campaign.{campaign}")),
            ["response", response, _] => self.has(&format!("response.{response}")),
            ["hazard", hazard, _] => self.has(&format!("hazard.{hazard}")),
            ["inject", inject, _] => self.has(&format!("inject.{inject}")),
            ["contingency", contingency] => self.has(&format!("contingency.{contingency}")),
            ["responder", responder, "knows", kind, subject] => {
                self.has(&format!("knows {responder} {kind}.{subject}"))
            }
            _ => true,
        };
        (!moves).then_some(offer.initial)
    }

    /// The value of a term where it is certain.
    fn value(&self, term: &Term) -> Option<f64> {
        let truth = |holds: bool| Some(f64::from(u8::from(holds)));
        match term {
            Term::Constant(value) => Some(*value),
            Term::Now => None,
            Term::Slot(slot) => self.frozen(*slot),
            // A truth that never holds has been held for no time, and never was; since when is beyond every bound.
            Term::Held(slot) | Term::Ever(slot) => self.frozen(*slot).filter(|value| *value == 0.0),
            Term::Since(slot) => self.frozen(*slot).filter(|value| *value == 0.0).map(|_| f64::INFINITY),
            Term::Not(inner) => self.value(inner).and_then(|value| truth(value == 0.0)),
            Term::Negate(inner) => self.value(inner).map(|value| -value),
            Term::Binary(Operator::And, left, right) => match (self.value(left), self.value(right)) {
                (Some(0.0), _) | (_, Some(0.0)) => Some(0.0),
                (Some(_), Some(_)) => Some(1.0),
                _ => None,
            },
            Term::Binary(Operator::Or, left, right) => match (self.value(left), self.value(right)) {
                (Some(0.0), Some(0.0)) => Some(0.0),
                (Some(value), _) | (_, Some(value)) if value != 0.0 => Some(1.0),
                _ => None,
            },
            Term::Binary(operator, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                match operator {
                    Operator::Less => truth(left < right),
                    Operator::LessOrEqual => truth(left <= right),
                    Operator::Greater => truth(left > right),
                    Operator::GreaterOrEqual => truth(left >= right),
                    Operator::Equal => truth(left == right),
                    Operator::NotEqual => truth(left != right),
                    Operator::Add => Some(left + right),
                    Operator::Subtract => Some(left - right),
                    Operator::Multiply => Some(left * right),
                    Operator::Divide => Some(left / right),
                    Operator::And | Operator::Or => None,
                }
            }
            Term::Min(terms) => self.fold(terms, f64::min),
            Term::Max(terms) => self.fold(terms, f64::max),
            Term::Count(terms) => self.fold(terms, |sum, each| sum + each),
        }
    }

    fn fold(&self, terms: &[Term], combine: impl Fn(f64, f64) -> f64) -> Option<f64> {
        let values: Option<Vec<f64>> = terms.iter().map(|term| self.value(term)).collect();
        values?.into_iter().reduce(combine)
    }

    /// Something the owner of a response can never learn of although its condition names it.
    fn unknown_to(&self, response: &str) -> Option<String> {
        let position = self.scenario.response.get_index_of(response)?;
        let watch = self.watches.iter().find(|watch| watch.trigger == Trigger::Response(position as u32))?;
        let owner = &self.scenario.response[response].owner;
        let subjects = crate::world::compile::subject_names(self.scenario);
        let named = watch.bound.reads.iter().filter_map(|slot| self.registry.get(*slot)?.1.subject);
        named
            .filter_map(|subject| subjects.get(subject.0 as usize))
            .find(|subject| !self.has(&format!("knows {owner} {subject}")))
            .cloned()
    }

    fn never(&self) -> Vec<Problem> {
        let mut warnings = Vec::new();
        let scenario = self.scenario;
        for (name, response) in &scenario.response {
            if self.has(&format!("response.{name}")) {
                continue;
            }
            let path = format!("response.{name}");
            let warning = match (
                self.unknown_to(name),
                response.after.iter().find(|first| !self.has(&format!("response.{first}"))),
            ) {
                (_, Some(first)) => Problem::warning(
                    path,
                    format!("response `{name}` can never begin: `{first}` must come first and never does"),
                ),
                (Some(subject), None)
                    if self.may_hold(Trigger::Response(scenario.response.get_index_of(name).unwrap_or(0) as u32)) =>
                {
                    Problem::warning(
                        path,
                        format!("response `{name}` can never begin: `{}` never learns of `{subject}`", response.owner),
                    )
                    .help("add a channel to it, let it notice by itself (`notices`), or let an inject tell it")
                }
                _ => Problem::warning(
                    format!("{path}.when"),
                    format!("response `{name}` can never begin: nothing brings its condition about"),
                ),
            };
            warnings.push(warning);
        }
        for (name, inject) in scenario.inject.iter().filter(|(name, _)| !self.has(&format!("inject.{name}"))) {
            let parent = inject.branch_of.as_ref().filter(|parent| !self.has(&format!("inject.{parent}")));
            warnings.push(match parent {
                Some(parent) => Problem::warning(
                    format!("inject.{name}.branch-of"),
                    format!("inject `{name}` cannot be reached: `{parent}`, behind which it lies, never is"),
                ),
                None => Problem::warning(
                    format!("inject.{name}.when"),
                    format!("inject `{name}` cannot be reached: nothing brings its condition about"),
                ),
            });
        }
        for name in scenario.contingency.keys().filter(|name| !self.has(&format!("contingency.{name}"))) {
            warnings.push(
                Problem::warning(format!("contingency.{name}.when"), format!("nothing can cause contingency `{name}`"))
                    .help("its odds will be 0 in every plan: is an adversary, a hazard or an inject missing?"),
            );
        }
        for name in scenario.narrative.keys().filter(|name| !self.has(&format!("narrative.{name}"))) {
            warnings.push(
                Problem::warning(format!("narrative.{name}"), format!("nothing starts or feeds narrative `{name}`"))
                    .help("give it `at` or `when`, a fuel, or let a step, hazard or inject publish it"),
            );
        }
        warnings
    }

    fn unused(&self) -> Vec<Problem> {
        let scenario = self.scenario;
        let mut warnings = Vec::new();
        for (name, responder) in &scenario.responder {
            let acts = scenario.response.values().any(|response| response.owner == *name);
            let relays = scenario.channel.values().any(|channel| channel.from == *name || channel.to.contains(name));
            let owns = scenario.asset.values().any(|asset| asset.owner.as_ref() == Some(name));
            let told = scenario.inject.values().any(|inject| inject.to.contains(name));
            let meets = scenario.milestone.values().any(|milestone| milestone.meeting.contains(name));
            if !(acts || relays || owns || told || meets || responder.platform.is_some()) {
                warnings.push(
                    Problem::warning(format!("responder.{name}"), format!("responder `{name}` is never used"))
                        .help("give it a response, a channel or an inject, or take it out"),
                );
            }
        }
        for name in scenario.objective.keys() {
            if !scenario.inject.values().any(|inject| inject.objective.contains(name)) {
                warnings.push(
                    Problem::warning(format!("objective.{name}"), format!("no inject serves objective `{name}`"))
                        .help(format!("add `objective = \"{name}\"` to an inject that lets players show it")),
                );
            }
        }
        for name in scenario.adversary.keys() {
            if !scenario.campaign.values().any(|campaign| campaign.by == *name) {
                warnings
                    .push(Problem::warning(format!("adversary.{name}"), format!("adversary `{name}` has no campaign")));
            }
        }
        warnings
    }
}

/// What an effect touches, with its kind.
fn touched(effect: &Effect) -> BTreeSet<String> {
    let assets = [
        effect.disrupt.as_ref().map(|verb| &verb.asset),
        effect.compromise.as_ref().map(|verb| &verb.asset),
        effect.alter.as_ref().map(|verb| &verb.asset),
    ];
    let assets = assets.into_iter().flatten().flat_map(|names| names.iter()).map(|name| format!("asset.{name}"));
    let narratives =
        effect.publish.iter().flat_map(|verb| verb.narrative.iter()).map(|name| format!("narrative.{name}"));
    assets.chain(narratives).collect()
}

fn names(names: &[String], subject: &str) -> bool {
    subject.strip_prefix("asset.").is_some_and(|name| names.iter().any(|each| each == name))
}
