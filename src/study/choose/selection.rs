//! Picking the best of several: the fully sequential procedure KN (Kim and Nelson 2001, doi:10.1145/502109.502111).
//!
//! All contenders are observed side by side, on common random numbers, and whichever falls too far behind another drops
//! out. If the best is better than every other by at least the indifference zone, it is the one that remains with at least
//! the stated probability. Observations should be close to normal: means over blocks of runs are.

/// A selection under way.
#[derive(Clone, Debug)]
pub struct Selection {
    zone: f64,
    eta: f64,
    first_stage: u64,
    observed: u64,
    alive: Vec<bool>,
    sums: Vec<f64>,
    /// First-stage observations, contender by contender.
    first: Vec<Vec<f64>>,
    /// Variances of first-stage differences, row by row.
    variances: Vec<f64>,
}

impl Selection {
    /// No observations yet of this many contenders. `outside` is the probability of a wrong selection that is allowed, `zone`
    /// the smallest difference worth telling apart, and `first_stage` how many observations of each are made before any drops
    /// out, at least two.
    pub fn new(contenders: usize, outside: f64, zone: f64, first_stage: u64) -> Self {
        let first_stage = first_stage.max(2);
        let rivals = contenders.saturating_sub(1).max(1) as f64;
        let freedom = (first_stage - 1) as f64;
        Selection {
            zone,
            eta: 0.5 * (libm::pow(2.0 * outside / rivals, -2.0 / freedom) - 1.0),
            first_stage,
            observed: 0,
            alive: vec![true; contenders],
            sums: vec![0.0; contenders],
            first: vec![Vec::new(); contenders],
            variances: vec![0.0; contenders * contenders],
        }
    }

    /// Takes up one observation of every contender, more being better. What is given for those that have dropped out is not
    /// looked at.
    pub fn push(&mut self, observations: &[f64]) {
        if self.is_settled() {
            return;
        }
        self.observed += 1;
        for (contender, &value) in observations.iter().enumerate().filter(|(contender, _)| self.alive[*contender]) {
            self.sums[contender] += value;
            if self.observed <= self.first_stage {
                self.first[contender].push(value);
            }
        }
        if self.observed == self.first_stage {
            self.take_variances();
        }
        if self.observed >= self.first_stage {
            self.screen();
        }
    }

    fn take_variances(&mut self) {
        let count = self.alive.len();
        for one in 0..count {
            for other in 0..count {
                let mut moments = crate::study::statistics::Moments::default();
                self.first[one].iter().zip(&self.first[other]).for_each(|(a, b)| moments.push(a - b));
                self.variances[one * count + other] = moments.variance().unwrap_or(0.0);
            }
        }
    }

    /// Drops every contender whose mean lies below another's by more than the boundary of the two.
    fn screen(&mut self) {
        let r = self.observed as f64;
        let before = self.alive.clone();
        for one in (0..before.len()).filter(|&one| before[one]) {
            let beaten = (0..before.len()).filter(|&other| other != one && before[other]).any(|other| {
                let boundary = (self.zone / (2.0 * r) * (self.needed(one, other) - r)).max(0.0);
                self.sums[one] / r < self.sums[other] / r - boundary
            });
            self.alive[one] = !beaten;
        }
    }

    /// Observations after which two contenders are told apart in any case.
    fn needed(&self, one: usize, other: usize) -> f64 {
        let freedom = (self.first_stage - 1) as f64;
        2.0 * self.eta * freedom * self.variances[one * self.alive.len() + other] / (self.zone * self.zone)
    }

    /// Who has not dropped out, by position.
    pub fn remaining(&self) -> Vec<usize> {
        (0..self.alive.len()).filter(|&contender| self.alive[contender]).collect()
    }

    /// Observations so far.
    pub fn observed(&self) -> u64 {
        self.observed
    }

    /// Whether no more observations are needed: one remains, or those that remain are equal.
    pub fn is_settled(&self) -> bool {
        let remaining = self.remaining();
        let pairs = || remaining.iter().flat_map(|&one| remaining.iter().map(move |&other| (one, other)));
        remaining.len() <= 1
            || (self.observed >= self.first_stage
                && pairs().all(|(one, other)| one == other || self.needed(one, other) < self.observed as f64))
    }

    /// The best of those that remain; of equals, the first. Nothing without contenders.
    pub fn best(&self) -> Option<usize> {
        self.remaining().into_iter().reduce(|best, next| if self.sums[next] > self.sums[best] { next } else { best })
    }
}
