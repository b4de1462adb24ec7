//! What every scenario of the library owes its reader: titles, reasons, evidence, and an exercise that can be played.

use crate::shelf::files;
use canvass::scenario::Loaded;
use canvass::scenario::model::Scenario;

/// Everything a scenario leaves out that a reader would ask for.
pub(crate) fn missing(loaded: &Loaded, text: &str) -> Vec<String> {
    let Some(scenario) = loaded.scenario() else { return vec!["it cannot be read".to_owned()] };
    let mut missing = Vec::new();
    about(scenario, text, &mut missing);
    titles(scenario, &mut missing);
    exercise(scenario, &mut missing);
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

fn exercise(scenario: &Scenario, missing: &mut Vec<String>) {
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
    for (name, inject) in &scenario.inject {
        let parts = [!inject.to.is_empty(), inject.text.is_some(), inject.expected.is_some()];
        // What only moves the world, as a call of the race, is read out to nobody.
        if parts.contains(&true) && parts.contains(&false) {
            missing.push(format!("inject.{name} lacks whom it is given to, what is read out, or what is expected"));
        }
    }
    for (name, campaign) in &scenario.campaign {
        for (number, step) in campaign.step.iter().enumerate() {
            if step.tags.is_empty() && !scenario.scenario.sources.is_empty() {
                missing.push(format!("campaign.{name}.step[{number}] names no technique"));
            }
        }
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
