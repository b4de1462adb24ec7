//! No text, however broken, makes the loader panic, and every problem has a place that can be shown.

use super::mutator::Mutator;
use canvass::scenario::{Loaded, Style, render, render_json};
use proptest::prelude::*;

const SCENARIOS: [&str; 4] = [
    include_str!("../good/results-page.toml"),
    include_str!("../bad/authority.toml"),
    include_str!("../bad/people.toml"),
    include_str!("../bad/overrides.toml"),
];

fn survives(text: &str) {
    let loaded = Loaded::from_text("mutant.toml", text);
    let shown = render(&loaded, loaded.problems(), Style::default());
    assert_eq!(shown.is_empty(), loaded.problems().is_empty());
    let entries: serde_json::Value = serde_json::from_str(&render_json(&loaded, loaded.problems())).unwrap();
    assert_eq!(entries.as_array().unwrap().len(), loaded.problems().len());
    for problem in loaded.problems() {
        let missed =
            problem.message.starts_with("the scenario cannot be read") || problem.message.contains("do not fit");
        assert!(!missed, "the walk let pass what serde refuses: {}\n{text}", problem.message);
    }
    for plan in loaded.plans() {
        let _ = loaded.plan(&plan);
    }
}

#[test]
fn two_thousand_mutants_are_answered() {
    let mut mutator = Mutator::new(20_261_103);
    for round in 0..2_000 {
        let mutant = mutator.mutate(SCENARIOS[round % SCENARIOS.len()]);
        survives(&mutant);
    }
}

#[test]
fn every_beginning_of_a_scenario_is_answered() {
    for end in (0..SCENARIOS[0].len()).step_by(3) {
        survives(&SCENARIOS[0][..end]);
    }
}

#[test]
fn deep_nesting_is_answered() {
    for opening in ["[", "{a=", "a."] {
        survives(&format!("a = {}", opening.repeat(20_000)));
        survives(&format!("{}a = 1", opening.repeat(20_000)));
    }
    let deep = "(".repeat(20_000);
    survives(&format!("[contingency.dark]\ntitle = \"x\"\nwhen = \"{deep}\"\n"));
    survives(&format!("[asset.portal]\ndetect = \"{deep}\"\n"));
    survives(&format!("[contingency.dark]\ntitle = \"x\"\nwhen = \"{}now > 1h\"\n", "not ".repeat(20_000)));
    survives(&format!("[plan.a.set]\n\"asset{}\" = 1\n", "[0]".repeat(20_000)));
}

#[test]
fn long_circles_are_answered() {
    let chain: String =
        (0..2_000).map(|at| format!("[milestone.m{at}]\nat = \"m{} + 1h\"\n", (at + 1) % 2_000)).collect();
    survives(&chain);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        survives(&text);
    }

    #[test]
    fn any_value_is_answered(key in "[a-z]{1,8}", value in "[\\[\\]{}\"0-9a-z., =%-]{0,40}") {
        survives(&format!("[scenario]\n{key} = {value}\n[asset.portal]\n{key} = \"{value}\"\n"));
    }
}
