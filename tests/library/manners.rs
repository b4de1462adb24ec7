//! What every scenario of the library owes its reader: titles, reasons, evidence, and an exercise that can be played.

use crate::shelf::files;
use canvass::scenario::Loaded;
use canvass::scenario::model::Scenario;

/// The core capabilities of the National Preparedness Goal (second edition, 2015), by which exercises of the United States are planned.
const CAPABILITIES: [&str; 32] = [
    "Access Control and Identity Verification",
    "Community Resilience",
    "Critical Transportation",
    "Cybersecurity",
    "Economic Recovery",
    "Environmental Response/Health and Safety",
    "Fatality Management Services",
    "Fire Management and Suppression",
    "Forensics and Attribution",
    "Health and Social Services",
    "Housing",
    "Infrastructure Systems",
    "Intelligence and Information Sharing",
    "Interdiction and Disruption",
    "Logistics and Supply Chain Management",
    "Long-term Vulnerability Reduction",
    "Mass Care Services",
    "Mass Search and Rescue Operations",
    "Natural and Cultural Resources",
    "On-scene Security, Protection, and Law Enforcement",
    "Operational Communications",
    "Operational Coordination",
    "Physical Protective Measures",
    "Planning",
    "Public Health, Healthcare, and Emergency Medical Services",
    "Public Information and Warning",
    "Risk Management for Protection Programs and Activities",
    "Risk and Disaster Resilience Assessment",
    "Screening, Search, and Detection",
    "Situational Assessment",
    "Supply Chain Integrity and Security",
    "Threats and Hazards Identification",
];

/// The longest title of an inject or objective that a list of events shows whole.
const TITLE: usize = 80;

/// Everything a scenario leaves out that a reader would ask for.
pub(crate) fn missing(loaded: &Loaded, text: &str) -> Vec<String> {
    let Some(scenario) = loaded.scenario() else { return vec!["it cannot be read".to_owned()] };
    let mut missing = Vec::new();
    about(scenario, text, &mut missing);
    titles(scenario, &mut missing);
    reasons(scenario, &mut missing);
    exercise(scenario, &mut missing);
    injects(scenario, &mut missing);
    missing
}

fn about(scenario: &Scenario, text: &str, missing: &mut Vec<String>) {
    for key in ["runs", "seed"] {
        if !text.lines().any(|line| line.starts_with(key)) {
            missing.push(format!("[scenario] does not say {key}"));
        }
    }
    for (name, uncertainty) in &scenario.uncertainty {
        if uncertainty.basis.is_none() || uncertainty.source.is_none() {
            missing.push(format!("uncertainty.{name} does not say on what it rests"));
        }
    }
    for check in &scenario.checks {
        if check.because.is_none() {
            missing.push(format!("nobody says why `{}`", check.that.0.text));
        }
    }
    if !text.starts_with('#') {
        missing.push("it does not begin with what it teaches".to_owned());
    }
}

fn titles(scenario: &Scenario, missing: &mut Vec<String>) {
    let mut title = |path: String, given: bool| {
        if !given {
            missing.push(format!("{path} has no title"));
        }
    };
    scenario.milestone.iter().for_each(|(name, each)| title(format!("milestone.{name}"), each.title.is_some()));
    scenario.adversary.iter().for_each(|(name, each)| title(format!("adversary.{name}"), each.title.is_some()));
    scenario.hazard.iter().for_each(|(name, each)| title(format!("hazard.{name}"), each.title.is_some()));
    scenario.asset.iter().for_each(|(name, each)| title(format!("asset.{name}"), each.title.is_some()));
    scenario.platform.iter().for_each(|(name, each)| title(format!("platform.{name}"), each.title.is_some()));
    scenario.responder.iter().for_each(|(name, each)| title(format!("responder.{name}"), each.title.is_some()));
    scenario.response.iter().for_each(|(name, each)| title(format!("response.{name}"), each.title.is_some()));
    scenario.uncertainty.iter().for_each(|(name, each)| title(format!("uncertainty.{name}"), each.title.is_some()));
    scenario.plan.iter().for_each(|(name, each)| title(format!("plan.{name}"), each.title.is_some()));
    for (name, contingency) in &scenario.contingency {
        title(format!("contingency.{name}"), contingency.title.is_some() || contingency.standard.is_some());
    }
    for (name, campaign) in &scenario.campaign {
        title(format!("campaign.{name}"), campaign.title.is_some());
        for (number, step) in campaign.step.iter().enumerate() {
            title(format!("campaign.{name}.step[{number}]"), step.title.is_some());
        }
    }
}

fn reasons(scenario: &Scenario, missing: &mut Vec<String>) {
    for (name, asset) in &scenario.asset {
        if asset.owner.is_none() {
            missing.push(format!("asset.{name} belongs to nobody"));
        }
    }
    for (name, narrative) in &scenario.narrative {
        if narrative.fuel.iter().any(|fuel| fuel.because.is_none()) {
            missing.push(format!("narrative.{name} does not say why something feeds it"));
        }
    }
    for (name, campaign) in &scenario.campaign {
        for (number, step) in campaign.step.iter().enumerate() {
            if step.noticed.is_some() && step.noticed_by.is_empty() {
                missing.push(format!("campaign.{name}.step[{number}] does not say who notices it"));
            }
            if step.tags.is_empty() && is_study(scenario) {
                missing.push(format!("campaign.{name}.step[{number}] names no technique"));
            }
        }
    }
}

/// Whether it is a study and not the empty form, which names no sources.
fn is_study(scenario: &Scenario) -> bool {
    !scenario.scenario.sources.is_empty()
}

/// The chain from an objective to what an evaluator ticks off.
fn exercise(scenario: &Scenario, missing: &mut Vec<String>) {
    let facts = &scenario.exercise;
    let given = facts.sponsor.is_some() && facts.scope.is_some() && facts.duration.is_some();
    if is_study(scenario) && !(given && facts.assumptions.len() >= 3) {
        missing.push("[exercise] lacks a sponsor, a scope, a duration or three assumptions".to_owned());
    }
    if scenario.objective.len() < if is_study(scenario) { 2 } else { 1 } {
        missing.push("too few objectives for an exercise".to_owned());
    }
    for (name, objective) in &scenario.objective {
        let serving = || scenario.inject.values().filter(|inject| inject.objective.contains(name));
        let mut lacks = |what: &str| missing.push(format!("objective.{name}: {what}"));
        if objective.title.chars().count() > TITLE {
            lacks("its title is too long for a list");
        }
        if !objective.capability.as_deref().is_some_and(|capability| CAPABILITIES.contains(&capability)) {
            lacks("it names no core capability");
        }
        if objective.target.is_none() {
            lacks("it has no target");
        }
        if objective.tasks.len() < 2 || !(2..=3).contains(&objective.questions.len()) {
            lacks("it wants two tasks or more, and two or three questions");
        }
        if objective.owner.is_empty() {
            lacks("nobody is evaluated by it");
        }
        for owner in objective.owner.iter() {
            if !serving().any(|inject| inject.to.contains(owner)) {
                lacks(&format!("no inject lets {owner} show it"));
            }
        }
        if !serving().any(|inject| inject.branch_of.is_none()) {
            lacks("all its injects are kept back");
        }
    }
}

fn injects(scenario: &Scenario, missing: &mut Vec<String>) {
    for (name, inject) in &scenario.inject {
        // What only moves the world, as a call of the race, is read out to nobody.
        if inject.to.is_empty() && inject.text.is_none() && inject.expected.is_none() && inject.objective.is_empty() {
            continue;
        }
        let mut lacks = |what: &str| missing.push(format!("inject.{name} lacks {what}"));
        if inject.to.is_empty() || inject.text.is_none() || inject.expected.is_none() {
            lacks("whom it is given to, what is read out, or what is expected");
        }
        if inject.from.is_none() || inject.method.is_none() || inject.objective.is_empty() {
            lacks("from whom it comes, by what way, or an objective");
        }
        if is_study(scenario) && (inject.controller.is_none() || inject.track.is_none()) {
            lacks("who gives it, or its storyline");
        }
        if inject.title.chars().count() > TITLE {
            lacks("a title that fits on a list");
        }
        let kept_back = inject.branch_of.is_some();
        if kept_back != inject.title.starts_with("Kept back: ") || kept_back && inject.when.is_none() {
            lacks("a branch with a condition, or a title that says that it is kept back");
        }
        if kept_back && is_study(scenario) && inject.because.is_none() {
            lacks("a word on when it is given");
        }
    }
    let kept_back = scenario.inject.values().filter(|inject| inject.branch_of.is_some()).count();
    if kept_back < if is_study(scenario) { 2 } else { 1 } {
        missing.push("too few injects are kept back".to_owned());
    }
}

#[test]
fn no_scenario_leaves_its_reader_without_a_title_a_reason_or_a_basis() {
    for path in files("scenarios") {
        let loaded = Loaded::read(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(missing(&loaded, &text), Vec::<String>::new(), "{}", loaded.id());
    }
}
