//! Quantiles of any number of values in bounded memory, independent of the order in which they came.
//!
//! A value falls into a bucket named by the leading bits of its floating-point form: sign, exponent and
//! the first `precision` bits of the fraction. Buckets are therefore never wider than 2^-precision of
//! their values, and no logarithm is taken, so that every machine counts alike. (The idea is that of
//! the HDR histogram, <http://hdrhistogram.org>, and of DDSketch, Masson, Rim and Lee 2019,
//! doi:10.14778/3352063.3352135.) Where a bucket has seen one value only, as with counts and other whole numbers, its
//! quantiles are exact. All of it merges exactly, whatever the order.
//!
//! A batch keeps thousands of sketches, so buckets are small. A bucket of one value costs twelve bytes: the value, which also
//! names the bucket, and how often it came. Buckets of several values lie next to each other, since whatever varies
//! fills its neighbourhood; they are counted in pages of neighbours, four bytes each.

/// Bits of the fraction in an IEEE 754 double.
const FRACTION_BITS: u32 = 52;

/// Neighbouring buckets that are counted together.
const PAGE: usize = 16;

/// Counts of values by bucket. The quantiles it gives are off by at most 2^-precision of their value.
///
/// A bucket counts to four billion and then stands still.
#[derive(Clone, Debug)]
pub struct Sketch {
    shift: u32,
    /// Buckets that have seen one value only: the values, in order, and how often each came.
    alone: Vec<f64>,
    times: Vec<u32>,
    /// Buckets that have seen several: the number of each page, in order, and its counts. A bucket is in one place or the other.
    pages: Vec<i32>,
    crowds: Vec<[u32; PAGE]>,
    count: u64,
    absent: u64,
    lowest: f64,
    highest: f64,
    /// Where in `alone` the last value was found, if it was there: most measures stay as they are for most of a run, and from run to run.
    near: usize,
}

impl PartialEq for Sketch {
    /// Equal counts; where the last value was found is of no account.
    fn eq(&self, other: &Self) -> bool {
        let counts = |sketch: &Sketch| (sketch.shift, sketch.count, sketch.absent, sketch.lowest, sketch.highest);
        counts(self) == counts(other)
            && self.alone == other.alone
            && self.times == other.times
            && self.pages == other.pages
            && self.crowds == other.crowds
    }
}

impl Sketch {
    /// For figures in `summary.csv`: relative error at most 2^-10, less than 0.1 %.
    pub fn fine() -> Self {
        Sketch::with_precision(10)
    }

    /// For bands over time in `series.csv`: relative error at most 2^-8, less than 0.4 %. There is one sketch for every plan,
    /// measure and moment.
    pub fn coarse() -> Self {
        Sketch::with_precision(8)
    }

    fn with_precision(bits: u32) -> Self {
        Sketch {
            shift: FRACTION_BITS - bits,
            alone: Vec::new(),
            times: Vec::new(),
            pages: Vec::new(),
            crowds: Vec::new(),
            count: 0,
            absent: 0,
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            near: 0,
        }
    }

    /// Adds a value. NaN stands for "there is none" and is counted apart.
    #[inline]
    pub fn push(&mut self, value: f64) {
        if self.alone.get(self.near) == Some(&value) {
            self.count += 1;
            self.times[self.near] = self.times[self.near].saturating_add(1);
            return;
        }
        self.push_afar(value);
    }

    /// Adds a value that is not the last one again.
    fn push_afar(&mut self, value: f64) {
        if value.is_nan() {
            self.absent += 1;
            return;
        }
        // Adding zero turns -0 into 0.
        let value = value + 0.0;
        self.count += 1;
        self.lowest = self.lowest.min(value);
        self.highest = self.highest.max(value);
        self.add(value);
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
        (self.count > 0).then_some(self.lowest)
    }

    /// The greatest value, exactly.
    pub fn highest(&self) -> Option<f64> {
        (self.count > 0).then_some(self.highest)
    }

    /// The value at a share `q` of the way: the least one with at least `q` of all values at or below it.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        self.ranked(rank(q, self.count))
    }

    /// The value of this rank, from 1 for the least; nothing outside the ranks there are.
    pub fn ranked(&self, rank: u64) -> Option<f64> {
        if rank <= 1 || rank >= self.count {
            return if rank == 1 { self.lowest() } else { self.highest().filter(|_| rank == self.count) };
        }
        let mut before = 0;
        for (key, times, alone) in self.buckets() {
            let times = u64::from(times);
            if rank <= before + times {
                return Some(alone.unwrap_or_else(|| self.within(key, ((rank - before) as f64 - 0.5) / times as f64)));
            }
            before += times;
        }
        None
    }

    /// Adds a value to its bucket.
    fn add(&mut self, value: f64) {
        let key = self.key(value);
        if let Some(count) = self.crowd_at(key) {
            *count = count.saturating_add(1);
            return;
        }
        // Values of one bucket lie together, so that at most one in order lies between the bucket's ends.
        let place = self.alone.partition_point(|&other| other < value);
        let neighbours = [place, place.wrapping_sub(1)];
        match neighbours.into_iter().find(|&near| self.alone.get(near).is_some_and(|&other| self.key(other) == key)) {
            Some(found) if self.alone[found] == value => {
                self.near = found;
                self.times[found] = self.times[found].saturating_add(1);
            }
            Some(found) => {
                let before = self.take_out(found);
                self.crowd(key, before.saturating_add(1));
            }
            None => {
                insert(&mut self.alone, place, value);
                insert(&mut self.times, place, 1);
                self.near = place;
            }
        }
    }

    fn key(&self, value: f64) -> i64 {
        order_preserving(value.to_bits() as i64) >> self.shift
    }

    /// Takes a bucket out from among those of one value; says how often the value came.
    fn take_out(&mut self, place: usize) -> u32 {
        self.alone.remove(place);
        self.times.remove(place)
    }

    /// The count of a bucket of several values, if it is one.
    fn crowd_at(&mut self, key: i64) -> Option<&mut u32> {
        let (page, slot) = placed(key);
        let found = self.pages.binary_search(&page).ok()?;
        Some(&mut self.crowds[found][slot]).filter(|count| **count > 0)
    }

    /// Adds to a bucket of several values, which may be new among them.
    fn crowd(&mut self, key: i64, times: u32) {
        let (page, slot) = placed(key);
        let place = self.pages.binary_search(&page).unwrap_or_else(|place| {
            insert(&mut self.pages, place, page);
            insert(&mut self.crowds, place, [0; PAGE]);
            place
        });
        let count = &mut self.crowds[place][slot];
        *count = count.saturating_add(times);
    }

    /// All buckets from the least: key, count, and the value where there is only one.
    fn buckets(&self) -> impl Iterator<Item = (i64, u32, Option<f64>)> {
        let alone = self.alone.iter().zip(&self.times).map(|(&value, &times)| (self.key(value), times, Some(value)));
        let slots = |(&page, crowd): (&i32, &'_ [u32; PAGE])| {
            let first = i64::from(page) * PAGE as i64;
            let crowd = *crowd;
            (0..PAGE).filter(move |&slot| crowd[slot] > 0).map(move |slot| (first + slot as i64, crowd[slot], None))
        };
        let mut alone = alone.peekable();
        let mut crowds = self.pages.iter().zip(&self.crowds).flat_map(slots).peekable();
        std::iter::from_fn(move || match (alone.peek(), crowds.peek()) {
            (Some(one), Some(many)) if many.0 < one.0 => crowds.next(),
            (None, _) => crowds.next(),
            _ => alone.next(),
        })
    }

    /// A value some share of the way through a bucket, whose values are taken as evenly spread.
    fn within(&self, key: i64, along: f64) -> f64 {
        let edge = |key: i64| f64::from_bits(order_preserving(key << self.shift) as u64);
        let (low, high) = (edge(key).max(self.lowest), edge(key + 1).min(self.highest).min(f64::MAX));
        low + (high - low) * along
    }
}

/// Inserts with little room to spare: there are thousands of sketches, and each stops growing.
fn insert<T>(list: &mut Vec<T>, place: usize, new: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 8 + 4);
    }
    list.insert(place, new);
}

/// The page and the slot of a bucket.
fn placed(key: i64) -> (i32, usize) {
    // A key has 22 bits at most.
    (key.div_euclid(PAGE as i64) as i32, key.rem_euclid(PAGE as i64) as usize)
}

/// The rank, from 1, of the `q` quantile among `count` values.
fn rank(q: f64, count: u64) -> u64 {
    (libm::ceil(q * count as f64) as u64).clamp(1, count.max(1))
}

/// The bits of a double as an integer that is ordered as the doubles are. Done twice it gives the bits again.
fn order_preserving(bits: i64) -> i64 {
    if bits < 0 { bits ^ i64::MAX } else { bits }
}
