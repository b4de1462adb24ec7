//! ixa: plans are closures, state lives in a plug-in of the context, draws come from its own generator.

use crate::work::{ARRIVALS, Answer, SERVERS, Waits};
use ixa::prelude::*;
use rand_distr::Exp1;
use std::collections::VecDeque;

define_rng!(ArrivalRng);
define_rng!(ServiceRng);

#[derive(Default)]
struct Queue {
    customers: u64,
    arrived: u64,
    line: VecDeque<f64>,
    busy: usize,
    waits: Waits,
}

define_data_plugin!(QueuePlugin, Queue, Queue::default());

fn arrive(context: &mut Context) {
    let now = context.get_current_time();
    let queue = context.get_data_mut(QueuePlugin);
    queue.arrived += 1;
    let more = queue.arrived < queue.customers;
    let free = queue.busy < SERVERS;
    if free {
        queue.busy += 1;
        queue.waits.add(0.0);
    } else {
        queue.line.push_back(now);
    }
    if more {
        plan_arrival(context);
    }
    if free {
        plan_departure(context);
    }
}

fn leave(context: &mut Context) {
    let now = context.get_current_time();
    let queue = context.get_data_mut(QueuePlugin);
    if let Some(since) = queue.line.pop_front() {
        queue.waits.add(now - since);
        plan_departure(context);
    } else {
        queue.busy -= 1;
    }
}

fn plan_arrival(context: &mut Context) {
    let gap: f64 = context.sample_distr(ArrivalRng, Exp1);
    context.add_plan(context.get_current_time() + gap / ARRIVALS, arrive);
}

fn plan_departure(context: &mut Context) {
    let service: f64 = context.sample_distr(ServiceRng, Exp1);
    context.add_plan(context.get_current_time() + service, leave);
}

pub fn long(customers: u64, seed: u64) -> Answer {
    let mut context = Context::new();
    context.init_random(seed);
    context.get_data_mut(QueuePlugin).customers = customers;
    plan_arrival(&mut context);
    context.execute();
    context.get_data(QueuePlugin).waits.answer()
}
