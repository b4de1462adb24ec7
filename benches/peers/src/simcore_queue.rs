//! simcore, the core of DSLab: a component that sends typed events to itself.

use crate::work::{Answer, Draws, SERVERS, Waits};
use serde::Serialize;
use simcore::{Event, EventHandler, Simulation, SimulationContext, cast};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

#[derive(Clone, Serialize)]
struct Arrive {}

#[derive(Clone, Serialize)]
struct Leave {}

struct Queue {
    context: SimulationContext,
    draws: Draws,
    customers: u64,
    arrived: u64,
    line: VecDeque<f64>,
    busy: usize,
    waits: Waits,
}

impl Queue {
    fn arrive(&mut self) {
        self.arrived += 1;
        if self.arrived < self.customers {
            self.context.emit_self(Arrive {}, self.draws.gap());
        }
        if self.busy < SERVERS {
            self.busy += 1;
            self.waits.add(0.0);
            self.context.emit_self(Leave {}, self.draws.service());
        } else {
            self.line.push_back(self.context.time());
        }
    }

    fn leave(&mut self) {
        if let Some(since) = self.line.pop_front() {
            self.waits.add(self.context.time() - since);
            self.context.emit_self(Leave {}, self.draws.service());
        } else {
            self.busy -= 1;
        }
    }
}

impl EventHandler for Queue {
    fn on(&mut self, event: Event) {
        cast!(match event.data {
            Arrive {} => {
                self.arrive()
            }
            Leave {} => {
                self.leave()
            }
        })
    }
}

pub fn long(customers: u64, seed: u64) -> Answer {
    let mut simulation = Simulation::new(seed);
    let queue = Rc::new(RefCell::new(Queue {
        context: simulation.create_context("queue"),
        draws: Draws::new(seed),
        customers,
        arrived: 0,
        line: VecDeque::new(),
        busy: 0,
        waits: Waits::default(),
    }));
    simulation.add_handler("queue", queue.clone());
    {
        let mut queue = queue.borrow_mut();
        let gap = queue.draws.gap();
        queue.context.emit_self(Arrive {}, gap);
    }
    simulation.step_until_no_events();
    let answer = queue.borrow().waits.answer();
    answer
}
