//! Many runs of several plans on several threads, delivered in the order of their numbers.
//!
//! Threads take blocks of consecutive runs from a counter, make each run under every plan, and hand the
//! block over. One consumer, on the calling thread, receives run after run in order, whatever thread finished
//! first: so files and sums are the same bytes for any number of threads, and a shorter batch
//! is the beginning of a longer one. No thread runs further ahead than a fixed window, so memory does not grow
//! with the number of runs.

use super::replication::{Replicable, Replication};
use crate::world::Outcome;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Runs in a block, at most: enough to make hand-overs rare, few enough to stop soon.
const BLOCK: u64 = 64;

/// Outcomes in a block, at most, where a run is made under many plans: blocks wait in memory.
const OUTCOMES: u64 = 256;

/// Blocks for each thread, at least, where there are few runs: so that none is idle while another works off the last.
const BLOCKS_PER_THREAD: u64 = 4;

/// Blocks each thread may be ahead of the consumer.
const AHEAD_PER_THREAD: u64 = 3;

/// Which runs to make, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The master seed.
    pub seed: u64,
    /// Numbers of the runs.
    pub runs: Range<u64>,
    /// How many threads make runs.
    pub threads: NonZeroUsize,
}

/// Why a batch came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum BatchError<E> {
    /// A thread failed while it made runs; nothing it left behind can be trusted.
    #[error("a worker failed in the block of runs that begins with run {first}")]
    Worker {
        /// The first run of the block it was working on.
        first: u64,
    },
    /// Whoever received the runs could not keep them.
    #[error(transparent)]
    Consumer(E),
}

/// Makes the runs and gives each to `consume` in order, with its outcome under every plan in the order of `plans`.
///
/// When `stop` becomes true, blocks that were begun are finished and delivered, and no more are begun. Returns the runs that were
/// delivered: all those asked for, or their beginning.
///
/// # Errors
///
/// When a worker panics, or as soon as `consume` fails.
pub fn run<P: Replicable, E>(
    plans: &[P],
    settings: &Settings,
    stop: &AtomicBool,
    mut consume: impl FnMut(u64, &[Outcome]) -> Result<(), E>,
) -> Result<Range<u64>, BatchError<E>> {
    let threads = settings.threads.get() as u64;
    let hall = Hall::new(threads, plans.len() as u64, settings, stop);
    let hall = &hall;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                // A fall is reported by the worker's `Presence`; caught here, it cannot take the whole batch with it.
                let _ = catch_unwind(AssertUnwindSafe(|| work(plans, settings, hall)));
            });
        }
        // Workers wait for the consumer: however it ends, they must be let go.
        let _dismissal = Dismissal(hall);
        let mut end = settings.runs.start;
        while let Some(block) = hall.next_block()? {
            for (outcomes, run) in block.outcomes.chunks_exact(plans.len()).zip(block.runs.clone()) {
                consume(run, outcomes).map_err(BatchError::Consumer)?;
            }
            end = block.runs.end;
            hall.take_back(block);
        }
        Ok(settings.runs.start..end)
    })
}

/// Consecutive runs and what became of them: run by run, within a run plan by plan.
struct Block {
    runs: Range<u64>,
    outcomes: Vec<Outcome>,
}

/// Where workers and consumer meet.
struct Hall<'a> {
    runs: Range<u64>,
    /// Runs in a block.
    block: u64,
    window: u64,
    stop: &'a AtomicBool,
    claimed: AtomicU64,
    floor: Mutex<Floor>,
    /// A block was put down, or a worker has left.
    arrived: Condvar,
    /// The consumer has taken a block, or wants no more.
    moved_on: Condvar,
}

struct Floor {
    /// Finished blocks the consumer has not reached yet, by number.
    finished: BTreeMap<u64, Block>,
    /// Blocks whose memory may be used again.
    spare: Vec<Block>,
    /// The block the consumer needs next.
    next: u64,
    workers: u64,
    failed: Option<u64>,
    dismissed: bool,
}

impl<'a> Hall<'a> {
    fn new(threads: u64, plans: u64, settings: &Settings, stop: &'a AtomicBool) -> Self {
        let count = settings.runs.end.saturating_sub(settings.runs.start);
        Hall {
            runs: settings.runs.clone(),
            block: count
                .div_ceil(threads.saturating_mul(BLOCKS_PER_THREAD))
                .clamp(1, (OUTCOMES / plans.max(1)).clamp(1, BLOCK)),
            window: threads * AHEAD_PER_THREAD,
            stop,
            claimed: AtomicU64::new(0),
            floor: Mutex::new(Floor {
                finished: BTreeMap::new(),
                spare: Vec::new(),
                next: 0,
                workers: threads,
                failed: None,
                dismissed: false,
            }),
            arrived: Condvar::new(),
            moved_on: Condvar::new(),
        }
    }

    /// The floor stays consistent between any two statements, so a panic elsewhere does not spoil it.
    fn floor(&self) -> MutexGuard<'_, Floor> {
        self.floor.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next block of runs to make, and memory for it; nothing when there is no more to do.
    fn claim(&self) -> Option<(u64, Block)> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let number = self.claimed.fetch_add(1, Ordering::Relaxed);
        let start = self.runs.start.checked_add(number.checked_mul(self.block)?)?;
        if start >= self.runs.end {
            return None;
        }
        let runs = start..self.runs.end.min(start.saturating_add(self.block));
        let mut floor = self.floor();
        while number >= floor.next + self.window && !floor.dismissed {
            floor = self.moved_on.wait(floor).unwrap_or_else(PoisonError::into_inner);
        }
        if floor.dismissed {
            return None;
        }
        let outcomes = floor.spare.pop().map(|block| block.outcomes).unwrap_or_default();
        Some((number, Block { runs, outcomes }))
    }

    fn put_down(&self, number: u64, block: Block) {
        self.floor().finished.insert(number, block);
        self.arrived.notify_one();
    }

    /// Waits for the block after the last one; nothing once every worker has left without it.
    fn next_block<E>(&self) -> Result<Option<Block>, BatchError<E>> {
        let mut floor = self.floor();
        loop {
            if let Some(first) = floor.failed {
                return Err(BatchError::Worker { first });
            }
            let next = floor.next;
            if let Some(block) = floor.finished.remove(&next) {
                floor.next += 1;
                return Ok(Some(block));
            }
            if floor.workers == 0 {
                return Ok(None);
            }
            floor = self.arrived.wait(floor).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn take_back(&self, block: Block) {
        self.floor().spare.push(block);
        self.moved_on.notify_all();
    }
}

/// Lets waiting workers go when the consumer ends, in whatever way.
struct Dismissal<'h, 'a>(&'h Hall<'a>);

impl Drop for Dismissal<'_, '_> {
    fn drop(&mut self) {
        self.0.floor().dismissed = true;
        self.0.moved_on.notify_all();
    }
}

/// Tells the consumer that a worker has left, and whether it fell.
struct Presence<'h, 'a> {
    hall: &'h Hall<'a>,
    first: u64,
}

impl Drop for Presence<'_, '_> {
    fn drop(&mut self) {
        let mut floor = self.hall.floor();
        floor.workers -= 1;
        if std::thread::panicking() {
            floor.failed.get_or_insert(self.first);
        }
        drop(floor);
        self.hall.arrived.notify_one();
    }
}

fn work<P: Replicable>(plans: &[P], settings: &Settings, hall: &Hall) {
    let mut presence = Presence { hall, first: settings.runs.start };
    let mut workers: Vec<_> = plans.iter().map(|plan| plan.worker(settings.seed)).collect();
    while let Some((number, mut block)) = hall.claim() {
        presence.first = block.runs.start;
        let length = (block.runs.end - block.runs.start) as usize;
        block.outcomes.resize_with(length * plans.len(), Outcome::default);
        let mut places = block.outcomes.iter_mut();
        for run in block.runs.clone() {
            for (worker, place) in workers.iter_mut().zip(&mut places) {
                copy(worker.run(run), place);
            }
        }
        hall.put_down(number, block);
    }
}

/// A copy that keeps the memory of its target, which a derived `clone_from` would not.
fn copy(from: &Outcome, to: &mut Outcome) {
    to.status = from.status;
    to.events = from.events;
    to.drawn.clone_from(&from.drawn);
    to.inputs.clone_from(&from.inputs);
    to.acts.clone_from(&from.acts);
    to.measures.clone_from(&from.measures);
    to.contingencies.clone_from(&from.contingencies);
    to.series.clone_from(&from.series);
}
