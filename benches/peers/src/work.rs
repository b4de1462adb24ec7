//! What every engine is asked to do.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, Exp1};

/// Servers of the queue; each serves one customer in a mean time of 1.
pub const SERVERS: usize = 3;
/// Customers in a unit of time: each server is busy nine tenths of it.
pub const ARRIVALS: f64 = 2.7;
/// Customers of a short run.
pub const SHORT: u64 = 100;
/// Random streams a short run opens and draws from, the two of the queue among them.
pub const STREAMS: usize = 20;
/// Numbers a short run leaves behind.
pub const OUTPUTS: usize = 20;

/// What a run gives back.
pub struct Answer {
    /// Arrivals and departures.
    pub events: u64,
    /// Mean time from arrival to the beginning of service.
    pub wait: f64,
}

/// Sums up waits.
#[derive(Clone, Default)]
pub struct Waits {
    pub sum: f64,
    pub longest: f64,
    pub count: u64,
}

impl Waits {
    pub fn add(&mut self, wait: f64) {
        self.sum += wait;
        self.longest = self.longest.max(wait);
        self.count += 1;
    }

    pub fn answer(&self) -> Answer {
        Answer { events: 2 * self.count, wait: self.sum / self.count as f64 }
    }
}

/// The stream of a component: a key of its own, the number of the run as nonce.
pub fn stream(seed: u64, component: u64, run: u64) -> ChaCha12Rng {
    let mut key = [0; 32];
    key[0..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&component.to_le_bytes());
    let mut generator = ChaCha12Rng::from_seed(key);
    generator.set_stream(run);
    generator
}

/// The two streams of the queue, drawn from by the ziggurat.
pub struct Draws {
    arrivals: ChaCha12Rng,
    services: ChaCha12Rng,
}

impl Draws {
    pub fn new(seed: u64) -> Self {
        Draws { arrivals: stream(seed, 0, 0), services: stream(seed, 1, 0) }
    }

    /// The time to the next arrival.
    pub fn gap(&mut self) -> f64 {
        exponential(&mut self.arrivals) / ARRIVALS
    }

    /// The time a customer is served.
    pub fn service(&mut self) -> f64 {
        exponential(&mut self.services)
    }
}

/// A mean of 1.
pub fn exponential(generator: &mut ChaCha12Rng) -> f64 {
    Exp1.sample(generator)
}
