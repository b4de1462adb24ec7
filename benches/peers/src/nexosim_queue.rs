//! NeXosim: a source of customers and a station, joined by a port, on one thread.

use crate::work::{Answer, Draws, SERVERS, Waits};
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{EventSinkReader, Output, SinkState, event_queue};
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::time::Duration;

/// An event may not follow at once.
fn after(time: f64) -> Duration {
    Duration::from_secs_f64(time).max(Duration::from_nanos(1))
}

fn seconds(time: MonotonicTime) -> f64 {
    time.duration_since(MonotonicTime::EPOCH).as_secs_f64()
}

fn no_draws() -> Draws {
    Draws::new(0)
}

#[derive(Serialize, Deserialize)]
struct Source {
    door: Output<u64>,
    // The bench is never saved.
    #[serde(skip, default = "no_draws")]
    draws: Draws,
    customers: u64,
    sent: u64,
}

#[Model]
impl Source {
    #[nexosim(init)]
    async fn init(&mut self, context: &Context<Self>) {
        self.plan(context);
    }

    #[nexosim(schedulable)]
    async fn arrive(&mut self, _: (), context: &Context<Self>) {
        self.sent += 1;
        self.door.send(self.customers - self.sent).await;
        self.plan(context);
    }

    fn plan(&mut self, context: &Context<Self>) {
        if self.sent < self.customers {
            context.schedule_event(after(self.draws.gap()), schedulable!(Self::arrive), ()).expect("a later time");
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Station {
    result: Output<(f64, u64)>,
    // The bench is never saved.
    #[serde(skip, default = "no_draws")]
    draws: Draws,
    line: VecDeque<f64>,
    busy: usize,
    last_is_here: bool,
    waited: f64,
    started: u64,
}

#[Model]
impl Station {
    /// A customer comes in, and so many are still to come.
    async fn customer(&mut self, more: u64, context: &Context<Self>) {
        self.last_is_here = more == 0;
        if self.busy < SERVERS {
            self.busy += 1;
            self.serve(0.0, context);
        } else {
            self.line.push_back(seconds(context.time()));
        }
    }

    #[nexosim(schedulable)]
    async fn leave(&mut self, _: (), context: &Context<Self>) {
        if let Some(since) = self.line.pop_front() {
            self.serve(seconds(context.time()) - since, context);
        } else {
            self.busy -= 1;
            if self.busy == 0 && self.last_is_here {
                self.result.send((self.waited, self.started)).await;
            }
        }
    }

    fn serve(&mut self, wait: f64, context: &Context<Self>) {
        self.waited += wait;
        self.started += 1;
        context.schedule_event(after(self.draws.service()), schedulable!(Self::leave), ()).expect("a later time");
    }
}

pub fn long(customers: u64, seed: u64) -> Answer {
    let mut source = Source { door: Output::default(), draws: Draws::new(seed), customers, sent: 0 };
    let mut station = Station {
        result: Output::default(),
        draws: Draws::new(seed),
        line: VecDeque::new(),
        busy: 0,
        last_is_here: false,
        waited: 0.0,
        started: 0,
    };
    let (source_box, station_box) = (Mailbox::new(), Mailbox::new());
    source.door.connect(Station::customer, &station_box);
    let (sink, mut result) = event_queue(SinkState::Enabled);
    station.result.connect_sink(sink);
    let mut simulation = SimInit::with_num_threads(1)
        .add_model(source, source_box, "source")
        .add_model(station, station_box, "station")
        .init(MonotonicTime::EPOCH)
        .expect("a bench");
    simulation.run().expect("no error");
    let (sum, count) = std::iter::from_fn(|| result.try_read()).last().expect("a result");
    Waits { sum, count, ..Waits::default() }.answer()
}
