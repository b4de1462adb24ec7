//! What an answer owes to its assumptions.

use canvass::scenario::Loaded;
use canvass::study::assumptions::{Asked, Doubts, vary};
use canvass::study::batch::Settings;
use canvass::world::{Ledger, Model};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

/// An outage that lasts as long as its two parts; the built-in protection stops the attack in nine runs of ten.
const PAGE: &str = r#"
[scenario]
title = "A page"
question = "How long is it dark?"
start = 2026-11-03T20:00:00Z
end = 2026-11-05T20:00:00Z

[responder.county]
kind = "local-election-office"
staff = 2

[asset.page]
owner = "county"
detect = { value = "10min", basis = "assumed" }
recover = { value = "uniform(1h, 3h)", basis = "assumed" }

[asset.shop]
owner = "county"
detect = { value = "5min", basis = "cited", source = "a log" }
recover = { value = "1h", basis = "assumed" }

[adversary.marsh]
kind = "state"

[campaign.flood]
by = "marsh"

[[campaign.flood.step]]
at = "start + 1h"
effect = { disrupt = { asset = "shop" } }

[hazard.overload]
at = "start"
effect = { disrupt = { asset = "page" } }

[response.cover]
owner = "county"
at = "start"
effect = { shield = { asset = "shop" } }

[measure.dark]
title = "Time the page is dark"
value = "asset.page.down"
take = "time-true"

[measure.stopped]
title = "Attacks stopped"
value = "asset.shop.repelled"
"#;

fn doubts(outcome: &str) -> Doubts {
    let loaded = Loaded::from_text("page.toml", PAGE);
    let model = Model::compile(&loaded.plan("all").unwrap()).unwrap();
    let mut ledger = Ledger::default();
    ledger.add("all", &loaded.numbers("all", &[]), &model);
    let asked = Asked { loaded: &loaded, plan: "all", model: &model, outcome };
    let settings = Settings { seed: 1, runs: 0..300, threads: NonZeroUsize::new(2).unwrap() };
    vary(asked, ledger.assumptions(), &settings, &AtomicBool::new(false), || {}).unwrap()
}

#[test]
fn each_assumption_is_put_at_both_ends_and_moves_what_rests_on_it_alone() {
    let doubts = doubts("dark");
    let moved: Vec<&str> = doubts
        .tried
        .iter()
        .filter(|doubt| doubt.is_clear())
        .map(|doubt| doubt.assumption.entry.path.as_str())
        .collect();
    assert_eq!(moved, ["asset.page.recover", "asset.page.detect"]);
    let of = |path: &str| doubts.tried.iter().find(|doubt| doubt.assumption.entry.path == path).unwrap();
    // Half and double of a certain number; where 5 and 95 % of its draws lie, for an uncertain one.
    let detect = of("asset.page.detect");
    assert_eq!(detect.assumption.ends, Some(["5min".to_owned(), "20min".to_owned()]));
    let hours = |moments: &canvass::study::statistics::Moments| moments.mean().unwrap();
    assert!(
        (hours(&detect.moves[0]) + 5.0 / 60.0).abs() < 1e-9 && (hours(&detect.moves[1]) - 10.0 / 60.0).abs() < 1e-9
    );
    let recover = of("asset.page.recover");
    assert_eq!(recover.assumption.ends, Some(["1.1h".to_owned(), "2.9h".to_owned()]));
    assert!((hours(&recover.levels[0]) - 1.1 - 10.0 / 60.0).abs() < 1e-9);
    assert!((hours(&recover.levels[2]) - 2.9 - 10.0 / 60.0).abs() < 1e-9);
    // What does not matter moves nothing, to the bit: all share their draws.
    let other = of("asset.shop.recover");
    assert!(other.moves.iter().all(|moves| moves.mean() == Some(0.0)) && !other.is_clear());
    // What has evidence is left alone, and so are conventions and decisions.
    let paths: Vec<&str> = doubts.tried.iter().map(|doubt| doubt.assumption.entry.path.as_str()).collect();
    for absent in
        ["asset.shop.detect", "hazard.overload.chance", "responder.county.staff", "campaign.*.step[*].success"]
    {
        assert!(!paths.contains(&absent), "{absent} is among {paths:?}");
    }
}

#[test]
fn a_built_in_assumption_is_put_at_the_ends_of_its_range() {
    let doubts = doubts("stopped");
    let first = &doubts.tried[0];
    assert_eq!(first.assumption.entry.path, "response.cover.effect.shield.stops");
    assert_eq!(first.assumption.ends, Some(["70 %".to_owned(), "99 %".to_owned()]));
    let share = |level: usize| first.levels[level].mean().unwrap();
    assert!(share(0) < share(1) && share(1) < share(2), "{first:?}");
    assert!((share(0) - 0.7).abs() < 0.08 && (share(2) - 0.99).abs() < 0.03, "{first:?}");
    assert!(first.is_clear() && doubts.untried.is_empty(), "{:?}", doubts.untried);
}
