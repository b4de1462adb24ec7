//! odem-rs: one agent sends customers into a channel, three serve them.

use crate::work::{Answer, Draws, SERVERS, Waits};
use odem_rs::prelude::*;
use odem_rs::sync::channel::{channel, shared::Receiver};
use std::cell::RefCell;
use std::collections::VecDeque;

#[derive(Config, Default)]
#[time(Time<f64>)]
struct Queue {
    waits: RefCell<Waits>,
}

async fn serve(sim: &Sim<Queue>, line: Receiver<f64>, draws: &RefCell<Draws>) {
    while let Ok(since) = line.recv().await {
        sim.global().waits.borrow_mut().add(sim.now().get::<second>() - since);
        let service = draws.borrow_mut().service();
        sim.advance(second::new(service)).await;
    }
}

pub fn long(customers: u64, seed: u64) -> Answer {
    const { assert!(SERVERS == 3) };
    let draws = RefCell::new(Draws::new(seed));
    let done = simulation(async |sim: &Sim<Queue>| {
        let (door, line) = channel(VecDeque::new());
        let (first, second_, third) = (line.clone(), line.clone(), line);
        sim.fork(async {
            let door = door;
            for _ in 0..customers {
                let gap = draws.borrow_mut().gap();
                sim.advance(second::new(gap)).await;
                door.send(sim.now().get::<second>()).await.ok();
            }
        })
        .and(serve(sim, first, &draws))
        .and(serve(sim, second_, &draws))
        .and(serve(sim, third, &draws))
        .await;
    });
    done.expect("no deadlock").waits.borrow().answer()
}
