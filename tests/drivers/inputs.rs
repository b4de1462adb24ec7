//! Inputs of real models: recorded, held, and not disturbed by either.

use crate::fixtures::evening;
use canvass::scenario::Basis;
use canvass::study::batch::Settings;
use canvass::study::drivers::Drivers;
use canvass::study::sensitivity::Sample;
use canvass::world::{Model, World};
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

const PAGE: &str = r#"
[uncertainty.mirror-takes]
value = "uniform(10min, 50min)"
basis = "assumed"

[uncertainty.idle]
value = "uniform(0, 1)"
basis = "estimated"

[asset.page]
owner   = "county"
detect  = { value = "uniform(1min, 20min)", basis = "cited", source = "a log" }
recover = "3h"

[hazard.overload]
at     = "start + uniform(10min, 60min)"
effect = { disrupt = { asset = "page" } }

[response.mirror]
owner  = "county"
when   = "asset.page.down"
takes  = "mirror-takes"
effect = { restore = { asset = "page" } }

[contingency.dark]
title = "Dark for half an hour"
when  = "asset.page.down"
for   = "30min"

[measure.dark-time]
title = "Time dark"
value = "asset.page.down"
take  = "time-true"
"#;

fn model() -> Model {
    evening(PAGE)
}

fn place(model: &Model, id: &str) -> usize {
    let ids: Vec<&str> = model.inputs().iter().map(|input| input.column.id.as_str()).collect();
    ids.iter().position(|each| *each == id).unwrap_or_else(|| panic!("{id} is not among {ids:?}"))
}

#[test]
fn inputs_have_paths_units_and_evidence() {
    let model = model();
    let detect = &model.inputs()[place(&model, "asset.page.detect")];
    assert_eq!((detect.basis, detect.column.unit.word()), (Some(Basis::Cited), "h"));
    assert!(detect.column.source.contains("cited; a log"), "{}", detect.column.source);
    assert_eq!(model.inputs()[place(&model, "mirror-takes")].basis, Some(Basis::Assumed));
    place(&model, "hazard.overload.at");
}

#[test]
fn holding_an_input_at_what_it_was_drawn_as_changes_nothing() {
    let model = model();
    let mut world = World::new(&model, 3);
    let detect = place(&model, "asset.page.detect");
    for run in 0..50 {
        let plain = world.run(run).clone();
        let mut held = vec![f64::NAN; model.inputs().len()];
        assert_eq!(*world.run_with(run, &held), plain);
        held[detect] = 0.5;
        world.record_inputs();
        let other = world.run_with(run, &held).clone();
        assert!((other.inputs[detect] - 10.5 * 60_000.0).abs() < 1e-6);
        assert_eq!(other.drawn, plain.drawn);
        world = World::new(&model, 3);
    }
}

#[test]
fn what_is_recorded_does_not_depend_on_what_happens() {
    let model = model();
    let mut world = World::new(&model, 3);
    world.record_inputs();
    let acts: Vec<usize> = (0..model.effects().len()).collect();
    for run in 0..50 {
        let plain = world.run(run).inputs.clone();
        assert_eq!(world.run_without(run, &acts).inputs, plain);
    }
}

#[test]
fn the_driver_of_a_real_model_is_the_one_that_was_planted() {
    let model = model();
    let settings = Settings { seed: 1, runs: 0..1_500, threads: NonZeroUsize::new(2).unwrap() };
    let sample = Sample::draw(&model, "all", &settings, &AtomicBool::new(false), || {}).unwrap();
    let drivers = Drivers::of(&sample, sample.outcome("dark").unwrap());
    let found: Vec<&str> = drivers.found().map(|driver| driver.column.id.as_str()).collect();
    assert_eq!(found, ["mirror-takes", "asset.page.detect"]);
    assert!(drivers.drivers[0].correlation.unwrap() > 0.5);
    let time = Drivers::of(&sample, sample.outcome("dark-time").unwrap());
    // Detection and work add up: uniform over 19 and over 40 minutes, so the shares are 361 and 1,600 of 1,961.
    let share = |id: &str| time.drivers.iter().find(|driver| driver.column.id == id).unwrap().index.unwrap();
    assert!((share("mirror-takes") - 0.816).abs() < 0.03, "{}", share("mirror-takes"));
    assert!((share("asset.page.detect") - 0.184).abs() < 0.05, "{}", share("asset.page.detect"));
}
