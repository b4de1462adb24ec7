//! The trace of a run: what fired, and because of what.
//!
//! ```
//! use canvass::engine::clock::Time;
//! use canvass::engine::event_list::{EventId, EventList, Phase};
//! use canvass::engine::trace::Trace;
//!
//! let mut list = EventList::new();
//! let mut trace = Trace::on();
//! list.schedule(Time(1), Phase(0), "outage", EventId::NONE);
//! let outage = list.pop().unwrap();
//! trace.record(outage);
//! list.schedule(Time(5), Phase(0), "rumour", outage.id);
//! let rumour = list.pop().unwrap();
//! trace.record(rumour);
//!
//! let causes: Vec<&str> = trace.chain(rumour.id).map(|record| record.event).collect();
//! assert_eq!(causes, ["rumour", "outage"]);
//! ```

use std::io::{self, BufRead};

use super::event_list::{EventId, Fired};

const UNRECORDED: u32 = u32::MAX;

/// One event of a trace.
pub type Record<E> = Fired<E>;

/// The events that fired in a run, in order. A trace that is off records nothing and costs one branch an event.
#[derive(Clone, Debug)]
pub struct Trace<E: Copy> {
    on: bool,
    records: Vec<Record<E>>,
    /// The place in `records` of each event, by its number.
    places: Vec<u32>,
}

impl<E: Copy> Trace<E> {
    /// A trace that records nothing.
    #[must_use]
    pub fn off() -> Self {
        Trace { on: false, records: Vec::new(), places: Vec::new() }
    }

    /// A trace that records every event it is given.
    #[must_use]
    pub fn on() -> Self {
        Trace { on: true, ..Trace::off() }
    }

    /// Whether events are recorded.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Adds an event that has fired, if the trace is on.
    #[inline]
    pub fn record(&mut self, fired: Fired<E>) {
        if self.on {
            self.add(fired);
        }
    }

    fn add(&mut self, fired: Fired<E>) {
        let number = fired.id.0 as usize;
        if self.places.len() <= number {
            self.places.resize(number + 1, UNRECORDED);
        }
        self.places[number] = self.records.len() as u32;
        self.records.push(fired);
    }

    /// What was recorded, in the order of firing.
    #[must_use]
    pub fn records(&self) -> &[Record<E>] {
        &self.records
    }

    /// The event `id`, then its cause, and so on up to the event that nothing caused. Empty if `id` was not recorded; ends early at a
    /// cause that was not.
    pub fn chain(&self, id: EventId) -> impl Iterator<Item = &Record<E>> {
        std::iter::successors(self.place(id), |&place| {
            // A cause has fired before its effect, so the walk ends for any input.
            self.place(self.records[place].cause).filter(|&cause| cause < place)
        })
        .map(|place| &self.records[place])
    }

    /// Forgets the events for the next run, keeping the memory.
    pub fn clear(&mut self) {
        self.records.clear();
        self.places.clear();
    }

    fn place(&self, id: EventId) -> Option<usize> {
        self.places.get(id.0 as usize).filter(|&&place| place != UNRECORDED).map(|&place| place as usize)
    }
}

/// The first line in which two event files differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The line's number, from 1.
    pub line: usize,
    /// The line in the stored file; None if it has ended.
    pub stored: Option<String>,
    /// The line of the replay; None if it has ended.
    pub replayed: Option<String>,
}

/// Compares a stored event file with a replay, line by line, and stops at the first difference. None means that they are equal. Line
/// ends are not compared.
///
/// ```
/// use canvass::engine::trace::first_difference;
///
/// let replay = ["0,open", "5,close"].map(String::from);
/// let found = first_difference(&b"0,open\n4,close\n"[..], replay.into_iter())?.unwrap();
/// assert_eq!((found.line, found.stored.as_deref()), (2, Some("4,close")));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// When the stored file cannot be read or is not UTF-8.
pub fn first_difference(
    stored: impl BufRead,
    mut replayed: impl Iterator<Item = String>,
) -> io::Result<Option<Difference>> {
    let mut stored = stored.lines();
    for line in 1.. {
        match (stored.next().transpose()?, replayed.next()) {
            (None, None) => break,
            (stored, replayed) if stored == replayed => {}
            (stored, replayed) => {
                return Ok(Some(Difference { line, stored, replayed }));
            }
        }
    }
    Ok(None)
}
