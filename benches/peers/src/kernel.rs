//! Canvass's kernel, as its library offers it: the event list, named streams, and laws of time.

use crate::work::{ARRIVALS, Answer, OUTPUTS, SERVERS, SHORT, STREAMS, Waits};
use canvass::engine::{EventId, EventList, Phase, Shifts, Span, StaffedQueue, StreamId, Streams, Time};
use std::collections::VecDeque;

/// Milliseconds in a unit of time. An hour, so that rounding to a millisecond is far below what is measured.
const UNIT: f64 = 3_600_000.0;

#[derive(Clone, Copy)]
enum Event {
    Arrive,
    Leave,
}

struct Queue {
    events: EventList<Event>,
    streams: Streams,
    arrivals: StreamId,
    services: StreamId,
    line: VecDeque<Time>,
    busy: usize,
    waits: Waits,
}

impl Queue {
    fn new(seed: u64) -> Self {
        let mut streams = Streams::new(seed);
        let arrivals = streams.open("queue/arrivals").expect("a new name");
        let services = streams.open("queue/services").expect("a new name");
        let events = EventList::with_event_limit(u32::MAX);
        Queue { events, streams, arrivals, services, line: VecDeque::new(), busy: 0, waits: Waits::default() }
    }

    fn clear(&mut self, run: u64) {
        self.events.clear();
        self.streams.start_run(run);
        self.line.clear();
        (self.busy, self.waits) = (0, Waits::default());
    }

    fn gap(&mut self) -> Span {
        Span::from_ms_f64(self.streams.exponential(self.arrivals, UNIT / ARRIVALS))
    }

    fn service(&mut self) -> Span {
        Span::from_ms_f64(self.streams.exponential(self.services, UNIT))
    }

    /// Waits were summed up in milliseconds.
    fn answer(&self) -> Answer {
        let Answer { events, wait } = self.waits.answer();
        Answer { events, wait: wait / UNIT }
    }

    fn run(&mut self, customers: u64) {
        let mut arrived = 0;
        let first = self.gap();
        self.events.schedule(Time::ZERO + first, Phase(0), Event::Arrive, EventId::NONE);
        while let Some(fired) = self.events.pop() {
            let now = fired.time;
            match fired.event {
                Event::Arrive => {
                    arrived += 1;
                    if arrived < customers {
                        let gap = self.gap();
                        self.events.schedule(now + gap, Phase(0), Event::Arrive, fired.id);
                    }
                    if self.busy < SERVERS {
                        self.busy += 1;
                        self.waits.add(0.0);
                        let service = self.service();
                        self.events.schedule(now + service, Phase(0), Event::Leave, fired.id);
                    } else {
                        self.line.push_back(now);
                    }
                }
                Event::Leave => {
                    if let Some(since) = self.line.pop_front() {
                        self.waits.add((now - since).as_ms_f64());
                        let service = self.service();
                        self.events.schedule(now + service, Phase(0), Event::Leave, fired.id);
                    } else {
                        self.busy -= 1;
                    }
                }
            }
        }
        assert_eq!(self.events.fault(), None);
    }
}

pub fn long(customers: u64, seed: u64) -> Answer {
    let mut queue = Queue::new(seed);
    queue.run(customers);
    queue.answer()
}

/// The same with the kernel's own queue of work: priorities, working hours, statistics.
pub fn long_staffed(customers: u64, seed: u64) -> Answer {
    let mut queue = Queue::new(seed);
    let mut desk = StaffedQueue::new(SERVERS as u32, Shifts::always());
    let mut arrived = 0;
    let first = queue.gap();
    queue.events.schedule(Time::ZERO + first, Phase(0), Event::Arrive, EventId::NONE);
    while let Some(fired) = queue.events.pop() {
        let now = fired.time;
        match fired.event {
            Event::Arrive => {
                arrived += 1;
                if arrived < customers {
                    let gap = queue.gap();
                    queue.events.schedule(now + gap, Phase(0), Event::Arrive, fired.id);
                }
                let service = queue.service();
                desk.enqueue(now, (), 0, service);
            }
            Event::Leave => desk.release(now),
        }
        while let Some(started) = desk.start_next(now) {
            queue.waits.add(started.waited.as_ms_f64());
            queue.events.schedule(started.finish, Phase(0), Event::Leave, fired.id);
        }
    }
    assert_eq!(queue.events.fault(), None);
    queue.answer()
}

pub fn short(runs: u64, seed: u64) -> Answer {
    let mut queue = Queue::new(seed);
    let others: Vec<StreamId> =
        (2..STREAMS).map(|component| queue.streams.open(&format!("other/{component}")).expect("a new name")).collect();
    let mut all = Waits::default();
    let mut outputs = [0.0; OUTPUTS];
    for run in 0..runs {
        queue.clear(run);
        queue.run(SHORT);
        outputs[0] = queue.waits.sum / (SHORT as f64 * UNIT);
        outputs[1] = queue.waits.longest / UNIT;
        for (output, stream) in outputs[2..].iter_mut().zip(&others) {
            *output = queue.streams.uniform(*stream);
        }
        std::hint::black_box(&outputs);
        all.sum += queue.waits.sum;
        all.count += queue.waits.count;
    }
    queue.waits = all;
    queue.answer()
}
