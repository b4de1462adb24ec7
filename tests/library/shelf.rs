//! Where the scenarios stand, and how one is taken down and run.

use canvass::scenario::Loaded;
use canvass::scenario::model::Scenario;
use canvass::study::Columns;
use canvass::world::{Model, World};
use std::path::{Path, PathBuf};

/// All files of the library, or of its parts, by name.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

/// A scenario of the library.
pub(crate) fn scenario(name: &str) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"));
    Loaded::read(&path).unwrap()
}

/// One plan of a scenario, as an author would have written it without the others.
pub(crate) fn plan(scenario: &Loaded, name: &str) -> Scenario {
    scenario.plan(name).unwrap()
}

/// What a measure was in each of the first runs, in written units; NaN where it has no value.
pub(crate) fn measured(scenario: &Scenario, measure: &str, runs: u64) -> Vec<f64> {
    let model = Model::compile(scenario).unwrap();
    let columns = Columns::of(&model);
    let position = columns.measures.iter().position(|column| column.id == measure).unwrap();
    let unit = &columns.measures[position].unit;
    let mut world = World::new(&model, scenario.scenario.seed);
    (0..runs).map(|run| unit.external(world.run(run).measures[position])).collect()
}

/// In how many of the first runs each contingency happened.
pub(crate) fn happened(scenario: &Scenario, runs: u64) -> Vec<u64> {
    let model = Model::compile(scenario).unwrap();
    let mut counts = vec![0; model.contingencies().len()];
    let mut world = World::new(&model, scenario.scenario.seed);
    for run in 0..runs {
        for (count, outcome) in counts.iter_mut().zip(&world.run(run).contingencies) {
            *count += u64::from(outcome.onset.is_some());
        }
    }
    counts
}

/// The median of the values there are.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
