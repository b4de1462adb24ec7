//! The future event list: what happens next.
//!
//! # Order
//!
//! Events fire by time; at one time by [`Phase`], lower first; within a phase in the order in which they were scheduled.
//! This rule is part of the interface: results depend on it, and it does not change with the contents of the list.
//!
//! # Costs
//!
//! An entry is a single 128-bit integer, compared as such. The soonest few stand in a short sorted list, all others in a 4-ary
//! heap, and every entry of the list comes before every entry of the heap. An event that comes soon, as most do, is put into its place
//! in the list by a few comparisons, and the next event is always its last entry. A list that has grown too long gives its later half to
//! the heap, and an empty one takes the soonest from it, so that [`EventList::schedule`] and [`EventList::pop`] cost O(log n) whatever
//! happens. [`EventList::cancel`] costs O(1) amortised: the entry stays behind and is skipped, and entries left behind are swept
//! out when they outnumber the live ones. [`EventList::clear`] keeps all memory.
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

/// Children of a node of the heap.
const ARITY: usize = 4;
/// Entries the sorted list may hold; half of them move at a time between it and the heap.
const SOON: usize = 16;
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
/// An entry later than all others. No event has it, since none is stored for [`Time::NEVER`].
const NOTHING: u128 = u128::MAX;
/// Ends the chain of slots that hold no event.
const NO_SLOT: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Slot<E> {
    event: E,
    stamp: Stamp,
}

/// The cause of an event above its sequence number; for a slot without one, the next such slot above [`VACANT`]. In one word, since
/// a processor waits for two half words that are written apart and read together.
#[derive(Clone, Copy, Debug)]
struct Stamp(u64);

impl Stamp {
    fn new(above: u32, sequence: u32) -> Stamp {
        Stamp(u64::from(above) << 32 | u64::from(sequence))
    }

    fn above(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn sequence(self) -> u32 {
        self.0 as u32
    }
}

/// Pending events in the order in which they will fire. See the [module](self) for order, costs and faults.
#[derive(Clone, Debug)]
pub struct EventList<E: Copy> {
    /// The soonest entries, the very soonest last. An entry is time (64) | phase (8) | sequence (32) | slot (24), and is live
    /// while its slot holds its sequence number.
    soon: [u128; SOON + 1],
    /// How many of those there are; there is place for one more than may stay.
    soon_count: usize,
    /// All other entries, as a heap.
    later: Vec<u128>,
    /// The first of those, or [`NOTHING`].
    first_later: u128,
    slots: Vec<Slot<E>>,
    /// The first slot that holds no event; each names the next as its cause.
    free: u32,
    dead: usize,
    next_sequence: u32,
    /// Tells handles of earlier runs from those of this one.
    epoch: u32,
    now: Time,
    /// Nothing is scheduled before this: the present moment, and after a fault the end of time.
    earliest: Time,
    fired: u32,
    /// Nothing fires after so many: the limit, and after a fault those that have.
    last: u32,
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
            soon: [NOTHING; SOON + 1],
            soon_count: 0,
            later: Vec::new(),
            first_later: NOTHING,
            slots: Vec::new(),
            free: NO_SLOT,
            dead: 0,
            next_sequence: 0,
            epoch: 0,
            now: Time::ZERO,
            earliest: Time::ZERO,
            fired: 0,
            last: limit,
            limit,
            fault: None,
        }
    }

    /// Adds `event` to fire `at` a time, because of `cause`.
    ///
    /// [`Time::NEVER`] is accepted and not stored: the answer is [`Handle::NONE`]. A time before the present moment is a
    /// [`Fault::TimeReversed`]. After a fault nothing is stored.
    #[inline(always)]
    pub fn schedule(&mut self, at: Time, phase: Phase, event: E, cause: EventId) -> Handle {
        let sequence = self.next_sequence;
        if at < self.earliest || at == Time::NEVER || sequence == VACANT {
            return self.refuse_to_schedule(at);
        }
        let stamp = Stamp::new(cause.0, sequence);
        let mut slot = self.free;
        if let Some(vacant) = self.slots.get_mut(slot as usize) {
            self.free = vacant.stamp.above();
            *vacant = Slot { event, stamp };
        } else if let Some(added) = self.add_slot(Slot { event, stamp }) {
            slot = added;
        } else {
            return Handle::NONE;
        }
        self.next_sequence += 1;
        self.insert(encode(at, phase, sequence, slot));
        Handle { slot, sequence, epoch: self.epoch }
    }

    /// Takes back a scheduled event. True if it was still pending; false for [`Handle::NONE`], and for an event that has
    /// fired, was cancelled before, or belongs to an earlier run.
    pub fn cancel(&mut self, handle: Handle) -> bool {
        if handle.epoch != self.epoch || handle.sequence == VACANT {
            return false;
        }
        match self.slots.get(handle.slot as usize) {
            Some(slot) if slot.stamp.sequence() == handle.sequence => {}
            _ => return false,
        }
        self.vacate(handle.slot);
        self.dead += 1;
        let entries = self.entries();
        if entries > SWEEP_ABOVE && self.dead > entries / 2 {
            self.sweep();
        }
        true
    }

    /// Takes the next event and moves the present moment to it. None when nothing is pending or the run is at fault.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<Fired<E>> {
        loop {
            let key = self.next_entry()?;
            let at = slot_of(key);
            let slot = &mut self.slots[at as usize];
            if slot.stamp.sequence() != sequence_of(key) {
                self.soon_count -= 1;
                self.dead -= 1;
                continue;
            }
            if self.fired == self.last {
                self.stop(Fault::Runaway { limit: self.limit });
                return None;
            }
            let Slot { event, stamp } = *slot;
            slot.stamp = Stamp::new(self.free, VACANT);
            self.free = at;
            self.soon_count -= 1;
            self.fired += 1;
            self.now = time_of(key);
            self.earliest = self.now;
            return Some(Fired { time: self.now, id: EventId(stamp.sequence()), cause: EventId(stamp.above()), event });
        }
    }

    /// The present moment: the time of the event that fired last, zero at first.
    #[must_use]
    pub fn now(&self) -> Time {
        self.now
    }

    /// How many events are pending, without the cancelled ones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries() - self.dead
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
        loop {
            let key = self.next_entry()?;
            if self.is_live(key) {
                return Some(time_of(key));
            }
            self.soon_count -= 1;
            self.dead -= 1;
        }
    }

    /// Forgets everything and returns to time zero for the next run, keeping the memory. Handles given out so far are void.
    pub fn clear(&mut self) {
        self.soon_count = 0;
        self.later.clear();
        self.first_later = NOTHING;
        self.slots.clear();
        self.free = NO_SLOT;
        self.dead = 0;
        self.next_sequence = 0;
        self.epoch = self.epoch.wrapping_add(1);
        self.now = Time::ZERO;
        self.earliest = Time::ZERO;
        self.fired = 0;
        self.last = self.limit;
        self.fault = None;
    }

    /// Nothing is stored at such a time, or after such a fault.
    #[cold]
    fn refuse_to_schedule(&mut self, at: Time) -> Handle {
        if at != Time::NEVER {
            self.stop(match at < self.now {
                true => Fault::TimeReversed { at, now: self.now },
                false => Fault::SequenceOverflow,
            });
        }
        Handle::NONE
    }

    /// Ends the run, for a reason unless there is one.
    #[cold]
    fn stop(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
        self.earliest = Time::NEVER;
        self.last = self.fired;
    }

    /// One more slot, for this content; nothing, and a fault, if there are no more.
    #[cold]
    fn add_slot(&mut self, content: Slot<E>) -> Option<u32> {
        if self.slots.len() == MAX_SLOTS {
            self.stop(Fault::SlotOverflow);
            return None;
        }
        self.slots.push(content);
        Some((self.slots.len() - 1) as u32)
    }

    /// Entries, the cancelled ones included.
    fn entries(&self) -> usize {
        self.soon_count + self.later.len()
    }

    fn vacate(&mut self, slot: u32) {
        self.slots[slot as usize].stamp = Stamp::new(self.free, VACANT);
        self.free = slot;
    }

    fn is_live(&self, key: u128) -> bool {
        self.slots[slot_of(key) as usize].stamp.sequence() == sequence_of(key)
    }

    /// The next entry, cancelled or not. It stands last in the sorted list.
    #[inline]
    fn next_entry(&mut self) -> Option<u128> {
        if self.soon_count == 0 {
            if self.later.is_empty() {
                return None;
            }
            self.fetch();
        }
        Some(self.soon[self.soon_count - 1])
    }

    /// Puts an entry where it belongs.
    #[inline]
    fn insert(&mut self, key: u128) {
        if key > self.first_later {
            self.insert_later(key);
            return;
        }
        let mut at = self.soon_count.min(SOON);
        while at > 0 && self.soon[at - 1] < key {
            self.soon[at] = self.soon[at - 1];
            at -= 1;
        }
        self.soon[at] = key;
        self.soon_count += 1;
        if self.soon_count > SOON {
            self.put_off();
        }
    }

    #[inline(never)]
    fn insert_later(&mut self, key: u128) {
        self.later.push(key);
        sift_up(&mut self.later);
    }

    /// Moves the later half of the sorted list to the heap.
    #[inline(never)]
    fn put_off(&mut self) {
        let moved = SOON / 2;
        for &key in &self.soon[..moved] {
            self.later.push(key);
            sift_up(&mut self.later);
        }
        self.soon.copy_within(moved..self.soon_count, 0);
        self.soon_count -= moved;
        self.first_later = self.later[0];
    }

    /// Moves the soonest entries of the heap to the sorted list, which is empty.
    #[inline(never)]
    fn fetch(&mut self) {
        let moved = (SOON / 2).min(self.later.len());
        for place in (0..moved).rev() {
            self.soon[place] = self.later.swap_remove(0);
            sift_down(&mut self.later, 0);
        }
        self.soon_count = moved;
        self.first_later = self.later.first().copied().unwrap_or(NOTHING);
    }

    /// Removes every entry that is not live, in linear time.
    fn sweep(&mut self) {
        let slots = &self.slots;
        let is_live = |key: &u128| slots[slot_of(*key) as usize].stamp.sequence() == sequence_of(*key);
        let mut kept = 0;
        for place in 0..self.soon_count {
            let key = self.soon[place];
            self.soon[kept] = key;
            kept += usize::from(is_live(&key));
        }
        self.soon_count = kept;
        self.later.retain(is_live);
        for parent in (0..self.later.len().div_ceil(ARITY)).rev() {
            sift_down(&mut self.later, parent);
        }
        self.first_later = self.later.first().copied().unwrap_or(NOTHING);
        self.dead = 0;
    }
}

/// Moves the last entry of a heap up to where it belongs.
#[inline]
fn sift_up(heap: &mut [u128]) {
    let Some(mut at) = heap.len().checked_sub(1) else { return };
    let key = heap[at];
    while at > 0 {
        let parent = (at - 1) / ARITY;
        if heap[parent] <= key {
            break;
        }
        heap[at] = heap[parent];
        at = parent;
    }
    heap[at] = key;
}

/// Moves an entry of a heap down to where it belongs.
#[inline]
fn sift_down(heap: &mut [u128], mut at: usize) {
    let Some(&key) = heap.get(at) else { return };
    loop {
        let first = at * ARITY + 1;
        if first >= heap.len() {
            break;
        }
        let mut least = first;
        for child in first + 1..heap.len().min(first + ARITY) {
            if heap[child] < heap[least] {
                least = child;
            }
        }
        if key <= heap[least] {
            break;
        }
        heap[at] = heap[least];
        at = least;
    }
    heap[at] = key;
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
        list.slots = vec![Slot { event: (), stamp: Stamp::new(NO_SLOT, VACANT) }; MAX_SLOTS];
        assert_eq!(list.schedule(Time(1), Phase(0), (), EventId::NONE), Handle::NONE);
        assert_eq!(list.fault(), Some(Fault::SlotOverflow));
    }

    #[test]
    fn cancelled_entries_do_not_pile_up() {
        let mut list = EventList::new();
        for n in 0..10_000 {
            let timeout = list.schedule(Time(1_000_000 - n), Phase(0), (), EventId::NONE);
            list.cancel(timeout);
            assert!(list.entries() <= SWEEP_ABOVE + 1);
            assert!(list.slots.len() <= 1);
        }
    }
}
