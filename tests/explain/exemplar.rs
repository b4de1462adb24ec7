//! Runs that stand for a batch, against the rule applied by counting, and what happens when, against planted times.

use super::fixtures;
use canvass::engine::{Span, Time};
use canvass::study::batch::Settings;
use canvass::study::exemplar::{Happening, Observed};
use canvass::study::explain::patterns;
use canvass::world::{Model, Outcome, World};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

const SEED: u64 = 7;
const RUNS: u64 = 201;

const NIGHT: &str = r#"
[asset.page]
owner   = "county"
detect  = "5min"
recover = "10min to 3h"

[hazard.early]
title  = "The page gives way"
at     = 2026-11-03T19:30:00-05:00
chance = "60 %"
effect = { disrupt = { asset = "page" } }

[hazard.late]
title  = "The page gives way again"
at     = 2026-11-03T23:00:00-05:00
chance = "30 %"
effect = { disrupt = { asset = "page" } }

[inject.call]
title = "A reporter calls"
at    = 2026-11-03T20:00:00-05:00

[inject.second-call]
title = "The reporter calls again"
when  = "inject.call.given and asset.page.down"
for   = "20min"

[contingency.dark]
title = "The page is dark for half an hour"
when  = "asset.page.down"
for   = "30min"

[contingency.twice]
title = "The page is dark after eleven"
when  = "asset.page.down and now > start + 4h"

[measure.down]
title  = "Time the page is down"
value  = "asset.page.down"
take   = "time-true"
better = "lower"
"#;

fn settings() -> Settings {
    Settings { seed: SEED, runs: 0..RUNS, threads: NonZeroUsize::new(2).unwrap() }
}

fn observed(model: &Model) -> Observed {
    Observed::of(model, &settings(), &AtomicBool::new(false), || {}).unwrap()
}

fn outcomes(model: &Model) -> Vec<Outcome> {
    let mut world = World::new(model, SEED);
    (0..RUNS).map(|run| world.run(run).clone()).collect()
}

/// The place of a value among others, by counting: 0 for none.
fn place(value: Option<f64>, among: &[Option<f64>]) -> f64 {
    let Some(value) = value else { return 0.0 };
    let there: Vec<f64> = among.iter().copied().flatten().collect();
    let below = there.iter().filter(|&&other| other < value).count();
    let equal = there.iter().filter(|&&other| other == value).count();
    (below as f64 + equal as f64 / 2.0) / there.len() as f64
}

/// How bad each run is: contingencies, places of severities, places of the one measure.
fn badness(outcomes: &[Outcome]) -> Vec<(usize, f64, f64)> {
    let severities = |position: usize| -> Vec<Option<f64>> {
        outcomes.iter().map(|outcome| outcome.contingencies[position].severity).collect()
    };
    let columns: Vec<Vec<Option<f64>>> = (0..outcomes[0].contingencies.len()).map(severities).collect();
    let measure: Vec<Option<f64>> = outcomes.iter().map(|outcome| outcome.measures.first().copied()).collect();
    let of_run = |(run, outcome): (usize, &Outcome)| {
        let count = outcome.contingencies.iter().filter(|found| found.onset.is_some()).count();
        let severity = columns.iter().map(|column| place(column[run], column)).sum();
        (count, severity, place(measure[run], &measure))
    };
    outcomes.iter().enumerate().map(of_run).collect()
}

/// How many runs come before one in the order of badness.
fn before(run: u64, badness: &[(usize, f64, f64)]) -> usize {
    let own = badness[run as usize];
    let earlier = |(other, theirs): (u64, &(usize, f64, f64))| *theirs < own || (*theirs == own && other < run);
    (0..).zip(badness).filter(|each| earlier(*each)).count()
}

#[test]
fn the_median_run_has_as_many_runs_that_are_less_bad_as_runs_that_are_worse() {
    let model = fixtures::evening(NIGHT);
    let found = observed(&model).median(None).unwrap();
    assert_eq!(before(found.run, &badness(&outcomes(&model))), 100);
}

#[test]
fn the_bad_run_is_worse_than_nine_in_ten() {
    let model = fixtures::evening(NIGHT);
    let found = observed(&model).bad(None).unwrap();
    assert_eq!(before(found.run, &badness(&outcomes(&model))), 180);
    assert!(found.why.contains("90th percentile of 201 runs"), "{}", found.why);
}

#[test]
fn about_a_contingency_only_runs_in_which_it_happened_are_looked_at() {
    let model = fixtures::evening(NIGHT);
    let outcomes = outcomes(&model);
    let mut severities: Vec<f64> = outcomes.iter().filter_map(|outcome| outcome.contingencies[0].severity).collect();
    severities.sort_by(f64::total_cmp);
    let observed = observed(&model);
    let severity = |run: u64| outcomes[run as usize].contingencies[0].severity.unwrap();
    let middle = severities[severities.len().div_ceil(2) - 1];
    let bad = severities[(severities.len() * 9).div_ceil(10) - 1];
    assert_eq!(severity(observed.median(Some(0)).unwrap().run), middle);
    assert_eq!(severity(observed.bad(Some(0)).unwrap().run), bad);
    assert!(middle < bad);
}

#[test]
fn a_typical_run_has_the_commonest_chain() {
    let model = fixtures::evening(NIGHT);
    let observed = observed(&model);
    let patterns = patterns(&model, SEED, &observed.survey, 0, 1_000);
    let found = observed.typical(0, &patterns).unwrap();
    assert_eq!(Some(found.run), patterns.typical);
    assert!(found.why.contains("asset.page ← hazard.early"), "{}", found.why);
}

#[test]
fn without_contingencies_measures_decide_and_without_those_the_numbers() {
    let bare = "[asset.page]\nowner = \"county\"\nrecover = \"10min to 3h\"\ndetect = \"5min\"\n[hazard.fails]\ntitle = \"It fails\"\n\
                at = \"start\"\neffect = { disrupt = { asset = \"page\" } }\n";
    let measured =
        format!("{bare}[measure.down]\ntitle = \"Time down\"\nvalue = \"asset.page.down\"\ntake = \"time-true\"\n");
    let directed = fixtures::evening(&format!("{measured}better = \"lower\"\n"));
    let found = observed(&directed).median(None).unwrap().run;
    let outcomes = outcomes(&directed);
    let below = outcomes.iter().filter(|outcome| outcome.measures[0] < outcomes[found as usize].measures[0]).count();
    assert_eq!(below, 100);
    // Which direction is worse is not said: nothing is bad.
    for text in [bare, measured.as_str()] {
        let found = observed(&fixtures::evening(text)).median(None).unwrap();
        assert_eq!(found.run, 100);
        assert!(found.why.contains("numbers alone"), "{}", found.why);
    }
}

#[test]
fn nothing_stands_for_a_contingency_that_never_happened() {
    let model = fixtures::evening("[contingency.never]\ntitle = \"Never\"\nwhen = \"now > start + 100h\"\n");
    let observed = observed(&model);
    assert_eq!(observed.median(Some(0)), None);
    assert_eq!(observed.bad(Some(0)), None);
    assert_eq!(observed.typical(0, &patterns(&model, SEED, &observed.survey, 0, 10)), None);
    assert!(observed.median(None).is_some());
}

#[test]
fn it_says_how_often_and_when_everything_happens() {
    let model = fixtures::evening(NIGHT);
    let branches = [("inject.second-call".to_owned(), "inject.call".to_owned())];
    let happenings = observed(&model).happenings(&branches);
    let of = |path: &str| -> &Happening { happenings.iter().find(|each| each.path == path).unwrap() };

    let call = of("inject.call");
    let hour = Span::from_hours(1);
    let offset = call.offset.unwrap();
    assert_eq!((call.share.hits, offset.p10, offset.median, offset.p90), (RUNS, hour, hour, hour));
    assert_eq!(call.behind, None);

    // The same from the stories of the runs.
    let mut world = World::new(&model, SEED);
    let mut times: Vec<Time> = (0..RUNS)
        .filter_map(|run| {
            let (_, story) = world.story(run);
            story.iter().find(|entry| entry.subject == "inject.second-call").map(|entry| entry.time)
        })
        .collect();
    times.sort_unstable();
    let second = of("inject.second-call");
    assert_eq!(second.share.hits, times.len() as u64);
    assert_eq!(second.offset.unwrap().median, times[times.len().div_ceil(2) - 1] - Time::ZERO);
    let behind = second.behind.as_ref().unwrap();
    assert_eq!((behind.share.hits, behind.share.n), (times.len() as u64, RUNS));
    assert_eq!(behind.offset.unwrap().p90, second.offset.unwrap().p90 + Span(-hour.0));

    let dark = outcomes(&model).iter().filter(|outcome| outcome.contingencies[0].onset.is_some()).count();
    assert_eq!(of("contingency.dark").share.hits, dark as u64);
    let early = of("hazard.early").share.hits;
    assert!((90..150).contains(&early), "{early} of 201 at 60 %");
}

#[test]
fn it_is_the_same_for_any_number_of_threads() {
    let model = fixtures::evening(NIGHT);
    let alone = Settings { threads: NonZeroUsize::MIN, ..settings() };
    let one = Observed::of(&model, &alone, &AtomicBool::new(false), || {}).unwrap();
    let two = observed(&model);
    assert_eq!(one.median(None), two.median(None));
    assert_eq!(one.happenings(&[]), two.happenings(&[]));
}
