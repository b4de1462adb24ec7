//! Work that waits for a limited number of people who keep working hours.
//!
//! The queue schedules nothing itself. Its owner calls [`StaffedQueue::start_next`] after every arrival, release and opening until the
//! answer is none, schedules an event at each `finish`, and calls [`StaffedQueue::release`] when that event fires.
//!
//! Lower priorities are served first, within one priority first come, first served. Work that has begun is not interrupted by more
//! urgent work; it pauses when the shift closes and goes on at the next opening.
//!
//! ```
//! use canvass::engine::clock::{Span, Time};
//! use canvass::engine::shifts::Shifts;
//! use canvass::engine::staffed_queue::StaffedQueue;
//!
//! let mut desk = StaffedQueue::new(1, Shifts::always());
//! desk.enqueue(Time(0), "first", 1, Span(10));
//! desk.enqueue(Time(0), "routine", 1, Span(10));
//! let first = desk.start_next(Time(0)).unwrap();
//! desk.enqueue(Time(4), "urgent", 0, Span(10));
//! assert!(desk.start_next(Time(4)).is_none());
//!
//! desk.release(first.finish);
//! let next = desk.start_next(first.finish).unwrap();
//! assert_eq!((next.job, next.waited), ("urgent", Span(6)));
//! ```

use std::collections::VecDeque;

use super::clock::{Span, Time};
use super::shifts::Shifts;

/// Below this many entries a sweep saves less than it costs.
const SWEEP_ABOVE: usize = 64;

/// Names a waiting job, for [`StaffedQueue::renege`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ticket {
    priority: u8,
    /// Never used twice, not even across [`StaffedQueue::clear`].
    number: u64,
}

/// A job whose service begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Started<J> {
    /// The job.
    pub job: J,
    /// The priority it waited with.
    pub priority: u8,
    /// How long it waited, closed hours included.
    pub waited: Span,
    /// When its service ends, pauses outside working hours included; [`Time::NEVER`] if the working hours left do not suffice.
    pub finish: Time,
}

#[derive(Clone, Debug)]
struct Waiting<J> {
    number: u64,
    job: J,
    service: Span,
    since: Time,
    left: bool,
}

/// The jobs of one priority, in order of arrival, those that left among them until they are swept.
#[derive(Clone, Debug)]
struct Lane<J> {
    priority: u8,
    line: VecDeque<Waiting<J>>,
    waiting: usize,
    started: u64,
    total_wait: Span,
}

/// Jobs, the people who serve them, and their working hours. See the [module](self).
#[derive(Clone, Debug)]
pub struct StaffedQueue<J: Copy> {
    shifts: Shifts,
    /// Sorted by priority; only priorities that have been seen.
    lanes: Vec<Lane<J>>,
    capacity: usize,
    servers: u32,
    servers_at_start: u32,
    busy: u32,
    waiting: usize,
    next_number: u64,
    balked: u64,
    reneged: u64,
    /// Up to when the areas below are summed.
    observed: Time,
    /// Job-milliseconds.
    waiting_area: f64,
    /// Server-milliseconds.
    busy_area: f64,
}

impl<J: Copy> StaffedQueue<J> {
    /// An empty queue without limit, with a number of servers who keep `shifts`.
    #[must_use]
    pub fn new(servers: u32, shifts: Shifts) -> Self {
        StaffedQueue {
            shifts,
            lanes: Vec::new(),
            capacity: usize::MAX,
            servers,
            servers_at_start: servers,
            busy: 0,
            waiting: 0,
            next_number: 0,
            balked: 0,
            reneged: 0,
            observed: Time::ZERO,
            waiting_area: 0.0,
            busy_area: 0.0,
        }
    }

    /// Limits how many jobs may wait: a job that finds so many waiting and cannot start at once is turned away. With a capacity of 0
    /// nothing ever waits.
    #[must_use]
    pub fn with_capacity(mut self, capacity: usize) -> Self {
        self.capacity = capacity;
        self
    }

    /// Empties the queue and its statistics for the next run, with the number of servers it was made with, keeping the memory.
    pub fn clear(&mut self) {
        for lane in &mut self.lanes {
            lane.line.clear();
            lane.waiting = 0;
            lane.started = 0;
            lane.total_wait = Span::ZERO;
        }
        self.servers = self.servers_at_start;
        self.busy = 0;
        self.waiting = 0;
        self.balked = 0;
        self.reneged = 0;
        self.observed = Time::ZERO;
        self.waiting_area = 0.0;
        self.busy_area = 0.0;
    }

    /// Adds a job that needs `service` of working time. None, and a job turned away, if the queue is full.
    pub fn enqueue(&mut self, now: Time, job: J, priority: u8, service: Span) -> Option<Ticket> {
        self.observe(now);
        if self.waiting >= self.capacity && self.waiting - self.capacity >= self.free_servers(now) {
            self.balked += 1;
            return None;
        }
        let number = self.next_number;
        self.next_number += 1;
        let lane = self.lane_mut(priority);
        lane.line.push_back(Waiting { number, job, service, since: now, left: false });
        lane.waiting += 1;
        self.waiting += 1;
        Some(Ticket { priority, number })
    }

    /// Begins the service of the next job, if one waits, a server is free and the shift is open.
    #[inline]
    pub fn start_next(&mut self, now: Time) -> Option<Started<J>> {
        if self.waiting == 0 || self.free_servers(now) == 0 {
            return None;
        }
        self.start_first(now)
    }

    /// Begins the service of the next job that waits.
    fn start_first(&mut self, now: Time) -> Option<Started<J>> {
        self.observe(now);
        let lane = self.lanes.iter_mut().find(|lane| lane.waiting > 0)?;
        let next = loop {
            let front = lane.line.pop_front()?;
            if !front.left {
                break front;
            }
        };
        let waited = now - next.since;
        lane.waiting -= 1;
        lane.started += 1;
        lane.total_wait += waited;
        let priority = lane.priority;
        self.waiting -= 1;
        self.busy += 1;
        Some(Started { job: next.job, priority, waited, finish: self.shifts.after_work(now, next.service) })
    }

    /// Frees the server of a job that has ended. Without a busy server it does nothing.
    #[inline]
    pub fn release(&mut self, now: Time) {
        self.observe(now);
        self.busy = self.busy.saturating_sub(1);
    }

    /// Takes a waiting job out of the queue: it has given up. None if it has started, or left before.
    pub fn renege(&mut self, now: Time, ticket: Ticket) -> Option<J> {
        let lane_at = self.lanes.binary_search_by_key(&ticket.priority, |lane| lane.priority).ok()?;
        let lane = &self.lanes[lane_at];
        let at = lane.line.binary_search_by_key(&ticket.number, |entry| entry.number).ok()?;
        if lane.line[at].left {
            return None;
        }
        self.observe(now);
        let lane = &mut self.lanes[lane_at];
        lane.line[at].left = true;
        lane.waiting -= 1;
        let job = lane.line[at].job;
        if lane.line.len() > SWEEP_ABOVE && lane.waiting < lane.line.len() / 2 {
            lane.line.retain(|entry| !entry.left);
        }
        self.waiting -= 1;
        self.reneged += 1;
        Some(job)
    }

    /// Changes the number of servers. Those who are busy beyond it finish what they have begun.
    pub fn set_servers(&mut self, servers: u32) {
        self.servers = servers;
    }

    /// How many jobs wait.
    #[must_use]
    #[inline]
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// How many jobs of one priority wait.
    #[must_use]
    pub fn waiting_of(&self, priority: u8) -> usize {
        self.lane(priority).map_or(0, |lane| lane.waiting)
    }

    /// How many servers are busy, those whose work pauses overnight included.
    #[must_use]
    #[inline]
    pub fn busy(&self) -> u32 {
        self.busy
    }

    /// How many servers there are.
    #[must_use]
    #[inline]
    pub fn servers(&self) -> u32 {
        self.servers
    }

    /// The first moment from `now` on at which the shift is open; [`Time::NEVER`] if it does not open again.
    #[must_use]
    pub fn opens_at(&self, now: Time) -> Time {
        self.shifts.next_opening(now)
    }

    /// The working hours.
    #[must_use]
    pub fn shifts(&self) -> &Shifts {
        &self.shifts
    }

    /// How many jobs of one priority have started.
    #[must_use]
    pub fn started_of(&self, priority: u8) -> u64 {
        self.lane(priority).map_or(0, |lane| lane.started)
    }

    /// The summed waits of the jobs of one priority that have started.
    #[must_use]
    pub fn total_wait_of(&self, priority: u8) -> Span {
        self.lane(priority).map_or(Span::ZERO, |lane| lane.total_wait)
    }

    /// How many jobs have started.
    #[must_use]
    pub fn started(&self) -> u64 {
        self.lanes.iter().map(|lane| lane.started).sum()
    }

    /// The summed waits of all jobs that have started.
    #[must_use]
    pub fn total_wait(&self) -> Span {
        self.lanes.iter().fold(Span::ZERO, |sum, lane| sum + lane.total_wait)
    }

    /// How many jobs were turned away by a full queue.
    #[must_use]
    pub fn balked(&self) -> u64 {
        self.balked
    }

    /// How many jobs gave up waiting.
    #[must_use]
    pub fn reneged(&self) -> u64 {
        self.reneged
    }

    /// The mean number of waiting jobs from time zero to `now`; 0 at time zero.
    #[must_use]
    pub fn mean_waiting(&self, now: Time) -> f64 {
        mean(self.waiting_area, self.waiting as f64, self.observed, now)
    }

    /// The mean number of busy servers from time zero to `now`; 0 at time zero.
    #[must_use]
    pub fn mean_busy(&self, now: Time) -> f64 {
        mean(self.busy_area, f64::from(self.busy), self.observed, now)
    }

    #[inline]
    fn free_servers(&self, now: Time) -> usize {
        let free = self.servers.saturating_sub(self.busy);
        if free > 0 && self.shifts.is_open(now) { free as usize } else { 0 }
    }

    #[inline]
    fn observe(&mut self, now: Time) {
        if now == self.observed {
            return;
        }
        let elapsed = (now - self.observed).as_ms_f64();
        self.waiting_area += self.waiting as f64 * elapsed;
        self.busy_area += f64::from(self.busy) * elapsed;
        self.observed = now;
    }

    fn lane(&self, priority: u8) -> Option<&Lane<J>> {
        self.lanes.iter().find(|lane| lane.priority == priority)
    }

    fn lane_mut(&mut self, priority: u8) -> &mut Lane<J> {
        let at = match self.lanes.binary_search_by_key(&priority, |lane| lane.priority) {
            Ok(at) => at,
            Err(at) => {
                let lane = Lane { priority, line: VecDeque::new(), waiting: 0, started: 0, total_wait: Span::ZERO };
                self.lanes.insert(at, lane);
                at
            }
        };
        &mut self.lanes[at]
    }
}

/// The mean over [0, now] of a step function: the area up to `observed`, and its present level since.
fn mean(area: f64, level: f64, observed: Time, now: Time) -> f64 {
    if now <= Time::ZERO {
        return 0.0;
    }
    (area + level * (now - observed).as_ms_f64()) / now.as_ms_f64()
}
