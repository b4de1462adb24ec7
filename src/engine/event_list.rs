//! The future event list: what happens next.
//!
//! # Order
//!
//! Events fire by time; at one time by [`Phase`], lower first; within a phase in the order in which they were scheduled.
//! This rule is part of the interface: results depend on it, and it does not change with the contents of the list.
//!
//! # Costs
//!
//! A 4-ary heap whose entries are single 128-bit integers, compared as such. [`EventList::schedule`] and [`EventList::pop`]
//! cost O(log n); a `pop` followed by a `schedule` costs one descent instead of two, because the root is left as a hole which
//! the next scheduled event fills. [`EventList::cancel`] costs O(1) amortised: the entry stays behind and is skipped, and
//! entries left behind are swept out when they outnumber the live ones. [`EventList::clear`] keeps all memory.
//!
//! # Faults
//!
//! The list never panics and never wraps round. What it cannot do is recorded as a [`Fault`], the first one stays, and from
//! then on nothing is scheduled and nothing fires. The loop ends by itself, and its owner asks [`EventList::fault`] why.
//!
//! ```
//! use canvass::engine::clock::{Span, Time};
//! use canvass::engine::event_list::{EventId, EventList, Phase};
//!
//! #[derive(Clone, Copy, PartialEq, Debug)]
//! enum Event {
//!     Open,
//!     Arrive(u32),
//! }
//!
//! let mut list = EventList::new();
//! list.schedule(Time::ZERO + Span::from_minutes(5), Phase(1), Event::Arrive(7), EventId::NONE);
//! list.schedule(Time::ZERO + Span::from_minutes(5), Phase(0), Event::Open, EventId::NONE);
//!
//! let first = list.pop().unwrap();
//! assert_eq!(first.event, Event::Open);
//! let timeout = list.schedule(first.time + Span::from_hours(1), Phase(1), Event::Arrive(8), first.id);
//! assert!(list.cancel(timeout));
//! assert_eq!(list.pop().unwrap().event, Event::Arrive(7));
//! assert!(list.pop().is_none());
//! assert!(list.fault().is_none());
//! ```

use super::clock::Time;

const ARITY: usize = 4;
const SLOT_BITS: u32 = 24;
const SEQUENCE_BITS: u32 = 32;
const PHASE_SHIFT: u32 = SLOT_BITS + SEQUENCE_BITS;
const TIME_SHIFT: u32 = 64;
const MAX_SLOTS: usize = 1 << SLOT_BITS;
/// Flipping the sign bit maps signed time to an unsigned integer of the same order.
const SIGN: u64 = 1 << 63;
/// Below this many entries a sweep saves less than it costs.
const SWEEP_ABOVE: usize = 64;
const DEFAULT_EVENT_LIMIT: u32 = 50_000_000;

/// The number of an event within its run, in the order of scheduling. It names the event as a cause.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EventId(pub u32);

impl EventId {
    /// The cause of events that nothing in the run caused.
    pub const NONE: EventId = EventId(u32::MAX);
}

/// Names a scheduled event, for [`EventList::cancel`]. Valid only for the list that gave it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Handle {
    slot: u32,
    sequence: u32,
    epoch: u32,
}

impl Default for Handle {
    /// No event.
    fn default() -> Self {
        Handle::NONE
    }
}

impl Handle {
    /// Names no event; cancelling it does nothing.
    pub const NONE: Handle = Handle { slot: u32::MAX, sequence: VACANT, epoch: 0 };
}

/// The class of an event among those at one time: lower fires first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Phase(pub u8);

/// An event whose moment has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fired<E> {
    /// When it fires.
    pub time: Time,
    /// Its number within the run.
    pub id: EventId,
    /// The event that caused it, or [`EventId::NONE`].
    pub cause: EventId,
    /// What happens.
    pub event: E,
}

/// Why a run cannot go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// More events were scheduled in one run than there are sequence numbers.
    #[error("a run scheduled more than 4,294,967,294 events")]
    SequenceOverflow,
    /// More events were pending at once than there are places.
    #[error("more than 16,777,216 events were pending at once")]
    SlotOverflow,
    /// An event was scheduled before the present moment.
    #[error("an event was scheduled for {at} ms when it was already {now} ms", at = at.0, now = now.0)]
    TimeReversed {
        /// The moment asked for.
        at: Time,
        /// The present moment.
        now: Time,
    },
    /// More events fired than the limit allows: the model most likely feeds itself.
    #[error("a run fired its limit of {limit} events; something in it schedules itself without end")]
    Runaway {
        /// The limit that was reached.
        limit: u32,
    },
}

/// The sequence number kept in a slot that holds no event; never given out.
const VACANT: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Slot<E> {
    event: E,
    cause: EventId,
    sequence: u32,
}

/// Pending events in the order in which they will fire. See the [module](self) for order, costs and faults.
#[derive(Clone, Debug)]
pub struct EventList<E: Copy> {
    /// time (64) | phase (8) | sequence (32) | slot (24); an entry is live while its slot holds its sequence number.
    heap: Vec<u128>,
    slots: Vec<Slot<E>>,
    free: Vec<u32>,
    /// The entry at the root has fired and waits to be replaced.
    hole: bool,
    dead: usize,
    next_sequence: u32,
    /// Tells handles of earlier runs from those of this one.
    epoch: u32,
    now: Time,
    fired: u32,
    limit: u32,
    fault: Option<Fault>,
}

impl<E: Copy> Default for EventList<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: Copy> EventList<E> {
    /// An empty list at time zero that allows 50 million events a run.
    #[must_use]
    pub fn new() -> Self {
        Self::with_event_limit(DEFAULT_EVENT_LIMIT)
    }

    /// An empty list at time zero that allows `limit` events to fire in a run before it reports [`Fault::Runaway`].
    #[must_use]
    pub fn with_event_limit(limit: u32) -> Self {
        EventList {
            heap: Vec::new(),
            slots: Vec::new(),
            free: Vec::new(),
            hole: false,
            dead: 0,
            next_sequence: 0,
            epoch: 0,
            now: Time::ZERO,
            fired: 0,
            limit,
            fault: None,
        }
    }

    /// Adds `event` to fire `at` a time, because of `cause`.
    ///
    /// [`Time::NEVER`] is accepted and not stored: the answer is [`Handle::NONE`]. A time before the present moment is a
    /// [`Fault::TimeReversed`]. After a fault nothing is stored.
    pub fn schedule(&mut self, at: Time, phase: Phase, event: E, cause: EventId) -> Handle {
        if self.fault.is_some() || at == Time::NEVER {
            return Handle::NONE;
        }
        if at < self.now {
            return self.refuse(Fault::TimeReversed { at, now: self.now });
        }
        let sequence = self.next_sequence;
        if sequence == VACANT {
            return self.refuse(Fault::SequenceOverflow);
        }
        let content = Slot { event, cause, sequence };
        let slot = if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = content;
            slot
        } else if self.slots.len() < MAX_SLOTS {
            self.slots.push(content);
            (self.slots.len() - 1) as u32
        } else {
            return self.refuse(Fault::SlotOverflow);
        };
        self.next_sequence += 1;
        let key = encode(at, phase, sequence, slot);
        if self.hole {
            self.hole = false;
            self.sift_down(0, key);
        } else {
            self.heap.push(key);
            self.sift_up(self.heap.len() - 1, key);
        }
        Handle { slot, sequence, epoch: self.epoch }
    }

    /// Takes back a scheduled event. True if it was still pending; false for [`Handle::NONE`], and for an event that has
    /// fired, was cancelled before, or belongs to an earlier run.
    pub fn cancel(&mut self, handle: Handle) -> bool {
        if handle.epoch != self.epoch || handle.sequence == VACANT {
            return false;
        }
        match self.slots.get(handle.slot as usize) {
            Some(slot) if slot.sequence == handle.sequence => {}
            _ => return false,
        }
        self.vacate(handle.slot);
        self.dead += 1;
        if self.heap.len() > SWEEP_ABOVE && self.dead > self.heap.len() / 2 {
            self.sweep();
        }
        true
    }

    /// Takes the next event and moves the present moment to it. None when nothing is pending or the run is at fault.
    pub fn pop(&mut self) -> Option<Fired<E>> {
        if self.fault.is_some() {
            return None;
        }
        self.expose_live_root();
        let key = *self.heap.first()?;
        if self.fired == self.limit {
            self.fault = Some(Fault::Runaway { limit: self.limit });
            return None;
        }
        let slot = slot_of(key);
        let content = self.slots[slot as usize];
        self.vacate(slot);
        self.hole = true;
        self.fired += 1;
        self.now = time_of(key);
        Some(Fired { time: self.now, id: EventId(content.sequence), cause: content.cause, event: content.event })
    }

    /// The present moment: the time of the event that fired last, zero at first.
    #[must_use]
    pub fn now(&self) -> Time {
        self.now
    }

    /// How many events are pending, without the cancelled ones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heap.len() - usize::from(self.hole) - self.dead
    }

    /// Whether nothing is pending.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many events have fired in this run.
    #[must_use]
    pub fn fired(&self) -> u32 {
        self.fired
    }

    /// What stopped the run, if anything did.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// The time of the next event; None when nothing is pending. Cancelled entries in front of it are dropped on the way.
    pub fn peek_time(&mut self) -> Option<Time> {
        self.expose_live_root();
        self.heap.first().map(|&key| time_of(key))
    }

    /// Forgets everything and returns to time zero for the next run, keeping the memory. Handles given out so far are void.
    pub fn clear(&mut self) {
        self.heap.clear();
        self.slots.clear();
        self.free.clear();
        self.hole = false;
        self.dead = 0;
        self.next_sequence = 0;
        self.epoch = self.epoch.wrapping_add(1);
        self.now = Time::ZERO;
        self.fired = 0;
        self.fault = None;
    }

    fn refuse(&mut self, fault: Fault) -> Handle {
        self.fault = Some(fault);
        Handle::NONE
    }

    fn vacate(&mut self, slot: u32) {
        self.slots[slot as usize].sequence = VACANT;
        self.free.push(slot);
    }

    fn is_live(&self, key: u128) -> bool {
        self.slots[slot_of(key) as usize].sequence == sequence_of(key)
    }

    /// Mends the hole and drops cancelled entries until the root is an event that will fire.
    fn expose_live_root(&mut self) {
        if self.hole {
            self.hole = false;
            self.remove_root();
        }
        while let Some(&key) = self.heap.first() {
            if self.is_live(key) {
                break;
            }
            self.dead -= 1;
            self.remove_root();
        }
    }

    fn remove_root(&mut self) {
        if let Some(last) = self.heap.pop()
            && !self.heap.is_empty()
        {
            self.sift_down(0, last);
        }
    }

    /// Removes every entry that is not live, the fired one in the hole among them, and restores the heap in linear time.
    fn sweep(&mut self) {
        let slots = &self.slots;
        self.heap.retain(|&key| slots[slot_of(key) as usize].sequence == sequence_of(key));
        self.hole = false;
        self.dead = 0;
        if self.heap.len() > 1 {
            for parent in (0..=(self.heap.len() - 2) / ARITY).rev() {
                self.sift_down(parent, self.heap[parent]);
            }
        }
    }

    fn sift_up(&mut self, mut at: usize, key: u128) {
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if self.heap[parent] <= key {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = key;
    }

    fn sift_down(&mut self, mut at: usize, key: u128) {
        let heap = self.heap.as_mut_slice();
        loop {
            let first = at * ARITY + 1;
            if first >= heap.len() {
                break;
            }
            let end = (first + ARITY).min(heap.len());
            let mut least = first;
            let mut least_key = heap[first];
            for (child, &child_key) in heap.iter().enumerate().take(end).skip(first + 1) {
                if child_key < least_key {
                    least = child;
                    least_key = child_key;
                }
            }
            if key <= least_key {
                break;
            }
            heap[at] = least_key;
            at = least;
        }
        heap[at] = key;
    }
}

fn encode(at: Time, phase: Phase, sequence: u32, slot: u32) -> u128 {
    let time = (at.0 as u64) ^ SIGN;
    (u128::from(time) << TIME_SHIFT)
        | (u128::from(phase.0) << PHASE_SHIFT)
        | (u128::from(sequence) << SLOT_BITS)
        | u128::from(slot)
}

fn time_of(key: u128) -> Time {
    Time((((key >> TIME_SHIFT) as u64) ^ SIGN) as i64)
}

fn sequence_of(key: u128) -> u32 {
    (key >> SLOT_BITS) as u32
}

fn slot_of(key: u128) -> u32 {
    (key as u32) & ((1 << SLOT_BITS) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sequence_number_is_used_and_the_next_is_a_fault() {
        let mut list = EventList::new();
        list.next_sequence = u32::MAX - 1;
        assert_ne!(list.schedule(Time(3), Phase(0), 'a', EventId::NONE), Handle::NONE);
        assert_eq!(list.schedule(Time(1), Phase(0), 'b', EventId::NONE), Handle::NONE);
        assert_eq!(list.fault(), Some(Fault::SequenceOverflow));
        assert!(list.pop().is_none());
        assert_eq!(list.len(), 1);
    }

    #[test]
    fn a_full_arena_is_a_fault() {
        let mut list = EventList::new();
        list.slots = vec![Slot { event: (), cause: EventId::NONE, sequence: VACANT }; MAX_SLOTS];
        assert_eq!(list.schedule(Time(1), Phase(0), (), EventId::NONE), Handle::NONE);
        assert_eq!(list.fault(), Some(Fault::SlotOverflow));
    }

    #[test]
    fn cancelled_entries_do_not_pile_up() {
        let mut list = EventList::new();
        for n in 0..10_000 {
            let timeout = list.schedule(Time(1_000_000 - n), Phase(0), (), EventId::NONE);
            list.cancel(timeout);
            assert!(list.heap.len() <= SWEEP_ABOVE + 1);
            assert!(list.slots.len() <= 1);
        }
    }
}
