//! The queue M/M/3 on one engine a call: `peers queue ENGINE CUSTOMERS SEED` is one long run, `peers short ENGINE RUNS SEED` many
//! runs of 100 customers (200 events) with 20 random streams and 20 outputs; `peers night FILE RUNS SEED` is the runs of all plans of a
//! scenario. Prints one line of JSON: processor time in seconds, events, mean wait.

mod ixa_queue;
mod kernel;
mod minimal;
mod nexosim_queue;
mod night;
mod odem_queue;
mod simcore_queue;
mod work;

use cpu_time::ProcessTime;
use work::Answer;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, engine, size, seed] = arguments.as_slice() else {
        panic!("peers queue|short|night ENGINE|FILE SIZE SEED");
    };
    let size: u64 = size.parse().expect("a number of customers or runs");
    let seed: u64 = seed.parse().expect("a seed");
    if what == "night" {
        let nights = night::Nights::of(engine);
        let begun = ProcessTime::now();
        let events = nights.run(size, seed);
        println!(r#"{{"cpu": {}, "events": {events}}}"#, begun.elapsed().as_secs_f64());
        return;
    }
    let begun = ProcessTime::now();
    let answer: Answer = match (what.as_str(), engine.as_str()) {
        ("queue", "minimal") => minimal::long(size, seed),
        ("queue", "kernel") => kernel::long(size, seed),
        ("queue", "kernel-staffed") => kernel::long_staffed(size, seed),
        ("queue", "ixa") => ixa_queue::long(size, seed),
        ("queue", "simcore") => simcore_queue::long(size, seed),
        ("queue", "odem-rs") => odem_queue::long(size, seed),
        ("queue", "nexosim") => nexosim_queue::long(size, seed),
        ("short", "minimal") => minimal::short(size, seed),
        ("short", "kernel") => kernel::short(size, seed),
        _ => panic!("no {what} on {engine}"),
    };
    let cpu = begun.elapsed().as_secs_f64();
    println!(r#"{{"cpu": {cpu}, "events": {}, "wait": {}}}"#, answer.events, answer.wait);
}
