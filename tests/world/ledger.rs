//! The ledger of evidence: what stands in it, and what each number in it rests on.

use crate::trial::{loaded, text};
use canvass::scenario::Grade;
use canvass::world::{Ledger, LedgerEntry, Model, Origin, Shares, Standing};

const BODY: &str = r#"
[uncertainty.pace]
value = "2h to 8h"
basis = "estimated"
source = "two cases"
grade = "C"

[responder.office]
kind = "local-election-office"
staff = 3

[asset.page]
owner = "office"
detect = { value = "10min", basis = "cited", source = "a report", grade = "B" }
recover = { value = "pace", basis = "assumed" }

[asset.mirror]
owner = "office"
detect = { value = "1h to 4h", source = "another report" }
recover = "2h"

[response.switch]
owner = "office"
when = "asset.page.down"
takes = { value = "5min", basis = "assumed", source = "rehearsed" }
effect = { restore = { asset = "page" } }
cost = 2

[plan.today]
without = "switch"

[plan.quick]

[plan.quick.set]
"asset.mirror.recover" = "30min"
"#;

fn ledger(plans: &[&str], values: &[(String, String)]) -> Ledger {
    let scenario = loaded(&text(24, BODY));
    let mut ledger = Ledger::default();
    for name in plans {
        let planned = scenario.plan_with(name, values).unwrap();
        ledger.add(name, &scenario.numbers(name, values), &Model::compile(&planned).unwrap());
    }
    ledger
}

fn entry(ledger: &Ledger, path: &str) -> LedgerEntry {
    let found: Vec<LedgerEntry> = ledger.entries().into_iter().filter(|entry| entry.path == path).collect();
    assert_eq!(found.len(), 1, "{path}: {found:#?}");
    found[0].clone()
}

#[test]
fn each_number_carries_what_it_rests_on() {
    let ledger = ledger(&["today"], &[]);
    let detect = entry(&ledger, "asset.page.detect");
    assert_eq!((detect.standing, detect.grade), (Standing::Cited, Some(Grade::B)));
    assert_eq!((detect.source.as_deref(), detect.unit.word()), (Some("a report"), "h"));
    assert!(detect.points.unwrap().iter().all(|hours| (hours - 1.0 / 6.0).abs() < 1e-12));
    // Whoever names a source cites it, and an assumption is of the lowest grade.
    assert_eq!(entry(&ledger, "asset.mirror.detect").standing, Standing::Cited);
    assert_eq!(entry(&ledger, "asset.mirror.recover").standing, Standing::Unstated);
    let pace = entry(&ledger, "uncertainty.pace.value");
    assert_eq!((pace.standing, pace.grade), (Standing::Estimated, Some(Grade::C)));
    let [low, middle, high] = pace.points.unwrap();
    assert!((low - 2.0).abs() < 1e-9 && (middle - 4.0).abs() < 1e-9 && (high - 8.0).abs() < 1e-9);
    // A number worked out from an uncertainty rests on that one.
    assert!(ledger.entries().iter().all(|entry| entry.path != "asset.page.recover"));
    assert_eq!(entry(&ledger, "responder.office.staff").standing, Standing::Choice);
    let line = text(24, BODY).lines().position(|line| line.starts_with("recover = \"2h\"")).unwrap() + 1;
    assert_eq!(entry(&ledger, "asset.mirror.recover").origin, Origin::Written(format!("trial.toml:{line}")));
}

#[test]
fn a_built_in_number_is_in_force_only_where_the_file_is_silent() {
    let ledger = ledger(&["today"], &[]);
    let entries = ledger.entries();
    assert!(entries.iter().all(|entry| !matches!(entry.origin, Origin::BuiltIn("DETECT" | "STAFF", _))));
    let hardened = entry(&ledger, "asset.*.hardened");
    assert_eq!((hardened.origin, hardened.standing), (Origin::BuiltIn("HARDENED", 2), Standing::Assumed));
    assert!(hardened.source.is_some() && hardened.grade == Some(Grade::D));
}

#[test]
fn plans_differ_in_what_they_rest_on() {
    let today = ledger(&["today"], &[]);
    assert!(today.entries().iter().all(|entry| !entry.path.starts_with("response.")), "it is left out");
    let both = ledger(&["today", "quick"], &[]);
    assert_eq!(entry(&both, "response.switch.takes").plans, ["quick"]);
    assert!(entry(&both, "asset.page.detect").plans.is_empty(), "it holds under all of them");
    let of_mirror: Vec<LedgerEntry> =
        both.entries().into_iter().filter(|entry| entry.path == "asset.mirror.recover").collect();
    let told: Vec<(&str, Standing)> = of_mirror.iter().map(|entry| (entry.written.as_str(), entry.standing)).collect();
    // What a plan sets is what the plan is.
    assert_eq!(told, [("2h", Standing::Unstated), ("30min", Standing::Choice)]);
    let values = [("asset.page.detect".to_owned(), "3min".to_owned())];
    let detect = entry(&ledger(&["today"], &values), "asset.page.detect");
    assert_eq!((detect.origin, detect.written.as_str()), (Origin::Written("command line".to_owned()), "3min"));
}

#[test]
fn the_shares_count_every_number_once_and_decisions_apart() {
    let ledger = ledger(&["today", "quick"], &[]);
    let Shares { cited, estimated, assumed, unstated, built_in, choices } = ledger.shares();
    assert_eq!(
        (unstated, choices),
        (2, 3),
        "the mirror's recovery and the population; staff, cost and what the plan sets"
    );
    let entries = ledger.entries();
    assert_eq!(cited + estimated + assumed + unstated + choices, entries.len() as u64);
    let silent = entries.iter().filter(|entry| matches!(entry.origin, Origin::BuiltIn(..))).count();
    assert_eq!(built_in, silent as u64);
    assert_eq!(ledger.shares().all(), entries.len() as u64 - choices);
}
