//! A run takes no memory: whatever it needs, it finds where the runs before it left it.

use allocation_counter::measure;
use canvass::scenario::Loaded;
use canvass::world::{Model, World};

/// Runs that make the world grow to its size, and are then made again.
const RUNS: u64 = 6;

/// Runs each plan of a scenario twice, and holds the second time to no allocation at all.
fn takes_no_memory(file: &str) {
    let loaded = Loaded::read(file.as_ref()).unwrap();
    for plan in loaded.plans() {
        let scenario = loaded.plan(&plan).unwrap_or_else(|problems| panic!("{plan}: {problems:#?}"));
        let model = Model::compile(&scenario).unwrap_or_else(|problems| panic!("{plan}: {problems:#?}"));
        let mut world = World::new(&model, 20_261_103);
        let mut make = || (0..RUNS).map(|run| u64::from(world.run(run).events)).sum::<u64>();
        let warming = make();
        let mut events = 0;
        let taken = measure(|| events = make());
        assert_eq!(events, warming);
        assert!(events > 50 * RUNS, "{plan}: only {events} events");
        assert_eq!(taken.count_total, 0, "{plan}: {} allocations in {events} events", taken.count_total);
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(std::hint::black_box(Box::new(1)))).count_total, 1);
}

#[test]
fn the_starter_takes_no_memory() {
    takes_no_memory("scenarios/starter-results-site.toml");
}

#[test]
fn a_delayed_count_takes_no_memory() {
    takes_no_memory("scenarios/election-night-delay.toml");
}

#[test]
fn a_contested_certification_takes_no_memory() {
    takes_no_memory("scenarios/certification.toml");
}
