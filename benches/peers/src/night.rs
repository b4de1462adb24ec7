//! A scenario's runs by Canvass's library on one thread, nothing kept of them.

use canvass::scenario::Loaded;
use canvass::study::Replicable;
use canvass::world::Model;
use std::path::Path;

/// Every plan's runs. What comes before the first run is done outside the clock.
pub struct Nights {
    models: Vec<Model>,
}

impl Nights {
    pub fn of(file: &str) -> Nights {
        let loaded = Loaded::read(Path::new(file)).unwrap_or_else(|_| panic!("{file} is sound"));
        let model = |plan: String| Model::compile(&loaded.plan(&plan).expect("a plan")).expect("a sound plan");
        Nights { models: loaded.plans().into_iter().map(model).collect() }
    }

    /// Makes so many runs of each plan; gives how many events they had.
    pub fn run(&self, runs: u64, seed: u64) -> u64 {
        let mut events = 0;
        for model in &self.models {
            let mut worker = model.worker(seed);
            events += (0..runs).map(|run| u64::from(worker.run(run).events)).sum::<u64>();
        }
        events
    }
}
