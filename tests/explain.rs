//! Explanations against causes that were planted, and last moments against trying every minute.

use canvass::engine::Time;
use canvass::study::batch::Settings;
use canvass::study::explain::{Explanation, explain, pattern, patterns, survey};
use canvass::world::{Cause, Model, World};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

mod fixtures;

#[path = "explain/exemplar.rs"]
mod exemplar;

const HEAD: &str = r#"
[asset.page]
owner   = "county"
detect  = "5min"
recover = "5h"

[asset.portal]
owner   = "county"
detect  = "5min"
recover = "5h"
"#;

fn model(text: &str) -> Model {
    fixtures::evening(&format!("{HEAD}{text}"))
}

fn explained(model: &Model, run: u64) -> Explanation {
    explain(model, 1, run, 0).expect("the contingency happens in this run")
}

fn subjects(tree: &Cause) -> Vec<String> {
    let below = tree.causes.iter().flat_map(subjects);
    std::iter::once(tree.subject.clone()).chain(below).collect()
}

fn needed(explanation: &Explanation) -> Vec<&str> {
    let sources = explanation.necessity.sources.iter();
    sources.filter(|source| source.needed).map(|source| source.path.as_str()).collect()
}

/// Every minute at which a response would have prevented the contingency, found by trying all of them.
fn by_brute_force(model: &Model, run: u64, response: usize, last: Time) -> Vec<i64> {
    let mut world = World::new(model, 1);
    (0..=last.0 / 60_000)
        .filter(|minute| world.run_forced(run, response, Time(minute * 60_000)).contingencies[0].onset.is_none())
        .collect()
}

const SINGLE: &str = r#"
[hazard.overload]
title  = "The page gives way"
at     = 2026-11-03T20:10:00-05:00
effect = { disrupt = { asset = "page" } }

[hazard.elsewhere]
title  = "The portal gives way"
at     = 2026-11-03T20:00:00-05:00
effect = { disrupt = { asset = "portal" } }

[response.mirror]
title  = "The mirror"
owner  = "county"
when   = "asset.page.down > 2h"
takes  = "10min"
effect = { restore = { asset = "page" } }

[response.shield]
title  = "The shield"
owner  = "county"
when   = "asset.page.down > 2h"
takes  = "10min"
effect = { restore = { asset = "portal" } }

[contingency.dark]
title = "The page is dark for half an hour"
when  = "asset.page.down"
for   = "30min"
"#;

#[test]
fn a_single_cause_is_named_and_nothing_else() {
    let model = model(SINGLE);
    let found = explained(&model, 0);
    assert_eq!(subjects(&found.tree), ["contingency.dark", "asset.page", "hazard.overload"]);
    assert_eq!(found.onset, Time(100 * 60_000));
    assert_eq!(found.tree.causes[0].time, Time(70 * 60_000));
    assert_eq!(needed(&found), ["hazard.overload"]);
    assert_eq!(found.necessity.sources.len(), 1);
    assert_eq!(pattern(&found.tree), "contingency.dark ← asset.page ← hazard.overload");
}

#[test]
fn the_last_moment_of_a_single_cause_is_right_to_the_minute() {
    let model = model(SINGLE);
    let found = explained(&model, 0);
    let [mirror, shield] = &found.last_moments[..] else { panic!("two responses") };
    assert_eq!(shield.window, None);
    let window = mirror.window.unwrap();
    let minutes = by_brute_force(&model, 0, 0, found.onset);
    assert_eq!(window.until.0 / 60_000, *minutes.last().unwrap());
    assert_eq!(window.from.0 / 60_000, minutes[0]);
    // Down from minute 70, dark for half an hour from minute 100 on: putting it right in time must lie between.
    assert_eq!((minutes[0], *minutes.last().unwrap()), (71, 100));
}

const BOTH: &str = r#"
[hazard.page-fails]
title  = "The page gives way"
at     = 2026-11-03T19:30:00-05:00
effect = { disrupt = { asset = "page" } }

[hazard.portal-fails]
title  = "The portal gives way"
at     = 2026-11-03T20:30:00-05:00
effect = { disrupt = { asset = "portal" } }

[response.mirror]
title  = "The mirror"
owner  = "county"
when   = "asset.page.down > 4h"
effect = { restore = { asset = "page" } }

[contingency.blind]
title = "Nobody sees anything"
when  = "asset.page.down and asset.portal.down"
for   = "20min"
"#;

#[test]
fn two_causes_that_both_are_needed_are_both_named() {
    let model = model(BOTH);
    let found = explained(&model, 0);
    let named = subjects(&found.tree);
    assert!(named.contains(&"hazard.page-fails".to_owned()) && named.contains(&"hazard.portal-fails".to_owned()));
    assert_eq!(needed(&found), ["hazard.page-fails", "hazard.portal-fails"]);
    assert_eq!(
        pattern(&found.tree),
        "contingency.blind ← (asset.page ← hazard.page-fails + asset.portal ← hazard.portal-fails)"
    );
    let minutes = by_brute_force(&model, 0, 0, found.onset);
    assert_eq!(found.last_moments[0].window.unwrap().until.0 / 60_000, *minutes.last().unwrap());
}

const MASKED: &str = r#"
[hazard.early]
title  = "A short outage"
at     = 2026-11-03T19:30:00-05:00
effect = { disrupt = { asset = "page", lasts = "15min" } }

[hazard.late]
title  = "A long outage"
at     = 2026-11-03T21:00:00-05:00
effect = { disrupt = { asset = "page" } }

[response.mirror]
title  = "The mirror"
owner  = "county"
when   = "asset.page.down > 4h"
effect = { restore = { asset = "page" } }

[contingency.dark]
title = "The page is dark for half an hour"
when  = "asset.page.down"
for   = "30min"
"#;

#[test]
fn a_cause_whose_effect_was_undone_is_not_named() {
    let model = model(MASKED);
    let found = explained(&model, 0);
    assert_eq!(subjects(&found.tree), ["contingency.dark", "asset.page", "hazard.late"]);
    assert_eq!(needed(&found), ["hazard.late"]);
    let minutes = by_brute_force(&model, 0, 0, found.onset);
    let window = found.last_moments[0].window.unwrap();
    assert_eq!((window.from.0 / 60_000, window.until.0 / 60_000), (minutes[0], *minutes.last().unwrap()));
}

const EITHER: &str = r#"
[hazard.first]
at     = 2026-11-03T20:00:00-05:00
title  = "One reason"
effect = { disrupt = { asset = "page" } }

[hazard.second]
at     = 2026-11-03T20:05:00-05:00
title  = "Another reason"
effect = { disrupt = { asset = "page" } }

[hazard.third]
when   = "asset.page.down > 1h"
title  = "What follows"
effect = { disrupt = { asset = "portal" } }

[contingency.dark]
title = "The portal fails after the page"
when  = "asset.portal.down or asset.page.down > 5h"
"#;

#[test]
fn a_chain_is_followed_through_conditions_and_one_of_two_reasons_is_not_called_needed() {
    let model = model(EITHER);
    let found = explained(&model, 0);
    assert_eq!(
        subjects(&found.tree),
        ["contingency.dark", "asset.portal", "hazard.third", "asset.page", "hazard.first"]
    );
    assert_eq!(needed(&found), ["hazard.third"]);
    assert_eq!(found.necessity.together, Some(true));
}

const LONG: &str = r#"
[hazard.overload]
title  = "The page gives way"
at     = "start + uniform(30min, 5h)"
chance = "60 %"
effect = { disrupt = { asset = "page", lasts = "10min to 1h" } }

[hazard.storm]
title  = "A storm"
at     = "start + uniform(30min, 5h)"
chance = "60 %"
effect = { disrupt = { asset = "page", lasts = "10min to 1h" } }

[response.mirror]
title   = "The mirror"
owner   = "county"
when    = "asset.page.down"
takes   = "5min to 40min"
effect  = { restore = { asset = "page" } }
repeats = true

[contingency.dark]
title = "The page is dark for twenty minutes"
when  = "asset.page.down"
for   = "20min"

[contingency.very-dark]
title = "The page is dark for forty minutes"
when  = "asset.page.down"
for   = "40min"
"#;

fn settings() -> Settings {
    Settings { seed: 1, runs: 0..400, threads: NonZeroUsize::new(2).unwrap() }
}

#[test]
fn last_moments_agree_with_brute_force_in_random_runs() {
    let model = model(LONG);
    let survey = survey(&model, &settings(), &AtomicBool::new(false)).unwrap();
    let mut seen = 0;
    for hit in survey.hits[0].iter().take(25) {
        let found = explained(&model, hit.run);
        let minutes = by_brute_force(&model, hit.run, 0, found.onset);
        let window = found.last_moments[0].window;
        assert_eq!(window.map(|window| window.until.0 / 60_000), minutes.last().copied(), "run {}", hit.run);
        seen += 1;
    }
    assert_eq!(seen, 25);
}

#[test]
fn patterns_and_the_conditional_matrix_add_up() {
    let model = model(LONG);
    let survey = survey(&model, &settings(), &AtomicBool::new(false)).unwrap();
    // Forty minutes of darkness are twenty minutes of darkness.
    let certain = survey.conditional(0, 1);
    assert_eq!(certain.hits, certain.n);
    assert_eq!(survey.conditional(1, 0).hits, survey.hits[1].len() as u64);
    let found = patterns(&model, 1, &survey, 0, 1_000);
    assert_eq!(found.n, survey.hits[0].len() as u64);
    assert_eq!(found.chains.iter().map(|(_, runs)| runs).sum::<u64>(), found.n);
    let chains: Vec<&str> = found.chains.iter().map(|(chain, _)| chain.as_str()).collect();
    assert!(chains.contains(&"contingency.dark ← asset.page ← hazard.overload"), "{chains:?}");
    assert!(chains.contains(&"contingency.dark ← asset.page ← hazard.storm"), "{chains:?}");
    let worst = survey.worst(0, 3);
    let severity = |run| survey.hits[0].iter().find(|hit| hit.run == run).unwrap().severity;
    assert!(severity(worst[0]) >= severity(worst[1]) && severity(worst[1]) >= severity(worst[2]));
    assert!(survey.hits[0].iter().all(|hit| hit.severity <= severity(worst[0])));
}

#[test]
fn a_forced_run_and_an_explained_run_leave_the_plain_run_as_it_was() {
    let model = model(LONG);
    let mut world = World::new(&model, 1);
    let plain = world.run(7).clone();
    world.run_forced(7, 0, Time(60_000));
    world.run_without(7, &[0, 1]);
    world.account(7);
    assert_eq!(*world.run(7), plain);
    world.record_inputs();
    let recorded = world.run(7).clone();
    assert_eq!(recorded.contingencies, plain.contingencies);
    assert_eq!(recorded.inputs.len(), model.inputs().len());
}

#[test]
fn without_all_acts_nothing_happens() {
    let model = model(LONG);
    let acts: Vec<usize> = (0..model.effects().len()).collect();
    let mut world = World::new(&model, 1);
    assert!((0..200).all(|run| world.run_without(run, &acts).contingencies[0].onset.is_none()));
}
