//! Quantiles of any number of values in bounded memory, independent of the order in which they came.
//!
//! A value falls into a bucket named by the leading bits of its floating-point form: sign, exponent and
//! the first `precision` bits of the fraction. Buckets are therefore never wider than 2^-precision of
//! their values, and no logarithm is taken, so that every machine counts alike. (The idea is that of
//! the HDR histogram, <http://hdrhistogram.org>, and of DDSketch, Masson, Rim and Lee 2019,
//! doi:10.14778/3352063.3352135.) A bucket keeps a count and the least and greatest value it has seen; all
//! three merge exactly, whatever the order. Where a bucket has seen one value only, as with counts and
//! other whole numbers, its quantiles are exact.

use std::collections::BTreeMap;

/// Bits of the fraction in an IEEE 754 double.
const FRACTION_BITS: u32 = 52;

/// Counts of values by bucket. The quantiles it gives are off by at most 2^-precision of their value.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    shift: u32,
    buckets: BTreeMap<i64, Bucket>,
    count: u64,
    absent: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Bucket {
    count: u64,
    lowest: f64,
    highest: f64,
}

impl Sketch {
    /// For figures in `summary.csv`: relative error at most 2^-10, less than 0.1 %.
    pub fn fine() -> Self {
        Sketch::with_precision(10)
    }

    /// For bands over time in `series.csv`: relative error at most 2^-6, less than 1.6 %. There is one sketch for every plan,
    /// measure and moment, so that a finer one would make the memory of a batch grow with its runs for hours.
    pub fn coarse() -> Self {
        Sketch::with_precision(6)
    }

    fn with_precision(bits: u32) -> Self {
        Sketch { shift: FRACTION_BITS - bits, buckets: BTreeMap::new(), count: 0, absent: 0 }
    }

    /// Adds a value. NaN stands for "there is none" and is counted apart.
    pub fn push(&mut self, value: f64) {
        if value.is_nan() {
            self.absent += 1;
            return;
        }
        // Adding zero turns -0 into 0.
        let value = value + 0.0;
        self.count += 1;
        self.buckets
            .entry(order_preserving(value) >> self.shift)
            .and_modify(|bucket| {
                bucket.count += 1;
                bucket.lowest = bucket.lowest.min(value);
                bucket.highest = bucket.highest.max(value);
            })
            .or_insert(Bucket { count: 1, lowest: value, highest: value });
    }

    /// Adds all values of another sketch of the same precision, exactly as if they had been added one by one.
    pub fn merge(&mut self, other: &Sketch) {
        debug_assert_eq!(self.shift, other.shift, "sketches of one precision are merged");
        self.count += other.count;
        self.absent += other.absent;
        for (&key, theirs) in &other.buckets {
            self.buckets
                .entry(key)
                .and_modify(|ours| {
                    ours.count += theirs.count;
                    ours.lowest = ours.lowest.min(theirs.lowest);
                    ours.highest = ours.highest.max(theirs.highest);
                })
                .or_insert(*theirs);
        }
    }

    /// How many values there are, without the absent ones.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many values were absent.
    pub fn absent(&self) -> u64 {
        self.absent
    }

    /// The least value, exactly.
    pub fn lowest(&self) -> Option<f64> {
        self.buckets.values().next().map(|bucket| bucket.lowest)
    }

    /// The greatest value, exactly.
    pub fn highest(&self) -> Option<f64> {
        self.buckets.values().next_back().map(|bucket| bucket.highest)
    }

    /// The value at a share `q` of the way: the least one with at least `q` of all values at or below it.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        self.ranked(rank(q, self.count))
    }

    /// The value of this rank, from 1 for the least; nothing outside the ranks there are.
    pub fn ranked(&self, rank: u64) -> Option<f64> {
        let mut before = 0;
        for bucket in self.buckets.values() {
            if rank <= before + bucket.count {
                return (rank > before).then(|| bucket.at(rank - before));
            }
            before += bucket.count;
        }
        None
    }
}

impl Bucket {
    /// Values between the least and the greatest are taken as evenly spread.
    fn at(&self, rank: u64) -> f64 {
        if self.count == 1 || self.lowest == self.highest {
            return self.lowest;
        }
        let along = (rank - 1) as f64 / (self.count - 1) as f64;
        self.lowest + (self.highest - self.lowest) * along
    }
}

/// The rank, from 1, of the `q` quantile among `count` values.
fn rank(q: f64, count: u64) -> u64 {
    (libm::ceil(q * count as f64) as u64).clamp(1, count.max(1))
}

/// The bits of a double as an integer that is ordered as the doubles are.
fn order_preserving(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    if bits < 0 { bits ^ i64::MAX } else { bits }
}
