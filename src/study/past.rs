//! Runs that were made before and kept: a batch that goes on takes them up first, in their order, and makes only the others.

use super::batch::{self, BatchError, Settings};
use super::replication::Replicable;
use crate::world::Outcome;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs that were kept, from the first of a batch on and without a gap.
pub trait Past {
    /// The next of them with its outcome under every plan; nothing once there are no more.
    fn next(&mut self) -> Option<(u64, &[Outcome])>;
}

/// Nothing was kept.
pub struct NoPast;

impl Past for NoPast {
    fn next(&mut self) -> Option<(u64, &[Outcome])> {
        None
    }
}

/// Perhaps something was kept.
impl<P: Past> Past for Option<P> {
    fn next(&mut self) -> Option<(u64, &[Outcome])> {
        self.as_mut()?.next()
    }
}

/// Does what [`batch::run`] does, but takes runs from the past as long as there are any.
///
/// # Errors
///
/// When a worker panics, or as soon as `consume` fails.
pub fn run<P: Replicable, E>(
    plans: &[P],
    settings: &Settings,
    past: &mut impl Past,
    stop: &AtomicBool,
    mut consume: impl FnMut(u64, &[Outcome]) -> Result<(), E>,
) -> Result<Range<u64>, BatchError<E>> {
    let mut next = settings.runs.start;
    while next < settings.runs.end && !stop.load(Ordering::Relaxed) {
        match past.next() {
            Some((run, outcomes)) if run == next => consume(run, outcomes).map_err(BatchError::Consumer)?,
            _ => break,
        }
        next += 1;
    }
    let rest = Settings { runs: next..settings.runs.end, ..settings.clone() };
    let made = batch::run(plans, &rest, stop, consume)?;
    Ok(settings.runs.start..made.end)
}
