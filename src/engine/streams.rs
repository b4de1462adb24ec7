//! Named random streams: one generator a component, addressed by seed, name and run.
//!
//! A stream's numbers depend on three things only: the master seed, the name path of the component that draws, and the index of
//! the run. Opening a further stream, drawing more from another, or running another run first changes nothing, so two variants
//! of a scenario can be compared on the same draws, and run 73,412 can be repeated alone.
//!
//! The ChaCha key is, little-endian: the seed in bytes 0 to 7, the 64-bit FNV-1a hash of the path in bytes 8 to 15,
//! [`LAYOUT_VERSION`] in bytes 16 to 23, zero in bytes 24 to 31. The nonce is the run index.
//!
//! ```
//! use canvass::engine::streams::Streams;
//!
//! let mut streams = Streams::new(42);
//! let delay = streams.open("response/mirror/takes")?;
//! streams.start_run(812);
//! let first = streams.uniform(delay);
//! streams.start_run(0);
//! streams.start_run(812);
//! assert_eq!(streams.uniform(delay), first);
//! # Ok::<(), canvass::engine::streams::DuplicateStream>(())
//! ```

use std::collections::BTreeMap;

use super::variate::log_of_rest_inside;
use pulp::{Arch, NullaryFnOnce};
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The generator behind every stream: a named, portable algorithm. Eight rounds pass every statistical need, and nothing here is
/// secret.
pub type Generator = rand_chacha::ChaCha8Rng;

/// The version of the key's layout. It enters the key and belongs in every report, since changing it changes every number.
pub const LAYOUT_VERSION: u64 = 1;

const BITS_53: f64 = (1_u64 << 53) as f64;
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;
/// An aligned draw owns four blocks, the unit in which the generator fills its buffer.
const WORDS_PER_ORDINAL_LOG2: u32 = 6;

/// Names an open stream of one [`Streams`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StreamId(u32);

impl StreamId {
    /// Its place among the streams of its [`Streams`], in the order of opening, from 0.
    #[must_use]
    pub fn position(self) -> usize {
        self.0 as usize
    }
}

/// Why a stream was not opened: its draws would repeat those of another one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DuplicateStream {
    /// The same path was opened before.
    #[error("the random stream \"{path}\" is opened twice")]
    Name {
        /// The path.
        path: String,
    },
    /// Another path has the same hash; one of the two components needs another name.
    #[error("the random streams \"{path}\" and \"{other}\" have the same hash; rename one of them")]
    Hash {
        /// The path asked for.
        path: String,
        /// The path that has the hash already.
        other: String,
    },
}

#[derive(Clone, Debug)]
struct Stream {
    generator: Generator,
    /// The start of a run this generator was last placed at.
    placed_for: u64,
    /// Waiting times drawn in this run, those made ahead in whole buffers.
    waits: u32,
    /// How many are drawn one by one before others are made ahead.
    patience: u32,
    /// The place of the next draw in `ahead`; [`AHEAD`] if there is none.
    next: usize,
    ahead: Option<Box<Ahead>>,
}

/// Draws made ahead of their use by a stream that has given many waiting times in a run: worked out together, they cost a
/// fraction. They are the draws it would have made one by one, and any kind of draw may take them.
#[derive(Clone, Debug)]
struct Ahead {
    draws: [u64; AHEAD],
    /// ln(1 - u) of each.
    logs: [f64; AHEAD],
}

/// Draws in the generator's buffer.
const AHEAD: usize = 32;

/// All streams of one worker. Cloning gives another worker the same streams.
#[derive(Clone, Debug)]
pub struct Streams {
    seed: u64,
    run: u64,
    /// Counts starts of runs, so that a stream knows on its first draw that it must be rewound.
    starts: u64,
    streams: Vec<Stream>,
    paths: BTreeMap<u64, String>,
}

impl Streams {
    /// No streams yet, for a master seed, placed at run 0.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Streams { seed, run: 0, starts: 1, streams: Vec::new(), paths: BTreeMap::new() }
    }

    /// Opens the stream of the component at a name path such as `attack/phish/success`.
    ///
    /// # Errors
    ///
    /// When the path, or another with the same hash, is open already: the two would draw the same numbers.
    pub fn open(&mut self, path: &str) -> Result<StreamId, DuplicateStream> {
        let hash = fnv1a(path.as_bytes());
        if let Some(other) = self.paths.get(&hash) {
            let path = path.to_owned();
            return Err(if *other == path {
                DuplicateStream::Name { path }
            } else {
                DuplicateStream::Hash { path, other: other.clone() }
            });
        }
        self.paths.insert(hash, path.to_owned());
        let id = StreamId(self.streams.len() as u32);
        let generator = Generator::from_seed(key(self.seed, hash));
        self.streams.push(Stream {
            generator,
            placed_for: 0,
            waits: 0,
            patience: AHEAD as u32,
            next: AHEAD,
            ahead: None,
        });
        Ok(id)
    }

    /// Moves all streams to the start of a run. Costs the same for any number of streams: each is rewound on its first draw.
    pub fn start_run(&mut self, run: u64) {
        self.run = run;
        self.starts += 1;
    }

    /// The next 64 random bits of a stream.
    #[inline]
    pub fn next_u64(&mut self, id: StreamId) -> u64 {
        self.placed(id).next_u64()
    }

    /// The next number of a stream, uniform in the open interval (0, 1): 53 random bits, taken at the middle of their cell.
    #[inline]
    pub fn uniform(&mut self, id: StreamId) -> f64 {
        unit(self.next_u64(id))
    }

    /// The next number of a stream as a waiting time with a mean: to the bit the
    /// [`exponential_quantile`](super::variate::exponential_quantile) of [`Streams::uniform`], sooner.
    #[inline]
    pub fn exponential(&mut self, id: StreamId, mean: f64) -> f64 {
        -mean * self.placed(id).next_log()
    }

    /// True with probability `p`. Always takes one draw, also where the answer is certain, so that changing a probability never
    /// shifts later draws. At or below 0 and for NaN the answer is no, at or above 1 yes. Raising `p` can only turn a no into a
    /// yes.
    #[inline]
    pub fn chance(&mut self, id: StreamId, p: f64) -> bool {
        self.chance_and_draw(id, p).0
    }

    /// The same, with the draw it was decided by as [`Streams::uniform`] would give it.
    #[inline]
    pub fn chance_and_draw(&mut self, id: StreamId, p: f64) -> (bool, f64) {
        let bits = self.next_u64(id);
        (bits >> 11 < threshold(p), unit(bits))
    }

    /// The number with a given ordinal in a stream, uniform in (0, 1), whatever was drawn before: for entities that must keep their
    /// draw when others come or go before them.
    ///
    /// This moves the stream, and the place of ordinal 0 is where [`Streams::uniform`] begins. Use a stream for aligned draws or for
    /// sequential ones, not for both.
    pub fn uniform_at(&mut self, id: StreamId, ordinal: u32) -> f64 {
        let stream = self.placed(id);
        stream.next = AHEAD;
        stream.generator.set_word_pos(u128::from(ordinal) << WORDS_PER_ORDINAL_LOG2);
        unit(stream.generator.next_u64())
    }

    #[inline(always)]
    fn placed(&mut self, id: StreamId) -> &mut Stream {
        let stream = &mut self.streams[id.0 as usize];
        if stream.placed_for != self.starts {
            stream.place(self.starts, self.run);
        }
        stream
    }
}

impl Stream {
    /// Moves to the start of a run.
    #[inline(never)]
    fn place(&mut self, start: u64, run: u64) {
        self.placed_for = start;
        // Runs are alike: what the last one gave many of, this one will.
        self.patience = if self.waits > AHEAD as u32 { 0 } else { AHEAD as u32 };
        self.waits = 0;
        self.next = AHEAD;
        // Changing the nonce keeps the position, so the position is set as well; in this order the
        // nonce never has to recompute a block that is thrown away at once.
        self.generator.set_word_pos(0);
        self.generator.set_stream(run);
    }

    #[inline]
    fn next_u64(&mut self) -> u64 {
        match &self.ahead {
            Some(ahead) if self.next < AHEAD => {
                let bits = ahead.draws[self.next];
                self.next += 1;
                bits
            }
            _ => self.generator.next_u64(),
        }
    }

    /// ln(1 - u) of the next uniform number u.
    #[inline(always)]
    fn next_log(&mut self) -> f64 {
        match &self.ahead {
            Some(ahead) if self.next < AHEAD => {
                let log = ahead.logs[self.next];
                self.next += 1;
                log
            }
            _ => self.next_log_drawn(),
        }
    }

    #[inline(never)]
    fn next_log_drawn(&mut self) -> f64 {
        // A stream that gives few of them in a run would throw most away.
        if self.waits < self.patience {
            self.waits += 1;
            return log_of_rest_inside(unit(self.generator.next_u64()));
        }
        self.waits = self.waits.saturating_add(AHEAD as u32);
        let ahead = self.ahead.get_or_insert_with(|| Box::new(Ahead { draws: [0; AHEAD], logs: [0.0; AHEAD] }));
        // One by one: filling in bytes would take longer.
        for draw in &mut ahead.draws {
            *draw = self.generator.next_u64();
        }
        Arch::new().dispatch(Logarithms(ahead));
        self.next = 1;
        ahead.logs[0]
    }
}

/// Works out the logarithms of draws made ahead, in whatever vectors the processor has; the numbers are the same in all of them.
struct Logarithms<'a>(&'a mut Ahead);

impl NullaryFnOnce for Logarithms<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Logarithms(Ahead { draws, logs }) = self;
        for (log, draw) in logs.iter_mut().zip(draws) {
            *log = log_of_rest_inside(unit(*draw));
        }
    }
}

fn key(seed: u64, path_hash: u64) -> [u8; 32] {
    let mut key = [0; 32];
    key[0..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&path_hash.to_le_bytes());
    key[16..24].copy_from_slice(&LAYOUT_VERSION.to_le_bytes());
    key
}

/// Fowler, Noll and Vo's hash, variant 1a, 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[inline(always)]
fn unit(bits: u64) -> f64 {
    // The middle of the topmost cell has no 53-bit number and would round to 1.
    (((bits >> 11) as f64 + 0.5) / BITS_53).min(BELOW_ONE)
}

/// How many of the 2^53 values of a draw mean yes.
#[inline]
fn threshold(p: f64) -> u64 {
    if p >= 1.0 {
        1 << 53
    } else {
        // Rounded up. The conversion sends NaN and negatives to 0.
        let scaled = p * BITS_53;
        let below = scaled as u64;
        below + u64::from((below as f64) < scaled)
    }
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn the_outermost_bits_stay_inside_the_open_interval() {
        assert_eq!(unit(0), 0.5 / 9_007_199_254_740_992.0);
        assert_eq!(unit(u64::MAX), 1.0 - 1.0 / 9_007_199_254_740_992.0);
    }
}
