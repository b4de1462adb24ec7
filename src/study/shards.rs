//! Dividing the runs of a study among machines.

use std::fmt::Write as _;
use std::ops::Range;

/// Runs in shards of consecutive runs, as even as can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shards {
    /// All runs.
    pub runs: Range<u64>,
    /// How many shards.
    pub count: u64,
}

impl Shards {
    /// The runs of a shard, counted from 0.
    pub fn runs_of(&self, shard: u64) -> Range<u64> {
        let length = u128::from(self.runs.end - self.runs.start);
        let border = |shard: u64| self.runs.start + (length * u128::from(shard) / u128::from(self.count.max(1))) as u64;
        border(shard)..border(shard + 1)
    }

    /// The shard that makes a run.
    pub fn shard_of(&self, run: u64) -> u64 {
        (0..self.count).find(|&shard| self.runs_of(shard).contains(&run)).unwrap_or_default()
    }

    /// Some of the runs, spread evenly: one at a fixed but arbitrary place of each of `count` stretches.
    pub fn sample(&self, count: u64) -> Vec<u64> {
        let stretches = Shards { runs: self.runs.clone(), count: count.min(self.runs.end - self.runs.start) };
        // Steps of the golden ratio visit every part of a stretch, so that no rhythm of the runs can hide from them.
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        (0..stretches.count)
            .map(|stretch| {
                let runs = stretches.runs_of(stretch);
                let place = (u128::from(STEP.wrapping_mul(stretch + 1)) * u128::from(runs.end - runs.start)) >> 64;
                runs.start + place as u64
            })
            .collect()
    }
}

/// Numbers in rising order as schedulers read them: `3,17-19`.
pub fn as_array(numbers: &[u64]) -> String {
    let mut text = String::new();
    let mut rest = numbers;
    while let Some(&first) = rest.first() {
        let length = (1..).zip(rest).take_while(|&(place, &number)| number == first + place - 1).count();
        let comma = if text.is_empty() { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = match length {
            1 => write!(text, "{comma}{first}"),
            _ => write!(text, "{comma}{first}-{}", rest[length - 1]),
        };
        rest = &rest[length..];
    }
    text
}
