//! Every number of the library says on what it rests, or is one of a few kinds that rest on nothing but the author's will.

use crate::shelf::{files, plan};
use canvass::scenario::{Basis, Grade, Loaded};
use canvass::world::{Ledger, LedgerEntry, Model, Origin, Standing, defaults};

/// Keys whose numbers are decisions, each with why nobody could look them up. A star stands for one step of a path.
const DECISIONS: [(&str, &str); 13] = [
    ("milestone.*.at", "the calendar of the exercise"),
    ("milestone.*.every", "how often a table meets"),
    ("inject.*.at", "the script of the exercise"),
    ("inject.*.for", "how long a room is given before the next thing is the script of the exercise"),
    ("exercise.duration", "how long people sit together is for them to say"),
    ("response.*.at", "when a plan acts is what the plan is"),
    ("campaign.*.step[*].at", "the script of the exercise; its uncertainty is swept with the rest"),
    ("hazard.*.at", "the script of the exercise; its uncertainty is swept with the rest"),
    ("contingency.*.above", "what counts as too much is for the planner to say"),
    ("contingency.*.after", "what counts as too late is for the planner to say"),
    ("contingency.*.for", "what counts as too long is for the planner to say"),
    ("response.*.cost", "points of a budget of the planner's own"),
    ("responder.*.staff", "how many people an office puts to it"),
];

/// Every number that a run of any plan of a scenario draws or reads.
pub(crate) fn ledger(scenario: &Loaded) -> Ledger {
    let mut ledger = Ledger::default();
    for name in scenario.plans() {
        let model = Model::compile(&plan(scenario, &name)).unwrap();
        ledger.add(&name, &scenario.numbers(&name, &[]), &model);
    }
    ledger
}

fn is_decision(entry: &LedgerEntry) -> bool {
    let steps = |path: &str| -> Vec<String> {
        let step = |step: &str| step.split_once('[').map_or(step.to_owned(), |(list, _)| format!("{list}[*]"));
        path.split('.').map(step).collect()
    };
    let path = steps(&entry.path);
    DECISIONS.iter().any(|(pattern, _)| {
        let pattern = steps(pattern);
        pattern.len() == path.len() && pattern.iter().zip(&path).all(|(wanted, step)| wanted == "*" || wanted == step)
    })
}

/// What is wrong with an entry, if anything is.
fn unfounded(entry: &LedgerEntry) -> Option<&'static str> {
    match entry.standing {
        Standing::Unstated => Some("does not say on what it rests"),
        Standing::Choice if !is_decision(entry) => Some("is a claim, and not a decision"),
        Standing::Cited if entry.source.is_none() => Some("is cited from nowhere"),
        Standing::Estimated if entry.source.is_none() => Some("is estimated from nothing"),
        Standing::Assumed if entry.grade != Some(Grade::D) => Some("is assumed, and graded as if it were not"),
        _ => None,
    }
}

#[test]
fn no_number_of_the_library_is_without_a_basis() {
    for path in files("scenarios") {
        let scenario = Loaded::read(&path).unwrap();
        let entries = ledger(&scenario).entries();
        assert!(entries.len() > 10, "{}", scenario.id());
        for entry in entries {
            let what = format!("{}: {} = {}", scenario.id(), entry.path, entry.written);
            assert_eq!(unfounded(&entry), None, "{what}");
            if let Origin::Written(place) = &entry.origin {
                assert!(place.contains(".toml:"), "{what} stands in {place}");
            }
        }
    }
}

/// The test above can fail: each basis of a scenario that is taken away is missed.
#[test]
fn a_basis_that_is_taken_away_is_missed() {
    let text = std::fs::read_to_string("scenarios/starter-results-site.toml").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut taken = 0;
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("basis = \"")) {
        // The last number of a line that holds several.
        let (before, rest) = line.rsplit_once("{ value = ").unwrap();
        let (value, rest) = rest.split_once(", basis").unwrap();
        let bare = format!("{before}{value}{}", rest.split_once('}').unwrap().1);
        let mutant: Vec<&str> =
            lines.iter().enumerate().map(|(at, line)| if at == place { &bare } else { *line }).collect();
        let scenario = Loaded::from_text("mutant.toml", &mutant.join("\n"));
        let entries = ledger(&scenario).entries();
        // What is for the planner to say needs no basis.
        let here = format!("mutant.toml:{}", place + 1);
        let stands_here = |entry: &&LedgerEntry| matches!(&entry.origin, Origin::Written(at) if *at == here);
        if entries.iter().filter(stands_here).all(is_decision) {
            continue;
        }
        assert!(entries.iter().any(|entry| unfounded(entry).is_some()), "nothing is missed at `{bare}`");
        taken += 1;
    }
    assert!(taken > 15, "{taken}");
}

/// Numbers that no key says, so that no author can vary them.
const WITHOUT_KEY: [&str; 1] = ["SPILL_LAG"];

#[test]
fn every_assumption_that_is_built_in_can_be_varied() {
    let mut tried = std::collections::BTreeSet::new();
    for path in files("scenarios") {
        let scenario = Loaded::read(&path).unwrap();
        let name = &scenario.plans()[0];
        let model = Model::compile(&plan(&scenario, name)).unwrap();
        let mut ledger = Ledger::default();
        ledger.add(name, &[], &model);
        for assumption in ledger.assumptions() {
            let Origin::BuiltIn(built_in, _) = assumption.entry.origin else { continue };
            if WITHOUT_KEY.contains(&built_in) || !tried.insert(built_in) {
                continue;
            }
            for end in assumption.ends.unwrap() {
                let values: Vec<(String, String)> =
                    assumption.keys.iter().map(|key| (key.clone(), end.clone())).collect();
                let varied = scenario.plan_with(name, &values).and_then(|planned| Model::compile(&planned));
                assert!(
                    varied.is_ok(),
                    "{}: {built_in} = {end} at {:?}: {:?}",
                    scenario.id(),
                    assumption.keys,
                    varied.err()
                );
            }
        }
    }
    assert!(tried.len() > 50, "{tried:?}");
}

#[test]
fn no_built_in_number_is_without_a_basis() {
    for default in defaults::ALL {
        assert!(default.source.trim().len() > 5, "{} has no source and no reason", default.name);
        assert_eq!(default.basis == Basis::Assumed, default.grade == Grade::D, "{}", default.name);
    }
}
