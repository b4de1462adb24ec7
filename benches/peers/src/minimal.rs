//! The yardstick: the least that does the work with the standard library's heap, ordered by time and by order of scheduling.

use crate::work::{ARRIVALS, Answer, OUTPUTS, SERVERS, SHORT, STREAMS, Waits, exponential, stream};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::Rng;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

#[derive(Clone, Copy)]
enum Event {
    Arrive,
    Leave,
}

struct Entry {
    time: f64,
    sequence: u64,
    event: Event,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    /// The earliest is the greatest, since the heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.partial_cmp(&self.time).expect("a number").then(other.sequence.cmp(&self.sequence))
    }
}

#[derive(Default)]
struct Queue {
    pending: BinaryHeap<Entry>,
    sequence: u64,
    line: VecDeque<f64>,
    busy: usize,
    waits: Waits,
}

impl Queue {
    fn clear(&mut self) {
        self.pending.clear();
        self.line.clear();
        (self.sequence, self.busy, self.waits) = (0, 0, Waits::default());
    }

    fn schedule(&mut self, time: f64, event: Event) {
        self.pending.push(Entry { time, sequence: self.sequence, event });
        self.sequence += 1;
    }

    fn run(&mut self, customers: u64, arrivals: &mut ChaCha12Rng, services: &mut ChaCha12Rng) {
        let mut arrived = 0;
        self.schedule(exponential(arrivals) / ARRIVALS, Event::Arrive);
        while let Some(Entry { time: now, event, .. }) = self.pending.pop() {
            match event {
                Event::Arrive => {
                    arrived += 1;
                    if arrived < customers {
                        self.schedule(now + exponential(arrivals) / ARRIVALS, Event::Arrive);
                    }
                    if self.busy < SERVERS {
                        self.busy += 1;
                        self.waits.add(0.0);
                        self.schedule(now + exponential(services), Event::Leave);
                    } else {
                        self.line.push_back(now);
                    }
                }
                Event::Leave => {
                    if let Some(since) = self.line.pop_front() {
                        self.waits.add(now - since);
                        self.schedule(now + exponential(services), Event::Leave);
                    } else {
                        self.busy -= 1;
                    }
                }
            }
        }
    }
}

pub fn long(customers: u64, seed: u64) -> Answer {
    let mut queue = Queue::default();
    queue.run(customers, &mut stream(seed, 0, 0), &mut stream(seed, 1, 0));
    queue.waits.answer()
}

/// Streams and memory are kept from run to run.
pub fn short(runs: u64, seed: u64) -> Answer {
    let mut queue = Queue::default();
    let mut streams: Vec<ChaCha12Rng> = (0..STREAMS as u64).map(|component| stream(seed, component, 0)).collect();
    let mut all = Waits::default();
    let mut outputs = [0.0; OUTPUTS];
    for run in 0..runs {
        queue.clear();
        for generator in &mut streams {
            generator.set_word_pos(0);
            generator.set_stream(run);
        }
        let [arrivals, services, others @ ..] = streams.as_mut_slice() else { unreachable!() };
        queue.run(SHORT, arrivals, services);
        outputs[0] = queue.waits.sum / SHORT as f64;
        outputs[1] = queue.waits.longest;
        for (output, generator) in outputs[2..].iter_mut().zip(others) {
            *output = generator.next_u64() as f64;
        }
        std::hint::black_box(&outputs);
        all.sum += queue.waits.sum;
        all.count += queue.waits.count;
    }
    all.answer()
}
