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

#[test]
fn no_number_of_the_library_is_without_a_basis() {
    for path in files("scenarios") {
        let scenario = Loaded::read(&path).unwrap();
        let entries = ledger(&scenario).entries();
        assert!(entries.len() > 10, "{}", scenario.id());
        for entry in entries {
            let what = format!("{}: {} = {}", scenario.id(), entry.path, entry.written);
            match entry.standing {
                Standing::Unstated => panic!("{what} does not say on what it rests"),
                Standing::Choice => assert!(is_decision(&entry), "{what} is a claim, and not a decision"),
                Standing::Cited => assert!(entry.source.is_some(), "{what} is cited from nowhere"),
                Standing::Estimated => assert!(entry.source.is_some(), "{what} is estimated from nothing"),
                Standing::Assumed => assert_eq!(entry.grade, Some(Grade::D), "{what}"),
            }
            if let Origin::Written(place) = &entry.origin {
                assert!(place.contains(".toml:"), "{what} stands in {place}");
            }
        }
    }
}

#[test]
fn no_built_in_number_is_without_a_basis() {
    for default in defaults::ALL {
        assert!(default.source.trim().len() > 5, "{} has no source and no reason", default.name);
        assert_eq!(default.basis == Basis::Assumed, default.grade == Grade::D, "{}", default.name);
    }
}
